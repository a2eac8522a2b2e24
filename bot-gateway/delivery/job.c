/* job.c - one message on its way: its life, and what it says */
#include "bot-gateway/delivery/job.h"

#include <inttypes.h>

#include "bot-gateway/texts/alert_list.h"
#include "bot-gateway/texts/alert_list_text.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "sql/bot_gateway_queries.h"

size_t job_item_count(const struct job *job)
{
    return 1 + job->more_count;
}

struct send_item *job_item(struct job *job, size_t at)
{
    return at == 0 ? &job->item : &job->more[at - 1];
}

bool job_has_row(const struct job *job)
{
    return job->item.errand == ERRAND_NOTICE || job->item.errand == ERRAND_REPLY;
}

bool job_needs_claim(const struct job *job)
{
    return job_has_row(job) && !job->is_claimed;
}

bool job_is_due(const struct job *job, int64_t now_ms)
{
    return job->stage == READY && job->slot.leave_at_ms <= now_ms;
}

/* ---- jobs ---- */

struct job *job_new(struct courier *c, const struct send_item *item)
{
    struct job *job = xcalloc(1, sizeof *job);
    job->courier = c;
    job->item = *item;
    job->next = c->jobs;
    c->jobs = job;
    c->job_count++;
    return job;
}

void job_free(struct job *job)
{
    struct courier *c = job->courier;
    struct job **at = &c->jobs;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
    c->job_count--;
    calls_fini(&job->calls);
    free(job->more);
    free(job);
}

/* The chat may be written to again, the message is done with. */
void job_end(struct job *job, int64_t chat_ready_at_ms)
{
    struct courier *c = job->courier;
    if (job->has_slot)
        pacing_return(c->opts.pacing, &job->slot);
    send_queue_release(c->opts.queue, job->item.chat_id, chat_ready_at_ms);
    job_free(job);
    c->opts.on_change(c->opts.ctx);
}

int64_t job_chat_ready_at(const struct job *job)
{
    return pacing_chat_when(job->courier->opts.pacing, job->item.chat_id, clock_mono_ms());
}

/* What was begun and certainly did not arrive, remembered for when the database is there again. */
void courier_keep_never_left(struct courier *c, const struct send_item *item)
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
void job_again(struct job *job, int64_t pause_ms)
{
    struct courier *c = job->courier;
    for (size_t i = job_item_count(job); i-- > 0;) {
        const struct send_item *item = job_item(job, i);
        if (job->is_claimed && c->is_open)
            release_row(c, item->delivery_id);
        else if (job->is_claimed)
            courier_keep_never_left(c, item);
        if (c->is_open)
            send_queue_put_back(c->opts.queue, item);
    }
    job_end(job, max_i64(job_chat_ready_at(job), clock_mono_ms() + pause_ms));
}

