package format

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write idna_table.go anew")

// ucd is the folder of the Unicode Character Database; Debian's package
// unicode-data has it.
func ucd(t *testing.T) string {
	dir := os.Getenv("FAULTLINE_UCD")
	if dir == "" {
		dir = "/usr/share/unicode"
	}
	if _, err := os.Stat(filepath.Join(dir, "UnicodeData.txt")); err != nil {
		t.Skipf("no Unicode Character Database 15.0 in %s (apt-get install unicode-data); FAULTLINE_UCD names its folder", dir)
	}
	return dir
}

// property reads the code points of a file of the database that have one of
// the values in its field after the code points.
func property(t *testing.T, name string, each func(r rune, fields []string)) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(ucd(t), name))
	if err != nil {
		t.Fatal(err)
	}
	first := rune(-1)
	for line := range strings.Lines(string(raw)) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Split(strings.TrimSpace(line), ";")
		if len(fields) < 2 {
			continue
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		from, to, ok := strings.Cut(fields[0], "..")
		if !ok {
			to = from
		}
		lo, err1 := strconv.ParseUint(from, 16, 32)
		hi, err2 := strconv.ParseUint(to, 16, 32)
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: %s", name, line)
		}
		if first >= 0 {
			lo, first = uint64(first), -1
		} else if strings.HasSuffix(fields[1], ", First>") {
			first = rune(lo)
			continue
		}
		for r := lo; r <= hi; r++ {
			each(rune(r), fields[1:])
		}
	}
}

// character is what the rules of RFC 5892, section 2, ask of one.
type character struct {
	category                     string
	bidi, joining                class
	virama, unstable, ignorable  bool
	noncharacter, oldHangulJamos bool
	combining                    byte
	composes                     bool
}

// A pair is what a character is composed of.
type pair struct{ first, second, whole rune }

// compositions are the primary composites of Unicode, section 3.11.
func compositions(t *testing.T) []pair {
	excluded := map[rune]bool{}
	property(t, "DerivedNormalizationProps.txt", func(r rune, f []string) {
		excluded[r] = excluded[r] || f[0] == "Full_Composition_Exclusion"
	})
	var out []pair
	property(t, "UnicodeData.txt", func(r rune, f []string) {
		parts := strings.Fields(f[4])
		if len(parts) != 2 || strings.HasPrefix(parts[0], "<") || excluded[r] {
			return
		}
		first, err1 := strconv.ParseUint(parts[0], 16, 32)
		second, err2 := strconv.ParseUint(parts[1], 16, 32)
		if err1 != nil || err2 != nil {
			t.Fatalf("U+%04X: %s", r, f[4])
		}
		out = append(out, pair{rune(first), rune(second), r})
	})
	slices.SortFunc(out, func(a, b pair) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.second, b.second)) })
	return out
}

func database(t *testing.T) []character {
	all := make([]character, 0x110000)
	for i := range all {
		all[i] = character{category: "Cn", bidi: bidiOther}
	}
	directions := map[string]class{
		"L": bidiL, "R": bidiR, "AL": bidiAL, "AN": bidiAN, "EN": bidiEN, "ES": bidiES,
		"CS": bidiCS, "ET": bidiET, "ON": bidiON, "BN": bidiBN, "NSM": bidiNSM,
	}
	property(t, "UnicodeData.txt", func(r rune, f []string) {
		all[r].category, all[r].virama = f[1], f[2] == "9"
		ccc, err := strconv.ParseUint(f[2], 10, 8)
		if err != nil {
			t.Fatal(err)
		}
		all[r].combining, all[r].composes = byte(ccc), ccc > 0
		if d, ok := directions[f[3]]; ok {
			all[r].bidi = d
		}
	})
	property(t, "DerivedNormalizationProps.txt", func(r rune, f []string) {
		all[r].unstable = all[r].unstable || f[0] == "Changes_When_NFKC_Casefolded"
	})
	property(t, "DerivedCoreProperties.txt", func(r rune, f []string) {
		all[r].ignorable = all[r].ignorable || f[0] == "Default_Ignorable_Code_Point"
	})
	property(t, "PropList.txt", func(r rune, f []string) {
		all[r].ignorable = all[r].ignorable || f[0] == "White_Space" || f[0] == "Noncharacter_Code_Point"
		all[r].noncharacter = all[r].noncharacter || f[0] == "Noncharacter_Code_Point"
	})
	property(t, "HangulSyllableType.txt", func(r rune, f []string) {
		all[r].oldHangulJamos = f[0] == "L" || f[0] == "V" || f[0] == "T"
	})
	property(t, filepath.Join("extracted", "DerivedJoiningType.txt"), func(r rune, f []string) {
		all[r].joining = map[string]class{"L": joinL, "R": joinR, "D": joinD, "T": joinT}[f[0]]
	})
	for _, p := range compositions(t) {
		all[p.second].composes = true
	}
	return all
}

