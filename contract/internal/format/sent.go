package format

import (
	"encoding/binary"
	"strings"
)

// Sends reports whether Sent may find texts of the format.
func (f *Format) Sends() bool { return f != nil && f.sent != nil }

// Sent finds a text of the format as it is sent in JSON: i is the byte behind
// the opening quote, and the result the one behind the closing quote. If it is
// -1, the text may be of the format all the same, and Valid knows.
func (f *Format) Sent(src []byte, i int) int { return f.sent(src, i) }

const unsure = -1

// eightDigits reads eight bytes that have digits where the mould has zeros, and
// elsewhere what the mould has. The digits are bytes of the result. limits is
// what is added to a byte for its high bit to be set if it is wrong.
func eightDigits(text []byte, mould string, limits uint64) (digits uint64, ok bool) {
	const highs = 0x8080808080808080
	digits = binary.LittleEndian.Uint64(text) ^ binary.LittleEndian.Uint64([]byte(mould))
	return digits, (digits|(digits+limits))&highs == 0
}

// couple is the number of two digits.
func couple(digits uint64, shift int) int {
	return int(digits>>shift&0xff)*10 + int(digits>>(shift+8)&0xff)
}

// dateFrontSent reads the ten bytes of a date.
func dateFrontSent(t []byte) bool {
	front, ok := eightDigits(t[:8], "0000-00-", 0x7f76767f76767676)
	tens, ones := t[8]-'0', t[9]-'0'
	if !ok || tens > 9 || ones > 9 {
		return false
	}
	month, day := couple(front, 40), int(tens)*10+int(ones)
	return month-1 < 12 && month > 0 && day > 0 && (day <= 28 || day <= daysIn(couple(front, 0)*100+couple(front, 16), month))
}

func dateSent(src []byte, i int) int {
	if len(src)-i < 11 || src[i+10] != '"' || !dateFrontSent(src[i:i+10]) {
		return unsure
	}
	return i + 11
}

// dateTimeSent leaves leap seconds to dateTime.
func dateTimeSent(src []byte, i int) int {
	if len(src)-i < 21 {
		return unsure
	}
	t := src[i : i+21 : i+21]
	clock, ok := eightDigits(t[11:19], "00:00:00", 0x76767f76767f7676)
	if !ok || t[10]|0x20 != 't' || couple(clock, 0) > 23 || couple(clock, 24) > 59 || couple(clock, 48) > 59 || !dateFrontSent(t[:10]) {
		return unsure
	}
	if t[19]|0x20 == 'z' && t[20] == '"' {
		return i + 21
	}
	i += 19
	if src[i] == '.' {
		n := digits(src[i+1:])
		if n == 0 {
			return unsure
		}
		i += 1 + n
	}
	return zoneSent(src, i)
}

func zoneSent(src []byte, i int) int {
	if len(src)-i >= 2 && src[i]|0x20 == 'z' && src[i+1] == '"' {
		return i + 2
	}
	if len(src)-i < 7 || src[i+6] != '"' {
		return unsure
	}
	if _, f := zone(src[i : i+6]); f.is() {
		return unsure
	}
	return i + 7
}

// What a byte of an address may be.
const (
	inLocal = 1 << iota // an atom before the @ (RFC 5322, section 3.2.3)
	inLabel             // of a host name
)

var inEmail = func() (table [256]uint8) {
	for c := range 128 {
		if alnum(byte(c)) {
			table[c] = inLocal | inLabel
		} else if strings.IndexByte(atomText, byte(c)) >= 0 {
			table[c] = inLocal
		}
	}
	table['-'] |= inLabel
	return table
}()

// emailSent leaves all that is quoted, in brackets, or has labels with two
// hyphens in a row or at an end to email.
func emailSent(src []byte, i int) int {
	at := atoms(src, i, inLocal)
	if at < 0 || src[at] != '@' || at-i > longestLocal {
		return unsure
	}
	end := atoms(src, at+1, inLabel)
	if end < 0 || src[end] != '"' || end-i > longestMailbox || end-at-1 > longestName {
		return unsure
	}
	return end + 1
}

// atoms goes over atoms of a class with dots between them, and returns the
// offset of what follows them.
func atoms(src []byte, i int, class uint8) int {
	for {
		first := i
		for i < len(src) && inEmail[src[i]]&class != 0 {
			if class == inLabel && src[i] == '-' && (i == first || src[i-1] == '-') {
				return unsure
			}
			i++
		}
		if i >= len(src) || i == first || class == inLabel && (i-first > longestLabel || src[i-1] == '-') {
			return unsure
		}
		if src[i] != '.' {
			return i
		}
		i++
	}
}
