package faultline

// A Diagnosis is the ranked answer for one exchange. It has no findings if the
// exchange is healthy, or if it failed and stays unexplained: Failed tells.
type Diagnosis struct {
	Exchange    string
	Operation   string     // operationId or "METHOD /template" of the contract; empty if none matched
	Findings    []Finding  // the best first
	More        int        // findings beyond the limit, counted only
	Fingerprint string     // equal for calls that fail alike; empty without findings
	About       []Evidence // of a piece that stands for a call: what a bare token holds, what a status means
	Failed      bool       // the call failed, whether or not we know why
	Contract    string     // "orders.yaml 1.4.0"; empty if none was at hand
	RuledOut    []Rival
	Corrected   *Request      // the request with the remedies applied; nil if none can be built
	Checked     Applicability // of Corrected
	Looked      []string      // what was looked at, in words; for an unexplained failure
	Ranking     []Standing    // why the findings stand in this order; only if the engine was asked for it
	Unverified  string        // why the contract could not judge a part of the exchange, if so
}

// A Standing is the place of a finding in the order of a diagnosis, and what
// decided it.
type Standing struct {
	Cause    Slug
	At       Location
	Strength Strength
	Before   string // why it stands before the next; empty for the last
}

// Primary returns the best finding and whether there is one.
func (d *Diagnosis) Primary() (Finding, bool) {
	if d == nil || len(d.Findings) == 0 {
		return Finding{}, false
	}
	return d.Findings[0], true
}
