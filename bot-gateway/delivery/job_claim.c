/* job_claim.c - messages on their way: 'sending' is committed before they leave */
#include "bot-gateway/delivery/job.h"

#include <inttypes.h>

#include "bot-gateway/texts/notice_text.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

struct claimed { /* one item of a job */
    struct job *job;
    struct send_item *item;
    bool is_ours;
};

struct claim { /* a group that commits 'sending' for several */
    struct courier *courier;
    struct claimed *items; /* those of one job side by side */
    size_t count;
};

static void on_notices_claimed(void *ctx, const struct db_result *result)
{
    struct claim *claim = ctx;
    for (int row = 0; row < db_rows(result); row++) {
        for (size_t i = 0; i < claim->count; i++) {
            struct claimed *c = &claim->items[i];
            if (c->item->errand == ERRAND_NOTICE && c->item->id == db_i64(result, row, 0)) {
                c->item->delivery_id = db_i64(result, row, 1);
                c->is_ours = true;
            }
        }
    }
}

static void on_deliveries_claimed(void *ctx, const struct db_result *result)
{
    struct claim *claim = ctx;
    for (int row = 0; row < db_rows(result); row++) {
        for (size_t i = 0; i < claim->count; i++) {
            struct claimed *c = &claim->items[i];
            if (c->item->delivery_id != db_i64(result, row, 0))
                continue;
            c->is_ours = true;
            if (c->item->errand != ERRAND_REPLY)
                continue;
            job_make_calls(c->job, db_text(result, row, 1), NULL, 0);
            if (c->item->order_id != 0)
                c->job->card_kind = CARD_OPENED;
        }
    }
}

/* A message leaves if all it is about is ours. What somebody else has begun, or settled, is left
 * out; the rest of a list is told again without it. */
static void settle_claim(struct courier *c, struct claimed *items, size_t count)
{
    struct job *job = items[0].job;
    size_t ours = 0;
    for (size_t i = 0; i < count; i++)
        ours += items[i].is_ours;
    if (ours == count) {
        job->is_claimed = true;
        job_leave(job);
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].is_ours)
            *job_item(job, kept++) = *items[i].item;
        else
            records_add(c->opts.records, &(struct record){.item = *items[i].item, .state = "moot"});
    }
    if (kept == 0) {
        job_end(job, clock_mono_ms());
        return;
    }
    job->more_count = kept - 1;
    job->is_claimed = true;
    job_again(job, 0);
}

static void fail_claim(struct courier *c, struct job *job, const struct err *err)
{
    if (err->kind == ERR_UNCERTAIN) /* the commit may have happened, the request has not left */
        for (size_t i = 0; i < job_item_count(job); i++)
            courier_keep_never_left(c, job_item(job, i));
    job_again(job, SECOND_MS);
}

static void on_claimed(void *ctx, const struct err *err)
{
    struct claim *claim = ctx;
    struct courier *c = claim->courier;
    for (size_t i = 0, count; i < claim->count; i += count) {
        struct job *job = claim->items[i].job;
        count = job_item_count(job);
        if (err != NULL)
            fail_claim(c, job, err);
        else
            settle_claim(c, &claim->items[i], count);
    }
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("deliveries not claimed count=%zu err=\"%s\"", claim->count, err->text);
    free(claim->items);
    free(claim);
}

static void put_items(struct db_args *args, const struct claim *claim, bool with_rows,
                      int64_t (*value)(const struct send_item *))
{
    db_array_open(args, DB_I64_ARRAY);
    for (size_t i = 0; i < claim->count; i++)
        if ((claim->items[i].item->delivery_id != 0) == with_rows)
            db_item_i64(args, value(claim->items[i].item));
    db_array_close(args);
}

static int64_t id_of(const struct send_item *item)
{
    return item->id;
}

static int64_t chat_of(const struct send_item *item)
{
    return item->chat_id;
}

static int64_t order_of(const struct send_item *item)
{
    return item->order_id;
}

static int64_t class_of(const struct send_item *item)
{
    return item->send_class;
}

static int64_t delivery_of(const struct send_item *item)
{
    return item->delivery_id;
}

static void claim_notices(struct courier *c, struct claim *claim)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, c->opts.bot_id);
    put_items(&args, claim, false, id_of);
    put_items(&args, claim, false, chat_of);
    put_items(&args, claim, false, order_of);
    put_items(&args, claim, false, class_of);
    db_call(c->opts.db, Q_claim_notices, &args, on_notices_claimed, claim);
}

static void claim_deliveries(struct courier *c, struct claim *claim)
{
    scoped(db_args_fini) struct db_args args = {0};
    put_items(&args, claim, true, delivery_of);
    db_array_open(&args, DB_BOOL_ARRAY);
    for (size_t i = 0; i < claim->count; i++)
        if (claim->items[i].item->delivery_id != 0)
            db_item_bool(&args, claim->items[i].item->is_repeated);
    db_array_close(&args);
    db_call(c->opts.db, Q_claim_deliveries, &args, on_deliveries_claimed, claim);
}

static size_t count_items(const struct courier *c)
{
    size_t count = 0;
    for (const struct job *job = c->jobs; job != NULL; job = job->next)
        count += job_item_count(job);
    return count;
}

void jobs_claim_due(struct courier *c, int64_t now_ms)
{
    struct claim *claim = xcalloc(1, sizeof *claim);
    claim->courier = c;
    claim->items = xcalloc(count_items(c) + 1, sizeof claim->items[0]);
    size_t with_rows = 0;
    for (struct job *job = c->jobs; job != NULL; job = job->next) {
        if (!job_is_due(job, now_ms) || !job_needs_claim(job))
            continue;
        job->stage = CLAIMING;
        for (size_t i = 0; i < job_item_count(job); i++) {
            with_rows += job_item(job, i)->delivery_id != 0;
            claim->items[claim->count++] = (struct claimed){job, job_item(job, i), false};
        }
    }
    if (claim->count == 0) {
        free(claim->items);
        free(claim);
        return;
    }
    if (with_rows < claim->count)
        claim_notices(c, claim);
    if (with_rows > 0)
        claim_deliveries(c, claim);
    db_end(c->opts.db, on_claimed, claim);
}
