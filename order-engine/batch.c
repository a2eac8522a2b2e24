/* batch.c - many commands, one transaction */
#include "order-engine/batch.h"

#include "common/base/log.h"
#include "common/base/text.h"
#include "order-engine/commands.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/decide.h"
#include "order-engine/store/load.h"
#include "order-engine/store/save.h"
#include "order-engine/world.h"
#include "sql/order_engine_queries.h"

#define DEADLINE_SKEW_MS 1000 /* a watcher's clock may run ahead of ours by this much */

enum phase { PHASE_IDLE, PHASE_LOADING, PHASE_WRITING, PHASE_ROLLING_BACK };

struct batch {
    struct batch_opts opts;
    struct job *head, **tail; /* what waits */
    struct job *jobs[BATCH_MAX];
    size_t count;
    size_t singles; /* so many of the waiting jobs run one by one */
    enum phase phase;
    struct world world;
    struct store store;
    struct save *save;
    struct decision *decision;
    bool looked_twice;
    bool in_transaction; /* begun with the load, because it locks; otherwise the writes are one by
                            themselves */
    bool careful;        /* look for stored answers first: an id came twice lately */
    const char *changed;
    struct buf scratch;
    struct id_list actors, strangers, orderers, workers, targets, orders, locked, answered, pinned,
        deadlines;
    struct batch_counters counters;
};

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

static struct id_list *lists(struct batch *b, size_t i)
{
    struct id_list *all[] = {&b->actors, &b->strangers, &b->orderers, &b->workers, &b->targets,
                             &b->orders, &b->locked,    &b->answered, &b->pinned,  &b->deadlines};
    return i < ARRAY_LEN(all) ? all[i] : NULL;
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
    struct id_list *list;
    for (size_t i = 0; (list = lists(b, i)) != NULL; i++)
        id_list_fini(list);
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
}

/* Back to the head of the queue, in their order. */
static void push_back(struct batch *b, struct job *const *jobs, size_t count)
{
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
    return job;
}

