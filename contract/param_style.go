package contract

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/contract/internal/yaml"
)

// stylesIn are the styles that may be used in each part.
var stylesIn = map[faultline.Part][]style{
	faultline.InPath:   {simple, label, matrix},
	faultline.InQuery:  {form, spaceDelimited, pipeDelimited, deepObject},
	faultline.InHeader: {simple},
	faultline.InCookie: {form, cookie},
}

// stylesOf are the styles of a part: a collectionFormat of OpenAPI 2.0 is the
// same in each.
func (l *loader) stylesOf(in faultline.Part) []style {
	if l.old != nil {
		return []style{simple, form, spaceDelimited, pipeDelimited, tabDelimited}
	}
	return stylesIn[in]
}

func (l *loader) readStyle(p *parameter, n *yaml.Node) error {
	if s := n.Get("style"); s != nil {
		found := false
		for _, candidate := range l.stylesOf(p.in) {
			if candidate.String() == s.Text {
				p.style, found = candidate, true
			}
		}
		if !found {
			return &unsupportedError{l.docs.fail(s.Pos, fmt.Sprintf("the style `%s` of the %s parameter `%s` is not known", s.Text, p.in, p.name), "")}
		}
	}
	p.explode = p.style == form || p.style == cookie
	if e := n.Get("explode"); e != nil {
		p.explode = isTrue(e)
	}
	return nil
}

func (l *loader) readParameterSchema(p *parameter, n *yaml.Node) error {
	if c := n.Get("content"); c != nil && len(c.Members) > 0 {
		return l.readParameterContent(p, &c.Members[0])
	}
	node := n.Get("schema")
	if node == nil && l.old == nil {
		l.tolerate(n.Pos, "parameter-schema", fmt.Sprintf("the %s parameter `%s` has neither `schema` nor `content`: any text is taken", p.in, p.name), "add its `schema`")
	}
	id, err := l.schema(node, schema.Request)
	p.id = id
	return err
}

// readParameterContent reads the one media type of a parameter's content
// (OpenAPI 3.1.1, section 4.8.12.2.3).
func (l *loader) readParameterContent(p *parameter, member *yaml.Member) error {
	n, err := l.docs.follow(member.Value)
	if err != nil {
		return err
	}
	p.style, p.explode = content, false
	node := n.Get("schema")
	typ, sub, _ := splitType(member.Key)
	switch p.how = formatOf(typ, sub); p.how {
	case asJSON:
		if node == nil {
			node = l.anyJSON(n.Pos)
		}
	case asForm:
		m, err := l.readMedia(member, schema.Request)
		p.content, p.id = &m, m.id
		return err
	case asText:
		p.how = opaque
	default:
		return &unsupportedError{l.docs.fail(member.Pos, fmt.Sprintf("`%s` as the content of the parameter `%s` is not supported", member.Key, p.name), "")}
	}
	p.id, err = l.schema(node, schema.Request)
	return err
}

// parameterStyle is the Rule of notices about styles.
const parameterStyle = "parameter-style"

// noticeStyles tells of styles that the specification leaves open for what they
// are used for. What is done then is in docs/contract-semantics.md.
func (l *loader) noticeStyles() {
	seen := map[faultline.Source]bool{}
	for _, op := range l.all {
		for i := range op.params {
			p := &op.params[i]
			text := p.openStyle()
			if text == "" || seen[p.source] {
				continue
			}
			seen[p.source] = true
			l.notices = append(l.notices, Notice{Source: p.source, Rule: parameterStyle, Text: text})
		}
	}
}

// openStyle says what the specification leaves open about the parameter's
// style, and how it is read; empty if nothing is.
func (q *parameter) openStyle() string {
	array, object := q.types&schema.ArrayType != 0, q.types&schema.ObjectType != 0
	delimited := q.style == spaceDelimited || q.style == pipeDelimited
	switch {
	case (delimited || q.style == deepObject) && !array && !object:
		return q.open(" for a single value", "it is read as `form`")
	case delimited && q.explode:
		return q.open(" with `explode: true`", "it is read as `form`, `"+q.name+"=a&"+q.name+"=b`")
	case q.style == deepObject && !object:
		return q.open(" for an array", "`"+q.name+"[]=a`, `"+q.name+"[0]=a` and `"+q.name+"=a` are read")
	case q.style == deepObject && !q.explode:
		return q.open(" with `explode: false`", "it is read as with `explode: true`")
	}
	return ""
}

func (q *parameter) open(what, read string) string {
	return fmt.Sprintf("OpenAPI does not define the style `%s`%s, as the %s parameter `%s` has it: %s", q.style, what, q.in, q.name, read)
}

// noticeDefault tells of a default that has no effect: what is required is
// never left out.
func (l *loader) noticeDefault(p *parameter, n *yaml.Node) {
	if p.required && p.in != faultline.InPath && n.Get("schema").Get("default") != nil {
		l.tolerate(n.Pos, "required-default", fmt.Sprintf("the %s parameter `%s` is required and has a default, which has no effect then", p.in, p.name), "drop the default, or `required`")
	}
}
