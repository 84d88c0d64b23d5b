package wire

// Faults of Content-Length and Transfer-Encoding (RFC 9112, section 6).
var (
	lengthEmpty = declare(Fault{
		Name: "length-empty", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "Content-Length is empty", Want: "the number of bytes of the body",
		Source: "RFC 9110, section 8.6", Fix: "send the number of bytes, or leave the field out",
	})
	lengthSigned = declare(Fault{
		Name: "length-signed", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "Content-Length has a sign: `%s`", Want: "digits alone",
		Source: "RFC 9110, section 8.6: some number readers take the sign and some do not", Fix: "send the number of bytes in digits alone",
	})
	lengthList = declare(Fault{
		Name: "length-list", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "Content-Length is a list: `%s`", Want: "one number",
		Source: "RFC 9112, section 6.3: a list is what two fields become on their way", Fix: "send one number",
	})
	lengthInvalid = declare(Fault{
		Name: "length-invalid", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "Content-Length is not a number: `%s`", Want: "digits alone",
		Source: "RFC 9110, section 8.6", Fix: "send the number of bytes in decimal digits",
	})
	lengthHuge = declare(Fault{
		Name: "length-too-large", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "Content-Length is larger than a number of 64 bits, or has too many digits: `%s`", Want: "at most 19 digits and 2^63-1",
		Source: "RFC 9110, section 8.6: an overflow is read as another length", Fix: "send the number of bytes, without leading zeros",
	})
	lengthDoubled = declare(Fault{
		Name: "length-doubled", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the message has a second Content-Length: `%s` after `%d`", Want: "one Content-Length",
		Source: "RFC 9110, section 8.6: a recipient may refuse it", Fix: "send Content-Length once: the library sets it by itself",
	})
	lengthConflict = declare(Fault{
		Name: "length-conflicting", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the message has a second Content-Length: `%s` after `%d`", Want: "one Content-Length",
		Source: "RFC 9112, section 6.3: this is how requests are smuggled", Fix: "send Content-Length once, with the number of bytes of the body",
	})
	lengthAndCoding = declare(Fault{
		Name: "length-and-coding", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the message has both Transfer-Encoding and Content-Length: readers differ in which one counts", Want: "one of the two",
		Source: "RFC 9112, section 6.1: a server may refuse it, since this is how requests are smuggled", Fix: "send `Content-Length` if the length is known, else `Transfer-Encoding: chunked`",
	})
	connectBody = declare(Fault{
		Name: "connect-body", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "a CONNECT request announces a body with %s", Want: "no body: what follows is the tunnel",
		Source: "RFC 9110, section 9.3.6", Fix: "leave the field out",
	})
	codingOld = declare(Fault{
		Name: "coding-in-http10", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "Transfer-Encoding stands in an HTTP/1.0 message, which does not know it", Want: "Content-Length, or HTTP/1.1",
		Source: "RFC 9112, section 6.1", Fix: "send HTTP/1.1, or Content-Length",
	})
	codingDoubled = declare(Fault{
		Name: "coding-field-doubled", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the message has a second Transfer-Encoding field", Want: "one Transfer-Encoding field",
		Source: "RFC 9112, section 6.1: readers differ in which of the two counts", Fix: "send Transfer-Encoding once: the library sets it by itself",
	})
	codingEmpty = declare(Fault{
		Name: "coding-empty", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "Transfer-Encoding is empty", Want: "`chunked`, or no such field",
		Source: "RFC 9112, section 6.1: some readers ignore the field, some do not", Fix: "leave the field out, or send `chunked`",
	})
	codingEmptyMember = declare(Fault{
		Name: "coding-empty-member", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the Transfer-Encoding `%s` has an empty member", Want: "`chunked`",
		Source: "RFC 9110, section 5.6.1: some readers skip the member, some refuse the list", Fix: "send `chunked` alone",
	})
	codingRepeated = declare(Fault{
		Name: "coding-repeated", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the Transfer-Encoding `%s` names chunked twice", Want: "`chunked` once",
		Source: "RFC 9112, section 6.1: a sender must not apply it twice", Fix: "send `chunked` alone",
	})
	codingNotLast = declare(Fault{
		Name: "coding-not-last", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "in the Transfer-Encoding `%s` chunked is not the last", Want: "`chunked` as the last and only one",
		Source: "RFC 9112, section 6.3: the length cannot be known", Fix: "send `chunked` alone",
	})
	codingIdentity = declare(Fault{
		Name: "coding-identity", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the Transfer-Encoding `%s` names identity, which has been withdrawn", Want: "`chunked`, or no such field",
		Source: "RFC 9112, section 7 and appendix C.3: some readers still know it", Fix: "leave the field out and send Content-Length",
	})
	codingQuoted = declare(Fault{
		Name: "coding-quoted", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the Transfer-Encoding `%s` stands in quotes", Want: "`chunked` without quotes",
		Source: "RFC 9112, section 6.1: some readers take the quotes off", Fix: "send `chunked` without quotes",
	})
	codingParameter = declare(Fault{
		Name: "coding-parameter", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the Transfer-Encoding `%s` has a parameter", Want: "`chunked` alone",
		Source: "RFC 9112, section 7.1: chunked has no parameters", Fix: "send `chunked` alone",
	})
	codingSpace = declare(Fault{
		Name: "coding-space", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "white space stands inside the Transfer-Encoding `%s`", Want: "`chunked` alone",
		Source: "RFC 9112, section 6.1: some readers stop at the white space", Fix: "send `chunked` alone",
	})
	codingNonASCII = declare(Fault{
		Name: "coding-non-ascii", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "%s stands in the Transfer-Encoding", Want: "`chunked` in ASCII",
		Source: "RFC 9112, section 6.1: some readers fold such letters to ASCII", Fix: "send `chunked` in ASCII",
	})
	codingInvalid = declare(Fault{
		Name: "coding-invalid", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "%s cannot stand in a Transfer-Encoding", Want: "`chunked` alone",
		Source: "RFC 9112, section 6.1", Fix: "send `chunked` alone",
	})
	codingNear = declare(Fault{
		Name: "coding-misspelt", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the Transfer-Encoding `%s` is no coding: it is like `chunked` and is not", Want: "`chunked`",
		Source: "RFC 9112, section 6.1: readers that look for the word within the value take it for chunked", Fix: "send `chunked`",
	})
	codingNoChunked = declare(Fault{
		Name: "coding-without-chunked", Topic: BodyLength, Cause: "content.length-mismatch", Status: 400,
		Words: "the Transfer-Encoding `%s` does not end with chunked", Want: "`chunked`",
		Source: "RFC 9112, section 6.3: the length cannot be known", Fix: "send `chunked`, and put a compression into Content-Encoding",
	})
	codingUnknown = declare(Fault{
		Name: "coding-unknown", Topic: BodyLength, Cause: "content.length-mismatch", Status: 501,
		Words: "the Transfer-Encoding `%s` is not supported: only chunked is", Want: "`chunked`",
		Source: "RFC 9112, section 6.1", Fix: "send `chunked`, and put a compression into Content-Encoding",
	})
)
