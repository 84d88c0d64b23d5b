package schema

import "github.com/faultline-http/faultline/internal/tape"

// object judges the object at i; depth is what is left for its members.
func (r *runner) object(code, node int32, i, depth int) int {
	if code >= 0 {
		if pick := r.v.objects[code].pick; pick != nil {
			code = r.pick(pick, i, depth)
		}
	}
	switch code {
	case refuse:
		return fail
	case accept:
		return r.anyObject(i, depth)
	case viaTape:
		return r.onTape(node, i, depth+1)
	}
	v := &r.v.objects[code]
	run := memberRun{runner: r, v: v, depth: depth, base: len(r.s.keys.spans), words: len(r.s.bits), last: -1}
	if len(v.slots) > 64 {
		for range (len(v.slots) + 63) / 64 {
			r.s.bits = append(r.s.bits, 0)
		}
	}
	end := run.members(i)
	r.s.bits = r.s.bits[:run.words]
	return end
}

// A memberRun goes over the members of one object.
type memberRun struct {
	*runner
	v     *vobject
	depth int
	base  int    // of the undeclared keys, on the stack
	words int    // of the slots that were seen, on the stack, if there are more than 64
	seen  uint64 // else
	last  int32  // slot that was seen last
	count int
}

func (m *memberRun) members(i int) int {
	src := m.src
	i = tape.SkipSpace(src, i+1)
	if i < len(src) && src[i] == '}' {
		return m.close(i)
	}
	for {
		if i = m.member(i); i < 0 {
			return fail
		}
		m.count++
		if i = tape.SkipSpace(src, i); i >= len(src) {
			return fail
		}
		switch src[i] {
		case ',':
			i = tape.SkipSpace(src, i+1)
		case '}':
			return m.close(i)
		default:
			return fail
		}
	}
}

// member judges one member. Bodies of one kind tend to have their keys in one
// order: the key that followed last time is tried first, by its bytes.
func (m *memberRun) member(i int) int {
	memory := &m.s.guess[m.v.guess+m.last+1]
	slot := *memory
	if slot == 0 {
		slot = m.last + 2
	}
	if slot--; int(slot) < len(m.v.slots) {
		s := &m.v.slots[slot]
		if end := i + len(s.name) + 2; s.plain && end <= len(m.src) && m.src[i] == '"' && m.src[end-1] == '"' && string(m.src[i+1:end-1]) == s.name {
			return m.declared(slot, i, end)
		}
	}
	end, escaped, ok := m.key(i)
	if !ok {
		return fail
	}
	name := m.src[i+1 : end-1]
	if escaped {
		m.s.text = tape.AppendUnescaped(m.s.text[:0], name)
		name = m.s.text
	}
	if slot, ok := m.v.index[string(name)]; ok {
		*memory = slot + 1
		return m.declared(slot, i, end)
	}
	m.s.keys.push(m.src, i+1, end-1, escaped)
	mask := 0
	for k, p := range m.v.patterns {
		found, err := m.match(p, name)
		if err != nil {
			return fail
		}
		if found {
			mask |= 1 << k
		}
	}
	return m.judge(m.v.rest[mask], i, end)
}

// declared judges a member that has a slot. Its name is not checked twice.
func (m *memberRun) declared(slot int32, start, end int) int {
	bit := uint64(1) << (slot & 63)
	word := &m.seen
	if len(m.v.slots) > 64 {
		word = &m.s.bits[m.words+int(slot>>6)]
	}
	if *word&bit != 0 {
		return fail // the same key twice
	}
	*word |= bit
	m.last = slot
	return m.judge(m.v.slots[slot].node, start, end)
}

// judge judges the value of the member whose key stands from start to end.
func (m *memberRun) judge(node int32, start, end int) int {
	if names := m.v.names; names != refuse && m.text(m.runner.v.nodes[names].kinds[tape.String], names, start) != end {
		return fail
	}
	i := m.colon(end)
	if i < 0 {
		return fail
	}
	return m.value(node, i, m.depth)
}

func (m *memberRun) close(i int) int {
	v := m.v
	if m.s.keys.pop(m.src, m.base) || m.count < v.min || v.max >= 0 && m.count > v.max {
		return fail
	}
	if len(v.slots) <= 64 {
		if m.seen&v.needed != v.needed {
			return fail
		}
	} else {
		for _, slot := range v.required {
			if !m.has(slot) {
				return fail
			}
		}
	}
	for k := range v.deps {
		if d := &v.deps[k]; m.has(d.slot) {
			for _, need := range d.needs {
				if !m.has(need) {
					return fail
				}
			}
		}
	}
	return i + 1
}

func (m *memberRun) has(slot int32) bool {
	word := m.seen
	if len(m.v.slots) > 64 {
		word = m.s.bits[m.words+int(slot>>6)]
	}
	return word>>(slot&63)&1 == 1
}

// pick looks ahead for the member that picks the rule. Senders tend to write it
// first. Looking ahead at every level of a deep body would cost its square, so
// what it may cost in all is bounded, and the tape takes over.
func (r *runner) pick(p *vpick, i, depth int) int32 {
	const fewAhead = 4
	if r.looked > fewAhead*len(r.src) {
		return viaTape
	}
	found := p.other
	start := i
	src := r.src
	i = tape.SkipSpace(src, i+1)
	for i < len(src) && src[i] == '"' {
		end, escaped, ok := r.key(i)
		if !ok {
			return refuse
		}
		match := string(src[i+1:end-1]) == p.property
		if escaped {
			r.s.text = tape.AppendUnescaped(r.s.text[:0], src[i+1:end-1])
			match = string(r.s.text) == p.property
		}
		if i = r.colon(end); i < 0 {
			return refuse
		}
		if match {
			r.looked += i - start
			return r.picked(p, i)
		}
		if i = skip(src, i, depth); i < 0 {
			return refuse
		}
		if i = tape.SkipSpace(src, i); i >= len(src) || src[i] != ',' {
			break
		}
		i = tape.SkipSpace(src, i+1)
	}
	r.looked += i - start
	return found
}

func (r *runner) picked(p *vpick, i int) int32 {
	if i >= len(r.src) || r.src[i] != '"' {
		return p.other
	}
	end, escaped, fault := tape.ScanString(r.src, i)
	if fault != tape.NoFault {
		return refuse
	}
	text := r.src[i+1 : end-1]
	if escaped {
		r.s.text = tape.AppendUnescaped(r.s.text[:0], text)
		text = r.s.text
	}
	if code, ok := p.table[string(text)]; ok {
		return code
	}
	return p.other
}

// skip finds the end of a value by its brackets and strings. What is in between
// is read again, and refused then if it is no JSON.
func skip(src []byte, i, depth int) int {
	open := 0
	for i < len(src) {
		switch src[i] {
		case '"':
			end, _, fault := tape.ScanString(src, i)
			if fault != tape.NoFault {
				return fail
			}
			i = end
		case '{', '[':
			if open++; open > depth {
				return fail
			}
			i++
			continue
		case '}', ']':
			if open == 0 {
				return i
			}
			open--
			i++
		case ',':
			if open == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			continue
		}
		if open == 0 {
			return i
		}
	}
	return fail
}
