package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// tie finds what a complaint is about. Words and request are held against each
// other: a field that is called missing and is null is null, a name that is
// unknown as a field and stands in a value is about that value.
func (c *Case) tie(w words.Complaint) (blame, bool) {
	b := blame{complaint: w, kind: w.Kind}
	if f := c.expression(w); f != nil {
		b.kind, b.field, b.in, b.at, b.name, b.sure = words.Value, f, f.in, f.at(), f.name(), true
		b.complaint.Kind, b.within = words.Value, true
		return b, true
	}
	if f := c.unparsedParam(w); f != nil {
		b.kind, b.field, b.in, b.at, b.name, b.sure = words.Type, f, f.in, f.at(), f.name(), true
		return b, true
	}
	if w.Kind == words.BodyMissing && c.hasNoBody() && !c.takesBody() && c.procedureCall() {
		w.Kind, b.complaint.Kind, b.kind = words.Missing, words.Missing, words.Missing // its input is a parameter
	}
	if f := c.stoppedAt(w); f != nil {
		b.kind, b.field, b.in, b.at, b.name, b.sure = words.Type, f, f.in, f.at(), f.name(), true
		return b, true
	}
	switch w.Kind {
	case words.Syntax, words.BodyMissing, words.MediaType, words.MediaTypeMissing, words.Route, words.Method:
		b.in = faultline.InBody
		return b, true
	}
	if c.wantsObject(w) {
		root := &c.body().fields()[0]
		b.kind, b.field, b.in, b.at, b.sure = words.Type, root, root.in, root.at(), true
		b.complaint.Expected = "object"
		return b, true
	}
	w.Field = c.fitted(w.Field)
	w = c.within(w)
	b.complaint = w
	if at, ok := c.inDocument(w); ok && w.Document {
		b.in, b.at, b.name, b.sure = faultline.InBody, at, "query", true
		return b, true
	}
	if f, how := c.subject(w); f != nil {
		b.field, b.in, b.at, b.name, b.sure = f, f.in, f.at(), f.name(), how == byName
		b.again = f.in == faultline.InQuery && c.timesSent(f.name()) > 1
		c.refine(&b, how)
		return b, !b.credential()
	}
	if f := c.jsonParam(w); f != nil {
		b.field, b.in, b.at, b.name, b.sure, b.within = f, f.in, f.at(), f.name(), true, true
		return b, true
	}
	if at, ok := c.inDocument(w); ok {
		b.in, b.at, b.name, b.sure = faultline.InBody, at, lastOf(w.Names, w.Field), true
		return b, true
	}
	switch w.Kind {
	case words.Missing, words.Null:
		return c.tieAbsent(b)
	case words.Unclear:
		return b, false
	}
	return c.tieLoose(b)
}

// timesSent counts a parameter in the query.
func (c *Case) timesSent(name string) int {
	n := 0
	for _, q := range c.queryFields() {
		if q.name() == name {
			n++
		}
	}
	return n
}

// credential reports whether the field carries a credential: what is wrong
// with that is a matter of the auth family.
func (b *blame) credential() bool {
	name := fold(b.name)
	return (b.in == faultline.InQuery || b.in == faultline.InHeader) && (secretName(b.name) || name == "key" || name == "sig" || name == "signature")
}

// tieLoose places a complaint about something that the request does not seem
// to have. One that names neither field nor part is left alone: any cause may
// hide behind "invalid request".
func (c *Case) tieLoose(b blame) (blame, bool) {
	w := b.complaint
	b.in = c.home(w.In)
	if params := findHead(c.body().fields(), []string{"params"}); params != nil && len(w.Field) == 0 && c.rpcCode() == rpcInvalidParams {
		return b.on(params, w.Kind), true
	}
	if path, in := c.absentSubject(w); len(path) > 0 {
		b.complaint.Field, b.complaint.In = path, in
		return c.tieAbsent(b)
	}
	if (w.Kind == words.Type || w.Kind == words.Value) && len(w.Field) == 0 && c.hasNoBody() {
		if f := c.misfit(w); f != nil {
			b.field, b.in, b.at, b.name = f, f.in, f.at(), f.name()
			return b, true
		}
	}
	if w.Kind == words.Type && len(w.Field) == 0 {
		switch {
		case w.In == words.Body && c.hasNoBody() && c.takesBody():
			b.in, b.kind = faultline.InBody, words.BodyMissing // it is nothing, where something of a type is wanted
			return b, true
		case b.in == faultline.InBody && c.body().format == jsonBody:
			root := &c.body().fields()[0]
			b.field, b.at = root, root.at()
			return b, true
		case b.in == faultline.InBody && !c.hasNoBody():
			return b, true
		case b.in == faultline.InPath && w.In == "":
			b.at = c.atPath() // the only thing in such a request that has a type
			return b, true
		}
	}
	switch {
	case w.In == words.Path, w.In == words.Params && b.in == faultline.InPath:
		b.at, b.name = c.atPath(), last(w.Field)
		return b, true
	case w.Kind == words.Unknown:
		// Servers that refuse unknown fields often do not say which.
		b.at = faultline.Location{In: b.in}
		return b, b.in == faultline.InBody && c.Status() < 500 && len(c.body().fields()) > 0 || b.in == faultline.InQuery && c.Status() < 500
	case (w.Kind == words.Type || w.Kind == words.Value) && c.ofSegment(w):
		b.in, b.at, b.name, b.sure = faultline.InPath, c.atPath(), cmpName(last(w.Field), w.Subject), true
		return b, true
	case len(w.Field) > 0 && c.hasNoBody() && len(c.queryFields()) == 0 && (c.Status() < 500 || c.noRequest()):
		// The request is not all there, but the server names the field.
		b.in, b.name = faultline.InBody, last(w.Field)
		b.at = faultline.AtBody(pointerOf(w.Field), faultline.Span{})
		return b, true
	}
	return b, false
}

