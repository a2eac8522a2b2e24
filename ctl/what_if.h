/* what_if.h - what itsupportctl replay is asked to change, and the table it answers with
 *
 * Pure.
 */
#pragma once
#include "common/base/buf.h"
#include "common/base/err.h"
#include "ctl/rerun.h"

/* "VIP.reaction_minutes=30", "VIP.rate=650.50", "VIP.may_pin=off", "VIP.calendar=Office" (or off); what is not
 * named is -1 or NULL. */
struct tariff_change {
    char   *name, *calendar; /* owned */
    int64_t reaction_minutes, rate_minor, may_pin;
};

int  tariff_change_parse(const char *text, struct tariff_change *ret, struct err *); /* ERR_INPUT with the fields there are */
void tariff_change_fini(struct tariff_change *);

/* "NAME=VALUE" of a parameter, in every instant of the terms. ERR_INPUT: no such parameter, or not a value of it. */
int terms_set(struct terms_since *, size_t count, const char *assignment, struct err *);

#define WHAT_IF_CURRENCIES_MAX 8

struct money {
    char    currency[8];
    int64_t payouts, minor;
};

struct totals {
    struct outcome sum; /* paid_minor and opened_at are not summed here */
    struct money   money[WHAT_IF_CURRENCIES_MAX];
    size_t         money_count;
};

void totals_add(struct totals *, const struct outcome *, const char *currency);

struct what_if_report {
    int64_t       orders, strange; /* run again; left out of both columns, because other rules have recorded them */
    struct totals before, after;
    int64_t       opened_earlier, opened_later, earlier_ms, later_ms; /* sums, of those that opened both times */
    int64_t       left_out, waited; /* of rerun_result */
};

/* recorded: what the tables say, with alerts that no rule raised. The order counts in both columns, or in neither if the rules
 * do not lead to what is recorded. */
void report_add(struct what_if_report *, const struct outcome *recorded, const struct rerun_result *, const char *currency);

void report_add_text(const struct what_if_report *, struct buf *);
void report_add_json(const struct what_if_report *, struct buf *);
