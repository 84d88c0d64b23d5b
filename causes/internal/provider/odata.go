package provider

// odata are numbers of Dataverse (https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes).
var odata = API{
	name: "Dynamics",
	means: []meaning{
		{"limit.rate", "", "0x80072322"},
		{"limit.complexity", "", "0x80072321"},
		{"limit.concurrency", "", "0x80072326"},
		{"resource.not-found", "", "0x80040217"},
		{"state.conflict", "", "0x80040237 0x80040333 0x80060892"},
		{"state.precondition", "header:If-Match", "0x80060882"},
		{"auth.forbidden-role", "", "0x80040220 0x80048306"},
		{"auth.account-inactive", "", "0x80040225"},
	},
}
