package torture

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// recorder is a server, or stands behind one, and keeps the requests that were
// understood, in their order.
type recorder struct {
	mu   sync.Mutex
	seen []string
}

// newRecorder starts a server of net/http that records.
func newRecorder(t *testing.T) (*recorder, string) {
	t.Helper()
	r := &recorder{}
	s := httptest.NewServer(r)
	t.Cleanup(s.Close)
	return r, s.Listener.Addr().String()
}

// ServeHTTP records a request whose body came to its end, and says what it saw.
func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	saw := fmt.Sprintf("%s %s %q", req.Method, req.RequestURI, body)
	r.add(saw)
	_, _ = io.WriteString(w, "saw "+saw)
}

func (r *recorder) add(saw string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, saw)
}

// take returns what was seen before the request for the target.
func (r *recorder) take(target string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, saw := range r.seen {
		if strings.HasPrefix(saw, "GET "+target+" ") {
			before := r.seen[:i]
			r.seen = r.seen[i+1:]
			return before
		}
	}
	return nil
}
