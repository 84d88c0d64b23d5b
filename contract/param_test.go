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

const serialized = head + `paths:
  /q:
    get:
      parameters:
        - {name: tags, in: query, schema: {type: array, items: {type: string, enum: [dog, cat]}}}
        - {name: ids, in: query, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: bars, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: address, in: query, style: deepObject, explode: true, schema: {type: object, required: [city], properties: {city: {type: string}, zip: {type: integer}}}}
        - {name: since, in: query, schema: {type: string, format: date-time}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: status, in: query, schema: {type: string, enum: [open, done]}}
        - {name: created, in: query, style: deepObject, explode: true, schema: {anyOf: [{type: integer}, {type: object, properties: {gte: {type: integer}}}]}}
        - {name: expand, in: query, style: deepObject, explode: true, schema: {type: array, items: {type: string, maxLength: 3}}}
      responses: {'200': {description: ok}}
  /r:
    get:
      parameters:
        - {name: list, in: query, required: true, schema: {type: array, items: {type: integer}}}
        - {name: pair, in: query, required: true, schema: {type: object, required: [R, G], properties: {R: {type: integer}, G: {type: integer}}}}
      responses: {'200': {description: ok}}
`

func TestRightDataInTheWrongStyleIsSpelt(t *testing.T) {
	t.Parallel()
	c := load(t, serialized)
	for _, tt := range []struct{ target, at, want string }{
		{"/q?tags=dog,cat", "tags=dog,cat", "`tags=dog&tags=cat`"},
		{"/q?x=1&tags=dog%7Ccat", "tags=dog%7Ccat", "`tags=dog&tags=cat`"},
		{"/q?tags=[%22dog%22]", "tags=[%22dog%22]", "`tags=dog`"},
		{"/q?ids=1&ids=2", "ids=1&ids=2", "`ids=1,2`"},
		{"/q?ids=1|2", "ids=1|2", "`ids=1,2`"},
		{"/q?ids=1;2", "ids=1;2", "`ids=1,2`"},
		{"/q?bars=1,2", "bars=1,2", "`bars=1|2`"},
		{"/q?address={%22city%22:%22St.%20Ives%22}", "address={%22city%22:%22St.%20Ives%22}", "`address[city]=St.%20Ives`"},
		{"/q?address=city,Bonn,zip,53111", "address=city,Bonn,zip,53111", "`address[city]=Bonn&address[zip]=53111`"},
		{"/q?address=city:Bonn", "address=city:Bonn", "`address[city]=Bonn`"},
		{"/q?since=2026-01-02T03:04:05+01:00", "since=2026-01-02T03:04:05+01:00", "`since=2026-01-02T03:04:05%2B01:00`"},
		{"/q?status=%22open%22", "status=%22open%22", "`status=open`"},
		{"/r?list[]=1&list[]=2&R=1&G=2", "list[]=1&list[]=2", "`list=1&list=2`"},
		{"/r?list[0]=1&R=1&G=2", "list[0]=1", "`list=1`"},
		{"/r?list=1&pair[R]=1&pair[G]=2", "pair[R]=1&pair[G]=2", "`R=1&G=2`"},
		{"/r?list=1&pair.R=1&pair.G=2", "pair.R=1&pair.G=2", "`R=1&G=2`"},
	} {
		_, violations := judge(t, c, request("GET", tt.target))
		if len(violations) != 1 || violations[0].Kind != contract.Serialization {
			t.Errorf("%s: got %+v, want one of the kind serialization", tt.target, violations)
			continue
		}
		v := violations[0]
		if got := tt.target[v.At.Span.Start:v.At.Span.End]; got != tt.at || v.Want != tt.want {
			t.Errorf("%s: got %q, want %s; should be %q, want %s", tt.target, got, v.Want, tt.at, tt.want)
		}
		complete(t, tt.target, v)
		right := "/q?" + strings.Trim(v.Want, "`")
		if strings.HasPrefix(tt.target, "/r") {
			right = strings.Replace(tt.target, tt.at, strings.Trim(v.Want, "`"), 1)
		}
		if valid, list := judge(t, c, request("GET", right)); !valid {
			t.Errorf("%s is what should be sent, but: %+v", right, list)
		}
	}
}

