package words

import (
	"strings"

	"github.com/faultline-http/faultline/causes/internal/pattern"
)

// A phrase is a way to say a kind of mistake. The first that fits wins, so the
// order matters: what is more particular stands before what is more general.
type phrase struct {
	kind Kind
	in   Place
	re   *pattern.Pattern // the group called name is taken out
}

// The building blocks of the patterns: an optional quote, a name, a quote.
const (
	q    = "[\"'`\\[(]?"
	name = q + `(?P<name>[A-Za-z_$@][\w$@.\-/]*(?:\[[\w*]*\][\w.\-]*)*)` + "[\"'`\\])]?"
	what = `(?:fields?|properties|property|parameters?|params?|attributes?|keys?|arguments?|args?|members?|options?|elements?|inputs?|headers?)\b`
	of   = `(?:request |query |body |url |path |form |json |input |object |http |string |data |uri |file |post |variable )*`
	kind = `(?:integers?|ints?|int32|int64|longs?|numbers?|numeric|floats?|doubles?|decimals?|strings?|str|booleans?|bool|arrays?|lists?|slice|objects?|dictionary|dict|map|hash|mapping|uuids?|guids?|struct|sequence|scalar)`
)

func say(k Kind, expr string) phrase {
	return phrase{kind: k, re: compile(`(?i)` + expr)}
}

func sayIn(k Kind, in Place, expr string) phrase {
	p := say(k, expr)
	p.in = in
	return p
}

// notOurs are sentences that contain our words and mean something else: a name that is taken, a
// credential that is wanted, an action that is forbidden.
var notOurs = compile(`(?i)duplicate (?:key value|entry)|already (?:exists|been taken|in use)|has already been|` +
	`authenticat|\bauthori[sz](?:ed|ation)\b(?: is| header)? (?:required|missing|failed|denied)|unauthori[sz]ed|credential|\blog in\b|login (?:is )?required|\bsign in\b|logged in|access token|bearer|` +
	`\bpermissions?\b|\bscopes?\b|subscription|payment required|upgrade required|rate limit|too many requests|quota|captcha|csrf|precondition|if-match|length required|content-length|content[- ]encoding|charset|multipart boundary|no multipart boundary`)

// aboutType are sentences about the Content-Type, whatever else they speak of.
var aboutType = compile(`(?i)content[- ]type[^.]{0,60}(?:header|must|should|not|one of)`)

