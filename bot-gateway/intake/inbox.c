/* inbox.c - rounds over the table of updates set aside */
#include "bot-gateway/intake/inbox.h"

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

/* Something to tell the table about a row. */
struct note {
    int64_t update_id, chat_id;
    int64_t attempts;
    char *parked_reason;
    bool uncounted; /* a row that chats never knew of */
};

struct notes { /* the first `sent` of them travel with the round under way */
    struct note *items;
    size_t count, cap, sent;
};

struct row { /* as read; update.update_id 0 = it did not open */
    struct update update;
    int64_t update_id, chat_id, attempts;
};

struct inbox {
    struct inbox_opts opts;
    bool working;
    struct notes deletes, failures;
    struct pending_list writing;       /* rows of the round under way */
    int64_t reading[INBOX_READ_CHATS]; /* chats of the round under way */
    size_t reading_count;
    struct row *rows; /* read by the round under way */
    size_t row_count;
    int64_t written, parked;
};

/* ---- notes ---- */

static void add_note(struct notes *notes, struct note note)
{
    if (notes->count == notes->cap) {
        notes->cap = notes->cap ? notes->cap * 2 : 64;
        notes->items = xrealloc(notes->items, notes->cap, sizeof(*notes->items));
    }
    notes->items[notes->count++] = note;
}

static void forget_sent(struct notes *notes)
{
    for (size_t i = 0; i < notes->sent; i++) {
        free(notes->items[i].parked_reason);
    }
    notes->count -= notes->sent;
    if (notes->count > 0) {
        memmove(notes->items, notes->items + notes->sent, notes->count * sizeof(*notes->items));
    }
    notes->sent = 0;
}

static void fini_notes(struct notes *notes)
{
    notes->sent = notes->count;
    forget_sent(notes);
    free(notes->items);
}

void inbox_delete(struct inbox *in, const struct update *update)
{
    add_note(&in->deletes,
             (struct note){.update_id = update->update_id, .chat_id = update->chat_id});
}

void inbox_fail(struct inbox *in, const struct update *update, int64_t attempts, const char *reason)
{
    add_note(&in->failures,
             (struct note){
                 .update_id = update->update_id,
                 .chat_id = update->chat_id,
                 .attempts = attempts,
                 .parked_reason = attempts >= INBOX_ATTEMPTS ? xstrdup(reason) : NULL,
             });
}

/* ---- writing ---- */

static void seal_into(const struct inbox *in, const struct pending *item, struct db_args *args)
{
    scoped(buf_fini) struct buf plain = {0};
    scoped(buf_fini) struct buf sealed = {0};
    update_write(&item->update, &plain);
    vault_seal(in->opts.vault, VAULT_INBOX, plain.data, plain.len, &sealed);
    db_item_bytes(args, sealed.data, sealed.len);
}

#define FOR_EACH_WRITING(in, item) TAILQ_FOREACH(item, &(in)->writing, in_queue)

static void call_write(struct inbox *in)
{
    scoped(db_args_fini) struct db_args args = {0};
    const struct pending *item;
    db_arg_i64(&args, in->opts.bot_id);
    db_array_open(&args, DB_I64_ARRAY);
    FOR_EACH_WRITING(in, item)
    {
        db_item_i64(&args, item->update.update_id);
    }
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    FOR_EACH_WRITING(in, item)
    {
        db_item_i64(&args, item->update.chat_id);
    }
    db_array_close(&args);
    db_array_open(&args, DB_BYTES_ARRAY);
    FOR_EACH_WRITING(in, item)
    {
        seal_into(in, item, &args);
    }
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    FOR_EACH_WRITING(in, item)
    {
        db_item_i64(&args, item->attempts);
    }
    db_array_close(&args);
    db_array_open(&args, DB_TEXT_ARRAY);
    FOR_EACH_WRITING(in, item)
    {
        db_item_text(&args, item->parked_reason);
    }
    db_array_close(&args);
    db_call(in->opts.db, Q_write_inbox, &args, NULL, NULL);
}

static bool begin_writing(struct inbox *in)
{
    struct pending *item;
    size_t count = 0;
    while (count < INBOX_WRITE_MAX && (item = chats_take_to_write(in->opts.chats))) {
        TAILQ_INSERT_TAIL(&in->writing, item, in_queue);
        count++;
    }
    if (count > 0) {
        call_write(in);
    }
    return count > 0;
}

