/* roles.c - a role is taken away or given back, and what becomes of the orders of who is gone */
#include <inttypes.h>

#include "order-engine/admin/admin.h"
#include "sql/order_engine_queries.h"

#define STRANDED_MAX 1024 /* orders that one person can leave behind */

struct changing { /* a role of a person */
    bool was_given, is_held, other_owner, too_many;
    int64_t telegram_id;
    size_t stranded_count;
    int64_t stranded[STRANDED_MAX]; /* orders that are left with nobody, ascending */
    int64_t months[STRANDED_MAX];   /* first day of each one's month, days since 1970 */
};

/* What the removal of a role does to orders: DOMAIN.md, below the state table. */
/* clang-format off */
static const struct abandonment {
    enum role        role;
    int              lock;  /* query: the orders it may touch, and which are left behind */
    enum order_event event; /* by which the system moves them on */
    const char      *why;
} abandonments[] = {
    {ROLE_CONTRACTOR, Q_lock_work_of,    EVENT_RELEASE, "somebody else shall do them; done ones stay and are paid to who did them"},
    {ROLE_CLIENT,     Q_lock_orphans_of, EVENT_CANCEL,  "nobody of the account is left to want them"},
};
/* clang-format on */

static const struct abandonment *abandonment_of(int role)
{
    for (size_t i = 0; i < ARRAY_LEN(abandonments); i++)
        if ((int)abandonments[i].role == role)
            return &abandonments[i];
    return NULL;
}

static void on_changing(void *ctx, const struct db_result *r)
{
    struct changing *c = ctx;
    c->was_given = db_bool(r, 0, 0);
    c->is_held = db_bool(r, 0, 1);
    c->other_owner = db_bool(r, 0, 2);
    c->telegram_id = db_i64(r, 0, 3);
}

static void on_stranded(void *ctx, const struct db_result *r)
{
    struct changing *c = ctx;
    for (int i = 0; i < db_rows(r); i++) {
        if (!db_bool(r, i, 2))
            continue;
        c->too_many = c->stranded_count == STRANDED_MAX;
        if (c->too_many)
            break;
        c->stranded[c->stranded_count] = db_i64(r, i, 0);
        c->months[c->stranded_count++] = db_i64(r, i, 1);
    }
}

static void lock_by(struct admin_work *work, int query, int64_t person_id, db_rows_fn on_rows)
{
    db_arg_i64(work->args, person_id);
    admin_call(work, query, on_rows);
}

/* Accounts, people, orders: the order of all locks. */
static void load_change(struct admin_work *work, int64_t person_id, const char *role)
{
    work->job->facts = xcalloc(1, sizeof(struct changing));
    lock_by(work, Q_lock_account_of, person_id, NULL);
    lock_by(work, Q_lock_person, person_id, NULL);
    admin_call(work, Q_lock_owners, NULL);
    db_arg_i64(work->args, person_id);
    db_arg_text(work->args, role);
    admin_call(work, Q_read_role_change, on_changing);
}

/* A role people can have, and one the person has or does not; false: the reason is answered. */
static bool change_is_good(struct admin_work *work, const char *role, bool wants_held)
{
    const struct changing *c = work->job->facts;
    int parsed = role_parse(role);
    if (!admin_may(work, ROLE_OWNER))
        return false;
    if (parsed < 0 || parsed == ROLE_SYSTEM)
        job_refuse_hint(work->job, "client, contractor, manager, owner");
    else if (!c->was_given || (wants_held && !c->is_held))
        job_refuse_plain(work->job, REFUSE_role_not_held);
    else if (!wants_held && c->is_held)
        job_refuse_plain(work->job, REFUSE_role_held);
    else if (wants_held && parsed == ROLE_OWNER && !c->other_owner)
        job_refuse_plain(work->job, REFUSE_last_owner);
    else
        return true;
    return false;
}

static void after_change(struct admin_work *work, int64_t person_id, const char *role)
{
    const struct changing *c = work->job->facts;
    char subject[40], detail[80];
    snprintf(subject, sizeof subject, "person:%" PRId64, person_id);
    snprintf(detail, sizeof detail, "{\"role\":\"%s\",\"orders\":%zu}", role, c->stranded_count);
    admin_audit(work, subject, detail);
    work->changed = "people";
    job_ok(work->job);
    work->job->answer.person_id = person_id;
    work->job->answer.has_person_id = true;
}

