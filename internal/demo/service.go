package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// service is the order service: it behaves like many real ones. It is strict
// about what it takes, says next to nothing about what was wrong, limits the
// rate of searches, and has three bugs that its clients find.
type service struct {
	mux     *http.ServeMux
	tokens  issuer
	search  *limiter
	now     func() time.Time
	request sequence

	mu     sync.Mutex
	orders map[string]*order
	last   int
}

// An order as the service keeps and answers it. Total is any because of the
// first bug: see renderTotal.
type order struct {
	ID         string `json:"id"`
	CustomerID string `json:"customer_id"`
	Status     string `json:"status"`
	Currency   string `json:"currency"`
	Total      any    `json:"total"`
	Note       string `json:"note,omitempty"`
	Items      []item `json:"items"`

	imported bool // came from the old shop
	cents    int
}

type item struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

const (
	firstOrder    = "ord_1001"
	importedOrder = "ord_1002" // answered in breach of the contract
	brokenOrder   = "ord_1003" // cannot be cancelled
)

func newService(tokens issuer, now func() time.Time, search *limiter) *service {
	s := &service{tokens: tokens, now: now, search: search, orders: map[string]*order{}, last: 1003, mux: http.NewServeMux()}
	s.orders[firstOrder] = &order{
		ID: firstOrder, CustomerID: "cus_7", Status: "open", Currency: "eur", cents: 4200,
		Items: []item{{"A-1", 2}, {"B-20", 1}},
	}
	s.orders[importedOrder] = &order{
		ID: importedOrder, CustomerID: "cus_9", Status: "paid", Currency: "eur", cents: 1250, imported: true, Items: []item{{"C-3", 1}},
	}
	s.orders[brokenOrder] = &order{ID: brokenOrder, CustomerID: "cus_9", Status: "paid", Currency: "usd"}

	s.mux.HandleFunc("GET /v1/orders", s.auth(s.listOrders))
	s.mux.HandleFunc("POST /v1/orders", s.createOrder)
	s.mux.HandleFunc("GET /v1/orders/{id}", s.auth(s.getOrder))
	s.mux.HandleFunc("PATCH /v1/orders/{id}", s.auth(s.updateOrder))
	s.mux.HandleFunc("DELETE /v1/orders/{id}", s.auth(s.cancelOrder))
	s.mux.HandleFunc("GET /v1/search", s.searchOrders)
	s.mux.HandleFunc("GET /v1/me", s.auth(s.me))
	s.mux.HandleFunc("/", s.noRoute)
	return s
}

// ServeHTTP gives each answer a request id, as the gateway in front does not,
// and turns a panic into a bare 500.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Request-Id", fmt.Sprintf("req-%06d", s.request.next()))
	defer func() {
		if recover() != nil {
			refuse(w, http.StatusInternalServerError)
		}
	}()
	if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
		s.preflight(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// refuse answers an error as tersely as many services do: the status again, in
// words.
func refuse(w http.ResponseWriter, status int) {
	answer(w, status, map[string]string{"error": http.StatusText(status)})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// noRoute answers what no route took: 405 if the path knows other methods.
func (s *service) noRoute(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{"GET", "POST", "PATCH", "DELETE"} {
		other := &http.Request{Method: method, URL: r.URL, Host: r.Host}
		if _, pattern := s.mux.Handler(other); pattern != "/" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		refuse(w, http.StatusMethodNotAllowed)
		return
	}
	refuse(w, http.StatusNotFound)
}

// clockTolerance is how far the time in a signed request may be off.
const clockTolerance = 5 * time.Minute

// auth lets a call through that has a good token. Signed requests carry the
// client's time as well, against replays.
func (s *service) auth(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			w.Header().Set("WWW-Authenticate", `Bearer realm="orders"`)
			refuse(w, http.StatusUnauthorized)
			return
		}
		if err := s.tokens.verify(token, s.now()); err != nil {
			challenge := `Bearer realm="orders", error="invalid_token"`
			if errors.Is(err, errExpired) {
				challenge += `, error_description="the token expired"`
			}
			w.Header().Set("WWW-Authenticate", challenge)
			refuse(w, http.StatusUnauthorized)
			return
		}
		if sent, err := http.ParseTime(r.Header.Get("X-Date")); err == nil && s.now().Sub(sent).Abs() > clockTolerance {
			answer(w, http.StatusForbidden, map[string]string{"error": "Request timestamp outside the tolerance"})
			return
		}
		next(w, r)
	}
}

