package words

import (
	"strconv"
	"strings"
)

// A Batch is the answer to many operations in one call, of which some failed.
type Batch struct {
	First  string // JSON Pointer of the first that failed, or of what counts them
	Failed int    // how many are known to have failed
	Total  int    // 0: not told
}

// counters are members that count what failed, and lists that hold it: Kinesis, Firehose,
// DynamoDB, SQS and SNS, BigQuery, HubSpot, Mailchimp.
var counters = map[string]bool{"failedrecordcount": true, "failedputcount": true, "failedentrycount": true, "numerrors": true, "error_count": true, "failed_count": true, "failurecount": true}

// leftovers are members that hold what was not done, if they are not empty.
var leftovers = map[string]bool{"unprocesseditems": true, "unprocessedkeys": true, "inserterrors": true, "unprocessedentries": true, "failedentries": true, "unprocessedaccounts": true, "unprocessedfindings": true}

// BatchOf finds in an envelope that is a batch by its form what failed of it.
// Items that merely have a status are looked at by BatchFailure, where the status of the answer says that it is a batch.
func BatchOf(root *Node) (Batch, bool) {
	if root == nil || root.shape != object {
		return Batch{}, false
	}
	for i, key := range root.keys {
		kid, low := root.kids[i], strings.ToLower(key)
		switch {
		case counters[low] && kid.shape == number && !kid.empty():
			n, _ := strconv.Atoi(kid.text)
			return Batch{First: "/" + key, Failed: n}, true
		case leftovers[low] && (kid.shape == object || kid.shape == aList) && !kid.empty():
			return Batch{First: "/" + key, Failed: len(kid.kids)}, true
		case low == "failed" && kid.shape == aList && !kid.empty() && root.Get("Successful") != nil:
			return Batch{First: "/" + key + "/0", Failed: len(kid.kids), Total: len(kid.kids) + len(root.Get("Successful").kids)}, true
		case low == "items" && kid.shape == aList && root.Get("errors").Text() == "true":
			return failedItems("/"+key, kid)
		case low == "results" && kid.shape == aList && root.Get("hasErrors").Text() == "true":
			return failedItems("/"+key, kid)
		case low == "responses" && kid.shape == aList && kid.First().Get("id") != nil && kid.First().Get("status") != nil:
			return failedItems("/"+key, kid)
		case low == "deleteresult" && kid.Get("Error") != nil:
			return Batch{First: "/DeleteResult/Error", Failed: 1}, true
		}
	}
	return Batch{}, false
}

// failedItems counts the items that failed: by a status of their own from 400
// on, by an error, or one level deeper as Elasticsearch has it: {"index": {"status": 409}}.
func failedItems(at string, items *Node) (Batch, bool) {
	out := Batch{Total: len(items.kids)}
	for i, item := range items.kids {
		if !itemFailed(item) && !(len(item.kids) == 1 && itemFailed(item.kids[0])) {
			continue
		}
		if out.Failed == 0 {
			out.First = at + "/" + strconv.Itoa(i)
		}
		out.Failed++
	}
	return out, out.Failed > 0
}

func itemFailed(item *Node) bool {
	status := item.Get("status").Text()
	if status == "" {
		status = item.Get("statusCode").Text()
	}
	return len(status) == 3 && (status[0] == '4' || status[0] == '5') || !item.Get("error").empty() || !item.Get("errors").empty() || item.Get("success").Text() == "false"
}
