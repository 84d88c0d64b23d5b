package causes

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// serverClock is the time of the answer on the server's clock, and whether the
// server told it. RFC 9110, section 6.6.1: Date is when the answer was made.
func (c *Case) serverClock() (now time.Time, told bool) {
	if c.Exchange.Response != nil {
		if t, ok := httpDate(c.Exchange.Response.Header.Value("Date")); ok {
			return t, true
		}
	}
	return c.Exchange.Start, false
}

// httpDate reads the three forms of RFC 9110, section 5.6.7.
func httpDate(text string) (time.Time, bool) {
	if t, ok := fixdate(text); ok {
		return t, true
	}
	if len(text) < len(time.ANSIC) || text[0]|0x20 < 'a' || text[0]|0x20 > 'z' {
		return time.Time{}, false // every form begins with a day of the week
	}
	for _, layout := range []string{time.RFC1123, "Monday, 02-Jan-06 15:04:05 MST", time.ANSIC, time.RFC1123Z} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// fixdate reads the form that everybody sends: "Sun, 06 Nov 1994 08:49:37 GMT".
func fixdate(text string) (time.Time, bool) {
	if len(text) != len(time.RFC1123) || text[3:5] != ", " || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' || text[22] != ':' || text[25:] != " GMT" {
		return time.Time{}, false
	}
	month, day := strings.Index(months, text[8:11]), strings.Index(weekdays, text[:3])
	if month < 0 || month%3 != 0 || day < 0 || day%3 != 0 {
		return time.Time{}, false
	}
	var n [5]int // day, two digits of the year twice, and so on
	for i, at := range [...]int{5, 12, 14, 17, 20} {
		n[i] = twoDigits(text[at:])
	}
	second := twoDigits(text[23:])
	if n[0] < 1 || n[1] < 0 || n[2] < 0 || n[3] < 0 || n[3] > 23 || n[4] < 0 || n[4] > 59 || second < 0 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(n[1]*100+n[2], time.Month(month/3+1), n[0], n[3], n[4], second, 0, time.UTC)
	return t, t.Day() == n[0] // no 31 February
}

const (
	months   = "JanFebMarAprMayJunJulAugSepOctNovDec"
	weekdays = "MonTueWedThuFriSatSun"
)

// twoDigits is the number of two digits that a text begins with, -1 if it does not.
func twoDigits(text string) int {
	if text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9' {
		return -1
	}
	return int(text[0]-'0')*10 + int(text[1]-'0')
}

// A signedTime is a time that the client wrote into its request, for the server
// to compare with its own.
type signedTime struct {
	at   faultline.Location
	when time.Time
	name string
}

// signedTimes are the times that the request carries: in the fields and
// parameters of signature schemes, and in Date if something is signed.
func (c *Case) signedTimes() []signedTime {
	var out []signedTime
	r := &c.Exchange.Request
	signed := false
	for _, f := range r.Header {
		if f.Name == "" || !strings.Contains("NnEePp", f.Name[len(f.Name)-1:]) {
			continue // none of the names below
		}
		name := strings.ToLower(f.Name)
		switch {
		case name == "authorization":
			out = append(out, c.oauthTime(f.Value)...)
			scheme, _, _ := strings.Cut(strings.ToLower(f.Value), " ")
			signed = signed || scheme != "bearer" && scheme != "basic" && scheme != "token" && scheme != ""
		case strings.HasSuffix(name, "signature"):
			signed = true
			if t, ok := signatureTime(f.Value); ok {
				out = append(out, signedTime{faultline.AtHeader(f.Name), t, f.Name})
			}
		case name == "x-amz-date" || name == "x-goog-date" || name == "x-date" || name == "x-ms-date" || strings.HasSuffix(name, "timestamp") || strings.HasSuffix(name, "-time") && strings.HasPrefix(name, "x-"):
			if t, ok := anyTime(f.Value); ok {
				out = append(out, signedTime{faultline.AtHeader(f.Name), t, f.Name})
			}
		}
	}
	if signed {
		if date, ok := httpDate(r.Header.Value("Date")); ok {
			out = append(out, signedTime{faultline.AtHeader("Date"), date, "Date"})
		}
	}
	for _, p := range pairs(r.Query(), "&") {
		switch strings.ToLower(p.name) {
		case "timestamp", "oauth_timestamp", "ts", "x-amz-date", "x-goog-date", "_timestamp", "auth_timestamp":
			if t, ok := anyTime(p.value); ok {
				out = append(out, signedTime{faultline.AtQuery(p.name), t, p.name})
			}
		}
	}
	return out
}

