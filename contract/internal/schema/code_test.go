package schema

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/contract/internal/format"
	"github.com/faultline-http/faultline/contract/internal/snapshot"
	"github.com/faultline-http/faultline/contract/internal/snapshot/snapshottest"
)

func TestSnapshotHasEveryField(t *testing.T) {
	t.Parallel()
	value, err := constantOf(`{"a":[1.50,"b"]}`)
	if err != nil {
		t.Fatal(err)
	}
	text, err := newPattern("^a+$")
	if err != nil {
		t.Fatal(err)
	}
	made := map[reflect.Type]any{
		reflect.TypeFor[constant]():         value,
		reflect.TypeFor[*pattern]():         text,
		reflect.TypeFor[strRule]():          strRule{min: 1, max: 2, pattern: text, name: "date", format: format.Lookup("date"), content: &contentRule{encoding: "base64", json: true, schema: 7}},
		reflect.TypeFor[map[string]int32](): map[string]int32(nil), // of objRule, while a schema is read
		reflect.TypeFor[enumIndex]():        enumIndex(nil),        // of few values; it is made of enum
		reflect.TypeFor[*names]():           newNames([]string{"text", "text"}),
	}
	snapshottest.RoundTrip(t, (*form).code, made, "err")
	snapshottest.RoundTrip(t, (*Options).code, made)
}

// TestSnapshotOfVerdict holds the verdict program that is read against the one
// that was compiled, to the last field.
func TestSnapshotOfVerdict(t *testing.T) {
	t.Parallel()
	for _, sample := range samples {
		t.Run(sample.name, func(t *testing.T) {
			t.Parallel()
			p, _ := compileText(t, sample.dialect, Request, sample.schema)
			w := snapshot.NewWriter()
			p.Code(w)
			r, err := snapshot.NewReader(w.Bytes("test"), "test")
			if err != nil {
				t.Fatal(err)
			}
			restored := new(Program)
			restored.Code(r)
			if err := r.Done(); err != nil {
				t.Fatal(err)
			}
			all := cmp.Exporter(func(reflect.Type) bool { return true })
			samePattern := cmp.Comparer(func(a, b *pattern) bool { return a.text == b.text })
			sameFormat := cmp.Comparer(func(a, b *format.Format) bool { return a == b })
			if diff := cmp.Diff(p.verdict, restored.verdict, all, samePattern, sameFormat); diff != "" {
				t.Errorf("the program that was read differs (-compiled +read):\n%s", diff)
			}
		})
	}
}
