package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/near"
)

// A difference is something in which the call differs from its baseline, a call
// of the same operation that succeeded. Values of the baseline are never shown:
// it is another exchange, whose secrets nobody masks here.
type difference struct {
	slug   faultline.Slug // what it would be the cause of
	at     faultline.Location
	what   string // "header `x-tenant`"
	name   string // as the server may call it
	was    string // in the call that succeeded
	is     string // in this one
	remedy string
	patch  []faultline.Edit // what the remedy changes, if that is known
	weight int              // how much it tells: structure more than values
}

// How much differences tell. A value differs from call to call without a
// mistake, a type or a missing header rarely.
const (
	tellsValue     = 1
	tellsSpelling  = 2
	tellsStructure = 3
)

// mostDifferences bounds what is compared: two calls that differ in more are not alike.
const mostDifferences = 64

// comparison collects differences.
type comparison struct {
	here, there *Case
	out         []difference
}

// differences compares the call with its baseline.
func (c *Case) differences() []difference {
	if c.Baseline == nil {
		return nil
	}
	x := &comparison{here: c, there: &Case{Exchange: c.Baseline, Contract: c.Contract}}
	x.method()
	if len(x.out) > 0 {
		return x.out // calls of two methods differ in much else
	}
	x.path()
	unseen := x.here.Exchange.Unseen | x.there.Exchange.Unseen
	if unseen&faultline.UnseenRequestHeader == 0 {
		x.header()
	}
	x.query()
	if unseen&faultline.UnseenRequestBody == 0 {
		x.body()
	}
	x.claims()
	x.renames()
	return x.out
}

// renames makes one difference of two: what is absent and what is too much,
// under names that a typing error explains.
func (x *comparison) renames() {
	for i := range x.out {
		sent := &x.out[i]
		if sent.slug != "body.unknown-field" && sent.slug != "param.unknown" {
			continue
		}
		for j := range x.out {
			if absent := &x.out[j]; renamed(sent, absent) {
				sent.was, sent.is = "`"+short(absent.name)+"`", "`"+short(sent.name)+"`"
				sent.remedy = "rename to `" + short(absent.name) + "`"
				sent.patch = []faultline.Edit{{Op: "move", In: sent.at.In, From: pointerOrName(sent), Path: absent.at.Pointer, Name: absent.at.Name}}
				x.out = slices.Delete(x.out, j, j+1)
				x.renames()
				return
			}
		}
	}
}

func renamed(sent, absent *difference) bool {
	if sent.at.In != absent.at.In || absent.slug != "body.missing-field" && absent.slug != "param.missing" || len(sent.name) > 64 || len(absent.name) > 64 {
		return false
	}
	if parentShape(sent.at.Pointer) != parentShape(absent.at.Pointer) {
		return false
	}
	return near.Close(fold(sent.name), fold(absent.name))
}

func pointerOrName(d *difference) string {
	if d.at.In == faultline.InBody {
		return d.at.Pointer
	}
	return d.at.Name
}

func (x *comparison) add(d difference) {
	if len(x.out) < mostDifferences {
		x.out = append(x.out, d)
	}
}

func (x *comparison) method() {
	was, is := x.there.Exchange.Request.Method, x.here.Exchange.Request.Method
	if was == is || is == "" {
		return
	}
	x.add(difference{
		slug: "route.method-not-allowed", at: faultline.AtMethod(), what: "the method", name: is, was: was, is: is,
		remedy: "use " + was, weight: tellsStructure,
	})
}

func (x *comparison) path() {
	was, is := x.there.Exchange.Request.Path(), x.here.Exchange.Request.Path()
	d := difference{at: x.here.atPath(), what: "the path", was: was, is: is, weight: tellsStructure}
	switch {
	case was == is:
		return
	case strings.TrimSuffix(was, "/") == strings.TrimSuffix(is, "/"):
		d.slug, d.remedy = "route.trailing-slash", "write the path with the slash at its end that the server knows"
	case strings.HasSuffix(was, is) || strings.HasSuffix(is, was):
		d.slug, d.remedy = "route.base-path", "start the path as the call that succeeded does"
	default:
		segment, ok := oneSegment(was, is)
		if !ok {
			return
		}
		d.slug, d.name, d.remedy = "route.unknown-path", segment, "spell the path as the call that succeeded does"
	}
	x.add(d)
}

// oneSegment is the segment in which two paths of one length differ, if they
// differ in words and not in an identifier only.
func oneSegment(was, is string) (segment string, ok bool) {
	there, here := strings.Split(was, "/"), strings.Split(is, "/")
	if len(there) != len(here) {
		return "", false
	}
	for i := range here {
		if here[i] == there[i] || plainID(here[i]) && plainID(there[i]) {
			continue
		}
		if segment != "" {
			return "", false
		}
		segment = here[i]
	}
	return segment, segment != ""
}

// plainID reports whether a segment looks like an identifier: it has a digit.
func plainID(segment string) bool { return strings.ContainsAny(segment, "0123456789") }