func TestWrongValuesAreExplained(t *testing.T) {
	t.Parallel()
	c := load(t, serialized)
	for _, tt := range []struct {
		target  string
		kind    contract.Kind
		at      string // the bytes
		message string
		found   string
	}{
		{"/q?limit=ten", contract.Type, "ten", "`limit` must be an integer", `"ten"`},
		{"/q?limit=", contract.Type, "", "`limit` must be an integer", "an empty value"},
		{"/q?limit=1&limit=2", contract.Duplicate, "limit=2", "`limit` is given 2 times and takes one value", "2 values"},
		{"/q?tags=dog&tags=cow", contract.Value, "cow", "`tags[1]` must be one of `dog`, `cat`", `"cow"`},
		{"/q?ids=1,x", contract.Type, "x", "`ids[1]` must be an integer", `"x"`},
		{"/q?address[city]=Bonn&address[zip]=x", contract.Type, "x", "`zip` must be an integer", `"x"`},
		{"/q?address[zip]=1", contract.Missing, "1", "`city` is missing", "nothing"},
		{"/q?created[gte]=x", contract.Type, "x", "`gte` must be an integer", `"x"`},
		{"/q?expand[]=long", contract.Value, "long", "`expand[0]` must have at most 3 characters, it has 4", `"long"`},
		{"/q?status=%FF", contract.Value, "%FF", "`status` is not valid UTF-8 once its percent-encoding is removed", "\"%FF\""},
		{"/r?R=1&G=2", contract.Missing, "", "the required parameter `list` is absent", "nothing"},
	} {
		_, violations := judge(t, c, request("GET", tt.target))
		if len(violations) != 1 {
			t.Errorf("%s: got %+v, want one violation", tt.target, violations)
			continue
		}
		v := violations[0]
		if got := tt.target[v.At.Span.Start:v.At.Span.End]; v.Kind != tt.kind || got != tt.at || v.Message != tt.message || v.Found != tt.found {
			t.Errorf("%s: got kind %d at %q: %s, found %s", tt.target, v.Kind, got, v.Message, v.Found)
		}
		complete(t, tt.target, v)
	}
	for _, target := range []string{"/q?created=5", "/q?created[gte]=5", "/q?expand[]=a&expand[]=b", "/q?expand[0]=a", "/q?other=1"} {
		if valid, list := judge(t, c, request("GET", target)); !valid {
			t.Errorf("%s: got %+v, want valid", target, list)
		}
	}
}

func TestUndeclaredParametersTellWhatWasMeant(t *testing.T) {
	t.Parallel()
	c := load(t, serialized)
	for _, tt := range []struct{ target, name, near, want string }{
		{"/q?limt=5", "limt", "limit", ""},
		{"/q?tags[]=dog&tags[]=cat", "tags[]", "tags", "`tags=dog&tags=cat`"},
		{"/q?filter[status]=open", "filter[status]", "status", ""},
		{"/q?else=1", "else", "", ""},
	} {
		r := request("GET", tt.target)
		list := c.Match("GET", tt.target).Operation.UndeclaredQuery(r)
		if len(list) == 0 {
			t.Errorf("%s: got nothing, want %s", tt.target, tt.name)
			continue
		}
		u := list[0]
		if u.Name != tt.name || u.Near != tt.near || u.Want != strings.Trim(tt.want, "`") {
			t.Errorf("%s: got %+v", tt.target, u)
		}
		if got := tt.target[u.Key.Start:u.Key.End]; got != tt.name {
			t.Errorf("%s: got the key at %q", tt.target, got)
		}
	}
}
