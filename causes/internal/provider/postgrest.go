package provider

// postgrest hands SQLSTATE on as code, also from behind Supabase
// (https://docs.postgrest.org/en/stable/references/errors.html).
var postgrest = API{
	name:  "PostgREST",
	known: anySign(hasMembers("code", "details"), hasMembers("code", "hint"), hasMembers("sqlstate")),
	means: []meaning{
		{"state.conflict", "", "code:23505 code:40001 code:40p01 code:23503 code:55p03 code:23p01"},
		{"auth.forbidden-role", "", "code:42501"},
		{"limit.concurrency", "", "code:53300"},
		{"limit.quota", "", "code:53100"},
		{"limit.complexity", "", "code:57014"},
		{"param.value", "query:select", "code:42703 pgrst200 pgrst201"},
		{"param.value", "", "pgrst103 pgrst118"},
		{"param.serialization", "", "pgrst100"},
		{"header.invalid", "header:Accept-Profile", "pgrst106"},
		{"resource.not-found", "", "pgrst116"},
		{"auth.missing", "header:Authorization", "pgrst302"},
	},
}
