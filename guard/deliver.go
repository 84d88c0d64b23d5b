package guard

import (
	"strconv"

	"github.com/faultline-http/faultline"
)

// deliver hands the call to the sinks that want it.
func (c *Call) deliver(failed bool) {
	defer c.caught()
	q := c.guard.queue
	if !failed {
		if !q.wantsHealthy {
			return
		}
		c.keep()
		c.d = c.healthy()
	}
	if q.items == nil {
		return
	}
	if c.refused {
		c.kept.Timing = c.Exchange.Timing // what the answer itself took is known by now
	} else {
		c.redact()
	}
	c.labels()
	q.put(c.kept, c.d, !failed)
}

// redact masks the secrets of what is kept, those that the contract names among them.
func (c *Call) redact() {
	c.masked = c.rules.redactorFor(c.match.Operation).Redact(c.kept, c.d)
}

// labels says in the exchange what was done to it.
func (c *Call) labels() {
	if c.action != "" {
		c.label(faultline.LabelAction, c.action)
	}
	if c.retried {
		c.label(faultline.LabelRetried, "1")
	}
	if c.masked > 0 {
		c.label(faultline.LabelMasked, strconv.Itoa(c.masked))
	}
	c.labelWatched()
	for _, o := range []outcome{c.request, c.answer} {
		if o.told() {
			c.label(faultline.LabelNotValidated, reasons[o])
			return
		}
	}
}

func (c *Call) label(name, value string) {
	if c.kept.Labels == nil {
		c.kept.Labels = map[string]string{}
	}
	c.kept.Labels[name] = value
}
