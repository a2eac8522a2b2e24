/* pacing.c - when a message may leave */
#include "bot-gateway/delivery/pacing.h"

#include <search.h>

#include "common/base/clock.h"

#define CHATS_BEFORE_FORGETTING 1024

struct chat_pace {
    int64_t chat_id;
    int64_t held_until_ms;
    int64_t
        clear_at_ms; /* private: when all that was said has worn off, at one message per interval */
    int64_t busy_at_ms;   /* the latest instant at which the chat was written to */
    size_t next;          /* group: which of the instants below is the oldest */
    int64_t free_at_ms[]; /* group: when each of its places is free again */
};

struct slot {
    int64_t free_at_ms;
    uint32_t serial; /* of its latest taker: a late answer does not touch a successor's */
};

struct pacing {
    struct pacing_limits limits;
    int64_t chat_interval_ms;
    int64_t steady_at_ms; /* when the next steady send is due */
    int64_t held_until_ms;
    int64_t fastest_ms; /* the shortest way there and back ever seen */
    uint32_t serial;
    void *chats; /* tsearch tree of struct chat_pace */
    size_t chat_count, forget_above;
    struct slot slots[];
};

static int compare_chats(const void *left, const void *right)
{
    const struct chat_pace *a = left, *b = right;
    return (a->chat_id > b->chat_id) - (a->chat_id < b->chat_id);
}

static bool is_group(int64_t chat_id)
{
    return chat_id < 0;
}

struct pacing *pacing_new(const struct pacing_limits *limits)
{
    assert(limits->per_second >= 1 && limits->per_second <= PACING_PER_SECOND_MAX);
    assert(limits->chat_per_second >= 1 && limits->chat_burst >= 1 &&
           limits->group_per_minute >= 1);
    struct pacing *p = xcalloc(1, sizeof *p + (size_t)limits->per_second * sizeof p->slots[0]);
    p->limits = *limits;
    p->chat_interval_ms = (SECOND_MS + limits->chat_per_second - 1) / limits->chat_per_second;
    p->steady_at_ms = p->held_until_ms = INT64_MIN;
    p->fastest_ms = INT64_MAX;
    p->forget_above = CHATS_BEFORE_FORGETTING;
    for (int64_t i = 0; i < limits->per_second; i++)
        p->slots[i].free_at_ms = INT64_MIN;
    return p;
}

void pacing_free(struct pacing **pacing)
{
    if (*pacing == NULL)
        return;
    tdestroy((*pacing)->chats, free);
    free(*pacing);
    *pacing = NULL;
}

static struct chat_pace *find_chat(const struct pacing *p, int64_t chat_id)
{
    struct chat_pace key = {.chat_id = chat_id};
    struct chat_pace **found = tfind(&key, &p->chats, compare_chats);
    return found == NULL ? NULL : *found;
}

static size_t places_of(const struct pacing *p, int64_t chat_id)
{
    return is_group(chat_id) ? (size_t)p->limits.group_per_minute : 0;
}

static struct chat_pace *find_or_add_chat(struct pacing *p, int64_t chat_id)
{
    struct chat_pace *chat = find_chat(p, chat_id);
    if (chat != NULL)
        return chat;
    size_t places = places_of(p, chat_id);
    chat = xcalloc(1, sizeof *chat + places * sizeof chat->free_at_ms[0]);
    chat->chat_id = chat_id;
    chat->held_until_ms = chat->clear_at_ms = chat->busy_at_ms = INT64_MIN;
    for (size_t i = 0; i < places; i++)
        chat->free_at_ms[i] = INT64_MIN;
    void *added = tsearch(chat, &p->chats, compare_chats);
    assert(added != NULL);
    p->chat_count++;
    return chat;
}

/* ---- the chat's own limit ---- */

