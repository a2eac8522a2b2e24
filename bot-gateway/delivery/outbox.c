/* outbox.c - what waits in the database to be sent */
#include "bot-gateway/delivery/outbox.h"

#include <inttypes.h>
#include <search.h>

#include "bot-gateway/delivery/low_mark.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

/* Rows of one table, read in sweeps. */
struct reader {
    struct low_mark *mark;
    int64_t cursor; /* the last id of this sweep's last page */
    bool is_sweeping;
    int rows; /* of the page just read */
};

struct redraw { /* a card that stands in line */
    int64_t chat_id, order_id;
};

/* cards_changed notices of one page, whose cards are being marked. */
struct marking {
    struct outbox *outbox;
    int64_t *notice_ids, *order_ids;
    size_t count;
};

struct outbox {
    struct outbox_opts opts;
    sd_event_source *timer;
    bool is_open, is_looking, look_again;
    struct reader notices, deliveries;
    int64_t mark_saved, mark_saved_at_ms, looked_at_ms;
    void *redraws; /* tsearch tree of struct redraw */
};

/* Answers that come after a close are passed over. */
static bool is_reading(const struct outbox *o)
{
    return o->is_open && o->notices.mark != NULL;
}

/* ---- cards that wait to be redrawn, each once ---- */

static int compare_redraws(const void *left, const void *right)
{
    const struct redraw *a = left, *b = right;
    if (a->chat_id != b->chat_id)
        return a->chat_id > b->chat_id ? 1 : -1;
    return (a->order_id > b->order_id) - (a->order_id < b->order_id);
}

void outbox_card_is_stale(struct outbox *o, int64_t chat_id, int64_t order_id)
{
    struct redraw key = {chat_id, order_id};
    if (tfind(&key, &o->redraws, compare_redraws) != NULL)
        return;
    struct redraw *redraw = xcalloc(1, sizeof *redraw);
    *redraw = key;
    void *added = tsearch(redraw, &o->redraws, compare_redraws);
    assert(added != NULL);
    send_queue_push(o->opts.queue, &(struct send_item){.errand = ERRAND_CARD,
                                                       .chat_id = chat_id,
                                                       .order_id = order_id,
                                                       .send_class = SEND_NOTICE});
}

void outbox_card_begins(struct outbox *o, int64_t chat_id, int64_t order_id)
{
    struct redraw key = {chat_id, order_id};
    struct redraw **found = tfind(&key, &o->redraws, compare_redraws);
    if (found == NULL)
        return;
    struct redraw *redraw = *found;
    tdelete(&key, &o->redraws, compare_redraws);
    free(redraw);
}

static void on_stale_cards(void *ctx, const struct db_result *result)
{
    struct outbox *o = ctx;
    for (int row = 0; row < db_rows(result); row++)
        outbox_card_is_stale(o, db_i64(result, row, 0), db_i64(result, row, 1));
}

static void on_marked_rows(void *ctx, const struct db_result *result)
{
    struct marking *marking = ctx;
    if (marking->outbox->is_open)
        on_stale_cards(marking->outbox, result);
}

static void mark_cards(struct marking *);

static void marking_free(struct marking *marking)
{
    free(marking->notice_ids);
    free(marking->order_ids);
    free(marking);
}

static void on_marked(void *ctx, const struct err *err)
{
    struct marking *marking = ctx;
    struct outbox *o = marking->outbox;
    if (err != NULL && err->kind == ERR_TRANSIENT && o->is_open) {
        mark_cards(marking);
        return;
    }
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("cards not marked err=\"%s\"", err->text);
    for (size_t i = 0; err == NULL && i < marking->count; i++)
        outbox_notice_settled(o, marking->notice_ids[i]);
    marking_free(marking);
    o->opts.on_arrived(o->opts.ctx);
}

static void put_ids(struct db_args *args, const int64_t *ids, size_t count)
{
    db_array_open(args, DB_I64_ARRAY);
    for (size_t i = 0; i < count; i++)
        db_item_i64(args, ids[i]);
    db_array_close(args);
}

/* One statement for all the notices of a page that change cards; it settles them, too. */
static void mark_cards(struct marking *marking)
{
    struct outbox *o = marking->outbox;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, o->opts.bot_id);
    put_ids(&args, marking->notice_ids, marking->count);
    put_ids(&args, marking->order_ids, marking->count);
    db_call(o->opts.db, Q_mark_cards_stale, &args, on_marked_rows, marking);
    db_end(o->opts.db, on_marked, marking);
}

/* ---- pages ---- */

static void settle_unsendable(struct outbox *o, const struct send_item *item, const char *reason,
                              const char *report)
{
    struct record record = {
        .item = *item, .state = "failed", .report = item->wants_receipt ? report : NULL};
    snprintf(record.error, sizeof record.error, "%s", reason);
    records_add(o->opts.records, &record);
}

