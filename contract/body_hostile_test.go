package contract_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

const hostileBodies = `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /t:
    post:
      requestBody:
        content:
          application/xml: {schema: {$ref: '#/components/schemas/Node'}}
          multipart/form-data: {schema: {type: object, properties: {n: {type: array, items: {type: integer}}}}}
          multipart/mixed: {itemSchema: {type: integer}}
          application/x-ndjson: {itemSchema: {type: integer}}
          application/jsonl: {schema: {type: array, items: {type: integer}}}
          application/json-seq: {itemSchema: {type: integer}}
          text/event-stream: {itemSchema: {type: object, properties: {data: {type: string, maxLength: 10}}}}
          text/plain: {schema: {type: string, maxLength: 10}}
          application/x-www-form-urlencoded: {schema: {type: object, properties: {n: {type: array, items: {type: integer}}}}}
      responses: {'200': {description: ok}}
components:
  schemas:
    Node:
      type: object
      xml: {name: a}
      properties:
        a: {$ref: '#/components/schemas/Node'}
        n: {type: array, items: {type: integer}}
        w: {type: array, xml: {wrapped: true}, items: {type: integer, xml: {name: i}}}
`

// TestHostileBodiesAreBounded gives bodies that cost too much where work grows
// with the square of the input, or with what entities expand to: each is judged,
// by both programs alike, in a fraction of a second.
func TestHostileBodiesAreBounded(t *testing.T) {
	t.Parallel()
	c := load(t, hostileBodies)
	const many, most = 100_000, 300_000
	bomb := `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>`
	var names, attrs strings.Builder
	for i := range 20_000 {
		names.WriteString("<x" + strconv.Itoa(i) + "/>")
		attrs.WriteString(" a" + strconv.Itoa(i) + "='1'")
	}
	for _, tt := range []struct {
		name, contentType, body string
		valid                   bool
	}{
		{"entities that expand", "application/xml", bomb, true}, // said by Unjudged
		{"elements 256 deep", "application/xml", strings.Repeat("<a>", 250) + strings.Repeat("</a>", 250), true},
		{"elements 10,000 deep", "application/xml", strings.Repeat("<a>", 10_000) + strings.Repeat("</a>", 10_000), false},
		{"elements that are not closed", "application/xml", strings.Repeat("<a>", 100), false},
		{"many elements of one name", "application/xml", "<a>" + strings.Repeat("<n>1</n>", many) + "</a>", true},
		{"many elements of one unknown name", "application/xml", "<a>" + strings.Repeat("<x/>", many) + "</a>", true},
		{"many names", "application/xml", "<a>" + names.String() + "</a>", true},
		{"many attributes", "application/xml", "<a" + attrs.String() + "/>", true},
		{"many items that are none", "application/xml", "<a><w>" + strings.Repeat("<x/>", many) + "</w></a>", false},
		{"many texts", "application/xml", "<a>" + strings.Repeat("x<a/>", many) + "</a>", false},
		{"a comment in each text", "application/xml", "<a>" + strings.Repeat("<!---->x", many) + "</a>", false},
		{"raw ampersands", "application/xml", "<a>" + strings.Repeat("&", many) + "</a>", false},
		{"open tags alone", "application/xml", strings.Repeat("<", many), false},
		{"more nodes than are read", "application/xml", "<a>" + strings.Repeat("<x/>", 1<<20) + "</a>", false},
		{"100,000 parts", "multipart/form-data; boundary=X", strings.Repeat("--X\r\n\r\n\r\n", many) + "--X--", false},
		{"no boundary", "multipart/form-data", strings.Repeat("--X\r\n\r\n\r\n", many), false},
		{"a body of dashes closes a boundary of dashes", "multipart/form-data; boundary=" + strings.Repeat("-", 70), strings.Repeat("-", 1<<20), true},
		{"lines of boundaries without an end", "multipart/form-data; boundary=X", strings.Repeat("--X\r\n", many), false},
		{"a head without an end", "multipart/mixed; boundary=X", "--X\r\n" + strings.Repeat("A: b\r\n", many) + "\r\n--X--", false},
		{"many lines", "application/x-ndjson", strings.Repeat("1\n", most), true},
		{"many wrong lines", "application/x-ndjson", strings.Repeat("x\n", most), false},
		{"many empty lines", "application/x-ndjson", strings.Repeat("\n", most), true},
		{"many lines as one array", "application/jsonl", strings.Repeat("1\n", most), true},
		{"many separators", "application/json-seq", strings.Repeat("\x1e", most), true},
		{"many items that are none", "application/xml", "<a><w>" + strings.Repeat("<x/>", many) + "</w></a>", false},
		{"many texts", "application/json-seq", strings.Repeat("\x1e1\n", most), true},
		{"an event in one endless line", "text/event-stream", "data: " + strings.Repeat("x", 1<<20), true}, // it is not dispatched
		{"an event that is too long", "text/event-stream", "data: " + strings.Repeat("x", 1<<20) + "\n\n", false},
		{"an event of many lines", "text/event-stream", strings.Repeat("data\n", most) + "\n", false},
		{"many comments", "text/event-stream", strings.Repeat(":\n", most), true},
		{"a long text", "text/plain", strings.Repeat("x", 1<<20), false},
		{"many fields", "application/x-www-form-urlencoded", strings.Repeat("n=1&", 5_000), true},
	} {
		r := withBody("/t", tt.contentType, tt.body)
		m := c.Match("POST", "/t")
		list := m.Operation.ExplainRequest(r, m.Params)
		valid := m.Operation.ValidRequest(r, m.Params)
		if valid != tt.valid || valid != (len(list) == 0) || len(list) > 1001 {
			t.Errorf("%s: valid is %v, want %v; %d violations %+v", tt.name, valid, tt.valid, len(list), list[:min(1, len(list))])
		}
	}
}

