package config

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/internal/listen"
)

// listenAddress is where something is listened on.
func listenAddress(into *string, like string) value {
	return text(into, like, func(s string) error {
		switch kind, rest, _ := strings.Cut(s, ":"); kind {
		case "unix":
			if rest == "" {
				return wrongf("write `unix:/run/faultline.sock`", "`%s` names no file", s)
			}
			return nil
		case "systemd":
			return nil
		case "fd":
			if n, err := strconv.Atoi(rest); err != nil || n < 3 {
				return wrongf("write the number of a descriptor that is passed to the program: `fd:3`", "`%s` is not one", s)
			}
			return nil
		}
		return hostPort(s)
	})
}

func hostPort(s string) error {
	const fix = "write `127.0.0.1:8080`, `:8080` for every address of the machine, or `[::1]:8080`"
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return wrongf(fix, "`%s` is not a host and a port", s)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil {
		return wrongf(fix, "`%s` is not a port: 0 to 65535", port)
	} else if n == 0 && host == "" {
		return wrongf(fix, "`%s` is neither a host nor a port", s)
	}
	return nil
}

// serviceAddress is where a service is. A bare host and port means http, as
// everybody types it.
func serviceAddress(into **url.URL) value {
	return &scalar[*url.URL]{
		into: into, like: "an address: `http://host:port`, `https://host`, `h2://host`, `h2c://host:port`, `unix:/path`", typed: map[string]any{"type": "string"},
		format: func(u *url.URL) string {
			if u == nil {
				return `""`
			}
			if u.Scheme == "unix" {
				return yamlText("unix:" + u.Path)
			}
			return yamlText(u.String())
		},
		parse: func(text string, r *reader) (*url.URL, error) {
			if path, ok := strings.CutPrefix(text, "unix:"); ok {
				return unixAddress(path, r)
			}
			return ParseService(text)
		},
	}
}

func unixAddress(path string, r *reader) (*url.URL, error) {
	path = strings.TrimPrefix(path, "//")
	if path == "" {
		return nil, wrongf("write `unix:/run/api.sock`", "`unix:` names no file")
	}
	if !filepath.IsAbs(path) && r != nil {
		path = filepath.Join(r.doc.dir, path)
	}
	return &url.URL{Scheme: "unix", Path: filepath.ToSlash(path)}, nil
}

// ParseService reads the address of a service that is reached over TCP.
func ParseService(text string) (*url.URL, error) {
	const fix = "write `http://localhost:3000`"
	full := text
	if !strings.Contains(full, "://") {
		if strings.HasPrefix(full, ":") {
			full = "localhost" + full
		}
		full = "http://" + full
	}
	u, err := url.Parse(full)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "":
		return nil, wrongf(fix, "`%s` is not the address of a service", redacted(u, text))
	case u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "h2" && u.Scheme != "h2c":
		return nil, wrongf(fix, "`%s`: only http, https, h2, h2c and unix are spoken", u.Redacted())
	case u.User != nil:
		return nil, wrongf("let the client send them, or set the field in `request_headers` from the environment", "`%s` holds credentials", u.Redacted())
	case u.RawQuery != "" || u.Fragment != "":
		return nil, wrongf(fix, "`%s` has more than scheme, host and path", u.Redacted())
	}
	return u, nil
}

// redacted shows an address that could not be read, unless it may hold a password.
func redacted(u *url.URL, text string) string {
	if u == nil && strings.Contains(text, "@") {
		return "…@…"
	}
	return text
}

// webAddress is an address that links begin with.
func webAddress(into *string) value {
	return text(into, "an http or https address", func(s string) error {
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return wrongf("write `https://errors.example.com`", "`%s` is not an http or https address", s)
		}
		return nil
	})
}

// origin is where a page comes from.
func origin(into *string) value {
	return text(into, "a web origin: `https://app.example.com`", func(s string) error {
		u, err := url.Parse(s)
		if s != "*" && s != "null" && (err != nil || u.Scheme == "" || u.Host == "" || u.Path != "" || u.RawQuery != "") {
			return wrongf("write scheme, host and, if it is not the usual one, port: `https://app.example.com`", "`%s` is not a web origin", s)
		}
		return nil
	})
}

// ranges is a list of addresses and ranges of addresses.
func ranges(into *[]netip.Prefix) value { return &rangeList{into: into} }

func parseRange(text string) ([]netip.Prefix, error) {
	prefixes, err := listen.ParseRange(text)
	var wrong *listen.RangeError
	if errors.As(err, &wrong) {
		return nil, wrongf(wrong.Fix(), "%s", wrong)
	}
	return prefixes, err
}

// path is a file or folder. A relative one is looked for beside the file that
// names it.
func path(into *string) value {
	return &scalar[string]{
		into: into, like: "a path", typed: map[string]any{"type": "string"}, format: func(s string) string { return yamlText(filepath.ToSlash(s)) },
		parse: func(text string, r *reader) (string, error) {
			switch {
			case text == "":
				return "", wrongf("give a path, or leave the key out", "the path is empty")
			case strings.ContainsRune(text, 0):
				return "", wrongf("", "the path holds a zero byte")
			case filepath.IsAbs(text):
				return filepath.Clean(text), nil
			}
			return filepath.Join(r.doc.dir, filepath.FromSlash(text)), nil
		},
	}
}