/* The managers' group was unbound meanwhile. */
static void settle_groupless(struct outbox *o, const struct send_item *item)
{
    struct record record = {.item = *item, .state = "moot", .error = "no group is bound"};
    records_add(o->opts.records, &record);
}

/* What the kind of a notice means for its sending; kind -1: it is no notice, or none this program
 * knows. */
static void describe(struct send_item *item, int kind)
{
    if (kind < 0)
        return;
    item->wants_receipt = notice_wants_receipt((enum notice_kind)kind) && item->chat_id >= 0;
    item->repeat_once = kind == NOTICE_offer || notice_class((enum notice_kind)kind) == SEND_ALERT;
}

static void take_notice(struct outbox *o, const struct db_result *result, int row)
{
    int kind = notice_kind_parse(db_text(result, row, 1));
    struct send_item item = {
        .errand = ERRAND_NOTICE,
        .id = db_i64(result, row, 0),
        .chat_id = db_i64(result, row, 2),
        .order_id = db_i64(result, row, 3),
        .not_before_ms = db_i64(result, row, 4),
        .send_class = (uint8_t)(kind < 0 ? SEND_NOTICE : notice_class((enum notice_kind)kind)),
    };
    describe(&item, kind);
    if (kind < 0)
        settle_unsendable(o, &item, "a kind this program does not know", NULL);
    else if (item.chat_id == 0 && db_bool(result, row, 6))
        settle_groupless(o, &item);
    else if (item.chat_id == 0)
        settle_unsendable(o, &item, "never_started", "never_started");
    else
        send_queue_push(o->opts.queue, &item);
}

/* A row of read_waiting or read_uncertain: the first six columns are the same. */
static struct send_item delivery_of(const struct db_result *result, int row)
{
    bool is_notice = !db_is_null(result, row, 1);
    struct send_item item = {
        .errand = is_notice ? ERRAND_NOTICE : ERRAND_REPLY,
        .id = db_i64(result, row, is_notice ? 1 : 0),
        .delivery_id = db_i64(result, row, 0),
        .chat_id = db_i64(result, row, 2),
        .order_id = db_i64(result, row, 3),
        .send_class = (uint8_t)db_i64(result, row, 4),
    };
    describe(&item, notice_kind_parse(db_text(result, row, 5)));
    return item;
}

static void on_notices(void *ctx, const struct db_result *result)
{
    struct outbox *o = ctx;
    struct marking *marking = xcalloc(1, sizeof *marking);
    size_t rows = (size_t)db_rows(result);
    marking->outbox = o;
    marking->notice_ids = xcalloc(rows + 1, sizeof(int64_t));
    marking->order_ids = xcalloc(rows + 1, sizeof(int64_t));
    o->notices.rows = (int)rows;
    for (int row = 0; row < (int)rows; row++) {
        int64_t id = db_i64(result, row, 0);
        o->notices.cursor = max_i64(o->notices.cursor, id);
        if (!low_mark_add(o->notices.mark, id))
            continue;
        if (db_bool(result, row, 5)) {
            take_notice(o, result, row);
        } else {
            marking->notice_ids[marking->count] = id;
            marking->order_ids[marking->count++] = db_i64(result, row, 3);
        }
    }
    if (marking->count > 0)
        mark_cards(marking);
    else
        marking_free(marking);
}

/* While the queue is full alerts are read from beyond the cursor, which stays where it is. */
static void on_alerts(void *ctx, const struct db_result *result)
{
    struct outbox *o = ctx;
    if (!is_reading(o))
        return;
    o->notices.rows = OUTBOX_PAGE; /* the sweep is not over */
    for (int row = 0; row < db_rows(result); row++)
        if (low_mark_add(o->notices.mark, db_i64(result, row, 0)))
            take_notice(o, result, row);
}

static void on_waiting(void *ctx, const struct db_result *result)
{
    struct outbox *o = ctx;
    if (!is_reading(o))
        return;
    o->deliveries.rows = db_rows(result);
    for (int row = 0; row < db_rows(result); row++) {
        struct send_item item = delivery_of(result, row);
        o->deliveries.cursor = item.delivery_id;
        if (low_mark_add(o->deliveries.mark, item.delivery_id))
            send_queue_push(o->opts.queue, &item);
    }
}

/* ---- looks ---- */

static bool is_full(const struct outbox *o)
{
    return send_queue_count(o->opts.queue) > OUTBOX_FULL;
}

