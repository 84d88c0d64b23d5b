package contract

import (
	"fmt"
	"iter"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// methods are the fixed fields of a Path Item (OpenAPI 3.1.0, section 4.8.9).
// OpenAPI 2.0 has no trace, and OpenAPI 3.2 has query.
var methods = [...]string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// A methodMember is an operation in a path item.
type methodMember struct {
	method string
	*yaml.Member
}

// operationsOf yields the operations of a path item, those of
// additionalOperations (OpenAPI 3.2.0, section 4.8.1) included.
func (l *loader) operationsOf(item *yaml.Node) iter.Seq[methodMember] {
	return func(yield func(methodMember) bool) {
		for i := range item.Members {
			m := &item.Members[i]
			if m.Key == "additionalOperations" && l.v32 {
				if !l.additional(m.Value, yield) {
					return
				}
				continue
			}
			if method, is := l.methodOf(m); is && !yield(methodMember{method, m}) {
				return
			}
		}
	}
}

func (l *loader) methodOf(m *yaml.Member) (string, bool) {
	if m.Key == "query" && l.v32 {
		return "QUERY", true
	}
	for _, method := range methods {
		switch {
		case method == m.Key:
			return strings.ToUpper(method), true
		case strings.EqualFold(method, m.Key):
			l.tolerate(m.Pos, "method-case", fmt.Sprintf("the method `%s` is written in small letters in OpenAPI", m.Key), fmt.Sprintf("write `%s`", method))
			return strings.ToUpper(method), true
		}
	}
	return "", false
}

// additional yields operations whose key is the method as it is sent.
func (l *loader) additional(list *yaml.Node, yield func(methodMember) bool) bool {
	for i := range list.Members {
		m := &list.Members[i]
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		if l.isFixed(m.Key) {
			l.tolerate(m.Pos, "additional-method", fmt.Sprintf("`%s` has a field of its own and must not stand in additionalOperations: it counts", m.Key),
				fmt.Sprintf("write it as `%s` in the path item itself", strings.ToLower(m.Key)))
		}
		if !yield(methodMember{m.Key, m}) {
			return false
		}
	}
	return true
}

func (l *loader) isFixed(method string) bool {
	for _, fixed := range methods {
		if strings.ToUpper(fixed) == method {
			return true
		}
	}
	return method == "QUERY"
}

// overridden reports whether an earlier part of a path item has the operation:
// what stands beside a $ref hides what that leads to.
func (l *loader) overridden(item []*yaml.Node, part *yaml.Node, found methodMember) bool {
	for _, earlier := range item {
		if earlier == part {
			return false
		}
		for other := range l.operationsOf(earlier) {
			if other.method == found.method {
				return true
			}
		}
	}
	return false
}
