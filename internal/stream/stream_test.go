package stream

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// frame makes a WebSocket frame; a mask of zero is none.
func frame(first byte, mask uint32, payload string) []byte {
	out := []byte{first, 0}
	switch n := len(payload); {
	case n < 126:
		out[1] = byte(n)
	case n < 1<<16:
		out[1] = 126
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	default:
		out[1] = 127
		out = binary.BigEndian.AppendUint64(out, uint64(n))
	}
	if mask == 0 {
		return append(out, payload...)
	}
	out[1] |= 0x80
	key := binary.BigEndian.AppendUint32(nil, mask)
	out = append(out, key...)
	for i := range len(payload) {
		out = append(out, payload[i]^key[i%4])
	}
	return out
}

// closeFrame is one with a code.
func closeFrame(mask uint32, code uint16, reason string) []byte {
	return frame(0x88, mask, string(binary.BigEndian.AppendUint16(nil, code))+reason)
}

// pieces writes data in pieces of random sizes, single bytes among them.
func pieces(r *rand.Rand, data []byte, write func([]byte)) {
	for len(data) > 0 {
		n := 1 + r.IntN(min(len(data), 1+r.IntN(200)))
		write(bytes.Clone(data[:n]))
		data = data[n:]
	}
}

func join(all ...[]byte) []byte { return bytes.Join(all, nil) }

func TestSessions(t *testing.T) {
	t.Parallel()
	const mask = 0xa1b2c3d4
	long := strings.Repeat("x", 70_000)
	for _, tt := range []struct {
		name           string
		client, server []byte
		extensions     string
		want           string
	}{
		{"normal", join(frame(0x81, mask, "hello"), frame(0x89, mask, ""), closeFrame(mask, 1000, "")), join(frame(0x81, 0, long), closeFrame(0, 1000, "bye")), "", ""},
		{"without a code", frame(0x88, mask, ""), frame(0x88, 0, ""), "", ""},
		{"fragments with a ping between", join(frame(0x01, mask, "a"), frame(0x89, mask, "p"), frame(0x80, mask, "b"), closeFrame(mask, 1001, "")), closeFrame(0, 1001, ""), "", ""},
		{"an application's own code", closeFrame(mask, 4000, "done"), closeFrame(0, 4000, ""), "", ""},
		{"internal error", frame(0x81, mask, "x"), closeFrame(0, 1011, "keepalive timeout"), "", "websocket: closed by the server with 1011 (internal error): keepalive timeout"},
		{"too big", frame(0x82, mask, long), closeFrame(0, 1009, ""), "", "websocket: closed by the server with 1009 (message too big)"},
		{"as HTTP has it", nil, closeFrame(0, 4401, "Unauthorized"), "", "websocket: closed by the server with 4401: Unauthorized"},
		{"the client objects", closeFrame(mask, 1007, ""), nil, "", "websocket: closed by the client with 1007 (invalid payload data)"},
		{"no close frame", frame(0x81, mask, "x"), nil, "", "websocket: the connection was ended by the client without a close frame (1006)"},
		{"inside a message", nil, frame(0x82, 0, long)[:100], "", "websocket: the connection was ended by the client without a close frame (1006), inside a message"},
		{"no mask", frame(0x81, 0, "x"), closeFrame(0, 1002, "MASK must be set"), "", "websocket: protocol error of the client at byte 0: a frame of the client is not masked (RFC 6455, section 5.1); closed by the server with 1002 (protocol error): MASK must be set"},
		{"a mask", nil, frame(0x81, mask, "x"), "", "websocket: protocol error of the server at byte 0: a frame of the server is masked (RFC 6455, section 5.1)"},
		{"compressed", frame(0xc1, mask, "x"), closeFrame(0, 1000, ""), "permessage-deflate; client_no_context_takeover", ""},
		{"compressed and not agreed on", join(frame(0x81, mask, "x"), frame(0xc1, mask, "x")), nil, "", "websocket: protocol error of the client at byte 7: a reserved bit is set"},
		{"a compressed continuation", join(frame(0x41, mask, "x"), frame(0xc0, mask, "x")), nil, "permessage-deflate", "websocket: protocol error of the client at byte 7: a reserved bit is set"},
		{"RSV2", frame(0xa1, mask, "x"), nil, "permessage-deflate", "at byte 0: a reserved bit is set"},
		{"opcode", frame(0x83, mask, "x"), nil, "", "the opcode 0x3 means nothing"},
		{"opcode of control", frame(0x8b, mask, "x"), nil, "", "the opcode 0xB means nothing"},
		{"a long ping", frame(0x89, mask, long[:126]), nil, "", "a control frame is longer than 125 bytes"},
		{"half a ping", frame(0x09, mask, ""), nil, "", "a control frame is fragmented"},
		{"continues nothing", frame(0x80, mask, "x"), nil, "", "a continuation frame continues nothing"},
		{"interleaved", join(frame(0x01, mask, "x"), frame(0x81, mask, "x")), nil, "", "at byte 7: a message begins inside another one"},
		{"half a code", frame(0x88, mask, "x"), nil, "", "the close frame has half a code"},
		{"a code that is never sent", closeFrame(mask, 1006, ""), nil, "", "the close code 1006 must not be sent"},
		{"a code that is not registered", closeFrame(mask, 2999, ""), nil, "", "the close code 2999 must not be sent"},
		{"a reason in Latin-1", closeFrame(mask, 1000, "caf\xe9"), nil, "", "the reason of the close frame is not UTF-8"},
		{"behind the end", join(closeFrame(mask, 1000, ""), frame(0x81, mask, "x")), nil, "", "a frame behind the close frame"},
		{"a long form", []byte{0x81, 126, 0, 5}, nil, "", "a frame of the client is not masked"},
		{"a long form of the server", nil, []byte{0x81, 126, 0, 5, 'a'}, "", "a length is not in its shortest form"},
		{"the highest bit", nil, []byte{0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 1}, "", "a length has its highest bit set"},
		{"no frames", []byte("GET / HTTP/1.1\r\n"), nil, "", "protocol error of the client at byte 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				s := NewSession(tt.extensions)
				client, server := s.FromClient(), s.FromServer()
				pieces(r, tt.client, client.Write)
				pieces(r, tt.server, server.Write)
				client.End()
				server.End()
				if got := s.Failure(); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
					t.Fatalf("got %q, want %q", got, tt.want)
				}
			}
		})
	}
}

