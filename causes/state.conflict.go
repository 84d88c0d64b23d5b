package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("state.conflict", stateConflict) }

var (
	saysTaken = topic("taken", "already exists", "already exist", "already been taken", "already taken", "already in use", "is taken", "already registered", "already has a",
		"already used", "already present", "already defined", "already a member", "already added", "duplicate entry", "duplicate key", "duplicate value", "duplicate record",
		"duplicate name", "is a duplicate", "duplicates found", "unique constraint", "violates unique", "must be unique", "not unique", "is not unique", "uniqueness",
		"unique violation", "name conflict", "identical record", "already associated", "already assigned", "name is not available", "not available for registration",
		"already contains", "an object with this name", "already connected", "already linked", "already subscribed", "already exists on this account",
		"e11000", "duplicate username", "duplicate email", "duplicate resource", "record exists", "entity exists", "file exists", "must make a unique set", "has already been used",
		"cannot publish over*", "previously published", "already been published", "already published", "already been uploaded", "already uploaded", "cannot be republished", "cannot be overwritten", "does not allow overwriting", "not allowed to overwrite", "does not allow updating",
		"filename has already been used", "already deployed", "already on the list", "already in the list", "already a contact", "already invited", "already voted", "already following", "already friends", "existing id", "user exists", "exists with ~ same", "same name exists", "with that name exists", "with this name exists", "with same name exists", "name already")
	saysEdited = topic("edited meanwhile", "version conflict", "edit conflict", "concurrent modification", "concurrent update", "concurrently modified", "concurrent edit",
		"been modified by another", "modified since", "has been changed by", "was changed by another", "was updated by another", "updated by another", "stale object",
		"stale data", "optimistic lock*", "row was updated or deleted", "document update conflict", "changed since", "outdated version", "does not match the current version",
		"version mismatch", "version does not match", "current version", "is out of date", "is not up to date", "has been modified", "please reload", "write conflict",
		"could not serialize", "serialization failure", "deadlock", "conflict ~ retry", "revision ~ conflict", "wrong version", "resource version", "sync token is stale",
		"not a fast forward", "update is not a fast forward", "base branch was modified", "head branch was modified", "merge conflict", "lost update")
	saysOutdated = topic("another version", "does not match", "out of date", "stale")
	saysLocked   = topic("locked", "is locked", "locked by", "lock is held", "resource locked", "unable to lock", "could not acquire lock", "failed to acquire lock", "state lock",
		"locked for", "another operation ~ in progress", "operation in progress", "operation is in progress", "is being", "currently being", "already running",
		"already in progress", "being processed", "update in progress", "in use by", "is in use", "still in use", "is busy", "is referenced", "still referenced",
		"foreign key constraint", "cannot be deleted because", "has dependent", "has dependencies", "not empty", "still has", "another update is in progress")
	saysPhase = topic("not in this state", "invalid state", "unexpected state", "incorrect state", "wrong state", "wrong status", "invalid status", "state transition",
		"status transition", "invalid transition", "transition ~ not allowed", "not allowed in the current state", "not allowed in current state", "in its current state",
		"in the current state", "current status", "current state", "because it is already", "because it has already", "because it is in", "because it has a status",
		"has already been", "already been processed", "already been cancelled", "already been canceled", "already completed", "already cancelled", "already canceled", "already paid",
		"already refunded", "already captured", "already closed", "already approved", "already started", "already finished", "already shipped", "already processed",
		"already deleted", "already archived", "already active", "already enabled", "already disabled", "is already", "was already", "must be in state", "must be in status",
		"must be in the", "cannot be cancelled", "cannot be canceled", "cannot be modified", "can not be modified", "cannot be edited", "no longer be", "not editable",
		"cannot transition", "can't transition", "can only be", "is archived", "is closed", "is read-only", "not ready", "not yet ready", "not in a state", "conflicts with the state")
)

