package provider

// registry: the codes of OCI distribution, section "Error Codes", and of Docker Hub.
var registry = API{
	name: "OCI registry",
	means: []meaning{
		{"limit.rate", "", "toomanyrequests"},
		{"resource.not-found", "path", "blob_unknown manifest_unknown name_unknown manifest_blob_unknown blob_upload_unknown repository_unknown"},
		{"auth.forbidden-role", "", "denied"},
		{"state.conflict", "", "tag_immutable ="},
	},
}
