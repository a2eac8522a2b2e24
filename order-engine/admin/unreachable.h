/* unreachable.h - somebody an order needs cannot be reached: the alert is raised at once, and ends when the person is back
 *
 * A part of the commands that hear of it: what unreachable_load has read, with the orders locked, the others work on.
 */
#pragma once
#include "order-engine/admin/admin.h"
#include "order-engine/rules/receipts.h"

#define NEEDED_ORDERS_MAX 100  /* orders of one person; more than anybody can have in work */
#define SUBSTITUTES_MAX   1000 /* who might be told instead */

struct needed_order {
    int64_t order_id, alert_id; /* alert_id: a number set aside for a new alert */
    bool    in_work;            /* with the person as contractor */
    bool    is_known;           /* the alert stands */
    bool    others_are_back;    /* nobody else this order needs is unreachable */
};

struct unreachable { /* part of job->facts; zero-initialised */
    int64_t             person_id;
    struct needed_order orders[NEEDED_ORDERS_MAX];
    size_t              order_count;
    struct substitute   those[SUBSTITUTES_MAX]; /* managers and owners; with a notice: also the others of the account */
    size_t              count;
};

/* Queues the look: the person by Telegram id, or the addressee of a notice; the other is 0. */
void unreachable_load(struct admin_work *, struct unreachable *, int64_t telegram_id, int64_t notice_id);

/* Of each order the person has in work the managers are told, or the owners if no manager can be. reason: as in notice.undeliverable. */
void unreachable_alert(struct admin_work *, struct unreachable *, const char *reason);
/* The person is back: the alerts end. */
void unreachable_solve(struct admin_work *, const struct unreachable *);

/* The alert for one order of those read; once. */
void unreachable_raise(struct admin_work *, const struct unreachable *, struct needed_order *, const char *reason);