func (s *service) listOrders(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if !goodLimit(q.Get("limit")) || !oneOf(q.Get("status"), "open", "paid", "shipped", "cancelled") || !oneOf(q.Get("expand"), "customer", "items") {
		refuse(w, http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	answer(w, http.StatusOK, map[string]any{"orders": []*order{s.orders[firstOrder].render()}})
}

func goodLimit(text string) bool {
	if text == "" {
		return true
	}
	n, err := strconv.Atoi(text)
	return err == nil && n >= 1 && n <= 100
}

func oneOf(text string, known ...string) bool {
	if slices.Contains(known, text) {
		return true
	}
	return text == ""
}

var (
	customerPattern = regexp.MustCompile(`^cus_[0-9]+$`)
	skuPattern      = regexp.MustCompile(`^[A-Z]-[0-9]+$`)
)

// createOrder takes nothing that it does not know, as its contract says.
func (s *service) createOrder(w http.ResponseWriter, r *http.Request) {
	var body struct {
		CustomerID *string `json:"customer_id"`
		Currency   *string `json:"currency"`
		Note       string  `json:"note"`
		Items      []item  `json:"items"`
	}
	if status := readJSON(r, &body); status != http.StatusOK {
		refuse(w, status)
		return
	}
	currency := "eur"
	if body.Currency != nil {
		currency = *body.Currency
	}
	good := body.CustomerID != nil && customerPattern.MatchString(*body.CustomerID) && len(body.Items) > 0 &&
		currency != "" && oneOf(currency, "eur", "usd", "gbp") && len(body.Note) <= 200
	for _, it := range body.Items {
		good = good && skuPattern.MatchString(it.SKU) && it.Quantity >= 1 && it.Quantity <= 1000
	}
	if !good {
		refuse(w, http.StatusBadRequest)
		return
	}
	answer(w, http.StatusCreated, s.add(&order{CustomerID: *body.CustomerID, Status: "open", Currency: currency, Note: body.Note, Items: body.Items}))
}

// maxKept bounds the orders that are remembered: a demo may run for days.
const maxKept = 1000

func (s *service) add(o *order) *order {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	o.ID = fmt.Sprintf("ord_%04d", s.last%10000)
	for _, it := range o.Items {
		o.cents += 1400 * it.Quantity
	}
	if len(s.orders) < maxKept {
		s.orders[o.ID] = o
	}
	return o.render()
}

// maxBody bounds what the service reads of a request.
const maxBody = 1 << 20

func readJSON(r *http.Request, into any) (status int) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		return http.StatusUnsupportedMediaType
	}
	dec := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody))
	dec.DisallowUnknownFields()
	if dec.Decode(into) != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

func (s *service) find(w http.ResponseWriter, r *http.Request) *order {
	o := s.orders[r.PathValue("id")]
	if o == nil {
		refuse(w, http.StatusNotFound)
	}
	return o
}

func (s *service) getOrder(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(w, r); o != nil {
		w.Header().Set("ETag", `"v1"`)
		answer(w, http.StatusOK, o.render())
	}
}

// render copies the order for an answer. The first bug: orders from the old
// shop kept its format of money, a string.
func (o *order) render() *order {
	out := *o
	out.Total = float64(o.cents) / 100
	if o.imported {
		out.Total = fmt.Sprintf("%d.%02d", o.cents/100, o.cents%100)
	}
	return &out
}

func (s *service) updateOrder(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Status *string `json:"status"`
		Note   *string `json:"note"`
	}
	if r.Header.Get("If-Match") == "" {
		refuse(w, http.StatusBadRequest)
		return
	}
	if status := readJSON(r, &body); status != http.StatusOK {
		refuse(w, status)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(w, r)
	if o == nil {
		return
	}
	if body.Status != nil && (*body.Status == "" || !oneOf(*body.Status, "open", "paid", "shipped", "cancelled")) {
		refuse(w, http.StatusBadRequest)
		return
	}
	if body.Note != nil {
		o.Note = *body.Note
	}
	answer(w, http.StatusOK, o.render())
}

// cancelOrder has the second bug: it takes for granted that an order has items.
func (s *service) cancelOrder(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(w, r)
	if o == nil {
		return
	}
	o.Note = "cancelled, first item " + o.Items[0].SKU
	w.WriteHeader(http.StatusNoContent)
}

func (s *service) searchOrders(w http.ResponseWriter, r *http.Request) {
	if wait := s.search.take(w.Header(), s.now()); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(wait))
		refuse(w, http.StatusTooManyRequests)
		return
	}
	q := r.URL.Query()
	if q.Get("q") == "" || !goodLimit(q.Get("limit")) {
		refuse(w, http.StatusBadRequest)
		return
	}
	answer(w, http.StatusOK, map[string]any{"orders": []*order{}})
}

func (s *service) me(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]string{"sub": "user-17"})
}
