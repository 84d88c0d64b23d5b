package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/pattern"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

// A contentSlip is a Content-Type that keeps the server from reading the body.
// What the server then says about the body's fields is only a consequence.
type contentSlip struct {
	slug     faultline.Slug // of the content family; empty: none
	strength faultline.Strength
	text     string              // the server's words that say so, if any
	by       *contract.Violation // if the contract says so
	ignored  string              // a field that was sent and that the server calls missing
}

// unread reports whether the server did not read the body for its Content-Type.
func (c *Case) unread() bool {
	s := c.contentSlip()
	return s.slug != "" && s.strength >= faultline.Likely
}

func (c *Case) contentSlip() contentSlip {
	return c.known.content.get(func() contentSlip {
		if c.Exchange.Request.Body.Empty() || !c.Refused() {
			return contentSlip{}
		}
		if s := c.contentByContract(); s.slug != "" {
			return s
		}
		if !c.Unsent() && !c.speaksOfRequest() {
			return contentSlip{}
		}
		if coding := strings.ToLower(c.Exchange.Request.Header.Value("Content-Encoding")); coding != "" && coding != "identity" {
			return contentSlip{} // RFC 9110, section 15.5.16: 415 may be about the coding as well
		}
		if !c.Exchange.Request.Header.Has("Content-Type") {
			return c.untyped()
		}
		return c.wrongType()
	})
}

func (c *Case) contentByContract() contentSlip {
	for _, kind := range []contract.Kind{contract.MediaTypeMissing, contract.MediaType} {
		for i := range c.Violations {
			v := &c.Violations[i]
			if v.Kind != kind || v.At.Side != faultline.RequestSide {
				continue
			}
			slug := faultline.Slug("content.type-unsupported")
			if kind == contract.MediaTypeMissing {
				slug = "content.type-missing"
			}
			return contentSlip{slug: slug, strength: faultline.Proven, by: v}
		}
	}
	return contentSlip{}
}

// typeWords is the first complaint about the media type, if there is one.
func (c *Case) typeWords() (text string, ok bool) {
	for _, b := range c.blames() {
		if b.kind == words.MediaType || b.kind == words.MediaTypeMissing {
			return b.complaint.Text, true
		}
	}
	return "", false
}

// ignoredField is a field that the body has and the server calls missing. Go's
// "required" counts zero, false and "" as missing, so those say nothing.
func (c *Case) ignoredField() (name, text string) {
	for _, b := range c.blames() {
		if b.field != nil && b.field.in == faultline.InBody && b.kind == words.Type && b.isWanted() {
			return b.name, b.complaint.Text
		}
		if b.field == nil || b.field.in != faultline.InBody || b.complaint.Kind != words.Missing && !(b.kind == words.Value && saysAny(strings.ToLower(b.complaint.Text), "be blank", "be empty", "is empty")) {
			continue
		}
		if b.field.kind == "null" {
			continue
		}
		switch strings.TrimSpace(b.field.text) {
		case "0", "false", "":
			if b.field.kind != "object" && b.field.kind != "array" {
				continue
			}
		}
		return b.name, b.complaint.Text
	}
	return "", ""
}

var mustBe = pattern.New(`(?i)(?:must|should|has to) be (?:an? )?(?:of type )?["'` + "`" + `]?(string|boolean|array|object|number|integer)\b`)

// isWanted reports whether a JSON value has the type that the server asks for all the same.
func (b *blame) isWanted() bool {
	text := short(b.complaint.Text)
	m, ok := mustBe.Find(text)
	if !ok || len(b.field.steps) == 0 {
		return false
	}
	switch want := strings.ToLower(m.Group(text, 1)); want {
	case "integer":
		return b.field.kind == "number" && !strings.ContainsAny(b.field.text, ".eE")
	default:
		return b.field.kind == want
	}
}

