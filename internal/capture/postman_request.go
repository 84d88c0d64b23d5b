package capture

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// postmanRequest is a request of a collection: an address alone, or an object.
type postmanRequest struct {
	Method string        `json:"method"`
	URL    postmanURL    `json:"url"`
	Header postmanHeader `json:"header"`
	Body   *postmanBody  `json:"body"`
	Auth   *postmanAuth  `json:"auth"`
}

// UnmarshalJSON also takes a request that is its address.
func (r *postmanRequest) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		r.Method = "GET"
		return json.Unmarshal(data, &r.URL)
	}
	type plain postmanRequest
	return json.Unmarshal(data, (*plain)(r))
}

// postmanPair is a name and a value, of whatever type.
type postmanPair struct {
	Key      string          `json:"key"`
	ID       string          `json:"id"` // of old variables
	Value    json.RawMessage `json:"value"`
	Disabled bool            `json:"disabled"`
	Type     string          `json:"type"` // of a form's part: "text", "file"
	Source   json.RawMessage `json:"src"`  // of a file: a name, or a list of them
	Content  string          `json:"contentType"`
}

func (p *postmanPair) name() string {
	if p.Key == "" {
		return p.ID
	}
	return p.Key
}

func (p *postmanPair) text() string { return postmanText(p.Value) }

// postmanText is the text of a value: of a string what it says, of null nothing.
func postmanText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}

// postmanHeader is a list of fields or, in old collections, their lines.
type postmanHeader []postmanPair

// UnmarshalJSON takes both, and null.
func (h *postmanHeader) UnmarshalJSON(data []byte) error {
	if data[0] != '"' {
		return json.Unmarshal(data, (*[]postmanPair)(h))
	}
	var lines string
	if err := json.Unmarshal(data, &lines); err != nil {
		return err
	}
	for line := range strings.SplitSeq(lines, "\n") {
		if f, ok := parseField(strings.TrimSuffix(line, "\r")); ok {
			value, err := json.Marshal(f.Value)
			if err != nil {
				return err
			}
			*h = append(*h, postmanPair{Key: f.Name, Value: value})
		}
	}
	return nil
}

func (h postmanHeader) fields(p *postman) faultline.Header {
	var out faultline.Header
	for i := range h {
		if !h[i].Disabled && h[i].Key != "" && len(out) < maxFields {
			out = append(out, faultline.Field{Name: p.substitute(h[i].Key), Value: strings.TrimSpace(p.substitute(h[i].text()))})
		}
	}
	return out
}

// postmanURL is an address: as a text, or in parts of which raw is the whole.
type postmanURL struct {
	Raw       string        `json:"raw"`
	Variables []postmanPair `json:"variable"` // of the path: /orders/:id
}

// UnmarshalJSON takes both. What Postman sends is what raw says: the parts are
// the same address once more.
func (u *postmanURL) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, &u.Raw)
	}
	type plain postmanURL
	return json.Unmarshal(data, (*plain)(u))
}

// address puts variables into the address, and escapes what Postman does.
func (u *postmanURL) address(p *postman) string {
	path, query, hasQuery := strings.Cut(u.Raw, "?")
	segments := strings.Split(path, "/")
	for i, s := range segments {
		for j := range u.Variables {
			if v := &u.Variables[j]; s == ":"+v.name() && len(v.Value) > 0 && v.text() != "" {
				segments[i] = v.text()
			}
		}
	}
	out := strings.Join(segments, "/")
	if hasQuery {
		out += "?" + query
	}
	return escapeAddress(strings.TrimSpace(p.substitute(out)))
}

// escapeAddress writes as %XX what no address may hold.
func escapeAddress(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func (p *postman) request(ex *faultline.Exchange, in *postmanRequest, auth *postmanAuth) error {
	r := &ex.Request
	if r.Method = p.substitute(in.Method); r.Method == "" {
		r.Method = "GET"
	}
	r.Header = in.Header.fields(p)
	address := in.URL.address(p)
	setURL(r, address)
	if r.Host == "" && !strings.Contains(address, "{{") && !strings.HasPrefix(address, "/") {
		setURL(r, "http://"+address) // as Postman does
	}
	if strings.Contains(address, "{{") && r.Host == "" {
		hostVariable(ex, address)
	}
	hostFromHeader(r)
	if in.Auth != nil {
		auth = in.Auth
	}
	auth.apply(p, ex)
	return in.Body.into(p, ex)
}

// postmanAuth are the credentials of a request, a folder or a collection.
type postmanAuth struct {
	Type   string          `json:"type"`
	Basic  postmanSettings `json:"basic"`
	Bearer postmanSettings `json:"bearer"`
	APIKey postmanSettings `json:"apikey"`
	OAuth2 postmanSettings `json:"oauth2"`
}

// postmanSettings are a list of pairs (2.1) or an object (2.0).
type postmanSettings map[string]string

// UnmarshalJSON takes both.
func (s *postmanSettings) UnmarshalJSON(data []byte) error {
	*s = postmanSettings{}
	if data[0] == '[' {
		var list []postmanPair
		if err := json.Unmarshal(data, &list); err != nil {
			return err
		}
		for i := range list {
			(*s)[list[i].Key] = list[i].text()
		}
		return nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return err
	}
	for name, value := range object {
		(*s)[name] = postmanText(value)
	}
	return nil
}

// apply puts the credentials where Postman does, unless the request has its own.
func (a *postmanAuth) apply(p *postman, ex *faultline.Exchange) {
	if a == nil {
		return
	}
	r := &ex.Request
	switch a.Type {
	case "", "noauth":
	case "basic":
		pair := p.substitute(a.Basic["username"]) + ":" + p.substitute(a.Basic["password"])
		setCredential(r, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
	case "bearer":
		setCredential(r, "Authorization", "Bearer "+p.substitute(a.Bearer["token"]))
	case "oauth2":
		if token := p.substitute(a.OAuth2["accessToken"]); token != "" {
			setCredential(r, "Authorization", "Bearer "+token)
			return
		}
		addNotices(ex, "the collection holds no OAuth 2.0 token")
	case "apikey":
		name, value := p.substitute(a.APIKey["key"]), p.substitute(a.APIKey["value"])
		if a.APIKey["in"] != "query" {
			setCredential(r, name, value)
			return
		}
		mark := "?"
		if strings.Contains(r.Target, "?") {
			mark = "&"
		}
		r.Target += mark + url.QueryEscape(name) + "=" + url.QueryEscape(value)
	default:
		addNotices(ex, "the collection asks for credentials of the kind "+quote(a.Type)+", which only running it could make")
	}
}

func setCredential(r *faultline.Request, name, value string) {
	if name != "" && !r.Header.Has(name) {
		r.Header = append(r.Header, faultline.Field{Name: name, Value: value})
	}
}
