// Package official reads the official test suite of JSON Schema and puts it to
// validators, ours among them.
package official

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Drafts are the folders of the suite, and of what a validator is asked for.
var Drafts = []string{"draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"}

// A Group is a schema with the values that are held to it.
type Group struct {
	Section     string // required, optional or format
	File        string
	Description string
	Schema      json.RawMessage
	Tests       []Test
}

// A Test is a value, and whether the schema takes it.
type Test struct {
	Description string
	Data        json.RawMessage
	Valid       bool
}

// Sections are the parts of a draft's tests, in the order of the tables.
var Sections = []string{"required", "optional", "format"}

// Folder is where the suite is: FAULTLINE_SUITES or ../shared/suites beside
// the checkout, seen from a folder of this module that is below up.
func Folder(up string) string {
	dir := os.Getenv("FAULTLINE_SUITES")
	if dir == "" {
		dir = filepath.Join(up, "..", "..", "shared", "suites")
	}
	return filepath.Join(dir, "json-schema")
}

// Groups reads the tests of a draft.
func Groups(dir, draft string) ([]Group, error) {
	base := filepath.Join(dir, "tests", draft)
	var out []Group
	err := filepath.WalkDir(base, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var groups []Group
		if err := json.Unmarshal(raw, &groups); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		name, err := filepath.Rel(base, path)
		if err != nil {
			return err
		}
		for i := range groups {
			groups[i].File, groups[i].Section = filepath.ToSlash(name), section(filepath.ToSlash(name))
		}
		out = append(out, groups...)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = errors.New("no tests in " + base)
	}
	return out, err
}

func section(name string) string {
	switch {
	case strings.HasPrefix(name, "optional/format/"):
		return "format"
	case strings.HasPrefix(name, "optional/"):
		return "optional"
	}
	return "required"
}

// Remotes reads the documents that the suite expects under an address.
func Remotes(dir string) (map[string][]byte, error) {
	root := filepath.Join(dir, "remotes")
	out := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		out["http://localhost:1234/"+filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	return out, err
}
