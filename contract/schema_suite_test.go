package contract_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/outside"
)

// remotes reads the documents that the suite expects under an address.
func remotes(dir string) func(uri string) ([]byte, error) {
	return func(uri string) ([]byte, error) {
		name, ok := strings.CutPrefix(uri, "http://localhost:1234/")
		if !ok {
			return nil, os.ErrNotExist
		}
		return os.ReadFile(filepath.Join(dir, "remotes", filepath.FromSlash(name)))
	}
}

func readJSON(t testing.TB, file string, v any) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		t.Fatal(err)
	}
}

// TestSuiteByAPI runs the required tests through the API: the verdict, the
// explanation and all forms of output agree.
func TestSuiteByAPI(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(outside.Suites(t), "json-schema")
	for folder, draft := range map[string]string{"draft4": "4", "draft6": "6", "draft7": "7", "draft2019-09": "2019-09", "draft2020-12": "2020-12"} {
		files, err := filepath.Glob(filepath.Join(dir, "tests", folder, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no tests in %s: %v", folder, err)
		}
		for _, file := range files {
			var groups []struct {
				Description string
				Schema      json.RawMessage
				Tests       []struct {
					Description string
					Data        json.RawMessage
					Valid       bool
				}
			}
			readJSON(t, file, &groups)
			for _, group := range groups {
				s := compile(t, string(group.Schema), contract.SchemaOptions{Draft: draft, Resolve: remotes(dir)})
				for _, test := range group.Tests {
					name := path.Join(folder, filepath.Base(file)) + " | " + group.Description + " | " + test.Description
					checkOutputs(t, name, s, test.Data, test.Valid)
				}
			}
		}
	}
}

// checkOutputs fails unless all that can be asked about a value agrees.
func checkOutputs(t *testing.T, name string, s *contract.Schema, data []byte, valid bool) {
	t.Helper()
	if s.Valid(data) != valid {
		t.Errorf("%s: verdict %v", name, !valid)
	}
	for _, v := range s.Explain(data) {
		if v.SchemaPointer == "" && v.SchemaURI == "" {
			t.Errorf("%s: %q has no place in the schema", name, v.Message)
		}
	}
	for format := contract.OutputFlag; format <= contract.OutputVerbose; format++ {
		out := s.Output(data, format)
		raw, err := json.Marshal(out)
		if err != nil || out.Valid != valid {
			t.Errorf("%s: form %d: valid %v, %v: %s", name, format, out.Valid, err, raw)
		}
		var problems []string
		soundUnit(&out, format == contract.OutputFlag, &problems)
		if len(problems) > 0 {
			t.Errorf("%s: form %d: %s\n%s", name, format, problems, raw)
		}
	}
}

// soundUnit checks what the standard requires of every unit.
func soundUnit(o *contract.Output, flag bool, problems *[]string) {
	if !o.Valid && !flag && o.Error == "" && o.Errors == nil {
		*problems = append(*problems, fmt.Sprintf("the unit at %q says nothing", o.KeywordLocation))
	}
	if o.Annotation != nil && !json.Valid(o.Annotation) {
		*problems = append(*problems, "an annotation is no JSON")
	}
	for i := range o.Errors {
		soundUnit(&o.Errors[i], flag, problems)
	}
	for i := range o.Annotations {
		soundUnit(&o.Annotations[i], flag, problems)
	}
}

func TestOutputSuite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(outside.Suites(t), "json-schema")
	for folder, draft := range map[string]string{"draft2019-09": "2019-09", "draft2020-12": "2020-12"} {
		files, err := filepath.Glob(filepath.Join(dir, "output-tests", folder, "content", "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no tests in %s: %v", folder, err)
		}
		resolve := func(string) ([]byte, error) {
			return os.ReadFile(filepath.Join(dir, "output-tests", folder, "output-schema.json"))
		}
		for _, file := range files {
			var groups []struct {
				Schema json.RawMessage
				Tests  []struct {
					Description string
					Data        json.RawMessage
					Output      struct{ Basic json.RawMessage }
				}
			}
			readJSON(t, file, &groups)
			for _, group := range groups {
				s := compile(t, string(group.Schema), contract.SchemaOptions{})
				for _, test := range group.Tests {
					raw, err := json.Marshal(s.Output(test.Data, contract.OutputBasic))
					if err != nil {
						t.Fatal(err)
					}
					want := compile(t, string(test.Output.Basic), contract.SchemaOptions{Draft: draft, Resolve: resolve})
					if list := want.Explain(raw); list != nil {
						t.Errorf("%s: %s: %s\n%s", file, test.Description, list[0].Message, raw)
					}
				}
			}
		}
	}
}