static void begin_sweep(struct reader *reader, int64_t xmin, int64_t xmax, int64_t newest)
{
    if (reader->is_sweeping)
        return;
    reader->is_sweeping = true;
    reader->cursor = low_mark_sealed(reader->mark);
    low_mark_begin(reader->mark, xmin, xmax, newest);
}

static void on_transactions(void *ctx, const struct db_result *result)
{
    struct outbox *o = ctx;
    int64_t xmin = db_i64(result, 0, 0), xmax = db_i64(result, 0, 1);
    begin_sweep(&o->notices, xmin, xmax, db_i64(result, 0, 2));
    begin_sweep(&o->deliveries, xmin, xmax, db_i64(result, 0, 3));
}

static void ask_for_notices(struct outbox *o)
{
    scoped(db_args_fini) struct db_args args = {0};
    const struct reader *reader = &o->notices;
    db_arg_i64(&args, reader->is_sweeping ? reader->cursor : low_mark_sealed(reader->mark));
    if (is_full(o)) {
        db_arg_i64(&args, OUTBOX_ALERTS_MAX);
        db_call(o->opts.db, Q_read_new_alerts, &args, on_alerts, o);
    } else {
        db_arg_i64(&args, OUTBOX_PAGE);
        db_call(o->opts.db, Q_read_new_notices, &args, on_notices, o);
    }
}

static void ask_for_deliveries(struct outbox *o)
{
    scoped(db_args_fini) struct db_args args = {0};
    const struct reader *reader = &o->deliveries;
    db_arg_i64(&args, o->opts.bot_id);
    db_arg_i64(&args, reader->is_sweeping ? reader->cursor : low_mark_sealed(reader->mark));
    db_arg_i64(&args, OUTBOX_PAGE);
    db_call(o->opts.db, Q_read_waiting, &args, on_waiting, o);
}

static void wake_at(struct outbox *o, int64_t at_ms)
{
    sd_event_source_set_time(o->timer, (uint64_t)at_ms * 1000);
    sd_event_source_set_enabled(o->timer, SD_EVENT_ONESHOT);
}

/* The mark only spares the next start some reading: it need not be exact. */
static void save_mark(struct outbox *o, int64_t now_ms)
{
    int64_t mark = low_mark_value(o->notices.mark);
    if (mark <= o->mark_saved || now_ms < o->mark_saved_at_ms + OUTBOX_MARK_MS)
        return;
    o->mark_saved = mark;
    o->mark_saved_at_ms = now_ms;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, o->opts.bot_id);
    db_arg_i64(&args, mark);
    db_call(o->opts.db, Q_save_sender_mark, &args, NULL, NULL);
}

/* True if the sweep goes on with another page. */
static bool end_page(struct reader *reader)
{
    if (reader->rows >= OUTBOX_PAGE)
        return true;
    reader->is_sweeping = false;
    low_mark_end(reader->mark);
    return false;
}

/* How long after the last look a hint may bring the next: the more waits, the less there is to
 * hurry for. */
static int64_t hint_pause_ms(const struct outbox *o)
{
    size_t waiting = send_queue_count(o->opts.queue);
    return waiting > OUTBOX_FULL   ? OUTBOX_FULL_PAUSE_MS
           : waiting > OUTBOX_BUSY ? OUTBOX_BUSY_PAUSE_MS
                                   : OUTBOX_LOOK_PAUSE_MS;
}

static void on_looked(void *ctx, const struct err *err)
{
    struct outbox *o = ctx;
    o->is_looking = false;
    if (!is_reading(o))
        return;
    bool has_more = false;
    if (err == NULL) {
        has_more |= end_page(&o->notices) && !is_full(o);
        has_more |= end_page(&o->deliveries);
    } else if (err->kind == ERR_INTERNAL) {
        log_error("waiting messages not read err=\"%s\"", err->text);
    }
    int64_t pause_ms = has_more        ? OUTBOX_LOOK_PAUSE_MS
                       : o->look_again ? hint_pause_ms(o)
                                       : OUTBOX_LOOK_MS;
    o->look_again = false;
    wake_at(o, o->looked_at_ms + pause_ms);
    o->opts.on_arrived(o->opts.ctx);
}

static void look(struct outbox *o)
{
    if (!is_reading(o) || o->is_looking) {
        o->look_again = true;
        return;
    }
    o->is_looking = true;
    o->look_again = false;
    o->looked_at_ms = clock_mono_ms();
    o->notices.rows = o->deliveries.rows = 0;
    db_call(o->opts.db, Q_look_at_transactions, NULL, on_transactions, o);
    ask_for_notices(o);
    ask_for_deliveries(o);
    save_mark(o, o->looked_at_ms);
    db_end(o->opts.db, on_looked, o);
}

