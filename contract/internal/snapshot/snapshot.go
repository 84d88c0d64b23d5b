// Package snapshot writes compiled things as bytes and reads them back, fast:
// what a contract was compiled to is kept between two starts of the program.
//
// A type says once what it is made of, and the same lines write and read:
//
//	func (s *slot) code(c *snapshot.Coder) {
//		c.Text(&s.name)
//		snapshot.Int(c, &s.schema)
//		c.Bool(&s.required)
//	}
//
// Texts are kept once each, so that names that stand in many places cost one
// number. The bytes carry a version and a checksum; bytes that do not fit are
// an error of [NewReader], never a half-read value.
package snapshot

import (
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"maps"
	"slices"
)

// ErrBroken says that the bytes are no snapshot of this version, or damaged.
var ErrBroken = errors.New("the snapshot is damaged or of another version")

const (
	magic  = "faultline snapshot "
	mostIn = 1 << 28 // elements of one list: an allocation that no damage may ask for
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A Coder writes or reads. It is used by one goroutine.
type Coder struct {
	reading bool
	failed  bool
	body    []byte // what is still to be read, or what was written
	texts   []string
	known   map[string]int
}

// NewWriter returns a Coder that writes.
func NewWriter() *Coder { return &Coder{known: map[string]int{}} }

// Reading reports whether values are read, not written.
func (c *Coder) Reading() bool { return c.reading }

// Fail says that what was read cannot be.
func (c *Coder) Fail() { c.failed = true }

// Bytes returns what was written: head, texts, values, checksum.
func (c *Coder) Bytes(version string) []byte {
	var head []byte
	head = binary.AppendUvarint(head, uint64(len(c.texts)))
	for _, s := range c.texts {
		head = binary.AppendUvarint(head, uint64(len(s)))
	}
	out := append([]byte(magic+version+"\n"), binary.AppendUvarint(nil, uint64(len(head)))...)
	out = append(out, head...)
	for _, s := range c.texts {
		out = append(out, s...)
	}
	out = append(out, c.body...)
	return binary.LittleEndian.AppendUint32(out, crc32.Checksum(out, castagnoli))
}

// NewReader returns a Coder that reads what a writer of the same version made.
// The texts that it hands out share one copy of data's.
func NewReader(data []byte, version string) (*Coder, error) {
	head := magic + version + "\n"
	if len(data) < len(head)+4 || string(data[:len(head)]) != head {
		return nil, ErrBroken
	}
	body, sum := data[:len(data)-4], binary.LittleEndian.Uint32(data[len(data)-4:])
	if crc32.Checksum(body, castagnoli) != sum {
		return nil, ErrBroken
	}
	c := &Coder{reading: true, body: body[len(head):]}
	c.readTexts()
	if c.failed {
		return nil, ErrBroken
	}
	return c, nil
}

func (c *Coder) readTexts() {
	size := c.uvarint()
	if c.failed || size > uint64(len(c.body)) {
		c.failed = true
		return
	}
	rest := c.body[size:]
	c.body = c.body[:size]
	n := c.length(1)
	lengths := make([]int, n)
	total := 0
	for i := range lengths {
		lengths[i] = int(c.uvarint())
		if total += lengths[i]; lengths[i] < 0 || total > len(rest) {
			c.failed = true
			return
		}
	}
	all := string(rest[:total])
	c.texts = make([]string, n)
	for i, n := range lengths {
		c.texts[i], all = all[:n], all[n:]
	}
	c.body = rest[total:]
}

// Failed reports whether what was read does not fit.
func (c *Coder) Failed() bool { return c.failed }

// Done reports whether all was read, and nothing was wrong.
func (c *Coder) Done() error {
	if c.failed || len(c.body) > 0 {
		return ErrBroken
	}
	return nil
}

func (c *Coder) uvarint() uint64 {
	if len(c.body) > 0 && c.body[0] < 0x80 {
		v := c.body[0]
		c.body = c.body[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(c.body)
	if n <= 0 {
		c.failed, c.body = true, nil
		return 0
	}
	c.body = c.body[n:]
	return v
}

// length reads how many elements of at least size bytes follow.
func (c *Coder) length(size int) int {
	n := c.uvarint()
	if n > mostIn || size > 0 && n > uint64(len(c.body)/size) {
		c.failed, c.body = true, nil
		return 0
	}
	return int(n)
}

// Uint64 codes a number that is large at random, such as a mask.
func (c *Coder) Uint64(v *uint64) {
	if c.reading {
		*v = c.uvarint()
		return
	}
	c.body = binary.AppendUvarint(c.body, *v)
}

// Bool codes a truth.
func (c *Coder) Bool(v *bool) {
	if c.reading {
		*v = c.uvarint() != 0
		return
	}
	n := byte(0)
	if *v {
		n = 1
	}
	c.body = append(c.body, n)
}

// Int codes a number of any integer type.
func Int[T ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32](c *Coder, v *T) {
	if c.reading {
		u := c.uvarint()
		*v = T(int64(u>>1) ^ -int64(u&1))
		return
	}
	n := int64(*v)
	c.body = binary.AppendUvarint(c.body, uint64(n)<<1^uint64(n>>63))
}

// Text codes a text.
func (c *Coder) Text(v *string) {
	if c.reading {
		i := c.uvarint()
		if i == 0 {
			*v = ""
			return
		}
		if i > uint64(len(c.texts)) {
			c.failed = true
			return
		}
		*v = c.texts[i-1]
		return
	}
	c.body = binary.AppendUvarint(c.body, uint64(c.intern(*v)))
}

func (c *Coder) intern(s string) int {
	if s == "" {
		return 0
	}
	i, ok := c.known[s]
	if !ok {
		c.texts = append(c.texts, s)
		i = len(c.texts)
		c.known[s] = i
	}
	return i
}

// Raw codes bytes; nil stays nil.
func (c *Coder) Raw(v *[]byte) {
	there, s := *v != nil, string(*v)
	c.Bool(&there)
	c.Text(&s)
	if c.reading && there {
		*v = []byte(s)
	}
}

// List codes a slice; nil stays nil.
func List[T any](c *Coder, list *[]T, each func(*Coder, *T)) {
	if c.reading {
		n := c.length(0)
		if c.failed || n == 0 {
			*list = nil
			return
		}
		n--
		if n > len(c.body) { // each element has a byte at least
			c.failed = true
			return
		}
		*list = make([]T, n)
	} else {
		n := uint64(0)
		if *list != nil {
			n = uint64(len(*list)) + 1
		}
		c.Uint64(&n)
	}
	for i := range *list {
		each(c, &(*list)[i])
		if c.failed {
			return
		}
	}
}

// Ints codes a slice of numbers.
func Ints[T ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32](c *Coder, list *[]T) {
	List(c, list, Int[T])
}

// Texts codes a slice of texts.
func Texts(c *Coder, list *[]string) { List(c, list, (*Coder).Text) }

// Map codes a map, in the order of its keys; nil stays nil.
func Map[K cmp.Ordered, V any](c *Coder, m *map[K]V, key func(*Coder, *K), value func(*Coder, *V)) {
	if c.reading {
		readMap(c, m, key, value)
		return
	}
	n := uint64(0)
	if *m != nil {
		n = uint64(len(*m)) + 1
	}
	c.Uint64(&n)
	for _, k := range slices.Sorted(maps.Keys(*m)) {
		v := (*m)[k]
		key(c, &k)
		value(c, &v)
	}
}

func readMap[K cmp.Ordered, V any](c *Coder, m *map[K]V, key func(*Coder, *K), value func(*Coder, *V)) {
	n := c.length(0)
	if c.failed || n == 0 {
		*m = nil
		return
	}
	n--
	if n > len(c.body) {
		c.failed = true
		return
	}
	*m = make(map[K]V, n)
	for range n {
		var k K
		var v V
		key(c, &k)
		value(c, &v)
		if c.failed {
			return
		}
		(*m)[k] = v
	}
}

// Pointer codes what a pointer leads to; nil stays nil. Two pointers to one
// value become pointers to two.
func Pointer[T any](c *Coder, p **T, each func(*Coder, *T)) {
	there := *p != nil
	c.Bool(&there)
	if !there {
		return
	}
	if c.reading {
		*p = new(T)
	}
	each(c, *p)
}