var phrases = []phrase{
	// go-openapi, which names the part of the request behind the field
	sayIn(Missing, Body, name+` in (?:body|formdata) is required`),
	sayIn(Unknown, Body, name+` in (?:body|formdata) is a forbidden property`),

	// key-value stores with revisions: "required" is the revision that was asked for
	say(Value, `required (?P<name>revision) (?:is|has been)`),

	// line protocols: InfluxDB, Graphite, statsd
	say(Syntax, `^(?:partial write: )?unable to parse ['"].*['"]: `),

	// what databases say of a column that got nothing
	say(Null, `null value in column `+name),
	say(Null, `not null constraint failed: (?:\w+\.)*`+name),
	say(Missing, `(?:field|column) `+name+` doesn't have a default value`),
	say(Missing, `no such key `+name),
	say(Missing, `key not found: :?`+name),                // Ruby
	say(Missing, `undefined (?:array key|index):? `+name), // PHP
	say(Missing, `missing the key `+name),                 // DynamoDB
	say(Missing, `missing key `+name),
	say(Missing, `missing propert(?:y|ies):? `+name),
	say(Unknown, `cannot be set\b.{0,80}\bunknown\b`),

	say(MediaType, `content-type has (?:an? )?(?:unexpected|unsupported|invalid|wrong)`),

	say(Missing, `^`+name+`: value is required\b`),

	say(Missing, `^`+name+`(?:, [\w.\[\]]+)+ are missing\b`),

	// twice
	say(Duplicate, `(?:duplicate|repeated) `+of+`(?:object member name|`+what+`|name)(?: names?)?:? *`+name),
	say(Duplicate, what+` `+name+` (?:is|was|are) (?:duplicated|given twice|repeated|specified (?:twice|more than once|multiple times))`),
	say(Duplicate, name+` (?:appears|occurs|is defined|was specified|is specified) (?:twice|more than once|multiple times)`),

	// not known
	say(Value, `unexpected value\b|unknown variant|fails? to match|required (?:pattern|format|range|length)\b`),
	say(Unknown, `(?:unknown|unrecogni[sz]ed) field at: *`+name),
	sayIn(Unknown, Query, `unknown name `+name+`: cannot bind query parameter`),
	sayIn(Unknown, Query, `(?:unknown|unrecogni[sz]ed|unexpected|unsupported|extra) (?:query(?: string)?|url) (?:parameter|param|key|field|argument)s?(?:\(s\))?:? *`+name),
	say(Unknown, `(?:unknown|unrecogni[sz]ed|unexpected|undefined|extra|extraneous|unpermitted|disallowed|unsupported|undeclared) `+of+what+`(?:\(s\))?(?: name)?(?: in (?:the )?(?:object|request|body|payload))?(?:\(s\))?(?: provided| found| given| was found| supplied)?[:=]? *:?`+name),
	say(Unknown, `(?:unknown|unrecogni[sz]ed|unsupported|invalid) (?:filter|sort|column|include|expand|relation|facet)(?: field| key)?: *`+name),
	say(Unknown, `(?:parameter|param|field|property|option) `+name+` is not supported`),
	say(Unknown, `(?:unknown|unrecogni[sz]ed) name `+name),
	say(Unknown, `(?:unknown|unrecogni[sz]ed|unexpected|extra|extraneous) `+of+what),
	say(Unknown, `(?:additional|extra) (?:properties|property|fields?|inputs?|keys?|parameters?)[^.'"]{0,24}(?:not|n't) (?:allowed|permitted|accepted)[^\w'"]{0,4}(?:\(?`+name+` (?:was|were) unexpected|`+name+`)?`),
	say(Unknown, `must not have (?:additional|unevaluated) properties`),
	say(Unknown, name+` (?:is|are) not (?:an? )?(?:permitted|allowed|known|recogni[sz]ed|supported|valid|accepted|expected|defined) `+what),
	say(Unknown, what+` `+name+` (?:should not exist|does(?: not|n't) exist|is unknown|is not (?:defined|known|recogni[sz]ed|expected|allowed|permitted|accepted))`),
	say(Unknown, name+` (?:is|was) (?:unexpected|not expected|not recogni[sz]ed|unrecogni[sz]ed)`),
	say(Unknown, `cannot query field `+name),
	say(Unknown, `(?:could not find|cannot find|no such|there is no) (?:an? )?`+of+what+`(?: (?:named|called))? *`+name),
	say(Unknown, name+` could not be mapped to any`),
	say(Unknown, name+` is not allowed\.?$`),
	say(Unknown, `unpermitted parameters?: *:?`+name),
	say(Unknown, `(?:got an )?unexpected keyword argument `+name),

	say(Unknown, what+`(?: in [^:]{0,40})? (?:is|are|was|were) not (?:recogni[sz]ed|known|expected)|unknown \w+ [\['"`+"`"+`]`+name+`|`+what+` `+name+` (?:was )?not found|could not find (?:the )?`+name+` (?:column|`+what+`)`),
	say(Unknown, `no such (?:column|field|property|attribute) `+name+`|contains unrecogni[sz]ed|extra attributes? (?:are|is) not allowed \(`+name),

	say(Unknown, `unspecified `+what+`(?:\(s\))?:? *`+name),

	// said of a value that is not there
	say(Missing, `(?:got|received|found|but was|instead was|given|is) ['"`+"`"+`]*undefined\b`),

	// ArkType: "nights must be a number (was missing)"
	say(Missing, name+` must be .{0,120} \(was (?:missing|undefined)\)`),
	say(Null, name+` must be .{0,120} \(was null\)`),
	say(Unknown, name+` must be removed`),
	say(Value, name+` must be "[^"]*"(?:, "[^"]*")* or "`),
	say(Unknown, `(?:field|property|path) `+name+` is (?:unsupported|not in (?:the )?schema)`),
	say(Unknown, `^schema: invalid path `+name),
	say(Unknown, what+` is prohibited`),
	say(Missing, `missing required properties,? including(?: the following)?: *`+name),
	say(Type, `\bcast to \w+ failed\b`),
	say(Value, `expected union value`),

	// Superstruct: "Expected a value of type `never`, but received: ..."
	say(Unknown, `expected (?:a value of type )?['"\x60]?never\b`),
	say(Value, `expected \(['"]`),
	say(Type, `expected a value of type`),
	say(Missing, `(?:but )?received:? (?:\x60)?undefined\b`),
	say(Null, `but received:? (?:\x60)?null\b`),

	// limits and sets that name the type beside them
	say(Value, `expected (?:an? )?(?:nonempty )?(?:\w+ )?(?:with an? (?:length|size)|matching|length\b|to (?:match|be rfc)|(?:greater|less) than)|expected (?:string|array|object) (?:length|to (?:match|be rfc))|expected an? nonempty|'[^']*' is not an? '[\w-]+'$`),
	say(Unknown, `contains forbidden keys?: *`+name),
	say(Value, `^(?:error: )?too (?:big|small|long|short|many|few)\b|expected \w+ (?:[<>≤≥]|=[<>])|expected (?:an? )?[\w]+ to (?:be|have) (?:[<>=≤≥]|at (?:least|most)|exactly|less|more|great|between)|invalid (?:option|enum value|literal value|string: must)|enum string is expected|value is not (?:an? )?(?:allowed|valid enum)`),

	// null
	say(Null, `(?:may|must|can|should|could) ?(?:not|n't|never) be (?:null|nil|none)\b|\bcan't be (?:null|nil|none)\b`),
	say(Null, `(?:null|nil|none)[ '"`+"`"+`]+is not (?:an? |of |allowed|valid|permitted|accepted)`),
	say(Null, `(?:got|received|found|but was|from|given) ['"`+"`"+`]?(?:null|nil|none)\b`),
	say(Null, `(?:not nullable|non-null(?:able)?|null (?:value )?(?:is |was )?not (?:allowed|permitted|accepted)|cannot map .?null.? into|null value (?:for|in))`),

	// an empty message
	say(BodyMissing, `(?:request |post |json )?(?:body|payload|content) (?:cannot|can't|can not|must not|may not|should not|shouldn't|must ?n't) be (?:empty|blank|null|missing)`),
	say(BodyMissing, `(?:required )?(?:request|http|post) (?:body|payload) (?:is|was) (?:missing|required|empty|not (?:present|provided|specified))`),
	say(BodyMissing, `(?:non-empty|nonempty) (?:request )?body|(?:missing|empty|no) (?:request|http|post|json) (?:body|payload)|(?:^|[^\w'])body (?:is|was) (?:required|missing|empty)|(?:missing|empty|no) body\b|requires? an? (?:request |json )?body`),
	say(BodyMissing, `^eof$`),

	// media types
	say(MediaTypeMissing, `(?:missing|no|without) (?:an? |the )?content[- ]type|content[- ]type (?:header )?(?:is|was) (?:missing|required|not (?:set|specified|present|provided))|must (?:contain|have|include|specify) (?:the |an? )?content[- ]type|content[- ]type 'null'`),
	say(MediaType, `unsupported media[- ]?type|unsupported content[- ]type|(?:invalid|wrong|unknown|unexpected|unacceptable|bad) content[- ]type`),
	say(MediaType, `(?:content[- ]type|media[- ]type|mime[- ]type)[^.]{0,80}(?:not (?:be )?(?:supported|allowed|acceptable|accepted|valid|recogni[sz]ed)|unsupported|must be|should be|isn't|is not|expected|invalid|needs to be|has to be)`),
	say(MediaType, `(?:content[- ]type|media[- ]type)[^.]{0,40}(?:application|text|multipart)/[\w.+-]+ (?:is )?(?:required|expected)`),
	say(MediaType, `(?:is not|isn't|must be|not a|expected|expecting) (?:an? )?multipart`),
	say(MediaType, `check that your post content type|specify a 'content-type' header|accepts only (?:application|text|multipart)/|only (?:accepts|supports) (?:application|text|multipart)/|only (?:application|text|multipart)/[\w.+-]+[^.]{0,40}(?:supported|accepted|allowed)`),

	say(MediaType, `expected request with .?content-type|content-type was not|request is not (?:json|multipart)`),

	// plainly not well formed
	say(Syntax, `(?:as|parsing|parse|parse the|decode|decoding|invalid|not valid|malformed|read) json(?: body| object| payload| input| request|:| string|\.|$)|json(?: body)? (?:of your request )?could not be parsed|parsed? (?:the )?json body|unexpected character|was expecting (?:double-quote|comma|colon)|^parse error|key must be a string|trailing characters|eof while parsing`),

	// routes and methods
	say(Route, `(?:no route matches|cannot (?:get|post|put|patch|delete|head|options) /|no route (?:found|matched|for|was found)|no static resource|no handler (?:found )?for|unrecogni[sz]ed request url|route [\w:/.\-]+ (?:not found|could not be found)|no matching (?:route|endpoint|operation|handler)|unable to find matching target resource method|resource not found for the segment|no http resource was found|unknown (?:api )?(?:path|url|endpoint|route|operation|action|method)\b|(?:invalid|no such) (?:endpoint|route)\b|(?:endpoint|route|path|url) (?:was |is |does )?not (?:found|exist|recogni[sz]ed|defined|mapped)|could not route to|the requested (?:url|path|endpoint|route)[^.]{0,80}(?:was|is|does) not (?:found|exist)|404 page not found|not a valid endpoint|page not found at)`),
	say(Method, `(?:method|verb)[^.]{0,40}(?:not|n't) (?:be )?(?:allowed|supported|implemented|permitted|valid)|(?:unsupported|invalid|unknown|disallowed) (?:http |request )?(?:method|verb)|does not support the (?:provided |given )?(?:http )?(?:method|verb)|(?:get|post|put|patch|delete) (?:is |requests? (?:is|are) )?not (?:allowed|supported)`),

	// type, where the sentence says "required" or "invalid" and means the type
	say(Missing, `(?:received|got|was|found) ['"`+"`"+`]?undefined|undefined (?:array key|index|property|offset)[: ]*`+name+`|keyerror: *`+name),
	say(Missing, name+` \(field required\)`),
	say(Type, `valid `+kind+` (?:is|was) required|(?:numeric string|uuid|boolean string) is expected`),
	say(Type, `the type of the .{0,60} must be|found where not expected|invalid (?:input )?syntax for (?:type )?(?:integer|uuid|bigint|numeric|boolean|double|date|timestamp)|invalid digit|failed to parse (?:int|long|float|double|boolean|date)|failed to bind parameter|failed to convert '?`+name+`'? with value|cannot parse .{1,80} (?:to|as|into) (?:an? )?.?(?:u?int|[uif]\d|usize|isize|number|long|bool|uuid|date)`),
	say(Value, `does not exist in .{0,60}\benum\b`),
	say(Type, `cannot unmarshal|unmarshal type error|could not (?:be )?unmarshal`),
	say(Value, `not one of the values accepted for enum|not (?:a )?(?:valid|known) (?:enum|value of enum)|no enum constant`),
	say(Null, `cannot deserialize[^.]{0,60}from null`),
	say(Type, `cannot (?:deserialize|construct|coerce)|(?:can(?:not|'t)|could(?:n't| not)) be (?:converted|parsed|coerced|cast|deserialized)|could not (?:be )?(?:convert(?:ed)?|parsed?|coerced?|cast|deserialized?)(?: [\w'"]+){0,2} (?:to|into|as)`),
	say(Type, `failed to convert[^']*(?:value|property value)[^']*(?:'[\w.]+'[^']*)?required type '(?:java\.[\w.]+|int|long|boolean|double|float|short|byte)'`),
	say(Type, `for input string|converting value for|invalid value for (?:an? )?`+kind+`\b|\b(?:int|long|short|double|float|boolean|string|bigdecimal|uuid)(?::|, list\() *down(?:field|array)`),
	say(Value, `failed to convert[^']*value`),
	say(Type, `for input string|strconv\.\w+: parsing .*invalid syntax|parsing time|invalid literal for (?:int|float)|number ?format ?exception|not a number\b|\bnan\b`),
	say(Value, `strconv\.\w+: parsing .*out of range`),
	say(Type, `invalid value at '?(?P<name>[\w.\[\]]+)'? \(`),
	say(Type, `invalid value for (?:u?int(?:32|64)|s?fixed(?:32|64)|sint(?:32|64)|float|double|bool|string|bytes|enum) field `+name),
	say(Type, `\w+ cannot represent|xs:\w+ expected|expected (?:xs|xsd):\w+`),
	say(Type, `(?:do|does)(?:n't| not) match (?:the )?(?:expected |declared )?type\b|the type of (?:the )?["']?\w+["']? (?:attribute |property |field )?must be|(?:cannot|can't|could not|couldn't|failed to|unable to) (?:parse|convert|cast|coerce|interpret) ["'`+"`"+`]?[^"'`+"`"+`]{0,60}["'`+"`"+`]? (?:to|into|as) (?:an? )?(?:valid )?\w+`),
	say(Type, `\bexpects? (?:an? )?`+kind+`\b|\b`+kind+` (?:is |was |were |value )?(?:expected|wanted)\b|(?:accepts?|takes?) (?:only )?(?:an? )?`+kind+`\b|instead of (?:an? )?`+kind+`\b`),
	say(Type, `enter a whole number|invalid input type|expected (?:begin_(?:object|array)|an? \w+|string|boolean|name) but was|failed parsing .{1,80} as date`),
	say(Type, `invalid (?:type|data type|value type)|wrong (?:data )?type|incorrect type|type mismatch|not of (?:the )?(?:expected |right |correct )?type|of the wrong type|incompatible type`),
	say(Type, `expected type|expected (?:an? )?`+kind+`\b[^.]{0,20}(?:but |, )?(?:got|received|found|was|instead)|(?:expected|expecting) (?:an? )?(?:\d+-bit |signed |unsigned )*["'`+"`"+`]?`+kind+`\b|not a (?:valid )?(?:date|datetime|time|timestamp)\b`),

	// values, where a range or a set is named beside the type
	say(Value, `(?:greater|less|larger|smaller|more|fewer|longer|shorter|higher|lower|bigger) than|\bat (?:least|most)\b|\bbetween\b|out of (?:the )?(?:range|bounds)|exceeds?|\bpositive\b|\bnegative\b|non-?zero|too (?:long|short|large|big|small|many|few|high|low|old|weak)|no (?:more|less|fewer) than|\b(?:max|min)(?:imum)?\b(?:[^-]|$)|only the first \d+`),
	say(Value, `\bone of\b|not (?:included )?in the (?:list|set)\b|allowed values?|accepted values?|valid values|possible values|permitted values|supported values|valid choice|not (?:a )?valid (?:option|value|choice|email|url|uri|phone|currency|country|locale|timezone|date|time)|valid (?:email|url|uri|phone|currency|country|locale|timezone|postal|zip|ip)|\bnot an? (?:email|e-mail|url|uri|phone number)\b`),
	say(Value, `input should be ['"]`),

	// absent
	say(Missing, `property `+name+` to be (?:present|set|defined)`),
	say(Missing, name+` (?:was |is )?not found in (?:the )?(?:request |json |form )*(?:body|payload|query|form|data)\b`),
	say(Missing, `please (?:provide|specify|supply|enter|include|send|set) (?:an? |the )?`+name),
	say(Missing, what+` `+name+` (?:is )?absent`),
	say(Missing, `failed on the 'required(?:_\w+)?' tag`),
	say(Value, `failed on the '\w+' tag`),
	sayIn(Missing, Header, `(?:special|required|request|following) (?:request )?header(?::? +|:? *['"\[])`+name),
	sayIn(Missing, Header, `required (?:request |http )?header:? *`+name+`[^.]*(?:not present|missing|absent|not (?:set|provided|specified))`),
	sayIn(Missing, Header, `(?:missing|required|mandatory|absent) (?:required |request |http |custom )*`+name+` (?:request |http )?header`),
	sayIn(Missing, Header, `(?:missing|required|mandatory|absent|no)(?: required| request| http| mandatory)* headers?(?::? +|:? *['"\[])`+name),
	sayIn(Missing, Header, name+` (?:request |http )?header (?:is |was |must be )?(?:required|missing|mandatory|absent|not (?:set|present|provided|specified|found)|present|set|provided|specified)`),
	sayIn(Missing, Header, `(?:http |request )?header:? `+name+` (?:is |was |must be )?(?:required|missing|mandatory|not (?:set|present|provided|specified|found))`),
	sayIn(Missing, Header, `(?:has|have|include|set|send|provide|specify|needs?|requires?|with) (?:an? |the |your )?(?:special request header:? *|custom header:? *|header:? *)?`+name+`(?:: \w+)?['"]? (?:request |http )?header`),
	sayIn(Missing, Header, `http header that's mandatory`),
	sayIn(Missing, Query, `(?:required|missing|mandatory) (?:required )?(?:request|query|url|querystring|query string) (?:parameter|param)s?:? *`+name),
	sayIn(Missing, Query, `querystring must have required property `+name),
	sayIn(Missing, Header, `headers must have required property `+name),
	sayIn(Missing, Path, `(?:missing|required) path (?:parameter|variable):? *`+name),
	sayIn(Missing, Body, `(?:body|payload) must (?:contain|have|include)[^:'"]{0,60}(?:: *|['"])`+name),
	sayIn(Missing, Body, `missing (?:required )?(?:form|body|post) (?:parameter|param|field)s?:? *`+name),
	say(Missing, `(?:must have|missing|requires?|lacks?) (?:the )?(?:required |mandatory )`+of+what+`:? *`+name),
	say(Missing, `(?:required|mandatory|missing) `+of+what+`(?:\(s\))?:? *`+name),
	say(Missing, `must (?:contain|include|have|specify|provide|supply) (?:the |an? )?`+of+what+` `+name),
	say(Missing, `param is missing or the value is empty(?: or invalid)?: *`+name),
	say(Missing, `missing `+of+name),
	say(Missing, name+` `+of+what+` (?:is |are |was )?(?:required|missing|mandatory|absent|not (?:set|present|provided|specified|given|supplied|found))`),
	say(Missing, name+` (?:is |are |was |were )(?:a |an |also )?(?:required|missing|mandatory|absent|needed|necessary|not (?:set|present|provided|specified|given|supplied)|undefined)`),
	say(Missing, name+` (?:must|should|needs to|has to) be (?:present|provided|specified|set|supplied|given|included|defined)`),
	say(Missing, name+` (?:\w+ ){0,3}(?:is )?(?:required|missing|mandatory)\b`),
	say(Missing, `no such file|no value (?:given|provided|supplied)|is missing or (?:invalid|empty)|(?:not|n't) (?:be )?(?:included|contain(?:ed)?|provided?|specif(?:y|ied)|suppl(?:y|ied)|present)|required|missing|mandatory`),

	say(Missing, `must (?:specify|provide|supply|include|enter|pass) (?:the |an? )?`+name),

	// type
	say(Type, `(?:must|should|has to|needs? to) be (?:of (?:the )?(?:type )?)?(?:an? |the )?(?:valid |whole |proper |json |non-empty )*["'`+"`"+`]?`+kind+`\b`),
	say(Type, `(?:is not|isn't|was not|not|no) (?:an? )?(?:valid |proper |whole |signed |unsigned |\d+-bit )*`+kind+`\b`),
	say(Type, `invalid (?:integer|int|number|boolean|float|decimal|uuid|guid|array|object)\b`),
	say(Type, `(?:must|should) be (?:a )?valid (?:uuid|guid|date|datetime|date-time|timestamp|time|dictionary)`),

	// not well formed
	say(Syntax, `(?:json|xml|yaml|body|payload|document|syntax|request)[^.]{0,40}(?:parse|parsing|syntax|decode|decoding) (?:error|failed|failure|exception)|syntax ?error|(?:problems?|errors?|failed|failure|unable|could not|cannot|can't) (?:to )?(?:parse|parsing|decode|decoding|read|reading)[^.]{0,40}(?:json|xml|body|payload|request|document|input)`),
	say(Syntax, `(?:not|n't|invalid|malformed|bad|ill-?formed|broken|unparsable|unparseable|incorrect)[^.]{0,24} (?:json|xml|yaml)|(?:json|xml) (?:is |was )?(?:not |in)?(?:valid|well[- ]formed|malformed|broken)|not well[- ]formed|malformed (?:request|body|payload|json|xml|syntax)|invalid character|unexpected (?:token|character|end of|eof|non-whitespace|identifier|symbol)|expecting (?:property name|value|',')|expected (?:'|"|, or|property name|double-quoted|name, found)|is an invalid start|invalid (?:json|request) (?:payload|body|syntax)|unterminated|trailing comma|premature end|unclosed|mismatched tag`),

	// values
	say(Value, `\b(?:blank|empty)\b|\bformat\b|\bpattern\b|\bregex\b|must match|does(?: not|n't) match|\bchoice\b|\benum\b|\bcharacters?\b|\blength\b|\brange\b`),

	// the rest: a value is refused, and that is all it says
	say(Value, `^(?:invalid|bad|incorrect) `+of+what+`(?:\(s\))?:? *`+name),
	say(Value, `^(?:invalid|bad|unsupported|incorrect) (?:value for |value of )?`+name+`\.?$`),
	say(Value, `cannot (?:sort|filter|order|group|search) by `+name),
	say(Value, `\b(?:must|should|has to|needs? to|can only|may only) (?:be|have|start|end|begin|contain|only|use|match|include)\b|wrong (?:format|value)`),
	say(Value, `\binvalid\b|not (?:a )?valid|valid value|cannot (?:accept|be set)|not (?:be )?(?:supported|accepted|acceptable|recogni[sz]ed|allowed)|unsupported|incorrect|illegal|malformed|\bbad\b|cannot be unset|refused`),
}

