package schema

import (
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline/internal/tape"
)

// slipsOfText are what a string may have been meant as.
func (x *explainer) slipsOfText(token int, why slipReason, yield func(slip) bool) bool {
	text := string(x.text(token))
	trimmed := strings.TrimSpace(text)
	if why.retype && !retyped(trimmed, yield) {
		return false
	}
	if trimmed != text && !yield(slip{tape.Quote(trimmed), "white space around the text", true}) {
		return false
	}
	return !why.format || nearFormats(trimmed, yield)
}

// retyped are the values of other types that a text may hold.
func retyped(trimmed string, yield func(slip) bool) bool {
	if isNumber([]byte(trimmed)) && !yield(slip{trimmed, "a string that holds a number: drop the quotes", true}) {
		return false
	}
	switch lower := strings.ToLower(trimmed); lower {
	case "true", "false":
		if !yield(slip{lower, "a string that holds a boolean: drop the quotes", true}) {
			return false
		}
	case "yes", "no", "on", "off", "1", "0", "y", "n":
		yes := strconv.FormatBool(strings.Contains("yes on 1", lower))
		if !yield(slip{yes, "a boolean is `true` or `false`", false}) {
			return false
		}
	case "null", "none", "nil", "undefined":
		if !yield(slip{"null", "a string that says null: write `null` without quotes", false}) {
			return false
		}
	}
	if trimmed != "" && (trimmed[0] == '{' || trimmed[0] == '[') && tape.Valid([]byte(trimmed)) {
		if !yield(slip{trimmed, "JSON inside a string: send it as it is", true}) {
			return false
		}
	}
	return commas(trimmed, yield)
}

// commas tries the decimal comma of much of the world, and separators between
// thousands. 1,500 may be either.
func commas(text string, yield func(slip) bool) bool {
	whole, rest, ok := strings.Cut(text, ",")
	if !ok {
		return true
	}
	number := whole + "." + rest
	if !strings.ContainsAny(text, ". ") && isNumber([]byte(number)) {
		return yield(slip{number, "a comma where JSON has a decimal point", len(rest) != 3})
	}
	plain := strings.ReplaceAll(text, ",", "")
	if len(text)-len(plain) > 0 && isNumber([]byte(plain)) && len(rest) >= 3 {
		return yield(slip{plain, "separators between the thousands: JSON has none", false})
	}
	return true
}

// nearFormats tries texts that are nearly in the form of a format. Whether it
// is one that is wanted is told by the check of what they yield.
func nearFormats(text string, yield func(slip) bool) bool {
	for _, near := range [...]func(string) []slip{nearInstant, nearDate, nearTime, nearUUID, nearAddress, nearBase64, instants} {
		for _, s := range near(text) {
			if s.json = tape.Quote(s.json); !yield(s) {
				return false
			}
		}
	}
	return true
}

// layouts of date and time that are near to RFC 3339, section 5.6, and what they
// lack.
var layouts = [...]struct {
	layout, words string
	keeps         bool
}{
	{"2006-01-02 15:04:05Z07:00", "a blank where the `T` belongs", true},
	{"2006-01-02T15:04:05Z0700", "a zone without its colon", true},
	{"2006-01-02 15:04:05Z0700", "a blank where the `T` belongs, and a zone without its colon", true},
	{"2006-01-02 15:04:05 -0700", "not in the form of RFC 3339", true},
	{"20060102T150405Z0700", "without dashes and colons", true},
	{"Mon, 02 Jan 2006 15:04:05 MST", "a date of HTTP where one of RFC 3339 is wanted", true},
	{"2006-01-02T15:04Z07:00", "a time without its seconds", true},
	{"2006-01-02T15:04:05", "a time without its zone, such as `Z`", false},
	{"2006-01-02 15:04:05", "a blank where the `T` belongs, and no zone", false},
	{"2006-01-02T15:04", "a time without its zone, such as `Z`", false},
	{"2006-01-02 15:04", "a time without its zone, such as `Z`", false},
	{"2006-01-02", "a date where a date and time is wanted", false},
	{"02.01.2006", "a date where a date and time is wanted", false},
	{"01/02/2006", "a date where a date and time is wanted", false},
}

// longestDate is longer than all layouts.
const longestDate = 48

func nearInstant(text string) []slip {
	if len(text) < 8 || len(text) > longestDate {
		return nil
	}
	var out []slip
	for _, l := range layouts {
		if at, err := time.Parse(l.layout, text); err == nil && inYears(at) {
			out = append(out, slip{at.Format(time.RFC3339Nano), l.words, l.keeps && zoneKnown(l.layout, at)})
		}
	}
	return out
}

// zoneKnown is false for the abbreviation of a zone, which package time reads
// without knowing what it stands for.
func zoneKnown(layout string, at time.Time) bool {
	return !strings.HasSuffix(layout, "MST") || strings.HasSuffix(at.Format(layout), "GMT") || strings.HasSuffix(at.Format(layout), "UTC")
}

func inYears(at time.Time) bool { return at.Year() >= 0 && at.Year() <= 9999 }

