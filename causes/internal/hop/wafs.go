package hop

// Further firewalls and bot filters: a page and a mark each.
func init() {
	add(System{
		Name: "FortiWeb", Kind: Firewall,
		Marks: []Mark{{Field: "set-cookie", Value: "fortiwafsid"}, {Field: "server", Value: "fortiweb", Means: Wrote}},
		Tells: []Tell{{Says: []string{"web page blocked! ~ attack id", "attack id: 200*", "the page cannot be displayed. please contact the administrator for additional information ~ attack id", "fortiweb", "forti web"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "FortiGuard", Kind: Forward,
		Marks: []Mark{{Page: "fortiguard intrusion prevention"}, {Page: "forti guard intrusion prevention"}},
		Tells: []Tell{{Says: []string{"fortiguard intrusion prevention ~ access blocked", "forti guard intrusion prevention ~ access blocked", "fortigate application control", "forti gate application control", "web filter block override", "fortiguard web filtering", "forti guard web filtering"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Radware", Kind: Firewall,
		Marks: []Mark{{Field: "x-sl-compstate"}, {Page: "unauthorized activity has been detected"}},
		Tells: []Tell{{Says: []string{"unauthorized activity has been detected", "radware captcha page"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Zscaler", Kind: Forward,
		Marks: []Mark{{Field: "server", Value: "zscaler", Means: Wrote}},
		Tells: []Tell{{Says: []string{"zscaler to protect you", "security you need ~ zscaler", "website blocked ~ zscaler", "internet security by zscaler"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Wallarm", Kind: Firewall,
		Marks: []Mark{{Field: "server", Value: "nginx-wallarm"}},
		Tells: []Tell{{Says: []string{"wallarm blocked", "the request is blocked ~ wallarm"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "StackPath", Kind: Firewall,
		Marks: []Mark{{Field: "x-sp-*"}},
		Tells: []Tell{{Says: []string{"this website is using a security service to protect itself", "stackpath ~ blocked", "stack path ~ blocked", "you performed an action that triggered the service and blocked your request"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Alibaba Cloud WAF", Kind: Firewall,
		Marks: []Mark{{Field: "set-cookie", Value: "acw_tc"}, {Field: "ali-swift-global-savetime"}},
		Tells: []Tell{{Says: []string{"your request has been blocked as it may cause potential threats to the server's security", "errors.aliyun.com", "405 ~ potential threats to the server"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Tencent Cloud WAF", Kind: Firewall,
		Marks: []Mark{{Page: "waf.tencent cloud.com"}},
		Tells: []Tell{{Says: []string{"waf.tencent cloud.com", "t sec waf"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "NAXSI", Kind: Firewall,
		Marks: []Mark{{Field: "x-data-origin", Value: "naxsi"}, {Field: "server", Value: "naxsi"}},
		Tells: []Tell{{Says: []string{"blocked by naxsi", "naxsi blocked"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "SonicWall", Kind: Forward,
		Marks: []Mark{{Field: "server", Value: "sonicwall", Means: Wrote}},
		Tells: []Tell{{Says: []string{"this request is blocked by the sonicwall", "this request is blocked by the sonic wall", "web site blocked ~ nsa banner", "sonicwall network security", "sonic wall network security"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Palo Alto Networks", Kind: Forward,
		Marks: []Mark{{Page: "the virus/spyware you attempted"}},
		Tells: []Tell{{Says: []string{"has been blocked in accordance with company policy", "palo alto next generation security platform", "virus/spyware download blocked"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Reblaze", Kind: Firewall,
		Marks: []Mark{{Field: "set-cookie", Value: "rbzid"}, {Field: "server", Value: "reblaze", Means: Wrote}},
		Tells: []Tell{{Says: []string{"access denied (403) current session has been terminated", "for further information, do not hesitate to contact us ~ reblaze"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "DDoS-Guard", Kind: Firewall,
		Marks: []Mark{{Field: "server", Value: "ddos-guard"}},
		Tells: []Tell{{Says: []string{"ddos guard ~ checking your browser", "ddo s guard ~ checking your browser", "checking your browser before accessing ~ ddos guard", "checking your browser before accessing ~ ddo s guard"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Kasada", Kind: Firewall,
		Marks: []Mark{{Field: "x-kpsdk-*", Means: Wrote}, {Markup: "kpsdk"}},
		Tells: []Tell{{Says: []string{"kpsdk*"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Anubis", Kind: Firewall,
		Marks: []Mark{{Field: "set-cookie", Value: "techaro"}},
		Tells: []Tell{{Says: []string{"making sure you're not a bot", "protected by anubis"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "a captcha", Kind: Firewall,
		Marks: []Mark{{Markup: "hcaptcha.com/"}, {Markup: "google.com/recaptcha"}, {Markup: "challenges.cloudflare.com/turnstile"}},
		Tells: []Tell{{Says: []string{"please verify you are a human", "verify that you are not a robot", "verifying you are human", "please complete the security check to access", "prove you are human", "complete the captcha to continue", "please solve the captcha", "captcha is required to continue"}, Vague: true, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Comodo WAF", Kind: Firewall,
		Marks: []Mark{{Field: "server", Value: "protected by comodo", Means: Wrote}},
		Tells: []Tell{{Says: []string{"protected by comodo waf"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Cloudbric", Kind: Firewall,
		Marks: []Mark{{Page: "blocked by cloudbric"}},
		Tells: []Tell{{Says: []string{"blocked by cloudbric", "malicious code detected ~ cloudbric"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Edgecast", Kind: Edge,
		Marks: []Mark{{Field: "server", Value: "ecacc"}, {Field: "server", Value: "ecs ("}, {Field: "server", Value: "ecd ("}},
		Tells: []Tell{{Says: []string{"403 forbidden ~ edgecast", "403 forbidden ~ edge cast"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Bunny", Kind: Edge,
		Marks: []Mark{{Field: "server", Value: "bunnycdn"}, {Field: "cdn-pullzone"}},
		Tells: []Tell{{Says: []string{"bunny shield ~ blocked", "your request was blocked by bunny"}, Cause: "security.waf-block"}},
	})
	add(System{
		Name: "Google Cloud Armor", Kind: Firewall,
		Marks: []Mark{{Page: "denied by security policy"}},
		Tells: []Tell{{Says: []string{"denied by security policy", "cloud armor ~ blocked"}, Cause: "security.waf-block"}},
	})
}