// general are sentences that only say that something is wrong.
var general = compile(`(?i)^(?:#?\d{3} ?)?(?:error:? )?(?:bad request|unprocessable (?:entity|content)|invalid (?:request|input|data|parameters?|request content|request data)|(?:request |input |data |payload )?validation (?:failed|error|exception)s?|` +
	`one or more validation errors occurred|the given data was invalid|invalid_request_error|invalid argument|internal server error|not found|forbidden|conflict|there (?:was|were) (?:a |some )?(?:problem|error)s?.{0,40}|request failed|something went wrong.{0,60}|an error (?:has )?occurred.{0,40})[.!:]?$`)

// maxSentence bounds what is read of one sentence.
const maxSentence = 600

// classify finds the phrase that fits a sentence.
func classify(line pattern.Line) (k Kind, in Place, named []string) {
	if line.Matches(notOurs) && !line.Matches(aboutType) || line.Matches(general) {
		return Unclear, "", nil
	}
	line = withoutLeadIn(line)
	for i := range phrases {
		p := &phrases[i]
		if !line.May(p.re) {
			continue
		}
		m, ok := p.re.Find(line.Text)
		if !ok {
			continue
		}
		for g, group := range p.re.Names() {
			if group != "name" || m[2*g] < 0 {
				continue
			}
			word := m.Group(line.Text, g)
			if n := cleanName(word); n != "" {
				named = append(named, n)
			} else if isNamed(p, line.Text, word, m[2*g], m[2*g+1]) {
				named = append(named, word)
			}
		}
		return p.kind, p.in, named
	}
	return classifyForeign(line), "", nil
}

