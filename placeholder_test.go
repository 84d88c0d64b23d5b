package faultline_test

import (
	"testing"

	"github.com/faultline-http/faultline"
)

func TestUnfilled(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"$TOKEN": true, "${TOKEN}": true, "%TOKEN%": true, "{{token}}": true, "{{ auth.token }}": true, "<token>": true, "<your token>": true,
		"undefined": true, "null": true, "None": true, "[object Object]": true,
		"": false, "$": false, "$5": false, "${}": false, "abc": false, "Undefined behaviour": false, "<>": false, "{{}}": false,
		"<script>alert(1)</script>": false, "100%": false, "eyJhbGciOiJIUzI1NiJ9.e30.x": false,
	} {
		if got := faultline.Unfilled(text); got != want {
			t.Errorf("Unfilled(%q) = %v, want %v", text, got, want)
		}
	}
}
