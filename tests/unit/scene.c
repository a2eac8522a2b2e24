/* scene.c - one order and the people around it, to try the rules on */
#include "tests/unit/scene.h"

#include <inttypes.h>

#include "order-engine/rules/clocks.h"
#include "order-engine/rules/decide.h"
#include "order-engine/rules/events.h"
#include "tests/unit/cases.h"

static const struct {
    int64_t id;
    const char *name;
    unsigned roles;
    int64_t account_id;
} cast[PEOPLE_COUNT] = {
    [CLIENT] = {101, "client",    ROLE_CLIENT,     SCENE_ACCOUNT      },
    [COLLEAGUE] = {102, "colleague", ROLE_CLIENT,     SCENE_ACCOUNT      },
    [OUTSIDER] = {103, "outsider",  ROLE_CLIENT,     SCENE_OTHER_ACCOUNT},
    [WORKER] = {201, "worker",    ROLE_CONTRACTOR, 0                  },
    [WORKER2] = {202, "worker2",   ROLE_CONTRACTOR, 0                  },
    [WORKER3] = {203, "worker3",   ROLE_CONTRACTOR, 0                  },
    [MANAGER] = {301, "manager",   ROLE_MANAGER,    0                  },
    [MANAGER2] = {302, "manager2",  ROLE_MANAGER,    0                  },
    [OWNER] = {401, "owner",     ROLE_OWNER,      0                  },
    [GUEST] = {501, "guest",     0,               0                  },
};

void scene_init(struct scene *x)
{
    *x = (struct scene){.now = SCENE_BEGAN, .next_alert = SCENE_FIRST_ALERT, .target = WORKER};
    parameters_init(&x->parameters);
    x->month = (struct billing_month){
        .id = 7, .starts_at = SCENE_BEGAN - 20 * DAY_MS, .ends_at = SCENE_BEGAN + 10 * DAY_MS};
    x->account = (struct account){.id = SCENE_ACCOUNT,
                                  .tariff_id = 2,
                                  .orders_per_month = 10,
                                  .reaction_minutes = 60,
                                  .rate_minor = -1,
                                  .open_limit = 2,
                                  .has_paid_until = true,
                                  .paid_until_day = SCENE_BEGAN / DAY_MS + 30};
    for (size_t i = 0; i < PEOPLE_COUNT; i++)
        x->people[i] = (struct person){.id = cast[i].id,
                                       .telegram_id = 1000 + cast[i].id,
                                       .roles = cast[i].roles,
                                       .account_id = cast[i].account_id,
                                       .on_duty = true,
                                       .reachable = true};
    x->command = (struct order_command){
        .id = "tg:1:1", .has_text = true, .text_len = 20, .estimate_minutes = 120};
}

void scene_wait(struct scene *x, int64_t ms)
{
    x->now += ms;
}

/* Everybody with one of these roles, in the cast's order. */
static struct people those_with(const struct scene *x, unsigned roles, struct person *room)
{
    size_t count = 0;
    for (size_t i = 0; i < PEOPLE_COUNT; i++)
        if ((x->people[i].roles & roles) != 0)
            room[count++] = x->people[i];
    return (struct people){room, count};
}

static void decide(struct scene *x, struct order_command *c, enum cast who)
{
    struct person crew[PEOPLE_COUNT], contractors[PEOPLE_COUNT];
    struct situation s = {
        .now = x->now,
        .parameters = &x->parameters,
        .month = x->month,
        .categories = x->categories,
        .actor = who < PEOPLE_COUNT ? &x->people[who] : NULL,
        .acts_as = who == TIME    ? ROLE_SYSTEM
                   : who == PANEL ? ROLE_OWNER
                                  : 0,
        .order = x->order.id != 0 ? &x->order : NULL,
        .account =
            who < PEOPLE_COUNT && x->people[who].account_id == x->account.id ? &x->account : NULL,
        .target = x->target < PEOPLE_COUNT ? &x->people[x->target] : NULL,
        .crew = those_with(x, ROLE_MANAGER | ROLE_OWNER, crew),
        .contractors = those_with(x, ROLE_CONTRACTOR, contractors),
        .waiting = x->waiting,
        .waiting_count = x->waiting_count,
        .has_managers_group = x->has_managers_group,
    };
    c->new_order_id = SCENE_ORDER;
    c->new_alert_id = x->next_alert++;
    order_decide(&s, c, &x->decision);
}

void scene_try(struct scene *x, enum order_event event, enum cast who)
{
    struct order_command c = x->command;
    const struct event_row *row = event_row_of(event);
    c.event = event;
    if (row == NULL || row->message_kind < 0) { /* its message has no text */
        c.has_text = false;
        c.text_len = c.file_count = 0;
    }
    decide(x, &c, who);
}

static bool is_at_work(enum order_state state)
{
    return state == ORDER_IN_WORK || state == ORDER_WAITING_CLIENT;
}

