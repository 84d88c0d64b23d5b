package contract

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// parameterStyle is the Rule of notices about styles.
const parameterStyle = "parameter-style"

// noticeStyles tells of styles that the specification leaves open for what they
// are used for. What is done then is in docs/contract-semantics.md.
func (l *loader) noticeStyles() {
	seen := map[faultline.Source]bool{}
	for _, op := range l.all {
		for i := range op.params {
			p := &op.params[i]
			text, remedy := p.openStyle()
			if text == "" || seen[p.source] {
				continue
			}
			seen[p.source] = true
			l.tolerateAt(p.source, parameterStyle, text, remedy)
		}
	}
}

// openStyle says what the specification leaves open about the parameter's
// style, and how it is read; empty if nothing is.
func (q *parameter) openStyle() (text, remedy string) {
	const asForm = "it is read as `form`"
	array, object := q.types&schema.ArrayType != 0, q.types&schema.ObjectType != 0
	delimited := q.style == spaceDelimited || q.style == pipeDelimited
	switch {
	case (delimited || q.style == deepObject) && !array && !object:
		return q.open(" for a single value", asForm), "drop `style`"
	case delimited && q.explode:
		return q.open(" with `explode: true`", asForm+", `"+q.name+"=a&"+q.name+"=b`"), "write `style: form`, or `explode: false`"
	case q.style == deepObject && !object:
		return q.open(" for an array", "`"+q.name+"[]=a`, `"+q.name+"[0]=a` and `"+q.name+"=a` are read"),
			"write `style: form`, with the brackets in the name if they are sent"
	case q.style == deepObject && !q.explode:
		return q.open(" with `explode: false`", "it is read as with `explode: true`"), "write `explode: true`"
	}
	return "", ""
}

func (q *parameter) open(what, read string) string {
	return fmt.Sprintf("OpenAPI does not define the style `%s`%s, as the %s parameter `%s` has it: %s", q.style, what, q.in, q.name, read)
}

// noticeDefault tells of a default that has no effect: what is required is
// never left out.
func (l *loader) noticeDefault(p *parameter, n *yaml.Node) {
	if p.required && p.in != faultline.InPath && n.Get("schema").Get("default") != nil {
		l.tolerate(n.Pos, "required-default", fmt.Sprintf("the %s parameter `%s` is required and has a default, which has no effect then", p.in, p.name),
			"drop `required` or `default`")
	}
}

// noticeWhole tells of a parameter that is the whole query and is not the only
// one there (OpenAPI 3.2.0, Parameter Locations).
func (l *loader) noticeWhole(op *Operation) {
	var whole, other *parameter
	for i := range op.params {
		switch p := &op.params[i]; {
		case p.whole:
			whole = p
		case p.in == faultline.InQuery:
			other = p
		}
	}
	if whole != nil && other != nil {
		l.tolerateAt(whole.source, "querystring-alone", fmt.Sprintf("the parameter `%s` is the whole query, beside `%s` in it: OpenAPI does not define what the two say together; both are judged", whole.name, other.name),
			"let the schema of `"+whole.name+"` say what `"+other.name+"` is")
	}
}
