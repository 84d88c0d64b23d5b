package proxy

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestEventsArriveAsTheyAreSent holds the server back until the client has
// seen the first event, so that a proxy which waits for more would hang.
func TestEventsArriveAsTheyAreSent(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"chunked", "until close"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			seen := make(chan struct{})
			server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
				readHeadText(t, r)
				head, events := "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n", []string{"data: 1\n\n", "data: 2\n\n", ""}
				if kind == "chunked" {
					head += "Transfer-Encoding: chunked\r\n"
					events = []string{"9\r\ndata: 1\n\n\r\n", "9\r\ndata: 2\n\n\r\n", "0\r\n\r\n"}
				}
				_, _ = io.WriteString(c, head+"\r\n"+events[0])
				<-seen
				_, _ = io.WriteString(c, events[1]+events[2])
			})
			addr, _ := start(t, "http://"+server, nil)
			resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request(t, "GET", "http://"+addr+"/events", nil))
			if err != nil {
				t.Fatal(err)
			}
			r := bufio.NewReader(resp.Body)
			for i, want := range []string{"data: 1\n", "\n"} {
				if got, err := r.ReadString('\n'); got != want || err != nil {
					t.Fatalf("line %d = %q, %v, want %q", i, got, err, want)
				}
			}
			close(seen)
			rest, err := io.ReadAll(r)
			if got, want := string(rest), "data: 2\n\n"; got != want || err != nil {
				t.Errorf("rest = %q, %v, want %q", got, err, want)
			}
		})
	}
}

// TestUploadArrivesAsItIsSent is the same in the other direction: the server
// answers every line before the next one is sent.
func TestUploadArrivesAsItIsSent(t *testing.T) {
	t.Parallel()
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		readHeadText(t, r)
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
		for {
			size, err := r.ReadString('\n')
			if err != nil {
				return
			}
			line, _ := r.ReadString('\n')
			_, _ = io.WriteString(c, size+line)
			if size == "0\r\n" {
				return
			}
		}
	})
	addr, _ := start(t, "http://"+server, nil)
	c := dial(t, addr)
	c.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
	resp, err := http.ReadResponse(c.r, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"first", "other"} {
		c.send("5\r\n%s\r\n", word)
		got := make([]byte, 5)
		if _, err := io.ReadFull(resp.Body, got); err != nil || string(got) != word {
			t.Fatalf("echo = %q, %v, want %q", got, err, word)
		}
	}
	c.send("0\r\n\r\n")
	if rest, err := io.ReadAll(resp.Body); err != nil || len(rest) > 0 {
		t.Errorf("rest = %q, %v, want the end", rest, err)
	}
}

// TestLargeDownloadIsNotHeld is not parallel: it counts what the process allocates.
func TestLargeDownloadIsNotHeld(t *testing.T) {
	const size = 100 << 20
	block := make([]byte, 1<<20)
	for i := range block {
		block[i] = byte(i * 7)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(size))
		for range size / len(block) {
			_, _ = w.Write(block)
		}
	}))
	t.Cleanup(server.Close)
	addr, _, seen := watched(t, server.URL, nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request(t, "GET", "http://"+addr+"/", nil))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	n, err := io.Copy(sum, resp.Body)
	if err != nil || n != size {
		t.Fatalf("got %d bytes, %v, want %d", n, err, size)
	}
	runtime.ReadMemStats(&after)
	want := sha256.New()
	for range size / len(block) {
		want.Write(block)
	}
	if got := fmt.Sprintf("%x", sum.Sum(nil)); got != fmt.Sprintf("%x", want.Sum(nil)) {
		t.Error("the bytes that arrived are not those that were sent")
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > 16<<20 {
		t.Errorf("%d bytes allocated for a download, want far less than its size", got)
	}
	it := <-seen
	if b := it.ex.Response.Body; b.Size != size || !b.Truncated || len(b.Raw) > 1<<20 {
		t.Errorf("recorded body: size %d, truncated %v, kept %d", b.Size, b.Truncated, len(b.Raw))
	}
}

// TestWebSocketEcho speaks RFC 6455 through the proxy.
func TestWebSocketEcho(t *testing.T) {
	t.Parallel()
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		head := readHeadText(t, r)
		if !strings.Contains(head, "Connection: Upgrade\r\n") || !strings.Contains(head, "Upgrade: websocket\r\n") {
			_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
			return
		}
		_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
			"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
		for {
			frame := make([]byte, 6)
			if _, err := io.ReadFull(r, frame); err != nil {
				return
			}
			payload := make([]byte, frame[1]&0x7f)
			_, _ = io.ReadFull(r, payload)
			for i := range payload {
				payload[i] ^= frame[2+i%4]
			}
			_, _ = c.Write(append([]byte{frame[0], byte(len(payload))}, payload...))
			if frame[0]&0xf == 8 {
				return
			}
		}
	})
	addr, _, seen := watched(t, "http://"+server, nil)
	c := dial(t, addr)
	hello := maskedFrame(0x81, "hello")
	// The first frame follows the request at once: none of its bytes may be lost.
	c.send("GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n%s", hello)
	head := readHeadText(t, c.r)
	want := "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
	if diff := cmp.Diff(want, head); diff != "" {
		t.Fatalf("head (-want +got):\n%s", diff)
	}
	for _, text := range []string{"hello", "again", "and again"} {
		if text != "hello" {
			c.send("%s", maskedFrame(0x81, text))
		}
		got := make([]byte, 2+len(text))
		if _, err := io.ReadFull(c.r, got); err != nil || string(got[2:]) != text {
			t.Fatalf("echo = %q, %v, want %q", got, err, text)
		}
	}
	c.send("%s", maskedFrame(0x88, ""))
	if got := c.ended(); got != "\x88\x00" {
		t.Errorf("end = %q, want the echoed close frame", got)
	}
	if it := <-seen; it.ex.Response.Status != 101 || it.ex.Failure != nil {
		t.Errorf("recorded %d, %v, want 101 without a failure", it.ex.Response.Status, it.ex.Failure)
	}
}

// maskedFrame is a short frame of a client (RFC 6455, section 5.2).
func maskedFrame(first byte, text string) string {
	mask := [4]byte{1, 2, 3, 4}
	b := []byte{first, 0x80 | byte(len(text)), 1, 2, 3, 4}
	for i := range len(text) {
		b = append(b, text[i]^mask[i%4])
	}
	return string(b)
}

func TestShutdownLetsCallsFinish(t *testing.T) {
	t.Parallel()
	reached, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(reached)
		<-release
		_, _ = io.WriteString(w, "done")
	}))
	t.Cleanup(server.Close)
	addr, _, stop := startStopping(t, server.URL)
	idle, busy := dial(t, addr), dial(t, addr)
	busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	<-reached
	stopped := stop()
	if got := idle.ended(); got != "" {
		t.Errorf("idle connection got %q, want its end", got)
	}
	close(release)
	resp, body := busy.read("GET")
	if body != "done" || resp.Header.Get("Connection") != "close" && !resp.Close {
		t.Errorf("answer = %q, Close %v, want it whole and closing", body, resp.Close)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Serve = %v, want nil", err)
	}
}

// TestShutdownEndsWhatDoesNotFinish holds that the grace is not for ever.
func TestShutdownEndsWhatDoesNotFinish(t *testing.T) {
	t.Parallel()
	reached := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(reached)
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	addr, _, stop := startStopping(t, server.URL, func(o *Options) { o.Limits.Grace = time.Millisecond })
	c := dial(t, addr)
	c.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	<-reached
	<-stop()
	c.ended()
}
