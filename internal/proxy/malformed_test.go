package proxy

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/wire"
	"github.com/faultline-http/faultline/internal/wiretest"
)

// TestMalformedCorpusIsAnswered sends every malformed request through a real
// connection: the problem document names the fault, the byte and the cause, and
// the server sees nothing. Those that never end their head are answered at once, too.
func TestMalformedCorpusIsAnswered(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a malformed request reached the server: %s %s", r.Method, r.URL)
	}))
	t.Cleanup(server.Close)
	for _, file := range []string{"requests.txt", "foreign.txt"} {
		for _, m := range malformedCases(t, file) {
			if m.Name == "preface of HTTP/2" {
				continue // this port speaks it
			}
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				addr, _, seen := watched(t, server.URL, nil)
				c := dial(t, addr)
				c.send("%s", m.Bytes)
				resp, body := c.read("GET")
				got, code := namedFault(t, resp, body)
				if got += " " + code; got != m.Want {
					t.Errorf("got %s, want %s", got, m.Want)
				}
				it := <-seen
				if f, _ := it.d.Primary(); string(f.Cause.Slug) != code || f.Cause.Title == "" {
					t.Errorf("recorded cause = %+v, want %s of the catalogue", f.Cause, code)
				}
			})
		}
	}
}

// document is what the tests read of a problem document.
type document struct {
	Errors []struct {
		Code, Fault string
		Span        *struct{ Start, End, Line int }
	}
}

// namedFault is the fault that an answer names, in the form of the corpus.
func namedFault(t *testing.T, resp *http.Response, body string) (want string, code string) {
	t.Helper()
	var doc document
	if err := json.Unmarshal([]byte(body), &doc); err != nil || len(doc.Errors) != 1 || doc.Errors[0].Span == nil {
		t.Fatalf("%v in %d %s", err, resp.StatusCode, body)
	}
	e := doc.Errors[0]
	return fmt.Sprintf("%s %d-%d line %d %d", e.Fault, e.Span.Start, e.Span.End, e.Span.Line, resp.StatusCode), e.Code
}

func malformedCases(t *testing.T, file string) []wiretest.Malformed {
	t.Helper()
	cases, _, err := wiretest.ReadMalformed(filepath.Join("..", "wire", "testdata", "malformed", file))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// TestMalformedChunksAreAnswered: a body that breaks its framing ends the call,
// and the server never takes it for a whole one.
func TestMalformedChunksAreAnswered(t *testing.T) {
	t.Parallel()
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		readHeadText(t, r)
		if got, _ := io.ReadAll(r); wire.ExplainChunked(got, wire.Limits{}, true) == nil {
			t.Errorf("the server got a whole body: %q", got)
		}
	})
	for _, m := range malformedCases(t, "chunked.txt") {
		if m.Fault() == "chunked-cut" {
			continue // nobody waits for an answer
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			addr, _, _ := watched(t, "http://"+server, nil)
			c := dial(t, addr)
			c.send("%s", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"+m.Bytes)
			resp, body := c.read("POST")
			if got, code := namedFault(t, resp, body); got+" "+code != m.Want {
				t.Errorf("got %s %s, want %s", got, code, m.Want)
			}
		})
	}
}

// TestMalformedAnswersAreExplained: an answer that is not well-formed is never
// passed on; the document names its fault and byte.
func TestMalformedAnswersAreExplained(t *testing.T) {
	t.Parallel()
	for _, m := range malformedCases(t, "answers.txt") {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
				readHeadText(t, r)
				_, _ = io.WriteString(c, m.Bytes)
			})
			addr, _, _ := watched(t, "http://"+server, nil)
			c := dial(t, addr)
			c.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
			resp, body := c.read("GET")
			got, code := namedFault(t, resp, body)
			if !strings.HasPrefix(m.Want, got+" ") || code != "gateway.bad-response" {
				t.Errorf("got %s %s, want %s", got, code, m.Want)
			}
		})
	}
}
