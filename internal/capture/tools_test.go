package capture

import (
	"strings"
	"testing"
)

func FuzzWget(f *testing.F)           { fuzz(f, wgetFormat()) }
func FuzzHTTPie(f *testing.F)         { fuzz(f, httpieFormat()) }
func FuzzPostmanConsole(f *testing.F) { fuzz(f, postmanConsoleFormat()) }
func FuzzTranscript(f *testing.F)     { fuzz(f, Options{}.transcriptFormat()) }
func FuzzPowerShell(f *testing.F)     { fuzz(f, powerShellFormat()) }
func FuzzPythonDebug(f *testing.F)    { fuzz(f, pythonDebugFormat()) }

func TestColoursOfATerminalAreLeftOut(t *testing.T) {
	t.Parallel()
	coloured := "\x1b]0;title\x07\x1b[32mGET\x1b[39;49;00m \x1b[04m\x1b[36m/v1/orders\x1b[39;49;00m \x1b[34mHTTP\x1b[39;49;00m/\x1b[34m1.1\x1b[39;49;00m\n\x1b[36mHost\x1b[39;49;00m: api.example.com\r\n\r\n"
	exchanges, errs := all(t, "-", coloured)
	if len(errs) > 0 || len(exchanges) != 1 {
		t.Fatalf("read %d exchanges, errors %v, want one", len(exchanges), errs)
	}
	if r := exchanges[0].Request; r.Method != "GET" || r.Target != "/v1/orders" || r.Host != "api.example.com" {
		t.Errorf("read %s %s of %s, want GET /v1/orders of api.example.com", r.Method, r.Target, r.Host)
	}
}

func TestHTTPieItemsBecomeARequest(t *testing.T) {
	t.Parallel()
	r := httpieRequest(`PUT :8080/v1/orders/7 sku='A 1' quantity:=3 X-Id:7 a==b`)
	if got := r.Method + " " + r.URL() + " " + string(r.Body.Raw); got != `PUT http://localhost:8080/v1/orders/7?a=b {"sku":"A 1","quantity":3}` {
		t.Errorf("read %s", got)
	}
	if got := r.Header.Value("X-Id"); got != "7" {
		t.Errorf("X-Id = %q, want 7", got)
	}
	if r := httpieRequest("example.com"); r.Method != "GET" || !strings.HasPrefix(r.URL(), "http://example.com/") {
		t.Errorf("read %s %s, want GET of http://example.com/", r.Method, r.URL())
	}
}

func TestManyBrokenCommandsOfATerminalAreReadInBoundedTime(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("$ curl 'https://api.example.com/\n", 20_000)
	if blocks := terminalBlocks(text); len(blocks) < 100 {
		t.Errorf("found %d commands, want all that are bounded", len(blocks))
	}
}
