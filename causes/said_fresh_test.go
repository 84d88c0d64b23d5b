package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// saidFresh are answers in shapes that no other table has. Columns as in said.
var saidFresh = []struct {
	name, request, body string
	status              int
	answer              string
	cause               faultline.Slug
	at                  string
}{
	{"hubspot", "POST /contacts", `json {"properties":{"emial":"a"}}`, 400, `{"status":"error","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"emial\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"emial\"}]","category":"VALIDATION_ERROR"}`, "body.unknown-field", "/properties/emial"},
	{"intercom", "POST /contacts", `json {"role":"boss"}`, 400, `{"type":"error.list","errors":[{"code":"parameter_invalid","message":"role must be user or lead","field":"role"}]}`, "body.value", "/role"},
	{"linear", "POST /graphql", `json {"query":"mutation($t:String!){issueCreate(title:$t){id}}","variables":{}}`, 400, `{"errors":[{"message":"Variable \"$t\" of required type \"String!\" was not provided."}]}`, "body.missing-field", "/variables/t"},
	{"mastodon", "POST /statuses", `form visibility=public`, 422, `{"error":"Validation failed: Text can't be blank"}`, "body.missing-field", "/text"},
	{"gitlab", "POST /projects", `json {"visibility":"public"}`, 400, `{"error":"name, path are missing, at least one parameter must be provided"}`, "body.missing-field", "/name"},
	{"gitlab value", "POST /projects", `json {"name":"a","visibility":"open"}`, 400, `{"error":"visibility does not have a valid value"}`, "body.value", "/visibility"},
	{"gitea", "POST /repos", `json {"private":true}`, 422, `{"message":"[Name]: Required","url":"https://git.example/api/swagger"}`, "body.missing-field", "/name"},
	{"bitbucket", "POST /repos", `json {"scm":"svn"}`, 400, `{"type":"error","error":{"fields":{"scm":["Unsupported value"]},"message":"Bad request"}}`, "body.value", "/scm"},
	{"consul", "PUT /kv", `json {"Nme":"a"}`, 400, `Request decode error: json: unknown field "Nme"`, "body.unknown-field", "/Nme"},
	{"nomad", "PUT /jobs", `json {"Job":{"Count":"x"}}`, 400, `json: cannot unmarshal string into Go struct field Job.Count of type int`, "body.type", "/Job/Count"},
	{"prometheus", "GET /query?query=up&time=now", ``, 400, `{"status":"error","errorType":"bad_data","error":"invalid parameter \"time\": cannot parse \"now\" to a valid timestamp"}`, "param.type", "query time"},
	{"grafana", "POST /dashboards", `json {"title":""}`, 400, `{"message":"Dashboard title cannot be empty"}`, "body.value", "/title"},
	{"influx", "GET /query", ``, 400, `{"error":"missing required parameter \"q\""}`, "param.missing", "query q"},
	{"docker", "POST /containers/create?nme=x", `json {"Image":""}`, 400, `{"message":"no command or image specified"}`, "", ""},
	{"k8s missing", "POST /pods", `json {"kind":"Pod","spec":{}}`, 422, `{"kind":"Status","message":"Pod \"\" is invalid: spec.containers: Required value","reason":"Invalid","details":{"causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.containers"}]}}`, "body.missing-field", "/spec/containers"},
	{"azure", "PUT /vm", `json {"location":7}`, 400, `{"error":{"code":"InvalidRequestContent","message":"The request content was invalid and could not be deserialized: 'Error converting value 7 to type 'System.String'. Path 'location', line 1, position 13.'."}}`, "body.type", "/location"},
	{"aws", "POST /", `json {"QueueNme":"a"}`, 400, `{"__type":"com.amazonaws.sqs#MissingParameter","message":"The request must contain the parameter QueueName."}`, "body.missing-field", "/QueueName"},
	{"gcp", "POST /topics", `json {"lables":{}}`, 400, `{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"lables\" at 'topic': Cannot find field.","status":"INVALID_ARGUMENT"}}`, "body.unknown-field", "/lables"},
	{"zoom", "POST /meetings", `json {"type":9}`, 400, `{"code":300,"message":"Validation Failed.","errors":[{"field":"type","message":"Invalid field."}]}`, "body.value", "/type"},
	{"discord", "POST /messages", `json {"content":""}`, 400, `{"code":50035,"message":"Invalid Form Body","errors":{"content":{"_errors":[{"code":"BASE_TYPE_MIN_LENGTH","message":"Must be 1 or more in length."}]}}}`, "body.value", "/content"},
	{"mailchimp", "POST /members", `json {"status":"on"}`, 400, `{"type":"x","title":"Invalid Resource","status":400,"detail":"The resource submitted could not be validated.","errors":[{"field":"status","message":"Data did not match any of the described types/values"}]}`, "body.value", "/status"},
	{"sendgrid", "POST /send", `json {"from":{"email":"x"}}`, 400, `{"errors":[{"message":"The from email does not contain a valid address.","field":"from.email","help":null}]}`, "body.value", "/from/email"},
	{"adyen", "POST /payments", `json {"amount":{"value":1}}`, 422, `{"status":422,"errorCode":"100","message":"Required field 'amount.currency' is not provided.","errorType":"validation"}`, "body.missing-field", "/amount/currency"},
	{"mollie", "POST /payments", `json {"amount":{"currency":"EU","value":"1.00"}}`, 422, `{"status":422,"title":"Unprocessable Entity","detail":"The currency is invalid","field":"amount.currency"}`, "body.value", "/amount/currency"},
	{"klarna", "POST /orders", `json {"order_amount":"a"}`, 400, `{"error_code":"BAD_VALUE","error_messages":["Bad value: order_amount"]}`, "body.value", "/order_amount"},
	{"spring errors", "POST /items", `json {"qty":0}`, 400, `{"status":400,"errors":[{"objectName":"item","field":"qty","rejectedValue":0,"code":"Min","defaultMessage":"must be greater than or equal to 1"}]}`, "body.value", "/qty"},
	{"dropwizard", "POST /items", `json {"qty":0}`, 422, `{"errors":["qty must be greater than or equal to 1"]}`, "body.value", "/qty"},
	{"dropwizard query", "GET /items?page=x", ``, 400, `{"code":400,"message":"query param page is not a number."}`, "param.type", "query page"},
	{"javalin", "GET /items?page=x", ``, 400, `{"page":[{"message":"TYPE_CONVERSION_FAILED","args":{},"value":"x"}]}`, "param.type", "query page"},
	{"servicestack", "POST /items", `json {"qty":0}`, 400, `{"responseStatus":{"errorCode":"GreaterThan","message":"'Qty' must be greater than '0'.","errors":[{"errorCode":"GreaterThan","fieldName":"Qty","message":"'Qty' must be greater than '0'."}]}}`, "body.value", "/qty"},
	{"fastendpoints", "POST /items", `json {"name":"a"}`, 400, `{"statusCode":400,"message":"One or more errors occurred!","errors":{"qty":["'qty' must not be empty."]}}`, "body.missing-field", "/qty"},
}

func TestFreshAnswersAreTiedToTheRequest(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range saidFresh {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spokenIn(tt.request, tt.body, tt.status, tt.answer))
			first := recognised(d)
			if first.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q; all: %s", first.Cause.Slug, tt.cause, slugs(d))
			}
			if got := where(first.At); tt.at != "" && got != tt.at {
				t.Errorf("at = %q, want %q", got, tt.at)
			}
		})
	}
}
