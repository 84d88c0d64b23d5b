package capture

import (
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// statusFormat is a status by itself, as somebody read it off a screen: `404`,
// `HTTP 429`, `502 Bad Gateway`, `status code: 503`.
func statusFormat() Format {
	return Format{
		Name:   "status",
		About:  "a status code alone",
		Sniff:  func(_ string, prefix []byte) bool { _, ok := bareStatus(string(prefix)); return ok },
		Decode: decodeStatus,
	}
}

var statusWords = regexp.MustCompile(`^(?i:(?:error:?|http(?:/[\d.]+)?|status(?:[ _]?code)?|code|response|got|an?|the server (?:returned|answered|responded with)|returned)[ :=]*)*([1-5][0-9]{2})(?:[ :-]+([A-Za-z][A-Za-z' -]{1,40}))?[.!?]?$`)

func bareStatus(text string) (*faultline.Response, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 100 {
		return nil, false
	}
	m := statusWords.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	status, err := strconv.Atoi(m[1])
	return &faultline.Response{Status: status, Reason: m[2]}, err == nil
}

func decodeStatus(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		answer, ok := bareStatus(text)
		if !ok {
			yield(nil, errors.New("no status in the text"))
			return
		}
		ex := &faultline.Exchange{
			ID: ordinal(1), Response: answer, Unseen: faultline.UnseenMessages,
			Labels: map[string]string{faultline.LabelInput: faultline.InputStatus},
		}
		beginsAt(ex, 1)
		yield(ex, nil)
	}
}
