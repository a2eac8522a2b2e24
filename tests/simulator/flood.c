/* flood.c - how much a bot may say: Telegram's flood limits as rolling windows */
#include "flood.h"

void limits_init(struct limits *limits, bool on)
{
    *limits = (struct limits){.on = on, .overall_per_s = 30, .chat_burst = 3, .group_per_min = 20};
}

/* How long until `count` more fit among `most` within `span_ms`. */
static int64_t window_wait(const struct window *window, int most, int count, int64_t span_ms,
                           int64_t now_ms)
{
    if (count > most)
        count = most;
    int64_t spare = most - count; /* this many of the latest may still be inside the span */
    if ((int64_t)window->used <= spare)
        return 0;
    int64_t blocking = window->at_ms[(window->used - 1 - (uint64_t)spare) % LIMITS_WINDOW];
    int64_t left = blocking + span_ms - now_ms;
    return left > 0 ? left : 0;
}

static void window_add(struct window *window, int count, int64_t now_ms)
{
    for (int i = 0; i < count; i++)
        window->at_ms[window->used++ % LIMITS_WINDOW] = now_ms;
}

int64_t limits_admit(struct limits *limits, struct chat_limits *chat, bool is_group,
                     enum limits_deed deed, int count, int64_t now_ms)
{
    if (!limits->on)
        return 0;
    int64_t wait = window_wait(&limits->overall, limits->overall_per_s, count, 1000, now_ms);
    int64_t chat_wait = 0;
    double spent = 0;
    if (is_group) {
        chat_wait = window_wait(deed == LIMITS_SEND ? &chat->sends : &chat->edits,
                                limits->group_per_min, 1, 60000, now_ms);
    } else if (deed == LIMITS_SEND) {
        spent = chat->spent - (double)(now_ms - chat->spent_at_ms) / 1000.0;
        spent = spent < 0 ? 0 : spent;
        if (spent + 1 > limits->chat_burst)
            chat_wait = (int64_t)((spent + 1 - limits->chat_burst) * 1000.0 + 0.999);
    }
    if (chat_wait > wait)
        wait = chat_wait;
    if (wait > 0) {
        limits->refusals++;
        return wait;
    }
    window_add(&limits->overall, count, now_ms);
    if (is_group) {
        window_add(deed == LIMITS_SEND ? &chat->sends : &chat->edits, 1, now_ms);
    } else if (deed == LIMITS_SEND) {
        chat->spent = spent + 1;
        chat->spent_at_ms = now_ms;
    }
    return 0;
}
