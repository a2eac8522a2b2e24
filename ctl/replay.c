/* replay.c - itsupportctl replay: what the past would have been under other parameters and tariffs
 */
#include <inttypes.h>
#include <unistd.h>

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "ctl/ctl.h"
#include "ctl/what_if.h"
#include "order-engine/admin/dates.h"
#include "order-engine/rules/clocks.h"

#define ORDERS_BATCH 500
#define FAR_AHEAD_MS (INT64_C(100000) * DAY_MS)

struct replay {
    struct ctl *ctl;
    int64_t since, until, now;
    struct terms_since *held, *changed; /* as many */
    size_t terms_count;
    struct tariff_change tariffs[CTL_GIVEN_MAX];
    size_t tariff_count;
    struct calendar *calendars; /* every one there ever was */
    char **calendar_names;      /* beside them; NULL: another has taken its place */
    size_t calendar_count;
    bool base_rate;
    struct rerun *rerun;
    struct what_if_report report;
};

static void replay_fini(struct replay *r)
{
    for (size_t i = 0; i < r->tariff_count; i++)
        tariff_change_fini(&r->tariffs[i]);
    for (size_t i = 0; i < r->calendar_count; i++)
        str_free(&r->calendar_names[i]);
    free(r->calendars);
    free(r->calendar_names);
    free(r->held);
    free(r->changed);
    rerun_free(&r->rerun);
}

/* ---- what is asked ---- */

