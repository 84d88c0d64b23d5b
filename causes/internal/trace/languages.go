package trace

// languages are those whose traces are known.
var languages = []Language{
	{
		Name: "Java", Reach: 80, Ends: []string{".java:", ".kt:", ".scala:", ".groovy:", ".clj:"},
		Library: []string{
			" java.", "at java.", " javax.", " jakarta.", " sun.", " jdk.", "/java.base", "java.base/", " com.sun.", " org.springframework.", " org.apache.", " io.netty.", " org.hibernate.", " com.fasterxml.", " reactor.", " kotlin.", " kotlinx.", " scala.", " akka.",
			" io.undertow.", " org.eclipse.", " org.jboss.", " com.zaxxer.", " io.micronaut.", " io.quarkus.", " feign.", " okhttp3.", " com.google.", " org.postgresql.", " com.mysql.", " oracle.", " org.glassfish.", " io.vertx.", " play.", " io.ktor.", " rx.", " com.netflix.", " org.thymeleaf.", " org.mongodb.", " com.mongodb.", " io.grpc.",
		},
		Before: []string{"Caused by: ", "Root Cause ", "root cause "},
	},
	{
		Name: "Python", Ends: []string{".py\", line ", ".py', line ", ".py, line ", ".py , line "}, Last: true,
		Library: []string{"site-packages", "dist-packages", "/lib/python", "\\lib\\", "<frozen", "\\Lib\\"},
		Before:  []string{"Exception Type: "},
	},
	{
		Name: "Ruby", Reach: 24, Ends: []string{".rb:", ".ru:", ".erb:", ".rake:"},
		Library: []string{"/gems/", "/lib/ruby/", "ruby/3", "ruby/2", "actionpack (", "activesupport (", "activerecord (", "railties (", "rack (", "puma (", "actionview (", "activemodel (", "<internal:"},
	},
	{
		Name: "PHP", Ends: []string{".php:", ".php(", ".php on line ", ".php line ", `.php","line":`, `.php", "line": `, `.php", "line":`},
		Library: []string{"/vendor/", "\\vendor\\", "/wp-includes/"},
		Before:  []string{"Uncaught ", `"exception": "`, `"exception":"`, `"class":"`, `"class": "`},
	},
	{
		Name: ".NET", Reach: 80, Ends: []string{".cs:line ", ".vb:line ", ".fs:line ", ".cshtml:line ", ".cs Line: "},
		Library: []string{"at System.", "at Microsoft.", "at Npgsql.", "at Newtonsoft.", "at MySql.", "/_/src/"},
		Before:  []string{"---> ", "Exception Details: "},
	},
	{
		Name: "JavaScript", Ends: []string{".js:", ".ts:", ".mjs:", ".cjs:", ".jsx:", ".tsx:", "node:internal/process/task_queues:"},
		Library: []string{"node_modules", "node:", "internal/", "(internal", "timers.js", "events.js", "/deno/", "ext:"},
	},
	{
		Name: "Go", Ends: []string{".go:"},
		Library: []string{"/usr/local/go/", "/go/pkg/mod/", "/runtime/", "/net/http/", "/src/runtime", "/libexec/src/", "/vendor/", "go/src/"},
	},
	{
		Name: "Elixir", Reach: 24, Ends: []string{".ex:", ".exs:", ".erl:"},
		Library: []string{"(phoenix", "(plug", "(ecto", "(elixir", "(stdlib", "(cowboy", "(bandit", "deps/"},
		Before:  []string{"** ("},
	},
	{Name: "Rust", Ends: []string{".rs:"}, Library: []string{"/rustc/", ".cargo/", "library/core", "library/std"}},
	{Name: "Perl", Ends: []string{".pl line ", ".pm line "}, Library: []string{"/perl5/", "/share/perl", "/lib/perl"}},
	{Name: "Lua", Ends: []string{".lua:"}, Library: []string{"/share/lua/"}},
}
