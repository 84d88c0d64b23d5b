package report

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestColored(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		flag string
		tty  bool
		env  map[string]string
		want bool
	}{
		{"a terminal", "auto", true, nil, true},
		{"a pipe", "auto", false, nil, false},
		{"no flag on a terminal", "", true, nil, true},
		{"the flag wins over all", "always", false, map[string]string{"NO_COLOR": "1", "TERM": "dumb"}, true},
		{"the flag against", "never", true, map[string]string{"FORCE_COLOR": "1"}, false},
		{"NO_COLOR", "auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"NO_COLOR has any value", "auto", true, map[string]string{"NO_COLOR": "0"}, false},
		{"NO_COLOR is set but empty", "auto", true, map[string]string{"NO_COLOR": ""}, true},
		{"NO_COLOR wins over FORCE_COLOR", "auto", true, map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1"}, false},
		{"FORCE_COLOR into a pipe", "auto", false, map[string]string{"FORCE_COLOR": "1"}, true},
		{"CLICOLOR_FORCE into a pipe", "auto", false, map[string]string{"CLICOLOR_FORCE": "1"}, true},
		{"CLICOLOR_FORCE=0 forces nothing", "auto", false, map[string]string{"CLICOLOR_FORCE": "0"}, false},
		{"a dumb terminal", "auto", true, map[string]string{"TERM": "dumb"}, false},
		{"FORCE_COLOR wins over a dumb terminal", "auto", true, map[string]string{"TERM": "dumb", "FORCE_COLOR": "1"}, true},
	}
	for _, tt := range tests {
		if got := colored(tt.flag, tt.tty, func(name string) string { return tt.env[name] }); got != tt.want {
			t.Errorf("%s: color = %t, want %t", tt.name, got, tt.want)
		}
	}
}

func TestDecideForAFile(t *testing.T) {
	t.Parallel()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	tests := []struct {
		name  string
		flags Flags
		env   map[string]string
		want  Options
	}{
		{"a file is never cut", Flags{}, nil, Options{}},
		{"no narrower than 60", Flags{Width: 20}, nil, Options{Width: 60}},
		{"no wider than 120", Flags{Width: 500}, nil, Options{Width: 120}},
		{"ASCII by flag", Flags{ASCII: true}, map[string]string{"LANG": "de_DE.UTF-8"}, Options{ASCII: true}},
		{"ASCII by locale", Flags{}, map[string]string{"LANG": "C"}, Options{ASCII: true}},
		{"LC_ALL wins over LANG", Flags{}, map[string]string{"LC_ALL": "en_US.utf8", "LANG": "C"}, Options{}},
		{"accessible", Flags{}, map[string]string{"ACCESSIBLE": "1"}, Options{Accessible: true}},
		{"color without links into a file", Flags{Color: "always"}, nil, Options{Color: true}},
	}
	for _, tt := range tests {
		if got := Decide(file, tt.flags, func(name string) string { return tt.env[name] }); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
