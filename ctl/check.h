/* check.h - the parts of itsupportctl check: each looks at one kind of thing and says what does not fit
 *
 * All of them read one snapshot, in batches.
 */
#pragma once
#include "ctl/ctl.h"
#include "ctl/findings.h"
#include "order-engine/rules/calendar.h"

struct check {
    struct ctl     *ctl;
    const char     *from; /* only orders made since that day; NULL = all */
    struct findings findings;
    struct calendar *calendars; /* every one there has been */
    size_t          calendar_count;
    struct { int64_t orders, events, answers, deadlines, ledger_rows, notices, deliveries, seals; } seen;
};

int check_orders(struct check *, struct err *);  /* history, answers, ledgers, clocks, secrets */
int check_audit(struct check *, struct err *);   /* the chain of seals */
int check_queries(struct check *, struct err *); /* what one statement can tell: notices, deliveries, updates */
