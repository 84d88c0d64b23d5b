package listen

import "bytes"

// looksLikeTLS recognises a record that holds a handshake, or the hello of SSL
// 2.0 that old clients begin with (RFC 8446, section 5.1; RFC 5246, appendix E.2).
func looksLikeTLS(b []byte) bool {
	return len(b) >= 3 && (b[0] == 0x16 && b[1] == 3 && b[2] <= 4 || b[0]&0x80 != 0 && b[2] == 1)
}

// methods begin requests; of "PRI" those of HTTP/2 (RFC 9113, section 3.4).
var methods = [][]byte{
	[]byte("GET "), []byte("HEAD "), []byte("POST "), []byte("PUT "), []byte("DELETE "), []byte("PATCH "),
	[]byte("OPTIONS "), []byte("CONNECT "), []byte("TRACE "), []byte("PRI "),
}

// looksLikeHTTP recognises a request by its first five bytes or more.
func looksLikeHTTP(b []byte) bool {
	for _, m := range methods {
		if n := min(len(m), len(b)); n >= 3 && bytes.Equal(b[:n], m[:n]) {
			return true
		}
	}
	return false
}

// looksLikeRoute recognises a PROXY header by its first five bytes.
func looksLikeRoute(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PROXY")) || len(b) >= 5 && bytes.HasPrefix(signature, b[:5])
}
