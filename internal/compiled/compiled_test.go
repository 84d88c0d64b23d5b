package compiled_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/compiled"
)

// description writes a contract of two files that is large enough to be kept.
func description(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	write(t, dir, "api.yaml", `openapi: 3.1.0
info: {title: Orders, version: "1"}
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody: {required: true, content: {application/json: {schema: {$ref: "parts.yaml#/Order"}}}}
      responses: {"201": {description: made}}
# `+strings.Repeat("-", 128<<10)+"\n")
	write(t, dir, "parts.yaml", "Order: {type: object, required: [sku]}\n")
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// load loads api.yaml of dir, and reports whether it was compiled before.
func load(t *testing.T, cache compiled.Cache, dir string) (*contract.Contract, compiled.How) {
	t.Helper()
	c, how, err := cache.Load(os.DirFS(dir), "api.yaml", contract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c, how
}

func TestSecondLoadIsWarm(t *testing.T) {
	t.Parallel()
	dir, cache := description(t), compiled.Cache{Folder: filepath.Join(t.TempDir(), "new", "folder"), Build: "1"}
	cold, how := load(t, cache, dir)
	if how.Warm || how.Trouble != nil {
		t.Errorf("the first load: %+v", how)
	}
	warm, how := load(t, cache, dir)
	if !how.Warm || how.Trouble != nil {
		t.Errorf("the second load: %+v", how)
	}
	if string(cold.Snapshot()) != string(warm.Snapshot()) {
		t.Error("the two contracts differ")
	}
	if info, err := os.Stat(cache.Folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is for others too: %v, %v", info.Mode(), err)
	}
}

func TestWhatChangesIsLoadedAnew(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, dir string, c *compiled.Cache){
		"the build": func(_ *testing.T, _ string, c *compiled.Cache) { c.Build = "2" },
		"the description": func(t *testing.T, dir string, _ *compiled.Cache) {
			old, err := os.ReadFile(filepath.Join(dir, "api.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, "api.yaml", strings.Replace(string(old), "createOrder", "makeOrder", 1))
		},
		"a file that it refers to": func(t *testing.T, dir string, _ *compiled.Cache) {
			write(t, dir, "parts.yaml", "Order: {type: array}\n")
		},
		"a damaged entry": func(t *testing.T, _ string, c *compiled.Cache) {
			for _, name := range entries(t, c.Folder) {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				data[len(data)-9] ^= 1
				if err := os.WriteFile(name, data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, cache := description(t), compiled.Cache{Folder: t.TempDir(), Build: "1"}
			load(t, cache, dir)
			change(t, dir, &cache)
			got, how := load(t, cache, dir)
			if how.Warm {
				t.Error("an entry that no longer holds was used")
			}
			if damaged := how.Trouble != nil; damaged != (name == "a damaged entry") {
				t.Errorf("trouble: %v", how.Trouble)
			}
			want, err := contract.Load(os.DirFS(dir), "api.yaml")
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Snapshot()) != string(want.Snapshot()) {
				t.Error("the contract is not that of the files")
			}
			if _, how := load(t, cache, dir); !how.Warm {
				t.Error("the new contract was not kept")
			}
		})
	}
}

// A cache that cannot be used costs time, and says so.
func TestUselessFolder(t *testing.T) {
	t.Parallel()
	dir, blocked := description(t), filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, how := load(t, compiled.Cache{Folder: filepath.Join(blocked, "below")}, dir); how.Warm || how.Trouble == nil {
		t.Errorf("no trouble was told: %+v", how)
	}
}

func TestOldEntriesGo(t *testing.T) {
	t.Parallel()
	dir, folder := description(t), t.TempDir()
	for i := range 70 {
		load(t, compiled.Cache{Folder: folder, Build: fmt.Sprint(i)}, dir)
	}
	if n := len(entries(t, folder)); n != 64 {
		t.Errorf("%d entries are kept", n)
	}
	if _, how := load(t, compiled.Cache{Folder: folder, Build: "69"}, dir); !how.Warm {
		t.Error("the newest entry went")
	}
}

func TestErrorsAreThoseOfLoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "api.yaml", "openapi: 3.1.0\npaths: [\n")
	for _, name := range []string{"api.yaml", "none.yaml"} {
		_, _, err := compiled.Cache{Folder: t.TempDir()}.Load(os.DirFS(dir), name, contract.Options{})
		_, want := contract.Load(os.DirFS(dir), name)
		if err == nil || err.Error() != want.Error() {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
}

func entries(t *testing.T, folder string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.contract"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestOptionsAndDocumentsOfURIs(t *testing.T) {
	t.Parallel()
	dir, cache := description(t), compiled.Cache{Folder: t.TempDir()}
	text, err := os.ReadFile(filepath.Join(dir, "api.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "api.yaml", strings.Replace(string(text), "parts.yaml#", "https://example.com/parts.yaml#", 1))
	remote := "Order: {type: object}"
	o := contract.Options{Resolve: func(string) ([]byte, error) { return []byte(remote), nil }}
	warm := func(o contract.Options) bool {
		_, how, err := cache.Load(os.DirFS(dir), "api.yaml", o)
		if err != nil || how.Trouble != nil {
			t.Fatal(err, how.Trouble)
		}
		return how.Warm
	}
	if warm(o) || !warm(o) {
		t.Error("the second load is not warm")
	}
	if remote = "Order: {type: array}"; warm(o) || !warm(o) {
		t.Error("a document of a URI that changed was not read anew")
	}
	if o.AnnotateFormats = true; warm(o) || !warm(o) {
		t.Error("another option was taken for the same")
	}
	if warm(contract.Options{}) {
		t.Error("a contract with a document was taken for one without")
	}
}
