/* courier.c - carries messages */
#include "bot-gateway/delivery/courier.h"

#include <inttypes.h>

#include "bot-gateway/delivery/calls.h"
#include "bot-gateway/delivery/outcomes.h"
#include "bot-gateway/texts/notice_text.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "sql/bot_gateway_queries.h"

enum stage {
    PREPARING, /* the database is asked what it says */
    READY,     /* has its slot and waits for its instant */
    CLAIMING,  /* 'sending' is being committed */
    UNDER_WAY, /* Telegram has it */
    PAUSING,   /* the next call of the same message needs a slot */
};

struct job {
    struct job *next;
    struct courier *courier;
    struct send_item item;
    enum stage stage;
    bool is_claimed, has_slot;
    struct pacing_slot slot;
    int64_t resume_at_ms; /* PAUSING: not before */
    struct calls calls;
    size_t at;               /* which of them */
    int64_t message_id;      /* the first that arrived */
    int64_t card_message_id; /* ERRAND_CARD: what is edited */
    const char *card_kind;   /* a constant */
    bool is_thread;
    int64_t mark_chat_id, mark_message_id;
    char error[RECORDS_ERROR_MAX];
};

struct claim { /* a group that commits 'sending' for several */
    struct courier *courier;
    struct job **jobs;
    size_t count;
};

struct courier {
    struct courier_opts opts;
    struct job *jobs;
    size_t job_count;
    bool is_open, is_stopping;
    unsigned troubles_in_a_row;
    struct send_item *never_left; /* claims that were lost with the database */
    size_t never_left_count;
    struct courier_counters counters;
};

/* Errands that are a row of deliveries: claimed before they leave, settled after. */
static bool has_row(const struct job *job)
{
    return job->item.errand == ERRAND_NOTICE || job->item.errand == ERRAND_REPLY;
}

/* ---- jobs ---- */

static struct job *job_new(struct courier *c, const struct send_item *item)
{
    struct job *job = xcalloc(1, sizeof *job);
    job->courier = c;
    job->item = *item;
    job->next = c->jobs;
    c->jobs = job;
    c->job_count++;
    return job;
}

static void job_free(struct job *job)
{
    struct courier *c = job->courier;
    struct job **at = &c->jobs;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
    c->job_count--;
    calls_fini(&job->calls);
    free(job);
}

/* The chat may be written to again, the message is done with. */
static void job_end(struct job *job, int64_t chat_ready_at_ms)
{
    struct courier *c = job->courier;
    if (job->has_slot)
        pacing_return(c->opts.pacing, &job->slot);
    send_queue_release(c->opts.queue, job->item.chat_id, chat_ready_at_ms);
    job_free(job);
    c->opts.on_change(c->opts.ctx);
}

static int64_t chat_ready_at(const struct job *job)
{
    return pacing_chat_when(job->courier->opts.pacing, job->item.chat_id, clock_mono_ms());
}

/* What was begun and certainly did not arrive, remembered for when the database is there again. */
static void keep_never_left(struct courier *c, const struct send_item *item)
{
    c->never_left = xrealloc(c->never_left, c->never_left_count + 1, sizeof c->never_left[0]);
    c->never_left[c->never_left_count++] = *item;
}

static void on_released(void *ctx, const struct err *err)
{
    (void)ctx;
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("delivery not released err=\"%s\"", err->text);
}

/* In a group of its own, so that it is committed before the row is claimed again. */
static void release_row(struct courier *c, int64_t delivery_id)
{
    outbox_delivery_waits(c->opts.outbox, delivery_id);
    scoped(db_args_fini) struct db_args args = {0};
    db_array_open(&args, DB_I64_ARRAY);
    db_item_i64(&args, delivery_id);
    db_array_close(&args);
    db_call(c->opts.db, Q_release_deliveries, &args, NULL, NULL);
    db_end(c->opts.db, on_released, NULL);
}

