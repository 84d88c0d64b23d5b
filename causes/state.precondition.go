package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("state.precondition", statePrecondition) }

var (
	saysCondition = topic("condition not met", "precondition failed", "pre-conditions you specified did not hold", "preconditions ~ did not hold", "condition specified using http conditional",
		"etag mismatch", "etag does not match", "etag ~ not match", "etags do not match", "if-match ~ fail*", "if-match ~ not match", "does not match the if-match", "wrong etag", "stale etag",
		"conditional request failed", "conditional check failed", "condition not met", "etag provided", "unmodified since ~ fail*", "optimistic concurrency")
	saysConditionWanted = topic("condition wanted", "precondition required", "required to be conditional", "if-match header is required", "if-match is required", "if-match header required",
		"missing if-match", "if-match ~ required", "if-match ~ missing", "etag is required", "etag ~ required", "requires an etag", "requires if-match", "if-none-match ~ required",
		"if-match header must", "etag ~ missing", "if-unmodified-since ~ required")
)

// statePrecondition is for conditions that the request itself sets (RFC 9110,
// section 13): they failed, or the server wants one (RFC 6585, section 3).
func statePrecondition(c *Case) []faultline.Finding {
	if !c.failedWith() {
		return nil
	}
	status := c.Status()
	n, named := c.named("state.precondition")
	wanted := status == 428 || c.says(saysConditionWanted) && status != 412
	failed := status == 412 || c.says(saysCondition)
	if named {
		failed = !wanted
	}
	if !named && (c.namedOther("state.precondition") || !wanted && !failed) {
		return nil
	}
	condition, sent := c.condition()
	if wanted && !sent {
		return []faultline.Finding{c.conditionWanted(condition)}
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       condition,
		Message:  "the condition that the request sets does not hold",
		Brief:    "condition does not hold",
		Expected: "a condition that holds for what is there now",
		Found:    fmt.Sprintf("status %d", status),
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "read the thing again, and send the change with the `ETag` of that answer", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time: the thing is another now",
		Rank:     25,
	}
	if at, versioned := c.versionSent(); !sent && versioned {
		f.At = at // a condition in the body or the query
	}
	if sent && status == 412 {
		f.Strength = faultline.Proven // RFC 9110, section 15.5.13
	}
	if named {
		f.At = c.placeMeant(&n, f.At)
		f.Evidence = append([]faultline.Evidence{n.evidence()}, f.Evidence...)
	}
	c.tellCondition(&f, condition.Name)
	return []faultline.Finding{f}
}

func (c *Case) conditionWanted(at faultline.Location) faultline.Finding {
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  "the server takes this call only with a condition, so that nobody overwrites the work of others",
		Brief:    "a condition is required",
		Expected: "a condition such as `If-Match: \"ETAG\"`",
		Found:    "none",
		Evidence: c.serverWords(),
		Remedy: faultline.Remedy{
			Text: "read the thing, and send its `ETag` back in " + at.Name, Applicability: faultline.Template,
			Patch: []faultline.Edit{{Op: "add", In: faultline.InHeader, Name: at.Name, Value: "<etag>"}},
		},
		Retry: "as sent it fails every time",
		Rank:  25,
	}
}

// tellCondition says what the condition meant.
func (c *Case) tellCondition(f *faultline.Finding, name string) {
	value := c.Exchange.Request.Header.Value(name)
	switch {
	case strings.EqualFold(name, "If-None-Match") && strings.TrimSpace(value) == "*":
		f.Message, f.Brief = "the thing exists already, and the request wants to make it only if it does not", "exists already"
		f.Remedy.Text = "read what is there, and change it with `If-Match`, or use another name"
	case strings.EqualFold(name, "If-Match") && value != "":
		f.Message = "the thing is not the one that `If-Match` names: it was changed since it was read"
		f.Brief = "`If-Match` names an older version"
		f.Found = "`" + short(value) + "`"
		if etag := c.Exchange.Response.Header.Value("ETag"); etag != "" {
			f.Expected = "`" + short(etag) + "`, the version that is there now"
		}
	}
}

// conditionFields are the fields that set a condition: those of RFC 9110,
// section 13.1, and those of stores that have versions of their own.
var conditionFields = []string{
	"If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since", "If-Range", "X-Goog-If-Generation-Match", "X-Goog-If-Metageneration-Match",
	"X-Amz-Copy-Source-If-Match", "X-Amz-Copy-Source-If-None-Match", "X-Ms-If-Tags", "If", "X-Expected-Version",
}

// conditionParams do so in a query or in a body.
var conditionParams = []string{
	"ifGenerationMatch", "ifMetagenerationMatch", "ifGenerationNotMatch", "ifMetagenerationNotMatch", "if_seq_no", "if_primary_term", "version", "rev",
	"etag", "cas", "lockVersion", "lock_version", "ConditionExpression", "resourceVersion",
}

// condition is where the request sets its condition, else where one belongs.
func (c *Case) condition() (at faultline.Location, sent bool) {
	for _, name := range conditionFields {
		if c.Exchange.Request.Header.Has(name) {
			return faultline.AtHeader(name), true
		}
	}
	for _, name := range conditionParams {
		for i, q := range c.queryFields() {
			if strings.EqualFold(q.name(), name) {
				return c.queryFields()[i].at(), true
			}
		}
		if f := findHead(c.body().fields(), []string{name}); f != nil && c.body().format == jsonBody {
			return f.at(), true
		}
	}
	return faultline.AtHeader("If-Match"), false
}
