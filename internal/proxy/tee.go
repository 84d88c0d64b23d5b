package proxy

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
)

// sampled is what is kept of a body that is known to be too large to be judged:
// enough to show what it was.
const sampled = 16 << 10

// tee keeps the beginning of a body that passes by, and shows all of it to who
// wants to see it.
type tee struct {
	kept  []byte
	own   []byte // memory of the tee itself, used again
	lent  bool   // kept is memory of somebody else
	size  int64
	limit int64
	watch guard.Watcher // nil: nobody
}

// reset empties the tee and keeps its memory, if there is not too much of it.
func (t *tee) reset() { *t = tee{own: reusable(t.own)} }

// lend keeps a body without copying it: it stays where it is until the call ends.
func (t *tee) lend(b []byte) {
	t.kept, t.lent, t.size = b, true, int64(len(b))
	t.show(b)
}

func (t *tee) show(b []byte) {
	if t.watch != nil {
		t.watch.Write(b)
	}
}

// end tells who watches that nothing more comes.
func (t *tee) end() {
	if t.watch != nil {
		t.watch.End()
		t.watch = nil
	}
}

// expect is told how large the body will be, if that is known.
func (t *tee) expect(size int64) {
	if size > t.limit {
		t.limit = min(t.limit, sampled)
	}
}

func (t *tee) add(b []byte) {
	t.size += int64(len(b))
	t.show(b)
	if room := t.limit - int64(len(t.kept)); room > 0 {
		if t.lent {
			t.kept, t.lent = append(t.own[:0], t.kept...), false
		} else if t.kept == nil {
			t.kept = t.own[:0]
		}
		t.kept = append(t.kept, b[:min(int64(len(b)), room)]...)
		t.own = t.kept
	}
	if t.size > t.limit && t.limit > sampled {
		// Too large to be judged after all: what is kept shows what it was.
		t.own = append([]byte(nil), t.kept[:min(len(t.kept), sampled)]...)
		t.kept, t.lent, t.limit = t.own, false, sampled
	}
}

func (t *tee) body() faultline.Body {
	return faultline.Body{Raw: t.kept, Size: t.size, Truncated: t.size > int64(len(t.kept))}
}