/* Nothing of it has arrived: back into the queue, first of its thread. */
static void job_again(struct job *job, int64_t pause_ms)
{
    struct courier *c = job->courier;
    if (job->is_claimed && c->is_open)
        release_row(c, job->item.delivery_id);
    else if (job->is_claimed)
        keep_never_left(c, &job->item);
    if (c->is_open)
        send_queue_put_back(c->opts.queue, &job->item);
    job_end(job, max_i64(chat_ready_at(job), clock_mono_ms() + pause_ms));
}

/* It may have arrived, and goes out once more: the row says 'sending' until it is claimed again. */
static void job_repeat(struct job *job)
{
    struct courier *c = job->courier;
    c->counters.repeated++;
    job->item.is_repeated = true;
    if (c->is_open)
        send_queue_put_back(c->opts.queue, &job->item);
    job_end(job, max_i64(chat_ready_at(job), clock_mono_ms() + SECOND_MS));
}

static void count_state(struct courier *c, const char *state)
{
    /* clang-format off */
    if (str_eq(state, "sent"))           c->counters.sent++;
    else if (str_eq(state, "moot"))      c->counters.moot++;
    else if (str_eq(state, "uncertain")) c->counters.uncertain++;
    else                                 c->counters.failed++;
    /* clang-format on */
}

/* state and report are constants. */
static void job_settle(struct job *job, const char *state, const char *report)
{
    struct courier *c = job->courier;
    if (has_row(job)) {
        struct record record = {
            .item = job->item,
            .state = state,
            .report = report,
            .message_id = job->message_id,
            .card_kind = job->card_kind,
            .is_thread = job->is_thread,
        };
        memcpy(record.error, job->error, sizeof record.error);
        records_add(c->opts.records, &record);
        count_state(c, state);
    } else if (job->item.errand == ERRAND_CARD && job->card_message_id != 0) {
        records_add_card(c->opts.records, job->item.chat_id, job->item.order_id,
                         job->card_message_id, str_eq(state, "moot"));
        c->counters.edits += str_eq(state, "sent");
    }
    job_end(job, chat_ready_at(job));
}

static void note_error(struct job *job, const char *text)
{
    size_t len = text_cut_bytes(text, sizeof job->error - 1);
    memcpy(job->error, text, len);
    job->error[len] = '\0';
}

/* ---- rendering ---- */

static struct calls_shape shape_of(const struct send_item *item)
{
    return (struct calls_shape){
        .is_plain = item->is_plain, .is_split = item->is_split, .is_apart = item->is_apart};
}

static void make_calls(struct job *job, const char *payload, const char *const *copies,
                       size_t copies_count)
{
    struct err err;
    struct calls_address address = {job->item.chat_id, job->card_message_id};
    if (calls_make(payload, address, copies, copies_count, shape_of(&job->item), &job->calls,
                   &err) < 0) {
        log_error("message cannot be sent errand=%d id=%" PRId64 " err=\"%s\"", job->item.errand,
                  job->item.id, err.text);
        note_error(job, err.text);
    }
}

/* What notice_prepare and card_prepare have to say; true if there is something to send. */
static bool is_sendable(struct job *job, const struct notice_message *msg, const char *moot_reason,
                        const struct err *err)
{
    if (err != NULL && err->kind != ERR_INTERNAL) {
        job_again(job, SECOND_MS);
    } else if (err != NULL) {
        log_error("message not rendered errand=%d id=%" PRId64 " err=\"%s\"", job->item.errand,
                  job->item.id, err->text);
        note_error(job, err->text);
        job_settle(job, "failed", job->item.wants_receipt ? "failed" : NULL);
    } else if (msg == NULL) {
        note_error(job, moot_reason == NULL ? "" : moot_reason);
        job_settle(job, "moot", NULL);
    } else if (job->courier->is_stopping) {
        job_again(job, 0);
    } else {
        return true;
    }
    return false;
}

static void get_ready(struct job *job)
{
    job->stage = READY;
    if (job->calls.count == 0 && job->item.errand != ERRAND_REPLY)
        job_settle(job, "failed", job->item.wants_receipt ? "failed" : NULL);
    else
        job->courier->opts.on_change(job->courier->opts.ctx);
}

