/* check_orders.c - each order's history folded through the rules, and its row, answers, ledgers and
 * clocks compared with where it leads */
#include <inttypes.h>

#include "ctl/check.h"
#include "ctl/fold.h"
#include "order-engine/rules/clocks.h"

#define ORDERS_BATCH 500
#define FOLD_SKEW_MS 1000 /* a deadline's event bears its own instant, its answer the engine's */

struct order_facts { /* a row of check_orders */
    struct past_order row;
    int64_t reserved, returned, paid;
    bool quota_fits, payout_fits, secret_left;
    bool compensated; /* given back to the quota already when it was taken late */
};

struct batch { /* some orders, ascending, and how far each table has been read */
    struct db_result *orders, *events, *runs, *deadlines;
    int event, run, deadline;
};

static void batch_fini(struct batch *b)
{
    ctl_results_free(&b->orders);
    ctl_results_free(&b->events);
    ctl_results_free(&b->runs);
    ctl_results_free(&b->deadlines);
}

/* ---- reading ---- */

static int64_t order_at(const struct db_result *rows, int row)
{
    return row < db_rows(rows) ? db_i64(rows, row, 0) : INT64_MAX;
}

static struct order_facts read_order(const struct db_result *r, int row)
{
    return (struct order_facts){
        .row = {.id = db_i64(r, row, 0),
                .version = db_i64(r, row, 1),
                .state = order_state_parse(db_text(r, row, 2)),
                .contractor_id = db_i64(r, row, 3),
                .estimate_minutes = db_i64(r, row, 4),
                .rating = db_i64(r, row, 5),
                .taken_at = db_i64(r, row, 6),
                .done_at = db_i64(r, row, 7),
                .ended_at = db_i64(r, row, 8),
                .reworks = db_i64(r, row, 16)},
        .reserved = db_i64(r, row, 9),
        .returned = db_i64(r, row, 10),
        .paid = db_i64(r, row, 11),
        .quota_fits = db_bool(r, row, 12),
        .payout_fits = db_bool(r, row, 13),
        .secret_left = db_bool(r, row, 14),
        .compensated = db_bool(r, row, 15),
    };
}

static struct past_event read_event(const struct db_result *r, int row)
{
    return (struct past_event){
        .version = db_i64(r, row, 1),
        .at = db_i64(r, row, 2),
        .actor_id = db_i64(r, row, 3),
        .event = order_event_parse(db_text(r, row, 4)),
        .from = db_is_null(r, row, 5) ? ORDER_NONE : order_state_parse(db_text(r, row, 5)),
        .to = order_state_parse(db_text(r, row, 6)),
        .role = role_parse(db_text(r, row, 7)),
        .contractor_id = db_i64(r, row, 8),
        .estimate_minutes = db_i64(r, row, 9),
        .rating = db_i64(r, row, 10),
        .paid = db_bool(r, row, 16),
    };
}

static int read_range(struct check *check, enum ctl_query query, int64_t first, int64_t last,
                      bool with_from, struct db_result **ret, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, first);
    db_arg_i64(&args, last);
    if (with_from)
        db_arg_text(&args, check->from);
    *ret = ctl_call(check->ctl, query, &args, err);
    return *ret != NULL ? 0 : -1;
}

/* The next orders after this one, with all that belongs to them. */
static int read_batch(struct check *check, int64_t after_id, struct batch *b, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, after_id);
    db_arg_text(&args, check->from);
    db_arg_i64(&args, ORDERS_BATCH);
    b->orders = ctl_call(check->ctl, Q_check_orders, &args, err);
    if (b->orders == NULL)
        return -1;
    int rows = db_rows(b->orders);
    if (rows == 0)
        return 0;
    int64_t first = db_i64(b->orders, 0, 0), last = db_i64(b->orders, rows - 1, 0);
    if (read_range(check, Q_check_events, first, last, true, &b->events, err) != 0 ||
        read_range(check, Q_check_runs, first, last, false, &b->runs, err) != 0 ||
        read_range(check, Q_check_deadlines, first, last, false, &b->deadlines, err) != 0)
        return -1;
    return 0;
}

/* ---- commands ---- */

