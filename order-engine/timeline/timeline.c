/* timeline.c - the rows of an order in their order, the intervals of its clocks, and the reasons
 * from the tables */
#include "order-engine/timeline/timeline.h"

#include "order-engine/rules/calendar.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/notices.h"
#include "order-engine/rules/order_fsm.h"

/* ---- words ---- */

static const char *const kind_names[] = {
#define NAME_(n, w, s) w,
    TIMELINE_KINDS(NAME_)};

static const char *const fate_names[] = {NOTICE_FATES(NAME_)};
#undef NAME_

const char *timeline_kind_name(enum timeline_kind kind)
{
    return kind_names[kind];
}

int timeline_kind_parse(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(kind_names); i++)
        if (str_eq(kind_names[i], name))
            return (int)i;
    return -1;
}

const char *notice_fate_name(enum notice_fate fate)
{
    return fate_names[fate];
}

/* ---- the order of things ---- */

/* At one instant: what happened, then its clocks and ledgers, then who was told. */
static int place_of(const struct timeline_row *r)
{
    static const int places[TIMELINE_KIND_COUNT] = {
        [TIMELINE_ORDER] = 0, [TIMELINE_EVENT] = 1,  [TIMELINE_ALERT] = 2,  [TIMELINE_RUN] = 3,
        [TIMELINE_QUOTA] = 4, [TIMELINE_PAYOUT] = 5, [TIMELINE_NOTICE] = 6, [TIMELINE_DEADLINE] = 7,
    };
    return places[r->kind];
}

static int compare_i64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct timeline_row *a = left, *b = right;
    const int64_t keys[][2] = {
        {a->at,        b->at       },
        {place_of(a),  place_of(b) },
        {a->version,   b->version  },
        {a->clock,     b->clock    },
        {a->run,       b->run      },
        {a->person_id, b->person_id},
    };
    int order = 0;
    for (size_t i = 0; i < ARRAY_LEN(keys) && order == 0; i++)
        order = compare_i64(keys[i][0], keys[i][1]);
    return order;
}

static const struct timeline_row *find_order(const struct timeline_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == TIMELINE_ORDER)
            return &rows[i];
    return NULL;
}

/* ---- which rule it was ---- */

static const struct order_rule *rule_of(const struct timeline_row *e)
{
    int event = order_event_parse(e->name);
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        int to = rule->to == SAME_STATE ? e->from : rule->to;
        if ((int)rule->event == event && e->from >= 0 && (rule->from & (1u << e->from)) != 0 &&
            (rule->who & (unsigned)e->role) != 0 && to == e->to)
            return rule;
    }
    return NULL;
}

static const struct clock_step_row *step_of(const struct timeline_row *r)
{
    size_t position;
    if (r->clock < 0 || r->step < 0)
        return NULL;
    return clock_step_find((enum sla_clock)r->clock, (enum clock_step)r->step, &position);
}

static const char *why_happened(const struct timeline_row *r)
{
    const struct clock_step_row *step = step_of(r); /* what time does, the clock table explains */
    if (step != NULL)
        return step->why;
    const struct order_rule *rule = rule_of(r);
    return rule != NULL ? rule->why : NULL;
}

static const struct timeline_row *event_of_version(const struct timeline *t, int64_t version)
{
    for (size_t i = 0; i < t->row_count; i++)
        if (t->rows[i].kind == TIMELINE_EVENT && t->rows[i].version == version)
            return &t->rows[i];
    return NULL;
}

/* The row by which such a notice came with its event; of several the first. */
static const struct notice_rule *notice_rule_of(const struct timeline *t,
                                                const struct timeline_row *n)
{
    const struct timeline_row *e = event_of_version(t, n->version);
    int kind = notice_kind_parse(n->name);
    int event = e != NULL ? order_event_parse(e->name) : -1;
    for (size_t i = 0; i < notice_rule_count; i++)
        if ((int)notice_rules[i].kind == kind && (int)notice_rules[i].event == event)
            return &notice_rules[i];
    return NULL;
}

