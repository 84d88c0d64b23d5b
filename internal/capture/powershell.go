package capture

import (
	"errors"
	"io"
	"iter"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// powerShellFormat is Invoke-RestMethod and Invoke-WebRequest, as people write
// them and as browsers copy them. Only literals are read: strings, here-strings,
// hash tables, and variables that were set to them. What only running could tell
// stays as it is written, and a notice says so.
func powerShellFormat() Format {
	return Format{
		Name:   "powershell",
		About:  "Invoke-RestMethod and Invoke-WebRequest of PowerShell",
		Sniff:  func(_ string, prefix []byte) bool { return invoked.Match(prefix) },
		Decode: decodePowerShell,
	}
}

var (
	invoked       = regexp.MustCompile(`(?im)^[ \t]*(?:PS [^\n>]*> *)?(?:\$\w+ *= *)?\(?(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)[ \t]+[^:\s]`)
	psContinued   = regexp.MustCompile("`[ \t]*\r?\n")
	psAssignment  = regexp.MustCompile(`^[ \t]*\$(\w+)(?:\.(\w+))?\s*=\s*`)
	psDefaultType = "application/x-www-form-urlencoded"
)

func decodePowerShell(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		p := &psReader{text: psContinued.ReplaceAllString(text, " \n"), vars: map[string]psValue{}}
		number := 0
		for {
			ex, err := p.next()
			if ex == nil && err == nil {
				break
			}
			number++
			if ex != nil {
				ex.ID = ordinal(number)
			}
			if !yield(ex, err) {
				return
			}
		}
		if number == 0 {
			yield(nil, errors.New("no Invoke-RestMethod or Invoke-WebRequest in the text"))
		}
	}
}

// A psValue is a string, a hash table, or an expression that is not run.
type psValue struct {
	text  string
	pairs []faultline.Field // of a hash table
	table bool
	open  bool // only running would tell it
}

// call reads the parameters behind the name of the command.
func (p *psReader) call(line int) (*faultline.Exchange, error) {
	ex := &faultline.Exchange{}
	beginsAt(ex, line)
	r := &ex.Request
	named := map[string]psValue{}
	for {
		name, value, ok := p.parameter()
		if !ok {
			break
		}
		if name == "" {
			name = "uri"
		}
		if _, twice := named[name]; !twice {
			named[name] = value
		}
	}
	if named["uri"].text == "" {
		return nil, &RecordError{Line: line, Err: errors.New("PowerShell: no address")}
	}
	r.Method = strings.ToUpper(named["method"].text)
	if r.Method == "" {
		r.Method = "GET"
	}
	setURL(r, named["uri"].text)
	r.Header = append(r.Header, withoutPseudo(named["headers"].pairs)...)
	if _, given := named["websession"]; given {
		ex.Unseen |= faultline.UnseenRequestHeader
		addNotices(ex, "cookies and User-Agent of the session are not read")
	}
	if agent := named["useragent"].text; agent != "" {
		r.Header = append(r.Header, faultline.Field{Name: "User-Agent", Value: agent})
	}
	p.body(ex, named["body"], named["contenttype"].text)
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if named[name].open && name != "websession" {
			addNotices(ex, "the value of `-"+name+"` is only known when PowerShell runs")
		}
	}
	if named["infile"].text != "" {
		r.Body = faultline.Body{Truncated: true, Note: "from a file"}
		addNotices(ex, "the body comes from a file, which was not read")
	}
	hostFromHeader(r)
	return ex, nil
}

// withoutPseudo drops the pseudo fields of HTTP/2, which browsers copy without
// their colon.
func withoutPseudo(fields []faultline.Field) []faultline.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f faultline.Field) bool {
		switch f.Name {
		case "authority", "method", "path", "scheme":
			return true
		}
		return false
	})
}

// body does with -Body as PowerShell does: a hash table becomes the query of a
// GET and the form of everything else, and a body without -ContentType is a form.
func (p *psReader) body(ex *faultline.Exchange, body psValue, contentType string) {
	r := &ex.Request
	if contentType != "" {
		r.Header = append(r.Header, faultline.Field{Name: "Content-Type", Value: contentType})
	}
	form := url.Values{}
	for _, f := range body.pairs {
		form.Add(f.Name, f.Value)
	}
	switch {
	case body.open:
		r.Body = faultline.Body{Truncated: true, Note: "put together when PowerShell runs"}
	case body.table && r.Method == "GET":
		if strings.Contains(r.Target, "?") {
			r.Target += "&" + form.Encode()
		} else {
			r.Target += "?" + form.Encode()
		}
		return
	case body.table:
		r.Body = faultline.NewBody([]byte(form.Encode()))
	case body.text == "":
		return
	default:
		r.Body = faultline.NewBody([]byte(body.text))
	}
	if !r.Header.Has("Content-Type") && r.Method != "GET" {
		r.Header = append(r.Header, faultline.Field{Name: "Content-Type", Value: psDefaultType})
	}
}
