package diagnose_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/race"
)

// shop has an operation for every way in which an exchange can be large.
const shop = `openapi: 3.0.3
info: {title: Shop, version: 1.0.0}
servers: [{url: 'https://api.example.com/v1'}]
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Line:
      type: object
      required: [sku, quantity]
      properties:
        sku: {type: string}
        quantity: {type: integer, minimum: 1}
        price: {type: number}
    Strict:
      type: object
      additionalProperties: false
      required: [customer_id, currency, lines]
      properties:
        customer_id: {type: string}
        currency: {type: string, enum: [eur, usd]}
        note: {type: string, maxLength: 10}
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
    Loose:
      type: object
      required: [customer_id, currency, delivery_address, payment_method, lines]
      properties:
        customer_id: {type: string}
        currency: {type: string}
        delivery_address: {type: string}
        payment_method: {type: string}
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
paths:
  /strict:
    post:
      operationId: postStrict
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Strict'}}}}
      responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Strict'}}}}}
  /loose:
    post:
      operationId: postLoose
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Loose'}}}}
      responses: {'201': {description: made}}
  /form:
    post:
      operationId: postForm
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Strict'}}}}
      responses: {'201': {description: made}}
  /find:
    get:
      operationId: find
      security: [{token: []}]
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: tag, in: query, schema: {type: array, items: {type: string, maxLength: 4}}}
        - {name: session, in: cookie, schema: {type: integer}}
        - {name: X-Trace, in: header, schema: {type: integer}}
      responses: {'200': {description: found}}
`

func loadShop(t testing.TB) *contract.Contract {
	t.Helper()
	c, err := contract.Load(fstest.MapFS{"shop.yaml": {Data: []byte(shop)}}, "shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const megabyte = 1 << 20

// repeat puts numbered pieces between commas until they fill a size.
func repeat(size int, piece func(i int) string) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(piece(i))
	}
	return b.String()
}

func times(text string, size int) string { return strings.Repeat(text, size/len(text)+1) }

func get(target string, status int, header faultline.Header) *faultline.Exchange {
	ex := call("GET", target, "", status, `{"error":"Bad Request"}`)
	ex.Request.Header = append(faultline.Header{{Name: "Authorization", Value: "Bearer abc"}}, header...)
	return ex
}

func answered(status int, mediaType, answer string) *faultline.Exchange {
	ex := call("POST", "/v1/strict", `{"customer_id":"c","currency":"eur","lines":[]}`, status, answer)
	ex.Response.Header = faultline.Header{{Name: "Content-Type", Value: mediaType}}
	return ex
}

func answeredWith(status int, fields ...faultline.Field) *faultline.Exchange {
	ex := answered(status, "application/json", `{"error":"no"}`)
	ex.Response.Header = append(ex.Response.Header, fields...)
	return ex
}

