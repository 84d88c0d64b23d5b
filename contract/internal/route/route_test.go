package route_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/race"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/contract/internal/route"
)

// build makes a router of lines "METHOD base template"; a dash is no base.
func build(t testing.TB, lines ...string) *route.Router {
	t.Helper()
	var b route.Builder
	for i, line := range lines {
		f := strings.Fields(line)
		if f[1] == "-" {
			f[1] = ""
		}
		if err := b.Add(f[1], f[2], f[0], i); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	return b.Router()
}

var pets = []string{
	"GET /v1 /pets",
	"POST /v1 /pets",
	"GET /v1 /pets/{petId}",
	"DELETE /v1 /pets/{petId}",
	"GET /v1 /pets/mine",
	"GET /v1 /pets/{petId}/photos/{photo}.{ext}",
	"POST /v1 /pets/{petId}:feed",
	"GET /v1 /files/v{major}/latest",
	"GET /v1 /files/{any}/latest",
	"GET /v1 /caf\u00e9/menu",
	"GET /v1 /",
	"GET /v1 /dir/",
}

// captures are the expressions of a hit as name=value.
func captures(path string, hit *route.Hit) []string {
	var out []string
	for i := range hit.Len() {
		name, start, end := hit.Capture(i)
		out = append(out, name+"="+path[start:end])
	}
	return out
}

func TestTheMostSpecificTemplateWins(t *testing.T) {
	t.Parallel()
	r := build(t, pets...)
	for _, tt := range []struct {
		method, path string
		op           int // -1: none
		want         []string
	}{
		{"GET", "/v1/pets", 0, nil},
		{"POST", "/v1/pets", 1, nil},
		{"HEAD", "/v1/pets", 0, nil},
		{"PUT", "/v1/pets", -1, nil},
		{"GET", "/v1/pets/7", 2, []string{"petId=7"}},
		{"GET", "/v1/pets/mine", 4, nil},
		{"DELETE", "/v1/pets/mine", 3, []string{"petId=mine"}},
		{"GET", "/v1/pets/a%2Fb", 2, []string{"petId=a%2Fb"}},
		{"GET", "/v1/%70ets/7", 2, []string{"petId=7"}},
		{"GET", "/v1/pets/", -1, nil},
		{"GET", "/v1/pets//photos/a.png", -1, nil},
		{"GET", "/v1/pets/7/photos/a.b.png", 5, []string{"petId=7", "photo=a", "ext=b.png"}},
		{"GET", "/v1/pets/7/photos/.png", -1, nil},
		{"GET", "/v1/pets/7/photos/a.", -1, nil},
		{"POST", "/v1/pets/7:feed", 6, []string{"petId=7"}},
		{"POST", "/v1/pets/a:b:feed", 6, []string{"petId=a:b"}},
		{"POST", "/v1/pets/7%3Afeed", 6, []string{"petId=7"}},
		{"POST", "/v1/pets/:feed", -1, nil},
		{"GET", "/v1/pets/7:feed", 2, []string{"petId=7:feed"}},
		{"GET", "/v1/files/v2/latest", 7, []string{"major=2"}},
		{"GET", "/v1/files/v/latest", 8, []string{"any=v"}},
		{"GET", "/v1/caf%C3%A9/menu", 9, nil},
		{"GET", "/v1/caf\u00e9/menu", 9, nil},
		{"GET", "/v1/", 10, nil},
		{"GET", "/v1", -1, nil},
		{"GET", "/v1/dir/", 11, nil},
		{"GET", "/v1/dir", -1, nil},
		{"GET", "/pets", -1, nil},
		{"GET", "", -1, nil},
		{"GET", "*", -1, nil},
		{"GET", "/v1/pets/%", 2, []string{"petId=%"}},
	} {
		var hit route.Hit
		got := -1
		if r.Match(tt.method, tt.path, &hit) {
			got = hit.Op
		}
		if got != tt.op {
			t.Errorf("%s %s: got operation %d, want %d", tt.method, tt.path, got, tt.op)
			continue
		}
		if got < 0 {
			continue
		}
		if diff := cmp.Diff(tt.want, captures(tt.path, &hit)); diff != "" {
			t.Errorf("%s %s: captures (-want +got)\n%s", tt.method, tt.path, diff)
		}
	}
}

func TestVariablesOfTheBaseMatchAnyOneSegment(t *testing.T) {
	t.Parallel()
	r := build(t, "GET /{}/api /pets/{petId}")
	var hit route.Hit
	if !r.Match("GET", "/eu-1/api/pets/7", &hit) {
		t.Fatal("got no match")
	}
	if diff := cmp.Diff([]string{"=eu-1", "petId=7"}, captures("/eu-1/api/pets/7", &hit)); diff != "" {
		t.Errorf("captures (-want +got)\n%s", diff)
	}
}

func TestEqualRoutesAreRefused(t *testing.T) {
	t.Parallel()
	var b route.Builder
	for _, tt := range []struct{ method, template string }{{"GET", "/pets/{id}"}, {"PUT", "/pets/{petId}"}} {
		if err := b.Add("", tt.template, tt.method, 0); err != nil {
			t.Fatal(err)
		}
	}
	err := b.Add("", "/pets/{name}", "GET", 1)
	if err == nil || !strings.Contains(err.Error(), "/pets/{id}") {
		t.Errorf("got %v, want a conflict with /pets/{id}", err)
	}
	for _, bad := range []string{"pets", "/{a", "/a}", "/{a{b}}", "/" + strings.Repeat("{a}/", 17)} {
		if err := b.Add("", bad, "GET", 2); err == nil {
			t.Errorf("template %s: got no error", bad)
		}
	}
}

func TestAMatchAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	r := build(t, pets...)
	for _, path := range []string{"/v1/pets/7", "/v1/pets/7/photos/a.png", "/v1/%70ets/7", "/v1/unknown"} {
		got := testing.AllocsPerRun(100, func() {
			var hit route.Hit
			r.Match("GET", path, &hit)
		})
		if got != 0 {
			t.Errorf("%s: got %v allocations, want 0", path, got)
		}
	}
}

