package schema

import (
	"reflect"
	"testing"

	"github.com/faultline-http/faultline/contract/internal/format"
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
		reflect.TypeFor[map[string]int32](): map[string]int32{"text": 1},
		reflect.TypeFor[*names]():           newNames([]string{"text", "text"}),
	}
	snapshottest.RoundTrip(t, (*form).code, made, "err")
	snapshottest.RoundTrip(t, (*Options).code, made)
}