bool batch_is_idle(const struct batch *b)
{
    return b->phase == PHASE_IDLE && b->head == NULL;
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

/* ---- load ---- */

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

/* Collects what the batch's commands name. */
static unsigned collect(struct batch *b)
{
    struct id_list *list;
    unsigned needs = 0;
    for (size_t i = 0; (list = lists(b, i)) != NULL; i++)
        id_list_reset(list);
    for (size_t i = 0; i < b->count; i++) {
        struct job *job = b->jobs[i];
        unsigned own = job->row->needs;
        int64_t order_id = command_order_id(&job->msg);
        needs |= own;
        id_list_add(&b->actors, job->telegram_id);
        if (job->telegram_id != 0 && world_by_telegram(&b->world, job->telegram_id) == NULL)
            id_list_add(&b->strangers, job->telegram_id);
        id_list_add(&b->orders, order_id);
        if (own & NEED_CLOCKS)
            id_list_add(&b->locked, order_id);
        if (own & NEED_PINS)
            id_list_add(&b->pinned, order_id);
        if (own & NEED_ACCOUNT)
            id_list_add(&b->orderers, job->telegram_id);
        if (own & NEED_WORKLOAD) {
            id_list_add(&b->targets, command_target_id(&job->msg));
            if (command_target_id(&job->msg) == 0)
                id_list_add(&b->workers, job->telegram_id);
        }
        if (own & NEED_DEADLINE)
            id_list_add(&b->deadlines,
                        job->deadline_id = job->msg.body.deadline_reached.deadline_id);
    }
    return needs;
}

static int64_t count_needing(const struct batch *b, unsigned need)
{
    int64_t n = 0;
    for (size_t i = 0; i < b->count; i++)
        n += (b->jobs[i]->row->needs & need) != 0;
    return n;
}

static struct admin_work admin_work(struct batch *b, struct job *job)
{
    return (struct admin_work){
        .job = job, .db = b->opts.db, .world = &b->world, .save = b->save, .args = &b->store.args};
}

static void start(struct batch *b)
{
    struct store *s = &b->store;
    const char *ids[BATCH_MAX];
    pick(b);
    world_reset(&b->world);
    save_reset(b->save);
    b->changed = NULL;
    b->looked_twice = false;
    b->phase = PHASE_LOADING;
    unsigned needs = collect(b);
    bool is_admin = b->jobs[0]->row->admin != NULL;
    for (size_t i = 0; i < b->count; i++)
        ids[i] = b->jobs[i]->msg.id;

    b->in_transaction =
        is_admin || b->locked.count > 0 || (needs & (NEED_ACCOUNT | NEED_WORKLOAD)) != 0;
    if (b->in_transaction)
        db_call(b->opts.db, Q_begin, NULL, NULL, NULL);
    load_installation(s);
    if (b->careful || is_admin)
        load_answers(s, ids, b->count);
    if (needs & NEED_ACCOUNT)
        lock_accounts(s, &b->orderers);
    if (needs & NEED_WORKLOAD)
        lock_people(s, &b->workers, &b->targets);
    if (b->locked.count > 0)
        lock_orders(s, &b->locked);
    if (b->orders.count > 0)
        load_orders(s, &b->orders);
    if (b->strangers.count + b->targets.count > 0)
        load_people(s, &b->strangers, &b->targets);
    if (needs & NEED_WORKLOAD)
        load_workload(s, &b->workers, &b->targets);
    if (needs & NEED_ACCOUNT)
        load_accounts(s, &b->orderers);
    if (needs & (NEED_PINS | NEED_ACCOUNT))
        load_pins(s, &b->orderers, &b->pinned);
    if (needs & NEED_CLOCKS)
        load_clocks(s, &b->locked);
    if (needs & NEED_CREW)
        load_crew(s);
    if (needs & NEED_CONTRACTORS)
        load_contractors(s);
    if (needs & NEED_MONTH)
        load_months(s);
    if (needs & NEED_DEADLINE)
        load_deadlines(s, &b->deadlines);
    if (needs & (NEED_ORDER_NUMBER | NEED_ALERT_NUMBER))
        load_numbers(s, count_needing(b, NEED_ORDER_NUMBER), count_needing(b, NEED_ALERT_NUMBER));
    if (is_admin) {
        struct admin_work work = admin_work(b, b->jobs[0]);
        b->jobs[0]->row->admin->load(&work);
    }
    db_end(b->opts.db, on_loaded, b);
}

/* ---- decide ---- */

/* Orders read without a lock whose next message is the answer and moves clocks; update_orders
 * checks their version. */
static void find_answered(struct batch *b)
{
    id_list_reset(&b->answered);
    for (size_t i = 0; i < b->count; i++) {
        const struct order *o = world_order(&b->world, command_order_id(&b->jobs[i]->msg));
        if (o != NULL && (b->jobs[i]->row->needs & NEED_CLOCKS) == 0 &&
            o->state == ORDER_WAITING_CLIENT)
            id_list_add(&b->answered, o->id);
    }
}

/* What only the first look could tell: parameters or people that have changed, messages that are
 * answers. */
static bool load_more(struct batch *b)
{
    struct world *w = &b->world;
    if (b->looked_twice)
        return false;
    b->looked_twice = true;
    bool stale = w->parameters_version != w->installed_version;
    bool changed = w->people_version != w->installed_people;
    find_answered(b);
    if (!stale && !changed && b->answered.count == 0)
        return false;
    if (stale)
        load_parameters(&b->store);
    if (changed) {
        world_forget_people(w);
        w->people_version = w->installed_people;
        load_people(&b->store, &b->actors, &b->targets);
        load_workload(&b->store, &b->workers, &b->targets);
    }
    if (b->answered.count > 0)
        load_clocks(&b->store, &b->answered);
    db_end(b->opts.db, on_loaded, b);
    return true;
}

static size_t text_length(const char *text)
{
    size_t length = 0;
    for (const char *at = text; at != NULL && *at != '\0'; at++)
        length += ((unsigned char)*at & 0xC0) != 0x80;
    return length;
}

static bool is_blank(const char *text)
{
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static struct people mark_pinned(struct batch *b, int64_t account_id)
{
    struct people_list *list = &b->world.contractors;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].pinned = false;
        for (size_t n = 0; account_id != 0 && n < b->world.pin_count; n++)
            if (b->world.pins[n].account_id == account_id &&
                b->world.pins[n].contractor_id == list->items[i].id)
                list->items[i].pinned = true;
    }
    return (struct people){list->items, list->count};
}

static struct situation situation_of(struct batch *b, struct job *job)
{
    struct world *w = &b->world;
    struct person *actor = job->telegram_id != 0 ? world_by_telegram(w, job->telegram_id) : NULL;
    struct situation s = {
        .now = w->now,
        .parameters = &w->parameters,
        .month = w->month,
        .actor = actor,
        .acts_as = job_acts_as(job),
        .order = world_order(w, command_order_id(&job->msg)),
        .target = world_person(w, command_target_id(&job->msg)),
        .crew = {w->crew.items, w->crew.count},
    };
    if (job->row->needs & NEED_ACCOUNT)
        s.account =
            actor != NULL && actor->account_id != 0 ? world_account(w, actor->account_id) : NULL;
    if (job->row->needs & NEED_CONTRACTORS)
        s.contractors = mark_pinned(b, s.account != NULL ? s.account->id : 0);
    return s;
}

/* A deadline's event stands in the clock table. false: it has been answered (moot, or not yet due).
 */
