package guard

import (
	"io"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const (
	// DefaultBodyLimit is how much of each body is kept and judged. Bodies of
	// JSON APIs are seldom larger; uploads and downloads, which are, pass unjudged.
	DefaultBodyLimit = 1 << 20

	// DefaultQueueCalls bounds what waits for slow sinks: a moment of a busy API, at
	// some 20 KB each.
	DefaultQueueCalls = 512

	// DefaultQueueBytes bounds the bodies that wait: no more memory than a small
	// process has.
	DefaultQueueBytes = 64 << 20
)

// Options says how a guard decides and whom it tells. The zero value observes
// without a contract.
type Options struct {
	Contracts    []*contract.Contract // the first that has an operation for a request judges it; nil ones are left out
	Mode         Mode
	Undocumented Undocumented
	BodyLimit    int64 // bytes kept of each body; 0: DefaultBodyLimit
	Sinks        []Sink
	QueueCalls   int   // exchanges waiting for the sinks; 0: DefaultQueueCalls
	QueueBytes   int64 // their bodies together; 0: DefaultQueueBytes
	Problem      Problem
	Redactor     *faultline.Redactor // nil: the default rules
	Notice       func(text string)   // told of mistakes of the guard itself, once for each place; nil: nobody is
}

// Problem says what the guard's own answers look like.
type Problem struct {
	// Base is put before a cause's slug to make the links of a document. Empty:
	// the front gives its own address, see [Client.Base].
	Base string

	// Detail is how much a document tells. Empty: everything to callers on
	// loopback, to others [faultline.SafeDetail].
	Detail faultline.DetailLevel

	// Origins are the web origins whose scripts may read the answers; "*" is
	// any. Callers on loopback may always do so from a page on loopback.
	Origins []string

	// Text writes the answer for text/plain. Nil: title and detail in a line each.
	Text func(w io.Writer, ex *faultline.Exchange, d *faultline.Diagnosis) error
}
