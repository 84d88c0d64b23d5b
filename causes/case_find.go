package causes

import (
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/causes/internal/words"
)

// findPath finds the field with that path: exactly, then without regard to
// case and separators, then by the end of its path. Steps in front that are
// the server's own (the name of a struct, "data", "attributes") are given up
// one by one. Of several that fit the end alone, none is meant.
// A path with an index is one exact place, if what it names is missing: the
// same name in another item is not it.
func findPath(fields []reqField, path []string, missing bool) *reqField {
	if len(path) == 0 {
		return nil
	}
	if missing && slices.ContainsFunc(path, isIndex) {
		return matchPath(fields, path, equalFolded)
	}
	if len(path) > 1 {
		// A form spells a path with brackets: card[number].
		if f := matchPath(fields, []string{queryName(path)}, slices.Equal[[]string]); f != nil {
			return f
		}
	}
	for drop := range path {
		if drop > 0 && isIndex(path[drop-1]) {
			break // what stands in an item of the server's list is in no other item
		}
		want := path[drop:]
		if f := matchPath(fields, want, slices.Equal[[]string]); f != nil {
			return f
		}
		if f := matchPath(fields, want, equalFolded); f != nil {
			return f
		}
		if f := matchEnd(fields, want); f != nil {
			return f
		}
		if drop+1 < len(path) && isIndex(path[drop+1]) {
			continue
		}
	}
	return nil
}

func isIndex(step string) bool {
	_, err := strconv.Atoi(step)
	return err == nil
}

func matchPath(fields []reqField, want []string, equal func(a, b []string) bool) *reqField {
	for i := range fields {
		if equal(fields[i].steps, want) {
			return &fields[i]
		}
	}
	return nil
}

func equalFolded(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return fold(x) == fold(y) })
}

func matchEnd(fields []reqField, want []string) *reqField {
	var found *reqField
	for i := range fields {
		steps := fields[i].steps
		if len(steps) <= len(want) || !equalFolded(steps[len(steps)-len(want):], want) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &fields[i]
	}
	return found
}

// ofItem finds the field of the item that the server's own list counts: the
// answer to a batch has a result for each item.
func ofItem(fields []reqField, w words.Complaint) *reqField {
	if w.Item < 0 || len(w.Field) != 1 || w.Kind == words.Missing {
		return nil
	}
	for i := range fields {
		steps := fields[i].steps
		if len(steps) >= 2 && fold(last(steps)) == fold(w.Field[0]) && steps[len(steps)-2] == strconv.Itoa(w.Item) {
			return &fields[i]
		}
	}
	return nil
}

// pages are the names of parameters that go through a list of results.
var pages = []string{"page", "offset", "start", "skip", "cursor", "from", "pagetoken", "startindex", "pagenumber", "after"}

// window finds the parameter that asks for results beyond those that a server gives.
func window(fields []reqField, text string) *reqField {
	text = strings.ToLower(text)
	if !strings.Contains(text, "result") && !strings.Contains(text, "page") && !strings.Contains(text, "offset") {
		return nil
	}
	for i := range fields {
		if slices.Contains(pages, fold(fields[i].name())) {
			return &fields[i]
		}
	}
	return nil
}

// findValue finds the one field that has the value.
func findValue(fields []reqField, value string) *reqField {
	var found *reqField
	for i := range fields {
		f := &fields[i]
		if !f.holds(value) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

// findWithin finds the one field whose value has the word in it: a name in a
// GraphQL document, a field in a list of fields to select.
func findWithin(fields []reqField, word string) *reqField {
	if len(word) < 3 {
		return nil
	}
	var found *reqField
	for i := range fields {
		f := &fields[i]
		if f.kind != "string" || len(f.text) <= len(word) || !hasWord(f.text, word) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

func hasWord(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(word)
		if (start == 0 || !wordByte(text[start-1])) && (end == len(text) || !wordByte(text[end])) {
			return true
		}
		at = end
	}
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// onlyOf finds the one field of a kind.
func onlyOf(fields []reqField, kind string) *reqField {
	var found *reqField
	for i := range fields {
		if fields[i].kind == kind {
			if found != nil {
				return nil
			}
			found = &fields[i]
		}
	}
	return found
}

// findHead finds a field by its whole path, without regard to case and separators.
func findHead(fields []reqField, steps []string) *reqField {
	return matchPath(fields, steps, equalFolded)
}

// dotted writes lines[0].sku and lines/0/sku as lines.0.sku.
var dotted = strings.NewReplacer("[", ".", "]", "", "/", ".")

// splitName reads a name of a sentence as a path.
func splitName(name string) []string {
	if !strings.ContainsAny(name, "[]/.") {
		if name == "" {
			return nil
		}
		return []string{name}
	}
	name = dotted.Replace(name)
	var out []string
	for step := range strings.SplitSeq(name, ".") {
		if step != "" {
			out = append(out, step)
		}
	}
	return out
}

func last(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}
