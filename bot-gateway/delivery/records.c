/* records.c - what became of deliveries */
#include "bot-gateway/delivery/records.h"

#include <inttypes.h>

#include "bot-gateway/delivery/receipts.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

struct drawn { /* a card */
    int64_t chat_id, order_id, message_id;
    bool is_gone;
};

struct batch {
    struct record *records;
    size_t count, room;
    struct drawn *cards;
    size_t card_count, card_room;
    struct thread_link *links;
    size_t link_count, link_room;
};

struct records {
    struct records_opts opts;
    sd_event_source *retry;
    struct batch waiting, flying;
    bool is_open, is_flying;
    struct receipts *receipts;
};

#define GROW(array, count, room)                                   \
    do {                                                           \
        if ((count) == (room)) {                                   \
            (room) = (room) == 0 ? 64 : 2 * (room);                \
            (array) = xrealloc((array), (room), sizeof(array)[0]); \
        }                                                          \
    } while (0)

static void flush(struct records *r);

/* ---- a group under another number ---- */

static void on_move_told(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    (void)ctx, (void)answer;
    if (err != NULL) /* the next message there meets the same answer of Telegram's */
        log_info("group's new number not told reason=\"%s\"", err->text);
}

static void on_chat_followed(void *ctx, const struct err *err)
{
    (void)ctx;
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("group's rows not moved err=\"%s\"", err->text);
}

void records_chat_moved(struct records *r, int64_t from, int64_t to)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, from);
    db_arg_i64(&args, to);
    db_call(r->opts.db, Q_move_chat, &args, NULL, NULL);
    db_end(r->opts.db, on_chat_followed, NULL);
    scoped(str_free) char *id = xasprintf("dlv:moved:%" PRId64 ":%" PRId64, from, to);
    scoped(str_free) char *actor = xasprintf("tg:%" PRId64, from);
    bus_client_ask(r->opts.bus,
                   &(struct msg){
                       .type = MSG_managers_group_moved,
                       .id = id,
                       .actor = actor,
                       .at = clock_now_ms(),
                       .body.managers_group_moved = {.chat_id = from,
                                                     .has_chat_id = true,
                                                     .to_chat_id = to,
                                                     .has_to_chat_id = true}
    },
                   on_move_told, NULL);
}

/* ---- arrays of what is written ---- */

typedef void (*put_fn)(struct db_args *, const struct record *);
typedef bool (*pick_fn)(const struct record *);

static bool is_begun(const struct record *record)
{
    return record->item.delivery_id != 0;
}

static bool is_unbegun(const struct record *record)
{
    return record->item.delivery_id == 0;
}

static bool is_new_card(const struct record *record)
{
    return record->card_kind != NULL && record->message_id != 0;
}

/* Whether it went out alone or in a list with others. */
static bool is_new_alert(const struct record *record)
{
    return record->item.send_class == SEND_ALERT && record->item.errand == ERRAND_NOTICE &&
           record->message_id != 0;
}

static bool is_thread_message(const struct record *record)
{
    return record->is_thread && record->message_id != 0;
}

#define PUT_I64(name, field)                                            \
    static void name(struct db_args *args, const struct record *record) \
    {                                                                   \
        db_item_i64(args, record->field);                               \
    }
#define PUT_TEXT(name, text)                                            \
    static void name(struct db_args *args, const struct record *record) \
    {                                                                   \
        db_item_text(args, text);                                       \
    }
/* clang-format off */
PUT_I64(put_delivery,  item.delivery_id)
PUT_I64(put_id,        item.id)
PUT_I64(put_chat,      item.chat_id)
PUT_I64(put_order,     item.order_id)
PUT_I64(put_inquiry,   inquiry_id)
PUT_I64(put_class,     item.send_class)
PUT_I64(put_message,   message_id)
PUT_I64(put_source_chat, source_chat_id)
PUT_I64(put_source,    source_message_id)
PUT_TEXT(put_state,    record->state)
PUT_TEXT(put_error,    record->error[0] == '\0' ? NULL : record->error)
PUT_TEXT(put_report,   record->report)
PUT_TEXT(put_card,     record->card_kind)
/* clang-format on */

