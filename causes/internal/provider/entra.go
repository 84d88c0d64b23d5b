package provider

// microsoftEntra are the numbers behind AADSTS, as they stand in error_codes and before the description
// (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
var microsoftEntra = API{
	name:  "Microsoft Entra ID",
	known: anySign(mentions("aadsts"), hasMembers("error_codes")),
	means: []meaning{
		{"auth.interaction-required", "", "aadsts50076 aadsts50079 aadsts50158 aadsts65001 aadsts50074 aadsts50072 aadsts50058 aadsts16000 aadsts50055 aadsts50144" +
			" aadsts50129 aadsts53000 aadsts530001 aadsts90094 aadsts50097 aadsts50125 aadsts50078 aadsts50203 aadsts90099" +
			" error_codes:50076 error_codes:50079 error_codes:65001 error_codes:50158 error_codes:50074 error_codes:50072" +
			" error_codes:50058 error_codes:16000 error_codes:50055 error_codes:50144 error_codes:50097 error_codes:53000" +
			" error_codes:90094 error_codes:50078 error_codes:50203"},
		{"auth.invalid-credentials", "/password", "aadsts50126 aadsts50034 aadsts50056 error_codes:50126 error_codes:50034 error_codes:50056"},
		{"auth.account-inactive", "", "aadsts50057 aadsts50053 aadsts7000112 aadsts5000225 error_codes:50057 error_codes:50053 error_codes:7000112" +
			" error_codes:5000225"},
		{"oauth.invalid-client", "/client_id", "aadsts700016 aadsts7000215 aadsts7000222 error_codes:700016 error_codes:7000215 error_codes:7000222"},
		{"auth.wrong-tenant", "path", "aadsts90002 aadsts900021 aadsts900023 error_codes:90002 error_codes:900023 error_codes:900021"},
		{"auth.wrong-tenant", "", "aadsts50020 aadsts50194 aadsts50107 aadsts90072 aadsts50177 error_codes:50020 error_codes:50194 error_codes:90072"},
		{"auth.forbidden-role", "", "aadsts50105 aadsts53003 error_codes:50105 error_codes:53003"},
		{"limit.rate", "", "aadsts90055 aadsts50196 error_codes:90055 error_codes:50196"},
	},
}
