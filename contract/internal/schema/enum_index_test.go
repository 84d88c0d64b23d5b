package schema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract/internal/snapshot"
)

// TestLongEnum holds that values of a long enum are found however they are
// written, and after a snapshot too, whose reader may hash otherwise.
func TestLongEnum(t *testing.T) {
	t.Parallel()
	var values strings.Builder
	for i := range 40 {
		fmt.Fprintf(&values, `%d, "v%d", {a: %d, b: [%d.50, null]}, [%d, true], `, i, i, i, i, i)
	}
	p, id := compileText(t, JSONSchema202012, Request, "Root: {enum: ["+values.String()+"true, null]}")
	w := snapshot.NewWriter()
	p.Code(w)
	r, err := snapshot.NewReader(w.Bytes("test"), "test")
	if err != nil {
		t.Fatal(err)
	}
	restored := new(Program)
	restored.Code(r)
	for value, want := range map[string]bool{
		`7`: true, `7.0`: true, `70e-1`: true, `7.01`: false, `40`: false, `-7`: false, `0.00`: true,
		`"v7"`: true, `"\u00767"`: true, `"v40"`: false, `""`: false,
		`{"b":[7.5,null],"a":7}`: true, `{"\u0061":0.7e1,"b":[75e-1,null]}`: true, `{"a":7,"b":[8.5,null]}`: false, `{"a":7}`: false,
		`[7,true]`: true, `[7.00,true]`: true, `[7,false]`: false, `[true,7]`: false,
		`true`: true, `null`: true, `false`: false, `{}`: false, `[]`: false,
	} {
		for _, p := range []*Program{p, restored} {
			if got := p.Valid(id, []byte(value)); got != want {
				t.Errorf("%s: valid is %v, want %v", value, got, want)
			}
			if got := len(p.Explain(id, []byte(value))) == 0; got != want {
				t.Errorf("%s: nothing is explained: %v, want %v", value, got, want)
			}
		}
	}
}

// TestObjectsInAnyOrder compares objects of many members, which are sorted.
func TestObjectsInAnyOrder(t *testing.T) {
	t.Parallel()
	const n = 200
	members := func(from, step int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `"\u006b%d": %d.0,`, from+step*i, from+step*i)
		}
		return b.String() + `"z":[`
	}
	p, id := compileText(t, JSONSchema202012, Request, "Root: {uniqueItems: true}")
	for _, tt := range []struct {
		a, b  string
		valid bool // both are unique
	}{
		{members(0, 1) + `]`, members(n-1, -1) + `]`, false},
		{members(0, 1) + `]`, members(0, 1) + `]`, false},
		{members(0, 1) + `1]`, members(n-1, -1) + `2]`, true},
		{members(0, 1) + `]`, members(n, -1) + `]`, true},
	} {
		body := []byte("[{" + tt.a + "},{" + tt.b + "}]")
		if got := p.Valid(id, body); got != tt.valid {
			t.Errorf("%.40s and %.40s: valid is %v, want %v", tt.a, tt.b, got, tt.valid)
		}
		same, root := compileText(t, JSONSchema202012, Request, "Root: {const: {"+tt.a+"}}")
		if got := same.Valid(root, []byte("{"+tt.b+"}")); got == tt.valid {
			t.Errorf("%.40s is %.40s: %v, want %v", tt.b, tt.a, got, !tt.valid)
		}
	}
}
