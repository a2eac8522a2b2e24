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
    GUARD_OWN_STAYS, /* own, and the contractor who did the work still works here */
    GUARD_OWN_LEFT,  /* own, and the row above with GUARD_OWN_STAYS has said no */
    GUARD_OFFERED, /* a free contractor to whom it is open */
    GUARD_PERSON,  /* somebody whom the row can name: not the panel, not the operator */
};

/* What a transition entails, beside state, version, event and the notices of notices.c: a bit each. */
#define EFFECT(n)         (UINT64_C(1) << (n))
#define RESERVE_QUOTA     EFFECT(0)
#define RETURN_QUOTA      EFFECT(1)
#define OFFER             EFFECT(2) /* to the pinned ones, or to all if none of them is eligible */
#define OPEN_TO_ALL       EFFECT(3)
#define WITHDRAW_OFFERS   EFFECT(4)
#define START_REACTION    EFFECT(5)
#define STOP_REACTION     EFFECT(6)
#define START_WORK        EFFECT(7)
#define MOVE_WORK         EFFECT(8) /* another 100 %, the start stays */
#define PAUSE_WORK        EFFECT(9)
#define RESUME_WORK       EFFECT(10)
#define STOP_WORK         EFFECT(11)
#define START_CONFIRM     EFFECT(12)
#define PAUSE_CONFIRM     EFFECT(13)
#define RESUME_CONFIRM    EFFECT(14)
#define STOP_CONFIRM      EFFECT(15)
#define START_ANSWER      EFFECT(16)
#define STOP_ANSWER       EFFECT(17)
#define START_ACCEPTANCE  EFFECT(18)
#define STOP_ACCEPTANCE   EFFECT(19)
#define PAY               EFFECT(20)
#define PAY_IF_AGREED     EFFECT(21) /* what the manager said; if nothing: yes from done, else no */
#define ERASE             EFFECT(22) /* the credentials */
#define REMEMBER_PASS     EFFECT(23) /* who had the order is not offered it again */
#define LEAVE_CONTRACTOR  EFFECT(24) /* the row forgets who had it */
#define SOLVE_NOT_TAKEN   EFFECT(25)
#define SOLVE_LATE        EFFECT(26)
#define SOLVE_UNCONFIRMED EFFECT(27)
#define SOLVE_NO_ANSWER   EFFECT(28)
#define SOLVE_UNREACHABLE EFFECT(29)
#define RAISE_ALERT       EFFECT(30) /* of the deadline's cause; 100 % rewrites it */
#define RAISE_COMPLAINT   EFFECT(31)
#define RAISE_LOW_RATING  EFFECT(32) /* if the mark is one */
#define RAISE_REWORKED    EFFECT(33) /* if it was the third time */
#define RECORD_BREACH     EFFECT(34)
#define ACKNOWLEDGE_ALERT EFFECT(35)
#define SETTLE_ALERT      EFFECT(36)
#define REPEAT_ALERT      EFFECT(37) /* told again */
#define REOPEN_ALERT      EFFECT(38) /* its acknowledgement is taken back */
#define ORDER_EFFECT_COUNT 39

struct order_rule {
    unsigned         from;    /* set of states */
    enum order_event event;
    unsigned         who;     /* set of roles */
    enum order_guard guard;
    int              to;      /* enum order_state, or SAME_STATE */
    uint64_t         effects; /* set of the above */
    const char      *why;
};

#define SAME_STATE (-1)

extern const struct order_rule order_rules[];
extern const size_t            order_rule_count;

/* The rule for what happens in this situation, with the role the actor uses, or NULL and the reason. Rows are tried from above; in
 * each, whoever holds several roles acts in the highest that the row names and its guard lets through (docs/decisions/0017). */
const struct order_rule *order_fsm_find(const struct situation *, enum order_event, enum role *ret_role, struct refused *);

/* In waiting_client whatever the client says in the thread is the answer. */
enum order_event order_event_meant(const struct situation *, enum order_event);

void order_fsm_print(FILE *); /* --print-fsm: Mermaid, kept as tests/golden/order-fsm.mmd */

/* Fills the refusal; for decide.c too. */
void refuse(struct refused *, enum refusal);
void refuse_number(struct refused *, enum refusal, const char *name, int64_t);
void refuse_text(struct refused *, enum refusal, const char *name, const char *text);
