package wiretest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
)

// idField names the exchange, so that the server knows its part.
const idField = "X-Exchange"

// A Server plays the server's part of the scripts that are being played. It is
// safe for concurrent use.
type Server struct {
	// Other answers requests that belong to no script, and reports whether their
	// connection goes on. Nil: it does not. It is set before the first request.
	Other func(c net.Conn, r *bufio.Reader, head []string) bool

	ln   net.Listener
	next atomic.Int64
	done sync.WaitGroup

	mu   sync.Mutex
	open map[net.Conn]bool
	exs  map[string]*Exchange
}

// NewServer listens on a free port of this machine.
func NewServer() (*Server, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Server{ln: ln, open: map[net.Conn]bool{}, exs: map[string]*Exchange{}}
	s.done.Go(s.accept)
	return s, nil
}

// Addr is where the server listens, as host and port.
func (s *Server) Addr() string { return s.ln.Addr().String() }

// Close ends the server and all its connections.
func (s *Server) Close() {
	_ = s.ln.Close()
	s.mu.Lock()
	for c := range s.open {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.done.Wait()
}

func (s *Server) accept() {
	for {
		c, err := s.ln.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.open[c] = true
		s.mu.Unlock()
		s.done.Go(func() {
			s.serve(newPeer(c))
			s.mu.Lock()
			delete(s.open, c)
			s.mu.Unlock()
			_ = c.Close()
		})
	}
}

func (s *Server) serve(p *peer) {
	for s.serveOne(p) {
		_ = p.c.SetDeadline(zeroTime)
	}
}

// serveOne answers one request and reports whether the connection goes on.
func (s *Server) serveOne(p *peer) bool {
	head, err := p.readHead()
	if err != nil {
		return false
	}
	ex := s.find(head)
	if ex == nil {
		return s.Other != nil && s.Other(p.c, p.r, head)
	}
	err = s.exchange(p, ex, head)
	ex.live.served <- err
	return err == nil && ex.Tunnel == nil && !ex.Answer.closes() && !ex.Refuses
}

func (s *Server) find(head []string) *Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, line := range head {
		if strings.HasPrefix(line, idField+":") {
			ex := s.exs[value(line)]
			delete(s.exs, value(line))
			return ex
		}
	}
	return nil
}

func (s *Server) exchange(p *peer, ex *Exchange, head []string) error {
	if err := checkRequest(&ex.Request, head, s.Addr()); err != nil {
		return err
	}
	body := ex.Request.Body.wire()
	switch {
	case ex.Tunnel != nil:
		return s.tunnel(p, ex)
	case ex.Refuses:
		return s.answer(p, ex)
	case ex.Early:
		if err := s.answer(p, ex); err != nil {
			return err
		}
		// The proxy may take back the rest of a body to which there is an answer already.
		if err := p.expect("the request's body", body); !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			return err
		}
		return nil
	case ex.Expect:
		if err := p.write(ex.Interim[0].head(), nil); err != nil {
			return err
		}
	}
	if step := ex.Request.Step; step > 0 {
		if err := p.expect("the request's body", body[:step]); err != nil {
			return err
		}
		close(ex.live.halfRequest)
		body = body[step:]
	}
	if err := p.expect("the request's body", body); err != nil {
		return err
	}
	return s.answer(p, ex)
}

// answer sends the interim answers that are left, and the final one.
func (s *Server) answer(p *peer, ex *Exchange) error {
	for i := range ex.Interim {
		if i == 0 && ex.Expect && !ex.Refuses {
			continue // sent already
		}
		if err := p.write(ex.Interim[i].head(), nil); err != nil {
			return err
		}
	}
	wire := ex.Answer.head()
	if ex.bodiless() {
		return p.write(wire, ex.Answer.Cuts)
	}
	body := ex.Answer.Body.wire()
	if step := ex.Answer.Step; step > 0 {
		if err := p.write(append(wire, body[:step]...), ex.Answer.Cuts); err != nil {
			return err
		}
		if err := wait(ex.live.halfAnswer, "the first part of the answer's body"); err != nil {
			return err
		}
		return p.write(body[step:], nil)
	}
	return p.write(append(wire, body...), ex.Answer.Cuts)
}

// tunnel switches protocols and speaks the server's part.
func (s *Server) tunnel(p *peer, ex *Exchange) error {
	t := ex.Tunnel
	if err := p.write(ex.Answer.head(), ex.Answer.Cuts); err != nil {
		return err
	}
	if err := p.expect("the client's side of the tunnel", t.Up); err != nil {
		return err
	}
	if t.HalfClose {
		if err := p.expectEnd("the client's side of the tunnel"); err != nil {
			return err
		}
	}
	if err := p.write(t.Down, nil); err != nil {
		return fmt.Errorf("the server's side of the tunnel: %w", err)
	}
	return nil
}
