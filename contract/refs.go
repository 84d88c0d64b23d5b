package contract

import (
	"errors"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// data are the keywords whose values are no schemas: a $ref in them is part of
// an example.
var data = map[string]bool{"enum": true, "const": true, "default": true, "example": true, "examples": true}

// checkRefs follows all references of a schema, so that one to nothing is
// refused with the name that was likely meant before anything is compiled.
func (l *loader) checkRefs(n *yaml.Node) error {
	work := []*yaml.Node{n}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == nil || l.checked[n] {
			continue
		}
		l.checked[n] = true
		if n.Get("$id") != nil && l.v31 {
			continue // its references are relative to that address: the engine resolves them
		}
		if ref := refOf(n); ref != nil {
			target, err := l.docs.resolve(ref.Text, ref.Pos)
			if err != nil {
				return err
			}
			work = append(work, target)
		}
		work = append(work, n.Items...)
		for i := range n.Members {
			if m := &n.Members[i]; !data[m.Key] {
				work = append(work, m.Value)
			}
		}
	}
	return nil
}

// noticeUnusedRefs looks at what no operation leads to: a reference to nothing
// there breaks no call, but its author should know.
func (l *loader) noticeUnusedRefs() {
	noticed := map[faultline.Source]bool{} // an operation needs these
	for i := range l.c.notices {
		noticed[l.c.notices[i].Source] = true
	}
	work := []*yaml.Node{l.root}
	for len(work) > 0 && len(l.notices) < l.limits.Notices {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == nil || l.checked[n] {
			continue
		}
		l.checked[n] = true
		if n.Get("$id") != nil && l.v31 {
			continue
		}
		if ref := refOf(n); ref != nil {
			var broken *Error
			if _, err := l.docs.resolve(ref.Text, ref.Pos); errors.As(err, &broken) && !noticed[broken.Source()] {
				l.tolerateAt(broken.Source(), "reference-resolves", broken.Msg+", and no operation needs it", broken.Remedy)
			}
		}
		for i := len(n.Items) - 1; i >= 0; i-- {
			work = append(work, n.Items[i])
		}
		for i := len(n.Members) - 1; i >= 0; i-- {
			if m := &n.Members[i]; !data[m.Key] && !strings.HasPrefix(m.Key, "x-") && m.Key != "$id" {
				l.noticeFlag(m)
				work = append(work, m.Value)
			}
		}
	}
}
