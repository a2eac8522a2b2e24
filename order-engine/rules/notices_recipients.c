/* notices_recipients.c - whom a notice is for, as persons */
#include "order-engine/rules/notices_recipients.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/dispatch.h"

/* Whom a kind is for, by its first row in the table; of persons the later one in the list is the
 * higher role. */
static enum recipient addressed_by(enum notice_kind kind)
{
    for (size_t i = 0; i < notice_rule_count; i++)
        if (notice_rules[i].kind == kind)
            return notice_rules[i].to;
    return TO_NOBODY;
}

static void add(struct decision *d, const struct decided_notice *notice)
{
    if (d->notice_count == DECIDED_NOTICES_MAX)
        return; /* more contractors than one order is pushed to: they find it in their lists */
    d->notices[d->notice_count++] = *notice;
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
    add(d, &(struct decided_notice){.kind = kind, .person_id = person_id, .detail = detail});
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
        int64_t not_before = dispatch_not_before(nth++, s->parameters->OFFER_WAVE, s->now);
        add(d, &(struct decided_notice){
                   .kind = kind, .person_id = who->id, .not_before = not_before, .detail = detail});
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
    add(d, &(struct decided_notice){.kind = kind, .detail = detail});
}

static void (*const recipients[])(const struct situation *, struct decision *, enum notice_kind,
                                  int) = {
    [TO_NOBODY] = to_nobody,    [TO_CLIENT] = to_client,         [TO_CONTRACTOR] = to_contractor,
    [TO_FORMER] = to_former,    [TO_MANAGERS] = add_managers,    [TO_STAFF] = to_staff,
    [TO_OFFERED] = add_offered, [TO_OTHER_SIDE] = to_other_side, [TO_CARDS] = to_cards,
    [TO_ALERTED] = add_alerted,
};

/* An alert's copy for the managers' group: one more, in nobody's stead. Whether an alert was
 * received is told by the managers' own copies. */
static void add_group(const struct situation *s, struct decision *d, enum notice_kind kind,
                      int detail)
{
    bool has_copy = d->event == EVENT_REPEAT && alert_copy_waits(s, d->alerts[0].is.id, 0);
    if (s->has_managers_group && !has_copy)
        add(d, &(struct decided_notice){.kind = kind, .to_group = true, .detail = detail});
}

void notice_recipients_add(enum recipient to, const struct situation *s, struct decision *d,
                           enum notice_kind kind, int detail)
{
    recipients[to](s, d, kind, detail);
    if (notice_class(kind) == SEND_ALERT)
        add_group(s, d, kind, detail);
}
