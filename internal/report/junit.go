package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/faultline-http/faultline"
)

// JUnit writes the XML that CI systems read as test results: a suite for each
// input, a case for each call. A call with findings failed, one that the
// contract could not judge was skipped, one that could not be read is an error.
//
// The counts stand in front of the cases, so nothing is written before Close.
type JUnit struct {
	w      io.Writer
	o      Options
	suites []junitSuite
}

// NewJUnit returns a writer of one document.
func NewJUnit(w io.Writer, o Options) *JUnit {
	return &JUnit{w: w, o: Options{All: o.All, Seen: o.Seen, Reflow: o.Reflow}}
}

type junitDocument struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string     `xml:"classname,attr"`
	Name    string     `xml:"name,attr"`
	File    string     `xml:"file,attr,omitempty"`
	Line    string     `xml:"line,attr,omitempty"`
	Failure *junitText `xml:"failure"`
	Error   *junitText `xml:"error"`
	Skipped *junitText `xml:"skipped"`
}

type junitText struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

// Add keeps the case of one exchange.
func (j *JUnit) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	file := ex.Labels[faultline.LabelFile]
	s := j.suite(file)
	path, _ := maskTarget(ex.Request.Path())
	call := ex.Request.Method + " " + path
	c := junitCase{Class: Options{}.clean(d.Operation), Name: Options{}.clean(ex.ID + " " + call), File: file, Line: ex.Labels[faultline.LabelLine]}
	if c.Class == "" {
		c.Class = Options{}.clean(call)
	}
	switch {
	case len(d.Findings) > 0 || d.Failed:
		failure, err := j.failure(ex, d)
		if err != nil {
			return err
		}
		c.Failure = failure
		s.Failures++
	case d.Unverified != "":
		c.Skipped = &junitText{Message: Options{}.clean(d.Unverified)}
		s.Skipped++
	}
	s.add(c)
	return nil
}

func (j *JUnit) failure(ex *faultline.Exchange, d *faultline.Diagnosis) (*junitText, error) {
	var text bytes.Buffer
	if err := Text(&text, ex, d, j.o); err != nil {
		return nil, err
	}
	out := &junitText{Type: "unexplained", Message: "the call failed, and no cause of the catalogue fits what was seen", Text: "\n" + text.String()}
	if len(d.Findings) == 0 {
		return out, nil
	}
	out.Type, out.Message = string(d.Findings[0].Cause.Slug), Options{}.clean(d.Findings[0].Message)
	if more := len(d.Findings) - 1 + d.More; more > 0 {
		out.Message += fmt.Sprintf(" (and %s more)", plural(more, "finding"))
	}
	return out, nil
}

// Unreadable keeps an error in the place of a case, in the suite of the input
// that is being read.
func (j *JUnit) Unreadable(e Unreadable) error {
	s := j.current()
	c := junitCase{Class: "input", Name: Options{}.clean(e.ID), Error: &junitText{Type: e.Kind, Message: Options{}.clean(e.Message)}}
	if e.Line > 0 {
		c.Line = fmt.Sprint(e.Line)
	}
	if c.Name == "" {
		c.Name = "not readable"
	}
	s.Errors++
	s.add(c)
	return nil
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	s.Cases = append(s.Cases, c)
}

// suite is that of a file; files come one after the other.
func (j *JUnit) suite(file string) *junitSuite {
	if file == "" || file == "-" {
		file = "stdin"
	}
	if n := len(j.suites); n == 0 || j.suites[n-1].Name != file {
		j.suites = append(j.suites, junitSuite{Name: file})
	}
	return &j.suites[len(j.suites)-1]
}

func (j *JUnit) current() *junitSuite {
	if len(j.suites) == 0 {
		return j.suite("")
	}
	return &j.suites[len(j.suites)-1]
}

// Close writes the document.
func (j *JUnit) Close() error {
	doc := junitDocument{Name: "faultline", Suites: j.suites}
	for i := range j.suites {
		s := &j.suites[i]
		doc.Tests, doc.Failures, doc.Errors, doc.Skipped = doc.Tests+s.Tests, doc.Failures+s.Failures, doc.Errors+s.Errors, doc.Skipped+s.Skipped
	}
	var out strings.Builder
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(j.w, out.String()+"\n")
	return err
}