static void apply(struct scene *x, const char *what)
{
    check_case_text(scene_refusal(x), "", what);
    int change = (int)is_at_work(x->decision.after.state) - (int)is_at_work(x->decision.from);
    x->order = x->decision.after;
    for (size_t i = 0; i < PEOPLE_COUNT; i++)
        if (x->people[i].id == x->order.contractor_id)
            x->people[i].open_orders += change;
}

void scene_do(struct scene *x, enum order_event event, enum cast who)
{
    scene_try(x, event, who);
    apply(x, order_event_name(event));
}

void scene_try_step(struct scene *x, enum sla_clock clock, enum clock_step step)
{
    size_t position;
    const struct clock_step_row *row = clock_step_find(clock, step, &position);
    const struct clock_run *run = &x->order.clocks[clock];
    assert_non_null(row);
    assert_true(clock < ORDER_CLOCK_COUNT);
    x->now = max_i64(x->now, clock_due_at(run, run->shares[position]));
    decide(x,
           &(struct order_command){
               .event = row->event, .id = "sla:1", .clock = clock, .step = step, .run = run->run},
           TIME);
}

void scene_try_alert_step(struct scene *x, enum clock_step step)
{
    size_t position;
    decide(x,
           &(struct order_command){.event = clock_step_find(CLOCK_ALERT, step, &position)->event,
                                   .id = "sla:1",
                                   .clock = CLOCK_ALERT,
                                   .step = step,
                                   .alert_id = x->command.alert_id},
           TIME);
}

void scene_do_alert_step(struct scene *x, enum clock_step step)
{
    scene_try_alert_step(x, step);
    apply(x, clock_step_name(step));
}

void scene_do_step(struct scene *x, enum sla_clock clock, enum clock_step step)
{
    scene_try_step(x, clock, step);
    apply(x, clock_step_name(step));
}

void scene_reach(struct scene *x, enum order_state state)
{
    static const struct {
        enum order_event event;
        enum cast who;
    } ways[ORDER_STATE_COUNT][4] = {
        [ORDER_NEW] = {{EVENT_CREATE, CLIENT}},
        [ORDER_IN_WORK] = {                     {EVENT_CREATE, CLIENT},  {EVENT_TAKE, WORKER}},
        [ORDER_WAITING_CLIENT] = {                     {EVENT_CREATE, CLIENT},
                       {EVENT_TAKE, WORKER},
                       {EVENT_ASK, WORKER}},
        [ORDER_DONE] = {                          {EVENT_CREATE, CLIENT}, {EVENT_TAKE, WORKER}, {EVENT_FINISH, WORKER}},
        [ORDER_CLOSED] = {{EVENT_CREATE, CLIENT},
                       {EVENT_TAKE, WORKER},
                       {EVENT_FINISH, WORKER},
                       {EVENT_ACCEPT, CLIENT}},
        [ORDER_CANCELLED] = {                                              {EVENT_CREATE, CLIENT}, {EVENT_CANCEL, CLIENT}},
    };
    for (size_t i = 0;
         i < ARRAY_LEN(ways[state]) && (i == 0 || ways[state][i].event != EVENT_CREATE); i++) {
        scene_do(x, ways[state][i].event, ways[state][i].who);
        scene_wait(x, 10 * MINUTE_MS);
    }
    assert_int_equal(x->order.state, state);
}

void scene_reach_assigned(struct scene *x)
{
    scene_reach(x, ORDER_NEW);
    scene_do(x, EVENT_ASSIGN, MANAGER);
    scene_wait(x, 10 * MINUTE_MS);
}

/* ---- what is told ---- */

static const char *name_of(const struct decided_notice *n)
{
    int64_t person_id = n->person_id;
    for (size_t i = 0; i < PEOPLE_COUNT; i++)
        if (cast[i].id == person_id)
            return cast[i].name;
    return n->to_group ? "group" : person_id == 0 ? "cards" : "?";
}

static void add_instant(struct buf *b, int64_t at)
{
    int64_t ms = at - SCENE_BEGAN,
            parts[] = {ms / HOUR_MS, ms / MINUTE_MS % 60, ms / SECOND_MS % 60, ms % SECOND_MS};
    static const char *const units[] = {"h", "m", "s", "ms"};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i] != 0)
            buf_printf(b, "%" PRId64 "%s", parts[i], units[i]);
    if (ms == 0)
        buf_add_text(b, "0");
}

/* Instants are the only numbers of 13 digits; the quotes of JSON are left out. */
static void add_with_instants(struct buf *b, const char *text)
{
    while (*text != '\0') {
        size_t digits = strspn(text, "0123456789");
        if (digits == 13)
            add_instant(b, strtoll(text, NULL, 10));
        else if (*text != '"')
            buf_add(b, text, digits > 0 ? digits : 1);
        text += digits > 0 ? digits : 1;
    }
}

static const char *take_text(struct scene *x, struct buf *b)
{
    assert_true(b->len < sizeof x->told);
    snprintf(x->told, sizeof x->told, "%s", buf_text(b));
    buf_fini(b);
    return x->told;
}

