package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	faultline "github.com/faultline-http/faultline"
)

// LabelNotice is the label of an exchange that says, in lines, what its reader
// could not know or did not do: a body in a file that was not read, an option
// that is only approximated.
const LabelNotice = faultline.LabelNotice

func addNotices(ex *faultline.Exchange, notices ...string) {
	for _, n := range notices {
		if n == "" {
			continue
		}
		if ex.Labels == nil {
			ex.Labels = map[string]string{}
		}
		old := ex.Labels[LabelNotice]
		switch {
		case old == "":
			ex.Labels[LabelNotice] = n
		case !strings.Contains(old, n):
			ex.Labels[LabelNotice] = old + "\n" + n
		}
	}
}

// beginsAt notes the line of the input on which an exchange begins.
func beginsAt(ex *faultline.Exchange, line int) {
	if ex == nil || line <= 0 {
		return
	}
	if ex.Labels == nil {
		ex.Labels = map[string]string{}
	}
	ex.Labels[faultline.LabelLine] = strconv.Itoa(line)
}

// ordinal is the id of an exchange in a format that has none.
func ordinal(n int) string { return strconv.Itoa(n) }

// yieldNumbered yields the calls of an input in which they have no names, by
// their numbers; without one it says of what it expected any.
func yieldNumbered(done []*faultline.Exchange, of string, yield func(*faultline.Exchange, error) bool) {
	for i, ex := range done {
		ex.ID = ordinal(i + 1)
		if !yield(ex, nil) {
			return
		}
	}
	if len(done) == 0 {
		yield(nil, errors.New(of+" without a call in it"))
	}
}

// readText reads a format that has to be seen as a whole.
func readText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return "", err
	}
	if len(data) > maxText {
		return "", fmt.Errorf("more than %d bytes", maxText)
	}
	return string(data), nil
}

// asText removes a byte order mark and turns UTF-16, which PowerShell and
// Windows tools write, into UTF-8.
func asText(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, SniffLen)
	head, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = in.Discard(3)
		return in, err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		big := head[0] == 0xfe
		if _, err := in.Discard(2); err != nil {
			return nil, err
		}
		return bufio.NewReaderSize(&utf16Reader{in: in, big: big}, SniffLen), nil
	}
	return in, nil
}

// utf16Reader turns UTF-16 into UTF-8.
type utf16Reader struct {
	in   *bufio.Reader
	big  bool
	out  []byte // written and not yet read
	next []rune // a unit that was read ahead behind half of a pair
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		r, err := u.rune()
		if err != nil {
			return 0, err
		}
		u.out = utf8.AppendRune(u.out[:0], r)
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func (u *utf16Reader) rune() (rune, error) {
	first, err := u.unit()
	if err != nil || !utf16.IsSurrogate(first) {
		return first, err
	}
	second, err := u.unit()
	if errors.Is(err, io.EOF) {
		return utf8.RuneError, nil
	}
	if err != nil {
		return 0, err
	}
	r := utf16.DecodeRune(first, second)
	if r == utf8.RuneError {
		u.next = append(u.next, second)
	}
	return r, nil
}

func (u *utf16Reader) unit() (rune, error) {
	if n := len(u.next); n > 0 {
		r := u.next[n-1]
		u.next = u.next[:n-1]
		return r, nil
	}
	var b [2]byte
	if _, err := io.ReadFull(u.in, b[:]); err != nil {
		return 0, io.EOF
	}
	if u.big {
		b[0], b[1] = b[1], b[0]
	}
	return rune(b[0]) | rune(b[1])<<8, nil
}
