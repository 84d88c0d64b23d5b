package guard

import (
	"strconv"
	"strings"
)

// format is a shape in which the guard's own answers are written.
type format uint8

const (
	asJSON format = iota
	asXML
	asHTML
	asText
)

// formats are the media types of the answers, the first one preferred where
// the client weighs two alike.
var formats = []struct {
	media   string // as it is sent
	accepts []string
	format  format
}{
	{"application/problem+json", []string{"application/problem+json", "application/json"}, asJSON},
	{"text/html; charset=utf-8", []string{"text/html", "application/xhtml+xml"}, asHTML},
	{"text/plain; charset=utf-8", []string{"text/plain"}, asText},
	{"application/problem+xml", []string{"application/problem+xml", "application/xml", "text/xml"}, asXML},
}

// maxAccept bounds the members of Accept that are read: browsers send ten.
const maxAccept = 64

// negotiate chooses by the Accept fields (RFC 9110, section 12.5.1). JSON is
// what everybody gets who does not prefer something else by name: a wildcard
// asks for nothing in particular, and a browser names text/html.
func negotiate(accept []string) (f format, media string) {
	ranges := parseAccept(accept)
	best, bestQ := 0, quality(ranges, formats[0].accepts)
	for i := 1; i < len(formats); i++ {
		if q := named(ranges, formats[i].accepts); q > bestQ || q == bestQ && q > 0 && named(ranges, formats[0].accepts) == 0 && best == 0 {
			best, bestQ = i, q
		}
	}
	return formats[best].format, formats[best].media
}

type mediaRange struct {
	media string // lower case, without parameters
	q     float64
}

func parseAccept(values []string) []mediaRange {
	var out []mediaRange
	for _, value := range values {
		for member := range strings.SplitSeq(value, ",") {
			media, params, _ := strings.Cut(member, ";")
			r := mediaRange{media: strings.ToLower(strings.TrimSpace(media)), q: 1}
			for param := range strings.SplitSeq(params, ";") {
				if name, v, ok := strings.Cut(strings.TrimSpace(param), "="); ok && strings.EqualFold(name, "q") {
					q, err := strconv.ParseFloat(v, 64)
					if err != nil || q < 0 || q > 1 {
						q = 0
					}
					r.q = q
				}
			}
			if r.media != "" && len(out) < maxAccept {
				out = append(out, r)
			}
		}
	}
	return out
}

// named is the best weight that the ranges give to one of the types by name.
func named(ranges []mediaRange, types []string) float64 {
	best := 0.0
	for _, r := range ranges {
		for _, t := range types {
			if r.media == t && r.q > best {
				best = r.q
			}
		}
	}
	return best
}

// quality is named, with wildcards counted; 1 if nothing was asked for.
func quality(ranges []mediaRange, types []string) float64 {
	if len(ranges) == 0 {
		return 1
	}
	best := named(ranges, types)
	for _, r := range ranges {
		if (r.media == "*/*" || r.media == "application/*") && r.q > best {
			best = r.q
		}
	}
	return best
}
