package torture

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/proxy"
)

var leadingSlashes = regexp.MustCompile(` //+`)

// An outcome is what became of a vector in front of one server.
type outcome struct {
	answers []string // that the client got: status, and what the server said it saw
	ours    bool     // the first answer was the proxy's own
	seen    []string // by the server, up to the request after it
	after   error    // the next caller got what it did not ask for
}

// TestSmuggling sends every vector through the proxy to real servers. It must
// be refused before a server sees anything of it, or be the same requests with
// the same bodies to all of them; and the next caller must get its own answer.
func TestSmuggling(t *testing.T) {
	t.Parallel()
	all := vectors(t)
	if len(all) < 250 {
		t.Fatalf("%d vectors, want at least 250", len(all))
	}
	servers := upstreams(t)
	outcomes := make([][]outcome, len(servers))
	t.Run("servers", func(t *testing.T) {
		for i, u := range servers {
			t.Run(u.name, func(t *testing.T) {
				t.Parallel()
				addr := start(t, u.addr, nil).addr
				for n, v := range all {
					outcomes[i] = append(outcomes[i], try(t, addr, u, v, n))
				}
			})
		}
	})
	refused, passed := 0, 0
	for n, v := range all {
		for i, u := range servers {
			judge(t, v, u.name, outcomes[i][n], most(outcomes, n))
		}
		if outcomes[0][n].ours {
			refused++
		} else {
			passed++
		}
	}
	t.Logf("%d vectors, %d servers: %d refused, %d passed on as the same requests", len(all), len(servers), refused, passed)
}

// TestSmugglingWhileBlocking does the same where the guard holds bodies back
// until it has judged them.
func TestSmugglingWhileBlocking(t *testing.T) {
	t.Parallel()
	seen, addr := newRecorder(t)
	u := upstream{"go", addr, seen}
	front := start(t, addr, func(o *proxy.Options) { o.Services[0].Guard = blocking(t) }).addr
	for n, v := range vectors(t) {
		got := try(t, front, u, v, n)
		judge(t, v, u.name, got, got.seen)
	}
}

// try sends a vector, a request behind it on the same connection, and then one
// on a connection of its own.
func try(t *testing.T, addr string, u upstream, v vector, n int) (o outcome) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(c, v.raw+"GET /end HTTP/1.1\r\nHost: front.example\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	o.answers, o.ours = answers(t, c, v)
	after := fmt.Sprintf("/after-%d", n)
	o.after = askAfter(addr, after)
	for _, saw := range u.seen.take(after) {
		// Apache takes slashes at the beginning together when it reads a target.
		o.seen = append(o.seen, leadingSlashes.ReplaceAllString(saw, " /"))
	}
	return o
}

// answers reads until the proxy ends the connection.
func answers(t *testing.T, c net.Conn, v vector) (out []string, ours bool) {
	t.Helper()
	r := bufio.NewReader(c)
	method, _, _ := strings.Cut(v.raw, " ")
	for {
		resp, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			if ne, ok := err.(net.Error); ok && ne.Timeout() {
				t.Errorf("%s: %s: neither answered nor ended: %v", v.family, v.name, out)
			}
			return out, ours
		}
		if resp.StatusCode < 200 {
			continue
		}
		method = "GET" // of what follows
		body, _ := io.ReadAll(resp.Body)
		if len(out) == 0 {
			ours = resp.Header.Get("Faultline-Action") != ""
		}
		out = append(out, fmt.Sprintf("%d %s", resp.StatusCode, body))
	}
}

// askAfter is the next caller, to whom the server's connection goes.
func askAfter(addr, target string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: front.example\r\nConnection: close\r\n\r\n", target); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(resp.Body)
	if want := "saw GET " + target + ` ""`; err != nil || string(body) != want {
		return fmt.Errorf("the next caller got %d %q (%v), want %q", resp.StatusCode, body, err, want)
	}
	return nil
}

// judge holds an outcome to the rest: what the servers understood must be the
// same.
func judge(t *testing.T, v vector, server string, got outcome, most []string) {
	t.Helper()
	name := fmt.Sprintf("%s: %s, to %s", v.family, v.name, server)
	if got.after != nil {
		t.Errorf("%s: %v", name, got.after)
	}
	switch {
	case v.refused && !got.ours:
		t.Errorf("%s: passed on, want it refused; the server saw %q, the client got %q\n%q", name, got.seen, got.answers, v.raw)
	case v.refused && len(got.seen) > 0:
		t.Errorf("%s: refused, but the server saw %q", name, got.seen)
	case v.refused && len(got.answers) != 1:
		t.Errorf("%s: refused, but the connection went on: %q", name, got.answers)
	case !v.refused && !understood(got, most):
		t.Errorf("%s: the server saw\n%q, another one\n%q; the client got\n%q", name, got.seen, most, got.answers)
	}
}

// understood reports whether the server understood what another one did, but
// for what it refused itself: then the client has its refusal.
func understood(got outcome, most []string) bool {
	if slices.Equal(got.seen, most) {
		return true
	}
	refusal := slices.ContainsFunc(got.answers, func(a string) bool { return a[0] >= '4' })
	rest := most
	for _, saw := range got.seen {
		i := slices.Index(rest, saw)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return refusal && len(got.seen) < len(most)
}

// most is the longest list of requests that a server understood.
func most(outcomes [][]outcome, n int) (out []string) {
	for _, of := range outcomes {
		if len(of[n].seen) > len(out) {
			out = of[n].seen
		}
	}
	return out
}