// ordinary are words that stand where a name could stand.
var ordinary = map[string]bool{
	"should": true, "requester": true, "something": true, "a": true, "an": true, "the": true, "this": true, "that": true, "it": true, "is": true, "are": true, "was": true, "be": true, "not": true,
	"no": true, "or": true, "and": true, "of": true, "in": true, "on": true, "for": true, "to": true, "with": true, "field": true, "fields": true,
	"value": true, "values": true, "parameter": true, "parameters": true, "property": true, "properties": true, "param": true, "key": true,
	"body": true, "request": true, "input": true, "header": true, "query": true, "error": true, "valid": true, "invalid": true, "must": true,
	"required": true, "missing": true, "data": true, "object": true, "json": true, "one": true, "more": true, "following": true, "found": true,
	"provided": true, "present": true, "given": true, "at": true, "by": true, "from": true, "as": true, "if": true, "your": true, "you": true,
	"please": true, "attribute": true, "argument": true, "payload": true, "string": true, "number": true, "integer": true, "url": true,
	"validation": true, "failed": true, "bad": true, "message": true, "content": true, "server": true, "errors": true, "special": true, "expected": true, "there": true, "these": true, "which": true, "http": true, "proto": true, "jsontext": true, "strconv.ParseInt": true, "could": true, "into": true, "time": true, "accepted": true, "out": true, "received": true, "ensure": true, "only": true, "unexpected": true, "querystring": true, "headers": true, "params": true, "cookies": true, "supplied": true, "unprocessable": true, "unable": true, "unsupported": true, "unknown": true, "cannot": true, "extra": true, "duplicate": true,
}

