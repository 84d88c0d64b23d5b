package contract

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
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
	if p.whole {
		return &unsupportedError{l.docs.fail(n.Pos, fmt.Sprintf("the parameter `%s` is the whole query and has no `content`", p.name), "add `content` with the media type of the query")}
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
	case asBytes: // as application/jsonpath, which is text
		if node != nil && text(node, "type") != "string" {
			return l.unreadableContent(p, member)
		}
		p.how = opaque
	default:
		return l.unreadableContent(p, member)
	}
	p.id, err = l.schema(node, schema.Request)
	return err
}

func (l *loader) unreadableContent(p *parameter, member *yaml.Member) error {
	return &unsupportedError{l.docs.fail(member.Pos, fmt.Sprintf("`%s` as the content of the parameter `%s` is not supported", member.Key, p.name), "")}
}
