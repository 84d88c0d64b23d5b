package contract

import "github.com/faultline-http/faultline/internal/yaml"

func newObject(at yaml.Pos) *yaml.Node { return &yaml.Node{Kind: yaml.Object, Pos: at} }

func object(at yaml.Pos, members ...yaml.Member) *yaml.Node {
	return &yaml.Node{Kind: yaml.Object, Pos: at, Members: members}
}

func newMember(key string, value *yaml.Node) yaml.Member {
	return yaml.Member{Key: key, Pos: value.Pos, Value: value}
}

func newText(at yaml.Pos, key, value string) yaml.Member {
	return newMember(key, &yaml.Node{Kind: yaml.String, Text: value, Pos: at})
}

func newBool(at yaml.Pos, key string, value bool) yaml.Member {
	text := "false"
	if value {
		text = "true"
	}
	return newMember(key, &yaml.Node{Kind: yaml.Bool, Text: text, Pos: at})
}

// set adds a member to an object that has none of that name, unless it is nil.
func set(n *yaml.Node, key string, value *yaml.Node) *yaml.Node {
	if value != nil {
		n.Members = append(n.Members, newMember(key, value))
	}
	return n
}

// keep copies members of an object to another.
func keep(to, from *yaml.Node, keys ...string) {
	for _, key := range keys {
		for i := range from.Members {
			if from.Members[i].Key == key {
				to.Members = append(to.Members, from.Members[i])
			}
		}
	}
}
