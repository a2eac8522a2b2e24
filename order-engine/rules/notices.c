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
    {EVENT_CANCEL,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the offers end"},
    {EVENT_OPEN_OFFER,   ALWAYS,            NOTICE_offer,            TO_OFFERED,    DETAIL_OFFER,    "everybody who was not told yet"},

    {EVENT_TAKE,         ALWAYS,            NOTICE_order_taken,      TO_CLIENT,     DETAIL_ESTIMATE, "work has begun, with the estimate"},
    {EVENT_TAKE,         ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "whoever was offered it sees that it is taken"},
    {EVENT_ASSIGN,       ALWAYS,            NOTICE_order_assigned,   TO_CLIENT,     DETAIL_ESTIMATE, "a contractor has been assigned"},
    {EVENT_ASSIGN,       ALWAYS,            NOTICE_work_yours,       TO_CONTRACTOR, DETAIL_CONFIRM,  "the order is yours, please name an estimate"},
    {EVENT_ASSIGN,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "offers and alert cards change"},
    {EVENT_SET_ESTIMATE, ALWAYS,            NOTICE_estimate_set,     TO_CLIENT,     DETAIL_ESTIMATE, "the promise has a time now"},
    {EVENT_SET_ESTIMATE, ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},

    {EVENT_ASK,          ALWAYS,            NOTICE_question,         TO_CLIENT,     DETAIL_NONE,     "the contractor waits for an answer"},
    {EVENT_ANSWER,       ALWAYS,            NOTICE_answer,           TO_CONTRACTOR, DETAIL_ESTIMATE, "the answer, and the clock goes on"},
    {EVENT_ANSWER,       IF_ALERT_ENDS,     NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},
    {EVENT_RESUME,       ALWAYS,            NOTICE_resumed,          TO_CLIENT,     DETAIL_ESTIMATE, "no answer is needed any more"},
    {EVENT_RESUME,       IF_ALERT_ENDS,     NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},
    {EVENT_SAY,          ALWAYS,            NOTICE_thread_message,   TO_OTHER_SIDE, DETAIL_NONE,     "what was said"},

    {EVENT_FINISH,       ALWAYS,            NOTICE_order_done,       TO_CLIENT,     DETAIL_CLOSING,  "the work is done, please accept it"},
    {EVENT_FINISH,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "alert cards change"},
    {EVENT_ACCEPT,       ALWAYS,            NOTICE_order_closed,     TO_CONTRACTOR, DETAIL_SUM,      "accepted, and the sum earned"},
    {EVENT_ACCEPT,       ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the end shows on every card"},
    {EVENT_AUTO_CLOSE,   ALWAYS,            NOTICE_order_closed,     TO_CONTRACTOR, DETAIL_SUM,      "counts as accepted, and the sum earned"},
    {EVENT_AUTO_CLOSE,   ALWAYS,            NOTICE_order_auto_closed,TO_CLIENT,     DETAIL_NONE,     "closed by itself"},
    {EVENT_AUTO_CLOSE,   ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "the end shows on every card"},

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
    {EVENT_BREACH,       ALWAYS,            NOTICE_order_late,       TO_CLIENT,     DETAIL_CLOCK,    "it is late, truthfully"},

    {EVENT_ACKNOWLEDGE,  ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "every manager's copy shows who is on it"},
    {EVENT_REPEAT,       ALWAYS,            OF_THE_ALERT,            TO_ALERTED,    DETAIL_ALERT,    "nobody is on it, so it comes again"},
    {EVENT_UNACKNOWLEDGE,ALWAYS,            NOTICE_cards_changed,    TO_CARDS,      DETAIL_NONE,     "every manager's copy shows that nobody is on it"},
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
    WRITE("{\"due_at\":%" PRId64 ",\"clock\":\"%s\"}", promise_of(&d->after, m->deadline),
          sla_clock_name(m->deadline));
}

DETAIL(detail_alert)
{
    static const enum sla_clock clock_of_cause[] = {
        [CAUSE_NOT_TAKEN] = CLOCK_REACTION,  [CAUSE_LATE] = CLOCK_WORK,
        [CAUSE_UNCONFIRMED] = CLOCK_CONFIRM, [CAUSE_NO_ANSWER] = CLOCK_ANSWER,
        [CAUSE_UNREACHABLE] = CLOCK_WORK,
    };
    const struct open_alert *alert = &d->after.alerts[m->cause];
    char repeat[40] = "";
    if (d->event == EVENT_REPEAT)
        snprintf(repeat, sizeof repeat, ",\"repeat\":%" PRId64, alert->repeats);
    WRITE("{\"alert_id\":%" PRId64 ",\"level\":%" PRId64 ",\"due_at\":%" PRId64 "%s}", alert->id,
          alert->level, promise_of(&d->after, clock_of_cause[m->cause]), repeat);
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
    [DETAIL_OFFER] = detail_offer,
    [DETAIL_ESTIMATE] = detail_estimate,
    [DETAIL_CONFIRM] = detail_confirm,
    [DETAIL_CLOSING] = detail_closing,
    [DETAIL_CLOCK] = detail_clock,
    [DETAIL_ALERT] = detail_alert,
    [DETAIL_SUM] = detail_sum,
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
        if (d->event != EVENT_REPEAT || !alert_copy_waits(s, d->alerts[0].is.id, who->id))
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

static void add_offered(const struct situation *s, struct decision *d, enum notice_kind kind,
                        int detail)
{
    const struct order *o = &d->after;
    size_t nth = 0;
    for (size_t i = 0; i < s->contractors.count; i++) {
        const struct person *who = &s->contractors.items[i];
        if (was_pinned(o, who->id) == o->offer_open || who->declined ||
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

RECIPIENT(to_staff)
{
    add_managers(s, d, kind, detail);
    add_crew(s, d, kind, detail, ROLE_OWNER, false);
}

RECIPIENT(to_other_side)
{
    if (d->role != ROLE_CLIENT)
        add_client(s, d, kind, detail, true);
    if (d->role != ROLE_CONTRACTOR)
        add_contractor(s, d, kind, detail, true);
}

RECIPIENT(to_cards)
{
    (void)s;
    add(d, kind, 0, 0, detail);
}

static void (*const recipients[])(const struct situation *, struct decision *, enum notice_kind,
                                  int) = {
    [TO_NOBODY] = to_nobody,         [TO_CLIENT] = to_client, [TO_CONTRACTOR] = to_contractor,
    [TO_MANAGERS] = add_managers,    [TO_STAFF] = to_staff,   [TO_OFFERED] = add_offered,
    [TO_OTHER_SIDE] = to_other_side, [TO_CARDS] = to_cards,   [TO_ALERTED] = add_alerted,
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

/* Does a rule speak of this reminder's clock, of this alert's cause, of what has just happened? */
static bool concerns(const struct notice_rule *rule, enum sla_clock deadline,
                     enum alert_cause cause, const struct decision *d)
{
    if (rule->only == ALWAYS)
        return true;
    if (rule->only == IF_QUOTA_IS_LOW)
        return quota_is_low(d->quota_left);
    if (rule->only == IF_ALERT_ENDS)
        return d->alert_count > 0;
    return rule->event == EVENT_REMIND ? rule->only == (int)deadline : rule->only == (int)cause;
}

void notices_decide(const struct situation *s, enum sla_clock deadline, enum alert_cause cause,
                    struct decision *d)
{
    for (size_t i = 0; i < notice_rule_count; i++) {
        const struct notice_rule *rule = &notice_rules[i];
        if (rule->event == d->event && concerns(rule, deadline, cause, d))
            notices_tell(s, rule->kind == OF_THE_ALERT ? notice_of_alert(cause) : rule->kind,
                         rule->to, rule->detail, deadline, cause, d);
    }
}
