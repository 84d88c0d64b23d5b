package provider

// telegram answers {"ok":false,"error_code":...}; the meaning is in the description, 429 and 409 are unmistakable
// (https://core.telegram.org/bots/api#making-requests).
var telegram = API{
	name:  "Telegram",
	known: hasMembers("ok", "error_code", "description"),
	means: []meaning{
		{"limit.rate", "", "error_code:429 error_code:420"},
		{"state.conflict", "", "error_code:409"},
		{"auth.invalid-credentials", "path", "error_code:401"},
		{"route.unknown-path", "path", "error_code:404"},
		{"auth.forbidden-role", "", "error_code:403"},
	},
}
