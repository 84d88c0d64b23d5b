package fuzz

import (
	"encoding/binary"
	"os"
	"testing"

	"github.com/faultline-http/faultline/bench/official"
)

// cases is how many schemas the test puts together for each draft.
const cases = 2000

func open(t testing.TB) []*pool {
	t.Helper()
	dir := official.Folder("..")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no test suite at %s; FAULTLINE_SUITES names its folder", dir)
	}
	read, err := pools(dir)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestAgainstSanthosh goes through cases that are the same each time.
func TestAgainstSanthosh(t *testing.T) {
	for _, p := range open(t) {
		asked, differ, known := 0, 0, 0
		for n := range cases {
			seed := binary.BigEndian.AppendUint64(nil, uint64(n)*0x9e3779b97f4a7c15)
			found, verdicts := compare(p, seed)
			asked, differ = asked+verdicts, differ+len(found)
			for i := range found {
				if _, ok := explained(p, &found[i]); ok {
					known++
					continue
				}
				t.Errorf("case %d: %s", n, &found[i])
			}
		}
		t.Logf("%s: %d verdicts on %d schemas, %d differences, %d of them known", p.draft, asked, cases, differ, known)
		if asked < cases {
			t.Errorf("%s: most schemas are refused", p.draft)
		}
	}
}

// TestExplanations has an example for each kind of difference, so that one
// that no longer happens is noticed.
func TestExplanations(t *testing.T) {
	read := map[string]*pool{}
	for _, p := range open(t) {
		read[p.draft] = p
	}
	seen := map[string]bool{}
	for _, c := range []struct{ draft, schema, value string }{
		{"draft2020-12", `{"pattern":"(?=a)"}`, `"a"`},
		{"draft4", `{"enum":[1,1]}`, `1`},
		{"draft4", `{"exclusiveMaximum":true}`, `1`},
		{"draft7", `{"$ref":"#/definitions/a","maxItems":-1,"definitions":{"a":{}}}`, `1`},
		{"draft4", `{"type":"integer"}`, `1.0`},
		{"draft2020-12", `{"pattern":"^\\s$"}`, `"\u2029"`},
		{"draft7", `{"propertyNames":{"format":"regex"}}`, `{"[":1}`},
		{"draft4", `{"$ref":"http://json-schema.org/draft-04/schema#"}`, `{"$ref":1}`},
		{"draft2020-12", `{"maxProperties":18446744073709551616}`, `{"a":1}`},
	} {
		found, _ := read[c.draft].judge([]byte(c.schema), [][]byte{[]byte(c.value)})
		if len(found) != 1 {
			t.Errorf("%s %s %s: %d differences", c.draft, c.schema, c.value, len(found))
			continue
		}
		why, ok := explained(read[c.draft], &found[0])
		if !ok || seen[why] {
			t.Errorf("%q explains %s", why, &found[0])
		}
		seen[why] = true
	}
	if len(seen) != len(explanations) {
		t.Errorf("%d of %d explanations have an example", len(seen), len(explanations))
	}
}

// FuzzAgainstSanthosh looks for differences that are not explained. The first
// byte chooses the draft.
func FuzzAgainstSanthosh(f *testing.F) {
	read := open(f)
	for draft := range read {
		for n := range 16 {
			f.Add(binary.BigEndian.AppendUint64([]byte{byte(draft)}, uint64(n)*0x9e3779b97f4a7c15))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			return
		}
		p := read[int(data[0])%len(read)]
		found, _ := compare(p, data[1:])
		for i := range found {
			if _, ok := explained(p, &found[i]); !ok {
				t.Errorf("%s", &found[i])
			}
		}
	})
}
