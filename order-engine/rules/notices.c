/* notices.c - who is told what when something happens to an order */
#include "order-engine/rules/notices.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/notices_details.h"
#include "order-engine/rules/notices_recipients.h"
#include "order-engine/rules/quota.h"

/* clang-format off */
const struct notice_rule notice_rules[] = {
/*   event               only               notice                   to             detail           why */
    {EVENT_CREATE,       ALWAYS,            NOTICE_order_created,    TO_CLIENT,     DETAIL_PROMISE,  "accepted, and the clock time by which it will be taken"},
    {EVENT_CREATE,       IF_QUOTA_IS_LOW,   NOTICE_quota_low,        TO_CLIENT,     DETAIL_QUOTA,    "one order is left, or none"},
    {EVENT_CREATE,       ALWAYS,            NOTICE_offer,            TO_OFFERED,    DETAIL_OFFER,    "the pinned contractors, or all if none of them is eligible"},

    {EVENT_ADD_DETAILS,  ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the task on the offers grows"},
    {EVENT_CANCEL,       IF_BY_STAFF,       NOTICE_order_cancelled,  TO_CLIENT,     DETAIL_NONE,     "a manager has called it off, and why"},
    {EVENT_CANCEL,       IF_BY_STAFF,       NOTICE_work_cancelled,   TO_CONTRACTOR, DETAIL_PAID,     "no more work is needed, and what is paid for it"},
    {EVENT_CANCEL,       IF_BY_SYSTEM,      NOTICE_order_orphaned,   TO_MANAGERS,   DETAIL_NONE,     "nobody is left who waits for it"},
    {EVENT_CANCEL,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the offers end"},
    {EVENT_OPEN_OFFER,   ALWAYS,            NOTICE_offer,            TO_OFFERED,    DETAIL_OFFER,    "everybody who was not told yet"},

    {EVENT_TAKE,         ALWAYS,            NOTICE_order_taken,      TO_CLIENT,     DETAIL_ESTIMATE, "work has begun, with the estimate"},
    {EVENT_TAKE,         ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "whoever was offered it sees that it is taken"},
    {EVENT_ASSIGN,       ALWAYS,            NOTICE_order_assigned,   TO_CLIENT,     DETAIL_ESTIMATE, "a contractor has been assigned"},
    {EVENT_ASSIGN,       ALWAYS,            NOTICE_work_yours,       TO_CONTRACTOR, DETAIL_CONFIRM,  "the order is yours, please name an estimate"},
    {EVENT_ASSIGN,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "offers and alert cards change"},
    {EVENT_SET_ESTIMATE, ALWAYS,            NOTICE_estimate_set,     TO_CLIENT,     DETAIL_ESTIMATE, "the promise has a time now"},
    {EVENT_SET_ESTIMATE, ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},

    {EVENT_REASSIGN,     ALWAYS,            NOTICE_order_reassigned, TO_CLIENT,     DETAIL_ESTIMATE, "another contractor goes on with it"},
    {EVENT_REASSIGN,     ALWAYS,            NOTICE_work_yours,       TO_CONTRACTOR, DETAIL_CONFIRM,  "the order is yours, please name an estimate"},
    {EVENT_REASSIGN,     ALWAYS,            NOTICE_work_lost,        TO_FORMER,     DETAIL_NONE,     "the order is another's, and why"},
    {EVENT_REASSIGN,     ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},
    {EVENT_EXTEND,       ALWAYS,            NOTICE_estimate_moved,   TO_CLIENT,     DETAIL_ESTIMATE, "another time is promised, and why"},
    {EVENT_EXTEND,       IF_BY_ANOTHER,     NOTICE_work_extended,    TO_CONTRACTOR, DETAIL_ESTIMATE, "a manager has moved the promise"},
    {EVENT_EXTEND,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},
    {EVENT_GIVE_BACK,    ALWAYS,            NOTICE_order_requeued,   TO_CLIENT,     DETAIL_REACTION, "it waits for another contractor, the new promise"},
    {EVENT_GIVE_BACK,    ALWAYS,            NOTICE_order_returned,   TO_MANAGERS,   DETAIL_REACTION, "a contractor could not do it, and why"},
    {EVENT_GIVE_BACK,    ALWAYS,            NOTICE_offer,            TO_OFFERED,    DETAIL_OFFER,    "everybody but who had it already"},
    {EVENT_GIVE_BACK,    ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},
    {EVENT_RELEASE,      ALWAYS,            NOTICE_order_requeued,   TO_CLIENT,     DETAIL_REACTION, "it waits for another contractor, the new promise"},
    {EVENT_RELEASE,      ALWAYS,            NOTICE_order_returned,   TO_MANAGERS,   DETAIL_REACTION, "it was taken from its contractor, and why"},
    {EVENT_RELEASE,      ALWAYS,            NOTICE_work_lost,        TO_FORMER,     DETAIL_NONE,     "the order is not yours any more, and why"},
    {EVENT_RELEASE,      ALWAYS,            NOTICE_offer,            TO_OFFERED,    DETAIL_OFFER,    "everybody but who had it already"},
    {EVENT_RELEASE,      ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},

    {EVENT_ASK,          ALWAYS,            NOTICE_question,         TO_CLIENT,     DETAIL_NONE,     "the contractor waits for an answer"},
    {EVENT_ASK,          ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the work stands"},
    {EVENT_ANSWER,       ALWAYS,            NOTICE_answer,           TO_CONTRACTOR, DETAIL_ESTIMATE, "the answer, and the clock goes on"},
    {EVENT_ANSWER,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the work goes on"},
    {EVENT_RESUME,       ALWAYS,            NOTICE_resumed,          TO_CLIENT,     DETAIL_ESTIMATE, "no answer is needed any more"},
    {EVENT_RESUME,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the work goes on"},
    {EVENT_SAY,          ALWAYS,            NOTICE_thread_message,   TO_OTHER_SIDE, DETAIL_NONE,     "what was said"},

    {EVENT_FINISH,       ALWAYS,            NOTICE_order_done,       TO_CLIENT,     DETAIL_CLOSING,  "the work is done, please accept it"},
    {EVENT_FINISH,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},
    {EVENT_ACCEPT,       ALWAYS,            NOTICE_order_closed,     TO_CONTRACTOR, DETAIL_SUM,      "accepted, and the sum earned"},
    {EVENT_ACCEPT,       CAUSE_LOW_RATING,  NOTICE_alert_low_rating, TO_MANAGERS,   DETAIL_ALERT,    "the client is not content"},
    {EVENT_ACCEPT,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the end shows on every card"},
    {EVENT_AUTO_CLOSE,   ALWAYS,            NOTICE_order_closed,     TO_CONTRACTOR, DETAIL_SUM,      "counts as accepted, and the sum earned"},
    {EVENT_AUTO_CLOSE,   ALWAYS,            NOTICE_order_auto_closed,TO_CLIENT,     DETAIL_NONE,     "closed by itself"},
    {EVENT_AUTO_CLOSE,   ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the end shows on every card"},

    {EVENT_REWORK,       ALWAYS,            NOTICE_work_returned,    TO_CONTRACTOR, DETAIL_ESTIMATE, "what is not right yet; the time begins anew"},
    {EVENT_REWORK,       IF_REQUEUED,       NOTICE_order_requeued,   TO_CLIENT,     DETAIL_REACTION, "who did it works here no more: another contractor will go on"},
    {EVENT_REWORK,       IF_REQUEUED,       NOTICE_order_returned,   TO_MANAGERS,   DETAIL_REACTION, "who did it works here no more"},
    {EVENT_REWORK,       IF_REQUEUED,       NOTICE_offer,            TO_OFFERED,    DETAIL_OFFER,    "everybody but who had it already"},
    {EVENT_REWORK,       CAUSE_REWORKED,    NOTICE_alert_reworked,   TO_MANAGERS,   DETAIL_ALERT,    "the two do not come together"},
    {EVENT_REWORK,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "it is in work again"},
    {EVENT_RATE,         CAUSE_LOW_RATING,  NOTICE_alert_low_rating, TO_MANAGERS,   DETAIL_ALERT,    "the client was not content"},
    {EVENT_RATE,         ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the mark shows"},
    {EVENT_COMPLAIN,     CAUSE_COMPLAINT,   NOTICE_alert_complaint,  TO_MANAGERS,   DETAIL_ALERT,    "the client needs a manager"},

    {EVENT_REMIND,       CLOCK_WORK,        NOTICE_work_reminder,    TO_CONTRACTOR, DETAIL_CLOCK,    "the estimate nears its end"},
    {EVENT_REMIND,       CLOCK_CONFIRM,     NOTICE_confirm_reminder, TO_CONTRACTOR, DETAIL_CLOCK,    "an estimate is still to be named"},
    {EVENT_REMIND,       CLOCK_ANSWER,      NOTICE_answer_reminder,  TO_CLIENT,     DETAIL_CLOCK,    "the contractor waits"},
    {EVENT_REMIND,       CLOCK_ACCEPTANCE,  NOTICE_accept_reminder,  TO_CLIENT,     DETAIL_CLOCK,    "the work waits to be accepted"},

    {EVENT_ALERT,        CAUSE_NOT_TAKEN,   NOTICE_alert_not_taken,  TO_MANAGERS,   DETAIL_ALERT,    "nobody has taken it"},
    {EVENT_ALERT,        CAUSE_LATE,        NOTICE_alert_late,       TO_MANAGERS,   DETAIL_ALERT,    "it runs late"},
    {EVENT_ALERT,        CAUSE_UNCONFIRMED, NOTICE_alert_unconfirmed,TO_MANAGERS,   DETAIL_ALERT,    "the assigned contractor names no estimate"},
    {EVENT_ALERT,        CAUSE_NO_ANSWER,   NOTICE_alert_no_answer,  TO_MANAGERS,   DETAIL_ALERT,    "the client does not answer"},
    {EVENT_BREACH,       CAUSE_NOT_TAKEN,   NOTICE_alert_not_taken,  TO_STAFF,      DETAIL_ALERT,    "rewritten: the promise is broken; the owner too"},
    {EVENT_BREACH,       CAUSE_LATE,        NOTICE_alert_late,       TO_STAFF,      DETAIL_ALERT,    "rewritten: the promise is broken; the owner too"},
    {EVENT_BREACH,       ALWAYS,            NOTICE_order_late,       TO_CLIENT,     DETAIL_CLOCK,    "it is late, truthfully; and that it does not count, if so"},
    {EVENT_BREACH,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the contractor's card says so too"},

    {EVENT_ACKNOWLEDGE,  ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "every manager's copy shows who is on it"},
    {EVENT_REPEAT,       ALWAYS,            OF_THE_ALERT,            TO_ALERTED,    DETAIL_ALERT,    "nobody is on it, so it comes again"},
    {EVENT_UNACKNOWLEDGE,ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "every manager's copy shows that nobody is on it"},
    {EVENT_SETTLE,       IF_WITH_WORDS,     NOTICE_complaint_answered,TO_CLIENT,    DETAIL_NONE,     "what a manager answers to a complaint"},
    {EVENT_SETTLE,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "every manager's copy shows that it is over"},
};
/* clang-format on */
const size_t notice_rule_count = ARRAY_LEN(notice_rules);

void notices_tell(const struct situation *s, enum notice_kind kind, enum recipient to,
                  enum notice_detail detail, enum sla_clock deadline, enum alert_cause cause,
                  struct decision *d)
{
    int at = -1;
    if (detail != DETAIL_NONE) {
        assert(d->details_count < DECIDED_DETAILS_MAX);
        at = (int)d->details_count++;
        notice_detail_print(detail, s, d, &(struct matter){deadline, cause}, d->details[at]);
    }
    notice_recipients_add(to, s, d, kind, at);
}

/* The alert a rule tells of: a deadline's, or one that something else has raised. */
static enum alert_cause cause_told(const struct notice_rule *rule, enum alert_cause of_deadline)
{
    bool names_one = rule->only >= 0 && rule->event != EVENT_REMIND;
    return names_one ? (enum alert_cause)rule->only : of_deadline;
}

/* An event that has a rule for a cause raises or rewrites its alert, and never solves it. */
static bool raises(const struct decision *d, enum alert_cause cause)
{
    for (size_t i = 0; i < d->alert_count; i++)
        if (d->alerts[i].cause == cause)
            return true;
    return false;
}

/* Does a rule speak of this reminder's clock, of an alert that is raised, of what has just
 * happened? */
static bool concerns(const struct situation *s, const struct notice_rule *rule,
                     enum sla_clock deadline, const struct decision *d)
{
    switch (rule->only) {
    case ALWAYS:
        return true;
    case IF_QUOTA_IS_LOW:
        return quota_is_low(d->quota_left);
    case IF_BY_STAFF:
        return (d->role & (ROLE_MANAGER | ROLE_OWNER)) != 0;
    case IF_BY_SYSTEM:
        return d->role == ROLE_SYSTEM;
    case IF_REQUEUED:
        return d->after.state == ORDER_NEW;
    case IF_BY_ANOTHER:
        return s->actor == NULL || s->actor->id != d->after.contractor_id;
    case IF_WITH_WORDS:
        return d->message_kind >= 0;
    default:
        return rule->event == EVENT_REMIND ? rule->only == (int)deadline
                                           : raises(d, (enum alert_cause)rule->only);
    }
}

void notices_decide(const struct situation *s, enum sla_clock deadline, enum alert_cause cause,
                    struct decision *d)
{
    for (size_t i = 0; i < notice_rule_count; i++) {
        const struct notice_rule *rule = &notice_rules[i];
        if (rule->event == d->event && concerns(s, rule, deadline, d)) {
            enum alert_cause about = cause_told(rule, cause);
            notices_tell(s, rule->kind == OF_THE_ALERT ? notice_of_alert(about) : rule->kind,
                         rule->to, rule->detail, deadline, about, d);
        }
    }
}
