package contract

import (
	"fmt"
	"slices"

	"github.com/faultline-http/faultline/internal/yaml"
)

// flowNames are the fields of an OAuth Flows Object; deviceAuthorization is of
// OpenAPI 3.2 (section 4.8.28).
var flowNames = []string{"implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"}

// checkFlows tells of flows that no version of OpenAPI has. Nothing about a
// call depends on the flow by which its token was had.
func (l *loader) checkFlows(m *yaml.Member, n *yaml.Node) {
	list := n.Get("flows")
	if list == nil {
		l.tolerate(n.Pos, "oauth-flows", fmt.Sprintf("the security scheme `%s` has no `flows`", m.Key), "add `flows` with the ways to a token")
		return
	}
	for i := range list.Members {
		f := &list.Members[i]
		if len(f.Key) > 2 && f.Key[:2] == "x-" {
			continue
		}
		switch {
		case !slices.Contains(flowNames, f.Key):
			l.tolerate(f.Pos, "oauth-flow", fmt.Sprintf("the security scheme `%s` has a flow `%s`, which OpenAPI does not know", m.Key, f.Key), "write one of implicit, password, clientCredentials, authorizationCode and deviceAuthorization")
		case f.Key == "deviceAuthorization" && !l.v32:
			l.tolerate(f.Pos, "oauth-flow", fmt.Sprintf("the security scheme `%s` has the flow `deviceAuthorization`, which OpenAPI has from 3.2 on", m.Key), "say `openapi: 3.2.0`")
		}
	}
}
