package engines

import (
	"encoding/json"

	"github.com/bytedance/sonic"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/tidwall/gjson"
)

func jsontextValid(body []byte) bool { return jsontext.Value(body).IsValid() }

func sonicValid(body []byte) bool { return sonic.Valid(body) }

func gjsonValid(body []byte) bool { return gjson.ValidBytes(body) }

func unmarshal(body []byte) bool {
	var v any
	return json.Unmarshal(body, &v) == nil
}
