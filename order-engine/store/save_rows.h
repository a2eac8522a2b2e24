/* save_rows.h - the inside of struct save, for save.c and save_decision.c alone
 *
 * One set of columns per statement; the table of save.c names them in the order in which they are sent.
 */
#pragma once
#include "common/io/db_columns.h"
#include "order-engine/store/save.h"

enum row_kind {
    ROW_MONTH,
    ROW_ORDER,
    ROW_UPDATE,
    ROW_EVENT,
    ROW_PIN,
    ROW_PASS,
    ROW_CLOCK,
    ROW_RUN,
    ROW_ALERT,
    ROW_RAISED,
    ROW_ENDED,
    ROW_SETTLED,
    ROW_REACHED,
    ROW_DEADLINE,
    ROW_QUOTA,
    ROW_PAYOUT,
    ROW_ERASE,
    ROW_BUSY,
    ROW_WITHDRAW,
    ROW_RECEIVED,
    ROW_NOTICE,
    ROW_INSTEAD,
    ROW_FREE,
    ROW_COMMAND,
    ROW_KIND_COUNT
};

struct save {
    struct db_columns rows[ROW_KIND_COUNT];
    int64_t earliest_deadline;
    size_t told; /* notices that are no ROW_NOTICE: ROW_FREE's, and save_note_told's */
    struct buf scratch;
    struct db_args args;
};

/* order_id or account_id: whose it is; 0 = the other's. */
void save_put_deadline(struct save *, const struct decided_deadline *, int64_t order_id, int64_t account_id);
/* version 0 = none; detail JSON or NULL, instead of the decision's. */
void save_put_notice(struct save *, const struct decided_notice *, int64_t order_id, int64_t version, int64_t now, const char *detail);
