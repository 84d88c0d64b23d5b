package faultline_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
)

// aToken expires 2023-11-14T22:13:20Z.
const aToken = "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDAsInN1YiI6ImFubiJ9.c2lnbmF0dXJl"

func TestHeaderFieldsAreMasked(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, value, want string }{
		{"Authorization", "Bearer " + aToken, "Bearer ••• JWT exp 22:13Z"},
		{"authorization", "Basic dXNlcjpwYXNz", "Basic •••"},
		{"Authorization", "sk_live_123456789", "•••"},
		{"Authorization", "a-very-long-first-word-that-is-a-key and more", "•••"},
		{"Proxy-Authorization", "Digest username=x", "Digest •••"},
		{"Cookie", "sid=abc; theme=dark; flag", "sid=•••; theme=•••;•••"},
		{"Set-Cookie", "sid=abc; Path=/; HttpOnly", "sid=•••; Path=/; HttpOnly"},
		{"X-Api-Key", "abc", "•••"},
		{"X-Auth-Token", "abc", "•••"},
		{"Idempotency-Key", "abc", "abc"},
		{"Content-Type", "application/json", "application/json"},
		{"X-Forwarded-Assertion", "abc", "•••"},
		{"X-Trace", "seen " + aToken, "seen eyJhbGciOiJub25lIn0." + strings.Repeat("*", len(aToken)-len("eyJhbGciOiJub25lIn0."))},
		{"Location", "https://a.example/cb?access_token=abcdef&state=1", "https://a.example/cb?access_token=******&state=1"},
		{"Authorization", "", ""},
	}
	for _, tt := range tests {
		ex := &faultline.Exchange{Request: faultline.Request{Header: faultline.Header{{Name: tt.name, Value: tt.value}}}}
		(&faultline.Redactor{}).Redact(ex, nil)
		if got := ex.Request.Header[0].Value; got != tt.want {
			t.Errorf("%s: %s = %q, want %q", tt.name, tt.value, got, tt.want)
		}
		again := (&faultline.Redactor{}).Redact(ex, nil)
		if got := ex.Request.Header[0].Value; got != tt.want || again != 0 {
			t.Errorf("%s: the second time = %q, %d masked, want no change", tt.name, got, again)
		}
	}
}

func TestEqualSecretsHaveEqualMarks(t *testing.T) {
	t.Parallel()
	mask := func(key, value string) string {
		ex := &faultline.Exchange{Request: faultline.Request{Header: faultline.Header{{Name: "X-Api-Key", Value: value}}}}
		(&faultline.Redactor{Key: []byte(key)}).Redact(ex, nil)
		return ex.Request.Header[0].Value
	}
	a, again, b, elsewhere := mask("k", "one"), mask("k", "one"), mask("k", "two"), mask("other", "one")
	if a != again || a == b || a == elsewhere || !strings.HasPrefix(a, "••• #") || len(a) != len("••• #1f3c") {
		t.Errorf("marks %q, %q, %q, %q: want the first two alike", a, again, b, elsewhere)
	}
}

func TestAddressesAreMasked(t *testing.T) {
	t.Parallel()
	tests := []struct{ target, want string }{
		{"/v1/me?api_key=abc&limit=3", "/v1/me?api_key=***&limit=3"},
		{"/v1?TOKEN=abc#x", "/v1?TOKEN=***#x"},
		{"/v1?page_token=abc", "/v1?page_token=abc"},
		{"/cb?code=abc&state=x", "/cb?code=***&state=x"},
		{"/cb?code=4f1c9a0b7d2e4f1c9a0b", "/cb?code=********************"},
		{"/shop?code=SAVE10", "/shop?code=SAVE10"},
		{"/prices?code=EUR", "/prices?code=EUR"},
		{"http://u:secret@a.example/x", "http://u:******@a.example/x"},
		{"/x?", "/x?"},
		{"/x?sig=%2Fab", "/x?sig=*****"},
		{"*", "*"},
	}
	for _, tt := range tests {
		ex := &faultline.Exchange{Request: faultline.Request{Target: tt.target}}
		(&faultline.Redactor{}).Redact(ex, nil)
		if got := ex.Request.Target; got != tt.want {
			t.Errorf("%s = %q, want %q", tt.target, got, tt.want)
		}
	}
}

