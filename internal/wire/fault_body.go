package wire

// Faults of chunked bodies and their trailer sections (RFC 9112, section 7.1),
// and bodies that break off.
var (
	chunkSizeMissing = declare(chunkFault("chunk-size-missing", "the chunk has no size", "a hexadecimal number", "RFC 9112, section 7.1", "write the number of bytes of each chunk before it, and end the body with `0` and an empty line"))
	chunkSizePrefix  = declare(chunkFault("chunk-size-prefix", "the chunk size `%s` is written with `0x`", "hexadecimal digits alone", "RFC 9112, section 7.1: some number readers take the prefix, some stop after the 0", "write the size in hexadecimal digits alone"))
	chunkSizeSigned  = declare(chunkFault("chunk-size-signed", "the chunk size `%s` has a sign", "hexadecimal digits alone", "RFC 9112, section 7.1: some number readers take the sign", "write the size in hexadecimal digits alone"))
	chunkSizeSpace   = declare(chunkFault("chunk-size-space", "white space stands beside the chunk size `%s`", "CR LF or `;` right after the size", "RFC 9112, section 7.1.1: only bad white space before an extension is known, and readers differ in it", "take out the white space"))
	chunkSizeInvalid = declare(chunkFault("chunk-size-invalid", "`%s` is not a chunk size: it must be a hexadecimal number", "hexadecimal digits", "RFC 9112, section 7.1", "write the number of bytes of each chunk in hexadecimal digits; if the body is not in chunks, leave Transfer-Encoding out"))
	chunkSizeFollow  = declare(chunkFault("chunk-size-garbage", "`%s` follows the chunk size", "CR LF or `;` right after the size", "RFC 9112, section 7.1: some number readers stop at the first other character", "write the size in hexadecimal digits alone"))
	chunkSizeHuge    = declare(chunkFault("chunk-size-too-large", "the chunk size `%s` is too large", "at most 16 digits and 2^63-1", "RFC 9112, section 7.1: a recipient must see to it that the size does not overflow", "send smaller chunks, without leading zeros"))
	chunkLineLong    = declare(chunkFault("chunk-line-too-long", "a chunk size line is longer than %d bytes", "a size, and short extensions", "RFC 9112, section 7.1.1", "leave the chunk extensions out"))
	chunkLineLF      = declare(chunkFault("chunk-line-bare-lf", "a chunk size line ends with LF alone, and HTTP ends lines with CR LF", "CR LF", "RFC 9112, section 2.2 permits it for heads alone", "end the line with `\\r\\n`"))
	chunkExtCR       = declare(chunkFault("chunk-extension-cr", "a CR without its LF stands in a chunk extension", "CR LF at the end of the line", "RFC 9112, section 7.1.1: some readers end the line there", "leave the chunk extensions out"))
	chunkExtControl  = declare(chunkFault("chunk-extension-control", "%s stands in a chunk extension", "text without control characters", "RFC 9112, section 7.1.1", "leave the chunk extensions out"))
	chunkExtQuote    = declare(chunkFault("chunk-extension-quote", "a quoted string in a chunk extension does not end on its line", "the closing quote", "RFC 9112, section 7.1.1: readers that honour the quotes read on beyond the line", "leave the chunk extensions out"))
	chunkExtMany     = declare(chunkFault("chunk-extensions-too-long", "the chunk extensions are longer than %d bytes together", "few extensions", "RFC 9112, section 7.1.1: a recipient ought to limit them", "leave the chunk extensions out"))
	chunkDataLF      = declare(chunkFault("chunk-data-bare-lf", "LF alone stands after the data of the chunk", "CR LF", "RFC 9112, section 7.1: some readers take it, and count other chunks", "end the data of each chunk with `\\r\\n`"))
	chunkDataLong    = declare(chunkFault("chunk-data-too-long", "the data of the chunk goes on after its size: %s stands where CR LF should", "CR LF", "RFC 9112, section 7.1", "count the bytes of each chunk, not its characters, and end its data with `\\r\\n`"))
	trailerLineLong  = declare(chunkFault("trailer-line-too-long", "a trailer line is longer than %d bytes", "a shorter field", "RFC 9112, section 7.1.2", "send smaller fields"))
	trailerForbidden = declare(chunkFault("trailer-forbidden", "the field `%s` cannot stand in a trailer section", "a field that may come after the body", "RFC 9110, section 6.5.1: fields of framing and routing would come too late", "send the field in the head"))
	trailerLarge     = declare(chunkFault("trailer-too-large", "the trailer section is longer than %d bytes or %d fields", "fewer or smaller fields", "RFC 9112, section 7.1.2", "send fewer or smaller fields"))
	chunkedCut       = declare(chunkFault("chunked-cut", "the connection ended before the last chunk", "`0` and an empty line", "RFC 9112, section 8", "end the body with a chunk of size 0 and an empty line"))
)

func chunkFault(name, words, want, source, fix string) Fault {
	return Fault{Name: name, Topic: BodyLength, Cause: "content.length-mismatch", Status: 400, Words: words, Want: want, Source: source, Fix: fix}
}
