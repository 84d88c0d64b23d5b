package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("content.not-acceptable", notAcceptable) }

// notAcceptable finds an Accept that no answer fits: the contract says so, or
// the status does, which RFC 9110, section 15.5.7, defines for it. A server may
// answer all the same, so that a success speaks against it.
func notAcceptable(c *Case) []faultline.Finding {
	if !c.Refused() {
		return nil
	}
	accept := c.Exchange.Request.Header.Value("Accept")
	if list := c.Violated(contract.NotAcceptable, faultline.InHeader); len(list) > 0 {
		f := c.asFinding(list[0])
		f.Brief = "Accept: " + short(accept)
		if !c.Unsent() && c.Status() != 406 {
			f.Strength = faultline.Possible // most servers answer in what they have
		}
		c.accept(&f, c.Match.Operation.AnswerTypes())
		return []faultline.Finding{f}
	}
	told := c.Status() >= 400 && c.Status() < 500 && c.says(saysAccept)
	if c.Status() != 406 && !told || c.complainsOfType() && !told {
		return nil
	}
	if other, value := c.otherAccept(accept); other != "" {
		return []faultline.Finding{c.otherAcceptFinding(other, value)}
	}
	if f, ok := c.formatAsked(); ok {
		return []faultline.Finding{f}
	}
	if accept == "" || strings.Contains(accept, "*/*") && !told {
		return nil
	}
	at := faultline.AtHeader("Accept")
	at.Span = faultline.Span{End: len(accept)}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  "the server has no answer of a type that `Accept` takes",
		Brief:    "Accept: " + short(accept),
		Expected: "a media type that the API answers with, usually `application/json`",
		Found:    fmt.Sprintf("%q", short(accept)),
		Retry:    failsAgain,
	}
	c.accept(&f, nil)
	return []faultline.Finding{f}
}

// saysAccept is what servers say of Accept with statuses other than 406, GitHub with 415 among them.
var saysAccept = topic("accept",
	"unsupported 'accept' header", "unsupported accept header", "must accept", "accept header ~ not supported", "accept header ~ invalid", "accept header ~ unsupported", "invalid accept header", "not acceptable", "no acceptable representation", "could not find acceptable representation", "could not satisfy the request accept header", "none of the requested formats", "acceptable content types", "acceptable media types", "client must accept", "not acceptable: client must accept", "http media type not acceptable*",
	"httpmediatypenotacceptable*", "unable to serve any of the requested", "cannot produce a response matching", "requested media type", "requested representation")

// otherAccept is the field beside Accept that excludes every answer: the one that the server speaks of,
// or the only one that is left (RFC 9110, section 12.5).
func (c *Case) otherAccept(accept string) (name, value string) {
	open := accept == "" || strings.Contains(accept, "*/*")
	for _, field := range []struct{ name, word string }{{"Accept-Language", "language"}, {"Accept-Encoding", "encoding"}, {"Accept-Charset", "charset"}} {
		value, sent := c.Exchange.Request.Header.Get(field.name)
		if !sent || value == "" || strings.Contains(value, "*") && !strings.Contains(value, "*;q=0") {
			continue
		}
		// Every client sends Accept-Encoding: it is to blame only if it refuses the plain bytes.
		refuses := field.name != "Accept-Encoding" || strings.Contains(value, "q=0")
		if c.BodySays(field.word) || open && refuses {
			return field.name, value
		}
	}
	return "", ""
}

func (c *Case) otherAcceptFinding(name, value string) faultline.Finding {
	at := faultline.AtHeader(name)
	at.Span = faultline.Span{End: len(value)}
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  "the server has no answer that `" + name + "` takes",
		Brief:    name + ": " + short(value),
		Expected: "a value that leaves the server a choice",
		Found:    fmt.Sprintf("%q", short(value)),
		Evidence: c.serverWords(),
		Remedy: faultline.Remedy{
			Text: "drop `" + name + "`, or let it end with `*`", Applicability: faultline.Guess,
			Patch: []faultline.Edit{{Op: "remove", In: faultline.InHeader, Name: name}},
		},
		Retry: failsAgain,
	}
}

// complainsOfType reports whether the server speaks of the request's own media
// type: some answer 406 to it.
func (c *Case) complainsOfType() bool {
	for _, b := range c.blames() {
		if b.kind == words.MediaType || b.kind == words.MediaTypeMissing {
			return true
		}
	}
	return c.BodySays("content-type", "content type")
}

// accept offers the declared type; whether the client can read it is for its
// author to say.
func (c *Case) accept(f *faultline.Finding, types []string) {
	want, text := "*/*", "accept every type, or the one that the API answers with"
	if len(types) > 0 && !strings.Contains(types[0], "*") {
		want, text = types[0], "send `Accept: "+types[0]+"`"
	}
	f.Remedy = faultline.Remedy{
		Text: text, Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "replace", In: faultline.InHeader, Name: "Accept", Value: want}},
	}
}

// formatAsked: some APIs take the format of the answer from a parameter (Drupal's _format, Solr's wt, ArcGIS's f), and
// refuse one that they do not have with 406 as well.
func (c *Case) formatAsked() (faultline.Finding, bool) {
	query := c.queryFields()
	for i := range query[:min(len(query), maxMentioned)] {
		q := &query[i]
		switch strings.ToLower(q.name()) {
		case "_format", "format", "output", "alt", "wt", "f", "outputformat", "$format", "fmt", "_mediatype":
		default:
			continue
		}
		return faultline.Finding{
			Strength: faultline.Likely,
			At:       q.at(),
			Message:  fmt.Sprintf("the server has no answer in the format that `%s` asks for", short(q.name())),
			Brief:    "no format " + short(q.text),
			Expected: "a format that the API answers in, usually `json`",
			Found:    "`" + short(q.text) + "`",
			Evidence: c.serverWords(),
			Remedy:   faultline.Remedy{Text: "ask for a format that the API documents", Applicability: faultline.Guess},
			Retry:    failsAgain,
		}, true
	}
	return faultline.Finding{}, false
}
