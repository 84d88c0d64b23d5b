package words

import (
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/causes/internal/pattern"
)

// A reader walks an answer and collects complaints.
type reader struct {
	found []Complaint
	left  int // sentences that may still be read
	item  int // of the list that is being read, from 1
	read  int // bytes of sentences that were read
	texts int // JSON texts inside strings that are being read
}

// maxSentences bounds how many sentences of one answer are read: each costs the whole phrase table.
const maxSentences = 24

// maxRead bounds the bytes of all sentences: an answer that needs more is made to cost time.
const maxRead = 3000

// These are the names under which systems keep the parts of an error. The order is the order of
// trust: the first member that is there and fits counts.
var (
	messageKeys = []string{
		"message", "msg", "detail", "exception", "error_description", "errorsummary", "description", "errmsg", "error_message", "errormessage",
		"defaultmessage", "faultstring", "hydra:description", "reason", "developermessage", "usermessage", "text", "title", "hint", "error", "details", "localizedmessage",
	}
	codeKeys  = []string{"code", "issue", "type", "keyword", "kind", "rule", "errorcode", "error_code", "validation", "constraint", "tag", "error", "reason", "status", "errortype"}
	fieldKeys = []string{
		"field", "param", "property", "propertyname", "propertypath", "fieldname", "field_name", "parameter", "parametername", "parameter_name",
		"argument", "argumentname", "attribute", "attr", "headername", "queryparametername", "key", "target", "location", "path", "fieldpath", "name", "element", "domain",
	}
	// mapKeys hold a map from field to messages, or a list of errors.
	mapKeys = []string{
		"errors", "error", "fields", "fielderrors", "field_errors", "validationerrors", "validation_errors", "invalidfields", "invalid_fields",
		"modelstate", "_issues", "message", "messages", "violations", "details", "detail", "invalid", "invalid-params", "invalidparams", "invalid_params", "params", "validation", "data", "problems", "issues",
	}
	// structural are names of lists of errors, never of fields.
	structural = []string{"errors", "issues", "causes", "details", "violations", "fieldviolations", "fielderrors", "field_errors", "formerrors", "invalid_params", "errorcauses"}
	// wholeKeys stand in such a map for the request as a whole.
	wholeKeys = []string{"", "$", "non_field_errors", "nonfielderrors", "_schema", "base", "__all__", "_errors", "_error", "_global", "root", "general", "body"}
)

// document reads a whole answer.
func (r *reader) document(root *Node) {
	r.left = maxSentences
	switch root.shape {
	case object:
		if isFieldMap(root, false) {
			r.fieldMap(root, nil, "", 0)
			return
		}
		r.object(root, 0, "")
	case aList:
		r.list(root, 0, "")
	case text:
		if !r.inside(root.text, "") {
			r.sentence(root.text, nil, "", "")
		}
	}
}

func (r *reader) list(n *Node, depth int, code string) {
	outer := r.item
	for i, kid := range n.kids {
		r.item = i + 1
		switch kid.shape {
		case text:
			if !r.inside(kid.text, code) {
				r.sentence(kid.text, nil, "", code)
			}
		case object:
			r.object(kid, depth+1, code)
		}
	}
	r.item = outer
}

// object reads one error object, then what is inside it.
func (r *reader) object(n *Node, depth int, outerCode string) {
	if depth > maxDepth {
		return
	}
	d := dialectOf(n)
	if d != nil && d.read != nil {
		d.read(r, n)
		return
	}
	before := len(r.found)
	code := r.statement(n, outerCode)
	d.amended(n, r.found[before:])
	for i, key := range n.keys {
		kid, low := n.kids[i], strings.ToLower(key)
		switch {
		case kid.shape != aList && kid.shape != object, d.details(low):
		case kid.isAside():
		case kid.shape == aList && kindKeys[low] != Unclear && kid.holdsNames():
			for _, name := range kid.kids {
				path, in := split(name.text)
				r.add(Complaint{Kind: kindKeys[low], In: in, Field: path, Text: low + ": " + name.text, Code: code})
			}
		case kid.shape == object && slices.Contains(mapKeys, low) && isFieldMap(kid, true):
			r.fieldMap(kid, nil, "", 0)
		case kid.shape == object && (!echoes(low) || key == "Body"): // SOAP's Body is the answer
			r.object(kid, depth+1, code)
		case kid.shape == aList && !echoes(low):
			r.list(kid, depth, code)
		}
	}
}

