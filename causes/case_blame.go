package causes

import (
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// A blame is a complaint of the server, tied to the place in the request that
// it is about.
type blame struct {
	complaint words.Complaint
	kind      words.Kind
	in        faultline.Part
	at        faultline.Location
	name      string    // of the field, as the request spells it or should
	field     *reqField // nil if the request has no such thing
	within    bool      // the field is a text of JSON, and the complaint is about a part of it
	again     bool      // the query has the parameter more than once
	sure      bool      // the server named the field, and the request bears it out
}

// mostBlames bounds the complaints that are tied to the request: each is held
// against every one before it.
const mostBlames = 100

// blames are the complaints about the request, each tied to its place. There
// are none when the answer speaks of something else: who is calling, what
// exists, how often.
func (c *Case) blames() []blame {
	return c.known.blames.get(func() []blame {
		if !c.speaksOfRequest() {
			return nil
		}
		var out []blame
		complaints := words.Read(c.ResponseBody())
		for _, complaint := range complaints[:min(len(complaints), mostBlames)] {
			if b, ok := c.tie(complaint); ok && !slices.ContainsFunc(out, b.same) {
				out = append(out, b)
			}
		}
		if b, ok := c.rpcBlame(); ok && len(out) == 0 {
			out = append(out, b)
		}
		return out
	})
}

func (b *blame) same(o blame) bool {
	return b.kind == o.kind && b.in == o.in && b.at.Pointer == o.at.Pointer && b.at.Name == o.at.Name
}

// speaksOfRequest tells by the status whether words about fields can be words
// about the request. A server that breaks while it reads a request says so
// with 500, so that counts; 401, 404, 409, 429 and the answers of gateways do not.
func (c *Case) speaksOfRequest() bool {
	switch status := c.Status(); {
	case status == 400, status == 406, status == 415, status == 422, status == 500:
		return !c.grantRefused()
	case status == 404:
		return c.BodySays("query parameter", "missing parameter", "missing required parameter", "query string parameter")
	case status == 403 || status == 428:
		return c.BodySays("header", "parameter", "field")
	case status >= 200 && status <= 299:
		return c.ErrorInside()
	}
	return false
}

// grantErrors are the errors of a token endpoint (RFC 6749, section 5.2, and the
// extensions) that are about client, grant or scope and not about a field.
var grantErrors = []string{
	"invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "unsupported_response_type", "invalid_scope", "access_denied",
	"interaction_required", "login_required", "consent_required", "invalid_target", "slow_down", "expired_token", "invalid_token", "redirect_uri_mismatch",
}

// grantRefused reports whether a token endpoint refused the grant.
func (c *Case) grantRefused() bool {
	code := c.answer().Get("error").Text()
	return code != "" && slices.Contains(grantErrors, code)
}

// blamed are the blames of one kind in one of the parts.
func (c *Case) blamed(kind words.Kind, parts ...faultline.Part) []blame {
	var out []blame
	for _, b := range c.blames() {
		if b.kind == kind && slices.Contains(parts, b.in) {
			out = append(out, b)
		}
	}
	return out
}

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
		root := &c.body().fields[0]
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
	if params := findHead(c.body().fields, []string{"params"}); params != nil && len(w.Field) == 0 && c.rpcCode() == rpcInvalidParams {
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
			root := &c.body().fields[0]
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
		return b, b.in == faultline.InBody && c.Status() < 500 && len(c.body().fields) > 0 || b.in == faultline.InQuery && c.Status() < 500
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

// fieldsIn lists the fields of the part that the server names, else those of
// body, query and headers in this order.
func (c *Case) fieldsIn(in words.Place) []reqField {
	switch in {
	case words.Body:
		if len(c.body().fields) == 0 && c.hasNoBody() {
			return c.queryFields()
		}
		return c.body().fields
	case words.Query:
		if q := c.queryFields(); len(q) > 0 || !c.hasForm() {
			return q
		}
		return c.body().fields // "request parameter" is Java's word for query and form alike
	case words.Path:
		return nil
	case words.Params:
		return c.queryFields()
	case words.Header, words.Cookie:
		return nil
	}
	return append(slices.Clip(c.body().fields), c.queryFields()...)
}

func (c *Case) hasNoBody() bool { return c.body().format == noBody }

func (c *Case) hasForm() bool {
	return c.body().format == formBody || c.body().format == multipartBody
}

// home is the part in which something stands that the request does not have.
func (c *Case) home(in words.Place) faultline.Part {
	switch in {
	case words.Body:
		if c.hasNoBody() && (c.Exchange.Request.Method == "GET" || c.Exchange.Request.Method == "HEAD") {
			return faultline.InQuery // frameworks that read all input the same way
		}
		return faultline.InBody
	case words.Query:
		if c.hasForm() && c.Exchange.Request.Query() == "" {
			return faultline.InBody
		}
		return faultline.InQuery
	case words.Path:
		return faultline.InPath
	case words.Header:
		return faultline.InHeader
	case words.Cookie:
		return faultline.InCookie
	case words.Params:
		if c.Exchange.Request.Query() == "" {
			return faultline.InPath
		}
		return faultline.InQuery
	}
	if c.hasNoBody() && !c.takesBody() {
		if c.Exchange.Request.Query() == "" {
			return faultline.InPath
		}
		return faultline.InQuery
	}
	return faultline.InBody
}

// takesBody reports whether the method is one whose requests have content. Of a
// request that was not shown it may be: bodies are what servers complain of most.
func (c *Case) takesBody() bool {
	switch c.Exchange.Request.Method {
	case "POST", "PUT", "PATCH":
		return true
	case "":
		return c.Exchange.Unseen.Any(faultline.UnseenRequestBody) || c.noRequest()
	}
	return false
}

// noRequest reports whether only an answer is known: the output of `curl -i`, the body of an error. What
// such a request lacks was not shown, which does not say that it was not sent.
func (c *Case) noRequest() bool {
	r := &c.Exchange.Request
	return r.Method == "" && r.Target == "" && len(r.Header) == 0
}

// findPath finds the field with that path: exactly, then without regard to
// case and separators, then by the end of its path. Steps in front that are
// the server's own (the name of a struct, "data", "attributes") are given up
// one by one. Of several that fit the end alone, none is meant.
// A path with an index is one exact place, if what it names is missing: the
// same name in another item is not it.
func findPath(fields []reqField, path []string, missing bool) *reqField {
	if len(path) == 0 {
		return nil
	}
	if missing && slices.ContainsFunc(path, isIndex) {
		return matchPath(fields, path, equalFolded)
	}
	if len(path) > 1 {
		// A form spells a path with brackets: card[number].
		if f := matchPath(fields, []string{queryName(path)}, slices.Equal[[]string]); f != nil {
			return f
		}
	}
	for drop := range path {
		if drop > 0 && isIndex(path[drop-1]) {
			break // what stands in an item of the server's list is in no other item
		}
		want := path[drop:]
		if f := matchPath(fields, want, slices.Equal[[]string]); f != nil {
			return f
		}
		if f := matchPath(fields, want, equalFolded); f != nil {
			return f
		}
		if f := matchEnd(fields, want); f != nil {
			return f
		}
		if drop+1 < len(path) && isIndex(path[drop+1]) {
			continue
		}
	}
	return nil
}

func isIndex(step string) bool {
	_, err := strconv.Atoi(step)
	return err == nil
}

func matchPath(fields []reqField, want []string, equal func(a, b []string) bool) *reqField {
	for i := range fields {
		if equal(fields[i].steps, want) {
			return &fields[i]
		}
	}
	return nil
}

func equalFolded(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return fold(x) == fold(y) })
}

