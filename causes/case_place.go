package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// stoppedAt finds the value at which the server's parser stopped, if the body is well formed all the
// same: parsers that know what they want (protojson, Gson) call a value of another type a syntax error.
func (c *Case) stoppedAt(w words.Complaint) *reqField {
	if w.Kind != words.Syntax || w.Line == 0 || c.body().format != jsonBody {
		return nil
	}
	offset := offsetOf(c.RequestBody(), w.Line, w.Column)
	var found *reqField
	fields := c.body().fields()
	for i := range fields {
		// Counts begin before or behind the first byte of a value.
		if f := &fields[i]; f.span.Start == offset || f.span.Start == offset-1 {
			found = f
		}
	}
	return found
}

func offsetOf(body []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		next := slices.Index(body[at:], '\n')
		if next < 0 {
			return -1
		}
		at += next + 1
	}
	return at + column - 1
}

// wantsObject reports whether a server that complains of named fields was sent a list or a scalar: it
// wants an object, and finds nothing of it.
func (c *Case) wantsObject(w words.Complaint) bool {
	if c.body().format != jsonBody || c.body().fields()[0].kind == "object" || w.Item >= 0 && len(w.Field) == 0 && len(w.Names) == 0 {
		return false
	}
	if w.Kind == words.Unknown && len(w.Names) > 0 && isIndex(w.Names[0]) {
		return true // "property 0 should not exist"
	}
	if w.Kind != words.Missing && w.Kind != words.Type && w.Kind != words.Value && w.Kind != words.Null || w.In != "" && w.In != words.Body || len(c.queryFields()) > 0 {
		return false
	}
	name := w.Subject
	if len(w.Field) > 0 {
		name = w.Field[0]
	} else if name == "" && w.Told > 0 {
		name = w.Names[0]
	}
	if name == "" || isIndex(name) || !plausible(name) || c.body().fields()[0].kind != "array" {
		return false
	}
	return len(c.body().fields()) == 1 || !slices.ContainsFunc(c.body().fields(), func(f reqField) bool { return f.kind == "object" })
}

// within extends a path that leads to an object by the name that the sentence gives: servers name the
// object as the place, and in words what it lacks, or has too much.
func (c *Case) within(w words.Complaint) words.Complaint {
	if w.Kind != words.Missing && w.Kind != words.Unknown || w.Told == 0 && w.Kind == words.Missing && len(w.Field) == 0 {
		return w
	}
	if name := cmpName(last(w.Field), first(w.Names)); len(w.Field) <= 1 && w.Kind == words.Missing && (w.In == "" || w.In == words.Body) && name != "" {
		if path := c.itemWithout(name); path != nil && findHead(c.body().fields(), []string{name}) == nil {
			w.Field = path
			return w
		}
	}
	if len(w.Field) == 0 {
		return w
	}
	f := findPath(c.body().fields(), w.Field, false)
	if f == nil || f.kind != "object" || len(f.steps) == 0 || len(w.Names) == 0 || w.Names[0] == last(w.Field) || strings.ContainsAny(w.Names[0], "/ ") {
		return w
	}
	if w.Kind == words.Unknown && findHead(c.body().fields(), append(slices.Clip(f.steps), w.Names[0])) == nil {
		return w
	}
	w.Field = append(slices.Clip(f.steps), w.Names[0])
	return w
}

// leadsInside reports whether all but the last step of a path leads to an object of the body: then the
// path is meant as it is, and other names in the sentence are not the field.
func (c *Case) leadsInside(path []string) bool {
	if len(path) < 2 {
		return false
	}
	parent := findHead(c.body().fields(), path[:len(path)-1])
	return parent != nil && parent.kind == "object"
}