// fieldNouns are ordinary words that are names of fields as well.
var fieldNouns = map[string]bool{
	"content": true, "message": true, "data": true, "value": true, "values": true, "key": true, "query": true, "input": true, "url": true, "object": true, "number": true,
	"body": true, "header": true, "params": true, "fields": true, "field": true, "payload": true, "param": true, "parameters": true, "properties": true, "headers": true, "server": true, "time": true,
}

// singledOut reports whether a word stands in quotes, or alone behind a colon: then it is a name.
func singledOut(text string, start, end int) bool {
	if start > 0 && strings.IndexByte("\"'`", text[start-1]) >= 0 {
		return end < len(text) && text[end] == text[start-1]
	}
	return strings.HasSuffix(text[:start], ": ") && (end == len(text) || text[end] == '.' || text[end] == ',')
}

// isNamed reports whether an ordinary word is a name where it stands: in quotes, in front of the word
// "header" if there is such a header, or in front of "parameter" at the beginning.
func isNamed(p *phrase, text, n string, start, end int) bool {
	low := strings.ToLower(n)
	switch {
	case singledOut(text, start, end) && fieldNouns[low]:
		return true
	case p.in == Header:
		return headerNouns[n]
	}
	return start == 0 && prepositions[low]
}

// headerNouns are headers whose names are ordinary words.
var headerNouns = map[string]bool{"From": true, "Date": true, "Host": true, "Range": true, "Accept": true, "Link": true, "Expect": true, "Via": true}

