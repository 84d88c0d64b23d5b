package hop

import "github.com/faultline-http/faultline"

// ngrok numbers its errors. https://ngrok.com/docs/errors/
func init() {
	add(System{
		Name: "ngrok", Kind: Ingress,
		Marks: []Mark{{Field: "ngrok-error-code", Means: Wrote}, {Field: "ngrok-*"}, {Page: "err ngrok *"}},
		Tells: []Tell{
			{Says: []string{"err ngrok 8012"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"err ngrok 3200", "err ngrok 3208"}, Cause: "gateway.no-upstream", Hint: "no agent is connected for this address"},
			{Says: []string{"err ngrok 3204", "err ngrok 3206"}, Cause: "route.wrong-host", At: "Host"},
			{Says: []string{"err ngrok 3004", "err ngrok 3801"}, Cause: "gateway.bad-response"},
			{Says: []string{"err ngrok 6024"}, Cause: "security.waf-block", Hint: "the warning page for browsers: send `ngrok-skip-browser-warning`"},
			{Says: []string{"err ngrok 725", "err ngrok 727", "err ngrok 734"}, Cause: "limit.quota"},
		},
		Log: Log{Where: "the agent's page at http://127.0.0.1:4040", Lines: map[faultline.Slug]string{"gateway.upstream-refused": "the address that the agent sends to"}},
	})
}
