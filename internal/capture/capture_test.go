package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	faultline "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/curlcmd"
)

// one returns the only error of an input that cannot be read.
func one(t *testing.T, name, input string) error {
	t.Helper()
	exchanges, errs := all(t, name, input)
	if len(exchanges) != 0 || len(errs) != 1 {
		t.Fatalf("read %d exchanges and errors %v, want one error", len(exchanges), errs)
	}
	return errs[0]
}

func TestInputThatIsNoFormatIsNamed(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, input, want string }{
		{"empty", "", "the input is empty"},
		{"blank", " \n\n\t", "the input is empty"},
		{"gzip", "\x1f\x8b\x08\x00\x00", "the input is gzip: unpack it first"},
		{"zip", "PK\x03\x04\x14", "the input is a zip archive"},
		{"elf", "\x7fELF\x02\x01\x01\x00", "the input is a program (ELF); read are har"},
		{"png", "\x89PNG\r\n\x1a\n", "the input is a PNG image"},
		{"pcap", "\xd4\xc3\xb2\xa1\x02\x00", "a packet capture (pcap): export"},
		{"tls", "\x16\x03\x01\x02\x00", "the bytes of a TLS connection"},
		{"binary", "\x00\x01\x02\x03abc", "the input is binary and starts with the bytes 00 01 02 03"},
		{"text", "hello \x07\u202eworld\nsecond", "its first line is `hello \\a\\u202eworld`; read are har"},
		{"colours", "\x1b[1;31mhello\x1b[0m\x1b]0;title\x07 world", "its first line is `hello world`; read are har"},
		{"contract", "{\"openapi\": \"3.1.0\"}", "this looks like a contract"},
		{"spread exchange", "{\n \"id\": \"x\",\n \"request\": {}}", "one exchange on one line"},
		{"markup", "<svg></svg>", "this looks like HTML"},
		{"json", `{"customer_id": 1}`, "this looks like a JSON body"},
		{"powershell", "curl -Uri https://api.example.com/ -Method POST", "PowerShell's own curl is not read"},
		{"curl without address", "curl -v -X POST", "line 1: curl: no address"},
		{"curl option at the end", "curl https://api.example.com -H", "line 1: option `-H` lacks its value"},
		{"shell quote", "curl 'https://api.example.com", "line 1: shell, column 6: reached EOF without closing quote `'`"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := one(t, "-", tt.input).Error(); !strings.Contains(got, tt.want) {
				t.Errorf("error = %s\nwant it to contain %s", got, tt.want)
			}
		})
	}
}

func TestErrorsCarryTheNameOfTheFile(t *testing.T) {
	t.Parallel()
	got := one(t, "calls.jsonl", "{").Error()
	if want := "calls.jsonl: line 1: JSON cut off after 1 bytes"; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
}

func TestErrorsShowNoSecret(t *testing.T) {
	t.Parallel()
	const secret = "made-up-secret"
	for _, input := range []string{
		"GET / HTTP/1.1\nAuthorization Bearer " + secret + "\n\n",
		"GET / HTTP/1.1\nHost: x\nCookie=sid " + secret + "\n\n",
		"Authorization: Bearer " + secret,
		"X-Api-Key: " + secret,
		"wget -u admin:" + secret,
		"wget --user admin:" + secret,
		"https://admin:" + secret + "@api.example.com/",
		"### \nPOST https://api.example.com\nX-Auth-Token " + secret + "\nAuthorization Basic " + secret,
		"curl --password=" + secret + " https://api.example.com/",
		"{\"password\": \"" + secret + "\"}",
		strings.Repeat("x", 70) + " token=" + secret,
	} {
		_, errs := all(t, "-", input)
		for _, err := range errs {
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the error for %q shows a secret: %v", input, err)
			}
		}
	}
}

