package provider

// datadog answers {"errors":["Forbidden"]} for a key that it does not know
// (https://docs.datadoghq.com/api/latest/).
var datadog = API{
	name:  "Datadog",
	known: anySign(askedWith("DD-API-KEY", "DD-APPLICATION-KEY")),
	means: []meaning{
		{"auth.invalid-credentials", "header:DD-API-KEY", "forbidden unauthorized"},
	},
}