// echoes reports whether a member repeats the request, the trace or the result, none of which is a complaint.
func echoes(key string) bool {
	switch key {
	case "input", "ctx", "context", "request", "traces", "trace", "stacktrace", "stack", "locations", "body", "loc", "path", "source", "target",
		"params", "meta", "links", "extensions", "_links", "metadata", "rejectedvalue", "arguments", "codes", "allowedvalues", "received":
		return true
	}
	return false
}

// statement reads what one object says by itself, and returns its code for what is inside.
func (r *reader) statement(n *Node, outer string) string {
	message := n.pick(messageKeys, sentenceLike)
	code := n.code()
	if code == "" {
		code = outer
	}
	field, in := n.field()
	if len(field) == 0 {
		field, in = n.aside(in)
	}
	if message == "" && len(field) == 0 && code == outer {
		return code
	}
	if r.inside(message, code) {
		return code
	}
	if message == "" {
		message = n.pick(messageKeys, knownCode)
	}
	if message == "" {
		message = code
	}
	before := len(r.found)
	r.sentenceAt(n, message, field, in, code)
	for _, other := range n.sentences() {
		if len(r.found) > before && !vague(r.found[before:]) {
			break
		}
		said := len(r.found)
		r.sentenceAt(n, other, field, in, code) // {"message": "Unable to process JSON", "details": "Unrecognized field"}
		switch {
		case said == before:
		case vague(r.found[said:]):
			r.found = r.found[:said]
		default: // {"message": "The request was malformed", "reason": "missing properties: \"email\""}
			r.found = append(r.found[:before], r.found[said:]...)
		}
	}
	if title := n.Get("title").Text(); len(r.found) == before && len(field) > 0 && title != "" {
		r.sentenceAt(n, title, field, in, code)
	}
	if len(r.found) == before && len(field) > 0 && message != "" {
		r.add(Complaint{Kind: Unclear, In: in, Field: field, Text: message, Code: code})
	}
	return code
}

// vague reports whether complaints say no more than that something is wrong.
func vague(found []Complaint) bool {
	for i := range found {
		if c := &found[i]; c.Kind != Value && c.Kind != Unclear || len(c.Names) > 0 || len(c.Field) > 0 || len(c.Values) > 0 {
			return false
		}
	}
	return true
}

func (r *reader) sentenceAt(n *Node, message string, field []string, in Place, code string) {
	before := len(r.found)
	r.sentence(message, field, in, code)
	for i := before; i < len(r.found); i++ {
		c := &r.found[i]
		if n.null() && (c.Kind == Type || c.Kind == Value) {
			c.Kind = Null
		}
		if c.Kind == Type && strings.EqualFold(n.Get("received").Text(), "undefined") {
			c.Kind = Missing
		}
		for _, key := range []string{"input", "value", "rejectedValue", "actual", "received"} {
			if v := n.Get(key); v != nil && (v.shape == text || v.shape == number) {
				c.Values = append(c.Values, v.text)
			}
		}
	}
}

// null reports whether the object echoes a null as the value that was refused.
func (n *Node) null() bool {
	for _, key := range []string{"input", "value", "rejectedValue", "received", "actual"} {
		if v := n.Get(key); v != nil {
			return v.shape == null || v.text == "null" && key == "received"
		}
	}
	return false
}

