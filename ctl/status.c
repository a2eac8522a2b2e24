/* status.c - itsupportctl status: is everybody there, what is open, what waits */
#include <inttypes.h>

#include "common/base/clock.h"
#include "common/wire/domain.h"
#include "ctl/ctl.h"

#define STALE_AFTER_S 45 /* three reports missed: stopped, killed or without PostgreSQL */

static bool is_stale(const struct db_result *processes, int row)
{
    return db_i64(processes, row, 5) > STALE_AFTER_S;
}

static void print_processes(const struct db_result *r)
{
    if (db_rows(r) == 0)
        printf("no process has ever reported\n");
    for (int row = 0; row < db_rows(r); row++) {
        int64_t up_s = clock_now_ms() / SECOND_MS - db_i64(r, row, 4) / SECOND_MS;
        printf("%-12s %-8s %-24s pid %-7" PRId64 " version %s, ", db_text(r, row, 0),
               db_text(r, row, 1), is_stale(r, row) ? "SILENT" : db_text(r, row, 6),
               db_i64(r, row, 2), db_text(r, row, 3));
        if (is_stale(r, row))
            printf("last heard of %" PRId64 " s ago\n", db_i64(r, row, 5));
        else
            printf("up %" PRId64 " min\n", up_s / 60);
    }
}

/* "orders: new 1, in_work 2 ..." a line per topic; the statement returns them together. */
static void print_counts(const struct db_result *r)
{
    const char *topic = "";
    for (int row = 0; row < db_rows(r); row++) {
        bool begins = !str_eq(topic, db_text(r, row, 0));
        topic = db_text(r, row, 0);
        if (begins)
            printf("%s%s: ", row == 0 ? "" : "\n", topic);
        printf("%s%s %" PRId64, begins ? "" : ", ", db_text(r, row, 1), db_i64(r, row, 2));
    }
    printf("\n");
}

static void print_concerns(const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        int concern = concern_parse(db_text(r, row, 0));
        printf("PROBLEM: %" PRId64 " %s", db_i64(r, row, 1),
               concern < 0 ? db_text(r, row, 0) : concern_meaning((enum concern)concern));
        if (!db_is_null(r, row, 3))
            printf(" (the oldest: order %" PRId64 ")", db_i64(r, row, 3));
        printf("; %s\n", concern < 0 ? "this program is older than the schema"
                                     : concern_advice((enum concern)concern));
    }
}

static void add_processes(struct buf *json, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        buf_printf(json, "%s\n  {\"daemon\": \"%s\", \"instance\": ", row == 0 ? "" : ",",
                   db_text(r, row, 0));
        buf_add_json(json, db_text(r, row, 1));
        buf_printf(json, ", \"pid\": %" PRId64 ", \"version\": ", db_i64(r, row, 2));
        buf_add_json(json, db_text(r, row, 3));
        buf_printf(json, ", \"since\": %" PRId64 ", \"silent_s\": %" PRId64 ", \"stale\": %s",
                   db_i64(r, row, 4), db_i64(r, row, 5), is_stale(r, row) ? "true" : "false");
        buf_add_text(json, ", \"state\": ");
        buf_add_json(json, db_text(r, row, 6));
        buf_printf(json, ", \"counters\": %s}", db_text(r, row, 7));
    }
}

static void add_counts(struct buf *json, const struct db_result *r)
{
    const char *topic = "";
    for (int row = 0; row < db_rows(r); row++) {
        bool begins = !str_eq(topic, db_text(r, row, 0));
        topic = db_text(r, row, 0);
        if (begins)
            buf_printf(json, "%s\n \"%s\": {", row == 0 ? "" : "},", topic);
        buf_printf(json, "%s\"%s\": %" PRId64, begins ? "" : ", ", db_text(r, row, 1),
                   db_i64(r, row, 2));
    }
    buf_add_text(json, "}");
}

static void add_concerns(struct buf *json, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        buf_printf(json, "%s\n  {\"kind\": \"%s\", \"count\": %" PRId64 ", \"since\": %" PRId64,
                   row == 0 ? "" : ",", db_text(r, row, 0), db_i64(r, row, 1), db_i64(r, row, 2));
        if (!db_is_null(r, row, 3))
            buf_printf(json, ", \"order_id\": %" PRId64, db_i64(r, row, 3));
        buf_add_char(json, '}');
    }
}

int run_status(struct ctl *ctl, struct err *err)
{
    if (ctl_open(ctl, err) != 0)
        return -1;
    scoped(ctl_results_free) struct db_result *processes =
        ctl_call(ctl, Q_list_processes, NULL, err);
    if (processes == NULL)
        return -1;
    scoped(ctl_results_free) struct db_result *counts = ctl_call(ctl, Q_count_things, NULL, err);
    if (counts == NULL)
        return -1;
    scoped(ctl_results_free) struct db_result *concerns = ctl_call(ctl, Q_list_concerns, NULL, err);
    if (concerns == NULL)
        return -1;
    if (ctl->options[OPTION_JSON] == NULL) {
        print_processes(processes);
        print_concerns(concerns);
        print_counts(counts);
        return CTL_DONE;
    }
    scoped(buf_fini) struct buf json = {0};
    buf_add_text(&json, "{\"processes\": [");
    add_processes(&json, processes);
    buf_add_text(&json, "],\n \"concerns\": [");
    add_concerns(&json, concerns);
    buf_add_text(&json, "],");
    add_counts(&json, counts);
    buf_add_char(&json, '}');
    puts(buf_text(&json));
    return CTL_DONE;
}