// howFound says by what a complaint was tied to a field.
type howFound uint8

const (
	byName  howFound = iota // the server's name for it
	byValue                 // a value that the server quotes
	inside                  // a word that stands inside the value
)

// subject finds the field of the request that a complaint is about.
func (c *Case) subject(w words.Complaint) (*reqField, howFound) {
	fields := c.fieldsIn(w.In)
	if f := inSomeItem(fields, w); f != nil {
		return f, byName
	}
	if f := findPath(fields, w.Field, w.Kind == words.Missing); f != nil {
		return f, byName
	}
	if n := len(w.Field) - 1; n > 0 && w.Kind != words.Missing {
		// A scalar has no members, so the last step is the rule: {"age": {"integer": "..."}}.
		if f := matchPath(fields, w.Field[:n], equalFolded); f != nil && f.kind != "object" && f.kind != "array" {
			return f, byName
		}
	}
	if len(w.Field) == 1 && w.In == "" && strings.Contains(w.Field[0], "-") {
		if f, ok := c.headerField(w.Field[0]); ok {
			return &f, byName
		}
	}
	if len(w.Field) == 0 || w.Kind != words.Missing && !c.leadsInside(w.Field) {
		for i, name := range w.Names {
			if w.Kind == words.Missing && w.Told > 0 && i >= w.Told {
				break // the sentence names what is missing, so another name in it is not that
			}
			if f := findPath(fields, splitName(name), w.Kind == words.Missing); f != nil && f.name() != "" {
				return f, byName
			}
			if f, ok := c.headerField(name); ok && (w.In == words.Header || w.In == "" && strings.Contains(name, "-")) {
				return &f, byName
			}
		}
	}
	if f := ofItem(fields, w); f != nil {
		return f, byName
	}
	if w.In == words.Header && len(w.Field) > 0 {
		if f, ok := c.headerField(last(w.Field)); ok {
			return &f, byName
		}
	}
	if f := c.extension(w); f != nil {
		return f, byName
	}
	switch w.Kind {
	case words.Missing, words.Duplicate:
		return nil, 0
	}
	if f := c.bracketed(w); f != nil {
		return f, byName
	}
	if f := mentioned(fields, w); f != nil {
		return f, byName
	}
	if w.Kind == words.Null {
		return onlyOf(fields, "null"), byValue // what else is quoted is the name of a table
	}
	if v := leadingValue(w.Text); v != "" && len(w.Field) == 0 {
		if f := findValue(fields, v); f != nil {
			return f, byValue
		}
	}
	for _, v := range w.Values {
		if f := findValue(fields, v); f != nil {
			return f, byValue
		}
	}
	if w.In == "" || w.In == words.Path || w.In == words.Params {
		for _, v := range w.Values {
			if f := findValue(c.pathFields(), v); f != nil {
				return f, byValue
			}
		}
	}
	if w.In == "" && len(w.Field) == 0 {
		if f := c.headerWithValue(w.Values); f != nil {
			return f, byValue
		}
	}
	if w.Kind == words.Value && len(w.Field) == 0 {
		if f := window(c.queryFields(), w.Text); f != nil {
			return f, byValue
		}
	}
	if w.Kind == words.Unknown {
		for _, v := range append(slices.Clip(w.Names), w.Field...) {
			if f := findWithin(fields, v); f != nil {
				return f, inside
			}
		}
	}
	if w.Kind == words.Unknown && strings.Contains(strings.ToLower(w.Text), "file") {
		return onlyOf(fields, "file"), byName
	}
	return nil, 0
}
