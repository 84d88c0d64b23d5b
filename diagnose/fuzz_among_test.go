package diagnose_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// FuzzDiagnoseAmong: no other call, before or beside it, makes the diagnosis of one panic.
func FuzzDiagnoseAmong(f *testing.F) {
	f.Add("POST", "/v1/orders/7?a=1", `{"a":1,"b":[2]}`, `{"a":"1"}`, 400, uint8(0))
	f.Add("GET", "/cb?code=x&state=y", "", "Authorization: Bearer eyJ.e.x", 302, uint8(31))
	f.Fuzz(func(t *testing.T, method, target, there, here string, status int, unseen uint8) {
		good, bad := call(method, target, there, 200, here), call(method, target+here, here, status, there)
		good.Request.Header = append(good.Request.Header, fields(here)...)
		bad.Request.Header = append(bad.Request.Header, fields(there)...)
		bad.Unseen = faultline.Unseen(unseen)
		engine := diagnose.New(
			diagnose.WithBaseline(func(*faultline.Exchange) *faultline.Exchange { return good }),
			diagnose.WithAround(func(*faultline.Exchange) []*faultline.Exchange { return []*faultline.Exchange{good, bad, {}} }),
			diagnose.WithReasons(),
		)
		d := engine.Diagnose(bad)
		if len(d.Findings) > 20 {
			t.Errorf("%d findings", len(d.Findings))
		}
	})
}
