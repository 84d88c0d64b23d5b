package schema

import (
	"math/big"
	"strings"
	"testing"
)

func TestDecimalCompare(t *testing.T) {
	t.Parallel()
	// Each is less than the next.
	sorted := []string{
		"-1e10000000", "-1e400", "-9007199254740993", "-9007199254740992", "-1.5", "-1e-10000000", "0", "1e-10000000",
		"0.1", "0.10000000000000000001", "1", "1.5", "9007199254740992", "9007199254740993", "1e400", "1e10000000",
	}
	for i, a := range sorted {
		for j, b := range sorted {
			x, y := parseDecimal([]byte(a)), parseDecimal([]byte(b))
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := x.compare(&y); got != want {
				t.Errorf("%s compared with %s = %d, want %d", a, b, got, want)
			}
		}
	}
	for _, same := range [][2]string{{"1", "1.0"}, {"100", "1e2"}, {"0.5", "5E-1"}, {"0", "-0.0e5"}, {"10.50", "1.05e+1"}} {
		x, y := parseDecimal([]byte(same[0])), parseDecimal([]byte(same[1]))
		if x.compare(&y) != 0 {
			t.Errorf("%s is not %s", same[0], same[1])
		}
	}
}

func TestMultipleOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		number, of string
		want       bool
	}{
		{"19.99", "0.01", true},
		{"19.999", "0.01", false},
		{"0", "7", true},
		{"-21", "7", true},
		{"1e10000000", "7", false},
		{"7e10000000", "7", true},
		{"1e-10000000", "0.5", false},
		{"4.5", "1.5", true},
		{"35", "1.5", false},
		{"0.0075", "0.0001", true},
		{"12391239123", "1e-8", true},
		{"184467440737095516160", "18446744073709551615", false},
		{"18446744073709551615", "18446744073709551615", true},
		{"36893488147419103234", "18446744073709551617", true},
		{"18446744073709551616", "18446744073709551617", false},
		{"1e300", "1267650600228229401496703205376e-70", true}, // 2^100
		{"1e99", "1267650600228229401496703205376", false},
		{"3e20000000", "18446744073709551617", false},
		{"0." + strings.Repeat("3", 300), "0." + strings.Repeat("1", 300), true},
		{"0." + strings.Repeat("3", 299) + "4", "0." + strings.Repeat("1", 300), false},
		{strings.Repeat("9", 600), strings.Repeat("9", 300), true},
		{strings.Repeat("9", 599), strings.Repeat("9", 300), false},
	} {
		of := parseDecimal([]byte(tt.of))
		d, ok := newDivisor(&of)
		if !ok {
			t.Errorf("%s is no divisor", tt.of)
			continue
		}
		number := parseDecimal([]byte(tt.number))
		if got := d.divides(&number); got != tt.want {
			t.Errorf("%s is a multiple of %s: %v, want %v", tt.number, tt.of, got, tt.want)
		}
	}
}

// FuzzDecimal holds the arithmetic against math/big where that can follow.
func FuzzDecimal(f *testing.F) {
	f.Add("19.99", "0.01")
	f.Add("-1.5e3", "25")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !isNumber([]byte(a)) || !isNumber([]byte(b)) || len(a)+len(b) > 60 || strings.ContainsAny(a+b, "eE") && !shortExp(a) || !shortExp(b) {
			return
		}
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		d, o := parseDecimal([]byte(a)), parseDecimal([]byte(b))
		if got, want := d.compare(&o), x.Cmp(y); got != want {
			t.Fatalf("%s compared with %s = %d, want %d", a, b, got, want)
		}
		if got, want := d.integer(), x.IsInt(); got != want {
			t.Fatalf("%s is an integer: %v, want %v", a, got, want)
		}
		if v, ok := newDivisor(&o); ok && y.Sign() > 0 {
			if got, want := v.divides(&d), new(big.Rat).Quo(x, y).IsInt(); got != want {
				t.Fatalf("%s is a multiple of %s: %v, want %v", a, b, got, want)
			}
		}
	})
}

func shortExp(s string) bool {
	i := strings.IndexAny(s, "eE")
	return i < 0 || len(s)-i <= 4
}
