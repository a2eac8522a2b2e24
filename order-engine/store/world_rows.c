/* world_rows.c - rows of the database as the world holds them */
#include "order-engine/store/world_rows.h"

#include "order-engine/rules/dispatch.h"

void world_read_installation(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    w->now = db_i64(r, 0, 0);
    w->installed_version = db_i64(r, 0, 1);
    w->installed_people = db_i64(r, 0, 2);
    w->has_managers_group = db_bool(r, 0, 3);
}

void world_read_parameters(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    parameters_init(&w->parameters);
    for (int i = 0; i < db_rows(r); i++) {
        if (!db_is_null(
                r, i,
                0)) /* a value that no longer holds, after an upgrade, falls back to the default */
            parameters_set(&w->parameters, db_text(r, i, 0), db_text(r, i, 1), NULL);
        w->parameters_version = w->installed_version = db_i64(r, i, 2);
    }
}

void world_read_answers(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++)
        *WORLD_ADD(w->answers, w->answer_count, w->answer_cap) = (struct read_answer){
            .id = xstrdup(db_text(r, i, 0)), .answer = xstrdup(db_text(r, i, 1))};
}

void world_read_orders(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++) {
        struct order *known = world_order(w, db_i64(r, i, 0));
        if (known != NULL) { /* read again, in the right months */
            known->version = db_i64(r, i, 5);
            continue;
        }
        struct order *o = WORLD_ADD(w->orders, w->order_count, w->order_cap);
        int64_t *numbers[] = {
            &o->id,
            &o->month_day,
            &o->account_id,
            &o->ordered_by,
            NULL,
            &o->version,
            &o->created_at,
            &o->billing_month_id,
            &o->tariff_id,
            &o->reaction_minutes,
            &o->rate_minor,
            &o->bonus_minor,
            NULL,
            NULL,
            &o->contractor_id,
            &o->taken_at,
            &o->estimate_minutes,
            NULL,
            &o->reworks,
            &o->done_at,
            &o->ended_at,
            &o->rating,
            &o->reaction_breached_at,
            &o->work_breached_at,
        };
        for (int col = 0; col < (int)ARRAY_LEN(numbers); col++)
            if (numbers[col] != NULL)
                *numbers[col] = db_i64(r, i, col);
        o->state = (enum order_state)order_state_parse(db_text(r, i, 4));
        o->sees_contacts = db_bool(r, i, 12);
        o->offer_open = db_bool(r, i, 13);
        o->estimate_named = db_bool(r, i, 17);
        snprintf(o->currency, sizeof o->currency, "%s", db_text(r, i, 24));
        if (!db_bool(r, i, 25))
            world_widen_months(w, o->month_day);
        o->category_id = db_i64(r, i, 26);
        o->given_back = db_bool(r, i, 27);
        o->calendar_id = db_i64(r, i, 28);
    }
}

/* "7 12": the persons of the account who are told instead of the one who ordered */
static void read_others(struct circle *circle, const char *others)
{
    char *end;
    for (const char *at = others; *at != '\0' && circle->told_count < ORDER_MEMBERS_MAX; at = end)
        circle->told[circle->told_count++] = strtoll(at, &end, 10);
}

void world_read_circles(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++) {
        struct circle circle = {.order_id = db_i64(r, i, 0),
                                .contractor_id = db_i64(r, i, 1),
                                .contractor_active = db_bool(r, i, 5)};
        int64_t orderer = db_i64(r, i, 2);
        read_others(&circle, db_text(r, i, 4));
        circle.client_reachable = db_bool(r, i, 3) || circle.told_count > 0;
        if (circle.told_count == 0 && orderer != 0)
            circle.told[circle.told_count++] = orderer;
        circles_put(&w->circles, &circle);
    }
}

