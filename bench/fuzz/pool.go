package fuzz

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/faultline-http/faultline/bench/official"
)

// A pool has the schemas and values of the tests of a draft.
type pool struct {
	draft   string
	remotes map[string][]byte
	groups  []drawn
	values  []any
}

// drawn is a schema of the suite with the values that are held to it there.
type drawn struct {
	schema any
	values []any
}

// pools reads the suite, a pool for each draft. The tests of formats are left out.
func pools(dir string) ([]*pool, error) {
	remotes, err := official.Remotes(dir)
	if err != nil {
		return nil, err
	}
	var out []*pool
	for _, draft := range official.Drafts {
		groups, err := official.Groups(dir, draft)
		if err != nil {
			return nil, err
		}
		p := &pool{draft: draft, remotes: remotes}
		for i := range groups {
			if groups[i].Section != "format" && groups[i].File != "optional/format-assertion.json" {
				p.add(&groups[i])
			}
		}
		out = append(out, p)
	}
	return out, nil
}

func (p *pool) add(g *official.Group) {
	d := drawn{schema: decode(g.Schema)}
	for i := range g.Tests {
		d.values = append(d.values, decode(g.Tests[i].Data))
	}
	p.groups = append(p.groups, d)
	p.values = append(p.values, d.values...)
}

// older reports whether in the draft nothing counts beside $ref.
func (p *pool) older() bool { return slices.Index(official.Drafts, p.draft) < 3 }

func (p *pool) options() official.Options {
	return official.Options{Draft: p.draft, Remotes: p.remotes, Notes: true}
}

// decode reads JSON with its numbers as they are written.
func decode(raw []byte) any {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		panic("the suite is no JSON: " + err.Error())
	}
	return v
}

func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // what was decoded can be encoded
	}
	return bytes.TrimSpace(out.Bytes())
}

// clone copies what is changed later.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, value := range v {
			out[name] = clone(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = clone(v[i])
		}
		return out
	}
	return v
}
