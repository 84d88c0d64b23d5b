package capture

import (
	"encoding/base64"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// curlAgent stands for the version of curl, which a command line does not tell.
const curlAgent = "curl/8"

// curlTransfer is what the options between two --next say.
type curlTransfer struct {
	files   Files
	stdin   *string
	stdinAs string

	urls, uploads        []string
	method, target       string
	head, get, globOff   bool
	pathAsIs, compressed bool
	proto                string
	protoDefault         string
	data                 []curlData
	json                 bool
	form                 []curlPart
	formOpts             bool
	fields               []faultline.Field
	drop                 map[string]bool // fields that `-H Name:` takes away
	agent                *string
	referer, cookie      []string
	user, bearer, scheme string
	hasUser              bool
	sigv4                bool
	ranged               string
	query                []string
	notices              []string
}

// curlData is one -d, --json or --data-… option.
type curlData struct {
	text    string
	file    string // named and not read; text is empty then
	isJSON  bool
	encoded string // name in front of a file's content
}

func (t *curlTransfer) notice(format string, args ...any) {
	t.notices = append(t.notices, fmt.Sprintf(format, args...))
}

// curlExchanges makes the requests that a command line sends.
func curlExchanges(cmd shellCommand, files Files) ([]*faultline.Exchange, error) {
	options, err := curlOptions(cmd.args[1:])
	if err != nil {
		return nil, err
	}
	var exchanges []*faultline.Exchange
	for len(options) > 0 {
		t := &curlTransfer{files: files, stdin: cmd.stdin, stdinAs: cmd.stdinRef, drop: map[string]bool{}}
		n := 0
		for n < len(options) && options[n].name != "next" {
			if err := t.apply(options[n]); err != nil {
				return nil, err
			}
			n++
		}
		options = options[min(n+1, len(options)):]
		if len(t.urls) == 0 {
			return nil, errors.New("curl: no address in the command")
		}
		for i, address := range t.urls {
			ex, err := t.exchange(address, i)
			if err != nil {
				return nil, err
			}
			addNotices(ex, cmd.notices...)
			exchanges = append(exchanges, ex)
			if len(exchanges) > maxTransfers {
				return nil, fmt.Errorf("curl: more than %d addresses in one command", maxTransfers)
			}
		}
	}
	if len(exchanges) == 0 {
		return nil, errors.New("curl: no address in the command")
	}
	return exchanges, nil
}

// maxTransfers bounds one command line: each address gets a copy of the body.
const maxTransfers = 1000

func (t *curlTransfer) apply(o curlOption) error {
	switch o.name {
	case "url":
		if strings.TrimSpace(o.value) == "" {
			t.notice("a blank word stands where an address could be: curl takes it as one and fails on it")
			return nil
		}
		t.urls = append(t.urls, o.value)
	case "request":
		t.method = o.value
	case "request-target":
		t.target = o.value
	case "header":
		t.header(o.value)
	case "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json":
		return t.addData(o.name, o.value)
	case "form", "form-string":
		part, err := parsePart(o.value, o.name == "form-string")
		t.form = append(t.form, part)
		return err
	case "form-escape":
		t.formOpts = !o.off
	case "user":
		t.user, t.hasUser = o.value, true
		if !strings.Contains(o.value, ":") {
			t.user += ":"
			t.notice("`-u` has no password: curl asks for it, here it is empty")
		}
	case "oauth2-bearer":
		t.bearer = o.value
	case "aws-sigv4":
		t.sigv4 = true
	case "basic", "digest", "ntlm", "negotiate", "anyauth":
		t.scheme = o.name
		if o.off {
			t.scheme = ""
		}
	case "user-agent":
		t.agent = &o.value
	case "referer":
		t.referer = []string{strings.TrimSuffix(o.value, ";auto")}
	case "cookie":
		t.addCookie(o.value)
	case "range":
		t.ranged = o.value
	case "continue-at":
		if o.value != "-" {
			t.ranged = o.value + "-"
		}
	case "url-query":
		return t.addQuery(o.value)
	case "upload-file":
		t.uploads = append(t.uploads, o.value)
	default:
		t.applyFlag(o)
	}
	return nil
}

// applyFlag knows the options without which the request would look different,
// and those that are worth a word. The others shape the connection or what
// curl prints.
func (t *curlTransfer) applyFlag(o curlOption) {
	switch o.name {
	case "head":
		t.head = !o.off
	case "get":
		t.get = !o.off
	case "globoff":
		t.globOff = !o.off
	case "path-as-is":
		t.pathAsIs = !o.off
	case "compressed":
		t.compressed = !o.off
	case "proto-default":
		t.protoDefault = o.value
	case "http1.0":
		t.proto = "HTTP/1.0"
	case "http1.1":
		t.proto = "HTTP/1.1"
	case "http2", "http2-prior-knowledge":
		t.proto = "HTTP/2"
	case "http3", "http3-only":
		t.proto = "HTTP/3"
	case "proxy", "preproxy", "proxy1.0", "socks4", "socks4a", "socks5", "socks5-hostname":
		t.notice("sent through the proxy %s", withoutUserinfo(o.value))
	case "config":
		t.notice("`-K %s`: options in a file are not read", o.value)
	case "variable":
		t.notice("`--variable` is not read; {{names}} stay as they are")
	case "netrc", "netrc-file", "netrc-optional":
		t.notice("credentials from .netrc are not read")
	case "insecure":
		if !o.off {
			t.notice("`-k`: the server's certificate is not checked")
		}
	}
}

func withoutUserinfo(address string) string {
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		scheme, _, ok := strings.Cut(address, "://")
		if ok {
			return scheme + "://" + address[at+1:]
		}
		return address[at+1:]
	}
	return address
}

