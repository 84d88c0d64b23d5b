package proxy

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// TestAMishapEndsOneConnection: a mistake of ours ends the connection that it
// happened on, is counted and told, and nobody else's.
func TestAMishapEndsOneConnection(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }))
	t.Cleanup(server.Close)
	var told atomic.Pointer[string]
	address, p := start(t, server.URL, func(o *Options) { o.Notice = func(text string) { told.Store(&text) } })
	other, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })

	pool := p.table.Load().services[0].pool
	pool.mu.Lock()
	pool.idle = []*upstream{{}} // without a connection
	pool.mu.Unlock()
	broken, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(broken, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	if n, err := broken.Read(make([]byte, 1)); n > 0 || !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the client of the mishap read %d bytes, %v", n, err)
	}
	_ = broken.Close()
	if n := p.Counts().Mishaps; n != 1 {
		t.Errorf("%d mishaps, want 1", n)
	}
	if text := told.Load(); text == nil || !strings.Contains(*text, "(pool.go:") {
		t.Errorf("told %v", text)
	}

	_, _ = io.WriteString(other, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
	if got, _ := io.ReadAll(other); !strings.HasPrefix(string(got), "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(string(got), "\r\n\r\nok") {
		t.Errorf("another connection got %q", got)
	}
}
