package diagnose_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// made is a call as a test writes it down: "POST /v1/orders", header fields a
// line each, and a body; then the answer's status and body.
func made(id, request, header, body string, status int, answer string) *faultline.Exchange {
	method, target, _ := strings.Cut(request, " ")
	ex := &faultline.Exchange{ID: id, Response: &faultline.Response{Status: status, Body: faultline.NewBody([]byte(answer))}}
	ex.Request = faultline.Request{Method: method, Scheme: "https", Host: "api.example.com", Target: target, Body: faultline.NewBody([]byte(body))}
	for line := range strings.Lines(header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: name, Value: value})
	}
	if answer != "" {
		ex.Response.Header = faultline.Header{{Name: "Content-Type", Value: "application/json"}}
	}
	return ex
}

const (
	plainHeader = "Content-Type: application/json\nAuthorization: Bearer aaa\nX-Tenant: acme"
	plainBody   = `{"customer":"cus_1","quantity":3,"lines":[{"sku":"A-1"}]}`
)

// TestCompared holds a failed call against one that succeeded: no contract, and a server that says nothing.
func TestCompared(t *testing.T) {
	t.Parallel()
	good := made("good", "POST /v1/orders?expand=lines", plainHeader, plainBody, 201, `{"id":7}`)
	const silent = `{"error":"Bad Request"}`
	for _, c := range []struct {
		name     string
		bad      *faultline.Exchange
		cause    faultline.Slug
		place    string
		strength faultline.Strength
	}{
		{"nothing differs", made("b", "POST /v1/orders?expand=lines", plainHeader, plainBody, 400, silent), "", "", 0},
		{"a header", made("b", "POST /v1/orders?expand=lines", "Content-Type: application/json\nAuthorization: Bearer aaa", plainBody, 400, silent), "header.missing", "header:x-tenant", faultline.Likely},
		{"the credential", made("b", "POST /v1/orders?expand=lines", "Content-Type: application/json\nX-Tenant: acme", plainBody, 403, silent), "auth.missing", "header:authorization", faultline.Likely},
		{"a field", made("b", "POST /v1/orders?expand=lines", plainHeader, `{"customer":"cus_1","lines":[{"sku":"A-1"}]}`, 400, silent), "body.missing-field", "/quantity", faultline.Likely},
		{"a field of an element", made("b", "POST /v1/orders?expand=lines", plainHeader, `{"customer":"cus_1","quantity":3,"lines":[{"sku":"A-1","note":"x"}]}`, 400, silent), "body.unknown-field", "/lines/0/note", faultline.Likely},
		{"a type", made("b", "POST /v1/orders?expand=lines", plainHeader, `{"customer":"cus_1","quantity":"3","lines":[{"sku":"A-1"}]}`, 400, silent), "body.type", "/quantity", faultline.Likely},
		{"null", made("b", "POST /v1/orders?expand=lines", plainHeader, `{"customer":null,"quantity":3,"lines":[{"sku":"A-1"}]}`, 422, silent), "body.null", "/customer", faultline.Likely},
		{"a parameter", made("b", "POST /v1/orders", plainHeader, plainBody, 400, silent), "param.missing", "query:expand", faultline.Likely},
		{"a parameter too many", made("b", "POST /v1/orders?expand=lines&x=1", plainHeader, plainBody, 400, silent), "param.unknown", "query:x", faultline.Likely},
		{"the path", made("b", "POST /v1/ordres?expand=lines", plainHeader, plainBody, 404, ""), "route.unknown-path", "path", faultline.Likely},
		{"two things", made("b", "POST /v1/orders", plainHeader, `{"customer":"cus_1","lines":[{"sku":"A-1"}]}`, 400, silent), "param.missing", "query:expand", faultline.Possible},
		{"two things, one of them named", made("b", "POST /v1/orders", plainHeader, `{"customer":"cus_1","lines":[{"sku":"A-1"}]}`, 400, `{"error":"problem with Quantity"}`), "body.missing-field", "/quantity", faultline.Likely},
		{"a misspelt field", made("b", "POST /v1/orders?expand=lines", plainHeader, `{"custmer":"cus_1","quantity":3,"lines":[{"sku":"A-1"}]}`, 400, silent), "body.unknown-field", "/custmer", faultline.Likely},
		{"a misspelt parameter", made("b", "POST /v1/orders?expnd=lines", plainHeader, plainBody, 400, silent), "param.unknown", "query:expnd", faultline.Likely},
		{"what the status does not speak of", made("b", "POST /v1/orders", plainHeader, plainBody, 503, ""), "", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := diagnose.NewHistory(0)
			h.Add(good)
			h.Add(c.bad)
			d := diagnose.New(h.Options()...).Diagnose(c.bad)
			var first faultline.Finding
			for _, f := range d.Findings {
				if len(f.Evidence) > 0 && strings.HasPrefix(f.Evidence[len(f.Evidence)-1].Title, "compared") {
					first = f
					break
				}
			}
			if first.Cause.Slug != c.cause {
				t.Fatalf("found %q (%s), want %q; all %v", first.Cause.Slug, first.Message, c.cause, d.Findings)
			}
			if c.cause == "" {
				return
			}
			if got := place(first.At); got != c.place || first.Strength < c.strength {
				t.Errorf("%s at %s, %s; want %s, %s", first.Cause.Slug, got, first.Strength, c.place, c.strength)
			}
			if primary, _ := d.Primary(); primary.Cause.Slug != c.cause {
				t.Errorf("the first finding is %s", primary.Cause.Slug)
			}
		})
	}
}

