package faultline

// The labels by which an exchange says what we did to it ourselves. Nobody may
// take our doing for that of the server.
const (
	LabelAction       = "faultline.action"        // ActionBlocked, ActionWarned, ActionAnswered
	LabelRetried      = "faultline.retried"       // how often we sent the call again: "1"
	LabelNotValidated = "faultline.not-validated" // why no contract was applied: "too large"
	LabelMasked       = "faultline.masked"        // how many secrets were masked: "3"
)

// The labels by which an exchange says where it was read from.
const (
	LabelFile = "faultline.file" // name of the file, as it was given
	LabelLine = "faultline.line" // 1-based line in it on which the exchange begins
)

// The actions that LabelAction names.
const (
	ActionBlocked  = "blocked"  // the request was refused here; the server did not see it
	ActionWarned   = "warned"   // it went on although the contract refuses it
	ActionAnswered = "answered" // the answer is ours, since the server gave none that could be used
)
