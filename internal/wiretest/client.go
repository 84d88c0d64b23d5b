package wiretest

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"
)

var zeroTime time.Time

// Play runs the script against what listens at addr, and returns what differs
// from what was sent, at either end.
func (s *Server) Play(addr string, script *Script) error {
	s.register(script)
	defer s.forget(script)
	c := &client{addr: addr}
	defer c.close()
	var err error
	if script.Pipelined {
		err = c.pipeline(script)
	} else {
		for i, ex := range script.Exchanges {
			if err = c.play(ex); err != nil {
				err = fmt.Errorf("exchange %d: %w", i+1, err)
				break
			}
		}
	}
	c.close()
	return errors.Join(err, s.outcome(script, err != nil))
}

// register gives each exchange a name of its own for this performance.
func (s *Server) register(script *Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ex := range script.Exchanges {
		id := strconv.FormatInt(s.next.Add(1), 36)
		q := &ex.Request
		q.Fields = slices.DeleteFunc(q.Fields, func(f Field) bool { return named(f.Line, idField) })
		q.Fields = append(q.Fields, Field{idField + ": " + id, necessary})
		ex.live = newLive()
		s.exs[id] = ex
	}
}

func (s *Server) forget(script *Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ex := range script.Exchanges {
		q := &ex.Request
		delete(s.exs, value(q.Fields[len(q.Fields)-1].Line))
	}
}

// outcome asks the server how it went. Where the client failed, it may never
// have been reached.
func (s *Server) outcome(script *Script, failed bool) error {
	t := time.NewTimer(patience)
	defer t.Stop()
	if failed {
		t.Reset(500 * time.Millisecond)
	}
	for i, ex := range script.Exchanges {
		select {
		case err := <-ex.live.served:
			if err != nil {
				return fmt.Errorf("exchange %d, at the server: %w", i+1, err)
			}
		case <-t.C:
			return fmt.Errorf("exchange %d: the server never got to the end of it", i+1)
		}
	}
	return nil
}

// client plays the client's part, one exchange after the other.
type client struct {
	addr string
	p    *peer
}

func (c *client) close() {
	if c.p != nil {
		_ = c.p.c.Close()
		c.p = nil
	}
}

func (c *client) connect() error {
	if c.p != nil {
		return c.p.c.SetDeadline(time.Now().Add(patience))
	}
	conn, err := net.Dial("tcp", c.addr)
	if err != nil {
		return err
	}
	c.p = newPeer(conn)
	return nil
}

func (c *client) play(ex *Exchange) error {
	if err := c.connect(); err != nil {
		return err
	}
	if err := c.send(ex); err != nil {
		return fmt.Errorf("sending: %w", err)
	}
	if ex.Tunnel != nil {
		return c.tunnel(ex)
	}
	if err := c.read(ex); err != nil || !ex.Early {
		return err
	}
	if c.p != nil {
		// The proxy may have ended the connection, since it has answered: only a new one is sure to take another call.
		_, _ = c.p.c.Write(ex.Request.Body.wire()[ex.Request.Step:])
		c.close()
	}
	return nil
}

// send sends the request, or as much of it as may be sent before the answer.
func (c *client) send(ex *Exchange) error {
	q := &ex.Request
	head, body := q.head(), q.Body.wire()
	switch {
	case ex.Expect:
		if err := c.p.write(head, q.Cuts); err != nil || ex.Refuses {
			return err
		}
		if err := c.interim(&ex.Interim[0]); err != nil {
			return err
		}
		return c.p.write(body, nil)
	case q.Step > 0:
		if err := c.p.write(append(head, body[:q.Step]...), q.Cuts); err != nil || ex.Early {
			return err
		}
		if err := wait(ex.live.halfRequest, "the first part of the request's body"); err != nil {
			return err
		}
		return c.p.write(body[q.Step:], nil)
	}
	return c.p.write(append(head, body...), q.Cuts)
}

func (c *client) interim(want *Message) error {
	head, err := c.p.readHead()
	if err != nil {
		return fmt.Errorf("waiting for %q: %w", want.Start, err)
	}
	return checkAnswer(want, head, false)
}

