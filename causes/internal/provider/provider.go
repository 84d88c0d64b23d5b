// Package provider knows the error codes of APIs, and which cause each of them
// stands for: what "insufficient_quota" means, and what 190 means at Meta and
// 20429 at Twilio. An API is one file of data.
package provider

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// An API is a provider, or a kind of server, whose own error codes are known.
type API struct {
	name  string
	known sign // tells its answers from others with the same codes; nil: the codes are unmistakable
	loose bool // the codes are names that many systems use: they weigh less than those of one provider
	means []meaning
	hides []string // parts of paths whose things are "not found" to who sends no credential, as documented
}

// A meaning says which cause some codes of an API stand for.
type meaning struct {
	cause faultline.Slug
	at    string // the place: "header:If-Match", "query:key", "path", "/pointer/into/body"; empty: the rule finds it
	codes string // in lower case, between spaces; a number is bound to its member: code:20429
}

// all are the APIs that are known. Order matters only where two claim a code.
var all = []*API{
	&adyen, &airtable, &anthropic, &atlassian, &auth0, &aws, &azure, &box, &binance, &braintree, &bybit, &cloudflare, &couchdb, &database, &datadog, &discord, &docusign,
	&dropbox, &elasticsearch, &microsoftEntra, &firebase, &github, &gitlab, &google, &hasura, &hubspot, &intercom, &kubernetes, &kucoin, &linkedin, &mastodon,
	&matrix, &meta, &mongodb, &notion, &npm, &odata, &okta, &okx, &openai, &pagerduty, &paypal, &plaid, &postgrest, &quickbooks, &reddit, &registry,
	&salesforce, &shopify, &slack, &soap, &spotify, &square, &stripe, &telegram, &trello, &twilio, &twitter, &woocommerce, &wordpress, &zendesk,
	&zoom,
	&grpc, &graphql, &common, // what many systems say comes last
}

// An Answer is what codes are looked for in.
type Answer struct {
	Exchange *faultline.Exchange // with a response
	Doc      *words.Node         // its body; nil if that is no document
	Says     func(texts ...string) bool
}

// A Naming is an API's own code, and the cause that it names.
type Naming struct {
	Cause faultline.Slug
	At    string // where, as in a table; empty: the rule finds it
	Code  words.Code
	By    string // name of the API; empty if many use the code
	Loose bool   // many systems use the code: it weighs less
}

type codeKey struct{ member, text string }

type codeEntry struct {
	api     *API
	meaning *meaning
}

// index leads from a code to all who use it.
var index = indexCodes(all)

func indexCodes(apis []*API) map[codeKey][]codeEntry {
	out := map[codeKey][]codeEntry{}
	for _, p := range apis {
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

// Namings are the codes of an answer that are known, without those of APIs that
// did not answer.
func Namings(a *Answer) []Naming {
	codes := words.Codes(a.Doc)
	for _, f := range codeFields {
		if v, sent := a.Exchange.Response.Header.Get(f); sent {
			if code, ok := words.CodeOf(strings.ToLower(f), v); ok {
				codes = append(codes, code)
			}
		}
	}
	var out []Naming
	for _, code := range codes {
		out = a.meanings(out, code, codeKey{code.Member, code.Text})
		if !code.Number {
			out = a.meanings(out, code, codeKey{text: code.Text})
		}
	}
	return out
}

// meanings adds what a code means to those who may have answered.
func (a *Answer) meanings(out []Naming, code words.Code, key codeKey) []Naming {
	for _, e := range index[key] {
		if e.api.known == nil || e.api.known(a) {
			out = append(out, Naming{Cause: e.meaning.cause, At: e.meaning.at, Code: code, By: e.api.name, Loose: e.api.loose})
		}
	}
	return out
}

// Hides reports whether an API answered that says "not found" of what strangers
// may not see, at a path where it does so.
func Hides(a *Answer) bool {
	for _, p := range all {
		if p.hides != nil && p.known(a) && pathHas(p.hides...)(a) {
			return true
		}
	}
	return false
}
