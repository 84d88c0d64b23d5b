package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// Counts is how many calls were seen, and what came of them.
type Counts struct {
	Seen, OK, Failed, Blocked, Unexplained int
}

func (c *Counts) add(ex *faultline.Exchange, d *faultline.Diagnosis) {
	c.Seen++
	if !failed(d) {
		c.OK++
		return
	}
	c.Failed++
	if ex.Labels[faultline.LabelAction] == faultline.ActionBlocked {
		c.Blocked++
	}
	if len(d.Findings) == 0 {
		c.Unexplained++
	}
}

// share is the part of the calls that failed: "6.8 %".
func (c *Counts) share() string {
	if c.Seen == 0 {
		return "0 %"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(c.Failed)/float64(c.Seen))
}

func failed(d *faultline.Diagnosis) bool { return d.Failed || len(d.Findings) > 0 }

// groupOf is equal for calls that fail alike. Calls without a cause are alike
// if the same operation answers with the same status.
func groupOf(ex *faultline.Exchange, d *faultline.Diagnosis) string {
	if d.Fingerprint != "" {
		return d.Fingerprint
	}
	f, _ := d.Primary()
	return strings.Join([]string{string(f.Cause.Slug), string(f.WhoActs()), operationOf(ex, d), statusCode(ex)}, " ")
}

// operationOf names what was called: the operation, or method and path as sent.
func operationOf(ex *faultline.Exchange, d *faultline.Diagnosis) string {
	if d.Operation != "" {
		return d.Operation
	}
	return ex.Request.Method + " " + ex.Request.Path()
}

// badges say what was done to the call by us, so that nobody takes it for the
// server's doing.
func badges(ex *faultline.Exchange) string {
	var out []string
	switch ex.Labels[faultline.LabelAction] {
	case faultline.ActionBlocked:
		out = append(out, "blocked")
	case faultline.ActionWarned:
		out = append(out, "warn")
	}
	if n := ex.Labels[faultline.LabelRetried]; n != "" {
		out = append(out, "retried "+n)
	}
	return strings.Join(out, " ")
}

// why is the cause and what a table has room for: "limit.rate wait 20 s".
func why(d *faultline.Diagnosis) string {
	f, ok := d.Primary()
	if !ok {
		return "unexplained"
	}
	text := string(f.Cause.Slug)
	if f.Brief != "" {
		text += " " + f.Brief
	}
	if more := len(d.Findings) - 1 + d.More; more > 0 {
		text += fmt.Sprintf(" (+%d more)", more)
	}
	return text
}

// millis is a duration in a column of four: "41", "9999", "12 s".
func millis(d time.Duration) string {
	switch {
	case d <= 0:
		return "-"
	case d < 10*time.Second:
		return strconv.FormatInt(max(1, d.Milliseconds()), 10)
	case d < 1000*time.Second:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	return fmt.Sprintf("%dm", int(d.Minutes()))
}

// spell says a duration as people do: "12 min 4 s".
func spell(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", max(0, int(d.Seconds())))
	case d < time.Hour:
		return join2(int(d.Minutes()), "min", int(d.Seconds())%60, "s")
	}
	return join2(int(d.Hours()), "h", int(d.Minutes())%60, "min")
}

func join2(a int, aUnit string, b int, bUnit string) string {
	if b == 0 {
		return fmt.Sprintf("%d %s", a, aUnit)
	}
	return fmt.Sprintf("%d %s %d %s", a, aUnit, b, bUnit)
}

// cut shortens a text to the columns, which it has been cleaned for.
func (o Options) cut(s string, columns int) string {
	if width(s) <= columns {
		return s
	}
	dots := o.clean("…")
	kept := firstColumns(o.cells(s, 0, columns+1), max(0, columns-width(dots)))
	return join(kept) + dots
}

// cutWords is cut, but never inside code that has a word before it, and at the
// end of a word if that leaves at least two thirds of the room filled.
func (o Options) cutWords(s string, columns int) string {
	if width(s) <= columns {
		return s
	}
	dots := o.clean("…")
	kept := join(firstColumns(o.cells(s, 0, columns+1), max(0, columns-width(dots))))
	best, code := 0, false
	for i := range len(kept) {
		switch {
		case kept[i] == '`':
			code = !code
		case kept[i] == ' ' && !code:
			best = i
		}
	}
	if best == 0 || !code && width(kept[:best]) < columns*2/3 {
		return kept + dots
	}
	return strings.TrimRight(kept[:best], ",;:") + dots
}
