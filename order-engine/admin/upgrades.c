/* upgrades.c - a client asks for a larger tariff, and what the managers answer */
#include <inttypes.h>

#include "common/base/text.h"
#include "order-engine/admin/admin.h"
#include "order-engine/rules/order_fsm.h"
#include "sql/order_engine_queries.h"

#define DETAIL_BYTES 120

/* The same for all who are told of one request: by it they are found again (read_asked.sql). */
static void print_detail(int64_t request_id, int64_t person_id, int64_t account_id,
                         char out[static DETAIL_BYTES])
{
    snprintf(out, DETAIL_BYTES,
             "{\"request_id\":%" PRId64 ",\"person_id\":%" PRId64 ",\"account_id\":%" PRId64 "}",
             request_id, person_id, account_id);
}

/* ---- upgrade.request ---- */

struct asking {
    int64_t account_id, new_id;
    bool is_open, tariff_exists;
};

static void on_asking(void *ctx, const struct db_result *r)
{
    *(struct asking *)ctx = (struct asking){.account_id = db_i64(r, 0, 0),
                                            .is_open = db_bool(r, 0, 1),
                                            .tariff_exists = db_bool(r, 0, 2),
                                            .new_id = db_i64(r, 0, 3)};
}

static void request_load(struct admin_work *work)
{
    const struct msg_upgrade_request *b = &work->job->msg.body.upgrade_request;
    const struct id_list orderer = {.items = &work->job->telegram_id, .count = 1};
    work->job->facts = xcalloc(1, sizeof(struct asking));
    lock_accounts(work->store, &orderer, &(struct id_list){0});
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    admin_call(work, Q_read_upgrading, on_asking);
}

static void request_run(struct admin_work *work)
{
    const struct msg_upgrade_request *b = &work->job->msg.body.upgrade_request;
    const struct asking *facts = work->job->facts;
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    char detail[DETAIL_BYTES];
    if (!admin_may(work, ROLE_CLIENT))
        return;
    if (actor == NULL || facts->account_id == 0) {
        job_refuse_plain(work->job, REFUSE_no_account);
        return;
    }
    if (facts->is_open || (b->has_tariff_id && !facts->tariff_exists)) {
        job_refuse_plain(work->job, facts->is_open ? REFUSE_upgrade_asked : REFUSE_no_such_tariff);
        return;
    }
    db_arg_i64(work->args, facts->new_id);
    db_arg_i64(work->args, facts->account_id);
    db_arg_i64(work->args, actor->id);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_upgrade, NULL);
    print_detail(facts->new_id, actor->id, facts->account_id, detail);
    admin_tell_managers(work, NOTICE_upgrade_requested, detail);
    job_ok(work->job);
    work->job->answer.created_id = facts->new_id;
    work->job->answer.has_created_id = true;
}

const struct admin_command admin_upgrade_request = {request_load, request_run};

/* ---- what becomes of it ---- */

#define ASKED_MAX 64 /* people who were told of one request and are remembered here */

struct upgrade {
    int64_t id, account_id, person_id;
    bool is_closed, is_passed, tariff_exists;
    int64_t asked[ASKED_MAX];
    size_t asked_count;
};

static void on_upgrade(void *ctx, const struct db_result *r)
{
    struct upgrade *u = ctx;
    if (db_rows(r) == 0)
        return;
    u->id = db_i64(r, 0, 0);
    u->account_id = db_i64(r, 0, 1);
    u->person_id = db_i64(r, 0, 2);
    u->is_closed = db_bool(r, 0, 3);
    u->is_passed = db_bool(r, 0, 4);
    u->tariff_exists = db_bool(r, 0, 5);
}

static void lock_upgrade(struct admin_work *work, int64_t request_id, bool has_tariff_id,
                         int64_t tariff_id)
{
    work->job->facts = xcalloc(1, sizeof(struct upgrade));
    db_arg_i64(work->args, request_id);
    db_arg_i64_or_null(work->args, has_tariff_id, tariff_id);
    admin_call(work, Q_lock_upgrade, on_upgrade);
}

/* false: the reason is answered. */
static bool is_open(struct admin_work *work)
{
    const struct upgrade *u = work->job->facts;
    if (u->id != 0 && !u->is_closed)
        return true;
    job_refuse_plain(work->job, REFUSE_upgrade_gone);
    return false;
}

static void audit(struct admin_work *work, const char *detail)
{
    char subject[40];
    snprintf(subject, sizeof subject, "account:%" PRId64,
             ((const struct upgrade *)work->job->facts)->account_id);
    admin_audit(work, subject, detail);
}

static void tell_those_asked(struct admin_work *work, enum notice_kind kind)
{
    const struct upgrade *u = work->job->facts;
    char detail[DETAIL_BYTES];
    print_detail(u->id, u->person_id, u->account_id, detail);
    admin_tell_those_asked(work, NOTICE_upgrade_requested, detail, kind);
}

/* ---- upgrade.close ---- */

static void close_load(struct admin_work *work)
{
    const struct msg_upgrade_close *b = &work->job->msg.body.upgrade_close;
    lock_upgrade(work, b->request_id, b->has_tariff_id, b->tariff_id);
}

