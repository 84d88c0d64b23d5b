package causes

import "testing"

func TestNear(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		candidates []string
		want       string
	}{
		{"custmer_id", []string{"customer_id", "currency", "items"}, "customer_id"},
		{"customerId", []string{"customer_id", "currency"}, "customer_id"},
		{"CustomerID", []string{"customer_id"}, "customer_id"},
		{"qty", []string{"sku", "quantity"}, "quantity"},
		{"nmae", []string{"name", "tags"}, "name"},
		{"emial", []string{"email", "name"}, "email"},
		{"to", []string{"from", "body"}, ""},
		{"colour", []string{"sku", "quantity"}, ""},
		{"id", []string{"it", "is"}, ""},
		{"limt", []string{"limit", "lift"}, "limit"},
		{"page", []string{"starting_after", "limit"}, ""},
		{"name", []string{"name"}, ""},
	}
	for _, tt := range tests {
		if got, _ := Near(tt.name, tt.candidates); got != tt.want {
			t.Errorf("Near(%q, %q) = %q, want %q", tt.name, tt.candidates, got, tt.want)
		}
	}
}
