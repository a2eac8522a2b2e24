/* admission.c - somebody gets a role: what is written, whichever way it came about */
#include "order-engine/admin/admission.h"

#include <inttypes.h>

#include "sql/order_engine_queries.h"

bool admission_name_is_good(struct admin_work *work, const char *name)
{
    size_t length = strlen(name);
    if (length > 0 && length <= PERSON_NAME_MAX)
        return true;
    job_refuse_hint(work->job, "a name of 1 to 200 bytes");
    return false;
}

bool admission_account_is_good(struct admin_work *work, bool is_client,
                               const struct account_choice *choice)
{
    bool chosen = choice->has_tariff_id || choice->has_account_id;
    if (is_client && !chosen)
        job_refuse_hint(work->job, "a client needs a tariff or an account");
    else if (!is_client && chosen)
        job_refuse_hint(work->job, "tariff, account and paid-until are for clients");
    else if (choice->has_tariff_id && !choice->tariff_exists)
        job_refuse_plain(work->job, REFUSE_no_such_tariff);
    else if (choice->has_account_id && !choice->account_exists)
        job_refuse_plain(work->job, REFUSE_no_such_account);
    else
        return true;
    return false;
}

void admission_save_person(struct admin_work *work, const struct newcomer *n)
{
    bool speaks = n->language != NULL && language_exists(n->language);
    db_arg_i64(work->args, n->person_id);
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_text(work->args, n->name);
    db_arg_text(work->args, n->username);
    db_arg_text(work->args, n->phone);
    db_arg_text(work->args, speaks ? n->language : "");
    db_arg_i64(work->args, n->privacy_version);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_save_person, NULL);
}

static int64_t make_account(struct admin_work *work, const struct admission *a)
{
    db_arg_i64(work->args, a->new_account_id);
    db_arg_text(work->args, a->account_name);
    db_arg_i64(work->args, a->tariff_id);
    db_arg_text(work->args, a->paid_until[0] != '\0' ? a->paid_until : NULL);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_account, NULL);
    admin_write_subscription(work, a->new_account_id, a->paid_until);
    return a->new_account_id;
}

static void join_account(struct admin_work *work, const struct admission *a)
{
    int64_t account_id = a->account_id != 0 ? a->account_id : make_account(work, a);
    db_arg_i64(work->args, a->person_id);
    db_arg_i64(work->args, account_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_join_account, NULL);
    work->job->answer.account_id = account_id;
    work->job->answer.has_account_id = true;
}

static void print_detail(const struct admission *a, char *out, size_t size)
{
    snprintf(out, size, "{\"person_id\":%" PRId64 ",\"role\":\"%s\"}", a->person_id, a->role);
}

void admission_tell(struct admin_work *work, const struct admission *a, int64_t addressee_id)
{
    char detail[100];
    print_detail(a, detail, sizeof detail);
    if (addressee_id != 0 && addressee_id != a->person_id)
        save_notice(work->save, NOTICE_member_joined, addressee_id, 0, work->world->now, detail);
}

void admission_close_applications(struct admin_work *work, int64_t person_id, const char *outcome)
{
    db_arg_i64(work->args, person_id);
    db_arg_text(work->args, outcome);
    db_arg_i64(work->args, work->world->now);
    db_arg_text(work->args, work->job->msg.actor);
    admin_call(work, Q_close_applications, NULL);
}

void admission_write(struct admin_work *work, const struct admission *a)
{
    int64_t now = work->world->now;
    char detail[100], subject[40];
    db_arg_i64(work->args, a->person_id);
    db_arg_text(work->args, a->role);
    db_arg_i64(work->args, now);
    admin_call(work, Q_grant_role, NULL);
    admission_close_applications(work, a->person_id, "approved");
    job_ok(work->job);
    if (str_eq(a->role, "client"))
        join_account(work, a);
    if (str_eq(a->role, "contractor"))
        save_became_free(work->save, a->person_id, &work->world->parameters);
    print_detail(a, detail, sizeof detail);
    snprintf(subject, sizeof subject, "person:%" PRId64, a->person_id);
    save_notice(work->save, NOTICE_welcome, a->person_id, 0, now, detail);
    admin_audit(work, subject, detail);
    work->changed = "people";
    work->job->answer.person_id = a->person_id;
    work->job->answer.has_person_id = true;
    work->job->answer.role = a->role;
}
