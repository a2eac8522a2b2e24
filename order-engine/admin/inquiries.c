/* inquiries.c - a client writes to the managers without an order, and what the first of them
 * answers */
#include <inttypes.h>

#include "common/base/clock.h"
#include "order-engine/admin/admin.h"
#include "order-engine/rules/order_fsm.h"
#include "sql/order_engine_queries.h"

#define WAITING_MAX 5  /* of one account, without an answer: more would bury the managers */
#define PER_DAY_MAX 30 /* of one account within 24 hours, answered or not */

/* The same for all who are told of one inquiry: by it they are found again. */
static void print_detail(int64_t inquiry_id, int64_t person_id, int64_t account_id, char *out,
                         size_t size)
{
    snprintf(out, size,
             "{\"inquiry_id\":%" PRId64 ",\"person_id\":%" PRId64 ",\"account_id\":%" PRId64 "}",
             inquiry_id, person_id, account_id);
}

static void put_files(struct admin_work *work, const struct msg_strings *files)
{
    db_array_open(work->args, DB_TEXT_ARRAY);
    for (size_t i = 0; i < files->count; i++)
        db_item_text(work->args, files->items[i]);
    db_array_close(work->args);
}

/* ---- managers.write ---- */

struct inquiring {
    int64_t account_id, waiting;
    int64_t first_at; /* of the last PER_DAY_MAX; 0 = there are not as many */
    int64_t new_id;
};

static void on_inquiring(void *ctx, const struct db_result *r)
{
    *(struct inquiring *)ctx = (struct inquiring){.account_id = db_i64(r, 0, 0),
                                                  .waiting = db_i64(r, 0, 1),
                                                  .first_at = db_i64(r, 0, 2),
                                                  .new_id = db_i64(r, 0, 3)};
}

static void write_load(struct admin_work *work)
{
    const struct id_list writer = {.items = &work->job->telegram_id, .count = 1};
    work->job->facts = xcalloc(1, sizeof(struct inquiring));
    lock_accounts(work->store, &writer, &(struct id_list){0});
    db_arg_i64(work->args, work->job->telegram_id);
    db_arg_i64(work->args, PER_DAY_MAX);
    admin_call(work, Q_read_inquiring, on_inquiring);
}

/* false: the reason is answered. */
static bool is_within_limits(struct admin_work *work, const struct inquiring *facts)
{
    struct refused refused = {0};
    if (facts->waiting >= WAITING_MAX) {
        refuse_number(&refused, REFUSE_inquiries_wait, "limit", WAITING_MAX);
    } else if (facts->first_at != 0 && work->world->now < facts->first_at + DAY_MS) {
        refuse_number(&refused, REFUSE_inquiries_too_many, "limit", PER_DAY_MAX);
        refused.args[refused.arg_count++] =
            (struct refusal_arg){.name = "at", .number = facts->first_at + DAY_MS};
    } else {
        return true;
    }
    job_refuse(work->job, &refused);
    return false;
}

static void write_run(struct admin_work *work)
{
    const struct msg_managers_write *b = &work->job->msg.body.managers_write;
    const struct inquiring *facts = work->job->facts;
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    char detail[120];
    if (!admin_may(work, ROLE_CLIENT))
        return;
    if (actor == NULL || facts->account_id == 0) {
        job_refuse_plain(work->job, REFUSE_no_account);
        return;
    }
    if (!admin_words_are_good(work, b->text, &b->files) || !is_within_limits(work, facts))
        return;
    db_arg_i64(work->args, facts->new_id);
    db_arg_i64(work->args, facts->account_id);
    db_arg_i64(work->args, actor->id);
    db_arg_text(work->args, b->text);
    put_files(work, &b->files);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_inquiry, NULL);
    print_detail(facts->new_id, actor->id, facts->account_id, detail, sizeof detail);
    admin_tell_managers(work, NOTICE_inquiry_sent, detail);
    job_ok(work->job);
    work->job->answer.created_id = facts->new_id;
    work->job->answer.has_created_id = true;
}

const struct admin_command admin_managers_write = {write_load, write_run};

/* ---- inquiry.answer ---- */

struct answering {
    int64_t id, account_id, person_id, answered_at;
};

static void on_answering(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct answering *)ctx = (struct answering){.id = db_i64(r, 0, 0),
                                                      .account_id = db_i64(r, 0, 1),
                                                      .person_id = db_i64(r, 0, 2),
                                                      .answered_at = db_i64(r, 0, 3)};
}

static void answer_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct answering));
    db_arg_i64(work->args, work->job->msg.body.inquiry_answer.inquiry_id);
    admin_call(work, Q_lock_inquiry, on_answering);
}

/* false: the reason is answered. */
static bool may_be_answered(struct admin_work *work, const struct answering *facts)
{
    struct refused refused = {0};
    if (facts->id == 0)
        refuse(&refused, REFUSE_no_such_inquiry);
    else if (facts->answered_at != 0)
        refuse_number(&refused, REFUSE_inquiry_gone, "at", facts->answered_at);
    else
        return true;
    job_refuse(work->job, &refused);
    return false;
}

static void answer_run(struct admin_work *work)
{
    const struct msg_inquiry_answer *b = &work->job->msg.body.inquiry_answer;
    const struct answering *facts = work->job->facts;
    const struct person *actor = world_by_telegram(work->world, work->job->telegram_id);
    char subject[40], detail[120];
    if (actor == NULL || !admin_may(work, ROLE_MANAGER | ROLE_OWNER) ||
        !may_be_answered(work, facts) || !admin_words_are_good(work, b->text, &b->files))
        return;
    db_arg_i64(work->args, facts->id);
    db_arg_text(work->args, b->text);
    put_files(work, &b->files);
    db_arg_i64(work->args, actor->id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_answer_inquiry, NULL);
    print_detail(facts->id, facts->person_id, facts->account_id, detail, sizeof detail);
    save_notice(work->save, NOTICE_inquiry_answer, facts->person_id, 0, work->world->now, detail);
    admin_tell_those_asked(work, NOTICE_inquiry_sent, detail, NOTICE_inquiry_answered);
    snprintf(subject, sizeof subject, "inquiry:%" PRId64, facts->id);
    admin_audit(work, subject, NULL);
    job_ok(work->job);
}

const struct admin_command admin_inquiry_answer = {answer_load, answer_run};
