package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
)

// brokenText are answers that are broken off somewhere.
var brokenText = []string{
	"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhello, world",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\nX: y\r\n\r\n",
	"HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
}

func encode(text string) string { return "x" + hex.EncodeToString([]byte(text)) }

// serve answers what belongs to no random exchange, and reports whether the
// connection goes on.
func (l *load) serve(c net.Conn, r *bufio.Reader, head []string) bool {
	fields := textproto.MIMEHeader{}
	for _, line := range head[1:] {
		name, value, _ := strings.Cut(line, ":")
		fields.Add(name, strings.TrimSpace(value))
	}
	if text := fields.Get("X-Text"); text != "" {
		b, err := hex.DecodeString(text[1:])
		if err != nil {
			l.mistake(fmt.Errorf("the server got X-Text: %s", text))
		}
		_, _ = c.Write(b)
		return false
	}
	n, err := strconv.Atoi(fields.Get("Content-Length"))
	if err != nil {
		l.mistake(fmt.Errorf("the server got %q", head))
		return false
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return false // the client went away
	}
	var order struct{ Client, Turn, Quantity int64 }
	if err := json.Unmarshal(body, &order); err != nil || order.Quantity <= 0 {
		l.mistake(fmt.Errorf("the server got the order %q", body))
		return false
	}
	l.reached.Add(1)
	if before := l.lastSeen[order.Client].Swap(order.Turn); before >= order.Turn {
		l.mistake(fmt.Errorf("order %d of client %d reached the server after order %d", order.Turn, order.Client, before))
	}
	answer := fmt.Sprintf(`{"client": %d, "turn": %d}`, order.Client, order.Turn)
	if order.Quantity == unfit {
		answer = "{}"
	}
	_, err = fmt.Fprintf(c, "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(answer), answer)
	return err == nil
}
