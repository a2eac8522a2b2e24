/* joining.c - a link is opened, or an owner chooses somebody */
#include <inttypes.h>

#include "order-engine/admin/admission.h"
#include "order-engine/admin/invites.h"
#include "sql/order_engine_queries.h"

static bool holds(const char *roles, const char *role)
{
    char word[20];
    snprintf(word, sizeof word, " %s ", role);
    return strstr(roles, word) != NULL;
}

/* ---- person.join ---- */

struct joining {
    int64_t invite_id, tariff_id, invited_account_id, expires_at, inviter_id, invited_telegram_id;
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
        .invited_telegram_id = db_i64(r, 0, 14),
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
    db_arg_i64(work->args, work->job->telegram_id);
    admin_call(work, Q_lock_invite, NULL);
    db_arg_text(work->args, token);
    db_arg_i64(work->args, work->job->telegram_id);
    admin_call(work, Q_read_joining, on_joining);
}

/* The reason why this link gives this person nothing; REFUSED_NOT if it does. */
static enum refusal why_not_join(const struct admin_work *work, const struct joining *j)
{
    if (work->job->telegram_id == 0)
        return REFUSE_not_your_role;
    if (j->invite_id == 0)
        return REFUSE_link_unknown;
    if (j->invited_telegram_id != 0 && j->invited_telegram_id != work->job->telegram_id)
        return REFUSE_link_not_yours;
    if (j->ended)
        return REFUSE_link_used;
    if (work->world->now >= j->expires_at)
        return REFUSE_link_expired;
    if (holds(j->roles, j->role))
        return REFUSE_has_role;
    if (str_eq(j->role, "client") && j->account_id != 0 && j->account_id != j->invited_account_id)
        return REFUSE_in_account;
    return REFUSED_NOT;
}

static void join_run(struct admin_work *work)
{
    const struct msg_person_join *b = &work->job->msg.body.person_join;
    struct joining *j = work->job->facts;
    enum refusal refusal = why_not_join(work, j);
    if (refusal != REFUSED_NOT) {
        job_refuse_plain(work->job, refusal);
        return;
    }
    if (!admission_name_is_good(work, b->name))
        return;
    const struct admission admission = {
        .person_id = j->person_id != 0 ? j->person_id : j->new_person_id,
        .role = j->role,
        .account_id = j->invited_account_id,
        .new_account_id = j->new_account_id,
        .tariff_id = j->tariff_id,
        .account_name = j->account_name[0] != '\0' ? j->account_name : b->name,
        .paid_until = j->paid_until,
    };
    admission_save_person(work, &(struct newcomer){.person_id = admission.person_id,
                                                   .privacy_version = b->privacy_version,
                                                   .name = b->name,
                                                   .username = b->username,
                                                   .phone = b->phone,
                                                   .language = b->language});
    admission_write(work, &admission);
    db_arg_i64(work->args, j->invite_id);
    db_arg_i64(work->args, admission.person_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_use_invite, NULL);
    admission_tell(work, &admission, j->inviter_id);
}

const struct admin_command admin_person_join = {join_load, join_run};

/* ---- person.add ---- */

struct adding {
    struct account_choice choice;
    int64_t person_id; /* 0: has not joined yet */
    char name[PERSON_NAME_MAX * 4 + 1], roles[80];
    int64_t new_account_id, new_invite_id;
};

static void on_adding(void *ctx, const struct db_result *r)
{
    struct adding *a = ctx;
    a->person_id = db_i64(r, 0, 0);
    snprintf(a->name, sizeof a->name, "%s", db_text(r, 0, 1));
    snprintf(a->roles, sizeof a->roles, " %s ", db_text(r, 0, 2));
    a->choice.tariff_exists = db_bool(r, 0, 3);
    a->choice.account_exists = db_bool(r, 0, 4);
    a->new_account_id = db_i64(r, 0, 5);
    a->new_invite_id = db_i64(r, 0, 6);
}

static void add_load(struct admin_work *work)
{
    const struct msg_person_add *b = &work->job->msg.body.person_add;
    struct adding *a = work->job->facts = xcalloc(1, sizeof *a);
    a->choice = (struct account_choice){.has_tariff_id = b->has_tariff_id,
                                        .has_account_id = b->has_account_id};
    db_arg_i64(work->args, b->telegram_id);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    db_arg_i64_or_null(work->args, b->has_account_id, b->account_id);
    admin_call(work, Q_read_adding, on_adding);
}

static bool add_is_good(struct admin_work *work)
{
    const struct msg_person_add *b = &work->job->msg.body.person_add;
    const struct adding *a = work->job->facts;
    int role = role_parse(b->role);
    if (!admin_may(work, ROLE_OWNER))
        return false;
    if (role < 0 || role == ROLE_SYSTEM)
        job_refuse_hint(work->job, "client, contractor, manager, owner");
    else if (b->telegram_id <= 0)
        job_refuse_plain(work->job, REFUSE_no_such_person);
    else if (holds(a->roles, b->role))
        job_refuse_plain(work->job, REFUSE_role_held);
    else
        return admission_account_is_good(work, role == ROLE_CLIENT, &a->choice);
    return false;
}

static void add_run(struct admin_work *work)
{
    const struct msg_person_add *b = &work->job->msg.body.person_add;
    const struct adding *a = work->job->facts;
    if (!add_is_good(work))
        return;
    if (a->person_id == 0) { /* nobody is kept who has not agreed to it: the link asks */
        invite_write(work, &(struct invite){.id = a->new_invite_id,
                                            .telegram_id = b->telegram_id,
                                            .role = b->role,
                                            .tariff_id = b->has_tariff_id ? b->tariff_id : 0,
                                            .account_id = b->has_account_id ? b->account_id : 0});
        return;
    }
    admission_write(work, &(struct admission){.person_id = a->person_id,
                                              .role = b->role,
                                              .account_id = b->has_account_id ? b->account_id : 0,
                                              .new_account_id = a->new_account_id,
                                              .tariff_id = b->tariff_id,
                                              .account_name = a->name,
                                              .paid_until = ""});
}

const struct admin_command admin_person_add = {add_load, add_run};