func matchEnd(fields []reqField, want []string) *reqField {
	var found *reqField
	for i := range fields {
		steps := fields[i].steps
		if len(steps) <= len(want) || !equalFolded(steps[len(steps)-len(want):], want) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &fields[i]
	}
	return found
}

// ofItem finds the field of the item that the server's own list counts: the
// answer to a batch has a result for each item.
func ofItem(fields []reqField, w words.Complaint) *reqField {
	if w.Item < 0 || len(w.Field) != 1 || w.Kind == words.Missing {
		return nil
	}
	for i := range fields {
		steps := fields[i].steps
		if len(steps) >= 2 && fold(last(steps)) == fold(w.Field[0]) && steps[len(steps)-2] == strconv.Itoa(w.Item) {
			return &fields[i]
		}
	}
	return nil
}

// pages are the names of parameters that go through a list of results.
var pages = []string{"page", "offset", "start", "skip", "cursor", "from", "pagetoken", "startindex", "pagenumber", "after"}

// window finds the parameter that asks for results beyond those that a server gives.
func window(fields []reqField, text string) *reqField {
	text = strings.ToLower(text)
	if !strings.Contains(text, "result") && !strings.Contains(text, "page") && !strings.Contains(text, "offset") {
		return nil
	}
	for i := range fields {
		if slices.Contains(pages, fold(fields[i].name())) {
			return &fields[i]
		}
	}
	return nil
}

// findValue finds the one field that has the value.
func findValue(fields []reqField, value string) *reqField {
	var found *reqField
	for i := range fields {
		f := &fields[i]
		if !f.holds(value) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

// findWithin finds the one field whose value has the word in it: a name in a
// GraphQL document, a field in a list of fields to select.
func findWithin(fields []reqField, word string) *reqField {
	if len(word) < 3 {
		return nil
	}
	var found *reqField
	for i := range fields {
		f := &fields[i]
		if f.kind != "string" || len(f.text) <= len(word) || !hasWord(f.text, word) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

func hasWord(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(word)
		if (start == 0 || !wordByte(text[start-1])) && (end == len(text) || !wordByte(text[end])) {
			return true
		}
		at = end
	}
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// onlyOf finds the one field of a kind.
func onlyOf(fields []reqField, kind string) *reqField {
	var found *reqField
	for i := range fields {
		if fields[i].kind == kind {
			if found != nil {
				return nil
			}
			found = &fields[i]
		}
	}
	return found
}

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
	fields := c.body().fields
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
	for i := range c.body().fields {
		f := &c.body().fields[i]
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

// findHead finds a field by its whole path, without regard to case and separators.
func findHead(fields []reqField, steps []string) *reqField {
	return matchPath(fields, steps, equalFolded)
}

// parentSpan is the span of the deepest container on the way to a field that is absent.
func (c *Case) parentSpan(steps []string) faultline.Span {
	fields := c.body().fields
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
		fields = c.body().fields
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

// dotted writes lines[0].sku and lines/0/sku as lines.0.sku.
var dotted = strings.NewReplacer("[", ".", "]", "", "/", ".")

// splitName reads a name of a sentence as a path.
func splitName(name string) []string {
	if !strings.ContainsAny(name, "[]/.") {
		if name == "" {
			return nil
		}
		return []string{name}
	}
	name = dotted.Replace(name)
	var out []string
	for step := range strings.SplitSeq(name, ".") {
		if step != "" {
			out = append(out, step)
		}
	}
	return out
}

func last(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}
