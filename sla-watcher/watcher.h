/* watcher.h - sla-watcher put together: one database session, an election, and for the elected one deadlines and seals
 *
 * The lock of the active watcher belongs to the session, so it is lost with it. Only the elected one makes a bus client: a path
 * is bound by one process at a time.
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/conf.h"

struct watcher_conf {
#define SETTING CONF_MEMBER
#include "sla-watcher/settings.def"
};
extern const struct conf_schema watcher_settings;

struct watcher;

struct watcher *watcher_new(sd_event *loop, const struct watcher_conf *); /* conf is borrowed; never NULL */
void            watcher_free(struct watcher **);
void            watcher_log_stats(const struct watcher *);
