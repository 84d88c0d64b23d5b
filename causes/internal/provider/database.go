package provider

// database are codes that servers let through from what stores their data: MySQL, SQLite, Prisma, Sequelize, and PostgREST's own.
var database = API{
	name: "the database",
	means: []meaning{
		{"state.conflict", "", "er_dup_entry p2002 sqlite_constraint_unique sqlite_constraint_primarykey p2034 er_row_is_referenced_2" +
			" er_row_is_referenced er_lock_deadlock p2003 sequelizeuniqueconstrainterror uniqueviolationerror er_lock_wait_timeout" +
			" sqlite_busy sequelizeforeignkeyconstrainterror uniqueconstraintviolationexception uniqueconstrainterror"},
		{"resource.not-found", "", "pgrst116 p2025 p2001 p2018"},
		{"limit.concurrency", "", "pgrst003 p2024"},
		{"route.unknown-path", "", "pgrst205 pgrst202"},
		{"auth.token-expired", "header:Authorization", "pgrst303"},
		{"auth.missing", "header:Authorization", "pgrst302"},
	},
}
