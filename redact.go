package faultline

// A Redactor takes secrets out of exchanges and diagnoses before anybody keeps
// or shows them.
type Redactor struct {
	Key   []byte   // of the keyed hash by which equal secrets can be told apart; empty: no hash is shown
	Names []string // further names of fields and parameters that hold secrets
}

// Redact masks the secrets of the exchange and of its diagnosis in place and
// returns how many values it masked.
func (r *Redactor) Redact(ex *Exchange, d *Diagnosis) int { return 0 }
