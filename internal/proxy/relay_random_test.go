package proxy

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// exchangesEach is how many random exchanges go through each front: 2,400 in all.
const exchangesEach = 168

// random is what one exchange is made of. Server and client make it from the
// same seed, so each knows what the other has to see.
type random struct {
	method, target  string
	fields, answer  [][2]string
	body, back      []byte
	sized, backed   bool // with Content-Length
	status, trailer int
}

func randomExchange(seed uint64) random {
	r := rand.New(rand.NewPCG(seed, 7))
	x := random{
		method: []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"}[r.IntN(7)],
		status: []int{200, 201, 202, 206, 400, 404, 409, 500, 503}[r.IntN(9)],
		sized:  r.IntN(2) == 0, backed: r.IntN(2) == 0, trailer: r.IntN(3),
	}
	x.target = fmt.Sprintf("/%x%s?seed=%d%s", r.Uint32(), []string{"", "/", "//a", "/%2F", "/%c3%BC", "/a;b=c", "/.%2e/x"}[r.IntN(7)], seed, []string{"", "&a=%20+", "&&x", "&y=/?:@", "&z=%5B1%5D"}[r.IntN(5)])
	for i := range r.IntN(12) {
		x.fields = append(x.fields, [2]string{fmt.Sprintf("X-F%d", r.IntN(6)), randomValue(r, i)})
		x.answer = append(x.answer, [2]string{fmt.Sprintf("X-A%d", r.IntN(6)), randomValue(r, i)})
	}
	x.body, x.back = randomBody(r), randomBody(r)
	if x.method == "GET" || x.method == "OPTIONS" {
		x.body = nil // net/http sends none without a body
	}
	return x
}

func randomValue(r *rand.Rand, i int) string {
	const set = "abcXYZ019!#$%&'*+-.^_`|~ \t,;=\"()<>@[]{}\\/\xc3\xa9"
	b := []byte{'v'}
	for range r.IntN(60) {
		b = append(b, set[r.IntN(len(set))])
	}
	return string(append(b, byte('0'+i%10)))
}

func randomBody(r *rand.Rand) []byte {
	b := make([]byte, []int{0, 1, r.IntN(200), r.IntN(20_000), r.IntN(150_000)}[r.IntN(5)])
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// values are those of the fields by name, in order.
func values(fields [][2]string) map[string][]string {
	out := map[string][]string{}
	for _, f := range fields {
		out[f[0]] = append(out[f[0]], f[1])
	}
	return out
}

func compareFields(h http.Header, want [][2]string) string {
	for name, list := range values(want) {
		if !slices.Equal(h[name], list) {
			return fmt.Sprintf("%s = %q, want %q", name, h[name], list)
		}
	}
	return ""
}

// answerRandom is the server: it looks at the request, and answers what belongs to it.
func answerRandom(t *testing.T) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seed, _ := strconv.ParseUint(r.URL.Query().Get("seed"), 10, 64)
		x := randomExchange(seed)
		body, err := io.ReadAll(r.Body)
		if err != nil || !bytes.Equal(body, x.body) {
			t.Errorf("seed %d: %d bytes of the request, want %d (%v)", seed, len(body), len(x.body), err)
		}
		if wrong := compareFields(r.Header, x.fields); wrong != "" || r.Method != x.method || r.RequestURI != x.target {
			t.Errorf("seed %d: %s %s, want %s %s; %s", seed, r.Method, r.RequestURI, x.method, x.target, wrong)
		}
		h := w.Header()
		maps.Copy(h, values(x.answer))
		h["Content-Type"] = nil
		if x.backed {
			h.Set("Content-Length", strconv.Itoa(len(x.back)))
		} else if x.trailer > 0 {
			h.Set("Trailer", "X-T1, X-T2")
		}
		w.WriteHeader(x.status)
		half := len(x.back) / 2
		_, _ = w.Write(x.back[:half])
		if !x.backed {
			_ = http.NewResponseController(w).Flush()
		}
		_, _ = w.Write(x.back[half:])
		if !x.backed && x.trailer > 0 {
			h.Set("X-T1", "one")
			h.Set("X-T2", fmt.Sprint(seed))
		}
	})
}

// TestRandomExchangesPassRelayed: every byte of the bodies and every value of the
// fields, between all versions.
func TestRandomExchangesPassRelayed(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"http", "h2c", "h2"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for n, f := range fronts(t, Options{Services: []Service{serving(t, kind, answerRandom(t))}}) {
				var wg sync.WaitGroup
				for worker := range uint64(4) {
					wg.Go(func() {
						for i := range uint64(exchangesEach / 4) {
							exchangeRandom(t, f, kind, uint64(n)<<40|worker<<32|i)
						}
					})
				}
				wg.Wait()
			}
		})
	}
}

func exchangeRandom(t *testing.T, f front, kind string, seed uint64) {
	x := randomExchange(seed)
	req, err := http.NewRequest(x.method, f.base, nil)
	if err != nil {
		t.Error(err)
		return
	}
	req.URL = verbatimURL(req.URL.Scheme, req.URL.Host, x.target)
	if len(x.body) > 0 {
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(x.body)), -1
		if x.sized {
			req.ContentLength = int64(len(x.body))
		}
	}
	maps.Copy(req.Header, values(x.fields))
	res, err := f.client.Do(req)
	if err != nil {
		t.Errorf("%s to %s, seed %d: %v", f.name, kind, seed, err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil || !bytes.Equal(body, x.back) || res.StatusCode != x.status {
		t.Errorf("%s to %s, seed %d: %s, %d bytes, want %d and %d (%v)", f.name, kind, seed, res.Status, len(body), x.status, len(x.back), err)
	}
	if wrong := compareFields(res.Header, x.answer); wrong != "" {
		t.Errorf("%s to %s, seed %d: %s", f.name, kind, seed, wrong)
	}
	if want := ""; !x.backed && x.trailer > 0 {
		if want = fmt.Sprint(seed); res.Trailer.Get("X-T2") != want {
			t.Errorf("%s to %s, seed %d: trailer %v", f.name, kind, seed, res.Trailer)
		}
	}
	for name := range res.Header {
		if !strings.HasPrefix(name, "X-A") && name != "Date" && name != "Content-Length" {
			t.Errorf("%s to %s, seed %d: the field %s was added", f.name, kind, seed, name)
		}
	}
}
