package ecma

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

var update = flag.Bool("update", false, "write property_table.go anew")

// binaryProperties are those of ECMA-262, table 69, that have to be looked up.
const binaryProperties = `ASCII_Hex_Digit Alphabetic Bidi_Control Bidi_Mirrored Case_Ignorable Cased
Changes_When_Casefolded Changes_When_Casemapped Changes_When_Lowercased Changes_When_NFKC_Casefolded
Changes_When_Titlecased Changes_When_Uppercased Dash Default_Ignorable_Code_Point Deprecated Diacritic Emoji
Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic Extender Grapheme_Base
Grapheme_Extend Hex_Digit IDS_Binary_Operator IDS_Trinary_Operator ID_Continue ID_Start Ideographic Join_Control
Logical_Order_Exception Lowercase Math Noncharacter_Code_Point Pattern_Syntax Pattern_White_Space Quotation_Mark
Radical Regional_Indicator Sentence_Terminal Soft_Dotted Terminal_Punctuation Unified_Ideograph Uppercase
Variation_Selector White_Space XID_Continue XID_Start`

// ucd reads the lines of a file of the Unicode Character Database, which
// Debian's package unicode-data has.
func ucd(t *testing.T, name string) [][]string {
	t.Helper()
	dir := os.Getenv("FAULTLINE_UCD")
	if dir == "" {
		dir = "/usr/share/unicode"
	}
	raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("no Unicode Character Database 15.0 (apt-get install unicode-data); FAULTLINE_UCD names its folder: %v", err)
	}
	var out [][]string
	for line := range strings.Lines(string(raw)) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Split(line, ";")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if len(fields) > 1 {
			out = append(out, fields)
		}
	}
	return out
}

func codePoints(t *testing.T, field string) (lo, hi rune) {
	t.Helper()
	from, to, ok := strings.Cut(field, "..")
	if !ok {
		to = from
	}
	a, err1 := strconv.ParseUint(from, 16, 32)
	b, err2 := strconv.ParseUint(to, 16, 32)
	if err1 != nil || err2 != nil {
		t.Fatalf("code points %s", field)
	}
	return rune(a), rune(b)
}

type tables struct {
	scripts, names       map[string]string // alias to name
	properties, extended map[string]set
}

func readTables(t *testing.T) tables {
	out := tables{map[string]string{}, map[string]string{}, map[string]set{}, map[string]set{}}
	wanted := strings.Fields(binaryProperties)
	for _, f := range ucd(t, "PropertyAliases.txt") {
		for _, alias := range append([]string{f[0]}, f[2:]...) {
			if slices.Contains(wanted, f[1]) && alias != f[1] {
				out.names[alias] = f[1]
			}
		}
	}
	for _, f := range ucd(t, "PropertyValueAliases.txt") {
		if f[0] != "sc" {
			continue
		}
		for _, alias := range append([]string{f[1]}, f[3:]...) {
			if alias != f[2] {
				out.scripts[alias] = f[2]
			}
		}
	}
	for _, file := range []string{"PropList.txt", "DerivedCoreProperties.txt", "DerivedNormalizationProps.txt", "emoji/emoji-data.txt", "extracted/DerivedBinaryProperties.txt"} {
		for _, f := range ucd(t, file) {
			if slices.Contains(wanted, f[1]) {
				lo, hi := codePoints(t, f[0])
				out.properties[f[1]] = append(out.properties[f[1]], lo, hi)
			}
		}
	}
	for name, s := range out.properties {
		out.properties[name] = s.tidy()
	}
	var listed set
	for _, f := range ucd(t, "ScriptExtensions.txt") {
		lo, hi := codePoints(t, f[0])
		listed = append(listed, lo, hi)
		for short := range strings.FieldsSeq(f[1]) {
			name := short
			if long, ok := out.scripts[short]; ok {
				name = long
			}
			out.extended[name] = append(out.extended[name], lo, hi)
		}
	}
	for _, name := range []string{"Common", "Inherited"} {
		out.extended[name] = nil
	}
	listed = listed.tidy()
	for name, s := range out.extended {
		out.extended[name] = fromTable(unicode.Scripts[name]).but(listed).or(s)
	}
	return out
}

// TestPropertyTables reads the database and holds the tables to it.
func TestPropertyTables(t *testing.T) {
	t.Parallel()
	want := readTables(t)
	if len(want.properties) != len(strings.Fields(binaryProperties)) {
		t.Errorf("the database has %d of the properties, want %d", len(want.properties), len(strings.Fields(binaryProperties)))
	}
	if *update {
		writeTables(t, want)
		return
	}
	if !maps.Equal(scriptNames, want.scripts) || !maps.Equal(propertyNames, want.names) {
		t.Error("the names are not those of the database")
	}
	for name, s := range want.properties {
		if got := unpack(properties[name]); !slices.Equal(got, s) {
			t.Errorf("%s differs", name)
		}
	}
	for name, s := range want.extended {
		if got := unpack(extended[name]); !slices.Equal(got, s) {
			t.Errorf("Script_Extensions=%s differs", name)
		}
	}
}

func writeTables(t *testing.T, want tables) {
	var out bytes.Buffer
	out.WriteString("package ecma\n\n// Made by `go test ./contract/internal/ecma -run TestPropertyTables -update`; Unicode 15.0.\n")
	for _, m := range []struct {
		name    string
		entries map[string]string
	}{{"scriptNames", want.scripts}, {"propertyNames", want.names}} {
		fmt.Fprintf(&out, "\nvar %s = map[string]string{\n", m.name)
		for _, key := range slices.Sorted(maps.Keys(m.entries)) {
			fmt.Fprintf(&out, "%q: %q,\n", key, m.entries[key])
		}
		out.WriteString("}\n")
	}
	for _, m := range []struct {
		name    string
		entries map[string]set
	}{{"properties", want.properties}, {"extended", want.extended}} {
		fmt.Fprintf(&out, "\nvar %s = map[string]string{\n", m.name)
		for _, key := range slices.Sorted(maps.Keys(m.entries)) {
			fmt.Fprintf(&out, "%q: %s,\n", key, quotePacked(m.entries[key]))
		}
		out.WriteString("}\n")
	}
	src, err := format.Source(out.Bytes())
	if err == nil {
		err = os.WriteFile("property_table.go", src, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func quotePacked(s set) string {
	var raw []byte
	at := rune(0)
	for _, r := range s {
		raw = binary.AppendUvarint(raw, uint64(r-at))
		at = r
	}
	var lines []string
	for chunk := range slices.Chunk(raw, 32) {
		var line strings.Builder
		for _, c := range chunk {
			fmt.Fprintf(&line, `\x%02x`, c)
		}
		lines = append(lines, `"`+line.String()+`"`)
	}
	return strings.Join(lines, " +\n")
}
