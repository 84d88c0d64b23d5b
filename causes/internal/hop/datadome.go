package hop

// DataDome answers API calls with the address of its captcha. https://docs.datadome.co/
func init() {
	add(System{
		Name: "DataDome", Kind: Firewall,
		Marks: []Mark{
			{Field: "x-datadome", Means: Passed},
			{Field: "x-dd-b", Means: Wrote},
			{Field: "server", Value: "datadome", Means: Wrote},
			{Field: "set-cookie", Value: "datadome="},
			{Markup: "captcha-delivery.com"},
			{Page: "geo.captcha delivery.com"},
		},
		Tells: []Tell{{Says: []string{"geo.captcha delivery.com", "captcha delivery.com"}, Cause: "security.waf-block", Hint: "a puzzle for people is asked for (captcha)"}},
	})
}
