/* events.h - what each event brings along: its text, its checks beyond role and state, what it writes and promises
 *
 * Pure. One row per event of order_fsm.c; a missing function means there is nothing to do.
 */
#pragma once
#include "order-engine/rules/order.h"

#define STAFF_ESTIMATE_HOURS_MAX 2160 /* a manager extends freely, but no order runs for more than 90 days */

struct event_row {
    enum order_event event;
    int              message_kind; /* enum message_kind its text is kept as; -1 = it has none */
    size_t           text_max;     /* characters of it */
    unsigned         words_from;   /* roles of whom words or files are required */
    bool             is_deadline;  /* sent by time: holds only for the run of the clock it was written for */
    bool             only_said;    /* nothing of the row changes, not even its version */
    bool (*check)(const struct situation *, const struct order_command *, enum role, struct refused *);
    void (*write)(const struct situation *, const struct order_command *, struct order *after);
    void (*detail)(const struct order_command *, const struct decision *, char out[static DECIDED_DETAIL_BYTES]);
    int promises;                  /* enum sla_clock whose end the answer names; -1 = none */
};

const struct event_row *event_row_of(enum order_event); /* NULL: an event without a rule yet */

/* Text, files, and the row's own check; role: in which the actor acts. */
bool event_is_good(const struct event_row *, const struct situation *, const struct order_command *, enum role, struct refused *);
/* Does the deadline still hold? The situation has an order. */
bool deadline_holds(const struct situation *, const struct order_command *, struct refused *);
