package format

// ipv4 is the dotted quad of RFC 2673, section 3.2. Leading zeros are refused:
// some read them as octal.
func ipv4(b []byte) fault { return dottedQuad(b, false) }

func dottedQuad(b []byte, zeros bool) fault {
	i := 0
	for part := range 4 {
		if part > 0 {
			if i == len(b) || b[i] != '.' {
				return fault{i, "an IPv4 address has four numbers between dots"}
			}
			i++
		}
		n, value := digits(b[i:]), 0
		switch {
		case n == 0:
			return fault{i, "an IPv4 address has four numbers between dots"}
		case n > 3:
			return fault{i, "a number is at most 255"}
		case n > 1 && b[i] == '0' && !zeros:
			return fault{i, "a number has no leading zero"}
		}
		for _, c := range b[i : i+n] {
			value = value*10 + int(c-'0')
		}
		if value > 255 {
			return fault{i, "a number is at most 255"}
		}
		i += n
	}
	if i < len(b) {
		return fault{i, "an IPv4 address ends after four numbers"}
	}
	return none
}

// ipv6 is the text form of RFC 4291, section 2.2. Zones belong to a machine
// and are not part of it.
func ipv6(b []byte) fault {
	_, _, f := ipv6Groups(b)
	return f
}

// ipv6Groups also tells how many groups are written out, the dotted end
// counting as two, and whether :: stands for others.
func ipv6Groups(b []byte) (groups int, short bool, f fault) {
	i := 0
	if len(b) >= 2 && b[0] == ':' && b[1] == ':' {
		short, i = true, 2
	}
	for i < len(b) {
		n := 0
		for i+n < len(b) && hexDigit(b[i+n]) {
			n++
		}
		if i+n < len(b) && b[i+n] == '.' {
			groups, f = groups+2, dottedQuad(b[i:], false).from(i)
			break
		}
		if n == 0 {
			return 0, false, fault{i, "a group has one to four hexadecimal digits"}
		}
		if n > 4 {
			return 0, false, fault{i + 4, "a group has one to four hexadecimal digits"}
		}
		groups++
		if i += n; i == len(b) {
			break
		}
		if b[i] != ':' {
			return 0, false, fault{i, "colons separate the groups of an IPv6 address"}
		}
		if i++; i == len(b) {
			return 0, false, fault{i, "a group is missing at the end"}
		}
		if b[i] == ':' {
			if short {
				return 0, false, fault{i, "the :: stands once"}
			}
			short = true
			i++
		}
	}
	switch {
	case f.is():
	case groups > 8 || short && groups > 7:
		f = fault{0, "an IPv6 address has eight groups, it has more"}
	case groups < 8 && !short:
		f = fault{len(b), "an IPv6 address has eight groups, it has fewer"}
	}
	return groups, short, f
}
