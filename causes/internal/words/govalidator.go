package words

import "strings"

// goValidator is go-playground/validator where its errors are put into objects by hand, in the form that
// the documentation of Fiber has: a field of a Go struct, the tag that failed, its parameter.
// https://docs.gofiber.io/guide/validation
var goValidator = dialect{
	name: "go-playground/validator",
	speaks: func(n *Node) bool {
		tag := n.Get("tag")
		return tag != nil && tag.shape == text && (n.has("failedfield") || n.has("failed_field") || n.has("namespace"))
	},
	read: func(r *reader, n *Node) {
		name := n.Get("failedfield").Text()
		if name == "" {
			name = n.Get("failed_field").Text()
		}
		if space := n.Get("namespace").Text(); name == "" || space != "" {
			_, name, _ = strings.Cut(space, ".") // the name of the struct is the server's own
		}
		tag, param := n.Get("tag").Text(), n.Get("param").Text()
		kind, expected := tagKind(tag, param)
		if name == "" || kind == Unclear {
			return
		}
		path, _ := split(name)
		message := n.Get("message").Text()
		if message == "" {
			message = name + ": " + strings.TrimSpace(tag+" "+param)
		}
		r.add(Complaint{Kind: kind, Field: path, Text: message, Code: tag, Expected: expected})
	},
}

// tagKind reads a tag of the validator, with its parameter.
// https://pkg.go.dev/github.com/go-playground/validator/v10
func tagKind(tag, param string) (k Kind, expected string) {
	switch tag {
	case "":
		return Unclear, ""
	case "required", "required_if", "required_unless", "required_with", "required_with_all", "required_without", "required_without_all":
		return Missing, ""
	case "boolean", "number", "numeric":
		return Type, tag
	}
	words := map[string]string{
		"min": "at least ", "max": "at most ", "gte": "at least ", "lte": "at most ", "gt": "more than ", "lt": "less than ", "len": "length ", "oneof": "one of ", "eq": "",
	}
	if lead, ok := words[tag]; ok {
		if tag == "oneof" {
			param = strings.ReplaceAll(param, " ", ", ")
		}
		if param == "" {
			return Value, ""
		}
		return Value, lead + param
	}
	return Value, tag
}
