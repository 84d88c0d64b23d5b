package guard_test

import (
	"context"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// TestFaultsHaveCauses: each fault is a case of a cause that has a page.
func TestFaultsHaveCauses(t *testing.T) {
	t.Parallel()
	for _, f := range wire.Faults() {
		if _, ok := causes.Lookup(f.Cause); !ok {
			t.Errorf("the cause %s of the fault %s is not in the catalogue", f.Cause, f.Name)
		}
	}
}

// refuse is the diagnosis of a request that is not well-formed, without its secrets.
func refuse(t *testing.T, raw string) (*faultline.Exchange, *faultline.Diagnosis) {
	t.Helper()
	err := wire.ExplainRequest([]byte(raw), wire.Limits{})
	if err == nil {
		t.Fatalf("nothing is wrong with %q", raw)
	}
	var ex *faultline.Exchange
	var d *faultline.Diagnosis
	g := guard.New(guard.Options{Sinks: []guard.Sink{guard.SinkFunc(func(_ context.Context, e *faultline.Exchange, of *faultline.Diagnosis) { ex, d = e, of })}})
	c, r := g.BeginMalformed(&faultline.Exchange{}, err)
	c.Answer(r, guard.Client{})
	c.End()
	if err := g.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ex, d
}

func TestSecretsOfMalformedRequestsAreHidden(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3tXYZ"
	for name, raw := range map[string]string{
		"value":           "GET / HTTP/1.1\r\nHost: a\r\nAuthorization : Bearer s3cr3tXYZ\r\n\r\n",
		"control":         "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cr\x00s3cr3tXYZ\r\n\r\n",
		"cookie":          "GET / HTTP/1.1\r\nHost: a\r\nCookie: sid=s3cr3tXYZ\n\r\n",
		"no colon":        "GET / HTTP/1.1\r\nHost: a\r\nAuthorization Bearer s3cr3tXYZ\r\n\r\n",
		"a token alone":   "GET / HTTP/1.1\r\nHost: a\r\nAuthorization\r\n s3cr3tXYZ\r\n\r\n",
		"folded":          "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer\r\n s3cr3tXYZ\r\n\r\n",
		"query":           "GET /?a=b c&access_token=s3cr3tXYZ HTTP/1.1\r\nHost: a\r\n\r\n",
		"query behind":    "GET /?a=b&access_token=s3cr3tXYZ#c HTTP/1.1\r\nHost: a\r\n\r\n",
		"user":            "GET http://user:s3cr3tXYZ@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
		"left over":       "password=s3cr3tXYZGET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"left over, once": "password=s3cr3tXYZ GET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"form":            "password=s3cr3tXYZ&a=b\r\n",
		"JSON":            `{"password":"s3cr3tXYZ"}`,
		"JSON for fields": "GET / HTTP/1.1\r\n{\"password\": \"s3cr3tXYZ\"}\r\n\r\n",
		"Host":            "GET / HTTP/1.1\r\nHost: user:s3cr3tXYZ@a\r\n\r\n",
		"long line":       "GET /?access_token=" + strings.Repeat("s3cr3tXYZ", 4000) + " HTTP/1.1\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ex, d := refuse(t, raw)
			f := d.Findings[0]
			text := []string{f.Message, f.Brief, f.Found, f.Expected, ex.Request.Target}
			for _, e := range f.Evidence {
				for _, l := range e.Lines {
					text = append(text, l.Text, l.Note)
				}
			}
			for _, field := range ex.Request.Header {
				text = append(text, field.Value)
			}
			if d.Corrected != nil {
				text = append(text, d.Corrected.Target)
				for _, field := range d.Corrected.Header {
					text = append(text, field.Value)
				}
			}
			if all := strings.Join(text, "\n"); strings.Contains(all, secret) || strings.Contains(all, "s3cr3t") {
				t.Errorf("the secret is told:\n%s", all)
			}
		})
	}
}

// TestCorrectedRequestsAreWellFormed: what is offered in place of a malformed
// request is one that the reader takes, and never one of those that two readers
// understand in two ways.
func TestCorrectedRequestsAreWellFormed(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n":                                                              "GET /a%20b",
		"GET  /a  HTTP/1.1\nHost : a\n\n":                                                                   "GET /a",
		"GET /a http/1.1\r\nHost: a\r\n\r\n":                                                                "GET /a",
		"GET /a HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n":                                                  "GET /a",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n":                                                      "",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n":             "",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nX: b\n\r\n":                                     "",
		"GET / HTTP/1.1\r\nHost: a\r\nX: b\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n": "",
	} {
		_, d := refuse(t, raw)
		got := ""
		if d.Corrected != nil {
			got = d.Corrected.Method + " " + d.Corrected.Target
		}
		if got != want || got != "" && d.Checked != faultline.Checked {
			t.Errorf("corrected %q = %q (%s), want %q", raw, got, d.Checked, want)
		}
	}
}
