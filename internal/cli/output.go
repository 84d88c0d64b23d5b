package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// output is where results go: stdout, or the file of --output.
type output struct {
	*bufio.Writer
	screen
	raw io.Writer // the same without the buffer, for live views
}

// toOutput opens the output, lets write fill it, and closes it. A file is
// private (0600): what was captured on the wire may be.
func (a *app) toOutput(write func(*output) error) error {
	w, err := a.openOutput()
	if err != nil {
		return err
	}
	out := &output{bufio.NewWriter(w), a.screen(w), w}
	err = write(out)
	err = worse(err, out.Flush())
	if file, ok := w.(*os.File); ok && a.flags.output != "-" {
		err = worse(err, file.Close())
	}
	return err
}

// worse keeps the first error, but lets a real one win over errFound.
func worse(err, next error) error {
	if next != nil && (err == nil || errors.Is(err, errFound) || errors.Is(err, errSaid)) {
		return next
	}
	return err
}

func (a *app) openOutput() (io.Writer, error) {
	if a.flags.output == "-" || a.flags.output == "" {
		return a.Stdout, nil
	}
	file, err := os.OpenFile(a.flags.output, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, inputf("", "output: %w", err)
	}
	return file, nil
}
