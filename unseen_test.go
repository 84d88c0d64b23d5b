package faultline

import (
	"strings"
	"testing"
)

func TestUnseenPartsHaveNamesBothWays(t *testing.T) {
	t.Parallel()
	for u := range Unseen(1 << len(unseenNames)) {
		if got := UnseenNamed(u.Names()); got != u {
			t.Errorf("%d came back from %q as %d", u, u.Names(), got)
		}
	}
	if got, want := (UnseenStatus | UnseenResponseBody).String(), "status, response body"; got != want {
		t.Errorf("names = %q, want %q", got, want)
	}
}

func TestLabelsKeepNoSecret(t *testing.T) {
	t.Parallel()
	ex := &Exchange{Labels: map[string]string{LabelError: "upstream https://name:hunter2@api.example.com/ refused"}}
	new(Redactor).Redact(ex, nil)
	if got := ex.Labels[LabelError]; got == "" || strings.Contains(got, "hunter2") {
		t.Errorf("label = %q, want it without the password", got)
	}
}
