package causes

import "github.com/faultline-http/faultline"

func init() { register("websocket.message-too-big", socketTooBig) }

// socketTooBig rests on 1009, or on the words of the library that had the limit.
func socketTooBig(c *Case) []faultline.Finding {
	end, ok := c.socket()
	if !ok || end.fault != "" || end.code != 1009 {
		return nil
	}
	f := c.socketFinding(&end, end.closer()+" closed the WebSocket over a message that was too large for it", "message too big")
	f.Expected = "messages within the limit of the receiver"
	f.Party = end.other()
	f.Remedy.Text = "send less in one message, or raise the limit of the receiver"
	f.Retry = "as sent it fails every time"
	return []faultline.Finding{f}
}
