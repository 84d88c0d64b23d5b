package diagnose

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// fingerprint is equal for calls that fail alike: the same cause in the same
// operation at the same place, for the same party to mend. Values, ports, ids
// and words never enter, so that it stays the same from call to call and from
// version to version.
func fingerprint(c *causes.Case, f *faultline.Finding) string {
	h := sha256.New()
	for _, part := range []string{
		string(f.Cause.Slug), string(f.WhoActs()), operation(c),
		f.At.Side.String(), string(f.At.In), name(f.At), starred(f.At.Pointer),
	} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// operation names what was called: the contract's name for it, else method and
// path with everything that looks like an identifier starred.
func operation(c *causes.Case) string {
	if c.Match.Operation != nil {
		return c.Match.Operation.ID
	}
	return c.Exchange.Request.Method + " " + starred(c.Exchange.Request.Path())
}

// name leaves out the name of a path parameter: without a contract it is not
// known, and the place is in the operation already.
func name(at faultline.Location) string {
	if at.In == faultline.InPath {
		return ""
	}
	return strings.ToLower(at.Name)
}

// starred replaces the segments of a path or pointer that are identifiers or
// indices.
func starred(path string) string {
	if path == "" {
		return ""
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if identifier(s) {
			segments[i] = "*"
		}
	}
	return strings.Join(segments, "/")
}

// identifier tells 7, 2026-11-20, cus_42, a UUID and an address from words and
// from versions such as v1 and oauth2.
func identifier(segment string) bool {
	digits, letters, joined := 0, 0, false
	for _, r := range segment {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '@' || r == '%':
			return true
		case r == '_':
			joined = true
		case r == '-' || r == '.':
		default:
			letters++
		}
	}
	version := digits == len(segment)-1 && (segment[0] == 'v' || segment[0] == 'V')
	switch {
	case digits == 0:
		return len(segment) >= 32 // a long token without a digit
	case version || letters > 0 && digits < 2 && !joined:
		return false
	}
	return true
}
