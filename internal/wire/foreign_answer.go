package wire

import "strings"

// greetings are what other servers say first.
var greetings = []struct {
	prefix string
	fault  *Fault
}{
	{"ICY ", answerICY},
	{"SSH-", answerSSH},
	{"220 ", answerMail},
	{"220-", answerMail},
	{"+OK", answerPOP},
	{"* OK", answerPOP},
	{"+PONG", answerRedis},
	{"-ERR", answerRedis},
	{"-NOAUTH", answerRedis},
	{"-DENIED", answerRedis},
	{"<", answerOld},
	{"{", answerOld},
	{"[", answerOld},
	{"0\r\n\r\n", answerLeftOver},
	{"\r\n0\r\n\r\n", answerLeftOver},
}

// alerts are the descriptions that a server sends to a client that speaks no TLS (RFC 8446, section 6).
var alerts = map[byte]string{10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow", 40: "handshake_failure", 47: "illegal_parameter", 50: "decode_error", 70: "protocol_version", 80: "internal_error"}

// foreignAnswer names what a server speaks whose first bytes are no HTTP. Like
// [foreign] it quotes no more than what gave it away.
func foreignAnswer(raw string) *Error {
	for _, g := range greetings {
		if strings.HasPrefix(raw, g.prefix) {
			return foreignError(raw, len(g.prefix), g.fault)
		}
	}
	at := func(i int) byte {
		if i < len(raw) {
			return raw[i]
		}
		return 0
	}
	switch {
	case at(0) == 0x15:
		if name := alerts[at(6)]; name != "" {
			return foreignError(raw, 7, answerAlert, name)
		}
		return foreignError(raw, min(len(raw), 3), answerTLS)
	case at(0) == 0x16:
		return foreignError(raw, min(len(raw), 3), answerTLS)
	case len(raw) >= 9 && at(0) == 0 && at(1) == 0 && at(3) == 4 && raw[5:9] == "\x00\x00\x00\x00":
		return foreignError(raw, 9, answerHTTP2)
	case len(raw) > 5 && at(3) == 0 && at(4) == 10:
		// The number of the packet, then version 10 of the handshake.
		return foreignError(raw, 5, answerMySQL)
	}
	text, _, _ := strings.Cut(raw, "\r\n")
	method, rest, _ := strings.Cut(text, " ")
	if firstNot(method, &tokenByte) < 0 && strings.HasSuffix(rest, " HTTP/1.1") {
		return foreignError(raw, len(method), answerEcho)
	}
	if i := strings.Index(raw, "HTTP/1.1 "); i > 0 && strings.TrimSpace(raw[:i]) != "" {
		return foreignError(raw, 1, answerLeftOver)
	}
	return nil
}
