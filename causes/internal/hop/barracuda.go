package hop

// Barracuda Web Application Firewall.
func init() {
	add(System{
		Name: "Barracuda", Kind: Firewall,
		Marks: []Mark{{Field: "set-cookie", Value: "barra_counter_session"}, {Field: "set-cookie", Value: "bni__barracuda"}, {Page: "barracuda networks"}},
		Tells: []Tell{{Says: []string{"you have been blocked ~ barracuda", "barracuda web application firewall", "the request was blocked by barracuda", "barracuda networks ~ blocked"}, Cause: "security.waf-block"}},
	})
}
