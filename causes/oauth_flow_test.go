package causes_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

const (
	flowVerifier = "q1w2e3r4t5z6u7i8o9p0-q1w2e3r4t5z6u7i8o9p0-abc"
	flowCode     = "4/0AeaYSHB-made-up-code"
	flowState    = "made-up-state-4711"
)

// A login is the parameters of its three steps.
type login struct {
	authorize, callback, token url.Values
	before                     []url.Values // token requests before
	answered                   int          // status of those
	wait                       time.Duration
}

func newLogin() *login {
	return &login{
		authorize: url.Values{
			"response_type": {"code"}, "client_id": {"web"}, "redirect_uri": {"https://app.example.com/cb"}, "state": {flowState},
			"code_challenge": {challengeS256(flowVerifier)}, "code_challenge_method": {"S256"},
		},
		callback: url.Values{"code": {flowCode}, "state": {flowState}},
		token: url.Values{
			"grant_type": {"authorization_code"}, "client_id": {"web"}, "redirect_uri": {"https://app.example.com/cb"}, "code": {flowCode}, "code_verifier": {flowVerifier},
		},
		answered: 200, wait: 2 * time.Second,
	}
}

func challengeS256(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// exchanges are the login in the order of time: the last is the refused step.
func (l *login) exchanges() []*faultline.Exchange {
	sent := at("2026-11-20T14:31:02Z")
	get := func(host, path string, q url.Values, status int, location string) *faultline.Exchange {
		ex := &faultline.Exchange{
			Start: sent, Request: faultline.Request{Method: "GET", Scheme: "https", Host: host, Target: path + "?" + q.Encode()},
			Response: &faultline.Response{Status: status, Header: faultline.Header{{Name: "Location", Value: location}}},
		}
		sent = sent.Add(l.wait)
		return ex
	}
	all := []*faultline.Exchange{get("id.example.com", "/authorize", l.authorize, 302, "https://id.example.com/login")}
	if l.token == nil {
		refused := get("app.example.com", "/cb", l.callback, 401, "")
		refused.Response.Body = faultline.NewBody([]byte(`{"error":"login failed"}`))
		return append(all, refused)
	}
	all = append(all, get("app.example.com", "/cb", l.callback, 302, "https://app.example.com/"))
	for i, form := range append(l.before, l.token) {
		status, answer := l.answered, `{"access_token":"made-up","token_type":"Bearer"}`
		if i == len(l.before) {
			status, answer = 400, `{"error":"invalid_grant"}`
		}
		ex := spoken("POST /token", "form "+form.Encode(), status, answer)
		ex.Start, ex.Request.Host = sent, "id.example.com"
		sent = sent.Add(l.wait)
		all = append(all, ex)
	}
	for i := range all {
		all[i].ID = fmt.Sprint("step-", i)
	}
	return all
}

// TestStepsOfALoginAreHeldAgainstEachOther: the server says invalid_grant each time; the steps before
// tell what it means.
func TestStepsOfALoginAreHeldAgainstEachOther(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		change  func(*login)
		cause   faultline.Slug
		at      string
		message string
	}{
		{"nothing differs", func(*login) {}, "oauth.invalid-grant", "/code", "does not accept the authorisation code"},
		{"slash", func(l *login) { l.token.Set("redirect_uri", "https://app.example.com/cb/") }, "oauth.redirect-uri", "/redirect_uri", "a slash at the end"},
		{"http", func(l *login) { l.token.Set("redirect_uri", "http://app.example.com/cb") }, "oauth.redirect-uri", "/redirect_uri", "`http` and `https`"},
		{"host", func(l *login) { l.token.Set("redirect_uri", "https://www.app.example.com/cb") }, "oauth.redirect-uri", "/redirect_uri", "the host"},
		{"port", func(l *login) { l.token.Set("redirect_uri", "https://app.example.com:8443/cb") }, "oauth.redirect-uri", "/redirect_uri", "the port"},
		{"case", func(l *login) { l.token.Set("redirect_uri", "https://app.example.com/CB") }, "oauth.redirect-uri", "/redirect_uri", "upper and lower case"},
		{"path", func(l *login) { l.token.Set("redirect_uri", "https://app.example.com/callback") }, "oauth.redirect-uri", "/redirect_uri", "the path"},
		{"query", func(l *login) { l.token.Set("redirect_uri", "https://app.example.com/cb?x=1") }, "oauth.redirect-uri", "/redirect_uri", "the query"},
		{"loopback", func(l *login) {
			l.authorize.Set("redirect_uri", "http://localhost:5173/cb")
			l.token.Set("redirect_uri", "http://127.0.0.1:5173/cb")
		}, "oauth.redirect-uri", "/redirect_uri", "`localhost` and `127.0.0.1`"},
		{"no redirect_uri", func(l *login) { l.token.Del("redirect_uri") }, "oauth.redirect-uri", "/redirect_uri", "the token request has none"},
		{"verifier of another login", func(l *login) { l.token.Set("code_verifier", strings.Repeat("x", 50)) }, "oauth.pkce", "/code_verifier", "it belongs to another login"},
		{"short verifier", func(l *login) { l.token.Set("code_verifier", "short") }, "oauth.pkce", "/code_verifier", "5 characters"},
		{"verifier as challenge", func(l *login) { l.authorize.Set("code_challenge", flowVerifier) }, "oauth.pkce", "/code_verifier", "the verifier itself was sent as challenge"},
		{"plain forgotten", func(l *login) { l.authorize.Del("code_challenge_method") }, "oauth.pkce", "/code_verifier", "the method says `plain`"},
		{"padded challenge", func(l *login) {
			l.authorize.Set("code_challenge", challengeS256(flowVerifier)+"=")
		}, "oauth.pkce", "/code_verifier", "another base64"},
		{"no verifier", func(l *login) { l.token.Del("code_verifier") }, "oauth.pkce", "/code_verifier", "the token request has no `code_verifier`"},
		{"no challenge", func(l *login) { l.authorize.Del("code_challenge") }, "oauth.pkce", "/code_verifier", "had no `code_challenge`"},
		{"code used before", func(l *login) { l.before = []url.Values{l.token} }, "oauth.invalid-grant", "/code", "the code was redeemed before, 2 s ago"},
		{"code tried before", func(l *login) { l.before, l.answered = []url.Values{l.token}, 401 }, "oauth.invalid-grant", "/code", "the code was tried before, 2 s ago"},
		{"code too old", func(l *login) { l.wait = 20 * time.Minute }, "oauth.invalid-grant", "/code", "the code is 20 min old"},
		{"code cut", func(l *login) { l.token.Set("code", flowCode[:9]) }, "oauth.invalid-grant", "/code", "the code was cut"},
		{"another code", func(l *login) { l.token.Set("code", "another-code") }, "oauth.invalid-grant", "/code", "not the one that the callback brought"},
		{"code encoded twice", func(l *login) { l.token.Set("code", url.QueryEscape(flowCode)) }, "oauth.invalid-grant", "/code", "percent-encoded twice"},
		{"refresh token used before", func(l *login) {
			l.token = url.Values{"grant_type": {"refresh_token"}, "client_id": {"web"}, "refresh_token": {"made-up-refresh"}}
			l.before = []url.Values{l.token}
		}, "oauth.invalid-grant", "/refresh_token", "the refresh token was used before, 2 s ago"},
		{"state changed", func(l *login) { l.token = nil; l.callback.Set("state", "another") }, "oauth.state", "query state", "is not the one that was sent"},
		{"state lost", func(l *login) { l.token = nil; l.callback.Del("state") }, "oauth.state", "query state", "the callback has none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLogin()
			tt.change(l)
			all := l.exchanges()
			engine := diagnose.New(diagnose.WithAround(func(*faultline.Exchange) []*faultline.Exchange { return all }))
			d := engine.Diagnose(all[len(all)-1])
			f, _ := d.Primary()
			if f.Cause.Slug != tt.cause || where(f.At) != tt.at || !strings.Contains(f.Message, tt.message) {
				t.Errorf("%s at %q: %q, want %s at %q: %q; all: %s", f.Cause.Slug, where(f.At), f.Message, tt.cause, tt.at, tt.message, slugs(d))
			}
			shown := fmt.Sprintf("%+v", d)
			for _, secret := range []string{flowVerifier, flowCode, flowState, challengeS256(flowVerifier), "made-up-refresh"} {
				if strings.Contains(shown, secret) {
					t.Errorf("the diagnosis quotes %q", secret)
				}
			}
		})
	}
}

// TestRedirectURIsAreShownBesideEachOther: the carets stand under the first byte that differs.
func TestRedirectURIsAreShownBesideEachOther(t *testing.T) {
	t.Parallel()
	l := newLogin()
	l.token.Set("redirect_uri", "https://app.example.com/callback")
	all := l.exchanges()
	f, _ := diagnose.New(diagnose.WithAround(func(*faultline.Exchange) []*faultline.Exchange { return all })).Diagnose(all[len(all)-1]).Primary()
	want := `[redirect_uri, byte by byte]
authorize https://app.example.com/cb ^b
token     https://app.example.com/callback ^allback # first difference
`
	if got := lines(&f, faultline.Excerpt); got != want {
		t.Errorf("shown:\n%s\nwant:\n%s", got, want)
	}
}
