package proxy

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

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
		cases, _, err := wiretest.ReadMalformed(filepath.Join("..", "wire", "testdata", "malformed", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range cases {
			if m.Name == "preface of HTTP/2" {
				continue // this port speaks it
			}
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				addr, _, seen := watched(t, server.URL, nil)
				c := dial(t, addr)
				c.send("%s", m.Bytes)
				resp, body := c.read("GET")
				var doc struct {
					Errors []struct {
						Code, Fault string
						Span        *struct{ Start, End, Line int }
					}
				}
				if err := json.Unmarshal([]byte(body), &doc); err != nil || len(doc.Errors) != 1 {
					t.Fatalf("%v in %d %s", err, resp.StatusCode, body)
				}
				e := doc.Errors[0]
				if e.Span == nil {
					t.Fatalf("no span in %s", body)
				}
				got := fmt.Sprintf("%s %d-%d line %d %d %s", e.Fault, e.Span.Start, e.Span.End, e.Span.Line, resp.StatusCode, e.Code)
				if got != m.Want {
					t.Errorf("got %s, want %s", got, m.Want)
				}
				it := <-seen
				if f, _ := it.d.Primary(); string(f.Cause.Slug) != e.Code || f.Cause.Title == "" {
					t.Errorf("recorded cause = %+v, want %s of the catalogue", f.Cause, e.Code)
				}
			})
		}
	}
}
