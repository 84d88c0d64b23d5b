package faultline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/faultline-http/faultline"

// floors says on which floor each package stands, "." being the root. A package imports only
// packages on lower floors, never a neighbour on its own.
var floors = map[string]int{
	".":                                       0,
	"contract/internal/ecma":                  0,
	"contract/internal/percent":               0,
	"contract/internal/xml":                   0,
	"contract/internal/snapshot":              0,
	"internal/yaml":                           0,
	"internal/atomicfile":                     0,
	"internal/caret":                          0,
	"internal/near":                           0,
	"internal/broken":                         0,
	"internal/outside":                        0,
	"internal/race":                           0,
	"internal/testcert":                       0,
	"causes/internal/challenge":               0,
	"causes/internal/jwt":                     0,
	"causes/internal/pattern":                 0,
	"causes/internal/lexicon":                 0,
	"causes/internal/hop":                     1,
	"causes/internal/trace":                   0,
	"causes/internal/jwks":                    1,
	"internal/fetch":                          1,
	"internal/tape":                           1,
	"internal/listen":                         1,
	"internal/acme":                           1,
	"internal/http3":                          1,
	"internal/curlcmd":                        1,
	"internal/coding":                         1,
	"internal/signs":                          0,
	"internal/socket":                         0,
	"internal/stream":                         0,
	"internal/wire":                           1,
	"internal/ca":                             1,
	"internal/childenv":                       1,
	"internal/wiretest":                       0,
	"internal/trust":                          1,
	"contract/internal/format":                1,
	"contract/internal/route":                 1,
	"contract/internal/snapshot/snapshottest": 1,
	"causes/internal/corsconf":                1,
	"causes/internal/words":                   2,
	"causes/internal/rpc":                     2,
	"causes/internal/provider":                3,
	"contract/internal/schema":                2,
	"internal/console":                        2,
	"internal/fetch/fetchtest":                2,
	"contract/internal/lint":                  3,
	"contract":                                4,
	"causes":                                  5,
	"diagnose":                                6,
	"internal/malformed":                      6,
	"guard":                                   7,
	"internal/admin":                          8,
	"internal/capture":                        8,
	"internal/compiled":                       8,
	"internal/config":                         8,
	"internal/report":                         8,
	"internal/proxy":                          8,
	"internal/demo":                           9,
	"internal/cli":                            10,
	"cmd/faultline":                           11,
}

// thinking are the packages that find out why: same exchange in, same diagnosis out.
var thinking = []string{
	".", "internal/caret", "internal/malformed", "internal/near", "internal/signs", "internal/stream", "internal/tape", "internal/fetch", "internal/console", "contract", "contract/internal/ecma", "contract/internal/format", "contract/internal/percent", "contract/internal/snapshot", "contract/internal/xml", "internal/yaml", "contract/internal/route", "contract/internal/schema", "contract/internal/lint",
	"causes", "causes/internal/hop", "causes/internal/trace", "causes/internal/jwt", "causes/internal/jwks", "causes/internal/challenge", "causes/internal/lexicon", "causes/internal/corsconf", "causes/internal/words", "causes/internal/provider", "causes/internal/rpc", "diagnose",
}

// notForThinking are the packages that reach out of the process or look at its state.
var notForThinking = []string{"os", "net", "context", "log", "log/slog"}

// light are the libraries that the importable packages may stand on besides the standard library.
// docs/adr says of each why.
var light = map[string][]string{
	"internal/yaml":        {"go.yaml.in/yaml/v4"},
	"causes/internal/jwks": {"github.com/go-jose/go-jose/v4"},
}

// source is one file of the product: no test, nothing under testdata, no other module.
type source struct {
	name, pkg string
	file      *ast.File
	fset      *token.FileSet
}

