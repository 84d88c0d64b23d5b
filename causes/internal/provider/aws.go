package provider

// aws are the codes of Amazon's services, as XML <Code>, as __type of JSON and in
// X-Amzn-ErrorType (the "Common Errors" page of each service's API reference, and
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). Servers that speak S3 answer with them too.
var aws = API{
	name:  "AWS",
	known: anySign(answersWith("X-Amz-*", "X-Amzn-*"), hasMembers("Error/Code"), hasMembers("ErrorResponse/Error"), hasMembers("Response/Errors"), hasMembers("__type")),
	means: []meaning{
		{"limit.rate", "", "throttling throttlingexception throttledexception requestthrottled requestthrottledexception toomanyrequestsexception" +
			" requestlimitexceeded provisionedthroughputexceededexception provisionedthroughputexceeded slowdown" +
			" priorrequestnotcomplete ec2throttledexception clientrequestlimitexceeded bandwidthlimitexceeded" +
			" requestthrottlingexception callratelimitexceeded"},
		{"limit.quota", "", "limitexceededexception servicequotaexceededexception servicelimitexceededexception instancelimitexceeded" +
			" vpclimitexceeded addresslimitexceeded volumelimitexceeded vcpulimitexceeded dailyemailquotaexceeded toomanybuckets" +
			" maxspotinstancecountexceeded insufficientfreeaddressesinsubnet codestorageexceededexception" +
			" itemcollectionsizelimitexceededexception quotaexceeded"},
		{"limit.concurrency", "", "concurrentinvocationlimitexceeded reservedfunctionconcurrentinvocationlimitexceeded concurrentresourceaccess" +
			" concurrenttaglimitexceeded toomanyconcurrentrequests executionlimitexceeded reservedfunctioninvocationratelimitexceeded"},
		{"state.conflict", "", "bucketalreadyexists bucketalreadyownedbyyou bucketnotempty operationaborted entityalreadyexists resourceinuseexception" +
			" resourceconflictexception resourceexistsexception resourcealreadyexistsexception alreadyexistsexception" +
			" conflictexception entityalreadyexistsexception deleteconflict deleteconflictexception incorrectinstancestate" +
			" incorrectstate invalidstateexception invaliddbinstancestate invaliddbclusterstatefault usernameexistsexception" +
			" aliasexistsexception transactionconflictexception transactioninprogressexception concurrentmodificationexception" +
			" concurrentmodification concurrentupdateexception queuealreadyexists queuenameexists queuedeletedrecently" +
			" tablealreadyexistsexception tableinuseexception dependencyviolation duplicatedocument dbinstancealreadyexists" +
			" invalidkeypair.duplicate invalidgroup.duplicate invalidpermission.duplicate kmsinvalidstateexception disabledexception" +
			" alreadyassociated invalidobjectstate restorealreadyinprogress operationnotpermittedexception executionalreadyexists" +
			" statemachinedeleting repositorynameexistsexception imagealreadyexistsexception resourcenotreadyexception" +
			" clusteralreadyexistsfault updateinprogressexception invalidchangebatch"},
		{"state.precondition", "", "preconditionfailed preconditionfailedexception invalidifmatchversion conditionalrequestconflict"},
		{"state.precondition", "/ConditionExpression", "conditionalcheckfailedexception conditionalcheckfailed"},
		{"state.idempotency", "", "idempotentparametermismatch idempotentparametermismatchexception idempotencyexception duplicaterequestexception"},
		{"resource.not-found", "", "nosuchkey nosuchbucket nosuchupload nosuchversion nosuchentity nosuchhostedzone nosuchdistribution" +
			" nosuchlifecycleconfiguration nosuchtagset nosuchcorsconfiguration nosuchbucketpolicy nosuchentityexception" +
			" resourcenotfoundexception notfoundexception tablenotfoundexception functionnotfound dbinstancenotfound" +
			" dbinstancenotfoundfault queuedoesnotexist nonexistentqueue aws.simplequeueservice.nonexistentqueue" +
			" repositorynotfoundexception imagenotfoundexception invalidinstanceid.notfound invalidvolume.notfound" +
			" invalidgroup.notfound invalidvpcid.notfound invalidsubnetid.notfound invalidamiid.notfound invalidkeypair.notfound" +
			" invalidsnapshot.notfound invalidallocationid.notfound streamnotfoundexception clusternotfoundexception" +
			" clusternotfoundfault servicenotfoundexception parameternotfound loadbalancernotfound targetgroupnotfound" +
			" statemachinedoesnotexist executiondoesnotexist activitydoesnotexist stacknotfoundexception topicnotfound" +
			" nosuchpublicaccessblockconfiguration serversideencryptionconfigurationnotfounderror" +
			" replicationconfigurationnotfounderror"},
		{"resource.gone", "", "pipelinedeletedexception"},
		{"auth.request-signature", "header:Authorization", "signaturedoesnotmatch invalidsignatureexception invalidsignature incompletesignature incompletesignatureexception" +
			" authorizationheadermalformed authorizationqueryparameterserror xamzcontentsha256mismatch"},
		{"auth.clock-skew", "", "requesttimetooskewed requestexpired requestexpiredexception"},
		{"auth.invalid-credentials", "header:X-API-Key", "forbiddenexception"},
		{"auth.invalid-credentials", "header:Authorization", "invalidaccesskeyid invalidclienttokenid unrecognizedclientexception authfailure"},
		{"auth.forbidden-role", "", "accessdenied accessdeniedexception unauthorizedoperation authorizationerrorexception authorizationerror" +
			" kmsaccessdeniedexception notauthorized explicitdeny"},
		{"auth.account-inactive", "", "optinrequired optinrequiredexception subscriptionrequiredexception accountproblem notsignedup allaccessdisabled" +
			" pendingverification invalidpayer accountsuspendedexception sendingpausedexception accountsendingpausedexception"},
		{"auth.invalid-credentials", "", "usernotfoundexception"},
		{"auth.interaction-required", "", "usernotconfirmedexception passwordresetrequiredexception"},
		{"header.invalid", "header:Content-MD5", "invaliddigest"},
		{"header.invalid", "header:Range", "invalidrange"},
		{"state.business-rule", "", "messagerejected mailfromdomainnotverifiedexception"},
		{"content.too-large", "", "entitytoolarge requestentitytoolargeexception requesttoolargeexception metadatatoolarge"},
	},
}
