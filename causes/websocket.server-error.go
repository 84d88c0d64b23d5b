package causes

import "github.com/faultline-http/faultline"

func init() { register("websocket.server-error", socketServerError) }

// socketServerError is for sessions that the server could not go on with
// (1011 to 1014 of the registry, and 45xx as applications use them).
func socketServerError(c *Case) []faultline.Finding {
	end, ok := c.socket()
	if !ok || end.fault != "" || (end.code < 1011 || end.code > 1014) && end.code/100 != 45 {
		return nil
	}
	f := c.socketFinding(&end, end.closer()+" gave the WebSocket up with "+end.shown(), "closed with "+end.shown())
	if end.by == "client" {
		f.Party = faultline.Client
	}
	f.Remedy.Text = "look into the log of the end that closed for what failed at this moment, and connect again with a pause that grows"
	switch end.code {
	case 1012, 1013:
		f.Remedy.Text = "connect again after a while, with a pause that grows and some random delay"
	case 1014:
		f.Party = faultline.Gateway
		f.Remedy.Text = "look at the server behind the gateway, which gave it no usable answer"
	}
	return []faultline.Finding{f}
}
