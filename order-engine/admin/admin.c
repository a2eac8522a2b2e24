/* admin.c - what the administrative commands share */
#include "order-engine/admin/admin.h"

#include <inttypes.h>

#include "common/base/log.h"
#include "common/base/text.h"
#include "order-engine/admin/dates.h"
#include "order-engine/rules/decide.h"
#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/subscription.h"
#include "sql/order_engine_queries.h"

unsigned admin_roles(const struct admin_work *work)
{
    unsigned acts_as = job_acts_as(work->job);
    if (acts_as != 0)
        return acts_as;
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    return actor != NULL ? actor->roles : 0;
}

bool admin_may(struct admin_work *work, unsigned roles)
{
    unsigned has = admin_roles(work);
    if ((has & roles) != 0)
        return true;
    job_refuse_plain(work->job, has == 0 ? REFUSE_not_invited : REFUSE_not_your_role);
    return false;
}

void admin_follow(struct admin_work *work, int64_t order_id, enum order_event event)
{
    struct world *w = work->world;
    const struct situation s = {
        .now = w->now,
        .parameters = &w->parameters,
        .month = w->month,
        .acts_as = ROLE_SYSTEM,
        .order = world_order(w, order_id),
        .crew = {w->crew.items,        w->crew.count       },
        .has_managers_group = w->has_managers_group,
        .contractors = {w->contractors.items, w->contractors.count},
    };
    const struct order_command c = {.event = event, .id = work->job->msg.id};
    struct decision *d = xcalloc(1, sizeof *d);
    order_decide(&s, &c, d);
    if (d->refused.why == REFUSED_NOT) {
        save_decision(work->save, w, work->job, d, NULL, &(struct msg_strings){0});
        world_apply(w, d);
    } else {
        log_warn("order not moved id=%s order=%" PRId64 " event=%s refusal=%s", work->job->msg.id,
                 order_id, order_event_name(event), refusal_name(d->refused.why));
    }
    free(d);
}

void admin_call(struct admin_work *work, int query, db_rows_fn on_rows)
{
    db_call(work->db, query, work->args, on_rows, work->job->facts);
    db_args_reset(work->args);
}

static void arg_set(struct db_args *args, int64_t id)
{
    db_array_open(args, DB_I64_ARRAY);
    if (id != 0)
        db_item_i64(args, id);
    db_array_close(args);
}

void admin_lock_actor(struct admin_work *work)
{
    static const int queries[] = {Q_lock_people, Q_lock_orders};
    for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
        bool people = queries[i] == Q_lock_people;
        arg_set(work->args, people ? work->job->telegram_id : 0);
        arg_set(work->args, people ? 0 : work->job->telegram_id);
        arg_set(work->args, 0);
        admin_call(work, queries[i], NULL);
    }
}

void admin_audit(struct admin_work *work, const char *subject, const char *detail)
{
    db_arg_i64(work->args, work->world->now);
    db_arg_text(work->args, work->job->msg.actor);
    db_arg_text(work->args, msg_type_name(work->job->msg.type));
    db_arg_text(work->args, subject);
    db_arg_text(work->args, work->job->msg.id);
    db_arg_text(work->args, detail);
    admin_call(work, Q_insert_audit, NULL);
}

void admin_tell_managers(struct admin_work *work, enum notice_kind kind, const char *detail)
{
    static const struct {
        unsigned role;
        bool on_duty_only;
    } circles[] = {
        {ROLE_MANAGER, true },
        {ROLE_MANAGER, false},
        {ROLE_OWNER,   false},
    };
    const struct world *w = work->world;
    size_t told = 0;
    for (size_t n = 0; n < ARRAY_LEN(circles) && told == 0; n++)
        for (size_t i = 0; i < w->crew.count; i++) {
            const struct person *who = &w->crew.items[i];
            if ((who->roles & circles[n].role) == 0 || !who->reachable ||
                (circles[n].on_duty_only && !person_is_on_duty(who, w->now)))
                continue;
            save_notice(work->save, kind, who->id, 0, w->now, detail);
            told++;
        }
    admin_tell_group(work, kind, detail);
}

void admin_tell_group(struct admin_work *work, enum notice_kind kind, const char *detail)
{
    if (work->world->has_managers_group)
        save_notice_to_group(work->save, kind, 0, work->world->now, detail);
}

void admin_tell_those_asked(struct admin_work *work, enum notice_kind asked, const char *detail,
                            enum notice_kind kind)
{
    db_arg_text(work->args, notice_kind_name(asked));
    db_arg_text(work->args, detail);
    db_arg_text(work->args, notice_kind_name(kind));
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_tell_those_asked, NULL);
}

bool admin_words_are_good(struct admin_work *work, const char *text,
                          const struct msg_strings *files)
{
    struct refused refused = {0};
    if (text[strspn(text, " \t\r\n")] == '\0' && files->count == 0)
        refuse(&refused, REFUSE_empty_text);
    else if (text_utf16_units(text) > TASK_TEXT_MAX)
        refuse_number(&refused, REFUSE_text_too_long, "limit", TASK_TEXT_MAX);
    else if (files->count > ORDER_FILES_MAX)
        refuse_number(&refused, REFUSE_too_many_files, "limit", ORDER_FILES_MAX);
    else
        return true;
    job_refuse(work->job, &refused);
    return false;
}

void admin_reopen_alerts(struct admin_work *work, int64_t telegram_id)
{
    db_arg_i64(work->args, telegram_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_reopen_alerts, NULL);
    save_earlier(work->save, work->world->now);
}

void admin_write_subscription(struct admin_work *work, int64_t account_id, const char *paid_until)
{
    db_arg_i64(work->args, account_id);
    admin_call(work, Q_delete_subscription, NULL);
    for (size_t i = 0; paid_until[0] != '\0' && i < SUBSCRIPTION_STEPS; i++) {
        int64_t due_at = subscription_due_at(&subscription_steps[i], date_days(paid_until),
                                             work->world->parameters.TIME_ZONE);
        if (due_at > work->world->now)
            save_subscription_step(work->save, account_id, subscription_steps[i].step, due_at);
    }
}
