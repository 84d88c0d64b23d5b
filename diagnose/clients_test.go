package diagnose_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/broken"
	"github.com/faultline-http/faultline/internal/capture"
)

// truths are what is wrong with each server. Where a client cannot see more, a second cause is true
// of what it sees.
var truths = []struct {
	kind broken.Kind
	want []faultline.Slug
}{
	{broken.Closed, []faultline.Slug{"network.refused"}},
	{broken.Reset, []faultline.Slug{"network.reset"}},
	{broken.Empty, []faultline.Slug{"network.reset"}},
	{broken.Slow, []faultline.Slug{"network.timeout"}},
	{broken.Expired, []faultline.Slug{"tls.certificate"}},
	{broken.SelfSigned, []faultline.Slug{"tls.certificate"}},
	{broken.WrongName, []faultline.Slug{"tls.certificate"}},
	{broken.UnknownCA, []faultline.Slug{"tls.certificate"}},
	{broken.WantsCert, []faultline.Slug{"tls.client-certificate"}},
	{broken.OldTLS, []faultline.Slug{"tls.handshake"}},
	{broken.Plain, []faultline.Slug{"tls.plain-http-to-https"}},
	{broken.TLSPort, []faultline.Slug{"tls.plain-http-to-https"}},
	{broken.ShortBody, []faultline.Slug{"response.truncated"}},
	{broken.OpenChunks, []faultline.Slug{"response.truncated"}},
	{broken.BadChunk, []faultline.Slug{"response.truncated"}},
	{broken.FakeGzip, []faultline.Slug{"response.encoding"}},
	{broken.Loop, []faultline.Slug{"redirect.loop"}},
	{broken.Banner, []faultline.Slug{"protocol.version"}},
	{broken.Page, []faultline.Slug{"response.not-json"}},
	{broken.LongHead, []faultline.Slug{"response.header-too-large"}},
	{broken.TooLarge, []faultline.Slug{"content.too-large"}},
	{broken.UpgradeNeeded, []faultline.Slug{"protocol.version"}},
	{broken.Unauthorized, []faultline.Slug{"auth.missing"}},
	{broken.Hurried, []faultline.Slug{"limit.rate"}},
}

// program skips the test whose program is not installed, or fails it where
// nothing may be skipped.
func program(t *testing.T, name, install string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
		t.Fatalf("%s is not installed: %s", name, install)
	}
	t.Skipf("%s is not installed: %s", name, install)
	return ""
}

// seen is the exchange as a client without a trace of it tells it: what it asked for, what came, and its words.
func seen(url, accept, body string) *faultline.Exchange {
	scheme, rest, _ := strings.Cut(url, "://")
	host, target, _ := strings.Cut(rest, "/")
	ex := &faultline.Exchange{Request: faultline.Request{Method: "GET", Scheme: scheme, Host: host, Target: "/" + target, Header: faultline.Header{{Name: "Accept", Value: accept}}}}
	if body != "" {
		ex.Request.Method = "POST"
		ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Content-Type", Value: "application/json"})
		ex.Request.Body = faultline.NewBody([]byte(body))
	}
	return ex
}

// bodyFor is what is sent to a server of the kind.
func bodyFor(kind broken.Kind) string {
	if kind == broken.TooLarge {
		return `{"name":"Ada"}`
	}
	return ""
}

func judge(t *testing.T, kind broken.Kind, want []faultline.Slug, ex *faultline.Exchange) {
	t.Helper()
	d := diagnose.New().Diagnose(ex)
	first, _ := d.Primary()
	if !slices.Contains(want, first.Cause.Slug) {
		text := ""
		if ex.Failure != nil {
			text = ex.Failure.Text
		}
		t.Errorf("%s: diagnosed as %q (%s), want %q; the client said %.300q", kind, first.Cause.Slug, first.Message, want, text)
	}
}

// TestCurl holds what `curl -v` prints of real servers that fail against what is true of them.
func TestCurl(t *testing.T) {
	t.Parallel()
	curl := program(t, "curl", "install curl")
	for _, truth := range truths {
		t.Run(string(truth.kind), func(t *testing.T) {
			t.Parallel()
			s := broken.Start(t, truth.kind)
			args := []string{"-q", "-sSv", "-m", "1", "-H", "Accept: application/json", s.URL + "/v1/orders"}
			switch truth.kind {
			case broken.WrongName:
				args = append(args, "--cacert", broken.AuthorityFile(t))
			case broken.WantsCert:
				args = append(args, "-k")
			case broken.OldTLS:
				args = append(args, "-k", "--tlsv1.2")
			case broken.Loop:
				args = append(args, "-L", "--max-redirs", "3")
			case broken.FakeGzip:
				args = append(args, "--compressed")
			}
			if body := bodyFor(truth.kind); body != "" {
				args = append(args, "-H", "Content-Type: application/json", "-d", body)
			}
			out, _ := exec.Command(curl, args...).CombinedOutput()
			var last *faultline.Exchange
			for ex, err := range capture.Read("-", bytes.NewReader(out)) {
				if err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
				last = ex
			}
			if last == nil {
				t.Fatalf("no exchange in\n%s", out)
			}
			judge(t, truth.kind, truth.want, last)
			if t.Failed() {
				t.Logf("%s", out)
			}
		})
	}
}

