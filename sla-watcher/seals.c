/* seals.c - the audit chain */
#include "sla-watcher/seals.h"

#include <sodium.h>

#include "common/base/log.h"
#include "sql/sla_watcher_queries.h"

#define SEAL_EVERY_MS 5000
#define SEALS_BATCH_MAX 200 /* rows of one round; a full one is followed by the next at once */

struct link { /* of the chain */
    int64_t seq, audit_id;
    uint8_t hash[crypto_hash_sha256_BYTES];
};

struct seals {
    struct db *db;
    sd_event_source *timer;
    bool active, busy;
    struct link last; /* seq 0: nothing is sealed yet */
    struct link batch[SEALS_BATCH_MAX];
    size_t batch_count;
    char *sealed_below; /* every row of older transactions is sealed; NULL: not known yet */
    char *horizon;      /* will be, once this round has been written */
    int64_t count;
};

static void read_round(struct seals *);

/* ---- reading and hashing ---- */

static void on_last(void *ctx, const struct db_result *row)
{
    struct seals *s = ctx;
    size_t len = 0;
    s->last = (struct link){.seq = db_i64(row, 0, 0)};
    const uint8_t *hash = db_bytes(row, 0, 1, &len);
    assert(s->last.seq == 0 || len == sizeof s->last.hash);
    if (s->last.seq != 0)
        memcpy(s->last.hash, hash, sizeof s->last.hash);
    str_free(&s->horizon);
    s->horizon = xstrdup(db_text(row, 0, 2));
}

static struct link next_link(const struct link *last, int64_t audit_id, const char *text)
{
    struct link next = {.seq = last->seq + 1, .audit_id = audit_id};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, last->hash, last->seq != 0 ? sizeof last->hash : 0);
    crypto_hash_sha256_update(&state, (const unsigned char *)text, strlen(text));
    crypto_hash_sha256_final(&state, next.hash);
    return next;
}

static void on_unsealed(void *ctx, const struct db_result *rows)
{
    struct seals *s = ctx;
    for (int i = 0; i < db_rows(rows) && s->batch_count < SEALS_BATCH_MAX; i++) {
        s->last = next_link(&s->last, db_i64(rows, i, 0), db_text(rows, i, 1));
        s->batch[s->batch_count++] = s->last;
    }
}

/* ---- writing ---- */

static void on_written(void *ctx, const struct err *err)
{
    struct seals *s = ctx;
    bool more = s->batch_count == SEALS_BATCH_MAX;
    s->busy = false;
    if (err != NULL) {
        log_warn("sealing the audit failed: %s, again in a moment", err->text);
        return;
    }
    s->count += (int64_t)s->batch_count;
    if (more) {
        read_round(s);
        return;
    }
    free(s->sealed_below); /* the next round need not look at older transactions again */
    s->sealed_below = take_ptr(s->horizon);
}

static void write_round(struct seals *s)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < s->batch_count; i++)
        db_item_i64(&args, s->batch[i].seq);
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < s->batch_count; i++)
        db_item_i64(&args, s->batch[i].audit_id);
    db_array_close(&args);
    db_array_open(&args, DB_BYTES_ARRAY);
    for (size_t i = 0; i < s->batch_count; i++)
        db_item_bytes(&args, s->batch[i].hash, sizeof s->batch[i].hash);
    db_array_close(&args);
    db_call(s->db, Q_insert_seals, &args, NULL, NULL);
    db_end(s->db, on_written, s);
}

static void on_read(void *ctx, const struct err *err)
{
    struct seals *s = ctx;
    if (err != NULL || s->batch_count == 0 || !s->active)
        on_written(s, err);
    else
        write_round(s);
}

static void read_round(struct seals *s)
{
    scoped(db_args_fini) struct db_args args = {0};
    s->busy = true;
    s->batch_count = 0;
    db_arg_text(&args, s->sealed_below);
    db_arg_i64(&args, SEALS_BATCH_MAX);
    db_call(s->db, Q_read_last_seal, NULL, on_last, s);
    db_call(s->db, Q_read_unsealed, &args, on_unsealed, s);
    db_end(s->db, on_read, s);
}

/* ---- life ---- */

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct seals *s = ctx;
    (void)usec;
    if (s->active && !s->busy)
        read_round(s);
    sd_event_source_set_time_relative(source, SEAL_EVERY_MS * 1000);
    return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

struct seals *seals_new(sd_event *loop, struct db *db)
{
    struct seals *s = xcalloc(1, sizeof *s);
    s->db = db;
    int rc = sd_event_add_time_relative(loop, &s->timer, CLOCK_MONOTONIC, 0, 1, on_timer, s);
    assert(rc >= 0);
    (void)rc;
    return s;
}

void seals_free(struct seals **ref)
{
    if (*ref == NULL)
        return;
    sd_event_source_disable_unref((*ref)->timer);
    free((*ref)->sealed_below);
    free((*ref)->horizon);
    free(*ref);
    *ref = NULL;
}

void seals_begin(struct seals *s)
{
    s->active = true;
    str_free(&s->sealed_below); /* another one may have been the sealer since */
    sd_event_source_set_time_relative(s->timer, 0);
}

void seals_end(struct seals *s)
{
    s->active = false;
}

int64_t seals_count(const struct seals *s)
{
    return s->count;
}
