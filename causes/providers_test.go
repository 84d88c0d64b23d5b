package causes_test

import "testing"

// TestProvidersCodes asks with answers in the form of each system; the words are
// shortened where they do not matter.
func TestProvidersCodes(t *testing.T) {
	t.Parallel()
	check(t, []answer{
		{"limit.rate", opaque, 400, "X-Amzn-RequestId: 1", `{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"The level of configured provisioned throughput for the table was exceeded."}`, 0},
		{"state.conflict", opaque, 409, "X-Amz-Request-Id: 1", `<Error><Code>BucketNotEmpty</Code><Message>The bucket you tried to delete is not empty</Message></Error>`, 0},
		{"state.precondition", opaque, 400, "X-Amzn-RequestId: 1", `{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}`, 0},
		{"limit.concurrency", opaque, 429, "X-Amzn-ErrorType: TooManyRequestsException", `{"Reason":"ConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}`, 0},
		{"resource.not-found", opaque, 404, "X-Amz-Request-Id: 1", `<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>`, 0},
		{"auth.account-inactive", opaque, 401, "X-Amz-Request-Id: 1", `<Response><Errors><Error><Code>OptInRequired</Code><Message>You are not subscribed to this service.</Message></Error></Errors></Response>`, 0},
		{"state.conflict", opaque, 409, "X-Ms-Request-Id: 1", `<Error><Code>LeaseIdMissing</Code><Message>There is currently a lease on the blob.</Message></Error>`, 0},
		{"auth.account-inactive", opaque, 403, "X-Ms-Request-Id: 1", `{"error":{"code":"ReadOnlyDisabledSubscription","message":"The subscription is disabled and therefore marked as read only."}}`, 0},
		{"auth.account-inactive", opaque, 403, "", `{"error":{"code":403,"message":"Pub/Sub API has not been used in project 1 before or it is disabled.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}]}}`, 0},
		{"limit.quota", opaque, 403, "", `{"error":{"code":403,"message":"Daily Limit Exceeded","errors":[{"domain":"usageLimits","reason":"dailyLimitExceeded"}]}}`, 0},
		{"resource.gone", opaque, 410, "", `{"error":{"code":410,"message":"Sync token is no longer valid, a full sync is required.","errors":[{"reason":"fullSyncRequired"}]}}`, 0},
		{"state.idempotency", opaque, 400, "Square-Version: 2026-01-01", `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"IDEMPOTENCY_KEY_REUSED","detail":"Different request parameters used for the same idempotency_key"}]}`, 0},
		{"state.business-rule", opaque, 422, "Paypal-Debug-Id: 1", `{"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"INSTRUMENT_DECLINED","description":"The instrument presented was declined"}],"debug_id":"1"}`, 0},
		{"limit.rate", opaque, 400, "", `{"error":{"message":"(#4) Application request limit reached","type":"OAuthException","code":4,"fbtrace_id":"A"}}`, 0},
		{"limit.quota", opaque, 403, "Sforce-Limit-Info: api-usage=100/100", `[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`, 0},
		{"auth.account-inactive", opaque, 403, "", `[{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]`, 0},
		{"state.conflict", opaque, 400, "", `[{"message":"unable to obtain exclusive access to this record","errorCode":"UNABLE_TO_LOCK_ROW","fields":[]}]`, 0},
		{"resource.hidden", opaque, 404, "", `{"object":"error","status":404,"code":"object_not_found","message":"Could not find page with ID: 1. Make sure the relevant pages and databases are shared with your integration."}`, 0},
		{"limit.quota", opaque, 429, "", `{"errors":[{"error":"PUBLIC_API_BILLING_LIMIT_EXCEEDED","message":"The API usage limit for your plan was reached; mentioned at airtable."}]}`, 0},
		{"limit.complexity", opaque, 400, "", `{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}`, 0},
		{"auth.account-inactive", opaque, 403, "", `{"code":20005,"message":"Account not active","more_info":"https://www.twilio.com/docs/errors/20005","status":403}`, 0},
		{"state.conflict", opaque, 409, "", `{"error":{"type":"version_conflict_engine_exception","reason":"[1]: version conflict, required seqNo [1], current document has seqNo [2]"},"status":409}`, 0},
		{"limit.complexity", opaque, 429, "", `{"error":{"type":"circuit_breaking_exception","reason":"[parent] Data too large, data for [<http_request>] would be larger than the limit"},"status":429}`, 0},
		{"resource.not-found", opaque, 404, "", `{"error":{"type":"index_not_found_exception","reason":"no such index [orders]"},"status":404}`, 0},
		{"state.conflict", opaque, 409, "Server: CouchDB/3.3.3 (Erlang OTP/25)", `{"error":"conflict","reason":"Document update conflict."}`, 0},
		{"state.conflict", opaque, 409, "", `{"code":"23505","details":"Key (email)=(a@example.com) already exists.","hint":null,"message":"duplicate key value violates unique constraint \"users_email_key\""}`, 0},
		{"resource.not-found", opaque, 406, "", `{"code":"PGRST116","details":"The result contains 0 rows","hint":null,"message":"JSON object requested, multiple (or no) rows returned"}`, 0},
		{"state.conflict", opaque, 409, "", `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods \"a\" already exists","reason":"AlreadyExists","code":409}`, 0},
		{"resource.gone", opaque, 410, "", `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old resource version: 1 (2)","reason":"Expired","code":410}`, 0},
		{"resource.not-found", opaque, 404, "", `{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"1"}}]}`, 0},
		{"limit.rate", opaque, 429, "", `{"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":2000}`, 0},
		{"state.conflict", opaque, 400, "", `{"errcode":"M_USER_IN_USE","error":"User ID already taken."}`, 0},
		{"limit.rate", opaque, 429, "", `{"errorCode":"E0000047","errorSummary":"API call exceeded rate limit due to too many requests.","errorCauses":[]}`, 0},
		{"resource.not-found", opaque, 404, "X-RateLimit-Scope: user", `{"message":"Unknown Channel","code":10003}`, 0},
		{"resource.not-found", opaque, 400, "", `{"display_message":null,"error_code":"ITEM_NOT_FOUND","error_message":"The Item you requested cannot be found.","error_type":"ITEM_ERROR","request_id":"1"}`, 0},
		{"state.conflict", opaque, 409, "Content-Language: en", `{"type":"error","status":409,"code":"item_name_in_use","message":"Item with the same name already exists","request_id":"1"}`, 0},
		{"limit.rate", opaque, 429, "", `{"code":"0x80072322","message":"Number of requests exceeded the limit of 6000 over time window of 300 seconds."}`, 0},
		{"limit.rate", opaque, 429, "Grpc-Status: 8", `{"code":8,"message":"too many requests","details":[]}`, 0},
	})
}

// TestNumbersNeedTheirSystem: a number means nothing in an answer of somebody else.
func TestNumbersNeedTheirSystem(t *testing.T) {
	t.Parallel()
	check(t, []answer{
		{"route.unknown-path", opaque, 404, "", `{"code":"ResourceNotFound","message":"/v1/orders does not exist"}`, 0},
		{"server.error", opaque, 500, "", `{"code":20429,"message":"something broke"}`, 0},
	})
}