static void put_caption(struct db_args *args, const struct record *record)
{
    db_item_bool(args, record->is_caption);
}

static void put_array(struct db_args *args, const struct batch *batch, enum db_type type,
                      pick_fn pick, put_fn put)
{
    db_array_open(args, type);
    for (size_t i = 0; i < batch->count; i++)
        if (pick(&batch->records[i]))
            put(args, &batch->records[i]);
    db_array_close(args);
}

static bool has_any(const struct batch *batch, pick_fn pick)
{
    for (size_t i = 0; i < batch->count; i++)
        if (pick(&batch->records[i]))
            return true;
    return false;
}

static void settle_deliveries(struct records *r)
{
    if (!has_any(&r->flying, is_begun))
        return;
    scoped(db_args_fini) struct db_args args = {0};
    put_array(&args, &r->flying, DB_I64_ARRAY, is_begun, put_delivery);
    put_array(&args, &r->flying, DB_TEXT_ARRAY, is_begun, put_state);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_begun, put_message);
    put_array(&args, &r->flying, DB_TEXT_ARRAY, is_begun, put_error);
    put_array(&args, &r->flying, DB_TEXT_ARRAY, is_begun, put_report);
    db_call(r->opts.db, Q_settle_deliveries, &args, NULL, NULL);
}

/* The rows that were made tell their delivery ids: reports need them. */
static void on_settled_unsent(void *ctx, const struct db_result *result)
{
    struct records *r = ctx;
    for (int row = 0; row < db_rows(result); row++)
        for (size_t i = 0; i < r->flying.count; i++)
            if (is_unbegun(&r->flying.records[i]) &&
                r->flying.records[i].item.id == db_i64(result, row, 0))
                r->flying.records[i].item.delivery_id = db_i64(result, row, 1);
}

static void settle_unsent(struct records *r)
{
    if (!has_any(&r->flying, is_unbegun))
        return;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, r->opts.bot_id);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_unbegun, put_id);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_unbegun, put_chat);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_unbegun, put_order);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_unbegun, put_class);
    put_array(&args, &r->flying, DB_TEXT_ARRAY, is_unbegun, put_state);
    put_array(&args, &r->flying, DB_TEXT_ARRAY, is_unbegun, put_error);
    put_array(&args, &r->flying, DB_TEXT_ARRAY, is_unbegun, put_report);
    db_call(r->opts.db, Q_settle_unsent, &args, on_settled_unsent, r);
}

static void on_former_cards(void *ctx, const struct db_result *result)
{
    struct records *r = ctx;
    for (int row = 0; row < db_rows(result); row++) {
        int64_t chat_id = db_i64(result, row, 0), order_id = db_i64(result, row, 1);
        if (db_is_null(result, row, 2))
            r->opts.on_stale_card(r->opts.ctx, chat_id, order_id);
        else
            r->opts.on_former_card(r->opts.ctx, chat_id, order_id, db_i64(result, row, 2));
    }
}

static void replace_cards(struct records *r)
{
    if (!has_any(&r->flying, is_new_card))
        return;
    scoped(db_args_fini) struct db_args args = {0};
    put_array(&args, &r->flying, DB_I64_ARRAY, is_new_card, put_chat);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_new_card, put_order);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_new_card, put_message);
    put_array(&args, &r->flying, DB_TEXT_ARRAY, is_new_card, put_card);
    db_call(r->opts.db, Q_replace_cards, &args, on_former_cards, r);
}

static void on_former_alerts(void *ctx, const struct db_result *result)
{
    struct records *r = ctx;
    for (int row = 0; row < db_rows(result); row++)
        r->opts.on_former_alert(r->opts.ctx, db_i64(result, row, 0), db_i64(result, row, 1));
}

