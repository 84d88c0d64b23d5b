package faultline

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// notSecret are names that sound secret and are not.
var notSecret = map[string]bool{
	"idempotency-key": true, "x-idempotency-key": true, "sec-websocket-key": true, "surrogate-key": true, "x-cache-key": true,
	"page_token": true, "next_token": true, "continuation_token": true, "x-ms-continuation-token": true, "token_type": true,
	"pagetoken": true, "nextpagetoken": true, "next_page_token": true, "nexttoken": true, "continuationtoken": true,
	"synctoken": true, "nextsynctoken": true, "key": true, "primarykey": true, "primary_key": true, "foreignkey": true,
	"foreign_key": true, "sortkey": true, "sort_key": true, "partitionkey": true, "partition_key": true, "publickey": true,
	"public_key": true, "tokentype": true, "hotkey": true, "monkey": true, "turkey": true, "donkey": true, "keyword": true,
}

// secretEnds are how names of secrets end, by their last letter: few names are
// compared with more than one or two.
var secretEnds = byLastLetter(
	"token", "secret", "password", "passwd", "passphrase", "apikey", "api-key", "api_key", "accesskey", "access-key", "access_key",
	"privatekey", "private-key", "private_key", "subscription-key", "functions-key", "signature", "credential", "credentials",
	"sessionid", "session-id", "session_id", "session", "assertion", "cardnumber", "card_number", "accountkey", "account-key",
)

func byLastLetter(ends ...string) (out [256][]string) {
	for _, end := range ends {
		last := end[len(end)-1]
		out[last] = append(out[last], end)
	}
	return out
}

// secretNames are names of secrets that are ends of other words too.
var secretNames = map[string]bool{
	"authorization": true, "proxy-authorization": true, "cookie": true, "set-cookie": true, "auth": true, "x-auth": true,
	"pwd": true, "jwt": true, "sid": true, "sig": true, "otp": true, "pin": true, "cvc": true, "cvv": true, "cvv2": true, "ssn": true,
	"code_verifier": true, "secretkey": true, "secret_key": true, "secret-key": true, "secretaccesskey": true,
	"x-amz-security-token": true, "x-goog-api-key": true,
}

// SecretName reports whether a header field, parameter or member of that name
// usually carries a credential or another secret.
func SecretName(name string) bool {
	var room [usualName]byte
	return secretLow(lower(room[:0], name))
}

// usualName is how long most names are; longer ones take memory.
const usualName = 64

// lower appends the name in lower case.
func lower[T string | []byte](dst []byte, name T) []byte {
	for i := range len(name) {
		c := name[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c |= 0x20
		case c >= utf8.RuneSelf:
			return append(dst[:0], strings.ToLower(string(name))...)
		}
		dst = append(dst, c)
	}
	return dst
}

func secretLow(low []byte) bool {
	if len(low) == 0 || notSecret[string(low)] {
		return false
	}
	if secretNames[string(low)] || bytes.HasPrefix(low, []byte("x-auth-")) || bytes.HasPrefix(low, []byte("x-api-key")) {
		return true
	}
	for _, end := range secretEnds[low[len(low)-1]] {
		if len(low) >= len(end) && string(low[len(low)-len(end):]) == end {
			return true
		}
	}
	return false
}

// secret reports whether a thing of that name, in any case, is a secret.
func (m *masker) secret(name string) bool {
	var room [usualName]byte
	return m.secretLow(lower(room[:0], name))
}

func (m *masker) secretLow(low []byte) bool { return m.names[string(low)] || secretLow(low) }
