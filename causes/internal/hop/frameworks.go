package hop

// Frameworks and their servers: whose marks stand in an answer, an API was
// asked. They write no page for others, so they need no tells.
func init() {
	for _, f := range []struct{ name, field, value string }{
		{"Express", "x-powered-by", "express"},
		{"Next.js", "x-powered-by", "next.js"},
		{"PHP", "x-powered-by", "php"},
		{"ASP.NET", "x-powered-by", "asp.net"},
		{"ASP.NET", "x-aspnet-version", ""},
		{"ASP.NET", "x-aspnetmvc-version", ""},
		{"Servlet", "x-powered-by", "servlet"},
		{"JBoss", "x-powered-by", "undertow"},
		{"Phusion Passenger", "x-powered-by", "passenger"},
		{"Kestrel", "server", "kestrel"},
		{"uvicorn", "server", "uvicorn"},
		{"gunicorn", "server", "gunicorn"},
		{"hypercorn", "server", "hypercorn"},
		{"Daphne", "server", "daphne"},
		{"granian", "server", "granian"},
		{"waitress", "server", "waitress"},
		{"Werkzeug", "server", "werkzeug"},
		{"wsgiref", "server", "wsgiserver"},
		{"aiohttp", "server", "aiohttp"},
		{"Tornado", "server", "tornado"},
		{"CherryPy", "server", "cherrypy"},
		{"Twisted", "server", "twisted"},
		{"Python", "server", "simplehttp"},
		{"Puma", "server", "puma"},
		{"Unicorn", "server", "unicorn"},
		{"WEBrick", "server", "webrick"},
		{"thin", "server", "thin"},
		{"Rails", "x-runtime", ""},
		{"Jetty", "server", "jetty"},
		{"Tomcat", "server", "coyote"},
		{"Tomcat", "server", "tomcat"},
		{"Undertow", "server", "undertow"},
		{"GlassFish", "server", "glassfish"},
		{"WildFly", "server", "wildfly"},
		{"WebLogic", "server", "weblogic"},
		{"WebSphere", "server", "websphere"},
		{"Netty", "server", "netty"},
		{"akka-http", "server", "akka-http"},
		{"pekko-http", "server", "pekko-http"},
		{"Play", "server", "play"},
		{"Ktor", "server", "ktor"},
		{"Spring", "x-application-context", ""},
		{"Cowboy", "server", "cowboy"},
		{"Mojolicious", "server", "mojolicious"},
		{"actix", "server", "actix"},
		{"Rocket", "server", "rocket"},
		{"fasthttp", "server", "fasthttp"},
		{"Salesforce", "server", "sfdcedge"},
		{"Kong Admin", "x-kong-admin-latency", ""},
	} {
		add(System{Name: f.name, Kind: Origin, Marks: []Mark{{Field: f.field, Value: f.value, Means: Wrote}}})
	}
	for _, p := range []struct {
		name  string
		pages []string
	}{
		{"Tomcat", []string{"http status 4*", "http status 5*"}},
		{"Spring", []string{"whitelabel error page"}},
		{"Jetty", []string{"powered by jetty*"}},
		{"Django", []string{"you're seeing this error because you have debug = true"}},
		{"Werkzeug", []string{"werkzeug debugger", "the debugger caught an exception in your wsgi application"}},
		{"Rails", []string{"we're sorry, but something went wrong", "the page you were looking for doesn't exist. you may have mistyped"}},
		{"ASP.NET", []string{"server error in '/"}},
		{"Python", []string{"error response error code: ~ message:"}},
	} {
		for _, text := range p.pages {
			add(System{Name: p.name, Kind: Origin, Marks: []Mark{{Page: text}}})
		}
	}
}
