package words

import "strings"

// codes are machine-readable names of mistakes, folded by foldCode, from many systems. What a code
// means in all systems that use it stands here; what only one system means by it does not.
var codes = map[string]Kind{
	// absent
	"missing": Missing, "required": Missing, "missingfield": Missing, "anyrequired": Missing, "valueerrormissing": Missing,
	"parametermissing": Missing, "missingparameter": Missing, "missingrequiredparameter": Missing, "requiredparameter": Missing,
	"fieldrequired": Missing, "requiredfield": Missing, "missingrequiredfield": Missing, "missingheader": Missing,
	"missingrequiredheader": Missing, "missingrequiredqueryparameter": Missing, "isdefined": Missing, "isnotempty": Missing,
	"notblank": Missing, "notempty": Missing, "notprovided": Missing, "requiredproperty": Missing, "missingproperty": Missing,
	"requiredfieldmissing": Missing, "argumentrequired": Missing, "missingargument": Missing, "missingrequiredargument": Missing,
	"parameterrequired": Missing, "missingattribute": Missing, "missingdata": Missing, "missingvalue": Missing, "objectmissing": Missing,
	"missingargumenterror": Missing, "argumentnull": Missing, "missingrequiredparameters": Missing,
	// not known
	"extraforbidden": Unknown, "valueerrorextra": Unknown, "additionalproperties": Unknown, "unrecognizedkeys": Unknown,
	"objectunknown": Unknown, "unknownfield": Unknown, "unknownparameter": Unknown, "parameterunknown": Unknown,
	"unknownproperty": Unknown, "unknownattribute": Unknown, "undefinedfield": Unknown, "whitelistvalidation": Unknown,
	"unexpectedfield": Unknown, "unexpectedproperty": Unknown, "unexpectedparameter": Unknown, "limitunexpectedfile": Unknown,
	"unsupportedqueryparameter": Unknown, "unsupportedparameter": Unknown, "unevaluatedproperties": Unknown, "unknownargument": Unknown,
	"unexpectedkeyword": Unknown, "unpermittedparameter": Unknown, "unrecognizedfield": Unknown, "unrecognizedparameter": Unknown,
	"unspecifiedkeys": Unknown, "nounknown": Unknown, "unknownkeys": Unknown, "forbiddenfield": Unknown, "notpermitted": Unknown, "extrakeys": Unknown, "extrafields": Unknown, "unexpectedkeys": Unknown,
	"argumentnotaccepted": Unknown, "fieldnotallowed": Unknown, "unknownkey": Unknown,
	// another type
	"type": Type, "invalidtype": Type, "wrongtype": Type, "typeerror": Type, "typemismatch": Type, "datatypemismatch": Type,
	"typeconversionfailed": Type, "deserializationfailed": Type, "numberbase": Type, "stringbase": Type, "booleanbase": Type, "arraybase": Type, "objectbase": Type, "datebase": Type,
	"numberinteger": Type, "isint": Type, "isstring": Type, "isnumber": Type, "isboolean": Type, "isarray": Type, "isobject": Type,
	"integer": Type, "string": Type, "boolean": Type, "number": Type, "numeric": Type, "invalidinput": Value,
	"isnumberstring": Type, "parameterinvalidinteger": Type, "intfromfloat": Type, "argumentliteralsincompatible": Type,
	"expectedinteger": Type, "expectedstring": Type, "expectedboolean": Type, "expectedarray": Type, "expectedobject": Type, "expectedmap": Type, "fieldvaluerequired": Missing, "fieldvalueinvalid": Value, "fieldvaluenotsupported": Value, "fieldvaluetypeinvalid": Type, "invalid": Value, "basetyperequired": Missing, "typeerrorenum": Value, "typeerrornonenotallowed": Null, "missingfields": Missing, "unknownfields": Unknown, "unknownfieldname": Unknown, "jsonparsererror": Syntax, "propertydoesntexist": Unknown, "notanumber": Type, "notaninteger": Type, "invalidinteger": Type, "invalidnumber": Type, "invalidboolean": Type, "notanobject": Type,
	"notaboolean": Type, "notastring": Type, "invaliddatatype": Type, "variablemismatch": Type, "parameterinvalidtype": Type,
	// a value that is refused
	"enum": Value, "literalerror": Value, "anyonly": Value, "invalidenumvalue": Value, "const": Value, "pattern": Value,
	"format": Value, "minimum": Value, "maximum": Value, "minlength": Value, "maxlength": Value, "minitems": Value, "maxitems": Value,
	"exclusiveminimum": Value, "exclusivemaximum": Value, "multipleof": Value, "uniqueitems": Value, "min": Value, "max": Value,
	"size": Value, "email": Value, "range": Value, "length": Value, "toosmall": Value, "toobig": Value, "tooshort": Value,
	"toolong": Value, "invalidstring": Value, "invalidvalue": Value, "invalidformat": Value, "invalidlength": Value,
	"outofrange": Value, "outofrangequeryparametervalue": Value, "outofrangeinput": Value, "invalidqueryparametervalue": Value,
	"invalidheadervalue": Value, "invalidparametervalue": Value, "invalidparameter": Value, "invalidargument": Value,
	"invalidfield": Value, "invalidchoice": Value, "inclusion": Value, "blank": Value, "parameterinvalidempty": Value,
	"parameterinvalidstringempty": Value, "parameterinvalidstringblank": Value, "greaterthan": Value, "greaterthanequal": Value, "lessthan": Value, "lessthanequal": Value,
	"stringpatternmismatch": Value, "stringtooshort": Value, "stringtoolong": Value, "valueerror": Value, "isin": Value,
	"isenum": Value, "isemail": Value, "matches": Value, "isuuid": Value, "isurl": Value, "ispositive": Value, "invalidemail": Value, "arraylength": Value,
	"stringmin": Value, "stringmax": Value, "stringempty": Value, "stringemail": Value, "stringpattern": Value, "stringguid": Value,
	"numbermin": Value, "numbermax": Value, "numberpositive": Value, "arraymin": Value, "arraymax": Value, "oneof": Value,
	"decimalmin": Value, "decimalmax": Value, "past": Value, "future": Value, "positive": Value, "positiveorzero": Value, "digits": Value,
	"invalidoption": Value, "invalidliteral": Value, "invaliduniontag": Value, "notmultipleof": Value, "invaliddate": Value, "anyinvalid": Value, "datemin": Value, "datemax": Value,
	"stringlength": Value, "stringalphanum": Value, "numberless": Value, "numbergreater": Value, "regex": Value, "between": Value, "in": Value, "gte": Value, "lte": Value, "gt": Value, "lt": Value,
	"url": Value, "uuid": Value, "alpha": Value, "alphanumeric": Value, "badrange": Value, "notinrange": Value, "toolow": Value, "toohigh": Value, "toomany": Value, "toofew": Value,
	"parameterinvalid": Value, "unsupportedvalue": Value, "invalidcurrency": Value, "notvalidchoice": Value, "outofbounds": Value,
	// null
	"null": Null, "notnull": Null, "nullnotallowed": Null, "notnullable": Null, "nulldisallowed": Null, "nullvalue": Null,
	// not well formed
	"jsoninvalid": Syntax, "invalidjson": Syntax, "malformedjson": Syntax, "malformedxml": Syntax, "invalidxml": Syntax,
	"invalidxmldocument": Syntax, "jsonparseerror": Syntax, "graphqlparsefailed": Syntax, "parseerror": Syntax, "syntaxerror": Syntax,
	"fsterrctpinvalidjsonbody": Syntax, "entityparsefailed": Syntax, "malformedrequest": Syntax, "jsonparseexception": Syntax,
	"unparsablebody": Syntax, "notjson": Syntax, "serializationexception": Syntax, "badjson": Syntax, "malformedbody": Syntax,
	// twice
	"duplicatekey": Duplicate, "duplicatefield": Duplicate, "duplicateproperty": Duplicate, "duplicateparameter": Duplicate,
	// whole messages
	"emptybody": BodyMissing, "missingbody": BodyMissing, "missingrequestbody": BodyMissing, "missingrequestbodyerror": BodyMissing,
	"fsterrctpemptyjsonbody": BodyMissing, "emptyrequestbody": BodyMissing, "bodyrequired": BodyMissing,
	"missingposttype": MediaTypeMissing, "missingcontenttype": MediaTypeMissing,
	"invalidposttype": MediaType, "unsupportedmediatype": MediaType, "invalidcontenttype": MediaType,
	"unsupportedcontenttype": MediaType, "fsterrctpinvalidmediatype": MediaType, "invalidmediatype": MediaType,
	"unknownmethod": Route, "routenotfound": Route, "unknownendpoint": Route, "endpointnotfound": Route, "unknownroute": Route,
	"urlnotfound": Route, "invalidendpoint": Route, "invalidpath": Route, "unknownpath": Route, "pathnotfound": Route, "nosuchroute": Route,
	"invaliduri": Route, "unrecognizedurl": Route, "unknownoperationexception": Route, "unknownoperation": Route,
	"methodnotallowed": Method, "unsupportedhttpmethod": Method, "httpmethodnotsupported": Method, "unsupportedhttpverb": Method,
	"methodnotsupported": Method, "invalidmethod": Method, "httpmethodnotallowed": Method,
}