static void on_notice_ready(void *ctx, const struct notice_message *msg, const char *moot_reason,
                            const struct err *err)
{
    struct job *job = ctx;
    if (!is_sendable(job, msg, moot_reason, err))
        return;
    int kind = notice_kind_parse(msg->kind);
    if (msg->is_card && msg->order_id != 0 && kind >= 0)
        job->card_kind = notice_kind_name((enum notice_kind)kind);
    job->is_thread = msg->is_thread && msg->order_id != 0;
    job->mark_chat_id = msg->mark_chat_id;
    job->mark_message_id = msg->mark_message_id;
    make_calls(job, msg->payload, msg->copies, msg->copies_count);
    get_ready(job);
}

static void on_card_ready(void *ctx, const struct notice_message *msg, const char *moot_reason,
                          const struct err *err)
{
    struct job *job = ctx;
    if (!is_sendable(job, msg, moot_reason, err))
        return;
    make_calls(job, msg->payload, NULL, 0);
    get_ready(job);
}

static void on_card_found(void *ctx, const struct db_result *result)
{
    struct job *job = ctx;
    if (db_rows(result) > 0)
        job->card_message_id = db_i64(result, 0, 0);
}

static void on_card_looked_up(void *ctx, const struct err *err)
{
    struct job *job = ctx;
    if (err != NULL)
        job_again(job, SECOND_MS);
    else if (job->card_message_id == 0)
        job_settle(job, "moot", NULL);
    else
        card_prepare(job->courier->opts.db, job->item.chat_id, job->item.order_id, on_card_ready,
                     job);
}

static void prepare_card(struct job *job)
{
    struct courier *c = job->courier;
    outbox_card_begins(c->opts.outbox, job->item.chat_id, job->item.order_id);
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, job->item.chat_id);
    db_arg_i64(&args, job->item.order_id);
    db_call(c->opts.db, Q_find_card, &args, on_card_found, job);
    db_end(c->opts.db, on_card_looked_up, job);
}

static void prepare_small(struct job *job, enum telegram_method method, char *params /* takes */)
{
    job->calls.items[job->calls.count++] =
        (struct call){xstrdup(telegram_method_name(method)), params};
    get_ready(job);
}

static void prepare(struct job *job)
{
    const struct send_item *item = &job->item;
    job->stage = PREPARING;
    switch ((enum errand)item->errand) {
    case ERRAND_NOTICE:
        notice_prepare(job->courier->opts.db, item->id, on_notice_ready, job);
        break;
    case ERRAND_REPLY: /* its payload comes with the claim */
        get_ready(job);
        break;
    case ERRAND_CARD:
        prepare_card(job);
        break;
    case ERRAND_SHRINK:
        prepare_small(job, TG_edit_message_reply_markup,
                      calls_shrink_params(item->chat_id, item->id));
        break;
    case ERRAND_MARK:
        prepare_small(job, TG_set_message_reaction, calls_mark_params(item->chat_id, item->id));
        break;
    }
}

/* ---- the answer ---- */

static void job_pause(struct job *job, int64_t pause_ms)
{
    job->stage = PAUSING;
    job->resume_at_ms = max_i64(chat_ready_at(job), clock_mono_ms() + pause_ms);
    job->courier->opts.on_change(job->courier->opts.ctx);
}

/* A delivery mark goes on the author's message once the other side has it. */
static void want_mark(struct job *job)
{
    if (job->mark_message_id == 0)
        return;
    send_queue_push(job->courier->opts.queue, &(struct send_item){.errand = ERRAND_MARK,
                                                                  .id = job->mark_message_id,
                                                                  .chat_id = job->mark_chat_id,
                                                                  .send_class = SEND_BROADCAST});
}

/* The message is through with its last call. */
static void arrived(struct job *job)
{
    want_mark(job);
    job_settle(job, "sent", job->item.wants_receipt ? "received" : NULL);
}