// untyped is a body without a Content-Type (RFC 9110, section 8.3): most
// servers then read nothing of it.
func (c *Case) untyped() contentSlip {
	s := contentSlip{slug: "content.type-missing", strength: faultline.Possible}
	text, told := c.typeWords()
	ignored, complaint := c.ignoredField()
	switch {
	case c.Unsent(), c.quotesBody():
		return contentSlip{}
	case c.Status() == 415, told:
		s.strength, s.text = faultline.Proven, text
	case ignored != "":
		s.strength, s.text, s.ignored = faultline.Likely, complaint, ignored
	case c.Status() == 500 || c.Status() == 501:
		if !c.BodySays("undefined", "destructure", "nonetype", "null", "is not iterable", "of nil") {
			return contentSlip{}
		}
		s.strength = faultline.Likely
	case c.saysRootType():
		s.strength = faultline.Likely
	case len(c.blames()) == 0 && c.Status() < 500 && len(c.Said()) < 200:
		s.strength = faultline.Possible // a bare refusal
	default:
		return contentSlip{}
	}
	return s
}

// quotesBody reports whether the answer repeats how a body begins that is neither JSON nor a form: then
// the server has read it for what it is.
func (c *Case) quotesBody() bool {
	if c.body().format != otherBody {
		return false
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(c.RequestBody()[:min(len(c.RequestBody()), 200)])), "\n")
	line = strings.ToLower(line[:min(len(line), 24)])
	return len(line) >= 6 && strings.Contains(c.Said(), line)
}

// saysRootType reports whether the server calls the body as a whole a wrong
// type, unreadable or absent, although there is one.
func (c *Case) saysRootType() bool {
	for _, b := range c.blames() {
		switch b.kind {
		case words.BodyMissing, words.Syntax:
			return true
		case words.Type, words.Missing:
			if b.in == faultline.InBody && b.at.Pointer == "" {
				return true
			}
		}
	}
	return false
}

// wrongType is a body under another Content-Type than its bytes or the server want.
func (c *Case) wrongType() contentSlip {
	text, told := c.typeWords()
	ignored, complaint := c.ignoredField()
	mediaType, format := c.RequestType(), c.body().format
	switch {
	case c.Unsent():
		return c.mismatch(mediaType, format)
	case strings.HasPrefix(mediaType, "multipart/") && c.BodySays("boundary"):
		return contentSlip{}
	case c.Status() == 415 && c.BodySays("unsupported charset", "charset is not", "invalid charset", "unknown charset", "charset not supported"):
		return contentSlip{}
	case c.Status() == 415:
		return contentSlip{slug: "content.type-unsupported", strength: faultline.Proven, text: text}
	case told && !(isJSON(mediaType) && (format == brokenJSON || format == otherBody)):
		return contentSlip{slug: "content.type-unsupported", strength: faultline.Likely, text: text}
	}
	if s := c.mismatch(mediaType, format); s.slug != "" {
		return s
	}
	if text, ok := c.wantsJSON(); ok && !isJSON(mediaType) && (format == formBody || format == multipartBody || format == xmlBody || format == otherBody) {
		return contentSlip{slug: "content.type-unsupported", strength: faultline.Likely, text: text}
	}
	switch {
	case ignored != "" && (mediaType != "application/json" || saysAny(strings.ToLower(complaint), "required", "missing", "mandatory", "must contain", "must include", "must have", "not provided", "not supplied", "not present", "not specified")):
		return contentSlip{slug: "content.type-unsupported", strength: faultline.Likely, text: complaint, ignored: ignored}
	case mediaType == "text/plain" && (format == jsonBody || format == brokenJSON) && (c.saysRootType() || c.Status() == 422 && c.bareRefusal() && len(c.blames()) == 0),
		isXML(mediaType) && format == xmlBody && c.saysRootType() && c.ResponseType() != "" && !isXML(c.ResponseType()):
		return contentSlip{slug: "content.type-unsupported", strength: faultline.Likely}
	case (mediaType == "text/plain" && format == jsonBody || isXML(mediaType) && format == xmlBody) && c.Status() == 400 && len(c.blames()) == 0:
		return contentSlip{slug: "content.type-unsupported", strength: faultline.Possible} // a refusal without a word
	}
	return contentSlip{}
}

