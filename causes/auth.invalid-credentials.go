package causes

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.invalid-credentials", invalidCredentials) }

var saysUnknownCredential = topic("credential not known", "invalid credential*", "incorrect credential*", "wrong credential*", "bad credential*", "unknown credential*", "credentials are invalid", "credentials are incorrect",
	"credentials are not valid", "credentials you provided", "invalid api key", "invalid apikey", "invalid api-key", "api key ~ invalid", "api key ~ not valid", "api key ~ incorrect", "api key ~ unknown", "api key ~ not recognized",
	"api key ~ not found", "api key ~ does not exist", "api key not valid", "invalid key", "key is invalid", "key is not valid", "unknown key", "invalid access key", "invalid token", "token is invalid", "token invalid",
	"token is not valid", "token not valid", "token not recognized", "unknown token", "invalid access token", "access token is invalid", "invalid auth*", "invalid password", "wrong password", "incorrect password",
	"password is incorrect", "password incorrect", "password is wrong", "password does not match", "invalid username", "invalid user", "username or password", "user name or password", "email or password",
	"username and password", "user or password", "login or password", "login failed", "logon failed", "login incorrect", "invalid login", "authentication failed", "authentication failure", "auth failed",
	"authentication unsuccessful", "failed to authenticate", "unable to authenticate", "could not authenticate", "cannot authenticate", "couldn't authenticate", "not authenticate with", "could not validate", "bad username",
	"bad api key", "no such api key", "no api key found for", "no such user", "invalid client token", "access denied due to invalid", "invalid subscription key", "wrong subscription key", "invalid secret", "wrong secret",
	"invalid app id", "invalid application", "unrecognized login", "unrecognized client", "security token included in the request is invalid", "does not exist in our records", "do not match our records", "does not match our records", "invalid session", "session is invalid",
	"incorrect api key", "wrong api key", "invalid user credentials", "unable to log in", "unable to login", "invalid pin", "invalid license key", "invalid otp", "incorrect code", "invalid integration key", "invalid app key", "unauthorized client key",
	"invalid consumer key", "invalid developer", "bad auth*", "credentials rejected", "authentication rejected", "access key id you provided does not exist", "key not found", "invalid authorization")

// knownFaults are what is said of a credential that is not merely unknown.
const knownFaults = saysAbsent | saysScheme | saysForm | saysExpired | saysEarly | saysClock | saysAudience | saysIssuer | saysRevoked | saysKind | saysScope | saysForgery

// invalidCredentials is for credentials that look right and are not known: a wrong
// password, a key of somebody else, of another environment, or of yesterday.
// Only the server can tell, so it says little more than no; what the bytes of the
// credential show, and the prefix of a key, is told beside it.
func invalidCredentials(c *Case) []faultline.Finding {
	if !c.mayRefuseCredential() {
		return nil
	}
	n, named := c.named("auth.invalid-credentials")
	if !named && c.namedOther("auth.invalid-credentials") {
		return nil
	}
	at, found, has := c.refusedCredential()
	if !has {
		return nil
	}
	says := c.authSays()
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  "the server does not know the credential",
		Brief:    "credential not known",
		Expected: "a credential that this server knows",
		Found:    found,
		Remedy: faultline.Remedy{Text: "compare the credential with the one that was issued", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "compare first and last characters and the length with those of the one that was issued"},
			{Text: "check that it is of this environment and host: test keys do not work on live systems, nor those of one region in another"},
			{Text: "have a new one issued if it may have been replaced"},
		}},
		Retry: "the same credential will fail every time; many services lock the account after a few tries",
		Rank:  5,
	}
	switch {
	case named && says&saysRole != 0 && says&saysRefused == 0 && !c.says(saysUnknownCredential):
		return nil
	case named && says&saysExpired != 0 && says&saysRefused == 0:
		return nil // one code for both, and the words tell which
	case named:
		f.Strength, f.Rank = n.strength(), 20
		f.At = c.credentialMeant(&n, at)
		f.Evidence = append(f.Evidence, n.evidence())
	case says&knownFaults != 0 && (says&saysRefused == 0 && !c.says(saysUnknownCredential) || c.onlyInvalidToken()):
		return nil
	case c.says(saysUnknownCredential), says&saysRefused != 0:
	case c.signsIn():
		f.Message, f.Brief = "the server answers the credential with its login page: it does not accept it", "login page in place of an answer"
	case c.Status() == 401:
		if _, wanted := c.headerWanted(); wanted {
			return nil
		}
		f.Strength, f.Rank = faultline.Possible, -10
		f.Notes = []faultline.Note{{Label: "settle it", Text: "the same call with a credential that was issued just now"}}
	default:
		return nil
	}
	if t := c.readToken(); !named && t.isJWT && t.cr.at == f.At {
		if c.tokenOutOfTime() {
			return nil
		}
		// A JWT is verified, not known: its signature, issuer or audience would be at fault.
		f.Strength, f.Rank = faultline.Possible, -10
	}
	c.tellBasic(&f)
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

