package report

import "github.com/faultline-http/faultline"

const (
	// maxKept and maxKeptBytes bound the failed calls that are kept for a
	// closer look: more than anybody scrolls back for, and what a small
	// machine has to spare if each has a large body.
	maxKept      = 500
	maxKeptBytes = 32 << 20
)

// kept are the last calls that failed, the oldest first.
type kept struct {
	calls []call
	bytes int
}

type call struct {
	ex   *faultline.Exchange
	d    *faultline.Diagnosis
	key  string // of its group
	size int
}

func (k *kept) add(ex *faultline.Exchange, d *faultline.Diagnosis, key string) {
	c := call{ex, d, key, roomOf(&ex.Request.Body)}
	if ex.Response != nil {
		c.size += roomOf(&ex.Response.Body)
	}
	k.calls = append(k.calls, c)
	k.bytes += c.size
	for len(k.calls) > maxKept || k.bytes > maxKeptBytes && len(k.calls) > 1 {
		k.bytes -= k.calls[0].size
		k.calls[0] = call{}
		k.calls = k.calls[1:]
	}
}

func roomOf(b *faultline.Body) int { return len(b.Raw) + len(b.Decoded) }

// newest is the last call that the filter lets pass.
func (k *kept) newest(f *Filter) (call, bool) {
	for i := len(k.calls) - 1; i >= 0; i-- {
		if f.Match(k.calls[i].ex, k.calls[i].d) {
			return k.calls[i], true
		}
	}
	return call{}, false
}

// of is the call that the row shows, or the last one that failed alike.
func (k *kept) of(r *row) (found call, ok bool) {
	for i := len(k.calls) - 1; i >= 0; i-- {
		c := k.calls[i]
		if c.ex.ID == r.id || c.d.Exchange == r.id {
			return c, true
		}
		if c.key == r.key && !ok {
			found, ok = c, true
		}
	}
	return found, ok
}

// last are the last n calls that the filter lets pass, the oldest first.
func (k *kept) last(n int, f *Filter) []call {
	var out []call
	for i := len(k.calls) - 1; i >= 0 && len(out) < n; i-- {
		if f.Match(k.calls[i].ex, k.calls[i].d) {
			out = append([]call{k.calls[i]}, out...)
		}
	}
	return out
}
