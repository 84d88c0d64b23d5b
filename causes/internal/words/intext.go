package words

import (
	"regexp"
	"slices"
	"strings"
)

// certain are ways in which a sentence names the path of a field and nothing else.
var certain = []pattern{
	compile(`Key: '(?:\w+\.)?([\w.\[\]]+)' Error`),                                             // Go validator
	compile(`into Go struct field \w*\.([\w.\[\]]+) of type`),                                  // encoding/json
	compile(`\bfield=([\w.\[\]]+)`),                                                            // Echo
	compile(`within "(/[^"]*)"`),                                                               // encoding/json/v2
	compile(`(?: at | @ )["'` + "`" + `]?(?:\$|data)?((?:\.[A-Za-z_]\w*|\[['"]?\w+['"]?\])+)`), // at $.items[0], @ data['quantity']
	compile(`Error at "(/[^"]+)"`),                                                             // kin-openapi
	compile(`Path:? '?\$?\.?([\w.\[\]]+)`),                                                     // System.Text.Json, Newtonsoft
	compile(`For ['"](?:properties/)?([\w]+(?:/[\w]+)*)['"],`),                                 // JSON Schema in Ruby
	compile(`\(through reference chain: [^)]*\["(\w+)"\]\)`),                                   // Jackson
	compile(`on property ([\w.]+) \(`),                                                         // Payload validation of Auth0
	compile(`(?:^|: |\n\s*|[-*•] )['"` + "`" + `]?([A-Za-z_]\w*(?:\.\w+|\[\d+\])*)['"` + "`" + `]?: (?:[A-Z][a-z]+ |[a-z]+ |Input|\()`), // a prefix: "quantity: expected integer"
	compile(`^['"]?([A-Za-z_]\w*(?:\.\w+|\[\d+\])+)['"]? (?:is|must|should|has|cannot|may|field)\b`),                                    // a path in front: items.0.sku is required
}

// loose are ways in which a sentence names a path, or something else that looks like one. They count
// where no phrase has taken a name out of the sentence.
var loose = []pattern{
	compile(`(?:at|field|property|attribute) ['"` + "`" + `#(]*((?:/[\w$~\-]+)+)`),
	compile(`["'` + "`" + `]([A-Za-z_]\w*(?:(?:\.|\[)[\w\]]+)+)["'` + "`" + `]`), // 'items[0].sku', "address.city"
	compile(`^([A-Za-z_]\w*(?:\.\w+|\[\d+\])+) `),
	compile(`mismatch for ([A-Za-z_]\w*(?:\.\w+)+)`),
}

// parted is a path behind the part of the request that it is in: "body/quantity", "query.limit".
var parted = regexp.MustCompile(`\b(body|querystring|params|headers|query|request[./]body|request[./]query|req\.body)((?:/|\.|\[)[\w$/.\-\[\]*]*)`)

// notPath are first steps of names that are classes, products or whole sentences.
var notPath = []string{
	"java", "com", "org", "system", "microsoft", "type", "error", "json", "proto", "http", "https", "strconv", "message", "detail", "reason", "expected",
	"value", "url", "request", "response", "exception", "validation", "invalid", "warning", "note", "code", "body", "name", "class", "net", "failed",
	"callback", "decode", "parse", "input", "deserialize", "string", "variable", "target", "jsontext", "query", "payload", "field", "fields", "parameter", "parameters", "model",
}

// pathInText finds the path that a sentence names. taken says that a phrase has a name already.
func pathInText(text string, taken bool) (path []string, in Place) {
	if len(text) > maxSentence {
		text = text[:maxSentence]
	}
	if m := parted.FindStringSubmatch(text); m != nil {
		place, _ := placeOf(m[1][strings.LastIndexAny(m[1], "./")+1:])
		rest, _ := split(strings.TrimPrefix(strings.TrimRight(m[2], ".,/"), "."))
		if len(rest) > 0 {
			return rest, place
		}
	}
	if path, in = firstPath(certain, text); len(path) > 0 || taken {
		return path, in
	}
	return firstPath(loose, text)
}

func firstPath(patterns []pattern, text string) (path []string, in Place) {
	lower := strings.ToLower(text)
	for i := range patterns {
		if !patterns[i].may(lower) {
			continue
		}
		for _, m := range patterns[i].re.FindAllStringSubmatch(text, 4) {
			name := m[1]
			if strings.Count(name, "/") > 0 && !strings.HasPrefix(name, "/") {
				name = "/" + name
			}
			first := strings.ToLower(strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("./[]", r) })[0])
			if errorCode.MatchString(name) || slices.Contains(notPath, first) || strings.HasSuffix(first, "error") || strings.HasSuffix(first, "exception") {
				continue
			}
			return split(name)
		}
	}
	return nil, ""
}

