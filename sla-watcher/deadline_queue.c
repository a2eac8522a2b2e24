/* deadline_queue.c - which deadline is sent next, what is in flight, until when there is nothing to
 * do */
#include "sla-watcher/deadline_queue.h"

void deadline_queue_reset(struct deadline_queue *q)
{
    *q = (struct deadline_queue){0};
}

/* ---- looks ---- */

static bool is_in_flight(const struct deadline_queue *q, int64_t id)
{
    for (size_t i = 0; i < q->in_flight_count; i++)
        if (q->in_flight[i].id == id)
            return true;
    return false;
}

static void forget_answered(struct deadline_queue *q)
{
    size_t kept = 0;
    for (size_t i = 0; i < q->in_flight_count; i++) {
        if (q->answered[i])
            continue;
        q->in_flight[kept] = q->in_flight[i];
        q->answered[kept++] = false;
    }
    q->in_flight_count = kept;
}

size_t deadline_queue_begin_look(struct deadline_queue *q)
{
    assert(!q->looking);
    q->looking = true;
    return DEADLINES_AHEAD_MAX + q->in_flight_count;
}

void deadline_queue_begin_rows(struct deadline_queue *q)
{
    q->first = q->count = 0;
}

void deadline_queue_add(struct deadline_queue *q, const struct deadline *row)
{
    assert(q->looking);
    if (q->count < DEADLINES_AHEAD_MAX && !is_in_flight(q, row->id))
        q->ahead[q->count++] = *row;
}

void deadline_queue_end_look(struct deadline_queue *q, int64_t until)
{
    q->looking = false;
    forget_answered(q);
    q->is_whole = q->count < DEADLINES_AHEAD_MAX;
    q->covered_until = q->is_whole ? until : q->ahead[q->count - 1].due_at;
}

void deadline_queue_fail_look(struct deadline_queue *q)
{
    q->looking = false;
    forget_answered(q);
}

/* ---- sending ---- */

/* Is another deadline of the same order or account in flight? */
static bool must_wait(const struct deadline_queue *q, const struct deadline *row)
{
    for (size_t i = 0; i < q->in_flight_count; i++)
        if (q->in_flight[i].order_id == row->order_id &&
            q->in_flight[i].account_id == row->account_id && !q->answered[i])
            return true;
    return false;
}

/* Position of the first row that needs no answer before it may be sent; count if there is none. */
static size_t find_free(const struct deadline_queue *q)
{
    if (q->in_flight_count == DEADLINES_IN_FLIGHT_MAX)
        return q->count;
    for (size_t i = q->first; i < q->count; i++)
        if (q->ahead[i].id != 0 && !must_wait(q, &q->ahead[i]))
            return i;
    return q->count;
}

bool deadline_queue_pop(struct deadline_queue *q, int64_t now, struct deadline *ret)
{
    size_t at = find_free(q);
    if (at == q->count || q->ahead[at].due_at > now)
        return false;
    *ret = q->ahead[at];
    q->answered[q->in_flight_count] = false;
    q->in_flight[q->in_flight_count++] = *ret;
    q->ahead[at].id = 0;
    while (q->first < q->count && q->ahead[q->first].id == 0)
        q->first++;
    return true;
}

void deadline_queue_answer(struct deadline_queue *q, int64_t id)
{
    for (size_t i = 0; i < q->in_flight_count; i++)
        if (q->in_flight[i].id == id)
            q->answered[i] = true;
    if (!q->looking)
        forget_answered(q);
}

int64_t deadline_queue_next_at(const struct deadline_queue *q)
{
    size_t at = find_free(q);
    return at == q->count ? INT64_MAX : q->ahead[at].due_at;
}

bool deadline_queue_is_exhausted(const struct deadline_queue *q)
{
    return q->first == q->count && !q->is_whole;
}

bool deadline_queue_covers(const struct deadline_queue *q, int64_t due_at)
{
    return due_at <= q->covered_until;
}
