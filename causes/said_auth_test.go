package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// A token that is well formed, and the same with its beginning, its end or a part missing.
const (
	goodToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1XzciLCJpYXQiOjE3OTUyNjMyNjN9.jJDuMdpITKftZvmq9gYvKPSnX9bTTkvPjYSKL7Qf4gM"
	headless  = "GciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1XzciLCJpYXQiOjE3OTUyNjMyNjN9.jJDuMdpITKftZvmq9gYvKPSnX9bTTkvPjYSKL7Qf4gM"
	tailless  = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1XzciLCJpYXQiOjE3OTUyNjMyNjN9"
)

// refusals are answers to credentials: what is wrong stands in the bytes of the field more often than
// in the words of the server.
var refusals = []struct {
	name, authorization string
	status              int
	challenge, answer   string
	cause               faultline.Slug
}{
	{"no scheme, challenge in 400", "tok-live-1", 400, `Bearer error="invalid_request"`, `Bad Request`, "auth.scheme"},
	{"other scheme", "Basic YTpi", 401, `Bearer realm="api"`, ``, "auth.scheme"},
	{"other scheme, two offered", "Token abc", 401, `Bearer realm="api", Basic realm="api"`, `Unauthorized`, "auth.scheme"},
	{"jwt scheme", "JWT " + goodToken, 401, ``, `Unauthorized`, "auth.scheme"},
	{"basic content", "abc", 400, ``, `{"code":"InvalidHeader","message":"BasicAuth content is invalid."}`, "auth.scheme"},
	{"basic not encoded", "Basic ada:pw", 400, ``, `{"message":"Bad header internal syntax"}`, "auth.scheme"},
	{"basic not encoded, 401", "Basic ada:pw", 401, ``, `Unauthorized`, "auth.scheme"},
	{"bad format", "abc", 400, ``, `{"message":"Bad HTTP authentication header format"}`, "auth.scheme"},
	{"twice", "Bearer Bearer " + goodToken, 401, ``, `{"message":"invalid token"}`, "auth.scheme"},
	{"no space", "Bearer" + goodToken, 401, ``, ``, "auth.scheme"},
	{"headless", "Bearer " + headless, 401, ``, `{"code":"invalid_token","message":"invalid token"}`, "auth.token-malformed"},
	{"headless and silent", "Bearer " + headless, 401, ``, ``, "auth.token-malformed"},
	{"tailless", "Bearer " + tailless, 401, ``, `Unauthorized`, "auth.token-malformed"},
	{"quoted", `Bearer "` + goodToken + `"`, 401, ``, ``, "auth.token-malformed"},
	{"literal", "Bearer undefined", 401, ``, `{"message":"Unauthorized"}`, "auth.token-malformed"},
	{"template", "Bearer ${TOKEN}", 401, ``, ``, "auth.token-malformed"},
}

func TestRefusedCredentials(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range refusals {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ex := spoken("GET /me", ``, tt.status, tt.answer)
			ex.Request.Header = faultline.Header{{Name: "Authorization", Value: tt.authorization}}
			if tt.challenge != "" {
				ex.Response.Header = append(ex.Response.Header, faultline.Field{Name: "WWW-Authenticate", Value: tt.challenge})
			}
			d := engine.Diagnose(ex)
			if first, _ := d.Primary(); first.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q; all: %s", first.Cause.Slug, tt.cause, slugs(d))
			}
		})
	}
}
