package contract_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/coding"
)

const bodies = head + `paths:
  /json:
    post:
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Order'}}
          application/vnd.order+json: {schema: {type: array}}
          text/*: {schema: {type: string}}
          application/xml: {schema: {type: object}}
      responses: {'200': {description: ok}}
  /optional:
    post:
      requestBody: {content: {application/json: {}}}
      responses: {'200': {description: ok}}
  /any:
    post:
      requestBody: {content: {'*/*': {}}}
      responses: {'200': {description: ok}}
  /form:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [name]
              additionalProperties: false
              properties:
                name: {type: string, minLength: 1}
                age: {type: integer}
                tags: {type: array, items: {type: integer}}
                list: {type: array, items: {type: integer}}
                address: {type: object, properties: {city: {type: string}, zip: {type: integer}}}
            encoding:
              list: {style: form, explode: false}
      responses: {'200': {description: ok}}
  /upload:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, meta]
              properties:
                file: {type: string, format: binary}
                meta: {type: object, required: [n], properties: {n: {type: integer}}}
                count: {type: integer}
                more: {type: array, items: {type: string, format: binary}}
      responses: {'200': {description: ok}}
components:
  schemas:
    Order: {type: object, required: [id], properties: {id: {type: integer}}}
`

// part is one part of a multipart body.
func part(name, file, contentType, data string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Content-Disposition: form-data; name=%q", name)
	if file != "" {
		fmt.Fprintf(&b, "; filename=%q", file)
	}
	if contentType != "" {
		b.WriteString("\r\nContent-Type: " + contentType)
	}
	return b.String() + "\r\n\r\n" + data
}

func multipart(parts ...string) string {
	return "--XX\r\n" + strings.Join(parts, "\r\n--XX\r\n") + "\r\n--XX--\r\n"
}

// withBody is a POST of a body.
func withBody(target, contentType, body string) *faultline.Request {
	r := &faultline.Request{Method: "POST", Target: target, Body: faultline.NewBody([]byte(body))}
	if contentType != "" {
		r.Header = faultline.Header{{Name: "Content-Type", Value: contentType}}
	}
	return r
}

