package format

// A class is what RFC 5892 and RFC 5893 ask of a character. The table of them
// is made by TestClassTable from the files of the Unicode Character Database.
type class uint16

// status is the derived property of RFC 5892, section 3; unassigned code
// points count as disallowed, CONTEXTJ and CONTEXTO as one.
func (c class) status() class    { return c & 3 }
func (c class) virama() bool     { return c&4 != 0 }
func (c class) joining() class   { return c >> 3 & 7 }
func (c class) direction() class { return c >> 6 & 15 }

// composes reports whether NFC may join the character to one before it, or
// change their order.
func (c class) composes() bool { return c>>10&1 != 0 }

const (
	disallowed class = iota
	valid
	contextual
)

// The joining types of Unicode, section 9.2; others are none of these.
const (
	joinOther class = iota
	joinL
	joinR
	joinD
	joinT
)

// The Bidi classes of Unicode, annex 9; those that the rule lets nowhere are
// bidiOther.
const (
	bidiL class = iota
	bidiR
	bidiAL
	bidiAN
	bidiEN
	bidiES
	bidiCS
	bidiET
	bidiON
	bidiBN
	bidiNSM
	bidiOther
)

// classStep is the length of one entry of classTable: three bytes of the code
// point where a range begins, one of its class's place in classes.
const classStep = 4

// classOf looks a character up.
func classOf(r rune) class {
	return classes[classTable[entryOf(classTable, r)*classStep+3]]
}

// entryOf finds the range of a character.
func entryOf(table string, r rune) int {
	lo, hi := 0, len(table)/classStep
	for lo+1 < hi {
		mid := (lo + hi) / 2
		e := table[mid*classStep:]
		if rune(e[0])<<16|rune(e[1])<<8|rune(e[2]) <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}
