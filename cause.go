package faultline

import "strings"

// Slug names a cause: "family.what-is-wrong". It is never renamed or reused.
type Slug string

// Family returns the part before the dot: "auth" of "auth.token-expired".
func (s Slug) Family() string {
	family, _, _ := strings.Cut(string(s), ".")
	return family
}

// Party is who has to act so that the call succeeds.
type Party string

// The five parties.
const (
	Client      Party = "client"
	Server      Party = "server"
	Gateway     Party = "gateway"
	Network     Party = "network"
	Environment Party = "environment"
)

// A Cause is a way in which calls fail: one entry of the catalogue.
type Cause struct {
	Slug  Slug
	Party Party
	Title string
}

// Strength says how sure a finding is.
type Strength uint8

// The strengths, weakest first.
const (
	Possible Strength = iota // some observation is missing that would settle it
	Likely                   // one cause fits, its rivals are contradicted
	Proven                   // the bytes plus the contract or a protocol rule prove it
)

var strengthNames = [...]string{"possible", "likely", "proven"}

func (s Strength) String() string { return strengthNames[s] }
