// Package capture reads exchanges from the files and the text in which people
// keep them: exchange/1 NDJSON, HAR, curl command lines, curl traces, raw HTTP
// messages, .http files and Postman collections. It opens no file, runs no command and sends
// nothing; what a file merely names (`-d @order.json`) stays a name, and the
// exchange says so in a notice.
//
//	for ex, err := range capture.Read("calls.har", file) {
//		var record *capture.RecordError
//		switch {
//		case errors.As(err, &record): // one record is lost, the next one follows
//		case err != nil: // the input as a whole cannot be read
//		default:
//			fmt.Println(ex.Request.Method, ex.Request.URL())
//		}
//	}
//
// An exchange says what its input does not show in Unseen; a field that is not
// known is empty. What the access log of a gateway says of a failure stays in
// the labels that package faultline names: LabelEnvoyFlags, LabelHAProxyState,
// LabelALBReason, LabelUpstream and their neighbours. Messages of a browser's
// console stay whole in Failure.Text.
//
// A format is one file here and a folder of samples under testdata. Secrets
// are kept in the exchange, since they are needed to find out why a call
// failed, and are never quoted in an error.
package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"time"

	faultline "github.com/faultline-http/faultline"
)

// Limits on what is kept in memory. Input is hostile until read.
const (
	// SniffLen is how much of an input is looked at to find out its format.
	SniffLen = 64 << 10
	// maxRecord bounds one line of NDJSON and one entry of a HAR: the largest
	// real entries are base64 bodies of a few megabytes.
	maxRecord = 64 << 20
	// maxText bounds the formats that are written by hand or copied from a
	// terminal and have to be read as a whole.
	maxText = 64 << 20
	// maxDecoded bounds a body after its content coding is removed, so that a
	// compressed bomb costs no more than this.
	maxDecoded = 32 << 20
)

// A Format is a way in which exchanges are written down.
type Format struct {
	// Name is short and fixed: "exchange/1", "har", "curl".
	Name string
	// About says in a few words what is read, for help texts and errors.
	About string
	// Sniff reports whether an input with that name (may be empty) and that
	// beginning (at most SniffLen bytes) is likely of this format.
	Sniff func(name string, prefix []byte) bool
	// Decode yields the exchanges of an input in their order. A record that
	// cannot be read is yielded as (nil, *RecordError), and the next one goes
	// on where that is possible; any other error is the last thing yielded.
	Decode func(r io.Reader) iter.Seq2[*faultline.Exchange, error]
	// Encode writes exchanges in this format; nil if it can only be read.
	Encode func(w io.Writer, exchanges iter.Seq[*faultline.Exchange]) error
}

// A RecordError says that one record of an input could not be read.
type RecordError struct {
	ID   string // the record's id, if that could still be read
	Line int    // 1-based line on which the record starts, 0 if not known
	Err  error
}

func (e *RecordError) Error() string {
	where := ""
	if e.Line > 0 {
		where = "line " + strconv.Itoa(e.Line) + ": "
	}
	if e.ID != "" {
		where += "record " + quote(e.ID) + ": "
	}
	return where + e.Err.Error()
}

// Unwrap returns what was in the way.
func (e *RecordError) Unwrap() error { return e.Err }

// Files returns the content of a file that an input names: `-d @order.json`,
// `< ./order.json`. It decides which names it opens.
type Files func(name string) ([]byte, error)

// Options say how inputs are read. The zero Options open nothing.
type Options struct {
	Files Files     // nil: named files are not read, and the exchange has a notice
	Now   time.Time // by which a token alone is judged; zero: its times are only shown
}

// Formats returns all formats in the order in which they are tried on an
// input: the strictest first.
func Formats() []Format { return Options{}.Formats() }

// Formats is like the function, for readers with these options.
func (o Options) Formats() []Format {
	formats := []Format{
		harFormat(), o.postmanFormat(), jsonLog.format(), exchange1Format(), axiosFormat(), postmanConsoleFormat(), browserWords.format(), o.transcriptFormat(), o.traceFormat(), wgetFormat(), httpieFormat(), pythonDebugFormat(),
		envoyLog.format(), haproxyLog.format(), albLog.format(), combinedLog.format(),
		o.httpFileFormat(), rawFormat(), dotnetWords.format(), powerShellFormat(), o.curlFormat(),
	}
	formats = append(formats, clientFormats()...)
	return append(formats, o.tokenFormat(), statusFormat(), errorBodyFormat())
}

// Detect returns the format of an input by its name and its beginning.
func Detect(name string, prefix []byte) (Format, bool) {
	return Options{}.detect(name, prefix)
}

func (o Options) detect(name string, prefix []byte) (Format, bool) {
	prefix = prefix[:min(len(prefix), SniffLen)]
	for _, f := range o.Formats() {
		if f.Sniff(name, prefix) {
			return f, true
		}
	}
	return Format{}, false
}

// Read finds out the format of an input and yields its exchanges. The name is
// that of the file; "" or "-" for standard input.
func Read(name string, r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return Options{}.Read(name, r)
}

// Read is like the function, with these options.
func (o Options) Read(name string, r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		in, err := asText(r)
		if err != nil {
			yield(nil, inFile(name, err))
			return
		}
		prefix, err := in.Peek(SniffLen)
		if err != nil && !errors.Is(err, io.EOF) {
			yield(nil, inFile(name, err))
			return
		}
		if bytes.IndexByte(prefix, escByte) >= 0 && !isBinary(prefix) {
			in = calmed(in)
			prefix, _ = in.Peek(SniffLen)
		}
		format, ok := o.detect(name, prefix)
		if !ok {
			if ex := otherProtocol(prefix); ex != nil {
				yield(ex, nil)
				return
			}
			yield(nil, inFile(name, unknown(prefix)))
			return
		}
		for ex, err := range format.Decode(in) {
			if err != nil {
				err = inFile(name, err)
			}
			if !yield(ex, err) {
				return
			}
		}
	}
}

func inFile(name string, err error) error {
	if name == "" || name == "-" {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}