// hostile are the exchanges of about a megabyte, by what is odd about them.
func hostile(size int) map[string]*faultline.Exchange {
	bad := `{"error":"Bad Request"}`
	post := func(path, body string) *faultline.Exchange { return call("POST", "/v1/"+path, body, 400, bad) }
	sent := func(path, body string) *faultline.Exchange { return call("POST", "/v1/"+path, body, 0, "") }
	form := func(body string) *faultline.Exchange {
		ex := post("form", body)
		ex.Request.Header[0].Value = "application/x-www-form-urlencoded"
		return ex
	}
	wrongTypes := `{"customer_id":"c","currency":"eur","lines":[` + repeat(size, func(i int) string { return `{"sku":` + strconv.Itoa(i) + `,"quantity":"3"}` }) + `]}`
	nested := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	claims := base64.RawURLEncoding.EncodeToString([]byte(`{"exp":1700000000,"x":"` + times("y", size/14) + `"}`))
	var cookies, fields, challenges faultline.Header
	for i := range size / 100 {
		cookies = append(cookies, faultline.Field{Name: "Cookie", Value: fmt.Sprintf("c%d=%d; session=x%d", i, i, i)})
		fields = append(fields, faultline.Field{Name: fmt.Sprintf("X-Trace-%d", i), Value: times("v", 80)})
	}
	for i := range size / 1000 {
		challenges = append(challenges, faultline.Field{Name: "WWW-Authenticate", Value: fmt.Sprintf(`Bearer realm="r%d", error="invalid_token", error_description="the token number %d is expired"`, i, i)})
	}
	complaints := `{"errors":[` + repeat(size, func(i int) string {
		return fmt.Sprintf(`{"field":"lines[%d].quantity","code":"invalid_type","message":"expected integer but got string"}`, i)
	}) + `]}`
	all := map[string]*faultline.Exchange{
		"types":            post("strict", wrongTypes),
		"types-unsent":     sent("strict", wrongTypes),
		"types-blamed":     call("POST", "/v1/strict", wrongTypes, 422, complaints),
		"missing":          post("strict", `{"lines":[`+repeat(size, func(int) string { return `{}` })+`]}`),
		"misspelt":         post("strict", `{"lines":[`+repeat(size, func(int) string { return `{"skuu":"a","quantitty":1}` })+`]}`),
		"duplicates":       post("loose", `{`+repeat(size, func(int) string { return `"sku":1` })+`}`),
		"duplicate-pairs":  post("loose", `{`+repeat(size, func(i int) string { return fmt.Sprintf(`"k%d":1`, i/2) })+`}`),
		"unknown":          post("strict", `{`+repeat(size, func(i int) string { return fmt.Sprintf(`"customer_%d":1`, i) })+`}`),
		"unknown-loose":    post("loose", `{`+repeat(size, func(i int) string { return fmt.Sprintf(`"customer_%d":1`, i) })+`}`),
		"unknown-blamed":   call("POST", "/v1/strict", `{`+repeat(size, func(i int) string { return fmt.Sprintf(`"customer_%d":1`, i) })+`}`, 422, `{"errors":[`+repeat(size, func(i int) string { return fmt.Sprintf(`{"field":"customer_%d","message":"unknown field"}`, i) })+`]}`),
		"duplicates-late":  post("loose", `{`+repeat(size-size/16, func(i int) string { return fmt.Sprintf(`"k%d":1`, i) })+`,`+repeat(size/16, func(int) string { return `"a":1` })+`}`),
		"duplicates-apart": post("loose", `{"lines":[`+repeat(size, func(int) string { return `{"sku":"a","quantity":1,"sku":"b"}` })+`]}`),
		"objects-mixed":    post("loose", `{"x":[{`+repeat(size/2, func(i int) string { return fmt.Sprintf(`"k%d":1`, i) })+`},`+repeat(size/2, func(int) string { return `{"a":1,"b":2}` })+`]}`),
		"long-name":        post("strict", `{"`+times("customer_id", size)+`":1}`),
		"long-names":       post("loose", `{`+repeat(size, func(i int) string { return fmt.Sprintf(`"%s%d":1`, times("x", 10_000), i) })+`}`),
		"deep":             post("loose", nested(size/6)),
		"deep-allowed":     post("loose", `{"x":[`+repeat(size, func(int) string { return nested(200) })+`]}`),
		"long-string":      post("strict", `{"customer_id":"c","currency":"eur","lines":[],"note":"`+times("x", size)+`"}`),
		"syntax-early":     post("strict", `{"a" 1,`+times(" ", size)),
		"syntax-late":      post("strict", wrongTypes[:len(wrongTypes)-2]),
		"syntax-quotes":    post("strict", `{`+times(`'a':'b',`, size)+`}`),
		"syntax-brackets":  post("strict", times("[", size)),
		"not-utf8":         post("strict", `{"customer_id":"`+times("\xff", size)+`"}`),
		"form":             form(times("customer_id=a&", size)),
		"form-unknown":     form(strings.ReplaceAll(repeat(size, func(i int) string { return fmt.Sprintf("customer_%d=1", i) }), ",", "&")),
		"target":           get("/v1/find?limit="+times("9", size), 400, nil),
		"path":             get("/v1"+times("/find", size), 404, nil),
		"query":            get("/v1/find?"+strings.ReplaceAll(repeat(size, func(i int) string { return fmt.Sprintf("limi%d=x", i) }), ",", "&"), 400, nil),
		"query-repeated":   get("/v1/find?"+times("limit=x&", size), 400, nil),
		"query-list":       get("/v1/find?"+times("tag=abcdef&", size), 400, nil),
		"query-list-late":  get("/v1/find?"+times("tag=abcd&", size-size/16)+times("tag=abcdef&", size/16), 400, nil),
		"query-brackets":   get("/v1/find?"+times("tag[]=abcd&lim=1&", size), 400, nil),
		"form-brackets":    form(strings.ReplaceAll(repeat(size, func(i int) string { return fmt.Sprintf("lines[%d][sku]=a&lines[%d][quantity]=x", i, i) }), ",", "&")),
		"query-percent":    get("/v1/find?limit="+times("%zz", size), 400, nil),
		"header-long":      get("/v1/find", 400, faultline.Header{{Name: "X-Trace", Value: times("v", size)}}),
		"header-name":      get("/v1/find", 400, faultline.Header{{Name: times("X-Trace", size), Value: "1"}}),
		"headers":          get("/v1/find", 400, fields),
		"cookies":          get("/v1/find", 400, cookies),
		"cookie-long":      get("/v1/find", 400, faultline.Header{{Name: "Cookie", Value: times("session=x; ", size)}}),
		"token":            get("/v1/find", 401, faultline.Header{{Name: "Authorization", Value: "Bearer eyJhbGciOiJub25lIn0." + claims + ".x"}}),
		"token-dots":       get("/v1/find", 401, faultline.Header{{Name: "Authorization", Value: "Bearer " + times("a.", size)}}),
		"challenges":       answeredWith(401, challenges...),
		"challenge-long":   answeredWith(401, faultline.Field{Name: "WWW-Authenticate", Value: times(`Bearer realm="x", `, size)}),
		"retry-after":      answeredWith(429, faultline.Field{Name: "Retry-After", Value: times("9", size)}),
		"ratelimit":        answeredWith(429, faultline.Field{Name: "RateLimit", Value: times(`"a";r=0;t=9, `, size)}),
		"answer-headers":   answeredWith(500, fields...),
		"answer-html":      answered(500, "text/html", "<html><body>"+times("<p>the field customer_id is <b>missing</b>, the token is expired</p>\n", size)),
		"answer-html-open": answered(502, "text/html", times("<", size)),
		"answer-text":      answered(500, "text/plain", times("invalid value for parameter lines.quantity: must be an integer\n", size)),
		"answer-line":      answered(400, "text/plain", times("invalid value 'x' for field customer_id expected integer ", size)),
		"answer-word":      answered(400, "text/plain", times("x", size)),
		"answer-quotes":    answered(400, "text/plain", times(`'"`, size)),
		"answer-json":      answered(422, "application/json", complaints),
		"answer-json-flat": answered(422, "application/json", `{`+repeat(size, func(i int) string { return fmt.Sprintf(`"field_%d":["can't be blank"]`, i) })+`}`),
		"answer-json-text": answered(400, "application/json", `{"message":"`+times("lines[0].quantity must be an integer; ", size)+`"}`),
		"answer-json-deep": answered(400, "application/json", nested(size/6)),
		"answer-json-in":   answered(400, "application/json", strconv.Quote(complaints)),
		"answer-xml":       answered(400, "application/xml", "<errors>"+times("<error><code>InvalidArgument</code><message>quantity must be an integer</message></error>", size)+"</errors>"),
		"answer-created":   answered(201, "application/json", wrongTypes),
		"answer-inside":    answered(200, "application/json", `{"ok":false,"errors":`+complaints[10:]),
	}
	all["failure"] = call("GET", "/v1/find", "", 0, "")
	all["failure"].Failure = &faultline.Failure{Text: times("dial tcp: lookup api.example.com: no such host: ", size)}
	return all
}

