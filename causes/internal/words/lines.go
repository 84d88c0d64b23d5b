package words

import "strings"

// maxLines bounds the sentences that are read of one message.
const maxLines = 8

// lines reads a message that has a sentence on each line, each about something of its own.
func (r *reader) lines(message string, field []string, in Place, code string) bool {
	if len(field) > 0 || !strings.Contains(message, "\n") {
		return false
	}
	parts := strings.SplitN(message[:min(len(message), maxSentence)], "\n", maxLines+1)
	for i, part := range parts {
		parts[i] = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(part), "•"))
		if line := table.Scan(parts[i]); i < 2 && subject(line) == "" {
			return false
		}
	}
	for _, part := range parts[:min(len(parts), maxLines)] {
		r.sentence(part, nil, in, code)
	}
	return true
}

// dumps are the headings of what some validators print behind their sentence: the schema, the value.
var dumps = []string{"\nSchema:\n", "\nValue:\n", "\nOn instance:\n", "\nFailed validating "}

// withoutDump cuts a message before such a heading.
func withoutDump(message string) string {
	if !strings.Contains(message, "\n") {
		return message
	}
	for _, heading := range dumps {
		message, _, _ = strings.Cut(message, heading)
	}
	return message
}