static bool read_deadline(struct batch *b, struct job *job, struct situation *s,
                          struct order_command *c)
{
    const struct read_deadline *deadline = world_deadline(&b->world, job->deadline_id);
    if (deadline == NULL || deadline->order_id != command_order_id(&job->msg)) {
        job_refuse_plain(job, REFUSE_moot);
        return false;
    }
    if (deadline->due_at > b->world.now + DEADLINE_SKEW_MS) {
        job_fail(job, "input", "the deadline is not due yet"); /* not stored: it will be */
        return false;
    }
    size_t position;
    const struct clock_step_row *row = clock_step_find(deadline->clock, deadline->step, &position);
    s->now = max_i64(s->now, deadline->due_at); /* never early */
    *c = (struct order_command){.event = row->event,
                                .clock = deadline->clock,
                                .step = deadline->step,
                                .run = deadline->run};
    return true;
}

static void answer_decision(struct job *job, const struct decision *d)
{
    job_ok(job);
    job->answer.order_id = d->after.id;
    job->answer.has_order_id = true;
    job->answer.version = d->after.version;
    job->answer.has_version = true;
    job->answer.due_at = d->due_at;
    job->answer.has_due_at = d->due_at != 0;
}

/* One order command in memory. false: it must wait for the next batch. */
static bool decide_order(struct batch *b, struct job *job, size_t nth)
{
    struct order_command c = {.event = (enum order_event)job->row->event};
    struct msg_strings files = {0};
    struct situation s = situation_of(b, job);
    struct decision *d = b->decision;
    const char *text = job->row->read(&job->msg, &c, &files);
    if (job->row->event < 0 && !read_deadline(b, job, &s, &c))
        return true;
    c.id = job->msg.id;
    c.has_text = !is_blank(text);
    c.text_len = text_length(text);
    c.file_count = files.count;
    c.new_order_id = nth < b->world.order_number_count ? b->world.order_numbers[nth] : 0;
    c.new_alert_id = nth < b->world.alert_number_count ? b->world.alert_numbers[nth] : 0;

    order_decide(&s, &c, d);
    if (d->refused.why != REFUSED_NOT) {
        job_refuse(job, &d->refused);
        job->answer.order_id = command_order_id(&job->msg);
        job->answer.has_order_id = job->answer.order_id != 0 && s.order != NULL;
    } else {
        if (!world_takes(&b->world, d))
            return false;
        save_decision(b->save, &b->world, job, d, text, &files);
        world_apply(&b->world, d);
        answer_decision(job, d);
    }
    if (job->deadline_id != 0 && world_deadline(&b->world, job->deadline_id) != NULL)
        save_reached(b->save, job->deadline_id);
    return true;
}

/* The answer of an earlier time, as it was. */
static bool repeat_answer(struct batch *b, struct job *job)
{
    const char *answer = world_answer(&b->world, job->msg.id);
    struct err err;
    if (answer == NULL)
        return false;
    if (msg_decode(answer, strlen(answer), &job->stored, NULL, &err) != 0) {
        job_fail(job, "internal", "the stored answer cannot be read");
        log_error("stored answer unreadable id=%s: %s", job->msg.id, err.text);
        return true;
    }
    job->repeated = true;
    job->keep_answer = false;
    job->answer = job->stored.body.answer;
    return true;
}

/* Decides everything; what cannot join this batch goes back to the head of the queue. */
static void decide_all(struct batch *b)
{
    struct job *later[BATCH_MAX];
    size_t kept = 0, later_count = 0;
    if (count_needing(b, NEED_MONTH) > 0)
        world_find_month(&b->world);
    for (size_t i = 0; i < b->count; i++) {
        struct job *job = b->jobs[i];
        if (repeat_answer(b, job)) {
            b->jobs[kept++] = job;
        } else if (job->row->admin != NULL) {
            struct admin_work work = admin_work(b, job);
            job->row->admin->run(&work);
            b->changed = work.changed;
            if (work.changed != NULL)
                admin_call(&work,
                           str_eq(work.changed, "people") ? Q_bump_people : Q_bump_parameters,
                           NULL);
            b->jobs[kept++] = job;
        } else if (decide_order(b, job, i)) {
            b->jobs[kept++] = job;
        } else {
            later[later_count++] = job;
        }
        if (job->keep_answer)
            save_answer(b->save, job, b->world.now, &b->scratch);
    }
    b->count = kept;
    push_back(b, later, later_count);
    save_world(b->save, &b->world);
}

/* ---- write and answer ---- */

static void finish(struct batch *b)
{
    int64_t repeated = b->counters.repeated;
    struct batch_done done = {.notices = save_notice_count(b->save),
                              .earliest_deadline = save_earliest_deadline(b->save),
                              .changed = b->changed};
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
    b->world.parameters_version = 0; /* read again */
    world_forget_people(&b->world);
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
    if (load_more(b))
        return;
    decide_all(b);
    b->phase = PHASE_WRITING;
    save_send(b->save, b->opts.db, b->world.now);
    if (b->in_transaction)
        db_call(b->opts.db, Q_commit, NULL, NULL, NULL);
    db_end(b->opts.db, on_written, b);
}
