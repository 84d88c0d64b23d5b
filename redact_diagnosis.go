package faultline

import "strings"

// diagnosis takes what was masked in the exchange out of the words about it.
// Rules quote no secrets; what a contract's explanation quotes of a value is
// caught here.
func (m *masker) diagnosis(d *Diagnosis) {
	if d == nil {
		return
	}
	for i := range d.Findings {
		m.finding(&d.Findings[i])
	}
	for i := range d.RuledOut {
		m.words(&d.RuledOut[i].Why)
	}
	for i := range d.Looked {
		m.words(&d.Looked[i])
	}
	m.evidence(d.About)
	m.words(&d.Unverified)
	if d.Corrected != nil {
		fixed := *d.Corrected
		fixed.Body.Raw = append([]byte(nil), fixed.Body.Raw...)
		fixed.Body.Decoded = nil
		m.request(&fixed)
		fixed.Body.Decoded = fixed.Body.Raw
		d.Corrected = &fixed
	}
}

func (m *masker) evidence(all []Evidence) {
	for i := range all {
		for j := range all[i].Lines {
			m.words(&all[i].Lines[j].Text)
			m.words(&all[i].Lines[j].Note)
		}
	}
}

func (m *masker) finding(f *Finding) {
	if m.secretPlace(f.At) {
		m.hideValue(f)
	}
	for _, s := range []*string{&f.Message, &f.Brief, &f.Expected, &f.Found, &f.Caret, &f.Retry, &f.Remedy.Text} {
		m.words(s)
	}
	if f.Detail.Found != nil {
		m.words(&f.Detail.Found.Text)
	}
	m.evidence(f.Evidence)
	for i := range f.RuledOut {
		m.words(&f.RuledOut[i].Why)
	}
	for i := range f.Remedy.Steps {
		m.words(&f.Remedy.Steps[i].Text)
		m.words(&f.Remedy.Steps[i].Command)
		m.words(&f.Remedy.Steps[i].Lines)
	}
	for i := range f.Remedy.Patch {
		m.words(&f.Remedy.Patch[i].Value)
	}
	for i := range f.Notes {
		m.words(&f.Notes[i].Text)
	}
}

// secretPlace reports whether a location is that of a secret by its name.
func (m *masker) secretPlace(at Location) bool {
	if at.In == InBody {
		last := at.Pointer[strings.LastIndexByte(at.Pointer, '/')+1:]
		return last != "" && m.secret(last)
	}
	return at.Name != "" && m.secret(at.Name)
}

// hideValue keeps the type of what was found and drops its text, however short
// it is.
func (m *masker) hideValue(f *Finding) {
	if f.Detail.Found == nil || f.Detail.Found.Text == "" {
		return
	}
	text := f.Detail.Found.Text
	f.Detail.Found.Text = ""
	for _, s := range []*string{&f.Message, &f.Brief, &f.Found, &f.Caret} {
		*s = strings.ReplaceAll(*s, text, dots)
		if bare := strings.Trim(text, `"`); bare != "" {
			*s = strings.ReplaceAll(*s, bare, dots)
		}
	}
}

// words masks every secret that was seen, byte by byte, so that spans into the
// text still fit.
func (m *masker) words(s *string) {
	for _, secret := range m.seen {
		if strings.Contains(*s, secret) {
			*s = strings.ReplaceAll(*s, secret, strings.Repeat("*", len(secret)))
		}
	}
}
