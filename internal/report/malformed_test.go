package report

import (
	"bytes"
	"context"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// TestMalformedPictures: the line at fault, its caret, what was found and
// expected, and the request as it was meant.
func TestMalformedPictures(t *testing.T) {
	t.Parallel()
	const ok = "GET /v1/orders?limit=2 HTTP/1.1\r\nHost: api.example.com\r\n"
	for name, raw := range map[string]string{
		"bare-lf":            "GET / HTTP/1.1\nHost: api.example.com\n\n",
		"space-before-colon": ok + "X-Request-Id : 7\r\n\r\n",
		"target-space":       "GET /v1/orders?name=Ada Lovelace&api_key=k3y HTTP/1.1\r\nHost: api.example.com\r\n\r\n",
		"control":            ok + "X-Name: Ada\x1b[31m\r\n\r\n",
		"wide":               "GET /v1/\xe6\x97\xa5\xe6\x9c\xac b HTTP/1.1\r\nHost: api.example.com\r\n\r\n",
		"length-and-coding":  "POST /v1/orders HTTP/1.1\r\nHost: api.example.com\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
		"host-missing":       "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
		"tls":                "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
		"secret":             ok + "Authorization: Bearer s3cr\x00et\r\n\r\n",
	} {
		ex, d := malformed(t, wire.ExplainRequest([]byte(raw), wire.Limits{}))
		golden(t, "malformed-"+name+".txt", drawn(t, ex, d, Options{}))
		if name == "bare-lf" {
			golden(t, "malformed-"+name+".ascii.txt", drawn(t, ex, d, Options{ASCII: true}))
			var b bytes.Buffer
			w, err := New("json", &b, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Add(ex, d); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			golden(t, "malformed-"+name+".json", b.Bytes())
		}
	}
	ex, d := malformed(t, wire.ExplainChunked([]byte("3\r\nabc\r\n0x5\r\nhello\r\n"), wire.Limits{}, false))
	golden(t, "malformed-chunk.txt", drawn(t, ex, d, Options{}))
}

// malformed is what the guard tells of a request that is not well-formed.
func malformed(t *testing.T, wrong *wire.Error) (ex *faultline.Exchange, d *faultline.Diagnosis) {
	t.Helper()
	g := guard.New(guard.Options{Sinks: []guard.Sink{guard.SinkFunc(func(_ context.Context, e *faultline.Exchange, of *faultline.Diagnosis) { ex, d = e, of })}})
	c, r := g.BeginMalformed(&faultline.Exchange{ID: "k7m2q4tx"}, wrong)
	c.Answer(r, guard.Client{})
	c.End()
	if err := g.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	ex.ID, d.Exchange = "k7m2q4tx", "k7m2q4tx"
	return ex, d
}
