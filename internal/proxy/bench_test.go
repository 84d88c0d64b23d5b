package proxy

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
)

// shop is the contract whose bodies the benchmarks send.
func shop(t testing.TB) *contract.Contract {
	t.Helper()
	c, err := contract.Load(os.DirFS("../../guard/testdata"), "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func orderFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../../guard/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// canned answers every request on a connection with the same bytes, and
// allocates nothing.
func canned(t testing.TB, length int, answer []byte) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				r := bufio.NewReaderSize(c, 64<<10)
				for skipHead(r) == nil {
					if _, err := r.Discard(length); err != nil {
						return
					}
					if _, err := c.Write(answer); err != nil {
						return
					}
				}
			}()
		}
	}()
	return ln.Addr().String()
}

func skipHead(r *bufio.Reader) error {
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) == 2 {
			return nil
		}
	}
}

// exchanger makes one call after the other over one connection.
type exchanger struct {
	t       testing.TB
	c       net.Conn
	request []byte
	answer  []byte
	read    int
}

func newExchanger(t testing.TB, addr string, request []byte) *exchanger {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	e := &exchanger{t: t, c: c, request: request, answer: make([]byte, 256<<10)}
	// The first answer tells how long the others are.
	if _, err := c.Write(request); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(io.TeeReader(c, counted{&e.read})), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	return e
}

type counted struct{ n *int }

func (c counted) Write(p []byte) (int, error) { *c.n += len(p); return len(p), nil }

func (e *exchanger) call() {
	if _, err := e.c.Write(e.request); err != nil {
		e.t.Fatal(err)
	}
	if _, err := io.ReadFull(e.c, e.answer[:e.read]); err != nil {
		e.t.Fatal(err)
	}
}

// workload is one kind of call with a server that answers it.
func workload(t testing.TB, body []byte) (request []byte, server string) {
	t.Helper()
	doc := orderFile(t, "answer-1k.json")
	if body == nil {
		answer := fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(doc), doc)
		return []byte("GET /orders/ord_0a1b2c3d4e5f6g7h HTTP/1.1\r\nHost: a.example\r\nAccept: application/json\r\n\r\n"), canned(t, 0, answer)
	}
	answer := fmt.Appendf(nil, "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(doc), doc)
	head := fmt.Appendf(nil, "POST /orders HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", len(body))
	return bytes.Join([][]byte{head, body}, nil), canned(t, len(body), answer)
}

// BenchmarkDirect is one call over one connection: get a document, post a good
// one, post one that is refused.
func BenchmarkDirect(b *testing.B) {
	c := shop(b)
	for _, w := range []struct {
		name string
		body []byte
	}{{"get", nil}, {"post", orderFile(b, "order-1k.json")}, {"refused", orderFile(b, "order-1k-bad.json")}} {
		b.Run(w.name, func(b *testing.B) {
			request, server := workload(b, w.body)
			addr, p := start(b, "http://"+server, func(o *Options) {
				o.Services[0].Guard = guard.Options{Contracts: []*contract.Contract{c}, Mode: guard.Block}
			})
			e := newExchanger(b, addr, request)
			b.ReportAllocs()
			for b.Loop() {
				e.call()
			}
			if n := p.Counts(); n.Failed > 1 && w.name != "refused" {
				b.Fatalf("%d calls failed", n.Failed)
			}
		})
	}
}
