package route_test

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract/internal/route"
)

// FuzzMatchAgreesWithReference holds the tree against a plain reference: every
// template as a regular expression, tried in the order of specificity.
func FuzzMatchAgreesWithReference(f *testing.F) {
	f.Add("/a/{x}\n/a/b\n/{y}/b\n/a/{x}.{z}", "/a/b.c", true)
	f.Add("/v{n}/x\n/{n}/x\n/{a}-{b}/x", "/v1-2/x", false)
	f.Add("/caf\u00e9/{q}:go", "/caf%C3%A9/7%3ago", true)
	f.Fuzz(func(t *testing.T, templates, path string, get bool) {
		method := "POST"
		if get {
			method = "GET"
		}
		var b route.Builder
		var refs []*reference
		for i, template := range strings.Split(templates, "\n") {
			if i >= 8 || len(template) > 60 || strings.Contains(template, "%") {
				break
			}
			m := [...]string{"GET", "POST"}[i%2]
			if b.Add("", template, m, i) == nil {
				refs = append(refs, newReference(template, m, i))
			}
		}
		slices.SortStableFunc(refs, func(a, b *reference) int { return slices.CompareFunc(a.rank, b.rank, compareRank) })
		want := -1
		for _, ref := range refs {
			if ref.method == method && ref.match(path) {
				want = ref.op
				break
			}
		}
		var hit route.Hit
		got := -1
		r := b.Router()
		if r.Match(method, path, &hit) {
			got = hit.Op
		}
		if got != want && !sameRank(refs, got, want) {
			t.Errorf("%s %q among %q: got %d, want %d", method, path, templates, got, want)
		}
		for i := range hit.Len() * min(1, got+1) {
			if _, start, end := hit.Capture(i); start >= end || end > len(path) {
				t.Errorf("%q among %q: capture %d is [%d:%d]", path, templates, i, start, end)
			}
		}
		r.Nearest(path, 3)
		r.Rebase(path)
		r.WithSlash(path)
	})
}

// A reference is a template as a regular expression.
type reference struct {
	method string
	op     int
	re     *regexp.Regexp
	rank   []rank
}

// A rank orders segments: static ones first, then by literal text, then by
// fewer expressions.
type rank struct {
	pattern bool
	text    string // of a static one: two of them never match the same path
	weight  int
}

func compareRank(a, b rank) int {
	if a.pattern != b.pattern {
		if a.pattern {
			return 1
		}
		return -1
	}
	if !a.pattern {
		return cmp.Compare(a.text, b.text)
	}
	return b.weight - a.weight
}

// sameRank reports whether two operations are equally specific, so that either
// may win.
func sameRank(refs []*reference, a, b int) bool {
	if a < 0 || b < 0 {
		return false
	}
	var ra, rb []rank
	for _, ref := range refs {
		if ref.op == a {
			ra = ref.rank
		}
		if ref.op == b {
			rb = ref.rank
		}
	}
	return slices.CompareFunc(ra, rb, compareRank) == 0
}

func newReference(template, method string, op int) *reference {
	ref := &reference{method: method, op: op}
	var re strings.Builder
	re.WriteString(`(?s)\A`)
	for segment := range strings.SplitSeq(template[1:], "/") {
		re.WriteString("/")
		r := rank{text: segment}
		for segment != "" {
			open := strings.IndexByte(segment, '{')
			if open < 0 {
				open = len(segment)
			}
			re.WriteString(quote(segment[:open]))
			r.weight += 100 * open
			if open == len(segment) {
				break
			}
			re.WriteString("[^/]+?")
			r.pattern = true
			r.weight--
			segment = segment[strings.IndexByte(segment, '}')+1:]
		}
		ref.rank = append(ref.rank, r)
	}
	re.WriteString(`\z`)
	ref.re = regexp.MustCompile(re.String())
	return ref
}

// quote escapes a literal for a regular expression over bytes that are spread
// to code points.
func quote(s string) string { return regexp.QuoteMeta(spread(s)) }

// spread makes one code point of each byte, so that percent-encoded bytes and
// text that is no UTF-8 can be compared.
func spread(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

var encoded = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// match decodes the segments of the path; an encoded slash stays inside its
// segment, as the code point after all bytes.
func (ref *reference) match(path string) bool {
	decoded := encoded.ReplaceAllStringFunc(spread(path), func(s string) string {
		var c int
		for _, d := range strings.ToLower(s[1:]) {
			c = c<<4 | strings.IndexRune("0123456789abcdef", d)
		}
		if c == '/' {
			return "\u0100"
		}
		return string(rune(c))
	})
	return ref.re.MatchString(decoded)
}
