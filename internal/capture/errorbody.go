package capture

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// errorBodyFormat is the body of an answer by itself: a JSON problem, the error
// page of a server or a gateway, a SOAP fault. The status is the one that the
// body names; if it names none it is not known.
func errorBodyFormat() Format {
	return Format{
		Name:   "error-body",
		About:  "the body of an error alone: JSON, an HTML page, XML",
		Sniff:  sniffErrorBody,
		Decode: decodeErrorBody,
	}
}

// errorNames are members by which envelopes speak of an error, in lower case.
var errorNames = []string{"err", "message", "msg", "detail", "title", "status", "code", "fault", "reason", "exception", "success", "problem", "violations", "non_field_errors"}

func sniffErrorBody(_ string, prefix []byte) bool {
	text := bytes.TrimSpace(prefix)
	if len(text) == 0 {
		return false
	}
	if _, known := gatewayText(string(text)); known {
		return true
	}
	switch text[0] {
	case '<':
		return markup.Match(text)
	case '{':
		return speaksOfError(topKeys(text)) || fieldErrors(text)
	case '[':
		inner := bytes.TrimLeft(text[1:], " \t\r\n")
		return len(inner) > 0 && inner[0] == '{' && speaksOfError(topKeys(inner))
	}
	return false
}

var markup = regexp.MustCompile(`(?i)^(?:<!--.*?-->\s*)?<(?:!doctype\s|html|head|title|\?xml|\w*:?envelope|\w*:?fault|error|body|h1|center|apierror|exception|problem|oai)`)

// fieldErrors reports an object of nothing but fields, each with sentences
// about it, as Django REST framework and Rails answer: {"email":["Enter a valid email address."]}.
func fieldErrors(text []byte) bool {
	var fields map[string][]string
	if json.Unmarshal(text, &fields) != nil || len(fields) == 0 {
		return false
	}
	for _, sentences := range fields {
		if len(sentences) == 0 || !strings.Contains(sentences[0], " ") {
			return false
		}
	}
	return true
}

// gatewayTexts are answers in plain text that gateways write by themselves, and
// the status that each goes with.
var gatewayTexts = []struct {
	prefix string
	status int
}{
	{"upstream connect error or disconnect/reset before headers", 503}, // Envoy
	{"no healthy upstream", 503},                                       // Envoy
	{"upstream request timeout", 504},                                  // Envoy
	{"RBAC: access denied", 403},                                       // Envoy, Istio
	{"default backend - 404", 404},                                     // ingress-nginx
	{"404 page not found", 404},                                        // Go, Traefik
	{"local_rate_limited", 429},                                        // Envoy
	{"error code: 1015", 429},                                          // Cloudflare, and its other errors of the 1xxx kind
	{"error code: 1016", 530},
	{"error code: 1033", 530},
	{"error code: 1006", 403},
	{"error code: 1009", 403},
	{"error code: 1010", 403},
	{"error code: 1020", 403},
}

// gatewayText is the status of an answer that is such a text, in one line.
func gatewayText(text string) (status int, known bool) {
	if len(text) > 500 || strings.Contains(text, "\n") {
		return 0, false
	}
	for _, t := range gatewayTexts {
		if strings.HasPrefix(text, t.prefix) {
			return t.status, true
		}
	}
	return 0, false
}

// speaksOfError tells an error from a contract, a diagnosis and other JSON.
func speaksOfError(keys map[string]bool) bool {
	if keys["openapi"] || keys["swagger"] || keys["findings"] || keys["request"] || keys["log"] || keys["item"] || keys["method"] {
		return false
	}
	for key := range keys {
		low := strings.ToLower(key)
		for _, name := range errorNames {
			if strings.Contains(low, name) {
				return true
			}
		}
	}
	return false
}

func decodeErrorBody(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		text = strings.TrimSpace(text)
		answer := &faultline.Response{Status: statusIn(text), Body: faultline.NewBody([]byte(text))}
		ex := &faultline.Exchange{
			ID: ordinal(1), Response: answer, Unseen: faultline.UnseenMessages &^ faultline.UnseenResponseBody,
			Labels: map[string]string{faultline.LabelInput: faultline.InputBody},
		}
		beginsAt(ex, 1)
		switch status, _ := gatewayText(text); {
		case answer.Status != 0:
			addNotices(ex, "the status is the one that the body names")
		case status != 0:
			answer.Status = status
			addNotices(ex, "the status is the one that goes with these words")
		default:
			ex.Unseen |= faultline.UnseenStatus
		}
		yield(ex, nil)
	}
}

var (
	// headingStatus is the status in the title or heading of an error page.
	headingStatus = regexp.MustCompile(`(?is)<(?:title|h1)[^>]*>[^<]{0,60}?\b([45][0-9]{2})\b`)
	// memberStatus are the members that hold a status: RFC 9457, and the habits of frameworks.
	memberStatus = []string{"status", "statusCode", "status_code", "httpStatus", "http_status", "code", "http_code", "httpCode"}
)

// statusIn is the status that a body names, 0 if it names none.
func statusIn(text string) int {
	if strings.HasPrefix(text, "<") {
		if m := headingStatus.FindStringSubmatch(text[:min(len(text), SniffLen)]); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
		return 0
	}
	dec := tokens(strings.NewReader(text))
	var tree any
	if dec.Decode(&tree) != nil {
		return 0
	}
	return statusOf(tree, 0)
}

func statusOf(tree any, depth int) int {
	switch t := tree.(type) {
	case []any:
		if len(t) > 0 && depth < 3 {
			return statusOf(t[0], depth+1)
		}
	case map[string]any:
		for _, name := range memberStatus {
			if n := errorStatus(t[name]); n != 0 {
				return n
			}
		}
		for _, name := range []string{"error", "errors", "fault", "meta"} {
			if depth < 3 && t[name] != nil {
				if n := statusOf(t[name], depth+1); n != 0 {
					return n
				}
			}
		}
	}
	return 0
}

func errorStatus(value any) int {
	var text string
	switch v := value.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	}
	if n, err := strconv.Atoi(text); err == nil && 400 <= n && n <= 599 {
		return n
	}
	return 0
}
