package lexicon

// Grams are the pieces of three bytes that a text has. They tell of most phrases at
// once that the text does not have them.
type Grams [1 << (gramBits - 6)]uint64

// gramBits: an error document of a few hundred bytes leaves most of the bits unset.
const gramBits = 12

// GramsOf collects the pieces of a text.
func GramsOf(text string) *Grams {
	var g Grams
	for i := 0; i+shortest <= len(text); i++ {
		h := gram(text[i:])
		g[h>>6] |= 1 << (h & 63)
	}
	return &g
}

// May reports whether the text may have the phrase, letter by letter.
func (g *Grams) May(phrase string) bool {
	return len(phrase) < shortest || g.has(phrase) && g.has(phrase[len(phrase)-shortest:])
}

func (g *Grams) has(text string) bool {
	h := gram(text)
	return g[h>>6]&(1<<(h&63)) != 0
}

func gram(text string) uint32 {
	return (uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16) * 0x9e3779b1 >> (32 - gramBits)
}
