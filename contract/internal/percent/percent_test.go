package percent_test

import (
	"testing"

	"github.com/faultline-http/faultline/contract/internal/percent"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "abc": "abc", "a%20b": "a b", "%c3%A9": "é", "100%": "100%", "%2": "%2", "%zz": "%zz", "%%41": "%A", "a+b": "a+b", "%2B": "+",
	} {
		if got := percent.Decode(text); got != want {
			t.Errorf("Decode(%q) = %q, want %q", text, got, want)
		}
	}
	if got := string(percent.Append(nil, "a+b%2Bc", true)); got != "a b+c" {
		t.Errorf("Append with plus = %q, want %q", got, "a b+c")
	}
}
