package schema

import (
	"strconv"
	"unicode/utf8"

	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// assert says in words what a keyword finds wrong, or nothing, and whether it
// is one that asserts something of such a value.
func (s *site) assert(m *yaml.Member) (words string, asserts bool) {
	switch m.Key {
	case "type":
		plain := s.kind == tape.Number && s.f.num != nil && s.f.num.plain && !isPlainInteger(s.t.Bytes(s.token))
		return unless(s.hasType(s.f.types, s.token) && !plain, "the value must be "+withArticles(s.f.types)), true
	case "enum":
		return unless(s.inEnum(s.f, s.token), "the value must be "+oneOfWords(s.f.enum, mostListed)), true
	case "const":
		return unless(s.equals(s.f.constant, s.token), "the value must be "+string(s.f.constant.appendWords(nil))), true
	case "format":
		return s.assertFormat()
	}
	switch s.kind {
	case tape.Number:
		return s.assertNumber(m.Key), limiting[m.Key]
	case tape.String:
		return s.assertString(m.Key)
	case tape.Array:
		return s.assertArray(m.Key)
	case tape.Object:
		return s.assertObject(m)
	}
	return "", limiting[m.Key]
}

func unless(ok bool, words string) string {
	if ok {
		return ""
	}
	return words
}

// limiting are the keywords that assert something of values of one type, and
// are neither broken nor notes for those of others.
var limiting = map[string]bool{
	"multipleOf": true, "minimum": true, "maximum": true, "exclusiveMinimum": true, "exclusiveMaximum": true,
	"minLength": true, "maxLength": true, "pattern": true,
	"minItems": true, "maxItems": true, "uniqueItems": true, "minContains": true, "maxContains": true,
	"minProperties": true, "maxProperties": true, "required": true, "dependentRequired": true, "dependencies": true,
}

func (s *site) assertFormat() (words string, asserts bool) {
	if r := s.f.str; r != nil && r.format != nil {
		return unless(s.kind != tape.String || r.format.Valid(s.text(s.token)), "the value must be "+r.format.Words()), true
	}
	if r := s.f.num; r != nil && r.format != "" {
		if s.kind != tape.Number {
			return "", true
		}
		d := parseDecimal(s.t.Bytes(s.token))
		return unless(r.inRange(&d), "the value must be within the range of "+r.format), true
	}
	return "", false
}

func (s *site) assertNumber(keyword string) string {
	r := s.f.num
	if r == nil {
		return ""
	}
	d := parseDecimal(s.t.Bytes(s.token))
	if keyword == "multipleOf" {
		return unless(r.divisor.divides(&d), "the value must be a multiple of "+r.step)
	}
	for i := range r.bounds {
		// Until draft 4 exclusiveMinimum is a flag beside minimum, which says it.
		if b := &r.bounds[i]; b.keyword == keyword {
			return unless(b.holds(&d), "the value must be "+b.words())
		} else if s.origin.mode.dialect.flags() && (keyword == "minimum" && b.keyword == "exclusiveMinimum" || keyword == "maximum" && b.keyword == "exclusiveMaximum") {
			return unless(b.holds(&d), "the value must be "+b.words())
		}
	}
	return ""
}

func (s *site) assertString(keyword string) (words string, asserts bool) {
	r := s.f.str
	if r == nil {
		return "", limiting[keyword]
	}
	text := s.text(s.token)
	n := utf8.RuneCount(text)
	switch keyword {
	case "minLength":
		return unless(n >= r.min, "the value must have at least "+plural(r.min, "character")+", it has "+strconv.Itoa(n)), true
	case "maxLength":
		return unless(n <= r.max, "the value must have at most "+plural(r.max, "character")+", it has "+strconv.Itoa(n)), true
	case "pattern":
		ok, _ := s.match(r.pattern, text)
		return unless(ok, "the value must match `"+r.pattern.show()+"`"), true
	case "contentEncoding", "contentMediaType", "contentSchema":
		if r.content != nil && s.brokenContent(r.content, text) == keyword {
			return "the value " + r.content.words(keyword), true
		}
	}
	return "", limiting[keyword]
}

func (s *site) assertArray(keyword string) (words string, asserts bool) {
	r, n := s.f.arr, int(s.t.Tokens[s.token].Count)
	if r == nil {
		return "", limiting[keyword]
	}
	switch keyword {
	case "minItems":
		return unless(n >= r.min, "the value must have at least "+plural(r.min, "item")+", it has "+strconv.Itoa(n)), true
	case "maxItems":
		return unless(n <= r.max, "the value must have at most "+plural(r.max, "item")+", it has "+strconv.Itoa(n)), true
	case "uniqueItems":
		return unless(!r.unique || s.twin(s.token) < 0, "the value must not hold the same item twice"), true
	case "minContains", "maxContains":
		if r.contains == None {
			return "", true
		}
		fits := 0
		s.each(func(_, item int) {
			if s.branch(r.contains, item) {
				fits++
			}
		})
		if keyword == "minContains" {
			return unless(fits >= r.minContains, "at least "+plural(r.minContains, "item")+" must fit, "+strconv.Itoa(fits)+" do"), true
		}
		return unless(fits <= r.maxContains, "at most "+plural(r.maxContains, "item")+" may fit, "+strconv.Itoa(fits)+" do"), true
	}
	return "", limiting[keyword]
}

func (s *site) assertObject(m *yaml.Member) (words string, asserts bool) {
	r, n := s.f.obj, int(s.t.Tokens[s.token].Count)
	if r == nil {
		return "", limiting[m.Key]
	}
	switch m.Key {
	case "minProperties":
		return unless(n >= r.min, "the value must have at least "+plural(r.min, "member")+", it has "+strconv.Itoa(n)), true
	case "maxProperties":
		return unless(n <= r.max, "the value must have at most "+plural(r.max, "member")+", it has "+strconv.Itoa(n)), true
	case "required":
		return s.needed("", m.Value.Items), true
	case "dependentRequired":
		for i := range m.Value.Members {
			name := m.Value.Members[i].Key
			if s.member(s.token, name) < 0 {
				continue
			}
			if words := s.needed(name, m.Value.Members[i].Value.Items); words != "" {
				return words, true
			}
		}
		return "", true
	}
	return "", limiting[m.Key]
}

// needed says which of the names is missing.
func (s *site) needed(because string, list []*yaml.Node) string {
	var missing []string
	for _, name := range list {
		if s.member(s.token, name.Text) < 0 {
			missing = append(missing, name.Text)
		}
	}
	switch {
	case missing == nil:
		return ""
	case because != "":
		return "a value with `" + tape.Printable([]byte(because), longestName) + "` must have " + ticked(missing)
	}
	return "the value must have " + ticked(missing)
}