/* false: the reason is answered. Whoever moves an account to another tariff is an owner. */
static bool close_is_good(struct admin_work *work, bool grants)
{
    const struct msg_upgrade_close *b = &work->job->msg.body.upgrade_close;
    const struct upgrade *u = work->job->facts;
    struct refused refused = {0};
    if (!admin_may(work, grants ? ROLE_OWNER : ROLE_MANAGER | ROLE_OWNER))
        return false;
    if (!grants && !str_eq(b->outcome, "declined")) {
        job_refuse_hint(work->job, "granted, declined");
        return false;
    }
    if (!is_open(work))
        return false;
    if (grants ? b->text != NULL : b->has_tariff_id) {
        job_refuse_hint(work->job, "a tariff is granted, words decline");
    } else if (b->has_tariff_id && !u->tariff_exists) {
        job_refuse_plain(work->job, REFUSE_no_such_tariff);
    } else if (b->text != NULL && text_utf16_units(b->text) > REASON_TEXT_MAX) {
        refuse_number(&refused, REFUSE_text_too_long, "limit", REASON_TEXT_MAX);
        job_refuse(work->job, &refused);
    } else {
        return true;
    }
    return false;
}

static void move_account(struct admin_work *work, int64_t tariff_id)
{
    const struct upgrade *u = work->job->facts;
    db_arg_i64(work->args, u->account_id);
    db_arg_text(work->args, NULL);
    db_arg_i64(work->args, tariff_id);
    db_arg_text(work->args, NULL);
    admin_call(work, Q_update_account, NULL);
    work->changed = "people";
}

static void close_run(struct admin_work *work)
{
    const struct msg_upgrade_close *b = &work->job->msg.body.upgrade_close;
    const struct upgrade *u = work->job->facts;
    bool grants = str_eq(b->outcome, "granted");
    char detail[100];
    if (!close_is_good(work, grants))
        return;
    db_arg_i64(work->args, u->id);
    db_arg_text(work->args, b->outcome);
    db_arg_i64(work->args, work->world->now);
    db_arg_text(work->args, work->job->msg.actor);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    db_arg_text(work->args, b->text != NULL && b->text[0] != '\0' ? b->text : NULL);
    admin_call(work, Q_close_upgrade, NULL);
    if (b->has_tariff_id)
        move_account(work, b->tariff_id);
    snprintf(detail, sizeof detail, "{\"request_id\":%" PRId64 ",\"outcome\":\"%s\"}", u->id,
             b->outcome);
    save_notice(work->save, grants ? NOTICE_upgrade_granted : NOTICE_upgrade_declined, u->person_id,
                0, work->world->now, detail);
    tell_those_asked(work, NOTICE_upgrade_answered);
    audit(work, detail);
    job_ok(work->job);
    work->job->answer.account_id = u->account_id;
    work->job->answer.has_account_id = true;
}

const struct admin_command admin_upgrade_close = {close_load, close_run};

/* ---- upgrade.pass_on ---- */

static void on_asked(void *ctx, const struct db_result *r)
{
    struct upgrade *u = ctx;
    for (int i = 0; i < db_rows(r) && u->asked_count < ASKED_MAX; i++)
        u->asked[u->asked_count++] = db_i64(r, i, 0);
}

static void pass_load(struct admin_work *work)
{
    int64_t request_id = work->job->msg.body.upgrade_pass_on.request_id;
    lock_upgrade(work, request_id, false, 0);
    db_arg_i64(work->args, request_id);
    admin_call(work, Q_read_asked, on_asked);
}

static bool was_asked(const struct upgrade *u, int64_t person_id)
{
    for (size_t i = 0; i < u->asked_count; i++)
        if (u->asked[i] == person_id)
            return true;
    return false;
}

/* Every owner who does not know of it yet. */
static void ask_owners(struct admin_work *work)
{
    const struct upgrade *u = work->job->facts;
    const struct world *w = work->world;
    char detail[DETAIL_BYTES];
    print_detail(u->id, u->person_id, u->account_id, detail);
    for (size_t i = 0; i < w->crew.count; i++) {
        const struct person *who = &w->crew.items[i];
        if ((who->roles & ROLE_OWNER) != 0 && who->reachable && !was_asked(u, who->id))
            save_notice(work->save, NOTICE_upgrade_requested, who->id, 0, w->now, detail);
    }
}

static void pass_run(struct admin_work *work)
{
    const struct upgrade *u = work->job->facts;
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    char detail[60];
    if (!admin_may(work, ROLE_MANAGER | ROLE_OWNER) || !is_open(work))
        return;
    if (u->is_passed) {
        job_refuse_plain(work->job, REFUSE_upgrade_passed);
        return;
    }
    db_arg_i64(work->args, u->id);
    db_arg_i64_or_null(work->args, actor != NULL, actor != NULL ? actor->id : 0);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_pass_upgrade, NULL);
    tell_those_asked(work, NOTICE_upgrade_passed);
    ask_owners(work);
    snprintf(detail, sizeof detail, "{\"request_id\":%" PRId64 "}", u->id);
    audit(work, detail);
    job_ok(work->job);
}

const struct admin_command admin_upgrade_pass_on = {pass_load, pass_run};
