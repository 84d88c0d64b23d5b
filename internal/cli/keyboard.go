package cli

import (
	"bytes"
	"io"
	"os"
	"sync"

	"golang.org/x/term"
)

// keyboard reads single keys from the terminal while calls are shown.
type keyboard struct {
	in      io.Reader
	once    sync.Once
	restore func()
}

// tailKeys are on the status line while there is a keyboard.
const tailKeys = "? keys  / filter  enter explain  space pause  q quit"

// openKeyboard switches the terminal to single keys, if there is somebody at
// it: calls are shown on it line by line, and it is ours to read from. It
// returns nil where that is not so; then Ctrl-C works as ever.
func (a *app) openKeyboard(w *output) *keyboard {
	in, ok := a.Stdin.(*os.File)
	if !ok || !w.TTY || w.Accessible || a.flags.format != formatText {
		return nil
	}
	fd := int(in.Fd())
	if !term.IsTerminal(fd) || !inForeground(fd) {
		return nil
	}
	before, err := term.MakeRaw(fd)
	if err != nil {
		return nil
	}
	return &keyboard{in: in, restore: func() { _ = term.Restore(fd, before) }}
}

// close gives the terminal back as it was. It may be called more than once, and
// of no keyboard.
func (k *keyboard) close() {
	if k != nil {
		k.once.Do(k.restore)
	}
}

// closeOnPanic is deferred by every goroutine that serves the view: a panic
// would leave the reader's shell without echo.
func (k *keyboard) closeOnPanic() {
	if p := recover(); p != nil {
		k.close()
		panic(p)
	}
}

// maxKeys are read at once: more than anybody types, less than a pasted book.
const maxKeys = 256

// listen hands what is typed to press until that says that it is enough, or
// nothing comes any more. A read that waits cannot be ended, so the goroutine
// of listen may outlive the view.
func (k *keyboard) listen(press func([]byte) (quit bool)) {
	defer k.closeOnPanic()
	buf := make([]byte, maxKeys)
	for {
		n, err := k.in.Read(buf)
		if n > 0 && press(buf[:n]) || err != nil {
			return
		}
	}
}

// rawLines ends lines as a terminal in raw mode needs them: it does not go back
// to the first column by itself.
type rawLines struct{ w io.Writer }

func (r rawLines) Write(p []byte) (int, error) {
	if _, err := r.w.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}
