package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/trace"
	"github.com/faultline-http/faultline/causes/internal/words"
)

func init() { register("server.exception", serverException) }

// saysCrash are messages that runtimes write, not programmers: who sends one
// caught an exception that he did not expect.
var saysCrash = topic("a crash",
	"cannot read propert*", "cannot set propert*", "cannot destructure property", "is not a function", "is not iterable", "is not defined at", "undefined is not an object", "null is not an object", "maximum call stack", "converting circular structure to json",
	"undefined method*", "undefined local variable", "uninitialized constant", "wrong number of arguments (given", "stack level too deep", "frozen error", "divided by 0",
	"none type' object*", "object has no attribute", "object is not subscriptable", "object is not callable", "list index out of range", "string indices must be integers", "dictionary changed size during iteration", "maximum recursion depth exceeded", "takes ~ positional arguments", "missing ~ required positional argument", "unsupported operand type", "is not json serializable", "no module named", "traceback (most recent call last)", "zero division error", "local variable ~ referenced before assignment",
	"object reference not set to an instance of an object", "sequence contains no elements", "sequence contains more than one element", "value cannot be null. (parameter", "the given key ~ was not present in the dictionary", "index was outside the bounds of the array", "input string was not in a correct format", "unable to resolve service for type", "arithmetic operation resulted in an overflow", "attempted to divide by zero", "specified cast is not valid",
	"nil pointer dereference", "index out of range [", "slice bounds out of range", "assignment to entry in nil map", "interface conversion: interface", "runtime error:", "goroutine 1 [", "concurrent map writes", "integer divide by zero",
	"null pointer exception", "cannot invoke ~ because", "class cast exception", "cannot be cast to class", "array index out of bounds exception", "index out of bounds exception", "illegal state exception", "no such element exception", "concurrent modification exception", "stack overflow error", "out of memory error", "no value present", "no class def found error", "could not initialize class", "lazy initialization exception", "nested exception is",
	"call to a member function*", "call to undefined*", "undefined array key", "undefined index", "undefined offset", "undefined variable", "undefined property", "trying to access array offset", "attempt to read property", "uncaught ~ exception", "uncaught error", "allowed memory size of", "maximum execution time of", "division by zero", "php fatal error", "fatal error: uncaught", "must be of type ~ given, called in", "cannot redeclare",
	"called `option::unwrap()` on a `none` value", "called `result::unwrap()` on an `err` value", "panicked at", "attempt to index a nil value", "attempt to call a nil value", "attempt to index a*", "function clause error", "argument error ~ erlang", "no function clause matching", "no case clause matching", "can't locate object method", "use of uninitialized value",
	"sqlstate[*", "ora 0*", "ora 1*", "syntax error at or near", "you have an error in your sql syntax", "unknown column", "column ~ does not exist", "relation ~ does not exist", "table ~ doesn't exist", "invalid object name", "no such table", "no such column", "deadlock found", "operational error", "programming error", "the connection pool has been exhausted", "connection pool exhausted", "too many connections", "could not open jdbc connection",
	"segmentation fault", "unhandled exception", "unhandled promise rejection", "unhandled rejection", "uncaught exception", "an unhandled exception occurred", "assertion failed", "assertion error")

// saysDebug are the pages that frameworks show to programmers only.
var saysDebug = topic("a debug page", "werkzeug debugger", "the debugger caught an exception in your wsgi application", "you're seeing this error because you have debug = true", "action controller: exception caught", "extracted source (around line", "whoops\\exception", "whoops, looks like something went wrong", "symfony exception",
	"an unhandled exception occurred while processing the request", "server error in '/", "unhandled exception occurred during the execution of the current web request", "whitelabel error page", "phoenix.debugger", "better errors", "execution exception", "stack trace:", "full stack trace", "debugger ~ console locked", "http status 500 internal server error type exception report")

// serverException is for answers that show an exception: its class, a trace, a
// page for programmers, or a message that only a runtime writes.
func serverException(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 500 && !c.ErrorInside() || status == 501 || status == 505 || status == 502 || status == 504 {
		return nil
	}
	text := words.Plain(c.ResponseBody())
	t, traced := trace.Read(text)
	hop := c.hop().Tell
	said := hop != nil && hop.Cause == "server.exception" && status >= 500
	crash := c.says(saysCrash)
	thrown := c.functionThrew()
	switch {
	case status < 500 && t.Frames < 2 && !(crash && c.answersCall()) && !thrown:
		return nil
	case traced, crash, said, thrown:
	case status >= 500 && (c.says(saysDebug) || c.exceptionClass(text) != ""):
	default:
		return nil
	}
	if t.Class == "" {
		t.Class = c.exceptionClass(text)
	}
	f := c.exceptionFinding(&t)
	if said && hop.Hint != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: hop.Hint})
	}
	if !traced && !crash && !said && !strings.ContainsAny(t.Class, ".:\\") {
		f.Strength = faultline.Possible
	}
	return []faultline.Finding{f}
}

