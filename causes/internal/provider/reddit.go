package provider

// reddit: codes of json.errors, and reason of a 403.
var reddit = API{
	name:  "Reddit",
	known: anySign(hasMembers("json/errors"), answersWith("X-Reddit-*", "X-Ratelimit-Used"), hasMembers("message", "error", "reason")),
	means: []meaning{
		{"limit.rate", "", "ratelimit"},
		{"resource.not-found", "", "subreddit_noexist"},
		{"auth.forbidden-role", "", "private subreddit_notallowed gold_only banned"},
		{"state.conflict", "", "already_sub thread_locked too_old deleted_comment"},
		{"auth.missing", "header:Authorization", "user_required"},
	},
}
