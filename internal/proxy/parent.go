package proxy

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// connect reaches the server: straight, or through the proxy before it.
func (p *pool) connect(ctx context.Context) (net.Conn, error) {
	var parent *url.URL
	if p.parent != nil {
		var err error
		if parent, err = p.parent(); err != nil {
			return nil, err
		}
	}
	if parent == nil {
		return p.dialer.DialContext(ctx, p.network, p.addr)
	}
	c, err := p.dialParent(ctx, parent)
	if err != nil {
		return nil, fmt.Errorf("the proxy %s: %w", parent.Host, err)
	}
	return c, nil
}

// dialParent has another proxy open a tunnel to the server (RFC 9110, section 9.3.6).
func (p *pool) dialParent(ctx context.Context, parent *url.URL) (net.Conn, error) {
	if parent.Scheme != "http" && parent.Scheme != "https" {
		return nil, fmt.Errorf("only proxies of http and https are spoken to, not of %q", parent.Scheme)
	}
	host, port := splitAuthority(parent.Host, parent.Scheme)
	c, err := p.dialer.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, err
	}
	// What is read and written below waits for the proxy as long as ctx does.
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(past) })
	defer stop()
	if parent.Scheme == "https" {
		c = tls.Client(c, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
	}
	if err := askTunnel(c, p.addr, parent.User); err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

func askTunnel(c net.Conn, authority string, login *url.Userinfo) error {
	ask := "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n"
	if login != nil {
		password, _ := login.Password()
		ask += "Proxy-Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(login.Username()+":"+password)) + "\r\n"
	}
	if _, err := c.Write([]byte(ask + "\r\n")); err != nil {
		return err
	}
	head, err := readTunnelHead(c)
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(head, " ")
	if status, _, _ := strings.Cut(rest, " "); status != "200" {
		line, _, _ := strings.Cut(head, "\r\n")
		return fmt.Errorf("it answered CONNECT with %q", line)
	}
	return nil
}

// maxTunnelHead bounds the head of an answer to CONNECT.
const maxTunnelHead = 16 << 10

// readTunnelHead reads a head byte by byte: what follows it belongs to the tunnel.
func readTunnelHead(c net.Conn) (string, error) {
	var head []byte
	one := make([]byte, 1)
	for len(head) < maxTunnelHead {
		if _, err := c.Read(one); err != nil {
			return "", err
		}
		head = append(head, one[0])
		if strings.HasSuffix(string(head[max(0, len(head)-4):]), "\r\n\r\n") {
			return string(head), nil
		}
	}
	return "", errors.New("its answer to CONNECT has no end: " + http.StatusText(http.StatusBadGateway))
}
