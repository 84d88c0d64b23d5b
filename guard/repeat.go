package guard

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
)

const (
	// repeatTime is how long a refusal is remembered. What is said of clocks and
	// waits is late by that at most.
	repeatTime = time.Second

	// mostRepeats bounds what is remembered: clients that send the same bad request
	// over and over are few, and each of theirs is some 20 KB.
	mostRepeats = 64
)

// repeats remembers the refusals of the last moment, made by the same rules. As sent a refused request
// fails every time, and programs that do not know this send it again at once: the
// same bytes of the same client get the same answer, under an id of their own, and
// are recorded like the first.
type repeats struct {
	mu  sync.Mutex
	all map[requestSum]*repeat
}

// requestSum stands for a request, byte for byte, and for what the front said of
// it, without keeping what they hold.
type requestSum [sha256.Size]byte

// repeat is what was said of a request, secrets masked.
type repeat struct {
	at       time.Time
	to       Client
	kept     faultline.Exchange
	d        *faultline.Diagnosis
	instance string
	masked   int
}

var sums = sync.Pool{New: func() any { return sha256.New() }}

// sum is that of the request at hand. Its parts are told apart by a byte that none
// of them but a body can hold, the labels by their lengths, and the body comes last.
func (c *Call) sum() (out requestSum) {
	h := sums.Get().(hash.Hash)
	h.Reset()
	b := make([]byte, 0, 1<<10)
	r := &c.Exchange.Request
	for _, s := range [...]string{r.Method, r.Scheme, r.Host, r.Target, r.Proto} {
		b = append(append(b, s...), 0)
	}
	for _, fields := range [...]faultline.Header{r.Header, r.Trailer} {
		for _, f := range fields {
			b = append(append(append(append(b, f.Name...), 0), f.Value...), 0)
		}
		b = append(b, 0)
	}
	labels := c.Exchange.Labels
	b = binary.AppendUvarint(b, uint64(len(labels)))
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
		b = append(binary.AppendUvarint(b, uint64(len(labels[name]))), labels[name]...)
	}
	_, _ = h.Write(b) // a hash takes everything
	_, _ = h.Write(r.Body.Raw)
	h.Sum(out[:0])
	sums.Put(h)
	return out
}

// find returns what was said of the same request a moment ago.
func (m *repeats) find(sum requestSum, now time.Time) *repeat {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.all[sum]
	if r == nil || now.Sub(r.at) > repeatTime {
		return nil
	}
	return r
}

// keep remembers a refusal that has been answered.
func (m *repeats) keep(sum requestSum, r *repeat) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.all) >= mostRepeats {
		clear(m.all)
	}
	if m.all == nil {
		m.all = map[requestSum]*repeat{}
	}
	m.all[sum] = r
}

// repeatAnswer is the answer of the first refusal, under the id of this call.
func (c *Call) repeatAnswer(r *repeat) Answer {
	old, id := r.kept.ID, c.id()
	kept, d := r.kept, *r.d
	kept.ID, kept.Start, kept.Timing, kept.Labels = id, c.Exchange.Start, c.Exchange.Timing, maps.Clone(kept.Labels)
	d.Exchange = id
	body := bytes.ReplaceAll(kept.Response.Body.Raw, []byte(old), []byte(id))
	if r.instance != "" {
		body = bytes.Replace(body, []byte(r.instance), []byte(newInstance(kept.Start)), 1)
	}
	header := append(faultline.Header(nil), kept.Response.Header...)
	for i := range header {
		if header[i].Name == "Faultline-Id" {
			header[i].Value = id
		}
	}
	response := *kept.Response
	response.Header, response.Body = header, faultline.NewBody(body)
	kept.Response = &response
	c.kept, c.d, c.masked = &kept, &d, r.masked
	return Answer{Status: response.Status, Header: header, Body: body}
}
