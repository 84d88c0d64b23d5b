// Package broken starts servers on loopback that fail in one way each: one cuts
// the connection, one shows a certificate that has expired, one sends half an
// answer. Tests hold a diagnosis against what is true of them.
//
//	s := broken.Start(t, broken.Reset)
//	http.Get(s.URL + "/v1/orders")   // connection reset by peer
//
// It is for tests alone.
package broken

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Kind is the way in which a server fails.
type Kind string

// The kinds.
const (
	Closed        Kind = "closed"         // nobody listens
	Reset         Kind = "reset"          // the request is read, then the connection is reset
	Empty         Kind = "empty"          // the request is read, then the connection ends
	Slow          Kind = "slow"           // no answer comes while the client waits
	Expired       Kind = "expired"        // certificates that clients do not trust, each for one reason
	SelfSigned    Kind = "self-signed"    //
	WrongName     Kind = "wrong-name"     //
	UnknownCA     Kind = "unknown-ca"     //
	WantsCert     Kind = "wants-cert"     // mutual TLS
	OldTLS        Kind = "old-tls"        // TLS 1.0 and nothing newer
	Plain         Kind = "plain"          // HTTP without TLS; its URL says https
	TLSPort       Kind = "tls-port"       // HTTP with TLS; its URL says http
	ShortBody     Kind = "short-body"     // Content-Length says more than comes
	OpenChunks    Kind = "open-chunks"    // chunks without a last one
	BadChunk      Kind = "bad-chunk"      // a chunk whose size is no number
	FakeGzip      Kind = "fake-gzip"      // Content-Encoding: gzip over plain text
	Loop          Kind = "loop"           // a redirect to itself
	Banner        Kind = "banner"         // the greeting of another protocol
	Page          Kind = "page"           // a web page with 200 where JSON is asked for
	LongHead      Kind = "long-head"      // an answer with a header of 300 KB
	TooLarge      Kind = "too-large"      // 413 for every body
	UpgradeNeeded Kind = "upgrade-needed" // 426 with Upgrade: websocket
	Unauthorized  Kind = "unauthorized"   // 401 for want of a token
	Hurried       Kind = "hurried"        // 429 with Retry-After
)

// A Server fails in the way of its kind until the test ends.
type Server struct {
	URL  string // scheme, host and port as the client is to call them
	Addr string
}

// Start starts a server of the kind; it ends with the test.
func Start(t testing.TB, kind Kind) *Server {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Addr: ln.Addr().String()}
	s.URL = "http://" + s.Addr
	if kind == Closed {
		if err := ln.Close(); err != nil {
			t.Fatal(err)
		}
		return s
	}
	config := configFor(t, kind)
	if config != nil && kind != TLSPort || kind == Plain {
		s.URL = "https://" + s.Addr
	}
	done := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			all.Go(func() { serve(conn, config, kind, done) })
		}
	})
	t.Cleanup(func() {
		close(done)
		if err := ln.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
		all.Wait()
	})
	return s
}

// patience is the longest that a connection lives: clients of tests wait less.
const patience = 20 * time.Second

func serve(raw net.Conn, config *tls.Config, kind Kind, done <-chan struct{}) {
	defer raw.Close()
	_ = raw.SetDeadline(time.Now().Add(patience))
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		select {
		case <-done:
			_ = raw.Close()
		case <-ended:
		}
	}()
	conn := raw
	if config != nil {
		secure := tls.Server(raw, config)
		if secure.Handshake() != nil {
			answerPlain(raw, kind)
			return
		}
		conn = secure
		defer secure.Close()
	}
	if kind == Banner {
		_, _ = io.WriteString(conn, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
	}
	request, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		if kind == Plain { // what came was the hello of TLS
			_, _ = io.WriteString(conn, answer("400 Bad Request", "", "Bad Request"))
		}
		return
	}
	if request.Header.Get("Expect") == "" { // else the answer comes before the body, which then is not sent
		_, _ = io.Copy(io.Discard, request.Body)
	}
	switch kind {
	case Reset:
		if tcp, ok := raw.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
	case Slow:
		<-done
	default:
		_, _ = io.WriteString(conn, answers[kind]())
	}
}

// answerPlain is what servers with TLS say to a request without: 400, on the bare connection.
func answerPlain(conn net.Conn, kind Kind) {
	if kind == TLSPort {
		_, _ = io.WriteString(conn, "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")
	}
}

// answers are the bytes that the kinds send.
var answers = map[Kind]func() string{
	Empty:      func() string { return "" },
	Banner:     func() string { return "" },
	Expired:    ok,
	SelfSigned: ok,
	WrongName:  ok,
	UnknownCA:  ok,
	WantsCert:  ok,
	OldTLS:     ok,
	Plain:      ok,
	TLSPort:    ok,
	ShortBody: func() string {
		return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 512\r\n\r\n" + `{"data":[{"id":1,"name":"Mug"},{"id":2,"na`
	},
	OpenChunks: func() string {
		return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n" + `{"rows":[{"id":1},{"id":2},` + "\r\n"
	},
	BadChunk: func() string {
		return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
	},
	FakeGzip: func() string {
		return answer("200 OK", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", `{"id":7,"name":"Mug","price":12.5}`)
	},
	Loop: func() string { return answer("302 Found", "Location: /v1/orders\r\n", "") },
	Page: func() string {
		return answer("200 OK", "Content-Type: text/html\r\n", `<!doctype html><html><head><title>Shop</title></head><body><div id="root"></div></body></html>`)
	},
	LongHead: func() string { return answer("200 OK", "Set-Cookie: state="+strings.Repeat("a", 300<<10)+"\r\n", "{}") },
	TooLarge: func() string {
		return answer("413 Request Entity Too Large", "Server: nginx/1.22.1\r\nContent-Type: text/html\r\n", "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n")
	},
	Unauthorized: func() string {
		return answer("401 Unauthorized", "WWW-Authenticate: Bearer realm=\"orders\"\r\nContent-Type: application/json\r\n", `{"error":"Unauthorized"}`)
	},
	Hurried: func() string {
		return answer("429 Too Many Requests", "Retry-After: 20\r\nContent-Type: application/json\r\n", `{"error":"rate limit exceeded"}`)
	},
	UpgradeNeeded: func() string {
		return answer("426 Upgrade Required", "Upgrade: websocket\r\nContent-Type: text/plain\r\n", "Upgrade Required")
	},
}

func ok() string { return answer("200 OK", "Content-Type: application/json\r\n", "[]") }

func answer(status, fields, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, fields, len(body), body)
}
