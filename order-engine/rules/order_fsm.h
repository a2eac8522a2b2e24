/* order_fsm.h - what may happen to an order, who may do it, and why: the table, and the only question it is asked
 *
 * Pure. Source: the state table of DOMAIN.md. An effect is data: decide.c turns it into rows, nothing is called.
 */
#pragma once
#include "order-engine/rules/order.h"

#define FROM(state) (1u << ORDER_##state)
#define FROM_NOTHING (1u << ORDER_NONE)

enum order_guard {
    GUARD_NONE,    /* the role is enough */
    GUARD_ACCOUNT, /* a client with an account: create */
    GUARD_OWN,     /* client: of the account, and not the one who works on it; contractor: assigned to it; managers and owners: any order */
    GUARD_OFFERED, /* a free contractor to whom it is open */
    GUARD_PERSON,  /* somebody whom the row can name: not the panel, not the operator */
};

/* What a transition entails, beside state, version, event and the notices of notices.c. */
enum order_effect {
    RESERVE_QUOTA    = 1 << 0,
    RETURN_QUOTA     = 1 << 1,
    OFFER            = 1 << 2,  /* to the pinned ones, or to all if none of them is eligible */
    OPEN_TO_ALL      = 1 << 3,
    WITHDRAW_OFFERS  = 1 << 4,
    START_REACTION   = 1 << 5,
    STOP_REACTION    = 1 << 6,
    START_WORK       = 1 << 7,
    MOVE_WORK        = 1 << 8,  /* another 100 %, the start stays */
    PAUSE_WORK       = 1 << 9,
    RESUME_WORK      = 1 << 10,
    STOP_WORK        = 1 << 11,
    START_CONFIRM    = 1 << 12,
    STOP_CONFIRM     = 1 << 13,
    START_ANSWER     = 1 << 14,
    STOP_ANSWER      = 1 << 15,
    START_ACCEPTANCE = 1 << 16,
    STOP_ACCEPTANCE  = 1 << 17,
    PAY              = 1 << 18,
    ERASE            = 1 << 19, /* the credentials */
    SOLVE_NOT_TAKEN  = 1 << 20,
    SOLVE_LATE       = 1 << 21,
    SOLVE_UNCONFIRMED= 1 << 22,
    SOLVE_NO_ANSWER  = 1 << 23,
    RAISE_ALERT      = 1 << 24, /* of the deadline's cause; 100 % rewrites it */
    RECORD_BREACH    = 1 << 25,
    ACKNOWLEDGE_ALERT= 1 << 26,
    SOLVE_UNREACHABLE= 1 << 27,
    REPEAT_ALERT     = 1 << 28, /* told again */
    REOPEN_ALERT     = 1 << 29, /* its acknowledgement is taken back */
};

struct order_rule {
    unsigned         from;    /* set of states */
    enum order_event event;
    unsigned         who;     /* set of roles */
    enum order_guard guard;
    int              to;      /* enum order_state, or SAME_STATE */
    unsigned         effects;
    const char      *why;
};

#define SAME_STATE (-1)

extern const struct order_rule order_rules[];
extern const size_t            order_rule_count;

/* The rule for what happens in this situation, with the role the actor uses (the first of its roles that a row allows, in the
 * order of ROLES), or NULL and the reason. */
const struct order_rule *order_fsm_find(const struct situation *, enum order_event, enum role *ret_role, struct refused *);

/* In waiting_client whatever the client says in the thread is the answer. */
enum order_event order_event_meant(const struct situation *, enum order_event);

void order_fsm_print(FILE *); /* --print-fsm: Mermaid, kept as tests/golden/order-fsm.mmd */

/* Fills the refusal; for decide.c too. */
void refuse(struct refused *, enum refusal);
void refuse_number(struct refused *, enum refusal, const char *name, int64_t);
void refuse_text(struct refused *, enum refusal, const char *name, const char *text);
