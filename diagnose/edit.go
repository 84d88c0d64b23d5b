package diagnose

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// errNotEditable is for bodies whose format we do not write.
var errNotEditable = errors.New("the body is neither JSON nor a form")

// editBody keeps every byte that the edits are not about. A whole new body
// comes as a replacement at the empty pointer.
func editBody(r *faultline.Request, all []faultline.Edit) ([]byte, error) {
	text := r.Body.Bytes()
	if r.Body.Truncated {
		return nil, errNotEditable
	}
	for len(all) > 0 && all[0].Path == "" && all[0].Op != "move" && all[0].Op != "remove" {
		text, all = []byte(all[0].Value), all[1:]
	}
	if len(all) == 0 {
		return text, nil
	}
	if isForm(r.Header) {
		form := string(text)
		for _, e := range all {
			next, err := editForm(form, e)
			if err != nil {
				return nil, err
			}
			form = next
		}
		return []byte(form), nil
	}
	return tape.Apply(text, all)
}

func isForm(h faultline.Header) bool {
	t, _, _ := strings.Cut(h.Value("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(t), "application/x-www-form-urlencoded")
}

// editForm does one edit of a form, whose pointers name its fields.
func editForm(form string, e faultline.Edit) (string, error) {
	field, ok := fieldOf(e.Path)
	if !ok {
		return "", errNotEditable
	}
	value := e.Value
	var s string
	if json.Unmarshal([]byte(e.Value), &s) == nil {
		value = s
	}
	pair := faultline.Edit{Op: e.Op, Name: field, Value: escapeForm(value)}
	if e.Op == "move" {
		if pair.From, ok = fieldOf(e.From); !ok {
			return "", errNotEditable
		}
	}
	return editPairs(form, "&", pair), nil
}

// fieldOf is the name behind a pointer of one step.
func fieldOf(pointer string) (string, bool) {
	name, ok := strings.CutPrefix(pointer, "/")
	if !ok || strings.Contains(name, "/") {
		return "", false
	}
	return faultline.UnescapePointer(name), true
}

// editPairs does one edit of name=value pairs, names as they are written. What
// is added comes last.
func editPairs(text, separator string, e faultline.Edit) string {
	var pairs []string
	if text != "" {
		pairs = strings.Split(text, separator)
	}
	wanted := e.Name
	if e.Op == "move" {
		wanted = e.From
	}
	done := false
	kept := pairs[:0]
	for _, pair := range pairs {
		name, value, hasValue := strings.Cut(pair, "=")
		if strings.TrimSpace(name) != wanted {
			kept = append(kept, pair)
			continue
		}
		space := name[:len(name)-len(strings.TrimLeft(name, " "))]
		switch e.Op {
		case "remove":
			continue
		case "move":
			pair = space + e.Name
			if hasValue {
				pair += "=" + value
			}
		default:
			if done {
				continue // a parameter given twice is given once now
			}
			pair = name + "=" + e.Value
		}
		done = true
		kept = append(kept, pair)
	}
	if !done && (e.Op == "add" || e.Op == "replace") {
		pair := e.Name + "=" + e.Value
		if separator == ";" && len(kept) > 0 {
			pair = " " + pair
		}
		kept = append(kept, pair)
	}
	return strings.Join(kept, separator)
}

func editQuery(target string, e faultline.Edit) string {
	target, fragment, hasFragment := strings.Cut(target, "#")
	path, query, _ := strings.Cut(target, "?")
	if query = editPairs(query, "&", e); query != "" {
		path += "?" + query
	}
	if hasFragment {
		path += "#" + fragment
	}
	return path
}

// editPath replaces the path as a whole. A single parameter cannot be edited
// without the template, so its remedy carries the whole path.
func editPath(target string, e faultline.Edit) string {
	if e.Name != "" || e.Value == "" {
		return target
	}
	before, rest := "", target
	if i := strings.Index(target, "://"); i > 0 && !strings.HasPrefix(target, "/") {
		end := strings.IndexAny(target[i+3:], "/?#")
		if end < 0 {
			return target + e.Value
		}
		before, rest = target[:i+3+end], target[i+3+end:]
	}
	after := ""
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		after = rest[i:]
	}
	return before + e.Value + after
}

func editHeader(h faultline.Header, e faultline.Edit) faultline.Header {
	switch e.Op {
	case "remove":
		return drop(h, e.Name)
	case "move":
		for i := range h {
			if strings.EqualFold(h[i].Name, e.From) {
				h[i].Name = e.Name
				if e.Value != "" {
					h[i].Value = e.Value
				}
			}
		}
		return h
	}
	return set(h, e.Name, e.Value)
}

// set gives a field one value, in the place and spelling of the first one.
func set(h faultline.Header, name, value string) faultline.Header {
	out, done := h[:0:0], false
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			if done {
				continue
			}
			f.Value, done = value, true
		}
		out = append(out, f)
	}
	if !done {
		out = append(out, faultline.Field{Name: name, Value: value})
	}
	return out
}

func drop(h faultline.Header, name string) faultline.Header {
	return slices.DeleteFunc(h, func(f faultline.Field) bool { return strings.EqualFold(f.Name, name) })
}

func editCookie(h faultline.Header, e faultline.Edit) faultline.Header {
	cookies := editPairs(h.Value("Cookie"), ";", e)
	if cookies == "" {
		return drop(h, "Cookie")
	}
	return set(h, "Cookie", cookies)
}

// escapeForm encodes a value for a form (URL standard, section 5.2): a space
// becomes a plus.
func escapeForm(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("*-._", c) >= 0:
			b.WriteByte(c)
		case c == ' ':
			b.WriteByte('+')
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
