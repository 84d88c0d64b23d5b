package guard

import (
	"bytes"
	"mime"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/stream"
)

// A Watcher is shown a body, or one direction of an upgraded connection, piece
// by piece while it passes. It touches and keeps nothing of a piece, never fails,
// and waits for nobody. One goroutine calls it, and no call comes after End.
type Watcher interface {
	Write(p []byte) // the next bytes of the content: no chunk framing; content coding as it travels
	End()           // nothing more comes, whole or not
}

// WatchRequest returns who wants to see the request's body pass, or nil if what
// the front keeps of it anyway is enough: then nothing is allocated and nothing
// more is to be done. A front calls it once, when the head has been read and
// before the first byte of the body, shows the watcher each piece that it passes
// on, and calls its End before Call.Request is asked about the body, at the latest
// before Call.End. The watcher may be used by another goroutine than the Call, if
// that one has stopped by then.
func (c *Call) WatchRequest() Watcher {
	r := &c.Exchange.Request
	contentType := r.Header.Value("Content-Type")
	if !passesInPieces(contentType) || contentEncoding(r.Header) != "" {
		return nil
	}
	w := newBodyWatch(contentType)
	if op := c.match.Operation; op != nil {
		w.judge = op.RequestStream(contentType)
	}
	if w.judge == nil && w.parts == nil {
		return nil
	}
	c.watches().request = w
	return &sheltered{w, c.guard.mishap, w.drop}
}

// WatchResponse is WatchRequest for the answer's body. A front calls it when the
// head of the final answer stands in Exchange.Response, and not for 101.
func (c *Call) WatchResponse() Watcher {
	r := c.Exchange.Response
	contentType := r.Header.Value("Content-Type")
	if !passesInPieces(contentType) || contentEncoding(r.Header) != "" {
		return nil
	}
	w := newBodyWatch(contentType)
	if op := c.match.Operation; op != nil {
		w.judge = op.ResponseStream(r.Status, contentType)
	}
	if w.idle() {
		return nil
	}
	c.watches().response = w
	return &sheltered{w, c.guard.mishap, w.drop}
}

// WatchUpgrade returns who wants to see the two directions of a connection that
// has changed its protocol, or nil, nil. A front calls it when a 101, or the
// answer to an extended CONNECT (RFC 8441), stands in Exchange.Response, with the
// name of the protocol: the value of the answer's Upgrade field, or :protocol.
// Each direction may have a goroutine of its own, and both must have called End
// before Call.End; the order of the two tells who ended the connection.
func (c *Call) WatchUpgrade(protocol string) (fromClient, fromServer Watcher) {
	w := c.watches()
	w.upgraded = true
	if !strings.EqualFold(strings.TrimSpace(protocol), "websocket") {
		return nil, nil
	}
	w.session = stream.NewSession(strings.Join(c.Exchange.Response.Header.Values("Sec-WebSocket-Extensions"), ","))
	return &sheltered{w.session.FromClient(), c.guard.mishap, nil}, &sheltered{w.session.FromServer(), c.guard.mishap, nil}
}

// watched is what was seen of an exchange while it passed.
type watched struct {
	request, response *bodyWatch
	session           *stream.Session
	upgraded          bool
}

func (c *Call) watches() *watched {
	if c.watched == nil {
		c.watched = &watched{}
	}
	return c.watched
}

// passesInPieces reports whether bodies of a type consist of pieces that mean
// something by themselves. It is asked of every message and costs next to nothing.
func passesInPieces(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	switch {
	case media == "application/json":
		return false
	case media == "text/event-stream", strings.HasPrefix(media, "multipart/"), strings.HasPrefix(media, "application/grpc"), strings.HasPrefix(media, "application/connect+"):
		return true
	case strings.Contains(media, "json"):
		return strings.HasSuffix(media, "json-seq") || strings.Contains(media, "ndjson") || strings.Contains(media, "jsonl") || strings.Contains(media, "json-lines")
	}
	return false
}

