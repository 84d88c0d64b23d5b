package ecma

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// lookupProperty finds what stands in the braces of \p: ECMA-262, section
// 22.2.1, UnicodePropertyValueExpression. Names are those of the Unicode
// Character Database, exactly.
func lookupProperty(text string) (set, bool) {
	name, value, pair := strings.Cut(text, "=")
	if !pair {
		if s, ok := category(name); ok {
			return s, true
		}
		return binaryProperty(name)
	}
	switch name {
	case "General_Category", "gc":
		return category(value)
	case "Script", "sc":
		return script(value)
	case "Script_Extensions", "scx":
		return scriptExtensions(value)
	}
	return nil, false
}

// categoryNames are the long names, and other short ones, of the general
// categories.
var categoryNames = map[string]string{
	"Cased_Letter": "LC", "Close_Punctuation": "Pe", "Connector_Punctuation": "Pc",
	"Control": "Cc", "cntrl": "Cc", "Currency_Symbol": "Sc", "Dash_Punctuation": "Pd",
	"Decimal_Number": "Nd", "digit": "Nd", "Enclosing_Mark": "Me", "Final_Punctuation": "Pf",
	"Format": "Cf", "Initial_Punctuation": "Pi", "Letter": "L", "Letter_Number": "Nl",
	"Line_Separator": "Zl", "Lowercase_Letter": "Ll", "Mark": "M", "Combining_Mark": "M",
	"Math_Symbol": "Sm", "Modifier_Letter": "Lm", "Modifier_Symbol": "Sk",
	"Nonspacing_Mark": "Mn", "Number": "N", "Open_Punctuation": "Ps", "Other": "C",
	"Other_Letter": "Lo", "Other_Number": "No", "Other_Punctuation": "Po",
	"Other_Symbol": "So", "Paragraph_Separator": "Zp", "Private_Use": "Co",
	"Punctuation": "P", "punct": "P", "Separator": "Z", "Space_Separator": "Zs",
	"Spacing_Mark": "Mc", "Surrogate": "Cs", "Symbol": "S", "Titlecase_Letter": "Lt",
	"Unassigned": "Cn", "Uppercase_Letter": "Lu",
}

func category(name string) (set, bool) {
	if short, ok := categoryNames[name]; ok {
		name = short
	}
	switch name {
	case "LC":
		return fromTable(unicode.Lu, unicode.Ll, unicode.Lt), true
	case "Cn":
		return assigned().not(), true
	case "C":
		// Other has the unassigned ones, which package unicode leaves out.
		return fromTable(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z).not(), true
	}
	t, ok := unicode.Categories[name]
	if !ok {
		return nil, false
	}
	return fromTable(t), true
}

var assigned = sync.OnceValue(func() set {
	return fromTable(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
})

func script(name string) (set, bool) {
	if long, ok := scriptNames[name]; ok {
		name = long
	}
	if name == "Unknown" {
		known := make([]*unicode.RangeTable, 0, len(unicode.Scripts))
		for _, key := range slices.Sorted(maps.Keys(unicode.Scripts)) {
			known = append(known, unicode.Scripts[key])
		}
		return fromTable(known...).not(), true
	}
	t, ok := unicode.Scripts[name]
	if !ok {
		return nil, false
	}
	return fromTable(t), true
}

// scriptExtensions are the characters that are used with a script, be they of
// another.
func scriptExtensions(name string) (set, bool) {
	if long, ok := scriptNames[name]; ok {
		name = long
	}
	if packed, ok := extended[name]; ok {
		return unpack(packed), true
	}
	return script(name)
}

// binaryProperty finds one of those of ECMA-262, table 69.
func binaryProperty(name string) (set, bool) {
	if long, ok := propertyNames[name]; ok {
		name = long
	}
	switch name {
	case "Any":
		return all(), true
	case "ASCII":
		return set{0, unicode.MaxASCII}, true
	case "Assigned":
		return assigned(), true
	}
	packed, ok := properties[name]
	return unpack(packed), ok
}

// unpack reads pairs that property_table.go has as distances.
func unpack(packed string) set {
	var out set
	at := uint64(0)
	raw := []byte(packed)
	for len(raw) > 0 {
		d, n := binary.Uvarint(raw)
		raw = raw[n:]
		at += d
		out = append(out, rune(at))
	}
	return out
}

var (
	idStart    = sync.OnceValue(func() set { return unpack(properties["ID_Start"]) })
	idContinue = sync.OnceValue(func() set { return unpack(properties["ID_Continue"]) })
)
