package provider

// couchdb: https://docs.couchdb.org/en/stable/api/basics.html#http-status-codes.
var couchdb = API{
	name:  "CouchDB",
	known: anySign(servedBy("CouchDB"), answersWith("X-CouchDB-Body-Time", "X-Couch-Request-ID"), hasMembers("error", "reason")),
	means: []meaning{
		{"state.conflict", "/_rev", "conflict"},
		{"state.conflict", "path", "file_exists"},
		{"state.precondition", "", "precondition_failed"},
		{"resource.not-found", "path", "not_found no_db_file"},
		{"limit.rate", "", "too_many_requests"},
		{"auth.forbidden-role", "", "forbidden"},
	},
}
