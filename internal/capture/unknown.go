package capture

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// signature are the first bytes of things that are often fed to a program by
// mistake, and what to do instead.
var signatures = []struct {
	magic, what, instead string
}{
	{"\x1f\x8b", "gzip", "unpack it first: `gunzip -c FILE`"},
	{"PK\x03\x04", "a zip archive", "unpack it first"},
	{"BZh", "bzip2", "unpack it first: `bunzip2 -c FILE`"},
	{"\xfd7zXZ\x00", "xz", "unpack it first: `xz -dc FILE`"},
	{"\x28\xb5\x2f\xfd", "zstd", "unpack it first: `zstd -dc FILE`"},
	{"\xd4\xc3\xb2\xa1", "a packet capture (pcap)", "export the HTTP streams as text"},
	{"\xa1\xb2\xc3\xd4", "a packet capture (pcap)", "export the HTTP streams as text"},
	{"\x0a\x0d\x0d\x0a", "a packet capture (pcapng)", "export the HTTP streams as text"},
	{"\x7fELF", "a program (ELF)", ""},
	{"MZ", "a Windows program", ""},
	{"\xcf\xfa\xed\xfe", "a program (Mach-O)", ""},
	{"\xca\xfe\xba\xbe", "a program (Mach-O or Java class)", ""},
	{"\x89PNG\r\n", "a PNG image", ""},
	{"\xff\xd8\xff", "a JPEG image", ""},
	{"GIF8", "a GIF image", ""},
	{"%PDF-", "a PDF document", ""},
	{"SQLite format 3\x00", "an SQLite database", ""},
	{"PRI * HTTP/2.0", "the bytes of an HTTP/2 connection", "capture with a tool that decodes HTTP/2"},
	{"\x16\x03", "the bytes of a TLS connection", "they are encrypted; capture at the client or at a proxy"},
}

// unknown says why an input cannot be read, what it looks like, and what is read.
func unknown(prefix []byte) error {
	if len(bytes.TrimSpace(prefix)) == 0 {
		return errors.New("the input is empty")
	}
	for _, s := range signatures {
		if !bytes.HasPrefix(prefix, []byte(s.magic)) || s.magic == "MZ" && !isBinary(prefix) {
			continue
		}
		if s.instead != "" {
			return fmt.Errorf("the input is %s: %s", s.what, s.instead)
		}
		return fmt.Errorf("the input is %s; read are %s", s.what, formatList())
	}
	if isBinary(prefix) {
		return fmt.Errorf("the input is binary and starts with the bytes % x; read are %s", prefix[:min(len(prefix), 8)], formatList())
	}
	return fmt.Errorf("the format of the input is not known; its first line is %s; read are %s%s", quote(firstLine(prefix)), formatList(), hint(prefix))
}

// isBinary reports bytes that no text has. Broken UTF-8 alone is no sign: old
// encodings and cut characters are text too.
func isBinary(prefix []byte) bool {
	if bytes.IndexByte(prefix, 0) >= 0 {
		return true
	}
	odd := 0
	for _, c := range prefix {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != 0x1b && c != '\b' && c != '\f' {
			odd++
		}
	}
	return odd*20 > len(prefix) || !utf8.Valid(prefix[:max(0, len(prefix)-utf8.UTFMax)]) && odd > 0
}

func firstLine(text []byte) string {
	text = bytes.TrimLeft(text, " \t\r\n")
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return strings.TrimRight(string(line), "\r")
}

func formatList() string {
	var list []string
	for _, f := range Formats() {
		list = append(list, f.Name)
	}
	return strings.Join(list, ", ")
}

// hint names what a text nearly is.
func hint(prefix []byte) string {
	keys := topKeys(prefix)
	switch {
	case keys["openapi"] || keys["swagger"]:
		return "; this looks like a contract, which `-c` takes"
	case keys["request"]:
		return "; exchange/1 has one exchange on one line, which `jq -c .` makes of it"
	case keys["findings"]:
		return "; this looks like a diagnosis, which is already the answer"
	case keys["info"] && keys["item"]:
		return "; this looks like a Postman collection: export the request as curl"
	case keys["method"] || keys["url"]:
		return "; an exchange needs `request` around its `method` and `url`"
	case bytes.HasPrefix(bytes.TrimSpace(prefix), []byte("<")):
		return "; this looks like HTML or XML: a body alone says nothing of its request"
	case len(keys) > 0:
		return "; this looks like a JSON body: it needs the request around it"
	}
	return ""
}
