// Package trace reads stack traces and debug pages of many languages out of the
// words of an answer: which exception it was, and where in the application's
// own code it was thrown.
//
//	t, ok := trace.Read(`TypeError: Cannot read properties of undefined at /srv/shop/orders.js:23:59 at ...`)
//	t.Class  // "TypeError"
//	t.Own    // "/srv/shop/orders.js:23"
//
// What a language's traces look like is data: one value of type Language each.
package trace

import (
	"regexp"
	"strings"
)

// A Trace is what is known of an exception.
type Trace struct {
	Language string // "Java"; empty if only a class was found
	Class    string // as it is spelt: "java.lang.NullPointerException"; may be empty
	Own      string // the frame of the application's own code nearest to the fault: "orders.js:23"
	Frames   int    // how many frames were seen
}

// A Language says how the frames of its traces are written.
type Language struct {
	Name    string
	Ends    []string // what stands between a file's name and the number of the line: ".py\", line "
	Library []string // pieces of frames that are of a library or of the language itself
	Reach   int      // how far before the file a frame says whose it is: "at java.util.List.get("
	Last    bool     // the nearest frame stands last, not first
	Before  []string // words after which the class stands, the deepest last: "Caused by: "
}

// mostFrames bounds the frames of one trace, mostLeft how far one reaches to the left.
const (
	mostFrames = 200
	mostLeft   = 200
)

// Read looks for a trace. The text has its markup taken out and its white space folded.
func Read(text string) (Trace, bool) {
	best := Trace{}
	for i := range languages {
		if t := languages[i].read(text); t.Frames > best.Frames {
			best = t
		}
	}
	if best.Frames == 0 {
		return Trace{}, false
	}
	return best, true
}

// Class is the first name of an exception class in a text, empty if there is none.
func Class(text string) string { return className.FindString(text) }

// className is the class of an exception as traces of many languages begin.
var className = regexp.MustCompile(`(?:\b[A-Za-z_]\w*(?:\.|::|\\{1,2}))*\b[A-Z]\w*(?:Exception|Error|Fault|DoesNotExist|KeyNotFound|Interrupt|Timeout|Throwable|Errno::\w+)\b`)

func (l *Language) read(text string) Trace {
	t := Trace{Language: l.Name}
	first, last := len(text), 0
	for _, end := range l.Ends {
		for at := 0; t.Frames < mostFrames; {
			i := strings.Index(text[at:], end)
			if i < 0 {
				break
			}
			i += at
			at = i + len(end)
			frame, ok := l.frame(text, i, end)
			if !ok {
				continue
			}
			t.Frames++
			if !l.foreign(text, i) && (t.Own == "" || l.Last && i > last || !l.Last && i < first) {
				t.Own, first, last = frame, i, i
			}
		}
	}
	if t.Frames > 0 {
		t.Class = l.class(text)
	}
	return t
}

// frame is the file and the line of the frame whose file ends at i.
func (l *Language) frame(text string, i int, end string) (string, bool) {
	start := fileStart(text, i)
	digits := i + len(end)
	stop := digits
	for stop < len(text) && stop < digits+7 && '0' <= text[stop] && text[stop] <= '9' {
		stop++
	}
	if stop == digits || start == i {
		return "", false
	}
	dot := strings.IndexAny(end, `"' :(,`)
	return text[start:i+dot] + ":" + text[digits:stop], true
}

// fileStart is where the name of the file begins that ends at i.
func fileStart(text string, i int) int {
	start := i
	for start > 0 && i-start < mostLeft && !strings.ContainsRune(" \"'()<>[],;`=", rune(text[start-1])) {
		start--
	}
	return start
}

// foreign reports whether the frame that ends at i is of a library: by its
// path, or by what stands before it up to the frame before.
func (l *Language) foreign(text string, i int) bool {
	start := fileStart(text, i)
	context := text[max(0, start-l.Reach):min(len(text), i+8)]
	if cut := strings.LastIndex(context[:min(l.Reach, start)], " at "); cut >= 0 {
		context = context[cut:]
	}
	for _, piece := range l.Library {
		if strings.Contains(context, piece) {
			return true
		}
	}
	return false
}

// class is the class of the exception: behind words that say so, else the first
// name of one.
func (l *Language) class(text string) string {
	for _, words := range l.Before {
		if i := strings.LastIndex(text, words); i >= 0 {
			rest := text[i+len(words):]
			if name := Class(rest[:min(len(rest), mostLeft)]); name != "" && strings.HasPrefix(strings.TrimLeft(rest, `"'#<: `), name) {
				return name
			}
		}
	}
	if l.Last {
		if name := Class(behindLast(text, l.Ends)); name != "" {
			return name
		}
	}
	return Class(text)
}

// behindLast is the text behind the last frame, where Python names the exception.
func behindLast(text string, ends []string) string {
	at := 0
	for _, end := range ends {
		at = max(at, strings.LastIndex(text, end))
	}
	return text[at:]
}
