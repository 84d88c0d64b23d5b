package schema

// A term is where a keyword belongs: the dialects that have it, and its group.
type term struct {
	since, until Dialect
	words        vocabulary // zero: always there
}

const (
	oldest = OpenAPI20
	newest = JSONSchema202012
)

// terms are the keywords that come and go. What is not listed is in all
// dialects; what the dialects of OpenAPI do not have and authors write
// nevertheless is refused by [reader.foreign].
var terms = map[string]term{
	"type":             {oldest, newest, validation},
	"enum":             {oldest, newest, validation},
	"const":            {JSONSchemaDraft6, newest, validation},
	"multipleOf":       {oldest, newest, validation},
	"minimum":          {oldest, newest, validation},
	"maximum":          {oldest, newest, validation},
	"exclusiveMinimum": {oldest, newest, validation},
	"exclusiveMaximum": {oldest, newest, validation},
	"minLength":        {oldest, newest, validation},
	"maxLength":        {oldest, newest, validation},
	"pattern":          {oldest, newest, validation},
	"minItems":         {oldest, newest, validation},
	"maxItems":         {oldest, newest, validation},
	"uniqueItems":      {oldest, newest, validation},
	"minContains":      {JSONSchema201909, newest, validation},
	"maxContains":      {JSONSchema201909, newest, validation},
	"minProperties":    {oldest, newest, validation},
	"maxProperties":    {oldest, newest, validation},
	"required":         {oldest, newest, validation},

	"dependentRequired": {JSONSchema201909, newest, validation},

	"allOf":                {oldest, newest, applicators},
	"anyOf":                {OpenAPI30, newest, applicators},
	"oneOf":                {OpenAPI30, newest, applicators},
	"not":                  {OpenAPI30, newest, applicators},
	"if":                   {JSONSchemaDraft7, newest, applicators},
	"then":                 {JSONSchemaDraft7, newest, applicators},
	"else":                 {JSONSchemaDraft7, newest, applicators},
	"items":                {oldest, newest, applicators},
	"prefixItems":          {JSONSchema202012, newest, applicators},
	"additionalItems":      {JSONSchemaDraft4, JSONSchema201909, applicators},
	"contains":             {JSONSchemaDraft6, newest, applicators},
	"properties":           {oldest, newest, applicators},
	"patternProperties":    {JSONSchemaDraft4, newest, applicators},
	"additionalProperties": {oldest, newest, applicators},
	"propertyNames":        {JSONSchemaDraft6, newest, applicators},
	"dependentSchemas":     {JSONSchema201909, newest, applicators},

	// Not in the last two, and honoured there: section 10 of both says how.
	"dependencies": {JSONSchemaDraft4, newest, applicators},

	"unevaluatedItems":      {JSONSchema201909, newest, unevaluated},
	"unevaluatedProperties": {JSONSchema201909, newest, unevaluated},

	"format":           {oldest, newest, formatting},
	"contentEncoding":  {JSONSchemaDraft7, newest, contents},
	"contentMediaType": {JSONSchemaDraft7, newest, contents},
	"contentSchema":    {JSONSchema201909, newest, contents},

	"$anchor":        {JSONSchema201909, newest, 0},
	"$dynamicAnchor": {JSONSchema202012, newest, 0},
	"$dynamicRef":    {JSONSchema202012, newest, 0},
	"$recursiveRef":  {JSONSchema201909, newest, 0},
}

// has reports whether a keyword means something in the mode.
func (m mode) has(keyword string) bool {
	t, listed := terms[keyword]
	return !listed || m.dialect >= t.since && m.dialect <= t.until && (t.words == 0 || m.words&t.words != 0)
}

// The answers below are what the readers ask of a dialect; the tables above
// have the rest.

// booleans reports whether true and false are schemas.
func (d Dialect) booleans() bool { return d >= JSONSchemaDraft6 }

// flags reports whether exclusiveMinimum and its twin are booleans.
func (d Dialect) flags() bool { return d <= JSONSchemaDraft4 }

// aloneRefs reports whether what stands beside $ref is ignored.
func (d Dialect) aloneRefs() bool { return d <= JSONSchemaDraft7 }

// tuples reports whether items may be a list of schemas.
func (d Dialect) tuples() bool { return d >= JSONSchemaDraft4 && d <= JSONSchema201909 }

// identifier is the keyword that gives a schema an address; empty if there is
// none.
func (d Dialect) identifier() string {
	switch {
	case d.openAPI():
		return ""
	case d == JSONSchemaDraft4:
		return "id"
	}
	return "$id"
}