// onlyInvalidToken reports whether the one word for an unknown credential is the
// code of RFC 6750, section 3.1, which stands for expired, revoked and malformed
// tokens too: what else the server says counts.
func (c *Case) onlyInvalidToken() bool {
	for _, h := range c.heard().Hits {
		if words := c.heard().Text[h.Start:h.End]; h.Topic == saysUnknownCredential && words != "invalid token" {
			return false
		}
	}
	return c.says(saysUnknownCredential)
}

// mayRefuseCredential: 401 is about it; with other statuses the words have to be.
func (c *Case) mayRefuseCredential() bool {
	if c.Exchange.Response == nil || c.preflight() || c.unroutedGateway() {
		return false
	}
	status := c.Status()
	switch {
	case status == 401:
		return true
	case c.signsIn():
		if _, _, login := c.sentToLogin(); login {
			return true // Azure DevOps answers a token that it does not accept with 203 and its login page
		}
		return c.ErrorInside() && c.refusesInside()
	case status == 400 || status == 403 || status == 422 || status == 404 && c.sendsPassword() || status < 300 && c.ErrorInside():
		return c.refusesInside()
	}
	return false
}

// refusesInside reports whether code or words refuse the credential, whatever the status is.
func (c *Case) refusesInside() bool {
	_, named := c.named("auth.invalid-credentials")
	return named || c.says(saysUnknownCredential) || c.authSays()&saysRefused != 0
}

// refusedCredential is what the server did not take: the password or key in the
// body of a login, else the credential of the request.
func (c *Case) refusedCredential() (at faultline.Location, found string, has bool) {
	if !c.says(saysClientAlone) {
		if f := c.secretField(); f != nil {
			return f.at(), "a " + strings.ToLower(strings.ReplaceAll(f.name(), "_", " ")), true
		}
	}
	if cr, sent := c.presented(); sent && cr.text != "" {
		return cr.at, cr.describe(), true
	}
	return faultline.Location{}, "", false
}

// saysClientAlone: at a token endpoint the client's own credential may be what is refused.
var saysClientAlone = topic("the client's own credential", "invalid client", "client secret", "client authentication", "unauthorized client")

// credentialMeant is the place that the code speaks of, if the request has
// something there; services take one credential in several places.
func (c *Case) credentialMeant(n *naming, at faultline.Location) faultline.Location {
	place := c.placeMeant(n, at)
	switch place.In {
	case faultline.InHeader:
		if !c.Exchange.Request.Header.Has(place.Name) {
			return at
		}
	case faultline.InQuery:
		if !strings.Contains(c.Exchange.Request.Query(), place.Name+"=") {
			return at
		}
	case faultline.InBody:
		if findHead(c.body().fields(), []string{strings.TrimPrefix(place.Pointer, "/")}) == nil {
			return at
		}
	}
	return place
}

// tellBasic looks into name and password (RFC 7617) for what goes wrong when they
// are encoded by hand. Neither is ever shown.
func (c *Case) tellBasic(f *faultline.Finding) {
	cr, sent := c.authorization()
	if !sent || !strings.EqualFold(cr.scheme, "Basic") || len(cr.text) > maxAuthText {
		return
	}
	plain, err := base64.StdEncoding.DecodeString(cr.text)
	if err != nil {
		return
	}
	text, slip := string(plain), ""
	switch name, password, _ := strings.Cut(text, ":"); {
	case strings.HasSuffix(text, "\n"), strings.HasSuffix(text, "\r"):
		slip = "the password ends with a line break, as `echo` without `-n` leaves it"
		f.Remedy.Text = "encode name:password without the line break: `printf '%s' \"$NAME:$PASSWORD\" | base64`"
	case strings.TrimSpace(name) != name, strings.TrimSpace(password) != password:
		slip = "white space stands around the name or the password"
		f.Remedy.Text = "trim name and password where they are read"
	case !utf8.Valid(plain):
		slip = "name and password are not encoded as UTF-8"
		f.Remedy.Text = "encode name and password as UTF-8 before base64"
	case name == "":
		slip = "the name before the colon is empty"
	case password == "":
		slip = "the password behind the colon is empty"
	}
	if slip == "" {
		return
	}
	f.Message, f.Brief = slip, "name and password, badly encoded"
	f.Rank += 10
	if f.Strength == faultline.Possible {
		f.Strength = faultline.Likely
	}
	f.Remedy.Steps = nil
}

// secretField is the field of the body by which the caller proves who it is, however deep it lies.
func (c *Case) secretField() *reqField {
	fields := c.body().fields()
	fields = fields[:min(len(fields), maxMentioned)]
	for _, name := range []string{"password", "passwd", "pass", "pwd", "pin", "otp", "apikey", "apisecret", "secret", "accesstoken", "token"} {
		for i := range fields {
			if f := &fields[i]; f.kind != "object" && f.kind != "array" && fold(f.name()) == name {
				return f
			}
		}
	}
	return nil
}