// isFieldMap reports whether an object maps names of fields to messages. At the top level only lists
// of sentences count, since {"error": "not found"} has the same shape as one field with one message.
func isFieldMap(n *Node, inside bool) bool {
	if n.shape != object || len(n.kids) == 0 {
		return false
	}
	for i, kid := range n.kids {
		low := strings.ToLower(n.keys[i])
		if (kid.shape == aList || kid.shape == object) && slices.Contains(structural, low) || kid.shape == aList && kid.holdsObjects() && slices.Contains(messageKeys, low) {
			return false
		}
		if kindKeys[low] != Unclear && kid.shape == aList && kid.holdsNames() {
			return false
		}
		reserved := slices.Contains(messageKeys, low) && low != "title" && low != "description" && low != "text" && low != "reason"
		switch {
		case kid.shape == aList && len(kid.kids) == 0 && slices.Contains(wholeKeys, low) && len(n.kids) > 1:
		case kid.shape == aList && len(kid.kids) > 0 && (inside || !slices.Contains(mapKeys, low) && !reserved):
			if !sentences(kid) && !isNested(kid) || kid.holdsErrors() {
				return false
			}
		case kid.shape == object && !inside && !reserved && !slices.Contains(mapKeys, low) && isFieldMap(kid, false): // {"lines": {"1": {"n": [...]}}}
		case kid.shape == boolean && inside && knownCode(low):
		case kid.shape == text && inside && !reserved && (!slices.Contains([]string{"code", "type", "status", "id"}, low) || strings.Contains(kid.text, " be ")):
		case kid.shape == object && inside && (isFieldMap(kid, true) || kid.says() != "") && !reserved:
		default:
			return false
		}
	}
	return true
}

// kindKeys are members that list names of fields under the kind of mistake.
var kindKeys = map[string]Kind{
	"missing": Missing, "missing_fields": Missing, "missingfields": Missing, "missing_params": Missing, "missingparameters": Missing, "missing_parameters": Missing,
	"required_fields": Missing, "unknown": Unknown, "unknown_fields": Unknown, "unknownfields": Unknown, "unexpected": Unknown, "unexpected_fields": Unknown,
	"extra_fields": Unknown, "unrecognized": Unknown, "invalid": Value, "invalid_fields": Value, "invalidfields": Value,
}

func (n *Node) holdsNames() bool {
	for _, kid := range n.kids {
		if kid.shape != text || !isName.Matches(kid.text) {
			return false
		}
	}
	return len(n.kids) > 0 && len(n.kids) <= maxSentences
}

func sentences(list *Node) bool {
	for _, kid := range list.kids {
		if kid.shape == text {
			continue
		}
		if kid.shape != object || kid.says() == "" {
			return false
		}
	}
	return true
}

// says is the sentence of an error object, else its code if that is known.
func (n *Node) says() string {
	if s := n.pick(messageKeys, sentenceLike); s != "" {
		return s
	}
	if s := n.pick(messageKeys, knownCode); s != "" {
		return s
	}
	if code := n.code(); knownCode(code) {
		return code
	}
	return ""
}

func knownCode(s string) bool {
	_, ok := codeKind(s)
	return ok
}

// maxOthers bounds the members that are read behind one that says nothing.
const maxOthers = 3

// sentences are what the members for messages hold behind the first of them.
func (n *Node) sentences() []string {
	var out []string
	for _, key := range messageKeys {
		if t := n.Get(key); t != nil && t.shape == text && sentenceLike(t.text) && len(out) <= maxOthers {
			out = append(out, t.text)
		}
	}
	return out[min(1, len(out)):]
}

// holdsErrors reports whether a list is one of error objects that name their fields themselves.
func (n *Node) holdsErrors() bool {
	for _, kid := range n.kids {
		if kid.shape != object {
			return false
		}
		if d := dialectOf(kid); d == nil {
			return false
		}
	}
	return len(n.kids) > 0
}

// countsItems reports whether all keys of an object are indices.
func (n *Node) countsItems() bool {
	for _, key := range n.keys {
		if strings.Trim(key, "0123456789") != "" || key == "" {
			return false
		}
	}
	return len(n.keys) > 0
}

// isNested recognises what Django REST framework answers for a list of objects: an empty object for
// each good item, a map for each bad one.
func isNested(list *Node) bool {
	some := false
	for _, kid := range list.kids {
		if kid.shape != object {
			return false
		}
		if len(kid.kids) > 0 {
			if !isFieldMap(kid, false) {
				return false
			}
			some = true
		}
	}
	return some
}

