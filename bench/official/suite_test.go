package official

import "testing"

func TestSection(t *testing.T) {
	for name, want := range map[string]string{
		"allOf.json": "required", "optional/bignum.json": "optional", "optional/format/email.json": "format", "format.json": "required",
	} {
		if got := section(name); got != want {
			t.Errorf("section(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestDialects(t *testing.T) {
	for _, c := range []struct {
		schema           string
		refers, shared30 bool
	}{
		{`{"type": "object", "properties": {"a": {"minimum": 1}}}`, false, true},
		{`{"enum": [{"$ref": "a"}]}`, false, true},
		{`{"allOf": [{"$ref": "#/a"}]}`, true, false},
		{`{"type": ["string"]}`, false, false},
		{`{"items": [{}]}`, false, false},
		{`true`, false, false},
	} {
		if got := refers([]byte(c.schema)); got != c.refers {
			t.Errorf("refers(%s) = %v", c.schema, got)
		}
		if got := shared30([]byte(c.schema)); got != c.shared30 {
			t.Errorf("shared30(%s) = %v", c.schema, got)
		}
	}
}
