package wire

// The sets of RFC 9110, section 5.6.2 and 5.5, as tables: every byte of every
// head is looked up here.
var (
	tokenByte [256]bool // tchar
	valueByte [256]bool // field-vchar, SP and HTAB; obs-text is taken as opaque
	hostByte  [256]bool // of uri-host and port (RFC 3986, section 3.2.2)
	formByte  [256]bool // of names in application/x-www-form-urlencoded
)

func init() {
	for c := range 256 {
		alnum := '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		tokenByte[c], hostByte[c] = alnum, alnum
		valueByte[c] = c == '\t' || c >= ' ' && c != 0x7f
	}
	for _, c := range []byte("!#$%&'*+-.^_`|~") {
		tokenByte[c] = true
	}
	for _, c := range []byte("-._~!$&'()*+,;=%:[]") {
		hostByte[c] = true
	}
	formByte = tokenByte
	for _, c := range []byte("[]") {
		formByte[c] = true
	}
}

// firstNot returns the index of the first byte that is not in the set, or -1.
func firstNot(s string, set *[256]bool) int {
	for i := range len(s) {
		if !set[s[i]] {
			return i
		}
	}
	return -1
}

// trimOWS removes optional white space (RFC 9110, section 5.6.3) at both ends.
func trimOWS(s string) string {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}

// lowerEqual reports whether s equals the lower-case word without regard to case.
func lowerEqual(s, word string) bool {
	if len(s) != len(word) {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != word[i] {
			return false
		}
	}
	return true
}
