package causes

import "github.com/faultline-http/faultline"

func init() { register("websocket.protocol-error", socketProtocolError) }

// socketProtocolError is for frames that are not those of RFC 6455: seen by us in
// passing, named by the end that read them, or refused with 1002 or 1010.
func socketProtocolError(c *Case) []faultline.Finding {
	end, ok := c.socket()
	if !ok || end.fault == "" && end.code != 1002 && end.code != 1010 {
		return nil
	}
	if end.fault == "" {
		f := c.socketFinding(&end, end.closer()+" closed the WebSocket over a break of the protocol", "closed with "+end.shown())
		f.Party = end.other()
		f.Remedy.Text = "compare what was sent last with what both ends agreed on in the handshake: extensions, subprotocol, masking"
		return []faultline.Finding{f}
	}
	who := "the other end"
	f := c.socketFinding(&end, "", "frames that are no WebSocket")
	if end.faulty != "" {
		who = "the " + end.faulty
		f.Party = faultline.Party(end.faulty)
	}
	f.Message = who + " sent what is no WebSocket frame"
	f.Expected, f.Found = "frames as RFC 6455 describes them", short(end.fault)
	f.Remedy.Text = "find out who writes to the connection beside the WebSocket library, or changes the bytes on the way: a proxy that compresses, a second writer, a library without permessage-deflate"
	return []faultline.Finding{f}
}
