package diagnose_test

import (
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

func piece(input string, unseen faultline.Unseen) *faultline.Exchange {
	return &faultline.Exchange{Unseen: unseen, Labels: map[string]string{faultline.LabelInput: input}}
}

func aboutText(d *faultline.Diagnosis) string {
	var b strings.Builder
	for _, e := range d.About {
		for _, l := range e.Lines {
			b.WriteString(e.Title + ": " + l.Text + "\n")
		}
	}
	return b.String()
}

// A made-up token: HS256, kid k-1, issued for https://api.example.com, exp 1700000000.
const bareToken = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImstMSJ9.eyJhdWQiOiJodHRwczovL2FwaS5leGFtcGxlLmNvbSIsImV4cCI6MTcwMDAwMDAwMH0.eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg"

func TestABareTokenIsOpenedAndJudgedByTheTimeOfTheQuestion(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct {
		now  time.Time
		want faultline.Slug
	}{
		{time.Unix(1_699_999_000, 0), ""},
		{time.Unix(1_700_000_900, 0), "auth.token-expired"},
	} {
		ex := piece(faultline.InputToken, faultline.UnseenMessages|faultline.UnseenStatus)
		ex.Start = tt.now
		ex.Request.Header = faultline.Header{{Name: "Authorization", Value: "Bearer " + bareToken}}
		d := engine.Diagnose(ex)
		f, _ := d.Primary()
		if f.Cause.Slug != tt.want || d.Failed != (tt.want != "") {
			t.Errorf("at %v: %q, failed %v, want %q", tt.now, f.Cause.Slug, d.Failed, tt.want)
		}
		if got := aboutText(d); !strings.Contains(got, "alg HS256 · kid k-1") || !strings.Contains(got, "https://api.example.com") || strings.Contains(got, "eyJ") {
			t.Errorf("about = %s, want algorithm, key and audience, and no piece of the token", got)
		}
		if ex.Response != nil {
			t.Error("the exchange was given an answer that nobody saw")
		}
	}
}

func TestAStatusAloneIsExplainedAndNeverCertain(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for status := 400; status < 600; status++ {
		ex := piece(faultline.InputStatus, faultline.UnseenMessages)
		ex.Response = &faultline.Response{Status: status}
		d := engine.Diagnose(ex)
		if got := aboutText(d); !strings.Contains(got, "means: ") || !strings.Contains(got, "look at: ") {
			t.Errorf("%d: about = %q, want what it means and what to look at", status, got)
		}
		for _, f := range d.Findings {
			if f.Strength != faultline.Possible {
				t.Errorf("%d: %s is %v, want possible at most", status, f.Cause.Slug, f.Strength)
			}
			if f.Cause.Slug == "body.missing" || f.Cause.Slug == "content.type-missing" {
				t.Errorf("%d: %s, although nothing of the request is known", status, f.Cause.Slug)
			}
		}
	}
}

func TestAnErrorBodyWithoutAStatusIsJudgedByItsWords(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for body, want := range map[string]faultline.Slug{
		`{"detail":"Not authenticated"}`:        "auth.missing",
		`{"error":{"message":"jwt expired"}}`:   "auth.token-expired",
		`{"message":"something is the matter"}`: "",
	} {
		ex := piece(faultline.InputBody, faultline.UnseenMessages&^faultline.UnseenResponseBody|faultline.UnseenStatus)
		ex.Response = &faultline.Response{Body: faultline.NewBody([]byte(body))}
		d := engine.Diagnose(ex)
		if f, _ := d.Primary(); f.Cause.Slug != want || !d.Failed {
			t.Errorf("%s: %q, failed %v, want %q", body, f.Cause.Slug, d.Failed, want)
		}
		if ex.Response.Status != 0 {
			t.Errorf("%s: the exchange was given the status %d", body, ex.Response.Status)
		}
	}
}
