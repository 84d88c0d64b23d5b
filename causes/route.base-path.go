package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("route.base-path", basePath) }

// basePath needs the contract's servers to be sure. Without a contract only a
// prefix that stands there twice is told: `/v1/v1/orders`.
func basePath(c *Case) []faultline.Finding {
	if !c.Refused() {
		return nil
	}
	if c.Unrouted() && c.Match.Base != "" {
		return []faultline.Finding{c.baseFinding(c.Match.Base, faultline.Proven)}
	}
	if c.Contract != nil || c.Status() != 404 {
		return nil
	}
	if once := undoubled(c.Exchange.Request.Path()); once != "" {
		return []faultline.Finding{c.baseFinding(once, faultline.Likely)}
	}
	return nil
}

// undoubled is the path with a leading run of one to three segments that
// stands there twice in a row written once; "" if there is none. Runs of
// digits alone are identifiers, not prefixes.
func undoubled(path string) string {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for n := 1; n <= 3 && 2*n < len(segments); n++ {
		head, next := strings.Join(segments[:n], "/"), strings.Join(segments[n:2*n], "/")
		if head == next && strings.Trim(head, "0123456789/") != "" {
			return "/" + strings.Join(segments[n:], "/")
		}
	}
	return ""
}

func (c *Case) baseFinding(to string, s faultline.Strength) faultline.Finding {
	path := c.Exchange.Request.Path()
	what := "has a wrong prefix"
	switch {
	case strings.HasSuffix(to, path):
		what = fmt.Sprintf("lacks the prefix `%s`", strings.TrimSuffix(to, path))
	case strings.HasSuffix(path, to):
		what = fmt.Sprintf("has a prefix too many: `%s`", strings.TrimSuffix(path, to))
	}
	f := faultline.Finding{
		Strength: s,
		At:       c.atPath(),
		Message:  fmt.Sprintf("`%s` %s", shownPath(path), what),
		Brief:    shownPath(to),
		Expected: shownPath(to),
		Found:    shownPath(path),
		Remedy: faultline.Remedy{
			Text:          fmt.Sprintf("send the request to `%s`", shownPath(to)),
			Applicability: faultline.Guess,
			Patch:         newPath(to),
		},
		// A path without its prefix is also a path that is not there: this says more.
		Rank: 20,
	}
	if s == faultline.Proven {
		f.Caret = "the contract's servers say where it begins"
		f.Remedy.Applicability = faultline.Checked
	}
	return f
}
