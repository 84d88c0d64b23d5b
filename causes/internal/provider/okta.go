package provider

// okta: https://developer.okta.com/docs/reference/error-codes/.
var okta = API{
	name: "Okta",
	means: []meaning{
		{"auth.invalid-credentials", "header:Authorization", "e0000011"},
		{"auth.invalid-credentials", "", "e0000004"},
		{"auth.forbidden-role", "", "e0000006"},
		{"limit.rate", "", "e0000047"},
		{"resource.not-found", "path", "e0000007 e0000048"},
		{"state.conflict", "", "e0000157 e0000016 e0000020 e0000038 e0000058 e0000112"},
		{"auth.account-inactive", "", "e0000069 e0000015"},
		{"auth.interaction-required", "", "e0000082"},
	},
}
