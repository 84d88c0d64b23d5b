package capture

import "bufio"

// calm is a reader of a text without the colours and movements of a terminal
// (ECMA-48 control sequences), which come along when a screen is copied.
type calm struct {
	in   *bufio.Reader
	held []byte // what is left of a sequence that was none
}

// longestSequence bounds a sequence; a longer one is text.
const longestSequence = 4 << 10

func (c *calm) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(c.held) > 0 {
			p[n], c.held = c.held[0], c.held[1:]
			n++
			continue
		}
		b, err := c.in.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		if b == escByte {
			c.sequence()
			continue
		}
		p[n] = b
		n++
		if c.in.Buffered() == 0 {
			break // what there is, now: the rest may be waiting for a keyboard
		}
	}
	return n, nil
}

// sequence reads behind an escape to the end of its sequence.
func (c *calm) sequence() {
	kind, err := c.in.ReadByte()
	if err != nil || kind != '[' && kind != ']' {
		return // ESC and one letter
	}
	seen := []byte{kind}
	for len(seen) < longestSequence {
		b, err := c.in.ReadByte()
		if err != nil {
			return
		}
		seen = append(seen, b)
		switch {
		case kind == '[' && 0x40 <= b && b <= 0x7e, kind == ']' && b == 0x07:
			return
		case kind == ']' && b == '\\' && len(seen) > 1 && seen[len(seen)-2] == escByte:
			return
		case kind == '[' && b < 0x20, kind == ']' && b == '\n':
			c.held = seen
			return
		}
	}
	c.held = seen
}

// escByte begins every control sequence.
const escByte = 0x1b

func calmed(in *bufio.Reader) *bufio.Reader {
	return bufio.NewReaderSize(&calm{in: in}, SniffLen)
}