// status is RFC 5892, section 3, step by step.
func (c *character) status(r rune) class {
	switch {
	// Exceptions (section 2.6).
	case strings.ContainsRune("\u00df\u03c2\u06fd\u06fe\u0f0b\u3007", r):
		return valid
	case strings.ContainsRune("\u00b7\u0375\u05f3\u05f4\u30fb", r) || r >= '\u0660' && r <= '\u0669' || r >= '\u06f0' && r <= '\u06f9':
		return contextual
	case strings.ContainsRune("\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b", r):
		return disallowed
	case c.category == "Cn" && !c.noncharacter: // Unassigned (2.10)
		return disallowed
	case r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z': // LDH (2.5)
		return valid
	case r == '\u200c' || r == '\u200d': // JoinControl (2.8)
		return contextual
	case c.unstable || c.ignorable || c.oldHangulJamos: // 2.2, 2.3, 2.9
		return disallowed
	case r >= 0x20d0 && r <= 0x20ff || r >= 0x1d100 && r <= 0x1d24f: // IgnorableBlocks (2.4)
		return disallowed
	case slices.Contains([]string{"Ll", "Lu", "Lo", "Nd", "Lm", "Mn", "Mc"}, c.category): // LetterDigits (2.1)
		return valid
	}
	return disallowed
}

// TestClassTable derives the class of every code point from the database by
// the rules of the RFCs and holds the tables to it.
func TestClassTable(t *testing.T) {
	t.Parallel()
	all := database(t)
	want := make([]class, len(all))
	for i := range all {
		c := &all[i]
		want[i] = c.status(rune(i)) | c.joining<<3 | c.bidi<<6
		if c.virama {
			want[i] |= 4
		}
		if c.composes {
			want[i] |= 1 << 10
		}
		if c.category == "Cn" {
			want[i] = disallowed | bidiOther<<6
		}
	}
	pairs := compositions(t)
	if *update {
		writeTables(t, all, want, pairs)
		return
	}
	wrong := 0
	for i, w := range want {
		r := rune(i)
		if got := classOf(r); got != w || combining(r) != all[i].combining {
			if wrong++; wrong < 10 {
				t.Errorf("U+%04X has class %b and %d, want %b and %d", i, got, combining(r), w, all[i].combining)
			}
		}
	}
	for _, p := range pairs {
		if whole, ok := composite(p.first, p.second); !ok || whole != p.whole {
			t.Errorf("U+%04X U+%04X are U+%04X, want U+%04X", p.first, p.second, whole, p.whole)
		}
		if first, second, _ := parts(p.whole); first != p.first || second != p.second {
			t.Errorf("U+%04X is U+%04X U+%04X, want U+%04X U+%04X", p.whole, first, second, p.first, p.second)
		}
	}
}

func writeTables(t *testing.T, all []character, want []class, pairs []pair) {
	kinds := slices.Compact(slices.SortedFunc(slices.Values(want), cmp.Compare))
	if len(kinds) > 256 {
		t.Fatalf("%d classes", len(kinds))
	}
	var out bytes.Buffer
	out.WriteString("package format\n\n// Made by `go test ./contract/internal/format -run TestClassTable -update`; Unicode 15.0.\n\n")
	out.WriteString("var classes = [...]class{")
	for i, k := range kinds {
		if i%16 == 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(&out, "%#x, ", uint16(k))
	}
	out.WriteString("\n}\n")
	three := func(r rune) []byte { return []byte{byte(r >> 16), byte(r >> 8), byte(r)} }
	var table, marks, composed, order []byte
	for i, w := range want {
		if i == 0 || want[i-1] != w {
			kind, _ := slices.BinarySearch(kinds, w)
			table = append(append(table, three(rune(i))...), byte(kind))
		}
		if i == 0 || all[i-1].combining != all[i].combining {
			marks = append(append(marks, three(rune(i))...), all[i].combining)
		}
	}
	places := make([]int, len(pairs))
	for i, p := range pairs {
		places[i] = i
		composed = slices.Concat(composed, three(p.first), three(p.second), three(p.whole))
	}
	slices.SortFunc(places, func(a, b int) int { return cmp.Compare(pairs[a].whole, pairs[b].whole) })
	for _, i := range places {
		order = append(order, byte(i>>8), byte(i))
	}
	writeConst(&out, "classTable", table)
	writeConst(&out, "combiningTable", marks)
	writeConst(&out, "pairTable", composed)
	writeConst(&out, "pairOrder", order)
	src, err := format.Source(out.Bytes())
	if err == nil {
		err = os.WriteFile("idna_table.go", src, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func writeConst(out *bytes.Buffer, name string, raw []byte) {
	fmt.Fprintf(out, "\nconst %s = \"\"", name)
	for line := range slices.Chunk(raw, 32) {
		out.WriteString(" +\n\"")
		for _, c := range line {
			fmt.Fprintf(out, `\x%02x`, c)
		}
		out.WriteString("\"")
	}
	out.WriteString("\n")
}
