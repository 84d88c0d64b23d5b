package contract_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
)

func ExampleSchema_Output() {
	s, err := contract.CompileSchema([]byte(`{
  "$id": "https://example.com/polygon",
  "$defs": {"point": {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x", "y"]}},
  "items": {"$ref": "#/$defs/point"}
}`), contract.SchemaOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	raw, _ := json.MarshalIndent(s.Output([]byte(`[{"x": "1"}]`), contract.OutputDetailed), "", "  ")
	fmt.Println(string(raw))
	// Output:
	// {
	//   "valid": false,
	//   "keywordLocation": "/items/$ref",
	//   "absoluteKeywordLocation": "https://example.com/polygon#/$defs/point",
	//   "instanceLocation": "/0",
	//   "errors": [
	//     {
	//       "valid": false,
	//       "keywordLocation": "/items/$ref/properties/x/type",
	//       "absoluteKeywordLocation": "https://example.com/polygon#/$defs/point/properties/x/type",
	//       "instanceLocation": "/0/x",
	//       "error": "the value must be a number"
	//     },
	//     {
	//       "valid": false,
	//       "keywordLocation": "/items/$ref/required",
	//       "absoluteKeywordLocation": "https://example.com/polygon#/$defs/point/required",
	//       "instanceLocation": "/0",
	//       "error": "the value must have `y`"
	//     }
	//   ]
	// }
}

func TestOutputForms(t *testing.T) {
	t.Parallel()
	s := compile(t, `{"title":"T","anyOf":[{"type":"string"},{"minimum":3}],"not":{"const":4},"if":{"const":5},"then":{"title":"five"}}`, contract.SchemaOptions{})
	tests := []struct {
		value  string
		format contract.OutputFormat
		want   string
	}{
		{`3`, contract.OutputFlag, `{"valid":true}`},
		{`2`, contract.OutputFlag, `{"valid":false}`},
		{
			`2`, contract.OutputBasic, `{"valid":false,"keywordLocation":"","absoluteKeywordLocation":"#","instanceLocation":"","errors":[` +
				`{"valid":false,"keywordLocation":"","absoluteKeywordLocation":"#","instanceLocation":"","error":"a subschema had errors"},` +
				`{"valid":false,"keywordLocation":"/anyOf","absoluteKeywordLocation":"#/anyOf","instanceLocation":"","error":"0 of 2 schemas fit"},` +
				`{"valid":false,"keywordLocation":"/anyOf/0/type","absoluteKeywordLocation":"#/anyOf/0/type","instanceLocation":"","error":"the value must be a string"},` +
				`{"valid":false,"keywordLocation":"/anyOf/1/minimum","absoluteKeywordLocation":"#/anyOf/1/minimum","instanceLocation":"","error":"the value must be at least 3"}]}`,
		},
		{
			`4`, contract.OutputDetailed,
			`{"valid":false,"keywordLocation":"/not","absoluteKeywordLocation":"#/not","instanceLocation":"","error":"the value must not fit"}`,
		},
		{
			`5`, contract.OutputBasic, `{"valid":true,"keywordLocation":"","absoluteKeywordLocation":"#","instanceLocation":"","annotations":[` +
				`{"valid":true,"keywordLocation":"/title","absoluteKeywordLocation":"#/title","instanceLocation":"","annotation":"T"},` +
				`{"valid":true,"keywordLocation":"/then/title","absoluteKeywordLocation":"#/then/title","instanceLocation":"","annotation":"five"}]}`,
		},
		{
			`3`, contract.OutputDetailed,
			`{"valid":true,"keywordLocation":"/title","absoluteKeywordLocation":"#/title","instanceLocation":"","annotation":"T"}`,
		},
		{
			`6`, contract.OutputVerbose, `{"valid":true,"keywordLocation":"","absoluteKeywordLocation":"#","instanceLocation":"","annotations":[` +
				`{"valid":true,"keywordLocation":"/title","absoluteKeywordLocation":"#/title","instanceLocation":"","annotation":"T"},` +
				`{"valid":true,"keywordLocation":"/anyOf","absoluteKeywordLocation":"#/anyOf","instanceLocation":"","annotations":[` +
				`{"valid":false,"keywordLocation":"/anyOf/0","absoluteKeywordLocation":"#/anyOf/0","instanceLocation":"","errors":[` +
				`{"valid":false,"keywordLocation":"/anyOf/0/type","absoluteKeywordLocation":"#/anyOf/0/type","instanceLocation":"","error":"the value must be a string"}]},` +
				`{"valid":true,"keywordLocation":"/anyOf/1","absoluteKeywordLocation":"#/anyOf/1","instanceLocation":"","annotations":[` +
				`{"valid":true,"keywordLocation":"/anyOf/1/minimum","absoluteKeywordLocation":"#/anyOf/1/minimum","instanceLocation":""}]}]},` +
				`{"valid":true,"keywordLocation":"/not","absoluteKeywordLocation":"#/not","instanceLocation":"","annotations":[` +
				`{"valid":false,"keywordLocation":"/not","absoluteKeywordLocation":"#/not","instanceLocation":"","errors":[` +
				`{"valid":false,"keywordLocation":"/not/const","absoluteKeywordLocation":"#/not/const","instanceLocation":"","error":"the value must be ` + "`4`" + `"}]}]},` +
				`{"valid":false,"keywordLocation":"/if","absoluteKeywordLocation":"#/if","instanceLocation":"","errors":[` +
				`{"valid":false,"keywordLocation":"/if/const","absoluteKeywordLocation":"#/if/const","instanceLocation":"","error":"the value must be ` + "`5`" + `"}]}]}`,
		},
		{`{"a":1,"a":1}`, contract.OutputBasic, "stands twice"},
		{`{`, contract.OutputVerbose, `{"valid":false,"keywordLocation":"","absoluteKeywordLocation":"#","instanceLocation":"","error":`},
	}
	for _, tt := range tests {
		raw, err := json.Marshal(s.Output([]byte(tt.value), tt.format))
		if err != nil || !strings.Contains(string(raw), tt.want) {
			t.Errorf("%s, form %d:\n%s\nwant\n%s (%v)", tt.value, tt.format, raw, tt.want, err)
		}
	}
}

// TestOutputIsBounded holds the size of the output of a value that fits
// thousands of branches in thousands of ways.
func TestOutputIsBounded(t *testing.T) {
	t.Parallel()
	s := compile(t, `{"anyOf":[{"items":{"$ref":"#"}},{"items":{"$ref":"#"},"minItems":1},{"items":{"$ref":"#"},"maxItems":1}]}`, contract.SchemaOptions{})
	value := []byte(strings.Repeat("[", 200) + strings.Repeat("]", 200))
	for format := contract.OutputFlag; format <= contract.OutputVerbose; format++ {
		raw, err := json.Marshal(s.Output(value, format))
		if err != nil || len(raw) > 32<<20 || !strings.HasPrefix(string(raw), `{"valid":true`) {
			t.Errorf("form %d: %d bytes, %v", format, len(raw), err)
		}
	}
}