/* ---- deleting, noting failures ---- */

static bool begin_deleting(struct inbox *in)
{
    struct notes *notes = &in->deletes;
    if (notes->count == 0) {
        return false;
    }
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, in->opts.bot_id);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < notes->count; i++) {
        db_item_i64(&args, notes->items[i].update_id);
    }
    db_array_close(&args);
    notes->sent = notes->count;
    db_call(in->opts.db, Q_delete_inbox, &args, NULL, NULL);
    return true;
}

static bool begin_failing(struct inbox *in)
{
    struct notes *notes = &in->failures;
    if (notes->count == 0) {
        return false;
    }
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, in->opts.bot_id);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < notes->count; i++) {
        db_item_i64(&args, notes->items[i].update_id);
    }
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < notes->count; i++) {
        db_item_i64(&args, notes->items[i].attempts);
    }
    db_array_close(&args);
    db_array_open(&args, DB_TEXT_ARRAY);
    for (size_t i = 0; i < notes->count; i++) {
        db_item_text(&args, notes->items[i].parked_reason);
    }
    db_array_close(&args);
    notes->sent = notes->count;
    db_call(in->opts.db, Q_fail_inbox, &args, NULL, NULL);
    return true;
}

/* ---- reading ---- */

static int open_row(struct inbox *in, const struct db_result *rows, int r, struct update *ret,
                    struct err *err)
{
    scoped(buf_fini) struct buf plain = {0};
    size_t len = 0;
    int64_t id = 0;
    const uint8_t *sealed = db_bytes(rows, r, 2, &len);
    if (vault_open(in->opts.vault, VAULT_INBOX, sealed, len, &plain, err) < 0) {
        return -1;
    }
    return update_parse(buf_text(&plain), plain.len, ret, &id, err);
}

static void on_rows(void *ctx, const struct db_result *rows)
{
    struct inbox *in = ctx;
    in->row_count = (size_t)db_rows(rows);
    in->rows = xcalloc(in->row_count, sizeof(*in->rows));
    for (size_t i = 0; i < in->row_count; i++) {
        struct row *row = &in->rows[i];
        struct err err;
        int r = (int)i;
        row->chat_id = db_i64(rows, r, 0);
        row->update_id = db_i64(rows, r, 1);
        row->attempts = db_i64(rows, r, 3);
        if (open_row(in, rows, r, &row->update, &err) < 0) { /* it will not open tomorrow either */
            add_note(&in->failures, (struct note){
                                        .update_id = row->update_id,
                                        .chat_id = row->chat_id,
                                        .attempts = row->attempts + 1,
                                        .parked_reason = xstrdup(err.text),
                                        .uncounted = true,
                                    });
        }
    }
}

static bool begin_reading(struct inbox *in, int64_t now_ms)
{
    in->reading_count = chats_to_read(in->opts.chats, now_ms, in->reading, INBOX_READ_CHATS);
    if (in->reading_count == 0) {
        return false;
    }
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, in->opts.bot_id);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < in->reading_count; i++) {
        db_item_i64(&args, in->reading[i]);
    }
    db_array_close(&args);
    db_arg_i64(&args, INBOX_READ_EACH);
    db_call(in->opts.db, Q_read_inbox, &args, on_rows, in);
    return true;
}

static void forget_rows(struct inbox *in)
{
    for (size_t i = 0; i < in->row_count; i++) {
        update_fini(&in->rows[i].update);
    }
    free(in->rows);
    in->rows = NULL;
    in->row_count = 0;
    in->reading_count = 0;
}

static void hand_rows_over(struct inbox *in)
{
    int64_t later = clock_mono_ms() + INBOX_RETRY_MS;
    for (size_t i = 0; i < in->row_count; i++) {
        if (in->rows[i].update.update_id != 0) {
            chats_add_row(in->opts.chats, &in->rows[i].update, in->rows[i].attempts);
        }
    }
    for (size_t c = 0; c < in->reading_count; c++) {
        size_t count = 0;
        for (size_t i = 0; i < in->row_count; i++) {
            count += in->rows[i].chat_id == in->reading[c];
        }
        chats_rows_read(in->opts.chats, in->reading[c], count < INBOX_READ_EACH, later);
    }
    forget_rows(in);
}

/* ---- rounds ---- */

