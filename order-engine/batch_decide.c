/* batch_decide.c - a batch's commands, decided one after the other in memory */
#include "order-engine/batch_state.h"

#include <inttypes.h>

#include "common/base/log.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/decide.h"
#include "order-engine/rules/quiet.h"
#include "order-engine/rules/subscription.h"
#include "sql/order_engine_queries.h"

#define SUBSCRIPTION_TOLD_MAX 256 /* persons of an account and owners */
#define DEADLINE_SKEW_MS 1000     /* a watcher's clock may run ahead of ours by this much */

static size_t text_length(const char *text)
{
    size_t length = 0;
    for (const char *at = text; at != NULL && *at != '\0'; at++)
        length += ((unsigned char)*at & 0xC0) != 0x80;
    return length;
}

static bool is_blank(const char *text)
{
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

/* What contractors are to the order at hand: pinned by its account, or have declined it. */
static struct people mark_contractors(struct batch *b, int64_t account_id, int64_t order_id)
{
    struct people_list *list = &b->world.contractors;
    for (size_t i = 0; i < list->count; i++) {
        struct person *who = &list->items[i];
        who->pinned = who->declined = false;
        for (size_t n = 0; n < b->world.pin_count; n++) {
            const struct read_pin *pin = &b->world.pins[n];
            if (pin->contractor_id != who->id)
                continue;
            if (pin->declined)
                who->declined |= pin->order_id == order_id;
            else
                who->pinned |= account_id != 0 && pin->account_id == account_id;
        }
    }
    return (struct people){list->items, list->count};
}

static struct situation situation_of(struct batch *b, struct job *job)
{
    struct world *w = &b->world;
    struct person *actor = job->telegram_id != 0 ? world_by_telegram(w, job->telegram_id) : NULL;
    struct situation s = {
        .now = w->now,
        .parameters = &w->parameters,
        .categories = w->categories,
        .month = w->month,
        .actor = actor,
        .acts_as = job_acts_as(job),
        .order = world_order(w, command_order_id(&job->msg)),
        .target = world_person(w, command_target_id(&job->msg)),
        .crew = {w->crew.items, w->crew.count},
        .has_managers_group = w->has_managers_group,
        .waiting = w->waiting,
        .waiting_count = w->waiting_count,
    };
    if (job->row->needs & NEED_ACCOUNT)
        s.account =
            actor != NULL && actor->account_id != 0 ? world_account(w, actor->account_id) : NULL;
    if (job->row->needs & (NEED_CONTRACTORS | NEED_DEADLINE))
        s.contractors = mark_contractors(b, s.account != NULL ? s.account->id : 0,
                                         s.order != NULL ? s.order->id : 0);
    return s;
}

/* The deadline of a command that names one; NULL: it was answered (moot, or not yet due). */
static const struct read_deadline *find_deadline(struct batch *b, struct job *job)
{
    const struct msg_deadline_reached *reached = &job->msg.body.deadline_reached;
    const struct read_deadline *deadline = world_deadline(&b->world, job->deadline_id);
    if (deadline == NULL || deadline->order_id != reached->order_id ||
        deadline->alert_id != reached->alert_id || deadline->account_id != reached->account_id) {
        job_refuse_plain(job, REFUSE_moot);
        return NULL;
    }
    if (deadline->due_at > b->world.now + DEADLINE_SKEW_MS) {
        job_fail(job, "input", "the deadline is not due yet"); /* not stored: it will be */
        return NULL;
    }
    return deadline;
}

/* A step of an account's subscription concerns no order: its persons and the owners are told. */
static void decide_subscription(struct batch *b, struct job *job,
                                const struct read_deadline *deadline)
{
    struct world *w = &b->world;
    const struct subscription_step *row = subscription_step_find(deadline->step);
    const struct subscriber *any = NULL;
    int64_t told[SUBSCRIPTION_TOLD_MAX];
    char detail[100];
    for (size_t i = 0; i < w->subscriber_count; i++)
        if (w->subscribers[i].account_id == deadline->account_id)
            any = &w->subscribers[i];
    if (row == NULL || any == NULL) {
        job_refuse_plain(job, REFUSE_moot);
        return;
    }
    const struct subscription_step *last_day = subscription_step_find(STEP_DAY_BEFORE);
    snprintf(detail, sizeof detail, "{\"account_id\":%" PRId64 ",\"until\":%" PRId64 "}",
             deadline->account_id,
             subscription_due_at(last_day, any->paid_until_day, w->parameters.TIME_ZONE));
    size_t count =
        subscription_told(deadline->account_id, w->subscribers, w->subscriber_count,
                          (struct people){w->crew.items, w->crew.count}, told, ARRAY_LEN(told));
    for (size_t i = 0; i < count; i++)
        save_notice_later(b->save, row->notice, told[i], w->now,
                          quiet_not_before(&w->parameters, row->notice, w->now, 0), detail);
    job_ok(job);
}

/* A deadline's event stands in the clock table. false: it has been answered (moot, not yet due, or
 * of no order).
 */
static bool read_deadline(struct batch *b, struct job *job, struct situation *s,
                          struct order_command *c)
{
    const struct read_deadline *deadline = find_deadline(b, job);
    if (deadline == NULL)
        return false;
    if (deadline->account_id != 0) {
        decide_subscription(b, job, deadline);
        save_reached(b->save, deadline->id);
        return false;
    }
    size_t position;
    const struct clock_step_row *row = clock_step_find(deadline->clock, deadline->step, &position);
    s->now = max_i64(s->now, deadline->due_at); /* never early */
    *c = (struct order_command){.event = row->event,
                                .clock = deadline->clock,
                                .step = deadline->step,
                                .alert_id = deadline->alert_id,
                                .run = deadline->run};
    return true;
}

static void answer_decision(struct job *job, const struct decision *d)
{
    job_ok(job);
    job->answer.order_id = d->after.id;
    job->answer.has_order_id = true;
    job->answer.version = d->after.version;
    job->answer.has_version = true;
    job->answer.due_at = d->due_at;
    job->answer.has_due_at = d->due_at != 0;
}

/* As many were set aside as the batch's commands need. */
static void give_numbers(struct batch *b, const struct job *job, struct order_command *c)
{
    if (job->row->needs & NEED_ORDER_NUMBER) {
        assert(b->orders_numbered < b->world.order_number_count);
        c->new_order_id = b->world.order_numbers[b->orders_numbered++];
    }
    if (job->row->needs & NEED_ALERT_NUMBER) {
        assert(b->alerts_numbered < b->world.alert_number_count);
        c->new_alert_id = b->world.alert_numbers[b->alerts_numbered++];
    }
}

/* Was this order's state only known, not read? */
static bool is_recalled(const struct batch *b, const struct order *order)
{
    return order != NULL && id_list_has(&b->lists.orders, order->id) &&
           !id_list_has(&b->lists.unread, order->id);
}

/* One order command in memory. false: it must wait for the next batch. */
static bool decide_order(struct batch *b, struct job *job)
{
    struct order_command c = {.event = (enum order_event)job->row->event};
    struct msg_strings files = {0};
    struct situation s = situation_of(b, job);
    struct decision *d = b->decision;
    const char *text = job->row->read(&job->msg, &c, &files);
    if (job->row->event < 0 && !read_deadline(b, job, &s, &c))
        return true;
    c.id = job->msg.id;
    c.has_text = !is_blank(text);
    c.text_len = text_length(text);
    c.file_count = files.count;
    give_numbers(b, job, &c);

    order_decide(&s, &c, d);
    if (d->refused.why != REFUSED_NOT) {
        job->doubts = is_recalled(b, s.order);
        if (job->doubts)
            return false;
        job_refuse(job, &d->refused);
        job->answer.order_id = command_order_id(&job->msg);
        job->answer.has_order_id = job->answer.order_id != 0 && s.order != NULL;
    } else {
        if (!world_takes(&b->world, d))
            return false;
        save_decision(b->save, &b->world, job, d, text, &files);
        world_apply(&b->world, d);
        answer_decision(job, d);
    }
    if (job->deadline_id != 0 && world_deadline(&b->world, job->deadline_id) != NULL)
        save_reached(b->save, job->deadline_id);
    return true;
}

/* The answer of an earlier time, as it was. */
static bool repeat_answer(struct batch *b, struct job *job)
{
    const char *answer = world_answer(&b->world, job->msg.id);
    struct err err;
    if (answer == NULL)
        return false;
    if (msg_decode(answer, strlen(answer), &job->stored, NULL, &err) != 0) {
        job_fail(job, "internal", "the stored answer cannot be read");
        log_error("stored answer unreadable id=%s: %s", job->msg.id, err.text);
        return true;
    }
    job->repeated = true;
    job->keep_answer = false;
    job->answer = job->stored.body.answer;
    return true;
}

size_t batch_decide(struct batch *b, struct job *later[BATCH_MAX])
{
    size_t kept = 0, later_count = 0;
    b->orders_numbered = b->alerts_numbered = 0;
    world_link(&b->world);
    if (batch_count_needing(b, NEED_MONTH) > 0)
        world_find_month(&b->world);
    for (size_t i = 0; i < b->count; i++) {
        struct job *job = b->jobs[i];
        if (repeat_answer(b, job)) {
            b->jobs[kept++] = job;
        } else if (job->row->admin != NULL) {
            struct admin_work work = batch_admin_work(b, job);
            job->row->admin->run(&work);
            b->changed = work.changed;
            if (work.changed != NULL)
                admin_call(&work,
                           str_eq(work.changed, "people") ? Q_bump_people : Q_bump_parameters,
                           NULL);
            b->jobs[kept++] = job;
        } else if (decide_order(b, job)) {
            b->jobs[kept++] = job;
        } else {
            later[later_count++] = job;
        }
        if (job->keep_answer)
            save_answer(b->save, job, b->world.now, &b->scratch);
    }
    b->count = kept;
    save_world(b->save, &b->world);
    return later_count;
}
