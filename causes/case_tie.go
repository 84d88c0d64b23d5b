package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/pattern"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/internal/tape"
)

// absentSubject is the path of something that a server finds of the wrong type,
// or empty, because it is not there: "name must be a string" for {}. With it
// comes the part in which it is missing.
func (c *Case) absentSubject(w words.Complaint) ([]string, words.Place) {
	if w.Kind != words.Type && w.Kind != words.Value {
		return nil, ""
	}
	path := w.Field
	if len(path) == 0 {
		path = splitName(w.Subject)
	}
	if w.Label != "" && len(w.Field) == 0 && blankLabel.Matches(w.Text[:min(len(w.Text), maxMention)]) {
		path = []string{w.Label}
	}
	if len(path) > 1 {
		return c.absentInside(path, w)
	}
	if strings.HasSuffix(w.Text, " is empty") && !strings.Contains(last(path), "_") && (c.takesBody() || len(c.queryFields()) == 0) {
		return nil, "" // a cart is empty, a queue is: those are no fields
	}
	name := last(path)
	if name == "" || !plausible(name) || secretName(name) {
		return nil, ""
	}
	if len(w.Field) == 1 && w.In == "" {
		name = c.spelling(name, faultline.InBody) // the name of the server's own variable
	}
	path = []string{name}
	switch {
	case w.In == words.Header, w.In == "" && len(w.Field) == 1 && strings.HasPrefix(strings.ToLower(name), "x-"):
		return path, words.Header
	case name[0] < 'a' || name[0] > 'z':
		return nil, ""
	case w.Label != "" && name == w.Label && c.hasForm() && (w.In == "" || w.In == words.Body):
		return path, words.Body
	case c.body().format == jsonBody && (w.In == "" || w.In == words.Body) && c.body().fields()[0].kind == "object":
		return path, words.Body
	case w.In == words.Query:
		return path, words.Query
	case w.In == "" && c.hasNoBody() && !c.takesBody() && c.Status() >= 400 && c.Status() < 500 && !c.namesSegment(name) && (len(c.queryFields()) > 0 || len(w.Field) == 1):
		return path, words.Query
	}
	return nil, ""
}

// absentInside is a path whose last step is not there, in an object that is.
func (c *Case) absentInside(path []string, w words.Complaint) ([]string, words.Place) {
	if c.body().format != jsonBody || w.In != "" && w.In != words.Body || !plausible(last(path)) {
		return nil, ""
	}
	parent := findPath(c.body().fields(), path[:len(path)-1], false)
	if parent == nil && !slices.ContainsFunc(path, isIndex) && len(w.Field) > 0 {
		return []string{last(path)}, words.Body // all before it is the server's own: /data/attributes
	}
	if parent == nil || parent.kind != "object" {
		return nil, ""
	}
	return append(slices.Clip(parent.steps), last(path)), words.Body
}

// blankLabel is what forms say of a field that they did not get.
var blankLabel = pattern.New(`(?i)(?:can't|can ?not|may not|must not|should not) be (?:blank|empty)`)

// namesSegment reports whether a name is rather that of a segment of the path
// than of a parameter of the query: an identifier, or the thing of a collection.
func (c *Case) namesSegment(name string) bool {
	n := fold(name)
	if n == "id" || n == "uuid" || n == "guid" || n == "slug" || n == "identifier" || strings.HasSuffix(n, "id") || strings.HasSuffix(n, "uuid") {
		return true
	}
	for _, segment := range c.pathFields() {
		single := strings.TrimSuffix(fold(segment.text), "s")
		if len(single) >= 3 && strings.Contains(n, single) {
			return true
		}
	}
	return false
}

var uuidText = pattern.New(`(?i)^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$`)

