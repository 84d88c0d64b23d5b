package contract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// request makes a request of a method, a target, a header of "Name: value"
// lines and a body.
func request(method, target string, lines ...string) *faultline.Request {
	r := &faultline.Request{Method: method, Target: target, Body: faultline.NewBody(nil)}
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ": ")
		if !ok {
			r.Body = faultline.NewBody([]byte(line))
			continue
		}
		r.Header = append(r.Header, faultline.Field{Name: name, Value: value})
	}
	return r
}

// judge matches a request and holds both answers about it together.
func judge(t testing.TB, c *contract.Contract, r *faultline.Request) (bool, []contract.Violation) {
	t.Helper()
	m := c.Match(r.Method, r.URL())
	if m.Operation == nil {
		t.Fatalf("%s %s matches no operation", r.Method, r.Target)
	}
	valid := m.Operation.ValidRequest(r, m.Params)
	violations := m.Operation.ExplainRequest(r, m.Params)
	if valid != (len(violations) == 0) {
		t.Errorf("%s %s: valid is %v and %d violations are explained", r.Method, r.Target, valid, len(violations))
	}
	return valid, violations
}

// styles declares one parameter for each style and type of value (OpenAPI
// 3.1.0, section 4.8.12.3).
func styles() string {
	var b strings.Builder
	b.WriteString(head + "paths:\n")
	add := func(in, style string, explode bool, typ string) {
		path := fmt.Sprintf("/%s/%s/%v/%s", in, style, explode, typ)
		name := "color"
		if in == "path" {
			path += "/{color}"
		}
		if in == "header" {
			name = "X-Color"
		}
		schema := map[string]string{
			"integer": "{type: integer}",
			"array":   "{type: array, minItems: 2, items: {type: integer}}",
			"object":  "{type: object, required: [R, G], properties: {R: {type: integer}, G: {type: integer}}}",
		}[typ]
		fmt.Fprintf(&b, "  %s:\n    get:\n      parameters: [{name: %s, in: %s, required: true, style: %s, explode: %v, schema: %s}]\n      responses: {'200': {description: ok}}\n",
			path, name, in, style, explode, schema)
	}
	for _, explode := range []bool{false, true} {
		for _, typ := range []string{"integer", "array", "object"} {
			for _, style := range []string{"simple", "label", "matrix"} {
				add("path", style, explode, typ)
			}
			for _, style := range []string{"form", "spaceDelimited", "pipeDelimited"} {
				add("query", style, explode, typ)
			}
			add("header", "simple", explode, typ)
			add("cookie", "form", explode, typ)
		}
	}
	add("query", "deepObject", true, "object")
	return b.String()
}

func TestParametersAreReadInTheirStyle(t *testing.T) {
	t.Parallel()
	c := load(t, styles())
	for _, tt := range []struct {
		where string // in/style/explode/type
		wire  string
		valid bool
	}{
		{"path/simple/false/integer", "5", true},
		{"path/simple/false/integer", "x", false},
		{"path/simple/false/integer", "%35", true},
		{"path/simple/false/array", "1,2", true},
		{"path/simple/false/array", "1%2C2", true},
		{"path/simple/false/array", "1", false},
		{"path/simple/false/array", "1,x", false},
		{"path/simple/false/object", "R,1,G,2", true},
		{"path/simple/false/object", "R=1,G=2", false},
		{"path/simple/false/object", "R,1,G", false},
		{"path/simple/true/object", "R=1,G=2", true},
		{"path/simple/true/object", "R,1,G,2", false},
		{"path/label/false/integer", ".5", true},
		{"path/label/false/integer", "5", false},
		{"path/label/false/array", ".1,2", true},
		{"path/label/false/array", ".1.2", true},
		{"path/label/true/array", ".1.2", true},
		{"path/label/false/object", ".R,1,G,2", true},
		{"path/label/true/object", ".R=1.G=2", true},
		{"path/matrix/false/integer", ";color=5", true},
		{"path/matrix/false/integer", ";colour=5", false},
		{"path/matrix/false/array", ";color=1,2", true},
		{"path/matrix/true/array", ";color=1;color=2", true},
		{"path/matrix/false/object", ";color=R,1,G,2", true},
		{"path/matrix/true/object", ";R=1;G=2", true},
		{"query/form/true/integer", "?color=5", true},
		{"query/form/true/integer", "?x=1&color=%2D5", true},
		{"query/form/true/integer", "?%63olor=5", true},
		{"query/form/true/integer", "?color=", false},
		{"query/form/true/integer", "?color", false},
		{"query/form/true/integer", "?color=1&color=2", false},
		{"query/form/true/integer", "?Color=1", false},
		{"query/form/true/integer", "", false},
		{"query/form/true/array", "?color=1&color=2", true},
		{"query/form/true/array", "?color=1,2", false},
		{"query/form/false/array", "?color=1,2", true},
		{"query/form/false/array", "?color=1%2C2", true},
		{"query/form/false/array", "?color=1&color=2", false},
		{"query/form/true/object", "?R=1&G=2", true},
		{"query/form/true/object", "?R=1&G=2&other=x", true},
		{"query/form/true/object", "?R=1", false},
		{"query/form/false/object", "?color=R,1,G,2", true},
		{"query/spaceDelimited/false/array", "?color=1%202", true},
		{"query/spaceDelimited/false/array", "?color=1+2", true},
		{"query/spaceDelimited/false/array", "?color=1,2", false},
		{"query/spaceDelimited/true/array", "?color=1&color=2", true},
		{"query/spaceDelimited/false/object", "?color=R%201%20G%202", true},
		{"query/pipeDelimited/false/array", "?color=1|2", true},
		{"query/pipeDelimited/false/array", "?color=1%7C2", true},
		{"query/pipeDelimited/false/object", "?color=R|1|G|2", true},
		{"query/deepObject/true/object", "?color[R]=1&color[G]=2", true},
		{"query/deepObject/true/object", "?color%5BR%5D=1&color%5bG%5d=2", true},
		{"query/deepObject/true/object", "?color[R]=1", false},
		{"query/deepObject/true/object", "?color[R=1&color[G]=2", false},
		{"header/simple/false/integer", "5", true},
		{"header/simple/false/integer", "x", false},
		{"header/simple/false/array", "1, 2", true},
		{"header/simple/false/object", "R,1,G,2", true},
		{"header/simple/true/object", "R=1,G=2", true},
		{"cookie/form/false/integer", "a=1; color=5", true},
		{"cookie/form/false/integer", "a=1; colour=5", false},
		{"cookie/form/false/array", "color=1,2", true},
	} {
		target, lines := "/"+tt.where, []string{}
		switch {
		case strings.HasPrefix(tt.where, "path"):
			target += "/" + tt.wire
		case strings.HasPrefix(tt.where, "query"):
			target += tt.wire
		case strings.HasPrefix(tt.where, "header"):
			lines = append(lines, "x-color: "+tt.wire)
		default:
			lines = append(lines, "Cookie: "+tt.wire)
		}
		if got, _ := judge(t, c, request("GET", target, lines...)); got != tt.valid {
			t.Errorf("%s %q: got valid %v, want %v", tt.where, tt.wire, got, tt.valid)
		}
	}
}
