package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/rpc"
)

// knownStatus is what a code of gRPC means where the HTTP status in its place
// says less, or something else.
type knownStatus struct {
	cause                                   faultline.Slug
	message, brief, expected, remedy, retry string
	party                                   faultline.Party
}

// knownStatuses are by number (https://grpc.github.io/grpc/core/md_doc_statuscodes.html).
var knownStatuses = map[int]knownStatus{
	3: {
		cause: "body.value", message: "the server refused what the message holds", brief: "invalid argument", expected: "arguments that the method takes",
		remedy: "compare the message with what the method asks for, field by field", retry: failsAgain,
	},
	4: {
		cause: "gateway.upstream-timeout", message: "the deadline passed before the server was done", brief: "deadline exceeded", expected: "an answer before the deadline",
		remedy: "find out what the server waits for, or give the call a longer deadline", retry: "only what may run twice: the server may have done the work after the deadline", party: faultline.Server,
	},
	9: {
		cause: "state.conflict", message: "the system is in a state in which the call is not allowed", brief: "not in this state", expected: "a state that allows the call",
		remedy: "read the thing again, and decide by its present state", retry: "only when the state has changed",
	},
	11: {
		cause: "body.value", message: "the server refused a value beyond its range", brief: "out of range", expected: "a value within the range",
		remedy: "ask for what is there: a page or an offset before the end", retry: failsAgain,
	},
	12: {
		cause: "route.unknown-path", message: "the server does not offer this method", brief: "no such method", expected: "a service and a method that the server has registered",
		remedy: "compare package, service and method with the server's description, and the versions of both sides; ask for the list by reflection (`grpcurl HOST list`)", retry: failsAgain,
	},
	14: {
		cause: "server.unavailable", message: "the service is not available for now", brief: "not available for now", expected: "a service that is up",
		remedy: "wait, and repeat the call with a pause that grows", retry: "safe where the server never saw the call, else only what may run twice",
	},
}

// known are the findings that the status alone is enough for, with its details.
// Their causes have nothing but the slug.
func known(ex *faultline.Exchange, s *rpc.Status, at faultline.Location) []faultline.Finding {
	k, ok := knownStatuses[s.Code]
	if !ok {
		return nil
	}
	f := faultline.Finding{
		Cause: faultline.Cause{Slug: k.cause}, Party: k.party, Strength: faultline.Likely, At: at, Message: k.message, Brief: k.brief, Expected: k.expected,
		Found: s.Name(), Retry: k.retry, Remedy: faultline.Remedy{Text: k.remedy, Applicability: faultline.Guess}, Rank: -50,
	}
	if s.Message != "" {
		f.Evidence = append(f.Evidence, said(s.Message))
	}
	switch s.Code {
	case 4:
		if limit := ex.Request.Header.Value("Grpc-Timeout"); limit != "" {
			f.Found += ", with `grpc-timeout: " + short(limit) + "`"
		}
	case 12:
		f.At = faultline.AtPath("")
		f.Found = short(ex.Request.Path())
	}
	if fields := violatedFields(&f, s); len(fields) > 0 {
		return fields
	}
	return []faultline.Finding{f}
}

// violatedFields are the fields that a google.rpc.BadRequest names, each as a
// finding like f. The message itself is in a form that nobody here can read.
func violatedFields(f *faultline.Finding, s *rpc.Status) []faultline.Finding {
	var out []faultline.Finding
	for _, d := range s.Details {
		if !strings.HasSuffix(d.Type, "google.rpc.BadRequest") {
			continue
		}
		for _, m := range d.Members {
			for _, violation := range m.List {
				out = append(out, violatedField(*f, violation))
			}
		}
	}
	return out
}

func violatedField(f faultline.Finding, violation []rpc.Member) faultline.Finding {
	name, why := "", ""
	for _, m := range violation {
		switch m.Name {
		case "field":
			name = m.Text
		case "description":
			why = m.Text
		}
	}
	f.At = faultline.AtBody("/"+strings.NewReplacer("~", "~0", "/", "~1", ".", "/", "[", "/", "]", "").Replace(name), faultline.Span{})
	f.Message = "`" + short(name) + "` is refused"
	f.Brief = "`" + short(name) + "`"
	if why != "" {
		f.Message += ": " + short(why)
		f.Evidence = []faultline.Evidence{said(why)}
	}
	f.Rank = 50
	f.Detail.Field = name
	return f
}
