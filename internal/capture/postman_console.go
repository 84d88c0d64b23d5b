package capture

import (
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// postmanConsoleFormat is the log of Postman's console, as "Copy all log" gives
// it, and the output of newman. The former does not say the status.
func postmanConsoleFormat() Format {
	return Format{
		Name:   "postman-console",
		About:  "the log of Postman's console, and the output of newman",
		Sniff:  func(_ string, prefix []byte) bool { return postmanCall.Match(prefix) || newmanWords.sniff(prefix) },
		Decode: decodePostmanConsole,
	}
}

var (
	postmanCall  = regexp.MustCompile(`(?m)^([A-Z]{3,10}) (https?://\S+?)(?:: \{[ \t]*|\n(?:Error: .*))\r?$`)
	postmanError = regexp.MustCompile(`^Error: (.*)$`)
)

// newmanWords are the lines of newman's report.
var newmanWords = clientWords{
	name: "newman",
	sayings: []saying{
		logs(", ", `^ *(?:[│├└┌↳→]? *)(?P<method>[A-Z]{3,10}) (?P<url>https?://\S+) \[(?P<status>\d{3}) (?P<reason>[^,\]\n]*), [^\]\n]+\]`),
		{has: "[errored]", each: true, pattern: regexp.MustCompile(`(?m)^ *(?:[│├└┌↳→]? *)(?P<method>[A-Z]{3,10}) (?P<url>https?://\S+) \[errored\]\n\s+(?P<words>\S.*)$`)},
	},
}

func decodePostmanConsole(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		text = strings.ReplaceAll(text, "\r\n", "\n")
		number := 0
		emit := func(ex *faultline.Exchange, line int) bool {
			number++
			ex.ID = ordinal(number)
			beginsAt(ex, line)
			return yield(ex, nil)
		}
		lines := &tally{}
		for _, m := range postmanCall.FindAllStringSubmatchIndex(text, mostTold) {
			if !emit(postmanLogged(text, m), lines.line(text, m[0])) {
				return
			}
		}
		for _, call := range newmanWords.calls(text) {
			if !emit(call.exchange(0), call.line) {
				return
			}
		}
		if number == 0 {
			yield(nil, errors.New("a log of Postman without a call in it"))
		}
	}
}

// postmanLogged reads one call: its line, and the object or the error behind it.
func postmanLogged(text string, m []int) *faultline.Exchange {
	ex := &faultline.Exchange{Unseen: faultline.UnseenRequestBody}
	r := &ex.Request
	r.Method = text[m[2]:m[3]]
	setURL(r, text[m[4]:m[5]])
	line, _, _ := strings.Cut(text[m[5]:], "\n")
	if !strings.HasPrefix(line, ": {") {
		_, rest, _ := strings.Cut(text[m[5]:], "\n")
		rest, _, _ = strings.Cut(rest, "\n")
		ex.Unseen |= faultline.UnseenRequestHeader
		ex.Failure = failure(postmanError.FindStringSubmatch(rest + "")[1], false)
		return ex
	}
	p := &literalReader{text: text, at: m[5] + len(": ")}
	tree := p.value(0)
	r.Header = literalFields(tree.get("Request Headers"))
	hostFromHeader(r)
	if body := tree.get("Request Body"); body != nil {
		r.Body = literalBody(body)
		ex.Unseen &^= faultline.UnseenRequestBody
	}
	answer := tree.get("Response Headers")
	if answer == nil {
		words := tree.get("Error").str()
		if words == "" {
			words = "Postman shows no answer"
		}
		ex.Failure = failure(words, false)
		return ex
	}
	ex.Response = &faultline.Response{Header: literalFields(answer)}
	ex.Unseen |= faultline.UnseenStatus
	if body := tree.get("Response Body"); body != nil {
		ex.Response.Body = literalBody(body)
	} else {
		ex.Unseen |= faultline.UnseenResponseBody
	}
	addNotices(ex, "the log of Postman's console does not say the status")
	return ex
}

// literalBody is a body that a log shows as a string or as what it parsed.
func literalBody(l *literal) faultline.Body {
	if l.kind == literalString || l.kind == literalWord {
		return faultline.NewBody([]byte(l.text))
	}
	var out strings.Builder
	l.json(&out)
	b := faultline.NewBody([]byte(out.String()))
	b.Note = "written anew from what was parsed"
	return b
}
