package proxy

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/near"
)

// mostCompared bounds the names that a call without a service is compared with:
// anybody can send as many of these as they like.
const mostCompared = 256

// nowhere answers a call that belongs to no service. The first one's guard
// answers and counts it: somebody has to.
func (x *call) nowhere() bool {
	t := x.p.table.Load()
	x.svc = t.services[0]
	x.ex = x.asked()
	x.begun = true
	if x.req.Method == http.MethodConnect {
		x.svc.guard.Start(&x.guard, &x.ex)
		return x.answerWith(x.refusedConnect())
	}
	return x.answerWith(x.svc.guard.StartUnrouted(&x.guard, &x.ex, t.miss(x.req.Host, path(&x.req))))
}

// nowhere is call.nowhere on the other road.
func (x *relayed) nowhere() {
	t := x.p.table.Load()
	x.svc = t.services[0]
	x.ex = x.asked()
	x.begun = true
	x.body = newRelayBody(x, 0)
	if x.r.Method == http.MethodConnect {
		x.svc.guard.Start(&x.guard, &x.ex)
		x.answerWith(x.guard.Refuse(http.StatusNotImplemented, connectTitle, connectDetail))
		return
	}
	x.answerWith(x.svc.guard.StartUnrouted(&x.guard, &x.ex, t.miss(x.r.Host, x.told.target)))
}

// miss says why no service takes a call, and what was probably meant: a host
// that has the path, if the one that was sent is nobody's own, else a path.
func (t *table) miss(host, target string) guard.Miss {
	name := hostname(host)
	port := host[len(name):]
	path, _, _ := strings.Cut(target, "?")
	paths, own := t.pathsOn(strings.ToLower(name))
	if !own {
		if meant := t.nearHost(strings.ToLower(name), path); meant != "" {
			return guard.Miss{Host: true, Near: meant + port, Known: t.hosts}
		}
	}
	if len(paths) == 0 {
		return guard.Miss{Host: true, Known: t.hosts}
	}
	return guard.Miss{Near: nearPath(paths, path), Known: paths}
}

// pathsOn are the beginnings of paths that services have on a host, and whether
// the host, or a pattern that it fits, is named by one of them.
func (t *table) pathsOn(host string) (paths []string, own bool) {
	all := map[string]bool{}
	for {
		for _, one := range t.byHost[host] {
			all[one.path] = true
			own = own || host != ""
		}
		if host == "" {
			return slices.Sorted(maps.Keys(all)), own
		}
		host = wider(host)
	}
}

// nearHost is the host that differs from name by typing errors, and has a
// service for the path; empty: there is none.
func (t *table) nearHost(name, path string) (best string) {
	least := near.Most
	for _, known := range t.hosts[:min(len(t.hosts), mostCompared)] {
		if below, pattern := strings.CutPrefix(known, "*."); pattern {
			label, _, _ := strings.Cut(name, ".")
			known = label + "." + below
		}
		if d := near.Distance(name, known); d < least && d <= near.Limit(known) && t.find(known, path) != nil {
			best, least = known, d
		}
	}
	return best
}

// nearPath is the path with another beginning: one that differs by typing errors,
// or whose end is what was sent, a prefix being left out. Empty: there is none.
func nearPath(paths []string, path string) (best string) {
	least := near.Most
	for _, known := range paths[:min(len(paths), mostCompared)] {
		head, rest := segments(path, strings.Count(known, "/"))
		if d := typos(head, known); d < least && d <= near.Limit(known) {
			best, least = known+rest, d
		}
		if end := endOf(known, path); best == "" && end != "" {
			best = known + path[len(end):]
		}
	}
	return best
}

// segments cuts a path behind its first n segments.
func segments(path string, n int) (head, rest string) {
	for i := 1; i < len(path); i++ {
		if path[i] != '/' {
			continue
		}
		if n--; n == 0 {
			return path[:i], path[i:]
		}
	}
	return path, ""
}

// typos counts the typing errors between two paths, case left out.
func typos(a, b string) int {
	if len(a) > near.Most {
		return near.Most
	}
	return near.Distance(strings.ToLower(a), strings.ToLower(b))
}

// endOf is the end of known, from its second segment or a later one on, that the
// path begins with.
func endOf(known, path string) string {
	for i := 1; i < len(known); i++ {
		if known[i] != '/' {
			continue
		}
		if rest, ok := strings.CutPrefix(path, known[i:]); ok && (rest == "" || rest[0] == '/') {
			return known[i:]
		}
	}
	return ""
}
