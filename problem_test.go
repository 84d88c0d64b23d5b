package faultline_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
)

// threeMistakes is a request with a misspelt field, a wrong parameter and a
// missing header.
func threeMistakes() *faultline.Diagnosis {
	return &faultline.Diagnosis{
		Exchange: "k7m2q", Operation: "createOrder", Contract: "orders.yaml 1.4.0", Failed: true,
		Findings: []faultline.Finding{
			{
				Cause:    faultline.Cause{Slug: "body.unknown-field", Party: faultline.Client, Title: "The body has a field that the contract does not know"},
				Strength: faultline.Proven,
				At:       faultline.AtBody("/custmer_id", faultline.Span{Start: 4, End: 16, Line: 2, Column: 3}),
				Message:  "`custmer_id` is not a field of OrderCreate",
				Caret:    "did you mean `customer_id`? it is required and missing",
				Source:   faultline.Source{File: "orders.yaml", Line: 41, Column: 9},
				Detail: faultline.Detail{
					Field: "customer_id", Types: []string{"string"}, Required: true,
					Found: &faultline.Value{Field: "custmer_id", Type: "string", Text: `"cus_42"`},
				},
				Remedy: faultline.Remedy{
					Text: "rename to `customer_id`", Applicability: faultline.Checked,
					Patch: []faultline.Edit{{Op: "move", From: "/custmer_id", Path: "/customer_id"}},
				},
			},
			{
				Cause:    faultline.Cause{Slug: "param.value", Party: faultline.Client, Title: "A parameter has a value that the contract does not allow"},
				Strength: faultline.Proven,
				At:       faultline.AtQuery("expand"),
				Message:  "`expand` is not one of the allowed values",
				Detail: faultline.Detail{
					Types: []string{"string"}, Enum: []string{`"customer"`, `"items"`},
					Found: &faultline.Value{Type: "string", Text: "Customer"},
				},
				Remedy: faultline.Remedy{
					Text: "use `customer`", Applicability: faultline.Checked,
					Patch: []faultline.Edit{{Op: "replace", In: faultline.InQuery, Name: "expand", Value: "customer"}},
				},
			},
			{
				Cause:    faultline.Cause{Slug: "header.missing", Party: faultline.Client, Title: "A required header is missing"},
				Strength: faultline.Proven,
				At:       faultline.AtHeader("Idempotency-Key"),
				Message:  "required header is absent",
				Detail:   faultline.Detail{Field: "Idempotency-Key", Types: []string{"string"}, Format: "uuid", Required: true},
				Remedy:   faultline.Remedy{Text: "send a new UUID for each order", Applicability: faultline.Template},
			},
		},
	}
}

func options(level faultline.DetailLevel) faultline.ProblemOptions {
	return faultline.ProblemOptions{
		Base: "https://errors.example.com", Detail: level, Status: 400, Upstream: "what the server said",
		Instance: "urn:uuid:0193a1f2-6c1e-7d3a-9a51-3f0c2f6f2b10", TraceID: "4bf92f3577b34da6a3ce929d0e0e4736",
	}
}

func TestProblemIsTheDocumentOfTheDesign(t *testing.T) {
	t.Parallel()
	golden, err := os.ReadFile("testdata/problem.json")
	if err != nil {
		t.Fatal(err)
	}
	o := options(faultline.FullDetail)
	o.Upstream = ""
	if diff := cmp.Diff(indent(t, golden), indent(t, marshal(t, threeMistakes().Problem(o)))); diff != "" {
		t.Errorf("problem document (-want +got):\n%s", diff)
	}
}

func TestProblemSafeTellsNoValueAndNoPlace(t *testing.T) {
	t.Parallel()
	d := threeMistakes()
	d.Findings[1].Message = "`Customer` is not one of the allowed values"
	got := string(marshal(t, d.Problem(options(faultline.SafeDetail))))
	for _, secret := range []string{"Customer\"", "`Customer`", "cus_42", "orders.yaml", `"span"`, `"patch"`, "what the server said"} {
		if strings.Contains(got, secret) {
			t.Errorf("the safe document has %q:\n%s", secret, got)
		}
	}
	for _, told := range []string{`"#/custmer_id"`, `"enum":["customer","items"]`, `"length":8`, "rename to `customer_id`"} {
		if !strings.Contains(got, told) {
			t.Errorf("the safe document lacks %s:\n%s", told, got)
		}
	}
}

