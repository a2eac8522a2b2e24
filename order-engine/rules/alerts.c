/* alerts.c - the alert's own clock */
#include "order-engine/rules/alerts.h"

#include "common/base/clock.h"

enum alert_cause alert_find(const struct order *o, int64_t alert_id)
{
    int cause = 0;
    while (cause < CAUSE_COUNT && (alert_id == 0 || o->alerts[cause].id != alert_id))
        cause++;
    return (enum alert_cause)cause;
}

bool alert_step_holds(const struct order *o, int64_t alert_id, enum clock_step step)
{
    enum alert_cause cause = alert_find(o, alert_id);
    if (cause == CAUSE_COUNT)
        return false;
    return (o->alerts[cause].acknowledged_by != 0) == (step == STEP_REOPEN);
}

int64_t alert_repeat_at(int64_t raised_at, int64_t repeat_minutes, int64_t after)
{
    int64_t every = repeat_minutes * MINUTE_MS;
    int64_t rounds = max_i64(after - raised_at, 0) / every;
    return raised_at + (rounds + 1) * every;
}

bool alert_is_for_owners(const struct open_alert *alert, const struct parameters *p)
{
    return alert->repeats > p->MANAGER_REPEATS;
}

bool alert_copy_waits(const struct situation *s, int64_t alert_id, int64_t person_id)
{
    for (size_t i = 0; i < s->waiting_count; i++)
        if (s->waiting[i].alert_id == alert_id && s->waiting[i].person_id == person_id)
            return true;
    return false;
}

/* clang-format off */
static const struct {
    enum alert_change change;
    enum clock_step   next; /* CLOCK_STEP_COUNT: none */
    const char       *why;
} next_steps[] = {
    {ALERT_RAISED,       STEP_REPEAT,      "until somebody is on it"},
    {ALERT_REPEATED,     STEP_REPEAT,      "until somebody is on it"},
    {ALERT_REOPENED,     STEP_REPEAT,      "the repeats go on where they would have been"},
    {ALERT_ACKNOWLEDGED, STEP_REOPEN,      "whoever is on it has so much time to solve it"},
    {ALERT_REWRITTEN,    CLOCK_STEP_COUNT, "what was due stays due, an acknowledgement stands"},
    {ALERT_SOLVED,       CLOCK_STEP_COUNT, "nothing more to tell"},
};
/* clang-format on */

static enum clock_step next_step(enum alert_change change)
{
    size_t i = 0;
    while (next_steps[i].change != change)
        i++;
    return next_steps[i].next;
}

void alerts_write_deadlines(const struct situation *s, struct decision *d)
{
    for (size_t i = 0; i < d->alert_count; i++) {
        const struct decided_alert *alert = &d->alerts[i];
        enum clock_step step = next_step(alert->change);
        if (step == CLOCK_STEP_COUNT)
            continue;
        int64_t repeat_at =
            alert_repeat_at(alert->is.raised_at, s->parameters->MANAGER_REPEAT_MINUTES, s->now);
        int64_t reopen_at = s->now + s->parameters->ACK_TIMEOUT_MINUTES * MINUTE_MS;
        d->deadlines[d->deadline_count++] =
            (struct decided_deadline){.clock = CLOCK_ALERT,
                                      .step = step,
                                      .due_at = step == STEP_REPEAT ? repeat_at : reopen_at,
                                      .alert_id = alert->is.id};
    }
}