func TestSessionsCount(t *testing.T) {
	t.Parallel()
	s := NewSession("")
	s.FromClient().Write(join(frame(0x01, 7, "ab"), frame(0x00, 7, "c"), frame(0x89, 7, "ping"), frame(0x80, 7, "d")))
	s.FromServer().Write(join(frame(0x82, 0, "xyz"), frame(0x81, 0, "")))
	if got, want := s.Passed(), "1 message (4 bytes) of the client, 2 messages (3 bytes) of the server"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestItemsAreCutBetween(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for _, tt := range []struct {
		name string
		form Form
		in   string
		want int // items
		open bool
	}{
		{"lines", Lines, "{}\n\n{\"a\":1}\r\n[1]\n", 3, false},
		{"the last line needs no end", Lines, "1\n2", 2, false},
		{"sequence", Sequence, "\x1e{}\n\x1e[1]\n\x1e\x1e3\n", 3, false},
		{"events", Events, "data: 1\n\ndata: 2\r\n\r\n: ping\n\nid: 3\rdata: 3\r\rdata: 4\n\r\n", 4, false},
		{"an event that breaks off", Events, "data: 1\n\ndata: 2\n", 1, true},
		{"a comment at the end", Events, "data: 1\n\n: ping\n", 1, false},
		{"the last line end is a CR", Events, "data: 1\r\r", 1, false},
		{"nothing", Events, "", 0, false},
	} {
		for range 50 {
			s := NewItems(tt.form, 1000)
			var got []byte
			count := 0
			whole := func(items []byte, at int64) {
				if at != int64(len(got)) {
					t.Fatalf("%s: items at %d, want %d", tt.name, at, len(got))
				}
				got = append(got, items...)
				count += countItems(tt.form, items)
			}
			pieces(r, []byte(tt.in), func(p []byte) { s.Write(p, whole) })
			if open := s.End(whole); open != tt.open || count != tt.want || s.Skipped != 0 {
				t.Fatalf("%s: got %d items, open %v, %d skipped; want %d, %v", tt.name, count, open, s.Skipped, tt.want, tt.open)
			}
			if !strings.HasPrefix(tt.in, string(got)) {
				t.Fatalf("%s: got %q of %q", tt.name, got, tt.in)
			}
		}
	}
}

// countItems is the plain way to count what has all its ends.
func countItems(form Form, items []byte) (n int) {
	switch form {
	case Events:
		for range AllEvents(items) {
			n++
		}
		return n
	case Sequence:
		for part := range bytes.SplitSeq(items, []byte{recordSeparator}) {
			if len(part) > 0 {
				n++
			}
		}
		return n
	}
	for line := range bytes.Lines(items) {
		if len(bytes.TrimSpace(line)) > 0 {
			n++
		}
	}
	return n
}

func TestItemsBeyondTheLimitArePassedOver(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	big := strings.Repeat("x", 5000)
	for form, in := range map[Form]string{
		Lines:    "1\n" + big + "\n3\n",
		Sequence: "\x1e1\n\x1e" + big + "\n\x1e3\n",
		Events:   "data: 1\n\ndata: " + big + "\ndata: " + big + "\r\n\r\ndata: 3\n\n",
	} {
		for range 50 {
			s := NewItems(form, 100)
			var got []string
			whole := func(items []byte, at int64) {
				if in[at:int(at)+len(items)] != string(items) {
					t.Fatalf("form %d: %q does not stand at %d", form, items, at)
				}
				got = append(got, string(items))
			}
			pieces(r, []byte(in), func(p []byte) { s.Write(p, whole) })
			s.End(whole)
			if all := strings.Join(got, ""); s.Skipped != 1 || countItems(form, []byte(all)) != 2 || strings.Contains(all, "x") {
				t.Fatalf("form %d: %d skipped, got %q", form, s.Skipped, all)
			}
			if cap(s.rest) > 1000 {
				t.Fatalf("form %d: keeps %d bytes", form, cap(s.rest))
			}
		}
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	in := "\ufeffevent: a\ndata: 1\ndata:  2\ndata\n\n: c\ndata: {\"error\": 1}\r\n\r\nevent: error\n\nevent: error\rdata:x\r\rdata: open\n"
	var got []string
	for e := range AllEvents([]byte(in)) {
		got = append(got, fmt.Sprintf("%s|%s|%v", e.Name, e.Data, e.Fails()))
	}
	want := []string{"a|1\n 2\n|false", `|{"error": 1}|true`, "error|x|true"}
	if strings.Join(got, "+") != strings.Join(want, "+") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// message makes a length-prefixed message.
func message(flags byte, payload string) []byte {
	return append(binary.BigEndian.AppendUint32([]byte{flags}, uint32(len(payload))), payload...)
}

func TestMessages(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	web := join(message(0, "abc"), message(1, ""), message(0x80, "grpc-status: 5\r\n"))
	text := []byte(base64.StdEncoding.EncodeToString(message(0, "abcd")) + base64.StdEncoding.EncodeToString(message(0x80, "grpc-status: 0")))
	for _, tt := range []struct {
		name  string
		text  bool
		in    []byte
		count int64
		last  string
		open  bool
		fault string
	}{
		{"gRPC", false, join(message(0, "abc"), message(1, strings.Repeat("x", 100_000))), 2, "", false, ""},
		{"gRPC-Web", false, web, 2, "grpc-status: 5\r\n", false, ""},
		{"gRPC-Web in base64", true, text, 1, "grpc-status: 0", false, ""},
		{"Connect", false, join(message(0, "{}"), message(2, `{"error":{}}`)), 1, `{"error":{}}`, false, ""},
		{"large trailers", false, message(0x80, strings.Repeat("x", 100_000)), 0, strings.Repeat("x", maxLast), false, ""},
		{"breaks off in a message", false, web[:7], 0, "", true, ""},
		{"breaks off in a prefix", false, web[:3], 0, "", true, ""},
		{"none of it", false, []byte("<html></html>"), 0, "", true, "no length-prefixed message"},
		{"not in base64", true, []byte("<html></html>"), 0, "", false, "not in base64"},
		{"goes on", false, join(web, message(0, "")), 2, "grpc-status: 5\r\n", true, "behind the one"},
	} {
		for range 20 {
			m := NewMessages(tt.text)
			pieces(r, tt.in, m.Write)
			fault := ""
			if m.Fault != nil {
				fault = m.Fault.What
			}
			if m.Count != tt.count || string(m.Last) != tt.last || m.Open() != tt.open || !strings.Contains(fault, tt.fault) || (fault == "") != (tt.fault == "") {
				t.Fatalf("%s: got %d messages, last %.40q, open %v, fault %q", tt.name, m.Count, m.Last, m.Open(), fault)
			}
		}
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	part := "Content-Disposition: form-data; name=a\r\n\r\n" + strings.Repeat("\r\n-", 500)
	for _, tt := range []struct {
		in     string
		count  int64
		closed bool
	}{
		{"--b\r\n" + part + "\r\n--b\r\n\r\nx\r\n--b--\r\n", 2, true},
		{"preamble\r\n--b\r\n" + part + "\r\n--b--", 1, true},
		{"--b\r\n" + part + "\r\n--b\r\n\r\nx", 1, false},
		{"--c\r\n\r\n", 0, false},
		{"--b--", 0, true},
	} {
		for range 50 {
			m := NewParts("b")
			pieces(r, []byte(tt.in), m.Write)
			if m.Count != tt.count || m.Closed != tt.closed {
				t.Fatalf("%.30q: got %d parts, closed %v; want %d, %v", tt.in, m.Count, m.Closed, tt.count, tt.closed)
			}
			if want := int64(len("\r\n" + part)); tt.count > 0 && m.Largest != want {
				t.Fatalf("%.30q: largest is %d, want %d", tt.in, m.Largest, want)
			}
		}
	}
}

// FuzzPieces holds that where a stream is cut changes nothing.
func FuzzPieces(f *testing.F) {
	f.Add(join(frame(0x81, 5, "hello"), closeFrame(5, 1011, "x")), 3)
	f.Add([]byte("data: 1\n\nevent: error\r\ndata: 2\r\n\r\n"), 2)
	f.Add(join(message(0, "abc"), message(0x80, "grpc-status: 5")), 1)
	f.Add([]byte("--b\r\n\r\nx\r\n--b--"), 4)
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		size = 1 + max(size, -size-1)%64
		look := func(size int) string {
			s := NewSession("permessage-deflate")
			client, server := s.FromClient(), s.FromServer()
			m, web, parts := NewMessages(false), NewMessages(true), NewParts("b")
			var cut [3]*Items
			var items [3][]byte
			for form := range cut {
				cut[form] = NewItems(Form(form), 1<<20)
			}
			for at := 0; at < len(data); at += size {
				p := data[at:min(len(data), at+size)]
				client.Write(p)
				server.Write(p)
				m.Write(p)
				web.Write(p)
				parts.Write(p)
				for form := range cut {
					cut[form].Write(p, func(b []byte, _ int64) { items[form] = append(items[form], b...) })
				}
			}
			client.End()
			var open strings.Builder
			for form := range cut {
				open.WriteString(fmt.Sprint(cut[form].End(func(b []byte, _ int64) { items[form] = append(items[form], b...) })))
			}
			return fmt.Sprint(s.Failure(), s.Passed(), m.Count, m.Size, m.Open(), string(m.Last), web.Count, parts.Count, parts.Closed, open.String(), countItems(Events, items[Events]))
		}
		if got, want := look(size), look(len(data)+1); got != want {
			t.Fatalf("in pieces of %d:\n%s\nas a whole:\n%s", size, got, want)
		}
	})
}

// BenchmarkWatch is what a look at a stream costs beside copying it.
func BenchmarkWatch(b *testing.B) {
	const size = 1 << 20
	line := []byte(`{"id": 1, "sku": "A-1", "note": "the quick brown fox"}` + "\n")
	lines := bytes.Repeat(line, size/len(line))
	events := bytes.Repeat(join([]byte("data: "), line, []byte("\n")), size/(len(line)+7))
	small, large := frame(0x82, 0, string(line)), frame(0x82, 0, strings.Repeat("x", 16<<10))
	none := func([]byte, int64) {}
	for _, bm := range []struct {
		name string
		data []byte
		make func() func([]byte)
	}{
		{"copy", lines, func() func([]byte) { dst := make([]byte, 32<<10); return func(p []byte) { copy(dst, p) } }},
		{"lines", lines, func() func([]byte) { s := NewItems(Lines, 1<<20); return func(p []byte) { s.Write(p, none) } }},
		{"events", events, func() func([]byte) { s := NewItems(Events, 1<<20); return func(p []byte) { s.Write(p, none) } }},
		{"websocket-60-bytes", bytes.Repeat(small, size/len(small)), func() func([]byte) { return NewFrames(false, false).Write }},
		{"websocket-16-kilobytes", bytes.Repeat(large, size/len(large)), func() func([]byte) { return NewFrames(false, false).Write }},
		{"grpc-60-bytes", bytes.Repeat(message(0, string(line)), size/(len(line)+5)), func() func([]byte) { return NewMessages(false).Write }},
		{"multipart", bytes.Repeat([]byte("0123456789abcdef\r\n"), size/18), func() func([]byte) { return NewParts("----WebKitFormBoundary7MA4YWxkTrZu0gW").Write }},
	} {
		b.Run(bm.name, func(b *testing.B) {
			write := bm.make()
			b.SetBytes(int64(len(bm.data)))
			b.ReportAllocs()
			for b.Loop() {
				for at := 0; at < len(bm.data); at += 32 << 10 {
					write(bm.data[at:min(len(bm.data), at+32<<10)])
				}
			}
		})
	}
}
