package proxy

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/internal/wire"
)

// joined is a call of an HTTP/1 client to a server of HTTP/2: the relay is given
// a request and a writer that stand for the connection.
type joined struct {
	x      *call
	header http.Header
	head   []byte // written and not yet sent
	status int    // of the answer; 0: not begun
	bare   bool   // the answer has no body
	chunks bool   // its body goes out in chunks
	close  bool   // the client's connection ends after it

	body joinedBody
}

// join carries the call by the relay and reports whether the connection can
// take another one.
func (x *call) join() bool {
	j := &joined{x: x, header: http.Header{}}
	x.body.Reset(&x.cn.rd, x.req.Framing, &x.p.opts.Limits.Wire)
	j.body.x = x
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	// The sweep ends a call whose client has gone by closing its way to the server.
	x.cn.up.Store(&upstream{c: hangUp{cn: x.cn, cancel: cancel}})
	defer x.cn.up.Store(nil)
	x.cn.enter(streaming)
	whole := j.carry(j.request(ctx))
	j.body.halt()
	x.cn.enter(busy)
	if !whole || x.cn.gone.Load() {
		x.cn.cut()
		return false
	}
	return j.finish()
}

// hangUp stands for the connection to the server where that is none of ours.
type hangUp struct {
	net.Conn
	cn     *conn
	cancel context.CancelFunc
}

// Close ends the call if the client has gone. What else takes too long is ended
// by the relay itself.
func (h hangUp) Close() error {
	if h.cn.gone.Load() || h.cn.stopping.Load() {
		h.cancel()
	}
	return nil
}

// carry reports whether the answer is complete.
func (j *joined) carry(r *http.Request) (whole bool) {
	defer func() {
		if v := recover(); v != nil {
			if !aborted(v) {
				panic(v)
			}
			whole = false
		}
	}()
	cn := j.x.cn
	j.x.p.relay(j, r, told{
		header: j.x.req.Header, target: strings.Clone(path(&j.x.req)), proto: j.x.req.Proto(),
		client: cn.client, secure: cn.secure, labels: cn.labels,
	})
	return true
}

// request is the client's as net/http has it. Its text is a copy: the transport
// may still hold it when the connection's memory is used again.
func (j *joined) request(ctx context.Context) *http.Request {
	q := &j.x.req
	r := &http.Request{
		Method: strings.Clone(q.Method), Host: strings.Clone(q.Host), Proto: q.Proto(), ProtoMajor: 1, ProtoMinor: q.Minor,
		Header: make(http.Header, len(q.Header)), Body: http.NoBody,
	}
	for _, f := range q.Header {
		if !strings.EqualFold(f.Name, "Host") {
			r.Header.Add(strings.Clone(f.Name), strings.Clone(f.Value))
		}
	}
	if q.Framing.Kind != wire.NoBody {
		r.Body, r.ContentLength = &j.body, -1
		if q.Framing.Kind == wire.Length {
			r.ContentLength = q.Framing.Length
		}
	}
	for _, value := range r.Header["Trailer"] {
		for name := range strings.SplitSeq(value, ",") {
			if r.Trailer == nil {
				r.Trailer = http.Header{}
			}
			r.Trailer[http.CanonicalHeaderKey(strings.TrimSpace(name))] = nil
		}
	}
	delete(r.Header, "Trailer")
	j.body.trailer = r.Trailer
	return r.WithContext(ctx)
}

// Header is that of the answer.
func (j *joined) Header() http.Header { return j.header }

// WriteHeader writes the head, which goes out with what follows.
func (j *joined) WriteHeader(status int) {
	if status < 200 {
		j.interim(status)
		return
	}
	x := j.x
	j.status = status
	j.bare = x.req.Method == http.MethodHead || status == http.StatusNoContent || status == http.StatusNotModified
	_, sized := j.header["Content-Length"]
	j.chunks = !j.bare && !sized && x.req.Minor > 0
	j.close = !x.keepsClient() || !j.bare && !sized && !j.chunks ||
		x.req.Framing.Kind != wire.NoBody && !j.body.begun() || j.header.Get("Connection") == "close"
	b := j.fields(appendStatusLine(x.head[:0], status))
	if j.chunks {
		b = append(b, "Transfer-Encoding: chunked\r\n"...)
	}
	switch {
	case j.close:
		b = append(b, "Connection: close\r\n"...)
	case x.req.Minor == 0:
		b = append(b, "Connection: keep-alive\r\n"...)
	}
	j.head = append(b, "\r\n"...)
}

func (j *joined) fields(b []byte) []byte {
	for _, name := range names(j.header) {
		if strings.HasPrefix(name, http.TrailerPrefix) || name == "Connection" {
			continue
		}
		for _, value := range j.header[name] {
			b = append(b, name...)
			b = append(b, ": "...)
			b = append(b, value...)
			b = append(b, "\r\n"...)
		}
	}
	return b
}

func (j *joined) interim(status int) {
	if j.x.req.Minor == 0 {
		return
	}
	head := append(j.fields(appendStatusLine(nil, status)), "\r\n"...)
	_ = j.x.cn.say(head)
	j.x.cn.enter(streaming)
}

// Write sends a part of the body at once.
func (j *joined) Write(p []byte) (int, error) {
	if j.status == 0 {
		j.WriteHeader(http.StatusOK)
	}
	if j.bare || len(p) == 0 {
		return len(p), nil
	}
	b := j.head
	if j.chunks {
		b = strconv.AppendInt(b, int64(len(p)), 16)
		b = append(b, "\r\n"...)
		b = append(b, p...)
		p, b = nil, append(b, "\r\n"...)
	}
	n := len(p)
	if err := j.send(b, p); err != nil {
		return 0, err
	}
	return n, nil
}

func (j *joined) send(head, body []byte) error {
	err := j.x.cn.write(&head, body)
	j.head = j.head[:0]
	j.x.cn.enter(streaming)
	if err != nil {
		j.x.cn.gone.Store(true)
	}
	return err
}

// FlushError sends the head if it waits for a body.
func (j *joined) FlushError() error {
	if len(j.head) == 0 {
		return nil
	}
	return j.send(j.head, nil)
}

// finish ends the answer: with its last chunk and the trailer.
func (j *joined) finish() bool {
	b := j.head
	if j.chunks {
		b = append(b, "0\r\n"...)
		b = j.trailer(b)
		b = append(b, "\r\n"...)
	}
	if len(b) > 0 && j.x.cn.say(b) != nil {
		return false
	}
	keep := !j.close && j.x.keepsClient() && j.x.body.Done()
	j.x.cn.lingers = !keep
	return keep
}

// trailer appends the fields that net/http's conventions say are some.
func (j *joined) trailer(b []byte) []byte {
	announced := strings.Join(j.header["Trailer"], ",")
	for _, name := range names(j.header) {
		plain, marked := strings.CutPrefix(name, http.TrailerPrefix)
		if !marked && !listed(announced, name) {
			continue
		}
		for _, value := range j.header[name] {
			b = append(b, plain...)
			b = append(b, ": "...)
			b = append(b, value...)
			b = append(b, "\r\n"...)
		}
	}
	return b
}

func listed(list, name string) bool {
	for part := range strings.SplitSeq(list, ",") {
		if strings.EqualFold(strings.TrimSpace(part), name) {
			return true
		}
	}
	return false
}
