package causes

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// pkceProof computes the challenge of the verifier (RFC 7636, section 4.6).
func pkceProof(c *Case, f *flow) (flowProof, bool) {
	if f.authorize == nil || !c.sendsParam("code") {
		return flowProof{}, false
	}
	challenge, method := f.authorize.get("code_challenge"), f.authorize.get("code_challenge_method")
	verifier, sent := c.oauthParam("code_verifier")
	p := flowProof{slug: "oauth.pkce", param: "code_verifier", want: "the verifier whose " + firstText(method, "plain") + " challenge was sent with the authorisation request", found: secretShown(verifier.text)}
	switch computed := challengeOf(verifier.text, method); {
	case challenge == "" && sent && verifier.text != "" && f.authorize.get("response_type") != "":
		p.message, p.brief = "the token request has a `code_verifier`, and the authorisation request had no `code_challenge`", "no challenge was sent"
		p.param, p.remedy = "code_verifier", "send `code_challenge` and `code_challenge_method=S256` with the authorisation request"
	case challenge == "":
		return flowProof{}, false
	case !sent || verifier.text == "":
		p.message, p.brief = "the authorisation request had a `code_challenge`, and the token request has no `code_verifier`", "no verifier"
		p.remedy = "send the verifier from which the challenge was made"
	case computed == challenge:
		return flowProof{}, false
	default:
		p.message, p.brief = "the challenge of `code_verifier` is not the `code_challenge` of the authorisation request: "+whyOther(verifier.text, challenge, method), "does not fit the challenge"
		p.remedy = "keep the verifier with the login that it was made for, and make the challenge as BASE64URL(SHA256(verifier)) without padding"
	}
	return p, true
}

func challengeOf(verifier, method string) string {
	if method == "S256" {
		sum := sha256.Sum256([]byte(verifier))
		return base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return verifier
}

// whyOther tries the mistakes that are made with challenges.
func whyOther(verifier, challenge, method string) string {
	sum := sha256.Sum256([]byte(verifier))
	switch challenge {
	case verifier:
		return "the verifier itself was sent as challenge, under the method S256"
	case base64.RawURLEncoding.EncodeToString(sum[:]):
		return "it was hashed, and the method says `" + short(firstText(method, "plain")) + "`"
	case base64.StdEncoding.EncodeToString(sum[:]), base64.URLEncoding.EncodeToString(sum[:]), base64.RawStdEncoding.EncodeToString(sum[:]):
		return "the hash was written in another base64 than base64url without padding"
	case fmt.Sprintf("%x", sum), base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%x", sum)):
		return "the hash was written in hex first"
	}
	if len(verifier) < 43 || len(verifier) > 128 {
		return fmt.Sprintf("and it has %d characters, where 43 to 128 are allowed", len(verifier))
	}
	return "it belongs to another login"
}

// codeProof: codes are good once, for one client and for minutes (RFC 6749,
// sections 4.1.2 and 10.5).
func codeProof(c *Case, f *flow) (flowProof, bool) {
	code, sent := c.oauthParam("code")
	if !sent || code.text == "" {
		return flowProof{}, false
	}
	p := flowProof{slug: "oauth.invalid-grant", param: "code", want: "a code that is fresh and unused", found: secretShown(code.text), remedy: "start the login anew: a code is good once, and for minutes at most"}
	for _, earlier := range f.tokens {
		if earlier.get("code") != code.text {
			continue
		}
		p.message, p.brief = "the code was redeemed before, "+span(c.Exchange.Start.Sub(earlier.at))+" ago", "used twice"
		if earlier.failed {
			p.message, p.brief = "the code was tried before, "+span(c.Exchange.Start.Sub(earlier.at))+" ago, and refused: a code is spent by the first try", "tried twice"
		}
		p.remedy = "redeem each code once: look for a callback that runs twice (reload, strict mode, prefetch, retry)"
		return p, true
	}
	if f.authorize != nil && f.authorize.get("client_id") != "" {
		if client, ok := c.oauthParam("client_id"); ok && client.text != f.authorize.get("client_id") {
			p.message, p.brief = "the code was issued to another client than the one that redeems it", "another client's"
			return p, true
		}
	}
	if f.callback == nil {
		return stillEscaped(p, code.text)
	}
	switch issued := f.callback.get("code"); {
	case issued != code.text && unescape(code.text) == issued:
		return stillEscaped(p, code.text)
	case issued != code.text && strings.HasPrefix(issued, code.text):
		p.message, p.brief = "the code was cut: the callback brought a longer one", "cut"
		p.remedy = "decode the callback's query as a whole, and send the code as it came"
	case issued != code.text:
		p.message, p.brief = "the code is not the one that the callback brought", "not the callback's"
	case c.Exchange.Start.Sub(f.callback.at) > mostCodeAge:
		p.message, p.brief = "the code is "+span(c.Exchange.Start.Sub(f.callback.at))+" old: codes are good for minutes", "too old"
	default:
		return flowProof{}, false
	}
	return p, true
}

// mostCodeAge is what RFC 6749, section 4.1.2, recommends as the longest life of
// a code; most servers give one to five minutes.
const mostCodeAge = 10 * time.Minute

// stillEscaped: Google's codes begin with 4/, and arrive as 4%2F if the client
// encodes what was never decoded.
func stillEscaped(p flowProof, code string) (flowProof, bool) {
	if unescape(code) == code || !strings.Contains(code, "%") {
		return flowProof{}, false
	}
	p.message, p.brief = "the code is percent-encoded twice: it was taken from the address without being decoded", "encoded twice"
	p.remedy = "decode the code once when it is read from the callback's query"
	return p, true
}

// refreshProof: a server that rotates refresh tokens takes each of them once.
func refreshProof(c *Case, f *flow) (flowProof, bool) {
	token, sent := c.oauthParam("refresh_token")
	if !sent || token.text == "" {
		return flowProof{}, false
	}
	for _, earlier := range f.tokens {
		if earlier.get("refresh_token") == token.text && !earlier.failed {
			return flowProof{
				slug: "oauth.invalid-grant", param: "refresh_token", brief: "used twice",
				message: "the refresh token was used before, " + span(c.Exchange.Start.Sub(earlier.at)) + " ago: servers that rotate them take each one once",
				want:    "the refresh token of the last answer", found: secretShown(token.text),
				remedy: "store the refresh token of every answer, and let one process at a time refresh",
			}, true
		}
	}
	return flowProof{}, false
}

// secretShown describes a code, a verifier or a state.
func secretShown(text string) string {
	if text == "" {
		return "nothing"
	}
	return fmt.Sprintf("[%d characters]", len(text))
}
