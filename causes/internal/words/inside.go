package words

import (
	"strconv"
	"strings"
)

// FailureInside reports whether an answer with a status of success says that
// the call failed all the same, and the JSON Pointer of the member that says
// so: {"ok": false}, GraphQL errors, {"errcode": 40013}, userErrors. A result
// beside an empty or null error is no failure.
func FailureInside(root *Node) (pointer string, failed bool) {
	if root != nil && root.shape == aList && len(root.kids) > 0 {
		// A list of outcomes, each an object with nothing but its error: Philips Hue, JSON-RPC batches.
		if first := root.kids[0]; first.shape == object && len(first.keys) == 1 && first.Get("error") != nil && first.Get("error").shape == object {
			return "/0/error", true
		}
	}
	if root == nil || root.shape != object {
		return "", false
	}
	for i, key := range root.keys {
		kid := root.kids[i]
		switch strings.ToLower(key) {
		case "ok", "success", "succeeded", "issuccess", "succeed", "issuccessful", "is_success", "actionsucceed", "actionsucceeded", "requestsucceeded":
			if kid.shape == boolean && kid.text == "false" {
				return "/" + key, true
			}
		case "errors":
			// GraphQL, October 2021, section 7.1.2: an empty list is not allowed but common.
			if (kid.shape == aList || kid.shape == object) && !kid.empty() {
				return "/" + key, true
			}
		case "error":
			if kid.shape == object && !kid.empty() || kid.shape == text && kid.text != "" && len(root.keys) <= 4 {
				return "/" + key, true
			}
		case "error_message":
			// Google's older web services: the status beside it is a code such as OVER_QUERY_LIMIT.
			if kid.shape == text && kid.text != "" && len(root.keys) <= 4 && strings.Contains(root.Get("status").Text(), "_") {
				return "/" + key, true
			}
		case "errcode", "error_code", "errorcode", "retcode":
			if !kid.empty() && kid.text != "0" {
				return "/" + key, true
			}
		case "errormessage", "error-text", "error_text", "errortext":
			// Functions of AWS Lambda, and those who name the text and no error.
			if kid.shape == text && kid.text != "" && (root.Get("errorType") != nil || root.Get("stackTrace") != nil || !strings.EqualFold(key, "errormessage")) {
				return "/" + key, true
			}
		case "messages", "results", "responses":
			// Nexmo: one item for each message, each with its own error.
			if kid.shape == aList && len(kid.kids) > 0 && !kid.kids[0].Get("error-text").empty() {
				return "/" + key + "/0/error-text", true
			}
		}
	}
	if s := root.Get("status"); s != nil && (strings.EqualFold(s.text, "error") || strings.EqualFold(s.text, "fail") || strings.EqualFold(s.text, "failure")) {
		return "/status", true
	}
	// SOAP 1.1, section 6.2, wants 500 for a fault; many services send 200.
	if root.Get("Envelope").Get("Body").Get("Fault") != nil {
		return "/Envelope/Body/Fault", true
	}
	return userErrors(root.Get("data"), "/data", 0)
}

// userErrors finds the mistakes that GraphQL mutations report as data.
func userErrors(n *Node, at string, depth int) (string, bool) {
	if n == nil || n.shape != object || depth > 3 {
		return "", false
	}
	for i, key := range n.keys {
		here := at + "/" + key
		if strings.HasSuffix(strings.ToLower(key), "usererrors") && !n.kids[i].empty() {
			return here, true
		}
		if p, ok := userErrors(n.kids[i], here, depth+1); ok {
			return p, true
		}
	}
	return "", false
}

// BatchFailure finds the first item that failed in the answer to a batch
// (RFC 4918, section 13, made 207 known): one with an error, or with a status of its own from 400 on.
func BatchFailure(root *Node) (pointer string, failed bool) {
	if root == nil {
		return "", false
	}
	if root.shape == object {
		for i, key := range root.keys {
			if root.kids[i].shape != aList {
				continue
			}
			if p, ok := BatchFailure(root.kids[i]); ok {
				return "/" + key + p, true
			}
		}
		return "", false
	}
	for i, item := range root.kids {
		if itemFailed(item) {
			return "/" + strconv.Itoa(i), true
		}
	}
	return "", false
}
