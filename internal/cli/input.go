package cli

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/capture"
)

// stdinName is how standard input is called in messages.
const stdinName = "standard input"

// onTerminal reports whether a reader is a person's keyboard.
func onTerminal(r io.Reader) bool {
	f, ok := r.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// exchangesIn reads the exchanges of a file, or of standard input for "-".
// What was read before an error stays read.
func (a *app) exchangesIn(ctx context.Context, name string) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		r, err := a.openInput(name)
		if err != nil {
			yield(nil, err)
			return
		}
		defer r.Close()
		shown := name
		if name == "-" {
			shown = stdinName
		}
		empty := true
		reader := capture.Options{Now: time.Now()}
		for ex, err := range reader.Read(shown, &interruptible{ctx: ctx, r: r}) {
			empty = false
			if ex != nil {
				ex.Labels = withFile(ex.Labels, name)
			}
			if !yield(ex, err) {
				return
			}
		}
		if empty {
			yield(nil, inputf("`faultline help formats` says what is read", "%s: no call in it", shown))
		}
	}
}

// withFile notes which file an exchange came from.
func withFile(labels map[string]string, name string) map[string]string {
	if labels == nil {
		labels = map[string]string{}
	}
	labels[faultline.LabelFile] = name
	return labels
}

func (a *app) openInput(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(a.Stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, inputf("", "%s: %w", name, bareError(err))
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, errors.Join(inputf("name the files: "+name+"/*", "%s: this is a folder", name), file.Close())
	}
	return file, nil
}

// errInterrupted ends the reading when somebody presses Ctrl-C: what was found
// until then is still shown.
var errInterrupted = errors.New("interrupted")

// interruptible is a reader that gives up when its context ends, even while
// the one below is waiting for a keyboard or a pipe.
type interruptible struct {
	ctx     context.Context
	r       io.Reader
	chunks  chan chunk
	pending []byte
	err     error
}

type chunk struct {
	data []byte
	err  error
}

// chunkSize is what is read at once.
const chunkSize = 64 << 10

func (i *interruptible) Read(p []byte) (int, error) {
	for len(i.pending) == 0 {
		if i.err != nil {
			return 0, i.err
		}
		if i.chunks == nil {
			i.chunks = make(chan chunk)
			go i.pump()
		}
		select {
		case c := <-i.chunks:
			i.pending, i.err = c.data, c.err
		case <-i.ctx.Done():
			i.err = errInterrupted
		}
	}
	n := copy(p, i.pending)
	i.pending = i.pending[n:]
	return n, nil
}

// pump ends with the input or with the context. One that hangs in the last
// Read of a terminal ends with the process.
func (i *interruptible) pump() {
	for {
		buf := make([]byte, chunkSize)
		n, err := i.r.Read(buf)
		select {
		case i.chunks <- chunk{buf[:n], err}:
		case <-i.ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
