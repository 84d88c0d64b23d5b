package provider

// kubernetes: the reasons of a Status (k8s.io/apimachinery/pkg/apis/meta/v1, StatusReason).
var kubernetes = API{
	name:  "Kubernetes",
	known: hasMembers("apiVersion", "reason"),
	means: []meaning{
		{"state.conflict", "", "alreadyexists conflict"},
		{"limit.rate", "", "toomanyrequests"},
		{"resource.not-found", "", "notfound"},
		{"resource.gone", "query:resourceVersion", "expired"},
		{"resource.gone", "", "gone"},
		{"auth.forbidden-role", "", "forbidden"},
	},
}