func (r *reader) fieldMap(n *Node, at []string, outer Place, depth int) {
	if depth > maxDepth {
		return
	}
	unread := slices.ContainsFunc(n.keys, func(k string) bool { return k == "" || strings.HasPrefix(k, "$") })
	for i, key := range n.keys {
		if unread && key != "" && !strings.HasPrefix(key, "$") && n.kids[i].onlySays("field is required.") {
			continue // ASP.NET: the handler's parameter has no value because the body could not be read
		}
		field, in := split(key)
		if slices.Contains(wholeKeys, strings.ToLower(key)) {
			field = nil
		}
		if strings.HasPrefix(key, "_") && len(at) > 0 && knownCode(strings.TrimLeft(key, "_")) {
			field = nil // the name of the rule: {"quantity": {"_required": "..."}}
		}
		if key == "nested" && len(at) == 0 && n.kids[i].shape == object {
			field = nil // Valibot's flattened issues
		}
		if p, ok := placeOf(key); ok && len(at) == 0 && n.kids[i].shape == object {
			field, in = nil, p // {"json": {"quantity": [...]}}
		}
		if in == "" {
			in = outer
		}
		r.fieldMessages(n.kids[i], append(slices.Clip(at), field...), in, depth)
	}
}

func (r *reader) fieldMessages(n *Node, at []string, in Place, depth int) {
	switch n.shape {
	case text:
		r.fieldSentence(n.text, at, in, "")
	case boolean: // {"quantity": {"required": true}}
		if len(at) > 1 && n.text == "true" {
			r.fieldSentence(at[len(at)-1], at[:len(at)-1], in, at[len(at)-1])
		}
	case object:
		if message := n.says(); message != "" {
			before := len(r.found)
			r.fieldSentence(message, at, in, n.code())
			dialectOf(n).amended(n, r.found[before:])
			return
		}
		r.fieldMap(n, at, in, depth+1)
	case aList:
		if len(n.kids) == 1 && n.kids[0].countsItems() {
			r.fieldMap(n.kids[0], at, in, depth+1) // Cerberus: {"lines": [{"1": [{"count": [...]}]}]}
			return
		}
		for i, kid := range n.kids {
			if kid.shape == object && kid.says() == "" {
				r.fieldMap(kid, append(slices.Clip(at), strconv.Itoa(i)), in, depth+1)
				continue
			}
			r.fieldMessages(kid, at, in, depth+1)
		}
	}
}

func (r *reader) fieldSentence(message string, at []string, in Place, code string) {
	before := len(r.found)
	r.sentence(message, at, in, code)
	if len(r.found) == before && len(at) > 0 && message != "" && !notOurs.Matches(message) {
		r.add(Complaint{Kind: Unclear, In: in, Field: at, Text: message, Code: code})
	}
}

// sentence reads one sentence. field is empty unless the server names the field beside it.
func (r *reader) sentence(message string, field []string, in Place, code string) {
	message = strings.TrimSpace(strings.ReplaceAll(withoutDump(message), `\"`, `"`))
	if r.lines(message, field, in, code) {
		return
	}
	if r.left == 0 {
		r.left = maxSentences
	}
	if r.left == 1 || message == "" || r.read > maxRead {
		return
	}
	r.left--
	r.read += min(len(message), maxSentence)
	line := table.Scan(message[:min(len(message), maxSentence)])
	kind, said, names := r.kindOf(line, message, code)
	path, place := pathInText(line, len(names) > 0)
	if kind == Unclear && len(path) == 0 {
		return
	}
	if len(field) == 0 {
		field = path
	} else if name := lastName(path); name != "" && kind == Missing && name != lastName(field) && len(path) > 1 {
		field = path
	}
	c := Complaint{Kind: kind, In: firstPlace(in, place, said, placeInText(line)), Field: field, Text: message, Code: code}
	if s := subject(line); s != "" {
		c.Subject = s
		c.name(s)
	}
	c.name(names...)
	if len(names) > 0 {
		c.Told = len(c.Names)
	}
	if path, ok := graphQL(line); ok && len(path) > 0 {
		c.Field, c.In = path, ""
	}
	c.name(nearNouns(line)...)
	if kind != Unclear {
		c.name(foreignNames(line)...)
	}
	c.name(quotes(line.Text)...)
	if first := leading(message); first != "" && message != code {
		c.name(first)
	}
	if c.Label = label(line); c.Label != "" {
		c.name(c.Label)
	}
	c.Values = append(c.Values, bare(line)...)
	if m, ok := line.Find(jsonSchemaValue); ok && len(c.Field) == 0 && kind != Missing && kind != Unknown {
		c.ofValue(m.Group(line.Text, 1))
	}
	if m, ok := line.Find(ioTS); ok {
		c.ofCodec(line.Text, m.Group(line.Text, 1))
		r.add(c)
		return
	}
	if wholeSubject.Matches(line.Text) && len(field) == 0 {
		c.Names, c.Values, c.Subject = nil, nil, ""
	}
	switch kind {
	case Value:
		c.Expected = expectedIn(line)
	case Syntax:
		c.Line, c.Column = placedAt(line)
	}
	r.add(c)
}

