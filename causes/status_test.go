package causes

import "testing"

func TestStatusesNameCausesThatThereAre(t *testing.T) {
	t.Parallel()
	for _, m := range statusMeanings {
		if again, ok := MeaningOf(m.Status); !ok || again.Name != m.Name {
			t.Errorf("%d stands twice in the table", m.Status)
		}
		if m.Text == "" || m.Look == "" || m.Source == "" {
			t.Errorf("%d says too little: %+v", m.Status, m)
		}
		for _, slug := range m.Causes {
			if _, err := PageOf(slug); err != nil {
				t.Errorf("%d: %v", m.Status, err)
			}
		}
	}
}

func TestEveryStatusHasAMeaning(t *testing.T) {
	t.Parallel()
	for status := 100; status < 600; status++ {
		if m, ok := MeaningOf(status); !ok || m.Status != status || m.Text == "" {
			t.Errorf("%d has no meaning", status)
		}
	}
	if _, ok := MeaningOf(0); ok {
		t.Error("0 has a meaning")
	}
}
