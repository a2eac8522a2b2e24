/* watcher.h - sla-watcher in a simulation: its real queue over the rows of the company
 *
 * Up, it sends each deadline at its instant, as the daemon does when nothing is slow; down, nothing is sent; back again, it
 * reads all anew.
 */
#pragma once
#include "tests/simulation/company.h"

#define WATCHER_LOOKS_AHEAD_MS 15000
#define WATCHER_LOOKS_EVERY_MS 5000

struct watcher {
    struct deadline_queue queue;
    bool                  up;
};

void    watcher_start(struct watcher *, const struct company *);
void    watcher_stop(struct watcher *);
void    watcher_hear(struct watcher *, const struct company *, const struct decision *); /* deadlines.moved */
void    watcher_moved(struct watcher *, const struct company *, int64_t earliest_at);
/* The next instant at which it has something to send; INT64_MAX: down, or there is nothing. */
int64_t watcher_next_at(struct watcher *, const struct company *);
bool    watcher_pop(struct watcher *, const struct company *, struct deadline *ret);
void    watcher_answered(struct watcher *, int64_t deadline_id);
