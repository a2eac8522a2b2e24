/* audit.c - what should not be and nobody has seen */
#include "sla-watcher/audit.h"

#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/sla_watcher_queries.h"

#define AUDIT_EVERY_MS 60000
#define AUDIT_FIRST_MS 5000 /* what fell due while nobody watched is reached before */
#define DAY_BYTES 16
#define REPORT_ID_BYTES 64

struct tally {
    int64_t count, since, order_id;
    bool asked;              /* the engine is being told */
    char told_on[DAY_BYTES]; /* the day of the last report that was answered */
};

struct audit {
    struct db *db;
    struct bus_client *bus; /* NULL: we are not the active one */
    sd_event_source *timer;
    struct tally tallies[CONCERN_COUNT];
    int64_t fresh[CONCERN_COUNT];
    char today[DAY_BYTES];
    bool looking;
};

struct report { /* one command asked */
    struct audit *audit;
    enum concern concern;
    char day[DAY_BYTES];
};

/* ---- telling ---- */

static void on_reported(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    struct report *report = ctx;
    struct tally *tally = &report->audit->tallies[report->concern];
    tally->asked = false;
    if (err == NULL && str_eq(answer->outcome, "ok"))
        memcpy(tally->told_on, report->day, sizeof tally->told_on);
    free(report);
}

static void tell(struct audit *a, enum concern concern)
{
    struct tally *tally = &a->tallies[concern];
    struct report *report = xcalloc(1, sizeof *report);
    char id[REPORT_ID_BYTES];
    *report = (struct report){.audit = a, .concern = concern};
    memcpy(report->day, a->today, sizeof report->day);
    snprintf(id, sizeof id, "sla:%s:%s", concern_name(concern), a->today);
    tally->asked = true;
    bus_client_ask(a->bus,
                   &(struct msg){
                       .type = MSG_system_report,
                       .id = id,
                       .actor = "system",
                       .at = clock_now_ms(),
                       .body.system_report = {.kind = concern_name(concern),
                                              .count = tally->count,
                                              .has_count = true,
                                              .since = tally->since,
                                              .has_since = true,
                                              .order_id = tally->order_id,
                                              .has_order_id = tally->order_id != 0}
    },
                   on_reported, report);
}

/* ---- looking ---- */

static void on_concerns(void *ctx, const struct db_result *rows)
{
    struct audit *a = ctx;
    for (int i = 0; i < db_rows(rows); i++) {
        int concern = concern_parse(db_text(rows, i, 0));
        if (concern < 0)
            continue; /* of a newer schema */
        struct tally *tally = &a->tallies[concern];
        a->fresh[concern] = db_i64(rows, i, 1);
        tally->since = db_i64(rows, i, 2);
        tally->order_id = db_i64(rows, i, 3);
        snprintf(a->today, sizeof a->today, "%s", db_text(rows, i, 4));
    }
}

static void note(struct audit *a, enum concern concern)
{
    struct tally *tally = &a->tallies[concern];
    if (tally->count == 0 && a->fresh[concern] > 0)
        log_warn("found %s count=%" PRId64 ": %s", concern_name(concern), a->fresh[concern],
                 concern_advice(concern));
    tally->count = a->fresh[concern];
    if (tally->count > 0 && !tally->asked && !str_eq(tally->told_on, a->today))
        tell(a, concern);
}

static void on_looked(void *ctx, const struct err *err)
{
    struct audit *a = ctx;
    a->looking = false;
    if (err != NULL) {
        log_warn("looking for what went wrong failed: %s, again in a minute", err->text);
        return;
    }
    for (int concern = 0; a->bus != NULL && concern < CONCERN_COUNT; concern++)
        note(a, (enum concern)concern);
}

static void look(struct audit *a)
{
    a->looking = true;
    memset(a->fresh, 0, sizeof a->fresh);
    db_call(a->db, Q_read_concerns, NULL, on_concerns, a);
    db_end(a->db, on_looked, a);
}

/* ---- life ---- */

static void look_in(struct audit *a, int64_t ms)
{
    sd_event_source_set_time_relative(a->timer, (uint64_t)ms * 1000);
    sd_event_source_set_enabled(a->timer, SD_EVENT_ONESHOT);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct audit *a = ctx;
    (void)source, (void)usec;
    if (a->bus != NULL && !a->looking)
        look(a);
    look_in(a, AUDIT_EVERY_MS);
    return 0;
}

struct audit *audit_new(sd_event *loop, struct db *db)
{
    struct audit *a = xcalloc(1, sizeof *a);
    a->db = db;
    int rc = sd_event_add_time(loop, &a->timer, CLOCK_MONOTONIC, UINT64_MAX, 1, on_timer, a);
    assert(rc >= 0);
    (void)rc;
    return a;
}

void audit_free(struct audit **ref)
{
    if (*ref == NULL)
        return;
    sd_event_source_disable_unref((*ref)->timer);
    free(*ref);
    *ref = NULL;
}

void audit_begin(struct audit *a, struct bus_client *bus)
{
    a->bus = bus;
    look_in(a, AUDIT_FIRST_MS);
}

void audit_end(struct audit *a)
{
    a->bus = NULL;
    memset(a->tallies, 0, sizeof a->tallies);
    sd_event_source_set_enabled(a->timer, SD_EVENT_OFF);
}

int64_t audit_count(const struct audit *a, enum concern concern)
{
    return a->tallies[concern].count;
}
