/* window.c - the low-water mark over the updates in flight (pure) */
#include "bot-gateway/intake/window.h"

#define FIRST_CAP 256

void window_fini(struct window *w)
{
    free(w->entries);
    *w = (struct window){0};
}

/* Index of the first entry that is not below id. */
static size_t find(const struct window *w, int64_t update_id)
{
    size_t from = 0;
    size_t to = w->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (w->entries[middle].update_id < update_id) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static bool is_at(const struct window *w, size_t i, int64_t update_id)
{
    return i < w->count && w->entries[i].update_id == update_id;
}

int64_t window_ask(struct window *w)
{
    w->asked = w->low > 0 ? w->entries[w->low - 1].update_id + 1 : w->confirmed;
    return w->asked;
}

int64_t window_ask_afresh(struct window *w)
{
    w->asked = w->confirmed;
    return 0;
}

void window_answered(struct window *w)
{
    size_t gone = find(w, w->asked);
    w->confirmed = w->asked;
    w->count -= gone;
    w->low -= gone;
    if (w->count > 0) {
        memmove(w->entries, w->entries + gone, w->count * sizeof(*w->entries));
    }
}

static void insert(struct window *w, size_t at, int64_t update_id)
{
    if (w->count == w->cap) {
        w->cap = w->cap ? w->cap * 2 : FIRST_CAP;
        w->entries = xrealloc(w->entries, w->cap, sizeof(*w->entries));
    }
    memmove(w->entries + at + 1, w->entries + at, (w->count - at) * sizeof(*w->entries));
    w->entries[at] = (struct window_entry){.update_id = update_id};
    w->count++;
    w->in_flight++;
    w->low = at < w->low ? at : w->low;
}

bool window_see(struct window *w, int64_t update_id)
{
    if (update_id < w->confirmed) {
        w->count = 0;
        w->low = 0;
        w->in_flight = 0;
        w->confirmed = 0;
    }
    size_t at = find(w, update_id);
    if (is_at(w, at, update_id)) {
        return false;
    }
    insert(w, at, update_id);
    return true;
}

void window_handled(struct window *w, int64_t update_id)
{
    size_t at = find(w, update_id);
    if (!is_at(w, at, update_id) || w->entries[at].handled) {
        return;
    }
    w->entries[at].handled = true;
    w->in_flight--;
    while (w->low < w->count && w->entries[w->low].handled) {
        w->low++;
    }
}

size_t window_moved(const struct window *w)
{
    return w->low;
}

static int64_t left_ms(int64_t since_ms, int64_t pause_ms, int64_t now_ms)
{
    return max_i64(since_ms + pause_ms - now_ms, 0);
}

int64_t window_wait_ms(const struct window *w, const struct window_pace *pace, int64_t asked_ms,
                       int64_t answered_ms, int64_t now_ms)
{
    if (w->in_flight == 0 || w->low >= pace->limit / 2) {
        return 0;
    }
    if (w->low > 0) {
        return left_ms(answered_ms, pace->moved_ms, now_ms);
    }
    return left_ms(asked_ms, pace->same_offset_ms, now_ms);
}