// stateConflict is for calls that contradict what is there: the name is taken,
// somebody else was faster, the thing is not in the phase that the call needs.
func stateConflict(c *Case) []faultline.Finding {
	if !c.failedWith() || c.Status() == 412 || c.Status() == 428 {
		return nil
	}
	n, named := c.named("state.conflict")
	if !named && (c.namedOther("state.conflict") || c.says(saysIdempotency)) {
		return nil
	}
	strength, ok := c.conflicts()
	if named {
		strength, ok = n.strength(), true
	}
	if !ok {
		return nil
	}
	f := faultline.Finding{
		Strength: strength,
		At:       faultline.AtStatus(),
		Message:  "the call contradicts the present state of the thing",
		Brief:    "conflict with the present state",
		Expected: "a state that allows the call",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy:   faultline.Remedy{Text: "read the thing again, and decide by its present state", Applicability: faultline.Guess},
		Retry:    "as sent it fails until the state changes",
		Rank:     25,
	}
	c.tellConflict(&f)
	if named {
		f.At = c.placeMeant(&n, f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

// conflicts weighs status and words. 409 and 423 say it themselves; with other
// statuses the words have to, and only those about what is taken are plain enough for a 500.
func (c *Case) conflicts() (faultline.Strength, bool) {
	switch status := c.Status(); {
	case status == 423:
		return faultline.Likely, !c.says(saysSuspended)
	case status == 409:
		return faultline.Likely, c.limited().cause == ""
	case status == 400 || status == 422 || status < 300:
		if c.says(saysTaken) || c.says(saysEdited) && c.authSays()&saysSignature == 0 {
			return faultline.Likely, true
		}
		return faultline.Likely, c.says(saysPhase) && c.authSays()&saysExpired == 0 && c.namesNothing()
	case status == 403:
		return faultline.Likely, c.says(saysTaken)
	case status == 500:
		return faultline.Likely, c.says(saysUniqueness)
	}
	return 0, false
}

// saysUniqueness are the words of databases that a broken server lets through.
var saysUniqueness = topic("a constraint of the database", "unique constraint", "duplicate key", "duplicate entry", "violates unique", "unique violation", "e11000", "unique failed",
	"violates foreign key constraint", "integrity constraint violation", "foreign key constraint")

// namesNothing reports whether the server complains of no field: words about
// states are then about the thing, not about a value.
func (c *Case) namesNothing() bool {
	for _, b := range c.blames() {
		if b.sure {
			return false
		}
	}
	return true
}

func (c *Case) tellConflict(f *faultline.Finding) {
	field, known := c.spokenOf()
	if !known {
		field, known = c.quotedField()
	}
	if !known && c.says(saysTaken) {
		field, known = c.namedField()
	}
	switch {
	case c.says(saysTaken, saysUniqueness):
		f.Message, f.Brief = "what the call makes is there already", "exists already"
		f.Expected = "a name or value that is not taken"
		f.Remedy.Text = "use the one that is there, or another name"
		if known && !secretName(field.name()) {
			f.Message = "the value of `" + short(field.name()) + "` is taken already"
			f.Brief = "`" + short(field.name()) + "` is taken"
			f.Found = field.shown()
		}
	case c.says(saysEdited), c.Status() == 409 && c.says(saysOutdated):
		f.Message, f.Brief = "the thing was changed since it was read", "changed meanwhile"
		f.Expected = "the present version"
		f.Remedy.Text = "read the thing again, apply the change to what was read, and send it with the new version"
	case c.Status() == 423, c.says(saysLocked):
		f.Message, f.Brief = "the thing is locked or in use", "locked or in use"
		f.Expected = "a thing that nobody holds"
		f.Remedy.Text = "wait until what holds it has ended, or end that first"
		f.Retry = "safe later, when the thing is free"
	case c.says(saysPhase):
		f.Message, f.Brief = "the thing is in a state in which the call is not allowed", "not in this state"
		f.Expected = "a state that allows the call"
	}
	if at, ok := c.conflictPart(known); ok {
		f.At = at
	} else if known {
		f.At = field.at()
		if field.in == faultline.InBody {
			f.At.Span = c.placed(field.span)
		}
	} else if c.hasNoBody() && (c.Status() == 423 || strings.HasPrefix(c.Exchange.Request.Method, "MK")) {
		f.At = c.atPath() // a call that is nothing but its path, on the thing that is there or held
	}
}
