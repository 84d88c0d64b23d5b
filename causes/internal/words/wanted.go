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
	{"one of ", compile(`(?i)(?:\bone of(?: the (?:following|allowed)(?: values?)?)?|\bpermitted|\b(?:allowed|valid|accepted|possible|supported) (?:values|options|choices)(?: are)?|\bfollowing values|\benum class):? *[\[({]?(['"\x60\w][^\])}]{0,200}?)[\])}]?(?:\.?$|\.? (?:but|received|got|instead|found|at) |; |, (?:but|received|got))`)},
	{"one of ", compile(`(?i)(?:input should be|expected|must be) (['"][^'"]*['"](?:(?:, | or |, or | ?\| ?)['"][^'"]*['"])+)`)},
	{"", compile(`(?i)\b(between [\x60'"]?-?\d[\d.,]*\d?[\x60'"]? and [\x60'"]?-?\d[\d.]*\d?[\x60'"]?(?: (?:characters?|items?|elements?|letters|bytes))?)`)},
	{"", compile(`(?i)\b(at (?:least|most) [\x60'"]?-?\d[\d.,]*\d?(?: (?:characters?|items?|elements?|letters|bytes|runes))?)`)},
	{"", compile(`(?i)\b((?:minimum|maximum|min|max)(?: (?:length|value|size))?(?: is| of)? -?\d[\d.]*)`)},
	{"", compile(`([<>≤≥]=? ?-?\d[\d.]*)`)},
	{"format ", compile(`(?i)\b(?:match|be in) (?:the )?format ["'\x60]([\w-]{1,40})["'\x60]`)},
	{"pattern ", compile(`(?i)\bmatch(?:ing)? (?:the )?(?:expected |required |following |regular )?(?:pattern|regex|expression)?:? ?["'\x60]?(/?\^\S{1,120}?)["'\x60]?\.?(?: but |$|,)`)},
	{"", compile(`(?i)\b(?:(?:must|should|has to) be|not) (?:an? )?(valid (?:e-?mail|uuid|url|uri|date|ip|phone|hostname|currency|country|iso)[\w-]*(?: \d+)?(?: (?:address|date|url|number|string|code))*)`)},
}

// compared is a limit in words: "must not be greater than 30", "less than or equal to 100 items".
var compared = compile(`(?i)(not (?:be |have |contain )?|no |n't (?:be |have )?|\bis )?\b(greater|more|longer|larger|higher|bigger|less|fewer|shorter|smaller|lower) than (or equal to )?[\x60'"]?(-?\d[\d.,]*\d|-?\d)( (?:characters?|items?|elements?|letters|bytes))?`)

// limit writes such a limit in one way. What a sentence says a value is, it is not what is wanted.
func limit(line pattern.Line) string {
	m, ok := line.Find(compared)
	if !ok {
		return ""
	}
	before, word, equal := strings.ToLower(m.Group(line.Text, 1)), strings.ToLower(m.Group(line.Text, 2)), m.Group(line.Text, 3) != ""
	up := word == "greater" || word == "more" || word == "longer" || word == "larger" || word == "higher" || word == "bigger"
	amount := m.Group(line.Text, 4) + m.Group(line.Text, 5)
	switch {
	case before == "is " && !equal:
		return ""
	case before != "" && before != "is ":
		if up {
			return "at most " + amount
		}
		return "at least " + amount
	case equal && up:
		return "at least " + amount
	case equal:
		return "at most " + amount
	case up:
		return "more than " + amount
	}
	return "less than " + amount
}

// expectedIn is which values a sentence says it takes, empty if it does not say.
func expectedIn(line pattern.Line) string {
	for i := range asked {
		m, ok := line.Find(asked[i].re)
		if !ok {
			continue
		}
		said := unquoted(m.Group(line.Text, 1))
		if asked[i].lead == "one of " && (strings.HasPrefix(said, "the ") || !strings.ContainsAny(said, ", |")) {
			continue // "one of the available choices"
		}
		return asked[i].lead + said
	}
	return limit(line)
}

// unquoted writes values without the quotes that servers put around each.
func unquoted(said string) string {
	said = strings.Trim(quoteMarks.Replace(said), " .,:[](){}")
	return strings.ReplaceAll(strings.ReplaceAll(said, ", ", ","), ",", ", ")
}

var quoteMarks = strings.NewReplacer(`"`, "", "`", "", "'", "", " | ", ", ", "|", ", ", `\\`, `\`)

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