static const char *report_of(const struct job *job, const struct telegram_answer *answer,
                             const char *state)
{
    static const char *const unreachable[] = {"blocked", "deactivated", "never_started"};
    if (answer->outcome == TELEGRAM_UNREACHABLE)
        for (size_t i = 0; i < ARRAY_LEN(unreachable); i++)
            if (str_eq(answer->reason, unreachable[i]))
                return unreachable[i];
    return job->item.wants_receipt && str_eq(state, "failed") ? "failed" : NULL;
}

static void settle_call(struct job *job, const struct reaction_rule *rule,
                        const struct telegram_answer *answer)
{
    bool is_ok = str_eq(rule->state, "sent");
    if (!is_ok) {
        note_error(job,
                   answer->outcome == TELEGRAM_UNREACHABLE ? answer->reason : answer->description);
        if (answer->outcome == TELEGRAM_REFUSED)
            log_error("refused by telegram method=%s errand=%d id=%" PRId64
                      " status=%ld description=\"%s\"",
                      job->calls.items[job->at].method, job->item.errand, job->item.id,
                      answer->status, answer->description);
    }
    if (job->at == 0 && is_ok)
        job->message_id = answer->message_id;
    if (job->at == 0 && !is_ok)
        job_settle(job, rule->state, has_row(job) ? report_of(job, answer, rule->state) : NULL);
    else if (++job->at < job->calls.count)
        job_pause(job, 0);
    else
        arrived(job);
}

/* The whole message again if nothing of it has arrived, else the call that failed. */
static void again(struct job *job, int64_t pause_ms)
{
    if (job->at == 0)
        job_again(job, pause_ms);
    else
        job_pause(job, pause_ms);
}

static void count_trouble(struct courier *c, const struct reaction_rule *rule,
                          const struct telegram_answer *answer)
{
    if (!rule->is_trouble) {
        c->troubles_in_a_row = 0;
        return;
    }
    c->counters.troubles++;
    int64_t pause_ms = trouble_pause_ms(++c->troubles_in_a_row);
    if (pause_ms == 0)
        return;
    pacing_hold(c->opts.pacing, clock_mono_ms() + pause_ms);
    if (c->troubles_in_a_row == TROUBLE_TOLERATED)
        log_warn("telegram does not serve, waiting status=%ld description=\"%s\"", answer->status,
                 answer->description);
}

static void react(struct job *job, const struct reaction_rule *rule,
                  const struct telegram_answer *answer)
{
    struct courier *c = job->courier;
    switch (rule->reaction) {
    case REACT_SETTLE:
        settle_call(job, rule, answer);
        break;
    case REACT_RETRY:
        job->item.attempts = (uint8_t)(job->item.attempts + (c->troubles_in_a_row <= 1 &&
                                                             job->item.attempts < UINT8_MAX));
        again(job, SECOND_MS);
        break;
    case REACT_WAIT:
        c->counters.floods++;
        pacing_flood(c->opts.pacing, job->item.chat_id,
                     max_i64(1, answer->retry_after_s) * SECOND_MS, clock_mono_ms());
        again(job, 0);
        break;
    case REACT_PLAIN:
        job->item.is_plain = true;
        again(job, 0);
        break;
    case REACT_SPLIT:
        job->item.is_split = true;
        again(job, 0);
        break;
    case REACT_APART:
        job->item.is_apart = true;
        again(job, 0);
        break;
    case REACT_MOVE: {
        struct send_item moved = job->item;
        moved.chat_id = answer->migrate_to_chat_id;
        send_queue_push(c->opts.queue, &moved);
        job_end(job, clock_mono_ms());
        break;
    }
    case REACT_REPEAT:
        job_repeat(job);
        break;
    }
}

