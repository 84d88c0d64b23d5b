package words

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCodes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		body string
		want []Code
	}{
		{`{"error":{"code":"resource_missing","message":"No such customer"}}`, []Code{{"code", "resource_missing", false}}},
		{`{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}`, []Code{{"__type", "throttlingexception", false}}},
		{`<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>`, []Code{{"code", "nosuchkey", false}}},
		{`{"code":20429,"message":"Too Many Requests","status":429}`, []Code{{"code", "20429", true}, {"status", "429", true}}},
		{`{"error":"invalid_grant","error_description":"AADSTS50076: use multi-factor","error_codes":[50076]}`, []Code{{"error", "invalid_grant", false}, {"error_description", "aadsts50076", false}, {"error_codes", "50076", true}}},
		{`{"error_summary":"x","error":{".tag":"expired_access_token"}}`, []Code{{".tag", "expired_access_token", false}}},
		{`<Envelope><Body><Fault><faultcode>wsse:FailedAuthentication</faultcode></Fault></Body></Envelope>`, []Code{{"faultcode", "failedauthentication", false}}},
		{`{"errors":["Forbidden"]}`, []Code{{"errors", "forbidden", false}}},
		{`{"id":-32600,"error":"it went wrong"}`, []Code{{"id", "-32600", true}}},
		{`{"name":"a name of several words","note":"code"}`, nil},
		{`plain`, nil},
	} {
		if diff := cmp.Diff(tt.want, Codes(Document([]byte(tt.body)))); diff != "" {
			t.Errorf("codes of %s (-want +got):\n%s", tt.body, diff)
		}
	}
}

func TestCodesAreBounded(t *testing.T) {
	t.Parallel()
	body := `[` + strings.Repeat(`{"code":"x1"},`, 2000) + `{"code":"last"}]`
	if got := len(Codes(Parse([]byte(body)))); got != maxCodes {
		t.Errorf("%d codes, want %d", got, maxCodes)
	}
	deep := strings.Repeat(`{"error":`, 12) + `"code1"` + strings.Repeat(`}`, 12)
	if got := Codes(Parse([]byte(deep))); len(got) != 0 {
		t.Errorf("codes below the bound: %v", got)
	}
}

func TestCodeOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"ThrottlingException:http://internal.example.com/x": "throttlingexception", "BlobNotFound": "blobnotfound", "": ""} {
		got, ok := CodeOf("x-amzn-errortype", text)
		if got.Text != want || ok != (want != "") {
			t.Errorf("CodeOf(%q) = %q, %v", text, got.Text, ok)
		}
	}
}