const char *timeline_why(const struct timeline *t, const struct timeline_row *r)
{
    if (r->kind == TIMELINE_EVENT || r->kind == TIMELINE_DEADLINE)
        return why_happened(r);
    if (r->kind != TIMELINE_NOTICE)
        return NULL;
    const struct notice_rule *rule = notice_rule_of(t, r);
    return rule != NULL ? rule->why : NULL;
}

int timeline_told_as(const struct timeline *t, const struct timeline_row *n)
{
    static const unsigned addressed[] = {
        [TO_CLIENT] = ROLE_CLIENT,
        [TO_CONTRACTOR] = ROLE_CONTRACTOR,
        [TO_OFFERED] = ROLE_CONTRACTOR,
        [TO_OTHER_SIDE] = ROLE_CLIENT | ROLE_CONTRACTOR,
        [TO_MANAGERS] = ROLE_MANAGER | ROLE_OWNER,
        [TO_STAFF] = ROLE_MANAGER | ROLE_OWNER,
    };
    const struct notice_rule *rule = notice_rule_of(t, n);
    unsigned known = n->person_roles;
    if (rule != NULL && (size_t)rule->to < ARRAY_LEN(addressed) &&
        (known & addressed[rule->to]) != 0)
        known &= addressed[rule->to];
    return (int)(known & (~known + 1)); /* of several the first, in the order of ROLES */
}

/* ---- what became of a notice ---- */

int64_t timeline_received_at(const struct timeline_row *n)
{
    return n->handed_at != 0 ? n->handed_at : n->received_at;
}

enum notice_fate timeline_fate(const struct timeline *t, const struct timeline_row *n)
{
    static const struct {
        const char *delivery; /* deliveries.state */
        enum notice_fate fate;
    } settled[] = {
        {"uncertain", NOTICE_FATE_UNCERTAIN    },
        {"moot",      NOTICE_FATE_MOOT         },
        {"failed",    NOTICE_FATE_UNDELIVERABLE},
    };
    if (timeline_received_at(n) != 0)
        return NOTICE_FATE_RECEIVED;
    for (size_t i = 0; n->detail != NULL && i < ARRAY_LEN(settled); i++)
        if (str_eq(n->detail, settled[i].delivery))
            return settled[i].fate;
    if (n->failure != NULL)
        return NOTICE_FATE_UNDELIVERABLE;
    if (n->withdrawn_at != 0)
        return NOTICE_FATE_WITHDRAWN;
    return n->not_before > t->now ? NOTICE_FATE_HELD : NOTICE_FATE_WAITS;
}

/* ---- the clocks ---- */

/* Does this run go on from what the former one of the same clock has counted? */
static bool goes_on(const struct timeline_row *former, const struct timeline_row *run)
{
    return run->counted_ms > 0 || former->paused;
}

/* The next event after an instant that does one of these to a clock; 0: none. */
static int64_t next_event_with(const struct timeline *t, int64_t after, unsigned effects)
{
    for (size_t i = 0; i < t->row_count; i++) {
        const struct timeline_row *e = &t->rows[i];
        const struct order_rule *rule =
            e->kind == TIMELINE_EVENT && e->at >= after ? rule_of(e) : NULL;
        if (rule != NULL && (rule->effects & effects) != 0)
            return e->at;
    }
    return 0;
}

/* Until when a clock stood still that ended with this run; 0: it was not paused then. A clock that
 * is stopped while it stands still has forgotten that it was paused: the events have not. */
static int64_t pause_ends_at(const struct timeline *t, const struct timeline_row *run,
                             const struct timeline_row *next)
{
    if (next != NULL && goes_on(run, next))
        return next->at;
    if (run->paused)
        return t->now;
    if (run->clock != CLOCK_WORK || next_event_with(t, run->until, PAUSE_WORK) != run->until)
        return 0;
    return next_event_with(t, run->until, STOP_WORK | START_WORK);
}

