package capture

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf8"

	faultline "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/stream"
)

// harMessage is a frame of a WebSocket as Chrome's developer tools export it, and
// Playwright and mitmproxy after them: `_webSocketMessages` beside the request.
type harMessage struct {
	Type   string     `json:"type"` // "send", "receive", "error"
	Opcode harInteger `json:"opcode"`
	Data   string     `json:"data"`
}

// sockets takes over how the WebSocket ended, where the frames say so. Most tools
// leave control frames out: then nothing is known of the end.
func (e *harEntry) sockets(ex *faultline.Exchange) {
	if len(e.Messages) == 0 {
		return
	}
	words, known := "", false
	for _, m := range e.Messages {
		switch {
		case m.Type == "error":
			words, known = "WebSocket: "+m.Data, true
		case m.Opcode == 8 && !known:
			words, known = closedWords(&m), true
		}
	}
	if !known {
		addNotices(ex, "the HAR does not hold how the WebSocket ended")
	}
	if words != "" && ex.Failure == nil {
		ex.Failure = failure(words, ex.Response != nil)
	}
}

// closedWords tells a close frame as the guard does, "" if all is well. Its data
// is the payload in base64, or the code and the reason as text.
func closedWords(m *harMessage) string {
	code, reason := closeText(m.Data)
	who := "server"
	if m.Type == "send" {
		who = "client"
	}
	end := stream.Close{Code: code, Reason: reason}
	if words := end.Failure(who); words != "" {
		return "websocket: " + words
	}
	return ""
}

// closeText reads the payload of a close frame; without one the code is 1005.
func closeText(data string) (code int, reason string) {
	if n, err := strconv.ParseUint(firstWord(data), 10, 16); err == nil {
		_, reason, _ = strings.Cut(data, " ")
		return int(n), reason
	}
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil || len(raw) < 2 || !utf8.Valid(raw[2:]) {
		return stream.NoStatus, ""
	}
	return int(binary.BigEndian.Uint16(raw)), string(raw[2:])
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return strings.TrimSuffix(first, ":")
}
