package causes

import "github.com/faultline-http/faultline"

func init() { register("websocket.invalid-data", socketInvalidData) }

// socketInvalidData is for messages that their receiver cannot take for what
// they are (RFC 6455, section 7.4.1: 1003 and 1007).
func socketInvalidData(c *Case) []faultline.Finding {
	end, ok := c.socket()
	if !ok || end.fault != "" || end.code != 1003 && end.code != 1007 {
		return nil
	}
	what, want := "a type of message that it does not take", "messages of the type that the subprotocol asks for"
	if end.code == 1007 {
		what, want = "data that it could not read", "text messages in UTF-8"
	}
	f := c.socketFinding(&end, end.closer()+" closed the WebSocket over "+what, "closed with "+end.shown())
	f.Expected = want
	f.Party = end.other()
	f.Remedy.Text = "send text as text messages in UTF-8, and everything else as binary messages"
	f.Retry = "as sent it fails every time"
	return []faultline.Finding{f}
}
