/* people.c - what people change about themselves: names, duty, reachability; and pins */
#include <inttypes.h>

#include "common/base/zone.h"
#include "order-engine/admin/admin.h"
#include "order-engine/admin/unreachable.h"
#include "sql/order_engine_queries.h"

#define ANYBODY (ROLE_CLIENT | ROLE_CONTRACTOR | ROLE_MANAGER | ROLE_OWNER)

/* ---- what people change about themselves ---- */

static void load_nothing(struct admin_work *work)
{
    (void)work;
}

/* What it would have to be instead; NULL: all is well. */
static const char *wanted_instead(const struct msg_person_update *b)
{
    if (b->language != NULL && !language_exists(b->language))
        return "ru, en";
    if (b->time_zone != NULL && b->time_zone[0] != '\0' && !zone_exists(b->time_zone))
        return "a time zone of the tz database, such as Europe/Moscow";
    if (b->name != NULL && (b->name[0] == '\0' || strlen(b->name) > PERSON_NAME_MAX))
        return "a name of 1 to 200 bytes";
    return NULL;
}

static void update_run(struct admin_work *work)
{
    const struct msg_person_update *b = &work->job->msg.body.person_update;
    if (!admin_may(work, ANYBODY))
        return;
    const char *wanted = wanted_instead(b);
    if (wanted != NULL) {
        job_refuse_hint(work->job, wanted);
        return;
    }
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_text(work->args, b->name);
    db_arg_text(work->args, b->username);
    db_arg_text(work->args, b->phone);
    db_arg_text(work->args, b->language);
    db_arg_text(work->args, b->time_zone);
    admin_call(work, Q_update_person, NULL);
    work->changed = "people";
    job_ok(work->job);
}

const struct admin_command admin_person_update = {load_nothing, update_run};

/* Whether the actor can be given orders has changed. */
static void note_freedom(struct admin_work *work, bool is_free)
{
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    if (actor == NULL || (actor->roles & ROLE_CONTRACTOR) == 0)
        return;
    if (is_free)
        save_became_free(work->save, actor->id, &work->world->parameters);
    else
        save_became_busy(work->save, actor->id, &work->world->parameters);
}

static void duty_run(struct admin_work *work)
{
    const struct msg_person_set_duty *b = &work->job->msg.body.person_set_duty;
    if (!admin_may(work, ROLE_CONTRACTOR | ROLE_MANAGER | ROLE_OWNER))
        return;
    bool away = !b->on_duty && b->has_away_until; /* away until: on duty again by itself */
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_bool(work->args, b->on_duty || away);
    db_arg_i64_or_null(work->args, away, b->away_until);
    admin_call(work, Q_set_duty, NULL);
    if (!b->on_duty)
        admin_reopen_alerts(work, work->job->telegram_id);
    note_freedom(work, b->on_duty);
    work->changed = "people";
    job_ok(work->job);
}

const struct admin_command admin_person_set_duty = {admin_lock_actor, duty_run};

/* ---- person.return: away until then, and then has come ---- */

struct absence {
    int64_t away_until; /* ms; 0: not away */
};

static void on_absence(void *ctx, const struct db_result *r)
{
    ((struct absence *)ctx)->away_until = db_rows(r) > 0 ? db_i64(r, 0, 0) : 0;
}

static void return_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct absence));
    db_arg_i64(work->args, work->job->msg.body.person_return.person_id);
    admin_call(work, Q_lock_away, on_absence);
}

/* Nothing else has changed: the rules have looked at the instant all the time. */
static void return_run(struct admin_work *work)
{
    const struct msg_person_return *b = &work->job->msg.body.person_return;
    const struct absence *absence = work->job->facts;
    if (absence->away_until != b->away_until) {
        job_refuse_plain(work->job, REFUSE_moot);
        return;
    }
    if (b->away_until > work->world->now) {
        job_fail(work->job, "input", "still away"); /* not stored: the instant will come */
        return;
    }
    db_arg_i64(work->args, b->person_id);
    admin_call(work, Q_end_absence, NULL);
    save_became_free(work->save, b->person_id, &work->world->parameters);
    job_ok(work->job);
}

