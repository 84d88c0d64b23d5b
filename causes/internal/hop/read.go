package hop

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

// An Answer is what is read: Text is folded as package lexicon folds, the words
// of the body and of the fields in which servers say why they refuse.
type Answer struct {
	Status int
	Header faultline.Header
	Text   string
	Markup []byte // the body, if it is HTML
}

// A Seen is a system that left a mark, and where.
type Seen struct {
	System *System
	Sign   string // "Server: nginx"
	Role   Role
}

// A Reading is what an answer tells of its way.
type Reading struct {
	Way    []Seen  // those with a mark, from the client on; the writer last
	Writer *System // who wrote the answer; nil: nothing tells
	Tell   *Tell   // what the writer's words mean; nil: nothing known
	Words  string  // by which it was told, folded; empty: by the status alone
}

// Known reports whether a system left a mark.
func (r *Reading) Known(s *System) bool {
	return slices.ContainsFunc(r.Way, func(seen Seen) bool { return seen.System == s })
}

// Last is the system nearest to the API that left a mark; nil if none did.
func (r *Reading) Last() *System {
	if len(r.Way) == 0 {
		return nil
	}
	return r.Way[len(r.Way)-1].System
}

// mostMarkup bounds how much of a page is searched for pieces of markup.
const mostMarkup = 8 << 10

// Read finds out who answered. Its time is linear in the answer.
func Read(a Answer) Reading {
	var r Reading
	for i := range a.Header {
		r.field(&a.Header[i])
	}
	page := a.Markup[:min(len(a.Markup), mostMarkup)]
	for _, m := range markups {
		if len(page) > 0 && bytes.Contains(page, []byte(m.mark.Markup)) {
			r.see(m.system, "a page of "+m.system.Name, Wrote)
		}
	}
	r.listen(&a)
	r.order()
	return r
}

// longestName bounds the names of fields that are looked up.
const longestName = 64

// field looks at one header field of the answer.
func (r *Reading) field(f *faultline.Field) {
	if len(f.Name) > longestName {
		return
	}
	var buf [longestName]byte
	name := buf[:len(f.Name)]
	for i := range f.Name {
		name[i] = f.Name[i]
		if 'A' <= name[i] && name[i] <= 'Z' {
			name[i] |= 0x20
		}
	}
	for _, m := range fields[string(name)] {
		if m.mark.Value == "" || containsFolded(f.Value, m.mark.Value) {
			r.see(m.system, sign(m, f), m.mark.Means)
		}
	}
	for _, m := range prefixes {
		if bytes.HasPrefix(name, []byte(m.mark.Field[:len(m.mark.Field)-1])) {
			r.see(m.system, sign(m, f), m.mark.Means)
		}
	}
}

// longestValue is how much of a value is looked at and shown.
const longestValue = 120

// containsFolded reports whether a value has a piece that is in lower case.
func containsFolded(value, piece string) bool {
	value = value[:min(len(value), 4*longestValue)]
	for i := 0; i+len(piece) <= len(value); i++ {
		if strings.EqualFold(value[i:i+len(piece)], piece) {
			return true
		}
	}
	return false
}

// sign is the mark as findings show it. The value of a cookie is a secret, that
// of a field without a wanted value is noise.
func sign(m marked, f *faultline.Field) string {
	switch {
	case strings.EqualFold(f.Name, "Set-Cookie"):
		return "a cookie that " + m.system.Name + " sets: " + m.mark.Value
	case m.mark.Value == "":
		return "a header that " + m.system.Name + " sends: " + f.Name
	}
	return f.Name + ": " + strings.ToValidUTF8(f.Value[:min(len(f.Value), longestValue)], "\uFFFD")
}

// see files that a system left a mark; its strongest role stays.
func (r *Reading) see(s *System, sign string, role Role) {
	if s.Name == "" {
		return
	}
	for i := range r.Way {
		if seen := &r.Way[i]; seen.System == s {
			if seen.Role == Passed {
				seen.Role = role
			}
			return
		}
	}
	r.Way = append(r.Way, Seen{s, sign, role})
}

// listen looks for the words of systems and chooses what they mean: own words
// before shared ones, those before the words of anybody, longer ones before
// shorter, a status alone last.
func (r *Reading) listen(a *Answer) {
	reading := book.Read(a.Text)
	for _, h := range reading.Hits {
		if who := said[h.Topic]; who.tell == nil {
			r.see(who.system, "the words of the answer are those of "+who.system.Name, Wrote)
		}
	}
	best := 0
	for _, h := range reading.Hits {
		who := said[h.Topic]
		if who.tell == nil || !who.tell.fits(a.Status) || who.tell.Shared && !r.Known(who.system) {
			continue
		}
		if w := weight(who, h.End-h.Start); w > best {
			best, r.Tell, r.Writer, r.Words = w, who.tell, who.system, reading.Text[h.Start:h.End]
		}
	}
	if r.Tell == nil {
		for _, who := range bare {
			if who.tell.fits(a.Status) && r.Known(who.system) && !r.behind(who.system) {
				r.Tell, r.Writer = who.tell, who.system
				break
			}
		}
	}
	switch {
	case r.Writer != nil && r.Writer.Name != "":
		r.see(r.Writer, "the words of the answer are those of "+r.Writer.Name, Wrote)
	default:
		r.Writer = r.writer()
	}
}

// fits reports whether a tell is for answers with the status. Firewalls send
// their page with a status of success, too.
func (t *Tell) fits(status int) bool {
	if t.Status != 0 {
		return t.Status == status
	}
	return status >= 400 || status == 200 && t.Cause == "security.waf-block" && !t.Vague && !t.Shared
}

// weight orders the words that were heard.
func weight(who heard, length int) int {
	w := min(length, 200)
	switch nobody := who.system.Name == ""; {
	case who.tell.Vague && nobody:
		return w
	case who.tell.Vague:
		return w + 1000
	case nobody:
		return w + 2000
	case who.tell.Shared:
		return w + 3000
	}
	return w + 4000
}

func (r *Reading) behind(s *System) bool {
	return slices.ContainsFunc(r.Way, func(seen Seen) bool { return seen.System == s && seen.Role == Behind })
}

// writer is the system with a mark of having written the answer, the one
// nearest to the API if there are several.
func (r *Reading) writer() *System {
	var out *System
	for _, seen := range r.Way {
		if seen.Role == Wrote && (out == nil || seen.System.Kind >= out.Kind) {
			out = seen.System
		}
	}
	return out
}

// order puts the way in the order of the call. The fields of an answer are of
// those between its writer and the client, so the writer stands last.
func (r *Reading) order() {
	slices.SortStableFunc(r.Way, func(a, b Seen) int {
		if (a.System == r.Writer) != (b.System == r.Writer) {
			if a.System == r.Writer {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.System.Kind, b.System.Kind)
	})
}
