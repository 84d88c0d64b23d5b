package schema

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// mark is the annotation that takes a property out of required in a direction:
// OpenAPI 3.0, Schema Object: "the required will take effect on the response
// only" for readOnly, and the other way round for writeOnly.
func (d Direction) mark() string {
	if d == Request {
		return "readOnly"
	}
	return "writeOnly"
}

// deepestAnnotation bounds the search for readOnly behind references.
const deepestAnnotation = 8

// exemptions are the names of the properties of this object, whichever schema
// declares them, that are not required in this direction.
func (r *reader) exemptions(inherited string) string {
	if r.at.dir == Neither {
		return inherited
	}
	names := map[string]bool{}
	for name := range strings.SplitSeq(inherited, "\x00") {
		if name != "" {
			names[name] = true
		}
	}
	r.collectExempt(r.node, r.at, names, 0)
	if len(names) == 0 {
		return ""
	}
	sorted := make([]string, 0, len(names))
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	return strings.Join(sorted, "\x00") + "\x00"
}

func (r *reader) collectExempt(node *yaml.Node, at where, names map[string]bool, depth int) {
	if node.Kind != yaml.Object || depth > deepestAnnotation {
		return
	}
	if ref := text(node.Get("$ref")); ref != "" && (depth > 0 || !at.mode.dialect.openAPI()) {
		if t, err := r.b.lib.resolve(at.res, ref); err == nil {
			next := at
			next.res, next.mode = t.res, t.res.mode
			r.collectExempt(t.node, next, names, depth+1)
		}
	}
	if properties := node.Get("properties"); properties != nil {
		for i := range properties.Members {
			m := &properties.Members[i]
			if r.marked(m.Value, at, 0) {
				names[m.Key] = true
			}
		}
	}
	if all := node.Get("allOf"); all != nil {
		for _, item := range all.Items {
			r.collectExempt(item, at, names, depth+1)
		}
	}
}

// marked reports whether a property carries the annotation, itself or through
// references and allOf.
func (r *reader) marked(node *yaml.Node, at where, depth int) bool {
	if node.Kind != yaml.Object || depth > deepestAnnotation {
		return false
	}
	ref := text(node.Get("$ref"))
	if ref == "" || !at.mode.dialect.openAPI() {
		if flag := node.Get(at.dir.mark()); flag != nil && flag.Text == "true" {
			return true
		}
	}
	if ref != "" {
		t, err := r.b.lib.resolve(at.res, ref)
		if err != nil {
			return false
		}
		at.res, at.mode = t.res, t.res.mode
		return r.marked(t.node, at, depth+1)
	}
	if all := node.Get("allOf"); all != nil {
		for _, item := range all.Items {
			if r.marked(item, at, depth+1) {
				return true
			}
		}
	}
	return false
}
