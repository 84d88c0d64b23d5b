package guard

import (
	"encoding/json"
	"strings"
	"testing"
	"unsafe"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// TestNothingPointsIntoTheFrontsBuffers: the front reads messages into buffers
// of its own and overwrites them as soon as a call has ended.
func TestNothingPointsIntoTheFrontsBuffers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		mode   Mode
		body   string
		status int // of the server; 0: it is not asked
		answer string
	}{
		"blocked":  {Block, `{"customer_id":"lilac-lilac","quantity":"lilac"}`, 0, ""},
		"warned":   {Warn, `{"customer_id":"lilac-lilac","quantity":"lilac"}`, 400, `{"error":"lilac lilac"}`},
		"observed": {Observe, `{"customer_id":"lilac-lilac","quantity":"lilac"}`, 201, ``},
		"failed":   {Block, `{"customer_id":"lilac-lilac"}`, 400, `{"message":"lilac is not known: customer_id lilac-lilac"}`},
		"inside":   {Block, `{"customer_id":"lilac-lilac"}`, 201, `{"ok":false,"error":"lilac: unknown field lilac"}`},
		"healthy":  {Block, `{"customer_id":"lilac-lilac"}`, 201, `{"lilac":"lilac"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, hear := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: tt.mode})
			var call Call
			var buffer []byte
			text := func(s string) string {
				buffer = append(buffer, s...)
				return unsafe.String(&buffer[len(buffer)-len(s)], len(s))
			}
			body := func(s string) faultline.Body {
				if s == "" {
					return faultline.Body{}
				}
				text(s)
				return faultline.Body{Raw: buffer[len(buffer)-len(s):], Size: int64(len(s))} // with spare capacity behind it
			}
			pass := func() {
				buffer = make([]byte, 0, 8192)
				ex := &faultline.Exchange{Request: faultline.Request{
					Method: text("POST"), Scheme: "http", Host: text("lilac.example"), Target: text("/v1/orders?x=lilac"), Proto: "HTTP/1.1",
					Header: faultline.Header{{Name: text("Content-Type"), Value: text("application/json")}, {Name: text("X-Lilac"), Value: text("lilac")}},
					Body:   body(tt.body),
				}}
				g.Start(&call, ex)
				r := call.Head()
				if r == nil {
					r = call.Request()
				}
				call.Mark()
				if r != nil {
					call.Answer(r, Client{Loopback: true})
				} else {
					ex.Response = &faultline.Response{Status: tt.status, Header: faultline.Header{{Name: text("Content-Type"), Value: text("application/json")}}, Body: body(tt.answer)}
				}
				call.End()
				for i := range buffer {
					buffer[i] = '#'
				}
			}
			pass()
			pass() // the same Call once more
			got := hear()
			if len(got) != 2 {
				t.Fatalf("%d calls delivered, want 2", len(got))
			}
			for _, it := range got {
				told, err := json.Marshal([]any{it.ex, it.d, string(it.ex.Request.Body.Raw)})
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(told), "##") || !strings.Contains(string(told), "lilac-lilac") {
					t.Errorf("a text points into the front's buffer: %s", told)
				}
			}
		})
	}
}
