package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/fetch"
	"github.com/faultline-http/faultline/internal/fetch/fetchtest"
)

// TestCORSTable diagnoses what goes over the wire for each row: the preflight,
// then the call.
func TestCORSTable(t *testing.T) {
	t.Parallel()
	for _, row := range fetchtest.Rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			if row.Preflight != nil {
				ex := preflightOf(&row)
				if row.Step != fetch.AtPreflight {
					holds(t, row.Section, ex, "", "")
				} else {
					holds(t, row.Section, ex, row.Cause, row.At)
				}
			}
			if row.Answer != nil {
				ex := callOf(&row)
				if row.Step != fetch.AtAnswer {
					holds(t, row.Section, ex, "", "")
				} else {
					holds(t, row.Section, ex, row.Cause, row.At)
				}
			}
		})
	}
}

// holds diagnoses an exchange: the first finding has the cause and the place,
// or none is about CORS.
func holds(t *testing.T, section string, ex *faultline.Exchange, cause faultline.Slug, at string) {
	t.Helper()
	d := diagnose.New().Diagnose(ex)
	first, _ := d.Primary()
	if cause == "" {
		for _, f := range d.Findings {
			if f.Cause.Slug.Family() == "cors" {
				t.Errorf("%s: %s %s is in order, got %s: %s", section, ex.Request.Method, ex.Request.Target, f.Cause.Slug, f.Message)
			}
		}
		return
	}
	if first.Cause.Slug != cause {
		t.Fatalf("%s: cause = %q, want %q", section, first.Cause.Slug, cause)
	}
	if first.Strength != faultline.Proven && first.Strength != faultline.Likely && cause != "cors.private-network" {
		t.Errorf("%s: %s is said to be %s", section, cause, first.Strength)
	}
	if got := corpusPlace(first.At); !strings.EqualFold(got, at) {
		t.Errorf("%s: place = %q, want %q", section, got, at)
	}
}

func corpusPlace(at faultline.Location) string {
	switch {
	case at.In == faultline.InHeader && at.Side == faultline.ResponseSide:
		return "response-header:" + at.Name
	case at.In == faultline.InHeader:
		return "header:" + at.Name
	}
	return "-"
}

// preflightOf is the question as a browser sends it (Fetch, section 4.8).
func preflightOf(row *fetchtest.Row) *faultline.Exchange {
	q, _ := row.Call.Question()
	ex := onWire(row, "OPTIONS")
	ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Access-Control-Request-Method", Value: q.Method})
	if len(q.Headers) > 0 {
		ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Access-Control-Request-Headers", Value: strings.Join(q.Headers, ",")})
	}
	if q.PrivateNetwork {
		ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Access-Control-Request-Private-Network", Value: "true"})
	}
	ex.Response = row.Preflight
	if row.Told != "" {
		ex.Failure = &faultline.Failure{Text: blocked + row.Told}
	}
	return ex
}

// callOf is the call itself as a browser sends it.
func callOf(row *fetchtest.Row) *faultline.Exchange {
	ex := onWire(row, fetch.NormalizeMethod(row.Call.Method))
	ex.Request.Header = append(ex.Request.Header, row.Call.Header...)
	if row.Call.Credentials {
		ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Cookie", Value: "sid=example"})
	}
	ex.Response = row.Answer
	return ex
}

func onWire(row *fetchtest.Row, method string) *faultline.Exchange {
	scheme, rest, _ := strings.Cut(row.Call.URL, "://")
	host, path, _ := strings.Cut(rest, "/")
	return &faultline.Exchange{Request: faultline.Request{
		Method: method, Scheme: scheme, Host: host, Target: "/" + path,
		Header: faultline.Header{{Name: "Origin", Value: row.Call.Origin}, {Name: "Sec-Fetch-Mode", Value: "cors"}},
	}}
}
