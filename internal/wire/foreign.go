package wire

import (
	"encoding/binary"
	"strings"
)

// foreign names what a client speaks whose first bytes are no HTTP. It is asked
// only about such bytes, so that a likeness never refuses a request. nil: nothing known.
func foreign(raw string) *Error {
	if f, n, args := foreignBytes(raw); f != nil {
		return foreignError(raw, n, f, args...)
	}
	text, _, _ := strings.Cut(strings.TrimPrefix(raw, "\r\n"), "\n")
	at := strings.Index(raw, text)
	text = strings.TrimSuffix(text, "\r")
	if f, n, args := foreignText(text); f != nil {
		e := foreignError(raw[at:], n, f, args...)
		e.Offset, e.End, e.TextAt = e.Offset+int64(at), e.End+int64(at), int64(at)
		return e
	}
	return nil
}

// foreignError quotes no more than what gave the protocol away: what follows
// may be a body with its secrets.
func foreignError(raw string, n int, f *Fault, args ...any) *Error {
	return line{text: raw[:min(n, len(raw), maxText)], number: 1}.at(0, n, f, args...)
}

// begins are protocols by their first bytes.
var begins = []struct {
	prefix string
	fault  *Fault
}{
	{"\r\n\r\n\x00\r\nQUIT\n", proxyV2},
	{"AMQP\x00", amqpHeader},
	{"AMQP\x01", amqpHeader},
	{"AMQP\x03", amqpHeader},
	{"\x13BitTorrent protocol", torrent},
	{"\xef\xbb\xbf", byteOrderMark},
	{"\xff\xfe", utf16Text},
	{"\xfe\xff", utf16Text},
	{"\x1f\x8b", gzipAlone},
	{"\x28\xb5\x2f\xfd", gzipAlone},
	{"SSH-2.0-", sshBanner},
	{"SSH-1.", sshBanner},
	{"PROXY TCP4 ", proxyV1},
	{"PROXY TCP6 ", proxyV1},
	{"PROXY UNKNOWN", proxyV1},
	{"PRI * HTTP/2.0\r\n", http2Preface},
	{"HTTP/1.", statusLine},
	{"HTTP/2", statusLine},
	{"{", jsonAlone},
	{"[", jsonAlone},
	{"<", xmlAlone},
}

// foreignBytes recognises protocols of bytes. n is how many of them told it.
func foreignBytes(s string) (f *Fault, n int, args []any) {
	for _, b := range begins {
		if strings.HasPrefix(s, b.prefix) {
			return b.fault, len(b.prefix), nil
		}
	}
	at := func(i int) byte {
		if i < len(s) {
			return s[i]
		}
		return 0
	}
	switch first := at(0); {
	case first == 0x16:
		// A TLS record of type handshake (RFC 8446, section 5.1).
		return tlsHello, min(len(s), 3), []any{forName(serverName(s))}
	case first&0x80 != 0 && at(2) == 1 && (at(3) == 3 && at(4) <= 3 || at(3) == 0 && at(4) == 2):
		// The ClientHello of SSL 2, with which old clients also began TLS (RFC 5246, appendix E.2).
		return ssl2Hello, 5, nil
	case (first >= 0x81 && first <= 0x82 || first >= 0x88 && first <= 0x8a) && at(1)&0x80 != 0 && len(s) > 5:
		// FIN, no reserved bit, a known opcode, and masked as a client must (RFC 6455, section 5.2).
		return webSocketFrame, 2, nil
	case first == 0x10 && len(s) > 8 && (s[4:8] == "MQTT" || s[4:8] == "MQIs"):
		return mqttConnect, 8, nil
	case first == 3 && len(s) > 5 && at(1) == 0 && at(5) == 0xe0:
		// A TPKT header (RFC 1006, section 6) with a connection request.
		return rdpConnect, 6, nil
	case first == 4 && len(s) > 8 && (at(1) == 1 || at(1) == 2):
		return socks4Connect, 2, nil
	case first == 5 && at(1) > 0 && len(s) == 2+int(at(1)):
		return socks5Greeting, len(s), nil
	case first == 0x30 && len(s) > 6 && s[2:4] == "\x02\x01" && at(5)&0xe0 == 0x60:
		return ldapBind, 6, nil
	case first == 0:
		return afterZero(s)
	case len(s) > 3 && first >= 'A' && at(1) == 0 && at(2) >= ' ' && at(3) == 0:
		return utf16Text, 4, nil
	}
	return nil, 0, nil
}

