package proxy

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/listen"
)

func TestRulesAreApplied(t *testing.T) {
	t.Parallel()
	server := strings.TrimPrefix(mirror(t), "http://")
	addr, _, seen := watched(t, "http://"+server+"/base", func(o *Options) {
		s := &o.Services[0]
		s.Rewrite = Rewrite{StripPrefix: "/api", Replace: []Replacement{{Match: regexp.MustCompile("^/pet/"), With: "/pets/"}}, AddPrefix: "/v2"}
		s.RequestHeaders = HeaderRules{
			Remove: []string{"X-Debug", "x-both"},
			Set:    faultline.Header{{Name: "X-Team", Value: "a"}, {Name: "X-New", Value: "n"}, {Name: "X-Both", Value: "b"}},
			Add:    faultline.Header{{Name: "Accept", Value: "text/plain"}},
		}
		s.ResponseHeaders = HeaderRules{Remove: []string{"server"}, Set: faultline.Header{{Name: "X-Seen", Value: "1"}}}
	})
	c := dial(t, addr)
	c.send("GET /api/pet/7?x=/api HTTP/1.1\r\nhost: h\r\nA:  1\r\nx-debug: 1\r\nX-TEAM: z\r\nAccept: a/b\r\nX-Debug: 2\r\nX-Team: y\r\nX-Both: z\r\nLast: 1\r\n\r\n")
	resp, got := c.read("GET")
	want := "GET /base/v2/pets/7?x=/api HTTP/1.1\r\nhost: " + server + "\r\nA:  1\r\nX-Team: a\r\nAccept: a/b\r\nLast: 1\r\nX-New: n\r\nX-Both: b\r\nAccept: text/plain\r\nVia: "
	if got = got[:strings.Index(got, "Via: ")+5]; got != want {
		t.Errorf("the server got\n%q, want\n%q", got, want)
	}
	if resp.Header.Get("X-Seen") != "1" {
		t.Errorf("the client got %v, want X-Seen", resp.Header)
	}
	ex := (<-seen).ex
	if ex.Request.Target != "/base/v2/pets/7?x=/api" || ex.Request.Header.Value("X-Team") != "a" || ex.Request.Header.Has("X-Debug") {
		t.Errorf("the guard saw %s %v, want what the server got", ex.Request.Target, ex.Request.Header)
	}
	if ex.Response.Header.Has("X-Seen") {
		t.Errorf("the guard saw %v, want what the server sent", ex.Response.Header)
	}
}

func TestRulesOfAnswersOnTheWire(t *testing.T) {
	t.Parallel()
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		readHeadText(t, r)
		_, _ = io.WriteString(c, "HTTP/1.1 200 Fine\r\nserver: x\r\nB: 1\r\nServer: y\r\nX-Seen: no\r\nContent-Length: 0\r\n\r\n")
	})
	addr, _, _ := watched(t, "http://"+server, func(o *Options) {
		o.Services[0].ResponseHeaders = HeaderRules{Remove: []string{"server"}, Set: faultline.Header{{Name: "X-Seen", Value: "1"}}, Add: faultline.Header{{Name: "X-More", Value: "2"}}}
	})
	c := dial(t, addr)
	c.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
	if got, want := c.ended(), "HTTP/1.1 200 Fine\r\nB: 1\r\nX-Seen: 1\r\nContent-Length: 0\r\nX-More: 2\r\nConnection: close\r\n\r\n"; got != want {
		t.Errorf("the client got\n%q, want\n%q", got, want)
	}
}

func TestDeniedClientIsAnswered(t *testing.T) {
	t.Parallel()
	addr, p, seen := watched(t, "http://"+mirror(t), func(o *Options) {
		o.Services[0].Access = Access{Deny: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	})
	c := dial(t, addr)
	for range 2 {
		c.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n")
		if resp, body := c.read("GET"); resp.StatusCode != 403 || !strings.Contains(body, "auth.ip-blocked") {
			t.Errorf("answered %d %s, want 403 with its cause", resp.StatusCode, body)
		}
		<-seen
	}
	if n := p.Counts(); n.Denied != 2 || n.Blocked != 2 || n.Failed != 2 || n.Seen != 2 {
		t.Errorf("counts %+v, want two calls, denied", n)
	}
}

// TestDenialGoesByTheClientThatTheBalancerTells and not by the balancer's own address.
func TestDenialGoesByTheClientThatTheBalancerTells(t *testing.T) {
	t.Parallel()
	s := serving(t, "http", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Access = Access{Deny: []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24")}}
	addr, _ := served(t, Options{Services: []Service{s}}, listen.Spec{Balancers: listen.NewRanges(netip.MustParsePrefix("127.0.0.0/8"))})
	for client, want := range map[string]int{"203.0.113.9": http.StatusForbidden, "192.0.2.7": http.StatusOK} {
		c := dial(t, addr)
		c.send("PROXY TCP4 %s 198.51.100.2 56324 443\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", client)
		if resp, body := c.read("GET"); resp.StatusCode != want {
			t.Errorf("%s: answered %d %s, want %d", client, resp.StatusCode, body, want)
		}
	}
}

func TestRulesThatWouldBreakMessagesAreRefused(t *testing.T) {
	t.Parallel()
	for _, rules := range []HeaderRules{
		{Remove: []string{"content-length"}},
		{Set: faultline.Header{{Name: "Transfer-Encoding", Value: "x"}}},
		{Add: faultline.Header{{Name: "A", Value: "b\r\nc: d"}}},
		{Add: faultline.Header{{Name: "A b", Value: "c"}}},
		{Set: make(faultline.Header, mostSet+1)},
	} {
		u := &url.URL{Scheme: "http", Host: "127.0.0.1:1"}
		if _, err := New(Options{Services: []Service{{To: u, ResponseHeaders: rules}}}); err == nil {
			t.Errorf("%.60s: no error", fmt.Sprint(rules))
		}
	}
}

func TestListenersComeAndGo(t *testing.T) {
	t.Parallel()
	addr, p, _ := watched(t, "http://"+mirror(t), nil)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ask := func(c *rawClient) {
		t.Helper()
		c.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
		if resp, _ := c.read("GET"); resp.StatusCode != 200 {
			t.Errorf("answered %d, want 200", resp.StatusCode)
		}
	}
	ask(dial(t, addr)) // Serve has begun
	p.Listen(ln)
	second := dial(t, ln.Addr().String())
	ask(second)
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	ask(second)
	ask(dial(t, addr))
	if n := p.Connections(); n.Accepted != 3 || n.Pauses != 0 {
		t.Errorf("connections %+v, want three accepted", n)
	}
}
