/* rounds.c - what no deadline stands for and time brings all the same */
#include "sla-watcher/rounds.h"

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/sla_watcher_queries.h"

#define ROUND_EVERY_MS 60000
#define ROUND_FIRST_MS \
    5000 /* what fell due while nobody watched, or was jumped over, is reached before */
#define PARTITIONS_AHEAD 6 /* made at a time; asked for when fewer than three are left */
#define ROUND_ID_BYTES 64

/* One row of a query as a command: the body, and the id's end. */
typedef void (*fill_fn)(const struct db_result *, int row, union msg_body *, char *key,
                        size_t size);

static void fill_month(const struct db_result *rows, int row, union msg_body *body, char *key,
                       size_t size)
{
    int64_t ended_at = db_i64(rows, row, 0);
    body->month_begin = (struct msg_month_begin){.ended_at = ended_at, .has_ended_at = true};
    snprintf(key, size, "month:%" PRId64, ended_at);
}

static void fill_partitions(const struct db_result *rows, int row, union msg_body *body, char *key,
                            size_t size)
{
    body->partitions_make =
        (struct msg_partitions_make){.months = PARTITIONS_AHEAD, .has_months = true};
    snprintf(key, size, "partitions:%s", db_text(rows, row, 0));
}

static void fill_return(const struct db_result *rows, int row, union msg_body *body, char *key,
                        size_t size)
{
    body->person_return = (struct msg_person_return){.person_id = db_i64(rows, row, 0),
                                                     .has_person_id = true,
                                                     .away_until = db_i64(rows, row, 1),
                                                     .has_away_until = true};
    snprintf(key, size, "return:%" PRId64 ":%" PRId64, body->person_return.person_id,
             body->person_return.away_until);
}

static void fill_digest(const struct db_result *rows, int row, union msg_body *body, char *key,
                        size_t size)
{
    body->digest_due = (struct msg_digest_due){.person_id = db_i64(rows, row, 0),
                                               .has_person_id = true,
                                               .every = db_text(rows, row, 1),
                                               .due_at = db_i64(rows, row, 2),
                                               .has_due_at = true};
    snprintf(key, size, "digest:%" PRId64 ":%s:%" PRId64, body->digest_due.person_id,
             body->digest_due.every, body->digest_due.due_at);
}

/* clang-format off */
static const struct errand {
    int           query; /* a row for each that is to be done */
    enum msg_type command;
    fill_fn       fill;
    const char   *why;
} errands[] = {
    {Q_read_month_ended,        MSG_month_begin,     fill_month,      "months begin with what first needs them; if nothing has, reports must know the running one all the same"},
    {Q_read_missing_partitions, MSG_partitions_make, fill_partitions, "the events of the months to come have their place"},
    {Q_read_returned,           MSG_person_return,   fill_return,     "who was away until now is here again and hears what waits"},
    {Q_read_due_digests,        MSG_digest_due,      fill_digest,     "the morning of somebody's digest has come"},
};
/* clang-format on */

struct round { /* the look for one errand */
    struct rounds *rounds;
    const struct errand *errand;
};

struct rounds {
    struct db *db;
    struct bus_client *bus; /* NULL: we are not the active one */
    sd_event_source *timer;
    struct round each[ARRAY_LEN(errands)];
    size_t asked;       /* commands without an answer yet */
    int64_t look_at_ms; /* by clock_mono_ms */
    bool looking;
};

static void on_answer(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    struct rounds *r = ctx;
    r->asked--;
    if (err != NULL)
        log_debug("unanswered: %s, asked again in a minute", err->text);
    else if (str_eq(answer->outcome, "internal"))
        log_warn("an errand failed: %s, asked again in a minute",
                 answer->text != NULL ? answer->text : "no reason given");
}

static void on_rows(void *ctx, const struct db_result *rows)
{
    const struct round *round = ctx;
    struct rounds *r = round->rounds;
    for (int row = 0; r->bus != NULL && row < db_rows(rows); row++) {
        char id[ROUND_ID_BYTES] = "sla:";
        struct msg m = {
            .type = round->errand->command, .id = id, .actor = "system", .at = clock_now_ms()};
        size_t len = strlen(id);
        round->errand->fill(rows, row, &m.body, id + len, sizeof id - len);
        r->asked++;
        bus_client_ask(r->bus, &m, on_answer, r);
    }
}

static void on_looked(void *ctx, const struct err *err)
{
    struct rounds *r = ctx;
    r->looking = false;
    if (err != NULL)
        log_warn("looking for what is to be done failed: %s, again in a minute", err->text);
}

static void look(struct rounds *r)
{
    r->looking = true;
    for (size_t i = 0; i < ARRAY_LEN(errands); i++)
        db_call(r->db, errands[i].query, NULL, on_rows, &r->each[i]);
    db_end(r->db, on_looked, r);
}

static void look_in(struct rounds *r, int64_t ms)
{
    r->look_at_ms = clock_mono_ms() + ms;
    sd_event_source_set_time_relative(r->timer, (uint64_t)ms * 1000);
    sd_event_source_set_enabled(r->timer, SD_EVENT_ONESHOT);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct rounds *r = ctx;
    (void)source, (void)usec;
    if (r->bus != NULL && !r->looking && r->asked == 0)
        look(r);
    look_in(r, ROUND_EVERY_MS);
    return 0;
}

/* ---- life ---- */

struct rounds *rounds_new(sd_event *loop, struct db *db)
{
    struct rounds *r = xcalloc(1, sizeof *r);
    r->db = db;
    for (size_t i = 0; i < ARRAY_LEN(errands); i++)
        r->each[i] = (struct round){r, &errands[i]};
    int rc = sd_event_add_time(loop, &r->timer, CLOCK_MONOTONIC, UINT64_MAX, 1, on_timer, r);
    assert(rc >= 0);
    (void)rc;
    return r;
}

void rounds_free(struct rounds **ref)
{
    if (*ref == NULL)
        return;
    sd_event_source_disable_unref((*ref)->timer);
    free(*ref);
    *ref = NULL;
}

void rounds_begin(struct rounds *r, struct bus_client *bus)
{
    r->bus = bus;
    look_in(r, ROUND_FIRST_MS);
}

void rounds_clock_moved(struct rounds *r)
{
    if (r->bus != NULL && r->look_at_ms > clock_mono_ms() + ROUND_FIRST_MS)
        look_in(r, ROUND_FIRST_MS);
}

void rounds_end(struct rounds *r)
{
    r->bus = NULL;
    sd_event_source_set_enabled(r->timer, SD_EVENT_OFF);
}