static void say_parked(struct inbox *in, int64_t update_id, int64_t chat_id, const char *reason)
{
    in->parked++;
    log_error("update is parked update=%lld chat=%lld reason=\"%.200s\"", (long long)update_id,
              (long long)chat_id, reason);
}

static void settle_writing(struct inbox *in)
{
    while (!TAILQ_EMPTY(&in->writing)) {
        struct pending *item = TAILQ_FIRST(&in->writing);
        TAILQ_REMOVE(&in->writing, item, in_queue);
        in->written++;
        if (item->parked_reason) {
            say_parked(in, item->update.update_id, item->update.chat_id, item->parked_reason);
        }
        in->opts.on_written(in->opts.ctx, item);
    }
}

static void settle_notes(struct inbox *in)
{
    for (size_t i = 0; i < in->deletes.sent; i++) {
        chats_row_gone(in->opts.chats, in->deletes.items[i].chat_id);
    }
    for (size_t i = 0; i < in->failures.sent; i++) {
        const struct note *note = &in->failures.items[i];
        if (!note->parked_reason) {
            continue;
        }
        say_parked(in, note->update_id, note->chat_id, note->parked_reason);
        if (!note->uncounted) {
            chats_row_gone(in->opts.chats, note->chat_id);
        }
    }
    forget_sent(&in->deletes);
    forget_sent(&in->failures);
}

static void settle(struct inbox *in)
{
    settle_writing(in);
    settle_notes(in);
    hand_rows_over(in);
}

static void undo(struct inbox *in)
{
    while (!TAILQ_EMPTY(&in->writing)) {
        struct pending *item = TAILQ_LAST(&in->writing, pending_list);
        TAILQ_REMOVE(&in->writing, item, in_queue);
        chats_give_back(in->opts.chats, item);
    }
    in->deletes.sent = 0;
    in->failures.sent = 0;
    forget_rows(in);
}

static void on_end(void *ctx, const struct err *err)
{
    struct inbox *in = ctx;
    in->working = false;
    if (err) {
        if (err->kind == ERR_INTERNAL) {
            log_error("inbox is not saved, trying again reason=\"%s\"", err->text);
        }
        undo(in);
    } else {
        settle(in);
    }
    in->opts.on_round(in->opts.ctx, !err);
}

bool inbox_work(struct inbox *in, bool may_read, int64_t now_ms)
{
    if (in->working) {
        return true;
    }
    bool writes = begin_writing(in);
    bool deletes = begin_deleting(in);
    bool fails = begin_failing(in);
    bool reads = may_read && begin_reading(in, now_ms);
    in->working = writes || deletes || fails || reads;
    if (in->working) {
        db_end(in->opts.db, on_end, in);
    }
    return in->working;
}

bool inbox_is_working(const struct inbox *in)
{
    return in->working;
}

bool inbox_owes(const struct inbox *in)
{
    return in->working || in->deletes.count > 0 || in->failures.count > 0;
}

/* ---- the whole ---- */

static void on_counts(void *ctx, const struct db_result *rows)
{
    struct inbox *in = ctx;
    int64_t waiting = 0;
    for (int r = 0; r < db_rows(rows); r++) {
        chats_note_rows(in->opts.chats, db_i64(rows, r, 0), db_i64(rows, r, 1));
        waiting += db_i64(rows, r, 1);
    }
    if (waiting > 0) {
        log_info("inbox is read again chats=%d updates=%lld", db_rows(rows), (long long)waiting);
    }
}

void inbox_count(struct inbox *in, db_end_fn on_end_of_count, void *ctx)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, in->opts.bot_id);
    db_call(in->opts.db, Q_count_inbox, &args, on_counts, in);
    db_end(in->opts.db, on_end_of_count, ctx);
}

struct inbox *inbox_new(const struct inbox_opts *opts)
{
    struct inbox *in = xcalloc(1, sizeof(*in));
    in->opts = *opts;
    TAILQ_INIT(&in->writing);
    return in;
}

void inbox_free(struct inbox **in)
{
    if (!*in) {
        return;
    }
    fini_notes(&(*in)->deletes);
    fini_notes(&(*in)->failures);
    forget_rows(*in);
    free(*in);
    *in = NULL;
}

int64_t inbox_written(const struct inbox *in)
{
    return in->written;
}

int64_t inbox_parked(const struct inbox *in)
{
    return in->parked;
}