// oauthTime reads oauth_timestamp of an OAuth 1.0 header (RFC 5849, section 3.1).
func (c *Case) oauthTime(value string) []signedTime {
	_, rest, found := strings.Cut(value, "oauth_timestamp=\"")
	text, _, closed := strings.Cut(rest, `"`)
	if t, ok := anyTime(text); found && closed && ok {
		return []signedTime{{faultline.AtHeader("Authorization"), t, "oauth_timestamp"}}
	}
	return nil
}

// signatureTime reads the time of a webhook signature: t=1795146302,v1=…
func signatureTime(value string) (time.Time, bool) {
	for part := range strings.SplitSeq(value, ",") {
		key, text, _ := strings.Cut(strings.TrimSpace(part), "=")
		if key == "t" || key == "ts" || key == "created" {
			return anyTime(text)
		}
	}
	return time.Time{}, false
}

// anyTime reads seconds or milliseconds since 1970, the compact form of Amazon,
// RFC 3339 and HTTP dates.
func anyTime(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		switch {
		case n > 1e8 && n < 1e11:
			return time.Unix(n, 0).UTC(), true
		case n >= 1e11 && n < 1e14:
			return time.UnixMilli(n).UTC(), true
		}
		return time.Time{}, false
	}
	if t, err := time.Parse("20060102T150405Z", text); err == nil {
		return t, true
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), true
	}
	return httpDate(text)
}

// A deadline is a moment after which a signed address is no longer good.
type deadline struct {
	at   faultline.Location
	when time.Time
	text string
}

// signedDeadline reads how long a presigned address lasts: Amazon and Google
// (date and seconds), Azure (se), and those with the moment itself.
func (c *Case) signedDeadline() (deadline, bool) {
	var began time.Time
	var lasts, name string
	var until deadline
	signed := false
	for _, p := range pairs(c.Exchange.Request.Query(), "&") {
		low := strings.ToLower(p.name)
		switch low {
		case "x-amz-date", "x-goog-date":
			began, _ = anyTime(p.value)
		case "x-amz-expires", "x-goog-expires":
			name, lasts = p.name, p.value
		case "expires", "expire", "exp", "se", "expiry", "expires_at":
			if t, ok := anyTime(unescape(p.value)); ok {
				until = deadline{faultline.AtQuery(p.name), t, p.name}
			}
		}
		signed = signed || strings.Contains(low, "signature") || low == "sig" || low == "token" || low == "hmac" || low == "hash"
	}
	if seconds, err := strconv.Atoi(lasts); err == nil && !began.IsZero() && seconds > 0 && seconds < 1e8 {
		return deadline{faultline.AtQuery(name), began.Add(time.Duration(seconds) * time.Second), fmt.Sprintf("%s=%d", name, seconds)}, signed
	}
	return until, signed && until.text != ""
}

// span is a duration in words: "52 s", "2 h 5 min", "3 days".
func span(d time.Duration) string {
	d = d.Abs()
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 10*time.Minute:
		return fmt.Sprintf("%d s", int(d.Round(time.Second)/time.Second))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute)/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Round(time.Hour)/time.Hour))
	}
	return fmt.Sprintf("%d days", int(d.Round(24*time.Hour)/(24*time.Hour)))
}

// clock is a time of day in UTC.
func clock(t time.Time) string { return t.UTC().Format("15:04:05Z") }

// stamp is a date and time in UTC.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
