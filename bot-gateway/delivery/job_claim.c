/* job_claim.c - messages on their way: 'sending' is committed before they leave */
#include "bot-gateway/delivery/job.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

struct claim { /* a group that commits 'sending' for several */
    struct courier *courier;
    struct job **jobs;
    size_t count;
};

static void on_notices_claimed(void *ctx, const struct db_result *result)
{
    struct claim *claim = ctx;
    for (int row = 0; row < db_rows(result); row++)
        for (size_t i = 0; i < claim->count; i++)
            if (claim->jobs[i]->item.errand == ERRAND_NOTICE &&
                claim->jobs[i]->item.id == db_i64(result, row, 0))
                claim->jobs[i]->item.delivery_id = db_i64(result, row, 1);
}

static void on_deliveries_claimed(void *ctx, const struct db_result *result)
{
    struct claim *claim = ctx;
    for (int row = 0; row < db_rows(result); row++) {
        for (size_t i = 0; i < claim->count; i++) {
            struct job *job = claim->jobs[i];
            if (job->item.delivery_id != db_i64(result, row, 0))
                continue;
            job->is_claimed = true;
            if (job->item.errand == ERRAND_REPLY)
                job_make_calls(job, db_text(result, row, 1), NULL, 0);
        }
    }
}

static void on_claimed(void *ctx, const struct err *err)
{
    struct claim *claim = ctx;
    struct courier *c = claim->courier;
    for (size_t i = 0; i < claim->count; i++) {
        struct job *job = claim->jobs[i];
        if (err != NULL) {
            if (err->kind ==
                ERR_UNCERTAIN) /* the commit may have happened, the request has not left */
                courier_keep_never_left(c, &job->item);
            job_again(job, SECOND_MS);
        } else if (job->is_claimed ||
                   (job->item.errand == ERRAND_NOTICE && job->item.delivery_id != 0)) {
            job->is_claimed = true;
            job_leave(job);
        } else { /* somebody else has begun it, or settled it */
            records_add(c->opts.records, &(struct record){.item = job->item, .state = "moot"});
            job_end(job, clock_mono_ms());
        }
    }
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("deliveries not claimed count=%zu err=\"%s\"", claim->count, err->text);
    free(claim->jobs);
    free(claim);
}

static void put_jobs(struct db_args *args, const struct claim *claim, bool with_rows,
                     int64_t (*value)(const struct job *))
{
    db_array_open(args, DB_I64_ARRAY);
    for (size_t i = 0; i < claim->count; i++)
        if ((claim->jobs[i]->item.delivery_id != 0) == with_rows)
            db_item_i64(args, value(claim->jobs[i]));
    db_array_close(args);
}

static int64_t id_of(const struct job *job)
{
    return job->item.id;
}

static int64_t chat_of(const struct job *job)
{
    return job->item.chat_id;
}

static int64_t order_of(const struct job *job)
{
    return job->item.order_id;
}

static int64_t class_of(const struct job *job)
{
    return job->item.send_class;
}

static int64_t delivery_of(const struct job *job)
{
    return job->item.delivery_id;
}

static void claim_notices(struct courier *c, struct claim *claim)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, c->opts.bot_id);
    put_jobs(&args, claim, false, id_of);
    put_jobs(&args, claim, false, chat_of);
    put_jobs(&args, claim, false, order_of);
    put_jobs(&args, claim, false, class_of);
    db_call(c->opts.db, Q_claim_notices, &args, on_notices_claimed, claim);
}

static void claim_deliveries(struct courier *c, struct claim *claim)
{
    scoped(db_args_fini) struct db_args args = {0};
    put_jobs(&args, claim, true, delivery_of);
    db_array_open(&args, DB_BOOL_ARRAY);
    for (size_t i = 0; i < claim->count; i++)
        if (claim->jobs[i]->item.delivery_id != 0)
            db_item_bool(&args, claim->jobs[i]->item.is_repeated);
    db_array_close(&args);
    db_call(c->opts.db, Q_claim_deliveries, &args, on_deliveries_claimed, claim);
}

void jobs_claim_due(struct courier *c, int64_t now_ms)
{
    struct claim *claim = xcalloc(1, sizeof *claim);
    claim->courier = c;
    claim->jobs = xcalloc(c->job_count + 1, sizeof(struct job *));
    size_t with_rows = 0;
    for (struct job *job = c->jobs; job != NULL; job = job->next) {
        if (!job_is_due(job, now_ms) || !job_needs_claim(job))
            continue;
        job->stage = CLAIMING;
        with_rows += job->item.delivery_id != 0;
        claim->jobs[claim->count++] = job;
    }
    if (claim->count == 0) {
        free(claim->jobs);
        free(claim);
        return;
    }
    if (with_rows < claim->count)
        claim_notices(c, claim);
    if (with_rows > 0)
        claim_deliveries(c, claim);
    db_end(c->opts.db, on_claimed, claim);
}
