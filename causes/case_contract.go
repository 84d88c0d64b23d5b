package causes

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/near"
	"github.com/faultline-http/faultline/internal/tape"
)

// asFinding is what a violation of the contract says, without a remedy.
func (c *Case) asFinding(v contract.Violation) faultline.Finding {
	f := faultline.Finding{
		Strength: faultline.Proven,
		At:       v.At,
		Message:  v.Message,
		Expected: v.Want,
		Found:    v.Found,
		Source:   v.Source,
		Detail:   v.Detail,
		Retry:    failsAgain,
	}
	if v.At.Side == faultline.RequestSide {
		f.Brief = v.Message
	}
	if v.Want != "" {
		f.Remedy = faultline.Remedy{Text: "send a value that fits: " + v.Want, Applicability: faultline.Guess}
	}
	c.corroborate(&f)
	return f
}

// meant offers the value that the contract recognises behind a wrong one.
func (c *Case) meant(f *faultline.Finding, v contract.Violation) bool {
	if v.Meant == "" || v.At.In != faultline.InBody || c.body().format != jsonBody && c.body().format != formBody {
		return false
	}
	pointer := v.At.Pointer
	if v.Wrapped {
		pointer = pointer[:len(pointer)-len(pointerOf([]string{v.Field}))]
	}
	f.Caret = v.Caret
	f.Remedy = faultline.Remedy{
		Text: "send `" + short(v.Meant) + "`", Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "replace", Path: pointer, Value: v.Meant}},
	}
	if v.Keeps {
		f.Remedy.Applicability = faultline.Checked
	}
	return true
}

// meantParam is meant for a parameter of the query whose value is one text.
func (c *Case) meantParam(f *faultline.Finding, v contract.Violation) {
	if v.Meant == "" || v.At.In != faultline.InQuery || v.At.Pointer != "" || v.Meant[0] == '{' || v.Meant[0] == '[' {
		return
	}
	text, words := v.Meant, ""
	if text[0] == '"' {
		text, words = string(tape.AppendUnescaped(nil, []byte(text[1:len(text)-1]))), v.Caret
	}
	if f.Caret == "" {
		f.Caret = words // of other types they speak of quotes, which no query has
	}
	f.Remedy = faultline.Remedy{
		Text: "send `" + short(text) + "`", Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "replace", In: faultline.InQuery, Name: v.At.Name, Value: strings.ReplaceAll(url.QueryEscape(text), "+", "%20")}},
	}
	if v.Keeps {
		f.Remedy.Applicability = faultline.Checked
	}
}

// failsAgain is said of a request that no repetition mends.
const failsAgain = "as sent it fails every time; send the fixed one"

// failsAlways is the same where no fixed one can be offered.
const failsAlways = "as sent it fails every time"

// corroborate adds the server's words to a finding that they are about too.
func (c *Case) corroborate(f *faultline.Finding) {
	for _, b := range c.blames() {
		if b.in == f.At.In && b.at.Pointer == f.At.Pointer && strings.EqualFold(b.at.Name, f.At.Name) && b.complaint.Text != "" {
			f.Evidence = append(f.Evidence, said(b.complaint.Text))
			return
		}
	}
}

// said is the evidence of the server's own words.
func said(text string) faultline.Evidence {
	return faultline.Evidence{Kind: faultline.Fact, Title: "server said", Lines: []faultline.Line{{Text: short(text)}}}
}

// maxShown bounds what a finding quotes.
const maxShown = 200

// enoughShown is how much of a text is looked at for the part that is quoted:
// white space is folded.
const enoughShown = 16 * maxShown

func short(text string) string {
	goesOn := len(text) > enoughShown
	if goesOn {
		text = text[:enoughShown]
	}
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ")
	cut := maxShown
	switch {
	case len(text) > cut:
		for cut > 0 && text[cut]&0xc0 == 0x80 {
			cut--
		}
		text = text[:cut]
	case !goesOn:
		return text
	}
	return text + "…"
}

// missingAt is the place where a missing member should stand: its own pointer, the span of its parent.
func missingAt(v contract.Violation) faultline.Location {
	at := v.At
	if at.In == faultline.InBody && v.Field != "" {
		at.Pointer += pointerOf([]string{v.Field})
	}
	return at
}

// covered reports whether the contract has already said what a complaint says.
func (c *Case) covered(b blame) bool {
	return slices.ContainsFunc(c.Violations, func(v contract.Violation) bool {
		if v.At.Side != faultline.RequestSide || v.At.In != b.in {
			return false
		}
		at := v.At
		if v.Kind == contract.Missing {
			at = missingAt(v)
		}
		return at.Pointer == b.at.Pointer && strings.EqualFold(at.Name, b.at.Name)
	})
}

// A rename is one misspelt field: what is missing, and what stands there instead.
type rename struct {
	missing contract.Violation
	member  contract.Member
	refused bool // the contract also says that it does not know the member
	unsure  bool // the names are too short to tell typing errors from other words
}

