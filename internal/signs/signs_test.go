package signs

import "testing"

func TestSignsOfFailure(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		``:                                   false,
		`{}`:                                 false,
		`{"status":"paid","total":4}`:        false,
		`{"status": "error"}`:                true,
		`{"Status":"Failure"}`:               true,
		`{"status":404}`:                     true,
		`{"status":"503"}`:                   true,
		`{"status":200}`:                     false,
		`{"errors":[]}`:                      false,
		`{"errors": [{"message":"no"}]}`:     true,
		`{"error":null,"data":{"id":1}}`:     false,
		`{"hasErrors":false}`:                false,
		`{"hasErrors":true}`:                 true,
		`{"errcode":0}`:                      false,
		`{"errcode":40013}`:                  true,
		`{"retCode":10004}`:                  true,
		`{"retCode":0}`:                      false,
		`{"ok":true}`:                        false,
		`{"ok" : false}`:                     true,
		`{"isSuccess":false}`:                true,
		`{"success":"true"}`:                 false,
		`{"FailedPutCount":0}`:               false,
		`{"FailedPutCount":2}`:               true,
		`{"UnprocessedItems":{}}`:            false,
		`{"UnprocessedItems":{"t":[]}}`:      true,
		`[{"error":{"type":1}}]`:             true,
		`{"title":"mirror, failed, Fault>"}`: false,
		`{"msg":"error sign!"}`:              true,
		`{"msg":"fine","title":"error"}`:     false,
		`{"data":{"userErrors":[{}]}}`:       true,
		`{"error":`:                          true,
		`{"error"`:                           false,
		`":"`:                                false,
		`<a><Fault>x</Fault></a>`:            true,
		`<html>no error here</html>`:         true,
		`:`:                                  false,
		`{:`:                                 false,
		`{":`:                                false,
		`{"f":1}`:                            false,
		`{"":1}`:                             false,
		`{"ff":1}`:                           false,
	} {
		if got := In([]byte(body)); got != want {
			t.Errorf("%s shows failure: %v, want %v", body, got, want)
		}
	}
}

func BenchmarkSigns(b *testing.B) {
	body := []byte(`{"id":"ord_0a1b2c3d4e5f6g7h","status":"paid","customer":{"id":"3f2b8c1e-9d47-4a6b-8f10-5c2e7d9a1b34","email":"ada.lovelace@example.com","name":"Ada Lovelace","phone":"+4930901820","birthday":"1990-12-10","tags":["b2c","newsletter"]},"items":[{"sku":"TXT-95771921","title":"chair desk shirt","quantity":2,"unitPrice":{"amount":66124,"currency":"EUR"},"discountPercent":24.6}]}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if In(body) {
			b.Fatal("a healthy body shows failure")
		}
	}
}

func FuzzIn(f *testing.F) {
	for _, body := range []string{`{"f":1}`, `{"error":1}`, `{"status" : "failed"}`, `<Fault>`, `{"a":{"ok":false}}`, `{"` + "\xff" + `ss":}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		In(body)
		for end := range body {
			if name := Name(body, end); name != nil && Tells(name, body[end+1:]) && Telling(string(name)) == nil {
				t.Fatalf("%q is found in a body, and is no telling name by itself", name)
			}
		}
	})
}