// fitted leaves out the indices of a path that count nothing in the request: some servers put the errors
// of an object into a list.
func (c *Case) fitted(path []string) []string {
	if len(path) < 3 || !slices.ContainsFunc(path, isIndex) || findHead(c.body().fields(), path[:1]) == nil {
		return path
	}
	out := path[:1:1]
	for _, step := range path[1:] {
		if isIndex(step) {
			if f := findHead(c.body().fields(), out); f != nil && f.kind == "object" {
				continue
			}
		}
		out = append(out, step)
	}
	return out
}

// itemWithout is the path of a name in the first item of a list that lacks it, where other items have it.
func (c *Case) itemWithout(name string) []string {
	fields := c.body().fields()
	for i := range fields {
		f := &fields[i]
		n := len(f.steps)
		if n < 2 || f.kind != "object" || !isIndex(f.steps[n-1]) {
			continue
		}
		if findHead(fields, append(slices.Clip(f.steps), name)) != nil {
			continue
		}
		list := f.steps[:n-1]
		if slices.ContainsFunc(fields, func(o reqField) bool {
			return len(o.steps) == n+1 && fold(o.steps[n]) == fold(name) && isIndex(o.steps[n-1]) && slices.Equal(o.steps[:n-1], list)
		}) {
			return append(slices.Clip(f.steps), name)
		}
	}
	return nil
}

// inSomeItem finds the field of a path that leaves out the index of the item, as encoding/json of Go
// does. Of several items the one that is not what the server wants is meant.
func inSomeItem(fields []reqField, w words.Complaint) *reqField {
	path := w.Field
	if len(path) < 2 || slices.ContainsFunc(path, isIndex) || w.Kind != words.Type {
		return nil
	}
	want := words.JSONType(w.Expected)
	if want == "" {
		want = words.WantedType(w.Text)
	}
	var all []*reqField
	for i := range fields {
		if f := &fields[i]; len(f.steps) > len(path) && equalFolded(slices.DeleteFunc(slices.Clone(f.steps), isIndex), path) {
			all = append(all, f)
		}
	}
	for _, f := range all {
		if f.kind != want && !(f.kind == "number" && want == "integer" && !strings.Contains(f.text, ".")) {
			return f
		}
	}
	return nil
}

// ofSegment reports whether a complaint is rather about a segment of the path: the request has nothing
// else, and what the server names is an identifier or the thing of a collection.
func (c *Case) ofSegment(w words.Complaint) bool {
	if !c.hasNoBody() || c.takesBody() || len(c.queryFields()) > 0 || len(c.pathFields()) < 2 || len(w.Field) > 1 || w.In != "" {
		return false
	}
	name := cmpName(last(w.Field), w.Subject)
	return name != "" && c.namesSegment(name)
}

func cmpName(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// holds reports whether a value is the one that a server quotes: as text, as JSON, or, for an object or
// a list, in the notation of the server's own language.
func (f *reqField) holds(value string) bool {
	switch f.kind {
	case "null":
		return false
	case "object", "array":
		return len(value) > 2 && len(value) <= maxParam && len(f.raw) <= maxParam && len(f.steps) > 0 && sameLetters(f.raw, value)
	}
	if value == "" {
		return f.kind == "string" && f.text == ""
	}
	return f.text == value || f.raw == value
}

// sameLetters compares what two notations of a value have in common: its letters and digits.
func sameLetters(a, b string) bool {
	i, j, same := 0, 0, 0
	for {
		for i < len(a) && !wordByte(a[i]) {
			i++
		}
		for j < len(b) && !wordByte(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b) && same > 0
		}
		if a[i] != b[j] {
			return false
		}
		i, j, same = i+1, j+1, same+1
	}
}

// extension finds the header X-Tenant for a field that the server calls Tenant, where the request has
// nothing else of that name.
func (c *Case) extension(w words.Complaint) *reqField {
	if len(w.Field) != 1 || w.In != "" && w.In != words.Header || w.Kind == words.Missing || len(w.Field[0]) < 3 {
		return nil
	}
	if f, ok := c.headerField("X-" + w.Field[0]); ok {
		return &f
	}
	return nil
}

