// Package hop finds out who answered: which systems stand between a client and
// an API, and which of them wrote the answer at hand.
//
// The knowledge is data: one small file a system, with the marks that it leaves
// and what its own answers mean. docs/adding-a-gateway.md adds one.
//
//	r := hop.Read(hop.Answer{Status: 502, Header: h, Text: folded})
//	r.Writer  // who wrote the answer, nil if nothing tells
//	r.Tell    // what its words mean, nil if they say nothing known
package hop

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

// Kind is what sort of system it is. The order is that in which a call meets them.
type Kind uint8

// The kinds of systems on the way, from the client to the API.
const (
	Forward  Kind = iota // a proxy on the client's side: Squid
	Edge                 // a platform or CDN at the edge of the internet
	Firewall             // a web application firewall or bot filter
	Balancer             // a load balancer
	Gateway              // an API gateway
	Ingress              // a reverse proxy that only passes on
	Mesh                 // a sidecar
	Web                  // a web server, which passes on or answers by itself
	Origin               // the API itself: a framework or its server
)

// A Role is what a mark tells of the answer.
type Role uint8

// The three roles.
const (
	Passed Role = iota // the answer came through the system, or from it
	Wrote              // the system wrote the answer by itself
	Behind             // the answer is of somebody behind the system
)

// A Mark is a trace that a system leaves in answers: a header field, a piece of
// one, words of its own pages, or a piece of their markup.
type Mark struct {
	Field  string // name in lower case; "x-kong-*" stands for all that begin so
	Value  string // piece of the field's value in lower case; empty: any value
	Page   string // words that only its own pages have, as package lexicon writes phrases
	Markup string // piece of the HTML of its own pages, letter by letter
	Means  Role   // of a field; who has words of a page wrote it
}

// A Tell is what an answer of a system means.
type Tell struct {
	Status int            // 0: any failure
	Says   []string       // phrases, one of which is heard; none: the status says it
	Shared bool           // others say so as well: it counts if the system is known by a mark
	Vague  bool           // it is said of several causes: any other words go before
	Cause  faultline.Slug // what it means
	Fast   faultline.Slug // what it rather means if the answer came at once, and
	Slow   faultline.Slug // if it took long; empty: the same
	At     string         // a field of the request that it is about: "Host"
	Hint   string         // what it says more exactly, in our words; may be empty
}

// A Log is where a system writes down what happened to it.
type Log struct {
	Where string                    // "its error log"
	Lines map[faultline.Slug]string // the words to look for, by cause
}

// A System is a product or service that stands between client and API.
type System struct {
	Name  string // as its makers write it; empty: nobody in particular
	Kind  Kind
	Marks []Mark
	Tells []Tell
	Log   Log
}

// Line is what the system's log says for a cause; empty if that is not known.
func (s *System) Line(cause faultline.Slug) string { return s.Log.Lines[cause] }

// systems are all that are known; marks and tells of them are filed below.
var systems []*System

// add makes a system known. It is called when the package is loaded, and a
// mistake in the data stops every test.
func add(s System) {
	whole := named(s.Name)
	whole.Kind = s.Kind
	whole.Marks = append(whole.Marks, s.Marks...)
	whole.Tells = append(whole.Tells, s.Tells...)
	if s.Log.Where != "" {
		whole.Log = s.Log
	}
	for i := range s.Marks {
		fileMark(whole, &s.Marks[i])
	}
	for i := range s.Tells {
		fileTell(whole, &s.Tells[i])
	}
}

// named is the system with the name: what is known of one may stand in several files.
func named(name string) *System {
	for _, s := range systems {
		if s.Name == name {
			return s
		}
	}
	systems = append(systems, &System{Name: name})
	return systems[len(systems)-1]
}

func fileTell(s *System, t *Tell) {
	switch {
	case t.Cause == "" || len(t.Says) == 0 && !t.Shared:
		panic(fmt.Sprintf("hop: a tell of %s says nothing: %+v", s.Name, *t))
	case len(t.Says) == 0:
		bare = append(bare, heard{system: s, tell: t})
	default:
		said = append(said, heard{system: s, tell: t})
		book.Topic(s.Name, t.Says...)
	}
}

// book holds the words of all systems; said says whose its topics are.
var (
	book lexicon.Book
	said []heard
	bare []heard // tells that are a status alone
)

// heard is who says so, and what it means; tell is nil for words of a page.
type heard struct {
	system *System
	tell   *Tell
}

func fileMark(s *System, m *Mark) {
	switch {
	case m.Page != "":
		said = append(said, heard{system: s})
		book.Topic(s.Name, m.Page)
	case m.Markup != "":
		markups = append(markups, marked{s, m})
	case strings.HasSuffix(m.Field, "*"):
		prefixes = append(prefixes, marked{s, m})
	case m.Field == "" || m.Field != strings.ToLower(m.Field) || m.Value != strings.ToLower(m.Value):
		panic(fmt.Sprintf("hop: a mark of %s has no field, or capitals", s.Name))
	default:
		fields[m.Field] = append(fields[m.Field], marked{s, m})
	}
}

// marked is a mark and whose it is.
type marked struct {
	system *System
	mark   *Mark
}

// The marks in header fields, by name; those of a family of names; and those in
// the markup of pages.
var (
	fields   = map[string][]marked{}
	prefixes []marked
	markups  []marked
)

// All returns every known system, for documentation and tests.
func All() []*System { return systems }
