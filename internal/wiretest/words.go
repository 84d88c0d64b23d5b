package wiretest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"strings"
)

// requestNames and answerNames are fields that go from end to end.
var (
	requestNames = []string{
		"Accept", "Accept-Encoding", "Accept-Language", "User-Agent", "Cookie", "Authorization", "Cache-Control", "Pragma",
		"If-None-Match", "If-Modified-Since", "Range", "Origin", "Referer", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded",
		"X-Request-Id", "traceparent", "Idempotency-Key", "Sec-Fetch-Mode", "DNT", "X_Under_Score", "Prefer", "From", "Date", "Trailer",
	}
	answerNames = []string{
		"Server", "Date", "Content-Language", "ETag", "Last-Modified", "Vary", "Set-Cookie", "Cache-Control", "Expires", "Location", "Link",
		"Retry-After", "WWW-Authenticate", "Allow", "Age", "Alt-Svc", "Strict-Transport-Security", "Access-Control-Allow-Origin", "X-Powered-By",
		"Content-Disposition", "Accept-Ranges", "Content-Range", "Server-Timing", "P3P", "Warning", "Via", "Trailer",
	}
	hopNames = []string{"X-Hop", "X-Trace-Hop", "Private-Token", "Session-Info"}
	types    = []string{
		"application/json", "application/json; charset=utf-8", "text/plain", "text/event-stream", "application/x-www-form-urlencoded", "application/xml",
		"multipart/form-data; boundary=xyz", "application/octet-stream", "application/grpc", "application/problem+json", "text/html;charset=\"UTF-8\"", "nonsense",
	}
)

const tokenBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~"

// source makes the parts of messages.
type source struct{ *rand.Rand }

// one is true once in n times.
func (r source) one(n int) bool { return r.IntN(n) == 0 }

func pick[T any](r source, from []T) T { return from[r.IntN(len(from))] }

func (r source) token(most int) string {
	b := make([]byte, 1+r.IntN(most))
	for i := range b {
		b[i] = tokenBytes[r.IntN(len(tokenBytes))]
	}
	return string(b)
}

// spelt changes the case of a name now and then.
func (r source) spelt(name string) string {
	switch r.IntN(6) {
	case 0:
		return strings.ToLower(name)
	case 1:
		return strings.ToUpper(name)
	case 2:
		b := []byte(name)
		for i := range b {
			if 'a' <= b[i]|0x20 && b[i]|0x20 <= 'z' && r.one(2) {
				b[i] ^= 0x20
			}
		}
		return string(b)
	}
	return name
}

// colon is a colon and the white space that may follow it.
func (r source) colon() string {
	return pick(r, []string{": ", ": ", ": ", ": ", ":", ":\t", ":  ", ": \t "})
}

// value is a field value, with the white space that may follow it.
func (r source) value() string {
	var v string
	switch r.IntN(10) {
	case 0:
		return ""
	case 1:
		v = "a  b\tc, \"quoted \\\" text\"; q=0.5"
	case 2: // obs-text, as ISO 8859-1 or broken UTF-8
		b := make([]byte, 1+r.IntN(12))
		for i := range b {
			b[i] = byte(0x80 + r.IntN(0x80))
		}
		v = "x" + string(b)
	case 3:
		v = "größer → 数"
	case 4:
		v = strings.Repeat("long ", r.IntN(300)) + "end"
	case 5:
		v = `()<>@,;:\"/[]?={}`
	default:
		v = r.token(30)
	}
	return v + pick(r, []string{"", "", "", "", "", " ", "\t", "   "})
}

// content is a body's content with the fields that describe it.
func (r source) content() (content []byte, described []string) {
	n := 0
	switch r.IntN(12) {
	case 0:
		n = 0
	case 1:
		n = 20_000 + r.IntN(80_000)
	case 2, 3, 4:
		n = 1000 + r.IntN(6000)
	default:
		n = 1 + r.IntN(400)
	}
	content = make([]byte, n)
	switch r.IntN(4) {
	case 0:
		content = fmt.Appendf(nil, `{"n": %d, "text": %q}`, r.IntN(1000), strings.Repeat("ab", n/2))
	case 1:
		for i := range content {
			content[i] = misleading[i%len(misleading)]
		}
	default:
		for i := range content {
			content[i] = byte(r.Uint32())
		}
	}
	if !r.one(5) {
		described = append(described, "Content-Type"+r.colon()+pick(r, types))
	}
	switch r.IntN(8) {
	case 0:
		content, described = zipped(content), append(described, "Content-Encoding: gzip")
	case 1:
		content, described = []byte("\x0b\x05\x80hello world\x03"), append(described, "Content-Encoding: br")
	case 2:
		// Magic, frame header with a single segment of five bytes, one raw last block.
		content, described = []byte("\x28\xb5\x2f\xfd\x20\x05\x29\x00\x00hello"), append(described, "Content-Encoding: zstd")
	case 3:
		described = append(described, "Content-Encoding: "+pick(r, []string{"gzip", "br", "zstd", "deflate", "identity", "gzip, br", "rot13"}))
	}
	return content, described
}

func zipped(content []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, _ = w.Write(content) // to memory: cannot fail
	_ = w.Close()
	return buf.Bytes()
}

// target is what is asked for. Whatever it holds, it goes on as it is.
func (r source) target() string {
	path := pick(r, []string{
		"/", "/a/b", "/%2e%2e/x", "/a//b", "/a/./b/../c", "/a%2Fb", "/;v=1/x", "/%E2%82%AC", "/a\\b", "/\"q\"", "/{id}", "/a|b^c`", "/.", "//double", "/%zz", "/~u/!$&'()*+,;=:@",
	})
	if r.one(4) {
		path += "/" + strings.Repeat("long/", r.IntN(200))
	}
	if r.one(2) {
		path += "?" + pick(r, []string{"", "a=1&b=2", "q=a+b%20c", "=&&=", "a[]=1&a[]=2", "x=/?y=//", "é", "\"<>\"", "%"})
	}
	return path
}

// misleading is content that looks like framing.
const misleading = "data: x\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
