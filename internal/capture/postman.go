package capture

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// postmanFormat is the collections of Postman, version 2: requests in folders,
// with variables, inherited credentials and saved answers.
func (o Options) postmanFormat() Format {
	return Format{
		Name:   "postman",
		About:  "Postman collections 2.0 and 2.1",
		Sniff:  sniffPostman,
		Decode: o.decodePostman,
	}
}

func sniffPostman(_ string, prefix []byte) bool {
	keys := topKeys(prefix)
	if !keys["info"] {
		return false
	}
	return bytes.Contains(prefix, []byte("_postman_id")) || bytes.Contains(prefix, []byte("schema.getpostman.com")) ||
		bytes.Contains(prefix, []byte("schema.postman.com"))
}

// deepestFolder bounds folders in folders.
const deepestFolder = 64

// collection is a Postman collection, as far as it says what is sent.
// https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
type collection struct {
	Info struct {
		Schema string `json:"schema"`
	} `json:"info"`
	Items     []postmanItem    `json:"item"`
	Variables []postmanPair    `json:"variable"`
	Auth      *postmanAuth     `json:"auth"`
	Requests  *json.RawMessage `json:"requests"` // version 1
}

type postmanItem struct {
	Name      string          `json:"name"`
	Items     []postmanItem   `json:"item"` // of a folder
	Request   *postmanRequest `json:"request"`
	Responses []postmanAnswer `json:"response"`
	Auth      *postmanAuth    `json:"auth"`
}

type postmanAnswer struct {
	Name     string          `json:"name"`
	Original *postmanRequest `json:"originalRequest"`
	Code     int             `json:"code"`
	Reason   string          `json:"status"`
	Header   postmanHeader   `json:"header"`
	Body     string          `json:"body"`
}

func (o Options) decodePostman(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		c, err := readCollection(r)
		if err != nil {
			yield(nil, fmt.Errorf("the Postman collection: %w", err))
			return
		}
		p := &postman{files: o.Files, vars: map[string]string{}, yield: yield}
		for _, v := range c.Variables {
			if text := p.substitute(v.text()); !v.Disabled && len(text) <= maxVariable {
				p.vars[v.name()] = text
			}
		}
		if p.items(c.Items, nil, c.Auth) && p.number == 0 {
			yield(nil, errors.New("the Postman collection has no request"))
		}
	}
}

func readCollection(r io.Reader) (*collection, error) {
	text, err := readText(r)
	if err != nil {
		return nil, err
	}
	var c collection
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return nil, jsonError(err, []byte(text))
	}
	if c.Requests != nil || strings.Contains(c.Info.Schema, "/v1.") {
		return nil, errors.New("version 1 is not read: export it as version 2.1")
	}
	return &c, nil
}

// postman yields what a collection holds.
type postman struct {
	files  Files
	vars   map[string]string
	yield  func(*faultline.Exchange, error) bool
	number int
}

// items goes through requests and folders. Credentials are inherited from the
// nearest folder that has some.
func (p *postman) items(items []postmanItem, folders []string, auth *postmanAuth) bool {
	if len(folders) > deepestFolder {
		return p.yield(nil, fmt.Errorf("the Postman collection: folders more than %d deep", deepestFolder))
	}
	for i := range items {
		item := &items[i]
		inherited := auth
		if item.Auth != nil {
			inherited = item.Auth
		}
		path := append(folders[:len(folders):len(folders)], item.Name)
		if item.Request != nil && !p.calls(item, strings.Join(path, "/"), inherited) {
			return false
		}
		if !p.items(item.Items, path, inherited) {
			return false
		}
	}
	return true
}

// calls yields the request of an item, and one exchange for each saved answer.
func (p *postman) calls(item *postmanItem, name string, auth *postmanAuth) bool {
	if !p.call(item.Request, nil, name, auth) {
		return false
	}
	for i := range item.Responses {
		answer := &item.Responses[i]
		request := answer.Original
		if request == nil {
			request = item.Request
		}
		if !p.call(request, answer, name+" ("+answer.Name+")", auth) {
			return false
		}
	}
	return true
}

func (p *postman) call(r *postmanRequest, answer *postmanAnswer, name string, auth *postmanAuth) bool {
	p.number++
	id := strings.TrimSpace(name)
	if id == "" {
		id = ordinal(p.number)
	}
	ex := &faultline.Exchange{ID: id}
	if err := p.request(ex, r, auth); err != nil {
		return p.yield(nil, &RecordError{ID: id, Err: err})
	}
	if answer != nil && answer.Code > 0 {
		ex.Response = &faultline.Response{
			Status: answer.Code, Reason: answer.Reason, Header: answer.Header.fields(p),
			Body: faultline.NewBody([]byte(answer.Body)),
		}
	}
	noteVariables(ex)
	return p.yield(ex, nil)
}

// substitute puts in the variables of the collection. Unknown ones stay.
func (p *postman) substitute(s string) string {
	return (&httpFile{vars: p.vars}).substitute(s)
}
