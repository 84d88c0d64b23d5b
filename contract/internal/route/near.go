package route

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/percent"
	"github.com/faultline-http/faultline/internal/near"
)

// Bounds of the search for what was meant: a longer path is not a misspelling
// of a documented one, and each request may be hostile.
const (
	maxNearPath     = 512
	maxNearSegments = 24
	maxExtra        = 3 // segments more or fewer than the template has
	maxDropped      = 3 // segments in front that a wrong base path may have
)

// A Near is a documented path that is similar to the one asked for.
type Near struct {
	Leaf     *Leaf
	Path     string // the template, base path included, filled in with the request's own segments
	Distance int    // edits between the two, in characters
}

// Nearest returns at most limit templates that are similar to path, best first.
func (r *Router) Nearest(path string, limit int) []Near {
	if len(path) > maxNearPath || !strings.HasPrefix(path, "/") {
		return nil
	}
	segments := strings.Split(path[1:], "/")
	if len(segments) > maxNearSegments {
		return nil
	}
	var out []Near
	for _, leaf := range r.leaves {
		if extra := len(segments) - len(leaf.segments); extra > maxExtra || extra < -maxExtra {
			continue
		}
		a := align(segments, leaf.segments, strings.Count(leaf.Base, "/"))
		if a.cost <= tolerance(leaf) {
			out = append(out, Near{Leaf: leaf, Path: a.path(), Distance: a.cost})
		}
	}
	slices.SortStableFunc(out, func(a, b Near) int {
		if a.Distance != b.Distance {
			return a.Distance - b.Distance
		}
		return b.Leaf.fixed - a.Leaf.fixed
	})
	out = slices.CompactFunc(out, func(a, b Near) bool { return a.Leaf.Template == b.Leaf.Template && a.Path == b.Path })
	return out[:min(limit, len(out))]
}

// tolerance is how many edits a template may be away: half of its own letters,
// so that what is offered shares more with the request than it differs.
func tolerance(leaf *Leaf) int {
	letters := 0
	for _, segment := range leaf.segments {
		for _, part := range segment.parts {
			letters += len(part.literal)
		}
	}
	return max(2, letters/2)
}

// An alignment is the cheapest way to turn a path's segments into a template's.
type alignment struct {
	cost  int
	parts []string
}

func (a alignment) path() string { return "/" + strings.Join(a.parts, "/") }

// align is the edit distance over segments, where replacing one costs the edit
// distance of its characters. The first inBase segments are the base path's.
func align(segments []string, want []pattern, inBase int) alignment {
	row := make([]alignment, len(segments)+1)
	for i := range segments {
		row[i+1] = alignment{cost: row[i].cost + dropCost(segments[i])}
	}
	for j := range want {
		next := make([]alignment, len(segments)+1)
		text, cost := missing(&want[j])
		if j < inBase {
			cost = 2 // a whole base path is left out as one mistake
		}
		next[0] = row[0].with(text, cost)
		for i := range segments {
			best := row[i+1].with(text, cost)
			if drop := next[i].cost + dropCost(segments[i]); drop < best.cost {
				best = alignment{drop, next[i].parts}
			}
			text, cost := replace(segments[i], &want[j])
			if swap := row[i].cost + cost; swap <= best.cost {
				best = row[i].with(text, cost)
			}
			next[i+1] = best
		}
		row = next
	}
	return row[len(segments)]
}

func (a alignment) with(text string, cost int) alignment {
	parts := make([]string, len(a.parts), len(a.parts)+1)
	copy(parts, a.parts)
	return alignment{a.cost + cost, append(parts, text)}
}

func dropCost(segment string) int { return 1 + len(segment) }

// missing is what a template's segment costs that the request lacks.
func missing(p *pattern) (text string, cost int) {
	if p.static() {
		return p.text, 1 + len(p.text)
	}
	return p.text, 4
}

// replace is what it costs to read a request's segment as the template's.
func replace(segment string, p *pattern) (text string, cost int) {
	if !p.static() {
		var hit Hit
		if p.match(segment, 0, &hit) {
			return segment, 0
		}
		return p.text, 1 + len(segment)
	}
	return p.text, Distance(percent.Decode(segment), percent.Decode(p.text))
}

// Distance is how far two words are apart. A difference in case alone is one
// error; words that share little are told apart early.
func Distance(a, b string) int {
	if a != b && strings.EqualFold(a, b) {
		return 1
	}
	if longer, shorter := max(len(a), len(b)), min(len(a), len(b)); longer-shorter > max(3, longer/2) {
		return len(a) + len(b)
	}
	return near.Distance(a, b)
}

// WithSlash returns the path with a slash added or dropped at its end, if that
// one is documented.
func (r *Router) WithSlash(path string) string {
	other := path + "/"
	if trimmed := strings.TrimRight(path, "/"); trimmed != path {
		other = trimmed
	}
	if other != "" && len(r.Leaves(other)) > 0 {
		return other
	}
	return ""
}

// Rebase returns the path with its base path mended: put in front, dropped,
// said once instead of twice, or exchanged. Empty if no base path makes the path
// a documented one. A first segment that is the beginning of a documented
// path is not taken for a base.
func (r *Router) Rebase(path string) string {
	if len(path) > maxNearPath || !strings.HasPrefix(path, "/") {
		return ""
	}
	rest := path
	for dropped := 0; dropped <= maxDropped; dropped++ {
		for _, base := range r.bases {
			candidate := base + rest
			if candidate != path && !strings.Contains(base, "{") && r.fits(candidate) {
				return candidate
			}
		}
		end := strings.IndexByte(rest[1:], '/')
		if end < 0 || r.first[rest[1:1+end]] {
			return ""
		}
		rest = rest[1+end:]
	}
	return ""
}

// fits reports whether a template with a segment of its own matches the path:
// one of expressions alone would match whatever is left over.
func (r *Router) fits(path string) bool {
	for _, leaf := range r.Leaves(path) {
		if leaf.fixed > 0 {
			return true
		}
	}
	return false
}