/* "client owner" -> bits */
static unsigned read_roles(const char *names)
{
    unsigned roles = 0;
    char name[16];
    int len;
    while (sscanf(names, "%15s%n", name, &len) == 1) {
        int role = role_parse(name);
        if (role > 0)
            roles |= (unsigned)role;
        names += len;
    }
    return roles;
}

static struct person read_person(const struct db_result *r, int row)
{
    return (struct person){
        .id = db_i64(r, row, 0),
        .telegram_id = db_i64(r, row, 1),
        .roles = read_roles(db_text(r, row, 2)),
        .account_id = db_i64(r, row, 3),
        .on_duty = db_bool(r, row, 4),
        .reachable = db_bool(r, row, 5),
        .away_until = db_i64(r, row, 6),
    };
}

void world_read_people(void *ctx, const struct db_result *r)
{
    for (int i = 0; i < db_rows(r); i++) {
        struct person who = read_person(r, i);
        world_add_person(ctx, &who);
    }
}

void world_read_workload(void *ctx, const struct db_result *r)
{
    for (int i = 0; i < db_rows(r); i++) {
        struct person *who = world_person(ctx, db_i64(r, i, 0));
        if (who != NULL)
            who->open_orders = db_i64(r, i, 1);
    }
}

static struct person *add_to(struct people_list *list, const struct db_result *r, int row)
{
    struct person *who = WORLD_ADD(list->items, list->count, list->cap);
    *who = read_person(r, row);
    who->open_orders = db_i64(r, row, 7);
    return who;
}

void world_read_crew(void *ctx, const struct db_result *r)
{
    for (int i = 0; i < db_rows(r); i++)
        add_to(&((struct world *)ctx)->crew, r, i);
}

void world_read_contractors(void *ctx, const struct db_result *r)
{
    struct people_list *list = &((struct world *)ctx)->contractors;
    for (int i = 0; i < db_rows(r); i++) {
        struct person *who = add_to(list, r, i);
        who->marks = db_i64(r, i, 8);
        who->mark_sum = db_i64(r, i, 9);
        who->last_taken_at = db_i64(r, i, 10);
        who->follows = (uint64_t)db_i64(r, i, 11);
    }
    dispatch_rank(list->items, list->count);
}

void world_read_categories(void *ctx, const struct db_result *r)
{
    ((struct world *)ctx)->categories = (uint64_t)db_i64(r, 0, 0);
}

void world_read_accounts(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++)
        *WORLD_ADD(w->accounts, w->account_count, w->account_cap) = (struct account){
            .id = db_i64(r, i, 0),
            .tariff_id = db_i64(r, i, 1),
            .orders_per_month = db_i64(r, i, 2),
            .reaction_minutes = db_i64(r, i, 3),
            .rate_minor = db_i64(r, i, 4),
            .open_limit = db_i64(r, i, 5),
            .may_pin = db_bool(r, i, 6),
            .sees_contacts = db_bool(r, i, 7),
            .calendar_id = db_i64(r, i, 12),
            .has_paid_until = db_bool(r, i, 8),
            .paid_until_day = db_i64(r, i, 9),
            .quota_balance = db_i64(r, i, 10),
            .open_orders = db_i64(r, i, 11),
        };
}

static void note_pass(struct order *o, int64_t contractor_id)
{
    if (o->pass_count < ORDER_PASSES_MAX)
        o->passed[o->pass_count++] = contractor_id;
}

static void note_pin(struct order *o, int64_t contractor_id)
{
    if (o->pin_count < ORDER_PINS_MAX)
        o->pins[o->pin_count++] = contractor_id;
}

/* An account's pins are kept aside; an order's pins and passes stand in the order. */
void world_read_pins(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++) {
        struct read_pin pin = {.account_id = db_i64(r, i, 0),
                               .order_id = db_i64(r, i, 1),
                               .contractor_id = db_i64(r, i, 2),
                               .declined = str_eq(db_text(r, i, 3), "declined")};
        struct order *o = pin.order_id != 0 ? world_order(w, pin.order_id) : NULL;
        if (o == NULL || pin.declined)
            *WORLD_ADD(w->pins, w->pin_count, w->pin_cap) = pin;
        else
            (str_eq(db_text(r, i, 3), "passed") ? note_pass : note_pin)(o, pin.contractor_id);
    }
}

