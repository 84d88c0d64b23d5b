package schema

import "github.com/faultline-http/faultline/contract/internal/format"

// The verdict program is flat: nodes and rules in lists, referring to each
// other by index. A node stands for a set of schemas that hold together for one
// value: what allOf and $ref bring together is one node, so that a value is
// read once however many schemas speak of it.
type verdict struct {
	nodes   []vnode
	sets    [][]ID // of each node: for the tape
	roots   map[ID]int32
	numbers []vnumber
	strings []vstring
	arrays  []varray
	objects []vobject
	guesses int // how many keys a run remembers to have followed another
}

// A vnode says what to do with a value of each kind: one of the codes below, or
// the index of a rule of that kind.
type vnode struct {
	kinds [6]int32 // by tape.Kind
}

const (
	refuse  = -1
	accept  = -2
	viaTape = -3
	// onlyTrue and onlyFalse are for booleans.
	onlyTrue  = 1
	onlyFalse = 0
)

// A vnumber holds for numbers. Those of few digits and decimals are judged by
// the scales.
type vnumber struct {
	scales [4]scale
	exact  int // numbers with fewer decimals are judged by their scale alone
	whole  bool
	rules  []*numRule
	lists  [][]constant // numbers of enums and constants, each list sorted
}

// A vstring holds for strings, and for names of members.
type vstring struct {
	min, max int
	more     bool       // more than the length is said
	runs     *classRuns // what is said, for texts as they are sent
	patterns []*pattern
	formats  []*format.Format
	lists    []*names
	short    *shortTexts    // what is said, for short texts as they are sent
	sent     *format.Format // what is said, for texts as they are sent
}

// A varray holds for arrays whose items can be judged one after the other.
type varray struct {
	min, max int
	prefix   []int32
	items    int32
	each     vvalue // items
	unique   bool
}

// A vobject holds for objects whose members can be judged one after the other.
type vobject struct {
	slots    []vslot
	names    *names  // of the slots
	guess    int     // where its memory of the order of keys begins
	required []int32 // beyond 64 slots
	needed   uint64  // up to 64 slots: those that are required
	deps     []vdep
	plain    bool // some slots, up to 64, nothing about names, no branches
	easy     bool // nothing about the whole but what is required
	counted  bool // min or max is said
	min, max int
	patterns []*pattern
	rest     []int32 // nodes for what is not declared, by the set of patterns that match
	other    vvalue  // the first of them
	free     bool    // no names are declared, and nothing is said of names
	naming   int32   // node for names, or refuse: not said
	pick     *vpick
}

type vslot struct {
	vvalue
	key    key
	bit    uint64 // in the set of the slots that were seen
	word   int    // of that set
	memory int    // what followed it last time
	sign   []byte // the name, if envelopes report failures by it
}

// A vvalue is what a node says, at hand where it is said of many values.
type vvalue struct {
	min, max             int // length of texts
	node                 int32
	text, number, object int32    // the codes of the node
	way                  way      // how texts are judged
	rule                 *vstring // of texts, if there is one
	members              *vobject // the plain rule of objects, if there is one
}

// A way is how a text is judged as it is sent. What that does not
// decide is judged by its rule.
type way uint8

const (
	byRule   way = iota
	byLength     // nothing else is said
	byShort
	byRuns
	byFormat
)

// slotOf is the slot of a name, or -1.
func (v *vobject) slotOf(name []byte) int {
	if len(v.slots) == 0 {
		return -1
	}
	return v.names.find(name)
}

// A vdep is dependentRequired.
type vdep struct {
	slot  int32
	needs []int32
}

// A vpick picks one of several objects by the text of a member.
type vpick struct {
	property string
	key      key
	table    map[string]int32 // objects, or codes
	other    int32            // for all else: an object, or a code
}

// holds reports whether a number keeps the rule.
func (v *vnumber) holds(text []byte) bool {
	d := parseDecimal(text)
	if v.whole && !d.integer() {
		return false
	}
	for _, r := range v.rules {
		if !r.valid(&d) {
			return false
		}
	}
	for _, list := range v.lists {
		if !numberIn(list, &d) {
			return false
		}
	}
	return true
}

// numberIn finds a number among sorted ones.
func numberIn(list []constant, d *decimal) bool {
	from, to := 0, len(list)
	for from < to {
		mid := int(uint(from+to) >> 1)
		switch c := d.compare(&list[mid].num); {
		case c == 0:
			return true
		case c < 0:
			to = mid
		default:
			from = mid + 1
		}
	}
	return false
}
