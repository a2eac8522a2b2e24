/* people.c - who there is: joining by a link, names, duty, reachability, pins */
#include <inttypes.h>

#include "order-engine/admin/admin.h"
#include "order-engine/admin/unreachable.h"
#include "sql/order_engine_queries.h"

#define ANYBODY (ROLE_CLIENT | ROLE_CONTRACTOR | ROLE_MANAGER | ROLE_OWNER)

/* ---- person.join ---- */

struct joining {
    int64_t invite_id, tariff_id, invited_account_id, expires_at, inviter_id;
    char role[16], account_name[PERSON_NAME_MAX * 4 + 1], paid_until[16];
    bool ended;
    int64_t person_id, account_id;
    char roles[80];
    int64_t new_person_id, new_account_id;
};

static void on_joining(void *ctx, const struct db_result *r)
{
    struct joining *j = ctx;
    *j = (struct joining){
        .invite_id = db_i64(r, 0, 0),
        .tariff_id = db_i64(r, 0, 2),
        .invited_account_id = db_i64(r, 0, 3),
        .expires_at = db_i64(r, 0, 6),
        .ended = db_bool(r, 0, 7),
        .inviter_id = db_i64(r, 0, 8),
        .person_id = db_i64(r, 0, 9),
        .account_id = db_i64(r, 0, 11),
        .new_person_id = db_i64(r, 0, 12),
        .new_account_id = db_i64(r, 0, 13),
    };
    snprintf(j->role, sizeof j->role, "%s", db_text(r, 0, 1));
    snprintf(j->account_name, sizeof j->account_name, "%s", db_text(r, 0, 4));
    snprintf(j->paid_until, sizeof j->paid_until, "%s", db_text(r, 0, 5));
    snprintf(j->roles, sizeof j->roles, " %s ", db_text(r, 0, 10));
}

static void join_load(struct admin_work *work)
{
    const char *token = work->job->msg.body.person_join.token;
    work->job->facts = xcalloc(1, sizeof(struct joining));
    db_arg_text(work->args, token);
    admin_call(work, Q_lock_invite, NULL);
    db_arg_text(work->args, token);
    db_arg_i64(work->args, work->job->telegram_id);
    admin_call(work, Q_read_joining, on_joining);
}

/* The reason why this link gives this person nothing; REFUSED_NOT if it does. */
static enum refusal why_not_join(const struct admin_work *work, const struct joining *j)
{
    char role[20];
    snprintf(role, sizeof role, " %s ", j->role);
    if (work->job->telegram_id == 0)
        return REFUSE_not_your_role;
    if (j->invite_id == 0)
        return REFUSE_link_unknown;
    if (j->ended)
        return REFUSE_link_used;
    if (work->world->now >= j->expires_at)
        return REFUSE_link_expired;
    if (strstr(j->roles, role) != NULL)
        return REFUSE_has_role;
    if (str_eq(j->role, "client") && j->account_id != 0 && j->account_id != j->invited_account_id)
        return REFUSE_in_account;
    return REFUSED_NOT;
}

static void save_joining_person(struct admin_work *work, int64_t id)
{
    const struct msg_person_join *b = &work->job->msg.body.person_join;
    db_arg_i64(work->args, id);
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_text(work->args, b->name);
    db_arg_text(work->args, b->username);
    db_arg_text(work->args, b->phone);
    db_arg_text(work->args,
                b->language != NULL && (str_eq(b->language, "ru") || str_eq(b->language, "en"))
                    ? b->language
                    : "");
    db_arg_i64(work->args, b->privacy_version);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_save_person, NULL);
}

static void join_as_client(struct admin_work *work, const struct joining *j, int64_t person_id)
{
    int64_t account_id = j->invited_account_id;
    if (account_id == 0) {
        account_id = j->new_account_id;
        db_arg_i64(work->args, account_id);
        db_arg_text(work->args, j->account_name[0] != '\0' ? j->account_name
                                                           : work->job->msg.body.person_join.name);
        db_arg_i64(work->args, j->tariff_id);
        db_arg_text(work->args, j->paid_until[0] != '\0' ? j->paid_until : NULL);
        db_arg_i64(work->args, work->world->now);
        admin_call(work, Q_insert_account, NULL);
        admin_write_subscription(work, account_id, j->paid_until);
    }
    db_arg_i64(work->args, person_id);
    db_arg_i64(work->args, account_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_join_account, NULL);
}

static void join_run(struct admin_work *work)
{
    struct joining *j = work->job->facts;
    int64_t now = work->world->now, person_id = j->person_id != 0 ? j->person_id : j->new_person_id;
    enum refusal refusal = why_not_join(work, j);
    size_t name = strlen(work->job->msg.body.person_join.name);
    if (refusal == REFUSED_NOT && (name == 0 || name > PERSON_NAME_MAX)) {
        job_refuse_hint(work->job, "a name of 1 to 200 bytes");
        return;
    }
    if (refusal != REFUSED_NOT) {
        job_refuse_plain(work->job, refusal);
        return;
    }
    save_joining_person(work, person_id);
    db_arg_i64(work->args, person_id);
    db_arg_text(work->args, j->role);
    db_arg_i64(work->args, now);
    admin_call(work, Q_grant_role, NULL);
    if (str_eq(j->role, "client"))
        join_as_client(work, j, person_id);
    db_arg_i64(work->args, j->invite_id);
    db_arg_i64(work->args, person_id);
    db_arg_i64(work->args, now);
    admin_call(work, Q_use_invite, NULL);

    char detail[100], subject[40];
    snprintf(detail, sizeof detail, "{\"person_id\":%" PRId64 ",\"role\":\"%s\"}", person_id,
             j->role);
    snprintf(subject, sizeof subject, "person:%" PRId64, person_id);
    save_notice(work->save, NOTICE_welcome, person_id, 0, now, detail);
    if (str_eq(j->role, "contractor"))
        save_became_free(work->save, person_id, &work->world->parameters);
    if (j->inviter_id != 0 && j->inviter_id != person_id)
        save_notice(work->save, NOTICE_member_joined, j->inviter_id, 0, now, detail);
    admin_audit(work, subject, detail);
    work->changed = "people";

    job_ok(work->job);
    work->job->answer.person_id = person_id;
    work->job->answer.has_person_id = true;
    work->job->answer.role = j->role;
}

const struct admin_command admin_person_join = {join_load, join_run};

/* ---- what people change about themselves ---- */

static void load_nothing(struct admin_work *work)
{
    (void)work;
}

static void update_run(struct admin_work *work)
{
    const struct msg_person_update *b = &work->job->msg.body.person_update;
    if (!admin_may(work, ANYBODY))
        return;
    bool known = b->language == NULL || str_eq(b->language, "ru") || str_eq(b->language, "en");
    if (!known || (b->name != NULL && (b->name[0] == '\0' || strlen(b->name) > PERSON_NAME_MAX))) {
        job_refuse_hint(work->job, known ? "a name of 1 to 200 bytes" : "ru, en");
        return;
    }
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_text(work->args, b->name);
    db_arg_text(work->args, b->username);
    db_arg_text(work->args, b->phone);
    db_arg_text(work->args, b->language);
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
