package faultline_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
)

// written compares what AppendJSON writes with what encoding/json does.
func written(t *testing.T, p faultline.Problem) {
	t.Helper()
	want := marshal(t, p)
	if diff := cmp.Diff(string(want), string(p.AppendJSON(nil, false))); diff != "" {
		t.Errorf("(-encoding/json +AppendJSON):\n%s", diff)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, want, "", "  "); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(indented.String(), string(p.AppendJSON(nil, true))); diff != "" {
		t.Errorf("indented (-encoding/json +AppendJSON):\n%s", diff)
	}
}

func TestDocumentsAreWrittenAsEncodingJSONDoes(t *testing.T) {
	t.Parallel()
	yes := true
	whole := threeMistakes().Problem(options(faultline.FullDetail))
	whole.Error, whole.Policies, whole.Omitted = "invalid_token", []string{"a", "b<c"}, 3
	whole.Retry = &faultline.ProblemRetry{Safe: true, SameCanSucceed: &yes, AfterSeconds: 4, NeedsIdempotency: true}
	whole.Errors[0].Expected.Type = []string{"string", "null"}
	whole.Errors[1].Remedy = &faultline.ProblemRemedy{Text: "x", Patch: []faultline.PatchEdit{
		{Op: "add", Path: "/a", Value: json.RawMessage(`{ "b": [1, {"c":"<d>"}], "e": {} }`)},
		{Op: "replace", Path: "/f", Value: json.RawMessage(` [ ] `)},
		{Op: "replace", Path: "/g", Value: json.RawMessage(`"é & <"`)},
		{Op: "replace", Path: "/h", Value: json.RawMessage(` -1.5e3 `)},
	}}
	whole.Errors[2].Expected = &faultline.ProblemExpected{}
	for _, p := range []faultline.Problem{{}, whole, threeMistakes().Problem(options(faultline.SafeDetail)), threeMistakes().Problem(options(faultline.MinimalDetail))} {
		written(t, p)
	}
}

func TestLongDocumentsAreCutAsEncodingJSONDoes(t *testing.T) {
	t.Parallel()
	d := threeMistakes()
	for range 17 {
		f := d.Findings[0]
		f.Message = strings.Repeat("é<", 200)
		d.Findings = append(d.Findings, f)
	}
	p := d.Problem(options(faultline.FullDetail))
	if got, want := string(p.AppendJSON(nil, false)), string(marshal(t, p)); got != want || len(got) > 16<<10 {
		t.Errorf("%d bytes, want the %d of encoding/json", len(got), len(want))
	}
	if got := p.AppendJSON(nil, true); !json.Valid(got) || len(p.Errors) != 20 {
		t.Errorf("indented: %d bytes that are no JSON, or the document itself was changed", len(got))
	}
}

func FuzzAppendJSON(f *testing.F) {
	f.Add("`a` must be \"b\"\n", "\x00\x1f\u2028é\xff")
	f.Add(`\`, "<script>&")
	f.Fuzz(func(t *testing.T, a, b string) {
		written(t, faultline.Problem{Type: a, Title: b, Policies: []string{a, b}, Errors: []faultline.ProblemError{{Detail: b, Doc: a}}})
	})
}

// TestEveryMemberIsWritten: who adds a member to the document adds it to its writer.
func TestEveryMemberIsWritten(t *testing.T) {
	t.Parallel()
	var p faultline.Problem
	fill(reflect.ValueOf(&p).Elem())
	written(t, p)
}

// fill gives every field a value.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("text")
	case reflect.Int:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Interface:
		v.Set(reflect.ValueOf("text"))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.SetBytes([]byte("7"))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field)
		}
	}
}
