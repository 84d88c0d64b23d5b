package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("server.error", serverError) }

// serverError is the symptom itself: it is said only where the exchange shows
// nothing deeper, so every other finding of the same strength goes before it.
func serverError(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 500 {
		return nil
	}
	return []faultline.Finding{{
		Strength: faultline.Possible,
		At:       faultline.AtStatus(),
		Message:  fmt.Sprintf("the server answered %d and does not say why", status),
		Expected: "an answer below 500",
		Found:    fmt.Sprintf("status %d", status),
		Rank:     symptom,
	}}
}

// symptom is the rank of a finding that only repeats what the status says.
const symptom = -100
