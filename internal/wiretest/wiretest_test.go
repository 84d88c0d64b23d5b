package wiretest

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
)

// TestGenerateTriesEverything holds that the random exchanges are as various
// as they are said to be.
func TestGenerateTriesEverything(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	count := func(what string, is bool) {
		if is {
			seen[what]++
		} else {
			seen[what] += 0
		}
	}
	for seed := range uint64(2000) {
		s := Generate(seed + 1)
		count("pipelined", s.Pipelined)
		for _, ex := range s.Exchanges {
			for name, m := range map[string]*Message{"request": &ex.Request, "answer": &ex.Answer} {
				wire := m.Body.wire()
				count(name+" of HTTP/1.0", m.http10())
				count(name+" without a body", m.Body.Kind == None)
				count(name+" with a length", m.Body.Kind == Length)
				count(name+" in chunks", m.Body.Kind == Chunked)
				count(name+" with extensions", m.Body.Kind == Chunked && len(m.Body.Chunks) > 0 && strings.Contains(m.Body.Chunks[0].Line, ";"))
				count(name+" with trailers", m.Body.Trailer != nil)
				count(name+" in pieces", m.Cuts != nil)
				count(name+" in two steps", m.Step > 0)
				count(name+" with obs-text", bytes.ContainsFunc(m.head(), func(r rune) bool { return r > 0x7f }))
				count(name+" with gzip", bytes.Contains(wire, []byte("\x1f\x8b\b")))
				count(name+" with br", bytes.Contains(wire, []byte("hello world\x03")))
				count(name+" with zstd", bytes.Contains(wire, []byte("\x28\xb5\x2f\xfd")))
				count(name+" with Connection: close", m.has("close"))
			}
			count("answer until close", ex.Answer.Body.Kind == UntilClose)
			count("HEAD", ex.Method == "HEAD")
			count("no body for its status", ex.Method != "HEAD" && ex.Tunnel == nil && ex.bodiless())
			count("interim", len(ex.Interim) > 0 && !ex.Expect)
			count("Expect", ex.Expect)
			count("Expect refused", ex.Refuses)
			count("early answer", ex.Early)
			count("tunnel", ex.Tunnel != nil)
			count("tunnel with half-close", ex.Tunnel != nil && ex.Tunnel.HalfClose)
		}
	}
	if len(seen) < 30 {
		t.Errorf("%d kinds, want at least 30", len(seen))
	}
	for what, n := range seen {
		if n == 0 {
			t.Errorf("no script has this: %s", what)
		}
	}
}

// TestPlayNoticesWhatChanges puts a relay between both ends that replaces one
// text by another, as no proxy may.
func TestPlayNoticesWhatChanges(t *testing.T) {
	t.Parallel()
	server, err := NewServer()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	script := func() *Script {
		return &Script{Exchanges: []*Exchange{{
			Method: "POST",
			Request: Message{
				Start:  "POST /up HTTP/1.1",
				Fields: []Field{{"X-A:  one ", plain}, {"Host: front", host}, {framingName + ": ", framing}},
				Body:   Body{Kind: Length, Content: []byte("request content")},
			},
			Answer: Message{
				Start:  "HTTP/1.1 200 Fine",
				Fields: []Field{{"x-b: two", plain}, {"Keep-Alive: timeout=5", hop}, {framingName + ": ", framing}},
				Body:   Body{Kind: Chunked, Content: []byte("answer"), Chunks: []Chunk{{"6;x", 6}, {"0", 0}}, Trailer: []string{"X-T: t"}},
			},
		}}}
	}
	good := []string{"Host: front", "Host: " + server.Addr() + "\r\nVia: 1.1 relay", "Keep-Alive: timeout=5\r\n", ""}
	tests := map[string]struct {
		change []string
		want   string
	}{
		"nothing":              {nil, ""},
		"white space":          {[]string{"X-A:  one ", "X-A: one"}, `field 1 arrived as "X-A: one"`},
		"case of a name":       {[]string{"x-b: two", "X-B: two"}, `field 1 arrived as "X-B: two"`},
		"field dropped":        {[]string{"x-b: two\r\n", ""}, "arrived as"},
		"reason":               {[]string{"200 Fine", "200 OK"}, "the status line arrived as"},
		"target":               {[]string{"/up", "/down"}, "the request line arrived as"},
		"extension":            {[]string{"6;x", "6;y"}, "byte 2 of"},
		"trailer":              {[]string{"X-T: t", "X-T: u"}, "the answer's body: byte"},
		"body of the request":  {[]string{"request content", "request-content"}, "at the server: the request's body: byte 7"},
		"hop-by-hop passed on": {[]string{"x-b: two", "x-b: two\r\nKeep-Alive: x"}, `"Keep-Alive: x"`},
		"second Via":           {[]string{"Via: 1.1 relay", "Via: 1.1 relay\r\nVia: 1.1 again"}, "two Via fields"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			addr := relay(t, server.Addr(), strings.NewReplacer(good...), strings.NewReplacer(tt.change...))
			err := server.Play(addr, script())
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("Play = %v, want %q", err, tt.want)
			}
		})
	}
}

// relay changes the bytes of one request and one answer in two steps.
func relay(t *testing.T, to string, first, second *strings.Replacer) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		client, err := ln.Accept()
		if err != nil {
			return
		}
		defer func() { _ = client.Close() }()
		server, err := net.Dial("tcp", to)
		if err != nil {
			return
		}
		defer func() { _ = server.Close() }()
		pass := func(dst, src net.Conn, end string) {
			var all []byte
			buf := make([]byte, 4096)
			for !bytes.HasSuffix(all, []byte(end)) {
				n, err := src.Read(buf)
				if err != nil {
					return
				}
				all = append(all, buf[:n]...)
			}
			_, _ = io.WriteString(dst, second.Replace(first.Replace(string(all))))
		}
		pass(server, client, "request content")
		pass(client, server, "\r\n\r\n")
	}()
	return ln.Addr().String()
}

func TestReduceFindsTheSmallestScript(t *testing.T) {
	t.Parallel()
	fails := func(s *Script) bool {
		for _, ex := range s.Exchanges {
			if ex.Request.Body.Trailer != nil {
				return true
			}
		}
		return false
	}
	seed := uint64(1)
	for !fails(Generate(seed)) || len(Generate(seed).Exchanges) < 4 {
		seed++
	}
	got := Reduce(Generate(seed), fails)
	if len(got.Exchanges) != 1 || got.Exchanges[0].Request.Body.Trailer == nil {
		t.Fatalf("made smaller:\n%s", got)
	}
	for _, f := range got.Exchanges[0].Request.Fields {
		if f.role == plain {
			t.Errorf("%q is left, and has nothing to do with it", f.Line)
		}
	}
}
