package hop

import "github.com/faultline-http/faultline"

// The router of Heroku names an H code in its log. https://devcenter.heroku.com/articles/error-codes
func init() {
	add(System{
		Name: "Heroku", Kind: Edge,
		Marks: []Mark{
			{Field: "via", Value: "vegur"},
			{Field: "via", Value: "heroku-router"},
			{Field: "server", Value: "heroku"},
			{Field: "nel", Value: "heroku-nel"},
			{Field: "reporting-endpoints", Value: "heroku-nel"},
			{Markup: "herokucdn.com/error-pages"},
		},
		Tells: []Tell{
			{Says: []string{"code=h10", "h10 app crashed"}, Cause: "server.unavailable", Hint: "H10: the app crashed"},
			{Says: []string{"code=h12", "code=h28", "code=h15"}, Cause: "gateway.upstream-timeout", Hint: "H12: no answer in 30 seconds"},
			{Says: []string{"code=h13", "code=h17", "code=h18"}, Cause: "gateway.bad-response", Hint: "H13: the app closed the connection without an answer"},
			{Says: []string{"code=h14"}, Cause: "gateway.no-upstream", Hint: "H14: no web dynos running"},
			{Says: []string{"code=h19", "code=h21"}, Cause: "gateway.upstream-refused", Hint: "H21: the dyno refuses the connection"},
			{Says: []string{"code=h20", "code=h99", "code=h80"}, Cause: "server.unavailable"},
			{Says: []string{"code=h11"}, Cause: "server.overloaded", Hint: "H11: the backlog is too deep"},
			{Says: []string{"no such app", "there's nothing here, yet", "there is no app configured at that hostname"}, Shared: true, Cause: "route.gateway-no-match", At: "Host", Hint: "no app of Heroku has this name"},
			{Says: []string{"there is no app configured at that hostname"}, Cause: "route.gateway-no-match", At: "Host"},
			{Status: 503, Says: []string{"this application is undergoing maintenance", "offline for maintenance"}, Shared: true, Cause: "server.unavailable"},
		},
		Log: Log{Where: "heroku logs --tail", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "at=error code=H10 or H21",
			"gateway.upstream-timeout": "at=error code=H12",
			"gateway.bad-response":     "at=error code=H13",
			"gateway.no-upstream":      "at=error code=H14",
			"server.unavailable":       "at=error code=H10, or H80 for maintenance",
		}},
	})
}
