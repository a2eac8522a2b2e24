/* db_pg.h - what db.c, db_pipeline.c and db_session.c share about libpq; nobody else includes it */
#pragma once
#include <libpq-fe.h>

#include "common/base/err.h"
#include "common/io/db.h"

struct db_result {
    PGresult   *pg;
    struct buf *unescaped; /* where db_bytes decodes to: */
    struct buf  own;       /* here, or the pipeline's, used for all results */
};

/* Parameters as PQsendQueryPrepared and PQexecPrepared want them; point into the db_args. */
struct db_pg_params {
    int         count;
    const char *values[DB_ARGS_MAX];
    int         lengths[DB_ARGS_MAX];
    int         formats[DB_ARGS_MAX];
};

void db_pg_params(const struct db_args *, struct db_pg_params *ret); /* args may be NULL: none */

#define DB_PG_KEYWORDS 12
/* keywords and values for PQconnectStartParams(..., expand_dbname = 1); the url's own words win over ours. */
void db_pg_connect_words(const struct db_opts *, const char **keywords, const char **values);

/* Fills err from a failed result: kind by its SQLSTATE, text "<query>: <server's words> (<SQLSTATE>)"; sqlstate gets five
 * characters. True if the connection is of no more use, although it is alive. */
bool db_pg_result_err(const PGresult *, const char *query, char sqlstate[6], struct err *);

/* The connection's last message, one line of it. Always -1. */
int db_pg_conn_err(const PGconn *, enum err_kind, struct err *);
