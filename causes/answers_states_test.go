package causes_test

import "testing"

const keyed = "ApiKey made-up-opaque-key-0001"

// TestAnswersAboutStatesAndThings holds refusals as frameworks and services word
// them that give no code, or one that is theirs alone.
func TestAnswersAboutStatesAndThings(t *testing.T) {
	t.Parallel()
	check(t, []answer{
		{"resource.not-found", opaque, 404, "", `{"detail":"No Order matches the given query."}`, 0},
		{"resource.not-found", opaque, 404, "", `{"message":"User not found"}`, 0},
		{"resource.not-found", opaque, 404, "", `{"error":"Couldn't find Order with 'id'=99"}`, 0},
		{"resource.not-found", opaque, 404, "", `{"errors":[{"status":"404","title":"Record not found","detail":"The record identified by 99 could not be found."}]}`, 0},
		{"resource.not-found", opaque, 404, "", `{"timestamp":"2026-11-20T14:31:02Z","status":404,"error":"Not Found","message":"Order with id 99 not found","path":"/v1/orders/99"}`, 0},
		{"resource.not-found", opaque, 404, "", `{"Type":"urn:x","Title":"Entity \"Order\" (99) was not found.","status":404}`, 0},
		{"route.unknown-path", opaque, 404, "", `{"message":"Route GET:/v1/orders not found","error":"Not Found","statusCode":404}`, 0},
		{"route.unknown-path", opaque, 404, "", `404 page not found`, 0},
		{"resource.gone", opaque, 410, "", `{"error":"Gone"}`, 0},
		{"resource.hidden", opaque, 404, "", `{"message":"Repository not found or you do not have access to it"}`, 0},
		{"resource.hidden", opaque, 404, "", `{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}`, 0},
		{"state.conflict", opaque, 409, "", `{"statusCode":409,"message":"Order is already cancelled","error":"Conflict"}`, 0},
		{"state.conflict", opaque, 409, "", `{"title":"Conflict","status":409,"detail":"The order was changed by another user."}`, 0},
		{"state.conflict", opaque, 422, "", `{"error":"Order cannot be cancelled because it has already been shipped"}`, 0},
		{"state.conflict", opaque, 423, "", `{"message":"The resource is locked by another process"}`, 0},
		{"state.conflict", opaque, 500, "", `{"message":"SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry 'a@example.com' for key 'users_email_unique'"}`, 0},
		{"state.conflict", opaque, 400, "", `{"message":"E11000 duplicate key error collection: shop.users index: email_1 dup key"}`, 0},
		{"state.precondition", opaque, 412, "", `{"message":"Precondition Failed"}`, 0},
		{"state.precondition", opaque, 428, "", ``, 0},
		{"state.idempotency", opaque, 409, "", `{"message":"A request with this Idempotency-Key is currently being processed"}`, 0},
		{"state.idempotency", opaque, 400, "", `{"message":"Idempotency-Key header is required"}`, 0},
		{"state.business-rule", opaque, 402, "", `{"error":{"message":"Your card was declined."}}`, 0},
		{"state.business-rule", opaque, 422, "", `{"message":"Insufficient balance for this transfer"}`, 0},
		{"state.business-rule", opaque, 409, "", `{"error":"This item is out of stock"}`, 0},
		{"limit.quota", opaque, 429, "", `{"message":"You have exceeded the MONTHLY quota for Requests on your current plan, BASIC. Upgrade your plan at https://example.com"}`, 0},
		{"limit.quota", opaque, 402, "", `{"error":{"message":"Insufficient credits. Add more to continue.","code":402}}`, 0},
		{"limit.quota", opaque, 507, "", `{"message":"Insufficient Storage"}`, 0},
		{"limit.rate", opaque, 429, "Retry-After: 3", ``, 0},
		{"limit.rate", opaque, 503, "", `<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`, 0},
		{"limit.rate", opaque, 403, "", `{"message":"API rate limit exceeded"}`, 0},
		{"limit.concurrency", opaque, 429, "", `{"error":{"message":"Max concurrent requests reached: 5"}}`, 0},
		{"limit.complexity", opaque, 400, "", `{"errors":[{"message":"Query has depth of 12, which exceeds max depth of 10"}]}`, 0},
		{"limit.complexity", opaque, 200, "", `{"errors":[{"message":"The query is too complex: complexity 1204, maximum 1000"}]}`, 0},
		{"auth.account-inactive", opaque, 402, "", `{"message":"Payment Required"}`, 0},
		{"auth.account-inactive", opaque, 403, "", `{"message":"Your subscription has expired. Please renew."}`, 0},
		{"auth.account-inactive", opaque, 401, "", `{"error":"User account is disabled"}`, 0},
	})
}

