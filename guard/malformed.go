package guard

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/internal/wire"
)

// BeginMalformed begins a call whose head cannot be read as HTTP, and refuses it.
func (g *Guard) BeginMalformed(ex *faultline.Exchange, err *wire.Error) (*Call, *Refusal) {
	c := new(Call)
	return c, g.StartMalformed(c, ex, err)
}

// StartMalformed is BeginMalformed with a Call that is new or has ended.
func (g *Guard) StartMalformed(c *Call, ex *faultline.Exchange, err *wire.Error) *Refusal {
	g.take(c, ex)
	return c.Malformed(err)
}

// Malformed is the refusal for a request that is no HTTP from some byte on.
// That is a diagnosis too: the protocol says what is wrong, and the reader where.
func (c *Call) Malformed(err *wire.Error) *Refusal {
	r := c.Refuse(err.Status, "The request is not well-formed HTTP", err.Error())
	m, ok := malformed[err.Topic]
	if err.Fault != nil && err.Fault.Cause != m.slug {
		// The catalogue decides: a fault of a cause that has no page is told in its own words.
		_, ok = causes.Lookup(err.Fault.Cause)
		m.slug = err.Fault.Cause
	}
	c.request, c.malformed = notHTTP, string(m.slug)
	if !ok {
		c.malformed = "other"
		c.d.Looked = []string{err.Error()}
		return r
	}
	where := fmt.Sprintf("line %d of the head, byte %d", err.Line, err.Offset)
	if err.InBody {
		where = fmt.Sprintf("byte %d of the body as it travelled", err.Offset)
	}
	f := faultline.Finding{
		Cause: faultline.Cause{Slug: m.slug, Party: faultline.Client, Title: m.title}, Strength: faultline.Proven,
		At: faultline.Location{In: m.in}, Message: err.Reason,
		Evidence: []faultline.Evidence{{Kind: faultline.Fact, Title: "where", Lines: []faultline.Line{{Text: where}}}},
		Remedy:   faultline.Remedy{Text: m.fix, Applicability: faultline.Guess},
		Retry:    "as sent it fails every time",
	}
	if rule, ok := causes.Lookup(m.slug); ok {
		f.Cause = rule.Cause
	}
	if err.Fault != nil {
		f.Remedy.Text = err.Fault.Fix
	}
	c.d.Findings = []faultline.Finding{f}
	c.d.Fingerprint = c.fingerprint(&f)
	return r
}

// mistake is the cause that a malformed message has, by what the mistake is about.
type mistake struct {
	slug       faultline.Slug
	title, fix string
	in         faultline.Part
}

// malformed leaves out mistakes of the message as such, garbage among them:
// no cause of the catalogue says more than the reader's own words.
var malformed = map[wire.Topic]mistake{
	wire.OtherProtocol: {"tls.plain-http-to-https", "TLS was spoken to a plain port", "begin the address with http://", faultline.InConnection},
	wire.Version:       {"protocol.version", "The version of HTTP is not supported here", "send HTTP/1.1", faultline.InTarget},
	wire.Target:        {"url.syntax", "The request target is not well formed", "percent-encode what the target holds", faultline.InTarget},
	wire.Field:         {"header.invalid", "A header field is not well formed", "write the field as name, colon and value on one line", faultline.InHeader},
	wire.BodyLength:    {"content.length-mismatch", "The length of the body is unclear", "send exactly one of Content-Length and Transfer-Encoding, and as many bytes as they say", faultline.InHeader},
	wire.TooLong:       {"url.too-long", "The request target is too long", "send the data in a body instead of the query", faultline.InTarget},
	wire.TooLarge:      {"header.too-large", "The header is too large", "send fewer or smaller fields: cookies are the usual reason", faultline.InHeader},
}

// ownMistake finds a mistake by its slug, for the pages of those that the
// catalogue lacks.
func ownMistake(slug faultline.Slug) (mistake, bool) {
	for _, m := range malformed {
		if m.slug == slug {
			return m, true
		}
	}
	return mistake{}, false
}
