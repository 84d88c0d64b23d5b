package causes

import (
	"bytes"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("response.not-json", notJSON) }

// saysNoJSON is what clients say that could not read an answer as JSON: the
// browsers, Node, Python, Go, Java (Jackson, Gson), .NET, Rust, Ruby, PHP, Dart, Swift.
var saysNoJSON = topic("no json",
	"is not valid json", "unexpected token*", "in json at position", "unexpected end of json input", "json.parse*", "json parse error", "json decode error", "jsondecodeerror", "expecting value: line 1 column 1", "looking for beginning of value", "after top level value", "non whitespace character after json", "extra data: line", "unrecognized token '<'*", "unexpected character ('<'*", "unexpected character ('*", "no content to map due to end of input",
	"expected begin_object but was*", "expected begin_array but was*", "malformed json exception", "use json reader set lenient*", "unexpected character encountered while parsing value", "is an invalid start of a value", "input does not contain any json tokens", "json reader exception", "expected value at line 1 column 1", "eof while parsing a value at line 1 column 0", "format exception: unexpected character*", "format exception: syntax error",
	"isn't in the correct format", "unexpected token at*", "json::parser error*", "unexpected mimetype", "attempt to decode json with unexpected*", "no suitable http message converter*", "could not extract response: no suitable*", "json_decode*", "unexpected character: <*", "unexpected byte at position", "invalid json response body", "failed to parse ~ json", "trailing characters at line", "the json value could not be converted", "response is not json", "not json serializable", "error parsing json", "invalid json", "code=3840", "data corrupted",
	"string did not match the expected pattern", "json text did not start with*", "invalid character '<'*", "expected json", "poison::parse error*", "jason.decode error*", "invalid_json")

// notJSON is for answers that are taken for a success and are not what was asked for.
func notJSON(c *Case) []faultline.Finding {
	told := c.Exchange.Failure != nil && c.clientSays(saysNoJSON) && !c.cut() && !c.clientSays(saysUndecodable)
	r := c.Exchange.Response
	if r == nil {
		if told {
			return []faultline.Finding{c.notJSONFinding(otherThing{what: "something else than JSON", brief: "the answer is not JSON"}, faultline.Likely)}
		}
		return nil
	}
	if c.Status() < 200 || c.Status() > 299 || c.Exchange.Request.Method == "HEAD" || c.Status() == 204 || c.Status() == 205 || c.Status() == 206 || r.Body.Truncated && len(r.Body.Raw) == 0 {
		return nil
	}
	if !told && !c.wantsJSONAnswer() {
		return nil
	}
	thing := c.insteadOfJSON(told)
	if thing.what == "" {
		return nil
	}
	return []faultline.Finding{c.notJSONFinding(thing, faultline.Likely)}
}

// wantsJSONAnswer reports whether the client asked for JSON, or the server says that it sends it.
func (c *Case) wantsJSONAnswer() bool {
	if isJSON(c.ResponseType()) {
		return true
	}
	accept := strings.ToLower(c.Exchange.Request.Header.Value("Accept"))
	if strings.Contains(accept, "html") || strings.Contains(accept, "image/") {
		return false
	}
	if strings.Contains(accept, "json") {
		// A type that was asked for beside JSON is no surprise.
		return c.ResponseType() == "" || !strings.Contains(accept, c.ResponseType())
	}
	return isJSON(c.RequestType()) && c.ResponseType() == "text/html"
}

// An otherThing is what came in place of JSON.
type otherThing struct {
	what, brief, remedy, note string
	party                     faultline.Party
	form                      bool // JSON is in it, in a form that parsers do not take
}

func (c *Case) insteadOfJSON(told bool) otherThing {
	body := bytes.TrimSpace(clip(c.ResponseBody(), mostScannedText))
	mediaType := c.ResponseType()
	switch {
	case len(body) == 0:
		if told || isJSON(mediaType) && c.Exchange.Request.Method == "GET" {
			return otherThing{what: "an empty body", brief: "empty answer", remedy: "let the server answer 204, or with JSON; let the client look at the length before it parses"}
		}
	case mediaType == "text/html" || pageStart(body):
		return c.pageInstead()
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) && (told || isJSON(mediaType)):
		return otherThing{what: "JSON behind a byte order mark", brief: "byte order mark before JSON", remedy: "let the server write UTF-8 without a byte order mark; until then the client may drop the first three bytes", form: true}
	case bytes.HasPrefix(body, []byte(")]}'")), bytes.HasPrefix(body, []byte("for(;;);")), bytes.HasPrefix(body, []byte("while(1);")), bytes.HasPrefix(body, []byte("{}&&")):
		return otherThing{what: "JSON behind a prefix that keeps pages of others from reading it", brief: "prefix before JSON", remedy: "drop the first line before parsing: it is there on purpose", form: true, party: faultline.Client}
	case body[0] == '<' && told:
		return otherThing{what: "XML", brief: "XML instead of JSON", remedy: "ask for JSON as the API documents it: `Accept: application/json`, a parameter, or another path"}
	case callsBack(body):
		return otherThing{what: "JSONP: JSON inside the call of a function", brief: "JSONP instead of JSON", remedy: "leave the parameter with the name of the function out (`callback`, `jsonp`)", form: true, party: faultline.Client}
	case (told || isJSON(mediaType)) && severalValues(body):
		return otherThing{what: "several JSON values one after the other", brief: "NDJSON instead of JSON", remedy: "read the answer line by line, or ask for a list", form: true}
	case isJSON(mediaType) && body[0] != '{' && body[0] != '[' && !scalar(body):
		return otherThing{what: "text", brief: "text instead of JSON", remedy: "let the server send JSON, or say `text/plain`"}
	}
	return otherThing{}
}