// header reads the forms of -H: `Name: value`, `Name:` that takes a field away,
// `Name;` that sends an empty one, and @file.
func (t *curlTransfer) header(h string) {
	if file, ok := strings.CutPrefix(h, "@"); ok {
		content, known := t.readFile(file)
		if !known {
			t.notice("`-H @%s`: the file is not read, its headers are missing here", file)
			return
		}
		for line := range strings.Lines(content) {
			if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' && line[0] != '@' {
				t.header(line)
			}
		}
		return
	}
	name, value, ok := strings.Cut(h, ":")
	if !ok {
		if name, ok = strings.CutSuffix(h, ";"); ok && name != "" {
			t.set(faultline.Field{Name: name})
			return
		}
		t.notice("`-H %s` has no colon: curl does not send it", maskArgument(h))
		return
	}
	value = strings.Trim(value, " \t\r\n")
	if value == "" {
		t.drop[strings.ToLower(name)] = true
		return
	}
	t.set(faultline.Field{Name: name, Value: value})
}

func maskArgument(s string) string { return strings.Trim(quote(s), "`") }

func (t *curlTransfer) set(f faultline.Field) { t.fields = append(t.fields, f) }

func (t *curlTransfer) addCookie(value string) {
	if strings.Contains(value, "=") {
		t.cookie = append(t.cookie, value)
		return
	}
	if value != "" {
		t.notice("`-b %s`: cookies in a file are not read", maskArgument(value))
	}
}

// addData follows the forms of the data options.
func (t *curlTransfer) addData(option, value string) error {
	d := curlData{isJSON: option == "json"}
	t.json = t.json || d.isJSON
	switch {
	case option == "data-urlencode":
		return t.addEncoded(value)
	case option != "data-raw" && strings.HasPrefix(value, "@"):
		content, known := t.readFile(value[1:])
		if !known {
			d.file = value[1:]
			break
		}
		if option == "data" || option == "data-ascii" {
			content = strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(content)
		}
		d.text = content
	default:
		d.text = value
	}
	t.data = append(t.data, d)
	return nil
}

// addEncoded reads `content`, `=content`, `name=content`, `@file`, `name@file`.
func (t *curlTransfer) addEncoded(value string) error {
	text, file := t.encode(value)
	t.data = append(t.data, curlData{text: text, file: file, encoded: text})
	return nil
}

func (t *curlTransfer) encode(value string) (text, file string) {
	at := strings.IndexAny(value, "=@")
	if at < 0 {
		return formEscape(value), ""
	}
	prefix := ""
	if at > 0 {
		prefix = value[:at] + "="
	}
	rest := value[at+1:]
	if value[at] == '=' {
		return prefix + formEscape(rest), ""
	}
	content, known := t.readFile(rest)
	if !known {
		return prefix, rest
	}
	return prefix + formEscape(content), ""
}

func (t *curlTransfer) addQuery(value string) error {
	if raw, ok := strings.CutPrefix(value, "+"); ok {
		t.query = append(t.query, raw)
		return nil
	}
	text, file := t.encode(value)
	if file != "" {
		t.notice("`--url-query %s`: %s is not read", value, t.fileName(file))
		text += "@" + t.fileName(file)
	}
	t.query = append(t.query, text)
	return nil
}

// formEscape is what curl does to form data: everything but the unreserved
// characters of RFC 3986 as %XX, and a space as +.
func formEscape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ':
			b.WriteByte('+')
		case '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// readFile returns the content of a file that an option names, if that is
