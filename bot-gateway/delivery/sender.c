/* sender.c - the one sender of a bot: queue, pacer, outbox, records and courier put together */
#include "bot-gateway/delivery/sender.h"

#include <inttypes.h>

#include "bot-gateway/delivery/courier.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"

#define PRESS_TEXT_UNITS 200 /* of the answer to a press */

struct sender {
    struct sender_opts opts;
    sd_event_source *timer; /* the next time something may leave */
    struct send_queue *queue;
    struct pacing *pacing;
    struct records *records;
    struct outbox *outbox;
    struct courier *courier;
    uint64_t presses, press_failures;
    bool is_open;
    void (*drained)(void *ctx);
    void *drained_ctx;
};

/* ---- when to look again ---- */

static void wake_at(struct sender *s, int64_t at_ms)
{
    sd_event_source_set_time(s->timer, (uint64_t)max_i64(at_ms, 0) * 1000);
    sd_event_source_set_enabled(s->timer, at_ms == INT64_MAX ? SD_EVENT_OFF : SD_EVENT_ONESHOT);
}

static void on_change(void *ctx)
{
    struct sender *s = ctx;
    wake_at(s, 0);
}

/* Without a database what is owed to it stays owed: the rows say 'sending', the next sender sees to
 * them. */
static void tell_if_drained(struct sender *s)
{
    if (s->drained == NULL || courier_busy(s->courier) > 0 ||
        (s->is_open && records_owed(s->records) > 0))
        return;
    void (*drained)(void *) = s->drained;
    s->drained = NULL;
    drained(s->drained_ctx);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    (void)source, (void)usec;
    struct sender *s = ctx;
    wake_at(s, INT64_MAX);
    int64_t at_ms = courier_pump(s->courier, clock_mono_ms(), clock_now_ms());
    int enabled = SD_EVENT_OFF;
    sd_event_source_get_enabled(s->timer, &enabled);
    if (enabled == SD_EVENT_OFF) /* else something has changed meanwhile and wants another round */
        wake_at(s, at_ms);
    tell_if_drained(s);
    return 0;
}

/* ---- what the parts tell one another ---- */

static void on_settled(void *ctx, const struct record *record)
{
    struct sender *s = ctx;
    if (record->item.errand == ERRAND_NOTICE)
        outbox_notice_settled(s->outbox, record->item.id);
    if (record->item.delivery_id != 0)
        outbox_delivery_settled(s->outbox, record->item.delivery_id);
    on_change(s);
}

/* Tidying up: when nothing else is to be said. */
static void tidy(struct sender *s, enum errand errand, int64_t chat_id, int64_t order_id,
                 int64_t message_id)
{
    send_queue_push(s->queue, &(struct send_item){.errand = (uint8_t)errand,
                                                  .id = message_id,
                                                  .chat_id = chat_id,
                                                  .order_id = order_id,
                                                  .send_class = SEND_BROADCAST});
    on_change(s);
}

static void on_former_card(void *ctx, int64_t chat_id, int64_t order_id, int64_t message_id)
{
    tidy(ctx, ERRAND_SHRINK, chat_id, order_id, message_id);
}

static void on_stale_card(void *ctx, int64_t chat_id, int64_t order_id)
{
    struct sender *s = ctx;
    outbox_card_is_stale(s->outbox, chat_id, order_id);
    on_change(s);
}

static void on_former_alert(void *ctx, int64_t chat_id, int64_t message_id)
{
    tidy(ctx, ERRAND_REMOVE, chat_id, 0, message_id);
}

static void on_chat_moved(void *ctx, int64_t from, int64_t to)
{
    struct sender *s = ctx;
    records_chat_moved(s->records, from, to);
}

void sender_group_moved(struct sender *s, int64_t from, int64_t to)
{
    on_chat_moved(s, from, to);
}

static bool is_under_way(void *ctx, int64_t delivery_id)
{
    struct sender *s = ctx;
    return courier_is_under_way(s->courier, delivery_id);
}

static bool never_left(void *ctx, const struct send_item *item)
{
    struct sender *s = ctx;
    return courier_never_left(s->courier, item);
}

static void on_uncertain(void *ctx, bool is_repeated)
{
    struct sender *s = ctx;
    courier_count_uncertain(s->courier, is_repeated);
}

/* ---- the whole ---- */

