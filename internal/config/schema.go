package config

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// Schema is the JSON Schema of the configuration, for editors.
func Schema() []byte {
	s := model(&Config{}).schema()
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["title"] = "faultline.yaml"
	s["description"] = "The configuration of faultline."
	s["patternProperties"] = map[string]any{"^x-": map[string]any{"description": "Left alone: a place for anchors."}}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		panic(err) // a mistake in the model
	}
	return b.Bytes()
}

func (o *object) schema() map[string]any {
	properties := map[string]any{}
	var required []any
	for i := range o.keys {
		k := &o.keys[i]
		properties[k.name] = k.schema()
		if k.required {
			required = append(required, k.name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if required != nil {
		out["required"] = required
	}
	if o.short == "" {
		return out
	}
	return map[string]any{"anyOf": []any{o.key(o.short).value.schema(), out}}
}

// schema is that of the value with the words of the key.
func (k *key) schema() map[string]any {
	s := k.value.schema()
	s["description"] = strings.ToUpper(k.doc[:1]) + k.doc[1:] + "."
	if k.def != "" {
		s["default"] = plain(mustParse(k.def))
	}
	if k.example != "" {
		s["examples"] = []any{plain(mustParse(k.example))}
	}
	return s
}

func (l *list[T]) schema() map[string]any { return listSchema(l.element().schema()) }

// listSchema takes a list, or a single value for a list of one.
func listSchema(item map[string]any) map[string]any {
	return map[string]any{"anyOf": []any{item, map[string]any{"type": "array", "items": item}}}
}

// plain turns a value of the model into what encoding/json writes.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.Null:
		return nil
	case yaml.Bool:
		return n.Text == "true"
	case yaml.Number:
		return json.Number(n.Text)
	case yaml.String:
		return n.Text
	case yaml.Array:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = plain(item)
		}
		return out
	}
	out := map[string]any{}
	for _, m := range n.Members {
		out[m.Key] = plain(m.Value)
	}
	return out
}
