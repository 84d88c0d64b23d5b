package words

// spring is a field error of a BindingResult, as Spring Boot sends it with
// server.error.include-binding-errors: a binding failure is a value of another type, whatever the
// message says.
// https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/validation/FieldError.html
var spring = dialect{
	name:   "Spring",
	speaks: func(n *Node) bool { return n.has("field", "bindingFailure") },
	amend: func(n *Node, c *Complaint) {
		if n.Get("bindingFailure").Text() == "true" {
			c.Kind = Type
		}
	},
}
