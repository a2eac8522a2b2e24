/* watcher.c - sla-watcher in a simulation */
#include "tests/simulation/watcher.h"

static void look(struct watcher *w, const struct company *c, int64_t now)
{
    int64_t until = now + WATCHER_LOOKS_AHEAD_MS;
    size_t rows = deadline_queue_begin_look(&w->queue);
    deadline_queue_begin_rows(&w->queue);
    for (size_t i = 0; i < c->deadline_count && i < rows && c->deadlines[i].d.due_at <= until; i++)
        deadline_queue_add(&w->queue, &c->deadlines[i].d);
    deadline_queue_end_look(&w->queue, until);
}

void watcher_start(struct watcher *w, const struct company *c)
{
    deadline_queue_reset(&w->queue);
    w->up = true;
    look(w, c, c->now);
}

void watcher_stop(struct watcher *w)
{
    w->up = false;
}

void watcher_moved(struct watcher *w, const struct company *c, int64_t earliest_at)
{
    if (w->up && deadline_queue_covers(&w->queue, earliest_at))
        look(w, c, c->now);
}

void watcher_hear(struct watcher *w, const struct company *c, const struct decision *d)
{
    int64_t earliest_at = INT64_MAX;
    for (size_t i = 0; i < d->deadline_count; i++)
        earliest_at = min_i64(earliest_at, d->deadlines[i].due_at);
    watcher_moved(w, c, earliest_at);
}

/* The daemon looks every few seconds; here the looks that could bring nothing are skipped, and the
 * one before the next row is due is made. */
int64_t watcher_next_at(struct watcher *w, const struct company *c)
{
    if (!w->up)
        return INT64_MAX;
    if (deadline_queue_next_at(&w->queue) > c->now + WATCHER_LOOKS_EVERY_MS &&
        c->deadline_count > 0)
        look(w, c, max_i64(c->now, c->deadlines[0].d.due_at - WATCHER_LOOKS_EVERY_MS));
    return deadline_queue_next_at(&w->queue);
}

bool watcher_pop(struct watcher *w, const struct company *c, struct deadline *ret)
{
    return w->up && deadline_queue_pop(&w->queue, c->now, ret);
}

void watcher_answered(struct watcher *w, int64_t deadline_id)
{
    deadline_queue_answer(&w->queue, deadline_id);
}