// TestAnswersAboutRefusedCallers holds refusals of the caller, in the words of
// many servers.
func TestAnswersAboutRefusedCallers(t *testing.T) {
	t.Parallel()
	check(t, []answer{
		{"auth.invalid-credentials", keyed, 401, "", `{"message":"Invalid API key"}`, 0},
		{"auth.invalid-credentials", keyed, 403, "", `{"error":"The API key you provided is not valid"}`, 0},
		{"auth.invalid-credentials", opaque, 401, "", `{"message":"Unauthorized"}`, 0},
		{"auth.invalid-credentials", "Basic am9lOndyb25nLXBhc3N3b3Jk", 401, `WWW-Authenticate: Basic realm="x"`, ``, 0},
		{"auth.invalid-credentials", "Basic am9lOndyb25nLXBhc3N3b3JkCg==", 401, `WWW-Authenticate: Basic realm="x"`, ``, 0},
		{"auth.invalid-credentials", "Basic am9lOndyb25nLXBhc3N3b3Jk", 401, "", `<html><body>HTTP Status 401 - Bad credentials</body></html>`, 0},
		{"auth.invalid-credentials", opaque, 200, "", `{"error_message":"The provided API key is invalid.","results":[],"status":"REQUEST_DENIED"}`, 0},
		{"limit.rate", opaque, 403, "", `{"message":"You have triggered an abuse detection mechanism. Please wait a few minutes before you try again."}`, 0},
		{"auth.forbidden-role", opaque, 403, "", `{"detail":"You do not have permission to perform this action."}`, 0},
		{"auth.forbidden-role", opaque, 403, "", `{"timestamp":"2026-11-20T14:31:02Z","status":403,"error":"Forbidden","message":"Access Denied","path":"/v1/orders"}`, 0},
		{"auth.forbidden-role", opaque, 403, "", `{"statusCode":403,"message":"Forbidden resource","error":"Forbidden"}`, 0},
		{"auth.forbidden-role", opaque, 403, "", `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods is forbidden: User \"joe\" cannot list resource \"pods\" in API group \"\"","reason":"Forbidden","code":403}`, 0},
		{"auth.forbidden-role", opaque, 403, "", `{"errors":["1 error occurred:\n\t* permission denied\n\n"]}`, 0},
		{"auth.forbidden-role", opaque, 200, "", `{"errors":[{"message":"You are not allowed to delete users","extensions":{"code":"FORBIDDEN"}}],"data":null}`, 0},
		{"auth.forbidden-role", opaque, 403, "", `{"code":"42501","details":null,"hint":null,"message":"new row violates row-level security policy for table \"orders\""}`, 0},
		{"auth.wrong-tenant", opaque, 403, "", `{"message":"The API key belongs to a different project"}`, 0},
		{"auth.wrong-tenant", opaque, 401, "", `{"message":"A sandbox key was used against the production API"}`, 0},
		{"auth.ip-blocked", opaque, 403, "", `{"message":"Client IP 203.0.113.7 is not whitelisted"}`, 0},
		{"auth.ip-blocked", opaque, 403, "", `{"error":"Access from your country is not allowed"}`, 0},
		{"auth.ip-blocked", opaque, 451, "", `{"error":"Service not available in your region"}`, 0},
		{"auth.interaction-required", opaque, 401, `WWW-Authenticate: Bearer error="insufficient_user_authentication", acr_values="mfa"`, ``, 0},
		{"auth.interaction-required", opaque, 403, "X-GitHub-SSO: required; url=https://example.com/sso", `{"message":"Resource protected"}`, 0},
		{"auth.interaction-required", opaque, 403, "", `{"message":"Please verify your email address before using the API"}`, 0},
		{"auth.interaction-required", opaque, 401, "", `{"error":"mfa_required","error_description":"Multifactor authentication required"}`, 0},
		{"auth.csrf", "", 403, "X-CSRF-Token: Required", `CSRF token validation failed`, 0},
		{"auth.csrf", "", 403, "", `<html><title>403</title>No valid crumb was included in the request</html>`, 0},
		{"auth.csrf", "", 422, "", `<html><head><title>The change you wanted was rejected (422)</title></head></html>`, 0},
		{"auth.csrf", "", 403, "", `{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed","data":{"status":403}}`, 0},
		{"auth.csrf", "", 400, "", `{"statusCode":400,"error":"Bad Request","message":"Request must contain a kbn-xsrf header."}`, 0},
		{"auth.csrf", "", 419, "", `<html><title>Page Expired</title></html>`, 0},
		{"auth.csrf", "", 403, "", `Cross-site POST form submissions are forbidden`, 0},
		{"auth.request-signature", "AWS4-HMAC-SHA256 Credential=MADEUP/20261120/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=00ff00ff", 403, "", `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.</Message></Error>`, 0},
		{"auth.request-signature", "SharedKey acct:bWFkZS11cC1zaWduYXR1cmU=", 403, "X-Ms-Request-Id: 1", `<Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.</Message></Error>`, 0},
		{"auth.request-signature", `OAuth oauth_consumer_key="k", oauth_signature="bWFkZS11cA%3D%3D"`, 401, "", `oauth_problem=signature_invalid`, 0},
		{"auth.request-signature", `Signature keyId="k",algorithm="hmac-sha256",headers="date",signature="bWFkZS11cC1zaWduYXR1cmU="`, 401, "", `{"message":"HMAC signature does not match"}`, 0},
	})
}
