package wiretest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// patience is how long a peer waits before it says that nothing comes. It is
// reached only when something is wrong.
const patience = 30 * time.Second

// live is what client and server of one exchange tell each other beside the
// connection.
type live struct {
	halfRequest chan struct{} // the server has read the body up to the step of the request
	halfAnswer  chan struct{} // the client has read the body up to the step of the answer
	served      chan error    // how it went at the server
}

func newLive() *live {
	return &live{make(chan struct{}), make(chan struct{}), make(chan error, 1)}
}

// A peer is one end of a connection.
type peer struct {
	c net.Conn
	r *bufio.Reader
}

func newPeer(c net.Conn) *peer {
	_ = c.SetDeadline(time.Now().Add(patience)) // an error would show at the first read
	return &peer{c, bufio.NewReaderSize(c, 32<<10)}
}

// readHead reads through the empty line and returns the lines before it.
func (p *peer) readHead() ([]string, error) {
	var lines []string
	for {
		line, err := p.r.ReadString('\n')
		if err != nil {
			if line != "" || lines != nil {
				err = fmt.Errorf("a head broke off after %q: %w", append(lines, line), err)
			}
			return nil, err
		}
		text, ok := strings.CutSuffix(line, "\r\n")
		switch {
		case !ok:
			return nil, fmt.Errorf("a line of a head ends without CR: %q", line)
		case text == "" && lines != nil:
			return lines, nil
		}
		lines = append(lines, text)
	}
}

// expect reads exactly the bytes.
func (p *peer) expect(what string, want []byte) error {
	if len(want) == 0 {
		return nil
	}
	got := make([]byte, len(want))
	n, err := io.ReadFull(p.r, got)
	for i := range n {
		if got[i] != want[i] {
			return fmt.Errorf("%s: byte %d of %d differs: %q, want %q", what, i, len(want), clip(got[i:n]), clip(want[i:]))
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %d of %d bytes arrived: %w", what, n, len(want), err)
	}
	return nil
}

// expectEnd reads the end of the connection and nothing before it.
func (p *peer) expectEnd(what string) error {
	b, err := p.r.ReadByte()
	if err == nil {
		rest, _ := p.r.Peek(p.r.Buffered())
		return fmt.Errorf("%s: bytes that nobody sent: %q", what, clip(append([]byte{b}, rest...)))
	}
	if !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: the connection did not end cleanly: %w", what, err)
	}
	return nil
}

// write sends the bytes in pieces that end at the cuts.
func (p *peer) write(b []byte, cuts []int) error {
	at := 0
	for _, cut := range append(cuts[:len(cuts):len(cuts)], len(b)) {
		if cut <= at || cut > len(b) {
			continue
		}
		if _, err := p.c.Write(b[at:cut]); err != nil {
			return err
		}
		at = cut
	}
	return nil
}

// wait waits for the other end, but not for ever.
func wait(c <-chan struct{}, what string) error {
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-c:
		return nil
	case <-t.C:
		return fmt.Errorf("%s is held back: the other end never got it", what)
	}
}

func clip(b []byte) []byte { return bytes.Clone(b[:min(len(b), 80)]) }
