package admin

import (
	"time"

	"github.com/faultline-http/faultline/guard"
)

// A Snapshot is what a program has counted so far.
type Snapshot struct {
	Version     string // of the program
	Started     time.Time
	Services    []Service
	Connections Connections
	Reloads     Reloads
	Cost        Histogram
	Kept        Kept
	Notices     map[string]int64 // by topic: what happened outside any call
}

// A Service is what came of the calls of one service.
type Service struct {
	Name      string
	Counts    guard.Counts
	Contracts []Contract
}

// A Contract is one that calls are judged by.
type Contract struct {
	File       string `json:"file"`
	Version    string `json:"version"`
	Operations int    `json:"operations"`
	Unverified int    `json:"unverified"`
}

// Connections are those of clients.
type Connections struct {
	Open     int64 `json:"open"`
	Accepted int64 `json:"accepted"`
	Shed     int64 `json:"shed"` // turned away before their first request
	Pauses   int64 `json:"accept_pauses"`
}

// Reloads are how often the configuration was read anew.
type Reloads struct {
	OK        int64     `json:"ok"`
	Failed    int64     `json:"failed"`
	LastOK    bool      `json:"last_ok"`
	Last      time.Time `json:"last,omitzero"`
	LastError string    `json:"last_error,omitempty"`
}

// Kept is what was written of failed calls.
type Kept struct {
	Calls   int64 `json:"calls"`
	Bytes   int64 `json:"bytes"`   // of all files at present
	Dropped int64 `json:"dropped"` // not written, because the disk was too slow or full
}

// A Histogram is how long something took: for each bound, how often it was not
// more. Bounds rise, and so do the numbers.
type Histogram struct {
	Bounds []time.Duration
	Counts []uint64
	Count  uint64
	Sum    time.Duration
}

// countsJSON is what GET /counts answers: counts/1. Members are added to it,
// never renamed or removed.
type countsJSON struct {
	Schema      string                 `json:"schema"`
	Version     string                 `json:"version"`
	Started     time.Time              `json:"started"`
	Services    map[string]serviceJSON `json:"services"`
	Connections Connections            `json:"connections"`
	Reloads     Reloads                `json:"reloads"`
	Kept        Kept                   `json:"kept"`
	Cost        costJSON               `json:"cost"`
	Notices     map[string]int64       `json:"notices"`
}

type serviceJSON struct {
	Seen        int64                      `json:"seen"`
	OK          int64                      `json:"ok"`
	Failed      int64                      `json:"failed"`
	Blocked     int64                      `json:"blocked"`
	Denied      int64                      `json:"denied"`
	Answered    int64                      `json:"answered_here"`
	Unexplained int64                      `json:"unexplained"`
	Retried     int64                      `json:"retried"`
	Truncated   int64                      `json:"truncated"`
	Dropped     int64                      `json:"dropped"`
	Mishaps     int64                      `json:"mishaps"`
	Requests    validationJSON             `json:"requests"`
	Answers     validationJSON             `json:"answers"`
	Classes     map[string]int64           `json:"statuses"`
	Malformed   map[string]int64           `json:"malformed"`
	Operations  map[string]map[string]opJS `json:"operations"` // by contract, by operation
	Contracts   []Contract                 `json:"contracts"`
}

type validationJSON struct {
	Valid        int64            `json:"valid"`
	Invalid      int64            `json:"invalid"`
	NotValidated map[string]int64 `json:"not_validated"`
}

type opJS struct {
	OK       int64         `json:"ok"`
	Failed   int64         `json:"failed"`
	Statuses map[int]int64 `json:"statuses"`
}

type costJSON struct {
	Count uint64  `json:"count"`
	P50   float64 `json:"p50_ms"`
	P99   float64 `json:"p99_ms"`
}

func (s Snapshot) counts() countsJSON {
	out := countsJSON{
		Schema: "counts/1", Version: s.Version, Started: s.Started, Services: map[string]serviceJSON{}, Connections: s.Connections,
		Reloads: s.Reloads, Kept: s.Kept, Notices: s.Notices,
		Cost: costJSON{s.Cost.Count, milliseconds(s.Cost.Quantile(0.5)), milliseconds(s.Cost.Quantile(0.99))},
	}
	for i := range s.Services {
		out.Services[s.Services[i].Name] = s.Services[i].json()
	}
	return out
}

func (s *Service) json() serviceJSON {
	c := &s.Counts
	out := serviceJSON{
		Seen: c.Seen, OK: c.OK, Failed: c.Failed, Blocked: c.Blocked, Denied: c.Denied, Answered: c.Answered, Unexplained: c.Unexplained,
		Retried: c.Retried, Truncated: c.Truncated, Dropped: c.Dropped, Mishaps: c.Mishaps,
		Requests: validationJSON(c.Requests), Answers: validationJSON(c.Answers),
		Classes: map[string]int64{}, Malformed: c.Malformed, Operations: map[string]map[string]opJS{}, Contracts: s.Contracts,
	}
	for i, n := range c.Classes {
		if n > 0 {
			out.Classes[className(i)] = n
		}
	}
	for _, op := range c.Operations {
		if out.Operations[op.Contract] == nil {
			out.Operations[op.Contract] = map[string]opJS{}
		}
		out.Operations[op.Contract][op.Name()] = opJS{op.OK, op.Failed, op.Statuses}
	}
	return out
}

func className(i int) string {
	return [...]string{"none", "1xx", "2xx", "3xx", "4xx", "5xx"}[i]
}

// Quantile is the bound below which the share q of all durations lies.
func (h *Histogram) Quantile(q float64) time.Duration {
	for i, n := range h.Counts {
		if n > 0 && float64(n) >= q*float64(h.Count) {
			return h.Bounds[i]
		}
	}
	return 0
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
