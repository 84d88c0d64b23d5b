package proxy

import (
	"bytes"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// relay passes connections on and keeps what each side said.
type relay struct {
	ln   net.Listener
	to   string
	wg   sync.WaitGroup
	mu   sync.Mutex
	sent bytes.Buffer // by the one who connected
	got  bytes.Buffer // by the one who was connected to
}

func newRelay(t *testing.T, to string) *relay {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{ln: ln, to: to}
	r.wg.Add(1)
	go r.accept()
	t.Cleanup(func() {
		_ = ln.Close()
		r.wg.Wait()
	})
	return r
}

func (r *relay) addr() string { return r.ln.Addr().String() }

func (r *relay) accept() {
	defer r.wg.Done()
	for {
		c, err := r.ln.Accept()
		if err != nil {
			return
		}
		r.wg.Go(func() {
			r.carry(c)
		})
	}
}

func (r *relay) carry(c net.Conn) {
	defer func() { _ = c.Close() }()
	up, err := net.Dial("tcp", r.to)
	if err != nil {
		return
	}
	defer func() { _ = up.Close() }()
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.copy(up, c, &r.sent)
	}()
	r.copy(c, up, &r.got)
	<-done
}

// copy keeps a piece before it sends it on: who has received something finds
// it recorded.
func (r *relay) copy(dst, src net.Conn, keep *bytes.Buffer) {
	buf := make([]byte, 32<<10)
	for {
		n, err := src.Read(buf)
		if n > 0 {
			r.mu.Lock()
			keep.Write(buf[:n])
			r.mu.Unlock()
			if _, err := dst.Write(buf[:n]); err != nil {
				_ = src.Close()
				return
			}
		}
		if err != nil {
			if tc, ok := dst.(*net.TCPConn); ok && err == io.EOF {
				_ = tc.CloseWrite()
			} else {
				_ = dst.Close()
			}
			return
		}
	}
}

// take returns what was recorded and forgets it.
func (r *relay) take() (sent, got string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	sent, got = r.sent.String(), r.got.String()
	r.sent.Reset()
	r.got.Reset()
	return sent, got
}

// message is one message of a recorded stream: the lines of its head and the
// bytes of its body, chunk framing included.
type message struct {
	lines []string
	body  string
}

func (m message) field(name string) string {
	for _, line := range m.lines[1:] {
		if k, v, _ := strings.Cut(line, ":"); strings.EqualFold(k, name) {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// messages cuts a recorded stream into messages, in the plainest way that
// works for well-formed ones. methods are those of the requests that the
// stream answers; nil for a stream of requests.
func messages(t *testing.T, stream string, methods []string) []message {
	t.Helper()
	var out []message
	for stream != "" {
		head, rest, ok := strings.Cut(stream, "\r\n\r\n")
		if !ok {
			t.Fatalf("a recorded message has no end of head: %.200q", stream)
		}
		m := message{lines: strings.Split(head, "\r\n")}
		size := 0
		response := methods != nil
		first := m.lines[0]
		interim := strings.HasPrefix(first, "HTTP/1.1 1")
		switch {
		case response && (interim || strings.Contains(first, " 204") || strings.Contains(first, " 304")):
		case response && len(methods) > 0 && methods[0] == "HEAD":
		case m.field("Transfer-Encoding") != "":
			size = chunkedSize(t, rest)
		case m.field("Content-Length") != "":
			n, err := strconv.Atoi(m.field("Content-Length"))
			if err != nil {
				t.Fatal(err)
			}
			size = n
		case response:
			size = len(rest)
		}
		if response && !interim && len(methods) > 0 {
			methods = methods[1:]
		}
		m.body, stream = rest[:min(size, len(rest))], rest[min(size, len(rest)):]
		out = append(out, m)
	}
	return out
}

func chunkedSize(t *testing.T, s string) int {
	t.Helper()
	for at := 0; ; {
		line, _, ok := strings.Cut(s[at:], "\r\n")
		if !ok {
			t.Fatalf("a recorded body ends inside a chunk size: %.100q", s[at:])
		}
		hex, _, _ := strings.Cut(line, ";")
		n, err := strconv.ParseInt(hex, 16, 64)
		if err != nil {
			t.Fatal(err)
		}
		at += len(line) + 2
		if n > 0 {
			at += int(n) + 2
			continue
		}
		for {
			line, _, _ := strings.Cut(s[at:], "\r\n")
			at += len(line) + 2
			if line == "" {
				return at
			}
		}
	}
}

// asForwarded makes of a request what the server must get, by the changes
// that the documentation of the package names and no others.
func asForwarded(m message, authority, via string) message {
	out := message{body: m.body}
	trailers := strings.Contains(strings.ToLower(m.field("TE")), "trailers")
	connection := false
	proto := m.lines[0][len(m.lines[0])-3:]
	out.lines = append(out.lines, strings.TrimSuffix(m.lines[0], proto)+"1.1")
	for _, line := range m.lines[1:] {
		name, _, _ := strings.Cut(line, ":")
		switch strings.ToLower(name) {
		case "host":
			out.lines = append(out.lines, name+": "+authority)
		case "connection":
			connection = true
			if v := m.field("Connection"); strings.Contains(strings.ToLower(v), "upgrade") {
				out.lines = append(out.lines, "Connection: Upgrade")
			} else if trailers {
				out.lines = append(out.lines, "Connection: TE")
			}
		case "keep-alive", "te":
		default:
			out.lines = append(out.lines, line)
		}
	}
	if trailers {
		out.lines = append(out.lines, "TE: trailers")
		if !connection {
			out.lines = append(out.lines, "Connection: TE")
		}
	}
	out.lines = append(out.lines, "Via: "+proto+" "+via)
	return out
}

// asReturned makes of an answer what the client must get.
func asReturned(m message, closes bool) message {
	out := message{body: m.body, lines: []string{m.lines[0]}}
	for _, line := range m.lines[1:] {
		name, _, _ := strings.Cut(line, ":")
		switch strings.ToLower(name) {
		case "connection", "keep-alive":
		default:
			out.lines = append(out.lines, line)
		}
	}
	if closes {
		out.lines = append(out.lines, "Connection: close")
	}
	return out
}
