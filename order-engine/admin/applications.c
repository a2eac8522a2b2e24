/* applications.c - somebody nobody has invited asks to be let in, and what the managers answer */
#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/text.h"
#include "order-engine/admin/admission.h"
#include "order-engine/rules/dispatch.h"
#include "sql/order_engine_queries.h"

#define WAITING_MAX 200        /* of all strangers together: a flood must not bury the managers */
#define PAUSE_MS (30 * DAY_MS) /* after a decline */

static bool holds_any(const char *roles)
{
    return roles[strspn(roles, " ")] != '\0';
}

/* ---- application.send ---- */

struct applying {
    int64_t person_id;
    bool has_a_role, waits;
    int64_t declined_at, waiting_count, new_person_id, new_id;
};

static void on_applying(void *ctx, const struct db_result *r)
{
    *(struct applying *)ctx = (struct applying){.person_id = db_i64(r, 0, 0),
                                                .has_a_role = holds_any(db_text(r, 0, 1)),
                                                .waits = db_bool(r, 0, 2),
                                                .declined_at = db_i64(r, 0, 3),
                                                .waiting_count = db_i64(r, 0, 4),
                                                .new_person_id = db_i64(r, 0, 5),
                                                .new_id = db_i64(r, 0, 6)};
}

static void send_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct applying));
    db_arg_i64(work->args, work->job->telegram_id);
    admin_call(work, Q_read_applying, on_applying);
}

static void refuse_until(struct admin_work *work, int64_t until)
{
    struct refused r = {.why = REFUSE_application_too_soon, .arg_count = 1};
    r.args[0] = (struct refusal_arg){.name = "until", .number = until};
    job_refuse(work->job, &r);
}

/* false: the reason is answered. */
static bool send_is_good(struct admin_work *work)
{
    const struct msg_application_send *b = &work->job->msg.body.application_send;
    const struct applying *a = work->job->facts;
    int role = role_parse(b->role);
    if (work->job->telegram_id == 0)
        job_refuse_plain(work->job, REFUSE_not_your_role);
    else if (role != ROLE_CLIENT && role != ROLE_CONTRACTOR)
        job_refuse_hint(work->job, "client, contractor");
    else if (a->has_a_role)
        job_refuse_plain(work->job, REFUSE_has_role);
    else if (a->waits)
        job_refuse_plain(work->job, REFUSE_application_waits);
    else if (a->declined_at != 0 && work->world->now < a->declined_at + PAUSE_MS)
        refuse_until(work, a->declined_at + PAUSE_MS);
    else if (a->waiting_count >= WAITING_MAX)
        job_refuse_plain(work->job, REFUSE_applications_full);
    else
        return admission_name_is_good(work, b->name);
    return false;
}

/* Managers and owners on duty; all of them if nobody is; and their group. */
static void tell_crew(struct admin_work *work, const char *detail)
{
    const struct world *w = work->world;
    bool somebody = false;
    for (size_t i = 0; i < w->crew.count; i++)
        somebody = somebody || person_is_on_duty(&w->crew.items[i], w->now);
    for (size_t i = 0; i < w->crew.count; i++)
        if (!somebody || person_is_on_duty(&w->crew.items[i], w->now))
            save_notice(work->save, NOTICE_application_sent, w->crew.items[i].id, 0, w->now,
                        detail);
    admin_tell_group(work, NOTICE_application_sent, detail);
}

static void insert_application(struct admin_work *work, int64_t person_id)
{
    const struct msg_application_send *b = &work->job->msg.body.application_send;
    const struct applying *a = work->job->facts;
    const char *words = b->words != NULL ? b->words : "";
    scoped(str_free) char *cut = xmemdup_text(words, text_cut_utf16(words, REASON_TEXT_MAX));
    db_arg_i64(work->args, a->new_id);
    db_arg_i64(work->args, person_id);
    db_arg_text(work->args, b->role);
    db_arg_text(work->args, cut[0] != '\0' ? cut : NULL);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_application, NULL);
}

static void send_run(struct admin_work *work)
{
    const struct msg_application_send *b = &work->job->msg.body.application_send;
    const struct applying *a = work->job->facts;
    int64_t person_id = a->person_id != 0 ? a->person_id : a->new_person_id;
    char detail[140];
    if (!send_is_good(work))
        return;
    admission_save_person(work, &(struct newcomer){.person_id = person_id,
                                                   .privacy_version = b->privacy_version,
                                                   .name = b->name,
                                                   .username = b->username,
                                                   .language = b->language});
    insert_application(work, person_id);
    snprintf(detail, sizeof detail,
             "{\"application_id\":%" PRId64 ",\"person_id\":%" PRId64 ",\"role\":\"%s\"}",
             a->new_id, person_id, b->role);
    tell_crew(work, detail);
    work->changed = "people";
    job_ok(work->job);
    work->job->answer.created_id = a->new_id;
    work->job->answer.has_created_id = true;
}

