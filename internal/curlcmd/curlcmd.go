// Package curlcmd writes a request as a curl command that runs as it is when
// pasted into a shell. Credentials become shell variables ($TOKEN, $COOKIE);
// the body keeps its bytes. Reading such commands is the work of package
// capture.
//
//	fmt.Println(curlcmd.Command(&ex.Request, curlcmd.Style{}))
//
//	curl 'https://api.example.com/v1/orders' \
//	  -H 'content-type: application/json' -H "authorization: Bearer $TOKEN" \
//	  -d '{"sku": "A-1"}'
package curlcmd

import (
	"strconv"
	"strings"
	"unicode/utf8"

	faultline "github.com/faultline-http/faultline"
)

// Style is how a command is written. The zero Style is the one for people.
type Style struct {
	Width    int  // columns up to which options share a line; 0 is 100
	OneLine  bool // no line is continued; a body with line breaks still has them
	Verbatim bool // credentials as they are: only for what stays in this process
}

const (
	defaultWidth = 100
	// maxArgument is the longest body on a command line: Linux refuses a
	// single argument of 128 KiB, and nobody reads one of that length.
	maxArgument = 96 << 10
	// bodyFile is where the user has to put a body that no command line can hold.
	bodyFile = "request-body.bin"
)

// Command returns a curl command that sends the request. What a client adds by
// itself (Host, Content-Length, User-Agent, Accept-Encoding, Connection,
// `Accept: */*`) is left out, and -X is there only if curl would choose another
// method. The command has no final line break.
func Command(r *faultline.Request, s Style) string {
	body, note := bodyOption(r)
	head := append([]string{"curl"}, methodOptions(r, body != "")...)
	head = append(head, addressOptions(r, s)...)
	c := &command{width: s.Width, oneLine: s.OneLine}
	if c.width <= 0 {
		c.width = defaultWidth
	}
	for _, word := range head {
		c.add(word, false)
	}
	for i, h := range headerOptions(r, s, body != "") {
		c.add(h, i == 0)
	}
	if body != "" {
		c.add(body, true)
	}
	if note != "" {
		c.b.WriteString("\n# " + note)
	}
	return c.b.String()
}

// command puts words on lines.
type command struct {
	b       strings.Builder
	column  int
	width   int
	oneLine bool
}

// add writes a word behind the last one, or on a new line if it has to or
// does not fit. Only options may start a line, so the first line stays whole.
func (c *command) add(word string, newLine bool) {
	size := utf8.RuneCountInString(word)
	const continued = 2 // room for ` \`
	fits := c.column+1+size+continued <= c.width
	switch {
	case c.column == 0:
	case c.oneLine, !newLine && (fits || !strings.HasPrefix(word, "-")):
		c.b.WriteByte(' ')
		c.column++
	default:
		c.b.WriteString(" \\\n  ")
		c.column = 2
	}
	c.b.WriteString(word)
	c.column += size
}

func methodOptions(r *faultline.Request, body bool) []string {
	method := r.Method
	switch {
	case method == "" || method == "GET" && !body || method == "POST" && body:
		return nil
	case method == "HEAD" && !body:
		return []string{"-I"}
	}
	return []string{"-X " + word(method)}
}

func addressOptions(r *faultline.Request, s Style) []string {
	var options []string
	if r.Proto == "HTTP/1.0" {
		options = append(options, "--http1.0")
	}
	address, target := r.URL(), r.Target
	absolute := strings.Contains(target, "://") && !strings.HasPrefix(target, "/")
	plain := strings.HasPrefix(target, "/") && strings.IndexFunc(target, needsTarget) < 0 && isASCII(r.Path())
	if !plain && !absolute && r.Host != "" {
		// curl would refuse or change such a target inside an address.
		options = append(options, "--request-target "+quote(segmentsOfURL(target, s)))
		address = strings.TrimSuffix(address, target) + "/"
	}
	if strings.ContainsAny(address, "[]{}") {
		options = append(options, "-g")
	}
	if strings.Contains(address, "/.") {
		options = append(options, "--path-as-is")
	}
	if r.Host == "" && !absolute {
		parts := append([]segment{variable("BASE_URL")}, segmentsOfURL(target, s)...)
		return append(options, quote(parts))
	}
	return append(options, quote(segmentsOfURL(address, s)))
}

// needsTarget reports bytes that curl does not pass on inside an address.
func needsTarget(r rune) bool { return r <= ' ' || r == '#' || r == '\\' || r == 0x7f }

// isASCII: curl escapes other letters of a path, and only of the path.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func headerOptions(r *faultline.Request, s Style, body bool) []string {
	var options []string
	typed := false
	for _, f := range r.Header {
		name := strings.ToLower(f.Name)
		if name == "content-type" {
			typed = true
		}
		if addedByClient(name, f.Value, r, body) {
			continue
		}
		value := segmentsOfHeader(name, f.Value, s)
		parts := append([]segment{literal(name + ": ")}, value...)
		if f.Value == "" {
			parts = []segment{literal(name + ";")} // curl's way to send an empty field
		}
		options = append(options, "-H "+quote(parts))
	}
	if body && !typed {
		options = append(options, "-H "+quote([]segment{literal("content-type:")})) // or -d adds one
	}
	return options
}

// addedByClient reports a field that curl adds by itself, or that describes
// the connection and not the request.
func addedByClient(name, value string, r *faultline.Request, body bool) bool {
	switch name {
	case "content-length", "user-agent", "accept-encoding", "connection", "proxy-connection", "transfer-encoding":
		return true
	case "host":
		return value == r.Host
	case "accept":
		return value == "*/*"
	case "content-type":
		return body && value == "application/x-www-form-urlencoded"
	}
	return strings.HasPrefix(name, ":") || name == ""
}

// bodyOption returns the option that sends the body, and a note if it needs a
// hand.
func bodyOption(r *faultline.Request) (option, note string) {
	raw := r.Body.Raw
	switch {
	case r.Body.Empty():
		return "", ""
	case r.Body.Truncated:
		return "--data-binary @" + bodyFile, "the body was not kept whole: put its " +
			strconv.FormatInt(r.Body.Size, 10) + " bytes into " + bodyFile
	case len(raw) > maxArgument || strings.IndexByte(string(raw), 0) >= 0:
		return "--data-binary @" + bodyFile, "put the body of " + strconv.Itoa(len(raw)) + " bytes into " + bodyFile
	case raw[0] == '@':
		return "--data-raw " + quote([]segment{literal(string(raw))}), ""
	}
	return "-d " + quote([]segment{literal(string(raw))}), ""
}