// renames pairs each missing field with the undeclared one that is near to it.
// No member and no field is taken twice.
func (c *Case) renames() []rename {
	return c.known.renames.get(func() []rename {
		var out []rename
		for _, v := range c.Violated(contract.Missing, faultline.InBody) {
			var names []string
			for _, m := range v.Undeclared {
				if !slices.ContainsFunc(out, func(r rename) bool { return r.missing.At.Pointer == v.At.Pointer && r.member.Name == m.Name }) {
					names = append(names, m.Name)
				}
			}
			best, ok := Near(v.Field, names)
			unsure := false
			if !ok {
				if best, unsure, ok = nearShort(v.Field, names); !ok {
					continue
				}
			}
			i := slices.IndexFunc(v.Undeclared, func(m contract.Member) bool { return m.Name == best })
			out = append(out, rename{missing: v, member: v.Undeclared[i], refused: c.refuses(v.At.Pointer, best), unsure: unsure})
		}
		return out
	})
}

// nearShort is Near for a name that is too short for typing errors of its own:
// `ids` for `id`. Of one that is as short the only one beside is taken, and
// nobody is sure of it.
func nearShort(field string, names []string) (best string, unsure, ok bool) {
	folded := fold(field)
	for _, name := range names {
		if near.Close(fold(name), folded) {
			if ok {
				return "", false, false
			}
			best, ok = name, true
		}
	}
	if !ok && len(names) == 1 && near.Distance(fold(names[0]), folded) == 1 {
		return names[0], true, true
	}
	return best, false, ok
}

// refuses reports whether the contract says that an object must not have a member.
func (c *Case) refuses(parent, name string) bool {
	pointer := parent + pointerOf([]string{name})
	for v := range c.violated(contract.Unknown, faultline.InBody) {
		if v.Field == name && v.At.Pointer == pointer {
			return true
		}
	}
	return false
}

// finding is the rename in words, with the edit that mends it.
func (r rename) finding(c *Case) faultline.Finding {
	parent, m := r.missing.At.Pointer, r.member
	f := c.asFinding(r.missing)
	if r.refused {
		f.Message = fmt.Sprintf("`%s` is not a field of %s", m.Name, objectName(r.missing))
	} else {
		f.Message = fmt.Sprintf("`%s` is required and missing; `%s` stands there instead", r.missing.Field, m.Name)
	}
	f.At = faultline.AtBody(parent+pointerOf([]string{m.Name}), c.placedKey(m.Key))
	f.Caret = fmt.Sprintf("did you mean `%s`? it is required and missing", r.missing.Field)
	f.Brief = fmt.Sprintf("`%s` → `%s`", m.Name, r.missing.Field)
	f.Found = m.Name + ", " + article(m.Type)
	if want := typeWords(r.missing.Detail.Types); want != "" {
		f.Expected = fmt.Sprintf("%s, %s (required)", r.missing.Field, article(want))
	}
	f.Detail.Field = r.missing.Field
	f.Detail.Found = &faultline.Value{Field: m.Name, Type: m.Type}
	f.Remedy = faultline.Remedy{
		Text:          fmt.Sprintf("rename to `%s`", r.missing.Field),
		Applicability: faultline.Guess,
		Patch:         []faultline.Edit{{Op: "move", From: f.At.Pointer, Path: parent + pointerOf([]string{r.missing.Field})}},
	}
	if !r.unsure && fitsType(m.Type, r.missing.Detail.Types) {
		f.Remedy.Applicability = faultline.Checked
	}
	return f
}

func objectName(v contract.Violation) string {
	if v.Schema != "" {
		return v.Schema
	}
	return "the object"
}

func typeWords(types []string) string { return strings.Join(types, " or ") }

// fitsType reports whether a value of a JSON type may stand where one of the types is wanted.
func fitsType(found string, types []string) bool {
	return len(types) == 0 || slices.Contains(types, found) || found == "number" && slices.Contains(types, "integer")
}

func article(noun string) string {
	switch {
	case noun == "" || noun == "null":
		return noun
	case strings.IndexByte("aeio", noun[0]) >= 0:
		return "an " + noun
	}
	return "a " + noun
}

// addField is the remedy for something that is missing: a template, since only the caller knows the value.
func addField(at faultline.Location, name string, d faultline.Detail) faultline.Remedy {
	r := faultline.Remedy{Text: "add `" + name + "`", Applicability: faultline.Template}
	switch at.In {
	case faultline.InBody:
		r.Patch = []faultline.Edit{{Op: "add", Path: at.Pointer, Value: placeholder(name, d)}}
	default:
		r.Patch = []faultline.Edit{{Op: "add", In: at.In, Name: name, Value: "<" + name + ">"}}
		if len(d.Enum) > 0 {
			r.Patch[0].Value = strings.Trim(d.Enum[0], `"`)
		}
	}
	return r
}

// placeholder is JSON that shows what sort of value to put in.
func placeholder(name string, d faultline.Detail) string {
	if len(d.Enum) > 0 {
		return d.Enum[0]
	}
	if len(d.Types) > 0 {
		switch d.Types[0] {
		case "integer", "number":
			return "0"
		case "boolean":
			return "false"
		case "array":
			return "[]"
		case "object":
			return "{}"
		}
	}
	return strconv.Quote("<" + name + ">")
}
