package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// refine corrects the kind by what the request shows.
func (c *Case) refine(b *blame, how howFound) {
	f := b.field
	switch {
	case how == inside && b.kind == words.Unknown && f.in == faultline.InQuery:
		b.kind = words.Value // the name is part of a value: $select=id,displayNam
	case how == byValue && b.kind == words.Unknown:
		b.kind = words.Value
	case f.kind == "null" && (b.kind == words.Missing || b.kind == words.Type || b.kind == words.Value || b.kind == words.Unclear):
		b.kind = words.Null
	case b.kind == words.Null && f.kind != "null", b.kind == words.Missing, b.kind == words.Unclear:
		b.kind = words.Value // it is there: empty, or not what the server calls present
	}
}

// tieAbsent places a field that is missing where it should stand.
func (c *Case) tieAbsent(b blame) (blame, bool) {
	w := b.complaint
	b.kind = words.Missing
	b.in = c.home(w.In)
	if c.Status() >= 500 && b.in != faultline.InBody {
		return b, false // what a failing server misses may be its own
	}
	path := w.Field
	if len(path) == 0 && w.In == "" && len(w.Names) > 0 && headerLike(w.Names[0]) {
		b.in = faultline.InHeader
	}
	if len(path) == 0 && b.in != faultline.InBody && c.procedureCall() {
		path = []string{"input"}
	}
	if len(path) == 0 {
		for _, n := range w.Names {
			path = splitName(n)
			break
		}
	}
	if b.in == faultline.InBody && len(path) == 0 && w.In == words.Body && c.hasNoBody() {
		b.kind = words.BodyMissing
		return b, true
	}
	if b.in == faultline.InBody && len(path) == 0 && !c.hasNoBody() && !c.Exchange.Request.Header.Has("Content-Type") {
		b.kind = words.BodyMissing
		return b, true
	}
	b.sure = len(path) > 0 && plausible(last(path))
	if len(path) == 0 && strings.Contains(strings.ToLower(w.Text), "file") && c.body().format == multipartBody {
		b.in, b.at = faultline.InBody, faultline.AtBody("", faultline.Span{})
		return b, true // "no such file": a part is wanted that is not there
	}
	switch b.in {
	case faultline.InBody:
		c.placeAbsent(&b, path)
	case faultline.InPath:
		b.in = faultline.InQuery // an absent segment of the path is an unknown path
		fallthrough
	default:
		name := last(path)
		if b.in == faultline.InQuery {
			name = queryName(path)
		}
		b.name = c.spelling(name, b.in)
		b.at = faultline.Location{In: b.in, Name: b.name}
	}
	return b, b.sure
}

// plausible reports whether a word of a sentence may be the name of a field
// that is not there. The names of credentials and of permissions are not ours.
func plausible(name string) bool {
	switch fold(name) {
	case "", "auth", "scope", "scopes", "token", "authentication", "permission", "permissions", "credentials", "session", "login", "method", "type", "posttype", "charset", "certificate", "interaction":
		return false
	}
	return true
}

func queryName(path []string) string {
	if len(path) == 0 {
		return ""
	}
	var name strings.Builder
	name.WriteString(path[0])
	for _, step := range path[1:] {
		name.WriteString("[" + step + "]")
	}
	return name.String()
}

// placeAbsent finds the deepest object that is there, and writes the rest of
// the path as the request spells its own names.
func (c *Case) placeAbsent(b *blame, path []string) {
	fields := c.body().fields()
	for len(path) > 1 && !isIndex(path[0]) && findHead(fields, path[:1]) == nil {
		path = path[1:] // the server's own word for the whole
	}
	if c.body().format == xmlBody && len(path) == 1 && len(fields) > 0 {
		path = []string{fields[0].name(), path[0]} // XML has one root, and servers do not name it
	}
	if wrap := c.envelope(); wrap != "" && len(path) == 1 && c.body().format == jsonBody {
		path = []string{wrap, path[0]}
	}
	var steps []string
	for _, step := range path {
		if f := findHead(fields, append(slices.Clip(steps), step)); f != nil {
			steps = f.steps
			continue
		}
		steps = append(slices.Clip(steps), c.spelling(step, faultline.InBody))
	}
	b.name = last(steps)
	b.at = faultline.AtBody(pointerOf(steps), c.parentSpan(steps))
}

// envelope is the name of the one member of a body that holds all others:
// Rails and Phoenix name it as the thing that is made, others "fields" or "data".
func (c *Case) envelope() string {
	wrap := ""
	for i := range c.body().fields() {
		f := &c.body().fields()[i]
		if len(f.steps) != 1 {
			continue
		}
		if wrap != "" || f.kind != "object" {
			return ""
		}
		wrap = f.name()
	}
	switch fold(wrap) {
	case "":
		return ""
	case "fields", "data", "attributes":
		return wrap
	}
	for _, segment := range c.pathFields() {
		word, _, _ := strings.Cut(fold(segment.text), "json")
		if word == fold(wrap) || word == fold(wrap)+"s" {
			return wrap
		}
	}
	return ""
}

// parentSpan is the span of the deepest container on the way to a field that is absent.
func (c *Case) parentSpan(steps []string) faultline.Span {
	fields := c.body().fields()
	for n := len(steps) - 1; n >= 0; n-- {
		if f := matchPath(fields, steps[:n], slices.Equal[[]string]); f != nil {
			return c.placed(f.span)
		}
	}
	return faultline.Span{}
}

// spelling writes a name as the rest of the request would: servers report
// the name of their own variable, "Sku" for "sku".
func (c *Case) spelling(name string, in faultline.Part) string {
	if name == "" || name[0] < 'A' || name[0] > 'Z' {
		return name
	}
	fields := c.queryFields()
	if in == faultline.InBody {
		fields = c.body().fields()
	}
	if in == faultline.InHeader {
		return name
	}
	capital, lower := 0, 0
	for i := range fields {
		if n := fields[i].name(); n != "" && !isIndex(n) {
			if 'A' <= n[0] && n[0] <= 'Z' {
				capital++
			} else {
				lower++
			}
		}
	}
	if capital > lower {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}