// productFiles parses the files itself: a test that asks `go list` in a child process is served
// from the test cache after an import has changed.
func productFiles(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		slash := filepath.ToSlash(name)
		if d.IsDir() {
			if skipDir(slash) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(slash, ".go") || strings.HasSuffix(slash, "_test.go") {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out = append(out, source{name: slash, pkg: path.Dir(slash), file: file, fset: fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 20 {
		t.Fatalf("found %d files of the product, want at least 20: is the test run in the project's root?", len(out))
	}
	return out
}

func skipDir(slash string) bool {
	base := path.Base(slash)
	if slash != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
		return true
	}
	if slash == "." {
		return false
	}
	_, err := os.Stat(filepath.Join(filepath.FromSlash(slash), "go.mod"))
	return err == nil
}

func imports(s source) []string {
	var out []string
	for _, spec := range s.file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			out = append(out, name)
		}
	}
	return out
}

func TestPackagesImportOnlyLowerFloors(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range productFiles(t) {
		seen[s.pkg] = true
		floor, ok := floors[s.pkg]
		if !ok {
			t.Errorf("%s: package %s stands on no floor; add it to floors", s.name, s.pkg)
			continue
		}
		for _, name := range imports(s) {
			other, ours := strings.CutPrefix(name, module)
			if !ours {
				continue
			}
			other = strings.TrimPrefix(other, "/")
			if other == "" {
				other = "."
			}
			below, known := floors[other]
			if known && below >= floor {
				t.Errorf("%s: %s (floor %d) imports %s (floor %d)", s.name, s.pkg, floor, other, below)
			}
		}
	}
	for pkg := range floors {
		if !seen[pkg] {
			t.Errorf("floors has %s, which has no files", pkg)
		}
	}
}

func TestThinkingPackagesDoNotAct(t *testing.T) {
	t.Parallel()
	for _, s := range productFiles(t) {
		if !slices.Contains(thinking, s.pkg) {
			continue
		}
		for _, name := range imports(s) {
			if slices.Contains(notForThinking, name) || strings.HasPrefix(name, "net/http") {
				t.Errorf("%s: a thinking package imports %s", s.name, name)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: a thinking package starts a goroutine", s.fset.Position(n.Pos()))
			case *ast.SelectorExpr:
				if id, ok := n.X.(*ast.Ident); ok && id.Name == "time" && n.Sel.Name == "Now" {
					t.Errorf("%s: a thinking package asks the clock", s.fset.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

func TestImportablePackagesStayLight(t *testing.T) {
	t.Parallel()
	for _, s := range productFiles(t) {
		if strings.HasPrefix(s.pkg, "internal/") && !slices.Contains(thinking, s.pkg) || strings.HasPrefix(s.pkg, "cmd/") {
			continue
		}
		for _, name := range imports(s) {
			first, _, _ := strings.Cut(name, "/")
			if !strings.Contains(first, ".") || strings.HasPrefix(name, module) {
				continue
			}
			if !slices.Contains(light[s.pkg], name) {
				t.Errorf("%s: %s imports %s, which is not among its libraries", s.name, s.pkg, name)
			}
		}
	}
}

// TestMapShowsTheFloors holds the table in ARCHITECTURE.md to the one above.
func TestMapShowsTheFloors(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for pkg, floor := range floors {
		name := pkg
		if pkg == "." {
			name = "faultline"
		}
		row := "| " + strconv.Itoa(floor) + " |"
		found := false
		for line := range strings.Lines(string(text)) {
			found = found || strings.HasPrefix(line, row) && strings.Contains(line, "`"+name+"`")
		}
		if !found {
			t.Errorf("ARCHITECTURE.md does not show %s on floor %d", name, floor)
		}
	}
}

// TestEveryFileHasItsChapter holds the tables of chapters in ARCHITECTURE.md to the files of the
// packages that they are about.
func TestEveryFileHasItsChapter(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"contract", "contract/internal/schema", "causes", "internal/proxy"} {
		_, table, found := strings.Cut(string(page), "| in `"+dir+"` |")
		if !found {
			t.Fatalf("ARCHITECTURE.md has no table of the chapters in %s", dir)
		}
		table, _, _ = strings.Cut(table, "\n\n")
		var files []string
		for _, s := range productFiles(t) {
			if s.pkg == dir {
				files = append(files, strings.TrimSuffix(path.Base(s.name), ".go"))
			}
		}
		for _, row := range strings.Split(table, "\n")[2:] {
			names, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " |")
			for name := range strings.FieldsSeq(names) {
				before := len(files)
				files = slices.DeleteFunc(files, func(file string) bool {
					ok, _ := path.Match(strings.Trim(name, "`"), file)
					return ok
				})
				if len(files) == before {
					t.Errorf("%s: the chapter %s has no file, or a chapter before it has them all", dir, name)
				}
			}
		}
		for _, file := range files {
			t.Errorf("%s/%s.go belongs to no chapter in ARCHITECTURE.md", dir, file)
		}
	}
}
