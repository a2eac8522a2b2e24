/* stats.h - this process in the table process_stats, every 15 s */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/buf.h"
#include "common/io/db.h"

#define STATS_EVERY_MS 15000

struct stats;

struct stats_opts {
    struct db  *db;
    const char *instance; /* borrowed */
    /* The state in words, and the counters as JSON members without braces. */
    const char *(*describe)(void *ctx, struct buf *counters);
    void *ctx;
};

struct stats *stats_new(sd_event *loop, const struct stats_opts *);
void          stats_free(struct stats **);  /* after db_free */
void          stats_write(struct stats *);  /* at once: something has changed */
