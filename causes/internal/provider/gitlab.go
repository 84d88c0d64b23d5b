package provider

// gitlab answers with words for the most part; these are the codes of its GraphQL and OAuth
// (https://docs.gitlab.com/api/rest/troubleshooting/).
var gitlab = API{
	name:  "GitLab",
	known: anySign(answersWith("X-Gitlab-Meta"), askedWith("PRIVATE-TOKEN", "JOB-TOKEN"), pathHas("/api/v4/")),
	means: []meaning{
		{"auth.insufficient-scope", "header:Authorization", "insufficient_scope"},
	},
	hides: []string{"/projects/", "/groups/"},
}
