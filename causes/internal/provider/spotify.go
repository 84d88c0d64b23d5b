package provider

// spotify: reasons of its player API (https://developer.spotify.com/documentation/web-api/concepts/api-calls).
var spotify = API{
	name:  "Spotify",
	known: hasMembers("error/status", "error/message"),
	means: []meaning{
		{"auth.account-inactive", "", "premium_required"},
		{"resource.not-found", "", "no_active_device"},
		{"state.conflict", "", "already_paused not_paused no_prev_track no_next_track no_specific_track"},
		{"limit.rate", "", "rate_limited"},
	},
}