func TestUTF16IsRead(t *testing.T) {
	t.Parallel()
	text := "GET /ü𝄞 HTTP/1.1\r\nHost: api.example.com\r\n\r\n"
	for _, big := range []bool{false, true} {
		data := []byte{0xff, 0xfe}
		if big {
			data = []byte{0xfe, 0xff}
		}
		for _, u := range utf16.Encode([]rune(text)) {
			if big {
				data = append(data, byte(u>>8), byte(u))
			} else {
				data = append(data, byte(u), byte(u>>8))
			}
		}
		exchanges, errs := all(t, "-", string(data))
		if len(errs) > 0 || len(exchanges) != 1 || exchanges[0].Request.Target != "/ü𝄞" {
			t.Errorf("big endian %v: read %v, errors %v, want the target /ü𝄞", big, exchanges, errs)
		}
	}
}

// repeat is a reader of a piece of text, many times, without the memory.
func repeat(text string, times int) io.Reader {
	return &repeated{text: text, left: len(text) * times}
}

type repeated struct {
	text string
	left int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	at := (len(r.text) - r.left%len(r.text)) % len(r.text)
	n := min(copy(p, r.text[at:]), r.left)
	r.left -= n
	return n, nil
}

func TestLinesAfterOneThatIsTooLongAreRead(t *testing.T) {
	t.Parallel()
	good := `{"id":"good","request":{"method":"GET","url":"https://api.example.com/"}}` + "\n"
	input := io.MultiReader(strings.NewReader(good+`{"id":"long","request":{"method":"`), repeat("x", maxRecord), strings.NewReader("\n"+good))
	var got []string
	for ex, err := range Read("-", input) {
		if err != nil {
			var record *RecordError
			if !errors.As(err, &record) || record.ID != "long" || record.Line != 2 || !errors.Is(err, errLongLine) {
				t.Errorf("error = %.200v, want one of line 2, record long, too long", err)
			}
			got = append(got, "error")
			continue
		}
		got = append(got, ex.ID)
	}
	if diff := cmp.Diff([]string{"good", "error", "good"}, got); diff != "" {
		t.Errorf("records differ (-want +got)\n%s", diff)
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	t.Parallel()
	for _, start := range []string{`{"request":`, `{"log":{"entries":[`, `{"log":{"pages":`, "curl https://api.example.com/ -d $((", "curl $(", `curl "${a:-`} {
		piece := "["
		switch {
		case strings.HasSuffix(start, "(("):
			piece = "("
		case strings.HasPrefix(start, "curl"):
			piece = start[strings.Index(start, " ")+1:]
		}
		errs := 0
		for ex, err := range Read("-", io.MultiReader(strings.NewReader(start), repeat(piece, 1<<18))) {
			if ex != nil {
				t.Errorf("%s…: read an exchange", start)
			}
			if err != nil {
				errs++
				if len(err.Error()) > 1000 {
					t.Errorf("%s…: an error of %d bytes", start, len(err.Error()))
				}
			}
		}
		if errs == 0 {
			t.Errorf("%s…: no error", start)
		}
	}
}

func TestFilesAreReadOnlyThroughTheOption(t *testing.T) {
	t.Parallel()
	asked := []string{}
	o := Options{Files: func(name string) ([]byte, error) {
		asked = append(asked, name)
		if name == "missing" {
			return nil, errors.New("no such file")
		}
		return []byte("{\"a\":\n1}"), nil
	}}
	script := "curl -d @order.json https://api.example.com/\ncurl --data-binary @- https://api.example.com/ < in.json\n" +
		"curl -F f=@a.png https://api.example.com/\ncurl -T up.txt https://api.example.com/\ncurl -d @missing https://api.example.com/"
	var bodies []string
	for ex, err := range o.Read("-", strings.NewReader(script)) {
		if err != nil {
			t.Fatal(err)
		}
		body := string(ex.Request.Body.Raw)
		if strings.Contains(body, "\r\n") {
			body = "multipart"
		}
		bodies = append(bodies, fmt.Sprintf("%s %v", body, ex.Request.Body.Truncated))
	}
	want := []string{`{"a":1} false`, "{\"a\":\n1} false", "multipart false", "{\"a\":\n1} false", " true"}
	if diff := cmp.Diff(want, bodies); diff != "" {
		t.Errorf("bodies differ (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"order.json", "in.json", "a.png", "up.txt", "missing"}, asked); diff != "" {
		t.Errorf("files asked for differ (-want +got)\n%s", diff)
	}
}

// TestCurlCommandsComeBack writes requests as curl commands and reads those.
func TestCurlCommandsComeBack(t *testing.T) {
	t.Parallel()
	for _, r := range requests() {
		comesBack(t, r)
	}
}

func requests() []*faultline.Request {
	field := func(pairs ...string) (h faultline.Header) {
		for i := 0; i < len(pairs); i += 2 {
			h = append(h, faultline.Field{Name: pairs[i], Value: pairs[i+1]})
		}
		return h
	}
	body := func(s string) faultline.Body { return faultline.NewBody([]byte(s)) }
	return []*faultline.Request{
		{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders?a[]=1&b={2}&c=$x`y`!"},
		{Method: "POST", Scheme: "http", Host: "localhost:8080", Target: "/", Header: field("content-type", "application/json", "authorization", "Bearer a.b.c", "x-empty", ""), Body: body("{\n\t\"a'b\": \"c\\n$HOME`x`!\"\n}\n")},
		{Method: "PUT", Scheme: "http", Host: "localhost:8080", Target: "/a b#c/../d?e=ü", Header: field("content-type", "text/plain"), Body: body("@file")},
		{Method: "PATCH", Scheme: "http", Host: "localhost:8080", Target: "/x", Header: field("content-type", "application/octet-stream"), Body: body("\x01\x02\xff\xfe'\\\r\n9")},
		{Method: "HEAD", Scheme: "http", Host: "localhost:8080", Target: "/x"},
		{Method: "OPTIONS", Scheme: "http", Host: "localhost:8080", Target: "*"},
		{Method: "POST", Scheme: "http", Host: "localhost:8080", Target: "/form", Body: body("a=b&c=d"), Header: field("content-type", "application/x-www-form-urlencoded")},
		{Method: "POST", Scheme: "http", Host: "localhost:8080", Target: "/untyped", Body: body("a=b&c=d")},
		{Method: "GET", Scheme: "http", Host: "localhost:8080", Target: "/with-body", Body: body("x"), Header: field("content-type", "a/b")},
		{Method: "DELETE", Target: "/no-host"},
	}
}

// comesBack compares what a command keeps: not the fields that a client adds.
func comesBack(t *testing.T, r *faultline.Request) {
	t.Helper()
	command := curlcmd.Command(r, curlcmd.Style{Verbatim: true})
	exchanges, errs := all(t, "-", command)
	if len(errs) > 0 || len(exchanges) != 1 {
		t.Fatalf("read %d exchanges, errors %v, of\n%s", len(exchanges), errs, command)
	}
	got := &exchanges[0].Request
	if got.Method != r.Method || got.Scheme != r.Scheme || got.Host != r.Host || got.Target != r.Target || !bytes.Equal(got.Body.Raw, r.Body.Raw) {
		t.Errorf("%s %s://%s %q %q came back as %s %s://%s %q %q from\n%s", r.Method, r.Scheme, r.Host, r.Target, r.Body.Raw,
			got.Method, got.Scheme, got.Host, got.Target, got.Body.Raw, command)
	}
	if diff := cmp.Diff(kept(r.Header), kept(got.Header), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("fields differ (-want +got)\n%s\nin %s", diff, command)
	}
}

func kept(h faultline.Header) map[string][]string {
	out := map[string][]string{}
	for _, f := range h {
		name := strings.ToLower(f.Name)
		switch name {
		case "host", "user-agent", "accept", "content-length", "accept-encoding", "connection", "transfer-encoding":
			continue
		}
		out[name] = append(out[name], f.Value)
	}
	return out
}