// limits are codes of a value that has the right type: a sentence that names the type beside the
// limit speaks of the limit.
var limits = map[string]bool{
	"toosmall": true, "toobig": true, "tooshort": true, "toolong": true, "minimum": true, "maximum": true, "minlength": true, "maxlength": true,
	"minitems": true, "maxitems": true, "exclusiveminimum": true, "exclusivemaximum": true, "multipleof": true, "uniqueitems": true, "enum": true,
	"pattern": true, "numbermin": true, "numbermax": true, "stringmin": true, "stringmax": true, "arraymin": true, "arraymax": true, "anyonly": true,
	"invalidvalue": true, "invalidenumvalue": true, "notmultipleof": true,
}

// codeKind looks a code up, also one that is built of parts: pydantic's
// "int_parsing" and "list_type", Spring's "typeMismatch.order.quantity".
func codeKind(code string) (Kind, bool) {
	if code == "" || len(code) > 80 || strings.ContainsRune(code, ' ') {
		return Unclear, false
	}
	folded := foldCode(code)
	if k, ok := codes[folded]; ok {
		return k, true
	}
	low := strings.ToLower(code)
	if strings.HasSuffix(low, "_parsing") || strings.HasSuffix(low, "_type") && !strings.Contains(low, "content") && !strings.Contains(low, "media") {
		return Type, true
	}
	if k, ok := dottedKind(low); ok {
		return k, true
	}
	for _, suffix := range []string{"exception", "error", "fault"} {
		if rest, cut := strings.CutSuffix(folded, suffix); cut {
			if k, ok := codes[rest]; ok {
				return k, true
			}
		}
	}
	return Unclear, false
}