// TestGoClient does the same with the words of net/http.
func TestGoClient(t *testing.T) {
	t.Parallel()
	for _, truth := range truths {
		t.Run(string(truth.kind), func(t *testing.T) {
			t.Parallel()
			s := broken.Start(t, truth.kind)
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			ex := seen(s.URL+"/v1/orders", "application/json", bodyFor(truth.kind))
			req, err := http.NewRequestWithContext(ctx, ex.Request.Method, s.URL+"/v1/orders", bytes.NewReader(ex.Request.Body.Raw))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range ex.Request.Header {
				req.Header.Set(f.Name, f.Value)
			}
			answerOf(ex, req, truth.kind)
			judge(t, truth.kind, truth.want, ex)
		})
	}
}

// answerOf makes the call with a client that checks certificates only where that is what fails.
func answerOf(ex *faultline.Exchange, req *http.Request, kind broken.Kind) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	defer transport.CloseIdleConnections()
	transport.MaxResponseHeaderBytes = 64 << 10
	if kind == broken.WantsCert || kind == broken.OldTLS {
		transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // the server is ours, and the handshake is what is looked at
	}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		ex.Failure = &faultline.Failure{Text: err.Error()}
		return
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(resp.Body); err != nil {
		ex.Failure = &faultline.Failure{Text: err.Error()}
	}
	ex.Response = &faultline.Response{Status: resp.StatusCode, Body: faultline.NewBody(body.Bytes())}
	for name, values := range resp.Header {
		for _, v := range values {
			ex.Response.Header = append(ex.Response.Header, faultline.Field{Name: name, Value: v})
		}
	}
}

// TestScriptClients does the same with clients of other languages. Each runs once: it reads a line a
// call, and writes what came of it as one line of JSON.
func TestScriptClients(t *testing.T) {
	t.Parallel()
	for _, client := range []struct {
		name, program, script, install string
		blind                          map[broken.Kind]faultline.Slug // what the client makes of a kind
	}{
		{"python", "python3", "client.py", "install Python 3", map[broken.Kind]faultline.Slug{}},
		{"node", "node", "client.mjs", "install Node.js 20 or newer", map[broken.Kind]faultline.Slug{
			broken.WantsCert: "network.reset", // fetch keeps the alert to itself, which comes behind the handshake of TLS 1.3
		}},
	} {
		t.Run(client.name, func(t *testing.T) {
			t.Parallel()
			path := program(t, client.program, client.install)
			var in strings.Builder
			urls := map[broken.Kind]string{}
			for _, truth := range truths {
				urls[truth.kind] = broken.Start(t, truth.kind).URL + "/v1/orders"
				line, err := json.Marshal(map[string]any{"kind": truth.kind, "url": urls[truth.kind], "body": bodyFor(truth.kind), "trusting": truth.kind == broken.WantsCert || truth.kind == broken.OldTLS, "authority": truth.kind != broken.UnknownCA})
				if err != nil {
					t.Fatal(err)
				}
				in.WriteString(string(line) + "\n")
			}
			cmd := exec.Command(path, "testdata/clients/"+client.script)
			cmd.Stdin = strings.NewReader(in.String())
			cmd.Env = append(os.Environ(), "AUTHORITY="+broken.AuthorityFile(t), "NODE_NO_WARNINGS=1")
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			told := callsOf(t, out)
			for _, truth := range truths {
				call, ok := told[truth.kind]
				if !ok {
					t.Errorf("%s: the client said nothing", truth.kind)
					continue
				}
				ex := seen(urls[truth.kind], "application/json", bodyFor(truth.kind))
				if call.Error != "" {
					ex.Failure = &faultline.Failure{Text: call.Error}
				}
				if call.Status > 0 {
					ex.Response = &faultline.Response{Status: call.Status, Body: faultline.NewBody([]byte(call.Body))}
					for _, f := range call.Headers {
						ex.Response.Header = append(ex.Response.Header, faultline.Field{Name: f[0], Value: f[1]})
					}
				}
				want := truth.want
				if slug, known := client.blind[truth.kind]; known {
					want = append([]faultline.Slug{slug}, want...)
				}
				judge(t, truth.kind, want, ex)
			}
		})
	}
}

// An outcome is what a client of another language tells of one call.
type outcome struct {
	Kind    broken.Kind
	Error   string
	Status  int
	Headers [][2]string
	Body    string
}

func callsOf(t *testing.T, out []byte) map[broken.Kind]outcome {
	t.Helper()
	all := map[broken.Kind]outcome{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var c outcome
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%v in %.200s", err, lines.Text())
		}
		all[c.Kind] = c
	}
	return all
}
