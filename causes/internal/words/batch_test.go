package words

import "testing"

func TestBatchOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		body          string
		first         string
		failed, total int
	}{
		{`{"took":1,"errors":true,"items":[{"index":{"status":201}},{"index":{"status":409,"error":{"type":"x"}}}]}`, "/items/1", 1, 2},
		{`{"FailedRecordCount":2,"Records":[]}`, "/FailedRecordCount", 2, 0},
		{`{"UnprocessedItems":{"orders":[{}]}}`, "/UnprocessedItems", 1, 0},
		{`{"Successful":[{"Id":"1"}],"Failed":[{"Id":"2","Code":"x"}]}`, "/Failed/0", 1, 2},
		{`{"kind":"x","insertErrors":[{"index":0}]}`, "/insertErrors", 1, 0},
		{`{"responses":[{"id":"1","status":200},{"id":"2","status":404}]}`, "/responses/1", 1, 2},
		{`{"hasErrors":true,"results":[{"statusCode":201},{"statusCode":400}]}`, "/results/1", 1, 2},
		{`<DeleteResult><Deleted><Key>a</Key></Deleted><Error><Key>b</Key><Code>AccessDenied</Code></Error></DeleteResult>`, "/DeleteResult/Error", 1, 0},
		{`{"errors":false,"items":[{"index":{"status":201}}]}`, "", 0, 0},
		{`{"FailedRecordCount":0,"Records":[{}]}`, "", 0, 0},
		{`{"UnprocessedItems":{}}`, "", 0, 0},
		{`{"items":[{"status":"404"}]}`, "", 0, 0},
		{`[]`, "", 0, 0},
	} {
		b, ok := BatchOf(Document([]byte(tt.body)))
		if ok != (tt.first != "") || b.First != tt.first || b.Failed != tt.failed || b.Total != tt.total {
			t.Errorf("%s: %+v, %v", tt.body, b, ok)
		}
	}
}
