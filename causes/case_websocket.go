package causes

import (
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/stream"
)

// A socketEnd is how a WebSocket ended, as far as somebody says so: we, who
// watched it pass, or the library of a client.
type socketEnd struct {
	code   int    // of the close frame; stream.Abnormal: none came; 0: not known
	by     string // who closed: "client", "server"; empty: not known
	fault  string // what departs from the protocol
	faulty string // who did so
	reason string // in the close frame
}

// socket reads the end of a WebSocket that did not end well.
func (c *Case) socket() (socketEnd, bool) {
	f := c.Exchange.Failure
	if f == nil || !c.upgraded() && !strings.Contains(strings.ToLower(f.Text[:min(len(f.Text), 2000)]), "websocket") {
		return socketEnd{}, false
	}
	if r := c.Exchange.Response; r != nil && r.Status != 101 {
		return socketEnd{}, false
	}
	end := socketWords(f.Text)
	return end, end.code != 0 || end.fault != ""
}

// upgraded reports whether the call turned its connection into a WebSocket.
func (c *Case) upgraded() bool {
	r := c.Exchange.Response
	return r != nil && r.Status == 101 && (strings.EqualFold(r.Header.Value("Upgrade"), "websocket") || r.Header.Has("Sec-WebSocket-Accept"))
}

// closeWords find the code in what libraries say: gorilla, ws, the websockets of
// Python, browsers and ourselves.
var closeWords = lazily(`(?i)\b(?:closed?|closing|code|received|sent|status)\b(?: by the (client|server))?[\s:=(]*(?:with|by|code|status)?[\s:=(]*(?:code|status)?[\s:=(]*([134]\d{3})\b(?: ?\(([a-z ]{3,30})\))?[:,;]?[ ]?([^\n]*)`)

// namedStatus is how coder/websocket (nhooyr) writes a code: status = StatusMessageTooBig and reason = "x".
var namedStatus = lazily(`status = Status([A-Za-z]+) and reason = "([^"\n]*)"`)

// faultWords are departures from the protocol in the words of browsers and of
// ws for Node.js, which speak of the other end.
var faultWords = []string{
	"Invalid frame header", "A server must not mask any frames", "reserved bits are on", "Received unexpected continuation frame", "Received start of new message but previous message is unfinished",
	"Invalid WebSocket frame", "Unrecognized frame opcode", "Received fragmented control frame", "Received control frame having too long payload", "incorrect masking flag", "bad opcode", "bad MASK", "RSV1 set", "RSV2 set", "RSV3 set",
}

// socketWords reads the words about the end of a WebSocket.
func socketWords(text string) socketEnd {
	text = text[:min(len(text), 4000)]
	var end socketEnd
	if _, rest, ok := strings.Cut(text, "websocket: protocol error of the "); ok {
		end.faulty, end.fault, _ = strings.Cut(rest, " at ")
		end.fault, _, _ = strings.Cut("at "+end.fault, "; closed by")
	} else {
		for _, words := range faultWords {
			if i := strings.Index(text, words); i >= 0 {
				end.fault, _, _ = strings.Cut(text[i:], "\n")
				break
			}
		}
	}
	if m := closeWords().FindStringSubmatch(text); m != nil {
		end.by, end.reason = m[1], strings.TrimSpace(m[4])
		end.code, _ = strconv.Atoi(m[2])
	} else if m := namedStatus().FindStringSubmatch(text); m != nil {
		end.code, end.reason = codeNamed(m[1]), m[2]
	}
	low := strings.ToLower(text)
	switch {
	case end.code != 0:
	case strings.Contains(low, "without a close frame"), strings.Contains(low, "no close frame received"):
		end.code, end.by = stream.Abnormal, ""
		if _, rest, ok := strings.Cut(low, "was ended by the "); ok {
			end.by, _, _ = strings.Cut(rest, " ")
		}
	case strings.Contains(low, "max payload size exceeded"), strings.Contains(low, "websocket: read limit exceeded"):
		end.code = 1009
	}
	return end
}

// codeNamed finds "MessageTooBig" among the registered names.
func codeNamed(name string) int {
	for code := 1000; code <= 1014; code++ {
		if strings.EqualFold(strings.ReplaceAll(stream.CloseName(code), " ", ""), name) {
			return code
		}
	}
	return 0
}

// other is the end that did not close, as a party.
func (e *socketEnd) other() faultline.Party {
	switch e.by {
	case "client":
		return faultline.Server
	case "server":
		return faultline.Client
	}
	return ""
}

// shown is the close frame for people: "1011 (internal error): boom".
func (e *socketEnd) shown() string {
	text := strconv.Itoa(e.code)
	if name := stream.CloseName(e.code); name != "" {
		text += " (" + name + ")"
	}
	if e.reason != "" {
		text += ": " + short(e.reason)
	}
	return text
}

// closer is who closed, for a sentence.
func (e *socketEnd) closer() string {
	if e.by == "" {
		return "the other end"
	}
	return "the " + e.by
}

// socketFinding is the common part of findings about the end of a WebSocket. Who
// watched the frames pass knows; a library's words are hearsay of one end.
func (c *Case) socketFinding(e *socketEnd, message, brief string) faultline.Finding {
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtConnection(),
		Message:  message,
		Brief:    brief,
		Expected: "a close frame with 1000 (normal closure) or 1001 (going away)",
		Found:    e.shown(),
		Remedy:   faultline.Remedy{Applicability: faultline.Guess},
		Retry:    "only what may run twice: messages that had been sent may have been acted on",
	}
	if c.Exchange.Vantage != faultline.AtClient {
		f.Strength = faultline.Proven
	}
	if passed := c.Exchange.Labels[faultline.LabelPassed]; passed != "" {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "before that", Lines: []faultline.Line{{Text: passed}}})
	}
	return f
}
