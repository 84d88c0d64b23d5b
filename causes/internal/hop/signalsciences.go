package hop

// The firewall of Fastly, once Signal Sciences, answers 406. https://docs.fastly.com/en/ngwaf/
func init() {
	add(System{
		Name: "Fastly Next-Gen WAF", Kind: Firewall,
		Marks: []Mark{
			{Field: "x-sigsci-*"},
			{Field: "x-sigsci-agentresponse", Means: Wrote},
		},
		Tells: []Tell{
			{Status: 406, Shared: true, Cause: "security.waf-block"},
			{Says: []string{"406 not acceptable request blocked", "request blocked by signal sciences"}, Cause: "security.waf-block"},
		},
	})
}
