package schema

import (
	"math"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/format"
	"github.com/faultline-http/faultline/internal/yaml"
)

// count reads a keyword that is a number of things.
func (r *reader) count(keyword string, fallback int) (int, error) {
	n := r.quoted(keyword, r.get(keyword))
	if n == nil {
		return fallback, nil
	}
	if n.Kind == yaml.Number {
		d := parseDecimal([]byte(n.Text))
		if d.integer() && !d.neg {
			if d.exp > 9 {
				return math.MaxInt32, nil
			}
			if v, err := strconv.ParseFloat(n.Text, 64); err == nil {
				return int(v), nil
			}
		}
	}
	return 0, r.bad(n, keyword, "a whole number, 0 or more")
}

func (r *reader) number(keyword string) (*yaml.Node, decimal, error) {
	n := r.quoted(keyword, r.get(keyword))
	if n == nil {
		return nil, decimal{}, nil
	}
	if n.Kind != yaml.Number {
		return nil, decimal{}, r.bad(n, keyword, "a number")
	}
	return n, parseDecimal([]byte(n.Text)), nil
}

func (r *reader) numbers() error {
	var rule numRule
	for _, keyword := range [...]string{"minimum", "maximum"} {
		n, d, err := r.number(keyword)
		if err != nil {
			return err
		}
		exclusive := "exclusive" + strings.ToUpper(keyword[:1]) + keyword[1:]
		if r.dialect().flags() {
			flag := r.get(exclusive)
			if r.modern(exclusive, flag) {
				rule.bounds = append(rule.bounds, bound{exclusive, parseDecimal([]byte(flag.Text)), flag.Text})
				flag = nil
			}
			if flag != nil && flag.Kind != yaml.Bool {
				return &Error{
					Pos:    flag.Pos,
					Msg:    "`" + exclusive + "` must be true or false in " + r.dialect().String() + ", this is " + kindWords(flag),
					Remedy: "write `" + keyword + "` with the number and `" + exclusive + ": true`",
				}
			}
			if n != nil && flag != nil && flag.Text == "true" {
				rule.bounds = append(rule.bounds, bound{exclusive, d, n.Text})
				continue
			}
		}
		is, exclusively := false, false
		if !r.dialect().flags() {
			is, exclusively = r.flag(exclusive, keyword, n)
		}
		if exclusively && is {
			rule.bounds = append(rule.bounds, bound{exclusive, d, n.Text})
			continue
		}
		if n != nil {
			rule.bounds = append(rule.bounds, bound{keyword, d, n.Text})
		}
		if is || r.dialect().flags() {
			continue
		}
		n, d, err = r.number(exclusive)
		if err != nil {
			return err
		}
		if n != nil {
			rule.bounds = append(rule.bounds, bound{exclusive, d, n.Text})
		}
	}
	n, d, err := r.number("multipleOf")
	if err != nil {
		return err
	}
	if n != nil {
		if d.sign() <= 0 {
			return r.bad(n, "multipleOf", "a number above 0")
		}
		ok := false
		if rule.divisor, ok = newDivisor(&d); !ok {
			return &Unsupported{Pos: n.Pos, What: "`multipleOf` with more than " + strconv.Itoa(longestDivisor) + " digits"}
		}
		rule.step = n.Text
	}
	if r.assertsFormats() {
		rule.ranged(text(r.get("format")))
	}
	// Draft 4, section 3.5: an integer is a number without fraction and exponent.
	rule.plain = r.dialect() == JSONSchemaDraft4 && r.f.types&(NumberType|IntegerType) == IntegerType
	if len(rule.bounds) > 0 || rule.divisor.given() || rule.format != "" || rule.plain {
		r.f.num = &rule
	}
	return nil
}

// assertsFormats reports whether format is more than a note.
func (r *reader) assertsFormats() bool { return !r.b.opts.AnnotateFormats || r.at.mode.formats }

// ranged takes on what a format says about numbers.
func (rule *numRule) ranged(name string) {
	f, ok := format.LookupNumber(name)
	if !ok {
		return
	}
	least, most := parseDecimal([]byte(f.Least)), parseDecimal([]byte(f.Most))
	rule.format, rule.least, rule.most, rule.whole = name, &least, &most, f.Whole
}

func (r *reader) strings() error {
	rule := strRule{max: -1}
	var err error
	if rule.min, err = r.count("minLength", 0); err != nil {
		return err
	}
	if rule.max, err = r.count("maxLength", -1); err != nil {
		return err
	}
	if n := r.get("pattern"); n != nil {
		if n.Kind != yaml.String {
			return r.bad(n, "pattern", "a string")
		}
		if rule.pattern, err = r.pattern(n.Pos, n.Text); err != nil {
			return err
		}
	}
	if n := r.get("format"); n != nil && r.assertsFormats() {
		rule.name = text(n)
		rule.format = format.Lookup(rule.name)
	}
	if err := r.content(&rule); err != nil {
		return err
	}
	if rule.min > 0 || rule.max >= 0 || rule.pattern != nil || rule.format != nil || rule.content != nil {
		r.f.str = &rule
	}
	return nil
}

func (r *reader) pattern(pos yaml.Pos, text string) (*pattern, error) {
	p, err := newPattern(text)
	if err != nil {
		return nil, &Error{
			Pos:    pos,
			Msg:    "the pattern is not a regular expression: " + err.Error(),
			Remedy: "write a regular expression of JavaScript",
		}
	}
	return p, nil
}