static void add_interval(struct timeline *t, const struct timeline_interval *interval)
{
    struct timeline_lap *lap = &t->laps[t->lap_count - 1];
    int64_t length = interval->until - interval->from;
    if (t->interval_count == t->interval_room) {
        t->interval_room = t->interval_room * 2 + 8;
        t->intervals = xrealloc(t->intervals, t->interval_room, sizeof *t->intervals);
    }
    t->intervals[t->interval_count] = *interval;
    t->intervals[t->interval_count].clock = lap->clock;
    t->intervals[t->interval_count++].lap = lap->lap;
    lap->count++;
    lap->counted_ms += interval->counted_ms;
    if (interval->closed)
        lap->closed_ms += length;
    else if (!interval->counts)
        lap->paused_ms += length;
    lap->until = interval->until;
    lap->lasts = interval->lasts;
}

/* What a run counted, and the hours between in which nothing counts. */
static void add_stretches(struct timeline *t, const struct calendar *calendar, int64_t from,
                          int64_t until, bool lasts)
{
    for (int64_t at = from; at < until;) {
        int64_t begins, ends;
        calendar_next_stretch(calendar, at, &begins, &ends);
        begins = min_i64(begins, until);
        ends = min_i64(ends, until);
        if (at < begins)
            add_interval(t, &(struct timeline_interval){.from = at,
                                                        .until = begins,
                                                        .closed = true,
                                                        .lasts = lasts && begins == until});
        if (begins < ends)
            add_interval(t, &(struct timeline_interval){.from = begins,
                                                        .until = ends,
                                                        .counted_ms = ends - begins,
                                                        .counts = true,
                                                        .lasts = lasts && ends == until});
        at = ends;
    }
}

/* One run: what counted of it, and the interval after it in which the clock stood still. */
static void add_run(struct timeline *t, const struct timeline_row *run,
                    const struct timeline_row *next)
{
    struct timeline_lap *lap = &t->laps[t->lap_count - 1];
    struct calendar calendar;
    bool lasts = run->until == 0;
    int64_t until = lasts ? max_i64(t->now, run->at) : run->until;
    lap->limit_ms = run->limit_ms;
    lap->until = until;
    lap->lasts = lasts;
    if (run->detail != NULL)
        calendar_read(&calendar, 0, run->detail);
    add_stretches(t, run->detail != NULL ? &calendar : NULL, run->at, until, lasts);
    int64_t pause_ends = lasts ? 0 : pause_ends_at(t, run, next);
    if (pause_ends > until)
        add_interval(t, &(struct timeline_interval){
                            .from = until,
                            .until = pause_ends,
                            .lasts = run->paused && next == NULL,
                        });
}

static void add_clock(struct timeline *t, int clock)
{
    const struct timeline_row *run = NULL, *former = NULL;
    int64_t laps = 0;
    for (size_t i = 0; i <= t->row_count; i++) {
        const struct timeline_row *next = i < t->row_count ? &t->rows[i] : NULL;
        if (next != NULL && (next->kind != TIMELINE_RUN || next->clock != clock))
            continue;
        if (run != NULL) {
            if (former == NULL || !goes_on(former, run))
                t->laps[t->lap_count++] = (struct timeline_lap){
                    .clock = clock, .lap = ++laps, .from = run->at, .first = t->interval_count};
            add_run(t, run, next);
        }
        former = run;
        run = next;
    }
}

void timeline_init(struct timeline *t, struct timeline_row *rows, size_t count)
{
    size_t runs = 0;
    const struct timeline_row *order = find_order(rows, count);
    *t = (struct timeline){.now = order != NULL ? order->at : 0, .rows = rows, .row_count = count};
    if (count > 0)
        qsort(rows, count, sizeof *rows, compare);
    for (size_t i = 0; i < count; i++)
        runs += rows[i].kind == TIMELINE_RUN;
    t->laps = xcalloc(runs + 1, sizeof *t->laps);
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++)
        add_clock(t, clock);
}

void timeline_fini(struct timeline *t)
{
    free(t->rows);
    free(t->intervals);
    free(t->laps);
}
