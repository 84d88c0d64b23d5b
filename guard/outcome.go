package guard

// An outcome is what came of holding one message to the contract: it keeps it,
// breaks it, or was not held to it for a reason.
type outcome uint8

const (
	pending outcome = iota // not asked yet
	keeps
	breaks
	noContract
	undescribed
	notSupported
	tooLarge
	cutOff
	notDecoded
	notRead
	notHTTP
	refusedUnread
	ownAnswer
	noAnswer
	noContent
	upgraded
	mishap
	outcomes // how many there are
)

// Why a message was not held to the contract.
const (
	NoContract   = "no contract"                // there is none
	Undescribed  = "no operation"               // the contract has no operation for the request
	NotSupported = "operation is unverified"    // the contract holds something that cannot be judged yet
	TooLarge     = "too large"                  // the body is over the limit, as it travels or decoded
	CutOff       = "cut off"                    // the body broke off
	NotDecoded   = "coding not supported"       // the content coding of the body is not known
	NotRead      = "form is not judged"         // the body has a media type that no schema is held against
	NotHTTP      = "not well-formed"            // the request is no HTTP from some byte on
	Unread       = "refused before it was read" // by the front
	OwnAnswer    = "answered here"              // the answer is the guard's own
	NoAnswer     = "no answer"                  // none came
	Upgraded     = "upgraded"                   // the connection changed its protocol: what passes then is no answer any more
	Mishap       = "mistake in faultline"       // we failed; see Counts.Mishaps
	NoContent    = "answered without content"   // to HEAD, and with 304: what the contract describes is not there
)

var reasons = [outcomes]string{
	noContract: NoContract, undescribed: Undescribed, notSupported: NotSupported, tooLarge: TooLarge, cutOff: CutOff,
	notDecoded: NotDecoded, notRead: NotRead, notHTTP: NotHTTP, refusedUnread: Unread, ownAnswer: OwnAnswer, noAnswer: NoAnswer, noContent: NoContent, upgraded: Upgraded,
	mishap: Mishap,
}

// Tells reports whether a reason of [Validation] says something that people
// should know: that there is no contract, or no answer to judge, goes without
// saying.
func Tells(reason string) bool {
	for o, text := range reasons {
		if text == reason {
			return outcome(o).told()
		}
	}
	return false
}

// told reports whether the exchange itself says that it was not held to the
// contract: where there is none, or nothing to judge, that goes without saying.
func (o outcome) told() bool {
	switch o {
	case undescribed, notSupported, tooLarge, cutOff, notDecoded, notRead, mishap:
		return true
	}
	return false
}
