package report

import (
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// row is a line of the tail: one exchange, repeats of one, or calls that went
// well.
type row struct {
	at      time.Time
	id      string
	party   faultline.Party
	code    string
	took    time.Duration
	request string
	why     string
	badge   string
	count   int // of repeats

	key     string
	dirty   bool
	marked  bool          // chosen with a key
	written time.Time     // when a line was last added for it
	last    time.Time     // when it happened last
	sum     time.Duration // of the times of calls that went well
}

// columns are the widths of the tail's table. 0: the column is dropped.
type columns struct {
	time, id, who, ms, request int
	why                        int // 0: never cut
	badge                      int // column in which badges stand, counted from WHY
}

const (
	whoColumns  = 7 // the longest party but one
	whoFull     = len(faultline.Environment)
	fullFrom    = 100 // columns of a terminal with room for it
	codeColumns = 4
	msColumns   = 5
	gap         = 2

	// badgeColumns are kept free for badges at the end of a line.
	badgeColumns = 14

	// whyWanted is the room for WHY below which other columns are dropped: a
	// cause and a few words.
	whyWanted = 30

	requestColumns = 20
	requestNarrow  = 16 // where every column counts
	idNarrow       = 5  // any unique beginning of an id will do
)

// fit drops MS, then TIME, then shortens WHY, until a line fits.
func fit(o *TailOptions) columns {
	c := columns{time: 8, id: o.IDWidth, who: whoColumns, ms: msColumns, request: o.RequestWidth}
	if o.FullParty && (o.Width == 0 || o.Width >= fullFrom) {
		c.who = whoFull
	}
	if o.NoMS {
		c.ms = 0
	}
	if o.Width == 0 {
		c.badge = MaxWidth - badgeColumns - c.before()
		return c
	}
	if o.Width-c.before() < whyWanted {
		c.ms = 0
	}
	if o.Width-c.before() < whyWanted {
		c.time = 0
	}
	if o.Width-c.before() < whyWanted {
		c.request = min(c.request, requestNarrow)
	}
	if o.Width-c.before() < whyWanted {
		c.id = min(c.id, idNarrow)
	}
	c.why = o.Width - c.before()
	c.badge = max(c.why-badgeColumns, 0)
	return c
}

// before is the width of all columns in front of WHY.
func (c columns) before() int {
	n := c.id + gap + c.who + gap + codeColumns + c.request + gap
	if c.time > 0 {
		n += c.time + gap
	}
	if c.ms > 0 {
		return n + c.ms + gap
	}
	return n + 1
}

func (c columns) head() []piece {
	r := row{id: "ID", party: "WHO", code: "CODE", request: "REQUEST", why: "WHY"}
	return c.line(Options{}, &r, "TIME", "MS", false)
}

func (c columns) row(o Options, r *row, zone *time.Location) []piece {
	return c.line(o, r, r.at.In(zone).Format("15:04:05"), millis(r.took), true)
}

func (c columns) line(o Options, r *row, clock, ms string, colored bool) []piece {
	who, id := piece{text: partyName(r.party, c.who)}, piece{text: strings.ToValidUTF8(r.id[:min(len(r.id), c.id)], "")}
	if colored && r.party != "-" {
		who.ink, id.ink = inkOf(r.party), cyan
	}
	var out []piece
	if c.time > 0 {
		out = append(out, say(padded(clock, c.time)+"  "))
	}
	mark := strings.Repeat(" ", gap)
	if r.marked {
		mark = "< "
	}
	out = append(out, id, say(strings.Repeat(" ", max(0, c.id-len(id.text)))+mark), who, say(strings.Repeat(" ", max(0, c.who-len(who.text))+gap)))
	if c.ms > 0 {
		out = append(out, say(leftPadded(r.code, codeColumns)+leftPadded(ms, c.ms)+"  "))
	} else {
		out = append(out, say(padded(r.code, codeColumns)+" "))
	}
	request := o.clean(r.request)
	if c.why > 0 {
		request = o.cut(request, c.request)
	}
	out = append(out, say(padded(request, c.request)+"  "))
	return append(out, c.tailEnd(o, r)...)
}

// tailEnd is WHY and the badges. Badges keep their column unless that would
// cut WHY, and are never cut themselves.
func (c columns) tailEnd(o Options, r *row) []piece {
	text, badge := o.clean(r.why), o.clean(r.badges())
	var end []piece
	if c.why > 0 {
		room := c.why
		if badge != "" {
			room -= width(badge) + gap
		}
		text = o.cut(text, max(room, 0))
	}
	if badge != "" {
		space := max(gap, c.badge-width(text))
		if c.why > 0 {
			space = max(gap, min(space, c.why-width(text)-width(badge)))
		}
		end = []piece{say(strings.Repeat(" ", space) + badge)}
	}
	if slug, rest, ok := strings.Cut(text, " ok"); ok && r.party == "-" {
		return append([]piece{say(slug + " "), {text: "ok", ink: green}, say(rest)}, end...)
	}
	return append([]piece{say(text)}, end...)
}

func (r *row) badges() string {
	if r.count < 2 || r.party == "-" {
		return r.badge
	}
	return strings.TrimRight("×"+itoa(r.count)+" "+r.badge, " ")
}

// partyName shortens the one party whose name is too long for its column.
func partyName(p faultline.Party, columns int) string {
	if p == faultline.Environment && len(p) > columns {
		return "environ"
	}
	if p == "" {
		return "-"
	}
	return string(p)
}

func leftPadded(s string, columns int) string {
	return strings.Repeat(" ", max(0, columns-width(s))) + s
}
