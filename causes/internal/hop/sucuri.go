package hop

// The firewall of Sucuri. https://docs.sucuri.net/website-firewall/
func init() {
	add(System{
		Name: "Sucuri", Kind: Firewall,
		Marks: []Mark{
			{Field: "x-sucuri-id"},
			{Field: "x-sucuri-block", Means: Wrote},
			{Field: "server", Value: "sucuri"},
			{Page: "sucuri website firewall*"},
			{Page: "sucuri web site firewall*"},
			{Page: "sucuri cloud proxy"},
		},
		Tells: []Tell{
			{Says: []string{"sucuri website firewall access denied", "sucuri web site firewall access denied", "access denied sucuri website firewall*", "access denied sucuri web site firewall*", "sucuri website firewall ~ access denied", "sucuri web site firewall ~ access denied", "block reason:"}, Shared: true, Cause: "security.waf-block"},
			{Status: 403, Says: []string{"sucuri website firewall*", "sucuri web site firewall*"}, Cause: "security.waf-block"},
			{Status: 504, Says: []string{"backend or gateway timeout", "gateway timeout"}, Shared: true, Cause: "gateway.upstream-timeout"},
			{Status: 502, Says: []string{"backend or gateway connection failure", "unable to connect to the server", "bad gateway"}, Shared: true, Cause: "gateway.upstream-refused"},
		},
	})
}