const struct admin_command admin_application_send = {send_load, send_run};

/* ---- application.decide ---- */

struct deciding {
    struct account_choice choice;
    int64_t id, person_id;
    bool is_decided;
    char role[16], name[PERSON_NAME_MAX * 4 + 1];
    int64_t new_account_id;
};

static void on_deciding(void *ctx, const struct db_result *r)
{
    struct deciding *d = ctx;
    d->id = db_i64(r, 0, 0);
    snprintf(d->role, sizeof d->role, "%s", db_text(r, 0, 1));
    d->is_decided = db_bool(r, 0, 2);
    d->person_id = db_i64(r, 0, 3);
    snprintf(d->name, sizeof d->name, "%s", db_text(r, 0, 4));
    d->choice.tariff_exists = db_bool(r, 0, 5);
    d->choice.account_exists = db_bool(r, 0, 6);
    d->new_account_id = db_i64(r, 0, 7);
}

static void decide_load(struct admin_work *work)
{
    const struct msg_application_decide *b = &work->job->msg.body.application_decide;
    struct deciding *d = work->job->facts = xcalloc(1, sizeof *d);
    d->choice = (struct account_choice){.has_tariff_id = b->has_tariff_id,
                                        .has_account_id = b->has_account_id};
    db_arg_i64(work->args, b->application_id);
    admin_call(work, Q_lock_application, NULL);
    db_arg_i64(work->args, b->application_id);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    db_arg_i64_or_null(work->args, b->has_account_id, b->account_id);
    admin_call(work, Q_read_deciding, on_deciding);
}

static void audit_outcome(struct admin_work *work)
{
    const struct deciding *d = work->job->facts;
    char subject[40], detail[60];
    snprintf(subject, sizeof subject, "application:%" PRId64, d->id);
    snprintf(detail, sizeof detail, "{\"outcome\":\"%s\"}",
             work->job->msg.body.application_decide.outcome);
    admin_audit(work, subject, detail);
}

static void decline(struct admin_work *work)
{
    const struct deciding *d = work->job->facts;
    admission_close_applications(work, d->person_id, "declined");
    audit_outcome(work);
    save_notice(work->save, NOTICE_application_declined, d->person_id, 0, work->world->now, NULL);
    job_ok(work->job);
}

/* Owners hear of everybody new: somebody must see to a client's payment. */
static void approve(struct admin_work *work)
{
    const struct msg_application_decide *b = &work->job->msg.body.application_decide;
    const struct deciding *d = work->job->facts;
    const struct world *w = work->world;
    if (!admission_account_is_good(work, str_eq(d->role, "client"), &d->choice))
        return;
    const struct admission admission = {.person_id = d->person_id,
                                        .role = d->role,
                                        .account_id = b->has_account_id ? b->account_id : 0,
                                        .new_account_id = d->new_account_id,
                                        .tariff_id = b->tariff_id,
                                        .account_name = d->name,
                                        .paid_until = ""};
    audit_outcome(work);
    admission_write(work, &admission);
    for (size_t i = 0; i < w->crew.count; i++)
        if ((w->crew.items[i].roles & ROLE_OWNER) != 0 &&
            w->crew.items[i].telegram_id != work->job->telegram_id)
            admission_tell(work, &admission, w->crew.items[i].id);
}

static void decide_run(struct admin_work *work)
{
    const struct msg_application_decide *b = &work->job->msg.body.application_decide;
    const struct deciding *d = work->job->facts;
    bool approves = str_eq(b->outcome, "approved");
    if (!admin_may(work, ROLE_MANAGER | ROLE_OWNER))
        return;
    if (!approves && !str_eq(b->outcome, "declined"))
        job_refuse_hint(work->job, "approved, declined");
    else if (d->id == 0 || d->is_decided) /* a link may have been quicker */
        job_refuse_plain(work->job, REFUSE_application_gone);
    else if (approves)
        approve(work);
    else
        decline(work);
}

const struct admin_command admin_application_decide = {decide_load, decide_run};