func pageStart(body []byte) bool {
	start := bytes.ToLower(clip(body, 200))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html")) || bytes.HasPrefix(start, []byte("<head"))
}

// saysLoginPage, saysPortal and saysShell are pages that stand in for an answer.
var (
	saysLoginPage = topic("login page", "sign in*", "log in*", "login", "please log in", "single sign on", "enter your password", "forgot your password", "forgot password", "username", "samlrequest", "password")
	saysPortal    = topic("captive portal", "captive portal", "accept the terms", "terms of use ~ internet", "to use the internet", "wi fi login", "wifi login", "guest network", "hotspot", "network access", "hotelnet", "connect to the internet", "internet access", "welcome to ~ wifi", "network login", "web authentication redirect", "success ~ captive")
	saysShell     = topic("app shell", "you need to enable javascript*", "enable javascript to run this app")
)

// pageInstead tells the pages apart that come with 200 in place of data.
func (c *Case) pageInstead() otherThing {
	out := otherThing{
		what: "an HTML page", brief: "HTML page instead of JSON", remedy: "correct the path: many servers answer an unknown one with the page of their web application",
		note: "look at the page: the start page of an app means a wrong path, a login page a missing credential, a block page a firewall",
	}
	switch {
	case c.Exchange.Request.Scheme != "https" && c.says(saysPortal):
		out.what, out.brief, out.party = "the page of a network that wants a login first", "page of a captive portal", faultline.Network
		out.remedy, out.note = "log in to the network with a browser, or leave it; call the API with https, which nobody on the way can answer", ""
	case c.says(saysShell):
		out.what, out.brief = "the start page of a web application", "start page instead of JSON"
	case c.says(saysLoginPage):
		out.what, out.brief = "a page that asks for a login", "login page instead of JSON"
		out.remedy, out.note = "send the credential that the API wants, or call the path of the API instead of that of the site", ""
	}
	return out
}

// callsBack recognises JSONP: the name of a function and a bracket.
func callsBack(body []byte) bool {
	body = bytes.TrimPrefix(body, []byte("/**/"))
	open := bytes.IndexByte(clip(body, 80), '(')
	if open <= 0 || !bytes.HasSuffix(bytes.TrimRight(body, "; \n"), []byte(")")) {
		return false
	}
	for _, ch := range body[:open] {
		if ch != '_' && ch != '.' && ch != '$' && (ch < '0' || ch > '9' && ch < 'A' || ch > 'Z' && ch < 'a' || ch > 'z') {
			return false
		}
	}
	return true
}

// severalValues recognises one value a line.
func severalValues(body []byte) bool {
	first, rest, more := bytes.Cut(body, []byte("\n"))
	rest = bytes.TrimSpace(rest)
	if !more || len(rest) == 0 || rest[0] != '{' && rest[0] != '[' || len(first) > 64<<10 {
		return false
	}
	var t tape.Tape
	return tape.Parse(&t, first, tape.Limits{}) == nil
}

// scalar reports whether a text may be a JSON value that is neither object nor list.
func scalar(body []byte) bool {
	var t tape.Tape
	return tape.Parse(&t, clip(body, 4096), tape.Limits{}) == nil || len(body) > 4096
}

func (c *Case) notJSONFinding(thing otherThing, s faultline.Strength) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		Party:    thing.party,
		At:       faultline.AtResponseHeader("Content-Type"),
		Message:  "JSON was expected, and " + thing.what + " came",
		Brief:    thing.brief,
		Expected: "JSON",
		Found:    thing.what,
		Evidence: c.clientWords(),
		Remedy:   faultline.Remedy{Text: thing.remedy, Applicability: faultline.Guess},
		Retry:    failsAlways,
	}
	if thing.remedy == "" {
		f.Remedy.Text = "look at the answer itself, its status and its first bytes, before it is parsed"
	}
	if thing.note != "" {
		f.Notes = []faultline.Note{{Label: "settle it", Text: thing.note}}
	}
	if thing.form {
		f.At = faultline.AtResponse("", faultline.Span{})
	}
	if r := c.Exchange.Response; r != nil {
		if v := r.Header.Value("Content-Type"); v != "" && !thing.form {
			f.Found = thing.what + ", `Content-Type: " + short(v) + "`"
		}
		switch body := c.ResponseBody(); {
		case len(body) == 0 && isJSON(c.ResponseType()):
			f.At = faultline.AtResponse("", faultline.Span{}) // the type is right, the body is not there
		case len(body) > 0 && c.ResponseType() == "text/html" && !thing.form:
			// The type tells before the body is read.
		case len(body) > 0:
			f.At = faultline.AtResponse("", faultline.Span{End: min(len(body), 15), Line: 1, Column: 1})
			f.Caret = "not JSON"
			if thing.form {
				f.Caret = ""
			}
		}
		f.Retry = ""
	}
	return f
}