const struct admin_command admin_person_return = {return_load, return_run};

static void reachable_load(struct admin_work *work)
{
    struct unreachable *u = work->job->facts = xcalloc(1, sizeof *u);
    unreachable_load(work, u, work->job->telegram_id, 0);
}

static void reachable_run(struct admin_work *work)
{
    bool reachable = work->job->msg.body.person_reachable.reachable;
    if (!admin_may(work, ANYBODY))
        return;
    job_ok(work->job);
    if (world_by_telegram(work->world, work->job->telegram_id)->reachable == reachable)
        return; /* known already */
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_bool(work->args, reachable);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_set_reachable, NULL);
    note_freedom(work, reachable);
    work->changed = "people";
    if (reachable) {
        unreachable_solve(work, work->job->facts);
    } else {
        admin_reopen_alerts(work, work->job->telegram_id);
        unreachable_alert(work, work->job->facts, "blocked");
    }
}

const struct admin_command admin_person_reachable = {reachable_load, reachable_run};

/* ---- pins ---- */

struct pinning {
    int64_t account_id;
    bool may_pin, is_active, has_worked;
};

static void on_pinning(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct pinning *)ctx =
            (struct pinning){db_i64(r, 0, 0), db_bool(r, 0, 1), db_bool(r, 0, 2), db_bool(r, 0, 3)};
}

static void load_pinning(struct admin_work *work, int64_t account_id, int64_t contractor_id)
{
    work->job->facts = xcalloc(1, sizeof(struct pinning));
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_i64(work->args, account_id);
    db_arg_i64(work->args, contractor_id);
    admin_call(work, Q_read_pinning, on_pinning);
}

static void write_pin(struct admin_work *work, int query, int64_t contractor_id)
{
    const struct pinning *p = work->job->facts;
    char subject[40];
    db_arg_i64(work->args, p->account_id);
    db_arg_i64(work->args, contractor_id);
    if (query == Q_insert_pin)
        db_arg_i64(work->args, work->world->now);
    admin_call(work, query, NULL);
    snprintf(subject, sizeof subject, "account:%" PRId64, p->account_id);
    admin_audit(work, subject, NULL);
    job_ok(work->job);
}

static void pin_add_load(struct admin_work *work)
{
    load_pinning(work, work->job->msg.body.pin_add.account_id,
                 work->job->msg.body.pin_add.contractor_id);
}

static void pin_add_run(struct admin_work *work)
{
    const struct pinning *p = work->job->facts;
    if (!admin_may(work, ROLE_CLIENT | ROLE_OWNER))
        return;
    if (p->account_id == 0)
        job_refuse_plain(work->job,
                         work->job->telegram_id != 0 ? REFUSE_no_account : REFUSE_no_such_account);
    else if (!p->may_pin)
        job_refuse_plain(work->job, REFUSE_pin_not_allowed);
    else if (!p->is_active)
        job_refuse_plain(work->job, REFUSE_not_active);
    else if (!p->has_worked && work->job->telegram_id != 0)
        job_refuse_plain(work->job, REFUSE_pin_never_worked);
    else
        write_pin(work, Q_insert_pin, work->job->msg.body.pin_add.contractor_id);
}

const struct admin_command admin_pin_add = {pin_add_load, pin_add_run};

static void pin_remove_load(struct admin_work *work)
{
    load_pinning(work, work->job->msg.body.pin_remove.account_id,
                 work->job->msg.body.pin_remove.contractor_id);
}

static void pin_remove_run(struct admin_work *work)
{
    const struct pinning *p = work->job->facts;
    if (!admin_may(work, ROLE_CLIENT | ROLE_OWNER))
        return;
    if (p->account_id == 0)
        job_refuse_plain(work->job,
                         work->job->telegram_id != 0 ? REFUSE_no_account : REFUSE_no_such_account);
    else
        write_pin(work, Q_delete_pin, work->job->msg.body.pin_remove.contractor_id);
}

const struct admin_command admin_pin_remove = {pin_remove_load, pin_remove_run};