func nearDate(text string) []slip {
	if len(text) < 8 || len(text) > longestDate {
		return nil
	}
	var out []slip
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		day := text[:10]
		midnight := at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 && at.Nanosecond() == 0
		return append(out, slip{day, "a date and time where a date is wanted", midnight})
	}
	for _, l := range [...]struct {
		layout, words string
		keeps         bool
	}{
		{"2006/01/02", "slashes where dashes belong", true},
		{"2006.01.02", "points where dashes belong", true},
		{"20060102", "a date without its dashes", true},
		{"2006-1-2", "a month and a day have two digits", true},
		{"02.01.2006", "the year comes first, then month and day, with dashes", true},
		{"2.1.2006", "the year comes first, then month and day, with dashes", true},
		{"02/01/2006", "the year comes first, then month and day, with dashes", false},
		{"01/02/2006", "the year comes first, then month and day, with dashes", false},
		{"02-01-2006", "the year comes first, then month and day", false},
		{"2006-01-02T15:04:05", "a date and time where a date is wanted", false},
		{"2006-01-02 15:04:05", "a date and time where a date is wanted", false},
	} {
		if at, err := time.Parse(l.layout, text); err == nil && inYears(at) {
			out = append(out, slip{at.Format("2006-01-02"), l.words, l.keeps})
		}
	}
	return out
}

func nearTime(text string) []slip {
	if len(text) < 4 || len(text) > longestDate {
		return nil
	}
	var out []slip
	for _, layout := range [...]string{"15:04:05", "15:04:05.999", "15:04", "3:04 PM", "3:04PM"} {
		if at, err := time.Parse(layout, text); err == nil {
			out = append(out,
				slip{at.Format("15:04:05") + "Z", "a time without its zone, such as `Z`", false},
				slip{at.Format("15:04:05"), "a time is hours, minutes and seconds", true})
		}
	}
	return out
}

// nearUUID are UUIDs in the other spellings of RFC 9562 and of Windows.
func nearUUID(text string) []slip {
	bare := strings.TrimPrefix(strings.ToLower(text), "urn:uuid:")
	words := "a UUID as a URN where the bare one is wanted"
	if inner, ok := strings.CutPrefix(bare, "{"); ok {
		bare, words = strings.TrimSuffix(inner, "}"), "a UUID in braces"
	}
	bare = bare[:min(len(bare), 64)]
	if len(bare) == 36 && bare != text {
		return []slip{{bare, words, true}}
	}
	if len(bare) == 32 && strings.Trim(bare, "0123456789abcdef") == "" {
		return []slip{{bare[:8] + "-" + bare[8:12] + "-" + bare[12:16] + "-" + bare[16:20] + "-" + bare[20:], "a UUID without its dashes", true}}
	}
	return nil
}

// nearAddress are URIs and e-mail addresses with too little or too much before
// them.
func nearAddress(text string) []slip {
	if text == "" || len(text) > 2048 || strings.ContainsAny(text, " \t\n") {
		return nil
	}
	var out []slip
	if bare, ok := strings.CutPrefix(text, "mailto:"); ok {
		out = append(out, slip{bare, "an e-mail address does not begin with `mailto:`", true})
	}
	if _, rest, ok := strings.Cut(text, "://"); ok {
		host, _, _ := strings.Cut(rest, "/")
		return append(out, slip{host, "a URI where a host name is wanted", false})
	}
	if rest, ok := strings.CutPrefix(text, "//"); ok {
		return append(out, slip{"https://" + rest, "a URI begins with its scheme, such as `https://`", false})
	}
	if host, _, _ := strings.Cut(text, "/"); strings.Contains(host, ".") && !strings.HasPrefix(host, ".") || host == "localhost" {
		out = append(out, slip{"https://" + text, "a URI begins with its scheme, such as `https://`", false})
	}
	return out
}

// nearBase64 is base64 in the alphabet of URLs (RFC 4648, section 5), without
// its padding, or as a data URL.
func nearBase64(text string) []slip {
	words := "base64 in the alphabet of URLs, or without its padding"
	if _, data, ok := strings.Cut(text, ";base64,"); ok && strings.HasPrefix(text, "data:") {
		text, words = data, "a data URL where its base64 is wanted"
	}
	standard := strings.NewReplacer("-", "+", "_", "/", "\n", "", "\r", "").Replace(strings.TrimRight(text, "="))
	if standard == "" || strings.ContainsAny(standard, " .:{}") {
		return nil
	}
	return []slip{{standard + strings.Repeat("=", (4-len(standard)%4)%4), words, true}}
}

// instants are the dates that a number of seconds or milliseconds since 1970
// may stand for, as text. The digits tell the two apart: ten of them are
// seconds from 2001 to 2286, thirteen are milliseconds.
func instants(text string) []slip {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil
	}
	var at time.Time
	words := ""
	switch len(text) {
	case 10:
		at, words = time.Unix(n, 0), "seconds since 1970 where a date is wanted"
	case 13:
		at, words = time.UnixMilli(n), "milliseconds since 1970 where a date is wanted"
	default:
		return nil
	}
	return []slip{
		{at.UTC().Format(time.RFC3339Nano), words, false},
		{at.UTC().Format(time.DateOnly), words, false},
	}
}