// known: "-" is standard input.
func (t *curlTransfer) readFile(name string) (string, bool) {
	if name == "-" || name == "." {
		if t.stdin != nil {
			return *t.stdin, true
		}
		if t.stdinAs == "" {
			return "", false
		}
		name = t.stdinAs
	}
	if t.files == nil {
		return "", false
	}
	content, err := t.files(name)
	if err != nil {
		t.notice("%s: %v", maskArgument(name), err)
		return "", false
	}
	return string(content), true
}

// fileName is what a notice calls a file.
func (t *curlTransfer) fileName(name string) string {
	if name == "-" && t.stdinAs != "" {
		return t.stdinAs
	}
	if name == "-" {
		return "standard input"
	}
	return name
}

func (t *curlTransfer) exchange(address string, i int) (*faultline.Exchange, error) {
	ex := &faultline.Exchange{Labels: map[string]string{}}
	r := &ex.Request
	r.Proto = t.proto
	notices := len(t.notices)
	defer func() { t.notices = t.notices[:notices] }()
	body, contentType := t.body()
	upload := ""
	if i < len(t.uploads) {
		upload = t.uploads[i]
		body = t.upload(upload, body)
	}
	t.address(r, address, upload)
	r.Method = t.requestMethod(upload != "")
	if len(t.data) > 0 && t.get {
		body = nil
	}
	t.headers(r, address, body, contentType)
	if body != nil {
		r.Body = *body
		decodeBody(&r.Body, r.Header)
		if body.Truncated {
			addNotices(ex, body.Note)
		}
	}
	addNotices(ex, t.notices...)
	return ex, nil
}

func (t *curlTransfer) requestMethod(upload bool) string {
	switch {
	case t.method != "":
		return t.method
	case t.head:
		return "HEAD"
	case upload:
		return "PUT"
	case t.get:
		return "GET"
	case len(t.data) > 0 || len(t.form) > 0:
		return "POST"
	}
	return "GET"
}

// body returns what -d and -F say, nil if there is none, and the media type
// that curl would name by itself.
func (t *curlTransfer) body() (*faultline.Body, string) {
	if len(t.data) > 0 {
		kind := "application/x-www-form-urlencoded"
		if t.json {
			kind = "application/json"
		}
		return t.dataBody(), kind
	}
	if len(t.form) > 0 {
		return t.formBody()
	}
	return nil, ""
}

func (t *curlTransfer) dataBody() *faultline.Body {
	var b strings.Builder
	for i, d := range t.data {
		if i > 0 && !(d.isJSON && t.data[i-1].isJSON) {
			b.WriteByte('&')
		}
		b.WriteString(d.text)
		if d.file != "" {
			return unread(b.String(), t.fileName(d.file))
		}
	}
	body := faultline.NewBody([]byte(b.String()))
	return &body
}

func (t *curlTransfer) upload(name string, data *faultline.Body) *faultline.Body {
	if data != nil {
		t.notice("`-T` and `-d` are both given: newer versions of curl refuse that")
		return data
	}
	content, known := t.readFile(name)
	if !known {
		return unread("", t.fileName(name))
	}
	body := faultline.NewBody([]byte(content))
	return &body
}

// unread is a body that goes on with a file which was not read. Its size is a
// lower bound: at least one byte more than is known.
func unread(known, file string) *faultline.Body {
	return &faultline.Body{
		Raw: []byte(known), Size: int64(len(known)) + 1, Truncated: true,
		Note: "the body comes from " + maskArgument(file) + ", which was not read",
	}
}

// address splits the URL as curl does: a missing scheme is http, the fragment
// stays at home, dot segments are removed.
func (t *curlTransfer) address(r *faultline.Request, address, upload string) {
	if !t.globOff && strings.ContainsAny(address, "{}[]") {
		t.notice("curl takes {} and [] in an address as patterns for several requests unless `-g` is given; here it is one request")
	}
	if before, fragment, ok := strings.Cut(address, "#"); ok {
		address = before
		t.notice("`#%s` is a fragment: it is not sent", maskArgument(fragment))
	}
	if !strings.Contains(address, "://") {
		scheme := t.protoDefault
		if scheme == "" {
			scheme = "http"
		}
		address = scheme + "://" + strings.TrimPrefix(address, "//")
	}
	address = strings.TrimSpace(address)
	setURL(r, address)
	if strings.HasPrefix(r.Host, "$") && !strings.ContainsAny(r.Host, ".:") {
		// `$BASE_URL/v1/orders`: the variable holds the scheme too.
		t.notice("the host is in %s, which is not known here", maskArgument(r.Host))
		r.Host, r.Scheme = "", ""
	}
	path_, query, hasQuery := strings.Cut(r.Target, "?")
	if !t.pathAsIs {
		path_ = withoutDotSegments(path_)
	}
	path_ = escapeRaw(path_)
	if upload != "" && strings.HasSuffix(path_, "/") && upload != "-" && upload != "." {
		path_ += formEscape(path.Base(upload))
	}
	for _, q := range t.querySuffix() {
		if query != "" && !strings.HasSuffix(query, "&") {
			query += "&"
		}
		query, hasQuery = query+q, true
	}
	r.Target = path_
	if hasQuery && (query != "" || strings.HasSuffix(address, "?")) {
		r.Target += "?" + query
	}
	if t.target != "" {
		r.Target = t.target
	}
}

