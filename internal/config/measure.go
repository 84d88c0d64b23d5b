package config

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline/internal/yaml"
)

// longest is more than anybody waits for one call.
const longest = 24 * time.Hour

// duration is a time that passes, more than none.
func duration(into *time.Duration) value {
	return &scalar[time.Duration]{
		into: into, like: "a duration: `500ms`, `10s`, `2m`, `1h`", number: true,
		typed:  map[string]any{"type": "string", "pattern": `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$`},
		format: durationText,
		parse:  func(text string, _ *reader) (time.Duration, error) { return parseDuration(text) },
	}
}

func parseDuration(text string) (time.Duration, error) {
	const fix = "write a number with its unit: `500ms`, `10s`, `2m`, `1h`"
	d, err := time.ParseDuration(text)
	switch {
	case err != nil && strings.Trim(text, "0123456789.") == "" && text != "":
		return 0, wrongf("did you mean `"+text+"s`? "+fix, "`%s` has no unit", text)
	case err != nil:
		return 0, wrongf(fix, "`%s` is not a duration", text)
	case d <= 0:
		return 0, wrongf(fix, "`%s`: more than nothing is needed", text)
	case d > longest:
		return 0, wrongf("24h is the most", "`%s` is too long", text)
	}
	return d, nil
}

// durationText writes 2m as people do, not as 2m0s.
func durationText(d time.Duration) string {
	s := d.String()
	if short, ok := strings.CutSuffix(s, "m0s"); ok {
		s = short + "m"
	}
	if short, ok := strings.CutSuffix(s, "h0m"); ok {
		s = short + "h"
	}
	return s
}

// units are the units of sizes, the longer names first.
var units = []struct {
	name  string
	bytes int64
}{
	{"KiB", 1 << 10},
	{"MiB", 1 << 20},
	{"GiB", 1 << 30},
	{"kB", 1e3},
	{"MB", 1e6},
	{"GB", 1e9},
	{"k", 1 << 10},
	{"M", 1 << 20},
	{"G", 1 << 30},
	{"B", 1},
}

// size is a number of bytes between two bounds.
func size(into *int64, least, most int64) value {
	return &scalar[int64]{
		into: into, like: "a size: `4096`, `64KiB`, `1MiB`", number: true,
		typed:  map[string]any{"type": []any{"string", "integer"}, "pattern": `(?i)^[0-9]+ *(b|k|m|g|kib|mib|gib|kb|mb|gb)?$`},
		format: sizeText,
		parse: func(text string, _ *reader) (int64, error) {
			n, err := ParseSize(text)
			switch {
			case err != nil:
				return 0, err
			case n < least:
				return 0, wrongf("give at least "+sizeText(least), "`%s` is too little", text)
			case n > most:
				return 0, wrongf("give at most "+sizeText(most), "`%s` is too much", text)
			}
			return n, nil
		},
	}
}

// largest is more than any machine keeps of one body.
const largest = 1 << 40

// ParseSize reads 4096, 64KiB, 1MB.
func ParseSize(text string) (int64, error) {
	number, factor := strings.ToLower(strings.TrimSpace(text)), int64(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(number, strings.ToLower(u.name)); ok {
			number, factor = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > largest/factor {
		return 0, wrongf("write a number of bytes, or one with its unit: `4096`, `64KiB`, `1MiB`", "`%s` is not a size", text)
	}
	return n * factor, nil
}

func sizeText(n int64) string {
	for i := 2; i >= 0; i-- {
		if u := units[i]; n >= u.bytes && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(n, 10)
}

// whole is a whole number between two bounds.
func whole(into *int, least, most int) value {
	return &scalar[int]{
		into: into, only: yaml.Number, like: "a whole number, " + strconv.Itoa(least) + " to " + strconv.Itoa(most),
		typed:  map[string]any{"type": "integer", "minimum": least, "maximum": most},
		format: strconv.Itoa,
		parse: func(text string, _ *reader) (int, error) {
			n, err := strconv.Atoi(text)
			if err != nil || n < least || n > most {
				return 0, wrongf("write a whole number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most), "`%s` is not one that is possible here", text)
			}
			return n, nil
		},
	}
}

// jsonText is a text in quotes; YAML reads it as JSON does.
func jsonText(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a text always encodes
	return strings.TrimSuffix(b.String(), "\n")
}
