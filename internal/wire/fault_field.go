package wire

// Faults of field lines, in heads and in trailer sections (RFC 9112, section 5).
var (
	fieldFirstSpace = declare(Fault{
		Name: "first-field-space", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "white space stands between the first line and the first field", Want: "the name of a field as the first byte",
		Source: "RFC 9112, section 2.2: such a line hides a field from some readers", Fix: "begin the line with the name of the field",
	})
	fieldFolded = declare(Fault{
		Name: "obs-fold", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the line begins with white space: folded fields are obsolete and read in two ways", Want: "the whole field on one line",
		Source: "RFC 9112, section 5.2", Fix: "write the field on one line, and take line breaks out of its value", Plain: true,
	})
	fieldSpaceColon = declare(Fault{
		Name: "space-before-colon", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "white space stands before the colon of the field `%s`", Want: "the colon right after the name",
		Source: "RFC 9112, section 5.1: a server must refuse it, since it hides a field from some readers", Fix: "take out the white space before the colon", Plain: true,
	})
	fieldNameSpace = declare(Fault{
		Name: "field-name-space", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the field name `%s` is followed by white space and no colon", Want: "a colon",
		Source: "RFC 9112, section 5", Fix: "write the field as name, colon and value on one line",
	})
	fieldNoColon = declare(Fault{
		Name: "field-colon-missing", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the line has no colon", Want: "a field: name, colon and value",
		Source: "RFC 9112, section 5", Fix: "write the field as name, colon and value on one line",
	})
	fieldNoName = declare(Fault{
		Name: "field-name-missing", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the field has no name before the colon", Want: "a name",
		Source: "RFC 9110, section 5.1", Fix: "put the name before the colon, or leave the line out",
	})
	fieldNameControl = declare(Fault{
		Name: "field-name-control", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "%s stands in a field name", Want: "letters, digits and `-`",
		Source: "RFC 9110, section 5.1", Fix: "take out the character: it came with a name that was copied or computed",
	})
	fieldNameNonASCII = declare(Fault{
		Name: "field-name-non-ascii", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "%s stands in a field name, which is ASCII", Want: "letters, digits and `-`",
		Source: "RFC 9110, section 5.1", Fix: "name the field in ASCII; look for dashes and spaces that were copied from a text",
	})
	fieldNameInvalid = declare(Fault{
		Name: "field-name-invalid", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "%s cannot stand in a field name", Want: "letters, digits and ``!#$%&'*+-.^_`|~``",
		Source: "RFC 9110, section 5.6.2", Fix: "name the field with letters, digits and `-`",
	})
	fieldValueControl = declare(Fault{
		Name: "field-value-control", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "%s stands in the value of the field `%s`", Want: "text without control characters",
		Source: "RFC 9110, section 5.5", Fix: "take the character out of the value, or encode the value",
	})
	framingUnderscore = declare(Fault{
		Name: "framing-underscore", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the field `%s` is spelt with an underscore: some servers take it for `%s`", Want: "`%s`",
		Source: "RFC 3875, section 4.1.18: CGI, WSGI and Rack name both spellings alike", Fix: "spell the field with a hyphen, or leave it out",
	})
)
