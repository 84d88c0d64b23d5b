package causes_test

// hostedServices are APIs that others run.
var hostedServices = []system{
	// places of header faults
	{"GitHub", "GET /user", "Authorization: Bearer x\nX-GitHub-Api-Version: 2019-01-01", "", 400, "", `{"message":"X-GitHub-Api-Version: 2019-01-01 is not a supported version","documentation_url":"https://docs.github.com"}`, "route.api-version|header.invalid", "header:X-GitHub-Api-Version"},
	{"Stripe version", "GET /v1/charges", "Authorization: Bearer sk_test_x\nStripe-Version: 2015-99-99", "", 400, "", `{"error":{"message":"Invalid Stripe API version: 2015-99-99","type":"invalid_request_error"}}`, "route.api-version", "header:Stripe-Version"},
	{"Anthropic version", "POST /v1/messages", "x-api-key: k\n" + jsonType, `{"model":"m"}`, 400, "", `{"type":"error","error":{"type":"invalid_request_error","message":"anthropic-version: header is required"}}`, "header.missing|route.api-version", "header:anthropic-version"},
	{"OneSignal", "POST /notifications", jsonType + "\nAuthorization: Basic a2V5", `{"app_id":"x"}`, 400, "", `{"errors":["app_id not found. You may be missing a Content-Type: application/json header."]}`, "*", "*"},
	{"Elasticsearch accept", "GET /_search", "Accept: text/yaml2", "", 406, "", `{"error":"Content-Type header [text/yaml2] is not supported","status":406}`, "content.not-acceptable|content.type-unsupported", "*"},
	// tokens
	{"Spring", "GET /me", "Authorization: Bearer " + anyJWT, "", 401, `WWW-Authenticate: Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Signed JWT rejected: Invalid signature", error_uri="x"`, ``, "auth.token-signature", "header:Authorization"},
	{"Symfony Lexik", "GET /me", "Authorization: Bearer " + anyJWT, "", 401, "", `{"code":401,"message":"Expired JWT Token"}`, "auth.token-expired", "header:Authorization"},
	{"Lexik bad", "GET /me", "Authorization: Bearer " + anyJWT, "", 401, "", `{"code":401,"message":"Invalid JWT Token"}`, "auth.token-malformed|auth.token-signature|auth.invalid-credentials", "header:Authorization"},
	{"djoser", "GET /me", "Authorization: Bearer " + anyJWT, "", 401, "", `{"detail":"Given token not valid for any token type","code":"token_not_valid"}`, "auth.token-signature|auth.invalid-credentials|auth.token-expired|auth.token-malformed|auth.token-audience", "header:Authorization"},
	{"DRF token", "GET /me", "Authorization: Token abc", "", 401, "WWW-Authenticate: Token", `{"detail":"Invalid token."}`, "auth.invalid-credentials", "header:Authorization"},
	{"tymon", "GET /me", "Authorization: Bearer " + anyJWT, "", 401, "", `{"error":"token_expired"}`, "auth.token-expired", "header:Authorization"},
	{"tymon blacklist", "GET /me", "Authorization: Bearer " + anyJWT, "", 401, "", `{"message":"The token has been blacklisted"}`, "auth.token-revoked", "header:Authorization"},
	{"Supabase auth", "GET /auth/v1/user", "Authorization: Bearer " + anyJWT, "", 403, "", `{"code":403,"error_code":"bad_jwt","msg":"invalid JWT: unable to parse or verify signature, token signature is invalid"}`, "auth.token-signature", "header:Authorization"},
	{"GitLab", "GET /api/v4/projects", "PRIVATE-TOKEN: x", "", 401, "", `{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}`, "auth.token-revoked", "header:PRIVATE-TOKEN"},
	{"GitLab scope", "POST /api/v4/projects", "PRIVATE-TOKEN: x\n" + jsonType, `{"name":"x"}`, 403, "", `{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api"}`, "auth.insufficient-scope", "header:PRIVATE-TOKEN"},
	// business
	{"Klarna", "POST /payments", jsonType + "\nAuthorization: Basic YTpi", `{"amount":1}`, 403, "", `{"error_code":"PAYMENT_REJECTED","error_messages":["The payment was declined"]}`, "state.business-rule", "*"},
	{"Wise", "POST /v3/transfers/1/payments", jsonType + "\nAuthorization: Bearer x", `{"type":"BALANCE"}`, 422, "", `{"type":"BALANCE","status":"REJECTED","errorCode":"transfer.insufficient_funds","errorMessage":"Insufficient funds"}`, "state.business-rule", "*"},
	{"Coinbase", "POST /v2/accounts/1/transactions", jsonType + "\nCB-ACCESS-KEY: k", `{"amount":"1"}`, 400, "", `{"errors":[{"id":"validation_error","message":"You don't have enough funds"}]}`, "state.business-rule", "*"},
	{"Brevo", "POST /v3/smtp/email", jsonType + "\napi-key: k", `{"sender":{"email":"a@example.com"}}`, 400, "", `{"code":"invalid_parameter","message":"Sending has been rejected because the sender you used a@example.com is not valid. Validate your sender or authenticate your domain"}`, "state.business-rule|body.value", "*"},
	{"Resend", "POST /emails", jsonType + "\nAuthorization: Bearer x", `{"to":"b@example.com"}`, 403, "", `{"statusCode":403,"message":"You can only send testing emails to your own email address (a@example.com).","name":"validation_error"}`, "state.business-rule|body.value|auth.forbidden-role|auth.account-inactive", "*"},
	// idempotency, preconditions
	{"PayPal", "POST /v2/payments/x/capture", jsonType + "\nPayPal-Request-Id: 1\nAuthorization: Bearer x", `{}`, 422, "", `{"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"DUPLICATE_INVOICE_ID","description":"Duplicate Invoice ID detected."}]}`, "state.conflict|state.business-rule|body.value", "*"},
	{"GCS", "PUT /b/o?ifGenerationMatch=3", "Authorization: Bearer x", "x", 412, "", `{"error":{"code":412,"message":"At least one of the pre-conditions you specified did not hold.","errors":[{"reason":"conditionNotMet","locationType":"header","location":"If-Match"}]}}`, "state.precondition", "query:ifGenerationMatch|header:If-Match"},
	{"Azure Blob", "PUT /c/b", "If-Match: \"0x1\"\nAuthorization: SharedKey a:b", "x", 412, "x-ms-error-code: ConditionNotMet", `<Error><Code>ConditionNotMet</Code><Message>The condition specified using HTTP conditional header(s) is not met.</Message></Error>`, "state.precondition", "header:If-Match"},
	{"Azure Blob lease", "PUT /c/b", "Authorization: SharedKey a:b", "x", 412, "x-ms-error-code: LeaseIdMissing", `<Error><Code>LeaseIdMissing</Code><Message>There is currently a lease on the blob and no lease ID was specified in the request.</Message></Error>`, "state.conflict|state.precondition|header.missing", "*"},
	// routes and versions
	{"Azure DevOps version", "GET /x/_apis/git", "Authorization: Basic OnBhdA==", "", 400, "", `{"$id":"1","message":"No api-version was supplied for the \"GET\" request. The version must be supplied either as part of the Accept header (e.g. \"application/json; api-version=1.0\") or as a query parameter (e.g. \"?api-version=1.0\").","typeName":"VssVersionNotSpecifiedException"}`, "route.api-version|param.missing|header.missing", "query:api-version|header:Accept"},
	{"Shopify version", "GET /admin/api/2019-01/orders.json", "X-Shopify-Access-Token: x", "", 404, "X-Shopify-API-Version-Warning: x", `{"errors":"Not Found"}`, "*", "*"},
	{"Facebook version", "GET /v1.0/me?access_token=x", "", "", 400, "", `{"error":{"message":"(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v19.0.","type":"OAuthException","code":2635}}`, "route.api-version", "path"},
	{"Salesforce version", "GET /services/data/v99.0/sobjects", "Authorization: Bearer x", "", 404, "", `[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]`, "*", "path"},
	{"WordPress route", "GET /wp-json/wp/v2/pots", "", "", 404, "", `{"code":"rest_no_route","message":"No route was found matching the URL and request method.","data":{"status":404}}`, "route.unknown-path", "path"},
	// params
	{"Notion", "GET /v1/users?page_size=1000", "Authorization: Bearer x\nNotion-Version: 2022-06-28", "", 400, "", `{"object":"error","status":400,"code":"validation_error","message":"query failed validation: query.page_size should be less than or equal to ` + "`100`" + `, instead was ` + "`1000`" + `."}`, "param.value", "query:page_size"},
	{"PostgREST operator", "GET /todos?done=is.maybe", "", "", 400, "", `{"code":"PGRST100","details":"unexpected \"m\" expecting null or trilean value","hint":null,"message":"\"failed to parse filter (is.maybe)\" (line 1, column 4)"}`, "param.serialization|param.value", "query:done"},
	{"Open-Meteo", "GET /v1/forecast?latitude=999&longitude=1", "", "", 400, "", `{"error":true,"reason":"Latitude must be in range of -90 to 90°. Given: 999.0."}`, "param.value", "query:latitude"},
	{"TMDB", "GET /3/movie/1?append=x", "Authorization: Bearer x", "", 422, "", `{"success":false,"status_code":47,"status_message":"Invalid page: Pages start at 1 and max at 500."}`, "*", "*"},
	{"ArcGIS", "GET /query?where=a=1&f=json", "", "", 200, "", `{"error":{"code":400,"message":"Cannot perform query. Invalid query parameters.","details":["'where' parameter is invalid"]}}`, "param.value", "query:where"},
	{"Nominatim", "GET /search?q=x&format=jsonx", "", "", 400, "", `{"error":{"code":400,"message":"Parameter 'format' must be one of: xml, json, jsonv2, geojson, geocodejson"}}`, "param.value", "query:format"},
	{"GraphQL complexity", "POST /graphql", jsonType, `{"query":"{a}"}`, 200, "", `{"errors":[{"message":"Query has complexity of 1250, which exceeds max complexity of 1000"}]}`, "limit.complexity", "/query"},
	{"Shopify cost", "POST /graphql.json", jsonType, `{"query":"{a}"}`, 200, "", `{"errors":[{"message":"Query cost is 2002, which exceeds the single query max cost limit (1000).","extensions":{"code":"MAX_COST_EXCEEDED","cost":2002,"maxCost":1000}}]}`, "limit.complexity", "/query"},
	{"OpenAI context", "POST /v1/chat/completions", jsonType + "\nAuthorization: Bearer x", `{"model":"m","messages":[]}`, 400, "", `{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}`, "limit.complexity", "/messages"},
	{"express-openapi-validator", "GET /pets?tags%5B%5D=a&tags%5B%5D=b", "", "", 400, "", `{"message":"Unknown query parameter 'tags[]'","errors":[{"path":"/query/tags[]","message":"Unknown query parameter 'tags[]'"}]}`, "param.unknown|param.serialization", "query:tags[]"},
	{"homemade", "GET /pets?id%5B%5D=1", "", "", 400, "", `{"message":"Unknown query parameter 'id[]'. Repeat the parameter instead: id=12&id=13"}`, "param.unknown|param.serialization", "query:id[]"},
	{"npm", "PUT /@acme%2fui", "Authorization: Bearer npm_x\n" + jsonType, `{"name":"@acme/ui"}`, 401, "WWW-Authenticate: OTP", `{"error":"You must provide a one-time pass."}`, "auth.interaction-required", "header:npm-otp"},
	{"GitHub OTP", "GET /user", "Authorization: Basic YTpi", "", 401, "X-GitHub-OTP: required; app", `{"message":"Must specify two-factor authentication OTP code."}`, "auth.interaction-required", "header:X-GitHub-OTP"},
	// gateways and edges
	{"Render", "GET /x", "", "", 502, "x-render-routing: dynamic-paid-error\nrndr-id: 1", `Bad Gateway`, "gateway.upstream-refused|gateway.bad-response", "*"},
	{"ngrok", "GET /x", "", "", 404, "ngrok-error-code: ERR_NGROK_3200", `The endpoint x.ngrok.app is offline. ERR_NGROK_3200`, "gateway.no-upstream", "*"},
	{"Traefik", "GET /x", "", "", 404, "", "404 page not found\n", "route.gateway-no-match|route.unknown-path", "path"},
	{"Azure Front Door", "GET /x", "", "", 503, "X-Azure-Ref: 1", `<html><h2>Our services aren't available right now</h2><p>We're working to restore all services as soon as possible. Please check back soon.</p></html>`, "*", "*"},
	{"GCP LB", "GET /x", "", "", 502, "Via: 1.1 google", `<html><head><title>502 Server Error</title></head><body><h1>Error: Server Error</h1><h2>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.</h2></body></html>`, "gateway.bad-response|gateway.upstream-refused", "*"},
	{"Cloudflare 1020", "GET /x", "User-Agent: curl/8", "", 403, "Server: cloudflare\nCF-RAY: 1", `error code: 1020`, "security.waf-block", "*"},
}
