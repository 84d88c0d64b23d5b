package capture

import (
	"encoding/base64"
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// tokenFormat is a JSON Web Token by itself, maybe with the field or the scheme
// in front of it. The exchange has it in its Authorization field, and nothing
// else; what it holds is told beside the findings.
func (o Options) tokenFormat() Format {
	return Format{
		Name:   "jwt",
		About:  "a JSON Web Token alone",
		Sniff:  sniffToken,
		Decode: o.decodeToken,
	}
}

// maxTokenText bounds a pasted token; servers refuse fields far smaller.
const maxTokenText = 256 << 10

var tokenAhead = regexp.MustCompile(`(?i)^["'` + "`" + `]?(?:authorization:\s*)?(?:bearer\s+)?["'` + "`" + `]?`)

func sniffToken(_ string, prefix []byte) bool {
	_, ok := bareToken(string(prefix))
	return ok
}

// bareToken takes off what people copy along with a token: the field, the
// scheme, quotes, line breaks.
func bareToken(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > maxTokenText {
		return "", false
	}
	ahead := tokenAhead.FindString(text)
	text = strings.TrimRight(text[len(ahead):], "\"'`,; \r\n")
	token := strings.Join(strings.Fields(text), "")
	first, _, dotted := strings.Cut(token, ".")
	if !dotted || strings.Trim(token, tokenLetters) != "" || strings.Count(token, ".") > 4 {
		return "", false
	}
	header, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(first, "="))
	if err != nil || !strings.HasPrefix(strings.TrimSpace(string(header)), "{") {
		return "", false
	}
	return token, true
}

const tokenLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/"

func (o Options) decodeToken(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		token, ok := bareToken(text)
		if !ok {
			yield(nil, errors.New("no JSON Web Token in the text"))
			return
		}
		ex := &faultline.Exchange{
			ID: ordinal(1), Start: o.Now,
			Request: faultline.Request{Header: faultline.Header{{Name: "Authorization", Value: "Bearer " + token}}},
			Unseen:  faultline.UnseenMessages | faultline.UnseenStatus,
			Labels:  map[string]string{faultline.LabelInput: faultline.InputToken},
		}
		beginsAt(ex, 1)
		yield(ex, nil)
	}
}
