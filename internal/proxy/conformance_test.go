package proxy

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"github.com/faultline-http/faultline/internal/listen"
)

// framed speaks HTTP/2 frame by frame, and may say what no client would.
type framed struct {
	t  *testing.T
	c  *rawClient
	fr *http2.Framer
	hp *hpack.Encoder
	hb bytes.Buffer
}

// frames opens a connection of HTTP/2 to a proxy whose server is the handler.
func frames(t *testing.T, h http.Handler) *framed {
	t.Helper()
	addr, _ := served(t, Options{Services: []Service{serving(t, "http", h)}}, listen.Spec{})
	f := &framed{t: t, c: dial(t, addr)}
	_ = f.c.c.SetDeadline(time.Now().Add(20 * time.Second)) // a rule that is not kept fails, and does not hang
	f.c.send(http2.ClientPreface)
	f.fr = http2.NewFramer(f.c.c, f.c.r)
	f.fr.AllowIllegalWrites = true
	f.fr.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	f.hp = hpack.NewEncoder(&f.hb)
	return f
}

// block encodes fields, given as name, value, name, value.
func (f *framed) block(fields ...string) []byte {
	f.hb.Reset()
	for i := 0; i < len(fields); i += 2 {
		if err := f.hp.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]}); err != nil {
			f.t.Fatal(err)
		}
	}
	return bytes.Clone(f.hb.Bytes())
}

// get are the pseudo-header fields of a request.
func get(more ...string) []string {
	return append([]string{":method", "GET", ":scheme", "http", ":authority", "a.example", ":path", "/x"}, more...)
}

func post2(more ...string) []string {
	return append([]string{":method", "POST", ":scheme", "http", ":authority", "a.example", ":path", "/x"}, more...)
}

func (f *framed) headers(stream uint32, end bool, fields ...string) {
	_ = f.fr.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: f.block(fields...), EndHeaders: true, EndStream: end})
}

func (f *framed) raw(t http2.FrameType, flags http2.Flags, stream uint32, payload []byte) {
	_ = f.fr.WriteRawFrame(t, flags, stream, payload)
}

// verdict reads on to the first frame that ends something: "GOAWAY code",
// "RST stream code", "status 200", or "closed".
func (f *framed) verdict() string {
	for {
		frame, err := f.fr.ReadFrame()
		if err != nil {
			return "closed"
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				_ = f.fr.WriteSettingsAck()
			}
		case *http2.GoAwayFrame:
			return "GOAWAY " + frame.ErrCode.String()
		case *http2.RSTStreamFrame:
			return fmt.Sprintf("RST %d %s", frame.StreamID, frame.ErrCode)
		case *http2.MetaHeadersFrame:
			return "status " + frame.PseudoValue("status")
		}
	}
}