static int64_t chat_free_at(const struct pacing *p, const struct chat_pace *chat)
{
    if (is_group(chat->chat_id))
        return chat->free_at_ms[chat->next];
    int64_t burst_ms = (p->limits.chat_burst - 1) * p->chat_interval_ms;
    return chat->clear_at_ms < INT64_MIN + burst_ms ? INT64_MIN : chat->clear_at_ms - burst_ms;
}

int64_t pacing_chat_when(const struct pacing *p, int64_t chat_id, int64_t now_ms)
{
    const struct chat_pace *chat = find_chat(p, chat_id);
    if (chat == NULL)
        return now_ms;
    return max_i64(now_ms, max_i64(chat->held_until_ms, chat_free_at(p, chat)));
}

static void count_in_chat(struct pacing *p, const struct pacing_slot *slot, int64_t now_ms)
{
    struct chat_pace *chat = find_or_add_chat(p, slot->chat_id);
    chat->busy_at_ms = now_ms;
    if (is_group(slot->chat_id)) {
        chat->free_at_ms[chat->next] = now_ms + MINUTE_MS + PACING_MARGIN_MS;
        chat->next = (chat->next + 1) % places_of(p, slot->chat_id);
    } else if (slot->deed == PACING_SEND) {
        chat->clear_at_ms = max_i64(chat->clear_at_ms, now_ms) + p->chat_interval_ms;
    }
}

/* The receiver may have counted it as late as now: what was reckoned from its leaving is moved. */
static void recount_in_chat(struct pacing *p, const struct pacing_slot *slot, int64_t now_ms)
{
    struct chat_pace *chat = find_chat(p, slot->chat_id);
    if (chat == NULL) /* forgotten meanwhile: the answer took longer than any window */
        return;
    chat->busy_at_ms = now_ms;
    if (is_group(slot->chat_id)) {
        size_t places = places_of(p, slot->chat_id);
        chat->free_at_ms[(chat->next + places - 1) % places] =
            now_ms + MINUTE_MS + PACING_MARGIN_MS;
    } else if (slot->deed == PACING_SEND) {
        chat->clear_at_ms =
            max_i64(chat->clear_at_ms, now_ms + p->chat_interval_ms + PACING_MARGIN_MS);
    }
}

/* ---- forgetting quiet chats ---- */

struct quiet {
    const struct pacing *pacing;
    int64_t now_ms;
    struct chat_pace **chats;
    size_t count;
};

static bool is_quiet(const struct chat_pace *chat, int64_t now_ms)
{
    return max_i64(chat->held_until_ms, chat->clear_at_ms) <= now_ms &&
           chat->busy_at_ms <= now_ms - MINUTE_MS - PACING_MARGIN_MS;
}

static void on_chat(const void *node, VISIT visit, void *ctx)
{
    struct quiet *quiet = ctx;
    struct chat_pace *chat = *(struct chat_pace *const *)node;
    if ((visit == postorder || visit == leaf) && is_quiet(chat, quiet->now_ms))
        quiet->chats[quiet->count++] = chat;
}

static void forget_quiet_chats(struct pacing *p, int64_t now_ms)
{
    if (p->chat_count <= p->forget_above)
        return;
    struct quiet quiet = {p, now_ms, xcalloc(p->chat_count, sizeof(struct chat_pace *)), 0};
    twalk_r(p->chats, on_chat, &quiet);
    for (size_t i = 0; i < quiet.count; i++) {
        tdelete(quiet.chats[i], &p->chats, compare_chats);
        free(quiet.chats[i]);
    }
    free(quiet.chats);
    p->chat_count -= quiet.count;
    p->forget_above = CHATS_BEFORE_FORGETTING + 2 * p->chat_count;
}

size_t pacing_chats(const struct pacing *p)
{
    return p->chat_count;
}

/* ---- the overall limit ---- */

static uint32_t first_free(const struct pacing *p)
{
    uint32_t first = 0;
    for (uint32_t i = 1; i < p->limits.per_second; i++)
        if (p->slots[i].free_at_ms < p->slots[first].free_at_ms)
            first = i;
    return first;
}