func firstPlace(places ...Place) Place {
	for _, p := range places {
		if p != "" {
			return p
		}
	}
	return ""
}

// name adds words that may be names, or values.
func (c *Complaint) name(candidates ...string) {
	for _, s := range candidates {
		if isName.Matches(s) && !slices.Contains(c.Names, s) {
			c.Names = append(c.Names, s)
		}
		if !slices.Contains(c.Values, s) {
			c.Values = append(c.Values, s)
		}
	}
}

// kindOf reads the kind out of sentence and code. A sentence that is precise
// goes before a code that only says "required" or "invalid".
func (r *reader) kindOf(line pattern.Line, message, code string) (kind Kind, said Place, names []string) {
	if strings.HasPrefix(foldCode(code), "internal") {
		return Unclear, "", nil // the server's own failure
	}
	if sentenceLike(message) {
		kind, said, names = classify(line)
	}
	if k, ok := codeKind(code); ok && kind == Type && limits[foldCode(code)] {
		kind = k // "expected number to be <=50"
	} else if ok && (kind == Unclear || kind == Syntax && k != Missing || k != Value && !((k == Missing || k == Syntax) && precise(kind)) && !strings.Contains(message, "undefined")) {
		kind = k
	}
	if kind == Missing && said == Header && len(names) > 0 && strings.EqualFold(names[0], "Content-Type") {
		kind = MediaTypeMissing
	}
	if kind != Unclear {
		if _, name := codeField(message); name != "" && !strings.Contains(message, " ") && !codeNouns[name] {
			names = append(names, name)
		}
		return kind, said, names
	}
	kind, name := codeField(code)
	if kind == Unclear && !strings.Contains(message, " ") {
		kind, name = codeField(message)
		if k, ok := codeKind(message); ok {
			kind = k
			if codeNouns[name] {
				name = "" // invalid_type is about a type, invalid_email about a field
			}
		}
	}
	if name != "" {
		names = append(names, name)
	}
	return kind, said, names
}

// precise are kinds whose words tell more than a code such as "invalid" or "required" does.
func precise(k Kind) bool {
	switch k {
	case Unknown, Null, Duplicate, BodyMissing, MediaType, MediaTypeMissing, Type:
		return true
	}
	return false
}

func lastName(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}

func (r *reader) add(c Complaint) {
	c.Item = r.item - 1
	r.found = append(r.found, c)
}

// pick returns the text of the first of the members that is there and fits.
func (n *Node) pick(keys []string, fits func(string) bool) string {
	for _, key := range keys {
		t := n.Get(key)
		if t != nil && t.shape == aList && len(t.kids) == 1 {
			t = t.kids[0]
		}
		if t != nil && t.shape == text && fits(t.text) {
			return t.text
		}
	}
	return ""
}

// sentenceLike tells a sentence from a code or an identifier.
func sentenceLike(s string) bool {
	s = strings.TrimSpace(s)
	return strings.ContainsAny(s, " :") || strings.EqualFold(s, "EOF") || eastern.Matches(s)
}

// code returns the first code that the tables know, else the first that looks like one.
func (n *Node) code() string {
	first := ""
	for _, holder := range []*Node{n, n.Get("extensions")} {
		for _, key := range codeKeys {
			t := holder.Get(key)
			if t == nil || t.shape != text || strings.ContainsAny(t.text, " /") {
				continue
			}
			if _, ok := codeKind(t.text); ok {
				return t.text
			}
			if first == "" && key != "status" && t.text != "" {
				first = t.text
			}
		}
	}
	return first
}

// onlySays reports whether a list holds nothing but sentences with that ending.
func (n *Node) onlySays(ending string) bool {
	for _, kid := range n.kids {
		if !strings.HasSuffix(kid.text, ending) {
			return false
		}
	}
	return n.shape == aList
}
