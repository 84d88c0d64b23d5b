package faultline

// Idempotent reports whether a method does the same when it is sent twice as
// when it is sent once, so that a request whose answer was lost can be sent again
// (RFC 9110, section 9.2.2). Names of methods are case-sensitive (section 9.1), and
// of those that are not known nothing is promised.
func Idempotent(method string) bool {
	switch method {
	case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE":
		return true
	}
	return false
}