/* ---- person.remove ---- */

/* The second look: the orders whose numbers the first has shown. */
static void load_stranded(struct admin_work *work)
{
    struct changing *c = work->job->facts;
    struct id_list orders = {.items = c->stranded, .count = c->stranded_count};
    if (c->stranded_count == 0)
        return;
    for (size_t i = 0; i < c->stranded_count; i++)
        world_widen_months(work->world, c->months[i]);
    load_orders(work->store, &orders);
    load_clocks(work->store, &orders);
    load_pins(work->store, &(struct id_list){0}, &orders);
}

static void remove_load(struct admin_work *work)
{
    const struct msg_person_remove *b = &work->job->msg.body.person_remove;
    const struct abandonment *left = abandonment_of(role_parse(b->role));
    load_change(work, b->person_id, b->role);
    if (left != NULL)
        lock_by(work, left->lock, b->person_id, on_stranded);
    work->job->load_more = load_stranded;
}

/* Whoever goes is offered nothing any more, not even what the own going sets free. */
static void forget_person(struct world *w, int64_t person_id, unsigned role)
{
    struct people_list *lists[] = {&w->contractors, &w->crew};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        for (size_t n = 0; n < lists[i]->count; n++)
            if (lists[i]->items[n].id == person_id)
                lists[i]->items[n].roles &= ~role;
}

static void write_removal(struct admin_work *work, const struct msg_person_remove *b, int role)
{
    db_arg_i64(work->args, b->person_id);
    db_arg_text(work->args, b->role);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_remove_role, NULL);
    if (role == ROLE_CLIENT) {
        db_arg_i64(work->args, b->person_id);
        db_arg_i64(work->args, work->world->now);
        admin_call(work, Q_leave_account, NULL);
    }
    if (role == ROLE_MANAGER || role == ROLE_OWNER)
        admin_reopen_alerts(work, ((struct changing *)work->job->facts)->telegram_id);
    if (role == ROLE_CONTRACTOR) {
        lock_by(work, Q_delete_pins_of, b->person_id, NULL);
        save_became_busy(work->save, b->person_id, &work->world->parameters);
    }
}

static void remove_run(struct admin_work *work)
{
    const struct msg_person_remove *b = &work->job->msg.body.person_remove;
    const struct changing *c = work->job->facts;
    if (!change_is_good(work, b->role, true))
        return;
    if (c->too_many) { /* rather nobody removed than an order stranded */
        job_fail(work->job, "internal", "more than %d orders would be left behind", STRANDED_MAX);
        return;
    }
    int role = role_parse(b->role);
    forget_person(work->world, b->person_id, (unsigned)role);
    for (size_t i = 0; i < c->stranded_count; i++)
        admin_follow(work, c->stranded[i], abandonment_of(role)->event);
    write_removal(work, b, role);
    char detail[60];
    snprintf(detail, sizeof detail, "{\"role\":\"%s\"}", b->role);
    save_notice(work->save, NOTICE_role_lost, b->person_id, 0, work->world->now, detail);
    after_change(work, b->person_id, b->role);
}

const struct admin_command admin_person_remove = {remove_load, remove_run};

/* ---- person.restore ---- */

static void restore_load(struct admin_work *work)
{
    const struct msg_person_restore *b = &work->job->msg.body.person_restore;
    load_change(work, b->person_id, b->role);
}

static void restore_run(struct admin_work *work)
{
    const struct msg_person_restore *b = &work->job->msg.body.person_restore;
    char detail[100];
    if (!change_is_good(work, b->role, false))
        return;
    db_arg_i64(work->args, b->person_id);
    db_arg_text(work->args, b->role);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_restore_role, NULL);
    snprintf(detail, sizeof detail, "{\"person_id\":%" PRId64 ",\"role\":\"%s\"}", b->person_id,
             b->role);
    save_notice(work->save, NOTICE_welcome, b->person_id, 0, work->world->now, detail);
    if (role_parse(b->role) == ROLE_CONTRACTOR)
        save_became_free(work->save, b->person_id, &work->world->parameters);
    after_change(work, b->person_id, b->role);
}

const struct admin_command admin_person_restore = {restore_load, restore_run};
