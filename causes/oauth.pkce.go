package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("oauth.pkce", oauthPKCE) }

// oauthPKCE computes the challenge where the authorisation request was seen;
// else it takes the server's word (RFC 7636, sections 4.4.1 and 4.6).
func oauthPKCE(c *Case) []faultline.Finding {
	param := "code_verifier"
	if c.oauth().step == atAuthorize {
		param = "code_challenge"
		if _, has := c.oauthParam(param); has {
			if _, has = c.oauthParam("code_challenge_method"); has && c.oauth().heard != nil && c.oauth().heard.About(topicChallengeMethod) {
				param = "code_challenge_method"
			}
		}
	}
	f, ok := c.oauthFinding("oauth.pkce", param, "`code_verifier` does not fit the challenge of the authorisation request")
	if !ok {
		return nil
	}
	if c.oauth().proof != nil {
		return []faultline.Finding{f}
	}
	sent, has := c.oauthParam(param)
	f.Brief, f.Expected, f.Found = "`"+param+"` does not fit", "the verifier from which the challenge was made", secretShown(sent.text)
	f.Remedy.Text = "keep the verifier with the login that it was made for, and make the challenge as BASE64URL(SHA256(verifier)) without padding"
	switch {
	case param == "code_challenge_method":
		f.Message, f.Found, f.Expected = "the server does not take the `code_challenge_method`", short(sent.text), "S256"
		f.Remedy.Text = "send `code_challenge_method=S256`"
	case param == "code_challenge" && !has:
		f.Message, f.Brief, f.Expected = "the authorisation request has no `code_challenge`, and the server wants one", "no `code_challenge`", "a `code_challenge`"
		f.Remedy.Text = "switch PKCE on in the client: send `code_challenge` and `code_challenge_method=S256`"
	case param == "code_challenge":
		f.Message, f.Expected = "the server does not accept the `code_challenge`", "43 characters of base64url: the SHA-256 of the verifier"
	case !has:
		f.Message, f.Brief = "the token request has no `code_verifier`, and the server wants one", "no `code_verifier`"
		f.Remedy.Text = "send the verifier from which the challenge was made"
	case len(sent.text) < 43 || len(sent.text) > 128:
		f.Message = fmt.Sprintf("`code_verifier` has %d characters, where 43 to 128 are allowed", len(sent.text))
	}
	return []faultline.Finding{f}
}

var topicChallengeMethod = topic("challenge method", "challenge method*", "code challenge method*", "transform algorithm*")