static void replace_alerts(struct records *r)
{
    if (!has_any(&r->flying, is_new_alert))
        return;
    scoped(db_args_fini) struct db_args args = {0};
    put_array(&args, &r->flying, DB_I64_ARRAY, is_new_alert, put_chat);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_new_alert, put_id);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_new_alert, put_message);
    db_call(r->opts.db, Q_find_former_alerts, &args, on_former_alerts, r);
}

static void link_records(struct records *r)
{
    scoped(db_args_fini) struct db_args args = {0};
    put_array(&args, &r->flying, DB_I64_ARRAY, is_thread_message, put_chat);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_thread_message, put_message);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_thread_message, put_order);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_thread_message, put_inquiry);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_thread_message, put_source_chat);
    put_array(&args, &r->flying, DB_I64_ARRAY, is_thread_message, put_source);
    put_array(&args, &r->flying, DB_BOOL_ARRAY, is_thread_message, put_caption);
    db_call(r->opts.db, Q_insert_thread_links, &args, NULL, NULL);
}

/* They pass on a part of a message: an edit of it has the record's message to change. */
static void link_others(struct records *r)
{
    const struct batch *b = &r->flying;
    scoped(db_args_fini) struct db_args args = {0};
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < b->link_count; i++)
        db_item_i64(&args, b->links[i].chat_id);
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < b->link_count; i++)
        db_item_i64(&args, b->links[i].message_id);
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < b->link_count; i++)
        db_item_i64(&args, b->links[i].order_id);
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < b->link_count; i++)
        db_item_i64(&args, b->links[i].inquiry_id);
    db_array_close(&args);
    db_call(r->opts.db, Q_insert_more_links, &args, NULL, NULL);
}

static void link_threads(struct records *r)
{
    if (has_any(&r->flying, is_thread_message))
        link_records(r);
    if (r->flying.link_count > 0)
        link_others(r);
}

static void refresh_cards(struct records *r)
{
    const struct batch *b = &r->flying;
    if (b->card_count == 0)
        return;
    scoped(db_args_fini) struct db_args args = {0};
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < b->card_count; i++)
        db_item_i64(&args, b->cards[i].chat_id);
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < b->card_count; i++)
        db_item_i64(&args, b->cards[i].order_id);
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < b->card_count; i++)
        db_item_i64(&args, b->cards[i].message_id);
    db_array_close(&args);
    db_array_open(&args, DB_BOOL_ARRAY);
    for (size_t i = 0; i < b->card_count; i++)
        db_item_bool(&args, b->cards[i].is_gone);
    db_array_close(&args);
    db_call(r->opts.db, Q_refresh_cards, &args, NULL, NULL);
}

/* ---- committing ---- */

static void batch_fini(struct batch *batch)
{
    free(batch->records);
    free(batch->cards);
    free(batch->links);
    *batch = (struct batch){0};
}

/* What flew and did not land goes before what has come since. */
static void take_back(struct records *r)
{
    struct batch later = r->waiting;
    r->waiting = r->flying;
    r->flying = (struct batch){0};
    for (size_t i = 0; i < later.count; i++)
        records_add(r, &later.records[i]);
    for (size_t i = 0; i < later.card_count; i++)
        records_add_card(r, later.cards[i].chat_id, later.cards[i].order_id,
                         later.cards[i].message_id, later.cards[i].is_gone);
    for (size_t i = 0; i < later.link_count; i++)
        records_add_link(r, &later.links[i]);
    batch_fini(&later);
}