func TestBodiesAreJudgedByTheirMediaType(t *testing.T) {
	t.Parallel()
	c := load(t, bodies)
	const form, upload = "application/x-www-form-urlencoded", "multipart/form-data; boundary=XX"
	for _, tt := range []struct {
		name, target, contentType, body string
		want                            []contract.Kind
	}{
		{"good", "/json", "application/json", `{"id": 1}`, nil},
		{"parameters of the type", "/json", "Application/JSON;charset=utf-8", `{"id": 1}`, nil},
		{"missing field", "/json", "application/json", `{}`, []contract.Kind{contract.Missing}},
		{"wrong type", "/json", "application/json", `{"id": "1"}`, []contract.Kind{contract.Type}},
		{"null", "/json", "application/json", `{"id": null}`, []contract.Kind{contract.Null}},
		{"syntax", "/json", "application/json", `{"id": 1`, []contract.Kind{contract.Syntax}},
		{"twice", "/json", "application/json", `{"id": 1, "id": 2}`, []contract.Kind{contract.Duplicate}},
		{"not UTF-8", "/json", "application/json", "{\"id\": 1, \"n\": \"M\xfcnchen\"}", []contract.Kind{contract.Coding}},
		{"suffix", "/json", "application/vnd.order+json", `[]`, nil},
		{"suffix, wrong", "/json", "application/vnd.order+json", `{}`, []contract.Kind{contract.Type}},
		{"undeclared suffix", "/json", "application/problem+json", `{}`, []contract.Kind{contract.MediaType}},
		{"range", "/json", "text/plain", `hello`, nil},
		{"undeclared", "/json", "application/yaml", `id: 1`, []contract.Kind{contract.MediaType}},
		{"no type", "/json", "", `{"id": 1}`, []contract.Kind{contract.MediaTypeMissing}},
		{"broken type", "/json", "json", `{"id": 1}`, []contract.Kind{contract.MediaType}},
		{"no body", "/json", "", ``, []contract.Kind{contract.BodyMissing}},
		{"optional", "/optional", "", ``, nil},
		{"without schema still JSON", "/optional", "application/json", `{`, []contract.Kind{contract.Syntax}},
		{"any", "/any", "image/png", "\x89PNG", nil},
		{"any without type", "/any", "", "x", nil},

		{"form", "/form", form, "name=a+b&age=3", nil},
		{"form, missing", "/form", form, "age=3", []contract.Kind{contract.Missing}},
		{"form, type", "/form", form, "name=a&age=three", []contract.Kind{contract.Type}},
		{"form, value", "/form", form, "name=", []contract.Kind{contract.Value}},
		{"form, unknown", "/form", form, "name=a&nam=b", []contract.Kind{contract.Unknown}},
		{"form, list", "/form", form, "name=a&tags=1&tags=2", nil},
		{"form, list of one", "/form", form, "name=a&tags=1", nil},
		{"form, list in brackets", "/form", form, "name=a&tags[]=1&tags%5B%5D=2", nil},
		{"form, list with commas", "/form", form, "name=a&list=1,2", nil},
		{"form, wrong item", "/form", form, "name=a&tags=1&tags=x", []contract.Kind{contract.Type}},
		{"form, object", "/form", form, "name=a&address[city]=Bonn&address[zip]=53111", nil},
		{"form, object as JSON", "/form", form, "name=a&address=%7B%22zip%22%3A53111%7D", nil},
		{"form, wrong member", "/form", form, "name=a&address[zip]=x", []contract.Kind{contract.Type}},

		{"upload", "/upload", upload, multipart(part("file", "a.png", "image/png", "\x89PNG\xff"), part("meta", "", "application/json", `{"n": 1}`)), nil},
		{"upload, JSON without its type", "/upload", upload, multipart(part("file", "a.png", "", "x"), part("meta", "", "", `{"n": 1}`), part("count", "", "", "5")), nil},
		{"upload, missing", "/upload", upload, multipart(part("meta", "", "", `{"n": 1}`)), []contract.Kind{contract.Missing}},
		{"upload, type", "/upload", upload, multipart(part("file", "a", "", "x"), part("meta", "", "", `{"n": 1}`), part("count", "", "", "five")), []contract.Kind{contract.Type}},
		{"upload, inside JSON", "/upload", upload, multipart(part("file", "a", "", "x"), part("meta", "", "", `{"n": "1"}`)), []contract.Kind{contract.Type}},
		{"upload, files", "/upload", upload, multipart(part("file", "a", "", "x"), part("meta", "", "", `{"n": 1}`), part("more", "b", "", "\xff"), part("more", "c", "", "")), nil},
		{"upload, no boundary", "/upload", "multipart/form-data", multipart(part("file", "a", "", "x")), []contract.Kind{contract.Syntax}},
		{"upload, other boundary", "/upload", "multipart/form-data; boundary=YY", multipart(part("file", "a", "", "x")), []contract.Kind{contract.Syntax}},
		{"upload, cut off", "/upload", upload, strings.TrimSuffix(multipart(part("file", "a", "", "x")), "--XX--\r\n"), []contract.Kind{contract.Syntax}},
	} {
		_, violations := judge(t, c, withBody(tt.target, tt.contentType, tt.body))
		var got []contract.Kind
		for _, v := range violations {
			got = append(got, v.Kind)
			complete(t, tt.name, v)
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: got kinds %v, want %v", tt.name, got, tt.want)
		}
	}
}

// complete checks what every violation has to say.
func complete(t *testing.T, name string, v contract.Violation) {
	t.Helper()
	if v.Message == "" || v.At.In == "" || v.Source.Line == 0 && v.Kind != contract.Syntax && v.Kind != contract.Duplicate {
		t.Errorf("%s: the violation does not say everything: %+v", name, v)
	}
	if v.Want == "" && v.Kind != contract.Syntax && v.Kind != contract.Duplicate {
		t.Errorf("%s: the violation does not say what was expected: %+v", name, v)
	}
}

