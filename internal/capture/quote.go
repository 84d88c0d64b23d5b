package capture

import (
	"regexp"
	"strconv"
	"strings"
)

// maxQuoted is how much of an input an error shows: enough to find the place.
const maxQuoted = 80

// secret matches what follows a word that announces a credential. The rest of
// the line goes: where a credential ends is not certain in broken input.
var secret = regexp.MustCompile(`(?i)(` + strings.Join([]string{
	`(?:proxy-)?authorization["']?\s*[:=,]`,
	`(?:set-)?cookie["']?\s*[:=,]`,
	`\b(?:bearer|basic|digest)\s`,
	`(?:^|\s)(?:-u|-U|-b|--user|--proxy-user|--cookie|--oauth2-bearer)[ =]?`,
	`(?:key|token|secret|passwd|password|signature|session)["']?\s*[:=,]`,
	`[-_](?:key|token|secret|password|signature|session)["']?\s`,
	`://[^/\s@]*:`,
	`\beyJ`, // the first letters of a JSON Web Token
}, "|") + `)([^\n]+)`)

// quote shows a piece of the input in an error: escaped, cut, and without what
// may be a secret.
func quote(s string) string {
	cut := ""
	// Masked before cutting: half of a secret is one too.
	if len(s) > 4*maxQuoted {
		s, cut = s[:4*maxQuoted], "…"
	}
	s = secret.ReplaceAllString(s, "${1}***")
	if len(s) > maxQuoted {
		s, cut = s[:maxQuoted], "…"
	}
	return "`" + escape(s) + cut + "`"
}

// escape makes control characters, broken UTF-8 and bidirectional marks visible.
func escape(s string) string {
	q := strconv.QuoteToGraphic(s)
	q = q[1 : len(q)-1]
	out := make([]byte, 0, len(q))
	for i := 0; i < len(q); i++ {
		if q[i] == '\\' && i+1 < len(q) {
			if q[i+1] == '"' {
				continue
			}
			if q[i+1] == '\\' {
				out = append(out, '\\', '\\')
				i++
				continue
			}
		}
		out = append(out, q[i])
	}
	return string(out)
}
