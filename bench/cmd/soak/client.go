package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"time"
)

// client is one that stays connected as long as it can.
type client struct {
	*load
	number int
	turn   int64
	c      net.Conn
	r      *bufio.Reader
}

// patience is how long a client waits before it says that the proxy is stuck.
const patience = 30 * time.Second

func (c *client) connect() error {
	if c.c == nil {
		conn, err := net.Dial("tcp", c.addr)
		if err != nil {
			return err
		}
		c.c, c.r = conn, bufio.NewReader(conn)
	}
	return c.c.SetDeadline(time.Now().Add(patience))
}

func (c *client) close() {
	if c.c != nil {
		_ = c.c.Close()
		c.c = nil
	}
}

// ask sends the bytes and reads one answer to them.
func (c *client) ask(request string) (*http.Response, string, error) {
	if err := c.connect(); err != nil {
		return nil, "", err
	}
	if _, err := io.WriteString(c.c, request); err != nil {
		c.close()
		return nil, "", err
	}
	resp, err := http.ReadResponse(c.r, nil)
	if err != nil {
		c.close()
		return nil, "", err
	}
	body, err := io.ReadAll(resp.Body)
	if resp.Close || err != nil {
		c.close()
	}
	return resp, string(body), err
}

// orderText is an order whose quantity breaks the contract if it is not above zero.
func (c *client) orderText(quantity int) string {
	c.turn++
	body := fmt.Sprintf(`{"client": %d, "turn": %d, "quantity": %d, "note": %q}`, c.number, c.turn, quantity, strings.Repeat("n", rand.IntN(2000)))
	return fmt.Sprintf("POST /soak/orders HTTP/1.1\r\nHost: soak.example\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// unfit is the quantity that the server answers in a way that breaks the contract.
const unfit = 1234

// order makes one order, conforming or not, and holds the answer to it.
func (l *load) order(c *client) error {
	quantity := 1 + rand.IntN(100)
	switch rand.IntN(10) {
	case 0:
		quantity = 0
	case 1:
		quantity = unfit
	}
	resp, body, err := c.ask(c.orderText(quantity))
	if err != nil {
		l.perhaps.Add(1)
		return fmt.Errorf("order %d of client %d: %w", c.turn, c.number, err)
	}
	mine := fmt.Sprintf(`{"client": %d, "turn": %d}`, c.number, c.turn)
	reached := l.lastSeen[c.number].Load() == c.turn
	switch {
	case quantity == 0:
		l.blocked.Add(1)
		if resp.StatusCode != http.StatusBadRequest || resp.Header.Get("Faultline-Cause") == "" || reached {
			return fmt.Errorf("order %d of client %d, which breaks the contract: status %d, it reached the server: %v", c.turn, c.number, resp.StatusCode, reached)
		}
	case quantity == unfit:
		l.wrong.Add(1)
		if resp.StatusCode != http.StatusCreated || body != "{}" || !reached {
			return fmt.Errorf("order %d of client %d: %d %q", c.turn, c.number, resp.StatusCode, body)
		}
	default:
		l.orders.Add(1)
		if resp.StatusCode != http.StatusCreated || body != mine || !reached {
			return fmt.Errorf("order %d of client %d: %d %q, want %q; it reached the server: %v", c.turn, c.number, resp.StatusCode, body, mine, reached)
		}
	}
	return nil
}

// unlucky meets or makes a failure.
func (l *load) unlucky(c *client) error {
	switch rand.IntN(3) {
	case 0:
		return c.leave()
	case 1:
		return c.babble()
	}
	return c.brokenAnswer()
}

// leave goes away somewhere in a request or while the answer is made.
func (c *client) leave() error {
	defer c.close()
	c.close()
	if err := c.connect(); err != nil {
		return err
	}
	text := c.orderText(1)
	c.perhaps.Add(1)
	_, _ = io.WriteString(c.c, text[:rand.IntN(len(text)+1)])
	if rand.IntN(2) == 0 {
		_ = c.c.(*net.TCPConn).SetLinger(0)
	}
	return nil
}

// babble sends what is no HTTP.
func (c *client) babble() error {
	c.close()
	resp, _, err := c.ask("GET /soak HTTP/1.1\r\nHost: soak.example\r\nName : value\r\n\r\n")
	c.garbage.Add(1)
	if err != nil || resp.StatusCode != http.StatusBadRequest {
		return fmt.Errorf("a malformed request is answered with %v (%v), want 400", resp, err)
	}
	return nil
}

// brokenAnswer asks for an answer that the server breaks off.
func (c *client) brokenAnswer() error {
	text := brokenText[rand.IntN(len(brokenText))]
	n := rand.IntN(len(text))
	resp, body, err := c.ask(fmt.Sprintf("POST /soak/broken HTTP/1.1\r\nHost: soak.example\r\nX-Text: %s\r\nContent-Length: 0\r\n\r\n", encode(text[:n])))
	c.broken.Add(1)
	if err == nil && resp.StatusCode != http.StatusBadGateway {
		return fmt.Errorf("an answer broken off after byte %d of %q came through as complete: %d %q", n, text, resp.StatusCode, body)
	}
	return nil
}