/* It may have arrived, and goes out once more: the row says 'sending' until it is claimed again. */
void job_repeat(struct job *job)
{
    struct courier *c = job->courier;
    c->counters.repeated++;
    for (size_t i = job_item_count(job); i-- > 0;) {
        job_item(job, i)->is_repeated = true;
        if (c->is_open)
            send_queue_put_back(c->opts.queue, job_item(job, i));
    }
    job_end(job, max_i64(job_chat_ready_at(job), clock_mono_ms() + SECOND_MS));
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

static void record_item(struct job *job, const struct send_item *item, const char *state,
                        const char *report, const char *error)
{
    struct courier *c = job->courier;
    struct record record = {
        .item = *item,
        .state = state,
        .report = report,
        .message_id = job->message_id,
        .card_kind = job->card_kind,
        .is_thread = job->is_thread,
        .inquiry_id = job->inquiry_id,
        .is_caption = job->calls.carries_text,
        .source_chat_id = job->mark_chat_id,
        .source_message_id = job->mark_message_id,
    };
    snprintf(record.error, sizeof record.error, "%s", error);
    records_add(c->opts.records, &record);
    count_state(c, state);
}

/* state and report are constants. */
void job_settle(struct job *job, const char *state, const char *report)
{
    struct courier *c = job->courier;
    if (job_has_row(job)) {
        for (size_t i = 0; i < job_item_count(job); i++)
            record_item(job, job_item(job, i), state, report, job->error);
    } else if (job->item.errand == ERRAND_CARD && job->card_message_id != 0) {
        records_add_card(c->opts.records, job->item.chat_id, job->item.order_id,
                         job->card_message_id, str_eq(state, "moot"));
        c->counters.edits += str_eq(state, "sent");
    }
    job_end(job, job_chat_ready_at(job));
}

void job_note_error(struct job *job, const char *text)
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

void job_make_calls(struct job *job, const char *payload, const char *const *copies,
                    size_t copies_count)
{
    struct err err;
    struct calls_address address = {.chat_id = job->item.chat_id,
                                    .edit_message_id = job->card_message_id,
                                    .topic_id = job->topic_id};
    if (calls_make(payload, address, copies, copies_count, shape_of(&job->item), &job->calls,
                   &err) < 0) {
        log_error("message cannot be sent errand=%d id=%" PRId64 " err=\"%s\"", job->item.errand,
                  job->item.id, err.text);
        job_note_error(job, err.text);
    }
}

/* It need not be told any more. What left once and lost its answer may have been told all the same.
 */
static const char *untold_state(const struct send_item *item)
{
    return item->is_repeated ? "uncertain" : "moot";
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
        job_note_error(job, err->text);
        job_settle(job, "failed", job->item.wants_receipt ? "failed" : NULL);
    } else if (msg == NULL) {
        job_note_error(job, moot_reason == NULL ? "" : moot_reason);
        job_settle(job, untold_state(&job->item), NULL);
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

static void prepare_small(struct job *job, enum telegram_method method, char *params /* takes */)
{
    job->calls.items[job->calls.count++] =
        (struct call){xstrdup(telegram_method_name(method)), params};
    get_ready(job);
}

static void on_notice_ready(void *ctx, const struct notice_message *msg, const char *moot_reason,
                            const struct err *err)
{
    struct job *job = ctx;
    if (!is_sendable(job, msg, moot_reason, err))
        return;
    bool goes_to_topic = msg->topic_name != NULL && !job->item.is_topicless;
    if (goes_to_topic && msg->topic_id == 0) {
        job->makes_topic = true;
        prepare_small(job, TG_create_forum_topic,
                      calls_topic_params(job->item.chat_id, msg->topic_name));
        return;
    }
    job->topic_id = goes_to_topic ? msg->topic_id : 0;
    int kind = notice_kind_parse(msg->kind);
    if (msg->is_card && msg->order_id != 0 && kind >= 0)
        job->card_kind = notice_kind_name((enum notice_kind)kind);
    if (msg->is_card || msg->is_rewritten)
        job->item.is_apart = true; /* it will be redrawn by editMessageText: a caption cannot be */
    job->inquiry_id = msg->inquiry_id;
    job->rewrites = msg->rewrites;
    job->is_thread = msg->is_thread && (msg->order_id != 0 || msg->inquiry_id != 0);
    job->mark_chat_id = msg->mark_chat_id;
    job->mark_message_id = msg->mark_message_id;
    job_make_calls(job, msg->payload, msg->copies, msg->copies_count);
    get_ready(job);
}

static void on_card_ready(void *ctx, const struct notice_message *msg, const char *moot_reason,
                          const struct err *err)
{
    struct job *job = ctx;
    if (!is_sendable(job, msg, moot_reason, err))
        return;
    job_make_calls(job, msg->payload, NULL, 0);
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
        card_prepare(job->courier->opts.db, job->item.chat_id, job->item.order_id,
                     job->card_message_id, on_card_ready, job);
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

static void take_buttons_away(struct job *job)
{
    prepare_small(job, TG_edit_message_reply_markup,
                  calls_shrink_params(job->item.chat_id, job->item.id));
}

static void on_former_card_ready(void *ctx, const struct notice_message *msg,
                                 const char *moot_reason, const struct err *err)
{
    struct job *job = ctx;
    if (!is_sendable(job, msg, moot_reason, err))
        return;
    if (msg->payload == NULL) {
        take_buttons_away(job);
        return;
    }
    job->card_message_id = job->item.id;
    job_make_calls(job, msg->payload, NULL, 0);
    get_ready(job);
}

/* Takes out what is moot; false if nothing is left. */
static bool keep_live(struct job *job, const char *const *moot)
{
    size_t kept = 0;
    for (size_t i = 0; i < job_item_count(job); i++) {
        if (moot[i] != NULL)
            record_item(job, job_item(job, i), untold_state(job_item(job, i)), NULL, moot[i]);
        else
            *job_item(job, kept++) = *job_item(job, i);
    }
    job->more_count = kept > 0 ? kept - 1 : 0;
    return kept > 0;
}

static void on_list_ready(void *ctx, const struct notice_message *msg, const char *const *moot,
                          const struct err *err)
{
    struct job *job = ctx;
    if (err != NULL) { /* by themselves those that can be rendered are */
        is_sendable(job, NULL, NULL, err);
    } else if (!keep_live(job, moot)) {
        job_end(job, clock_mono_ms());
    } else if (msg == NULL) {
        job_prepare(job);
    } else if (is_sendable(job, msg, NULL, NULL)) {
        job_make_calls(job, msg->payload, NULL, 0);
        get_ready(job);
    }
}

static void prepare_list(struct job *job)
{
    int64_t ids[ALERT_LIST_MAX];
    for (size_t i = 0; i < job_item_count(job); i++)
        ids[i] = job_item(job, i)->id;
    alert_list_prepare(job->courier->opts.db, ids, job_item_count(job), on_list_ready, job);
}

void job_prepare(struct job *job)
{
    const struct send_item *item = &job->item;
    job->stage = PREPARING;
    if (job->more_count > 0) {
        prepare_list(job);
        return;
    }
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
        if (item->order_id == 0) /* an alert's, perhaps a list of several orders */
            take_buttons_away(job);
        else
            former_card_prepare(job->courier->opts.db, item->chat_id, item->order_id, item->id,
                                on_former_card_ready, job);
        break;
    case ERRAND_REMOVE:
        prepare_small(job, TG_delete_message, calls_remove_params(item->chat_id, item->id));
        break;
    case ERRAND_MARK:
        prepare_small(job, TG_set_message_reaction, calls_mark_params(item->chat_id, item->id));
        break;
    }
}