// wantsJSON reports whether the server failed to read the body as JSON.
func (c *Case) wantsJSON() (text string, ok bool) {
	for _, b := range c.blamed(words.Syntax, faultline.InBody) {
		if saysAny(strings.ToLower(b.complaint.Text), "json", "looking for beginning of value", "expecting value", "expected value at line", "unexpected token") {
			return b.complaint.Text, true
		}
	}
	return "", false
}

// mismatch holds the Content-Type against the bytes.
func (c *Case) mismatch(mediaType string, format bodyFormat) contentSlip {
	if c.Exchange.Request.Body.Truncated {
		return contentSlip{}
	}
	structured := format == jsonBody && c.body().tape.Tokens[0].Kind.String() != "string" || format == brokenJSON
	switch {
	case isJSON(mediaType) && (format == formBody || format == multipartBody || format == xmlBody):
	case mediaType == formType && (structured || format == xmlBody || format == multipartBody):
	case isXML(mediaType) && (structured || format == formBody):
	case strings.HasPrefix(mediaType, "multipart/") && structured:
	default:
		return contentSlip{}
	}
	return contentSlip{slug: "content.type-mismatch", strength: faultline.Proven}
}

// formatNames are the formats in words, and the media type of each.
var formatNames = map[bodyFormat][2]string{
	jsonBody:      {"JSON", "application/json"},
	brokenJSON:    {"JSON", "application/json"},
	formBody:      {"a form", formType},
	multipartBody: {"a multipart form", "multipart/form-data"},
	xmlBody:       {"XML", "application/xml"},
	otherBody:     {"text", "text/plain"},
}

// contentFinding is what the three rules of the family share.
func (c *Case) contentFinding(s contentSlip) faultline.Finding {
	at := faultline.AtHeader("Content-Type")
	value, sent := c.Exchange.Request.Header.Get("Content-Type")
	at.Span = faultline.Span{End: len(value)}
	f := faultline.Finding{Strength: s.strength, At: at, Retry: failsAgain, Rank: deeper}
	if s.by != nil {
		f.Message, f.Expected, f.Found, f.Source, f.Detail = s.by.Message, s.by.Want, s.by.Found, s.by.Source, s.by.Detail
	}
	if sent && f.Found == "" {
		f.Found = value
	}
	if s.text != "" {
		f.Evidence = append(f.Evidence, said(s.text))
	}
	if s.ignored != "" {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "but", Lines: []faultline.Line{{
			Text: "`" + s.ignored + "` stands in the body: the server did not read it",
		}}})
	}
	return f
}

// deeper is the rank of a finding that explains others of its strength.
const deeper = 50

// setType is the edit that sends another Content-Type.
func (c *Case) setType(mediaType string) []faultline.Edit {
	op := "add"
	if c.Exchange.Request.Header.Has("Content-Type") {
		op = "replace"
	}
	return []faultline.Edit{{Op: op, In: faultline.InHeader, Name: "Content-Type", Value: mediaType}}
}

var mediaTypeText = pattern.New(`(?:application|multipart|text)/[a-z0-9.+-]+`)

// wantedTypes are the media types that contract or answer say are taken.
func (c *Case) wantedTypes() []string {
	if c.Match.Operation != nil {
		if types := c.Match.Operation.MediaTypes(); len(types) > 0 {
			return types
		}
	}
	if c.Exchange.Response == nil {
		return nil
	}
	// RFC 9110, section 12.5.1: an Accept in a 415 says what the server would take.
	var out []string
	for _, name := range []string{"Accept", "Accept-Post", "Accept-Patch"} {
		for _, v := range c.Exchange.Response.Header.Values(name) {
			for t := range strings.SplitSeq(v, ",") {
				t, _, _ = strings.Cut(t, ";")
				if t = strings.ToLower(strings.TrimSpace(t)); t != "" && !strings.Contains(t, "*") {
					out = append(out, t)
				}
			}
		}
	}
	text, _ := c.typeWords()
	text = strings.ToLower(text)
	for _, m := range mediaTypeText.All(text, 4) {
		if named := m.Group(text, 0); named != c.RequestType() {
			out = append(out, named)
		}
	}
	return out
}
