/* watch.c - what watches the suite may ask: is it alive, is it ready, how is everybody */
#include "admin-web/watch.h"

#include "admin-web/admin.h"
#include "admin-web/json.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/admin_web_queries.h"

#define STATUS_FRESH_MS \
    1000 /* anybody may ask as often as he likes; the database is asked this often */

int on_health(struct exchange *x)
{
    struct json j = {.into = &x->answer};
    json_object(&j, NULL);
    json_text(&j, "status", "alive");
    json_text(&j, "version", SUITE_VERSION);
    json_end(&j);
    return 0;
}

struct db_result *watch_rows(struct exchange *x, int query)
{
    struct err err;
    struct db_result *rows = pool_call(x->admin->pool, query, NULL, &err);
    if (!rows) {
        log_warn("query failed name=%s text=\"%s\"", admin_web_queries[query].name, err.text);
    }
    return rows;
}

int on_ready(struct exchange *x)
{
    scoped(db_result_free) struct db_result *backlog = watch_rows(x, Q_read_backlog);
    size_t engines = x->admin->engines;
    bool ready = backlog && engines > 0;
    x->status = ready ? 200 : 503;
    struct json j = {.into = &x->answer};
    json_object(&j, NULL);
    json_bool(&j, "ready", ready);
    json_bool(&j, "database", backlog != NULL);
    json_i64(&j, "engines", (int64_t)engines);
    json_end(&j);
    return 0;
}

static void add_daemons(struct json *j, const struct db_result *processes)
{
    json_list(j, "daemons");
    for (int row = 0; row < db_rows(processes); row++) {
        json_object(j, NULL);
        json_text(j, "daemon", db_text(processes, row, 0));
        json_text(j, "instance", db_text(processes, row, 1));
        json_text(j, "version", db_text(processes, row, 2));
        json_text(j, "state", db_text(processes, row, 3));
        json_time(j, "since", db_i64(processes, row, 4));
        json_i64(j, "silent_s", db_i64(processes, row, 5));
        json_bool(j, "alive", db_bool(processes, row, 6));
        json_end(j);
    }
    json_end(j);
}

/* The orders' gauges become one object, the others another. */
static void add_gauges(struct json *j, const char *key, const struct db_result *backlog,
                       bool orders)
{
    json_object(j, key);
    for (int row = 0; row < db_rows(backlog); row++) {
        if (str_eq(db_text(backlog, row, 0), "orders") == orders) {
            json_i64(j, db_text(backlog, row, orders ? 1 : 0), db_i64(backlog, row, 2));
        }
    }
    json_end(j);
}

static void render_status(struct exchange *x, struct buf *into)
{
    scoped(db_result_free) struct db_result *backlog = watch_rows(x, Q_read_backlog);
    scoped(db_result_free) struct db_result *processes =
        backlog ? watch_rows(x, Q_list_processes) : NULL;
    bool database = backlog && processes;
    struct json j = {.into = into};
    json_object(&j, NULL);
    json_time(&j, "at", clock_now_ms());
    json_text(&j, "version", SUITE_VERSION);
    json_bool(&j, "database", database);
    json_i64(&j, "engines", (int64_t)x->admin->engines);
    if (database) {
        add_daemons(&j, processes);
        add_gauges(&j, "orders", backlog, true);
        add_gauges(&j, "backlog", backlog, false);
    }
    json_end(&j);
}

int on_status(struct exchange *x)
{
    struct admin *admin = x->admin;
    pthread_mutex_lock(&admin->status_lock);
    bool fresh = admin->status.len > 0 && clock_mono_ms() - admin->status_at_ms < STATUS_FRESH_MS;
    if (fresh) {
        buf_add(&x->answer, admin->status.data, admin->status.len);
    }
    pthread_mutex_unlock(&admin->status_lock);
    if (fresh) {
        return 0;
    }
    /* not under the lock: a database that hangs must not hang those who read what there is */
    render_status(x, &x->answer);
    pthread_mutex_lock(&admin->status_lock);
    buf_reset(&admin->status);
    buf_add(&admin->status, x->answer.data, x->answer.len);
    admin->status_at_ms = clock_mono_ms();
    pthread_mutex_unlock(&admin->status_lock);
    return 0;
}
