package capture

import (
	"net/url"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// httpieRequest reads the words of an HTTPie command: a method, an address, and
// items such as `Name:value`, `field=text`, `field:=3`, `query==value`. What
// HTTPie adds by itself is left to the messages that it prints.
func httpieRequest(line string) *faultline.Request {
	// The reader of the shell keeps commands of curl alone, and the words are split alike.
	commands, err := shellCommands("curl " + line)
	if err != nil || len(commands) == 0 {
		return nil
	}
	r := &faultline.Request{}
	address, query, fields := "", url.Values{}, []string(nil)
	for _, word := range commands[0].args[1:] {
		switch {
		case strings.HasPrefix(word, "-"):
		case r.Method == "" && address == "" && isMethod(word):
			r.Method = word
		case address == "":
			address = word
		default:
			name, value, kind := httpieItem(word)
			switch kind {
			case ":":
				r.Header = append(r.Header, faultline.Field{Name: name, Value: value})
			case "==":
				query.Add(name, value)
			case "=":
				quoted, _ := marshal(value)
				value = string(quoted)
				fallthrough
			case ":=":
				quoted, _ := marshal(name)
				fields = append(fields, string(quoted)+":"+value)
			}
		}
	}
	switch {
	case strings.HasPrefix(address, ":"):
		address = "http://localhost" + address
	case !strings.Contains(address, "://"):
		address = "http://" + address
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	setURL(r, address)
	if len(fields) > 0 {
		r.Body = faultline.NewBody([]byte("{" + strings.Join(fields, ",") + "}"))
		r.Header = append(r.Header, faultline.Field{Name: "Content-Type", Value: "application/json"})
	}
	if r.Method == "" {
		r.Method = "GET"
		if len(fields) > 0 {
			r.Method = "POST"
		}
	}
	return r
}

// httpieItem splits at the first separator, the longer one first.
func httpieItem(word string) (name, value, kind string) {
	for i := range len(word) {
		for _, kind := range []string{":=", "==", "=", ":"} {
			if i > 0 && strings.HasPrefix(word[i:], kind) {
				return word[:i], word[i+len(kind):], kind
			}
		}
	}
	return "", "", ""
}
