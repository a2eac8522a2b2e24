/* job_answer.c - one message on its way: to Telegram, and what follows from the answer */
#include "bot-gateway/delivery/job.h"

#include <inttypes.h>

#include "bot-gateway/delivery/outcomes.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

/* ---- the answer ---- */

static void job_pause(struct job *job, int64_t pause_ms)
{
    job->stage = PAUSING;
    job->resume_at_ms = max_i64(job_chat_ready_at(job), clock_mono_ms() + pause_ms);
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
    if (answer->outcome == TELEGRAM_UNREACHABLE && job->item.chat_id < 0)
        return "kicked";
    if (answer->outcome == TELEGRAM_UNREACHABLE)
        for (size_t i = 0; i < ARRAY_LEN(unreachable); i++)
            if (str_eq(answer->reason, unreachable[i]))
                return unreachable[i];
    return job->item.wants_receipt && str_eq(state, "failed") ? "failed" : NULL;
}

/* Whichever of its messages is replied to, an album's pictures among them: it leads to the same. */
static void link_parts(struct job *job, const struct telegram_answer *answer)
{
    for (size_t i = 0; i < telegram_result_messages(answer); i++) {
        int64_t message_id = telegram_result_message(answer, i);
        if (message_id != job->message_id)
            records_add_link(job->courier->opts.records,
                             &(struct thread_link){.chat_id = job->item.chat_id,
                                                   .message_id = message_id,
                                                   .order_id = job->item.order_id,
                                                   .inquiry_id = job->inquiry_id});
    }
}

static void settle_call(struct job *job, const struct reaction_rule *rule,
                        const struct telegram_answer *answer)
{
    bool is_ok = str_eq(rule->state, "sent");
    if (!is_ok) {
        job_note_error(job, answer->outcome == TELEGRAM_UNREACHABLE ? answer->reason
                                                                    : answer->description);
        if (answer->outcome == TELEGRAM_REFUSED)
            log_error("refused by telegram method=%s errand=%d id=%" PRId64
                      " status=%ld description=\"%s\"",
                      job->calls.items[job->at].method, job->item.errand, job->item.id,
                      answer->status, answer->description);
    }
    if (job->at == 0 && is_ok) /* what said so already was not modified, and is not told again */
        job->message_id = answer->message_id != 0 ? answer->message_id : job->rewrites;
    if (is_ok && job->is_thread)
        link_parts(job, answer);
    if (job->at == 0 && !is_ok)
        job_settle(job, rule->state, job_has_row(job) ? report_of(job, answer, rule->state) : NULL);
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

/* ---- the topic of an order ---- */

static void on_topic_noted(void *ctx, const struct err *err)
{
    (void)ctx;
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("topic not noted err=\"%s\"", err->text);
}

/* Before the message is prepared again, for it reads which topic there is. */
static void note_topic(struct job *job, int query, int64_t topic_id)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, job->item.chat_id);
    db_arg_i64(&args, job->item.order_id);
    db_arg_i64(&args, topic_id);
    db_call(job->courier->opts.db, query, &args, NULL, NULL);
    db_end(job->courier->opts.db, on_topic_noted, NULL);
}

static void enter_topic(struct job *job, const struct telegram_answer *answer)
{
    int64_t topic_id = telegram_result_id(answer, "message_thread_id");
    job->item.has_new_topic = true;
    job->item.is_topicless = topic_id == 0;
    note_topic(job, Q_save_topic, topic_id);
    job_again(job, 0);
}

static void leave_topic(struct job *job)
{
    note_topic(job, Q_forget_topic, job->topic_id);
    job_again(job, 0);
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
        for (size_t i = 0; i < job_item_count(job); i++) {
            struct send_item moved = *job_item(job, i);
            moved.chat_id = answer->migrate_to_chat_id;
            send_queue_push(c->opts.queue, &moved);
        }
        c->opts.on_chat_moved(c->opts.ctx, job->item.chat_id, answer->migrate_to_chat_id);
        job_end(job, clock_mono_ms());
        break;
    }
    case REACT_IN_TOPIC:
        enter_topic(job, answer);
        break;
    case REACT_NEW_TOPIC:
        leave_topic(job);
        break;
    case REACT_TOPICLESS:
        job->item.is_topicless = true;
        leave_topic(job);
        break;
    case REACT_REPEAT:
        job_repeat(job);
        break;
    case REACT_SHRINK: {
        struct send_item shrunk = job->item;
        shrunk.errand = ERRAND_SHRINK;
        send_queue_push(c->opts.queue, &shrunk);
        job_end(job, clock_mono_ms());
        break;
    }
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
        .is_removal = job->item.errand == ERRAND_REMOVE,
        .is_first = job->at == 0,
        .carries_text = job->at == 0 && job->calls.carries_text,
        .is_plain = job->item.is_plain || job->at > 0, /* later calls are what they are */
        .is_split = job->item.is_split || job->at > 0,
        .worth_repeating = job->item.repeat_once && !job->item.is_repeated,
        .makes_topic = job->makes_topic,
        .has_new_topic = job->item.has_new_topic,
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

void job_leave(struct job *job)
{
    struct courier *c = job->courier;
    const struct call *call = &job->calls.items[job->at];
    int method = job->calls.count == 0 ? -1 : method_of(call->method);
    if (method < 0) {
        job_note_error(job, "no such method");
        job_settle(job, "failed", job->item.wants_receipt ? "failed" : NULL);
        return;
    }
    job->stage = UNDER_WAY;
    pacing_left(c->opts.pacing, &job->slot, clock_mono_ms());
    c->counters.calls++;
    telegram_call(c->opts.telegram, (enum telegram_method)method, call->params, on_answered, job);
}
