package schema

import (
	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

func newConstant(n *yaml.Node) constant {
	c := constant{json: string(AppendNode(nil, n))}
	switch n.Kind {
	case yaml.Null:
		c.kind = tape.Null
	case yaml.Bool:
		c.kind = tape.Bool
	case yaml.Number:
		c.kind = tape.Number
		c.num = parseDecimal([]byte(c.json))
	case yaml.String:
		c.kind, c.text = tape.String, n.Text
	default:
		c.kind = tape.Array
		if n.Kind == yaml.Object {
			c.kind = tape.Object
		}
		c.tape = new(tape.Tape)
		if err := tape.Parse(c.tape, []byte(c.json), tape.Limits{}); err != nil {
			panic("schema: " + err.Error()) // AppendNode writes sound JSON
		}
	}
	return c
}

// AppendNode appends a node as JSON without white space.
func AppendNode(dst []byte, n *yaml.Node) []byte {
	switch n.Kind {
	case yaml.Null:
		return append(dst, "null"...)
	case yaml.Bool, yaml.Number:
		return append(dst, n.Text...)
	case yaml.String:
		return tape.AppendQuoted(dst, n.Text)
	case yaml.Array:
		dst = append(dst, '[')
		for i, item := range n.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = AppendNode(dst, item)
		}
		return append(dst, ']')
	}
	dst = append(dst, '{')
	for i := range n.Members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(tape.AppendQuoted(dst, n.Members[i].Key), ':')
		dst = AppendNode(dst, n.Members[i].Value)
	}
	return append(dst, '}')
}