// TestComparedKeepsSecrets: no value of the call that succeeded is shown.
func TestComparedKeepsSecrets(t *testing.T) {
	t.Parallel()
	h := diagnose.NewHistory(0)
	h.Add(made("good", "POST /v1/orders?key=abc-secret", "X-Api-Key: abc-secret\nX-Other: abc-secret", `{"pin":"abc-secret","word":"abc-secret"}`, 201, ""))
	bad := made("bad", "POST /v1/orders?key=x", "", `{"pin":"x","word":"y"}`, 400, `{"error":"key, pin, word"}`)
	h.Add(bad)
	d := diagnose.New(h.Options()...).Diagnose(bad)
	if len(d.Findings) == 0 {
		t.Fatal("nothing found")
	}
	for _, f := range d.Findings {
		for _, text := range []string{f.Message, f.Brief, f.Expected, f.Found, f.Remedy.Text} {
			if strings.Contains(text, "abc-secret") {
				t.Errorf("%s shows it: %s", f.Cause.Slug, text)
			}
		}
		for _, e := range f.Evidence {
			for _, l := range e.Lines {
				if strings.Contains(l.Text, "abc-secret") {
					t.Errorf("%s shows it: %s", f.Cause.Slug, l.Text)
				}
			}
		}
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	h := diagnose.NewHistory(3)
	first := made("1", "GET /v1/orders/7", "", "", 200, "{}")
	second := made("2", "GET /v1/orders/8", "", "", 200, "{}")
	failed := made("3", "GET /v1/orders/x9", "", "", 200, `{"error":"no"}`)
	for _, ex := range []*faultline.Exchange{first, second, failed} {
		h.Add(ex)
	}
	if got := h.Baseline(failed); got != second {
		t.Errorf("the baseline is %v, want the last that succeeded", got)
	}
	if got := h.Baseline(second); got != first {
		t.Errorf("a call is its own baseline: %v", got)
	}
	if got := h.Around(second); len(got) != 3 {
		t.Errorf("%d calls around, want 3", len(got))
	}
	if h.Baseline(made("4", "GET /v2/items/7", "", "", 404, "")) != nil {
		t.Error("another operation is a baseline")
	}
	h.Add(made("5", "GET /v1/other", "", "", 200, "{}"))
	if h.Around(first) != nil || len(h.Around(second)) != 3 {
		t.Error("the oldest call did not go first")
	}
}

// TestReasons: the order is told in words, for each finding but the last.
func TestReasons(t *testing.T) {
	t.Parallel()
	h := diagnose.NewHistory(0)
	h.Add(made("good", "POST /v1/orders?a=1", "X-Tenant: acme", plainBody, 201, ""))
	bad := made("bad", "POST /v1/orders", "", plainBody, 400, `{"error":"the parameter a"}`)
	h.Add(bad)
	if plain := diagnose.New(h.Options()...).Diagnose(bad); plain.Ranking != nil {
		t.Error("reasons nobody asked for")
	}
	d := diagnose.New(append(h.Options(), diagnose.WithReasons())...).Diagnose(bad)
	if len(d.Findings) < 2 || len(d.Ranking) != len(d.Findings) {
		t.Fatalf("%d findings, %d reasons", len(d.Findings), len(d.Ranking))
	}
	for i, s := range d.Ranking {
		if s.Cause != d.Findings[i].Cause.Slug || (s.Before == "") != (i == len(d.Ranking)-1) {
			t.Errorf("place %d: %+v", i, s)
		}
	}
}
