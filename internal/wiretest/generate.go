package wiretest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A Script is what happens on one connection of a client.
type Script struct {
	Seed      uint64
	Exchanges []*Exchange
	Pipelined bool // all requests are sent before the first answer is read
}

// An Exchange is a request, and what the server says to it.
type Exchange struct {
	Method  string
	Request Message
	Interim []Message // 1xx; the first may be the 100 that Expect asks for
	Answer  Message
	Expect  bool // the body is sent after the 100 only
	Refuses bool // the server answers an Expect with its final answer and wants no body
	Early   bool // the whole answer comes before the second half of the body
	Tunnel  *Tunnel

	live *live
}

// A Tunnel is what is said after 101 (Switching Protocols).
type Tunnel struct {
	Up, Down  []byte
	HalfClose bool // the client ends its direction first, and the server answers after that
}

// Generate makes the script of a seed.
func Generate(seed uint64) *Script {
	r := source{rand.New(rand.NewPCG(seed, 5))}
	s := &Script{Seed: seed, Pipelined: r.one(4)}
	for range 1 + r.IntN(6) {
		s.Exchanges = append(s.Exchanges, r.exchange(s.Pipelined))
	}
	for _, ex := range s.Exchanges[:len(s.Exchanges)-1] {
		if s.Pipelined {
			ex.keep()
		}
	}
	return s
}

