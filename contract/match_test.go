package contract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/contract"
)

const served = `openapi: 3.1.0
info: {title: T, version: '1'}
servers:
  - url: https://{region}.example.com/{stage}/api
    variables: {region: {default: eu}, stage: {default: v1, enum: [v1, beta]}}
  - url: /local/
paths:
  /pets:
    get: {operationId: listPets, responses: {}}
    post: {operationId: addPet, responses: {}}
  /pets/{petId}:
    get: {operationId: getPet, responses: {}}
    options: {operationId: optionsPet, responses: {}}
  /status:
    servers: [{url: 'https://status.example.com'}]
    get: {operationId: getStatus, responses: {}}
    put: {operationId: putStatus, servers: [{url: 'https://admin.example.com/admin'}], responses: {}}
  /jobs?kind=a: {get: {operationId: jobsA, responses: {}}}
  /jobs?kind=b: {get: {operationId: jobsB, responses: {}}}
  /jobs: {get: {operationId: jobs, responses: {}}}
`

func TestRequestsAreMatchedBelowTheBasePathsOfTheServers(t *testing.T) {
	t.Parallel()
	c := load(t, served)
	for _, tt := range []struct{ method, url, want string }{
		{"GET", "https://eu.example.com/v1/api/pets", "listPets"},
		{"GET", "https://us.example.com/beta/api/pets?x=1#f", "listPets"},
		{"GET", "/v2/api/pets", ""},
		{"GET", "/local/pets", "listPets"},
		{"HEAD", "/local/pets", "listPets"},
		{"POST", "/local/pets", "addPet"},
		{"DELETE", "/local/pets", ""},
		{"GET", "/local/pets/7", "getPet"},
		{"OPTIONS", "/local/pets/7", "optionsPet"},
		{"OPTIONS", "/local/pets", ""},
		{"OPTIONS", "*", ""},
		{"GET", "https://status.example.com/status", "getStatus"},
		{"GET", "/local/status", ""},
		{"PUT", "/admin/status", "putStatus"},
		{"PUT", "/status", ""},
		{"GET", "/local/jobs?x=1&kind=a", "jobsA"},
		{"GET", "/local/jobs?kind=b", "jobsB"},
		{"GET", "/local/jobs?kind=c", "jobs"},
		{"GET", "https://eu.example.com", ""},
		{"GET", "", ""},
	} {
		got := ""
		if op := c.Match(tt.method, tt.url).Operation; op != nil {
			got = op.ID
		}
		if got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.method, tt.url, got, tt.want)
		}
	}
}

func TestPathParametersKeepTheirBytes(t *testing.T) {
	t.Parallel()
	c := load(t, served)
	m := c.Match("GET", "https://eu.example.com/v1/api/pets/a%20b")
	p, ok := m.Params.Get("petId")
	want := contract.Param{Name: "petId", Raw: "a%20b", Start: len("/v1/api/pets/"), End: len("/v1/api/pets/a%20b")}
	if !ok || p != want || m.Params.Len() != 1 {
		t.Errorf("got %+v, want %+v", p, want)
	}
}

func TestAHostOfNoServerIsSaid(t *testing.T) {
	t.Parallel()
	c := load(t, head+"servers: [{url: 'https://{tenant}.example.com:443/v1', variables: {tenant: {default: demo}}}, {url: 'http://localhost:3000/v1'}]\npaths: {/a: {get: {}}}\n")
	for _, tt := range []struct {
		url  string
		want bool
	}{
		{"https://demo.example.com/v1/a", false},
		{"https://other.EXAMPLE.com/v1/a", false},
		{"https://user:pw@demo.example.com/v1/a", false},
		{"http://localhost:3000/v1/a", false},
		{"http://localhost:4000/v1/a", true},
		{"https://example.org/v1/a", true},
		{"/v1/a", false},
	} {
		m := c.Match("GET", tt.url)
		if m.OffHost != tt.want || m.Operation == nil {
			t.Errorf("%s: got off host %v with %v, want %v with an operation", tt.url, m.OffHost, m.Operation, tt.want)
		}
	}
	if c := load(t, head+"paths: {/a: {get: {}}}\n"); c.Match("GET", "https://anywhere.example/a").OffHost {
		t.Error("a contract without hosts: got off host")
	}
}

func TestAMissSaysWhatWasLikelyMeant(t *testing.T) {
	t.Parallel()
	c := load(t, served)
	for _, tt := range []struct {
		method, url string
		want        contract.Match
	}{
		{"DELETE", "/local/pets", contract.Match{Route: "/pets", Allowed: []string{"GET", "POST"}}},
		{"OPTIONS", "/local/pets", contract.Match{Route: "/pets", Allowed: []string{"GET", "POST"}, Options: true}},
		{"GET", "/local/pets/", contract.Match{Slash: "/local/pets"}},
		{"GET", "/local/local/pets", contract.Match{Base: "/local/pets"}},
		{"GET", "/v3/api/pets", contract.Match{Base: "/v1/api/pets"}},
		{"GET", "/local/pest/7", contract.Match{}},
	} {
		got := c.Match(tt.method, tt.url)
		near := got.Near
		got.Near, got.Params = nil, contract.Params{}
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(contract.Params{})); diff != "" {
			t.Errorf("%s %s (-want +got)\n%s", tt.method, tt.url, diff)
		}
		if tt.url == "/local/pest/7" {
			want := contract.Near{Method: "GET", Template: "/pets/{petId}", Path: "/local/pets/7", Distance: 1}
			if len(near) == 0 || near[0] != want {
				t.Errorf("%s: got %+v, want %+v first", tt.url, near, want)
			}
		}
	}
}

func TestServersGiveTheirHostsAndBasePaths(t *testing.T) {
	t.Parallel()
	want := []contract.Server{
		{URL: "https://{region}.example.com/{stage}/api", Hosts: []string{"eu.example.com", "{}.example.com"}, Bases: []string{"/v1/api", "/beta/api"}},
		{URL: "/local/", Bases: []string{"/local"}},
	}
	if diff := cmp.Diff(want, load(t, served).Servers()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
