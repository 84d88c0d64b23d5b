package causes

import (
	"crypto/md5" //nolint:gosec // Content-MD5 is what old clients send: it is compared, not trusted
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/faultline-http/faultline"
)

// signatureKind is the scheme by which a request is signed.
type signatureKind uint8

const (
	otherSignature   signatureKind = iota
	awsSignature                   // Signature Version 4
	httpSignature                  // RFC 9421, and its draft by Cavage
	oauthSignature                 // OAuth 1.0a, RFC 5849
	azureSignature                 // SharedKey of Azure Storage
	webhookSignature               // HMAC over a body that a service delivers
	urlSignature                   // an address that carries its own signature
)

// A signedRequest is where a request carries a signature over itself.
type signedRequest struct {
	kind signatureKind
	at   faultline.Location
	text string // of the field or parameter; a secret
}

// webhookFields are the fields in which services sign what they deliver.
var webhookFields = []string{
	"Stripe-Signature", "X-Hub-Signature-256", "X-Hub-Signature", "X-Slack-Signature", "X-Shopify-Hmac-SHA256", "X-Twilio-Signature", "X-Twilio-Email-Event-Webhook-Signature", "Paypal-Transmission-Sig",
	"X-Square-Hmacsha256-Signature", "X-Square-Signature", "Paddle-Signature", "X-Zm-Signature", "X-Signature-Ed25519", "X-Line-Signature", "X-Razorpay-Signature", "X-Paystack-Signature", "Svix-Signature", "Webhook-Signature",
	"X-Webhook-Signature", "X-Dropbox-Signature", "X-Zendesk-Webhook-Signature", "X-Kaltura-Signature", "X-HubSpot-Signature-V3", "X-HubSpot-Signature", "X-WC-Webhook-Signature", "X-Gitea-Signature", "X-Gogs-Signature",
	"X-Signature-SHA256", "X-Docusign-Signature-1", "Linear-Signature", "X-Xero-Signature", "Intuit-Signature", "X-Pagerduty-Signature", "X-Adyen-Hmac-Signature", "Typeform-Signature", "Calendly-Webhook-Signature", "X-Event-Signature",
}

// requestSigned finds the signature of the request.
func (c *Case) requestSigned() (signedRequest, bool) {
	r := &c.Exchange.Request
	auth := r.Header.Value("Authorization")
	at := faultline.AtHeader("Authorization")
	switch scheme, rest, _ := strings.Cut(auth, " "); strings.ToLower(scheme) {
	case "aws4-hmac-sha256", "aws4-ecdsa-p256-sha256", "aws", "aws3-https":
		return signedRequest{awsSignature, at, rest}, true
	case "signature":
		return signedRequest{httpSignature, at, rest}, true
	case "sharedkey", "sharedkeylite", "hmac-sha256":
		return signedRequest{azureSignature, at, rest}, true
	case "oauth":
		if strings.Contains(rest, "oauth_signature") {
			return signedRequest{oauthSignature, at, rest}, true
		}
	case "hmac", "hmac-sha1", "hmac-sha512", "acs1-hmac-sha256", "acs3-hmac-sha256", "tc3-hmac-sha256", "bce-auth-v1", "sdk-hmac-sha256", "eg1-hmac-sha256", "hawk", "mac", "escher", "sharedaccesssignature", "qsign", "volc", "signature-v1":
		return signedRequest{otherSignature, at, rest}, true
	}
	for _, name := range webhookFields {
		if v := r.Header.Value(name); v != "" {
			return signedRequest{webhookSignature, faultline.AtHeader(name), v}, true
		}
	}
	if r.Header.Has("Signature-Input") {
		return signedRequest{httpSignature, faultline.AtHeader("Signature"), r.Header.Value("Signature")}, true
	}
	for _, f := range r.Header {
		if n := fold(f.Name); (strings.HasSuffix(n, "signature") || strings.HasSuffix(n, "sign") || strings.HasSuffix(n, "hmac") || strings.HasSuffix(n, "sig")) && f.Value != "" && n != "csign" {
			return signedRequest{otherSignature, faultline.AtHeader(f.Name), f.Value}, true
		}
	}
	for _, p := range pairs(r.Query(), "&") {
		switch strings.ToLower(p.name) {
		case "x-amz-signature", "x-goog-signature", "x-oss-signature":
			return signedRequest{awsSignature, faultline.AtQuery(p.name), p.value}, true
		case "signature", "sig", "sign", "hmac", "hash", "oauth_signature", "appsecret_proof", "mac":
			return signedRequest{urlSignature, faultline.AtQuery(p.name), p.value}, true
		}
	}
	for _, name := range []string{"sign", "signature", "hmac", "oauth_signature"} {
		if f := findHead(c.body().fields(), []string{name}); f != nil && f.text != "" {
			return signedRequest{otherSignature, f.at(), f.text}, true
		}
	}
	return signedRequest{}, false
}

