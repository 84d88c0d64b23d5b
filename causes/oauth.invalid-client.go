package causes

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

func init() { register("oauth.invalid-client", invalidClient) }

// invalidClient is for clients that the authorisation server does not know or
// that cannot prove who they are (RFC 6749, section 5.2).
func invalidClient(c *Case) []faultline.Finding {
	f, ok := c.oauthFinding("oauth.invalid-client", "client_secret", "the authorisation server does not accept the client's secret")
	if !ok {
		return nil
	}
	f.Brief, f.Expected = "client secret is not accepted", "the client id and the secret that belong together"
	f.Remedy.Text = "compare client id and secret with the registration at the authorisation server"
	heard := c.oauth().heard
	basic, hasBasic := c.authorization()
	hasBasic = hasBasic && strings.EqualFold(basic.scheme, "Basic")
	_, hasSecret := c.oauthParam("client_secret")
	assertion, hasAssertion := c.oauthParam("client_assertion")
	switch {
	case clientUnknown(heard) || c.oauth().step == atAuthorize:
		f.At, f.Message, f.Brief = c.oauthAt("client_id"), "the authorisation server does not know the client "+c.clientName(), "client is not known"
		if hasBasic && f.At.Span.IsZero() {
			f.At = basic.at
		}
		f.Remedy.Text = "compare the client id with the registration: another tenant, realm or environment has other clients"
	case hasBasic && hasSecret:
		f.At, f.Message, f.Brief = basic.at, "the client proves itself twice: in the Authorization header and with `client_secret`", "two ways at once"
		f.Expected, f.Remedy.Text = "one way of client authentication (RFC 6749, section 2.3)", "drop `client_secret` from the body, or the Authorization header"
	case hasAssertion && assertion.text != "":
		f.At, f.Message, f.Brief = c.oauthAt("client_assertion"), "the authorisation server does not accept the client's signed assertion", "client assertion is not accepted"
		f.Found, f.Remedy.Text = secretShown(assertion.text), "compare `iss`, `sub`, `aud`, `exp` and the key of the assertion with the registration (RFC 7523, section 3)"
	case heard.About(topicSecretExpired):
		f.Message, f.Brief, f.Remedy.Text = "the client's secret has expired", "client secret expired", "have a new secret made at the authorisation server, and use it"
	case hasBasic:
		f.At, f.Message = basic.at, "the authorisation server does not accept the client id and secret in the Authorization header"
		c.basicSlip(&f, &basic)
	case !hasSecret && c.secretElsewhere() != "":
		f.At = c.oauthAt(c.secretElsewhere())
	case !hasSecret:
		f.Message, f.Brief = "the client sends no secret, and the authorisation server wants one", "no client secret"
		f.Remedy.Text = "send the client's secret, or register the client as a public one with PKCE"
	}
	c.methodNote(&f, heard, hasBasic)
	return []faultline.Finding{f}
}

func clientUnknown(heard *lexicon.Reading) bool {
	return heard.About(topicClientID) && !heard.About(topicSecretNamed)
}

// topicSecretNamed: the words blame the secret too, or it alone.
var (
	topicSecretNamed = topic("client secret named", "client secret*", "client credentials*", "appsecret*", "app secret*", "client authentication*", "invalid client secret", "aadsts7000215", "aadsts7000218")

	topicSecretExpired = topic("client secret expired", "client secret ~ expired", "secret keys ~ expired", "secret ~ has expired", "aadsts7000222")

	topicAuthMethod = topic("client authentication method", "authentication method*", "token endpoint auth method*", "client secret basic", "client secret post", "private key jwt", "unsupported authentication method")
)

// secretElsewhere is the name under which some services take the secret.
func (c *Case) secretElsewhere() string {
	for _, name := range []string{"secret", "appsecret", "app_secret", "clientSecret"} {
		if _, ok := c.oauthParam(name); ok {
			return name
		}
	}
	return ""
}

// basicSlip: RFC 6749, section 2.3.1: id and secret are form-encoded each, joined
// by a colon, and encoded as base64.
func (c *Case) basicSlip(f *faultline.Finding, basic *credential) {
	raw, err := base64.StdEncoding.DecodeString(basic.text)
	id, secret, colon := strings.Cut(string(raw), ":")
	switch {
	case err != nil || !colon:
		f.Message, f.Brief = "what follows `Basic` is not base64 of client id, colon and secret", "not base64 of id:secret"
	case id == "" || secret == "":
		f.Message, f.Brief = "client id or secret is empty in the Authorization header", "id or secret is empty"
	case strings.TrimSpace(secret) != secret:
		f.Message, f.Brief = "the client secret in the Authorization header ends with white space", "white space in the secret"
	case strings.ContainsAny(secret, "%+/=&:"):
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "the secret holds characters that RFC 6749 wants form-encoded before base64, and some servers do not"})
	}
}

// methodNote speaks of the way in which the client authenticates itself, where
// the server does or its configuration is known.
func (c *Case) methodNote(f *faultline.Finding, heard *lexicon.Reading, hasBasic bool) {
	sent, other := "client_secret_post", "client_secret_basic"
	if hasBasic {
		sent, other = other, sent
	}
	switch {
	case c.Keys != nil && len(c.Keys.Methods) > 0 && !slices.Contains(c.Keys.Methods, sent):
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "the client uses `" + sent + "`, and the server takes " + short(strings.Join(c.Keys.Methods, ", "))})
	case heard.About(topicAuthMethod):
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "the client uses `" + sent + "`; its registration (`token_endpoint_auth_method`) may want `" + other + "`"})
	}
}
