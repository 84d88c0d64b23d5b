package provider

// elasticsearch and opensearch name the class of the exception in error.type
// (https://www.elastic.co/guide/en/elasticsearch/reference/current/api-conventions.html).
var elasticsearch = API{
	name: "Elasticsearch",
	means: []meaning{
		{"state.conflict", "", "version_conflict_engine_exception resource_already_exists_exception index_already_exists_exception" +
			" document_already_exists_exception index_closed_exception snapshot_in_progress_exception" +
			" concurrent_snapshot_execution_exception cluster_block_exception"},
		{"server.overloaded", "", "es_rejected_execution_exception rejected_execution_exception open_search_rejected_execution_exception"},
		{"limit.complexity", "", "circuit_breaking_exception too_many_buckets_exception too_many_clauses too_complex_to_determinize_exception"},
		{"resource.not-found", "", "index_not_found_exception resource_not_found_exception document_missing_exception search_context_missing_exception" +
			" snapshot_missing_exception repository_missing_exception index_template_missing_exception aliases_not_found_exception" +
			" type_missing_exception"},
	},
}
