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
	if len(r.slots) > 0 && !e.validKeys(r, token) {
		return false
	}
	return e.validMembers(r, token)
}

// validKeys judges which members there are, before any of their values: it is
// what mostly tells branches apart.
func (e *eval) validKeys(r *objRule, token int) bool {
	if !r.asks() {
		return true
	}
	seen := e.pushBits(len(r.slots))
	defer seen.pop()
	end := int(e.t.Tokens[token].Next)
	for key := token + 1; key < end; key = int(e.t.Tokens[key+1].Next) {
		if i, ok := r.index[string(e.text(key))]; ok {
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

// asks reports whether something is said of names being there or not.
func (r *objRule) asks() bool {
	for i := range r.slots {
		if s := &r.slots[i]; s.required || len(s.needs) > 0 || s.then != None {
			return true
		}
	}
	return false
}

func (e *eval) validMembers(r *objRule, token int) bool {
	end := int(e.t.Tokens[token].Next)
	for key := token + 1; key < end; key = int(e.t.Tokens[key+1].Next) {
		if r.names != None && !e.valid(r.names, key) {
			return false
		}
		if !e.validMember(r, key) {
			return false
		}
	}
	return true
}

func (e *eval) validMember(r *objRule, key int) bool {
	declared := false
	if i, ok := r.index[string(e.text(key))]; ok {
		if id := r.slots[i].schema; id != None {
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