// TestBodiesThatAreCutOffAreNoneOfTheirKind cuts bodies everywhere: what is left
// is judged without a panic, and by both programs alike.
func TestBodiesThatAreCutOffAreNoneOfTheirKind(t *testing.T) {
	t.Parallel()
	c := load(t, hostileBodies)
	for contentType, body := range map[string]string{
		"application/xml":                  `<?xml version="1.0"?><a x='1'><!-- c --><n>1</n><![CDATA[ ]]><n>&#50;</n></a>`,
		"multipart/form-data; boundary=XX": multipart(part("n", "", "", "1"), part("n", "", "text/plain", "2")),
		"application/json-seq":             "\x1e1\n\x1e2\n",
		"text/event-stream":                "\ufeffid: 1\r\ndata: x\r\ndata: y\r\n\r\n",
	} {
		for end := range len(body) + 1 {
			r := withBody("/t", contentType, body[:end])
			m := c.Match("POST", "/t")
			agree(t, m.Operation, r, m.Params)
			if whole := m.Operation.ValidRequest(r, m.Params); end == len(body) && !whole {
				t.Errorf("%s: the whole body is not valid: %+v", contentType, m.Operation.ExplainRequest(r, m.Params))
			}
		}
	}
}

func fuzzBodies(f *testing.F, contentType string, seeds ...string) {
	c := load(f, hostileBodies)
	for _, s := range seeds {
		f.Add(s)
	}
	m := c.Match("POST", "/t")
	f.Fuzz(func(t *testing.T, body string) {
		r := withBody("/t", contentType, body)
		agree(t, m.Operation, r, m.Params)
		m.Operation.Unjudged(r)
	})
}

func FuzzXML(f *testing.F) {
	fuzzBodies(f, "application/xml", "<a><n>1</n></a>", "<a x='1' xmlns:p='u'><p:n>&lt;</p:n><![CDATA[x]]></a>", "<a xsi:nil='true'/>", "<!DOCTYPE a><a/>", "<a><a><n> 2\r\n</n></a>t<n/></a>")
}

func FuzzMultipart(f *testing.F) {
	fuzzBodies(f, "multipart/form-data; boundary=XX", multipart(part("n", "", "", "1")), multipart(part("n", "a.png", "image/png", "\xff")), multipart(part("n[0]", "", "application/json", "[1]")), "--XX--")
}

func FuzzStream(f *testing.F) {
	c := load(f, hostileBodies)
	for _, s := range []struct{ contentType, body string }{
		{"application/x-ndjson", "1\n\n2"},
		{"application/jsonl", "1\r\nx"},
		{"application/json-seq", "\x1e1\n\x1etrue"},
		{"text/event-stream", ": c\nevent: a\ndata: x\ndata\nretry: 01\nid: \x00\n\n"},
		{"multipart/mixed; boundary=XX", "--XX\n\n1\n--XX--"},
	} {
		f.Add(s.contentType, s.body)
	}
	m := c.Match("POST", "/t")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		r := withBody("/t", contentType, body)
		agree(t, m.Operation, r, m.Params)
		m.Operation.Unjudged(r)
	})
}

// validBodies are bodies that keep the contract, by their media type.
func validBodies() map[string]string {
	return map[string]string{
		"application/xml":                   "<a x='1'>" + strings.Repeat("<n>17</n>", 100) + "<a><n> 1 </n></a></a>",
		"application/x-ndjson":              strings.Repeat("17\n", 300),
		"application/jsonl":                 strings.Repeat("17\n", 300),
		"application/json-seq":              strings.Repeat("\x1e17\n", 300),
		"text/event-stream":                 strings.Repeat("id: 1\ndata: x\ndata: y\n\n", 100),
		"text/plain":                        "hello",
		"application/x-www-form-urlencoded": strings.Repeat("n=1&", 50),
	}
}

func TestValidBodiesOfEachTypeAllocateNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	c := load(t, hostileBodies)
	m := c.Match("POST", "/t")
	for contentType, body := range validBodies() {
		r := withBody("/t", contentType, body)
		if list := m.Operation.ExplainRequest(r, m.Params); len(list) > 0 {
			t.Errorf("%s: %+v", contentType, list)
		}
		if got := testing.AllocsPerRun(100, func() { judged = m.Operation.ValidRequest(r, m.Params) }); got != 0 {
			t.Errorf("%s: got %v allocations, want 0", contentType, got)
		}
	}
}

// judged keeps the compiler from leaving calls out.
var judged bool

func BenchmarkValidBody(b *testing.B) {
	c := load(b, hostileBodies)
	for contentType, body := range validBodies() {
		b.Run(strings.ReplaceAll(contentType, "/", "-"), func(b *testing.B) {
			m, r := c.Match("POST", "/t"), withBody("/t", contentType, body)
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				judged = m.Operation.ValidRequest(r, m.Params)
			}
		})
	}
}
