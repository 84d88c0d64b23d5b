package schema

import (
	"strings"
	"testing"
)

func TestPatternEngines(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text   string
		engine string
		yes    []string
		no     []string
	}{
		{`^[A-Z]{2}[0-9]{2,4}$`, "runs", []string{"AB12", "AB1234"}, []string{"AB1", "AB12345", "ab12", "AB12\n", "ÄB12"}},
		{`^cus_[0-9a-zA-Z]+$`, "runs", []string{"cus_1"}, []string{"cus_", "xcus_1"}},
		{`^\d+\.\d+$`, "runs", []string{"1.2"}, []string{"1,2", "٣.٣"}},
		{`^a*ab$`, "std", []string{"ab", "aaab"}, []string{"b"}},
		{`^[a-z]{2}(-[A-Z]{2})?$`, "std", []string{"en", "en-GB"}, []string{"en-", "EN"}},
		{`^.$`, "std", []string{"a", "😀"}, []string{"\n", "\u2028", "ab"}},
		{`^\s$`, "std", []string{"\u00a0", "\ufeff", " "}, []string{"a"}},
		{`[[:alpha:]]`, "std", []string{"a]", ":]"}, []string{"b"}},
		{`a`, "std", []string{"bab"}, []string{"b"}},
		{`^\u00e9\/$`, "std", []string{"é/"}, []string{"e/"}},
		{`^(?!foo)\w+$`, "slow", []string{"bar"}, []string{"foobar"}},
		{`^(a)\1$`, "slow", []string{"aa"}, []string{"ab"}},
		{`^\p{Script=Greek}$`, "slow", []string{"α"}, []string{"a"}},
		{`^x{1,2000}$`, "runs", []string{strings.Repeat("x", 2000)}, []string{strings.Repeat("x", 2001)}},
	}
	for _, tt := range tests {
		p, err := newPattern(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		engine := "slow"
		if p.runs != nil {
			engine = "runs"
		} else if p.std != nil {
			engine = "std"
		}
		if engine != tt.engine {
			t.Errorf("%s runs on %s, want %s", tt.text, engine, tt.engine)
		}
		for _, text := range tt.yes {
			if ok, err := p.match([]byte(text)); !ok || err != nil {
				t.Errorf("%s does not match %q: %v", tt.text, text, err)
			}
		}
		for _, text := range tt.no {
			if ok, _ := p.match([]byte(text)); ok {
				t.Errorf("%s matches %q", tt.text, text)
			}
		}
	}
}
