package format

// fullTime is full-time of RFC 3339, section 5.6. A leap second is let pass
// where it would be 23:59:60 in UTC (section 5.7).
func fullTime(b []byte) fault {
	n, f := clock(b)
	if f.is() {
		return f
	}
	offset, f := zone(b[n:])
	if f.is() {
		return f.from(n)
	}
	const day = 24 * 60
	minutes := two(b, 0)*60 + two(b, 3)
	if two(b, 6) == 60 && (minutes-offset+day)%day != day-1 {
		return fault{6, "a leap second is at 23:59:60 in UTC"}
	}
	return none
}

// timeLocal is partial-time of RFC 3339, section 5.6.
func timeLocal(b []byte) fault {
	n, f := clock(b)
	if f.is() {
		return f
	}
	if n < len(b) {
		return fault{n, "a local time has no zone"}
	}
	return none
}

// clock judges partial-time and says where it ends.
func clock(b []byte) (int, fault) {
	if h := two(b, 0); h < 0 || h > 23 {
		return 0, fault{0, "the hour has two digits, 00 to 23"}
	}
	if len(b) < 3 || b[2] != ':' {
		return 0, fault{2, "a colon separates hour and minute"}
	}
	if m := two(b, 3); m < 0 || m > 59 {
		return 0, fault{3, "the minute has two digits, 00 to 59"}
	}
	if len(b) < 6 || b[5] != ':' {
		return 0, fault{5, "the seconds are missing"}
	}
	if s := two(b, 6); s < 0 || s > 60 {
		return 0, fault{6, "the second has two digits, 00 to 59"}
	}
	if len(b) == 8 || b[8] != '.' {
		return 8, none
	}
	n := digits(b[9:])
	if n == 0 {
		return 0, fault{9, "digits follow the point"}
	}
	return 9 + n, none
}

// zone is time-offset of RFC 3339, in minutes.
func zone(b []byte) (int, fault) {
	if len(b) == 0 {
		return 0, fault{0, "the time zone is missing"}
	}
	if b[0]|0x20 == 'z' {
		if len(b) > 1 {
			return 0, fault{1, "nothing follows the Z"}
		}
		return 0, none
	}
	if b[0] != '+' && b[0] != '-' {
		return 0, fault{0, "the time zone is Z, or hours and minutes such as +01:00"}
	}
	h, m := two(b, 1), two(b, 4)
	if h < 0 || h > 23 {
		return 0, fault{1, "the zone's hour has two digits, 00 to 23"}
	}
	if len(b) < 4 || b[3] != ':' {
		return 0, fault{3, "a colon separates the zone's hour and minute"}
	}
	if m < 0 || m > 59 {
		return 0, fault{4, "the zone's minute has two digits, 00 to 59"}
	}
	if len(b) > 6 {
		return 0, fault{6, "nothing follows the time zone"}
	}
	if b[0] == '-' {
		return -h*60 - m, none
	}
	return h*60 + m, none
}

// duration is the duration of RFC 3339, appendix A.
func duration(b []byte) fault {
	if len(b) == 0 || b[0] != 'P' {
		return fault{0, "a duration begins with P"}
	}
	if n := digits(b[1:]); n > 0 && n+1 < len(b) && b[n+1] == 'W' {
		if n+2 < len(b) {
			return fault{n + 2, "weeks stand alone"}
		}
		return none
	}
	i, f := units(b, 1, "YMD")
	if f.is() {
		return f
	}
	if i == len(b) {
		if i == 1 {
			return fault{1, "a number with its unit is missing"}
		}
		return none
	}
	if b[i] != 'T' {
		return fault{i, "the units are Y, M, D and, after a T, H, M, S"}
	}
	end, f := units(b, i+1, "HMS")
	switch {
	case f.is():
		return f
	case end == i+1:
		return fault{end, "a number with its unit follows the T"}
	case end < len(b):
		return fault{end, "the units after the T are H, M, S"}
	}
	return none
}

// units reads numbers with units in their order from i on, and says where they
// end. None may be left out between two: P1Y2D is no duration.
func units(b []byte, i int, names string) (int, fault) {
	next := -1
	for i < len(b) {
		n := digits(b[i:])
		if n == 0 {
			return i, none
		}
		if i+n == len(b) {
			return 0, fault{i + n, "the unit is missing"}
		}
		unit := -1
		for k := range len(names) {
			if b[i+n] == names[k] {
				unit = k
			}
		}
		switch {
		case unit < 0:
			return 0, fault{i + n, "the units are Y, M, D and, after a T, H, M, S"}
		case next >= 0 && unit < next:
			return 0, fault{i + n, "the units stand in another order"}
		case next >= 0 && unit > next:
			return 0, fault{i, "a unit between two others is left out"}
		}
		next = unit + 1
		i += n + 1
	}
	return i, none
}
