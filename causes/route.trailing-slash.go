package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("route.trailing-slash", trailingSlash) }

// trailingSlash needs no contract where the server redirects to the very path
// with the slash added or dropped: the redirect is the proof.
func trailingSlash(c *Case) []faultline.Finding {
	if c.preflight() {
		return nil // browsers follow no redirect there, so the slash is not the caller's to mend
	}
	path := c.Exchange.Request.Path()
	if to := c.locationPath(); slashOnly(path, to) {
		return []faultline.Finding{c.slashFinding(to, faultline.Proven, "the server redirects to it")}
	}
	if !c.Refused() {
		return nil
	}
	if c.Unrouted() && c.Match.Slash != "" {
		return []faultline.Finding{c.slashFinding(c.Match.Slash, faultline.Proven, "the contract has it")}
	}
	if c.BodySays("trailing slash", "end in a slash", "ends in a slash", "append_slash", "slash at the end") {
		return []faultline.Finding{c.slashFinding(otherSlash(path), faultline.Likely, "the server says so")}
	}
	return nil
}

func otherSlash(path string) string {
	if trimmed := strings.TrimSuffix(path, "/"); trimmed != path && trimmed != "" {
		return trimmed
	}
	return path + "/"
}

func (c *Case) slashFinding(to string, s faultline.Strength, why string) faultline.Finding {
	path := c.Exchange.Request.Path()
	word, brief := "with", "add the slash at the end"
	if len(to) < len(path) {
		word, brief = "without", "drop the slash at the end"
	}
	f := faultline.Finding{
		Strength: s,
		At:       c.atPath(),
		Message:  fmt.Sprintf("`%s` exists only %s the slash at its end", shownPath(path), word),
		Brief:    brief,
		Expected: shownPath(to),
		Found:    shownPath(path),
		Caret:    why,
		Remedy: faultline.Remedy{
			Text:          fmt.Sprintf("send the request to `%s`", shownPath(to)),
			Applicability: faultline.Guess,
			Patch:         newPath(to),
		},
	}
	if s == faultline.Proven {
		f.Remedy.Applicability = faultline.Checked
	}
	if c.Status() == 301 || c.Status() == 302 {
		// RFC 9110, section 15.4.2: for historical reasons a client may turn POST into GET.
		f.Notes = append(f.Notes, faultline.Note{
			Label: "note",
			Text:  fmt.Sprintf("many clients follow a %d with GET and without the body", c.Status()),
		})
	}
	return f
}
