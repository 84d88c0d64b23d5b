package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/internal/broken"
	"github.com/faultline-http/faultline/internal/cli"
)

// A picture of the gallery is one server that fails, and the command that a newcomer types.
type picture struct {
	kind         broken.Kind
	title, about string
	args         string // of curl; AUTHORITY and ORDERS stand for files
	url          string // if it is not that of a server
}

var gallery = []picture{
	{kind: broken.Closed, title: "Nobody listens", about: "The server is not running."},
	{title: "The name is misspelt", about: "No server has this name.", url: "https://api.example.invalid"},
	{kind: broken.Slow, title: "No answer comes", about: "The server takes the request and says nothing.", args: "-m 1"},
	{kind: broken.Reset, title: "The connection is cut", about: "The server reads the request, and then the connection is reset."},
	{kind: broken.SelfSigned, title: "A certificate that the server signed itself", about: "As development servers have it."},
	{kind: broken.WrongName, title: "A certificate for another name", about: "The authority is trusted; the certificate is for `www.example.com`.", args: "--cacert AUTHORITY"},
	{kind: broken.WantsCert, title: "Mutual TLS", about: "The server wants a certificate of the client.", args: "-k"},
	{kind: broken.Plain, title: "https to a port without TLS", about: "The server speaks plain HTTP."},
	{kind: broken.TLSPort, title: "http to a port with TLS", about: "The other way round."},
	{kind: broken.ShortBody, title: "Half an answer", about: "`Content-Length` announces 512 bytes, and 42 come."},
	{kind: broken.FakeGzip, title: "A compression that is none", about: "The answer says gzip and is not.", args: "--compressed"},
	{kind: broken.Loop, title: "Redirects in a circle", about: "The address redirects to itself.", args: "-L --max-redirs 3"},
	{kind: broken.Banner, title: "Another service at the port", about: "An SSH server greets."},
	{kind: broken.Page, title: "A page in place of data", about: "200 with the start page of a web application.", args: "-H 'Accept: application/json'"},
	{kind: broken.TooLarge, title: "A body that is too large", about: "nginx refuses what is over its limit.", args: "-H 'Content-Type: application/json' -d @ORDERS"},
	{kind: broken.UpgradeNeeded, title: "A WebSocket called with GET", about: "The server answers 426."},
	{kind: broken.Unauthorized, title: "No credential", about: "The server wants a bearer token."},
	{kind: broken.Hurried, title: "Too many calls", about: "The server counts, and asks for a pause."},
}

// TestGallery types `curl -v … 2>&1 | faultline explain -` against servers that are started for it, and
// compares what is printed with docs/gallery.md. `make docs` writes it anew.
func TestGallery(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
			t.Fatal("curl is not installed: install curl")
		}
		t.Skip("curl is not installed: install curl")
	}
	version := curlVersion(t)
	var doc strings.Builder
	fmt.Fprintf(&doc, "# Gallery\n\nEach server here fails in one way, and is called as a newcomer would: with `curl -v`, whose words go to `faultline explain -`.\n"+
		"A test starts the servers, types the commands and writes this page; ports are replaced by others, and curl is %s.\n", version)
	for i, p := range gallery {
		typed, shown := draw(t, i, p)
		fmt.Fprintf(&doc, "\n## %s\n\n%s\n\n```\n$ %s\n%s```\n", p.title, p.about, typed, shown)
	}
	name := filepath.Join("..", "..", "docs", "gallery.md")
	if *update {
		if err := os.WriteFile(name, []byte(doc.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want, got := string(written), doc.String()
	if !strings.Contains(want, version) { // another curl has other words: compared is what we say
		want, got = withoutCurl(want), withoutCurl(got)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/gallery.md is not what is printed; `make docs` writes it (-file +printed):\n%s", diff)
	}
}

// draw makes one call, and returns the command and what faultline prints.
func draw(t *testing.T, i int, p picture) (typed, shown string) {
	t.Helper()
	url, port := p.url, ""
	if url == "" {
		s := broken.Start(t, p.kind)
		url, port = s.URL, s.Addr[strings.LastIndexByte(s.Addr, ':')+1:]
	}
	url += "/v1/orders"
	authority := broken.AuthorityFile(t)
	orders := filepath.Join(t.TempDir(), "orders.json")
	if err := os.WriteFile(orders, bytes.Repeat([]byte(`{"sku":"MUG-1"}`), 140_000), 0o600); err != nil {
		t.Fatal(err)
	}
	files := strings.NewReplacer("AUTHORITY", authority, "ORDERS", orders)
	command := strings.Join(strings.Fields("curl -v "+files.Replace(p.args)+" "+url), " ") + " 2>&1"
	// The call fails: that is what it is for.
	trace, _ := exec.Command("sh", "-c", command).CombinedOutput()
	var out, errs bytes.Buffer
	code := cli.Main(cli.Env{
		Stdin: bytes.NewReader(trace), Stdout: &out, Stderr: &errs, Now: time.Now,
		Getenv: func(name string) string { return map[string]string{"LC_ALL": "C.UTF-8"}[name] },
	}, "explain", "-")
	if code != 1 || errs.Len() > 0 {
		t.Errorf("%s: exit code %d, on stderr %q; the trace:\n%s", p.title, code, errs.String(), trace)
	}
	normal := strings.NewReplacer(authority, "authority.pem", orders, "orders.json", "port "+port, fmt.Sprintf("port %d", 48001+i), ":"+port, fmt.Sprintf(":%d", 48001+i))
	if port == "" {
		normal = strings.NewReplacer(authority, "authority.pem")
	}
	return normal.Replace(command) + " | faultline explain -", varying.Replace(normal.Replace(out.String()))
}

// varying is what differs from run to run.
var varying = replacer{
	{regexp.MustCompile(`after \d+ ms`), "after 0 ms"},
	{regexp.MustCompile(`after \d+ milliseconds`), "after 1001 milliseconds"},
	{regexp.MustCompile(`OpenSSL/[\d.]+: `), ""},
	{regexp.MustCompile(`OpenSSL SSL_read: `), ""},
}

type replacer []struct {
	find *regexp.Regexp
	with string
}

// Replace replaces each in turn.
func (r replacer) Replace(s string) string {
	for _, v := range r {
		s = v.find.ReplaceAllString(s, v.with)
	}
	return s
}

var curlSays = regexp.MustCompile(`(?:curl: \(\d+\)|curl is [\d.]+).*`)

func withoutCurl(s string) string { return curlSays.ReplaceAllString(s, "curl …") }

func curlVersion(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("curl", "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(out))
	if len(fields) < 2 {
		t.Fatalf("curl --version says %q", out)
	}
	return fields[1]
}
