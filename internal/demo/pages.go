package demo

import (
	"net/http"
	"time"
)

// shopPage is the origin of the page that the shop is used from.
const shopPage = "https://app.example.com"

// preflight answers the question of a browser before the call of a page. It
// forgets the header that the newest version of the page sends: a bug that no
// other caller meets.
func (s *service) preflight(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Vary", "Origin")
	if r.Header.Get("Origin") == shopPage {
		h.Set("Access-Control-Allow-Origin", shopPage)
		h.Set("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE")
		h.Set("Access-Control-Allow-Headers", "authorization, content-type")
	}
	w.WriteHeader(http.StatusNoContent)
}

// fromPage is what a browser asks before the page creates an order.
func fromPage(time.Time) map[string]string {
	return map[string]string{
		"Origin": shopPage, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,x-request-id", "Sec-Fetch-Mode": "cors",
	}
}