// TestHTTP2RulesAreKept drives the front through the main rules of RFC 9113, in
// the way of h2spec.
func TestHTTP2RulesAreKept(t *testing.T) {
	t.Parallel()
	big := make([]byte, 16385)
	for _, tt := range []struct {
		name, section string
		send          func(f *framed)
		want          string
	}{
		{"a request", "8.1", func(f *framed) { f.headers(1, true, get()...) }, "status 200"},
		{"a request with a body", "8.1", func(f *framed) {
			f.headers(1, false, post2()...)
			_ = f.fr.WriteData(1, true, []byte("body"))
		}, "status 200"},
		{"head in several frames", "6.10", func(f *framed) {
			block := f.block(get("x-long", strings.Repeat("a", 100))...)
			_ = f.fr.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block[:10], EndStream: true})
			_ = f.fr.WriteContinuation(1, false, block[10:20])
			_ = f.fr.WriteContinuation(1, true, block[20:])
		}, "status 200"},
		{"unknown frames are ignored", "4.1", func(f *framed) {
			f.raw(0xfe, 0xff, 0, []byte("whatever"))
			f.headers(1, true, get()...)
		}, "status 200"},
		{"DATA on the connection", "6.1", func(f *framed) { _ = f.fr.WriteData(0, true, []byte("x")) }, "GOAWAY PROTOCOL_ERROR"},
		{"DATA on an idle stream", "5.1", func(f *framed) { _ = f.fr.WriteData(1, true, []byte("x")) }, "GOAWAY PROTOCOL_ERROR"},
		{"HEADERS on the connection", "6.2", func(f *framed) { f.headers(0, true, get()...) }, "GOAWAY PROTOCOL_ERROR"},
		{"HEADERS on a stream of the server", "5.1.1", func(f *framed) { f.headers(2, true, get()...) }, "GOAWAY PROTOCOL_ERROR"},
		{"streams go back", "5.1.1", func(f *framed) {
			f.headers(5, true, get()...)
			f.headers(3, true, get()...)
		}, "GOAWAY PROTOCOL_ERROR"},
		{"padding longer than the frame", "6.1", func(f *framed) {
			f.headers(1, false, post2()...)
			f.raw(http2.FrameData, http2.FlagDataPadded, 1, []byte{200, 1, 2})
		}, "GOAWAY PROTOCOL_ERROR"},
		{"frame too large", "4.2", func(f *framed) {
			f.headers(1, false, post2()...)
			f.raw(http2.FrameData, 0, 1, make([]byte, 1<<20+1))
		}, "GOAWAY FRAME_SIZE_ERROR"},
		{"CONTINUATION of nothing", "6.10", func(f *framed) { _ = f.fr.WriteContinuation(1, true, f.block(get()...)) }, "GOAWAY PROTOCOL_ERROR"},
		{"something between HEADERS and CONTINUATION", "6.10", func(f *framed) {
			_ = f.fr.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: f.block(get()...), EndStream: true})
			_ = f.fr.WritePing(false, [8]byte{})
		}, "GOAWAY PROTOCOL_ERROR"},
		{"head that is no HPACK", "4.3", func(f *framed) {
			f.raw(http2.FrameHeaders, http2.FlagHeadersEndHeaders|http2.FlagHeadersEndStream, 1, []byte{0xff, 0xff, 0xff, 0xff, 0xff})
		}, "GOAWAY COMPRESSION_ERROR"},
		{"name in upper case", "8.2.1", func(f *framed) { f.headers(1, true, get("X-Upper", "1")...) }, "RST 1 PROTOCOL_ERROR"},
		{"no path", "8.3.1", func(f *framed) { f.headers(1, true, ":method", "GET", ":scheme", "http", ":authority", "a") }, "RST 1 PROTOCOL_ERROR"},
		{"no method", "8.3.1", func(f *framed) { f.headers(1, true, ":scheme", "http", ":authority", "a", ":path", "/") }, "RST 1 PROTOCOL_ERROR"},
		{"method twice", "8.3", func(f *framed) { f.headers(1, true, get(":method", "GET")...) }, "RST 1 PROTOCOL_ERROR"},
		{"pseudo field of answers", "8.3", func(f *framed) { f.headers(1, true, append([]string{":status", "200"}, get()...)...) }, "RST 1 PROTOCOL_ERROR"},
		{"pseudo field after others", "8.3", func(f *framed) { f.headers(1, true, "x-a", "1", ":method", "GET", ":scheme", "http", ":path", "/") }, "RST 1 PROTOCOL_ERROR"},
		{"body shorter than its length", "8.1.1", func(f *framed) {
			f.headers(1, false, post2("content-length", "10")...)
			_ = f.fr.WriteData(1, true, []byte("short"))
		}, "status 400"},
		{"body longer than its length", "8.1.1", func(f *framed) {
			f.headers(1, false, post2("content-length", "1")...)
			_ = f.fr.WriteData(1, true, []byte("long"))
		}, "RST 1 PROTOCOL_ERROR"},
		{"stream depends on itself", "5.3.1", func(f *framed) { _ = f.fr.WritePriority(1, http2.PriorityParam{StreamDep: 1}) }, "RST 1 PROTOCOL_ERROR"},
		{"RST_STREAM on an idle stream", "6.4", func(f *framed) { _ = f.fr.WriteRSTStream(1, http2.ErrCodeCancel) }, "GOAWAY PROTOCOL_ERROR"},
		{"RST_STREAM of a wrong length", "6.4", func(f *framed) { f.raw(http2.FrameRSTStream, 0, 1, []byte{1}) }, "GOAWAY FRAME_SIZE_ERROR"},
		{"PING of a wrong length", "6.7", func(f *framed) { f.raw(http2.FramePing, 0, 0, []byte("short")) }, "GOAWAY FRAME_SIZE_ERROR"},
		{"PING on a stream", "6.7", func(f *framed) { f.raw(http2.FramePing, 0, 1, make([]byte, 8)) }, "GOAWAY PROTOCOL_ERROR"},
		{"SETTINGS of a wrong length", "6.5", func(f *framed) { f.raw(http2.FrameSettings, 0, 0, []byte{1, 2, 3}) }, "GOAWAY FRAME_SIZE_ERROR"},
		{"SETTINGS on a stream", "6.5", func(f *framed) { f.raw(http2.FrameSettings, 0, 1, nil) }, "GOAWAY PROTOCOL_ERROR"},
		{"acknowledgement with content", "6.5", func(f *framed) { f.raw(http2.FrameSettings, http2.FlagSettingsAck, 0, make([]byte, 6)) }, "GOAWAY FRAME_SIZE_ERROR"},
		{"push that is neither on nor off", "6.5.2", func(f *framed) { _ = f.fr.WriteSettings(http2.Setting{ID: http2.SettingEnablePush, Val: 2}) }, "GOAWAY PROTOCOL_ERROR"},
		{"window above the maximum", "6.5.2", func(f *framed) {
			_ = f.fr.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 1 << 31})
		}, "GOAWAY FLOW_CONTROL_ERROR"},
		{"frame size below the minimum", "6.5.2", func(f *framed) { _ = f.fr.WriteSettings(http2.Setting{ID: http2.SettingMaxFrameSize, Val: 1}) }, "GOAWAY PROTOCOL_ERROR"},
		{"window grows by nothing", "6.9", func(f *framed) { _ = f.fr.WriteWindowUpdate(0, 0) }, "GOAWAY PROTOCOL_ERROR"},
		{"window of the connection overflows", "6.9.1", func(f *framed) { _ = f.fr.WriteWindowUpdate(0, 1<<31-1) }, "GOAWAY FLOW_CONTROL_ERROR"},
		{"window on an idle stream", "5.1", func(f *framed) { _ = f.fr.WriteWindowUpdate(1, 10) }, "GOAWAY PROTOCOL_ERROR"},
		{"PUSH_PROMISE of a client", "8.4", func(f *framed) {
			_ = f.fr.WritePushPromise(http2.PushPromiseParam{StreamID: 1, PromiseID: 2, BlockFragment: f.block(get()...), EndHeaders: true})
		}, "GOAWAY PROTOCOL_ERROR"},
		{"head above the limit", "10.5.1", func(f *framed) {
			fields := get()
			for range 33 { // a little above, and the last frame shows it
				fields = append(fields, "x-large", strings.Repeat("~", 8000)) // no shorter as Huffman's code
			}
			block := f.block(fields...)
			_ = f.fr.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block[:16<<10], EndStream: true})
			for block = block[16<<10:]; len(block) > 0; {
				n := min(len(block), 16<<10)
				_ = f.fr.WriteContinuation(1, n == len(block), block[:n])
				block = block[n:]
			}
		}, "status 431"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := frames(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				_, _ = w.Write(big)
			}))
			_ = f.fr.WriteSettings()
			tt.send(f)
			verdict := f.verdict
			if strings.HasPrefix(tt.want, "GOAWAY") {
				verdict = f.verdictOfConnection // calls before may have been answered
			}
			if got := verdict(); got != tt.want {
				t.Errorf("RFC 9113, section %s: %s, want %s", tt.section, got, tt.want)
			}
		})
	}
}

