package causes

import (
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/rpc"
	"github.com/faultline-http/faultline/internal/stream"
)

// streams reports whether the answer is a stream of items: who reads it acts on
// each as it comes.
func (c *Case) streams() bool {
	r := c.Exchange.Response
	if r == nil || r.Status < 200 || r.Status > 299 {
		return false
	}
	switch media := mediaType(r.Header); {
	case media == "text/event-stream", rpc.Speaks(media):
		return true
	case strings.Contains(media, "json"):
		return strings.HasSuffix(media, "json-seq") || strings.Contains(media, "ndjson") || strings.Contains(media, "jsonl")
	}
	return false
}

// Unended reports whether an answer is a stream that was received whole and lacks
// its end all the same: an event without the empty line behind it, a call of gRPC
// without a status.
func Unended(ex *faultline.Exchange) bool {
	r := ex.Response
	if r == nil || r.Status != 200 || r.Body.Truncated || ex.Request.Method == "HEAD" {
		return false
	}
	switch media := mediaType(r.Header); {
	case media == "text/event-stream":
		return openEvent(r.Body.Bytes())
	case rpc.Speaks(media):
		_, ok := rpc.Of(r)
		return !ok
	}
	return false
}

// openEvent reports whether a text ends inside an event, which nobody dispatches then.
func openEvent(text []byte) bool {
	s := stream.NewItems(stream.Events, len(text)+1)
	none := func([]byte, int64) {}
	s.Write(text, none)
	return s.End(none)
}

// roundTime is a time that somebody configured, "60 s", if it is near one.
func roundTime(took time.Duration) string {
	for _, limit := range []time.Duration{15, 30, 60, 90, 100, 120, 180, 240, 300, 350, 600, 900, 1800, 3600} {
		if diff := took - limit*time.Second; diff > -200*time.Millisecond && diff < 1200*time.Millisecond {
			return span(limit * time.Second)
		}
	}
	return ""
}
