package guard

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const feeds = `openapi: 3.2.0
info: {title: Feeds, version: '1'}
paths:
  /feed:
    get:
      operationId: getFeed
      responses:
        '200':
          description: ok
          headers: {X-Feed: {required: true, schema: {type: string}}}
          content:
            text/event-stream:
              itemSchema: {type: object, properties: {event: {enum: [tick]}}}
  /upload:
    post:
      operationId: upload
      requestBody: {content: {application/jsonl: {itemSchema: {type: integer}}, multipart/form-data: {}}}
      responses: {'204': {description: ok}}
  /socket:
    get:
      operationId: socket
      responses: {'101': {description: upgraded}}
`

func feedGuard(t *testing.T) (*Guard, func() []heard) {
	t.Helper()
	c, err := contract.Load(fstest.MapFS{"feeds.yaml": {Data: []byte(feeds)}}, "feeds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return listen(t, Options{Contracts: []*contract.Contract{c}, BodyLimit: 1000})
}

// pass shows a body to a watcher and keeps what a front keeps of it.
func pass(w Watcher, body string, limit int) faultline.Body {
	for rest := body; rest != ""; {
		n := min(len(rest), 700)
		if w != nil {
			w.Write([]byte(rest[:n]))
		}
		rest = rest[n:]
	}
	if w != nil {
		w.End()
	}
	b := faultline.NewBody([]byte(body))
	if len(body) > limit {
		b = faultline.Body{Raw: []byte(body[:limit]), Size: int64(len(body)), Truncated: true}
	}
	return b
}

func feed(g *Guard, body string) {
	c := g.Begin(exchange("GET", "/feed", ""))
	c.Exchange.Response = &faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "text/event-stream"}, {Name: "X-Feed", Value: "1"}}}
	c.Exchange.Response.Body = pass(c.WatchResponse(), body, 1000)
	c.End()
}

func TestALongStreamIsJudgedItemByItem(t *testing.T) {
	t.Parallel()
	g, hear := feedGuard(t)
	tick := "event: tick\ndata: 1\n\n"
	feed(g, strings.Repeat(tick, 500))
	feed(g, strings.Repeat(tick, 200)+"event: tock\ndata: 2\n\n"+strings.Repeat(tick, 3))
	if got := g.Counts().Answers; got.Valid != 1 || got.Invalid != 1 {
		t.Errorf("Answers = %+v, want one valid, one invalid", got)
	}
	all := hear()
	f, _ := all[len(all)-1].d.Primary()
	want := fmt.Sprintf("byte %d of the body", 200*len(tick)+len("event: "))
	if f.Cause.Slug != "server.response-invalid" || f.At.Pointer != "/200/event" || !strings.Contains(f.Message, want) {
		t.Errorf("got %s: %s; want /200/event at %s", f.Cause.Slug, f.Message, want)
	}
	if got := all[len(all)-1].ex.Labels[faultline.LabelPassed]; got != "204 items judged of the answer" {
		t.Errorf("label = %q", got)
	}
}

func TestALongStreamThatEndsInsideAnEvent(t *testing.T) {
	t.Parallel()
	g, hear := feedGuard(t)
	feed(g, strings.Repeat("event: tick\ndata: 1\n\n", 500)+"event: tick\ndata: 2\n")
	if f, _ := hear()[0].d.Primary(); f.Cause.Slug != "stream.broke-off" || f.WhoActs() != faultline.Server {
		t.Errorf("got %s of the %s, want stream.broke-off of the server, who ended it in good order", f.Cause.Slug, f.WhoActs())
	}
}

func TestAShortStreamIsJudgedOnce(t *testing.T) {
	t.Parallel()
	g, hear := feedGuard(t)
	feed(g, "event: tick\ndata: 1\n\n")
	feed(g, "event: tock\ndata: 1\n\n")
	if got := g.Counts().Answers; got.Valid != 1 || got.Invalid != 1 {
		t.Errorf("Answers = %+v, want one valid, one invalid", got)
	}
	all := hear()
	if got := all[len(all)-1].d.Findings; len(got) != 1 {
		t.Errorf("%d findings, want one: %+v", len(got), got)
	}
}

func TestAnItemTooLargeIsSaid(t *testing.T) {
	t.Parallel()
	g, _ := feedGuard(t)
	feed(g, "event: tick\ndata: 1\n\ndata: "+strings.Repeat("x", 400<<10)+"\n\n")
	if got := g.Counts().Answers.NotValidated[TooLarge]; got != 1 {
		t.Errorf("NotValidated[%q] = %d, want 1", TooLarge, got)
	}
}

