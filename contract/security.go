package contract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// requirements are the alternatives of which one has to be met.
type requirements struct {
	sets   [][]SecurityScheme
	source faultline.Source
}

// optional reports whether a call without any credential keeps the contract.
func (r *requirements) optional() bool {
	for _, set := range r.sets {
		if len(set) == 0 {
			return true
		}
	}
	return len(r.sets) == 0
}

// A declaredScheme is an entry of components.securitySchemes.
type declaredScheme struct {
	SecurityScheme
	err error // why no requirement can be met by it
}

// readSchemes reads the security schemes. One that is broken leaves the
// operations unverified that require it.
func (l *loader) readSchemes() {
	list := l.root.Get("components").Get("securitySchemes")
	if l.old != nil {
		list = l.root.Get("securityDefinitions")
	}
	if list == nil {
		return
	}
	for i := range list.Members {
		m := &list.Members[i]
		l.schemes[m.Key] = l.declared(m)
	}
}

func (l *loader) declared(m *yaml.Member) *declaredScheme {
	n, err := l.docs.follow(m.Value)
	if err != nil {
		return &declaredScheme{err: err}
	}
	if l.old != nil {
		n = l.old.scheme(n)
	}
	s, err := l.readScheme(m, n)
	return &declaredScheme{s, err}
}

func (l *loader) readScheme(m *yaml.Member, n *yaml.Node) (SecurityScheme, error) {
	s := SecurityScheme{
		Name:         m.Key,
		Type:         text(n, "type"),
		Scheme:       strings.ToLower(text(n, "scheme")),
		BearerFormat: text(n, "bearerFormat"),
		Issuer:       text(n, "x-issuer"),
		Audience:     text(n, "x-audience"),
		Source:       source(m.Pos),
	}
	switch s.Type {
	case "apiKey":
		s.In, s.Field = faultline.Part(text(n, "in")), text(n, "name")
		switch s.In {
		case faultline.InHeader, faultline.InQuery, faultline.InCookie:
		default:
			return s, l.docs.fail(n.Pos, fmt.Sprintf("the security scheme `%s` does not say where its key stands", m.Key), "add `in` with one of header, query and cookie")
		}
		if s.Field == "" {
			return s, l.docs.fail(n.Pos, fmt.Sprintf("the security scheme `%s` does not name its key", m.Key), "add `name`")
		}
	case "http":
		if s.Scheme == "" {
			return s, l.docs.fail(n.Pos, fmt.Sprintf("the security scheme `%s` does not name its HTTP scheme", m.Key), "add `scheme`, such as bearer or basic")
		}
	case "oauth2":
		l.checkFlows(m, n)
	case "openIdConnect", "mutualTLS":
	default:
		return s, l.docs.fail(n.Pos, fmt.Sprintf("the security scheme `%s` has the type `%s`, which OpenAPI does not know", m.Key, s.Type),
			"write one of apiKey, http, oauth2, openIdConnect and mutualTLS")
	}
	return s, nil
}

func text(n *yaml.Node, key string) string {
	if v := n.Get(key); v != nil {
		return v.Text
	}
	return ""
}

func (l *loader) readSecurity(n *yaml.Node) (requirements, error) {
	if n == nil || n.Kind == yaml.Null {
		return requirements{}, nil
	}
	out := requirements{source: source(n.Pos)}
	if n.Kind != yaml.Array {
		return out, l.docs.fail(n.Pos, "`security` must be a list of requirements", "")
	}
	for _, item := range n.Items {
		set := []SecurityScheme{}
		for i := range item.Members {
			m := &item.Members[i]
			s, err := l.scheme(m)
			if err != nil {
				return out, err
			}
			for _, scope := range m.Value.Items {
				s.Scopes = append(s.Scopes[:len(s.Scopes):len(s.Scopes)], scope.Text)
			}
			set = append(set, s)
		}
		out.sets = append(out.sets, set)
	}
	return out, nil
}

// scheme finds what a requirement names: a scheme of the components or, in
// OpenAPI 3.2, one by its URI (section 4.8.30).
func (l *loader) scheme(m *yaml.Member) (SecurityScheme, error) {
	found := l.schemes[m.Key]
	if found == nil && l.v32 && strings.ContainsAny(m.Key, "/#:.") {
		n, err := l.docs.resolve(m.Key, m.Pos)
		if err != nil {
			return SecurityScheme{}, err
		}
		found = l.declared(&yaml.Member{Key: m.Key, Pos: m.Pos, Value: n})
		l.schemes[m.Key] = found
	}
	if found == nil {
		return SecurityScheme{}, l.unknownScheme(m)
	}
	return found.SecurityScheme, found.err
}

func (l *loader) unknownScheme(m *yaml.Member) *Error {
	names := slices.Sorted(maps.Keys(l.schemes))
	remedy := "declare it below components.securitySchemes"
	if near := nearest(m.Key, names); near != "" {
		remedy = fmt.Sprintf("write `%s`, which is declared", near)
	}
	return l.docs.fail(m.Pos, fmt.Sprintf("the security scheme `%s` is not declared", m.Key), remedy)
}

// Security are the alternatives of which one has to be met, each a set of
// schemes that are needed together; nil if none is required. An empty set says
// that a call may go without a credential.
func (op *Operation) Security() [][]SecurityScheme { return op.security.sets }
