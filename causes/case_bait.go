package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// mostBait bounds how much of a request is searched for what looks like an attack.
const mostBait = 4 << 10

// bait is what in the request rules are made to match, and where: an attack; else
// a User-Agent of a library, which stands for the request as a whole.
func (c *Case) bait() (at faultline.Location, what string) {
	if at, what = c.attack(); what != "" {
		return at, what
	}
	agent, sent := c.Exchange.Request.Header.Get("User-Agent")
	switch {
	case !sent && len(c.Exchange.Request.Header) > 0:
		return at, "a request without User-Agent"
	case libraryAgent(strings.ToLower(agent)):
		return at, "the User-Agent of a library: " + short(agent)
	}
	return at, ""
}

// attack is what in the request looks like one, and where: markup, SQL, a way out
// of a folder or a command in a parameter, a field of the body, a header or the path.
func (c *Case) attack() (at faultline.Location, what string) {
	at = faultline.AtStatus()
	for _, fields := range [][]reqField{c.queryFields(), c.body().fields()} {
		for i := range fields[:min(len(fields), maxMentioned)] {
			f := &fields[i]
			if f.kind == "object" || f.kind == "array" {
				continue
			}
			if what = attackLike(f.text[:min(len(f.text), mostBait)]); what != "" {
				return f.at(), what + " in " + f.at().String()
			}
		}
	}
	r := &c.Exchange.Request
	for _, f := range r.Header[:min(len(r.Header), maxMentioned)] {
		if strings.EqualFold(f.Name, "Cookie") || strings.EqualFold(f.Name, "Accept") {
			continue
		}
		if what = attackLike(f.Value[:min(len(f.Value), mostBait)]); what != "" {
			return faultline.AtHeader(f.Name), what + " in " + f.Name
		}
	}
	if what = pathAttack(r.Path()); what != "" {
		return c.atPath(), what + " in the path"
	}
	if what = attackLike(string(clip(c.RequestBody(), mostBait))); what != "" {
		return faultline.AtBody("", faultline.Span{}), what + " in the body"
	}
	return at, ""
}

func libraryAgent(agent string) bool {
	for _, begin := range []string{"python-", "curl/", "go-http-client", "java/", "libwww-perl", "okhttp", "axios/", "node", "scrapy", "wget/"} {
		if strings.HasPrefix(agent, begin) {
			return true
		}
	}
	return false
}

// pathAttack names what scanners ask for: rule sets refuse these files wherever they lie.
func pathAttack(path string) string {
	if what := attackLike(path[:min(len(path), mostBait)]); what != "" {
		return what
	}
	for _, file := range []string{"/.env", "/.git/", "/.aws/", "/.ssh/", "/wp-config", "/phpmyadmin", "/etc/shadow", "/web.config", "/.htaccess", "/.htpasswd", "/xmlrpc.php", "/id_rsa", "/server-status"} {
		if strings.Contains(strings.ToLower(path), file) {
			return "a file that scanners look for"
		}
	}
	return ""
}

// unescaped undoes what hides an attack from a plain search, as rule sets do.
var unescaped = strings.NewReplacer("%20", " ", "+", " ", "%3c", "<", "%3e", ">", "%27", "'", "%2f", "/", "%5c", "\\", "%2e", ".", "%22", `"`, "%3d", "=", "%28", "(", "%29", ")", "/**/", " ", "&lt;", "<")

// attacks are what rule sets such as OWASP's look for, by what they call it.
var attacks = []struct {
	name  string
	signs []string
}{
	{"a script", []string{"<script", "</script", "javascript:", "onerror=", "onload=", "onclick=", "onmouseover=", "<iframe", "<svg", "<img src", "<img/src", "document.cookie", "alert(", "<object", "<embed", "vbscript:"}},
	{"SQL", []string{
		"union select", "union all select", "' or ", "' or'", "or 1=1", "or '1'='1", `" or "`, "and 1=1", "and 1=2", "'--", "' --", ";--", "; drop ", "drop table", "insert into ", "delete from ", "information_schema",
		"sleep(", "benchmark(", "waitfor delay", "xp_cmdshell", "pg_sleep", "load_file(", "into outfile", "extractvalue(", "select * from", "select count(", "order by 1", "group_concat(", "' and ",
	}},
	{"a way out of a folder", []string{"../", "..\\", "/etc/passwd", "/etc/shadow", "/proc/self", "c:\\windows", "win.ini", "file:///", "php://", "..;/"}},
	{"a command", []string{"${jndi:", "/bin/sh", "/bin/bash", "cmd.exe", "<?php", "<?=", "powershell", "; cat ", "| cat ", "|cat ", "$(cat", ";wget ", "; wget ", "; curl ", "`id`", "$(id)", ";id;", "eval(", "system(", "exec(", "passthru(", "() { :", "{{7*7}}", "${7*7}", "#{7*7}", "t(java.lang", "__import__", "<!entity", "<!doctype foo"}},
	{"an address inside", []string{"169.254.169.254", "metadata.google.internal", "http://localhost", "http://127.0.0.1", "gopher://", "dict://"}},
}

// attackLike names what in a text rule sets look for.
func attackLike(text string) string {
	if text == "" {
		return ""
	}
	low := unescaped.Replace(strings.ToLower(text))
	for _, a := range attacks {
		if saysAny(low, a.signs...) {
			return a.name
		}
	}
	return ""
}