// header compares names, and the values of the fields that steer a call.
func (x *comparison) header() {
	here, there := x.here.Exchange.Request.Header, x.there.Exchange.Request.Header
	for i, f := range there {
		if incidental(f.Name) || here.Has(f.Name) || i >= mostDifferences {
			continue
		}
		x.add(difference{
			slug: missingHeader(f.Name), at: faultline.AtHeader(f.Name), what: "the header `" + f.Name + "`", name: f.Name, was: "sent", is: "absent",
			remedy: "send `" + f.Name + "` as the call that succeeded does", weight: tellsStructure,
		})
	}
	if was, is := x.there.RequestType(), x.here.RequestType(); was != is && was != "" && is != "" {
		x.add(difference{
			slug: "content.type-unsupported", at: faultline.AtHeader("Content-Type"), what: "the Content-Type", name: "content-type", was: was, is: is,
			remedy: "send " + was, weight: tellsStructure,
		})
	}
	if was, is := scheme(there), scheme(here); was != is && was != "" && is != "" {
		x.add(difference{
			slug: "auth.scheme", at: faultline.AtHeader("Authorization"), what: "the scheme of Authorization", name: is, was: was, is: is,
			remedy: "send the credential under the scheme " + was, weight: tellsStructure,
		})
	}
}

// scheme is the word that an Authorization begins with, if there is another behind it.
func scheme(h faultline.Header) string {
	word, _, more := strings.Cut(strings.TrimSpace(h.Value("Authorization")), " ")
	if !more || !schemeName(word) {
		return ""
	}
	return word
}

func missingHeader(name string) faultline.Slug {
	switch strings.ToLower(name) {
	case "authorization", "cookie", "x-api-key", "api-key", "apikey":
		return "auth.missing"
	case "content-type":
		return "content.type-missing"
	}
	return "header.missing"
}

// incidentals are header fields that differ from call to call without meaning.
var incidentals = []string{
	"host", "date", "content-length", "user-agent", "accept", "accept-encoding", "accept-language", "connection", "keep-alive", "traceparent", "tracestate",
	"cache-control", "pragma", "referer", "origin", "via", "forwarded", "priority", "dnt", "te", "if-none-match", "if-modified-since", "expect",
	"transfer-encoding", "x-request-id", "x-correlation-id", "x-real-ip", "postman-token", "upgrade-insecure-requests", "x-amz-date", "proxy-connection",
}

func incidental(name string) bool {
	low := strings.ToLower(name)
	return slices.Contains(incidentals, low) || strings.HasPrefix(low, "sec-") || strings.HasPrefix(low, "x-forwarded-") || strings.HasPrefix(low, "x-b3-")
}

func (x *comparison) query() {
	here, there := x.here.queryFields(), x.there.queryFields()
	for i := range there {
		f := &there[i]
		if findHead(here, f.steps) == nil {
			x.add(difference{
				slug: "param.missing", at: faultline.AtQuery(f.name()), what: "the parameter `" + short(f.name()) + "`", name: f.name(), was: "sent", is: "absent",
				remedy: "send `" + short(f.name()) + "` as the call that succeeded does", weight: tellsStructure,
			})
		}
	}
	for i := range here {
		f := &here[i]
		d := difference{at: f.at(), what: "the parameter `" + short(f.name()) + "`", name: f.name()}
		switch twin := findHead(there, f.steps); {
		case twin == nil:
			d.slug, d.was, d.is, d.weight = "param.unknown", "absent", "sent", tellsStructure
			d.remedy = "leave `" + short(f.name()) + "` out"
		case wireType(twin.text) != wireType(f.text):
			d.slug, d.was, d.is, d.weight = "param.type", wireType(twin.text), wireType(f.text), tellsStructure
			d.remedy = "send " + article(wireType(twin.text))
		case twin.text != f.text:
			d.slug, d.was, d.is, d.weight = "param.value", "another value", "this value", tellsValue
			d.remedy = "try the value of the call that succeeded"
		default:
			continue
		}
		x.add(d)
	}
}

// wireType is what a text of the wire looks like.
func wireType(text string) string {
	switch {
	case text == "":
		return "empty text"
	case text == "true" || text == "false":
		return "boolean"
	case strings.Trim(text, "-0123456789.") == "" && strings.ContainsAny(text, "0123456789") && strings.Count(text, ".") < 2:
		return "number"
	}
	return "text"
}

// claims compares what two tokens say of themselves. Times are left out: the
// rules know them better.
func (x *comparison) claims() {
	cr, here, ok := x.here.token()
	_, there, also := x.there.token()
	if !ok || !also {
		return
	}
	d := difference{at: cr.at, weight: tellsStructure, remedy: "send a token like that of the call that succeeded"}
	for _, claim := range []struct {
		slug    faultline.Slug
		name    string
		was, is []string
	}{
		{"auth.token-issuer", "iss", []string{there.Issuer}, []string{here.Issuer}},
		{"auth.token-audience", "aud", there.Audience, here.Audience},
	} {
		if missing := notIn(claim.was, claim.is); len(missing) > 0 {
			d.slug, d.name, d.what = claim.slug, claim.name, "the token's `"+claim.name+"`"
			d.was, d.is = strings.Join(claim.was, " "), strings.Join(claim.is, " ")
			x.add(d)
		}
	}
}

// notIn are the members of a that b lacks.
func notIn(a, b []string) []string {
	var out []string
	for _, s := range a {
		if s != "" && !slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}