// misfit finds the one parameter that cannot be what the server says it wants,
// where the server does not say which it is about.
func (c *Case) misfit(w words.Complaint) *reqField {
	want := words.WantedType(w.Text)
	if w.Kind == words.Value {
		if strings.Contains(strings.ToLower(w.Text), "enum") && len(c.queryFields()) == 0 {
			return c.lastSegment()
		}
		return nil
	}
	var found *reqField
	for i := range c.queryFields() {
		f := &c.queryFields()[i]
		if !misfits(f.text, want) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

func (c *Case) lastSegment() *reqField {
	all := c.pathFields()
	if len(all) < 2 {
		return nil
	}
	return &all[len(all)-1]
}

// misfits reports whether a text cannot be read as a type.
func misfits(text, want string) bool {
	switch want {
	case "number", "integer":
		end, ok := tape.ScanNumber([]byte(text), 0)
		return !ok || end != len(text) || want == "integer" && strings.ContainsAny(text, ".eE")
	case "boolean":
		return text != "true" && text != "false" && text != "0" && text != "1"
	case "UUID":
		return !uuidText.Matches(text)
	}
	return false
}

// unparsedParam finds the parameter of the query that the server fails to read
// as JSON: the message of its parser quotes the text.
func (c *Case) unparsedParam(w words.Complaint) *reqField {
	if w.Kind != words.Syntax || !c.hasNoBody() {
		return nil
	}
	fields := c.queryFields()
	for _, v := range w.Values {
		if f := findValue(fields, v); f != nil && len(v) > 1 {
			return f
		}
	}
	if len(fields) == 1 && strings.Contains(strings.ToLower(w.Text), "json") {
		return &fields[0]
	}
	return nil
}

// maxParam bounds the parameters that are read as JSON.
const maxParam = 16 << 10

// jsonParam finds the parameter that carries JSON, and in it the field that the
// server complains of by its path.
func (c *Case) jsonParam(w words.Complaint) *reqField {
	if len(w.Field) == 0 || w.In == words.Body || w.In == words.Header || !c.hasNoBody() {
		return nil
	}
	fields := c.queryFields()
	for i := range fields {
		f := &fields[i]
		if len(f.text) > maxParam || !strings.HasPrefix(f.text, "{") && !strings.HasPrefix(f.text, "[") {
			continue
		}
		var t tape.Tape
		if err := tape.Parse(&t, []byte(f.text), tape.Limits{}); err != nil {
			continue
		}
		if findPath(jsonFields(&t), w.Field, false) != nil {
			return f
		}
	}
	return nil
}

var argumentOf = pattern.New(`(?:[Ff]ield|[Dd]irective) ['"]@?\w+['"] (?:argument|is missing required arguments)`)

func lastOf(names, path []string) string {
	if len(path) > 0 {
		return last(path)
	}
	if len(names) > 0 {
		return names[0]
	}
	return ""
}

// mentioned finds the one field of the request whose name is a word of the
// sentence, where no phrase takes a name out of it: "the maximum limit is 100".
func mentioned(fields []reqField, w words.Complaint) *reqField {
	if len(w.Field) > 0 || w.Quotes || w.Kind != words.Type && w.Kind != words.Value {
		return nil
	}
	text := strings.ToLower(w.Text[:min(len(w.Text), maxMention)])
	var found *reqField
	for i := range fields[:min(len(fields), maxMentioned)] {
		f := &fields[i]
		name := strings.ToLower(f.name())
		if len(name) < 3 || commonWord(name) || !hasWord(text, name) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

// What is searched for mentions of fields: one sentence, the fields of a form.
const (
	maxMention   = 400
	maxMentioned = 64
)

// commonWord reports whether a name is one that sentences about failures use for themselves.
func commonWord(name string) bool {
	switch name {
	case "value", "values", "type", "data", "message", "query", "content", "error", "field", "fields", "key", "object", "string", "number", "body", "request", "text",
		"parameter", "params", "input", "json", "list", "array", "user", "method", "url", "time", "format", "length", "the", "and", "for", "not", "must", "one":
		return true
	}
	return false
}