const char *scene_refusal(struct scene *x)
{
    const struct refused *r = &x->decision.refused;
    struct buf b = {0}, number = {0};
    if (r->why != REFUSED_NOT)
        buf_add_text(&b, refusal_name(r->why));
    for (size_t i = 0; i < r->arg_count; i++) {
        buf_printf(&b, " %s=", r->args[i].name);
        if (r->args[i].is_text) {
            buf_add_text(&b, r->args[i].text);
            continue;
        }
        buf_reset(&number);
        buf_add_i64(&number, r->args[i].number);
        add_with_instants(&b, buf_text(&number));
    }
    buf_fini(&number);
    return take_text(x, &b);
}

static void add_alerts(const struct decision *d, struct buf *b)
{
    static const char *const changes[] = {"raises",       "rewrites", "solves",
                                          "acknowledges", "repeats",  "reopens"};
    for (size_t i = 0; i < d->alert_count; i++)
        buf_printf(b, ", %s %s %" PRId64 " at %" PRId64, changes[d->alerts[i].change],
                   alert_cause_name(d->alerts[i].cause), d->alerts[i].is.id, d->alerts[i].is.level);
}

const char *scene_outcome(struct scene *x)
{
    const struct decision *d = &x->decision;
    struct buf b = {0};
    buf_printf(&b, "%s: %s > %s v%" PRId64, role_name(d->role),
               d->from == ORDER_NONE ? "nothing" : order_state_name(d->from),
               order_state_name(d->after.state), d->after.version);
    if (d->message_kind >= 0)
        buf_printf(&b, ", keeps %s", message_kind_name((enum message_kind)d->message_kind));
    if (d->quota != LEDGER_NONE)
        buf_printf(&b, ", %s", d->quota == LEDGER_RESERVE ? "reserves" : "returns");
    add_alerts(d, &b);
    if (d->pay)
        buf_add_text(&b, ", pays");
    if (d->erase_credentials)
        buf_add_text(&b, ", erases");
    if (d->withdraw_offers)
        buf_add_text(&b, ", withdraws offers");
    return take_text(x, &b);
}

static void add_clock(const struct decision *d, enum sla_clock clock, struct buf *b)
{
    const struct clock_run *is = &d->after.clocks[clock];
    const char *gap = ":";
    buf_printf(b, "%s%s", b->len > 0 ? "; " : "", sla_clock_name(clock));
    if (d->clock_ended[clock] != 0)
        buf_printf(b, " %" PRId64 " ends", d->clock_ended[clock]);
    if (is->paused)
        buf_add_text(b, " paused");
    if (is->running && is->run != d->clock_ended[clock])
        buf_printf(b, " %" PRId64, is->run);
    for (size_t i = 0; i < d->deadline_count; i++) {
        if (d->deadlines[i].clock != clock)
            continue;
        buf_printf(b, "%s %s ", gap, clock_step_name(d->deadlines[i].step));
        add_instant(b, d->deadlines[i].due_at);
        gap = ",";
    }
}

const char *scene_clocks(struct scene *x)
{
    struct buf b = {0};
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++)
        if (x->decision.clock_changed[clock])
            add_clock(&x->decision, (enum sla_clock)clock, &b);
    return take_text(x, &b);
}

const char *scene_alert_clock(struct scene *x)
{
    const struct decision *d = &x->decision;
    struct buf b = {0};
    for (size_t i = 0; i < d->deadline_count; i++) {
        if (d->deadlines[i].clock != CLOCK_ALERT)
            continue;
        buf_printf(&b, "%s%s ", b.len > 0 ? ", " : "", clock_step_name(d->deadlines[i].step));
        add_instant(&b, d->deadlines[i].due_at);
    }
    return take_text(x, &b);
}

const char *scene_notices(struct scene *x)
{
    const struct decision *d = &x->decision;
    struct buf b = {0};
    for (size_t i = 0; i < d->notice_count; i++) {
        const struct decided_notice *n = &d->notices[i];
        buf_printf(&b, "%s%s %s", i > 0 ? "; " : "", notice_kind_name(n->kind), name_of(n));
        if (n->not_before != 0) {
            buf_add_text(&b, " at ");
            add_instant(&b, n->not_before);
        }
        if (n->detail >= 0) {
            buf_add_char(&b, ' ');
            add_with_instants(&b, d->details[n->detail]);
        }
    }
    return take_text(x, &b);
}

/* ---- given, by name ---- */

void is_new(struct scene *x)
{
    scene_reach(x, ORDER_NEW);
}

void in_work(struct scene *x)
{
    scene_reach(x, ORDER_IN_WORK);
}

void assigned(struct scene *x)
{
    scene_reach_assigned(x);
}

void waiting(struct scene *x)
{
    scene_reach(x, ORDER_WAITING_CLIENT);
}

void done(struct scene *x)
{
    scene_reach(x, ORDER_DONE);
}

void closed(struct scene *x)
{
    scene_reach(x, ORDER_CLOSED);
}

void cancelled(struct scene *x)
{
    scene_reach(x, ORDER_CANCELLED);
}
