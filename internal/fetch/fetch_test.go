package fetch_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
	"github.com/faultline-http/faultline/internal/fetch/fetchtest"
)

// TestBrowserJudgesAsTheStandardSays holds package fetch to the rows.
func TestBrowserJudgesAsTheStandardSays(t *testing.T) {
	t.Parallel()
	if len(fetchtest.Rows) < 80 {
		t.Errorf("%d rows, want at least 80", len(fetchtest.Rows))
	}
	for _, row := range fetchtest.Rows {
		t.Run(row.Name, func(t *testing.T) {
			t.Parallel()
			q, needed := row.Call.Question()
			asked := ""
			if needed {
				asked = strings.TrimSpace(q.Method + " " + strings.Join(q.Headers, ","))
			}
			if asked != row.Asked {
				t.Errorf("%s: the preflight asks %q, want %q", row.Section, asked, row.Asked)
			}
			step, wrong := row.Call.Judge(row.Preflight, row.Answer)
			reason := fetch.Allowed
			if len(wrong) > 0 {
				reason = wrong[0].Reason
				if reason == fetch.NotOK && len(wrong) > 1 && row.Reason != fetch.NotOK {
					reason = wrong[1].Reason
				}
			}
			if step != row.Step || reason != row.Reason {
				t.Errorf("%s: stops at %d for %d, want %d for %d", row.Section, step, reason, row.Step, row.Reason)
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"https://app.example.com", "https://app.example.com"},
		{"HTTPS://App.Example.com:443/a?b", "https://app.example.com"},
		{"http://[::1]:8080", "http://[::1]:8080"},
		{"http://localhost:80", "http://localhost"},
		{"null", ""},
		{"", ""},
		{"app.example.com", ""},
		{"http://a b", ""},
	} {
		o, ok := fetch.ParseOrigin(tt.text)
		got := ""
		if ok {
			got = o.String()
		}
		if got != tt.want {
			t.Errorf("origin of %q = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestSafeValuesAltogether: 1024 bytes of safelisted values are the most that
// needs no preflight (section 2.2.2, "CORS-unsafe request-header names").
func TestSafeValuesAltogether(t *testing.T) {
	t.Parallel()
	var h faultline.Header
	for range 8 {
		h = append(h, faultline.Field{Name: "Accept", Value: strings.Repeat("a", 128)})
	}
	if got := fetch.UnsafeNames(h); len(got) > 0 {
		t.Errorf("unsafe among 1024 bytes = %q, want none", got)
	}
	h = append(h, faultline.Field{Name: "Content-Language", Value: "d"})
	if got := strings.Join(fetch.UnsafeNames(h), ","); got != "accept,content-language" {
		t.Errorf("unsafe among 1025 bytes = %q, want all of them", got)
	}
}

func TestScriptHeaders(t *testing.T) {
	t.Parallel()
	h := fetchtest.Fields("Host: a", "User-Agent: x", "Sec-Fetch-Mode: cors", "Cookie: a=b", "X-A: 1", "Accept-Encoding: gzip", "Proxy-X: 1")
	got := fetch.ScriptHeaders(h)
	if len(got) != 1 || got[0].Name != "X-A" {
		t.Errorf("script headers = %v, want X-A alone", got)
	}
}

func TestExposed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		credentials bool
		header      []string
		want        bool
	}{
		{"Content-Type", false, nil, true},
		{"X-Total-Count", false, nil, false},
		{"X-Total-Count", false, []string{"Access-Control-Expose-Headers: x-total-count"}, true},
		{"X-Total-Count", false, []string{"Access-Control-Expose-Headers: *"}, true},
		{"X-Total-Count", true, []string{"Access-Control-Expose-Headers: *"}, false},
		{"Set-Cookie", false, []string{"Access-Control-Expose-Headers: Set-Cookie"}, false},
	} {
		if got := fetch.Exposed(tt.name, tt.credentials, fetchtest.Fields(tt.header...)); got != tt.want {
			t.Errorf("%s exposed by %q with credentials %v = %v, want %v", tt.name, tt.header, tt.credentials, got, tt.want)
		}
	}
}

func TestTimingAllowed(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{"*": true, fetchtest.Page: true, "https://b.example.com": false, "https://b.example.com, " + fetchtest.Page: true, "": false} {
		if got := fetch.TimingAllowed(fetchtest.Page, fetchtest.Fields("Timing-Allow-Origin: "+value)); got != want {
			t.Errorf("timing allowed by %q = %v, want %v", value, got, want)
		}
	}
}

func TestTaintedByRedirect(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{fetchtest.API, "https://api.example.com/v2", false},
		{fetchtest.API, "https://files.example.com/", true},
		{fetchtest.Page + "/api", fetchtest.API, false},
	} {
		if got := fetch.TaintedBy(fetchtest.Page, tt.from, tt.to); got != tt.want {
			t.Errorf("from %s to %s: tainted = %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
}

func FuzzPreflight(f *testing.F) {
	f.Add("https://a.example.com", "PUT", "x-a, x-b", 204, "*", "GET,PUT", "x-a")
	f.Add("null", "patch", "", 301, "a, b", "*", "*, authorization")
	f.Fuzz(func(t *testing.T, origin, method, headers string, status int, allowOrigin, methods, names string) {
		r := &faultline.Request{Method: "OPTIONS", Header: faultline.Header{{Name: "Origin", Value: origin}, {Name: "Access-Control-Request-Method", Value: method}, {Name: "Access-Control-Request-Headers", Value: headers}}}
		resp := &faultline.Response{Status: status, Header: faultline.Header{{Name: "Access-Control-Allow-Origin", Value: allowOrigin}, {Name: "Access-Control-Allow-Methods", Value: methods}, {Name: "Access-Control-Allow-Headers", Value: names}}}
		q := fetch.QuestionOf(r)
		without := fetch.Preflight(q, resp)
		q.Credentials = true
		if with := fetch.Preflight(q, resp); len(with) == 0 && len(without) > 0 {
			t.Errorf("allowed with credentials and not without: %v", without)
		}
	})
}
