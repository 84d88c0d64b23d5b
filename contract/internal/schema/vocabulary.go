package schema

import (
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A vocabulary is a set of the groups that keywords come in (JSON Schema
// 2020-12, section 8.1). Dialects without vocabularies have them all.
type vocabulary uint8

const (
	applicators vocabulary = 1 << iota
	unevaluated
	validation
	formatting
	contents

	everything vocabulary = 1<<iota - 1
)

// vocabularies are the groups by the last word of their addresses, which the
// two drafts that have them share.
var vocabularies = map[string]vocabulary{
	"core":              0,
	"applicator":        applicators,
	"unevaluated":       unevaluated,
	"validation":        validation,
	"format":            formatting,
	"format-annotation": formatting,
	"format-assertion":  formatting,
	"content":           contents,
	"meta-data":         0,
}

// A mode is a dialect, or as much of it as a metaschema takes.
type mode struct {
	dialect Dialect
	words   vocabulary
	formats bool // format is asserted whatever the options say
}

func modeOf(d Dialect) mode { return mode{dialect: d, words: everything} }

// mode is the mode that a $schema in res names.
func (l *library) mode(res *resource, uri *yaml.Node) (mode, error) {
	if d, known := DialectOf(uri.Text); known {
		return modeOf(d), nil
	}
	unsupported := &Unsupported{Pos: uri.Pos, What: "the dialect `" + uri.Text + "`"}
	if l.naming[uri.Text] {
		return mode{}, unsupported // a metaschema that is written in itself
	}
	l.naming[uri.Text] = true
	defer delete(l.naming, uri.Text)
	meta, err := l.find(res, strings.TrimSuffix(uri.Text, "#"))
	if err != nil || meta.err != nil {
		return mode{}, unsupported
	}
	m := meta.mode
	list := meta.root.Get("$vocabulary")
	if list == nil || m.dialect < JSONSchema201909 {
		return m, nil
	}
	m.words = 0
	for i := range list.Members {
		entry := &list.Members[i]
		if !m.add(entry.Key, entry.Value.Text == "true") && entry.Value.Text == "true" {
			return mode{}, unsupported
		}
	}
	return m, nil
}

// add takes a vocabulary in and reports whether it is one that we know.
func (m *mode) add(uri string, required bool) bool {
	if strings.HasPrefix(uri, "https://spec.openapis.org/oas/3.1/vocab/") || strings.HasPrefix(uri, "https://spec.openapis.org/oas/3.2/vocab/") {
		return true
	}
	prefix := "https://json-schema.org/draft/2020-12/vocab/"
	if m.dialect == JSONSchema201909 {
		prefix = "https://json-schema.org/draft/2019-09/vocab/"
	}
	name, ours := strings.CutPrefix(uri, prefix)
	words, known := vocabularies[name]
	if !ours || !known {
		return false
	}
	m.words |= words
	if m.dialect == JSONSchema201909 {
		if words == applicators {
			m.words |= unevaluated // a group of its own only later
		}
		m.formats = m.formats || words == formatting && required
	}
	m.formats = m.formats || name == "format-assertion"
	return true
}