// afterZero recognises protocols that begin with a length in big endian.
func afterZero(s string) (f *Fault, n int, args []any) {
	if len(s) < 8 {
		return nil, 0, nil
	}
	switch word := binary.BigEndian.Uint32([]byte(s[4:])); {
	case word == 3<<16 || word == 80877103 || word == 80877102 || word == 80877104:
		// Version 3.0, SSLRequest, CancelRequest, GSSENCRequest.
		return postgresStart, 8, nil
	case s[4:8] == "\xffSMB" || s[4:8] == "\xfeSMB":
		return smbNegotiate, 8, nil
	case len(s) >= 9 && s[1] == 0 && s[3] == 4 && s[2]%6 == 0 && s[5:9] == "\x00\x00\x00\x00":
		// A SETTINGS frame of stream 0: six bytes a setting (RFC 9113, section 6.5).
		return http2Frames, 9, nil
	case s[1] == 0 && s[2] == 0 && int(s[4]) == len(s)-5 && s[5]&7 <= 5:
		// Not compressed, four bytes of length, then the first field of a message.
		return grpcMessage, 5, nil
	case s[0] == 0 && s[1] >= ' ' && s[2] == 0 && s[3] >= ' ':
		return utf16Text, 4, nil
	}
	return nil, 0, nil
}

// verbs are the first words of protocols of text, in capitals.
var verbs = map[string]*Fault{
	"EHLO": mailCommand, "HELO": mailCommand, "LHLO": mailCommand, "MAIL": mailCommand, "RCPT": mailCommand, "STARTTLS": mailCommand,
	"USER": ftpCommand, "PASS": ftpCommand, "RETR": ftpCommand, "PASV": ftpCommand, "EPSV": ftpCommand, "SYST": ftpCommand, "CAPA": ftpCommand, "FEAT": ftpCommand,
	"PING": redisCommand, "INFO": redisCommand, "HELLO": redisCommand,
}

// memcached writes its commands in small letters.
var memcached = map[string]int{"get": 2, "gets": 2, "set": 5, "add": 5, "replace": 5, "delete": 2, "incr": 3, "stats": 1, "version": 1, "flush_all": 1}

// foreignText recognises protocols of text, and bodies, by their first line.
func foreignText(text string) (f *Fault, n int, args []any) {
	word, rest, _ := strings.Cut(text, " ")
	parts := 1 + strings.Count(rest, " ")
	if rest != "" {
		parts++
	}
	switch {
	case isRESP(text):
		return redisCommand, len(text), nil
	case verbs[strings.ToUpper(word)] != nil && !strings.Contains(rest, "HTTP/"):
		f = verbs[strings.ToUpper(word)]
		if f == redisCommand {
			return f, len(word), nil
		}
		return f, len(word), []any{strings.ToUpper(word)}
	case memcached[word] > 0 && parts >= memcached[word] && !strings.Contains(rest, "/"):
		return memcacheCall, len(word), []any{word}
	case isHex(text):
		return chunkAlone, len(text), nil
	}
	if eq := strings.IndexByte(text, '='); eq > 0 && firstNot(text[:eq], &formByte) < 0 && !strings.Contains(text, " ") {
		return formAlone, eq + 1, nil
	}
	return nil, 0, nil
}

// isRESP recognises an array of Redis: `*2`.
func isRESP(text string) bool {
	return len(text) > 1 && len(text) < 6 && text[0] == '*' && strings.Trim(text[1:], "0123456789") == ""
}

// isHex recognises the line of a chunk's size.
func isHex(text string) bool {
	size, _, _ := strings.Cut(text, ";")
	return size != "" && len(size) <= 16 && strings.Trim(size, "0123456789abcdefABCDEF") == "" && strings.ContainsAny(size[:1], "0123456789abcdef")
}
