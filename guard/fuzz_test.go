package guard

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/wire"
)

// FuzzCalls sends whatever a front could read through a guard in every mode:
// nothing of it may be a mishap, and every message is counted.
func FuzzCalls(f *testing.F) {
	const post = "POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAccept: application/json\r\n\r\n"
	f.Add(post+`{"customer":{}}`, "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n"+`{"f":1,"ok":false,"error":"x"}`)
	f.Add(post+`{"items":[{"quantity":-1}]}`, "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n\r\n"+`{"title":"no","errors":{"/items":["too small"]}}`)
	f.Add("GET /orders/ord_0a1b2c3d4e5f6g7h?limit=x&a[b]=c HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjF9.\r\n\r\n",
		"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"x\", error=\"invalid_token\"\r\n\r\n")
	f.Add("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://b\r\nCookie: s=1\r\n\r\n", "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: text/html\r\n\r\n<html>login</html>")
	f.Add("OPTIONS /orders HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nAccess-Control-Request-Method: PUT\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n")
	f.Add("POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n1\r\n--b--\r\n",
		"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\nRateLimit: limit=1, remaining=0, reset=3\r\n\r\nslow down")
	f.Add("POST /p.S/M HTTP/1.1\r\nHost: a\r\nContent-Type: application/grpc\r\nTE: trailers\r\n\r\n\x00\x00\x00\x00\x01x", "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\ngrpc-status: 14\r\ngrpc-message: no%20way\r\n\r\n\x00\x00\x00\x00\x02x")
	f.Add("GET /e HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream;q=0.5, */*;q=0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: error\ndata: {\"error\":\"x\"}\n\n")
	f.Add("PUT /orders HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\n\r\n\x1f\x8b\x08", "HTTP/1.1 503 Service Unavailable\r\nServer: nginx\r\nContent-Encoding: br\r\n\r\n<html><center>nginx</center></html>")
	f.Add("GET / HTTP/1.1\r\nHost : a\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: /login?next=/\r\nSet-Cookie: a=b; Secure\r\n\r\n")

	f.Add("POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data;\xc9 boundary=b\r\n\r\n--b", "HTTP/1.1 400 Bad Request\r\n\r\nno boundary")
	for _, c := range labelled(f) {
		f.Add(c[0], c[1])
	}

	s := loadService(f)
	f.Fuzz(func(t *testing.T, request, answer string) {
		for _, mode := range []Mode{Observe, Warn, Block} {
			g := New(Options{
				Contracts: []*contract.Contract{s.contract}, Mode: mode, Notice: func(text string) { t.Error(text) },
				Sinks: []Sink{Everything(discard{})},
			})
			carry(g, request, answer)
			if err := g.Close(context.Background()); err != nil {
				t.Fatal(err)
			}
			n := g.Counts()
			if n.Mishaps != 0 || n.Seen != n.OK+n.Failed || total(n.Requests) != n.Seen || total(n.Answers) != n.Seen {
				t.Fatalf("mode %v: %+v", mode, n)
			}
		}
	})
}

// labelled are the calls of the corpus, if it is there, as they travelled.
func labelled(tb testing.TB) (out [][2]string) {
	dir := cmp.Or(os.Getenv("FAULTLINE_CORPUS"), filepath.Join("..", "..", "shared", "corpus"))
	data, err := os.ReadFile(filepath.Join(dir, "exchanges.jsonl"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	type message struct {
		Method, URL string
		Status      int
		Headers     [][2]string
		Body        any // what is no text is left out
	}
	for line := range bytes.Lines(data) {
		var call struct{ Request, Response message }
		if err = errors.Join(err, json.Unmarshal(line, &call)); err != nil {
			tb.Fatal(err)
		}
		_, rest, _ := strings.Cut(call.Request.URL, "://")
		host, path, _ := strings.Cut(rest, "/")
		q, a := &call.Request, &call.Response
		out = append(out, [2]string{
			head(q.Method+" /"+path+" HTTP/1.1", append(q.Headers, [2]string{"Host", host})) + text(q.Body),
			head(fmt.Sprintf("HTTP/1.1 %03d X", a.Status), a.Headers) + text(a.Body),
		})
	}
	return out
}

func text(body any) string {
	s, _ := body.(string)
	return s
}

func head(first string, fields [][2]string) string {
	var out strings.Builder
	out.WriteString(first + "\r\n")
	for _, f := range fields {
		out.WriteString(f[0] + ": " + f[1] + "\r\n")
	}
	return out.String() + "\r\n"
}

func total(v Validation) int64 {
	n := v.Valid + v.Invalid
	for _, more := range v.NotValidated {
		n += more
	}
	return n
}

// carry is a front that has both messages in memory.
func carry(g *Guard, request, answer string) {
	var lim wire.Limits
	lim = lim.WithDefaults()
	var rd wire.Reader
	defer rd.Close()
	rd.Reset(bytes.NewReader([]byte(request)))
	var q wire.Request
	var c Call
	if err := rd.ReadRequest(&q, &lim); err != nil {
		var wrong *wire.Error
		if errors.As(err, &wrong) {
			c.Answer(g.StartMalformed(&c, &faultline.Exchange{Request: faultline.Request{Scheme: "http"}}, wrong), Client{})
			c.End()
		}
		return
	}
	body, _ := io.ReadAll(&rd)
	ex := &faultline.Exchange{Request: faultline.Request{
		Method: q.Method, Scheme: "http", Host: q.Host, Target: q.Target, Proto: q.Proto(), Header: q.Header, Body: faultline.Body{Raw: body, Size: int64(len(body))},
	}}
	g.Start(&c, ex)
	defer c.End()
	if r := c.Head(); r != nil {
		c.Answer(r, Client{Loopback: true, Base: "http://a/causes"})
		return
	}
	watch(c.WatchRequest(), body)
	if r := c.Request(); r != nil {
		c.Answer(r, Client{})
		return
	}
	var up wire.Reader
	defer up.Close()
	up.Reset(bytes.NewReader([]byte(answer)))
	var a wire.Response
	if err := up.ReadResponse(&a, q.Method, &lim); err != nil {
		ex.Failure = &faultline.Failure{Phase: faultline.PhaseReceive, Text: err.Error()}
		c.Answer(c.Gateway(502, err), Client{Loopback: true})
		return
	}
	got, _ := io.ReadAll(&up)
	ex.Response = &faultline.Response{Status: a.Status, Reason: a.Reason, Proto: a.Proto(), Header: a.Header, Body: faultline.Body{Raw: got, Size: int64(len(got))}}
	watch(c.WatchResponse(), got)
	c.Mark()
	c.End()
}

func watch(w Watcher, body []byte) {
	if w == nil {
		return
	}
	half := len(body) / 2
	w.Write(body[:half])
	w.Write(body[half:])
	w.End()
}
