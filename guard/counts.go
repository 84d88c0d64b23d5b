package guard

// Counts is what a guard has seen so far.
type Counts struct {
	Seen         int64
	OK           int64            // answered, and nothing wrong
	Failed       int64            // blocked ones included
	Blocked      int64            // refused here; the server did not see them
	Unexplained  int64            // failed, and no cause was found
	Dropped      int64            // not delivered, because the sinks were too slow
	NotValidated map[string]int64 // by reason, in words: "too large"
}