func TestNearestOffersWhatWasLikelyMeant(t *testing.T) {
	t.Parallel()
	r := build(t, append(pets, "GET /v1 /owners/{owner}/pets", "GET /v1 /orders")...)
	for _, tt := range []struct{ path, template, filled string }{
		{"/v1/pet/7", "/pets/{petId}", "/v1/pets/7"},
		{"/v1/pest", "/pets", "/v1/pets"},
		{"/v1/PETS/7", "/pets/{petId}", "/v1/pets/7"},
		{"/v1/owner/9/pets", "/owners/{owner}/pets", "/v1/owners/9/pets"},
		{"/v1/owners/9/pts", "/owners/{owner}/pets", "/v1/owners/9/pets"},
		{"/v1/order", "/orders", "/v1/orders"},
		{"/v1/owners/pets", "/owners/{owner}/pets", "/v1/owners/{owner}/pets"},
		{"/v1/completely/else/here/and/there", "", ""},
	} {
		var template, filled string
		if near := r.Nearest(tt.path, 3); len(near) > 0 {
			template, filled = near[0].Leaf.Template, near[0].Path
		}
		if template != tt.template || filled != tt.filled {
			t.Errorf("%s: got %q as %q, want %q as %q", tt.path, template, filled, tt.template, tt.filled)
		}
	}
}

func TestRebaseMendsTheBasePath(t *testing.T) {
	t.Parallel()
	r := build(t, pets...)
	for _, tt := range []struct{ path, want string }{
		{"/pets/7", "/v1/pets/7"},
		{"/api/v1/pets/7", "/v1/pets/7"},
		{"/v1/v1/pets/7", "/v1/pets/7"},
		{"/v2/pets", "/v1/pets"},
		{"/api/pets", "/v1/pets"},
		{"/unknown", ""},
		{"/a/b/c/d/pets", ""},
		{"/pets/pets", "/v1/pets/pets"},
	} {
		if got := r.Rebase(tt.path); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.path, got, tt.want)
		}
	}
	inPaths := build(t, "GET - /api/v1/users", "GET - /api/v1/users/{id}", "GET - /api/v1/me")
	for _, tt := range []struct{ path, want string }{
		{"/users/7", "/api/v1/users/7"},
		{"/v1/users/7", "/api/v1/users/7"},
		{"/api/v2/me", "/api/v1/me"},
		{"/7", ""},
	} {
		if got := inPaths.Rebase(tt.path); got != tt.want {
			t.Errorf("prefix in the paths %s: got %q, want %q", tt.path, got, tt.want)
		}
	}
	atRoot := build(t, "GET - /pets/{id}", "GET - /{tenant}")
	for _, tt := range []struct{ path, want string }{
		{"/api/pets/7", "/pets/7"},
		{"/anything/else", ""},
	} {
		if got := atRoot.Rebase(tt.path); got != tt.want {
			t.Errorf("without base %s: got %q, want %q", tt.path, got, tt.want)
		}
	}
}

func TestWithSlash(t *testing.T) {
	t.Parallel()
	r := build(t, pets...)
	for _, tt := range []struct{ path, want string }{
		{"/v1/pets/", "/v1/pets"},
		{"/v1/dir", "/v1/dir/"},
		{"/v1/pets//", "/v1/pets"},
		{"/v1/nothing/", ""},
	} {
		if got := r.WithSlash(tt.path); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.path, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"pets", "pets", 0},
		{"pets", "PETS", 1},
		{"pets", "pest", 1},
		{"pets", "pet", 1},
		{"custmer_id", "customer_id", 1},
		{"kitten", "sitting", 3},
		{"a", "abcdefgh", 9},
	} {
		if got := route.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("distance of %q and %q: got %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
