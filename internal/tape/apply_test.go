package tape

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/faultline-http/faultline"
)

const sent = "{\n  \"custmer_id\": \"cus_42\",\n  \"currency\": \"eur\",\n  \"items\": [{\"sku\": \"A-1\", \"quantity\": \"3\"}]\n}"

func TestApply(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		body  string
		edits []faultline.Edit
		want  string
	}{
		{"rename and replace", sent, []faultline.Edit{
			{Op: "move", From: "/custmer_id", Path: "/customer_id"},
			{Op: "replace", Path: "/items/0/quantity", Value: "3"},
		}, "{\n  \"customer_id\": \"cus_42\",\n  \"currency\": \"eur\",\n  \"items\": [{\"sku\": \"A-1\", \"quantity\": 3}]\n}"},
		{
			"add a member", sent,
			[]faultline.Edit{{Op: "add", Path: "/note", Value: `"x"`}},
			"{\n  \"custmer_id\": \"cus_42\",\n  \"currency\": \"eur\",\n  \"items\": [{\"sku\": \"A-1\", \"quantity\": \"3\"}],\n  \"note\": \"x\"\n}",
		},
		{
			"add a member on one line", sent,
			[]faultline.Edit{{Op: "add", Path: "/items/0/gift", Value: "true"}},
			"{\n  \"custmer_id\": \"cus_42\",\n  \"currency\": \"eur\",\n  \"items\": [{\"sku\": \"A-1\", \"quantity\": \"3\", \"gift\": true}]\n}",
		},
		{"add to a dense object", `{"a":1,"b":2}`, []faultline.Edit{{Op: "add", Path: "/c", Value: "3"}}, `{"a":1,"b":2,"c":3}`},
		{"add to an empty object", `{"a": {}}`, []faultline.Edit{{Op: "add", Path: "/a/b", Value: "1"}}, `{"a": {"b": 1}}`},
		{"add to the one member of a block", "{\n\t\"a\": 1\n}", []faultline.Edit{{Op: "add", Path: "/b", Value: "2"}}, "{\n\t\"a\": 1,\n\t\"b\": 2\n}"},
		{"add an item", `[1, 2]`, []faultline.Edit{{Op: "add", Path: "/-", Value: "3"}, {Op: "add", Path: "/0", Value: "0"}}, `[0, 1, 2, 3]`},
		{"add to an empty array", `[ ]`, []faultline.Edit{{Op: "add", Path: "/-", Value: "3"}}, `[3]`},
		{"add what is there", `{"a":1}`, []faultline.Edit{{Op: "add", Path: "/a", Value: "2"}}, `{"a":2}`},
		{"remove the first", `{"a": 1, "b": 2, "c": 3}`, []faultline.Edit{{Op: "remove", Path: "/a"}}, `{"b": 2, "c": 3}`},
		{"remove one in the middle", `{"a": 1, "b": 2, "c": 3}`, []faultline.Edit{{Op: "remove", Path: "/b"}}, `{"a": 1, "c": 3}`},
		{"remove the last", `{"a": 1, "b": 2}`, []faultline.Edit{{Op: "remove", Path: "/b"}}, `{"a": 1}`},
		{"remove the only one", `{ "a": 1 }`, []faultline.Edit{{Op: "remove", Path: "/a"}}, `{}`},
		{"remove an item", `[1, 2, 3]`, []faultline.Edit{{Op: "remove", Path: "/1"}}, `[1, 3]`},
		{"move elsewhere", `{"a": {"x": 1}, "b": {}}`, []faultline.Edit{{Op: "move", From: "/a/x", Path: "/b/x"}}, `{"a": {}, "b": {"x": 1}}`},
		{"move onto another", `{"a": 1, "b": 2}`, []faultline.Edit{{Op: "move", From: "/a", Path: "/b"}}, `{"b": 1}`},
		{"move to the whole", `{"a": [1]}`, []faultline.Edit{{Op: "move", From: "/a", Path: ""}}, `[1]`},
		{"replace the whole", ` [1] `, []faultline.Edit{{Op: "replace", Path: "", Value: "{}"}}, ` {} `},
		{"other parts are passed over", `{}`, []faultline.Edit{{Op: "add", In: faultline.InHeader, Name: "a", Value: "b"}}, `{}`},
		{"a name that needs escapes", `{"a":1}`, []faultline.Edit{{Op: "move", From: "/a", Path: "/b~1\""}}, `{"b/\"":1}`},
	}
	for _, tt := range tests {
		got, err := Apply([]byte(tt.body), tt.edits)
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %s, %v\nwant %s", tt.name, got, err, tt.want)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	for _, edit := range []faultline.Edit{
		{Op: "replace", Path: "/x", Value: "1"},
		{Op: "remove", Path: "/x"},
		{Op: "add", Path: "/x/y", Value: "1"},
		{Op: "add", Path: "/a/9", Value: "1"},
		{Op: "add", Path: "/a/0/z", Value: "1"},
		{Op: "add", Path: "x", Value: "1"},
		{Op: "add", Path: "/b", Value: "<value>"},
		{Op: "move", From: "/a", Path: "/a/0"},
		{Op: "move", From: "/x", Path: "/y"},
		{Op: "move", From: "", Path: "/y"},
		{Op: "frobnicate", Path: "/a"},
	} {
		if got, err := Apply([]byte(`{"a":[1]}`), []faultline.Edit{edit}); err == nil {
			t.Errorf("%+v gives %s, want an error", edit, got)
		}
	}
	if _, err := Apply([]byte(`{`), []faultline.Edit{{Op: "remove", Path: "/a"}}); err == nil {
		t.Error("a broken body was edited")
	}
}

// FuzzApply holds that an edit changes what it says and nothing else.
func FuzzApply(f *testing.F) {
	f.Add([]byte(sent), "/custmer_id", "/customer_id", "1")
	f.Add([]byte(`[1,[2,{"a":null}]]`), "/1/1/a", "/1/1/b", `"x"`)
	f.Fuzz(func(t *testing.T, body []byte, from, to, value string) {
		for _, op := range []string{"add", "replace", "remove", "move"} {
			edit := faultline.Edit{Op: op, From: from, Path: to, Value: value}
			if op != "move" {
				edit.Path = from
			}
			out, err := Apply(body, []faultline.Edit{edit})
			if err != nil {
				continue
			}
			if !Valid(out) {
				t.Fatalf("%s %q %q %q of %q gives %q", op, from, to, value, body, out)
			}
			if op == "replace" {
				n, ok := Locate(out, from)
				if !ok || string(out[n.Value.Start:n.Value.End]) != value && !sameJSON(out[n.Value.Start:n.Value.End], []byte(value)) {
					t.Fatalf("replace %q by %q in %q gives %q", from, value, body, out)
				}
			}
		}
	})
}

func sameJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
