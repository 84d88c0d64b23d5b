package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// An encoding is the Encoding Object of one field of a form.
type encoding struct {
	style       style
	explode     bool
	styled      bool     // style, explode or allowReserved is said: contentType is ignored
	contentType []string // media types and ranges; empty: not said
	headers     []parameter
	source      faultline.Source
}

// readEncodings reads what is said of the fields of a form, or of the parts of
// a multipart body by position.
func (l *loader) readEncodings(m *media, n *yaml.Node, dir schema.Direction) error {
	if how := formatOf(m.typ, m.sub); how != asForm && how != asMultipart {
		return nil
	}
	if fields := n.Get("encoding"); fields != nil && len(fields.Members) > 0 {
		m.fields = map[string]encoding{}
		for i := range fields.Members {
			e, err := l.readEncoding(fields.Members[i].Value, dir)
			if err != nil {
				return err
			}
			m.fields[fields.Members[i].Key] = e
		}
	}
	if list := n.Get("prefixEncoding"); list != nil {
		for _, item := range list.Items {
			e, err := l.readEncoding(item, dir)
			if err != nil {
				return err
			}
			m.prefix = append(m.prefix, e)
		}
	}
	if item := n.Get("itemEncoding"); item != nil {
		e, err := l.readEncoding(item, dir)
		m.rest = &e
		return err
	}
	return nil
}

func (l *loader) readEncoding(n *yaml.Node, dir schema.Direction) (encoding, error) {
	e := encoding{style: form, explode: true, source: source(n.Pos)}
	if s := n.Get("style"); s != nil {
		e.styled = true
		for _, candidate := range l.stylesOf(faultline.InQuery) {
			if candidate.String() == s.Text {
				e.style = candidate
			}
		}
		e.explode = e.style == form
	}
	if x := n.Get("explode"); x != nil {
		e.explode, e.styled = isTrue(x), true
	}
	if n.Get("allowReserved") != nil {
		e.styled = true
	}
	if c := n.Get("contentType"); c != nil {
		for name := range strings.SplitSeq(c.Text, ",") {
			if name = strings.TrimSpace(name); name != "" {
				e.contentType = append(e.contentType, name)
			}
		}
	}
	var err error
	e.headers, err = l.readHeadersOf(n.Get("headers"), dir)
	return e, err
}

// says reports whether the field is declared to have a type that fits; the style
// takes the place of a type.
func (e *encoding) says(fits func(string) bool) bool {
	if e.styled {
		return false
	}
	for _, name := range e.contentType {
		if fits(mediaTypeOf(name)) {
			return true
		}
	}
	return false
}

// takes reports whether a part may have a type.
func (e *encoding) takes(contentType string) bool {
	if e.styled || len(e.contentType) == 0 {
		return true
	}
	typ, sub, ok := splitType(contentType)
	for _, name := range e.contentType {
		m := media{params: parametersOf(name)}
		m.typ, m.sub, _ = strings.Cut(mediaTypeOf(name), "/")
		if ok && m.fits(typ, sub, contentType) > 0 {
			return true
		}
	}
	return false
}