func TestPlacesInFormsAreTheBytesOfTheWire(t *testing.T) {
	t.Parallel()
	c := load(t, bodies)
	const upload = "multipart/form-data; boundary=XX"
	for _, tt := range []struct{ name, target, contentType, body, pointer, bytes string }{
		{"form", "/form", "application/x-www-form-urlencoded", "name=a&age=thr%65e", "/age", "thr%65e"},
		{"form, item", "/form", "application/x-www-form-urlencoded", "name=a&tags=1&tags=x", "/tags/1", "x"},
		{"form, unknown", "/form", "application/x-www-form-urlencoded", "name=a&n%61m=b", "/nam", "n%61m"},
		{"upload", "/upload", upload, multipart(part("file", "a", "", "x"), part("meta", "", "", `{"n": 1}`), part("count", "", "", "five")), "/count", "five"},
		{"upload, inside JSON", "/upload", upload, multipart(part("file", "a", "", "x"), part("meta", "", "", "{\n\"n\": \"1\"}")), "/meta/n", `"1"`},
	} {
		_, violations := judge(t, c, withBody(tt.target, tt.contentType, tt.body))
		if len(violations) != 1 {
			t.Errorf("%s: got %d violations, want 1", tt.name, len(violations))
			continue
		}
		at := violations[0].At
		if got := tt.body[at.Span.Start:at.Span.End]; got != tt.bytes || at.Pointer != tt.pointer {
			t.Errorf("%s: got %s at %q, want %s at %q", tt.name, at.Pointer, got, tt.pointer, tt.bytes)
		}
		before := tt.body[:at.Span.Start]
		if want := strings.Count(before, "\n") + 1; at.Span.Line != want {
			t.Errorf("%s: got line %d, want %d", tt.name, at.Span.Line, want)
		}
	}
}

// bomb is a JSON text of spaces and a wrong value, compressed to next to nothing.
func bomb(t *testing.T, size int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(append(bytes.Repeat([]byte(" "), size), '1'))
	_ = w.Close()
	return out.Bytes()
}

func TestWhatCannotBeJudgedIsSaid(t *testing.T) {
	t.Parallel()
	c := load(t, bodies)
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, _ = w.Write([]byte(`{"id": "1"}`))
	_ = w.Close()
	coded := func(name string, raw []byte, decode bool) *faultline.Request {
		r := withBody("/json", "application/json", "")
		r.Header = append(r.Header, faultline.Field{Name: "Content-Encoding", Value: name})
		r.Body = faultline.Body{Raw: raw, Size: int64(len(raw))}
		if decode {
			_ = coding.Decode(&r.Body, name, 1<<20)
		}
		return r
	}
	truncated := withBody("/json", "application/json", `{"id": `)
	truncated.Body.Truncated = true
	for _, tt := range []struct {
		name   string
		r      *faultline.Request
		unsaid string
		kinds  int
	}{
		{"truncated", truncated, "not validated: too large", 0},
		{"xml with a document type", withBody("/json", "application/xml", "<!DOCTYPE a><a/>"), "not validated: the document declares a document type, which is not read", 0},
		{"xml", withBody("/json", "application/xml", "<a/>"), "", 0},
		{"text", withBody("/json", "text/plain", "a"), "", 0},
		{"unknown coding", coded("compress", []byte("x"), true), "not validated: the content coding `compress` is not supported", 0},
		{"nobody decoded", coded("gzip", zipped.Bytes(), false), "not validated: the content coding `gzip` is not supported", 0},
		{"decoded", coded("gzip", zipped.Bytes(), true), "", 1},
		{"a bomb", coded("gzip", bomb(t, 2<<20), true), "not validated: too large", 0},
		{"not what it says", coded("gzip", []byte(`{"id": 1}`), true), "", 1},
		{"wrong type", withBody("/json", "application/yaml", "a"), "", 1},
	} {
		m := c.Match("POST", tt.r.Target)
		if got := m.Operation.Unjudged(tt.r); got != tt.unsaid {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.unsaid)
		}
		if _, violations := judge(t, c, tt.r); len(violations) != tt.kinds {
			t.Errorf("%s: got %d violations, want %d", tt.name, len(violations), tt.kinds)
		}
	}
}
