/* timeline_json.c - an order's timeline as JSON */
#include "order-engine/timeline/timeline_json.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/zone.h"

/* ---- members: each appends ", " before itself but the first of an object ---- */

static void add_key(struct buf *b, const char *key)
{
    if (b->data[b->len - 1] != '{')
        buf_add_text(b, ", ");
    buf_printf(b, "\"%s\": ", key);
}

static void add_text(struct buf *b, const char *key, const char *text)
{
    add_key(b, key);
    buf_add_json(b, text);
}

static void add_text_if(struct buf *b, const char *key, const char *text)
{
    if (text != NULL)
        add_text(b, key, text);
}

static void add_number(struct buf *b, const char *key, int64_t number)
{
    add_key(b, key);
    buf_add_i64(b, number);
}

static void add_bool(struct buf *b, const char *key, bool is)
{
    add_key(b, key);
    buf_add_text(b, is ? "true" : "false");
}

static void add_time(struct buf *b, const char *key, int64_t at)
{
    int year, month, day;
    zone_date(at / DAY_MS, &year, &month, &day);
    int64_t ms = at % DAY_MS;
    add_key(b, key);
    buf_printf(b, "\"%04d-%02d-%02dT%02" PRId64 ":%02" PRId64 ":%02" PRId64 ".%03" PRId64 "Z\"",
               year, month, day, ms / HOUR_MS, ms / MINUTE_MS % 60, ms / SECOND_MS % 60,
               ms % SECOND_MS);
}

static void add_time_if(struct buf *b, const char *key, int64_t at)
{
    if (at != 0)
        add_time(b, key, at);
}

static void add_role_if(struct buf *b, int role)
{
    if (role > 0)
        add_text(b, "role", role_name((enum role)role));
}

static void add_person_if(struct buf *b, int64_t person_id)
{
    if (person_id != 0)
        add_number(b, "person_id", person_id);
}

/* ---- the clocks ---- */

static void add_until(struct buf *b, int64_t until, bool lasts)
{
    add_time(b, "until", until);
    add_bool(b, "lasts", lasts);
}

static void add_lap(const struct timeline *t, const struct timeline_lap *lap, struct buf *b)
{
    buf_add_char(b, '{');
    add_text(b, "clock", sla_clock_name((enum sla_clock)lap->clock));
    add_number(b, "lap", lap->lap);
    add_time(b, "from", lap->from);
    add_until(b, lap->until, lap->lasts);
    add_number(b, "limit_ms", lap->limit_ms);
    add_number(b, "counted_ms", lap->counted_ms);
    add_number(b, "paused_ms", lap->paused_ms);
    add_number(b, "closed_ms", lap->closed_ms);
    add_key(b, "intervals");
    for (size_t i = 0; i < lap->count; i++) {
        const struct timeline_interval *interval = &t->intervals[lap->first + i];
        buf_add_text(b, i == 0 ? "[{" : ", {");
        add_time(b, "from", interval->from);
        add_until(b, interval->until, interval->lasts);
        add_bool(b, "counts", interval->counts);
        add_bool(b, "closed", interval->closed);
        add_number(b, "counted_ms", interval->counted_ms);
        buf_add_char(b, '}');
    }
    buf_add_text(b, "]}");
}

/* ---- the rows ---- */

#define ADD_ROW(name) \
    static void name(const struct timeline *t, const struct timeline_row *r, struct buf *b)

ADD_ROW(add_event)
{
    add_number(b, "version", r->version);
    add_text(b, "event", r->name);
    add_role_if(b, r->role);
    add_person_if(b, r->person_id);
    add_text_if(b, "login", r->login);
    if (r->from >= 0 && r->from != ORDER_NONE)
        add_text(b, "from_state", order_state_name((enum order_state)r->from));
    add_text(b, "to_state", order_state_name((enum order_state)r->to));
    if (r->detail != NULL) {
        add_key(b, "detail");
        buf_add_text(b, r->detail); /* JSON already */
    }
    add_text_if(b, "why", timeline_why(t, r));
}

ADD_ROW(add_notice)
{
    add_number(b, "version", r->version);
    add_text(b, "notice", r->name);
    add_role_if(b, timeline_told_as(t, r));
    add_person_if(b, r->person_id);
    add_text(b, "fate", notice_fate_name(timeline_fate(t, r)));
    add_time_if(b, "not_before", r->not_before);
    add_time_if(b, "received_at", timeline_received_at(r));
    add_time_if(b, "withdrawn_at", r->withdrawn_at);
    add_text_if(b, "failure", r->failure);
    add_text_if(b, "why", timeline_why(t, r));
}

ADD_ROW(add_alert)
{
    (void)t;
    add_text(b, "cause", r->name);
    add_number(b, "level", r->amount);
    add_person_if(b, r->person_id);
    add_time_if(b, "acknowledged_at", r->received_at);
    add_time_if(b, "solved_at", r->until);
}

ADD_ROW(add_quota)
{
    (void)t;
    add_text(b, "entry", r->name);
    add_number(b, "amount", r->amount);
    add_text_if(b, "reason", r->detail);
}

ADD_ROW(add_payout)
{
    (void)t;
    add_text(b, "entry", r->name);
    add_number(b, "amount_minor", r->amount);
    add_text(b, "currency", r->currency);
    add_role_if(b, r->role);
    add_person_if(b, r->person_id);
    add_text_if(b, "reason", r->detail);
}

ADD_ROW(add_deadline)
{
    add_text(b, "clock", sla_clock_name((enum sla_clock)r->clock));
    add_text(b, "step", r->name);
    add_text_if(b, "why", timeline_why(t, r));
}

static void (*const add_row[TIMELINE_KIND_COUNT])(const struct timeline *,
                                                  const struct timeline_row *, struct buf *) = {
    [TIMELINE_EVENT] = add_event,   [TIMELINE_NOTICE] = add_notice,
    [TIMELINE_ALERT] = add_alert,   [TIMELINE_QUOTA] = add_quota,
    [TIMELINE_PAYOUT] = add_payout, [TIMELINE_DEADLINE] = add_deadline,
};

void timeline_add_json(const struct timeline *t, struct buf *b)
{
    const char *gap = "\n  ";
    buf_add_text(b, "\"clocks\": [");
    for (size_t i = 0; i < t->lap_count; i++) {
        buf_add_text(b, i == 0 ? "\n  " : ",\n  ");
        add_lap(t, &t->laps[i], b);
    }
    buf_add_text(b, "],\n \"timeline\": [");
    for (size_t i = 0; i < t->row_count; i++) {
        const struct timeline_row *r = &t->rows[i];
        if (add_row[r->kind] == NULL)
            continue; /* the order itself; runs are told as intervals */
        buf_add_text(b, gap);
        buf_add_char(b, '{');
        add_time(b, "at", r->at);
        add_text(b, "kind", timeline_kind_name(r->kind));
        add_row[r->kind](t, r, b);
        buf_add_char(b, '}');
        gap = ",\n  ";
    }
    buf_add_char(b, ']');
}
