package cli

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A key set, a token that its key signed, and one that another key signed under its name.
const (
	keySet      = `{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","use":"sig","alg":"EdDSA","x":"6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"}]}`
	tokenHead   = "eyJhbGciOiJFZERTQSIsImtpZCI6Im9uZSIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29tLyIsImF1ZCI6Im9yZGVycy1hcGkiLCJleHAiOjQxMDI0NDQ4MDB9."
	goodToken   = tokenHead + "eoQDN7Da3leEtEcop6JbksdFgUcxTkTrcpXXsb_7sx5tgUnsq_DOlQbF7YkSHNon2kokAMg49Cm2SbTiYbdvDQ"
	forgedToken = tokenHead + "WGsyT1fYysFxx7cJCitJvO-YGavix2bj3_y8EHDvEIf9oSSCENUS3-fWk6Ym6wX7IjYuMC4CmGUk42tmcbrPCw"
)

func tokenCall(token string) string {
	return "GET /things HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer " + token + "\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"error\":\"Unauthorized\"}"
}

// issuerOfTests serves a configuration that names the issuer, and its keys.
func issuerOfTests(t *testing.T, issuer string) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"issuer":"` + issuer + `","jwks_uri":"` + server.URL + `/keys"}`))
	})
	for _, path := range []string{"/keys", "/.well-known/keys"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(keySet)) })
	}
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2<<20)) })
	return server
}

func TestTokensAreVerifiedWithTheIssuersKeys(t *testing.T) {
	t.Parallel()
	server := issuerOfTests(t, "https://id.example.com/")
	other := issuerOfTests(t, "https://id.example.com")
	set := writeFile(t, "keys.json", keySet)
	for _, tt := range []struct {
		name, token string
		args        []string
		exit        int
		stdout      string
		stderr      string
	}{
		{"forged, keys from a file", forgedToken, []string{"--jwks", set}, 1, "error[auth.token-signature]: the signature does not fit", ""},
		{"forged, keys of the configuration", forgedToken, []string{"--openid", server.URL}, 1, "error[auth.token-signature]: the signature does not fit", ""},
		{"another issuer", goodToken, []string{"--openid", other.URL + "/"}, 1, "error[auth.token-issuer]: `iss` of the token and the issuer that the server trusts differ by a slash at the end", ""},
		{"keys from an address", forgedToken, []string{"--jwks", server.URL + "/keys"}, 1, "error[auth.token-signature]", ""},
		{"no document", goodToken, []string{"--jwks", server.URL + "/gone"}, 2, "", "the server answered 404"},
		{"too large", goodToken, []string{"--jwks", server.URL + "/large"}, 2, "", "larger than"},
		{"no key set", goodToken, []string{"--jwks", server.URL + "/.well-known/openid-configuration"}, 2, "", `no "keys"`},
		{"no file", goodToken, []string{"--jwks", set + ".not"}, 2, "", "--jwks: open"},
		{"no configuration", goodToken, []string{"--openid", server.URL + "/.well-known/keys"}, 2, "", "lacks `issuer`"},
		{"nobody there", goodToken, []string{"--openid", "http://127.0.0.1:1"}, 2, "", "cannot be fetched"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr strings.Builder
			args := append([]string{"explain", writeFile(t, "call.http", tokenCall(tt.token))}, tt.args...)
			if exit := run(t.Context(), testEnv(t, &stdout, &stderr), args...); exit != tt.exit {
				t.Errorf("exit code %d, want %d", exit, tt.exit)
			}
			if !strings.Contains(stdout.String(), tt.stdout) || !strings.Contains(stderr.String(), tt.stderr) {
				t.Errorf("stdout:\n%s\nstderr:\n%s", &stdout, &stderr)
			}
		})
	}
}

func TestCheckVerifiesTokensBeforeTheyAreSent(t *testing.T) {
	t.Parallel()
	set, api := writeFile(t, "keys.json", keySet), writeFile(t, "things.yaml", thingsContract)
	for token, want := range map[string]int{goodToken: 0, forgedToken: 1} {
		request := "POST /things HTTP/1.1\nHost: api.example.com\nContent-Type: application/json\nAuthorization: Bearer " + token + "\n\n{\"name\":\"x\"}\n"
		var stdout, stderr strings.Builder
		if exit := run(t.Context(), testEnv(t, &stdout, &stderr), "check", "-c", api, "--jwks", set, writeFile(t, "call.http", request)); exit != want {
			t.Errorf("exit code %d, want %d\n%s%s", exit, want, &stdout, &stderr)
		}
	}
}
