package words

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/causes/internal/pattern"
)

// certain are ways in which a sentence names the path of a field and nothing else.
var certain = []*pattern.Pattern{
	compile(`^expected required property ([\w$.\-]+) to be present`),                           // Huma
	compile(`\bMissing parameters: ([\w\-]+)(?:,|$)`),                                          // CherryPy
	compile(`^At path: ([\w.\[\]]+) -- `),                                                      // Superstruct
	compile(`^invalid [A-Z]\w*\.([A-Z][\w.\[\]]*): `),                                          // protoc-gen-validate
	compile(` - '([\w.]+)'$`),                                                                  // Connexion
	compile(` path \$\.([\w.\[\]]+)$`),                                                         // Gson
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
var loose = []*pattern.Pattern{
	compile(`(?:at|field|property|attribute) ['"` + "`" + `#(]*((?:/[\w$~\-]+)+)`),
	compile(`["'` + "`" + `]([A-Za-z_]\w*(?:(?:\.|\[)[\w\]]+)+)["'` + "`" + `]`), // 'items[0].sku', "address.city"
	compile(`^([A-Za-z_]\w*(?:\.\w+|\[\d+\])+) `),
	compile(`mismatch for ([A-Za-z_]\w*(?:\.\w+)+)`),
}

// parted is a path behind the part of the request that it is in: "body/quantity", "query.limit".
var parted = compile(`\b(body|querystring|params|headers|query|request[./]body|request[./]query|req\.body)((?:/|\.|\[)[\w$/.\-\[\]*]*)`)

// notPath are first steps of names that are classes, products or whole sentences.
var notPath = []string{
	"java", "com", "mvcc", "etcdserver", "rpc", "org", "system", "microsoft", "type", "error", "json", "proto", "http", "https", "strconv", "message", "detail", "reason", "expected",
	"value", "url", "request", "response", "exception", "validation", "invalid", "warning", "note", "code", "body", "name", "class", "net", "failed",
	"callback", "decode", "parse", "input", "deserialize", "string", "variable", "target", "jsontext", "query", "payload", "field", "fields", "parameter", "parameters", "model",
}

// pathInText finds the path that a sentence names. taken says that a phrase has a name already.
func pathInText(line pattern.Line, taken bool) (path []string, in Place) {
	if m, ok := line.Find(parted); ok {
		part := m.Group(line.Text, 1)
		place, _ := placeOf(part[strings.LastIndexAny(part, "./")+1:])
		rest, _ := split(strings.TrimPrefix(strings.TrimRight(m.Group(line.Text, 2), ".,/"), "."))
		if len(rest) > 0 {
			return rest, place
		}
	}
	if path, in = firstPath(certain, line); len(path) > 0 || taken {
		return path, in
	}
	return firstPath(loose, line)
}

func firstPath(patterns []*pattern.Pattern, line pattern.Line) (path []string, in Place) {
	for _, p := range patterns {
		for _, m := range line.All(p, 4) {
			name := m.Group(line.Text, 1)
			if strings.Count(name, "/") > 0 && !strings.HasPrefix(name, "/") {
				name = "/" + name
			}
			first := strings.ToLower(firstStep(name))
			if errorCode.Matches(name) || slices.Contains(notPath, first) || strings.HasSuffix(first, "error") || strings.HasSuffix(first, "exception") {
				continue
			}
			return split(name)
		}
	}
	return nil, ""
}

func firstStep(name string) string {
	name = strings.TrimLeft(name, "./[]")
	if i := strings.IndexAny(name, "./[]"); i >= 0 {
		return name[:i]
	}
	return name
}

// errorCode is a code in front of a sentence: AADSTS900144, ERR_42.
var errorCode = compile(`^[A-Z]{2,}[-_]?\d{2,}$`)

// somewhere are the words with which a sentence says which part of the request it is about.
var somewhere = []struct {
	in Place
	re *pattern.Pattern
}{
	{Query, compile(`(?i)query[ -]?(?:string|param|argument|value|deserialize)|\b(?:in|from) (?:the )?(?:query|url)\b`)},
	{Body, compile(`(?i)(?:json|request|post|form) body|\b(?:in|from) (?:the )?(?:request )?body\b|form (?:parameter|param|field)`)},
	{Header, compile(`(?i)\b(?:request|http) header\b|\bheader\b[^.]{0,40}(?:missing|required|invalid|not)|\bheader (?:must|should|failed|needs)\b|\bin (?:the )?headers?\b`)},
	{Path, compile(`(?i)path (?:parameter|param|variable)|\bin (?:the )?path\b`)},
}

// inBoth is said by servers that read a parameter from wherever it stands.
var inBoth = compile(`(?i)body,? or (?:the |in the )?(?:\w+ body or the )?query|query(?: string)?,? or (?:the |in the )?(?:\w+ )?body`)

func placeInText(line pattern.Line) Place {
	for i := range somewhere {
		if line.Matches(somewhere[i].re) {
			if somewhere[i].in == Query && line.Matches(inBoth) {
				return ""
			}
			return somewhere[i].in
		}
	}
	return ""
}

// nouns are ways in which a name stands beside a word for what it is.
var nouns = []*pattern.Pattern{
	compile(`(?i)\b(?:parameter|param|field|property|attribute|argument|key|column|option|header|variable|member|element)s? [\['"` + "`" + `$]*(?:(?:string|int|long|bool|boolean|double|decimal|guid|float|integer|date|datetime)\?? )?([A-Za-z_$@][\w$@.\-]*(?:\[[\w*]*\][\w.\-]*)*)`),
	compile(`(?i)\b([A-Za-z_$@][\w$@.\-]*(?:\[\w*\])?)['"` + "`" + `\]]* (?:query |form |body |path |request |url )*(?:parameter|param|field|property|attribute|argument|key|column|header)\b`),
	compile(`(?i)(?:missing|required|provided|recognized|recognised|supplied|unknown|following[^:]{0,60}|present|endpoint|allowed): *['"\[` + "`" + `]*([A-Za-z_$@][\w$@.\-]*)`),
}

// nearNouns returns the names that stand beside a noun.
func nearNouns(line pattern.Line) []string {
	var out []string
	for _, p := range nouns {
		for _, m := range line.All(p, 3) {
			if n := cleanName(m.Group(line.Text, 1)); n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

var subjectOf = compile("^[\"'`]?([A-Za-z_$@][\\w$@.\\-]*(?:\\[[\\w*]*\\][\\w.\\-]*)*)[\"'`]? (?:must|should|is|are|was|has|have|cannot|can't|can|could|does|do|may|needs?|required\\.?$|failed|contains?|too|not|isn't|doesn't)\\b")

// subject returns the name that a sentence begins with, as what it is about.
func subject(line pattern.Line) string {
	line = withoutLeadIn(line)
	if m, ok := line.Find(subjectOf); ok {
		return cleanName(m.Group(line.Text, 1))
	}
	return ""
}

// wholeSubject is how yup speaks of the body itself.
var wholeSubject = compile(`^this (?:must|cannot|is)\b`)

// leadIn is what stands in front of a sentence and is not part of it.
var leadIn = compile(`(?i)^(?:bad request|validation (?:failed|error)|invalid request|unprocessable (?:entity|content)|error)[:,] `)

func withoutLeadIn(line pattern.Line) pattern.Line {
	if m, ok := line.Find(leadIn); ok {
		return line.With(line.Text[m[1]:])
	}
	return line
}

var labelOf = compile(`^([A-Z][A-Za-z0-9]*(?: [A-Za-z][A-Za-z0-9]*){0,3}) (?:can't|cannot|can not|must|should|is|are|has|may|needs|doesn't|isn't)\b`)

// labelNouns are ordinary words that forms have as labels.
var labelNouns = map[string]bool{"Text": true, "Content": true, "Message": true}

// label returns the name of a field that a sentence begins with as people write it, in the spelling of
// fields: "First name can't be blank" is about first_name.
func label(line pattern.Line) string {
	line = withoutLeadIn(line)
	m, ok := line.Find(labelOf)
	if !ok {
		return ""
	}
	said := m.Group(line.Text, 1)
	if first, _, _ := strings.Cut(said, " "); ordinary[strings.ToLower(first)] && !labelNouns[said] {
		return ""
	}
	return strings.ToLower(strings.ReplaceAll(said, " ", "_"))
}