func (s *signedRequest) describe() string {
	switch s.kind {
	case awsSignature:
		return "a signature of AWS's kind"
	case httpSignature:
		return "an HTTP message signature"
	case oauthSignature:
		return "an OAuth 1.0a signature"
	case azureSignature:
		return "a SharedKey signature"
	case webhookSignature:
		return "a webhook signature"
	}
	return "a signature"
}

// steps are what to compare, in the order in which it usually goes wrong.
func (s *signedRequest) steps() []faultline.Step {
	switch s.kind {
	case webhookSignature:
		return []faultline.Step{
			{Text: "verify over the raw body, before any parser: bytes, not a parsed and rewritten text"},
			{Text: "check that the secret is that of this endpoint and mode; a CLI that forwards events has one of its own"},
		}
	case awsSignature:
		return []faultline.Step{
			{Text: "check secret key, region and service of the signature against the address that is called"},
			{Text: "check that nothing changes the request behind the signer: a proxy that rewrites Host or path, a client that encodes the path again or sorts the query"},
		}
	case oauthSignature:
		return []faultline.Step{
			{Text: "check that the signature covers method, address without query, and all parameters, each percent-encoded by RFC 3986 and sorted"},
			{Text: "check the key: consumer secret, `&`, token secret"},
		}
	case urlSignature:
		return []faultline.Step{
			{Text: "use the address as it was made: no parameter added, removed, moved or encoded anew; scheme and host as they were signed"},
			{Text: "have a new address made if it has run out"},
		}
	}
	return []faultline.Step{
		{Text: "log the text that is signed on both sides, and compare: method, path, query, the signed fields, the body's digest"},
		{Text: "check the key, and how it is read: as text, hexadecimal or base64"},
	}
}

// A signatureSlip is what the request itself shows to be wrong.
type signatureSlip struct {
	text, brief, remedy string
	proven              bool
}

// signatureSlip looks for what can be seen without the key.
func (c *Case) signatureSlip(s *signedRequest) signatureSlip {
	if field, differs := c.digestDiffers(); differs {
		return signatureSlip{
			"the body is not the one that `" + field + "` was made of: something changed it after it was signed", "body changed after signing",
			"sign the bytes that are sent, and let nothing between signer and wire write the body anew", true,
		}
	}
	switch s.kind {
	case awsSignature:
		return c.awsSlip(s.text)
	case webhookSignature:
		if strings.EqualFold(s.at.Name, "X-Hub-Signature-256") && !strings.HasPrefix(s.text, "sha256=") {
			return signatureSlip{"the signature lacks `sha256=` before its hexadecimal digits", "no sha256=", "write `sha256=` before the digits", true}
		}
	}
	return signatureSlip{}
}

