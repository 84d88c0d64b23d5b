package capture

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"path"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

type postmanBody struct {
	Mode       string        `json:"mode"`
	Disabled   bool          `json:"disabled"`
	Raw        string        `json:"raw"`
	URLEncoded []postmanPair `json:"urlencoded"`
	FormData   []postmanPair `json:"formdata"`
	GraphQL    *struct {
		Query     string          `json:"query"`
		Variables json.RawMessage `json:"variables"`
	} `json:"graphql"`
	File *struct {
		Source string `json:"src"`
	} `json:"file"`
	Options struct {
		Raw struct {
			Language string `json:"language"`
		} `json:"raw"`
	} `json:"options"`
}

// languages are the media types that Postman sends for a raw body by itself.
var languages = map[string]string{
	"json": "application/json", "xml": "application/xml", "html": "text/html", "javascript": "application/javascript", "text": "text/plain",
}

// into writes the body as Postman sends it.
func (b *postmanBody) into(p *postman, ex *faultline.Exchange) error {
	if b == nil || b.Disabled {
		return nil
	}
	switch b.Mode {
	case "raw":
		setBody(&ex.Request, []byte(p.substitute(b.Raw)), languages[b.Options.Raw.Language])
	case "urlencoded":
		setBody(&ex.Request, []byte(p.form(b.URLEncoded)), "application/x-www-form-urlencoded")
	case "graphql":
		return p.graphQL(b, ex)
	case "formdata":
		return p.multipart(b.FormData, ex)
	case "file":
		if b.File != nil {
			if data, ok := p.read(ex, b.File.Source); ok {
				setBody(&ex.Request, data, "")
			}
		}
	}
	return nil
}

// setBody sets the body, and its media type unless the request names one.
func setBody(r *faultline.Request, data []byte, kind string) {
	if len(data) == 0 {
		return
	}
	r.Body = faultline.NewBody(data)
	if kind != "" && !r.Header.Has("Content-Type") {
		r.Header = append(r.Header, faultline.Field{Name: "Content-Type", Value: kind})
	}
}

// form writes application/x-www-form-urlencoded in the order of the pairs.
func (p *postman) form(pairs []postmanPair) string {
	var out []string
	for i := range pairs {
		if v := &pairs[i]; !v.Disabled {
			out = append(out, url.QueryEscape(p.substitute(v.Key))+"="+url.QueryEscape(p.substitute(v.text())))
		}
	}
	return strings.Join(out, "&")
}

// graphQL writes the request of the GraphQL over HTTP specification: variables
// are kept as a text in the collection.
func (p *postman) graphQL(b *postmanBody, ex *faultline.Exchange) error {
	if b.GraphQL == nil {
		return nil
	}
	body := map[string]any{"query": p.substitute(b.GraphQL.Query)}
	if vars := p.substitute(postmanText(b.GraphQL.Variables)); json.Valid([]byte(vars)) {
		body["variables"] = json.RawMessage(vars)
	}
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	setBody(&ex.Request, data, "application/json")
	return nil
}

// multipart writes the parts of a form. A file that is not read leaves the body
// cut, and a notice.
func (p *postman) multipart(pairs []postmanPair, ex *faultline.Exchange) error {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	if err := w.SetBoundary(postmanBoundary); err != nil {
		return err
	}
	cut := false
	for i := range pairs {
		v := &pairs[i]
		if v.Disabled {
			continue
		}
		data, file := []byte(p.substitute(v.text())), ""
		if v.Type == "file" {
			var ok bool
			file = postmanText(v.Source)
			if data, ok = p.read(ex, file); !ok {
				cut = true
			}
		}
		part, err := w.CreatePart(partHeader(p.substitute(v.Key), file, v.Content))
		if err != nil {
			return err
		}
		if _, err := part.Write(data); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	setBody(&ex.Request, out.Bytes(), w.FormDataContentType())
	if cut {
		ex.Request.Body.Truncated, ex.Request.Body.Note = true, "a file of the form was not read"
	}
	return nil
}

// postmanBoundary is ours: a collection does not say which one was sent.
const postmanBoundary = "----PostmanCollectionBoundary7MA4YWxkTrZu0gW"

func partHeader(name, file, kind string) textproto.MIMEHeader {
	escape := strings.NewReplacer("\\", "\\\\", `"`, "%22", "\r", "%0D", "\n", "%0A").Replace
	disposition := `form-data; name="` + escape(name) + `"`
	if file != "" {
		disposition += `; filename="` + escape(path.Base(file)) + `"`
		if kind == "" {
			kind = fileType(file)
		}
	}
	h := textproto.MIMEHeader{"Content-Disposition": {disposition}}
	if kind != "" {
		h.Set("Content-Type", kind)
	}
	return h
}

// read returns the content of a file that the collection names.
func (p *postman) read(ex *faultline.Exchange, name string) ([]byte, bool) {
	if p.files == nil || name == "" {
		addNotices(ex, "the file "+maskArgument(name)+" is not read")
		return nil, false
	}
	data, err := p.files(name)
	if err != nil {
		addNotices(ex, maskArgument(name)+": "+err.Error())
		return nil, false
	}
	return data, true
}
