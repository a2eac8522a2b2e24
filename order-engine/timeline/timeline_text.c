/* timeline_text.c - an order's timeline as people read it */
#include "order-engine/timeline/timeline_text.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/zone.h"

void timeline_add_duration(struct buf *b, int64_t ms)
{
    static const struct {
        int64_t ms;
        const char *name;
    } units[] = {
        {DAY_MS,    "d"  },
        {HOUR_MS,   "h"  },
        {MINUTE_MS, "min"},
        {SECOND_MS, "s"  },
        {1,         "ms" },
    };
    size_t first = 0;
    while (first + 1 < ARRAY_LEN(units) && ms < units[first].ms)
        first++;
    buf_printf(b, "%" PRId64 " %s", ms / units[first].ms, units[first].name);
    if (first + 1 == ARRAY_LEN(units))
        return;
    int64_t rest = ms % units[first].ms / units[first + 1].ms;
    if (rest > 0)
        buf_printf(b, " %" PRId64 " %s", rest, units[first + 1].name);
}

static void add_time(struct buf *b, int64_t at, const char *zone)
{
    struct zone_time t;
    zone_local(zone, at, &t);
    buf_printf(b, "%04d-%02d-%02d %02d:%02d:%02d", t.year, t.month, t.day, t.hour, t.minute,
               t.second);
}

/* ---- bars ---- */

/* Does the clock count in the middle of this cell of the lap's bar? */
static bool counts_in(const struct timeline *t, const struct timeline_lap *lap, int64_t cell)
{
    int64_t span = lap->until - lap->from;
    int64_t at = lap->from + span * (2 * cell + 1) / (2 * TIMELINE_BAR_CELLS);
    for (size_t i = 0; i < lap->count; i++) {
        const struct timeline_interval *interval = &t->intervals[lap->first + i];
        if (at < interval->until)
            return interval->counts;
    }
    return true; /* a lap without length */
}

static void add_reading(struct buf *b, const struct timeline_lap *lap)
{
    int64_t tenths = lap->counted_ms * 1000 / lap->limit_ms;
    timeline_add_duration(b, lap->counted_ms);
    buf_add_text(b, " of ");
    timeline_add_duration(b, lap->limit_ms);
    buf_printf(b, " counted (%" PRId64 ".%" PRId64 " %%)", tenths / 10, tenths % 10);
    if (lap->paused_ms > 0) {
        buf_add_text(b, ", ");
        timeline_add_duration(b, lap->paused_ms);
        buf_add_text(b, " stood still");
    }
    if (lap->closed_ms > 0) {
        buf_add_text(b, ", ");
        timeline_add_duration(b, lap->closed_ms);
        buf_add_text(b, " outside the calendar's hours");
    }
    if (lap->lasts)
        buf_add_text(b, ", and goes on");
}

void timeline_add_bars(struct buf *b, const struct timeline *t, const char *zone)
{
    for (size_t i = 0; i < t->lap_count; i++) {
        const struct timeline_lap *lap = &t->laps[i];
        buf_printf(b, "  %-10s ", sla_clock_name((enum sla_clock)lap->clock));
        add_time(b, lap->from, zone);
        buf_add_char(b, ' ');
        for (int64_t cell = 0; cell < TIMELINE_BAR_CELLS; cell++)
            buf_add_text(b, counts_in(t, lap, cell) ? "█" : "░");
        buf_add_char(b, ' ');
        add_reading(b, lap);
        buf_add_char(b, '\n');
    }
}

/* ---- lines ---- */

static void add_person(struct buf *b, int role, int64_t person_id)
{
    if (role > 0)
        buf_printf(b, "%s", role_name((enum role)role));
    if (role > 0 && person_id != 0)
        buf_add_char(b, ' ');
    if (person_id != 0)
        buf_printf(b, "№%" PRId64, person_id);
}

static void add_because(struct buf *b, const char *why)
{
    if (why != NULL)
        buf_printf(b, ": %s", why);
}

#define ADD_LINE(name)                                                                      \
    static void name(struct buf *b, const struct timeline *t, const struct timeline_row *r, \
                     const char *zone)

