package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// A provider is an API, or a kind of server, whose own error codes are known.
// Each has a file of its own, provider_NAME.go, and a line in providers.
type provider struct {
	name  string
	known sign // tells its answers from others with the same codes; nil: the codes are unmistakable
	loose bool // the codes are names that many systems use: they weigh less than those of one provider
	means []meaning
}

// A meaning says which cause some codes of a provider stand for.
type meaning struct {
	cause faultline.Slug
	at    string // the place, as placeNamed reads it; empty: the rule finds it
	codes string // in lower case, between spaces; a number is bound to its member: code:20429
}

// providers are all that are known. Order matters only where two claim a code.
var providers = []*provider{
	&adyen, &airtable, &anthropic, &atlassian, &auth0, &aws, &azure, &box, &binance, &braintree, &bybit, &cloudflare, &couchdb, &database, &datadog, &discord, &docusign,
	&dropbox, &elasticsearch, &microsoftEntra, &firebase, &github, &gitlab, &google, &hasura, &hubspot, &intercom, &kubernetes, &kucoin, &linkedin, &mastodon,
	&matrix, &meta, &mongodb, &notion, &npm, &odata, &okta, &okx, &openai, &pagerduty, &paypal, &plaid, &postgrest, &quickbooks, &reddit, &registry,
	&salesforce, &shopify, &slack, &soap, &spotify, &square, &stripe, &telegram, &trello, &twilio, &twitter, &woocommerce, &wordpress, &zendesk,
	&zoom,
	&grpc, &graphql, &common, // what many systems say comes last
}

// A naming is a provider's own code that says which cause it was.
type naming struct {
	provider *provider
	meaning  *meaning
	code     words.Code
}

type codeKey struct{ member, text string }

type codeEntry struct {
	provider *provider
	meaning  *meaning
}

// codeIndex leads from a code to all who use it.
var codeIndex = indexCodes(providers)

func indexCodes(all []*provider) map[codeKey][]codeEntry {
	out := map[codeKey][]codeEntry{}
	for _, p := range all {
		for i := range p.means {
			m := &p.means[i]
			for code := range strings.FieldsSeq(m.codes) {
				key := codeKey{text: code}
				if member, number, bound := strings.Cut(code, ":"); bound {
					key = codeKey{member, number}
				}
				out[key] = append(out[key], codeEntry{p, m})
			}
		}
	}
	return out
}

// codeFields are the header fields that hold a code.
var codeFields = []string{"X-Amzn-ErrorType", "X-Ms-Error-Code", "X-Error-Code", "Grpc-Status", "X-Sap-Error-Code"}

// namings are the codes of the answer that are known, without those of providers that did not answer.
func (c *Case) namings() []naming {
	return c.known.namings.get(func() []naming {
		if c.Exchange.Response == nil || c.Status() < 400 && !c.ErrorInside() {
			return nil
		}
		codes := words.Codes(c.answer())
		for _, f := range codeFields {
			if v, sent := c.Exchange.Response.Header.Get(f); sent {
				if code, ok := words.CodeOf(strings.ToLower(f), v); ok {
					codes = append(codes, code)
				}
			}
		}
		var out []naming
		for _, code := range codes {
			out = c.meanings(out, code, codeKey{code.Member, code.Text})
			if !code.Number {
				out = c.meanings(out, code, codeKey{text: code.Text})
			}
		}
		return out
	})
}

// meanings adds what a code means to those who may have answered.
func (c *Case) meanings(out []naming, code words.Code, key codeKey) []naming {
	for _, e := range codeIndex[key] {
		if e.provider.known == nil || e.provider.known(c) {
			out = append(out, naming{e.provider, e.meaning, code})
		}
	}
	return out
}

// named returns the code by which the provider itself names the cause. Of names
// that many systems use the first counts, and only where no code of one provider is there.
func (c *Case) named(cause faultline.Slug) (naming, bool) {
	all := c.namings()
	for _, n := range all {
		if !n.provider.loose && n.meaning.cause == cause {
			return n, true
		}
	}
	for _, n := range all {
		if !n.provider.loose {
			return naming{}, false
		}
	}
	if len(all) > 0 && all[0].meaning.cause == cause {
		return all[0], true
	}
	return naming{}, false
}

// namedOther reports whether a code of the provider names other causes, and not this one.
func (c *Case) namedOther(causes ...faultline.Slug) bool {
	other := false
	for _, n := range c.namings() {
		if n.provider.loose {
			continue
		}
		other = true
		if slices.Contains(causes, n.meaning.cause) {
			return false
		}
	}
	return other
}

// strength is what a code proves: that of one provider is documented to mean just this.
func (n *naming) strength() faultline.Strength {
	if n.provider.loose {
		return faultline.Likely
	}
	return faultline.Proven
}

// evidence is the code as a line.
func (n *naming) evidence() faultline.Evidence {
	text := "`" + short(n.code.Text) + "`"
	if n.code.Number {
		text = "`" + n.code.Member + " " + n.code.Text + "`"
	}
	if n.provider.name != "" {
		text += ", a code of " + n.provider.name
	}
	return faultline.Evidence{Kind: faultline.Fact, Title: "named", Lines: []faultline.Line{{Text: text}}}
}

// place is where the meaning says, else the one that the rule found.
func (n *naming) place(found faultline.Location) faultline.Location {
	if n.meaning == nil || n.meaning.at == "" {
		return found
	}
	return placeNamed(n.meaning.at)
}

// placeNamed reads a place: "header:If-Match", "query:key", "path", "/pointer/into/body".
func placeNamed(at string) faultline.Location {
	kind, name, _ := strings.Cut(at, ":")
	switch kind {
	case "header":
		return faultline.AtHeader(name)
	case "query":
		return faultline.AtQuery(name)
	case "path":
		return faultline.AtPath("")
	case "status":
		return faultline.AtStatus()
	}
	return faultline.AtBody(at, faultline.Span{})
}