/* The first instant of a day in the installation's zone. */
static int read_day(const char *text, const char *zone, int64_t otherwise, int64_t *ret,
                    struct err *err)
{
    int year, month, day;
    *ret = otherwise;
    if (text == NULL)
        return 0;
    if (!date_is_good(text) || sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return ctl_usage(err, "\"%.40s\" is no day, YYYY-MM-DD", text);
    *ret = zone_instant_ms(zone, year, month, day, 0, 0);
    return 0;
}

static int read_changes(struct replay *r, struct err *err)
{
    for (size_t i = 0; i < r->ctl->given_count; i++) {
        const struct ctl_given *given = &r->ctl->given[i];
        if (given->option == OPTION_SET) {
            if (terms_set(r->changed, r->terms_count, given->value, err) != 0)
                return -1;
            r->base_rate |= strncmp(given->value, "ORDER_RATE=", strlen("ORDER_RATE=")) == 0;
        } else if (given->option == OPTION_TARIFF) {
            if (tariff_change_parse(given->value, &r->tariffs[r->tariff_count], err) != 0)
                return -1;
            r->tariff_count++;
        }
    }
    for (size_t i = 0; i < r->terms_count; i++)
        if (parameters_check(&r->changed[i].parameters, err) != 0)
            return -1;
    return 0;
}

/* ---- calendars ---- */

static int read_calendars(struct replay *r, struct err *err)
{
    scoped(ctl_results_free) struct db_result *rows =
        ctl_call(r->ctl, Q_replay_calendars, NULL, err);
    if (rows == NULL)
        return -1;
    r->calendar_count = (size_t)db_rows(rows);
    r->calendars = xcalloc(r->calendar_count + 1, sizeof *r->calendars);
    r->calendar_names = xcalloc(r->calendar_count + 1, sizeof *r->calendar_names);
    for (int row = 0; row < db_rows(rows); row++) {
        calendar_read(&r->calendars[row], db_i64(rows, row, 0), db_text(rows, row, 2));
        r->calendar_names[row] = xstrdup_or_null(db_text_or_null(rows, row, 1));
    }
    return 0;
}

static const struct calendar *calendar_of(const struct replay *r, int64_t id)
{
    for (size_t i = 0; i < r->calendar_count; i++)
        if (r->calendars[i].id == id)
            return &r->calendars[i];
    return NULL;
}

/* "off" is round the clock: NULL. false: there is none of that name. */
static bool find_calendar(const struct replay *r, const char *name, const struct calendar **ret)
{
    *ret = NULL;
    for (size_t i = 0; i < r->calendar_count; i++)
        if (r->calendar_names[i] != NULL && str_eq(r->calendar_names[i], name))
            *ret = &r->calendars[i];
    return *ret != NULL || str_eq(name, "off");
}

/* ---- the terms that held ---- */

/* A change is a row of the audit; before the first of them all had their defaults. */
static int read_terms(struct replay *r, struct err *err)
{
    scoped(ctl_results_free) struct db_result *rows =
        ctl_call(r->ctl, Q_replay_parameters, NULL, err);
    if (rows == NULL)
        return -1;
    int count = db_rows(rows);
    r->held = xcalloc((size_t)count + 1, sizeof *r->held);
    parameters_init(&r->held[0].parameters);
    for (int row = 0; row < count; row++) {
        struct terms_since *is = &r->held[row + 1];
        int parameter = parameter_find(db_text(rows, row, 1));
        const char *value = db_text_or_null(rows, row, 2);
        struct err ignored; /* a parameter or value of a former version */
        *is = r->held[row];
        is->at = db_i64(rows, row, 0);
        if (parameter >= 0)
            parameters_set(&is->parameters, parameter_rows[parameter].name,
                           value != NULL ? value : parameter_rows[parameter].fallback, &ignored);
    }
    r->terms_count = (size_t)count + 1;
    r->changed = xcalloc(r->terms_count, sizeof *r->changed);
    memcpy(r->changed, r->held, r->terms_count * sizeof *r->changed);
    return 0;
}

static void change_tariff(const struct replay *r, const char *tariff, struct terms *terms)
{
    for (size_t i = 0; i < r->tariff_count; i++) {
        const struct tariff_change *c = &r->tariffs[i];
        if (!str_eq(c->name, tariff))
            continue;
        terms->reaction_minutes =
            c->reaction_minutes >= 0 ? c->reaction_minutes : terms->reaction_minutes;
        terms->rate_minor = c->rate_minor >= 0 ? c->rate_minor : terms->rate_minor;
        terms->may_pin = c->may_pin >= 0 ? c->may_pin : terms->may_pin;
        if (c->calendar != NULL)
            terms->has_calendar = find_calendar(r, c->calendar, &terms->calendar);
    }
}

/* ---- the past ---- */

struct batch { /* some orders, ascending, and how far each table has been read */
    struct db_result *orders, *events, *alerts;
    int event, alert;
};

static void batch_fini(struct batch *b)
{
    ctl_results_free(&b->orders);
    ctl_results_free(&b->events);
    ctl_results_free(&b->alerts);
}

static int read_batch(struct replay *r, int64_t after_id, struct batch *b, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, after_id);
    db_arg_i64(&args, r->since);
    db_arg_i64(&args, r->until);
    db_arg_i64(&args, ORDERS_BATCH);
    if ((b->orders = ctl_call(r->ctl, Q_replay_orders, &args, err)) == NULL)
        return -1;
    int rows = db_rows(b->orders);
    if (rows == 0)
        return 0;
    int64_t first = db_i64(b->orders, 0, 0), last = db_i64(b->orders, rows - 1, 0);
    db_arg_i64(&args, first);
    db_arg_i64(&args, last);
    db_arg_i64(&args, r->since);
    db_arg_i64(&args, r->until);
    if ((b->events = ctl_call(r->ctl, Q_replay_events, &args, err)) == NULL)
        return -1;
    db_arg_i64(&args, first);
    db_arg_i64(&args, last);
    b->alerts = ctl_call(r->ctl, Q_replay_alerts, &args, err);
    return b->alerts != NULL ? 0 : -1;
}

static int word(const struct db_result *r, int row, int col, int (*parse)(const char *), int none)
{
    return db_is_null(r, row, col) ? none : parse(db_text(r, row, col));
}