func TestAnUploadIsJudgedItemByItem(t *testing.T) {
	t.Parallel()
	g, hear := feedGuard(t)
	c := g.Begin(exchange("POST", "/upload", "", faultline.Field{Name: "Content-Type", Value: "application/jsonl"}))
	c.Exchange.Request.Body = pass(c.WatchRequest(), strings.Repeat("1\n", 1000)+"true\n", 1000)
	c.Exchange.Response = &faultline.Response{Status: 204}
	c.End()
	if got := g.Counts().Requests; got.Invalid != 1 {
		t.Errorf("Requests = %+v, want one invalid", got)
	}
	if f, _ := hear()[0].d.Primary(); f.WhoActs() != faultline.Client || !strings.Contains(f.Message, "byte 2000") {
		t.Errorf("got %s of the %s: %s", f.Cause.Slug, f.WhoActs(), f.Message)
	}
}

func TestPartsOfALongBodyAreCounted(t *testing.T) {
	t.Parallel()
	g, hear := feedGuard(t)
	c := g.Begin(exchange("POST", "/upload", "", faultline.Field{Name: "Content-Type", Value: `multipart/form-data; boundary="b"`}))
	c.Exchange.Request.Body = pass(c.WatchRequest(), "--b\r\n\r\n"+strings.Repeat("x", 5000)+"\r\n--b\r\n\r\ny\r\n--b--\r\n", 1000)
	c.Exchange.Response = &faultline.Response{Status: 500}
	c.End()
	if got, want := hear()[0].ex.Labels[faultline.LabelPassed], "2 parts, the largest of 5004 bytes of the request"; got != want {
		t.Errorf("label = %q, want %q", got, want)
	}
	if got := g.Counts().Requests.NotValidated[TooLarge]; got != 1 {
		t.Errorf("NotValidated[%q] = %d, want 1", TooLarge, got)
	}
}

// upgrade runs a WebSocket whose two ends say these bytes.
func upgrade(g *Guard, client, server []byte) {
	c := g.Begin(exchange("GET", "/socket", "", faultline.Field{Name: "Upgrade", Value: "websocket"}, faultline.Field{Name: "Connection", Value: "Upgrade"}))
	c.Exchange.Response = &faultline.Response{Status: 101, Header: faultline.Header{{Name: "Upgrade", Value: "websocket"}}}
	fromClient, fromServer := c.WatchUpgrade("websocket")
	fromServer.Write(server)
	fromClient.Write(client)
	fromServer.End()
	fromClient.End()
	c.End()
}

func TestUpgradesAreCountedAndTheirEndsTold(t *testing.T) {
	t.Parallel()
	g, hear := feedGuard(t)
	closing := func(code uint16, reason string) []byte {
		return append(binary.BigEndian.AppendUint16([]byte{0x88, byte(2 + len(reason))}, code), reason...)
	}
	masked := []byte{0x88, 0x80, 0, 0, 0, 0}
	upgrade(g, masked, closing(1000, ""))
	upgrade(g, masked, closing(1011, "boom"))
	c := g.Begin(exchange("GET", "/socket", ""))
	c.Exchange.Response = &faultline.Response{Status: 101}
	if a, b := c.WatchUpgrade("h2c"); a != nil || b != nil {
		t.Error("another protocol is watched")
	}
	c.End()
	counts := g.Counts()
	if counts.OK != 2 || counts.Failed != 1 || counts.Answers.NotValidated[Upgraded] != 3 {
		t.Errorf("counts = %+v; want two that are well, one that failed, three upgraded", counts)
	}
	all := hear()
	last := all[len(all)-1]
	for _, h := range all {
		if h.d.Failed {
			last = h
		}
	}
	if last.ex.Failure == nil || last.ex.Failure.Text != "websocket: closed by the server with 1011 (internal error): boom" {
		t.Errorf("failure = %+v", last.ex.Failure)
	}
}

func TestOrdinaryCallsHaveNoWatchers(t *testing.T) {
	g, _ := feedGuard(t)
	c := g.Begin(exchange("POST", "/upload", "1", faultline.Field{Name: "Content-Type", Value: "application/json"}))
	c.Exchange.Response = &faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "application/json; charset=utf-8"}}}
	if got := testing.AllocsPerRun(100, func() {
		if c.WatchRequest() != nil || c.WatchResponse() != nil {
			t.Error("a document is watched like a stream")
		}
	}); got != 0 {
		t.Errorf("%.0f allocations, want none", got)
	}
	coded := faultline.Header{{Name: "Content-Type", Value: "text/event-stream"}, {Name: "Content-Encoding", Value: "gzip"}}
	if c.Exchange.Response.Header = coded; c.WatchResponse() != nil {
		t.Error("a stream in a content coding is watched")
	}
	c.End()
}
