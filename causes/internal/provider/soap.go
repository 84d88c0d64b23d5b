package provider

// soap are the fault codes of WS-Security (OASIS WSS 1.1, section 12).
var soap = API{
	name: "WS-Security",
	means: []meaning{
		{"auth.invalid-credentials", "", "failedauthentication"},
		{"auth.request-signature", "header:Authorization", "failedcheck"},
		{"auth.token-malformed", "", "invalidsecuritytoken"},
		{"auth.clock-skew", "", "messageexpired"},
	},
}
