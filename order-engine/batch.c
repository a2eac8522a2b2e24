/* batch.c - many commands, one transaction: the queue, the write, the answers, and another try when
 * it failed */
#include "order-engine/batch_state.h"

#include "common/base/log.h"
#include "sql/order_engine_queries.h"

static void start(struct batch *);
static void on_loaded(void *ctx, const struct err *err);

struct batch *batch_new(const struct batch_opts *opts)
{
    struct batch *b = xcalloc(1, sizeof *b);
    b->opts = *opts;
    b->tail = &b->head;
    b->store = (struct store){.db = opts->db, .world = &b->world};
    b->save = save_new();
    b->decision = xcalloc(1, sizeof *b->decision);
    parameters_init(&b->world.parameters);
    return b;
}

void batch_free(struct batch **p)
{
    struct batch *b = *p;
    if (b == NULL)
        return;
    for (size_t i = 0; i < b->count; i++)
        job_free(&b->jobs[i]);
    while (b->head != NULL) {
        struct job *job = b->head;
        b->head = job->next;
        job_free(&job);
    }
#define RELEASE(name, what) id_list_fini(&b->lists.name);
    BATCH_LISTS(RELEASE)
    world_fini(&b->world);
    db_args_fini(&b->store.args);
    save_free(&b->save);
    free(b->decision);
    buf_fini(&b->scratch);
    free(b);
    *p = NULL;
}

void batch_push(struct batch *b, struct job *job)
{
    job->row = command_row_of(job->msg.type);
    assert(job->row != NULL);
    job->next = NULL;
    *b->tail = job;
    b->tail = &job->next;
    b->queued++;
}

/* Back to the head of the queue, in their order. */
static void push_back(struct batch *b, struct job *const *jobs, size_t count)
{
    b->queued += count;
    while (count-- > 0) {
        jobs[count]->next = b->head;
        if (b->head == NULL)
            b->tail = &jobs[count]->next;
        b->head = jobs[count];
    }
}

static struct job *pop(struct batch *b)
{
    struct job *job = b->head;
    b->head = job->next;
    if (b->head == NULL)
        b->tail = &b->head;
    b->queued--;
    return job;
}

void batch_forget(struct batch *b)
{
    world_forget_all(&b->world);
}

bool batch_is_idle(const struct batch *b)
{
    return b->phase == PHASE_IDLE && b->head == NULL;
}

bool batch_is_full(const struct batch *b)
{
    return b->queued >= BATCH_MAX;
}

struct batch_counters batch_counters(const struct batch *b)
{
    return b->counters;
}

void batch_poke(struct batch *b)
{
    if (b->phase == PHASE_IDLE && b->head != NULL && db_is_ready(b->opts.db))
        start(b);
}

/* Does the batch hold this command already? Then it waits for the stored answer. */
static bool is_twin(const struct batch *b, const struct job *job)
{
    for (size_t i = 0; i < b->count; i++)
        if (str_eq(b->jobs[i]->msg.id, job->msg.id))
            return true;
    return false;
}

/* What is waiting: one administrative command, or order commands up to the limit. */
static void pick(struct batch *b)
{
    size_t max = b->singles > 0 ? 1 : BATCH_MAX;
    b->count = 0;
    while (b->head != NULL && b->count < max) {
        if (b->count > 0 && (b->head->row->admin != NULL || is_twin(b, b->head)))
            break;
        b->jobs[b->count++] = pop(b);
        job_reset(b->jobs[b->count - 1]);
        if (b->jobs[0]->row->admin != NULL)
            break;
    }
    if (b->singles > 0)
        b->singles--;
}

static void start(struct batch *b)
{
    pick(b);
    world_reset(&b->world);
    save_reset(b->save);
    b->changed = NULL;
    b->looked_twice = b->looked_around = false;
    b->phase = PHASE_LOADING;
    batch_load(b);
    db_end(b->opts.db, on_loaded, b);
}

/* ---- write and answer ---- */

/* Orders that were only spoken about are as this batch leaves them until somebody else writes; of
 * the others clocks, alerts and ledgers have to be read again anyway. */
