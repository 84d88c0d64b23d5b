package format

// digit reports whether c is one of 0 to 9.
func digit(c byte) bool { return c-'0' <= 9 }

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func alnum(c byte) bool { return digit(c) || letter(c) }

func hexDigit(c byte) bool { return digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

// digits is how many digits b begins with.
func digits(b []byte) int {
	n := 0
	for n < len(b) && digit(b[n]) {
		n++
	}
	return n
}

// two is the number of two digits at i, -1 if there are none.
func two(b []byte, i int) int {
	if i+1 >= len(b) || !digit(b[i]) || !digit(b[i+1]) {
		return -1
	}
	return int(b[i]-'0')*10 + int(b[i+1]-'0')
}

// date is full-date of RFC 3339, section 5.6.
func date(b []byte) fault {
	if f := dateFront(b); f.is() {
		return f
	}
	if len(b) > 10 {
		return fault{10, "a date ends after the day"}
	}
	return none
}

// dateFront judges the ten bytes in front.
func dateFront(b []byte) fault {
	if digits(b) != 4 {
		return fault{0, "a date begins with a year of four digits"}
	}
	if len(b) < 5 || b[4] != '-' {
		return fault{4, "a hyphen separates year and month"}
	}
	month := two(b, 5)
	if month < 1 || month > 12 {
		return fault{5, "the month has two digits, 01 to 12"}
	}
	if len(b) < 8 || b[7] != '-' {
		return fault{7, "a hyphen separates month and day"}
	}
	day := two(b, 8)
	if day < 1 || day > 31 {
		return fault{8, "the day has two digits, 01 to 31"}
	}
	if day > daysIn(two(b, 0)*100+two(b, 2), month) {
		return fault{8, "the month has no such day"}
	}
	return none
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// dateTime is date-time of RFC 3339, section 5.6.
func dateTime(b []byte) fault {
	if f := dateThenT(b); f.is() {
		return f
	}
	return fullTime(b[11:]).from(11)
}

// dateTimeLocal is date-time without time-offset, as in the registry.
func dateTimeLocal(b []byte) fault {
	if f := dateThenT(b); f.is() {
		return f
	}
	return timeLocal(b[11:]).from(11)
}

func dateThenT(b []byte) fault {
	if f := dateFront(b); f.is() {
		return f
	}
	if len(b) == 10 {
		return fault{10, "the time is missing"}
	}
	if b[10]|0x20 != 't' {
		return fault{10, "the letter T separates date and time"}
	}
	return none
}
