/* db_session.c - one connection, one query at a time, waiting for each: for threads and commands,
 * never for a loop */
#include "common/io/db_session.h"

#include <libpq-fe.h>

#include "common/io/db_pg.h"

struct db_session {
    PGconn *conn;
    const struct db_query *queries;
    size_t query_count;
};

static void ignore_notice(void *ctx, const PGresult *notice)
{
    (void)ctx, (void)notice;
}

static bool is_done(const PGresult *pg)
{
    ExecStatusType status = PQresultStatus(pg);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/* A failed result: the server's words if it had any, otherwise the connection's */
static int result_err(const struct db_session *session, const PGresult *pg, const char *query,
                      struct err *err)
{
    char sqlstate[6];
    if (!pg || !PQresultErrorField(pg, PG_DIAG_SQLSTATE))
        return db_pg_conn_err(session->conn, ERR_UNCERTAIN, err);
    db_pg_result_err(pg, query, sqlstate, err);
    return -1;
}

static int prepare_all(struct db_session *session, struct err *err)
{
    for (size_t i = 0; i < session->query_count; i++) {
        const struct db_query *query = &session->queries[i];
        PGresult *pg = PQprepare(session->conn, query->name, query->text, 0, NULL);
        int rc = is_done(pg) ? 0 : result_err(session, pg, query->name, err);
        PQclear(pg);
        if (rc < 0) {
            if (err && err->kind == ERR_UNCERTAIN)
                err->kind = ERR_TRANSIENT; /* nothing but preparations can have been lost */
            return -1;
        }
    }
    return 0;
}

struct db_session *db_session_open(const struct db_opts *opts, struct err *err)
{
    const char *keywords[DB_PG_KEYWORDS], *values[DB_PG_KEYWORDS];
    db_pg_connect_words(opts, keywords, values);
    struct db_session *session = xcalloc(1, sizeof *session);
    session->queries = opts->queries;
    session->query_count = opts->query_count;
    session->conn = PQconnectdbParams(keywords, values, 1);
    assert(session->conn);
    if (PQstatus(session->conn) != CONNECTION_OK) {
        db_pg_conn_err(session->conn, ERR_TRANSIENT, err);
        goto fail;
    }
    PQsetNoticeReceiver(session->conn, ignore_notice, NULL);
    if (prepare_all(session, err) < 0)
        goto fail;
    return session;

fail:
    db_session_close(&session);
    return NULL;
}

void db_session_close(struct db_session **ref)
{
    if (!*ref)
        return;
    PQfinish((*ref)->conn);
    free(*ref);
    *ref = NULL;
}

struct db_result *db_session_call(struct db_session *session, int query, const struct db_args *args,
                                  struct err *err)
{
    assert(query >= 0 && (size_t)query < session->query_count);
    const char *name = session->queries[query].name;
    struct db_pg_params params;
    if (!db_session_is_alive(session)) {
        err_set(err, ERR_TRANSIENT, "%s: the connection to PostgreSQL is gone", name);
        return NULL;
    }
    db_pg_params(args, &params);
    PGresult *pg = PQexecPrepared(session->conn, name, params.count, params.values, params.lengths,
                                  params.formats, 0);
    if (!is_done(pg)) {
        result_err(session, pg, name, err);
        PQclear(pg);
        return NULL;
    }
    struct db_result *ret = xcalloc(1, sizeof *ret);
    ret->pg = pg;
    ret->unescaped = &ret->own; /* it may outlive the session */
    return ret;
}

void db_result_free(struct db_result **ref)
{
    if (!*ref)
        return;
    PQclear((*ref)->pg);
    buf_fini(&(*ref)->own);
    free(*ref);
    *ref = NULL;
}

int db_session_script(struct db_session *session, const char *sql, struct err *err)
{
    PGresult *pg = PQexec(session->conn, sql);
    int rc = is_done(pg) ? 0 : result_err(session, pg, "script", err);
    PQclear(pg);
    return rc;
}

bool db_session_is_alive(const struct db_session *session)
{
    return PQstatus(session->conn) == CONNECTION_OK;
}
