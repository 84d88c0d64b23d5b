package schema

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// interval is where a number may lie.
type interval struct{ least, most float64 }

func (w *wish) interval() interval {
	in := interval{math.Inf(-1), math.Inf(1)}
	for _, f := range w.forms {
		if f.num == nil {
			continue
		}
		for i := range f.num.bounds {
			b := &f.num.bounds[i]
			v, err := strconv.ParseFloat(b.text, 64)
			if err != nil {
				continue
			}
			if strings.HasSuffix(b.keyword, "inimum") {
				in.least = max(in.least, v)
			} else {
				in.most = min(in.most, v)
			}
		}
	}
	const width = 1000
	switch {
	case math.IsInf(in.least, -1) && math.IsInf(in.most, 1):
		return interval{0, width}
	case math.IsInf(in.most, 1):
		in.most = in.least + width
	case math.IsInf(in.least, -1):
		in.least = in.most - width
	}
	return in
}

func (s *sampler) number(w *wish, whole bool) bool {
	in := w.interval()
	var step *divisor
	for _, f := range w.forms {
		if f.num == nil {
			continue
		}
		whole = whole || f.num.whole
		if f.num.divisor.given() {
			step = &f.num.divisor
		}
	}
	if step != nil {
		return s.multiple(step, in)
	}
	if whole || s.chance(2) {
		return s.integer(math.Ceil(in.least), math.Floor(in.most), "")
	}
	v := in.least + s.r.Float64()*(in.most-in.least)
	s.out = strconv.AppendFloat(s.out, v, 'f', 2, 64)
	return true
}

// integer writes a whole number of a range, with an exponent behind it.
func (s *sampler) integer(least, most float64, exponent string) bool {
	least, most = max(least, -1<<53), min(most, 1<<53)
	if least > most {
		return false
	}
	v := int64(least)
	if n := int64(most) - v; n > 0 {
		v += s.r.Int64N(n + 1)
	}
	s.out = strconv.AppendInt(s.out, v, 10)
	s.write(exponent)
	return true
}

// multiple writes a multiple of a step.
func (s *sampler) multiple(step *divisor, in interval) bool {
	if step.exp < -15 || step.exp > 15 || step.wide != nil || step.mantissa > 1<<50 {
		return false
	}
	size := float64(step.mantissa) * math.Pow(10, float64(step.exp))
	before := len(s.out)
	if !s.integer(math.Ceil(in.least/size), math.Floor(in.most/size), "") {
		return false
	}
	k, _ := strconv.ParseInt(string(s.out[before:]), 10, 64)
	s.out = s.out[:before]
	product := k * int64(step.mantissa)
	if k != 0 && product/k != int64(step.mantissa) {
		return false
	}
	s.write(shifted(product, int(step.exp)))
	return true
}

// shifted is n × 10^exp without an exponent.
func shifted(n int64, exp int) string {
	text := strconv.FormatInt(n, 10)
	if n == 0 {
		return "0"
	}
	if exp >= 0 {
		return text + strings.Repeat("0", exp)
	}
	sign := ""
	if text[0] == '-' {
		sign, text = "-", text[1:]
	}
	if len(text) <= -exp {
		text = strings.Repeat("0", -exp-len(text)+1) + text
	}
	return sign + text[:len(text)+exp] + "." + text[len(text)+exp:]
}

// sampleWords are what texts are made of. Some need escapes in JSON, some more
// than one byte a letter.
var sampleWords = [...]string{"north", "river", "amber", "seven", "Zoë", "a \"quoted\" word", "back\\slash", "line\nbreak", "日本", "ok"}

func (s *sampler) string(w *wish) bool {
	least, most := 0, -1
	var p *pattern
	var name, example string
	for _, f := range w.forms {
		if f.str == nil {
			continue
		}
		least = max(least, f.str.min)
		if f.str.max >= 0 && (most < 0 || f.str.max < most) {
			most = f.str.max
		}
		if f.str.pattern != nil && (p == nil || s.chance(2)) {
			p = f.str.pattern
		}
		if f.str.format != nil {
			name, example = f.str.name, f.str.format.Example()
		}
	}
	switch {
	case p != nil:
		text, ok := s.matching(p, least, most)
		if !ok {
			return false
		}
		s.quoted(text)
	case example != "":
		s.quoted(s.formatted(name, example))
	default:
		s.quoted(s.words(least, most))
	}
	return true
}

// longestSample bounds the texts that minLength asks for.
const longestSample = 1 << 16

func (s *sampler) words(least, most int) string {
	var b strings.Builder
	n := 0
	for n == 0 || n < min(least, longestSample) {
		word := sampleWords[s.r.IntN(len(sampleWords))]
		if n > 0 {
			word = " " + word
		}
		b.WriteString(word)
		n += utf8.RuneCountInString(word)
	}
	text := []rune(b.String())
	if most >= 0 && len(text) > most {
		text = text[:most]
	}
	return string(text)
}

// formatted varies the example of a format where that is simple.
func (s *sampler) formatted(name, example string) string {
	n := s.r.IntN
	switch name {
	case "date":
		return fmt.Sprintf("20%02d-%02d-%02d", n(100), 1+n(12), 1+n(28))
	case "date-time":
		return fmt.Sprintf("20%02d-%02d-%02dT%02d:%02d:%02dZ", n(100), 1+n(12), 1+n(28), n(24), n(60), n(60))
	case "uuid":
		return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", s.r.Uint32(), n(1<<16), n(1<<12), n(1<<12), s.r.Int64N(1<<48))
	}
	return example
}
