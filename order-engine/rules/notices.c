/* notices.c - who is told what when something happens to an order */
#include "order-engine/rules/notices.h"

#include <inttypes.h>

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/dispatch.h"
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
    {EVENT_SETTLE,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "every manager's copy shows that it is over"},
};
/* clang-format on */
const size_t notice_rule_count = ARRAY_LEN(notice_rules);

/* ---- what it carries ---- */

static int64_t promise_of(const struct order *o, enum sla_clock clock)
{
    return clock_due_at(&o->clocks[clock], 100);
}

/* What a notice is about, beside the situation and the decision. */
struct matter {
    enum sla_clock deadline; /* CLOCK_COUNT = none */
    enum alert_cause cause;  /* CAUSE_COUNT = none */
};

#define DETAIL(name)                                                                              \
    static void name(const struct situation *s, const struct decision *d, const struct matter *m, \
                     char out[static DECIDED_DETAIL_BYTES])
#define WRITE(...) ((void)s, (void)d, (void)m, snprintf(out, DECIDED_DETAIL_BYTES, __VA_ARGS__))

DETAIL(detail_promise)
{
    WRITE("{\"due_at\":%" PRId64 ",\"left\":%" PRId64 "}", promise_of(&d->after, CLOCK_REACTION),
          d->quota_left);
}

DETAIL(detail_reaction)
{
    WRITE("{\"due_at\":%" PRId64 "}", promise_of(&d->after, CLOCK_REACTION));
}

DETAIL(detail_offer)
{
    WRITE("{\"due_at\":%" PRId64 ",\"pinned\":%s}", promise_of(&d->after, CLOCK_REACTION),
          d->after.offer_open ? "false" : "true");
}

DETAIL(detail_estimate)
{
    WRITE("{\"due_at\":%" PRId64 ",\"estimate_minutes\":%" PRId64 ",\"contractor_id\":%" PRId64 "}",
          promise_of(&d->after, CLOCK_WORK), d->after.estimate_minutes, d->after.contractor_id);
}

DETAIL(detail_confirm)
{
    WRITE("{\"due_at\":%" PRId64 "}", promise_of(&d->after, CLOCK_CONFIRM));
}

DETAIL(detail_closing)
{
    WRITE("{\"due_at\":%" PRId64 "}", promise_of(&d->after, CLOCK_ACCEPTANCE));
}

DETAIL(detail_clock)
{
    WRITE("{\"due_at\":%" PRId64 ",\"clock\":\"%s\"%s}", promise_of(&d->after, m->deadline),
          sla_clock_name(m->deadline),
          d->quota == LEDGER_COMPENSATE ? ",\"compensated\":true" : "");
}

DETAIL(detail_alert)
{
    static const enum sla_clock clock_of_cause[CAUSE_COUNT] = {
        [CAUSE_NOT_TAKEN] = CLOCK_REACTION,  [CAUSE_LATE] = CLOCK_WORK,
        [CAUSE_UNCONFIRMED] = CLOCK_CONFIRM, [CAUSE_NO_ANSWER] = CLOCK_ANSWER,
        [CAUSE_UNREACHABLE] = CLOCK_WORK,    [CAUSE_COMPLAINT] = CLOCK_COUNT,
        [CAUSE_LOW_RATING] = CLOCK_COUNT,    [CAUSE_REWORKED] = CLOCK_COUNT,
    };
    const struct open_alert *alert = &d->after.alerts[m->cause];
    enum sla_clock clock = clock_of_cause[m->cause];
    char due[40] = "", repeat[40] = "";
    if (clock != CLOCK_COUNT)
        snprintf(due, sizeof due, ",\"due_at\":%" PRId64, promise_of(&d->after, clock));
    if (d->event == EVENT_REPEAT)
        snprintf(repeat, sizeof repeat, ",\"repeat\":%" PRId64, alert->repeats);
    WRITE("{\"alert_id\":%" PRId64 ",\"level\":%" PRId64 "%s%s}", alert->id, alert->level, due,
          repeat);
}

DETAIL(detail_paid)
{
    WRITE("{\"amount_minor\":%" PRId64 ",\"currency\":\"%s\"}",
          d->pay ? d->after.rate_minor + d->after.bonus_minor : 0, d->after.currency);
}

DETAIL(detail_sum)
{
    WRITE("{\"amount_minor\":%" PRId64 ",\"currency\":\"%s\",\"rating\":%" PRId64 "}",
          d->after.rate_minor + d->after.bonus_minor, d->after.currency, d->after.rating);
}

