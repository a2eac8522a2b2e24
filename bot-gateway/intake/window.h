/* window.h - which updates Telegram has shown us, which of them are handled, what offset may be confirmed (pure)
 *
 * getUpdates(offset) confirms everything below offset for good, and shows the oldest 100 of the rest. So the offset is a
 * low-water mark: it never passes an update that is not handled. While one lags behind, what comes after it is shown again
 * with every answer; the window knows these by their id.
 *
 *      ...confirmed | h h h H h . h . .  | not shown yet
 *                              ^ low water: the next offset     h handled, . in flight
 *
 * Confirmed is what a question was asked with that was answered. Ids grow, but after a quiet week Telegram may begin anew
 * anywhere: an id below what is confirmed can only mean that, and the window starts anew with it.
 */
#pragma once
#include "common/base/base.h"

struct window_entry {
    int64_t update_id;
    bool    handled;
};

struct window { /* zero-initialised = nothing known: asks with offset 0 */
    struct window_entry *entries; /* ascending by id, what is confirmed left out */
    size_t  count, cap;
    size_t  low;       /* entries before it are handled */
    size_t  in_flight; /* entries not handled */
    int64_t confirmed, asked; /* offsets: of the last question that was answered, of the last one */
};

void window_fini(struct window *);

/* The offset to ask with now: everything below it is handled. 0 = whatever there is. */
int64_t window_ask(struct window *);
/* The same after a question that was not answered: 0, in case whoever answers now numbers otherwise. */
int64_t window_ask_afresh(struct window *);
/* The last question is answered: what was below its offset is confirmed and forgotten. */
void window_answered(struct window *);

/* The answer to the last question shows this id. True: it is new and in flight from now on. False: known already. */
bool window_see(struct window *, int64_t update_id);

/* Its effect, or itself, is committed. Ids that are not known are passed over. */
void window_handled(struct window *, int64_t update_id);

/* By how many updates the offset would move if we asked now. */
size_t window_moved(const struct window *);

/* ---- when to ask again ---- */

struct window_pace {
    size_t  limit;          /* updates an answer shows at most */
    int64_t moved_ms;       /* the offset has moved a little: ask so long after the last answer */
    int64_t same_offset_ms; /* it has not moved: Telegram would show the same, ask so long after the last question */
};

/* Milliseconds to wait, 0 = ask now. With nothing in flight or half an answer's worth handled at once; else as the pace says. */
int64_t window_wait_ms(const struct window *, const struct window_pace *, int64_t asked_ms, int64_t answered_ms, int64_t now_ms);
