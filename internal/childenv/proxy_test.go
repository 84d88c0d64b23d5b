package childenv_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"

	"github.com/faultline-http/faultline/internal/ca"
)

// mirror is a proxy that answers every call by itself with where it was to go:
// what a command gets to see tells whether it went through it.
type mirror struct {
	address   string
	authority *ca.Authority

	mu    sync.Mutex
	calls []string
}

func startMirror(t *testing.T) *mirror {
	t.Helper()
	authority, err := ca.Create(filepath.Join(t.TempDir(), "ca"), ca.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mirror{address: ln.Addr().String(), authority: authority}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			open.Go(func() { m.serve(c) })
		}
	})
	t.Cleanup(func() { _ = ln.Close(); open.Wait() })
	return m
}

func (m *mirror) serve(c net.Conn) {
	defer c.Close()
	br := bufio.NewReader(c)
	r, err := http.ReadRequest(br)
	if err != nil {
		return
	}
	if r.Method != http.MethodConnect {
		m.answer(c, "absolute "+r.URL.String())
		return
	}
	fmt.Fprint(c, "HTTP/1.1 200 Connection established\r\n\r\n")
	authority, scheme := r.Host, "http"
	inner := net.Conn(&peeked{c, br})
	if first, err := br.Peek(1); err == nil && first[0] == 0x16 { // a TLS record
		scheme = "https"
		tc := tls.Server(inner, &tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
			return m.authority.Leaf(h.ServerName)
		}})
		if err := tc.Handshake(); err != nil {
			m.note("refused: " + err.Error())
			return
		}
		inner = tc
		br = bufio.NewReader(tc)
	}
	r, err = http.ReadRequest(br)
	if err != nil {
		return
	}
	m.answer(inner, "tunnel "+scheme+"://"+authority+r.URL.Path)
}

func (m *mirror) answer(c net.Conn, text string) {
	m.note(text)
	fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
}

func (m *mirror) note(text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, text)
}

func (m *mirror) seen() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

// peeked reads what its reader has buffered first.
type peeked struct {
	net.Conn
	br *bufio.Reader
}

func (p *peeked) Read(b []byte) (int, error) { return p.br.Read(b) }
