/* digests.c - what managers and owners are told regularly */
#include <inttypes.h>

#include "order-engine/admin/admin.h"
#include "order-engine/rules/digests.h"
#include "order-engine/rules/quiet.h"
#include "sql/order_engine_queries.h"

/* ---- person.set_digest ---- */

static void set_load(struct admin_work *work)
{
    (void)work;
}

static void set_run(struct admin_work *work)
{
    const struct msg_person_set_digest *b = &work->job->msg.body.person_set_digest;
    int every = digest_parse(b->every);
    if (!admin_may(work, ROLE_MANAGER | ROLE_OWNER))
        return;
    if (every < 0) {
        job_refuse_hint(work->job, "day, week or month");
        return;
    }
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_text(work->args, b->every);
    if (b->on) {
        db_arg_i64(work->args, work->world->now);
        db_arg_i64(work->args,
                   digest_next((enum digest)every, &work->world->parameters, work->world->now));
    }
    admin_call(work, b->on ? Q_set_digest : Q_delete_digest, NULL);
    job_ok(work->job);
}

const struct admin_command admin_person_set_digest = {set_load, set_run};

/* ---- digest.due ---- */

struct due {
    bool found, gets_it;
    int64_t since, due_at;
};

static void on_digest(void *ctx, const struct db_result *r)
{
    struct due *due = ctx;
    if (db_rows(r) > 0)
        *due = (struct due){true, db_bool(r, 0, 2), db_i64(r, 0, 0), db_i64(r, 0, 1)};
}

static void due_load(struct admin_work *work)
{
    const struct msg_digest_due *b = &work->job->msg.body.digest_due;
    work->job->facts = xcalloc(1, sizeof(struct due));
    db_arg_i64(work->args, b->person_id);
    db_arg_text(work->args, b->every);
    admin_call(work, Q_lock_digest, on_digest);
}

static void tell(struct admin_work *work, const struct due *due)
{
    const struct msg_digest_due *b = &work->job->msg.body.digest_due;
    int64_t now = work->world->now;
    char detail[120];
    snprintf(detail, sizeof detail,
             "{\"every\":\"%s\",\"since\":%" PRId64 ",\"until\":%" PRId64 "}", b->every, due->since,
             now);
    save_notice_later(work->save, NOTICE_digest, b->person_id, now,
                      quiet_not_before(&work->world->parameters, NOTICE_digest, now, 0), detail);
    db_arg_i64(work->args, b->person_id);
    db_arg_text(work->args, b->every);
    db_arg_i64(work->args, now);
    db_arg_i64(work->args,
               digest_next((enum digest)digest_parse(b->every), &work->world->parameters, now));
    admin_call(work, Q_move_digest, NULL);
}

/* However many were missed, one tells of all the time since the last. */
static void due_run(struct admin_work *work)
{
    const struct msg_digest_due *b = &work->job->msg.body.digest_due;
    const struct due *due = work->job->facts;
    if (!due->found || due->due_at != b->due_at || due->due_at > work->world->now) {
        job_refuse_plain(work->job, REFUSE_moot);
        return;
    }
    if (due->gets_it) {
        tell(work, due);
    } else {
        db_arg_i64(work->args, b->person_id);
        admin_call(work, Q_end_digests, NULL);
    }
    job_ok(work->job);
}

const struct admin_command admin_digest_due = {due_load, due_run};