func BenchmarkDiagnose(b *testing.B) {
	engine := diagnose.New(diagnose.WithContract(loadShop(b)))
	for name, ex := range map[string]*faultline.Exchange{
		"healthy": call("POST", "/v1/strict", `{"customer_id":"c","currency":"eur","lines":[{"sku":"a","quantity":1}]}`, 201, `{"customer_id":"c","currency":"eur","lines":[]}`),
		"typical": call("POST", "/v1/strict", `{"custmer_id":"c","currency":"eur","lines":[{"sku":"a","quantity":"1"}]}`, 400, `{"error":"customer_id is missing"}`),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				engine.Diagnose(ex)
			}
		})
	}
	cases := hostile(megabyte)
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		ex := cases[name]
		b.Run("hostile-"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				engine.Diagnose(ex)
			}
		})
	}
}

// BenchmarkFieldSet is what a failed exchange costs on average, over the failed
// ones of a labelled set: an op is one exchange. Beside the mean stand the median
// and what nine of ten stay below, each exchange by itself.
func BenchmarkFieldSet(b *testing.B) {
	engine, failed := fieldSet(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ex := failed[i%len(failed)]
		engine(ex).Diagnose(ex)
	}
	b.StopTimer()
	each := make([]float64, 0, len(failed))
	for _, ex := range failed {
		each = append(each, timed(engine(ex), ex))
	}
	slices.Sort(each)
	b.ReportMetric(each[len(each)/2], "µs/median")
	b.ReportMetric(each[len(each)*9/10], "µs/p90")
}

