//go:build !faultline_safe

package wire

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

// TestReadingAllocatesNothing holds what a call costs in steady state: heads
// point into the connection's buffer, and the lists of their fields are used again.
func TestReadingAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	const request = "GET /v1/orders/ord_1 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nUser-Agent: x\r\nX-Request-Id: 1\r\n\r\n"
	const answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
	lim := Limits{}.WithDefaults()
	var q Request
	var a Response
	var body Body
	src := strings.NewReader("")
	var rd Reader
	rd.Reset(src)
	got := testing.AllocsPerRun(100, func() {
		src.Reset(request)
		if err := rd.ReadRequest(&q, &lim); err != nil {
			t.Fatal(err)
		}
		rd.Release()
		src.Reset(answer)
		if err := rd.ReadResponse(&a, q.Method, &lim); err != nil {
			t.Fatal(err)
		}
		body.Reset(&rd, a.Framing, &lim)
		for !body.Done() {
			if _, _, err := body.Next(); err != nil {
				t.Fatal(err)
			}
		}
		rd.Release()
	})
	if got > 0 {
		t.Errorf("%v allocations, want none", got)
	}
}