func (r source) exchange(simple bool) *Exchange {
	ex := &Exchange{Method: pick(r, []string{"GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "M-SEARCH", "get", "PROPFIND", "TRACE"})}
	if !simple && r.one(12) {
		ex.Method = "GET"
		r.upgrade(ex)
		return ex
	}
	r.request(ex, simple)
	r.answer(ex, simple)
	if !simple && ex.Request.Body.Kind != None && !ex.Request.http10() {
		r.order(ex)
	}
	if !simple && !ex.Early && !ex.Expect {
		ex.Request.Step = r.step(&ex.Request)
	}
	return ex
}

// order decides who waits for whom.
func (r source) order(ex *Exchange) {
	switch r.IntN(6) {
	case 0:
		ex.Expect = true
		ex.Request.Fields = append(ex.Request.Fields, Field{"Expect: 100-continue", necessary})
		if ex.Refuses = r.one(3); ex.Refuses {
			ex.Answer.Fields = append(ex.Answer.Fields, Field{"Connection: close", hop})
		} else {
			ex.Interim = append([]Message{{Start: "HTTP/1.1 100 Continue"}}, ex.Interim...)
		}
	case 1:
		if len(ex.Request.Body.dataEnds()) > 0 && ex.Answer.Body.Kind != UntilClose && !ex.Answer.closes() {
			ex.Early, ex.Answer.Step = true, 0
			ex.Request.Step = pick(r, ex.Request.Body.dataEnds())
		}
	}
}

// closes reports whether the server ends its connection after the message.
func (m *Message) closes() bool {
	return m.http10() && !m.has("keep-alive") || m.has("close") || m.Body.Kind == UntilClose
}

// keep changes an exchange so that another can follow on the connection.
func (ex *Exchange) keep() {
	q := &ex.Request
	if q.http10() {
		q.Start = strings.Replace(q.Start, "HTTP/1.0", "HTTP/1.1", 1)
		q.Fields = slices.DeleteFunc(q.Fields, func(f Field) bool { return f.role == host })
		q.Fields = append(q.Fields, Field{"Host: kept.example", host})
	}
	q.Fields = slices.DeleteFunc(q.Fields, func(f Field) bool { return f.role == hop })
	if ex.Answer.Body.Kind == UntilClose {
		ex.Answer.Body.Kind = Length
	}
}

func (r source) request(ex *Exchange, simple bool) {
	q := &ex.Request
	version := "HTTP/1.1"
	if r.one(10) {
		version = "HTTP/1.0"
	}
	target := r.target()
	if ex.Method == "OPTIONS" && r.one(3) {
		target = "*"
	}
	q.Start = ex.Method + " " + target + " " + version
	fields, described := r.fields(requestNames), []string(nil)
	if ex.Method != "TRACE" && (r.one(2) || ex.Method == "POST" || ex.Method == "PUT") {
		q.Body, described = r.body(version == "HTTP/1.1", false)
	}
	for _, line := range described {
		fields = append(fields, Field{line, plain})
	}
	fields = append(fields, r.connection(version)...)
	if version == "HTTP/1.1" || r.one(2) {
		fields = append(fields, Field{r.spelt("Host") + r.colon() + "front.example:8080", host})
	}
	if r.one(5) {
		fields = append(fields, Field{r.spelt("TE") + ": " + pick(r, []string{"trailers", "trailers, deflate;q=0.5", "gzip"}), hop})
	}
	if r.one(8) {
		fields = append(fields, Field{"Via: 1.0 fred, 1.1 p.example.net (Apache/1.1)", plain})
	}
	r.finish(q, fields, simple)
}

// connection are the fields of the connection, and some that they name.
func (r source) connection(version string) (out []Field) {
	var options []string
	if r.one(8) {
		options = append(options, "close")
	} else if version == "HTTP/1.0" && r.one(2) || r.one(8) {
		options = append(options, "keep-alive")
	}
	if r.one(6) {
		name := pick(r, hopNames)
		options = append(options, strings.ToLower(name))
		out = append(out, Field{r.spelt(name) + r.colon() + r.value(), hop})
	}
	if r.one(10) {
		out = append(out, Field{"Keep-Alive: timeout=30, max=100", hop})
	}
	if r.one(15) {
		out = append(out, Field{"Proxy-Connection: keep-alive", hop})
	}
	if len(options) > 0 {
		sep := pick(r, []string{", ", ",", " , ", ", ,"})
		out = append(out, Field{r.spelt("Connection") + r.colon() + strings.Join(options, sep), hop})
	}
	return out
}

func (r source) fields(names []string) (out []Field) {
	for range r.IntN(14) {
		name := r.spelt(pick(r, names))
		if r.one(4) {
			name = "X-" + r.token(12)
		}
		out = append(out, Field{name + r.colon() + r.value(), plain})
		if r.one(8) {
			out = append(out, out[len(out)-1])
		}
	}
	return out
}

// finish puts the fields in any order and decides how the message is written.
func (r source) finish(m *Message, fields []Field, simple bool) {
	fields = append(fields, Field{r.spelt(framingName) + r.colon(), framing})
	r.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	m.Fields = fields
	if size := len(m.head()) + len(m.Body.wire()); !simple && r.one(3) {
		for range 1 + r.IntN(6) {
			m.Cuts = append(m.Cuts, r.IntN(size))
		}
		slices.Sort(m.Cuts)
	}
}

func (r source) answer(ex *Exchange, simple bool) {
	a := &ex.Answer
	status := pick(r, []int{200, 200, 200, 200, 201, 204, 206, 301, 304, 400, 401, 404, 409, 422, 429, 500, 503, 299, 599})
	version := "HTTP/1.1"
	if !simple && r.one(10) {
		version = "HTTP/1.0"
	}
	a.Start = fmt.Sprintf("%s %d %s", version, status, pick(r, []string{"OK", "", "Some Reason", "caf\xe9", "a  b\tc", "200"}))
	var described []string
	a.Body, described = r.body(version == "HTTP/1.1", !simple)
	if status == 204 || status == 304 && r.one(2) {
		a.Body, described = Body{}, nil
	}
	if ex.bodiless() && a.Body.Kind == UntilClose {
		a.Body.Kind = Length // nobody could tell that the server is going to close
	}
	fields := append(r.fields(answerNames), Field{"Date: Sat, 21 Nov 2026 20:00:00 GMT", plain})
	for _, line := range described {
		fields = append(fields, Field{line, plain})
	}
	if !simple {
		fields = append(fields, r.connection(version)...)
	}
	r.finish(a, fields, simple)
	if !ex.bodiless() && !simple && !(ex.Request.http10() && a.Body.Kind == Chunked) {
		a.Step = r.step(a)
	}
	if !simple && !ex.Request.http10() && r.one(8) {
		ex.Interim = append(ex.Interim, Message{
			Start:  pick(r, []string{"HTTP/1.1 103 Early Hints", "HTTP/1.1 102 Processing", "HTTP/1.1 103 "}),
			Fields: []Field{{"Link: </style.css>; rel=preload; as=style", plain}},
		})
	}
}

// bodiless reports whether the answer has no body whatever its fields say (RFC 9112, section 6.3).
func (ex *Exchange) bodiless() bool {
	status := ex.Answer.Start[len("HTTP/1.1 "):][:3]
	return ex.Method == "HEAD" || status == "204" || status == "304"
}

// step is an offset in the body at which the peer is waited for, now and then.
func (r source) step(m *Message) int {
	if ends := m.Body.dataEnds(); len(ends) > 0 && r.one(4) {
		return pick(r, ends)
	}
	return 0
}

func (r source) body(chunks, untilClose bool) (b Body, described []string) {
	b.Content, described = r.content()
	b.Kind = Length
	switch {
	case chunks && r.one(2):
		b.Kind = Chunked
		r.chunk(&b)
	case untilClose && r.one(4):
		b.Kind = UntilClose
	}
	return b, described
}

// chunk divides the content, with all that RFC 9112, section 7.1, allows.
func (r source) chunk(b *Body) {
	for left := len(b.Content); left > 0; {
		n := min(left, pick(r, []int{1, 2, 7, 100, 1024, 5000, 16384, 40000}))
		if len(b.Chunks) > 200 {
			n = left
		}
		b.Chunks = append(b.Chunks, Chunk{r.chunkLine(n), n})
		left -= n
	}
	b.Chunks = append(b.Chunks, Chunk{r.chunkLine(0), 0})
	if r.one(3) {
		for range 1 + r.IntN(3) {
			b.Trailer = append(b.Trailer, "X-"+r.token(8)+r.colon()+r.value())
		}
	}
}

func (r source) chunkLine(n int) string {
	line := fmt.Sprintf(pick(r, []string{"%x", "%x", "%x", "%X", "%08x", "0%x"}), n)
	if r.one(12) {
		line += pick(r, []string{";a", ";a=b", ";name=\"quoted; text\"", ";a=1;b=2", ";ieof"})
	}
	return line
}

func (r source) upgrade(ex *Exchange) {
	ex.Request.Start = "GET " + r.target() + " HTTP/1.1"
	fields := append(r.fields(requestNames), Field{"Upgrade: " + pick(r, []string{"websocket", "torture/1", "a, b"}), necessary},
		Field{pick(r, []string{"Connection: Upgrade", "Connection: keep-alive, Upgrade", "connection: upgrade"}), hop}, Field{"Host: up.example", host})
	r.finish(&ex.Request, fields, false)
	ex.Answer.Start = "HTTP/1.1 101 Switching Protocols"
	r.finish(&ex.Answer, append(r.fields(answerNames), Field{"Connection: Upgrade", hop}, Field{"Upgrade: torture/1", necessary}), false)
	ex.Tunnel = &Tunnel{HalfClose: r.one(2)}
	ex.Tunnel.Up, _ = r.content()
	ex.Tunnel.Down, _ = r.content()
}