func TestHTTP2GreetingIsKept(t *testing.T) {
	t.Parallel()
	f := frames(t, http.NotFoundHandler())
	_ = f.fr.WriteSettings()
	first, err := f.fr.ReadFrame()
	if s, ok := first.(*http2.SettingsFrame); err != nil || !ok || s.IsAck() {
		t.Fatalf("first frame %v, %v: section 3.4 wants SETTINGS", first, err)
	}
	_ = f.fr.WritePing(false, [8]byte{1, 2, 3})
	acked, ponged := false, false
	for !acked || !ponged {
		frame, err := f.fr.ReadFrame()
		if err != nil {
			t.Fatal(err)
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			acked = acked || frame.IsAck()
		case *http2.PingFrame:
			ponged = frame.IsAck() && frame.Data == [8]byte{1, 2, 3}
		}
	}
}

// TestFlowControlIsKept: no byte more than the client has room for.
func TestFlowControlIsKept(t *testing.T) {
	t.Parallel()
	f := frames(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "0123456789abcdef") }))
	_ = f.fr.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 10})
	f.headers(1, true, get()...)
	var got []byte
	pinged := false
	for {
		frame, err := f.fr.ReadFrame()
		if err != nil {
			t.Fatalf("after %q: %v", got, err)
		}
		switch frame := frame.(type) {
		case *http2.DataFrame:
			got = append(got, frame.Data()...)
			if len(got) == 10 && !pinged {
				_ = f.fr.WritePing(false, [8]byte{}) // whatever was sent beyond the window comes before its answer
				pinged = true
			}
			if frame.StreamEnded() {
				if string(got) != "0123456789abcdef" {
					t.Errorf("%q came", got)
				}
				return
			}
		case *http2.PingFrame:
			if len(got) != 10 {
				t.Errorf("%d bytes came for a window of 10", len(got))
			}
			_ = f.fr.WriteWindowUpdate(1, 6)
		}
	}
}

