package corsconf

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
)

var orders = Policy{Origin: "https://app.example.com", Methods: []string{"GET", "PUT"}, Headers: []string{"content-type", "x-request-id"}}

// TestConfigurations: each names the page, the methods and the headers, says
// nothing of credentials unless they are wanted, and never `*` beside them.
func TestConfigurations(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		t.Run(s.Slug, func(t *testing.T) {
			t.Parallel()
			if s.Name == "" || s.Where == "" {
				t.Errorf("name %q, where %q", s.Name, s.Where)
			}
			text := s.Render(orders)
			for _, want := range []string{"https://app.example.com", "PUT", "x-request-id"} {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			if strings.ContainsAny(strings.NewReplacer("%{HTTP:", "", "%{REQUEST_METHOD}", "").Replace(text), "?") || strings.Contains(text, "{methods") || strings.Contains(text, "{headers") {
				t.Errorf("not filled in:\n%s", text)
			}
			for line := range strings.SplitSeq(text, "\n") {
				if low := strings.ToLower(line); strings.Contains(low, "origin") && strings.Contains(low, "*") {
					t.Errorf("allows all pages: %s", line)
				}
			}
			without := strings.Count(strings.ToLower(text), "credentials")
			orders := orders
			orders.Credentials = true
			if with := s.Render(orders); s.Slug != "s3" && strings.Count(strings.ToLower(with), "credentials") <= without && !strings.Contains(with, "true") {
				t.Errorf("credentials are not allowed in\n%s", with)
			}
		})
	}
}

func TestLinesWithoutValuesAreLeftOut(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		if text := s.Render(Policy{Origin: "https://app.example.com"}); strings.Contains(text, `[]`) && !strings.Contains(text, "[]string") || strings.Contains(text, `""`) {
			t.Errorf("%s: an empty list in\n%s", s.Slug, text)
		}
	}
}

func TestCleanDropsWhatIsNoName(t *testing.T) {
	t.Parallel()
	p := Policy{Origin: `https://a.example.com"; rm -rf /`, Methods: []string{"GET", `PUT";`, ""}, Headers: []string{"x-a", "x b", "x\nc", "$(id)"}}.Clean()
	if p.Origin != "" || strings.Join(p.Methods, " ") != "GET" || strings.Join(p.Headers, " ") != "x-a" {
		t.Errorf("cleaned = %+v", p)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ field, value, want string }{
		{"Server", "nginx/1.25.3", "nginx"},
		{"Server", "openresty", "nginx"},
		{"Server", "Apache/2.4.57 (Debian)", "apache"},
		{"Server", "Apache-Coyote/1.1", "spring"},
		{"X-Powered-By", "Express", "express"},
		{"Server", "uvicorn", "fastapi"},
		{"Server", "Werkzeug/3.0.1 Python/3.12", "flask"},
		{"Server", "WSGIServer/0.2 CPython/3.12", "django"},
		{"Server", "Kestrel", "aspnet"},
		{"Server", "Microsoft-IIS/10.0", "aspnet"},
		{"X-Rack-CORS", "miss; no-origin", "rails"},
		{"X-Runtime", "0.004", "rails"},
		{"Server", "AmazonS3", "s3"},
		{"Apigw-Requestid", "JKJaXmPLvHcESHA=", "aws-api-gateway"},
		{"x-amz-apigw-id", "FAKE=", "aws-api-gateway"},
		{"Via", "1.1 kong/3.5.0", "kong"},
		{"Server", "istio-envoy", "envoy"},
		{"Server", "Caddy", "caddy"},
		{"Server", "gws", ""},
	} {
		s, _ := Find(faultline.Header{{Name: "Date", Value: "x"}, {Name: tt.field, Value: tt.value}})
		if s.Slug != tt.want {
			t.Errorf("%s: %s is %q, want %q", tt.field, tt.value, s.Slug, tt.want)
		}
	}
	s, _ := Find(faultline.Header{{Name: "Server", Value: "nginx"}, {Name: "X-Powered-By", Value: "Express"}})
	if s.Slug != "express" {
		t.Errorf("Express behind nginx is %q", s.Slug)
	}
}
