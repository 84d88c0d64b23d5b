package format

// formats are those of JSON Schema's drafts 4 to 2020-12, and of the OpenAPI
// format registry that say something about strings. Left out as mere notes:
// binary, commonmark, html, password.
var formats = map[string]*Format{
	// JSON Schema 2020-12, Validation, sections 7.3.1 to 7.3.8.
	"date-time":             {dateTime, "a date and time", "2026-11-20T14:30:00Z"},
	"date":                  {date, "a date", "2026-11-20"},
	"time":                  {fullTime, "a time with its zone", "14:30:00Z"},
	"duration":              {duration, "a duration", "PT15M"},
	"email":                 {email, "an e-mail address", "name@example.com"},
	"idn-email":             {idnEmail, "an e-mail address", "name@example.com"},
	"hostname":              {hostname, "a host name", "api.example.com"},
	"idn-hostname":          {idnHostname, "a host name", "api.example.com"},
	"ipv4":                  {ipv4, "an IPv4 address", "203.0.113.9"},
	"ipv6":                  {ipv6, "an IPv6 address", "2001:db8::1"},
	"uri":                   {uri, "a URI", "https://example.com/a"},
	"uri-reference":         {uriReference, "a URI reference", "/a/b?c=d"},
	"iri":                   {iri, "an IRI", "https://example.com/a"},
	"iri-reference":         {iriReference, "an IRI reference", "/a/b?c=d"},
	"uri-template":          {uriTemplate, "a URI template", "/orders/{id}"},
	"uuid":                  {uuid, "a UUID", "123e4567-e89b-12d3-a456-426614174000"},
	"json-pointer":          {pointer, "a JSON Pointer", "/items/0"},
	"relative-json-pointer": {relativePointer, "a relative JSON Pointer", "1/items"},
	"regex":                 {regex, "a regular expression", "^a+$"},

	// JSON Schema draft 3, section 5.23: names that documents still have.
	"ip-address": {ipv4, "an IPv4 address", "203.0.113.9"},
	"host-name":  {hostname, "a host name", "api.example.com"},

	// https://spec.openapis.org/registry/format/
	"byte":            {base64, "base64", "aGVsbG8="},
	"base64url":       {base64URL, "base64url", "aGVsbG8"},
	"char":            {char, "a single character", "a"},
	"date-time-local": {dateTimeLocal, "a date and time without zone", "2026-11-20T14:30:00"},
	"time-local":      {timeLocal, "a time without zone", "14:30:00"},
	"http-date":       {httpDate, "a date of HTTP", "Fri, 20 Nov 2026 14:30:00 GMT"},
	"decimal":         {decimal, "a decimal number", "19.99"},
	"decimal128":      {decimal128, "a decimal number of at most 34 digits", "19.99"},
	"media-range":     {mediaRange, "a media range", "application/json"},
	"sf-string":       {sfString, "a structured field string", `"text"`},
	"sf-token":        {sfToken, "a structured field token", "token"},
	"sf-binary":       {sfBinary, "a structured field byte sequence", ":aGVsbG8=:"},
	"sf-boolean":      {sfBoolean, "a structured field boolean", "?1"},
}

// A Range is what a numeric format of the OpenAPI format registry allows.
type Range struct {
	Least, Most string // as JSON numbers, both allowed
	Whole       bool   // no fraction
}

// LookupNumber finds what a format says about numbers.
func LookupNumber(name string) (Range, bool) {
	r, ok := ranges[name]
	return r, ok
}

var ranges = map[string]Range{
	"int8":   {"-128", "127", true},
	"int16":  {"-32768", "32767", true},
	"int32":  {"-2147483648", "2147483647", true},
	"int64":  {"-9223372036854775808", "9223372036854775807", true},
	"uint8":  {"0", "255", true},
	"uint16": {"0", "65535", true},
	"uint32": {"0", "4294967295", true},
	"uint64": {"0", "18446744073709551615", true},
	// What rounds to a finite number is in range.
	"float":  {"-3.4028235677973366e38", "3.4028235677973366e38", false},
	"double": {"-1.7976931348623158e308", "1.7976931348623158e308", false},
	// Integers that a double holds without loss, and no neighbour shares.
	"double-int": {"-9007199254740991", "9007199254740991", true},
	// RFC 9651, sections 3.3.1 and 3.3.2.
	"sf-integer": {"-999999999999999", "999999999999999", true},
	"sf-decimal": {"-999999999999.999", "999999999999.999", false},
}
