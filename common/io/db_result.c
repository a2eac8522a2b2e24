/* db_result.c - reading rows, and what a failed result means */
#include "common/io/db_result.h"

#include <libpq-fe.h>

#include "common/io/db_pg.h"

int db_rows(const struct db_result *result)
{
    return PQntuples(result->pg);
}

/* Text to integer without strtoll's locale and errno: what the server prints needs no doubt */
static int64_t parse_i64(const char *digits)
{
    bool negative = *digits == '-';
    uint64_t value = 0;
    for (const char *p = digits + negative; *p >= '0' && *p <= '9'; p++)
        value = value * 10 + (uint64_t)(*p - '0');
    return negative ? (int64_t)(0 - value) : (int64_t)value;
}

int64_t db_affected(const struct db_result *result)
{
    return parse_i64(PQcmdTuples(result->pg));
}

bool db_is_null(const struct db_result *result, int row, int col)
{
    return PQgetisnull(result->pg, row, col) != 0;
}

const char *db_text(const struct db_result *result, int row, int col)
{
    assert(row < PQntuples(result->pg) && col < PQnfields(result->pg));
    return PQgetvalue(result->pg, row, col);
}

const char *db_text_or_null(const struct db_result *result, int row, int col)
{
    return db_is_null(result, row, col) ? NULL : db_text(result, row, col);
}

int64_t db_i64(const struct db_result *result, int row, int col)
{
    return parse_i64(db_text(result, row, col));
}

bool db_bool(const struct db_result *result, int row, int col)
{
    return db_text(result, row, col)[0] == 't';
}

static unsigned hex_value(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

const uint8_t *db_bytes(const struct db_result *result, int row, int col, size_t *ret_len)
{
    const char *hex = db_text(result, row, col);
    buf_reset(result->unescaped);
    if (hex[0] == '\\' && hex[1] == 'x')
        for (hex += 2; hex[0] && hex[1]; hex += 2)
            buf_add_char(result->unescaped, (char)(hex_value(hex[0]) << 4 | hex_value(hex[1])));
    *ret_len = result->unescaped->len;
    return (const uint8_t *)buf_text(result->unescaped);
}

static void field_read(const struct db_result *result, int row, int col,
                       const struct db_field *field, char *into)
{
    int64_t number;
    bool flag;
    char *text;
    int word;
    switch (field->type) {
    case DB_FIELD_I64:
        number = db_i64(result, row, col);
        memcpy(into, &number, sizeof number);
        break;
    case DB_FIELD_BOOL:
        flag = db_bool(result, row, col);
        memcpy(into, &flag, sizeof flag);
        break;
    case DB_FIELD_TEXT:
        text = xstrdup_or_null(db_text_or_null(result, row, col));
        memcpy(into, &text, sizeof text);
        break;
    case DB_FIELD_ENUM:
        word = field->parse(db_text(result, row, col));
        assert(word >= 0);
        memcpy(into, &word, sizeof word);
        break;
    }
}

void db_row_read(const struct db_result *result, int row, const struct db_field *fields,
                 size_t count, void *into)
{
    char *bytes = into;
    for (size_t i = 0; i < count; i++)
        field_read(result, row, (int)i, &fields[i], bytes + fields[i].offset);
}

/* ---- shared with db.c, db_pipeline.c and db_session.c ---- */

void db_pg_params(const struct db_args *args, struct db_pg_params *ret)
{
    ret->count = args ? args->count : 0;
    for (int i = 0; i < ret->count; i++) {
        assert(args->lengths[i] >= -1); /* every array was closed */
        bool is_null = args->lengths[i] < 0;
        ret->values[i] = is_null ? NULL : buf_text(&args->bytes) + args->at[i];
        ret->lengths[i] = is_null ? 0 : args->lengths[i];
        ret->formats[i] = 1;
    }
}

void db_pg_connect_words(const struct db_opts *opts, const char **keywords, const char **values)
{
    /* Later words win, so the url comes last. Over TCP a peer that vanished without a word is
     * noticed in seconds, both while connecting (then the next host of the list is tried) and
     * afterwards. */
    const struct {
        const char *keyword, *value;
    } words[] = {
        {"user",                opts->user            },
        {"application_name",    opts->application_name},
        {"client_encoding",     "UTF8"                },
        {"tcp_user_timeout",    "5000"                },
        {"keepalives_idle",     "10"                  },
        {"keepalives_interval", "3"                   },
        {"keepalives_count",    "3"                   },
        {"dbname",              opts->url             },
    };
    _Static_assert(ARRAY_LEN(words) < DB_PG_KEYWORDS, "room for the end mark");
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!words[i].value || !*words[i].value)
            continue;
        keywords[n] = words[i].keyword;
        values[n++] = words[i].value;
    }
    keywords[n] = values[n] = NULL;
}

/* clang-format off */
static const struct {
    const char   *sqlstate; /* or its beginning; the first match counts */
    enum err_kind kind;
    bool          reconnect;
    const char   *why;
} meanings[] = {
    {"40003", ERR_UNCERTAIN, false, "statement_completion_unknown"},
    {"40",    ERR_TRANSIENT, false, "serialization failure or deadlock: rolled back"},
    {"55P03", ERR_TRANSIENT, false, "lock_not_available"},
    {"53",    ERR_TRANSIENT, false, "out of disk, memory or connections"},
    {"57014", ERR_TRANSIENT, false, "statement_timeout"},
    {"57P",   ERR_UNCERTAIN, true,  "the server stops or starts, or somebody ended this session"},
    {"58",    ERR_TRANSIENT, false, "an I/O error of the server"},
    {"08",    ERR_UNCERTAIN, true,  "connection trouble as the server sees it"},
    {"25006", ERR_TRANSIENT, true,  "read-only: after a failover we talk to the wrong host"},
    {"25P03", ERR_UNCERTAIN, true,  "idle_in_transaction_session_timeout"},
    {"26000", ERR_TRANSIENT, true,  "the prepared statement is gone: somebody reset the session"},
    {"0A000", ERR_INTERNAL,  true,  "mostly: a migration changed what a prepared statement returns"},
    {"",      ERR_INTERNAL,  false, "the statement, or the data, is wrong"},
};
/* clang-format on */

bool db_pg_result_err(const PGresult *result, const char *query, char sqlstate[6], struct err *err)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    size_t row = 0;
    snprintf(sqlstate, 6, "%s", state ? state : "");
    while (strncmp(sqlstate, meanings[row].sqlstate, strlen(meanings[row].sqlstate)) != 0)
        row++;
    err_set(err, meanings[row].kind, "%s: %s (%s)", query, words ? words : "no words", sqlstate);
    return meanings[row].reconnect;
}

int db_pg_conn_err(const PGconn *conn, enum err_kind kind, struct err *err)
{
    const char *text = PQerrorMessage(conn);
    if (!*text)
        text = "the connection to PostgreSQL was lost";
    return err_set(err, kind, "%.*s", (int)strcspn(text, "\n"), text);
}
