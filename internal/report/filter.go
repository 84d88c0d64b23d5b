package report

import (
	"fmt"
	"path"
	"strings"

	"github.com/faultline-http/faultline"
)

// A Filter chooses calls. The zero value lets all of them pass.
type Filter struct {
	text  string
	terms []condition
}

// condition is one term; all of a filter have to hold.
type condition struct {
	not        bool
	key, value string // key "": a word to be found anywhere; in lower case
}

const (
	// maxFilter bounds what is typed: nobody reads a longer filter again.
	maxFilter = 200

	filterTerms = `party: cause: op: status: host: id: has:action "text" -not`
)

// ParseFilter reads `party:client cause:body.* status:4xx op:createOrder "text" -not`.
func ParseFilter(text string) (Filter, error) {
	f := Filter{text: strings.TrimSpace(text)}
	for rest := f.text; rest != ""; rest = strings.TrimLeft(rest, " ") {
		var t condition
		rest, t.not = strings.CutPrefix(rest, "-")
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			t.value, rest, _ = strings.Cut(quoted, `"`)
		} else {
			var word string
			word, rest, _ = strings.Cut(rest, " ")
			t.key, t.value = splitTerm(word)
		}
		t.value = strings.ToLower(t.value)
		if err := t.check(); err != nil {
			return Filter{}, err
		}
		if t.value != "" {
			f.terms = append(f.terms, t)
		}
	}
	return f, nil
}

// splitTerm splits key:value. A word such as http://… has no key.
func splitTerm(word string) (key, value string) {
	key, value, ok := strings.Cut(word, ":")
	if !ok || strings.HasPrefix(value, "//") || strings.ContainsAny(key, "/.{") {
		return "", word
	}
	return strings.ToLower(key), strings.Trim(value, `"`)
}

func (t *condition) check() error {
	switch t.key {
	case "", "party", "cause", "op", "status", "host", "id":
	case "has":
		if t.value != "action" {
			return fmt.Errorf("`has:%s`: only `has:action` is known", t.value)
		}
	default:
		return fmt.Errorf("`%s:` is no term: %s", t.key, filterTerms)
	}
	if _, err := path.Match(t.value, ""); err != nil && t.key != "" {
		return fmt.Errorf("`%s:%s` is not a pattern", t.key, t.value)
	}
	return nil
}

// Match reports whether the filter lets a call pass.
func (f *Filter) Match(ex *faultline.Exchange, d *faultline.Diagnosis) bool {
	for i := range f.terms {
		if f.terms[i].holds(ex, d) == f.terms[i].not {
			return false
		}
	}
	return true
}

func (t *condition) holds(ex *faultline.Exchange, d *faultline.Diagnosis) bool {
	switch t.key {
	case "party":
		for i := range d.Findings {
			if like(t.value, string(d.Findings[i].WhoActs())) {
				return true
			}
		}
		return false
	case "cause":
		for i := range d.Findings {
			if like(t.value, string(d.Findings[i].Cause.Slug)) {
				return true
			}
		}
		return t.value == "unexplained" && failed(d) && len(d.Findings) == 0
	case "op":
		return like(t.value, d.Operation)
	case "status":
		return likeStatus(t.value, statusCode(ex))
	case "host":
		return like(t.value, ex.Request.Host)
	case "id":
		return strings.HasPrefix(strings.ToLower(ex.ID), t.value)
	case "has":
		return badges(ex) != ""
	}
	for _, text := range []string{ex.Request.Method + " " + ex.Request.Target, d.Operation, ex.ID, statusCode(ex), why(d)} {
		if strings.Contains(strings.ToLower(text), t.value) {
			return true
		}
	}
	return false
}

// like compares without regard to case; * stands for any text.
func like(pattern, text string) bool {
	ok, err := path.Match(pattern, strings.ToLower(text))
	return ok && err == nil
}

// likeStatus also knows 4xx.
func likeStatus(pattern, code string) bool {
	return like(strings.ReplaceAll(pattern, "x", "?"), code)
}
