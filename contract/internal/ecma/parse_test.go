package ecma

import "testing"

func TestPatternsAreRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text            string
		unicode, legacy bool
	}{
		{``, true, true},
		{`a|b|`, true, true},
		{`(?:)`, true, true},
		{`^(?=a)(?!b)(?<=c)(?<!d)$`, true, true},
		{`(?=a)*`, false, true},
		{`(?<=a)*`, false, false},
		{`a**`, false, false},
		{`a+?`, true, true},
		{`a{2}{3}`, false, false},
		{`a{2,1}`, false, false},
		{`a{,2}`, false, true},
		{`a{`, false, true},
		{`{2}`, false, false},
		{`{a`, false, true},
		{`}`, false, true},
		{`]`, false, true},
		{`)`, false, false},
		{`(`, false, false},
		{`[`, false, false},
		{`[]`, true, true},
		{`[^]`, true, true},
		{`[b-a]`, false, false},
		{`[\d-z]`, false, true},
		{`[a-\d]`, false, true},
		{`[\w-]`, true, true},
		{`\`, false, false},
		{`\a`, false, true},
		{`\-`, false, true},
		{`[\-]`, true, true},
		{`\/`, true, true},
		{`\1`, false, true},
		{`(a)\1`, true, true},
		{`\1(a)`, true, true},
		{`(a)\2`, false, true},
		{`\01`, false, true},
		{`\0`, true, true},
		{`\8`, false, true},
		{`\cA`, true, true},
		{`\c1`, false, true},
		{`[\c1]`, false, true},
		{`\x4`, false, true},
		{`\u12`, false, true},
		{`\u{1F600}`, true, true},
		{`\u{110000}`, false, true},
		{`\p{L}`, true, true},
		{`\p{Script=Greek}`, true, true},
		{`\p{scx=Grek}`, true, true},
		{`\p{Emoji}`, true, true},
		{`\p{Nonsense}`, false, true},
		{`\pL`, false, true},
		{`\k`, false, true},
		{`\k<a>`, false, true},
		{`(?<a>x)\k<a>`, true, true},
		{`\k<a>(?<a>x)`, true, true},
		{`(?<a>x)\k`, false, false},
		{`(?<a>x)(?<a>y)`, false, false},
		{`(?<1>x)`, false, false},
		{`(?P<a>x)`, false, false},
		{`(?i)a`, false, false},
		{`(?#a)`, false, false},
		{`(?>a)`, false, false},
		{`\ud83d\ude00`, true, true},
		{"\\\u00e9", false, true},
	}
	for _, tt := range tests {
		if _, _, err := parse(tt.text, true); (err == nil) != tt.unicode {
			t.Errorf("%s with the u flag: %v, want valid %v", tt.text, err, tt.unicode)
		}
		if _, _, err := parse(tt.text, false); (err == nil) != tt.legacy {
			t.Errorf("%s without the u flag: %v, want valid %v", tt.text, err, tt.legacy)
		}
	}
}
