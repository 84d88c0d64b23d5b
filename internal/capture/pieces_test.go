package capture

import (
	"strings"
	"testing"
	"time"

	faultline "github.com/faultline-http/faultline"
)

func FuzzToken(f *testing.F)     { fuzz(f, Options{}.tokenFormat()) }
func FuzzStatus(f *testing.F)    { fuzz(f, statusFormat()) }
func FuzzErrorBody(f *testing.F) { fuzz(f, errorBodyFormat()) }

func TestStatusesAreReadHoweverPeoplePutThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"404": 404, " 404\n": 404, "HTTP 429": 429, "HTTP/1.1 502 Bad Gateway": 502, "502 Bad Gateway": 502, "status code: 503": 503,
		"Error: 500": 500, "got a 401": 401, "status=403": 403, "404 - Not Found.": 404, "401?": 401,
		"the server responded with 500": 500,
		"40":                            0, "4040": 0, "port 404 is open": 0, "600": 0, "404 orders were placed since 2019": 0,
	} {
		got := 0
		if answer, ok := bareStatus(text); ok {
			got = answer.Status
		}
		if got != want {
			t.Errorf("%q was read as %d, want %d", text, got, want)
		}
	}
}

func TestABareTokenIsJudgedByTheTimeThatIsGiven(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for ex, err := range (Options{Now: now}).Read("-", strings.NewReader("eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjB9.eHh4eA\n")) {
		if err != nil {
			t.Fatal(err)
		}
		if !ex.Start.Equal(now) || ex.Labels[faultline.LabelInput] != faultline.InputToken || ex.Response != nil {
			t.Errorf("read %+v, want a token at %v without an answer", ex, now)
		}
	}
}