static struct past_input read_input(const struct db_result *r, int row)
{
    struct past_input in = {
        .was = {.version = db_i64(r, row, 1),
                .at = db_i64(r, row, 2),
                .actor_id = db_i64(r, row, 3),
                .event = order_event_parse(db_text(r, row, 4)),
                .from = word(r, row, 5, order_state_parse, ORDER_NONE),
                .to = order_state_parse(db_text(r, row, 6)),
                .role = role_parse(db_text(r, row, 7)),
                .contractor_id = db_i64(r, row, 8),
                .estimate_minutes = db_i64(r, row, 9),
                .rating = db_i64(r, row, 10)},
        .clock = word(r, row, 11, sla_clock_parse, -1),
        .step = word(r, row, 12, clock_step_parse, -1),
        .run = db_i64(r, row, 13),
        .alert_id = db_i64(r, row, 14),
        .pays = db_bool(r, row, 15),
    };
    const struct clock_step_row *row_of_alert; /* its steps are told by their events */
    for (size_t i = 0; (row_of_alert = clock_step_at(CLOCK_ALERT, i)) != NULL; i++)
        if ((int)row_of_alert->event == in.was.event) {
            in.clock = CLOCK_ALERT;
            in.step = (int)row_of_alert->step;
        }
    return in;
}

static int64_t order_at(const struct db_result *rows, int row)
{
    return row < db_rows(rows) ? db_i64(rows, row, 0) : INT64_MAX;
}

struct past { /* one order, with room for the next */
    struct history history;
    struct outcome recorded;
    const char *tariff;
    int64_t pins[ORDER_PINS_MAX];
    struct past_input *inputs;
    size_t input_room;
    struct past_alert *alerts;
    size_t alert_room;
};

static void past_fini(struct past *p)
{
    free(p->inputs);
    free(p->alerts);
}

static void read_pins(struct past *p, const char *text)
{
    char *end;
    for (p->history.pin_count = 0; *text != '\0' && p->history.pin_count < ORDER_PINS_MAX;
         text = *end == ' ' ? end + 1 : end)
        p->pins[p->history.pin_count++] = strtoll(text, &end, 10);
}

static void read_order(const struct replay *replay, struct past *p, const struct db_result *r,
                       int row)
{
    p->history = (struct history){
        .order_id = db_i64(r, row, 0),
        .account_id = db_i64(r, row, 1),
        .ordered_by = db_i64(r, row, 2),
        .created_at = db_i64(r, row, 3),
        .tariff_id = db_i64(r, row, 4),
        .reaction_minutes = db_i64(r, row, 5),
        .rate_minor = db_i64(r, row, 6),
        .category_id = db_i64(r, row, 7),
        .own_rate = db_bool(r, row, 8),
        .calendar = calendar_of(replay, db_i64(r, row, 17)),
        .pins = p->pins,
    };
    snprintf(p->history.currency, sizeof p->history.currency, "%s", db_text(r, row, 9));
    p->tariff = db_text(r, row, 10);
    read_pins(p, db_text(r, row, 11));
    p->recorded = (struct outcome){
        .reaction_breaches = db_bool(r, row, 12),
        .work_breaches = db_bool(r, row, 13),
        .payouts = db_i64(r, row, 14),
        .paid_minor = db_i64(r, row, 15),
        .compensated = db_i64(r, row, 16),
    };
}

static void read_inputs(struct past *p, struct batch *b)
{
    size_t count = 0;
    int64_t order_id = p->history.order_id;
    for (; order_at(b->events, b->event) <= order_id; b->event++) {
        if (count == p->input_room) {
            p->input_room = p->input_room * 2 + 16;
            p->inputs = xrealloc(p->inputs, p->input_room, sizeof *p->inputs);
        }
        struct past_input *in = &p->inputs[count++];
        *in = read_input(b->events, b->event);
        in->category_id = in->was.event == EVENT_CREATE ? p->history.category_id : 0;
        p->recorded.repeats += in->was.event == EVENT_REPEAT;
        p->recorded.closed_by_itself += in->was.event == EVENT_AUTO_CLOSE;
    }
    p->history.inputs = p->inputs;
    p->history.input_count = count;
}

static void read_alerts(struct past *p, struct batch *b)
{
    size_t count = 0;
    for (; order_at(b->alerts, b->alert) <= p->history.order_id; b->alert++) {
        int cause = alert_cause_parse(db_text(b->alerts, b->alert, 3));
        if (order_at(b->alerts, b->alert) != p->history.order_id || cause < 0)
            continue;
        if (count == p->alert_room) {
            p->alert_room = p->alert_room * 2 + 8;
            p->alerts = xrealloc(p->alerts, p->alert_room, sizeof *p->alerts);
        }
        p->alerts[count++] = (struct past_alert){.id = db_i64(b->alerts, b->alert, 1),
                                                 .raised_at = db_i64(b->alerts, b->alert, 2),
                                                 .cause = cause};
        p->recorded.alerts[cause]++;
    }
    p->history.alerts = p->alerts;
    p->history.alert_count = count;
}