ADD_LINE(add_event)
{
    (void)zone;
    buf_printf(b, "%s by ", r->name);
    add_person(b, r->role, r->person_id);
    if (r->login != NULL)
        buf_printf(b, " (%s, in the panel)", r->login);
    if (r->from != r->to)
        buf_printf(b, " -> %s", order_state_name((enum order_state)r->to));
    add_because(b, timeline_why(t, r));
    if (r->detail != NULL)
        buf_printf(b, " %s", r->detail);
}

ADD_LINE(add_run)
{
    (void)t, (void)zone;
    buf_printf(b, "  the %s clock %s", sla_clock_name((enum sla_clock)r->clock),
               r->counted_ms > 0 ? "goes on at " : "starts: ");
    if (r->counted_ms > 0) {
        timeline_add_duration(b, r->counted_ms);
        buf_add_text(b, " of ");
    }
    timeline_add_duration(b, r->limit_ms);
}

ADD_LINE(add_notice)
{
    enum notice_fate fate = timeline_fate(t, r);
    buf_add_text(b, "  tells ");
    add_person(b, timeline_told_as(t, r), r->person_id);
    buf_printf(b, " %s", r->name);
    add_because(b, timeline_why(t, r));
    buf_printf(b, "; %s", notice_fate_name(fate));
    if (fate == NOTICE_FATE_RECEIVED) {
        buf_add_text(b, " after ");
        timeline_add_duration(b, max_i64(timeline_received_at(r) - r->at, 0));
    } else if (fate == NOTICE_FATE_HELD) {
        buf_add_text(b, " until ");
        add_time(b, r->not_before, zone);
    } else if (r->failure != NULL) {
        buf_printf(b, ": %s", r->failure);
    }
}

ADD_LINE(add_alert)
{
    (void)t;
    buf_printf(b, "  alert %s, %" PRId64 " %%", r->name, r->amount);
    if (r->received_at != 0) {
        buf_add_text(b, "; acknowledged by ");
        add_person(b, 0, r->person_id);
        buf_add_text(b, " at ");
        add_time(b, r->received_at, zone);
    }
    if (r->until != 0) {
        buf_add_text(b, "; solved after ");
        timeline_add_duration(b, r->until - r->at);
    }
}

ADD_LINE(add_quota)
{
    (void)t, (void)zone;
    buf_printf(b, "  quota: %s %+" PRId64, r->name, r->amount);
    add_because(b, r->detail);
}

ADD_LINE(add_payout)
{
    (void)t, (void)zone;
    int64_t size = r->amount < 0 ? -r->amount : r->amount;
    buf_printf(b, "  payout: %s %s%" PRId64 ".%02" PRId64 " %s to ", r->name,
               r->amount < 0 ? "-" : "", size / 100, size % 100, r->currency);
    add_person(b, r->role, r->person_id);
    add_because(b, r->detail);
}

ADD_LINE(add_deadline)
{
    (void)zone;
    buf_printf(b, "to come: %s %s", sla_clock_name((enum sla_clock)r->clock), r->name);
    add_because(b, timeline_why(t, r));
}

static void (*const add_line[TIMELINE_KIND_COUNT])(struct buf *, const struct timeline *,
                                                   const struct timeline_row *, const char *) = {
    [TIMELINE_EVENT] = add_event,       [TIMELINE_NOTICE] = add_notice,
    [TIMELINE_RUN] = add_run,           [TIMELINE_ALERT] = add_alert,
    [TIMELINE_QUOTA] = add_quota,       [TIMELINE_PAYOUT] = add_payout,
    [TIMELINE_DEADLINE] = add_deadline,
};

void timeline_add_lines(struct buf *b, const struct timeline *t, const char *zone)
{
    for (size_t i = 0; i < t->row_count; i++) {
        const struct timeline_row *r = &t->rows[i];
        if (add_line[r->kind] == NULL)
            continue; /* the order itself */
        add_time(b, r->at, zone);
        if (r->kind == TIMELINE_EVENT)
            buf_printf(b, " %3" PRId64 "  ", r->version);
        else
            buf_add_text(b, "      ");
        add_line[r->kind](b, t, r, zone);
        buf_add_char(b, '\n');
    }
}
