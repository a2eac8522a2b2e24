/* courier.c - carries messages: what is taken next, and when */
#include "bot-gateway/delivery/courier.h"

#include "bot-gateway/delivery/job.h"
#include "bot-gateway/texts/alert_list.h"
#include "common/base/clock.h"

/* ---- the pump ---- */

static void leave_due(struct courier *c, int64_t now_ms)
{
    for (struct job *job = c->jobs, *next; job != NULL; job = next) {
        next = job->next;
        if (job_is_due(job, now_ms) && !job_needs_claim(job))
            job_leave(job);
    }
}

static enum pacing_pace pace_of(enum send_class c)
{
    return c <= SEND_ALERT ? PACE_URGENT : PACE_STEADY;
}

static enum pacing_deed deed_of(const struct send_item *item)
{
    return item->errand == ERRAND_NOTICE || item->errand == ERRAND_REPLY ? PACING_SEND
                                                                         : PACING_EDIT;
}

static void take_slot(struct job *job, enum pacing_pace pace, int64_t now_ms)
{
    job->slot = pacing_take(job->courier->opts.pacing, job->item.chat_id, deed_of(&job->item), pace,
                            now_ms);
    job->has_slot = true;
}

/* The next piece or attachment of a message goes before any other message. */
static int64_t resume_paused(struct courier *c, int64_t now_ms)
{
    int64_t wake_ms = INT64_MAX;
    for (struct job *job = c->jobs; job != NULL; job = job->next) {
        if (job->stage != PAUSING)
            continue;
        int64_t when = max_i64(job->resume_at_ms, pacing_when(c->opts.pacing, PACE_URGENT, now_ms));
        if (when > now_ms) {
            wake_ms = min_i64(wake_ms, when);
            continue;
        }
        take_slot(job, PACE_URGENT, now_ms);
        job->stage = READY;
    }
    return wake_ms;
}

/* Alerts that wait for the same person go in one message. In a group each is a card that everybody
 * acts on. */
static void gather_alerts(struct job *job)
{
    bool is_alert = job->item.errand == ERRAND_NOTICE && job->item.send_class == SEND_ALERT;
    if (!is_alert || job->item.chat_id < 0)
        return;
    struct send_item more[ALERT_LIST_MAX - 1];
    job->more_count =
        send_queue_take_alike(job->courier->opts.queue, &job->item, more, ARRAY_LEN(more));
    if (job->more_count == 0)
        return;
    job->more = xcalloc(job->more_count, sizeof more[0]);
    memcpy(job->more, more, job->more_count * sizeof more[0]);
}

static int64_t take_next(struct courier *c, int64_t now_ms)
{
    enum send_class next_class;
    while (send_queue_peek(c->opts.queue, now_ms, &next_class)) {
        enum pacing_pace pace = pace_of(next_class);
        int64_t when = pacing_when(c->opts.pacing, pace, now_ms);
        if (when > now_ms + COURIER_LEAD_MS)
            return when == INT64_MAX ? INT64_MAX : when - COURIER_LEAD_MS;
        struct send_item item;
        bool taken = send_queue_next(c->opts.queue, now_ms, &item);
        assert(taken);
        struct job *job = job_new(c, &item);
        gather_alerts(job);
        take_slot(job, pace, now_ms);
        job_prepare(job);
    }
    return send_queue_wake_at(c->opts.queue);
}

int64_t courier_pump(struct courier *c, int64_t now_ms, int64_t wall_ms)
{
    int64_t wake_ms = resume_paused(c, now_ms);
    if (c->is_open && !c->is_stopping) {
        int64_t early_ms = send_queue_admit(c->opts.queue, wall_ms);
        if (early_ms != INT64_MAX)
            wake_ms = min_i64(wake_ms, now_ms + early_ms - wall_ms);
        wake_ms = min_i64(wake_ms, take_next(c, now_ms));
    }
    if (c->is_open)
        jobs_claim_due(c, now_ms);
    leave_due(c, now_ms);
    for (const struct job *job = c->jobs; job != NULL; job = job->next)
        if (job->stage == READY)
            wake_ms = min_i64(wake_ms, max_i64(job->slot.leave_at_ms, now_ms + 1));
    return wake_ms;
}

/* ---- the whole ---- */

struct courier *courier_new(const struct courier_opts *opts)
{
    struct courier *c = xcalloc(1, sizeof *c);
    c->opts = *opts;
    return c;
}

void courier_free(struct courier **courier)
{
    if (*courier == NULL)
        return;
    while ((*courier)->jobs != NULL)
        job_free((*courier)->jobs);
    free((*courier)->never_left);
    free(*courier);
    *courier = NULL;
}

/* What has its slot and no claim goes back: nothing of it has left. */
static void give_up_unclaimed(struct courier *c)
{
    for (struct job *job = c->jobs, *next; job != NULL; job = next) {
        next = job->next;
        if (job->stage == READY && !job->is_claimed)
            job_again(job, 0);
    }
}

void courier_open(struct courier *c)
{
    c->is_open = true;
}

void courier_close(struct courier *c)
{
    c->is_open = false;
    give_up_unclaimed(c);
}

void courier_stop(struct courier *c)
{
    c->is_stopping = true;
    give_up_unclaimed(c);
}

size_t courier_busy(const struct courier *c)
{
    return c->job_count;
}

bool courier_is_under_way(const struct courier *c, int64_t delivery_id)
{
    for (struct job *job = c->jobs; job != NULL; job = job->next)
        for (size_t i = 0; i < job_item_count(job); i++)
            if (job_item(job, i)->delivery_id == delivery_id && job->is_claimed)
                return true;
    return false;
}

bool courier_never_left(struct courier *c, const struct send_item *item)
{
    for (size_t i = 0; i < c->never_left_count; i++) {
        if (c->never_left[i].errand == item->errand && c->never_left[i].id == item->id) {
            c->never_left[i] = c->never_left[--c->never_left_count];
            return true;
        }
    }
    return false;
}

const struct courier_counters *courier_counters(const struct courier *c)
{
    return &c->counters;
}

void courier_count_uncertain(struct courier *c, bool is_repeated)
{
    if (is_repeated)
        c->counters.repeated++;
    else
        c->counters.uncertain++;
}
