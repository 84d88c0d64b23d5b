package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("header.too-large", headerTooLarge) }

// largeHead is the size of a head from which a bare 400 is likely about it:
// HAProxy, uWSGI and http.sys say no more.
const largeHead = 7 << 10

// headerTooLarge finds heads that a server or gateway does not take: 431 (RFC
// 6585, section 5), nginx's 494, or the words that servers use with 400 and 413.
func headerTooLarge(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 400 || status == 401 || status == 404 {
		return nil
	}
	name, size, all := c.largestField()
	aimed := status == 431 || status == 494 || status == 463
	switch {
	case all < len(c.Exchange.Request.Target) && len(c.Exchange.Request.Target) > longTarget:
		return nil // the request line is the larger part
	case c.answersTooLarge():
		return nil // of the answer, not of the request
	case aimed, status != 414 && c.says(saysLargeHead):
		return []faultline.Finding{c.largeHead(faultline.Proven, name, size, all)}
	case all > largeHead && (status == 400 || status == 413 && c.Exchange.Request.Body.Empty()) && c.bareRefusal():
		return []faultline.Finding{c.largeHead(faultline.Likely, name, size, all)}
	case all > largeHead && status == 502 && c.bareAnswer():
		// uWSGI closes the connection if a request does not fit its buffer of 4 KB.
		f := c.largeHead(faultline.Possible, name, size, all)
		f.Rank = 0
		f.Notes = []faultline.Note{{Label: "settle it", Text: "send the request with a short `" + short(name) + "`: if it passes, the size is the cause"}}
		return []faultline.Finding{f}
	}
	return nil
}

// largeHead blames the largest field, by its name and size alone: cookies and
// tokens are what grows.
func (c *Case) largeHead(s faultline.Strength, name string, size, all int) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.Location{In: faultline.InHeader},
		Message:  fmt.Sprintf("the headers are larger than the server takes: %d bytes", all),
		Brief:    fmt.Sprintf("headers of %d bytes", all),
		Expected: "smaller headers: most servers take 8 KB",
		Found:    fmt.Sprintf("%d header fields, %d bytes", len(c.Exchange.Request.Header), all),
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "send fewer and smaller headers", Applicability: faultline.Guess},
		Retry:    failsAlways,
		Rank:     deeper,
	}
	if limit := c.limitSaid(); limit != "" {
		f.Expected = limit
	}
	if name != "" && size > 256 {
		f.At = faultline.AtHeader(name)
		f.Message = fmt.Sprintf("the headers are larger than the server takes: `%s` alone has %d bytes", name, size)
		f.Brief = fmt.Sprintf("`%s` of %d bytes", name, size)
		f.Found = fmt.Sprintf("%d bytes in all, %d of them in `%s`", all, size, name)
		f.Remedy.Text = shrink(name)
	}
	f.Remedy.Steps = append([]faultline.Step{{Text: f.Remedy.Text}}, c.limitStep(headSize)...)
	return f
}

// shrink is how a header of the name becomes smaller.
func shrink(name string) string {
	switch strings.ToLower(name) {
	case "cookie":
		return "delete the cookies of this host, and find out what sets so many: sessions belong on the server"
	case "authorization":
		return "ask for a smaller token: fewer groups, roles and claims, or an opaque token"
	}
	return "send less in `" + name + "`, or send it in the body"
}
