package diagnose_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline/diagnose"
)

// TestMisled: where the status speaks of something else than the cause, the finding says so.
func TestMisled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		body   string
		status int
		answer string
		want   string
	}{
		{"a broken body, and the server broke over it", `{"a":`, 500, `{"error":"Unexpected end of JSON input"}`, "the status 500 misleads: it says that the server failed"},
		{"a broken body, refused as one", `{"a":`, 400, `{"error":"Unexpected end of JSON input"}`, ""},
		{"an error behind a success", `{"a":1}`, 200, `{"error":"rate limit exceeded"}`, "the status 200 says that the call succeeded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := diagnose.New().Diagnose(made("x", "POST /v1/orders", "Content-Type: application/json\nAuthorization: Bearer x", c.body, c.status, c.answer))
			first, ok := d.Primary()
			if !ok {
				t.Fatal("nothing found")
			}
			var got string
			for _, n := range first.Notes {
				if n.Label == "note" && strings.HasPrefix(n.Text, "the status") {
					got = n.Text
				}
			}
			if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
				t.Errorf("%s: the note is %q, want %q", first.Cause.Slug, got, c.want)
			}
		})
	}
}
