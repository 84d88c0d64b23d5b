package guard

import (
	"encoding/json"
	"strings"
	"testing"
	"unsafe"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

func TestCallOfNoServiceIsAnsweredAndRecorded(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		host, target string
		miss         Miss
		status       int
		at, message  string
		expected     string
	}{
		"host":          {"apj.example.com", "/v1/orders", Miss{Host: true, Near: "api.example.com"}, 421, "request header host", "has the host `apj.example.com`", "api.example.com"},
		"absolute form": {"apj.example.com", "http://apj.example.com/v1", Miss{Host: true, Near: "api.example.com"}, 421, "request target", "has the host `apj.example.com`", "api.example.com"},
		"no host":       {"", "/v1", Miss{Host: true, Known: []string{"a", "b"}}, 421, "request header host", "names no host", "a, b"},
		"long host":     {strings.Repeat("a", 9000), "/", Miss{Host: true, Known: []string{"b"}}, 421, "request header host", "aaa…`", "b"},
		"path":          {"h", "/v1/order?key=1", Miss{Near: "/v1/orders"}, 404, "path", "has the path `/v1/order`", "/v1/orders"},
		"many paths":    {"h", "/x", Miss{Known: []string{"/a", "/b", "/c", "/d", "/e", "/f"}}, 404, "path", "has the path `/x`", "a path below /a, /b, /c, /d, /e or one of 1 more"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, got := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block})
			ex := exchange("GET", tt.target, "")
			ex.Request.Host = tt.host
			var c Call
			r := g.StartUnrouted(&c, ex, tt.miss)
			a := c.Answer(r, Client{Loopback: true})
			c.End()
			if a.Status != tt.status || len(a.Body) > 4096 {
				t.Errorf("answered %d with %d bytes, want %d", a.Status, len(a.Body), tt.status)
			}
			if n := g.Counts(); n.Seen != 1 || n.Blocked != 1 || n.Unexplained != 0 || n.Operations[0].Operation != "" {
				t.Errorf("counts %+v, want one call, blocked, of no operation", n)
			}
			f, _ := got()[0].d.Primary()
			if f.At.String() != tt.at || !strings.Contains(f.Message, tt.message) || f.Expected != tt.expected {
				t.Errorf("found %+v", f)
			}
		})
	}
}

// TestOutsidersLearnNoOtherHosts: what a gateway has configured is told on its own machine alone.
func TestOutsidersLearnNoOtherHosts(t *testing.T) {
	t.Parallel()
	g, _ := listen(t, Options{})
	for _, miss := range []Miss{{Host: true, Near: "secret.example.com", Known: []string{"secret.example.com"}}, {Near: "/secret", Known: []string{"/secret"}}} {
		for _, accept := range []string{"application/json", "application/xml", "text/html", "text/plain"} {
			for _, loopback := range []bool{true, false} {
				ex := exchange("GET", "/v1/orders", "")
				ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Accept", Value: accept})
				var c Call
				a := c.Answer(g.StartUnrouted(&c, ex, miss), Client{Loopback: loopback})
				c.End()
				all, err := json.Marshal(a.Header)
				if err != nil {
					t.Fatal(err)
				}
				if told := strings.Contains(string(a.Body)+string(all), "secret"); told != loopback {
					t.Errorf("%s, loopback %v: %s", accept, loopback, a.Body)
				}
			}
		}
	}
}

func TestCorrectedCallLacksNothing(t *testing.T) {
	t.Parallel()
	g, _ := listen(t, Options{})
	for _, tt := range []struct {
		method, target, field string
		corrected             bool
	}{
		{"GET", "/x", "Accept", true},
		{"POST", "/x", "Accept", false},
		{"DELETE", "/x", "Content-Length", false},
		{"GET", "/x", "Transfer-Encoding", false},
		{"GET", "http://h/x", "Accept", false},
	} {
		ex := exchange(tt.method, tt.target, "")
		ex.Request.Header = faultline.Header{{Name: "host", Value: "apj.example.com"}, {Name: tt.field, Value: "1"}}
		var c Call
		d := g.StartUnrouted(&c, ex, Miss{Host: true, Near: "api.example.com"}).Diagnosis
		if (d.Corrected != nil) != tt.corrected {
			t.Errorf("%+v: corrected to %+v", tt, d.Corrected)
		}
		if d.Corrected != nil && (d.Corrected.Host != "api.example.com" || d.Corrected.Header.Value("Host") != "api.example.com" || ex.Request.Header.Value("Host") != "apj.example.com") {
			t.Errorf("corrected to %+v from %+v", d.Corrected, ex.Request)
		}
	}
}

func TestUnroutedCallLeavesTheFrontsBuffers(t *testing.T) {
	t.Parallel()
	g, got := listen(t, Options{})
	for _, miss := range []Miss{{Host: true, Near: "api.example.com"}, {Near: "/lilacs"}, {Host: true}, {}} {
		buffer := []byte("lilac.example/lilac")
		text := unsafe.String(&buffer[0], len(buffer))
		ex := &faultline.Exchange{Request: faultline.Request{Method: "GET", Host: text[:13], Target: text[13:], Header: faultline.Header{{Name: "Host", Value: text[:13]}}}}
		var c Call
		c.Answer(g.StartUnrouted(&c, ex, miss), Client{})
		c.End()
		for i := range buffer {
			buffer[i] = '#'
		}
	}
	for _, it := range got() {
		told, err := json.Marshal([]any{it.ex, it.d})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(told), "##") || !strings.Contains(string(told), "lilac.example") {
			t.Errorf("a text points into the front's buffer: %s", told)
		}
	}
}