static void on_answered(void *ctx, const struct telegram_answer *answer)
{
    struct job *job = ctx;
    struct courier *c = job->courier;
    pacing_answered(c->opts.pacing, &job->slot, clock_mono_ms());
    job->has_slot = false;
    struct outcome_facts facts = {
        .is_repeatable = call_is_repeatable(job->calls.items[job->at].method),
        .is_first = job->at == 0,
        .carries_text = job->at == 0 && job->calls.carries_text,
        .is_plain = job->item.is_plain || job->at > 0, /* later calls are what they are */
        .is_split = job->item.is_split || job->at > 0,
        .worth_repeating = job->item.repeat_once && !job->item.is_repeated,
        .has_moved = answer->migrate_to_chat_id != 0 && job->at == 0,
        .attempts = job->item.attempts,
    };
    const struct reaction_rule *rule = reaction_find(answer->outcome, &facts);
    count_trouble(c, rule, answer);
    if (answer->outcome == TELEGRAM_UNREACHABLE)
        c->counters.unreachable++;
    react(job, rule, answer);
}

/* ---- leaving ---- */

static int method_of(const char *wire_name)
{
    for (int method = 0; method < TG_METHOD_COUNT; method++)
        if (str_eq(telegram_method_name((enum telegram_method)method), wire_name))
            return method;
    return -1;
}

static void leave(struct job *job)
{
    struct courier *c = job->courier;
    const struct call *call = &job->calls.items[job->at];
    int method = job->calls.count == 0 ? -1 : method_of(call->method);
    if (method < 0) {
        note_error(job, "no such method");
        job_settle(job, "failed", job->item.wants_receipt ? "failed" : NULL);
        return;
    }
    job->stage = UNDER_WAY;
    pacing_left(c->opts.pacing, &job->slot, clock_mono_ms());
    c->counters.calls++;
    telegram_call(c->opts.telegram, (enum telegram_method)method, call->params, on_answered, job);
}

