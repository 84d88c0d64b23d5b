package diagnose

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/near"
)

// A History remembers calls, so that one that failed can be held against one
// that succeeded and seen among the calls around it. It keeps references and
// copies nothing; its size is bounded, the oldest calls go first.
//
// Calls are added by one goroutine in the order of time; once all are in, a
// History is safe for concurrent use.
//
//	h := diagnose.NewHistory(0)
//	for _, ex := range calls {
//		h.Add(ex)
//	}
//	engine := diagnose.New(h.Options()...)
type History struct {
	limit int
	bytes int64 // of the bodies that are kept
	calls []*faultline.Exchange
	index map[*faultline.Exchange]int // of calls, counted from the first ever added
	gone  int                         // calls that were dropped
	hosts map[string][]*route
}

// A route is what was called: a method and the shape of a path.
type route struct {
	method, shape string
	good          []*faultline.Exchange // the last that succeeded
}

const (
	// defaultCalls is how many calls a history keeps unless told otherwise.
	defaultCalls = 10_000
	// mostBytes bounds the bodies of all of them.
	mostBytes = 256 << 20
	// mostRoutes and mostGood bound what is kept of one host.
	mostRoutes = 512
	mostGood   = 4
	// callsBefore and callsAfter are how many calls count as around one.
	callsBefore = 32
	callsAfter  = 8
)

// NewHistory returns a history of at most that many calls; 0 means 10,000.
func NewHistory(limit int) *History {
	if limit <= 0 {
		limit = defaultCalls
	}
	return &History{limit: limit, index: map[*faultline.Exchange]int{}, hosts: map[string][]*route{}}
}

// Options make an engine ask the history.
func (h *History) Options() []Option { return []Option{WithBaseline(h.Baseline), WithAround(h.Around)} }

// Add remembers a call.
func (h *History) Add(ex *faultline.Exchange) {
	h.bytes += weight(ex)
	for len(h.calls) > 0 && (len(h.calls) >= h.limit || h.bytes > mostBytes) {
		h.bytes -= weight(h.calls[0])
		delete(h.index, h.calls[0])
		h.calls, h.gone = h.calls[1:], h.gone+1
	}
	h.index[ex] = h.gone + len(h.calls)
	h.calls = append(h.calls, ex)
	if succeeded(ex) && !asksOnly(ex.Request.Method) {
		h.keep(ex)
	}
}

// asksOnly reports whether a method asks about a resource without using it: such
// a call is no example of how the others are made.
func asksOnly(method string) bool {
	return method == "OPTIONS" || method == "HEAD" || method == "TRACE"
}

// weight is what a call takes of the memory, about.
func weight(ex *faultline.Exchange) int64 {
	n := len(ex.Request.Body.Raw)
	if ex.Response != nil {
		n += len(ex.Response.Body.Raw)
	}
	return int64(n)
}

func succeeded(ex *faultline.Exchange) bool {
	if ex.Failure != nil || ex.Response == nil || ex.Response.Status < 200 || ex.Response.Status > 299 {
		return false
	}
	return !Suspicious(ex, contract.Look{}) || !(&causes.Case{Exchange: ex}).Failed()
}

func (h *History) keep(ex *faultline.Exchange) {
	host, method, shape := hostOf(ex), ex.Request.Method, starred(ex.Request.Path())
	routes := h.hosts[host]
	i := slices.IndexFunc(routes, func(r *route) bool { return r.method == method && r.shape == shape })
	if i < 0 {
		if len(routes) >= mostRoutes || len(h.hosts) >= mostRoutes {
			return
		}
		i = len(routes)
		routes = append(routes, &route{method: method, shape: shape})
		h.hosts[host] = routes
	}
	r := routes[i]
	if len(r.good) == mostGood {
		r.good = r.good[1:]
	}
	r.good = append(slices.Clip(r.good), ex)
}

func hostOf(ex *faultline.Exchange) string {
	scheme, rest, found := strings.Cut(ex.Request.URL(), "://")
	if !found {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + strings.ToLower(host)
}

// Around returns the calls around one, itself among them, in the order in which
// they were added; nil if the call is not known.
func (h *History) Around(ex *faultline.Exchange) []*faultline.Exchange {
	i, known := h.index[ex]
	if !known {
		return nil
	}
	i -= h.gone
	return h.calls[max(0, i-callsBefore):min(len(h.calls), i+callsAfter+1)]
}

// Baseline returns the call that succeeded and is most like the given one; nil
// if none is like it. The path may be misspelt and the method another one, if
// nothing fits better.
func (h *History) Baseline(ex *faultline.Exchange) *faultline.Exchange {
	var best *route
	most := 0
	shape := starred(ex.Request.Path())
	for _, r := range h.hosts[hostOf(ex)] {
		if score := r.like(ex.Request.Method, shape); score > most {
			best, most = r, score
		}
	}
	if best == nil {
		return nil
	}
	var out *faultline.Exchange
	most = -1
	for _, good := range best.good {
		if score := alike(ex, good); good != ex && score >= most { // of equal ones the latest
			out, most = good, score
		}
	}
	return out
}

// like scores a route for a call; 0: it is another one.
func (r *route) like(method, shape string) int {
	score := 0
	switch {
	case r.shape == shape:
		score = 8
	case fitsShape(r.shape, shape):
		score = 6
	case nearPath(r.shape, shape):
		score = 4
	default:
		return 0
	}
	if r.method == method {
		score += 2
	}
	return score
}

// fitsShape reports whether a path fits a shape whose stars stand for anything:
// what was sent as an identifier may look like none.
func fitsShape(shape, path string) bool {
	as, bs := strings.Split(shape, "/"), strings.Split(path, "/")
	if len(as) != len(bs) {
		return false
	}
	for i := range as {
		if as[i] != bs[i] && as[i] != "*" {
			return false
		}
	}
	return true
}

// longestWord bounds what is looked at for typing errors.
const longestWord = 64

// nearPath reports whether two paths differ by a slash at the end, by a prefix,
// or by one segment that may be misspelt.
func nearPath(a, b string) bool {
	a, b = strings.TrimSuffix(a, "/"), strings.TrimSuffix(b, "/")
	if a == b {
		return true
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	if strings.HasSuffix(a, b) && strings.Count(b, "/") > 0 && len(b) > 1 {
		return true
	}
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	if len(as) != len(bs) {
		return false
	}
	misspelt := 0
	for i := range as {
		switch {
		case as[i] == bs[i]:
		case len(as[i]) <= longestWord && len(bs[i]) <= longestWord && near.Close(near.Fold(as[i]), near.Fold(bs[i])):
			misspelt++
		default:
			return false
		}
	}
	return misspelt == 1
}

// alike counts what two calls have in common.
func alike(a, b *faultline.Exchange) int {
	score := 0
	for i, f := range a.Request.Header {
		if i < mostGood*8 && b.Request.Header.Has(f.Name) {
			score++
		}
	}
	if a.Request.Header.Value("Content-Type") == b.Request.Header.Value("Content-Type") {
		score += 2
	}
	if (a.Request.Query() == "") == (b.Request.Query() == "") {
		score++
	}
	return score
}