// querySuffix is what --url-query and -G add to the query.
func (t *curlTransfer) querySuffix() []string {
	out := t.query
	if !t.get || len(t.data) == 0 {
		return out
	}
	body := t.dataBody()
	suffix := string(body.Raw)
	if body.Truncated {
		t.notice("%s", strings.Replace(body.Note, "the body", "the query", 1))
	}
	if suffix == "" {
		return out
	}
	return append(out[:len(out):len(out)], suffix)
}

// escapeRaw writes bytes outside ASCII in a path as curl does. In a query curl
// sends them as they are.
func escapeRaw(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] >= 0x80 {
			fmt.Fprintf(&b, "%%%02x", s[i])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// withoutDotSegments is RFC 3986, section 5.2.4, for an absolute path.
func withoutDotSegments(p string) string {
	if !strings.Contains(p, "/.") {
		return p
	}
	segments := strings.Split(p, "/")
	out := segments[:0]
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 1 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, s)
		}
	}
	return strings.Join(out, "/")
}

// headers puts the fields in curl's own order: its own first, then those of
// -H, then those that describe the body. A field of -H replaces curl's own.
func (t *curlTransfer) headers(r *faultline.Request, address string, body *faultline.Body, contentType string) {
	custom := map[string]bool{}
	for _, f := range t.fields {
		custom[strings.ToLower(f.Name)] = true
	}
	own := func(name, value string) {
		low := strings.ToLower(name)
		if value != "" && !custom[low] && !t.drop[low] {
			r.Header = append(r.Header, faultline.Field{Name: name, Value: value})
		}
	}
	own("Host", r.Host)
	own("Authorization", t.authorization(address))
	agent := curlAgent
	if t.agent != nil {
		agent = *t.agent
	}
	own("User-Agent", agent)
	if !t.json {
		own("Accept", "*/*")
	}
	if t.compressed {
		own("Accept-Encoding", "deflate, gzip")
	}
	if t.ranged != "" {
		own("Range", rangeValue(t.ranged))
	}
	own("Referer", strings.Join(t.referer, ""))
	own("Cookie", strings.Join(t.cookie, ";"))
	if t.json {
		own("Content-Type", "application/json")
		own("Accept", "application/json")
		contentType = ""
	}
	r.Header = append(r.Header, t.fields...)
	if body == nil {
		hostFromHeader(r)
		return
	}
	if !body.Truncated && !custom["transfer-encoding"] {
		own("Content-Length", strconv.FormatInt(body.Size, 10))
	}
	own("Content-Type", contentType)
	hostFromHeader(r)
}

func (t *curlTransfer) authorization(address string) string {
	switch {
	case t.sigv4:
		t.notice("`--aws-sigv4`: curl computes the signature when it sends; here it is $SIGNATURE")
		return "AWS4-HMAC-SHA256 $SIGNATURE"
	case t.bearer != "":
		return "Bearer " + t.bearer
	}
	user, ok := t.user, t.hasUser
	if !ok {
		if user, ok = userinfo(address); !ok {
			return ""
		}
		user = unescapeURL(user)
		if !strings.Contains(user, ":") {
			user += ":"
		}
	}
	switch t.scheme {
	case "", "basic":
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(user))
	case "anyauth":
		t.notice("`--anyauth`: curl asks the server for a scheme first; the first request carries no credentials")
		return ""
	}
	t.notice("`--%s`: the credentials depend on the server's challenge; here they are $CREDENTIALS", t.scheme)
	return strings.ToUpper(t.scheme[:1]) + t.scheme[1:] + " $CREDENTIALS"
}

func unescapeURL(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && digitsAt(s[i+1:], 2, 16) == 2 {
			v, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b.WriteByte(byte(v))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// rangeValue: curl takes a single number as an open range.
func rangeValue(r string) string {
	if !strings.Contains(r, "-") {
		r += "-"
	}
	return "bytes=" + r
}