func TestProblemLevels(t *testing.T) {
	t.Parallel()
	token := &faultline.Diagnosis{Exchange: "m3x9a", Failed: true, Findings: []faultline.Finding{{
		Cause:   faultline.Cause{Slug: "auth.token-expired", Party: faultline.Client, Title: "The access token has expired"},
		At:      faultline.AtHeader("Authorization"),
		Message: "the token expired 52 s ago",
	}}}
	limit := &faultline.Diagnosis{Exchange: "p8d4t", Failed: true, Findings: []faultline.Finding{{
		Cause: faultline.Cause{Slug: "limit.rate", Party: faultline.Client, Title: "Too many requests"}, Strength: faultline.Proven, Message: "used up",
	}}}
	tests := []struct {
		name string
		d    *faultline.Diagnosis
		o    faultline.ProblemOptions
		want string
	}{
		{
			"minimal", threeMistakes(), options(faultline.MinimalDetail),
			`{"type":"https://errors.example.com/invalid-request","title":"The request does not match the contract","status":400,"id":"k7m2q"}`,
		},
		{
			"safe 401 has the code alone", token,
			faultline.ProblemOptions{Base: "https://errors.example.com/", Status: 401},
			`{"type":"about:blank","title":"Unauthorized","status":401,"id":"m3x9a","error":"invalid_token"}`,
		},
		{
			"minimal 401", token,
			faultline.ProblemOptions{Base: "https://errors.example.com/", Status: 401, Detail: faultline.MinimalDetail},
			`{"type":"about:blank","title":"Unauthorized","status":401,"id":"m3x9a"}`,
		},
		{
			"full 401 has its own type", token,
			faultline.ProblemOptions{Base: "/.faultline/causes", Status: 401, Detail: faultline.FullDetail},
			`{"type":"/.faultline/causes/auth.token-expired","title":"The access token has expired","status":401,` +
				`"detail":"the token expired 52 s ago","id":"m3x9a","party":"client","strength":"possible",` +
				`"errors":[{"code":"auth.token-expired","header":"Authorization","detail":"the token expired 52 s ago","doc":"/.faultline/causes/auth.token-expired"}]}`,
		},
		{
			"safe 5xx has the id alone", limit,
			faultline.ProblemOptions{Status: 502, Text: "10.0.0.7 refused", Upstream: "x"},
			`{"type":"about:blank","title":"Bad Gateway","status":502,"id":"p8d4t"}`,
		},
		{
			"429", limit,
			faultline.ProblemOptions{Status: 429, Wait: 19500 * time.Millisecond, Policies: []string{"burst"}},
			`{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","title":"Too many requests","status":429,"detail":"used up",` +
				`"id":"p8d4t","party":"client","strength":"proven","violated-policies":["burst"],"retry":{"safe":true,"after_s":20},` +
				`"errors":[{"code":"limit.rate","detail":"used up"}]}`,
		},
		{
			"without findings", &faultline.Diagnosis{Exchange: "a"},
			faultline.ProblemOptions{Status: 400, Detail: faultline.FullDetail, Title: "The request is not well-formed HTTP", Text: "line 1"},
			`{"type":"about:blank","title":"The request is not well-formed HTTP","status":400,"detail":"line 1","id":"a"}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, string(marshal(t, tt.d.Problem(tt.o)))); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProblemPointsAtTheParentOfAMissingField(t *testing.T) {
	t.Parallel()
	for pointer, want := range map[string]string{"/customer/postal code": `"#/customer"`, "/postal code": `"#"`} {
		d := &faultline.Diagnosis{Findings: []faultline.Finding{{
			Cause: faultline.Cause{Slug: "body.missing-field", Party: faultline.Client}, At: faultline.AtBody(pointer, faultline.Span{}),
			Detail: faultline.Detail{Field: "postal code", Required: true},
		}}}
		got := string(marshal(t, d.Problem(options(faultline.FullDetail)).Errors[0]))
		if want = `"pointer":` + want; !strings.Contains(got, want) {
			t.Errorf("error for %s = %s, want %s", pointer, got, want)
		}
		if !strings.Contains(got, `"field":"postal code"`) || !strings.Contains(got, `"found":null`) {
			t.Errorf("error for %s = %s, want the field's name and found null", pointer, got)
		}
	}
}

func TestProblemPointerIsAURIFragment(t *testing.T) {
	t.Parallel()
	d := threeMistakes()
	d.Findings[0].At.Pointer = "/a b/ü\x00\"<"
	if got, want := d.Problem(options(faultline.FullDetail)).Errors[0].Pointer, "#/a%20b/%C3%BC%00%22%3C"; got != want {
		t.Errorf("pointer = %q, want %q", got, want)
	}
}

func TestProblemIsBounded(t *testing.T) {
	t.Parallel()
	long := &faultline.Diagnosis{More: 3}
	for i := range 40 {
		long.Findings = append(long.Findings, faultline.Finding{
			Cause: faultline.Cause{Slug: "body.type"}, Message: strings.Repeat("ü", 3000) + fmt.Sprint(i), At: faultline.AtBody("/a", faultline.Span{}),
			Remedy: faultline.Remedy{Text: strings.Repeat("x", 9000)}, Detail: faultline.Detail{Enum: []string{strings.Repeat("1", 9000)}},
		})
	}
	p := long.Problem(options(faultline.FullDetail))
	if got, want := len(p.Errors), 20; got != want {
		t.Errorf("errors = %d, want %d", got, want)
	}
	out := marshal(t, p)
	if got, want := len(out), 16<<10; got > want {
		t.Errorf("document has %d bytes, want at most %d", got, want)
	}
	var doc struct {
		Errors  []any `json:"errors"`
		Omitted int   `json:"errors_omitted"`
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	if got, want := len(doc.Errors)+doc.Omitted, 43; got != want {
		t.Errorf("shown and omitted errors = %d, want %d", got, want)
	}
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// indent keeps the order of the members, which the design fixes too.
func indent(t *testing.T, doc []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, doc, "", "  "); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}
