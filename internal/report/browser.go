package report

import "strconv"

// stoppedByBrowser reports whether a browser keeps the call or its answer from
// the page: everything that is wrong with CORS but a header that is not exposed.
func (t *text) stoppedByBrowser() bool {
	f, ok := t.d.Primary()
	return ok && f.Cause.Slug.Family() == "cors" && f.Cause.Slug != "cors.expose-header"
}

// browserDoes is what follows from an answer that looks well: the reader knows
// its status, and not what the browser makes of it.
func (t *text) browserDoes() string {
	resp := t.ex.Response
	if !t.stoppedByBrowser() || resp == nil || resp.Status == 0 {
		return ""
	}
	does := " → " + strconv.Itoa(resp.Status) + ", and the browser then "
	if call, asked := t.ex.Request.Header.Get("Access-Control-Request-Method"); asked && t.ex.Request.Method == "OPTIONS" {
		return does + "refuses to send the " + shorten(call, maxMethod)
	}
	return does + "keeps the answer from the page"
}

// maxMethod bounds a method in a headline.
const maxMethod = 30

// scriptSees is all that the page's own code is told (Fetch, section 2.2.6, "network error").
func (t *text) scriptSees() string {
	if !t.stoppedByBrowser() {
		return ""
	}
	return `the page's script sees only "Failed to fetch"`
}