static void keep_orders(struct batch *b)
{
    for (size_t i = 0; i < b->world.order_count; i++) {
        const struct order *o = &b->world.orders[i];
        bool spoken_about = id_list_has(&b->lists.orders, o->id) &&
                            !id_list_has(&b->lists.locked, o->id) &&
                            !id_list_has(&b->lists.answered, o->id);
        if (spoken_about)
            known_orders_put(&b->world.known, o);
        else
            known_orders_drop(&b->world.known, o->id);
    }
}

static void finish(struct batch *b)
{
    int64_t repeated = b->counters.repeated;
    struct batch_done done = {.notices = save_notice_count(b->save),
                              .earliest_deadline = save_earliest_deadline(b->save),
                              .changed = b->changed};
    keep_orders(b);
    b->counters.batches++;
    for (size_t i = 0; i < b->count; i++) {
        struct job *job = b->jobs[i];
        b->counters.commands++;
        b->counters.repeated += job->repeated;
        b->counters.refused += str_eq(job->answer.outcome, "refused");
        b->opts.on_answer(b->opts.ctx, job);
        job_free(&b->jobs[i]);
    }
    b->careful = b->singles > 0 || b->counters.repeated > repeated;
    b->count = 0;
    b->phase = PHASE_IDLE;
    b->opts.on_done(b->opts.ctx, &done);
    batch_poke(b);
}

static void on_rolled_back(void *ctx, const struct err *err)
{
    struct batch *b = ctx;
    (void)err; /* a lost session has rolled back too */
    b->phase = PHASE_IDLE;
    batch_poke(b);
}

/* Back to the queue, to be run again: with a look for stored answers first, and one by one if that
 * was done already. */
static void run_again(struct batch *b)
{
    if (b->careful) {
        b->counters.one_by_one += (int64_t)b->count;
        b->singles = b->count;
    }
    b->careful = true;
    push_back(b, b->jobs, b->count);
    b->count = 0;
}

/* A command that fails alone, again and again, is answered. */
static void give_up(struct batch *b, const struct err *err)
{
    struct job *job = b->jobs[0];
    log_error("command failed id=%s type=%s: %s", job->msg.id, msg_type_name(job->msg.type),
              err->text);
    job_fail(job, "internal", "the command failed; the log of order-engine says why");
    b->counters.failed++;
    b->opts.on_answer(b->opts.ctx, job);
    job_free(&b->jobs[0]);
    b->count = 0;
}

/* The batch did not happen, or nobody knows: its commands are run again under their ids. */
static void fail(struct batch *b, const struct err *err)
{
    world_forget_all(&b->world);
    if (!db_is_ready(b->opts.db)) {
        run_again(b);
        b->phase = PHASE_IDLE;
        return; /* batch_poke comes when the session is back */
    }
    log_debug("batch failed commands=%zu: %s", b->count, err->text);
    if (b->count == 1 && ++b->jobs[0]->attempts >= BATCH_ATTEMPTS)
        give_up(b, err);
    else
        run_again(b);
    b->phase = PHASE_ROLLING_BACK;
    if (b->in_transaction)
        db_call(b->opts.db, Q_rollback, NULL, NULL, NULL);
    db_end(b->opts.db, on_rolled_back, b);
}

static void on_written(void *ctx, const struct err *err)
{
    struct batch *b = ctx;
    if (err != NULL)
        fail(b, err);
    else
        finish(b);
}

static void on_loaded(void *ctx, const struct err *err)
{
    struct batch *b = ctx;
    if (err != NULL) {
        fail(b, err);
        return;
    }
    if (batch_load_more(b)) {
        db_end(b->opts.db, on_loaded, b);
        return;
    }
    struct job *later[BATCH_MAX];
    push_back(b, later, batch_decide(b, later));
    b->phase = PHASE_WRITING;
    save_send(b->save, b->opts.db, b->world.now);
    if (b->in_transaction)
        db_call(b->opts.db, Q_commit, NULL, NULL, NULL);
    db_end(b->opts.db, on_written, b);
}
