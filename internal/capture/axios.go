package capture

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// axiosFormat is an error or a response of axios as console.log prints it, with
// its config, request and response, or as JSON.stringify writes it.
func axiosFormat() Format {
	return Format{
		Name:   "axios",
		About:  "errors of axios, printed with their config and response",
		Sniff:  sniffAxios,
		Decode: decodeAxios,
	}
}

func sniffAxios(_ string, prefix []byte) bool {
	if !bytes.Contains(prefix, []byte("xios")) && !bytes.Contains(prefix, []byte("statusText: '")) && !bytes.Contains(prefix, []byte("xsrfCookieName")) {
		return false
	}
	return bytes.Contains(prefix, []byte("config: {")) || bytes.Contains(prefix, []byte("config: [Object: null prototype] {")) ||
		bytes.Contains(prefix, []byte(`"config":`))
}

// mostTries bounds how many braces are taken for the beginning of an error.
const mostTries = 50

func decodeAxios(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		number, tries := 0, 0
		lines := &tally{}
		for at := 0; tries < mostTries; {
			open := strings.IndexByte(text[at:], '{')
			if open < 0 {
				break
			}
			p := &literalReader{text: text, at: at + open}
			tree := p.value(0)
			if !isAxios(tree) {
				at += open + 1
				tries++
				continue
			}
			number++
			ex := axiosExchange(tree, axiosHead(text[at:at+open]))
			ex.ID = ordinal(number)
			beginsAt(ex, lines.line(text, at))
			if !yield(ex, nil) {
				return
			}
			at = p.at
		}
		if number == 0 {
			yield(nil, errors.New("an error of axios without its `config`"))
		}
	}
}

// axiosStatus is all that a cut error tells of the answer.
var axiosStatus = regexp.MustCompile(`Request failed with status code (\d{3})`)

func isAxios(tree *literal) bool {
	config := tree.get("config")
	return config != nil && (tree.get("isAxiosError") != nil || tree.get("response") != nil || tree.get("status") != nil || config.get("url") != nil)
}

// axiosHead is the line above the stack: "AxiosError: timeout of 2000ms exceeded".
func axiosHead(text string) string {
	at := strings.LastIndex(text, "Error: ")
	if at < 0 {
		return ""
	}
	line, _, _ := strings.Cut(text[at:], "\n")
	start := strings.LastIndexAny(text[:at], " \n\t(") + 1
	return strings.TrimSpace(text[start:at] + line)
}

func axiosExchange(tree *literal, head string) *faultline.Exchange {
	ex := &faultline.Exchange{}
	answer := tree.get("response")
	if answer == nil && tree.get("data") != nil && tree.get("statusText") != nil {
		answer = tree // error.response itself was printed
	}
	axiosRequest(ex, tree)
	if answer != nil && answer.kind == literalObject {
		axiosResponse(ex, answer)
		return ex
	}
	status := tree.get("status").number()
	if m := axiosStatus.FindStringSubmatch(head); m != nil && status == 0 {
		status, _ = strconv.Atoi(m[1])
	}
	if status != 0 {
		ex.Response = &faultline.Response{Status: status}
		ex.Unseen |= faultline.UnseenResponseHeader | faultline.UnseenResponseBody
		return ex
	}
	words := head
	for _, more := range []string{tree.get("message").str(), tree.get("cause", "message").str(), tree.get("code").str()} {
		words = inWords(words, more, false)
	}
	if words == "" {
		words = "axios got no answer"
	}
	ex.Failure = failure(words, false)
	return ex
}

func axiosRequest(ex *faultline.Exchange, tree *literal) {
	config, r := tree.get("config"), &ex.Request
	r.Method = strings.ToUpper(config.get("method").str())
	setURL(r, axiosAddress(config))
	headers := config.get("headers")
	if headers == nil {
		ex.Unseen |= faultline.UnseenRequestHeader | faultline.UnseenRequestBody
	}
	r.Header = literalFields(headers)
	hostFromHeader(r)
	switch data := config.get("data"); {
	case data == nil || data.kind == literalWord:
	default:
		r.Body = literalBody(data)
	}
}

// axiosAddress puts baseURL, url and params together as axios does.
func axiosAddress(config *literal) string {
	address := config.get("url").str()
	if base := config.get("baseURL").str(); base != "" && !strings.Contains(address, "://") {
		address = strings.TrimRight(base, "/") + "/" + strings.TrimLeft(address, "/")
	}
	query := url.Values{}
	if params := config.get("params"); params != nil {
		for _, m := range params.members {
			query.Add(m.name, m.value.text)
		}
	}
	if len(query) == 0 {
		return address
	}
	if strings.Contains(address, "?") {
		return address + "&" + query.Encode()
	}
	return address + "?" + query.Encode()
}

func axiosResponse(ex *faultline.Exchange, answer *literal) {
	resp := &faultline.Response{Status: answer.get("status").number(), Reason: answer.get("statusText").str()}
	ex.Response = resp
	headers := answer.get("headers")
	if headers == nil {
		ex.Unseen |= faultline.UnseenResponseHeader
	}
	resp.Header = literalFields(headers)
	switch data := answer.get("data"); {
	case data == nil || data.kind == literalWord:
		ex.Unseen |= faultline.UnseenResponseBody
	default:
		resp.Body = literalBody(data)
		if bytes.Contains(resp.Body.Raw, []byte(`"[Object]"`)) || bytes.Contains(resp.Body.Raw, []byte(`"[Array]"`)) {
			resp.Body.Truncated = true
			addNotices(ex, "console.log shows only the outer members of the answer: `console.dir(error.response.data, {depth: null})` shows all")
		}
	}
}

// literalFields are the members of an object as header fields. Old versions of
// axios keep those for all methods in a member of its own.
func literalFields(l *literal) faultline.Header {
	if l == nil {
		return nil
	}
	var h faultline.Header
	for _, m := range l.members {
		switch {
		case len(h) >= maxFields:
			return h
		case m.name == "common":
			h = append(h, literalFields(m.value)...)
		case m.value.kind == literalList:
			for _, each := range m.value.members {
				h = append(h, faultline.Field{Name: m.name, Value: each.value.text})
			}
		case m.value.kind == literalString || m.value.number() != 0:
			h = append(h, faultline.Field{Name: m.name, Value: m.value.text})
		}
	}
	return h
}
