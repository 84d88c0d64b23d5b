package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// splitURL returns host, path and query of an address, without user and
// fragment.
func splitURL(url string) (host, path, query string) {
	path = url
	if i := strings.Index(url, "://"); i > 0 && url[0] != '/' {
		path = url[i+3:]
		end := strings.IndexAny(path, "/?#")
		if end < 0 {
			end = len(path)
		}
		host, path = withoutUser(path[:end]), path[end:]
	}
	if i := strings.IndexByte(path, '#'); i >= 0 {
		path = path[:i]
	}
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path, query = path[:i], path[i+1:]
	}
	if path == "" {
		path = "/"
	}
	return host, path, query
}

func withoutUser(authority string) string {
	return authority[strings.LastIndexByte(authority, '@')+1:]
}

// splitTarget is splitURL of a request's address. An absolute target goes
// before the Host field (RFC 9112, section 3.2.2).
func splitTarget(r *faultline.Request) (host, path, query string) {
	host, path, query = splitURL(r.Target)
	if host == "" {
		host = withoutUser(r.Host)
	}
	return host, path, query
}

// pathOffset is where the path begins in the target of a request.
func pathOffset(r *faultline.Request) int {
	i := strings.Index(r.Target, "://")
	if i <= 0 || r.Target[0] == '/' {
		return 0
	}
	slash := strings.IndexAny(r.Target[i+3:], "/?#")
	if slash < 0 {
		return len(r.Target)
	}
	return i + 3 + slash
}
