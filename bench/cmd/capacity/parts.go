package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const question = "GET /x HTTP/1.1\r\nHost: capacity.example\r\n\r\n"

func drain(r io.Reader) { _, _ = io.Copy(io.Discard, r) }

// with runs a part in front of a server of few bytes.
func with(s settings, flags []string, f func(p *program) (string, error)) (string, error) {
	dir, err := os.MkdirTemp("", "capacity")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	server := small()
	defer server.Close()
	p, err := proxyTo(s, server.Listener.Addr().String(), dir, flags...)
	if err != nil {
		return "", err
	}
	defer p.stop()
	return f(p)
}

// ask sends one question and reads the answer.
func ask(c net.Conn, r *bufio.Reader) error {
	if _, err := io.WriteString(c, question); err != nil {
		return err
	}
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		return err
	}
	drain(resp.Body)
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}

func idle(s settings) (string, error) {
	return with(s, []string{"--max-clients", fmt.Sprint(s.idle + 100)}, func(p *program) (string, error) {
		before := p.memory("VmRSS")
		open := make([]net.Conn, 0, s.idle)
		defer func() {
			for _, c := range open {
				_ = c.Close()
			}
		}()
		for range s.idle {
			c, err := net.Dial("tcp", p.addr)
			if err != nil {
				return "", fmt.Errorf("connection %d: %w", len(open)+1, err)
			}
			open = append(open, c)
			if err := ask(c, bufio.NewReaderSize(c, 512)); err != nil {
				return "", fmt.Errorf("connection %d: %w", len(open), err)
			}
		}
		return fmt.Sprintf("%d connections that were answered once and stay open: %.0f MiB, %.0f MiB before them", len(open), p.memory("VmRSS"), before), nil
	})
}

func uploads(s settings) (string, error) {
	return with(s, nil, func(p *program) (string, error) {
		began := time.Now()
		var sent, failed atomic.Int64
		var wg sync.WaitGroup
		for range s.uploads {
			wg.Go(func() {
				if err := upload(p.addr, s.size, began.Add(s.limit), &sent); err != nil {
					failed.Add(1)
				}
			})
		}
		wg.Wait()
		return fmt.Sprintf("%d uploads at once of %d MiB: %.1f GiB in %.0f s, %d cut short by the limit; peak %.0f MiB, CPU %.2f s a GiB", s.uploads, s.size>>20,
			float64(sent.Load())/(1<<30), time.Since(began).Seconds(), failed.Load(), p.memory("VmHWM"), p.cpu().Seconds()/(float64(sent.Load())/(1<<30))), nil
	})
}

func upload(addr string, size int64, until time.Time, sent *atomic.Int64) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(until); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c, "PUT /x HTTP/1.1\r\nHost: capacity.example\r\nContent-Length: %d\r\n\r\n", size); err != nil {
		return err
	}
	piece := make([]byte, 64<<10)
	for left := size; left > 0; {
		n, err := c.Write(piece[:min(left, int64(len(piece)))])
		sent.Add(int64(n))
		if err != nil {
			return err
		}
		left -= int64(n)
	}
	_, err = http.ReadResponse(bufio.NewReader(c), nil)
	return err
}

func connections(s settings) (string, error) {
	return with(s, nil, func(p *program) (string, error) {
		began := time.Now()
		var done, failed atomic.Int64
		each(s.concurrency, func() {
			for done.Add(1) <= int64(s.connections) && time.Since(began) < s.limit {
				c, err := net.Dial("tcp", p.addr)
				if err != nil {
					failed.Add(1)
					continue
				}
				if err := ask(c, bufio.NewReaderSize(c, 512)); err != nil {
					failed.Add(1)
				}
				// A reset, so that the ports of this machine last.
				_ = c.(*net.TCPConn).SetLinger(0)
				_ = c.Close()
			}
		})
		n, took := min(done.Load(), int64(s.connections)), time.Since(began)
		return fmt.Sprintf("%d connections in %.1f s, %.0f a minute, %d failed; CPU %.0f µs each, peak %.0f MiB", n, took.Seconds(), float64(n)/took.Minutes(),
			failed.Load(), float64(p.cpu().Microseconds())/float64(n), p.memory("VmHWM")), nil
	})
}

func exchanges(s settings) (string, error) {
	return with(s, nil, func(p *program) (string, error) {
		began := time.Now()
		var done, failed atomic.Int64
		var middle atomic.Int64
		each(s.concurrency, func() {
			c, err := net.Dial("tcp", p.addr)
			if err != nil {
				failed.Add(1)
				return
			}
			defer c.Close()
			r := bufio.NewReader(c)
			for time.Since(began) < s.limit {
				n := done.Add(1)
				if n > int64(s.exchanges) {
					return
				}
				if n == int64(s.exchanges)/5 {
					middle.Store(int64(p.memory("VmRSS") * 10))
				}
				if err := ask(c, r); err != nil {
					failed.Add(1)
					return
				}
			}
		})
		return fmt.Sprintf("%d calls, %d failed: %.1f MiB after a fifth of them, %.1f MiB at the end, peak %.1f MiB", min(done.Load(), int64(s.exchanges)), failed.Load(),
			float64(middle.Load())/10, p.memory("VmRSS"), p.memory("VmHWM")), nil
	})
}

func each(n int, f func()) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(f)
	}
	wg.Wait()
}

func start(s settings) (string, error) {
	dir, err := os.MkdirTemp("", "capacity")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	file := s.contract
	if file == "" {
		file = filepath.Join(dir, "large.json")
		if err := os.WriteFile(file, []byte(large()), 0o600); err != nil {
			return "", err
		}
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	server := small()
	defer server.Close()
	var took []string
	for range 3 {
		p, err := proxyTo(s, server.Listener.Addr().String(), filepath.Join(dir, "cache"), "-c", file)
		if err != nil {
			return "", err
		}
		ready := time.Since(p.start)
		took = append(took, fmt.Sprintf("%d ms (CPU %d ms)", ready.Milliseconds(), p.cpu().Milliseconds()))
		p.stop()
	}
	return fmt.Sprintf("contract of %.1f MB: first start %s, with its cache %s", float64(info.Size())/1e6, took[0], strings.Join(took[1:], " and ")), nil
}

// large makes up a description of some five megabytes.
func large() string {
	var b strings.Builder
	b.WriteString(`{"openapi":"3.1.0","info":{"title":"Large","version":"1"},"paths":{`)
	for i := range 1500 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"/things%d/{id}":{"put":{"operationId":"put%d","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","pattern":"^[a-z0-9]{4,40}$"}}],`+
			`"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["f0"],"properties":{`, i, i)
		for j := range 24 {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"f%d":{"type":"string","minLength":1,"maxLength":%d,"description":"%s"}`, j, 100+j, strings.Repeat("text ", 10))
		}
		b.WriteString(`}}}}},"responses":{"200":{"description":"fine"}}}}`)
	}
	b.WriteString("}}")
	return b.String()
}
