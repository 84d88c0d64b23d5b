package format

// formats are those of JSON Schema's drafts 4 to 2020-12, and of the OpenAPI
// format registry that say something about strings. Left out as mere notes:
// binary, commonmark, html, password.
var formats = map[string]*Format{
	// JSON Schema 2020-12, Validation, sections 7.3.1 to 7.3.8.
	"date-time":             {dateTime, "a date and time", "2026-11-20T14:30:00Z", dateTimeSent},
	"date":                  {date, "a date", "2026-11-20", dateSent},
	"time":                  {fullTime, "a time with its zone", "14:30:00Z", nil},
	"duration":              {duration, "a duration", "PT15M", nil},
	"email":                 {email, "an e-mail address", "name@example.com", emailSent},
	"idn-email":             {idnEmail, "an e-mail address", "name@example.com", nil},
	"hostname":              {hostname, "a host name", "api.example.com", nil},
	"idn-hostname":          {idnHostname, "a host name", "api.example.com", nil},
	"ipv4":                  {ipv4, "an IPv4 address", "203.0.113.9", nil},
	"ipv6":                  {ipv6, "an IPv6 address", "2001:db8::1", nil},
	"uri":                   {uri, "a URI", "https://example.com/a", nil},
	"uri-reference":         {uriReference, "a URI reference", "/a/b?c=d", nil},
	"iri":                   {iri, "an IRI", "https://example.com/a", nil},
	"iri-reference":         {iriReference, "an IRI reference", "/a/b?c=d", nil},
	"uri-template":          {uriTemplate, "a URI template", "/orders/{id}", nil},
	"uuid":                  {uuid, "a UUID", "123e4567-e89b-12d3-a456-426614174000", nil},
	"json-pointer":          {pointer, "a JSON Pointer", "/items/0", nil},
	"relative-json-pointer": {relativePointer, "a relative JSON Pointer", "1/items", nil},
	"regex":                 {regex, "a regular expression", "^a+$", nil},

	// JSON Schema draft 3, section 5.23: names that documents still have.
	"ip-address": {ipv4, "an IPv4 address", "203.0.113.9", nil},
	"host-name":  {hostname, "a host name", "api.example.com", nil},

	// https://spec.openapis.org/registry/format/
	"byte":            {base64, "base64", "aGVsbG8=", nil},
	"base64url":       {base64URL, "base64url", "aGVsbG8", nil},
	"char":            {char, "a single character", "a", nil},
	"date-time-local": {dateTimeLocal, "a date and time without zone", "2026-11-20T14:30:00", nil},
	"time-local":      {timeLocal, "a time without zone", "14:30:00", nil},
	"http-date":       {httpDate, "a date of HTTP", "Fri, 20 Nov 2026 14:30:00 GMT", nil},
	"decimal":         {decimal, "a decimal number", "19.99", nil},
	"decimal128":      {decimal128, "a decimal number of at most 34 digits", "19.99", nil},
	"media-range":     {mediaRange, "a media range", "application/json", nil},
	"sf-string":       {sfString, "a structured field string", `"text"`, nil},
	"sf-token":        {sfToken, "a structured field token", "token", nil},
	"sf-binary":       {sfBinary, "a structured field byte sequence", ":aGVsbG8=:", nil},
	"sf-boolean":      {sfBoolean, "a structured field boolean", "?1", nil},
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
