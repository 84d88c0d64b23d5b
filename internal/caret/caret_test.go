package caret_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/internal/caret"
)

func TestDetail(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 300) + "HERE" + strings.Repeat("y", 300)
	for _, tt := range []struct {
		name, msg, remedy string
		places            []caret.Place
		want              string
	}{
		{"a file as a whole", "it is gone", "", []caret.Place{{File: "a.yaml"}}, "error: it is gone\n  --> a.yaml"},
		{
			"one place", "`hed` is no key", "did you mean `head`?",
			[]caret.Place{{File: "a.yaml", Line: 12, Column: 3, Width: 3, Text: "  hed: 5s"}},
			"error: `hed` is no key\n   --> a.yaml:12:3\n   |\n12 |   hed: 5s\n   |   ^^^\nfix: did you mean `head`?",
		},
		{
			"two places", "twice", "",
			[]caret.Place{{File: "a", Line: 1, Column: 1, Text: "x", Label: "first"}, {File: "b", Line: 2, Column: 2, Text: "\ty"}},
			"error: twice\n  --> a:1:1\n  |\n1 | x\n  | ^ first\n  --> b:2:2\n  |\n2 | \ty\n  | \t^",
		},
		{"what could change the terminal", "m", "", []caret.Place{{File: "a", Line: 1, Column: 2, Text: "a\x1b[2J\u202e"}}, "error: m\n  --> a:1:2\n  |\n1 | a�[2J�\n  |  ^"},
		{"a column that is not there", "m", "", []caret.Place{{File: "a", Line: 1, Column: 9, Width: 9, Text: "ab"}}, "error: m\n  --> a:1:9\n  |\n1 | ab\n  |   ^"},
		{
			"a long line", "m", "",
			[]caret.Place{{File: "a", Line: 1, Column: 301, Width: 4, Text: long}},
			"error: m\n  --> a:1:301\n  |\n1 | " + long[250:350] + "\n  | " + strings.Repeat(" ", 50) + "^^^^",
		},
	} {
		if diff := cmp.Diff(tt.want, caret.Detail(tt.msg, tt.remedy, tt.places...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
