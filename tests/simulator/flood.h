/* flood.h - how much a bot may say: Telegram's flood limits as rolling windows */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { LIMITS_WINDOW = 64 };

/* When the last sends were made; says whether one more fits. */
struct window {
    int64_t at_ms[LIMITS_WINDOW];
    uint64_t used;
};

/* What one chat has spent. */
struct chat_limits {
    struct window sends, edits; /* groups */
    double spent;               /* private chat: messages above the rate of one a second */
    int64_t spent_at_ms;
};

struct limits {
    bool on;
    int overall_per_s, chat_burst, group_per_min;
    struct window overall;
    int64_t refusals;
};

enum limits_deed { LIMITS_SEND, LIMITS_EDIT };

void limits_init(struct limits *, bool on);

/* Milliseconds to wait, 0 when the deed may be done now, and is then counted. `count` messages at
 * once (an album) weigh as many overall, but as one in the chat. */
int64_t limits_admit(struct limits *, struct chat_limits *, bool is_group, enum limits_deed,
                     int count, int64_t now_ms);
