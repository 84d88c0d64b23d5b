package torture

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// A vector is a message that two readers may understand in two ways.
type vector struct {
	family, name string
	refused      bool // must be refused by the proxy
	raw          string
}

const (
	smuggled = "GET /smuggled HTTP/1.1\r\nHost: front.example\r\n\r\n"
	cutShort = "0\r\n\r\n"
)

// vectors reads testdata/smuggling.txt, which says how it is written.
func vectors(t *testing.T) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/smuggling.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []vector
	family, template := "", "{}"
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[':
			family, _, _ = strings.Cut(line[1:], "]")
			template = "{}"
			continue
		}
		name, quoted, _ := strings.Cut(line, `= "`)
		raw, err := strconv.Unquote(`"` + quoted)
		if err != nil {
			t.Fatalf("smuggling.txt: %s: %v", line, err)
		}
		name, refused := strings.CutPrefix(name, "!")
		if name = strings.TrimSpace(name); name == "template" {
			template = raw
			continue
		}
		out = append(out, vector{family, name, refused, filled(strings.Replace(template, "{}", raw, 1))})
	}
	return out
}

func filled(raw string) string {
	return strings.NewReplacer("{smuggled}", smuggled, "{cut}", cutShort, "{all}", strconv.Itoa(len(cutShort+smuggled)),
		"{none}", strconv.Itoa(len(cutShort)), "{size}", strconv.Itoa(len(smuggled))).Replace(raw)
}
