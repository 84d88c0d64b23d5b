package report

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// sgr is a Select Graphic Rendition sequence (ECMA-48, section 8.3.117).
var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// inks are the colours of the picture, chosen so that each has a contrast of 4.5 to 1 on the ground.
var inks = map[string]string{
	"31": "#FF8A80", "32": "#5FD38A", "33": "#F0B455", "35": "#C3A6FF", "36": "#6CB0FF",
}

// picture draws what a terminal shows as SVG: the README's picture is real output.
func picture(terminal string) string {
	const cell, row, pad = 8.4, 20, 16
	lines := strings.Split(strings.TrimRight(terminal, "\n"), "\n")
	columns := 0
	for _, l := range lines {
		columns = max(columns, uniseg.StringWidth(sgr.ReplaceAllString(l, "")))
	}
	width, height := float64(columns)*cell+2*pad, len(lines)*row+2*pad
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d" role="img">`+"\n", width, height, width, height)
	b.WriteString("<title>faultline explains a refused call in a terminal</title>\n")
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="4" fill="#0E1116"/>`+"\n")
	b.WriteString(`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#E6EDF3" xml:space="preserve">` + "\n")
	for i, line := range lines {
		y := pad + i*row + 14
		ink, bold, x := "", false, 0
		draw := func(text string) {
			if strings.TrimSpace(text) != "" {
				style := ""
				if ink != "" {
					style = fmt.Sprintf(` fill="%s"`, ink)
				}
				if bold {
					style += ` font-weight="600"`
				}
				w := float64(uniseg.StringWidth(text)) * cell
				fmt.Fprintf(&b, `<text x="%.1f" y="%d" textLength="%.1f"%s>%s</text>`+"\n", pad+float64(x)*cell, y, w, style, html.EscapeString(text))
			}
			x += uniseg.StringWidth(text)
		}
		at := 0
		for _, m := range sgr.FindAllStringSubmatchIndex(line, -1) {
			draw(line[at:m[0]])
			at = m[1]
			for code := range strings.SplitSeq(line[m[2]:m[3]], ";") {
				switch {
				case code == "0" || code == "":
					ink, bold = "", false
				case code == "1":
					bold = true
				case inks[code] != "":
					ink = inks[code]
				}
			}
		}
		draw(line[at:])
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// TestReadmePicture holds docs/explained.svg to what the renderer draws.
func TestReadmePicture(t *testing.T) {
	t.Parallel()
	ex, d, o := twoViolations()
	o.Color, o.TTY, o.Width = true, true, 100
	o.Page = "" // the README shows what there is
	var shown strings.Builder
	if err := Text(&shown, ex, d, o); err != nil {
		t.Fatal(err)
	}
	want := picture(shown.String())
	file := filepath.Join("..", "..", "docs", "explained.svg")
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the renderer draws; run make docs", file)
	}
}
