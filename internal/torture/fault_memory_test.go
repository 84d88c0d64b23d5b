package torture

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/proxy"
)

// stuck is how long a writer waits for a reader who does not read. Whether that
// is long does not matter: what was written by then is what others hold.
const stuck = 300 * time.Millisecond

// enough is more than kernel and proxy may hold for one slow reader: socket
// buffers of some megabytes on each of two connections, and our own.
const enough = 48 << 20

// TestSlowReaderHoldsTheServerBack holds that what a client does not read is not
// read from the server either.
func TestSlowReaderHoldsTheServerBack(t *testing.T) {
	t.Parallel()
	written := make(chan int64, 1)
	server := serve(t, func(c *peer) {
		if _, _, err := c.request(); err == nil {
			c.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", int64(1)<<40)
			written <- pour(c.Conn)
		}
	})
	c := dial(t, start(t, server, nil).addr)
	c.send("%s", get(""))
	if first, _ := c.head(t); first != "HTTP/1.1 200 OK" {
		t.Fatalf("first line = %q", first)
	}
	if n := <-written; n > enough {
		t.Errorf("the server could write %d bytes to a client that does not read", n)
	}
}

// TestSlowServerHoldsTheClientBack is the same for uploads.
func TestSlowServerHoldsTheClientBack(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	server := serve(t, func(c *peer) {
		_, _ = http.ReadRequest(c.Reader)
		<-gone
	})
	t.Cleanup(func() { close(gone) })
	c := dial(t, start(t, server, nil).addr)
	c.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n", int64(1)<<40)
	if n := pour(c.Conn); n > enough {
		t.Errorf("the client could write %d bytes to a server that does not read", n)
	}
}

// pour writes until nobody takes any more.
func pour(c net.Conn) (n int64) {
	piece := make([]byte, 64<<10)
	for n <= enough {
		_ = c.SetWriteDeadline(time.Now().Add(stuck))
		m, err := c.Write(piece)
		n += int64(m)
		if err != nil {
			break
		}
	}
	return n
}

// TestDeclaredSizesCostNothing sends lengths that no memory holds. What is
// declared must not be set aside.
func TestDeclaredSizesCostNothing(t *testing.T) {
	const huge = int64(1) << 62
	tests := map[string]struct{ request, answer string }{
		"length of a request": {fmt.Sprintf("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\nthe beginning", huge), ""},
		"chunk of a request":  {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3fffffffffffffff\r\nthe beginning", ""},
		"length of an answer": {get(""), fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\nthe beginning", huge)},
		"chunk of an answer":  {get(""), "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3fffffffffffffff\r\nthe beginning"},
	}
	for name, tt := range tests {
		for _, blocks := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", blocking"}[blocks], func(t *testing.T) {
				arrived := make(chan struct{}, 1)
				server := serve(t, func(c *peer) {
					_, _ = http.ReadRequest(c.Reader)
					c.send("%s", tt.answer)
					if tt.answer == "" {
						_, _ = c.Peek(1)
					}
					arrived <- struct{}{}
					_, _ = io.Copy(io.Discard, c)
				})
				r := start(t, server, func(o *proxy.Options) {
					if blocks {
						o.Services[0].Guard = blocking(t)
					}
				})
				before := allocated()
				c := dial(t, r.addr)
				c.send("%s", tt.request)
				if tt.answer != "" {
					_, _ = c.head(t)
				}
				if blocks && tt.answer == "" {
					// The guard waits for the body: another call shows that all goes on.
					next := dial(t, r.addr)
					next.send("%s", get("Connection: close\r\n"))
					_ = next.Close()
				} else {
					<-arrived
				}
				if got := allocated() - before; got > 8<<20 {
					t.Errorf("%d MiB were allocated", got>>20)
				}
				_ = c.Close()
			})
		}
	}
}

// allocated is all that this process ever allocated.
func allocated() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.TotalAlloc)
}

// TestFloods sends more than a message may have. It ends with an answer, or
// with the connection.
func TestFloods(t *testing.T) {
	t.Parallel()
	many := func(n int, f string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, f, i)
		}
		return b.String()
	}
	const post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	tests := map[string]struct {
		request, answer string
		want            []int // statuses; 0: the connection just ends
	}{
		"many fields":               {request: "GET / HTTP/1.1\r\nHost: a\r\n" + many(100_000, "X-%d: y\r\n"), want: []int{431}},
		"one long field":            {request: "GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", 4<<20), want: []int{431}},
		"long name":                 {request: "GET / HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("x", 4<<20), want: []int{400, 431}},
		"long target":               {request: "GET /" + strings.Repeat("x", 4<<20), want: []int{414}},
		"long method":               {request: strings.Repeat("x", 4<<20), want: []int{400, 414, 431, 501}},
		"empty lines":               {request: strings.Repeat("\r\n", 1<<20), want: []int{400, 0}},
		"many trailers":             {request: post + "0\r\n" + many(100_000, "X-%d: y\r\n"), want: []int{400, 431, 0}},
		"long extension":            {request: post + "1;" + strings.Repeat("x", 4<<20), want: []int{400, 431, 0}},
		"many extensions":           {request: post + many(100_000, "1;name=%d\r\nx\r\n"), want: []int{400, 431, 0}},
		"many fields in the answer": {answer: "HTTP/1.1 200 OK\r\n" + many(100_000, "X-%d: y\r\n"), want: []int{502}},
		"long field in the answer":  {answer: "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 4<<20), want: []int{502}},
		"long reason":               {answer: "HTTP/1.1 200 " + strings.Repeat("x", 4<<20), want: []int{502}},
		"interim answers for ever":  {answer: strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 100_000), want: []int{502}},
		"answer that is no HTTP":    {answer: strings.Repeat("\x00\xff", 1<<20), want: []int{502}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(c *peer) {
				_, _ = http.ReadRequest(c.Reader)
				_, _ = io.WriteString(c.Conn, tt.answer)
				_, _ = io.Copy(io.Discard, c)
			})
			r := start(t, server, nil)
			c := dial(t, r.addr)
			go func() {
				if tt.request == "" {
					tt.request = get("")
				}
				_, _ = io.Copy(c.Conn, bytes.NewBufferString(tt.request))
			}()
			status := 0
			for status < 200 {
				resp, err := http.ReadResponse(c.Reader, nil)
				if err != nil {
					status = 0
					break
				}
				status = resp.StatusCode
			}
			if slices.Contains(tt.want, status) {
				return
			}
			t.Errorf("status = %d, want one of %v", status, tt.want)
		})
	}
}