func TestBodiesAreMasked(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, media, body, want string }{
		{"json", "application/json", `{"user":"ann","password":"hunter2","n":1}`, `{"user":"ann","password":"*******","n":1}`},
		{"any case", "application/json", `{"accessToken" : "abc", "Client_Secret":"de"}`, `{"accessToken" : "***", "Client_Secret":"**"}`},
		{"escapes", "application/json", `{"password":"a\"b\\","x":"y"}`, `{"password":"******","x":"y"}`},
		{"number", "application/json", `{"pin": 1234, "n": 12}`, `{"pin": 1111, "n": 12}`},
		{"container", "application/json", `{"credentials":{"a":["x",7],"b":"y"},"c":"z"}`, `{"credentials":{"a":["*",1],"b":"*"},"c":"z"}`},
		{"deep", "application/problem+json", `[{"a":[{"token":"abc"}]}]`, `[{"a":[{"token":"***"}]}]`},
		{"null and true", "application/json", `{"token":null,"secret":true,"a":"b"}`, `{"token":null,"secret":true,"a":"b"}`},
		{"cut off", "application/json", `{"password":"hunt`, `{"password":"****`},
		{"malformed", "application/json", `{"password":"hunter2" "x`, `{"password":"*******" "x`},
		{"a value that sounds secret", "application/json", `{"kind":"password","label":"token"}`, `{"kind":"password","label":"token"}`},
		{"no media type", "", `{"password":"hunter2"}`, `{"password":"*******"}`},
		{"form", "application/x-www-form-urlencoded", "user=ann&password=hunter2", "user=ann&password=*******"},
		{"multipart", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--\r\n", "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n*******\r\n--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--\r\n"},
		{"token in a sentence", "text/plain", "got " + aToken + ".", "got eyJhbGciOiJub25lIn0." + strings.Repeat("*", len(aToken)-20) + "."},
		{"token in words", "text/plain", "got " + aToken + " today", "got eyJhbGciOiJub25lIn0." + strings.Repeat("*", len(aToken)-20) + " today"},
		{"text", "text/plain", "password: see the manual", "password: see the manual"},
		{"nothing", "application/json", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ex := &faultline.Exchange{Request: faultline.Request{Body: faultline.NewBody([]byte(tt.body))}}
			if tt.media != "" {
				ex.Request.Header = faultline.Header{{Name: "Content-Type", Value: tt.media}}
			}
			(&faultline.Redactor{}).Redact(ex, nil)
			if diff := cmp.Diff(tt.want, string(ex.Request.Body.Raw)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEncodedBodiesAreNotKeptWithTheirSecret(t *testing.T) {
	t.Parallel()
	body := faultline.Body{Raw: []byte("\x1f\x8b..."), Decoded: []byte(`{"token":"abc"}`), Size: 6}
	ex := &faultline.Exchange{Response: &faultline.Response{Body: body}}
	(&faultline.Redactor{}).Redact(ex, nil)
	if got := ex.Response.Body; got.Raw != nil || string(got.Decoded) != `{"token":"***"}` || got.Note == "" {
		t.Errorf("body = %+v, want the decoded one masked and the other gone", got)
	}
}

func TestFurtherNames(t *testing.T) {
	t.Parallel()
	ex := &faultline.Exchange{Request: faultline.Request{Header: faultline.Header{{Name: "X-Tenant", Value: "acme"}}}}
	if n := (&faultline.Redactor{Names: []string{"x-tenant"}}).Redact(ex, nil); n != 1 || ex.Request.Header[0].Value != "•••" {
		t.Errorf("%d masked, header %v, want the named field masked", n, ex.Request.Header)
	}
}

func TestDiagnosisIsMaskedWithItsExchange(t *testing.T) {
	t.Parallel()
	body := []byte(`{"password":"hunter2","pin":"12"}`)
	ex := &faultline.Exchange{Request: faultline.Request{Body: faultline.NewBody(body)}}
	d := &faultline.Diagnosis{
		Findings: []faultline.Finding{
			{
				At: faultline.AtBody("/password", faultline.Span{}), Found: `string "hunter2"`, Message: "`hunter2` is too short",
				Detail:   faultline.Detail{Found: &faultline.Value{Type: "string", Text: `"hunter2"`}},
				Evidence: []faultline.Evidence{{Lines: []faultline.Line{{Text: `sent hunter2`}}}},
			},
			{At: faultline.AtBody("/pin", faultline.Span{}), Found: `string "12"`, Detail: faultline.Detail{Found: &faultline.Value{Type: "string", Text: `"12"`}}},
		},
		Looked:    []string{"the password hunter2"},
		Corrected: &faultline.Request{Body: faultline.NewBody([]byte(`{"password":"hunter2x"}`))},
	}
	(&faultline.Redactor{}).Redact(ex, d)
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(text) + string(d.Corrected.Body.Raw); strings.Contains(s, "hunter2") || strings.Contains(s, `\"12\"`) {
		t.Errorf("a secret is left in %s %s", s, d.Corrected.Body.Raw)
	}
	if got, want := d.Findings[0].Evidence[0].Lines[0].Text, "sent *******"; got != want {
		t.Errorf("evidence = %q, want %q", got, want)
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("application/json", `{"password":"hunter2","a":[1,{"token":"x"}]}`)
	f.Add("application/x-www-form-urlencoded", "a=b&token=c")
	f.Add("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n1\r\n--b--")
	f.Add("", `{"token":"\`)
	f.Fuzz(func(t *testing.T, media, body string) {
		redact := func(in string) string {
			ex := &faultline.Exchange{Request: faultline.Request{
				Target: in, Header: faultline.Header{{Name: "Content-Type", Value: media}, {Name: "Cookie", Value: in}, {Name: "Location", Value: in}},
				Body: faultline.NewBody([]byte(in)),
			}}
			(&faultline.Redactor{Key: []byte("k")}).Redact(ex, nil)
			if len(ex.Request.Target) != len(in) {
				t.Errorf("the target %q became %q, want the same length", in, ex.Request.Target)
			}
			return string(ex.Request.Body.Raw)
		}
		once := redact(body)
		if len(once) != len(body) {
			t.Errorf("%d bytes became %d, want the same number", len(body), len(once))
		}
		if json.Valid([]byte(body)) && !json.Valid([]byte(once)) {
			t.Errorf("%q is no JSON any more: %q", body, once)
		}
	})
}