int64_t pacing_when(const struct pacing *p, enum pacing_pace pace, int64_t now_ms)
{
    int64_t when = max_i64(now_ms, max_i64(p->held_until_ms, p->slots[first_free(p)].free_at_ms));
    return pace == PACE_STEADY ? max_i64(when, p->steady_at_ms) : when;
}

struct pacing_slot pacing_take(struct pacing *p, int64_t chat_id, enum pacing_deed deed,
                               enum pacing_pace pace, int64_t now_ms)
{
    forget_quiet_chats(p, now_ms);
    struct pacing_slot taken = {
        .index = first_free(p),
        .serial = ++p->serial,
        .chat_id = chat_id,
        .deed = deed,
        .pace = pace,
        .leave_at_ms = max_i64(pacing_when(p, pace, now_ms), pacing_chat_when(p, chat_id, now_ms)),
    };
    struct slot *slot = &p->slots[taken.index];
    assert(slot->free_at_ms != INT64_MAX); /* pacing_when said so */
    taken.was_free_at_ms = slot->free_at_ms;
    slot->free_at_ms = INT64_MAX;
    slot->serial = taken.serial;
    if (pace == PACE_STEADY) /* reckoned from when it was due, so that a late timer costs nothing */
        p->steady_at_ms = max_i64(p->steady_at_ms, taken.leave_at_ms - PACING_CATCH_UP_MS) +
                          SECOND_MS / p->limits.per_second;
    return taken;
}

void pacing_return(struct pacing *p, const struct pacing_slot *taken)
{
    p->slots[taken->index].free_at_ms = taken->was_free_at_ms;
    if (taken->pace == PACE_STEADY)
        p->steady_at_ms = min_i64(p->steady_at_ms, taken->leave_at_ms);
}

void pacing_left(struct pacing *p, struct pacing_slot *taken, int64_t now_ms)
{
    taken->left_at_ms = now_ms;
    p->slots[taken->index].free_at_ms = now_ms + SECOND_MS + PACING_ANSWER_MAX_MS;
    count_in_chat(p, taken, now_ms);
}

void pacing_answered(struct pacing *p, const struct pacing_slot *taken, int64_t now_ms)
{
    int64_t way_ms = now_ms - taken->left_at_ms;
    p->fastest_ms = min_i64(p->fastest_ms, way_ms);
    struct slot *slot = &p->slots[taken->index];
    if (slot->serial == taken->serial) {
        int64_t jitter_ms = min_i64(way_ms - p->fastest_ms, PACING_ANSWER_MAX_MS);
        slot->free_at_ms = taken->left_at_ms + SECOND_MS + PACING_MARGIN_MS + jitter_ms;
    }
    recount_in_chat(p, taken, now_ms);
}

/* ---- when Telegram says no ---- */

void pacing_hold(struct pacing *p, int64_t until_ms)
{
    p->held_until_ms = max_i64(p->held_until_ms, until_ms);
}

/* Had the chat said more than its steady rate allows, by our own books? */
static bool chat_was_at_its_limit(const struct pacing *p, const struct chat_pace *chat,
                                  int64_t now_ms)
{
    if (is_group(chat->chat_id))
        return true; /* a group's limit is also spent by others' edits: it is always the likelier
                        one */
    return chat->clear_at_ms > now_ms + p->chat_interval_ms + PACING_MARGIN_MS;
}

bool pacing_flood(struct pacing *p, int64_t chat_id, int64_t retry_after_ms, int64_t now_ms)
{
    struct chat_pace *chat = find_or_add_chat(p, chat_id);
    chat->held_until_ms = max_i64(chat->held_until_ms, now_ms + retry_after_ms);
    if (chat_was_at_its_limit(p, chat, now_ms))
        return false;
    pacing_hold(p, now_ms + retry_after_ms);
    return true;
}
