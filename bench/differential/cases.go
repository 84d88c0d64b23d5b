// Package differential holds our verdicts against those of the peers, on every
// case of the table of semantics.
// Where they differ, disagreements.yaml says who is right, and why.
package differential

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Case is one message of the table, with the contract that it is held to.
type Case struct {
	ID       string // "query/form, one value/3.0.4/an integer"
	Follows  string // the section of the specification
	Contract []byte // OpenAPI, JSON
	Method   string
	Target   string
	Header   http.Header
	Body     []byte
	Answer   *Answer // judged in place of the request, if there is one
	Valid    bool
}

// An Answer is a response.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

type group struct {
	About      string
	Follows    string
	OpenAPI    any `yaml:"openapi"`
	Path       string
	Method     string
	Parameters []any
	Operation  map[string]any
	Components map[string]any
	Contract   map[string]any
	Options    map[string]any
	Notices    []string
	Cases      []row
}

type row struct {
	Name    string
	Follows string
	Send    string
	message `yaml:",inline"`
	Answer  *struct {
		Status  int
		message `yaml:",inline"`
	}
	Valid    bool
	Unjudged bool
	Invalid  string
	Route    string
}

type message struct {
	Header []string
	JSON   any `yaml:"json"`
	Form   *string
	Body   string
}

// Cases reads the table in a folder. What is not judged, or is about our strict
// mode, is left out: the peers have no such thing.
func Cases(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(err, fmt.Errorf("no tables in %s", dir))
	}
	var out []Case
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var groups []group
		if err := yaml.Unmarshal(raw, &groups); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for i := range groups {
			cases, err := groups[i].cases(strings.TrimSuffix(filepath.Base(file), ".yaml"))
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", file, groups[i].About, err)
			}
			out = append(out, cases...)
		}
	}
	return out, nil
}

func (g *group) cases(file string) ([]Case, error) {
	if len(g.Options) > 0 {
		return nil, nil
	}
	var out []Case
	for _, version := range versions(g.OpenAPI) {
		contract, err := g.contract(version)
		if err != nil {
			return nil, err
		}
		for i := range g.Cases {
			r := &g.Cases[i]
			if r.Unjudged || !r.Valid && r.Invalid == "" {
				continue
			}
			c, err := g.read(r)
			if err != nil {
				return nil, err
			}
			c.ID, c.Contract = file+"/"+g.About+"/"+version+"/"+r.Name, contract
			out = append(out, c)
		}
	}
	return out, nil
}

// read is the message of a row.
func (g *group) read(r *row) (c Case, err error) {
	c.Valid, c.Follows = r.Valid, or(r.Follows, g.Follows)
	c.Method, c.Target, _ = strings.Cut(r.Send, " ")
	if c.Method == "" {
		c.Method, c.Target = strings.ToUpper(or(g.Method, "get")), or(g.Path, "/t")
	}
	if c.Header, c.Body, err = r.wire(); err != nil || r.Answer == nil {
		return c, err
	}
	c.Answer = &Answer{Status: r.Answer.Status}
	if c.Answer.Status == 0 {
		c.Answer.Status = http.StatusOK
	}
	c.Answer.Header, c.Answer.Body, err = r.Answer.wire()
	return c, err
}

func versions(v any) []string {
	list, ok := v.([]any)
	if !ok {
		return []string{fmt.Sprint(v)}
	}
	var out []string
	for _, item := range list {
		out = append(out, fmt.Sprint(item))
	}
	return out
}

// contract writes the document of a group in one version.
func (g *group) contract(version string) ([]byte, error) {
	doc := map[string]any{"info": map[string]any{"title": "T", "version": "1"}}
	if strings.HasPrefix(version, "2.") {
		doc["swagger"] = version
	} else {
		doc["openapi"] = version
	}
	maps.Copy(doc, g.Contract)
	if g.Contract == nil {
		operation := map[string]any{"responses": map[string]any{"200": map[string]any{"description": "ok"}}}
		maps.Copy(operation, g.Operation)
		if g.Parameters != nil {
			operation["parameters"] = g.Parameters
		}
		doc["paths"] = map[string]any{or(g.Path, "/t"): map[string]any{or(g.Method, "get"): operation}}
	}
	if g.Components != nil {
		doc["components"] = g.Components
	}
	return json.Marshal(texts(doc))
}

// texts makes the keys of YAML maps the texts that JSON has.
func texts(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			v[name] = texts(value)
		}
		return v
	case map[any]any:
		out := map[string]any{}
		for name, value := range v {
			out[fmt.Sprint(name)] = texts(value)
		}
		return out
	case []any:
		for i := range v {
			v[i] = texts(v[i])
		}
	}
	return v
}

// wire are the header and the body as they are sent.
func (m *message) wire() (http.Header, []byte, error) {
	h := http.Header{}
	for _, line := range m.Header {
		name, value, _ := strings.Cut(line, ":")
		h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	switch {
	case m.Form != nil:
		h.Add("Content-Type", "application/x-www-form-urlencoded")
		return h, []byte(*m.Form), nil
	case m.JSON != nil:
		h.Add("Content-Type", "application/json")
		if text, ok := m.JSON.(string); ok {
			return h, []byte(text), nil
		}
		body, err := json.Marshal(texts(m.JSON))
		return h, body, err
	}
	return h, []byte(m.Body), nil
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
