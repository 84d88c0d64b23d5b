package causes

import (
	"strconv"

	"github.com/faultline-http/faultline"
)

func init() { register("websocket.policy", socketPolicy) }

// socketPolicy is for sessions that were ended on purpose: 1008, the registered
// 3000 and 3003, and the 44xx of applications that follow the statuses of HTTP.
func socketPolicy(c *Case) []faultline.Finding {
	end, ok := c.socket()
	if !ok || end.fault != "" || end.code != 1008 && end.code != 3000 && end.code != 3003 && end.code != 3008 && end.code/100 != 44 {
		return nil
	}
	f := c.socketFinding(&end, end.closer()+" closed the WebSocket on purpose, with "+end.shown(), "closed with "+end.shown())
	f.Expected = "a session that keeps the rules of the server"
	f.Party = end.other()
	f.Remedy.Text = "read the reason in the close frame, and send what it asks for"
	switch end.code {
	case 3000, 4401:
		f.Remedy.Text = "send a credential that is valid now, in the form that this API wants it over WebSocket"
	case 3003, 4403:
		f.Remedy.Text = "ask for the right to use this, or connect as somebody who has it"
	}
	if end.code/100 == 44 {
		f.Strength = min(f.Strength, faultline.Likely)
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: strconv.Itoa(end.code) + " is the application's own code; as others use it, it stands for HTTP " + strconv.Itoa(end.code-4000)})
	}
	return []faultline.Finding{f}
}
