package causes

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("body.syntax", bodySyntax) }

// bodySyntax reads the body itself: the byte at which it stops being JSON or
// XML needs no word of the server.
func bodySyntax(c *Case) []faultline.Finding {
	if f, ok := c.unseenSyntax(); ok {
		return []faultline.Finding{f}
	}
	if !c.Refused() || !c.Unsent() && !c.speaksOfRequest() || c.Exchange.Request.Body.Truncated || c.unread() || c.encoded() {
		return nil
	}
	if _, misread := c.charsetSlip(); misread {
		return nil // the letters are what the parser stumbles over
	}
	switch c.body().format {
	case brokenJSON:
		return []faultline.Finding{c.brokenJSON(c.body().err)}
	case xmlBody:
		return c.brokenXML()
	case jsonBody:
		return c.notTaken()
	case otherBody:
		return c.brokenOther()
	}
	return nil
}

// brokenOther takes the server at its word about a format that is not read here: line protocols, CSV,
// YAML, SPARQL. Who wants JSON says so, and then the type is what is wrong.
func (c *Case) brokenOther() []faultline.Finding {
	if _, wanted := c.wantsJSON(); wanted || c.contentSlip().slug != "" {
		return nil
	}
	for _, b := range c.blamed(words.Syntax, faultline.InBody) {
		return []faultline.Finding{{
			Strength: faultline.Likely,
			At:       faultline.AtBody("", faultline.Span{}),
			Message:  "the server cannot parse the body",
			Brief:    "body not well formed",
			Expected: "a body that is well formed in its format",
			Evidence: []faultline.Evidence{said(b.complaint.Text)},
			Remedy:   faultline.Remedy{Text: "mend the place that the server names; have a library of the format write the body", Applicability: faultline.Guess},
			Retry:    failsAgain,
		}}
	}
	return nil
}

// unseenSyntax is what the server's parser says of a body that was sent, and is not shown: `curl -v` leaves it out.
func (c *Case) unseenSyntax() (faultline.Finding, bool) {
	body := &c.Exchange.Request.Body
	hidden := len(body.Raw) == 0 && (body.Truncated || c.takesBody() && (c.Exchange.Unseen.Any(faultline.UnseenRequestBody) || c.noRequest()))
	if !hidden || c.Status() < 400 || c.RequestType() != "" && !isJSON(c.RequestType()) {
		return faultline.Finding{}, false
	}
	for _, b := range c.blamed(words.Syntax, faultline.InBody) {
		return faultline.Finding{
			Strength: faultline.Likely,
			At:       faultline.AtBody("", faultline.Span{}),
			Message:  "the server cannot parse the body",
			Brief:    "the body does not parse",
			Expected: "a body that is well formed",
			Evidence: []faultline.Evidence{said(b.complaint.Text)},
			Remedy:   faultline.Remedy{Text: "build the body with a JSON library instead of by hand", Applicability: faultline.Guess},
			Notes:    []faultline.Note{{Label: "settle it", Text: "the body as it was sent: `curl --trace-ascii -` shows it"}},
			Retry:    failsAgain,
			Rank:     deeper,
		}, true
	}
	return faultline.Finding{}, false
}

// encoded reports whether the bytes of the body may be something else than they
// look like: a content coding that was not removed, or framing that contradicts itself.
func (c *Case) encoded() bool {
	h := c.Exchange.Request.Header
	coding := strings.ToLower(h.Value("Content-Encoding"))
	return coding != "" && coding != "identity" || h.Has("Transfer-Encoding") && h.Has("Content-Length") || len(h.Values("Content-Length")) > 1
}

// brokenJSON is what the parser says, with all mistakes mended at once.
func (c *Case) brokenJSON(bad *tape.SyntaxError) faultline.Finding {
	f := faultline.Finding{
		Strength: faultline.Proven,
		At:       faultline.AtBody("", bad.Span),
		Message:  "the body is not JSON: " + bad.Message,
		Brief:    bad.Message,
		Expected: bad.Want,
		Found:    bad.Found,
		Caret:    bad.Caret,
		Remedy:   faultline.Remedy{Text: "build the body with a JSON library instead of by hand", Applicability: faultline.Guess},
		Retry:    failsAgain,
		Rank:     deeper,
	}
	if !isJSON(c.RequestType()) {
		f.Strength = faultline.Likely
	}
	for _, b := range c.blamed(words.Syntax, faultline.InBody) {
		f.Evidence = append(f.Evidence, said(b.complaint.Text))
		break
	}
	c.repair(&f)
	return f
}