// flooding is more than any connection may take.
const flooding = 50_000

// TestFloodsAreBounded: frames that cost the server more than the client end the connection.
func TestFloodsAreBounded(t *testing.T) {
	t.Parallel()
	for name, flood := range map[string]func(f *framed, i int) error{
		"CONTINUATION": func(f *framed, i int) error { // CVE-2023-45288
			if i == 0 {
				return f.fr.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: f.block(get()...)})
			}
			return f.fr.WriteContinuation(1, false, f.block("x-more", strings.Repeat("a", 8000)))
		},
		"rapid reset": func(f *framed, i int) error { // CVE-2023-44487
			stream := uint32(2*i + 1)
			f.headers(stream, true, get()...)
			return f.fr.WriteRSTStream(stream, http2.ErrCodeCancel)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var under, most atomic.Int64
			f := frames(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				n := under.Add(1)
				for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
				}
				<-r.Context().Done()
				under.Add(-1)
			}))
			_ = f.fr.WriteSettings()
			ended := make(chan string, 1)
			go func() { // without an acknowledgement: the other side is writing
				for {
					if frame, err := f.fr.ReadFrame(); err != nil {
						how := "closed"
						if isTimeout(err) {
							how = "left open"
						}
						ended <- how
						return
					} else if g, ok := frame.(*http2.GoAwayFrame); ok {
						ended <- g.ErrCode.String()
						return
					}
				}
			}()
			sent := 0
			for ; sent < flooding; sent++ {
				if flood(f, sent) != nil {
					break
				}
			}
			if got := <-ended; got != "closed" && got != "ENHANCE_YOUR_CALM" && got != "PROTOCOL_ERROR" {
				t.Errorf("%d frames were sent, and the connection is %s", sent, got)
			}
			if n := most.Load(); n > 2*maxStreams {
				t.Errorf("the server had %d calls at once", n)
			}
		})
	}
}

// verdictOfConnection reads on to the end of the connection, or to a GOAWAY.
func (f *framed) verdictOfConnection() string {
	for {
		if v := f.verdict(); v == "closed" || strings.HasPrefix(v, "GOAWAY") {
			return v
		}
	}
}

// TestStreamsAreBounded: calls above the number that was announced are refused, not queued.
func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	f := frames(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hold }))
	defer close(hold)
	_ = f.fr.WriteSettings()
	for { // the number is known once ours was acknowledged
		frame, err := f.fr.ReadFrame()
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := frame.(*http2.SettingsFrame); ok && !s.IsAck() {
			if n, _ := s.Value(http2.SettingMaxConcurrentStreams); n != maxStreams {
				t.Errorf("%d streams are announced, want %d", n, maxStreams)
			}
			_ = f.fr.WriteSettingsAck()
			break
		}
	}
	for i := range uint32(maxStreams + 1) {
		f.headers(2*i+1, true, get()...)
	}
	if got := f.verdict(); got != fmt.Sprintf("RST %d REFUSED_STREAM", 2*maxStreams+1) && got != fmt.Sprintf("RST %d PROTOCOL_ERROR", 2*maxStreams+1) {
		t.Errorf("the call above the limit: %s", got)
	}
}
