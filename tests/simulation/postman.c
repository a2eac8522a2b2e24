/* postman.c - sends what was decided through the real pacing */
#include "tests/simulation/postman.h"

#include <inttypes.h>

#include "bot-gateway/delivery/pacing.h"

#define PER_SECOND                                                                \
    30 /* what Telegram lets through: overall, and to one chat with a small burst \
        */
#define CHAT_PER_SECOND 1
#define CHAT_BURST 3
#define WINDOW_MS 1000
#define CHATS 1024 /* person ids are smaller */
#define FASTEST_WAY_MS 20
#define SLOWER_WAY_MS 3

struct postman {
    struct pacing *pacing;
    int64_t now_ms;
    int64_t arrived[PER_SECOND]; /* the last so many, a ring */
    size_t at;
    int64_t chat_tokens_ms[CHATS]; /* when a chat's bucket was as full as after its last message */
    int64_t sent;
};

struct postman *postman_new(void)
{
    struct postman *p = xcalloc(1, sizeof *p);
    p->pacing = pacing_new(&(struct pacing_limits){.per_second = PER_SECOND,
                                                   .chat_per_second = CHAT_PER_SECOND,
                                                   .chat_burst = CHAT_BURST,
                                                   .group_per_minute = 20});
    return p;
}

void postman_free(struct postman **ref)
{
    if (*ref == NULL)
        return;
    pacing_free(&(*ref)->pacing);
    free(*ref);
    *ref = NULL;
}

/* The receiver: not more than so many in any second; a bucket per chat, filled once a second. */
static const char *receive(struct postman *p, int64_t chat_id, int64_t arrived_ms)
{
    const char *offence = NULL;
    if (p->sent >= PER_SECOND && arrived_ms - p->arrived[p->at] < WINDOW_MS)
        offence = "overall";
    p->arrived[p->at] = arrived_ms;
    p->at = (p->at + 1) % PER_SECOND;
    p->sent++;

    int64_t *filled = &p->chat_tokens_ms[chat_id % CHATS];
    *filled = max_i64(*filled, arrived_ms - (CHAT_BURST - 1) * WINDOW_MS / CHAT_PER_SECOND);
    if (*filled > arrived_ms)
        offence = "chat";
    *filled += WINDOW_MS / CHAT_PER_SECOND;
    return offence;
}

void postman_hand_over(struct postman *p, FILE *trace, const struct decision *d)
{
    for (size_t i = 0; i < d->notice_count; i++) {
        const struct decided_notice *n = &d->notices[i];
        if (n->person_id == 0)
            continue;
        enum pacing_pace pace = n->kind == NOTICE_offer ? PACE_STEADY : PACE_URGENT;
        p->now_ms = max_i64(p->now_ms, max_i64(d->at, n->not_before));
        struct pacing_slot slot =
            pacing_take(p->pacing, n->person_id, PACING_SEND, pace, p->now_ms);
        p->now_ms = max_i64(p->now_ms, slot.leave_at_ms);
        pacing_left(p->pacing, &slot, p->now_ms);
        int64_t way_ms = FASTEST_WAY_MS + p->sent % SLOWER_WAY_MS;
        const char *offence = receive(p, n->person_id, p->now_ms + way_ms);
        if (offence != NULL)
            fprintf(trace, "X pacing %s person=%" PRId64 " at=%" PRId64 "\n", offence, n->person_id,
                    p->now_ms);
        pacing_answered(p->pacing, &slot, p->now_ms + way_ms);
    }
}
