/* invites.c - one-time links: made, revoked */
#include "order-engine/admin/invites.h"

#include <inttypes.h>
#include <sodium.h>

#include "common/base/clock.h"
#include "order-engine/admin/admission.h"
#include "order-engine/admin/dates.h"
#include "sql/order_engine_queries.h"

#define INVITE_LIFE_MS (7 * DAY_MS) /* DOMAIN.md, "Joining" */
#define INVITE_RANDOM_BYTES 16      /* 128 bits */

struct inviting {
    bool tariff_exists, account_exists;
    int64_t new_id;
};

static void on_inviting(void *ctx, const struct db_result *r)
{
    *(struct inviting *)ctx =
        (struct inviting){db_bool(r, 0, 0), db_bool(r, 0, 1), db_i64(r, 0, 2)};
}

static void create_load(struct admin_work *work)
{
    const struct msg_invite_create *b = &work->job->msg.body.invite_create;
    work->job->facts = xcalloc(1, sizeof(struct inviting));
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    db_arg_i64_or_null(work->args, b->has_account_id, b->account_id);
    admin_call(work, Q_read_inviting, on_inviting);
}

/* false: the reason is answered. */
static bool create_is_good(struct admin_work *work)
{
    const struct msg_invite_create *b = &work->job->msg.body.invite_create;
    const struct inviting *facts = work->job->facts;
    int role = role_parse(b->role);
    bool client = role == ROLE_CLIENT;
    const struct account_choice choice = {b->has_tariff_id, b->has_account_id, facts->tariff_exists,
                                          facts->account_exists};
    if (role < 0 || role == ROLE_SYSTEM)
        job_refuse_hint(work->job, "client, contractor, manager, owner");
    else if (!client && b->paid_until != NULL)
        job_refuse_hint(work->job, "tariff, account and paid-until are for clients");
    else if (!admission_account_is_good(work, client, &choice))
        return false;
    else if (b->paid_until != NULL && !date_is_good(b->paid_until))
        job_refuse_hint(work->job, "a date YYYY-MM-DD");
    else if (b->account_name != NULL && strlen(b->account_name) > PERSON_NAME_MAX)
        job_refuse_hint(work->job, "a name of 1 to 200 bytes");
    else
        return true;
    return false;
}

static void make_token(char token[static TOKEN_BYTES])
{
    unsigned char random[INVITE_RANDOM_BYTES];
    randombytes_buf(random, sizeof random);
    sodium_bin2base64(token, TOKEN_BYTES, random, sizeof random,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void invite_write(struct admin_work *work, const struct invite *invite)
{
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    int64_t now = work->world->now;
    make_token(work->job->token);
    db_arg_i64(work->args, invite->id);
    db_arg_text(work->args, work->job->token);
    db_arg_text(work->args, invite->role);
    db_arg_i64_or_null(work->args, invite->tariff_id != 0, invite->tariff_id);
    db_arg_i64_or_null(work->args, invite->account_id != 0, invite->account_id);
    db_arg_text(work->args, invite->account_name);
    db_arg_text(work->args, invite->paid_until);
    db_arg_text(work->args, work->job->msg.actor);
    db_arg_i64_or_null(work->args, actor != NULL, actor != NULL ? actor->id : 0);
    db_arg_i64(work->args, now);
    db_arg_i64(work->args, now + INVITE_LIFE_MS);
    db_arg_i64_or_null(work->args, invite->telegram_id != 0, invite->telegram_id);
    admin_call(work, Q_insert_invite, NULL);

    char subject[40], detail[60];
    snprintf(subject, sizeof subject, "invite:%" PRId64, invite->id);
    snprintf(detail, sizeof detail, "{\"role\":\"%s\"}", invite->role);
    admin_audit(work, subject, detail);
    job_ok(work->job);
    work->job->answer.token = work->job->token;
    work->job->answer.created_id = invite->id;
    work->job->answer.has_created_id = true;
}

static void create_run(struct admin_work *work)
{
    const struct msg_invite_create *b = &work->job->msg.body.invite_create;
    const struct inviting *facts = work->job->facts;
    bool is_named = b->account_name != NULL && b->account_name[0] != '\0';
    if (!admin_may(work, ROLE_OWNER) || !create_is_good(work))
        return;
    invite_write(work, &(struct invite){.id = facts->new_id,
                                        .role = b->role,
                                        .tariff_id = b->has_tariff_id ? b->tariff_id : 0,
                                        .account_id = b->has_account_id ? b->account_id : 0,
                                        .account_name = is_named ? b->account_name : NULL,
                                        .paid_until = b->paid_until});
}

const struct admin_command admin_invite_create = {create_load, create_run};

struct revoking {
    int64_t id;
    bool ended;
};

static void on_revoking(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct revoking *)ctx = (struct revoking){db_i64(r, 0, 0), db_bool(r, 0, 1)};
}

static void revoke_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct revoking));
    db_arg_i64(work->args, work->job->msg.body.invite_revoke.invite_id);
    admin_call(work, Q_lock_invite_by_id, on_revoking);
}

static void revoke_run(struct admin_work *work)
{
    const struct revoking *facts = work->job->facts;
    if (!admin_may(work, ROLE_OWNER))
        return;
    if (facts->id == 0 || facts->ended) {
        job_refuse_plain(work->job, facts->id == 0 ? REFUSE_no_such_invite : REFUSE_link_used);
        return;
    }
    char subject[40];
    snprintf(subject, sizeof subject, "invite:%" PRId64, facts->id);
    db_arg_i64(work->args, facts->id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_revoke_invite, NULL);
    admin_audit(work, subject, NULL);
    job_ok(work->job);
}

const struct admin_command admin_invite_revoke = {revoke_load, revoke_run};
