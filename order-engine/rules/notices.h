/* notices.h - who is told what when something happens to an order: the table and the resolution into persons
 *
 * Pure. Source: "Roles" and "Clocks" of DOMAIN.md. What people read of it stands in bot-gateway/texts.
 */
#pragma once
#include "order-engine/rules/clocks.h"

/* What a notice carries beyond the order; becomes JSON in notices.detail. */
enum notice_detail {
    DETAIL_NONE,
    DETAIL_PROMISE,  /* due_at: end of the reaction time, left: quota left */
    DETAIL_REACTION, /* due_at: end of the reaction time */
    DETAIL_OFFER,    /* due_at: end of the reaction time, pinned */
    DETAIL_ESTIMATE, /* due_at: end of the estimate, estimate_minutes, contractor_id */
    DETAIL_CONFIRM,  /* due_at: until when an estimate is to be named */
    DETAIL_CLOSING,  /* due_at: when it closes by itself */
    DETAIL_CLOCK,    /* due_at: 100 % of the deadline's clock, clock; compensated: the order went back to the quota */
    DETAIL_ALERT,    /* alert_id, level, due_at: end of its cause's clock, where it has one; of a repeat: its number */
    DETAIL_SUM,      /* amount_minor, currency, rating */
    DETAIL_PAID,     /* amount_minor (0: nothing), currency */
    DETAIL_QUOTA,    /* left, until: end of the billing month */
};

#define OF_THE_ALERT NOTICE_COUNT /* the kind that belongs to the alert's cause */

struct notice_rule {
    enum order_event  event;
    int               only;   /* reminders: enum sla_clock; others: enum alert_cause of the alert that is raised; or one of those below */
    enum notice_kind  kind;   /* or OF_THE_ALERT */
    enum recipient    to;
    enum notice_detail detail;
    const char       *why;
};

enum notice_condition {
    ALWAYS          = -1,
    IF_QUOTA_IS_LOW = -2,
    IF_BY_STAFF     = -3, /* a manager, an owner, the panel */
    IF_BY_SYSTEM    = -4,
    IF_REQUEUED     = -5, /* it waits for a contractor again */
    IF_BY_ANOTHER   = -6, /* than the contractor who has it */
    IF_WITH_WORDS   = -7, /* or files: something was said with it */
};

extern const struct notice_rule notice_rules[];
extern const size_t             notice_rule_count;

/* Adds to the decision what its event tells, in the table's order. Somebody addressed in two roles gets the higher role's notice only.
 * deadline: clock of the deadline or CLOCK_COUNT; cause: of the alert or CAUSE_COUNT. */
void notices_decide(const struct situation *, enum sla_clock deadline, enum alert_cause cause, struct decision *);

/* One notice more, for what no event alone tells (a client who cannot be reached). */
void notices_tell(const struct situation *, enum notice_kind, enum recipient, enum notice_detail, enum sla_clock, enum alert_cause, struct decision *);