// inDocument places what a GraphQL server says of the document: it is text inside the body.
func (c *Case) inDocument(w words.Complaint) (faultline.Location, bool) {
	if !w.Document && (w.Kind != words.Missing || !argumentOf.Matches(short(w.Text))) {
		return faultline.Location{}, false
	}
	if w.Document && c.noRequest() {
		return faultline.AtBody("/query", faultline.Span{}), true // where GraphQL over HTTP has it
	}
	doc := findHead(c.body().fields(), []string{"query"})
	if doc == nil || doc.kind != "string" {
		return faultline.Location{}, false
	}
	at := doc.at()
	at.Span = c.placed(at.Span)
	return at, true
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// headerWithValue finds the one header that has a value that the server quotes: neither body nor address
// has it.
func (c *Case) headerWithValue(values []string) *reqField {
	for _, v := range values {
		if len(v) < 2 {
			continue
		}
		var found *reqField
		for _, h := range c.Exchange.Request.Header {
			if h.Value != v || secretName(h.Name) {
				continue
			}
			if found != nil {
				return nil
			}
			if f, ok := c.headerField(h.Name); ok {
				found = &f
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// expressionNames are the parameters that hold a text in a language of its own: PromQL, LogQL, OData,
// JQL, CQL, SQL, Lucene.
var expressionNames = []string{"query", "q", "expr", "filter", "$filter", "jql", "cql", "sql", "where", "search", "match[]"}

// expression is the parameter that a server could not parse, of a request without a body: the one that
// it names, else the one that holds an expression.
func (c *Case) expression(w words.Complaint) *reqField {
	if w.Kind != words.Syntax || !c.hasNoBody() || c.takesBody() || strings.Contains(strings.ToLower(w.Text), "json") {
		return nil
	}
	fields := c.queryFields()
	for _, name := range w.Names {
		if f := findHead(fields, []string{name}); f != nil {
			return f
		}
	}
	for _, name := range expressionNames {
		if f := findHead(fields, []string{name}); f != nil {
			return f
		}
	}
	return nil
}

// headerLike reports whether a name is that of a header field and hardly of anything else: X-Tenant,
// Idempotency-Key, If-Match.
func headerLike(name string) bool {
	if !strings.Contains(name, "-") {
		return false
	}
	for part := range strings.SplitSeq(name, "-") {
		if part == "" || (part[0] < 'A' || part[0] > 'Z') && (part[0] < '0' || part[0] > '9') {
			return len(name) > 2 && strings.EqualFold(name[:2], "x-")
		}
	}
	return true
}

// bracketed finds the parameter ids[] or filter[status] that a sentence names, by the name before its brackets.
func (c *Case) bracketed(w words.Complaint) *reqField {
	if w.In != words.Query && w.In != "" || len(w.Names) == 0 || w.Told == 0 {
		return nil
	}
	query := c.queryFields()
	for i := range query[:min(len(query), maxPairs)] {
		if base, _, cut := strings.Cut(query[i].name(), "["); cut && base == w.Names[0] {
			return &query[i]
		}
	}
	return nil
}

// leadingValue is the value that a sentence of Python's jsonschema begins with, as JSON writes it: "True
// is not of type 'integer'", "-3 is less than the minimum of 0".
func leadingValue(text string) string {
	value, rest, ok := strings.Cut(text, " is ")
	if !ok || len(value) > 40 || !saysPrefix(rest, "not of type", "less than", "greater than", "not a multiple", "not one of", "not valid under", "not a '") {
		return ""
	}
	switch value {
	case "True":
		return "true"
	case "False":
		return "false"
	}
	if strings.Trim(value, "-0123456789.") == "" {
		return value
	}
	return ""
}

func saysPrefix(text string, begins ...string) bool {
	for _, b := range begins {
		if strings.HasPrefix(text, b) {
			return true
		}
	}
	return false
}
