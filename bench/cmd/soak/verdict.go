package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// A sample is what the program holds at a moment.
type sample struct{ rss, files, goroutines int }

func (s sample) String() string {
	return fmt.Sprintf("%d MiB, %d files, %d goroutines", s.rss>>10, s.files, s.goroutines)
}

var (
	residentLine  = regexp.MustCompile(`(?m)^VmRSS:\s+(\d+)`)
	goroutineLine = regexp.MustCompile(`(?m)^\S*goroutines (\d+)`)
)

func (p *program) sample() (s sample, err error) {
	proc := filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid))
	status, err := os.ReadFile(filepath.Join(proc, "status"))
	if err != nil {
		return s, err
	}
	files, err := os.ReadDir(filepath.Join(proc, "fd"))
	if err != nil {
		return s, err
	}
	metrics, err := p.ask("/metrics")
	if err != nil {
		return s, err
	}
	s.files, s.rss, s.goroutines = len(files), number(residentLine, status), number(goroutineLine, metrics)
	return s, nil
}

func number(re *regexp.Regexp, text []byte) int {
	m := re.FindSubmatch(text)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(m[1])) // digits
	return n
}

func (p *program) ask(path string) ([]byte, error) {
	resp, err := http.Get("http://" + p.admin + path)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// counts are those of GET /counts that can be held against ours.
type counts struct {
	Services map[string]struct {
		Seen      int64            `json:"seen"`
		Blocked   int64            `json:"blocked"`
		Dropped   int64            `json:"dropped"`
		Malformed map[string]int64 `json:"malformed"`
		Requests  validation       `json:"requests"`
		Answers   validation       `json:"answers"`
	} `json:"services"`
	Reloads struct {
		OK     int64 `json:"ok"`
		Failed int64 `json:"failed"`
	} `json:"reloads"`
}

type validation struct {
	Valid   int64 `json:"valid"`
	Invalid int64 `json:"invalid"`
}

// verdict compares what everybody has counted, and what is left in the program
// after the load has gone.
func (p *program) verdict(l *load) error {
	time.Sleep(2 * time.Second) // connections that were left are noticed within a second
	var c counts
	text, err := p.ask("/counts")
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("asking the program for its counts: %w", err), errors.New(p.said.String()))
	}
	left, err := p.sample()
	if err != nil {
		return err
	}
	l.compare(c)
	p.compare(l, c, left)
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.ended:
		if err != nil {
			l.mistake(fmt.Errorf("the program ended with %w: %s", err, p.said.String()))
		}
	case <-time.After(30 * time.Second):
		l.mistake(errors.New("the program did not end"))
	}
	fmt.Printf("calls: %d random, %d orders, %d refused, %d answers that break the contract, %d broken off, %d malformed; %d clients left\n",
		l.exchanges.Load(), l.orders.Load(), l.blocked.Load(), l.wrong.Load(), l.broken.Load(), l.garbage.Load(), l.perhaps.Load())
	fmt.Printf("the program: before %s; after %s; %d times read anew\n", p.idle, left, c.Reloads.OK)
	if l.failed > 0 {
		for _, m := range l.mistakes {
			fmt.Println("-", m)
		}
		return fmt.Errorf("%d mistakes", l.failed)
	}
	fmt.Println("nothing wrong")
	return nil
}

// compare holds the proxy's counts to ours. A call whose client has left may
// have been counted or not.
func (l *load) compare(c counts) {
	var seen, blocked, dropped, malformed, invalid, wrong int64
	for _, s := range c.Services {
		seen, blocked, dropped = seen+s.Seen, blocked+s.Blocked, dropped+s.Dropped
		invalid, wrong = invalid+s.Requests.Invalid, wrong+s.Answers.Invalid
		for _, n := range s.Malformed {
			malformed += n
		}
	}
	for _, v := range []struct {
		what              string
		got, least, spare int64
	}{
		{"calls seen", seen, l.certain(), l.perhaps.Load()},
		{"requests that break the contract", invalid, l.blocked.Load(), 0},
		{"answers that break the contract", wrong, l.wrong.Load(), 0},
		{"malformed requests", malformed, l.garbage.Load(), l.perhaps.Load()},
		{"calls refused", blocked, l.blocked.Load() + l.garbage.Load(), l.perhaps.Load()},
		{"orders at the server", l.reached.Load(), l.orders.Load() + l.wrong.Load(), l.perhaps.Load()},
	} {
		fmt.Printf("%s: %d, by our own count %d to %d\n", v.what, v.got, v.least, v.least+v.spare)
		if v.got < v.least || v.got > v.least+v.spare {
			l.mistake(fmt.Errorf("%s: %d, want %d to %d", v.what, v.got, v.least, v.least+v.spare))
		}
	}
	fmt.Printf("not delivered to slow readers, and counted as such: %d\n", dropped)
}

// keptIdle is more than the connections that the program keeps to the server,
// by default 128, and what else it may hold when nobody calls.
const keptIdle = 150

// compare holds what the program holds after the load to what it held before,
// and the memory of the last quarter to that of the second.
func (p *program) compare(l *load, c counts, left sample) {
	if left.files > p.idle.files+keptIdle {
		l.mistake(fmt.Errorf("%d files are open after the load, %d before it", left.files, p.idle.files))
	}
	if left.goroutines > p.idle.goroutines+20 {
		l.mistake(fmt.Errorf("%d goroutines run after the load, %d before it", left.goroutines, p.idle.goroutines))
	}
	if want := int64(p.reloads); c.Reloads.OK+c.Reloads.Failed < want || c.Reloads.Failed > 0 {
		l.mistake(fmt.Errorf("the configuration was read anew %d times, in vain %d times; asked for %d times", c.Reloads.OK, c.Reloads.Failed, want))
	}
	quarter := len(p.samples) / 4
	if quarter < 60 {
		return // memory settles in some minutes
	}
	early, late := mean(p.samples[quarter:2*quarter]), mean(p.samples[3*quarter:])
	fmt.Printf("memory: %d MiB in the second quarter, %d MiB in the last\n", early>>10, late>>10)
	// The race detector keeps memory of its own, which grows.
	if late > early+early/10 && !p.race {
		l.mistake(fmt.Errorf("memory has grown by more than a tenth: %d to %d MiB", early>>10, late>>10))
	}
}

func mean(s []sample) (rss int) {
	for _, one := range s {
		rss += one.rss
	}
	return rss / len(s)
}
