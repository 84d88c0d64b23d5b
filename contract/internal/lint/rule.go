package lint

// A Rule is one sort of mistake that a description can have.
type Rule struct {
	Slug     string
	Severity Severity // of most of its findings
	Title    string   // "two paths match the same requests"
	Why      string   // what it does to verdicts
	Fix      string   // begins with a verb
	Section  string   // of the specification that says so

	// look finds the mistakes; nil for rules whose findings come from reading
	// the description, before there is anything to look at.
	look func(*check)
}

// Rules are all rules, in the order of their documentation.
func Rules() []*Rule { return rules }
