/* db_session.h - PostgreSQL for those who may wait: itsupportctl and admin-web's worker threads (never a loop)
 *
 * One session belongs to one thread at a time.
 */
#pragma once
#include "common/base/err.h"
#include "common/io/db.h"

struct db_session;

/* Connects and prepares all queries. NULL with ERR_TRANSIENT (cannot connect) or ERR_INTERNAL (does not prepare). Of opts only
 * url, user, application_name, queries and query_count are used. */
struct db_session *db_session_open(const struct db_opts *, struct err *);
void               db_session_close(struct db_session **);

/* Runs one prepared query. The result is the caller's (db_result_free). Errors as for db_end_fn. After a lost connection
 * the session is dead: close it. */
struct db_result *db_session_call(struct db_session *, int query, const struct db_args *, struct err *);
void              db_result_free(struct db_result **);

/* A script of many statements (migrations only): sent as it is, in one implicit transaction unless it begins one. */
int db_session_script(struct db_session *, const char *sql, struct err *);
bool db_session_is_alive(const struct db_session *);
