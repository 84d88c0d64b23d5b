package schema

// matching makes up a text in which the pattern is found.
func (s *sampler) matching(p *pattern, least, most int) (string, bool) {
	return p.re.Sample(least, most, s.r.IntN)
}
