package faultline

import "strings"

// notSecret are names that sound secret and are not.
var notSecret = map[string]bool{
	"idempotency-key": true, "x-idempotency-key": true, "sec-websocket-key": true, "surrogate-key": true, "x-cache-key": true,
	"page_token": true, "next_token": true, "continuation_token": true, "x-ms-continuation-token": true, "token_type": true,
	"pagetoken": true, "nextpagetoken": true, "next_page_token": true, "nexttoken": true, "continuationtoken": true,
	"synctoken": true, "nextsynctoken": true, "key": true, "primarykey": true, "primary_key": true, "foreignkey": true,
	"foreign_key": true, "sortkey": true, "sort_key": true, "partitionkey": true, "partition_key": true, "publickey": true,
	"public_key": true, "tokentype": true, "hotkey": true, "monkey": true, "turkey": true, "donkey": true, "keyword": true,
}

// secretEnds are how names of secrets end.
var secretEnds = []string{
	"token", "secret", "password", "passwd", "passphrase", "apikey", "api-key", "api_key", "accesskey", "access-key", "access_key",
	"privatekey", "private-key", "private_key", "subscription-key", "functions-key", "signature", "credential", "credentials",
	"sessionid", "session-id", "session_id", "session", "assertion", "cardnumber", "card_number", "accountkey", "account-key",
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
	low := strings.ToLower(name)
	if notSecret[low] {
		return false
	}
	if secretNames[low] || strings.HasPrefix(low, "x-auth-") || strings.HasPrefix(low, "x-api-key") {
		return true
	}
	for _, end := range secretEnds {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

func (m *masker) secret(low string) bool { return m.names[low] || SecretName(low) }
