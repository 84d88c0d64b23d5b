package contract_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const passing = `openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /stream:
    post:
      requestBody:
        content:
          application/jsonl: {itemSchema: {$ref: '#/components/schemas/Entry'}}
          application/json: {schema: {type: object}}
      responses:
        '200':
          description: ok
          content:
            application/jsonl: {itemSchema: {$ref: '#/components/schemas/Entry'}}
            application/json-seq: {itemSchema: {$ref: '#/components/schemas/Entry'}}
            text/event-stream:
              itemSchema:
                type: object
                required: [data]
                properties:
                  data: {type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Entry'}}
                  event: {enum: [entry]}
  /free:
    get:
      responses: {'200': {description: ok, content: {text/event-stream: {}, application/jsonl: {}}}}
components:
  schemas:
    Entry: {type: object, required: [id], properties: {id: {type: integer}}}
`

// TestAPassingStreamIsJudgedLikeAWholeOne cuts streams anywhere and holds the
// judge to what the contract says of the body as a whole.
func TestAPassingStreamIsJudgedLikeAWholeOne(t *testing.T) {
	t.Parallel()
	c := load(t, passing)
	op := c.Match("POST", "/stream").Operation
	r := rand.New(rand.NewPCG(1, 2))
	for _, tt := range []struct {
		contentType, body string
		items, bad        int64
	}{
		{"application/jsonl", "{\"id\": 1}\n{\"id\": \"2\"}\n\n{}\n{\"id\": 3}", 4, 2},
		{"application/jsonl", "{\"id\": 1}\r\n{\"id\": 2}\r\n", 2, 0},
		{"application/jsonl", "{\"id\": 1}\n{\"id\"", 2, 1},
		{"application/json-seq", "\x1e{\"id\": 1}\n\x1e{\"id\": true}\n", 2, 1},
		{"application/json-seq", "{\"id\": 1}\n\x1e7", 2, 2},
		{"text/event-stream", "event: entry\ndata: {\"id\": 1}\n\nevent: other\r\ndata: {}\r\n\r\n: ping\n\nevent: entry\rdata: {\"id\": 3}\r\r", 3, 1},
		{"text/event-stream; charset=utf-8", "data: {\"id\":\ndata: 1}\n\n", 1, 0},
	} {
		whole := faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: tt.contentType}}, Body: faultline.NewBody([]byte(tt.body))}
		want := op.ExplainResponse(&whole)
		for range 50 {
			j := op.ResponseStream(200, tt.contentType)
			for rest := tt.body; rest != ""; {
				n := 1 + r.IntN(min(20, len(rest)))
				j.Write([]byte(rest[:n]))
				rest = rest[n:]
			}
			j.End()
			if j.Items != tt.items || j.Bad != tt.bad || j.Skipped != 0 || j.Open {
				t.Fatalf("%q: got %d items, %d bad, %d skipped, open %v; want %d and %d", tt.body, j.Items, j.Bad, j.Skipped, j.Open, tt.items, tt.bad)
			}
			if diff := cmp.Diff(want, j.Violations()); diff != "" {
				t.Fatalf("%q: (-whole +passing)\n%s", tt.body, diff)
			}
		}
	}
}

func TestAPassingStreamIsBounded(t *testing.T) {
	t.Parallel()
	op := load(t, passing).Match("POST", "/stream").Operation
	j := op.RequestStream("application/jsonl")
	for i := range 1000 {
		j.Write(fmt.Appendf(nil, "{\"id\": \"%d\"}\n", i))
	}
	j.Write([]byte(`{"id": "`))
	for range 100 {
		j.Write([]byte(strings.Repeat("x", 10_000)))
	}
	j.Write([]byte("\"}\n{\"id\": 1}\n"))
	j.Write([]byte("{\"id\": 2}\n"))
	j.End()
	if j.Items != 1002 || j.Bad != 1000 || j.Skipped != 1 {
		t.Errorf("got %d items, %d bad, %d skipped", j.Items, j.Bad, j.Skipped)
	}
	if got := j.Violations(); len(got) != 20 || got[19].At.Pointer != "/19/id" || got[19].At.Side != faultline.RequestSide || got[19].At.Span.Line != 20 {
		t.Errorf("got %d violations, the last at %+v; want 20, the last at /19/id in line 20", len(got), got[len(got)-1].At)
	}
}

func TestWhatNoStreamIsIsNotWatched(t *testing.T) {
	t.Parallel()
	c := load(t, passing)
	op := c.Match("POST", "/stream").Operation
	free := c.Match("GET", "/free").Operation
	for name, j := range map[string]*contract.StreamJudge{
		"a whole document": op.RequestStream("application/json"), "another type": op.RequestStream("text/plain"), "no type": op.RequestStream(""),
		"an undocumented status": op.ResponseStream(404, "application/jsonl"), "events of any kind": free.ResponseStream(200, "text/event-stream"), "no body": free.RequestStream("application/jsonl"),
	} {
		if j != nil {
			t.Errorf("%s: got a judge, want none", name)
		}
	}
	j := free.ResponseStream(200, "application/jsonl")
	j.Write([]byte("{}\n{]\n"))
	j.End()
	if j.Bad != 1 {
		t.Errorf("lines of any JSON: got %d bad, want the one that is no JSON", j.Bad)
	}
}

func BenchmarkPassingStream(b *testing.B) {
	op := load(b, passing).Match("POST", "/stream").Operation
	for contentType, item := range map[string]string{
		"application/jsonl": "{\"id\": 1, \"note\": \"the quick brown fox jumps\"}\n",
		"text/event-stream": "event: entry\ndata: {\"id\": 1, \"note\": \"the quick brown fox\"}\n\n",
	} {
		b.Run(contentType, func(b *testing.B) {
			data := []byte(strings.Repeat(item, (1<<20)/len(item)))
			j := op.ResponseStream(200, contentType)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for at := 0; at < len(data); at += 32 << 10 {
					j.Write(data[at:min(len(data), at+32<<10)])
				}
			}
			if j.Bad > 1 { // the end of data may be the beginning of an item
				b.Fatalf("%d of %d are bad", j.Bad, j.Items)
			}
		})
	}
}