static void check_answer(struct check *check, const struct past_event *e, const struct db_result *r,
                         int row)
{
    int64_t order_id = db_i64(r, row, 0);
    const char *type = db_text_or_null(r, row, 12), *id = db_text(r, row, 15);
    if (type == NULL) {
        if (db_bool(r, row, 11))
            findings_add(&check->findings, "order", order_id, FINDING_answer_missing,
                         "version %" PRId64 ", %s", e->version, id);
        return;
    }
    check->seen.answers++;
    int64_t late_ms = e->at - db_i64(r, row, 14);
    int64_t allowed_ms = e->role == ROLE_SYSTEM ? FOLD_SKEW_MS : 0;
    bool names_it = db_i64(r, row, 13) == order_id || str_eq(type, "person.remove");
    bool fits = e->event >= 0 && fold_command_fits(type, (enum order_event)e->event) && names_it &&
                late_ms >= 0 && late_ms <= allowed_ms;
    if (!fits)
        findings_add(&check->findings, "order", order_id, FINDING_answer_differs,
                     "version %" PRId64 ", %s", e->version, id);
}

/* ---- ledgers ---- */

static void check_count(struct check *check, int64_t order_id, int64_t is, int64_t should,
                        enum finding missing, enum finding doubled, const char *kind)
{
    if (is != should)
        findings_add(&check->findings, "order", order_id, is < should ? missing : doubled,
                     "%s: %" PRId64 " of %" PRId64, kind, is, should);
}

static void check_ledgers(struct check *check, const struct order_facts *o, const struct fold *f)
{
    int64_t id = o->row.id;
    check_count(check, id, o->reserved, f->reserved, FINDING_quota_row_missing,
                FINDING_quota_row_doubled, "reserve");
    check_count(check, id, o->returned, o->compensated ? 1 : f->returned, FINDING_quota_row_missing,
                FINDING_quota_row_doubled, "return");
    check_count(check, id, o->paid, f->paid, FINDING_payout_row_missing, FINDING_payout_row_doubled,
                "order");
    if (!o->quota_fits)
        findings_add(&check->findings, "order", id, FINDING_quota_row_differs, "%s", "");
    if (!o->payout_fits && f->paid > 0)
        findings_add(&check->findings, "order", id, FINDING_payout_row_differs, "%s", "");
}

/* ---- clocks ---- */

static const struct calendar *find_calendar(const struct check *check, int64_t id)
{
    for (size_t i = 0; i < check->calendar_count; i++)
        if (check->calendars[i].id == id)
            return &check->calendars[i];
    return NULL;
}

static int read_calendars(struct check *check, struct err *err)
{
    scoped(ctl_results_free) struct db_result *rows =
        ctl_call(check->ctl, Q_list_calendars, NULL, err);
    if (rows == NULL)
        return -1;
    check->calendar_count = (size_t)db_rows(rows);
    check->calendars = xcalloc(check->calendar_count + 1, sizeof *check->calendars);
    for (int row = 0; row < db_rows(rows); row++)
        calendar_read(&check->calendars[row], db_i64(rows, row, 0), db_text(rows, row, 1));
    return 0;
}

static struct clock_run read_run(const struct check *check, const struct db_result *r, int row)
{
    struct clock_run run = {.calendar = find_calendar(check, db_i64(r, row, 8)),
                            .run = db_i64(r, row, 2),
                            .running = true,
                            .started_at = db_i64(r, row, 3),
                            .counted_ms = db_i64(r, row, 4),
                            .limit_ms = db_i64(r, row, 5),
                            .fired = (unsigned)db_i64(r, row, 7)};
    const char *at = db_text(r, row, 6);
    for (size_t i = 0; i < CLOCK_STEPS_MAX && *at != '\0'; i++) {
        char *end;
        run.shares[i] = strtol(at, &end, 10);
        at = *end == ' ' ? end + 1 : end;
    }
    return run;
}

static void say_step(struct check *check, int64_t order_id, enum finding finding, int clock,
                     int step)
{
    findings_add(&check->findings, "order", order_id, finding, "%s %s",
                 sla_clock_name((enum sla_clock)clock), clock_step_name((enum clock_step)step));
}

/* At its share of the clock; a pinned window may have ended before. */
static bool is_due_right(const struct clock_step_row *row, int64_t due_at, int64_t share_at)
{
    return row->step == STEP_OPEN ? due_at <= share_at : due_at == share_at;
}