// timed is what one exchange takes in microseconds, the least of some rounds.
func timed(e *diagnose.Engine, ex *faultline.Exchange) float64 {
	const rounds, calls = 5, 10
	least := time.Hour
	for range rounds {
		began := time.Now()
		for range calls {
			e.Diagnose(ex)
		}
		least = min(least, time.Since(began)/calls)
	}
	return float64(least.Nanoseconds()) / 1000
}

// fieldSet are the failed exchanges of a labelled set.
func fieldSet(t testing.TB) (engine func(*faultline.Exchange) *diagnose.Engine, failed []*faultline.Exchange) {
	dir := filepath.Join("testdata", "field")
	file := filepath.Join(dir, "exchanges.jsonl")
	exchanges := readExchanges(t, file)
	for i, l := range readLabels(t, file) {
		if l.Expect.Cause != "none" {
			failed = append(failed, exchanges[i])
		}
	}
	return engines(t, filepath.Join(dir, "contracts")), failed
}

// TestFailedCallsAreCheap holds what the diagnosis of a failed exchange allocates, on
// average over a labelled set: bytes and allocations are the same on every machine,
// times are not.
func TestFailedCallsAreCheap(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	const mostBytes, mostAllocs = 20 << 10, 200
	engine, failed := fieldSet(t)
	all := func() {
		for _, ex := range failed {
			engine(ex).Diagnose(ex)
		}
	}
	bytes, allocs := cost(all)
	if n := uint64(len(failed)); bytes/n > mostBytes || allocs/n > mostAllocs {
		t.Errorf("a failed exchange costs %d bytes and %d allocations, at most %d and %d are meant", bytes/n, allocs/n, mostBytes, mostAllocs)
	}
}

// TestHealthyCallsAllocateTheirResult: nothing else is made for a call with which nothing is wrong.
func TestHealthyCallsAllocateTheirResult(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	engine := diagnose.New(diagnose.WithContract(loadShop(t)))
	const body = `{"customer_id":"c","currency":"eur","lines":[]}`
	ex := call("POST", "/v1/strict", body, 201, body)
	if n := testing.AllocsPerRun(100, func() { engine.Diagnose(ex) }); n > 1 {
		t.Errorf("a healthy exchange costs %v allocations, one is its result", n)
	}
}

// TestCostGrowsWithTheSize holds what an exchange allocates: four times the
// bytes may not cost sixteen times as much.
func TestCostGrowsWithTheSize(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	const size, most = 64 << 10, 10
	engine := diagnose.New(diagnose.WithContract(loadShop(t)))
	small, large := hostile(size), hostile(4*size)
	for _, name := range slices.Sorted(maps.Keys(small)) {
		less, more := allocated(engine, small[name]), allocated(engine, large[name])
		if floor := uint64(size); more > most*max(less, floor) {
			t.Errorf("%s: %d bytes allocated for an exchange of %d kB, %d for one of %d kB", name, less, size>>10, more, 4*size>>10)
		}
	}
}

// allocated is how many bytes a diagnosis asks for, once the pools are filled.
func allocated(engine *diagnose.Engine, ex *faultline.Exchange) uint64 {
	bytes, _ := cost(func() { engine.Diagnose(ex) })
	return bytes
}

// cost is what the second run of some work asks for.
func cost(work func()) (bytes, allocs uint64) {
	work()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs
}