struct sender *sender_new(sd_event *loop, const struct sender_opts *opts)
{
    struct sender *s = xcalloc(1, sizeof *s);
    s->opts = *opts;
    int failed = sd_event_add_time(loop, &s->timer, CLOCK_MONOTONIC, 0, 1, on_timer, s);
    assert(failed >= 0);
    wake_at(s, INT64_MAX);
    s->queue = send_queue_new();
    s->pacing = pacing_new(&(struct pacing_limits){.per_second = opts->per_second,
                                                   .chat_per_second = opts->chat_per_second,
                                                   .chat_burst = opts->chat_burst,
                                                   .group_per_minute = opts->group_per_minute});
    s->records = records_new(loop, &(struct records_opts){.db = opts->db,
                                                          .bus = opts->bus,
                                                          .bot_id = opts->bot_id,
                                                          .on_settled = on_settled,
                                                          .on_former_card = on_former_card,
                                                          .on_stale_card = on_stale_card,
                                                          .on_former_alert = on_former_alert,
                                                          .ctx = s});
    s->outbox = outbox_new(loop, &(struct outbox_opts){.db = opts->db,
                                                       .queue = s->queue,
                                                       .records = s->records,
                                                       .bot_id = opts->bot_id,
                                                       .on_arrived = on_change,
                                                       .is_under_way = is_under_way,
                                                       .never_left = never_left,
                                                       .on_uncertain = on_uncertain,
                                                       .ctx = s});
    s->courier = courier_new(&(struct courier_opts){.db = opts->db,
                                                    .telegram = opts->telegram,
                                                    .queue = s->queue,
                                                    .pacing = s->pacing,
                                                    .records = s->records,
                                                    .outbox = s->outbox,
                                                    .bot_id = opts->bot_id,
                                                    .on_change = on_change,
                                                    .on_chat_moved = on_chat_moved,
                                                    .ctx = s});
    return s;
}

void sender_free(struct sender **sender)
{
    struct sender *s = *sender;
    if (s == NULL)
        return;
    courier_free(&s->courier);
    outbox_free(&s->outbox);
    records_free(&s->records);
    pacing_free(&s->pacing);
    send_queue_free(&s->queue);
    sd_event_source_unref(s->timer);
    free(s);
    *sender = NULL;
}

void sender_database_ready(struct sender *s)
{
    if (s->is_open)
        return;
    s->is_open = true;
    courier_open(s->courier);
    records_open(s->records); /* first, so that what is known is not taken for uncertain */
    outbox_open(s->outbox);
}

void sender_database_lost(struct sender *s)
{
    s->is_open = false;
    outbox_close(s->outbox);
    records_close(s->records);
    courier_close(s->courier);
    send_queue_clear(s->queue);
    on_change(s);
}

void sender_wake(struct sender *s)
{
    outbox_look(s->outbox);
    on_change(s); /* the test clock may have moved */
}

void sender_reply_committed(struct sender *s, const struct sender_reply *reply)
{
    outbox_reply_waits(s->outbox, &(struct send_item){.errand = ERRAND_REPLY,
                                                      .id = reply->delivery_id,
                                                      .delivery_id = reply->delivery_id,
                                                      .chat_id = reply->chat_id,
                                                      .order_id = reply->order_id,
                                                      .send_class = (uint8_t)reply->send_class});
}

bool sender_is_active(const struct sender *s)
{
    return s->is_open;
}

void sender_stop(struct sender *s, void (*drained)(void *ctx), void *ctx)
{
    s->drained = drained;
    s->drained_ctx = ctx;
    courier_stop(s->courier);
    on_change(s);
}

/* ---- presses ---- */

static void on_press_answered(void *ctx, const struct telegram_answer *answer)
{
    struct sender *s = ctx;
    if (answer->outcome != TELEGRAM_OK && answer->outcome != TELEGRAM_GONE) {
        s->press_failures++;
        log_debug("press not answered status=%ld description=\"%s\"", answer->status,
                  answer->description);
    }
}

void sender_answer_press(struct sender *s, const char *callback_id, const char *text, bool alert)
{
    scoped(buf_fini) struct buf params = {0};
    buf_add_text(&params, "{\"callback_query_id\":");
    buf_add_json(&params, callback_id);
    if (text != NULL && text[0] != '\0') {
        scoped(str_free) char *cut = xmemdup_text(text, text_cut_utf16(text, PRESS_TEXT_UNITS));
        buf_add_text(&params, ",\"text\":");
        buf_add_json(&params, cut);
        buf_add_text(&params, alert ? ",\"show_alert\":true" : "");
    }
    buf_add_char(&params, '}');
    s->presses++;
    telegram_call(s->opts.telegram, TG_answer_callback_query, buf_text(&params), on_press_answered,
                  s);
}

/* ---- counters ---- */

void sender_stats(const struct sender *s, struct buf *into)
{
    const struct courier_counters *counters = courier_counters(s->courier);
#define COUNTER_(name, meaning) buf_printf(into, "\"" #name "\":%" PRIu64 ",", counters->name);
    COURIER_COUNTERS(COUNTER_)
#undef COUNTER_
    buf_printf(into, "\"presses\":%" PRIu64 ",\"press_failures\":%" PRIu64, s->presses,
               s->press_failures);
    for (enum send_class c = 0; c < SEND_CLASS_COUNT; c++)
        buf_printf(into, ",\"waiting_%s\":%zu", send_class_name(c),
                   send_queue_count_of(s->queue, c));
    buf_printf(into, ",\"under_way\":%zu,\"unrecorded\":%zu", courier_busy(s->courier),
               records_owed(s->records));
}
