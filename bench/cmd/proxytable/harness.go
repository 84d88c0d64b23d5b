package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

type settings struct {
	harness, peers, rows, extra, work, binary string
	rounds, secs, conns                       int
}

// defaultPeers is where the build script of the harness puts what it builds.
func defaultPeers() string {
	if dir := os.Getenv("PEERS"); dir != "" {
		return dir
	}
	cache, _ := os.UserCacheDir() // empty without a home: then -peers has to say it
	return filepath.Join(cache, "bench-peers")
}

// A measurement is what the harness found.
type measurement struct {
	settings
	names []string // of the rows, in their order
	Cells []cell   `json:"cells"`
	Low   []low    `json:"low"`
	size  map[string]size
}

// A cell is one row under one workload in one round.
type cell struct {
	Row, Work string
	Round     int
	CPU       float64 // microseconds of the proxy a request
	P50       float64 // microseconds, with all connections busy
	Refused   float64 // share of the answers
	Errors    int64
	Foreign   float64 // share of the processors that other programs took
}

// low is a row with one connection at a fixed rate.
type low struct {
	Row, Work string
	P50       float64
}

// size is what a row needs besides time.
type size struct{ startMS, idle, peak float64 }

// measure builds our program, if need be, and runs the harness.
func measure(s settings) (*measurement, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "proxytable")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if s.binary == "" {
		s.binary = filepath.Join(tmp, "faultline")
		build := exec.Command("go", "build", "-trimpath", "-o", s.binary, "./cmd/faultline")
		build.Dir = ".." // the command runs in bench/
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building our program: %w\n%s", err, out)
		}
	}
	rows, names, err := s.rowsFile(tmp)
	if err != nil {
		return nil, err
	}
	cells := filepath.Join(tmp, "cells.json")
	cmd := exec.Command(filepath.Join(s.peers, "bin", "proxybench"), "run", "-rows", rows, "-proxies", strings.Join(names, ","),
		"-work", s.work, "-rounds", strconv.Itoa(s.rounds), "-secs", strconv.Itoa(s.secs), "-conns", strconv.Itoa(s.conns),
		"-bin", filepath.Join(s.peers, "bin"), "-ref", "nginx", "-low", "1", "-budget", "20m", "-json", cells)
	var report bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.harness, io.MultiWriter(os.Stderr, &report), os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("the harness: %w", err)
	}
	text, err := os.ReadFile(cells)
	if err != nil {
		return nil, fmt.Errorf("the harness left no figures: %w", err)
	}
	m := &measurement{settings: s, names: append([]string{"direct"}, names...), size: sizes(report.String())}
	return m, json.Unmarshal(text, m)
}

// check says what is missing before anything is measured.
func (s settings) check() error {
	if _, err := os.Stat(filepath.Join(s.harness, "rows.conf")); err != nil {
		return fmt.Errorf("the harness is not in %s: it needs the folder shared/bench/proxy beside the checkout, or -harness", s.harness)
	}
	if _, err := os.Stat(filepath.Join(s.peers, "bin", "proxybench")); err != nil {
		return fmt.Errorf("no programs below %s: `PEERS=%s %s/build-peers.sh go` builds them", s.peers, s.peers, s.harness)
	}
	for _, program := range []string{"wrk", "nginx"} {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("%s is not installed: `RUNLEVEL=1 apt-get install -y wrk nginx-light haproxy`", program)
		}
	}
	return nil
}

// rowsFile is the harness's list of rows with ours at its end.
func (s settings) rowsFile(tmp string) (file string, names []string, err error) {
	text, err := os.ReadFile(filepath.Join(s.harness, "rows.conf"))
	if err != nil {
		return "", nil, err
	}
	binary, err := filepath.Abs(s.binary)
	if err != nil {
		return "", nil, err
	}
	out := string(text) + "\n" + ours + " = env XDG_CACHE_HOME={tmp} " + binary + " proxy --to {upstream} --listen {listen} -c {contract} --mode block\n"
	names = strings.Split(s.rows, ",")
	if s.extra != "" {
		name, _, ok := strings.Cut(s.extra, "=")
		if !ok {
			return "", nil, errors.New("-row wants 'name=command line'")
		}
		out += s.extra + "\n"
		names = append(names, strings.TrimSpace(name))
	}
	names = append(names, ours)
	file = filepath.Join(tmp, "rows.conf")
	return file, names, os.WriteFile(file, []byte(out), 0o600)
}

// sizes reads the last table of the harness's report: name, start, idle, peak.
func sizes(report string) map[string]size {
	out := map[string]size{}
	_, table, _ := strings.Cut(report, "peak RSS MiB\n")
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) != 4 {
			continue
		}
		start, err1 := strconv.ParseFloat(f[1], 64)
		idle, err2 := strconv.ParseFloat(f[2], 64)
		peak, err3 := strconv.ParseFloat(f[3], 64)
		if errors.Join(err1, err2, err3) == nil {
			out[f[0]] = size{start, idle, peak}
		}
	}
	return out
}
