package words

import (
	"strings"

	"github.com/faultline-http/faultline/causes/internal/pattern"
)

var (
	typeWord = compile(`(?i)\b(integer|int(?:32|64)?|long|number|numeric|float|double|decimal|string|str|text|boolean|bool|array|list|object|dictionary|dict|map|uuid|guid|datetime|date-time|date|timestamp)\b`)
	// wantedFirst are the ways to name the wanted type after the one that was found.
	wantedFirst = compile(`(?i)(?:into|to|as|type|expected|expecting|must be|should be|valid|not an?|required type)[ =:'"` + "`" + `]*(?:a |an |of type |type |go (?:struct field [\w.]+ of type |value of type )?|java\.lang\.|system\.|xs:|valid )*['"` + "`" + `]?(\w[\w-]*)`)
)

// typeNames are the JSON types behind the words of programming languages.
var typeNames = map[string]string{
	"int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "numeric": "number", "float": "number", "double": "number",
	"decimal": "number", "str": "string", "text": "string", "bool": "boolean", "list": "array", "dictionary": "object", "dict": "object", "map": "object",
	"uuid": "UUID", "guid": "UUID", "datetime": "date-time", "timestamp": "date-time",
}

// maxWanted bounds what is read of a sentence for what it wants.
const maxWanted = 400

// WantedType is the type that a sentence asks for, in the words of JSON; empty if it names none.
func WantedType(text string) string {
	line := table.Scan(text[:min(len(text), maxWanted)])
	switch low := strings.ToLower(line.Text); {
	case strings.Contains(low, "invalid digit"):
		return "integer" // Rust: "invalid digit found in string"
	case strings.Contains(low, "for input string"):
		return "number" // Java
	case strings.Contains(low, "whole number"):
		return "integer"
	}
	for _, m := range line.All(wantedFirst, 8) {
		word := m.Group(line.Text, 1)
		if typeNames[strings.ToLower(word)] != "" || typeWord.Matches(word) {
			return JSONType(word)
		}
	}
	m, _ := line.Find(typeWord)
	return JSONType(m.Group(line.Text, 1))
}

// JSONType is the JSON type behind the word of a programming language.
func JSONType(word string) string {
	word = strings.ToLower(word)
	if t := typeNames[word]; t != "" {
		return t
	}
	return word
}

// asked are the ways in which a sentence says which values it takes; the first that fits counts.
var asked = []struct {
	lead string
	re   *pattern.Pattern
}{
	{"one of ", compile(`(?i)(?:\bone of|permitted|allowed values?(?: are| is)?|(?:valid|accepted|possible|supported) (?:values|options|choices)(?: are)?|following values|enum(?: class)?|only accepts?)(?: the following values?)?:? *[\[({]?(['"\x60\w][^\])}]{0,200}?)[\])}]?(?:\.?$|\.? (?:but|received|got|instead|found|at) |; |, (?:but|received|got))`)},
	{"one of ", compile(`(?i)(?:input should be|expected) (['"][^'"]*['"](?:(?:, | or |, or | ?\| ?)['"][^'"]*['"])*)`)},
	{"", compile(`(?i)\b(between [\x60'"]?-?\d[\d.,]*[\x60'"]? and [\x60'"]?-?\d[\d.,]*\d?[\x60'"]?(?: \w+)?)`)},
	{"", compile(`(?i)\b((?:greater|less|larger|smaller|more|fewer|longer|shorter) than (?:or equal to )?[\x60'"]?-?\d[\d.,]*\d?(?: (?:characters?|items?|elements?|letters|bytes))?(?: and less than or equal to \d[\d.]*)?)`)},
	{"", compile(`(?i)\b(at (?:least|most) [\x60'"]?-?\d[\d.,]*\d?(?: (?:characters?|items?|elements?|letters|bytes|runes))?)`)},
	{"", compile(`(?i)\b((?:minimum|maximum|min|max)(?: (?:length|value|size))?(?: is| of)? -?\d[\d.]*)`)},
	{"", compile(`([<>≤≥]=? ?-?\d[\d.]*)`)},
	{"format ", compile(`(?i)\b(?:match|be in) (?:the )?format ["'\x60]([\w-]{1,40})["'\x60]`)},
	{"pattern ", compile(`(?i)\bmatch(?:ing)? (?:the )?(?:expected |required |following )?(?:pattern|regex|regular expression)?:? ?["'\x60]?(/?\^\S{1,120}?)["'\x60]?(?: but |$|,)`)},
	{"", compile(`(?i)\b(?:must|should|has to) be (?:an? )?(valid [\w-]{2,20}(?: (?:address|date|url|number|string))?)`)},
	{"", compile(`(?i)\bnot an? (valid [\w-]{2,20}(?: (?:address|date|url|number|string))?)`)},
}

// expectedIn is which values a sentence says it takes, empty if it does not say.
func expectedIn(line pattern.Line) string {
	for i := range asked {
		if m, ok := line.Find(asked[i].re); ok {
			said := strings.Trim(m.Group(line.Text, 1), " .,:")
			return asked[i].lead + strings.ReplaceAll(strings.ReplaceAll(said, `"`, ""), "`", "")
		}
	}
	return ""
}

// position is where a parser stopped, as those of Go and of Python count.
var position = compile(`\(?\bline:? (\d{1,6})(?::|,? col(?:umn)?:? ?)(\d{1,7})`)

// placedAt is the line and the column that a sentence names, 0 if it names none.
func placedAt(line pattern.Line) (row, column int) {
	m, ok := line.Find(position)
	if !ok {
		return 0, 0
	}
	return decimal(m.Group(line.Text, 1)), decimal(m.Group(line.Text, 2))
}

// decimal reads a few digits.
func decimal(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}
