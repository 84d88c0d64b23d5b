package hop

// HUMAN (PerimeterX) answers with the pieces of its puzzle. https://docs.humansecurity.com/
func init() {
	add(System{
		Name: "PerimeterX", Kind: Firewall,
		Marks: []Mark{
			{Field: "x-px-*"},
			{Field: "set-cookie", Value: "_pxhd"},
			{Markup: "px-captcha"},
			{Markup: "_pxAppId"},
			{Page: "px captcha"},
		},
		Tells: []Tell{{Says: []string{"px captcha", "captcha.px cdn.net", "captcha.px cloud.net", `"js client src":*`, `"block script":*`, "press & hold to confirm you are"}, Cause: "security.waf-block", Hint: "a puzzle for people is asked for (captcha)"}},
	})
}
