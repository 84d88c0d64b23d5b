package words

import "strings"

// ioTS is how io-ts reports: "Invalid value "three" supplied to : { nights: Int }/nights: Int". The path
// stands between slashes, each step with the type it should have.
// https://github.com/gcanti/io-ts/blob/master/index.md#error-reporters
var ioTS = compile(`^Invalid value (.{0,400}?) supplied to `)

// ofCodec reads such a sentence into a complaint.
func (c *Complaint) ofCodec(line string, value string) {
	_, codec, _ := strings.Cut(line, " supplied to ")
	c.Names, c.Values, c.Field, c.Subject, c.Told = nil, nil, nil, "", 0
	wanted := ""
	for _, step := range codecSteps(codec) {
		name, of, ok := strings.Cut(step, ": ")
		if ok && name != "" && !strings.Contains(wanted, " | ") {
			c.Field, wanted = append(c.Field, name), of
		}
	}
	switch {
	case value == "undefined":
		c.Kind = Missing
	case value == "null":
		c.Kind = Null
	case strings.Contains(wanted, `"`):
		c.Kind, c.Expected = Value, "one of "+unquoted(wanted)
	default:
		c.Kind, c.Expected = Type, wanted
	}
}

// codecSteps splits at the slashes that stand in no bracket.
func codecSteps(codec string) []string {
	var out []string
	depth, from := 0, 0
	for i := range len(codec) {
		switch codec[i] {
		case '{', '(', '<', '[':
			depth++
		case '}', ')', '>', ']':
			depth--
		case '/':
			if depth == 0 {
				out = append(out, codec[from:i])
				from = i + 1
			}
		}
	}
	return append(out, codec[from:])
}
