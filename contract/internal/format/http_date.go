package format

import "bytes"

const (
	dayNames   = "MonTueWedThuFriSatSun"
	monthNames = "JanFebMarAprMayJunJulAugSepOctNovDec"
)

// httpDate is HTTP-date of RFC 9110, section 5.6.7: its preferred form and the
// two that a recipient must accept as well. Letters' case counts.
func httpDate(b []byte) fault {
	if len(b) > 3 && b[3] == ' ' {
		return asctimeDate(b)
	}
	if len(b) > 3 && b[3] == ',' {
		return fixDate(b)
	}
	return rfc850Date(b)
}

// fixDate is IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT.
func fixDate(b []byte) fault {
	weekday := named(b, 0, dayNames)
	if weekday < 0 {
		return fault{0, "the name of the day is not one of Mon to Sun"}
	}
	if b[3] != ',' || len(b) < 5 || b[4] != ' ' {
		return fault{3, "a comma and a space follow the name of the day"}
	}
	day, month := two(b, 5), named(b, 8, monthNames)
	if day < 0 {
		return fault{5, "the day has two digits"}
	}
	if month < 0 || b[7] != ' ' || len(b) < 12 || b[11] != ' ' {
		return fault{7, "the month is one of Jan to Dec, between spaces"}
	}
	if len(b) < 16 || digits(b[12:16]) != 4 {
		return fault{12, "the year has four digits"}
	}
	return dayAndClock(b, weekday, two(b, 12)*100+two(b, 14), month+1, day, 16)
}

// rfc850Date has a day's full name and a year of two digits:
// Sunday, 06-Nov-94 08:49:37 GMT.
func rfc850Date(b []byte) fault {
	comma := bytes.IndexByte(b, ',')
	if comma < 0 || !fullDayName(b[:comma]) {
		return fault{0, "a date begins with the name of the day and a comma"}
	}
	rest := b[comma+1:]
	day, month := two(rest, 1), named(rest, 4, monthNames)
	if day < 1 || month < 0 || rest[0] != ' ' || rest[3] != '-' {
		return fault{comma + 1, "the day is written as 06-Nov-94"}
	}
	if len(rest) < 8 || rest[7] != '-' || two(rest, 8) < 0 {
		return fault{comma + 8, "the year has two digits"}
	}
	if day > daysIn(2000, month+1) {
		return fault{comma + 2, "the month has no such day"}
	}
	return clockGMT(rest, 10).from(comma + 1)
}

// asctimeDate is Sun Nov  6 08:49:37 1994.
func asctimeDate(b []byte) fault {
	weekday, month := named(b, 0, dayNames), named(b, 4, monthNames)
	if weekday < 0 {
		return fault{0, "the name of the day is not one of Mon to Sun"}
	}
	if month < 0 || len(b) < 8 || b[7] != ' ' {
		return fault{4, "the month is not one of Jan to Dec"}
	}
	day := two(b, 8)
	if len(b) > 9 && b[8] == ' ' && digit(b[9]) {
		day = int(b[9] - '0')
	}
	if day < 0 || len(b) < 11 || b[10] != ' ' {
		return fault{8, "the day has two places"}
	}
	if len(b) != 24 || digits(b[20:]) != 4 || b[19] != ' ' {
		return fault{len(b), "the year has four digits, and ends the date"}
	}
	n, f := clock(b[11:19])
	if f.is() || n != 8 {
		return fault{11, "the time is written as 08:49:37"}
	}
	return onWeekday(weekday, two(b, 20)*100+two(b, 22), month+1, day, 8)
}

func dayAndClock(b []byte, weekday, year, month, day, end int) fault {
	if f := onWeekday(weekday, year, month, day, 5); f.is() {
		return f
	}
	return clockGMT(b, end)
}

// onWeekday holds the name of the day to the date: RFC 5322, section 3.3.
func onWeekday(weekday, year, month, day, at int) fault {
	if day < 1 || day > daysIn(year, month) {
		return fault{at, "the month has no such day"}
	}
	if weekdayOf(year, month, day) != weekday {
		return fault{0, "the date is on another day of the week"}
	}
	return none
}

// weekdayOf counts from Monday, by Sakamoto's rule.
func weekdayOf(year, month, day int) int {
	shift := [...]int{0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}
	if month < 3 {
		year--
	}
	return (year + year/4 - year/100 + year/400 + shift[month-1] + day + 6 + 7) % 7
}

// clockGMT judges the end of a date, " 08:49:37 GMT", from at on.
func clockGMT(b []byte, at int) fault {
	if len(b) < at+9 || b[at] != ' ' {
		return fault{at, "the time is written as 08:49:37"}
	}
	if n, f := clock(b[at+1 : at+9]); f.is() || n != 8 {
		return fault{at + 1, "the time is written as 08:49:37"}
	}
	if string(b[at+9:]) != " GMT" {
		return fault{at + 9, "the zone is GMT"}
	}
	return none
}

// named is which of the names, three letters each, stands at i; -1 if none.
func named(b []byte, i int, names string) int {
	if i+3 > len(b) {
		return -1
	}
	for k := 0; k < len(names); k += 3 {
		if string(b[i:i+3]) == names[k:k+3] {
			return k / 3
		}
	}
	return -1
}

func fullDayName(b []byte) bool {
	switch string(b) {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday":
		return true
	}
	return false
}