/* Each step that is still to come has its deadline, at the right instant. */
static void check_steps(struct check *check, int64_t order_id, const struct clock_run runs[],
                        const bool has[][CLOCK_STEP_COUNT], const int64_t due[][CLOCK_STEP_COUNT])
{
    for (size_t i = 0, position = 0; i < clock_step_count; i++, position++) {
        const struct clock_step_row *row = &clock_steps[i];
        if (i > 0 && row->clock != clock_steps[i - 1].clock)
            position = 0;
        const struct clock_run *run = &runs[row->clock];
        bool is_to_come =
            run->running && run->shares[position] != 0 && !clock_has_fired(run, position);
        bool there = has[row->clock][row->step];
        if (is_to_come && !there)
            say_step(check, order_id, FINDING_deadline_missing, (int)row->clock, (int)row->step);
        else if (!is_to_come && there)
            say_step(check, order_id, FINDING_deadline_stray, (int)row->clock, (int)row->step);
        else if (there && !is_due_right(row, due[row->clock][row->step],
                                        clock_due_at(run, run->shares[position])))
            say_step(check, order_id, FINDING_deadline_differs, (int)row->clock, (int)row->step);
    }
}

/* Reads the runs and deadlines of one order, whose rows are next in the batch. */
static void check_clocks(struct check *check, struct batch *b, int64_t order_id,
                         const struct fold *f)
{
    struct clock_run runs[CLOCK_COUNT] = {0};
    bool has[CLOCK_COUNT][CLOCK_STEP_COUNT] = {0};
    int64_t due[CLOCK_COUNT][CLOCK_STEP_COUNT] = {0};
    for (; order_at(b->runs, b->run) <= order_id; b->run++) {
        int clock = sla_clock_parse(db_text(b->runs, b->run, 1));
        if (order_at(b->runs, b->run) == order_id && clock >= 0)
            runs[clock] = read_run(check, b->runs, b->run);
    }
    for (; order_at(b->deadlines, b->deadline) <= order_id; b->deadline++) {
        int clock = sla_clock_parse(db_text(b->deadlines, b->deadline, 1));
        int step = clock_step_parse(db_text(b->deadlines, b->deadline, 3));
        if (order_at(b->deadlines, b->deadline) != order_id)
            continue;
        check->seen.deadlines++;
        if (clock < 0 || step < 0 || has[clock][step] || !runs[clock].running ||
            runs[clock].run != db_i64(b->deadlines, b->deadline, 2)) {
            findings_add(&check->findings, "order", order_id, FINDING_deadline_stray, "%s %s",
                         db_text(b->deadlines, b->deadline, 1),
                         db_text(b->deadlines, b->deadline, 3));
            continue;
        }
        has[clock][step] = true;
        due[clock][step] = db_i64(b->deadlines, b->deadline, 4);
    }
    for (int clock = 0; !f->broken && clock < ORDER_CLOCK_COUNT; clock++) {
        bool should = (f->running & (1u << clock)) != 0;
        if (runs[clock].running != should)
            findings_add(&check->findings, "order", order_id,
                         should ? FINDING_clock_missing : FINDING_clock_stray, "%s",
                         sla_clock_name((enum sla_clock)clock));
    }
    check_steps(check, order_id, runs, (const bool(*)[CLOCK_STEP_COUNT])has,
                (const int64_t(*)[CLOCK_STEP_COUNT])due);
}

/* ---- the whole ---- */

static void check_order(struct check *check, struct batch *b, int row)
{
    struct order_facts o = read_order(b->orders, row);
    struct fold f = {0};
    for (; order_at(b->events, b->event) <= o.row.id; b->event++) {
        struct past_event e = read_event(b->events, b->event);
        fold_event(&f, o.row.id, &e, &check->findings);
        check_answer(check, &e, b->events, b->event);
        check->seen.events++;
    }
    fold_compare(&f, &o.row, &check->findings);
    if (!f.broken && f.moved == o.row.version)
        check_ledgers(check, &o, &f);
    check_clocks(check, b, o.row.id, &f);
    if (o.secret_left)
        findings_add(&check->findings, "order", o.row.id, FINDING_secret_left, "%s", "");
    check->seen.orders++;
    check->seen.ledger_rows += o.reserved + o.returned + o.paid;
}

int check_orders(struct check *check, struct err *err)
{
    int64_t after_id = 0;
    if (read_calendars(check, err) != 0)
        return -1;
    for (;;) {
        scoped(batch_fini) struct batch b = {0};
        if (read_batch(check, after_id, &b, err) != 0)
            return -1;
        int rows = db_rows(b.orders);
        for (int row = 0; row < rows; row++)
            check_order(check, &b, row);
        if (rows < ORDERS_BATCH)
            return 0;
        after_id = db_i64(b.orders, rows - 1, 0);
    }
}
