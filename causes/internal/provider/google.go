package provider

// google are the reasons of ErrorInfo (https://cloud.google.com/apis/design/errors,
// google/api/error_reason.proto) and those of the older JSON APIs
// (https://developers.google.com/webmaster-tools/v1/errors).
var google = API{
	name:  "Google",
	known: anySign(hasMembers("error/errors"), hasMembers("error/details"), hasMembers("error/status"), hasMembers("status", "error_message")),
	means: []meaning{
		{"limit.rate", "", "rate_limit_exceeded ratelimitexceeded userratelimitexceeded over_query_limit sharingratelimitexceeded"},
		{"limit.quota", "", "quotaexceeded dailylimitexceeded dailylimitexceededunreg quota_exceeded resource_quota_exceeded storagequotaexceeded" +
			" over_daily_limit teamdrivefilelimitexceeded numchildreninnonrootlimitexceeded activeitemcreationlimitexceeded" +
			" billing_quota_exceeded servinglimitexceeded variabletermlimitexceeded"},
		{"limit.complexity", "", "responsetoolarge exportsizelimitexceeded max_elements_exceeded max_dimensions_exceeded max_waypoints_exceeded" +
			" max_route_length_exceeded"},
		{"state.conflict", "", "duplicate alreadyexists filealreadyexists resourceinuse resourceinusebyanotherresource operationinprogress" +
			" resourcenotready"},
		{"state.precondition", "", "conditionnotmet"},
		{"resource.not-found", "", "notfound videonotfound channelnotfound playlistnotfound commentnotfound subscriptionnotfound filenotfound" +
			" parentnotfound entitynotfound"},
		{"resource.gone", "query:syncToken", "fullsyncrequired updatedmintoolongago"},
		{"auth.invalid-credentials", "query:key", "api_key_invalid keyinvalid api_key_not_valid"},
		{"auth.invalid-credentials", "header:Authorization", "autherror invalidcredentials"},
		{"auth.account-inactive", "", "service_disabled accessnotconfigured consumer_suspended consumer_invalid billing_disabled billingnotenabled" +
			" accountdisabled usersuspended account_deleted user_project_suspended youtubesignuprequired accountunverified" +
			" domainpolicy billing_not_active accountclosed accountsuspended"},
		{"auth.ip-blocked", "query:key", "api_key_ip_address_blocked ipreferrerblocked iprefererblocked"},
		{"auth.ip-blocked", "header:Referer", "api_key_http_referrer_blocked"},
		{"auth.ip-blocked", "", "api_key_android_app_blocked api_key_ios_app_blocked security_policy_violated org_restriction_violation" +
			" location_policy_violated geographicrestriction vpc_service_controls"},
		{"auth.forbidden-role", "", "iam_permission_denied insufficientfilepermissions forbiddenforserviceaccounts appnotauthorizedtofile" +
			" insufficientparentpermissions requiredaccesslevel abusivecontentrestriction api_key_service_blocked" +
			" insufficientfolderpermissions forbiddenfornonorganizer"},
		{"auth.token-revoked", "header:Authorization", "account_token_revoked"},
		{"auth.token-expired", "header:Authorization", "access_token_expired"},
		{"auth.insufficient-scope", "header:Authorization", "access_token_scope_insufficient insufficientpermissions insufficientscope"},
		{"auth.wrong-tenant", "", "user_project_denied"},
	},
}
