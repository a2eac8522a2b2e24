/* admin.h - the whole daemon: what main.c makes, and which thread may touch what of it */
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "admin-web/courier.h"
#include "admin-web/pool.h"
#include "admin-web/throttle.h"
#include "common/base/conf.h"
#include "common/io/bus.h"
#include "common/io/db.h"

struct admin_conf {
#define SETTING CONF_MEMBER
#include "admin-web/settings.def"
};

/* What the process counts; they stand in its row of process_stats and in /metrics.
 *  name                        meaning                                                                     */
#define COUNTERS(X)                                                                            \
    X(requests_total,           "HTTP requests answered")                                      \
    X(requests_2xx_total,       "of them: done")                                               \
    X(requests_4xx_total,       "of them: the asker's mistake or a refusal")                   \
    X(requests_5xx_total,       "of them: our trouble")                                        \
    X(commands_total,           "commands handed to order-engine")                             \
    X(commands_unanswered_total, "of them: no engine took it, or no answer came in time")      \
    X(tokens_unknown_total,     "requests with an unknown or revoked API token")               \
    X(throttled_total,          "requests refused because of too many unknown tokens")

enum counter {
#define COUNTER(name, ...) COUNT_##name,
    COUNTERS(COUNTER) COUNTER_COUNT
#undef COUNTER
};

struct server;
struct stats;

struct admin {
    /* set at start, only read afterwards: any thread */
    struct admin_conf conf;
    int64_t           since_ms;
    struct pool      *pool;
    struct courier   *courier;

    /* any thread */
    _Atomic int64_t counters[COUNTER_COUNT];
    _Atomic size_t  engines; /* order-engines connected now */
    pthread_mutex_t throttle_lock;
    struct throttle throttle;
    pthread_mutex_t status_lock; /* of the rendered /status.json */
    struct buf      status;
    int64_t         status_at_ms;

    /* the main thread */
    sd_event          *loop;
    struct db         *db; /* for the own row of process_stats, without ever waiting */
    struct bus_client *bus;
    struct server     *server;
    struct stats      *stats;
};

static inline void admin_count(struct admin *admin, enum counter counter)
{
    atomic_fetch_add_explicit(&admin->counters[counter], 1, memory_order_relaxed);
}

extern const struct conf_schema admin_settings;
extern const char *const        counter_names[COUNTER_COUNT];

int  admin_start(void *admin, sd_event *loop, struct err *); /* the three of service.h */
void admin_stop(void *admin);
void admin_fini(void *admin);