// read reads the answer and closes the connection if it is to end.
func (c *client) read(ex *Exchange) error {
	for i := range ex.Interim {
		if i == 0 && ex.Expect && !ex.Refuses {
			continue // read already
		}
		if err := c.interim(&ex.Interim[i]); err != nil {
			return err
		}
	}
	head, err := c.p.readHead()
	if err != nil {
		return fmt.Errorf("waiting for the answer: %w", err)
	}
	a := &ex.Answer
	dechunked := ex.Request.http10() && a.Body.Kind == Chunked
	if err := checkAnswer(a, head, dechunked); err != nil {
		rest, _ := c.p.r.Peek(c.p.r.Buffered())
		return fmt.Errorf("%w; it was %q and then %q", err, head, rest)
	}
	if err := c.readBody(ex, dechunked); err != nil {
		return err
	}
	return c.finish(ex, head, dechunked)
}

func (c *client) readBody(ex *Exchange, dechunked bool) error {
	a := &ex.Answer
	body := a.Body.wire()
	switch {
	case ex.bodiless():
		return nil
	case dechunked:
		body = a.Body.Content
	case a.Step > 0:
		if err := c.p.expect("the answer's body", body[:a.Step]); err != nil {
			return err
		}
		close(ex.live.halfAnswer)
		body = body[a.Step:]
	}
	return c.p.expect("the answer's body", body)
}

// finish holds the end of the connection to what the messages say about it.
func (c *client) finish(ex *Exchange, head []string, dechunked bool) error {
	q, a := &ex.Request, &ex.Answer
	must := q.has("close") || q.http10() && !q.has("keep-alive") || dechunked && !ex.bodiless() || a.Body.Kind == UntilClose && !ex.bodiless()
	announced := slices.ContainsFunc(head, func(line string) bool { return named(line, "Connection") && hasMember(value(line), "close") })
	switch {
	case must && !announced && !q.http10():
		return fmt.Errorf("the connection ends after the answer %q, which does not say so", strings.Join(head, "\n"))
	case !must && announced && !ex.Early && !ex.Refuses && !a.closes():
		return fmt.Errorf("the connection is to end without a reason: %q", head)
	case !must && !announced:
		return nil
	case ex.Early:
		c.close()
		return nil
	}
	err := c.p.expectEnd("after the answer")
	c.close()
	return err
}

// tunnel reads the 101 and speaks the client's part.
func (c *client) tunnel(ex *Exchange) error {
	t := ex.Tunnel
	head, err := c.p.readHead()
	if err != nil {
		return fmt.Errorf("waiting for 101: %w", err)
	}
	if err := checkAnswer(&ex.Answer, head, false); err != nil {
		return err
	}
	if err := c.p.write(t.Up, []int{1, len(t.Up) / 2}); err != nil {
		return fmt.Errorf("the client's side of the tunnel: %w", err)
	}
	if half, ok := c.p.c.(*net.TCPConn); ok && t.HalfClose {
		if err := half.CloseWrite(); err != nil {
			return err
		}
	}
	if err := c.p.expect("the server's side of the tunnel", t.Down); err != nil {
		return err
	}
	err = c.p.expectEnd("the server's side of the tunnel")
	c.close()
	return err
}

// pipeline sends all requests at once and then reads the answers in turn.
func (c *client) pipeline(script *Script) error {
	if err := c.connect(); err != nil {
		return err
	}
	var all []byte
	for _, ex := range script.Exchanges {
		all = append(append(all, ex.Request.head()...), ex.Request.Body.wire()...)
	}
	sent, p := make(chan error, 1), c.p
	go func() { sent <- p.write(all, []int{len(all) / 3}) }()
	for i, ex := range script.Exchanges {
		if c.p == nil {
			c.p = p
			return fmt.Errorf("pipelined exchange %d: the connection had ended before", i+1)
		}
		if err := c.read(ex); err != nil {
			_ = p.c.Close()
			<-sent
			return fmt.Errorf("pipelined exchange %d: %w", i+1, err)
		}
	}
	return <-sent
}
