package provider

// npm: codes of the registry and its clients.
var npm = API{
	name: "npm",
	means: []meaning{
		{"auth.missing", "header:Authorization", "eneedauth"},
		{"auth.interaction-required", "", "eotp"},
		{"state.conflict", "", "epublishconflict"},
	},
}