// digestDiffers compares the body with the digests that the request carries:
// Content-Digest (RFC 9530), Digest (RFC 3230), X-Amz-Content-Sha256, Content-MD5.
func (c *Case) digestDiffers() (field string, differs bool) {
	r := &c.Exchange.Request
	body := r.Body.Bytes()
	if r.Body.Truncated || len(body) > maxDigested || r.Header.Has("Content-Encoding") {
		return "", false
	}
	if v := strings.ToLower(r.Header.Value("X-Amz-Content-Sha256")); len(v) == 64 {
		if sum := sha256.Sum256(body); v != hex.EncodeToString(sum[:]) {
			return "X-Amz-Content-Sha256", true
		}
	}
	if v := r.Header.Value("Content-MD5"); len(v) == 24 {
		if sum := md5.Sum(body); v != base64.StdEncoding.EncodeToString(sum[:]) { //nolint:gosec // see above
			return "Content-MD5", true
		}
	}
	for _, name := range []string{"Content-Digest", "Digest"} {
		for _, p := range pairs(r.Header.Value(name), ",") {
			value := strings.Trim(p.value, ": ")
			switch strings.ToLower(p.name) {
			case "sha-256":
				sum := sha256.Sum256(body)
				differs = len(value) == 44 && value != base64.StdEncoding.EncodeToString(sum[:])
			case "sha-512":
				sum := sha512.Sum512(body)
				differs = len(value) == 88 && value != base64.StdEncoding.EncodeToString(sum[:])
			}
			if differs {
				return name, true
			}
		}
	}
	return "", false
}

// maxDigested bounds what is hashed to explain one call.
const maxDigested = 1 << 20

// awsSlip compares the scope of the signature (AKID/20261118/eu-west-1/s3/aws4_request)
// with the address, and the signed fields with those that were sent.
func (c *Case) awsSlip(text string) signatureSlip {
	var scope []string
	for _, p := range pairs(text, ",") {
		switch strings.ToLower(p.name) {
		case "credential":
			scope = strings.Split(p.value, "/")
		case "signedheaders":
			for name := range strings.SplitSeq(p.value, ";") {
				if name != "host" && name != "" && !strings.HasPrefix(name, ":") && !c.Exchange.Request.Header.Has(name) && name != "content-length" {
					return signatureSlip{
						"the signature covers the field `" + short(name) + "`, and the request does not carry it", "signed field `" + short(name) + "` is missing",
						"send every field that is signed, unchanged, or do not sign those that a proxy drops", true,
					}
				}
			}
		}
	}
	if len(scope) < 5 {
		return signatureSlip{}
	}
	date, region, service := scope[len(scope)-4], scope[len(scope)-3], scope[len(scope)-2]
	if stamp := c.Exchange.Request.Header.Value("X-Amz-Date"); len(stamp) >= 8 && stamp[:8] != date {
		return signatureSlip{"the day in the credential's scope (" + short(date) + ") is not that of `X-Amz-Date` (" + stamp[:8] + ")", "day of the scope differs", "take the day of the scope from `X-Amz-Date`", true}
	}
	if has := regionOf(c.Exchange.Request.Host); has != "" && region != has {
		return signatureSlip{"the signature is made for the region `" + short(region) + "`, and the address is in `" + has + "`", "signed for " + short(region), "sign for the region of the address, " + has, true}
	}
	if c.says(saysScopeService) {
		return signatureSlip{"the signature is made for the service `" + short(service) + "`, and this is another", "signed for the service " + short(service), "sign for the service that the endpoint belongs to", false}
	}
	return signatureSlip{}
}

var saysScopeService = topic("scope of another service", "credential should be scoped to correct service", "scoped to correct service")

// regionOf is the region in a host name of Amazon: NAME.execute-api.eu-west-1.amazonaws.com.
func regionOf(host string) string {
	host, aws := strings.CutSuffix(withoutPort(strings.ToLower(host)), ".amazonaws.com")
	if !aws {
		return ""
	}
	for label := range strings.SplitSeq(host, ".") {
		parts := strings.Split(label, "-")
		if n := len(parts); n >= 3 && n <= 4 && len(parts[0]) == 2 && len(parts[n-1]) == 1 && parts[n-1][0] >= '1' && parts[n-1][0] <= '9' {
			return label
		}
	}
	return ""
}