// prepositions are names of parameters as well: those of messages, sorting and windows of time.
var prepositions = map[string]bool{"to": true, "from": true, "by": true, "in": true, "at": true, "on": true, "for": true, "as": true}

// cleanName drops what clings to a name, and returns "" for an ordinary word.
func cleanName(n string) string {
	n = strings.Trim(n, "\"'`()[]:.,;")
	if strings.Count(n, "[") > strings.Count(n, "]") {
		n += "]" // who[mail]
	}
	if n == "" || ordinary[strings.ToLower(n)] {
		return ""
	}
	return n
}

var quoted = compile("\"([^\"\\n]{0,120})\"|'([^'\\n]{0,120})'|`([^`\\n]{0,120})`|\\[([^\\[\\]\\n]{1,120})\\]|&quot;(.{0,120}?)&quot;")

var isName = compile(`^[A-Za-z_$@][\w$@.\-/]*(?:\[[\w*]*\][\w.\-]*)*$`)

// quotes returns what stands between quotes: names and values cannot be told apart here.
func quotes(text string) []string {
	var out []string
	for _, m := range quoted.All(text, 8) {
		for g := 1; g < len(m)/2; g++ {
			if s := m.Group(text, g); s != "" {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// leading returns the first word of a sentence when it may be a name: "quantity must be positive".
func leading(text string) string {
	first, rest, _ := strings.Cut(text, " ")
	if strings.HasSuffix(first, ":") || rest == "" || !isName.Matches(first) {
		first = strings.TrimSuffix(first, ":")
		if !isName.Matches(first) {
			return ""
		}
	}
	return cleanName(first)
}
