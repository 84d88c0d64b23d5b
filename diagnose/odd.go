package diagnose

import (
	"bytes"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/signs"
)

// odd reports whether an answer with a status of success has a form that its
// own header speaks against: a coding that is not there, JSON that does not
// begin or end as JSON does, or nothing where JSON is promised. It looks at both
// ends of the body.
func odd(ex *faultline.Exchange) bool {
	r := ex.Response
	if r.Body.Truncated || r.Status == 206 || ex.Request.Method == "HEAD" {
		return false // a part was asked for, or a part is all that is known
	}
	if r.Body.Note != "" && r.Body.Decoded == nil {
		return true // a content coding that could not be removed
	}
	body := bytes.TrimSpace(r.Body.Bytes())
	mediaType := r.Header.Value("Content-Type")
	if len(body) == 0 {
		return r.Status == 200 && ex.Request.Method == "GET" && strings.Contains(mediaType, "json")
	}
	if rest, ok := strings.CutPrefix(mediaType, "application/json"); !ok || rest != "" && rest[0] != ';' && rest[0] != ' ' {
		return false
	}
	first, last := body[0], body[len(body)-1]
	return strings.IndexByte(`{["-0123456789tfn`, first) < 0 || strings.IndexByte(`}]"0123456789el`, last) < 0 || bytes.Contains(body[:min(len(body), signs.MostScanned)], betweenValues)
}

// betweenValues stands between two objects, one a line; lists of objects have a comma there.
var betweenValues = []byte("}\n{")
