package schema

func (e *eval) validArray(r *arrRule, token int) bool {
	tok := &e.t.Tokens[token]
	n := int(tok.Count)
	if n < r.min || r.max >= 0 && n > r.max {
		return false
	}
	if len(r.prefix) > 0 || r.items != None {
		i := 0
		for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
			id := r.items
			if i < len(r.prefix) {
				id = r.prefix[i]
			}
			if id == None {
				break
			}
			if !e.valid(id, item) {
				return false
			}
			i++
		}
	}
	if r.contains != None {
		fits := e.contained(r, token)
		if fits < r.minContains || r.maxContains >= 0 && fits > r.maxContains {
			return false
		}
	}
	return !r.unique || e.twin(token) < 0
}

// contained counts the items that contains fits, no further than it must.
func (e *eval) contained(r *arrRule, token int) int {
	fits := 0
	for item := token + 1; item < int(e.t.Tokens[token].Next); item = int(e.t.Tokens[item].Next) {
		if e.branch(r.contains, item) {
			fits++
			if r.maxContains < 0 && fits >= r.minContains || r.maxContains >= 0 && fits > r.maxContains {
				break
			}
		}
	}
	return fits
}

// slotBits is a set of slots on the stack of sets.
type slotBits struct {
	e    *eval
	base int
}

func (e *eval) pushBits(n int) slotBits {
	b := slotBits{e: e, base: len(e.bits)}
	for range (n + 63) / 64 {
		e.bits = append(e.bits, 0)
	}
	return b
}

func (b slotBits) set(i int32)      { b.e.bits[b.base+int(i>>6)] |= 1 << (i & 63) }
func (b slotBits) has(i int32) bool { return b.e.bits[b.base+int(i>>6)]>>(i&63)&1 == 1 }
func (b slotBits) pop()             { b.e.bits = b.e.bits[:b.base] }

func (e *eval) validObject(r *objRule, token int) bool {
	tok := &e.t.Tokens[token]
	n := int(tok.Count)
	if n < r.min || r.max >= 0 && n > r.max {
		return false
	}
	base := len(e.slots)
	ok := e.validKeys(r, token) && e.validMembers(r, token, base)
	e.slots = e.slots[:base]
	return ok
}

// validKeys judges which members there are, before any of their values: it is
// what mostly tells branches apart. The slots of the members go on the stack.
func (e *eval) validKeys(r *objRule, token int) bool {
	if len(r.slots) == 0 {
		return true
	}
	seen := e.pushBits(len(r.slots))
	defer seen.pop()
	end := int(e.t.Tokens[token].Next)
	for key := token + 1; key < end; key = int(e.t.Tokens[key+1].Next) {
		i := int32(r.finder.find(e.text(key)))
		e.slots = append(e.slots, i)
		if i >= 0 {
			seen.set(i)
		}
	}
	for i := range r.slots {
		s := &r.slots[i]
		if !seen.has(int32(i)) {
			if s.required {
				return false
			}
			continue
		}
		for _, need := range s.needs {
			if !seen.has(need) {
				return false
			}
		}
		if s.then != None && !e.valid(s.then, token) {
			return false
		}
	}
	return true
}

// validMembers judges names and values; the slots of the members stand on the
// stack from base on, if there are any.
func (e *eval) validMembers(r *objRule, token, base int) bool {
	end := int(e.t.Tokens[token].Next)
	for key := token + 1; key < end; key = int(e.t.Tokens[key+1].Next) {
		if r.names != None && !e.valid(r.names, key) {
			return false
		}
		slot := int32(-1)
		if len(r.slots) > 0 {
			slot = e.slots[base]
			base++
		}
		if !e.validMember(r, key, slot) {
			return false
		}
	}
	return true
}

func (e *eval) validMember(r *objRule, key int, slot int32) bool {
	declared := false
	if slot >= 0 {
		if id := r.slots[slot].schema; id != None {
			declared = true
			if !e.valid(id, key+1) {
				return false
			}
		}
	}
	for i := range r.patterns {
		if e.matches(r.patterns[i].pattern, key) {
			declared = true
			if !e.valid(r.patterns[i].schema, key+1) {
				return false
			}
		}
	}
	return declared || r.rest == None || e.valid(r.rest, key+1)
}

// matches asks a pattern of patternProperties.
func (e *eval) matches(p *pattern, key int) bool {
	ok, _ := e.match(p, e.text(key))
	return ok
}