void world_read_months(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++)
        *WORLD_ADD(w->months, w->month_count, w->month_cap) = (struct billing_month){
            .id = db_i64(r, i, 0), .starts_at = db_i64(r, i, 1), .ends_at = db_i64(r, i, 2)};
}

void world_read_clocks(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++) {
        struct order *o = world_order(w, db_i64(r, i, 0));
        int clock = sla_clock_parse(db_text(r, i, 1));
        if (o == NULL || clock < 0)
            continue;
        struct clock_run *c = &o->clocks[clock];
        *c = (struct clock_run){
            .run = db_i64(r, i, 2),
            .started_at = db_i64(r, i, 3),
            .ended_at = db_i64(r, i, 4),
            .running = db_is_null(r, i, 4),
            .paused = db_bool(r, i, 5),
            .counted_ms = db_i64(r, i, 6),
            .limit_ms = db_i64(r, i, 7),
            .fired = (unsigned)db_i64(r, i, 9),
        };
        const char *at = db_text(r, i, 8);
        char *end;
        for (size_t n = 0; *at != '\0' && n < CLOCK_STEPS_MAX; n++, at = end)
            c->shares[n] = strtoll(at, &end, 10);
    }
}

void world_read_alerts(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++) {
        struct order *o = world_order(w, db_i64(r, i, 0));
        int cause = alert_cause_parse(db_text(r, i, 1));
        if (o != NULL && cause >= 0)
            o->alerts[cause] = (struct open_alert){.id = db_i64(r, i, 2),
                                                   .level = db_i64(r, i, 3),
                                                   .acknowledged_by = db_i64(r, i, 4),
                                                   .acknowledged_at = db_i64(r, i, 5),
                                                   .raised_at = db_i64(r, i, 6),
                                                   .repeats = db_i64(r, i, 7)};
    }
}

void world_read_deadlines(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++)
        *WORLD_ADD(w->deadlines, w->deadline_count, w->deadline_cap) = (struct read_deadline){
            .id = db_i64(r, i, 0),
            .order_id = db_i64(r, i, 1),
            .run = db_i64(r, i, 4),
            .due_at = db_i64(r, i, 5),
            .alert_id = db_i64(r, i, 6),
            .account_id = db_i64(r, i, 7),
            .clock = (enum sla_clock)sla_clock_parse(db_text(r, i, 2)),
            .step = (enum clock_step)clock_step_parse(db_text(r, i, 3)),
        };
}

void world_read_waiting(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++)
        *WORLD_ADD(w->waiting, w->waiting_count, w->waiting_cap) =
            (struct waiting_copy){.alert_id = db_i64(r, i, 0), .person_id = db_i64(r, i, 1)};
}

void world_read_subscribers(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++)
        *WORLD_ADD(w->subscribers, w->subscriber_count, w->subscriber_cap) =
            (struct subscriber){.account_id = db_i64(r, i, 0),
                                .person_id = db_i64(r, i, 1),
                                .paid_until_day = db_i64(r, i, 2)};
}

void world_read_calendars(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++)
        calendar_read(world_add_calendar(w), db_i64(r, i, 0), db_text(r, i, 1));
}

void world_read_numbers(void *ctx, const struct db_result *r)
{
    struct world *w = ctx;
    for (int i = 0; i < db_rows(r); i++) {
        if (str_eq(db_text(r, i, 0), "order"))
            *WORLD_ADD(w->order_numbers, w->order_number_count, w->order_number_cap) =
                db_i64(r, i, 1);
        else
            *WORLD_ADD(w->alert_numbers, w->alert_number_count, w->alert_number_cap) =
                db_i64(r, i, 1);
    }
}
