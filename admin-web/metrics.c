/* metrics.c - the figures of all daemons as Prometheus text
 *
 * itsupport_<daemon>_<counter>{instance="..."} from process_stats, our own from memory, gauges of
 * what is open and waits.
 */
#include <ctype.h>

#include "admin-web/admin.h"
#include "admin-web/watch.h"
#include "sql/admin_web_queries.h"

#define NAME_MAX_BYTES 100

/* clang-format off */
static const struct { const char *name, *help; } gauges[] = {
    {"orders",            "orders that are not closed or cancelled, by state"},
    {"alerts_open",       "alerts to managers that stand"},
    {"notices_waiting",   "notices not yet taken by Telegram"},
    {"replies_waiting",   "replies of the dialog not yet taken by Telegram"},
    {"deadlines_overdue", "deadlines that are due and not handled"},
    {"updates_waiting",   "updates of Telegram set aside"},
    {"updates_parked",    "updates of Telegram that failed three times"},
};

static const char *const counter_helps[COUNTER_COUNT] = {
#define COUNTER(name, help) help,
    COUNTERS(COUNTER)
#undef COUNTER
};
/* clang-format on */

/* What names may hold: letters, digits and _; everything else becomes _. */
static void clean_name(const char *from, char into[static NAME_MAX_BYTES])
{
    snprintf(into, NAME_MAX_BYTES, "%s", from);
    for (char *c = into; *c; c++) {
        *c = isalnum((unsigned char)*c) ? *c : '_';
    }
}

static void add_label(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\\' || *text == '"' || *text == '\n') {
            buf_add_char(out, '\\');
        }
        buf_add_char(out, *text == '\n' ? 'n' : *text);
    }
}

static const char *type_of(const char *name)
{
    static const char total[] = "_total";
    size_t len = strlen(name), tail = sizeof(total) - 1;
    return len > tail && str_eq(name + len - tail, total) ? "counter" : "gauge";
}

static void add_head(struct buf *out, const char *name, const char *help)
{
    if (help) {
        buf_printf(out, "# HELP %s %s\n", name, help);
    }
    buf_printf(out, "# TYPE %s %s\n", name, type_of(name));
}

static void add_own(struct buf *out, struct admin *admin)
{
    for (size_t i = 0; i < COUNTER_COUNT; i++) {
        char name[NAME_MAX_BYTES];
        snprintf(name, sizeof(name), "itsupport_admin_web_%s", counter_names[i]);
        add_head(out, name, counter_helps[i]);
        buf_printf(out, "%s{instance=\"1\"} %lld\n", name, (long long)admin->counters[i]);
    }
    add_head(out, "itsupport_admin_web_engines", "order-engines connected to admin-web");
    buf_printf(out, "itsupport_admin_web_engines %zu\n", admin->engines);
}

static void add_others(struct buf *out, const struct db_result *counters)
{
    char last[NAME_MAX_BYTES] = "";
    for (int row = 0; row < db_rows(counters); row++) {
        char raw[NAME_MAX_BYTES], name[NAME_MAX_BYTES];
        snprintf(raw, sizeof(raw), "itsupport_%s_%s", db_text(counters, row, 0),
                 db_text(counters, row, 2));
        clean_name(raw, name);
        if (!str_eq(name, last)) {
            add_head(out, name, NULL);
            memcpy(last, name, sizeof(last));
        }
        buf_printf(out, "%s{instance=\"", name);
        add_label(out, db_text(counters, row, 1));
        buf_printf(out, "\"} %s\n", db_text(counters, row, 3));
    }
}

/* One figure of every process. */
static void add_processes(struct buf *out, const struct db_result *processes, const char *name,
                          const char *help, int column)
{
    add_head(out, name, help);
    for (int row = 0; row < db_rows(processes); row++) {
        buf_printf(out, "%s{daemon=\"%s\",instance=\"", name, db_text(processes, row, 0));
        add_label(out, db_text(processes, row, 1));
        buf_add_text(out, "\",version=\"");
        add_label(out, db_text(processes, row, 2));
        int64_t value =
            column == 6 ? db_bool(processes, row, 6) : db_i64(processes, row, column) / 1000;
        buf_printf(out, "\"} %lld\n", (long long)value);
    }
}

static void add_backlog(struct buf *out, const struct db_result *backlog)
{
    for (size_t i = 0; i < ARRAY_LEN(gauges); i++) {
        char name[NAME_MAX_BYTES];
        snprintf(name, sizeof(name), "itsupport_%s", gauges[i].name);
        add_head(out, name, gauges[i].help);
        for (int row = 0; row < db_rows(backlog); row++) {
            const char *state = db_text(backlog, row, 1);
            if (!str_eq(db_text(backlog, row, 0), gauges[i].name)) {
                continue;
            }
            buf_add_text(out, name);
            if (*state) {
                buf_printf(out, "{state=\"%s\"}", state);
            }
            buf_printf(out, " %lld\n", (long long)db_i64(backlog, row, 2));
        }
    }
}

int on_metrics(struct exchange *x)
{
    scoped(db_result_free) struct db_result *backlog = watch_rows(x, Q_read_backlog);
    scoped(db_result_free) struct db_result *processes =
        backlog ? watch_rows(x, Q_list_processes) : NULL;
    scoped(db_result_free) struct db_result *counters =
        processes ? watch_rows(x, Q_list_counters) : NULL;

    x->content_type = "text/plain; version=0.0.4; charset=utf-8";
    add_head(&x->answer, "itsupport_database_up", "whether PostgreSQL answers admin-web");
    buf_printf(&x->answer, "itsupport_database_up %d\n", counters != NULL);
    add_own(&x->answer, x->admin);
    if (counters) {
        add_processes(&x->answer, processes, "itsupport_up",
                      "whether the process has been heard of within 45 s", 6);
        add_processes(&x->answer, processes, "itsupport_start_time_seconds",
                      "when the process started", 4);
        add_backlog(&x->answer, backlog);
        add_others(&x->answer, counters);
    }
    return 0;
}
