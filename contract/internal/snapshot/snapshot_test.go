package snapshot_test

import (
	"reflect"
	"testing"

	"github.com/faultline-http/faultline/contract/internal/snapshot"
	"github.com/faultline-http/faultline/contract/internal/snapshot/snapshottest"
)

type pet struct {
	name  string
	age   int8
	tags  []string
	index map[string]uint64
	raw   []byte
	alive bool
	next  *pet
}

func (p *pet) code(c *snapshot.Coder) {
	c.Text(&p.name)
	snapshot.Int(c, &p.age)
	snapshot.Texts(c, &p.tags)
	snapshot.Map(c, &p.index, (*snapshot.Coder).Text, (*snapshot.Coder).Uint64)
	c.Raw(&p.raw)
	c.Bool(&p.alive)
	snapshot.Pointer(c, &p.next, func(c *snapshot.Coder, p *pet) { p.code(c) })
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	last := map[reflect.Type]any{reflect.TypeFor[*pet](): &pet{name: "text", raw: []byte{}, tags: []string{}}}
	snapshottest.RoundTrip(t, (*pet).code, last)
}

// FuzzReader reads anything: a checksum that fits does not make a value sound.
func FuzzReader(f *testing.F) {
	w := snapshot.NewWriter()
	(&pet{name: "a", tags: []string{"a", "b"}, index: map[string]uint64{"c": 1 << 60}, next: &pet{raw: []byte("x")}}).code(w)
	f.Add(w.Bytes("1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := snapshot.NewReader(snapshot.Sealed(data), "1")
		if err != nil {
			return
		}
		var p pet
		p.code(r)
		if r.Done() != nil {
			return
		}
		again := snapshot.NewWriter()
		p.code(again)
		if _, err := snapshot.NewReader(again.Bytes("1"), "1"); err != nil {
			t.Fatal(err)
		}
	})
}
