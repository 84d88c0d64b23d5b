package contract

import "github.com/faultline-http/faultline"

// Kind is what sort of departure from the contract a violation is. Together
// with the part of the message (At.In) it names the cause: Missing in a body is
// body.missing-field, Missing in a header is header.missing.
type Kind uint8

// The kinds of violations.
const (
	Missing          Kind = iota // a required member, parameter or header is absent
	Unknown                      // a member or parameter that the contract does not allow
	Type                         // wrong JSON type, or text that cannot be read as the declared type
	Value                        // right type, refused value: enum, range, pattern, format, length
	Null                         // null where null is not allowed
	Syntax                       // the body is not well formed JSON (or form, ...)
	Duplicate                    // the same key twice in one object
	Serialization                // a parameter in another style than declared
	BodyMissing                  // an empty body where one is required
	MediaTypeMissing             // a body without Content-Type
	MediaType                    // a Content-Type that the operation does not take
	Coding                       // Content-Encoding or charset that does not fit the bytes
	Credential                   // none of the required security schemes is satisfied in form
	Status                       // response: a status that the contract does not document
	NotAcceptable                // an Accept that no declared answer fits
)

// A Violation is one departure of an exchange from its contract.
type Violation struct {
	Kind    Kind
	Keyword string             // the JSON Schema keyword or OpenAPI field that says so: "required", "type", "enum", "style", "security"
	At      faultline.Location // of the value; for something missing, of the parent (Field names it)
	Field   string             // the member, parameter or header that is missing or unknown
	Message string             // "`quantity` must be an integer"
	Want    string             // in words: "integer, at least 1"
	Found   string             // in words: `string "3"`
	Detail  faultline.Detail   // both for machines
	Source  faultline.Source   // line of the contract
	Schema  string             // name of the component schema nearest above: "OrderCreate"; empty if none

	// SchemaPointer is the keyword that speaks, as a JSON Pointer from the root
	// of its schema document ("/properties/quantity/type"), and SchemaURI the same
	// as a URI with the $id around it. Filled by [Schema.Explain]; elsewhere Source
	// says it.
	SchemaPointer string
	SchemaURI     string

	// Undeclared are the members of the same object that its schema does not
	// declare, and Declared the names that it does declare: from the two a
	// misspelt field can be told. Filled for Missing and Unknown in bodies.
	Undeclared []Member
	Declared   []string

	// Meant is the JSON of the value that was probably meant, where the mistake
	// is known for what it is; it keeps the schema. Keeps says that it means the
	// same as what was sent. Wrapped is true for an unknown member whose own
	// value, Meant, belongs in the place of the object around it.
	Meant          string
	Keeps, Wrapped bool

	// Spare says of Null that the member may as well be left out.
	Spare bool

	// Caret is what to say beside the carets: of Syntax, or of Meant. Syntax is
	// the whole story of a body that is not JSON (an *tape.SyntaxError).
	Caret  string
	Syntax error

	// Others counts the branches of a oneOf or anyOf that were not meant and
	// are therefore not explained.
	Others int

	// Schemes are the security requirements of which one has to be met, for
	// Credential: the alternatives, each a set of schemes.
	Schemes [][]SecurityScheme
}

// A Member is one member of an object in a body.
type Member struct {
	Name  string
	Key   faultline.Span // of the name, between its quotes
	Value faultline.Span
	Type  string // JSON type of the value
}

// A SecurityScheme is one way to carry a credential, as the contract declares it.
type SecurityScheme struct {
	Name         string         // its key in components.securitySchemes
	Type         string         // "apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"
	Scheme       string         // of http, lower case: "bearer", "basic"
	In           faultline.Part // of apiKey: InHeader, InQuery, InCookie
	Field        string         // of apiKey: the name of the header, parameter or cookie
	BearerFormat string
	Scopes       []string
	Issuer       string // x-issuer
	Audience     string // x-audience
	Source       faultline.Source
}
