package provider

// mongodb: names of codes of the server and of Atlas (https://www.mongodb.com/docs/atlas/reference/api-errors/).
var mongodb = API{
	name: "MongoDB",
	means: []meaning{
		{"state.conflict", "", "duplicatekey duplicate_key writeconflict namespaceexists duplicate_cluster_name group_already_exists" +
			" duplicate_database_user cluster_already_requested_deletion"},
		{"resource.not-found", "", "cluster_not_found group_not_found database_user_not_found namespacenotfound"},
		{"auth.ip-blocked", "", "ip_address_not_on_access_list ip_address_not_in_whitelist"},
		{"auth.forbidden-role", "", "user_unauthorized"},
		{"auth.account-inactive", "", "missing_payment_method no_payment_information_found"},
		{"state.business-rule", "", "cannot_close_group_active_atlas_clusters"},
	},
}
