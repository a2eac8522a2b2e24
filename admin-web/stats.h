/* stats.h - admin-web's own row of process_stats, saved by the main thread every 15 s */
#pragma once
#include "common/base/base.h"

#define STATS_EVERY_MS 15000

struct admin;
struct stats;

struct stats *stats_new(struct admin *); /* its loop and db must be there */
void          stats_free(struct stats **);
void          stats_save(struct stats *); /* now; nothing happens while the database is away */
