package curlcmd

import (
	"testing"

	faultline "github.com/faultline-http/faultline"
)

func request(method, target, body string, fields ...string) *faultline.Request {
	r := &faultline.Request{Method: method, Scheme: "http", Host: "localhost:8080", Target: target, Body: faultline.NewBody([]byte(body))}
	for i := 0; i+1 < len(fields); i += 2 {
		r.Header = append(r.Header, faultline.Field{Name: fields[i], Value: fields[i+1]})
	}
	return r
}

func TestCommand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		r     *faultline.Request
		style Style
		want  string
	}{
		{
			name: "json with a token",
			r: request("POST", "/v1/orders", "{\n  \"customer_id\": \"cus_42\"\n}", "Host", "localhost:8080", "User-Agent", "x/1", "Accept", "*/*",
				"Content-Type", "application/json", "Authorization", "Bearer abc.def.ghi", "Content-Length", "31"),
			want: "curl 'http://localhost:8080/v1/orders' \\\n" +
				"  -H 'content-type: application/json' -H \"authorization: Bearer $TOKEN\" \\\n" +
				"  -d '{\n  \"customer_id\": \"cus_42\"\n}'",
		},
		{name: "get", r: request("GET", "/v1/orders?limit=3&x=a'b", ""), want: `curl 'http://localhost:8080/v1/orders?limit=3&x=a'\''b'`},
		{name: "delete", r: request("DELETE", "/v1/orders/7", "", "Proxy-Connection", "Keep-Alive"), want: `curl -X DELETE 'http://localhost:8080/v1/orders/7'`},
		{name: "head", r: request("HEAD", "/", ""), want: `curl -I 'http://localhost:8080/'`},
		{name: "form", r: request("POST", "/", "a=b", "content-type", "application/x-www-form-urlencoded"), want: "curl 'http://localhost:8080/' \\\n  -d 'a=b'"},
		{name: "no type", r: request("POST", "/", "a=b"), want: "curl 'http://localhost:8080/' \\\n  -H 'content-type:' \\\n  -d 'a=b'"},
		{name: "an @ is no file", r: request("PUT", "/", "@x", "content-type", "text/plain"), want: "curl -X PUT 'http://localhost:8080/' \\\n  -H 'content-type: text/plain' \\\n  --data-raw '@x'"},
		{
			name: "secrets", r: request("GET", "/?api_key=abc&n=1", "", "X-Api-Key", "abc", "Cookie", "a=b", "Authorization", "Basic eHg=", "Idempotency-Key", "7"),
			style: Style{OneLine: true},
			want:  `curl "http://localhost:8080/?api_key=$API_KEY&n=1" -H "x-api-key: $API_KEY" -H "cookie: $COOKIE" -H "authorization: Basic $CREDENTIALS" -H 'idempotency-key: 7'`,
		},
		{name: "raw token", r: request("GET", "/", "", "Authorization", "abcdef"), want: "curl 'http://localhost:8080/' \\\n  -H \"authorization: $AUTHORIZATION\""},
		{name: "special and secret", r: request("GET", "/?a=$1!&token=t", ""), want: `curl 'http://localhost:8080/?a=$1!&token='"$TOKEN"`},
		{name: "binary", r: request("POST", "/", "\xff\x011\r\n", "content-type", "x/y"), want: "curl 'http://localhost:8080/' \\\n  -H 'content-type: x/y' \\\n  -d $'\\377\\0011\\r\n'"},
		{name: "space", r: request("GET", "/a b", ""), want: `curl --request-target '/a b' 'http://localhost:8080/'`},
		{name: "glob", r: request("GET", "/?a[]=1", ""), want: `curl -g 'http://localhost:8080/?a[]=1'`},
		{name: "asterisk", r: request("OPTIONS", "*", ""), want: `curl -X OPTIONS --request-target '*' 'http://localhost:8080/'`},
		{name: "no host", r: &faultline.Request{Method: "GET", Target: "/v1/me"}, want: `curl "$BASE_URL/v1/me"`},
		{name: "bidi", r: request("GET", "/", "", "x", "a\u202eb"), want: "curl 'http://localhost:8080/' \\\n  -H $'x: a\\342\\200\\256b'"},
		{name: "empty field", r: request("GET", "/", "", "X-Empty", ""), want: "curl 'http://localhost:8080/' \\\n  -H 'x-empty;'"},
		{name: "nul", r: request("POST", "/", "a\x00b", "content-type", "x/y"), want: "curl 'http://localhost:8080/' \\\n  -H 'content-type: x/y' \\\n  --data-binary @request-body.bin\n# put the body of 3 bytes into request-body.bin"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Command(tt.r, tt.style); got != tt.want {
				t.Errorf("command\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}
