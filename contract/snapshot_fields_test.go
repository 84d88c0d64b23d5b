package contract

import (
	"testing"

	"github.com/faultline-http/faultline/contract/internal/snapshot/snapshottest"
)

func TestSnapshotHasEveryField(t *testing.T) {
	t.Parallel()
	snapshottest.RoundTrip(t, (*Operation).code, nil, "contract", "variants")
	snapshottest.RoundTrip(t, (*Contract).codeHead, nil, "router", "program", "ops")
}