static void landed(struct records *r)
{
    struct batch batch = r->flying;
    r->flying = (struct batch){0};
    receipts_cleared(r->receipts);
    for (size_t i = 0; i < batch.count; i++) {
        const struct record *record = &batch.records[i];
        bool is_notice = record->item.errand == ERRAND_NOTICE;
        if (record->report != NULL && record->item.delivery_id != 0)
            receipts_tell(r->receipts,
                          &(struct receipt){.delivery_id = record->item.delivery_id,
                                            .notice_id = is_notice ? record->item.id : 0,
                                            .chat_id = record->item.chat_id,
                                            .is_wanted = is_notice && record->item.wants_receipt,
                                            .what = record->report});
        r->opts.on_settled(r->opts.ctx, record);
    }
    batch_fini(&batch);
}

static void on_flushed(void *ctx, const struct err *err)
{
    struct records *r = ctx;
    r->is_flying = false;
    if (err == NULL) {
        landed(r);
        flush(r);
        return;
    }
    if (err->kind == ERR_INTERNAL)
        log_error("outcomes not written count=%zu err=\"%s\"", r->flying.count, err->text);
    take_back(r);
    sd_event_source_set_time(r->retry, (uint64_t)(clock_mono_ms() + RECORDS_RETRY_MS) * 1000);
    sd_event_source_set_enabled(r->retry, SD_EVENT_ONESHOT);
}

static void flush(struct records *r)
{
    if (!r->is_open || r->is_flying || records_owed(r) + receipts_told(r->receipts) == 0)
        return;
    r->is_flying = true;
    r->flying = r->waiting;
    r->waiting = (struct batch){0};
    settle_deliveries(r);
    settle_unsent(r);
    replace_cards(r);
    replace_alerts(r);
    link_threads(r);
    refresh_cards(r);
    receipts_clear(r->receipts, r->opts.db);
    db_end(r->opts.db, on_flushed, r);
}

static int on_retry(sd_event_source *source, uint64_t usec, void *ctx)
{
    (void)source, (void)usec;
    flush(ctx);
    return 0;
}

static void on_told(void *ctx)
{
    flush(ctx);
}

void records_read_reports(struct records *r)
{
    receipts_read(r->receipts, r->opts.db, r->opts.bot_id);
}

void records_add(struct records *r, const struct record *record)
{
    struct batch *b = &r->waiting;
    GROW(b->records, b->count, b->room);
    b->records[b->count++] = *record;
    flush(r);
}

void records_add_card(struct records *r, int64_t chat_id, int64_t order_id, int64_t message_id,
                      bool is_gone)
{
    struct batch *b = &r->waiting;
    GROW(b->cards, b->card_count, b->card_room);
    b->cards[b->card_count++] = (struct drawn){chat_id, order_id, message_id, is_gone};
    flush(r);
}

void records_add_link(struct records *r, const struct thread_link *link)
{
    struct batch *b = &r->waiting;
    GROW(b->links, b->link_count, b->link_room);
    b->links[b->link_count++] = *link;
    flush(r);
}

static size_t batch_size(const struct batch *b)
{
    return b->count + b->card_count + b->link_count;
}

size_t records_owed(const struct records *r)
{
    return batch_size(&r->waiting) + batch_size(&r->flying);
}

/* ---- the whole ---- */

struct records *records_new(sd_event *loop, const struct records_opts *opts)
{
    struct records *r = xcalloc(1, sizeof *r);
    r->opts = *opts;
    r->receipts = receipts_new(opts->bus, on_told, r);
    int failed = sd_event_add_time(loop, &r->retry, CLOCK_MONOTONIC, 0, 1, on_retry, r);
    assert(failed >= 0);
    sd_event_source_set_enabled(r->retry, SD_EVENT_OFF);
    return r;
}

void records_free(struct records **records)
{
    struct records *r = *records;
    if (r == NULL)
        return;
    sd_event_source_unref(r->retry);
    batch_fini(&r->waiting);
    batch_fini(&r->flying);
    receipts_free(&r->receipts);
    free(r);
    *records = NULL;
}

void records_open(struct records *r)
{
    r->is_open = true;
    flush(r);
}

void records_close(struct records *r)
{
    r->is_open = false;
}