void outbox_look(struct outbox *o)
{
    if (is_reading(o) && !o->is_looking)
        wake_at(o, o->looked_at_ms + hint_pause_ms(o));
    else
        o->look_again = true;
}

/* ---- what a former life left behind ---- */

static void take_uncertain(struct outbox *o, const struct db_result *result, int row)
{
    struct send_item item = delivery_of(result, row);
    if (o->opts.is_under_way(o->opts.ctx, item.delivery_id))
        return;
    if (o->opts.never_left(o->opts.ctx, &item)) {
        send_queue_push(o->opts.queue, &item);
        return;
    }
    if (db_bool(result, row, 7)) { /* twice the same deletion is one deletion */
        send_queue_push(o->opts.queue, &item);
        return;
    }
    item.is_repeated = item.repeat_once && !db_bool(result, row, 6);
    o->opts.on_uncertain(o->opts.ctx, item.is_repeated);
    if (item.is_repeated)
        send_queue_push(o->opts.queue, &item);
    else
        records_add(o->opts.records, &(struct record){.item = item, .state = "uncertain"});
}

static void on_uncertain_rows(void *ctx, const struct db_result *result)
{
    for (int row = 0; row < db_rows(result); row++)
        take_uncertain(ctx, result, row);
}

static void on_mark(void *ctx, const struct db_result *result)
{
    struct outbox *o = ctx;
    o->mark_saved = db_rows(result) > 0 ? db_i64(result, 0, 0) : 0;
}

static void on_opened(void *ctx, const struct err *err)
{
    struct outbox *o = ctx;
    o->is_looking = false;
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("what waits cannot be read err=\"%s\"", err->text);
    if (!o->is_open)
        return;
    if (err != NULL) {
        wake_at(o, clock_mono_ms() + OUTBOX_LOOK_MS);
        return;
    }
    o->notices.mark = low_mark_new(o->mark_saved);
    o->deliveries.mark = low_mark_new(0);
    look(o);
}

static void begin_reading(struct outbox *o)
{
    o->is_looking = true;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, o->opts.bot_id);
    db_call(o->opts.db, Q_read_sender_mark, &args, on_mark, o);
    db_call(o->opts.db, Q_read_stale_cards, NULL, on_stale_cards, o);
    records_read_reports(o->opts.records);
    db_call(o->opts.db, Q_read_uncertain, &args, on_uncertain_rows,
            o); /* last: what it pushes is pushed once */
    db_end(o->opts.db, on_opened, o);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    (void)source, (void)usec;
    struct outbox *o = ctx;
    if (is_reading(o))
        look(o);
    else
        begin_reading(o);
    return 0;
}

void outbox_open(struct outbox *o)
{
    if (o->is_open)
        return;
    o->is_open = true;
    o->notices = o->deliveries = (struct reader){0};
    begin_reading(o);
}

void outbox_close(struct outbox *o)
{
    o->is_open = o->is_looking = o->look_again = false;
    sd_event_source_set_enabled(o->timer, SD_EVENT_OFF);
    low_mark_free(&o->notices.mark);
    low_mark_free(&o->deliveries.mark);
    tdestroy(o->redraws, free);
    o->redraws = NULL;
}

void outbox_notice_settled(struct outbox *o, int64_t notice_id)
{
    if (o->notices.mark != NULL)
        low_mark_settle(o->notices.mark, notice_id);
}

void outbox_delivery_settled(struct outbox *o, int64_t delivery_id)
{
    if (o->deliveries.mark != NULL)
        low_mark_settle(o->deliveries.mark, delivery_id);
}

void outbox_delivery_waits(struct outbox *o, int64_t delivery_id)
{
    if (o->deliveries.mark != NULL)
        low_mark_add(o->deliveries.mark, delivery_id);
}

void outbox_reply_waits(struct outbox *o, const struct send_item *reply)
{
    if (!is_reading(o)) {
        o->look_again = true;
    } else if (low_mark_add(o->deliveries.mark, reply->delivery_id)) {
        send_queue_push(o->opts.queue, reply);
        o->opts.on_arrived(o->opts.ctx);
    }
}

/* ---- the whole ---- */

struct outbox *outbox_new(sd_event *loop, const struct outbox_opts *opts)
{
    struct outbox *o = xcalloc(1, sizeof *o);
    o->opts = *opts;
    int failed = sd_event_add_time(loop, &o->timer, CLOCK_MONOTONIC, 0, 1, on_timer, o);
    assert(failed >= 0);
    sd_event_source_set_enabled(o->timer, SD_EVENT_OFF);
    return o;
}

void outbox_free(struct outbox **outbox)
{
    if (*outbox == NULL)
        return;
    outbox_close(*outbox);
    sd_event_source_unref((*outbox)->timer);
    free(*outbox);
    *outbox = NULL;
}
