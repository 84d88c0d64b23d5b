package proxy

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/listen"
)

// several is a proxy of several services, told apart by host and path.
func several(t *testing.T) (addr string, p *Proxy, seen caught) {
	t.Helper()
	api, app, mail := serving(t, "http", http.HandlerFunc(echo)), serving(t, "http", http.HandlerFunc(echo)), serving(t, "http", http.HandlerFunc(echo))
	api.Name, api.Hosts, api.Paths = "api", []string{"api.example.com"}, []string{"/api/orders", "/customers"}
	// What belongs to no service shows none of the first one's rules.
	api.To.Path = "/base"
	api.RequestHeaders.Set = faultline.Header{{Name: "X-Key", Value: "of the api"}}
	app.Name, app.Hosts = "app", []string{"app.example.com", "*.shop.example.com"}
	mail.Name, mail.Hosts = "mail", []string{"mail.example.net"}
	seen = make(caught, 10)
	addr, p = served(t, Options{Services: []Service{api, app, mail}, Sinks: sinks(seen)}, listen.Spec{})
	return addr, p, seen
}

func TestCallWithoutServiceIsExplained(t *testing.T) {
	t.Parallel()
	addr, p, seen := several(t)
	tests := map[string]struct {
		host, target string
		status       int
		cause        faultline.Slug
		caret, curl  string
	}{
		"host misspelt":       {"mial.example.net:81", "/x?a=1", 421, "route.wrong-host", "did you mean `mail.example.net:81`?", "mail.example.net:81/x?a=1"},
		"host of a pattern":   {"a.shpo.example.com", "/", 421, "route.wrong-host", "did you mean `a.shop.example.com`?", "a.shop.example.com/"},
		"host unknown":        {"203.0.113.9", "/", 421, "route.wrong-host", "", ""},
		"near one lacks path": {"apj.example.com", "/customers", 421, "route.wrong-host", "did you mean `api.example.com`?", "api.example.com/customers"},
		"path misspelt":       {"api.example.com", "/Custmers/7?a=1", 404, "route.gateway-no-match", "did you mean `/customers/7`?", "api.example.com/customers/7?a=1"},
		"prefix left out":     {"api.example.com", "/orders/7", 404, "route.gateway-no-match", "did you mean `/api/orders/7`?", "api.example.com/api/orders/7"},
		"path unknown":        {"api.example.com", "/metrics", 404, "route.gateway-no-match", "", ""},
	}
	for _, road := range []string{"direct", "relay"} {
		front := &http.Transport{Protocols: new(http.Protocols)}
		front.Protocols.SetHTTP1(road == "direct")
		front.Protocols.SetUnencryptedHTTP2(road == "relay")
		t.Cleanup(front.CloseIdleConnections)
		for name, tt := range tests {
			req, err := http.NewRequest("GET", "http://"+addr+tt.target, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Host = tt.host
			res, err := front.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			body := string(text)
			if res.StatusCode != tt.status || res.Header.Get("Faultline-Cause") != string(tt.cause) || !strings.Contains(body, strings.TrimSuffix(tt.caret, "?")) {
				t.Errorf("%s, %s: answered %s %v %s", road, name, res.Status, res.Header, body)
			}
			d := <-seen
			if q := d.ex.Request; q.Host != tt.host || q.Target != tt.target || q.Header.Has("X-Key") {
				t.Errorf("%s, %s: recorded as %+v, not as it was sent", road, name, q)
			}
			f, _ := d.d.Primary()
			if f.Cause.Slug != tt.cause || f.Caret != tt.caret || f.WhoActs() != faultline.Client || f.Strength != faultline.Proven {
				t.Errorf("%s, %s: found %+v", road, name, f)
			}
			corrected := ""
			if c := d.d.Corrected; c != nil {
				corrected = c.Host + c.Target
			}
			if corrected != tt.curl {
				t.Errorf("%s, %s: corrected to %q, want %q", road, name, corrected, tt.curl)
			}
		}
	}
	if n, want := p.Counts(), int64(2*len(tests)); n.Seen != want || n.Failed != want || n.Blocked != want || n.Unexplained != 0 {
		t.Errorf("counts %+v, want %d calls, all blocked and explained", n, want)
	}
}

// TestConnectBelongsToNoService: nobody is told of hosts that they meant.
func TestConnectBelongsToNoService(t *testing.T) {
	t.Parallel()
	addr, _, seen := several(t)
	c := dial(t, addr)
	c.send("CONNECT mial.example.net:443 HTTP/1.1\r\nHost: mial.example.net:443\r\n\r\nGET / HTTP/1.1\r\nHost: mail.example.net\r\n\r\n")
	if resp, body := c.read("CONNECT"); resp.StatusCode != http.StatusNotImplemented || !resp.Close || strings.Contains(body, "mail.example") {
		t.Errorf("answered %s %s, want a 501 that ends the connection", resp.Status, body)
	}
	<-seen
}

// TestForwardProxySaysWhatItSpeaks: it has no services, and 421 is not for proxies
// (RFC 9110, section 15.5.20).
func TestForwardProxySaysWhatItSpeaks(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "127.0.0.1:1"
	f.p.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusNotImplemented || !strings.Contains(w.Body.String(), "HTTP/1.1") {
		t.Errorf("answered %d %s, want a 501 that says what is spoken", w.Code, w.Body)
	}
	<-f.seen
}

func TestOptionsOfTheWholeServerGoByTheHost(t *testing.T) {
	t.Parallel()
	addr, _, _ := several(t)
	c := dial(t, addr)
	c.send("OPTIONS * HTTP/1.1\r\nHost: app.example.com\r\n\r\n")
	if resp, body := c.read("OPTIONS"); resp.StatusCode != http.StatusOK || resp.Header.Get("Faultline-Id") != "" {
		t.Errorf("answered %s %v %s, want the service's own answer", resp.Status, resp.Header, body)
	}
}

func TestMissIsFound(t *testing.T) {
	t.Parallel()
	table := &table{byHost: map[string][]target{}}
	for host, paths := range map[string][]string{"": {"/app"}, "api.example.com": {"/v1/orders", "/v2/orders"}} {
		for _, path := range paths {
			table.byHost[host] = append(table.byHost[host], target{path, &service{}})
		}
	}
	table.sort()
	all := []string{"/app"}
	for _, tt := range []struct {
		host, target string
		want         guard.Miss
	}{
		{"Api.example.co", "/v1/orders", guard.Miss{Host: true, Near: "api.example.com", Known: table.hosts}},
		{"Api.example.co", "/v3/items", guard.Miss{Known: all}}, // that host has no such path either
		{"other.example", "/ap?x", guard.Miss{Near: "/app", Known: all}},
		{"", "/" + strings.Repeat("x", 5000), guard.Miss{Known: all}},
		{"API.example.com:1", "/v1/order/7/8", guard.Miss{Near: "/v1/orders/7/8", Known: []string{"/app", "/v1/orders", "/v2/orders"}}},
	} {
		if diff := cmp.Diff(tt.want, table.miss(tt.host, tt.target)); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", tt.host, tt.target, diff)
		}
	}
}
