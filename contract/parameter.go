package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// style is how a parameter's value is written (OpenAPI 3.1.0, section 4.8.12.3).
type style uint8

const (
	simple style = iota
	label
	matrix
	form
	spaceDelimited
	pipeDelimited
	deepObject
	content      // in a media type, declared by `content` instead of `schema`
	tabDelimited // only as collectionFormat of OpenAPI 2.0
	cookie       // OpenAPI 3.2: form as cookies are written
)

var styleNames = [...]string{"simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "content", "tsv", "cookie"}

func (s style) String() string { return styleNames[s] }

// A parameter is one declared parameter of an operation.
type parameter struct {
	name       string
	in         faultline.Part
	required   bool
	style      style
	explode    bool
	allowEmpty bool
	id         schema.ID
	types      schema.Types
	source     faultline.Source // of its declaration

	allowReserved bool
	whole         bool     // in: querystring: its value is the whole query
	how           handling // of content
	content       *media   // of a form as content
}

// Names that a header parameter may not define: other parts of the description
// do (OpenAPI 3.1.0, section 4.8.12.2).
var ignoredHeaders = [...]string{"Accept", "Content-Type", "Authorization"}

// readParameters reads the parameters of an operation and of its path item, of
// which those of the operation win.
func (l *loader) readParameters(op *Operation, item []*yaml.Node, n *yaml.Node) error {
	clear(l.params)
	lists := []*yaml.Node{n.Get("parameters")}
	for _, part := range item {
		lists = append(lists, part.Get("parameters"))
	}
	for _, list := range lists {
		if list == nil || list.Kind == yaml.Null {
			continue
		}
		if list.Kind != yaml.Array {
			return l.docs.fail(list.Pos, "`parameters` must be a list", "")
		}
		inherited := op.params
		for _, item := range list.Items {
			if err := l.addParameter(op, inherited, item); err != nil {
				return err
			}
		}
	}
	if !op.called {
		l.addUndeclaredPath(op)
	}
	l.noticeWhole(op)
	return nil
}

func (l *loader) addParameter(op *Operation, before []parameter, n *yaml.Node) error {
	at := n.Pos
	n, err := l.docs.follow(n)
	if err != nil {
		return l.settle(err)
	}
	p, err := l.readParameter(n)
	if err != nil {
		return l.settle(err)
	}
	if p == nil {
		return nil
	}
	first, twice := l.params[keyOf(p)]
	switch {
	case twice && first < len(before):
		return nil
	case twice:
		l.tolerate(at, "parameter-unique", fmt.Sprintf("the %s parameter `%s` is declared twice: the first declaration counts", p.in, p.name), "keep one of the two")
		return nil
	}
	if p.in == faultline.InPath && !strings.Contains(op.Template, "{"+p.name+"}") {
		l.tolerate(at, "path-parameter-used", fmt.Sprintf("the path `%s` has no expression for the path parameter `%s`", op.Template, p.name), fmt.Sprintf("write `{%s}` into the path, or drop the parameter", p.name))
		return nil
	}
	l.params[keyOf(p)] = len(op.params)
	op.params = append(op.params, *p)
	return nil
}

// paramKey is what tells the parameters of an operation apart (OpenAPI 3.1.0,
// section 4.8.12.2): names of headers have no case, and there is one querystring.
type paramKey struct {
	in    faultline.Part
	name  string
	whole bool
}

func keyOf(p *parameter) paramKey {
	key := paramKey{p.in, p.name, p.whole}
	switch {
	case p.whole:
		key.name = ""
	case p.in == faultline.InHeader:
		key.name = strings.ToLower(p.name)
	}
	return key
}

func hasParameter(list []parameter, p *parameter) bool {
	for i := range list {
		same := list[i].name == p.name || p.in == faultline.InHeader && strings.EqualFold(list[i].name, p.name) || p.whole
		if same && list[i].in == p.in && list[i].whole == p.whole {
			return true
		}
	}
	return false
}

// readParameter reads a declaration; nil if it is one to be ignored.
func (l *loader) readParameter(n *yaml.Node) (*parameter, error) {
	if n.Kind != yaml.Object {
		return nil, l.docs.fail(n.Pos, "a parameter must be an object with `name` and `in`", "")
	}
	name, in := n.Get("name"), n.Get("in")
	if name == nil || name.Text == "" {
		return nil, l.docs.fail(n.Pos, "a parameter without `name`", "add its name")
	}
	if in == nil {
		return nil, l.docs.fail(n.Pos, fmt.Sprintf("the parameter `%s` does not say where it stands", name.Text),
			"add `in` with one of path, query, header and cookie")
	}
	p := &parameter{name: name.Text, in: faultline.Part(in.Text), source: source(n.Pos)}
	if l.v32 && in.Text == "querystring" {
		p.in, p.whole = faultline.InQuery, true
	}
	switch p.in {
	case faultline.InPath:
		p.style = simple
	case faultline.InQuery, faultline.InCookie:
		p.style = form
	case faultline.InHeader:
		p.style = simple
		if l.isIgnored(p, n) {
			return nil, nil
		}
	default:
		return nil, l.docs.fail(in.Pos, fmt.Sprintf("a parameter cannot stand in `%s`", in.Text), "write one of path, query, header and cookie")
	}
	p.required = isTrue(n.Get("required"))
	if p.in == faultline.InPath && !p.required {
		l.tolerate(n.Pos, "path-parameter-required", fmt.Sprintf("the path parameter `%s` should say `required: true`: a path has all of its segments", p.name), "add `required: true`")
		p.required = true
	}
	p.allowEmpty = p.in == faultline.InQuery && isTrue(n.Get("allowEmptyValue"))
	p.allowReserved = isTrue(n.Get("allowReserved"))
	if err := l.readStyle(p, n); err != nil {
		return nil, err
	}
	l.noticeDefault(p, n)
	return p, l.readParameterSchema(p, n)
}

// isIgnored reports whether a header parameter has one of the names that other
// parts of a description speak of.
func (l *loader) isIgnored(p *parameter, n *yaml.Node) bool {
	for _, ignored := range ignoredHeaders {
		if !strings.EqualFold(ignored, p.name) {
			continue
		}
		l.tolerate(n.Pos, "header-ignored", fmt.Sprintf("the header parameter `%s` is ignored, as OpenAPI wants it: requestBody, responses and security say what it may be", p.name), "drop the parameter")
		return true
	}
	return false
}

// isTrue reports whether a flag is set, also in the words of YAML 1.1, which
// noticeFlag tells of.
func isTrue(n *yaml.Node) bool {
	return n != nil && (n.Kind == yaml.Bool && n.Text == "true" || n.Kind == yaml.String && oldBooleans[strings.ToLower(n.Text)] == "true")
}

// schema adds a schema to the program. A missing one allows everything.
func (l *loader) schema(n *yaml.Node, dir schema.Direction) (schema.ID, error) {
	if n == nil || n.Kind == yaml.Null {
		return schema.None, nil
	}
	if err := l.checkRefs(n); err != nil {
		return schema.None, err
	}
	id, err := l.schemas.Add(n, l.dialect, dir)
	if ref := refOf(n); ref != nil && err == nil {
		if i := strings.LastIndex(ref.Text, "/schemas/"); i >= 0 {
			l.c.names[id] = faultline.UnescapePointer(ref.Text[i+len("/schemas/"):])
		}
	}
	return id, err
}

// anyJSON is the schema of a JSON text for which none is declared: it takes
// every value, but the text still has to be JSON.
func (l *loader) anyJSON(at yaml.Pos) *yaml.Node {
	if l.any == nil {
		l.any = &yaml.Node{Kind: yaml.Object, Pos: yaml.Pos{File: at.File, Line: at.Line, Column: at.Column}}
	}
	return l.any
}

// addUndeclaredPath gives every expression of the template a parameter: one
// that nobody declared takes any text.
func (l *loader) addUndeclaredPath(op *Operation) {
	rest := op.Template
	for {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			return
		}
		length := strings.IndexByte(rest[open:], '}')
		if length < 0 {
			return
		}
		p := &parameter{name: rest[open+1 : open+length], in: faultline.InPath, required: true, id: schema.None, source: op.Source}
		switch expression := strings.HasPrefix(p.name, "$"); { // of a callback (OpenAPI 3.1.1, section 4.8.18.2)
		case hasParameter(op.params, p):
		case expression:
			op.params = append(op.params, *p)
		default:
			l.tolerateAt(op.Source, "path-parameter-declared", fmt.Sprintf(
				"%s %s does not declare its path parameter `%s`: any text is taken", op.Method, op.Template, p.name),
				fmt.Sprintf("add the parameter `%s` with `in: path`, `required: true` and its schema", p.name))
			op.params = append(op.params, *p)
		}
		rest = rest[open+length:]
	}
}

// ParameterNames are the names of the declared parameters in one part, in the
// order of the contract.
func (op *Operation) ParameterNames(in faultline.Part) []string {
	var out []string
	for i := range op.params {
		if op.params[i].in == in && !op.params[i].whole {
			out = append(out, op.params[i].name)
		}
	}
	return out
}
