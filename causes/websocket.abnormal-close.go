package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/stream"
)

func init() { register("websocket.abnormal-close", socketLost) }

// socketLost is for sessions without a goodbye: 1006 stands in no frame, it is
// what an end reports that read none (RFC 6455, section 7.1.5).
func socketLost(c *Case) []faultline.Finding {
	end, ok := c.socket()
	if !ok || end.code != stream.Abnormal || end.fault != "" {
		return nil
	}
	f := c.socketFinding(&end, "the WebSocket ended and nobody had said goodbye", "ended without a close frame")
	f.Found = "no close frame"
	if end.by != "" {
		f.Message = "the " + end.by + " left the WebSocket without a close frame"
		f.Brief = "the " + end.by + " left without a close frame"
		f.Party = faultline.Party(end.by)
	}
	f.Remedy.Text = "look for a crash, a restart or an idle timeout at the end that went away, and connect again with a pause that grows"
	if took := roundTime(c.Exchange.Timing.Total); took != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "it lasted for " + took + ": a round time speaks for an idle timeout of a proxy"})
		f.Party = faultline.Gateway
	}
	return []faultline.Finding{f}
}
