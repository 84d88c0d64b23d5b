package report

import (
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

// The parts of SARIF 2.1.0 (OASIS, section 3) that are written.

type sarifText struct {
	Text string `json:"text"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Home    string      `json:"informationUri"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID    string    `json:"id"`
	Short sarifText `json:"shortDescription"`
	Help  string    `json:"helpUri"`
}

type sarifResult struct {
	Rule         string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
	Baseline     string            `json:"baselineState,omitempty"`
	Properties   sarifProperties   `json:"properties"`
}

type sarifProperties struct {
	Party         faultline.Party         `json:"party"`
	Strength      string                  `json:"strength"`
	Applicability faultline.Applicability `json:"applicability,omitempty"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Message  *sarifText     `json:"message,omitempty"`
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifPhysical struct {
	Artifact sarifArtifactRef `json:"artifactLocation"`
	Region   *sarifRegion     `json:"region,omitempty"`
}

type sarifArtifactRef struct {
	URI   string `json:"uri,omitempty"`
	Index *int   `json:"index,omitempty"`
}

type sarifRegion struct {
	StartLine   int  `json:"startLine,omitempty"`
	StartColumn int  `json:"startColumn,omitempty"`
	Offset      *int `json:"byteOffset,omitempty"`
	Length      *int `json:"byteLength,omitempty"`
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifactRef   `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted sarifText   `json:"insertedContent"`
}

type sarifArtifact struct {
	Description sarifText `json:"description"`
	Length      int       `json:"length"`
	Contents    sarifText `json:"contents"`
}

type sarifInvocation struct {
	Successful bool                `json:"executionSuccessful"`
	Notes      []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level   string    `json:"level"`
	Message sarifText `json:"message"`
}

// Bounds of what is embedded: code scanning takes logs of some megabytes.
const (
	largestEmbedded = 64 << 10
	mostEmbedded    = 4 << 20
)

// sarifBodies are the bodies that findings are about, each embedded once.
type sarifBodies struct {
	artifacts []sarifArtifact
	last      *faultline.Exchange
	side      faultline.Side
	size      int
}

// index is the place of a body among the artifacts; false if it is too large or
// no text, or if there are too many.
func (b *sarifBodies) index(ex *faultline.Exchange, side faultline.Side, body []byte) (int, bool) {
	if b.last == ex && b.side == side {
		return len(b.artifacts) - 1, true
	}
	if len(body) > largestEmbedded || b.size+len(body) > mostEmbedded || !utf8.Valid(body) {
		return 0, false
	}
	b.last, b.side, b.size = ex, side, b.size+len(body)
	b.artifacts = append(b.artifacts, sarifArtifact{
		Description: sarifText{Options{}.clean(side.String() + " body of " + ex.ID)}, Length: len(body), Contents: sarifText{string(body)},
	})
	return len(b.artifacts) - 1, true
}
