package wire

import "fmt"

// clip keeps a quotation short enough for a message.
func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}

// ByteName names a byte for people who cannot see it.
func ByteName(c byte) string {
	switch {
	case c == '\r':
		return "a bare CR"
	case c == '\n':
		return "LF alone"
	case c == 0:
		return "a NUL byte"
	case c == ' ':
		return "a space"
	case c == '\t':
		return "a tab"
	case c < ' ' || c == 0x7f:
		return fmt.Sprintf("the control character 0x%02X", c)
	case c >= 0x80:
		return fmt.Sprintf("the byte 0x%02X", c)
	}
	return "`" + string(rune(c)) + "`"
}