// maxRepair bounds the bodies that are written anew as a whole.
const maxRepair = 64 << 10

func (c *Case) repair(f *faultline.Finding) {
	body := c.RequestBody()
	if len(body) > maxRepair {
		return
	}
	fixed, mistakes, ok := tape.Repair(body)
	if !ok || len(mistakes) == 0 {
		return
	}
	f.Remedy.Patch = []faultline.Edit{{Op: "replace", Path: "", Value: string(fixed)}}
	keeps := true
	for _, m := range mistakes {
		keeps = keeps && m.Keeps
	}
	first := mistakes[0].Caret
	if first == "" {
		return
	}
	f.Remedy.Text = first
	if len(mistakes) > 1 {
		f.Remedy.Text = fmt.Sprintf("%s, and mend %d more", first, len(mistakes)-1)
	}
	if keeps {
		f.Remedy.Applicability = faultline.Checked
	}
}

// brokenXML reads the body to its end as XML 1.0 asks.
func (c *Case) brokenXML() []faultline.Finding {
	if !isXML(c.RequestType()) {
		return nil
	}
	dec := xml.NewDecoder(bytes.NewReader(c.RequestBody()))
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		_, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return []faultline.Finding{c.xmlFinding(err, int(dec.InputOffset()))}
		}
	}
	// RawToken does not compare the tags; Token does.
	dec = xml.NewDecoder(bytes.NewReader(c.RequestBody()))
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		_, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return []faultline.Finding{c.xmlFinding(err, int(dec.InputOffset()))}
		}
	}
}

func (c *Case) xmlFinding(err error, offset int) faultline.Finding {
	offset = min(offset, len(c.RequestBody()))
	text := strings.TrimPrefix(err.Error(), "XML syntax error on line ")
	if _, after, ok := strings.Cut(text, ": "); ok {
		text = after
	}
	return faultline.Finding{
		Strength: faultline.Proven,
		At:       faultline.AtBody("", c.placed(faultline.Span{Start: max(0, offset-1), End: offset})),
		Message:  "the body is not well formed XML: " + text,
		Brief:    "XML: " + text,
		Expected: "well formed XML",
		Remedy:   faultline.Remedy{Text: "build the body with an XML library instead of by hand", Applicability: faultline.Guess},
		Retry:    failsAgain,
		Rank:     deeper,
	}
}

// notTaken is JSON that is well formed and that the server cannot parse all the
// same: a document in another language inside it, or a bare value.
func (c *Case) notTaken() []faultline.Finding {
	said := c.blamed(words.Syntax, faultline.InBody)
	if len(said) == 0 {
		return nil
	}
	f := c.saidFinding(said[0])
	f.Strength = faultline.Likely
	if doc := findHead(c.body().fields(), []string{"query"}); doc != nil && doc.kind == "string" && (c.BodySays("graphql", "syntax error") || strings.Contains(strings.ToLower(c.Exchange.Request.Path()), "graphql")) {
		f.At = doc.at()
		f.At.Span = c.placed(f.At.Span)
		f.Message, f.Brief = "the GraphQL document does not parse", "GraphQL syntax"
		f.Expected, f.Found = "a GraphQL document", "`"+short(doc.text)+"`"
		f.Remedy = faultline.Remedy{Text: "mend the document where the server's message points to", Applicability: faultline.Guess}
		return []faultline.Finding{f}
	}
	root := &c.body().fields()[0]
	if root.kind == "object" || root.kind == "array" {
		return nil // well formed: the server means something else
	}
	f.At = faultline.AtBody("", c.placed(root.span))
	f.Message = "the body is a bare " + root.kind + ", and the server takes objects and arrays only"
	f.Brief, f.Expected, f.Found = "a bare "+root.kind, "an object or an array", root.shown()
	f.Remedy = faultline.Remedy{Text: "put the value into an object", Applicability: faultline.Guess}
	return []faultline.Finding{f}
}