// errorCode is a code in front of a sentence: AADSTS900144, ERR_42.
var errorCode = regexp.MustCompile(`^[A-Z]{2,}[-_]?\d{2,}$`)

// somewhere are the words with which a sentence says which part of the request it is about.
var somewhere = []struct {
	in Place
	re pattern
}{
	{Query, compile(`(?i)query[ -]?(?:string|param|argument|value|deserialize)|\b(?:in|from) (?:the )?(?:query|url)\b`)},
	{Body, compile(`(?i)(?:json|request|post|form) body|\b(?:in|from) (?:the )?(?:request )?body\b|form (?:parameter|param|field)`)},
	{Header, compile(`(?i)\b(?:request|http) header\b|\bheader\b[^.]{0,40}(?:missing|required|invalid|not)|\bheader (?:must|should|failed|needs)\b|\bin (?:the )?headers?\b`)},
	{Path, compile(`(?i)path (?:parameter|param|variable)|\bin (?:the )?path\b`)},
}

// inBoth is said by servers that read a parameter from wherever it stands.
var inBoth = compile(`(?i)body,? or (?:the |in the )?(?:\w+ body or the )?query|query(?: string)?,? or (?:the |in the )?(?:\w+ )?body`)

func placeInText(text string) Place {
	if len(text) > maxSentence {
		text = text[:maxSentence]
	}
	for i := range somewhere {
		if somewhere[i].re.matches(text) {
			if somewhere[i].in == Query && inBoth.matches(text) {
				return ""
			}
			return somewhere[i].in
		}
	}
	return ""
}

// nouns are ways in which a name stands beside a word for what it is.
var nouns = []pattern{
	compile(`(?i)\b(?:parameter|param|field|property|attribute|argument|key|column|option|header|variable|member|element)s? [\['"` + "`" + `$]*(?:(?:string|int|long|bool|boolean|double|decimal|guid|float|integer|date|datetime)\?? )?([A-Za-z_$@][\w$@.\-]*(?:\[[\w*]*\][\w.\-]*)*)`),
	compile(`(?i)\b([A-Za-z_$@][\w$@.\-]*(?:\[\w*\])?)['"` + "`" + `\]]* (?:query |form |body |path |request |url )*(?:parameter|param|field|property|attribute|argument|key|column|header)\b`),
	compile(`(?i)(?:missing|required|provided|recognized|recognised|supplied|unknown|following[^:]{0,60}|present|endpoint|allowed): *['"\[` + "`" + `]*([A-Za-z_$@][\w$@.\-]*)`),
}

// nearNouns returns the names that stand beside a noun.
func nearNouns(text string) []string {
	if len(text) > maxSentence {
		text = text[:maxSentence]
	}
	var out []string
	lower := strings.ToLower(text)
	for i := range nouns {
		if !nouns[i].may(lower) {
			continue
		}
		for _, m := range nouns[i].re.FindAllStringSubmatch(text, 3) {
			if n := cleanName(m[1]); n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

var subjectOf = regexp.MustCompile("^[\"'`]?([A-Za-z_$@][\\w$@.\\-]*(?:\\[[\\w*]*\\][\\w.\\-]*)*)[\"'`]? (?:must|should|is|are|was|has|have|cannot|can't|can|could|does|do|may|needs?|required\\.?$|failed|contains?|too|not|isn't|doesn't)\\b")

// subject returns the name that a sentence begins with, as what it is about.
func subject(text string) string {
	text = leadIn.ReplaceAllString(text[:min(len(text), maxSentence)], "")
	if m := subjectOf.FindStringSubmatch(text); m != nil {
		return cleanName(m[1])
	}
	return ""
}

// leadIn is what stands in front of a sentence and is not part of it.
var leadIn = regexp.MustCompile(`(?i)^(?:bad request|validation (?:failed|error)|invalid request|unprocessable (?:entity|content)|error)[:,] `)

var labelOf = regexp.MustCompile(`^([A-Z][A-Za-z0-9]*(?: [A-Za-z][A-Za-z0-9]*){0,3}) (?:can't|cannot|can not|must|should|is|are|has|may|needs|doesn't|isn't)\b`)

// labelNouns are ordinary words that forms have as labels.
var labelNouns = map[string]bool{"Text": true, "Content": true, "Message": true}

// label returns the name of a field that a sentence begins with as people write it, in the spelling of
// fields: "First name can't be blank" is about first_name.
func label(text string) string {
	text = leadIn.ReplaceAllString(text[:min(len(text), maxSentence)], "")
	m := labelOf.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	if first, _, _ := strings.Cut(m[1], " "); ordinary[strings.ToLower(first)] && !labelNouns[m[1]] {
		return ""
	}
	return strings.ToLower(strings.ReplaceAll(m[1], " ", "_"))
}
