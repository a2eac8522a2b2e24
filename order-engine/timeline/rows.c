/* rows.c - the rows of the query read_timeline as the timeline wants them */
#include "order-engine/timeline/rows.h"

enum column { /* of read_timeline */
              COL_KIND,
              COL_AT,
              COL_UNTIL,
              COL_VERSION,
              COL_NAME,
              COL_ROLE,
              COL_PERSON,
              COL_ROLES,
              COL_FROM,
              COL_TO,
              COL_CLOCK,
              COL_STEP,
              COL_RUN,
              COL_DETAIL,
              COL_COUNTED,
              COL_LIMIT,
              COL_PAUSED,
              COL_NOT_BEFORE,
              COL_HANDED,
              COL_RECEIVED,
              COL_WITHDRAWN,
              COL_FAILURE,
              COL_AMOUNT,
              COL_CURRENCY,
              COL_LOGIN
};

/* The value of a word, or what stands for none. */
static int word(const struct db_result *r, int row, enum column col, int (*parse)(const char *),
                int none)
{
    return db_is_null(r, row, (int)col) ? none : parse(db_text(r, row, (int)col));
}

static struct timeline_row read_row(const struct db_result *r, int row)
{
    int kind = timeline_kind_parse(db_text(r, row, COL_KIND));
    assert(kind >= 0); /* the view and the table of kinds are made for each other */
    return (struct timeline_row){
        .kind = (enum timeline_kind)kind,
        .at = db_i64(r, row, COL_AT),
        .until = db_i64(r, row, COL_UNTIL),
        .version = db_i64(r, row, COL_VERSION),
        .name = db_text(r, row, COL_NAME),
        .detail = db_text_or_null(r, row, COL_DETAIL),
        .role = word(r, row, COL_ROLE, role_parse, 0),
        .person_id = db_i64(r, row, COL_PERSON),
        .person_roles = (unsigned)db_i64(r, row, COL_ROLES),
        .from = word(r, row, COL_FROM, order_state_parse, ORDER_NONE),
        .to = word(r, row, COL_TO, order_state_parse, ORDER_NONE),
        .clock = word(r, row, COL_CLOCK, sla_clock_parse, -1),
        .step = word(r, row, COL_STEP, clock_step_parse, -1),
        .run = db_i64(r, row, COL_RUN),
        .counted_ms = db_i64(r, row, COL_COUNTED),
        .limit_ms = db_i64(r, row, COL_LIMIT),
        .paused = db_bool(r, row, COL_PAUSED),
        .not_before = db_i64(r, row, COL_NOT_BEFORE),
        .handed_at = db_i64(r, row, COL_HANDED),
        .received_at = db_i64(r, row, COL_RECEIVED),
        .withdrawn_at = db_i64(r, row, COL_WITHDRAWN),
        .failure = db_text_or_null(r, row, COL_FAILURE),
        .amount = db_i64(r, row, COL_AMOUNT),
        .currency = db_text(r, row, COL_CURRENCY),
        .login = db_text_or_null(r, row, COL_LOGIN),
    };
}

int timeline_read(struct timeline *t, const struct db_result *r)
{
    int count = db_rows(r);
    if (count == 0)
        return -1;
    struct timeline_row *rows = xcalloc((size_t)count, sizeof *rows);
    for (int row = 0; row < count; row++)
        rows[row] = read_row(r, row);
    timeline_init(t, rows, (size_t)count);
    return 0;
}
