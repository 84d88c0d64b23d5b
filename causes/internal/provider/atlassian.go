package provider

// atlassian are codes of Jira, Confluence, Bitbucket and Trello's gateway
// (https://developer.atlassian.com/cloud/confluence/rest/v2/intro/).
var atlassian = API{
	name:  "Atlassian",
	known: anySign(answersWith("X-AREQUESTID", "ATL-TraceId", "X-Seraph-*"), servedBy("AtlassianEdge")),
	means: []meaning{
		{"auth.csrf", "header:X-Atlassian-Token", "xsrf_check_failed"},
		{"resource.not-found", "", "not_found"},
	},
}