// functionThrew: AWS Lambda hands what a function threw to the caller with a 200, and says so in a field.
func (c *Case) functionThrew() bool {
	return c.Exchange.Response.Header.Has("X-Amz-Function-Error") || c.answer().Get("errorType").Text() != "" && c.answer().Get("errorMessage").Text() != "" && c.answer().Get("stackTrace") != nil
}

// answersCall reports whether an error with a status of success is about this
// call, not a list of errors that was asked for: GraphQL and RPC have members for it.
func (c *Case) answersCall() bool {
	root := c.answer()
	return root.Get("data") != nil || root.Get("error") != nil || root.Get("exception") != nil || root.Get("jsonrpc") != nil
}

// exceptionClass is the class of the exception that an answer without a trace
// names: in a member for it, or in its words.
func (c *Case) exceptionClass(text string) string {
	if class := c.exceptionMember(); class != "" {
		return class
	}
	if class := trace.Class(text[:min(len(text), mostHeard)]); !publicError(class) {
		return class
	}
	return ""
}

// publicError reports whether a name is rather a code that an API answers with
// than a class that somebody failed to catch: InternalServerError, ServiceException.
func publicError(class string) bool {
	if strings.ContainsAny(class, ".:\\") {
		return false
	}
	for _, begin := range []string{"Internal", "Service", "Server", "Unavailable", "Throttl", "Api", "API", "Http", "HTTP", "Unknown", "Unexpected", "Gateway", "Error", "Exception", "Fault", "Timeout", "Request", "Generic", "System", "General", "Unhandled", "Application", "Fatal", "Backend", "Upstream", "Temporary", "Transient", "Processing", "Web"} {
		if strings.HasPrefix(class, begin) {
			return true
		}
	}
	return false
}

// exceptionMember is the class that an error document names: "exception" of
// Spring, Laravel and Rails, "exceptionType" of .NET, "__type" and "errorType" of AWS.
func (c *Case) exceptionMember() string {
	root := c.answer()
	if root == nil {
		return ""
	}
	for _, name := range []string{"exception", "exceptionType", "ExceptionType", "exceptionClass", "errorType", "class", "error_class"} {
		n := root.Get(name)
		if n == nil {
			n = root.Get("error").Get(name)
		}
		if text := n.Text(); text != "" && len(text) < 400 {
			if class := trace.Class(text); class != "" {
				return class
			}
		}
	}
	return ""
}

func (c *Case) exceptionFinding(t *trace.Trace) faultline.Finding {
	class := short(t.Class)
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  "the server broke down with an exception that it did not handle",
		Brief:    "unhandled exception",
		Expected: "an answer, or an error that the API foresees",
		Found:    "an exception",
		Remedy: faultline.Remedy{Text: "mend the server where the exception is thrown" + c.requestID(), Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "find the call in the server's log by its time" + c.requestID()},
			{Text: "handle the case that throws; if the request is what it cannot bear, answer 4xx and say so"},
			{Text: "turn the debug pages off where others can reach the server: they show code and settings"},
		}},
		Retry: "as sent it most likely fails every time",
		Rank:  -50,
	}
	if c.Status() < 500 {
		f.At = faultline.AtResponse(c.insideError().pointer, faultline.Span{})
	}
	if class != "" {
		f.Message = "the server broke down with `" + class + "`"
		f.Brief, f.Found = class, class
	}
	if t.Own != "" {
		f.Message += " in `" + short(t.Own) + "`"
		f.Remedy.Text = "mend the server at `" + short(t.Own) + "`"
	}
	f.Evidence = c.saidOnPage()
	if t.Frames > 0 {
		first := "no frame of the application's own"
		if t.Own != "" {
			first = "the application's own frame nearest to the fault: " + short(t.Own)
		}
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: t.Language + " trace", Lines: []faultline.Line{{Text: first}}})
	}
	return f
}