// compatible reports whether a test of annotations is for a release.
func compatible(rule string, release int) bool {
	if rule == "" {
		return true
	}
	for part := range strings.SplitSeq(rule, ",") {
		number, err := strconv.Atoi(strings.TrimLeft(part, "<="))
		switch {
		case err != nil:
			return false
		case strings.HasPrefix(part, "<="):
			if release > number {
				return false
			}
		case strings.HasPrefix(part, "="):
			if release != number {
				return false
			}
		case release < number:
			return false
		}
	}
	return true
}

func TestAnnotationSuite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(outside.Suites(t), "json-schema")
	files, err := filepath.Glob(filepath.Join(dir, "annotations", "tests", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests: %v", err)
	}
	releases := map[string]int{"4": 4, "6": 6, "7": 7, "2019-09": 2019, "2020-12": 2020}
	ran := 0
	for _, file := range files {
		var list struct {
			Suite []struct {
				Description     string
				Compatibility   string
				Schema          json.RawMessage
				ExternalSchemas map[string]json.RawMessage
				Tests           []struct {
					Instance   json.RawMessage
					Assertions []struct {
						Location, Keyword string
						Expected          map[string]json.RawMessage
					}
				}
			}
		}
		readJSON(t, file, &list)
		for _, group := range list.Suite {
			for draft, release := range releases {
				if !compatible(group.Compatibility, release) {
					continue
				}
				s := compile(t, string(group.Schema), contract.SchemaOptions{Draft: draft, Resolve: func(uri string) ([]byte, error) {
					return group.ExternalSchemas[uri], nil
				}})
				for _, test := range group.Tests {
					out := s.Output(test.Instance, contract.OutputBasic)
					for _, a := range test.Assertions {
						ran++
						got := annotations(&out, a.Location, a.Keyword)
						if want := plainMap(t, a.Expected); fmt.Sprint(got) != fmt.Sprint(want) {
							t.Errorf("%s, draft %s, %s at %q of %s: %v, want %v", group.Description, draft, a.Keyword, a.Location, test.Instance, got, want)
						}
					}
				}
			}
		}
	}
	t.Logf("%d assertions on annotations hold", ran)
}

// annotations are those of a keyword for a value, by the schema that they come
// from.
func annotations(out *contract.Output, location, keyword string) map[string]string {
	found := map[string]string{}
	for _, u := range out.Annotations {
		if u.InstanceLocation == location && strings.HasSuffix(u.KeywordLocation, "/"+keyword) {
			place, _ := url.PathUnescape(strings.TrimSuffix(u.AbsoluteKeywordLocation, "/"+keyword))
			if id, rest, _ := strings.Cut(place, "#"); id != "" {
				// The tests name a schema inside another resource by its place in the
				// document, we by its address (2020-12, section 8.2.1).
				place = "#/$defs/" + path.Base(id) + rest
			}
			var value any
			_ = json.Unmarshal(u.Annotation, &value)
			found[place] = fmt.Sprint(value)
		}
	}
	return found
}

func plainMap(t *testing.T, list map[string]json.RawMessage) map[string]string {
	t.Helper()
	out := map[string]string{}
	for place, raw := range list {
		place, err := url.PathUnescape(place)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(raw, &value); err != nil {
			t.Fatal(err)
		}
		out[place] = fmt.Sprint(value)
	}
	return out
}