/* ---- claiming ---- */

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
                make_calls(job, db_text(result, row, 1), NULL, 0);
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
                keep_never_left(c, &job->item);
            job_again(job, SECOND_MS);
        } else if (job->is_claimed ||
                   (job->item.errand == ERRAND_NOTICE && job->item.delivery_id != 0)) {
            job->is_claimed = true;
            leave(job);
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

/* ---- the pump ---- */

static bool is_due(const struct job *job, int64_t now_ms)
{
    return job->stage == READY && job->slot.leave_at_ms <= now_ms;
}

static bool needs_claim(const struct job *job)
{
    return has_row(job) && !job->is_claimed;
}

static void claim_due(struct courier *c, int64_t now_ms)
{
    struct claim *claim = xcalloc(1, sizeof *claim);
    claim->courier = c;
    claim->jobs = xcalloc(c->job_count + 1, sizeof(struct job *));
    size_t with_rows = 0;
    for (struct job *job = c->jobs; job != NULL; job = job->next) {
        if (!is_due(job, now_ms) || !needs_claim(job))
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

static void leave_due(struct courier *c, int64_t now_ms)
{
    for (struct job *job = c->jobs, *next; job != NULL; job = next) {
        next = job->next;
        if (is_due(job, now_ms) && !needs_claim(job))
            leave(job);
    }
}

static enum pacing_pace pace_of(enum send_class c)
{
    return c <= SEND_ALERT ? PACE_URGENT : PACE_STEADY;
}

static enum pacing_deed deed_of(const struct send_item *item)
{
    return item->errand == ERRAND_NOTICE || item->errand == ERRAND_REPLY ? PACING_SEND
                                                                         : PACING_EDIT;
}

static void take_slot(struct job *job, enum pacing_pace pace, int64_t now_ms)
{
    job->slot = pacing_take(job->courier->opts.pacing, job->item.chat_id, deed_of(&job->item), pace,
                            now_ms);
    job->has_slot = true;
}

/* The next piece or attachment of a message goes before any other message. */
static int64_t resume_paused(struct courier *c, int64_t now_ms)
{
    int64_t wake_ms = INT64_MAX;
    for (struct job *job = c->jobs; job != NULL; job = job->next) {
        if (job->stage != PAUSING)
            continue;
        int64_t when = max_i64(job->resume_at_ms, pacing_when(c->opts.pacing, PACE_URGENT, now_ms));
        if (when > now_ms) {
            wake_ms = min_i64(wake_ms, when);
            continue;
        }
        take_slot(job, PACE_URGENT, now_ms);
        job->stage = READY;
    }
    return wake_ms;
}

static int64_t take_next(struct courier *c, int64_t now_ms)
{
    enum send_class next_class;
    while (send_queue_peek(c->opts.queue, now_ms, &next_class)) {
        enum pacing_pace pace = pace_of(next_class);
        int64_t when = pacing_when(c->opts.pacing, pace, now_ms);
        if (when > now_ms + COURIER_LEAD_MS)
            return when == INT64_MAX ? INT64_MAX : when - COURIER_LEAD_MS;
        struct send_item item;
        bool taken = send_queue_next(c->opts.queue, now_ms, &item);
        assert(taken);
        struct job *job = job_new(c, &item);
        take_slot(job, pace, now_ms);
        prepare(job);
    }
    return send_queue_wake_at(c->opts.queue);
}

int64_t courier_pump(struct courier *c, int64_t now_ms, int64_t wall_ms)
{
    int64_t wake_ms = resume_paused(c, now_ms);
    if (c->is_open && !c->is_stopping) {
        int64_t early_ms = send_queue_admit(c->opts.queue, wall_ms);
        if (early_ms != INT64_MAX)
            wake_ms = min_i64(wake_ms, now_ms + early_ms - wall_ms);
        wake_ms = min_i64(wake_ms, take_next(c, now_ms));
    }
    if (c->is_open)
        claim_due(c, now_ms);
    leave_due(c, now_ms);
    for (const struct job *job = c->jobs; job != NULL; job = job->next)
        if (job->stage == READY)
            wake_ms = min_i64(wake_ms, max_i64(job->slot.leave_at_ms, now_ms + 1));
    return wake_ms;
}

/* ---- the whole ---- */

struct courier *courier_new(const struct courier_opts *opts)
{
    struct courier *c = xcalloc(1, sizeof *c);
    c->opts = *opts;
    return c;
}

void courier_free(struct courier **courier)
{
    if (*courier == NULL)
        return;
    while ((*courier)->jobs != NULL)
        job_free((*courier)->jobs);
    free((*courier)->never_left);
    free(*courier);
    *courier = NULL;
}

/* What has its slot and no claim goes back: nothing of it has left. */
static void give_up_unclaimed(struct courier *c)
{
    for (struct job *job = c->jobs, *next; job != NULL; job = next) {
        next = job->next;
        if (job->stage == READY && !job->is_claimed)
            job_again(job, 0);
    }
}

void courier_open(struct courier *c)
{
    c->is_open = true;
}

void courier_close(struct courier *c)
{
    c->is_open = false;
    give_up_unclaimed(c);
}

void courier_stop(struct courier *c)
{
    c->is_stopping = true;
    give_up_unclaimed(c);
}

size_t courier_busy(const struct courier *c)
{
    return c->job_count;
}

bool courier_is_under_way(const struct courier *c, int64_t delivery_id)
{
    for (const struct job *job = c->jobs; job != NULL; job = job->next)
        if (job->item.delivery_id == delivery_id && job->is_claimed)
            return true;
    return false;
}

bool courier_never_left(struct courier *c, const struct send_item *item)
{
    for (size_t i = 0; i < c->never_left_count; i++) {
        if (c->never_left[i].errand == item->errand && c->never_left[i].id == item->id) {
            c->never_left[i] = c->never_left[--c->never_left_count];
            return true;
        }
    }
    return false;
}

const struct courier_counters *courier_counters(const struct courier *c)
{
    return &c->counters;
}

void courier_count_uncertain(struct courier *c, bool is_repeated)
{
    if (is_repeated)
        c->counters.repeated++;
    else
        c->counters.uncertain++;
}
