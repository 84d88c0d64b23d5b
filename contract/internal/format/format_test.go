package format

import (
	"strings"
	"testing"
)

// cases are from the texts of the specifications, beyond what the official
// suite asks.
var cases = []struct {
	format  string
	valid   []string
	invalid []string
}{
	{
		"date",
		[]string{"2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"},
		[]string{"2023-02-29", "1900-02-29", "2026-00-10", "2026-04-31", "26-01-01", "2026-1-1", "2026-01-01Z", "+2026-01-01", ""},
	},
	{
		"date-time",
		[]string{"1985-04-12T23:20:50.52Z", "1996-12-19t16:39:57-08:00", "1990-12-31T15:59:60-08:00", "1937-01-01T12:00:27.87+00:20"},
		[]string{"1985-04-12 23:20:50Z", "1985-04-12", "1985-04-12T", "1985-04-12T23:20:50", "1985-04-12T23:20Z", "1990-12-31T15:59:61Z", "1985-04-12T23:20:50.Z", "1985-04-12T23:20:50+0100"},
	},
	{"time", []string{"23:59:60Z", "00:59:60+01:00", "12:00:00.000000000001z"}, []string{"24:00:00Z", "12:00Z", "12:00:00+1:00", "12:00:00+01", "12:00:00ZZ", "T12:00:00Z"}},
	{"date-time-local", []string{"2026-11-20T14:30:00", "2026-11-20T14:30:00.5"}, []string{"2026-11-20T14:30:00Z", "2026-11-20T14:30", "2026-11-20"}},
	{"time-local", []string{"14:30:00", "14:30:00.25"}, []string{"14:30:00Z", "14:30", "14:30:00+01:00"}},
	{
		"http-date",
		[]string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sat, 31 Dec 2016 23:59:60 GMT"},
		[]string{"Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Sun, 06", "Sunday, 06", "Sun Nov", ""},
	},
	{"duration", []string{"P1Y", "P1Y2M", "PT1H2M3S", "P0W", "P1DT1M"}, []string{"P", "PT", "p1y", "P1Y1D", "P1S", "P1W1D", "P1.5D", "P1DT", "PT1H1S", "P1D1D"}},
	{
		"email",
		[]string{"a@b", `""@example.com`, `"a\"b"@example.com`, `"a\ b"@x.org`, "a+b@example.com", "a@[ipv6:::1]", "a@[127.000.0.1]", "a@[IPv6:1:2:3:4:5:6:1.2.3.4]", strings.Repeat("a", 64) + "@b.de"},
		[]string{"a@b.", "a@.b", "a@-b.de", "a@[1.2.3]", "a@[IPv6:1:2:3:4:5:6:7::]", "a@[x:y]", "a@[1.2.3.4", `"a"b@c.de`, `"a"@`, `a"b@c.de`, "ä@example.com", "a@ä.de", "<a@b.de>", strings.Repeat("a", 65) + "@b.de", "a@" + strings.Repeat("abcdefghi.", 26) + "de"},
	},
	{"idn-email", []string{"ä@example.com", "用户@例え.jp", "a@bücher.example"}, []string{"ä@", "a@b\u3002c", "a@-ä.de", "a@xn--7a.de", "\"ä@b.de"}},
	{
		"hostname",
		[]string{"a", "EXAMPLE.com", "a--b.de", "ab--cd.de", "1.2.3.4", "xn--bcher-kva.example", "XN--BCHER-KVA.example", "3com.com"},
		[]string{"a_b", "a.", "a..b", "a b", "xn--", "xn--a", "xn--bcher-kva-", "xn--Bcher-Kva1", "ä.de", strings.Repeat("a.", 127) + "a", "xn--\u00e4"},
	},
	{
		"idn-hostname",
		[]string{"bücher.example", "faß.de", "例え.テスト", "a.b.c", "EXAMPLE.com", "ab.אב", "אב1"},
		[]string{"Bücher.example", "ab--cd.de", "a\u00adb.de", "\u2460.de", "e\u0301.de", "1a.אב", "אבa", "a\u200db", "\u1100.de", "\u0378.de", "a\xff", strings.Repeat("ü", 60)},
	},
	{"ipv4", []string{"0.0.0.0", "255.255.255.255"}, []string{"1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4/24", "0x7f.1.1.1", "1..2.3", "1.2.3.", "2130706433"}},
	{
		"ipv6",
		[]string{"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "ABCD:EF01::", "1::1.2.3.4"},
		[]string{"", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "fe80::1%eth0", "::1/64", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "1:", ":1", "[::1]", "::g", "1:2:3:4::5:6:7:8", "1.2.3.4", "1.2.3.4::"},
	},
	{"uuid", []string{"00000000-0000-0000-0000-000000000000", "FFFFFFFF-ffff-FFFF-ffff-FFFFFFFFFFFF"}, []string{"", "2eb8aa08aa984d3a9b1f7c7d8b1e5a4c", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08-aa98-11ea-b4aa-73b441d163800", "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380"}},
	{
		"uri",
		[]string{"a:", "urn:isbn:1", "http://", "http://a:", "http://[v1.a:b]/", "http://a/%20?x=/?#/?", "mailto:a@b", "a+b-c.1:x", "file:///a", "http://user:pass@h:80/"},
		[]string{"", "a", ":a", "1a:b", "http://a b", "http://a/%2", "http://a:8o/", "http://[::1", "http://[::1]a", "http://[v.a]", "http://[v1.]", "http://[]", "http://a/#a#b", "http://ä.de", "http://a/[b]", "http://a/\x00", "http://a/{b}"},
	},
	{"uri-reference", []string{"", "a/b:c", "./a:b", "?", "#", "//", "/a//b", "..", "*"}, []string{"a:b c", "1:2", "a b", "/%", "//[::1", "\\a", "/ä"}},
	{"iri", []string{"http://ä.de/ö?ü#ß", "http://a/?\ue000", "http://a/\U0001f600"}, []string{"http://a/\ue000", "http://a/\u202e", "http://a/\x80", "http://a/\ufdd0", "http://a/#\ue000", "http://a/\U0001ffff", "ä://b", "http://a/\u0085"}},
	{"iri-reference", []string{"", "ä/b", "?\U000f0000"}, []string{"ä:b", "\\", "#\U000f0000"}},
	{"uri-template", []string{"{a}", "{?a,b*,c:3}", "{/a}{;b}", "{=a}", "{|a}", "{a.b_c}", "{%20}", "a%20ä", "{a,b}'"}, []string{"{", "}", "{}", "{+}", "{a:}", "{a:3*}", "{a*:3}", "{a**}", "{.}", "{a.}", "{-a}", "{a b}", "{{a}}", "%2", "%zz", "<", "{%2}", "a\"b", "{ä}"}},
	{"json-pointer", []string{"", "/", "/a~0~1", "//", "/ä"}, []string{"a", "#/a", "/~", "/~2", "~0"}},
	{"relative-json-pointer", []string{"0", "10/a", "1#", "0/", "0+1", "2-12/a", "0-1#"}, []string{"", "#", "/a", "00", "01#", "1a", "1#/a", "-1", "0+", "0+01", "0--1", "0+1a"}},
	{"regex", []string{"", "^a$", `(?<=a)b`, `\p{L}`}, []string{"(", `\a`, "a{2", "*", `\p{Foo}`, "(?i)a"}},
	{"byte", []string{"", "aGVsbG8=", "aGVsbG8hIQ==", "+/+/"}, []string{"aGVsbG8", "aGVsbG8-", "a===", "====", "aGVs bG8=", "aGVs\nbG8=", "="}},
	{"base64url", []string{"", "aGVsbG8", "aGVsbG8=", "-_-_"}, []string{"a", "+/+/", "aGVsbG8==", "aGVsb===", "a b"}},
	{"char", []string{"a", "ä", "\U0001f600"}, []string{"", "ab", "\U0001f600a"}},
	{"decimal", []string{"0", "-1.50", "100000000000000000000000000000.1"}, []string{"", "1.", ".5", "1e5", "01", "+1", "1,5", "NaN", "-"}},
	{"decimal128", []string{"0", "1e5", "-1.5E-10", strings.Repeat("9", 34), "0." + strings.Repeat("0", 40) + "1"}, []string{strings.Repeat("9", 35), "1e", "1e+", "e5", "1x", ""}},
	{"media-range", []string{"*/*", "text/*", "text/html", `text/html; charset="utf-8"; q=0.5`, "application/vnd.a+json;", "a/b;c=d"}, []string{"", "text", "/html", "text/", "*/html", "text/html;q", `text/html;a="b`, "text/html, a/b", "text /html", "text/html;a=", "text/html "}},
	{"sf-string", []string{`""`, `"a\"b\\"`}, []string{"", "a", `"a`, `"a\b"`, `"ä"`, `"a"b`, `"`}},
	{"sf-token", []string{"a", "*a/b:c", "A"}, []string{"", "1a", "a b", "ä", `a"`}},
	{"sf-binary", []string{"::", ":aGVsbG8=:", ":aGVsbG8:"}, []string{"", ":", "aGVsbG8=", ":a:", ":a b:"}},
	{"sf-boolean", []string{"?0", "?1"}, []string{"", "0", "?2", "true", "?10"}},
	{"ip-address", []string{"1.2.3.4"}, []string{"::1"}},
	{"host-name", []string{"a.b"}, []string{"a_b"}},
}

func TestFormats(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	for _, c := range cases {
		tested[c.format] = true
		f := Lookup(c.format)
		if f == nil {
			t.Errorf("no format %s", c.format)
			continue
		}
		for _, text := range append(c.valid, f.Example()) {
			if at, why := f.Fault([]byte(text)); why != "" || !f.Valid([]byte(text)) {
				t.Errorf("%s: %q is refused at %d: %s", c.format, text, at, why)
			}
		}
		for _, text := range c.invalid {
			if at, why := f.Fault([]byte(text)); why == "" || at > len(text) || f.Valid([]byte(text)) {
				t.Errorf("%s: %q is let pass", c.format, text)
			}
		}
	}
	for name := range formats {
		if !tested[name] {
			t.Errorf("format %s has no cases", name)
		}
	}
}

func TestFaultsSayWhere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		format, text string
		at           int
		why          string
	}{
		{"date", "2026-13-01", 5, "the month has two digits, 01 to 12"},
		{"date", "2026-02-30", 8, "the month has no such day"},
		{"date-time", "2026-02-20T10:00:00", 19, "the time zone is missing"},
		{"date-time", "2026-02-20", 10, "the time is missing"},
		{"email", "name.example.com", 16, "the @ is missing"},
		{"uri", "https://example.com/a b", 21, "character 22 must be percent-encoded"},
		{"uuid", "123e4567-e89b-12d3-a456-42661417400g", 35, "character 36 is no hexadecimal digit"},
		{"idn-hostname", "bücher.Ä.de", 8, "a host name cannot have character 8"},
		{"idn-hostname", "bü\u00ad.de", 3, "a host name cannot have character 3"},
		{"ipv4", "10.0.0.256", 7, "a number is at most 255"},
		{"regex", "a(b", 1, "this parenthesis is not closed"},
	}
	for _, tt := range tests {
		if at, why := Lookup(tt.format).Fault([]byte(tt.text)); at != tt.at || why != tt.why {
			t.Errorf("%s: %q fails at %d: %s, want %d: %s", tt.format, tt.text, at, why, tt.at, tt.why)
		}
	}
}

// TestFormatsAllocateNothing leaves out regex, which reads a pattern.
func TestFormatsAllocateNothing(t *testing.T) {
	for _, c := range cases {
		if c.format == "regex" {
			continue
		}
		f := Lookup(c.format)
		for _, text := range append(append([]string{f.Example()}, c.valid...), c.invalid...) {
			b := []byte(text)
			if n := testing.AllocsPerRun(10, func() { f.Valid(b) }); n != 0 {
				t.Errorf("%s: %v allocations for %q", c.format, n, text)
			}
		}
	}
}

// TestFormatsAreLinear asks each format about long texts of each kind of
// character. What costs more than its length would not end here.
func TestFormatsAreLinear(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"a", "1", ".", ":", "/", "%20", "ü", "\u3002", "[", "a@", "{a}", "-", "1:", "P1D", "\"", "\\", "xn--a.", "=", "("} {
		text := []byte(strings.Repeat(piece, 200_000/len(piece)))
		for _, f := range formats {
			f.Valid(text)
		}
	}
}

func FuzzFormats(f *testing.F) {
	for _, c := range cases {
		for _, text := range append(c.valid, c.invalid...) {
			f.Add(c.format, text)
		}
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		found := Lookup(name)
		if found == nil {
			return
		}
		at, why := found.Fault([]byte(text))
		if (why == "") != found.Valid([]byte(text)) || at < 0 || at > len(text) {
			t.Fatalf("%s: %q fails at %d: %q", name, text, at, why)
		}
	})
}

func BenchmarkValid(b *testing.B) {
	for _, name := range []string{"date", "date-time", "email", "hostname", "ipv6", "uri", "uuid", "byte"} {
		b.Run(name, func(b *testing.B) {
			f := Lookup(name)
			text := []byte(f.Example())
			b.ReportAllocs()
			for b.Loop() {
				f.Valid(text)
			}
		})
	}
}