// dottedKind reads codes of several parts: Spring's "typeMismatch.order.quantity", Joi's
// "string.pattern.base", Play's "error.expected.jsnumber" and "error.path.missing".
func dottedKind(code string) (Kind, bool) {
	parts := strings.Split(code, ".")
	if len(parts) < 2 {
		return Unclear, false
	}
	if parts[0] == "error" && parts[1] == "expected" {
		return Type, true
	}
	if k, ok := codes[foldCode(parts[0]+parts[1])]; ok {
		return k, true
	}
	switch parts[0] {
	case "type", "string", "number", "integer", "boolean", "numeric":
		return Unclear, false
	}
	if k, ok := codes[foldCode(parts[0])]; ok {
		return k, true
	}
	k, ok := codes[foldCode(parts[len(parts)-1])]
	return k, ok && (parts[0] == "error" || parts[0] == "errors" || parts[0] == "validation")
}

// codeField reads codes that hold the name: "no_text", "missing_channel", "invalid_currency",
// "amount_required". The name counts only if the request bears it out, so it goes to Names.
func codeField(code string) (Kind, string) {
	low := strings.ToLower(code)
	if low == "bad_request" || low == "invalid_request" {
		return Unclear, ""
	}
	for _, p := range []struct {
		prefix string
		kind   Kind
	}{{"no_", Missing}, {"missing_", Missing}, {"invalid_", Value}, {"unknown_", Unknown}, {"bad_", Value}} {
		if name, ok := strings.CutPrefix(low, p.prefix); ok && name != "" {
			return p.kind, name
		}
	}
	for _, s := range []struct {
		suffix string
		kind   Kind
	}{{"_required", Missing}, {"_missing", Missing}, {"_invalid", Value}, {"_is_required", Missing}} {
		if name, ok := strings.CutSuffix(low, s.suffix); ok && name != "" {
			return s.kind, name
		}
	}
	return Unclear, ""
}

// codeNouns are the second words of codes that name no field.
var codeNouns = map[string]bool{
	"type": true, "value": true, "format": true, "length": true, "json": true, "body": true, "field": true, "fields": true, "parameter": true, "parameters": true,
	"argument": true, "input": true, "string": true, "choice": true, "option": true, "property": true, "attribute": true, "data": true, "integer": true,
	"number": true, "boolean": true, "keys": true, "key": true, "header": true, "required_parameter": true, "required_field": true, "query_parameter_value": true,
}

// foldCode keeps letters and digits, in lower case.
func foldCode(s string) string {
	if plainCode(s) {
		return s
	}
	folded := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			folded = append(folded, c)
		case 'A' <= c && c <= 'Z':
			folded = append(folded, c+'a'-'A')
		}
	}
	return string(folded)
}

// plainCode reports whether folding changes nothing.
func plainCode(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
