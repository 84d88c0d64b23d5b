package tape

import (
	"math/rand/v2"
	"testing"

	"github.com/faultline-http/faultline"
)

// oneByOne reads the text for each edit.
func oneByOne(json []byte, edits []faultline.Edit) ([]byte, error) {
	var err error
	for _, e := range edits {
		if json, err = Apply(json, []faultline.Edit{e}); err != nil {
			return nil, err
		}
	}
	return json, nil
}

func TestApplyInOneGoIsApplyOneByOne(t *testing.T) {
	t.Parallel()
	bodies := []string{
		`{"a":{"x":1,"y":[1,2]},"b":[{"x":1},{"y":2},3],"c":{},"d":[],"e":"s"}`,
		"{\n  \"a\": {\"x\" : 1},\n  \"b\": [ 1, 2 ],\n  \"c\": {\n    \"x\": []\n  }\n}",
		`{"a":1,"a":{"x":2},"b":2,"a":[3]}`,
		`[{"a":1,"b":2},[1, 2,3],{"a~b":1}]`,
	}
	pointers := []string{
		"", "/a", "/b", "/c", "/d", "/e", "/f", "/a/x", "/a/y", "/a/z", "/a/y/0", "/a/y/1", "/b/0", "/b/1", "/b/-",
		"/b/0/x", "/b/0/z", "/c/x", "/c/y", "/d/0", "/d/-", "/0", "/1", "/2", "/0/a", "/0/b", "/0/c", "/1/0", "/2/a~0b", "/2/a~b",
	}
	values := []string{"1", `"t"`, "{}", "[]", `{"x": [1]}`}
	ops := []string{"add", "replace", "remove", "move"}
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	several := 0
	for range 40_000 {
		body := []byte(pick(bodies))
		var edits []faultline.Edit
		for range 2 + random.IntN(4) {
			e := faultline.Edit{Op: pick(ops), Path: pick(pointers), From: pick(pointers), Value: pick(values)}
			if next := append(edits, e); random.IntN(20) == 0 || fits(body, next) {
				edits = next
			}
		}
		if len(edits) > 1 {
			several++
		}
		want, wantErr := oneByOne(body, edits)
		got, err := Apply(body, edits)
		if string(got) != string(want) || (err == nil) != (wantErr == nil) {
			t.Fatalf("%s\n%+v\ngot  %s, %v\nwant %s, %v", body, edits, got, err, want, wantErr)
		}
	}
	if several < 10_000 {
		t.Errorf("%d tries have more than one edit: the test says little", several)
	}
}

func fits(body []byte, edits []faultline.Edit) bool {
	_, err := oneByOne(body, edits)
	return err == nil
}

func TestEditsThatDoNotTouchAreDoneInOneGo(t *testing.T) {
	t.Parallel()
	var tp Tape
	w := writer{t: &tp, json: []byte(`{"a":"1","b":{"c":2,"d":3},"e":[4,5],"f":6,"g":7,"h":[{},{ }]}`), stale: true}
	for _, e := range []faultline.Edit{
		{Op: "replace", Path: "/a", Value: "1"},
		{Op: "move", From: "/b/c", Path: "/b/C"},
		{Op: "add", Path: "/b/x", Value: "8"},
		{Op: "remove", Path: "/f"},
		{Op: "remove", Path: "/e"},
		{Op: "replace", Path: "/b/d", Value: "null"},
		{Op: "add", Path: "/b/y", Value: "9"},
	} {
		if err := w.do(e); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := len(w.changes), 6; got != want {
		t.Errorf("%d edits wait, want %d: the text was read anew", got, want)
	}
	if got, want := string(w.flush()), `{"a":1,"b":{"C":2,"d":null,"x":8,"y":9},"g":7,"h":[{},{ }]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
