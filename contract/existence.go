package contract

// AnswersByStatus reports whether a request with that method is a question of
// yes or no that this status answers: the operation documents the status, and
// no answer to the method has content. `GET /user/starred/{repo}` with 204 and
// 404 is one, and so is a HEAD.
func (op *Operation) AnswersByStatus(method string, status int) bool {
	if method != "GET" && method != "HEAD" {
		return false
	}
	documented := false
	for i := range op.responses {
		r := &op.responses[i]
		documented = documented || r.status == status
		if r.is2xx() && len(r.media) > 0 && method != "HEAD" {
			return false
		}
	}
	return documented
}