DETAIL(detail_quota)
{
    WRITE("{\"left\":%" PRId64 ",\"until\":%" PRId64 "}", d->quota_left, s->month.ends_at);
}

static void (*const details[])(const struct situation *, const struct decision *,
                               const struct matter *, char *) = {
    [DETAIL_NONE] = NULL,
    [DETAIL_PROMISE] = detail_promise,
    [DETAIL_REACTION] = detail_reaction,
    [DETAIL_OFFER] = detail_offer,
    [DETAIL_ESTIMATE] = detail_estimate,
    [DETAIL_CONFIRM] = detail_confirm,
    [DETAIL_CLOSING] = detail_closing,
    [DETAIL_CLOCK] = detail_clock,
    [DETAIL_ALERT] = detail_alert,
    [DETAIL_SUM] = detail_sum,
    [DETAIL_PAID] = detail_paid,
    [DETAIL_QUOTA] = detail_quota,
};

/* ---- to whom ---- */

/* Whom a kind is for, by its first row in the table; of persons the later one in the list is the
 * higher role. */
static enum recipient addressed_by(enum notice_kind kind)
{
    for (size_t i = 0; i < notice_rule_count; i++)
        if (notice_rules[i].kind == kind)
            return notice_rules[i].to;
    return TO_NOBODY;
}

static void add(struct decision *d, enum notice_kind kind, int64_t person_id, int64_t not_before,
                int detail)
{
    if (d->notice_count == DECIDED_NOTICES_MAX)
        return; /* more contractors than one order is pushed to: they find it in their lists */
    d->notices[d->notice_count++] = (struct decided_notice){
        .kind = kind, .person_id = person_id, .not_before = not_before, .detail = detail};
}

/* Nobody gets the same twice, and of two notices for one person the one meant for the higher role
 * stays. */
static void add_person(struct decision *d, enum notice_kind kind, int64_t person_id, int detail)
{
    for (size_t i = 0; i < d->notice_count; i++) {
        struct decided_notice *n = &d->notices[i];
        if (n->person_id != person_id)
            continue;
        if (n->kind == kind || addressed_by(n->kind) > addressed_by(kind))
            return;
        if (addressed_by(n->kind) < addressed_by(kind)) {
            *n = (struct decided_notice){.kind = kind, .person_id = person_id, .detail = detail};
            return;
        }
    }
    add(d, kind, person_id, 0, detail);
}

static void add_client(const struct situation *s, struct decision *d, enum notice_kind kind,
                       int detail, bool not_actor)
{
    const struct order *o = &d->after;
    for (size_t i = 0; i < o->client_told_count; i++)
        if (!not_actor || s->actor == NULL || o->client_told[i] != s->actor->id)
            add_person(d, kind, o->client_told[i], detail);
}

static void add_contractor(const struct situation *s, struct decision *d, enum notice_kind kind,
                           int detail, bool not_actor)
{
    int64_t id = d->after.contractor_id;
    if (id != 0 && (!not_actor || s->actor == NULL || id != s->actor->id))
        add_person(d, kind, id, detail);
}

/* Who has done it as a manager knows it already. */
static bool has_done_it(const struct situation *s, const struct decision *d,
                        const struct person *who)
{
    return s->actor != NULL && s->actor->id == who->id &&
           (d->role & (ROLE_MANAGER | ROLE_OWNER)) != 0;
}

/* Everybody of the crew with this role who passes; how many that were. */
static size_t add_crew(const struct situation *s, struct decision *d, enum notice_kind kind,
                       int detail, unsigned role, bool on_duty_only)
{
    size_t told = 0;
    for (size_t i = 0; i < s->crew.count; i++) {
        const struct person *who = &s->crew.items[i];
        if ((who->roles & role) == 0 || !who->reachable ||
            (on_duty_only && !person_is_on_duty(who, s->now)))
            continue;
        told++;
        bool has_copy =
            d->event == EVENT_REPEAT && alert_copy_waits(s, d->alerts[0].is.id, who->id);
        if (!has_copy && !has_done_it(s, d, who))
            add_person(d, kind, who->id, detail);
    }
    return told;
}

/* Managers on duty, or all if none is, or the owners if no manager can be reached: somebody must
 * know. */
