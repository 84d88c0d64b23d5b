package proxy

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample is a call that each client makes in its own way.
type sample struct {
	name    string
	method  string
	path    string
	headers [][2]string
	body    string
	chunked bool // sent without a known length
	form    bool // sent as multipart/form-data
	status  int
}

var samples = []sample{
	{name: "json", method: "GET", path: "/json?q=a%20b&q=", headers: [][2]string{{"aCCept", "application/json"}, {"X-Two", "1"}}, status: 200},
	{name: "head", method: "HEAD", path: "/json", status: 200},
	{name: "no content", method: "GET", path: "/empty", status: 204},
	{name: "not modified", method: "GET", path: "/etag", headers: [][2]string{{"If-None-Match", `"v1"`}}, status: 304},
	{name: "post json", method: "POST", path: "/echo", headers: [][2]string{{"Content-Type", "application/json"}}, body: `{"a":[1, 2 ,3]}`, status: 201},
	{name: "post form", method: "POST", path: "/echo", headers: [][2]string{{"Content-Type", "application/x-www-form-urlencoded"}}, body: "a=1&b=%20+", status: 201},
	{name: "upload", method: "POST", path: "/echo", form: true, body: strings.Repeat("0123456789abcdef\r\n", 20000), status: 201},
	{name: "chunked", method: "PUT", path: "/echo", headers: [][2]string{{"Content-Type", "text/plain"}}, chunked: true, body: strings.Repeat("chunk by chunk ", 3000), status: 201},
	{name: "expect", method: "POST", path: "/echo", headers: [][2]string{{"Content-Type", "text/plain"}, {"Expect", "100-continue"}}, body: "asked first", status: 201},
	{name: "trailers", method: "GET", path: "/trailers", headers: [][2]string{{"TE", "trailers"}}, status: 200},
	{name: "delete", method: "DELETE", path: "/echo", status: 201},
}

var nginxSamples = []sample{
	{name: "gzip", method: "GET", path: "/json", headers: [][2]string{{"Accept-Encoding", "gzip"}}, status: 200},
	{name: "plain", method: "GET", path: "/json", status: 200},
	{name: "range", method: "GET", path: "/json", headers: [][2]string{{"Range", "bytes=10-99"}}, status: 206},
	{name: "head", method: "HEAD", path: "/json", status: 200},
	{name: "no content", method: "GET", path: "/empty", status: 204},
	{name: "method", method: "PUT", path: "/json", body: "x", status: 405},
	{name: "missing", method: "GET", path: "/nothing", status: 404},
}

// A caller makes a call with a real client and returns the status.
type caller func(t *testing.T, base string, s sample) int

func curl(t *testing.T, base string, s sample) int {
	t.Helper()
	args := []string{"-sS", "-o", filepath.Join(t.TempDir(), "out"), "-w", "%{http_code}", "--max-time", "30"}
	if s.method == "HEAD" {
		args = append(args, "-I")
	} else {
		args = append(args, "-X", s.method)
	}
	for _, h := range s.headers {
		args = append(args, "-H", h[0]+": "+h[1])
	}
	cmd := exec.Command(need(t, "curl", "apt-get install -y curl"))
	switch {
	case s.form:
		args = append(args, "-F", "note=a file", "-F", "file=@-;filename=data.bin")
		cmd.Stdin = strings.NewReader(s.body)
	case s.chunked:
		args = append(args, "-T", "-")
		cmd.Stdin = strings.NewReader(s.body)
	case s.body != "":
		args = append(args, "--data-binary", "@-")
		cmd.Stdin = strings.NewReader(s.body)
	}
	cmd.Args = append(cmd.Args, append(args, base+s.path)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("curl: %v: %s", err, stderr.String())
	}
	status, _ := strconv.Atoi(string(out))
	return status
}