// bodyWatch watches a body in the ways that its type asks for.
type bodyWatch struct {
	judge    *contract.StreamJudge
	events   *stream.Items    // of a text/event-stream: who looks for errors among them
	messages *stream.Messages // of gRPC, gRPC-Web and Connect
	parts    *stream.Parts    // of multipart
	failed   []byte           // the first event that says that something failed
	open     bool             // the body ended inside an event
}

// mostOfEvent is the largest event of a stream that is looked at for an error.
const mostOfEvent = 16 << 10

func newBodyWatch(contentType string) *bodyWatch {
	media, params, _ := mime.ParseMediaType(contentType)
	w := &bodyWatch{}
	switch {
	case media == "text/event-stream":
		w.events = stream.NewItems(stream.Events, mostOfEvent)
	case strings.HasPrefix(media, "application/grpc"), strings.HasPrefix(media, "application/connect+"):
		w.messages = stream.NewMessages(strings.HasPrefix(media, "application/grpc-web-text"))
	case strings.HasPrefix(media, "multipart/") && params["boundary"] != "":
		w.parts = stream.NewParts(params["boundary"])
	}
	return w
}

// idle reports whether nothing is wanted of the body.
func (w *bodyWatch) idle() bool {
	return w.judge == nil && w.events == nil && w.messages == nil && w.parts == nil
}

// Write is a Watcher's.
func (w *bodyWatch) Write(p []byte) {
	if w.judge != nil {
		w.judge.Write(p)
	}
	switch {
	case w.events != nil:
		w.events.Write(p, w.look)
	case w.messages != nil:
		w.messages.Write(p)
	case w.parts != nil:
		w.parts.Write(p)
	}
}

// End is a Watcher's.
func (w *bodyWatch) End() {
	if w.judge != nil {
		w.judge.End()
	}
	if w.events != nil {
		w.open = w.events.End(w.look)
	}
}

// drop forgets what was seen: a body that was not watched to its end is one
// that was not watched.
func (w *bodyWatch) drop() { *w = bodyWatch{} }

// unended reports whether the body ended inside an item.
func (w *bodyWatch) unended() bool { return w.open || w.messages != nil && w.messages.Open() }

// look keeps the first event that may say that something failed.
func (w *bodyWatch) look(events []byte, _ int64) {
	if w.failed != nil || !bytes.Contains(events, []byte("error")) {
		return
	}
	for e := range stream.AllEvents(events) {
		if e.Fails() && e.End-e.Start <= mostOfEvent {
			w.failed = append([]byte(nil), events[e.Start:e.End]...)
			return
		}
	}
}

// tail is what tells how the stream went and stands beyond what is kept of the body.
func (w *bodyWatch) tail() []byte {
	if w.messages != nil {
		return w.messages.Last
	}
	return w.failed
}

// passed says how much went by, for people; "" if nothing was counted.
func (w *bodyWatch) passed() string {
	switch {
	case w.judge != nil:
		text := count(w.judge.Items, "item") + " judged"
		if w.judge.Skipped > 0 {
			text += ", " + strconv.FormatInt(w.judge.Skipped, 10) + " too large to be judged"
		}
		return text
	case w.messages != nil:
		return count(w.messages.Count, "message") + " (" + strconv.FormatInt(w.messages.Size, 10) + " bytes)"
	case w.parts != nil:
		return count(w.parts.Count, "part") + ", the largest of " + strconv.FormatInt(w.parts.Largest, 10) + " bytes"
	}
	return ""
}

func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.FormatInt(n, 10) + " " + noun + "s"
}

// violations are those that were seen in a body too large to be judged as a whole.
func (w *bodyWatch) violations(b *faultline.Body) []contract.Violation {
	if w == nil || w.judge == nil || !b.Truncated {
		return nil
	}
	return w.judge.Violations()
}
