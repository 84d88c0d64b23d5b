package contract

import (
	"reflect"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/snapshot/snapshottest"
)

func TestSnapshotHasEveryField(t *testing.T) {
	t.Parallel()
	made := map[reflect.Type]any{ // a parameter has a media type, which has encodings, which have parameters
		reflect.TypeFor[encoding](): encoding{
			style: pipeDelimited, explode: true, styled: true, contentType: []string{"image/*"},
			headers: []parameter{{name: "X-A", required: true}}, source: faultline.Source{File: "a", Line: 1, Column: 2},
		},
	}
	snapshottest.RoundTrip(t, (*Operation).code, made, "contract", "variants", "callbacks")
	snapshottest.RoundTrip(t, (*Contract).codeHead, made, "router", "program", "ops", "webhooks", "xml")
}