/* ---- the whole ---- */

static void run_again(struct replay *r, const struct past *p)
{
    const struct terms held = {.items = r->held,
                               .count = r->terms_count,
                               .reaction_minutes = -1,
                               .rate_minor = -1,
                               .may_pin = -1};
    struct terms changed = held;
    struct rerun_result result;
    changed.items = r->changed;
    changed.base_rate = r->base_rate;
    change_tariff(r, p->tariff, &changed);
    rerun_order(r->rerun, &p->history, &held, &changed, r->now, &result);
    report_add(&r->report, &p->recorded, &result, p->history.currency);
}

static void show_progress(const struct replay *r)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%" PRId64 " orders", r->report.orders);
}

static int run_all(struct replay *r, struct err *err)
{
    scoped(past_fini) struct past past = {0};
    int64_t after_id = 0;
    for (int rows = ORDERS_BATCH; rows == ORDERS_BATCH; show_progress(r)) {
        scoped(batch_fini) struct batch b = {0};
        if (read_batch(r, after_id, &b, err) != 0)
            return -1;
        rows = db_rows(b.orders);
        for (int row = 0; row < rows; row++) {
            read_order(r, &past, b.orders, row);
            read_inputs(&past, &b);
            read_alerts(&past, &b);
            run_again(r, &past);
            after_id = past.history.order_id;
        }
    }
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%30s\r", "");
    return 0;
}

static int read_now(struct replay *r, struct err *err)
{
    scoped(ctl_results_free) struct db_result *row =
        ctl_call(r->ctl, Q_read_installation, NULL, err);
    if (row == NULL)
        return -1;
    r->now = db_i64(row, 0, 1) + db_i64(row, 0, 2);
    return 0;
}

static int check_tariffs(struct replay *r, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    for (size_t i = 0; i < r->tariff_count; i++) {
        db_arg_text(&args, r->tariffs[i].name);
        scoped(ctl_results_free) struct db_result *row =
            ctl_call(r->ctl, Q_find_tariff, &args, err);
        if (row == NULL)
            return -1;
        if (db_rows(row) == 0)
            return err_set(err, ERR_REFUSED, "there is no tariff \"%.60s\"", r->tariffs[i].name);
        const struct calendar *ignored;
        const char *calendar = r->tariffs[i].calendar;
        if (calendar != NULL && !find_calendar(r, calendar, &ignored))
            return err_set(err, ERR_REFUSED, "there is no calendar \"%.60s\"", calendar);
    }
    return 0;
}

int run_replay(struct ctl *ctl, struct err *err)
{
    scoped(replay_fini) struct replay r = {.ctl = ctl, .rerun = rerun_new()};
    scoped(str_free) char *zone = NULL;
    scoped(buf_fini) struct buf text = {0};
    if (ctl_open(ctl, err) != 0 ||
        db_session_script(ctl->db, "begin isolation level repeatable read read only", err) != 0 ||
        (zone = ctl_zone(ctl, err)) == NULL ||
        read_day(ctl->options[OPTION_SINCE], zone, 0, &r.since, err) != 0 ||
        read_day(ctl->options[OPTION_UNTIL], zone, FAR_AHEAD_MS, &r.until, err) != 0 ||
        read_now(&r, err) != 0 || read_terms(&r, err) != 0 || read_calendars(&r, err) != 0 ||
        read_changes(&r, err) != 0 || check_tariffs(&r, err) != 0 || run_all(&r, err) != 0)
        return -1;
    if (ctl->options[OPTION_JSON] != NULL)
        report_add_json(&r.report, &text);
    else
        report_add_text(&r.report, &text);
    fputs(buf_text(&text), stdout);
    return CTL_DONE;
}