static void add_managers(const struct situation *s, struct decision *d, enum notice_kind kind,
                         int detail)
{
    if (add_crew(s, d, kind, detail, ROLE_MANAGER, true) == 0 &&
        add_crew(s, d, kind, detail, ROLE_MANAGER, false) == 0)
        add_crew(s, d, kind, detail, ROLE_OWNER, false);
}

static void add_alerted(const struct situation *s, struct decision *d, enum notice_kind kind,
                        int detail)
{
    add_managers(s, d, kind, detail);
    if (alert_is_for_owners(&d->alerts[0].is, s->parameters))
        add_crew(s, d, kind, detail, ROLE_OWNER, false);
}

static bool was_pinned(const struct order *o, int64_t person_id)
{
    for (size_t i = 0; i < o->pin_count; i++)
        if (o->pins[i] == person_id)
            return true;
    return false;
}

/* In their window the pinned ones alone; when it ends the others; who had it already never. */
static bool is_offered_now(const struct decision *d, int64_t person_id)
{
    const struct order *o = &d->after;
    if (order_was_passed_by(o, person_id))
        return false;
    if (!o->offer_open)
        return was_pinned(o, person_id);
    return d->event != EVENT_OPEN_OFFER || !was_pinned(o, person_id);
}

static bool is_told(const struct decision *d, int64_t person_id)
{
    for (size_t i = 0; i < d->notice_count; i++)
        if (d->notices[i].person_id == person_id)
            return true;
    return false;
}

/* A manager who works as a contractor too is told as a manager that it waits. */
static void add_offered(const struct situation *s, struct decision *d, enum notice_kind kind,
                        int detail)
{
    const struct order *o = &d->after;
    size_t nth = 0;
    for (size_t i = 0; i < s->contractors.count; i++) {
        const struct person *who = &s->contractors.items[i];
        if (is_told(d, who->id) || !is_offered_now(d, who->id) || who->declined ||
            (o->offer_open && !contractor_follows(who, o->category_id)) ||
            !contractor_may_be_offered(s, who, o->account_id))
            continue;
        add(d, kind, who->id, dispatch_not_before(nth++, s->parameters->OFFER_WAVE, s->now),
            detail);
    }
}

/* ---- recipients: a kind with its detail (-1 = none) to each of them ---- */

#define RECIPIENT(name)                                                                    \
    static void name(const struct situation *s, struct decision *d, enum notice_kind kind, \
                     int detail)

RECIPIENT(to_nobody)
{
    (void)s, (void)d, (void)kind, (void)detail;
}

RECIPIENT(to_client)
{
    add_client(s, d, kind, detail, false);
}

RECIPIENT(to_contractor)
{
    add_contractor(s, d, kind, detail, false);
}

RECIPIENT(to_former)
{
    int64_t id = s->order->contractor_id;
    if (s->actor == NULL || id != s->actor->id)
        add_person(d, kind, id, detail);
}

RECIPIENT(to_staff)
{
    add_managers(s, d, kind, detail);
    add_crew(s, d, kind, detail, ROLE_OWNER, false);
}

RECIPIENT(to_other_side)
{
    if (d->role != ROLE_CLIENT && d->addressee != ROLE_CONTRACTOR)
        add_client(s, d, kind, detail, true);
    if (d->role != ROLE_CONTRACTOR && d->addressee != ROLE_CLIENT)
        add_contractor(s, d, kind, detail, true);
}

RECIPIENT(to_cards)
{
    (void)s;
    add(d, kind, 0, 0, detail);
}

static void (*const recipients[])(const struct situation *, struct decision *, enum notice_kind,
                                  int) = {
    [TO_NOBODY] = to_nobody,    [TO_CLIENT] = to_client,         [TO_CONTRACTOR] = to_contractor,
    [TO_FORMER] = to_former,    [TO_MANAGERS] = add_managers,    [TO_STAFF] = to_staff,
    [TO_OFFERED] = add_offered, [TO_OTHER_SIDE] = to_other_side, [TO_CARDS] = to_cards,
    [TO_ALERTED] = add_alerted,
};

void notices_tell(const struct situation *s, enum notice_kind kind, enum recipient to,
                  enum notice_detail detail, enum sla_clock deadline, enum alert_cause cause,
                  struct decision *d)
{
    int at = -1;
    if (details[detail] != NULL) {
        assert(d->details_count < DECIDED_DETAILS_MAX);
        at = (int)d->details_count++;
        details[detail](s, d, &(struct matter){deadline, cause}, d->details[at]);
    }
    recipients[to](s, d, kind, at);
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
