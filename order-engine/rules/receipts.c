/* receipts.c - who is told instead when nobody of those addressed has received it */
#include "order-engine/rules/receipts.h"

#define ALERTS (-1) /* every kind of that class */

/* clang-format off */
static const struct receipt_rule {
    int         kind;
    enum rung   first;       /* who gets the very same; RUNG_NOBODY: nobody */
    enum rung   last;
    bool        raises;      /* then: the alert of unreachability, which climbs by itself */
    const char *why;
} rules[] = {
/*   notice              the same to ...                                 then   why */
    {ALERTS,             RUNG_MANAGERS_ON_DUTY, RUNG_OWNERS,             false, "somebody must act: managers, then owners"},
    {NOTICE_inquiry_sent, RUNG_MANAGERS_ON_DUTY, RUNG_OWNERS,            false, "a client waits for somebody's words"},
    {NOTICE_upgrade_requested, RUNG_MANAGERS_ON_DUTY, RUNG_OWNERS,       false, "a client waits for somebody's answer"},
    {NOTICE_question,    RUNG_ACCOUNT,          RUNG_ACCOUNT,            true,  "whoever of the account answers first; the work stands meanwhile"},
    {NOTICE_order_done,  RUNG_ACCOUNT,          RUNG_ACCOUNT,            true,  "the work waits to be accepted"},
    {NOTICE_work_yours,  RUNG_NOBODY,           RUNG_NOBODY,             true,  "who was given the order does not know of it"},
    {NOTICE_offer,       RUNG_NOBODY,           RUNG_NOBODY,             true,  "nobody knows that it can be taken"},
};
/* clang-format on */

static const struct receipt_rule *rule_of(enum notice_kind kind)
{
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (rules[i].kind == (int)kind ||
            (rules[i].kind == ALERTS && notice_class(kind) == SEND_ALERT))
            return &rules[i];
    return NULL;
}

bool receipt_goes_to(const struct receipt_step *step, const struct substitute *who)
{
    if (!who->is_reachable || (who->was_told && !step->raises))
        return false;
    switch (step->rung) {
    case RUNG_ACCOUNT:
        return who->of_account;
    case RUNG_MANAGERS_ON_DUTY:
        return who->is_manager && who->is_on_duty;
    case RUNG_MANAGERS:
        return who->is_manager;
    case RUNG_OWNERS:
        return who->is_owner;
    case RUNG_NOBODY:
    case RUNG_COUNT:
        break;
    }
    return false;
}

/* Up the ladder to the first rung where somebody can be told; past last: false. */
static bool climb(struct receipt_step *step, enum rung first, enum rung last,
                  const struct substitute *those, size_t count)
{
    for (int rung = (int)first; rung <= (int)last; rung++) {
        step->rung = (enum rung)rung;
        for (size_t i = 0; i < count; i++)
            if (receipt_goes_to(step, &those[i]))
                return true;
    }
    return false;
}

struct receipt_step receipt_alert(const struct substitute *those, size_t count)
{
    struct receipt_step step = {.kind = NOTICE_alert_unreachable, .raises = true};
    if (!climb(&step, RUNG_MANAGERS_ON_DUTY, RUNG_OWNERS, those, count))
        step.rung = RUNG_NOBODY;
    return step;
}

struct receipt_step receipt_decide(const struct unreceived *u, const struct substitute *those,
                                   size_t count)
{
    struct receipt_step step = {.rung = RUNG_COUNT, .kind = u->kind};
    const struct receipt_rule *rule = rule_of(u->kind);
    if (rule == NULL || !u->matters || u->others_may_know)
        return step;
    if (rule->first != RUNG_NOBODY && climb(&step, rule->first, rule->last, those, count))
        return step;
    step.rung = rule->raises ? RUNG_COUNT : RUNG_NOBODY;
    return rule->raises && !u->is_known ? receipt_alert(those, count) : step;
}
