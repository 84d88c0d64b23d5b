package provider

// azure are the codes of Azure Resource Manager, Azure Storage, Cosmos DB and Microsoft Graph
// (https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors,
// https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes, https://learn.microsoft.com/graph/errors).
var azure = API{
	name:  "Azure",
	known: anySign(answersWith("X-Ms-*", "Request-Id", "Client-Request-Id"), hasMembers("error/code", "error/message"), hasMembers("odata.error"), hasMembers("Error/Code")),
	means: []meaning{
		{"limit.rate", "", "subscriptionrequeststhrottled activitylimitreached applicationthrottled resourcerequeststhrottled tenantthrottled" +
			" requestratetoolarge"},
		{"limit.quota", "", "quotaexceeded quotalimitreached resourcequotaexceeded insufficientquota quotaexhausted coresquotaexceeded" +
			" publicipcountlimitreached storageaccountlimitreached maxstorageaccountscountpersubscriptionexceeded" +
			" accountquotaexceeded errorquotaexceeded directory_quotaexceeded deploymentquotaexceeded"},
		{"limit.concurrency", "", "mailboxconcurrency applicationconcurrency errortoomanyconcurrentrequests toomanyconcurrentrequests" +
			" errorexceededconnectioncount"},
		{"limit.complexity", "", "toomanyconditions"},
		{"state.conflict", "", "blobalreadyexists containeralreadyexists resourcealreadyexists tablealreadyexists queuealreadyexists" +
			" entityalreadyexists sharealreadyexists namealreadyexists storageaccountalreadytaken storageaccountalreadyexists" +
			" anotheroperationinprogress conflictingrequest conflictingoperation leasealreadypresent leaseidmissing" +
			" leaseidmismatchwithbloboperation leaselost leaseidmismatchwithleaseoperation leasenotpresentwithbloboperation" +
			" containerbeingdeleted queuebeingdeleted tablebeingdeleted snapshotspresent pendingcopyoperation blobarchived" +
			" blobbeingrehydrated resourcegroupbeingdeleted inusesubnetcannotbedeleted scopelocked operationpreempted" +
			" roleassignmentexists resourceinuse resourcelocked errorirresolvableconflict nameinuse invalidblobtype" +
			" request_multipleobjectswithsamekeyvalue objectconflict filesharedeleting vaultalreadyexists" +
			" roledefinitionwithsamenameexists deploymentactiveandactionsnotallowed"},
		{"state.precondition", "", "conditionnotmet updateconditionnotsatisfied targetconditionnotmet sourceconditionnotmet appendpositionconditionnotmet" +
			" maxblobsizeconditionnotmet resourcemodified"},
		{"resource.not-found", "", "resourcenotfound resourcegroupnotfound blobnotfound containernotfound queuenotfound tablenotfound sharenotfound" +
			" entitynotfound subscriptionnotfound itemnotfound erroritemnotfound request_resourcenotfound parentresourcenotfound" +
			" messagenotfound secretnotfound keynotfound certificatenotfound deploymentnotfound vaultnotfound" +
			" mailboxnotenabledforrestapi errorfoldernotfound errornonexistentmailbox roledefinitiondoesnotexist principalnotfound" +
			" errorinvaliduser"},
		{"resource.gone", "", "resourcegone syncstatenotfound resyncrequired"},
		{"auth.request-signature", "header:Authorization", "authenticationfailed"},
		{"auth.insufficient-scope", "header:Authorization", "authorization_requestdenied"},
		{"auth.forbidden-role", "", "authorizationfailed linkedauthorizationfailed erroraccessdenied authorizationpermissionmismatch" +
			" insufficientaccountpermissions requestdisallowedbypolicy forbiddenbyrbac forbiddenbypolicy" +
			" roleassignmentupdatenotpermitted authorizationresourcetypemismatch authorizationprotocolmismatch" +
			" authorizationservicemismatch keybasedauthenticationnotpermitted publicaccessnotpermitted" +
			" denyassignmentauthorizationfailed"},
		{"auth.ip-blocked", "", "authorizationsourceipmismatch forbiddenbyfirewall ipfirewallblocked"},
		{"auth.wrong-tenant", "", "invalidauthenticationtokentenant authorization_identitynotfound"},
		{"auth.account-inactive", "", "readonlydisabledsubscription accountisdisabled subscriptionnotregistered missingsubscriptionregistration" +
			" accountdisabled disallowedprovider disabledsubscription"},
		{"auth.token-expired", "header:Authorization", "expiredauthenticationtoken"},
		{"content.too-large", "", "requestbodytoolarge"},
	},
}