// nodeFetch starts one Node process that makes every call by fetch; its
// connections stay open from call to call.
func nodeFetch(t *testing.T) caller {
	node := need(t, "node", "install Node.js 20 or newer")
	cmd := exec.Command(node, filepath.Join("testdata", "client.mjs"))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	answers := bufio.NewReader(out)
	return func(t *testing.T, base string, s sample) int {
		t.Helper()
		headers := map[string]string{}
		for _, h := range s.headers {
			headers[h[0]] = h[1]
		}
		err := json.NewEncoder(in).Encode(map[string]any{
			"url": base + s.path, "method": s.method, "headers": headers, "body": s.body, "chunked": s.chunked, "form": s.form,
		})
		if err != nil {
			t.Fatal(err)
		}
		line, err := answers.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		status, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("node: %s", line)
		}
		return status
	}
}

func goClient(t *testing.T, base string, s sample) int {
	t.Helper()
	var body io.Reader
	contentType := ""
	switch {
	case s.form:
		var buf bytes.Buffer
		w := multipart.NewWriter(&buf)
		part, _ := w.CreateFormFile("file", "data.bin")
		_, _ = io.WriteString(part, s.body)
		_ = w.Close()
		body, contentType = &buf, w.FormDataContentType()
	case s.chunked:
		body = io.MultiReader(strings.NewReader(s.body)) // hides the length
	case s.body != "":
		body = strings.NewReader(s.body)
	}
	req, err := http.NewRequest(s.method, base+s.path, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range s.headers {
		req.Header[h[0]] = append(req.Header[h[0]], h[1])
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	resp, err := tr.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}

// TestBytesPassUnchanged compares what real clients sent with what real
// servers got, and the answers on the way back, byte for byte.
func TestBytesPassUnchanged(t *testing.T) {
	t.Parallel()
	servers := map[string]struct {
		start   func(*testing.T) string
		samples []sample
	}{
		"go":    {goServer, samples},
		"node":  {nodeServer, samples},
		"nginx": {nginxServer, nginxSamples},
	}
	same := func(c caller) func(*testing.T) caller { return func(*testing.T) caller { return c } }
	clients := map[string]func(*testing.T) caller{"curl": same(curl), "node": nodeFetch, "go": same(goClient)}
	for server, s := range servers {
		t.Run("to "+server, func(t *testing.T) {
			t.Parallel()
			behind := newRelay(t, s.start(t))
			addr, p := start(t, "http://"+behind.addr(), nil)
			before := newRelay(t, addr)
			for client, start := range clients {
				call := start(t)
				for _, sample := range s.samples {
					if client == "node" && sample.name == "expect" {
						continue // fetch refuses to send Expect
					}
					t.Run(client+" "+sample.name, func(t *testing.T) {
						before.take()
						behind.take()
						if got := call(t, "http://"+before.addr(), sample); got != sample.status {
							t.Errorf("status = %d, want %d", got, sample.status)
						}
						compare(t, before, behind, p, sample.method)
					})
				}
			}
		})
	}
}

// compare holds the two recordings against each other.
func compare(t *testing.T, before, behind *relay, p *Proxy, method string) {
	t.Helper()
	sent, received := before.take()
	arrived, answered := behind.take()
	requests, forwarded := messages(t, sent, nil), messages(t, arrived, nil)
	if len(requests) != len(forwarded) || len(requests) != 1 {
		t.Fatalf("the server got %d requests of %d, want 1", len(forwarded), len(requests))
	}
	want := asForwarded(requests[0], p.table.Load().services[0].authority, p.via)
	if diff := cmp.Diff(want.lines, forwarded[0].lines); diff != "" {
		t.Errorf("request head (-want +got):\n%s", diff)
	}
	if want.body != forwarded[0].body {
		t.Errorf("request body: %d bytes arrived, want the %d bytes sent", len(forwarded[0].body), len(want.body))
	}
	answers, returned := messages(t, answered, []string{method}), messages(t, received, []string{method})
	if len(answers) != len(returned) {
		t.Fatalf("the client got %d answers, want %d", len(returned), len(answers))
	}
	for i := range answers {
		closes := strings.EqualFold(requests[0].field("Connection"), "close")
		want := asReturned(answers[i], closes && i == len(answers)-1)
		if diff := cmp.Diff(want.lines, returned[i].lines); diff != "" {
			t.Errorf("answer %d: head (-want +got):\n%s", i, diff)
		}
		if want.body != returned[i].body {
			t.Errorf("answer %d: %d bytes of body arrived, want the %d bytes sent", i, len(returned[i].body), len(want.body))
		}
	}
}
