/* receipts.h - who is told instead when nobody of those addressed has received it: the ladder
 *
 * Pure. Source: "Informed" in DOMAIN.md: client, contractor -> managers -> owners -> the panel's banner. A rung is climbed when the
 * one below has been told and not one of them could be reached; whoever was told once is not told again.
 */
#pragma once
#include "common/wire/domain.h"

enum rung {
    RUNG_ACCOUNT,          /* the other persons of the client's account */
    RUNG_MANAGERS_ON_DUTY,
    RUNG_MANAGERS,         /* all of them */
    RUNG_OWNERS,
    RUNG_NOBODY,           /* nobody can be reached: it stands among the concerns, which the panel shows */
    RUNG_COUNT
};

/* What came of a notice that could not be delivered. */
struct unreceived {
    enum notice_kind kind;
    bool matters;        /* it is not moot, and the order it is about, if any, goes on */
    bool others_may_know; /* somebody else addressed has received it, or it is still on its way */
    bool is_known;       /* the alert of unreachability stands for this order */
};

/* Somebody who might be told instead. */
struct substitute {
    int64_t id;
    bool    of_account, is_manager, is_owner, is_on_duty, is_reachable;
    bool    was_told; /* the same notice went to this person already */
};

/* What is to be done: those substitutes for whom receipt_goes_to holds are told. */
struct receipt_step {
    enum rung        rung;   /* RUNG_COUNT: nothing is to be done */
    enum notice_kind kind;   /* of what they are told */
    bool             raises; /* the alert of unreachability, also if nobody is left to hear it */
};

struct receipt_step receipt_decide(const struct unreceived *, const struct substitute *, size_t count);
bool                receipt_goes_to(const struct receipt_step *, const struct substitute *);

/* The next rung that has somebody of those who are told of an alert of unreachability for the first time. */
struct receipt_step receipt_alert(const struct substitute *, size_t count);
