/* acts.c - everything that can happen in a simulation but the passing of time */
#include "tests/simulation/acts.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/quota.h"
#include "tests/simulation/beginning.h"
#include "tests/simulation/changes.h"

#define STAFF (ROLE_MANAGER | ROLE_OWNER)
#define AT_WORK (FROM(IN_WORK) | FROM(WAITING_CLIENT))
#define UNFINISHED (FROM(NEW) | AT_WORK | FROM(DONE))
#define ENDED (FROM(CLOSED) | FROM(CANCELLED))
#define ANY_STATE (UNFINISHED | ENDED)
#define LOOKS 24          /* at orders, before one in an unusual state is taken */
#define NEGLECTED_EACH 12 /* one order of so many is hardly ever touched: its clocks run out */
#define ODD_EACH 24       /* one command of so many is said by anybody, about any order */

#define PRESSED_TWICE 48 /* one command of so many is said twice */

/* What a command brings along, bits. */
enum brings {
    TEXT = 1,
    REASON = 2, /* at times */
    ESTIMATE = 4,
    RATING = 8, /* at times */
    TARGET = 16,
    ALERT = 32,
    CATEGORY = 64,   /* at times */
    PAYMENT = 128,   /* at times */
    ADDRESSEE = 256, /* at times */
};

/* Commands about orders: who usually says it in which states. */
struct order_act {
    enum order_event event;
    int weight;
    unsigned states;
    enum role who;
    unsigned brings;
};

/* clang-format off */
static const struct order_act order_acts[] = {
/*   event               weight usual states          who              brings */
    {EVENT_CREATE,       250,   FROM_NOTHING,         ROLE_CLIENT,     TEXT | CATEGORY},
    {EVENT_ADD_DETAILS,  30,    FROM(NEW),            ROLE_CLIENT,     TEXT},
    {EVENT_CANCEL,       8,     FROM(NEW),            ROLE_CLIENT,     REASON},
    {EVENT_CANCEL,       6,     UNFINISHED,           ROLE_MANAGER,    TEXT | PAYMENT},
    {EVENT_TAKE,         270,   FROM(NEW),            ROLE_CONTRACTOR, ESTIMATE},
    {EVENT_ASSIGN,       40,    FROM(NEW),            ROLE_MANAGER,    TARGET},
    {EVENT_SET_ESTIMATE, 60,    FROM(IN_WORK),        ROLE_CONTRACTOR, ESTIMATE},
    {EVENT_REASSIGN,     8,     AT_WORK,              ROLE_MANAGER,    TARGET | TEXT},
    {EVENT_ASK,          60,    FROM(IN_WORK),        ROLE_CONTRACTOR, TEXT},
    {EVENT_ANSWER,       60,    FROM(WAITING_CLIENT), ROLE_CLIENT,     TEXT},
    {EVENT_ANSWER,       4,     FROM(WAITING_CLIENT), ROLE_MANAGER,    TEXT},
    {EVENT_RESUME,       10,    FROM(WAITING_CLIENT), ROLE_CONTRACTOR, 0},
    {EVENT_SAY,          20,    AT_WORK | FROM(DONE), ROLE_CLIENT,     TEXT},
    {EVENT_SAY,          20,    AT_WORK | FROM(DONE), ROLE_CONTRACTOR, TEXT | ADDRESSEE},
    {EVENT_SAY,          12,    AT_WORK | FROM(DONE), ROLE_MANAGER,    TEXT | ADDRESSEE},
    {EVENT_EXTEND,       20,    AT_WORK,              ROLE_CONTRACTOR, TEXT | ESTIMATE},
    {EVENT_EXTEND,       8,     AT_WORK,              ROLE_MANAGER,    TEXT | ESTIMATE},
    {EVENT_GIVE_BACK,    10,    AT_WORK,              ROLE_CONTRACTOR, TEXT},
    {EVENT_RELEASE,      4,     AT_WORK,              ROLE_MANAGER,    TEXT},
    {EVENT_FINISH,       240,   AT_WORK,              ROLE_CONTRACTOR, TEXT},
    {EVENT_ACCEPT,       170,   FROM(DONE),           ROLE_CLIENT,     REASON | RATING},
    {EVENT_ACCEPT,       4,     FROM(DONE),           ROLE_MANAGER,    REASON | RATING},
    {EVENT_REWORK,       20,    FROM(DONE),           ROLE_CLIENT,     TEXT},
    {EVENT_REWORK,       2,     FROM(DONE),           ROLE_MANAGER,    TEXT},
    {EVENT_RATE,         30,    FROM(CLOSED),         ROLE_CLIENT,     REASON | RATING},
    {EVENT_COMPLAIN,     3,     ANY_STATE,            ROLE_CLIENT,     TEXT},
    {EVENT_ACKNOWLEDGE,  60,    ANY_STATE,            ROLE_MANAGER,    ALERT},
    {EVENT_SETTLE,       80,    ANY_STATE,            ROLE_MANAGER,    ALERT | REASON},
};
/* clang-format on */

/* ---- drawing ---- */

static int64_t any_person(struct shell *s, struct dice *d)
{
    return 1 + dice_any(d, (int64_t)s->company.member_count);
}

static int64_t any_with_role(struct shell *s, struct dice *d, unsigned roles)
{
    for (int tries = 0; tries < LOOKS; tries++) {
        int64_t id = any_person(s, d);
        if ((company_member(&s->company, id)->who.roles & roles) != 0)
            return id;
    }
    return any_person(s, d);
}

static int64_t any_order(struct shell *s, struct dice *d, unsigned states)
{
    const struct company *c = &s->company;
    bool over = (states & UNFINISHED) == 0 || (states == ANY_STATE && dice_one_in(d, 2));
    const int64_t *ids = over ? c->ended : c->unfinished;
    int64_t count = (int64_t)(over ? c->ended_count : c->unfinished_count);
    for (int tries = 0; tries < LOOKS && count > 0; tries++) {
        const struct order *o = company_order(c, ids[dice_any(d, count)]);
        if ((states & (1u << o->state)) != 0 && (o->id % NEGLECTED_EACH != 0 || dice_one_in(d, 16)))
            return o->id;
    }
    return 0;
}

static int64_t usual_speaker(struct shell *s, struct dice *d, const struct order_act *act,
                             const struct order *o)
{
    if (act->who == ROLE_CLIENT && o != NULL && !dice_one_in(d, 4))
        return o->ordered_by;
    if (act->who == ROLE_CONTRACTOR && o != NULL && o->contractor_id != 0)
        return o->contractor_id;
    if (act->who == ROLE_CONTRACTOR && o != NULL && o->pin_count > 0 && dice_one_in(d, 2))
        return o->pins[dice_any(d, (int64_t)o->pin_count)];
    return any_with_role(s, d, act->who == ROLE_MANAGER ? STAFF : act->who);
}

static struct speaker speaker_of(struct shell *s, struct dice *d, const struct order_act *act,
                                 const struct order *o)
{
    if (dice_one_in(d, ODD_EACH))
        return (struct speaker){.person_id = dice_any(d, (int64_t)s->company.member_count + 1)};
    if (act->who == ROLE_MANAGER && dice_one_in(d, 6))
        return (struct speaker){.acts_as = ROLE_OWNER}; /* from the panel */
    return (struct speaker){.person_id = usual_speaker(s, d, act, o)};
}

/* ---- one command about an order ---- */

static void add_text(struct dice *d, struct order_command *c, bool needed)
{
    c->has_text = !dice_one_in(d, needed ? 64 : 2);
    c->text_len = c->has_text ? (size_t)(1 + dice_any(d, 200)) : 0;
    c->file_count = dice_one_in(d, 4) ? (size_t)dice_any(d, 4) : 0;
    if (dice_one_in(d, 128))
        c->text_len = (size_t)(REASON_TEXT_MAX + dice_any(d, TASK_TEXT_MAX));
    if (dice_one_in(d, 128))
        c->file_count = (size_t)(ORDER_FILES_MAX + dice_any(d, 3));
}

static int64_t any_estimate(const struct shell *s, struct dice *d)
{
    int64_t most = s->company.parameters.MAX_ESTIMATE_HOURS * 60;
    if (dice_one_in(d, 64))
        return dice_any(d, 2) * (most + 1);
    return dice_one_in(d, 8) ? most : 1 + dice_any(d, min_i64(most, 10 * 60));
}

/* An open alert, by the deadline that each has. */
static int64_t any_alert(const struct shell *s, struct dice *d, int64_t *ret_order)
{
    const struct company *c = &s->company;
    for (int tries = 0; tries < LOOKS && c->deadline_count > 0; tries++) {
        const struct row_deadline *row = &c->deadlines[dice_any(d, (int64_t)c->deadline_count)];
        if (row->clock == CLOCK_ALERT) {
            *ret_order = row->d.order_id;
            return row->alert_id;
        }
    }
    return dice_any(d, 100);
}

static int64_t any_rating(struct dice *d)
{
    if (dice_one_in(d, 64))
        return 6;
    return dice_one_in(d, 3) ? 0 : dice_one_in(d, 8) ? 1 + dice_any(d, 3) : 4 + dice_any(d, 2);
}

static void happen_to_order(struct shell *s, struct dice *d, const struct order_act *act)
{
    int64_t id = act->states == FROM_NOTHING
                     ? 0
                     : any_order(s, d, dice_one_in(d, ODD_EACH) ? ANY_STATE : act->states);
    if (id == 0 && act->states != FROM_NOTHING && !dice_one_in(d, 256))
        return;
    const struct order *o = id == 0 ? NULL : company_order(&s->company, id);
    int64_t alert_id = (act->brings & ALERT) != 0 ? any_alert(s, d, &id) : 0;
    if (id != 0)
        o = company_order(&s->company, id);
    struct speaker by = speaker_of(s, d, act, o);
    struct order_command c = {.event = act->event, .id = "simulated"};
    if ((act->brings & (TEXT | REASON)) != 0)
        add_text(d, &c, (act->brings & TEXT) != 0);
    if ((act->brings & ESTIMATE) != 0)
        c.estimate_minutes = any_estimate(s, d);
    if ((act->brings & RATING) != 0)
        c.rating = any_rating(d);
    if ((act->brings & CATEGORY) != 0 && dice_one_in(d, 2))
        c.category_id = 1 + dice_any(d, dice_one_in(d, ODD_EACH) ? 70 : CATEGORIES);
    c.alert_id = alert_id;
    if ((act->brings & PAYMENT) != 0) {
        c.pay_given = dice_one_in(d, 2);
        c.pay = c.pay_given && dice_one_in(d, 2);
    }
    if ((act->brings & ADDRESSEE) != 0 && dice_one_in(d, 2))
        c.addressee = dice_one_in(d, ODD_EACH) ? ROLE_OWNER
                      : dice_one_in(d, 2)      ? ROLE_CLIENT
                                               : ROLE_CONTRACTOR;
    int64_t target = (act->brings & TARGET) == 0 ? 0
                     : dice_one_in(d, ODD_EACH)  ? dice_any(d, (int64_t)s->company.member_count + 1)
                                                 : any_with_role(s, d, ROLE_CONTRACTOR);
    shell_command(s, &by, o == NULL ? 0 : id, target, &c);
    if (dice_one_in(d, PRESSED_TWICE)) /* no answer was seen: once more */
        shell_command(s, &by, o == NULL ? 0 : id, target, &c);
}

/* ---- changes of the world ---- */

static void duty(struct shell *s, struct dice *d)
{
    int64_t who = any_with_role(s, d, ROLE_CONTRACTOR | ROLE_MANAGER);
    bool on_duty = !dice_one_in(d, 5);
    int64_t away_until =
        on_duty && dice_one_in(d, 4) ? s->company.now + MINUTE_MS + dice_any(d, 6 * HOUR_MS) : 0;
    change_happen(s, "duty %" PRId64 " %d %" PRId64, who, on_duty, away_until);
}

static void reach(struct shell *s, struct dice *d)
{
    int64_t who = any_person(s, d);
    change_happen(s, "reach %" PRId64 " %d", who, !dice_one_in(d, 6));
}

static bool is_last_owner(const struct company *c, const struct member *m)
{
    size_t owners = 0;
    for (size_t i = 0; i < c->member_count; i++)
        owners += (c->members[i].who.roles & ROLE_OWNER) != 0;
    return (m->who.roles & ROLE_OWNER) != 0 && owners == 1;
}

static void remove_person(struct shell *s, struct dice *d)
{
    const struct member *m = company_member(&s->company, any_person(s, d));
    unsigned role = 1u << dice_any(d, 4);
    if ((m->who.roles & role) != 0 && (role != ROLE_OWNER || !is_last_owner(&s->company, m)))
        change_happen(s, "remove %" PRId64 " %u", m->who.id, role);
}

static void restore_person(struct shell *s, struct dice *d)
{
    const struct company *c = &s->company;
    int64_t first = dice_any(d, (int64_t)c->member_count);
    for (size_t i = 0; i < c->member_count; i++) {
        const struct member *m = &c->members[((size_t)first + i) % c->member_count];
        unsigned gone = m->roles & ~m->who.roles, role = gone & ~(gone - 1);
        if (role != 0) {
            change_happen(s, "restore %" PRId64 " %u", m->who.id, role);
            return;
        }
    }
}

/* By an invite: mostly a stranger, at times somebody who works here already and gets a second role.
 */
static void join(struct shell *s, struct dice *d)
{
    struct company *c = &s->company;
    if (dice_one_in(d, 3)) {
        const struct member *m = company_member(c, any_with_role(s, d, STAFF | ROLE_CONTRACTOR));
        unsigned role = dice_one_in(d, 2) ? ROLE_CONTRACTOR : ROLE_MANAGER;
        if ((m->roles & role) == 0)
            change_happen(s, "person %" PRId64 " %u 0", m->who.id, role);
    } else if (c->member_count < PEOPLE_MAX / 2) {
        unsigned role = dice_one_in(d, 2) ? ROLE_CLIENT : 1u << dice_any(d, 4);
        int64_t account = role == ROLE_CLIENT ? 1 + dice_any(d, (int64_t)c->patron_count) : 0;
        change_happen(s, "person %zu %u %" PRId64, c->member_count + 1, role, account);
    }
}

static void pin(struct shell *s, struct dice *d)
{
    int64_t account = 1 + dice_any(d, (int64_t)s->company.patron_count);
    int64_t contractor = any_with_role(s, d, ROLE_CONTRACTOR);
    change_happen(s, "%s %" PRId64 " %" PRId64, dice_one_in(d, 3) ? "pin" : "unpin", account,
                  contractor);
}

static void follow(struct shell *s, struct dice *d)
{
    int64_t who = any_with_role(s, d, ROLE_CONTRACTOR);
    uint64_t follows = dice_one_in(d, 3) ? 0 : (uint64_t)dice_any(d, 1 << CATEGORIES) << 1;
    change_happen(s, "follow %" PRId64 " %" PRIu64, who, follows);
}

static void decline(struct shell *s, struct dice *d)
{
    int64_t order = any_order(s, d, FROM(NEW)), who = any_with_role(s, d, ROLE_CONTRACTOR);
    if (order != 0)
        change_happen(s, "decline %" PRId64 " %" PRId64, order, who);
}

static void save_account(struct shell *s, struct dice *d)
{
    const struct company *c = &s->company;
    int64_t id = 1 + dice_any(d, (int64_t)c->patron_count);
    int64_t tariff = dice_one_in(d, 3) ? 1 + dice_any(d, (int64_t)c->tariff_count)
                                       : c->patrons[id - 1].tariff_id;
    bool is_paid = !dice_one_in(d, 40);
    int64_t until =
        c->now / DAY_MS + (dice_one_in(d, 6) ? dice_any(d, 3) - 1 : 5 + dice_any(d, 60));
    change_happen(s, "account %" PRId64 " %" PRId64 " %d %" PRId64, id, tariff, is_paid, until);
}

/* More orders for this month, or some of what is left taken away. */
static void grant(struct shell *s, struct dice *d)
{
    struct company *c = &s->company;
    company_find_month(c);
    int64_t id = 1 + dice_any(d, (int64_t)c->patron_count);
    struct account account = company_account(c, id);
    int64_t left = quota_left(&account);
    int64_t orders = dice_one_in(d, 2) ? 1 + dice_any(d, 5) : -dice_any(d, left + 1);
    if (orders != 0)
        change_happen(s, "grant %" PRId64 " %" PRId64, id, orders);
}

static void save_tariff(struct shell *s, struct dice *d)
{
    int64_t id = 1 + dice_any(d, (int64_t)s->company.tariff_count);
    struct tariff t = s->company.tariffs[id - 1];
    t.reaction_minutes = dice_one_in(d, 3) ? 24 * 60 : 20 + dice_any(d, 100);
    t.rate_minor = dice_one_in(d, 2) ? -1 : dice_any(d, 100000);
    t.may_pin = !dice_one_in(d, 4);
    t.calendar_id = dice_one_in(d, 2) ? 0 : 1 + dice_any(d, (int64_t)s->company.calendar_count);
    t.orders_per_month = max_i64(1, t.orders_per_month + dice_any(d, 11) - 5);
    change_tariff(s, id, &t);
}

/* clang-format off */
static const struct {
    const char *name, *values[5];
} parameter_values[] = {
    {"ASSIGNED_CONTRACTORS_TIME_LIMIT",      {"20", "1", "50", "95", "100"}},
    {"INFORM_MANAGER_IN_WORK_PROJECT_LIMIT", {"95", "50", "75", "100", "33"}},
    {"INFORM_MANAGER_CREATED_PROJECT_LIMIT", {"95", "20", "60", "100", "33"}},
    {"CONTRACTOR_REMIND_LIMIT",              {"75", "95", "10", "100", "67"}},
    {"BILLING_DAY",                          {"1", "28", "10", "15", "12"}},
    {"ORDER_RATE",                           {"500", "0", "750.50", "333.33", "1200"}},
    {"CONTRACTOR_MAX_ORDERS",                {"3", "2", "4", "3", "1"}},
    {"DEFAULT_ESTIMATE_HOURS",               {"24", "2", "5", "1", "12"}},
    {"MAX_ESTIMATE_HOURS",                   {"24", "30", "24", "48", "26"}},
    {"CONFIRM_MINUTES",                      {"15", "30", "1", "60", "15"}},
    {"WAIT_CLIENT_HOURS",                    {"24", "1", "3", "6", "48"}},
    {"AUTO_CLOSE_HOURS",                     {"72", "24", "12", "6", "72"}},
    {"OFFER_WAVE",                           {"20", "1", "3", "5", "10"}},
    {"BONUS_STEP",                           {"0", "50", "12.34", "0", "100"}},
    {"BONUS_EVERY_MINUTES",                  {"30", "10", "1", "7", "30"}},
    {"BONUS_MAX",                            {"0", "200", "1000.01", "300", "60"}},
    {"LOW_RATING",                           {"3", "0", "2", "3", "1"}},
    {"COMPENSATE_BREACH",                    {"off", "on", "off", "on", "off"}},
    {"MANAGER_REPEAT_MINUTES",               {"60", "120", "30", "240", "90"}}, /* few repeats of many alerts */
    {"MANAGER_REPEATS",                      {"3", "0", "1", "5", "3"}},
    {"ACK_TIMEOUT_MINUTES",                  {"60", "240", "10", "720", "120"}},
    {"QUIET_HOURS",                          {"off", "22:00-08:00", "23:30-06:00", "13:00-14:15", "off"}},
    {"TIME_ZONE",                            {"Europe/Moscow", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Beirut"}},
};
/* clang-format on */

static void set_parameter(struct shell *s, struct dice *d)
{
    size_t which = (size_t)dice_any(d, (int64_t)ARRAY_LEN(parameter_values));
    const char *value = parameter_values[which].values[dice_any(d, 5)];
    struct parameters would_be = s->company.parameters;
    struct err err;
    if (parameters_set(&would_be, parameter_values[which].name, value, &err) == 0 &&
        parameters_check(&would_be, &err) == 0)
        change_happen(s, "set %s %s", parameter_values[which].name, value);
}

static void restart_watcher(struct shell *s, struct dice *d)
{
    change_happen(s, "watcher %s", s->watcher.up && dice_one_in(d, 2) ? "down" : "up");
}

static void stop_sender(struct shell *s, struct dice *d)
{
    bool stops = !s->company.sender_down && dice_one_in(d, 2);
    change_happen(s, "sender %s", stops ? "down" : "up");
}

/* clang-format off */
static const struct {
    void (*happen)(struct shell *, struct dice *);
    int weight;
} world_acts[] = {
    {duty,            40},
    {reach,           24},
    {pin,             12},
    {follow,          6},
    {decline,         30},
    {save_account,    10},
    {grant,           4},
    {save_tariff,     2},
    {set_parameter,   4},
    {remove_person,   8},
    {restore_person,  3},
    {join,            1},
    {restart_watcher, 1},
    {stop_sender,     4},
};
/* clang-format on */

void acts_happen(struct shell *s, struct dice *d)
{
    int64_t total = 0;
    for (size_t i = 0; i < ARRAY_LEN(order_acts); i++)
        total += order_acts[i].weight;
    for (size_t i = 0; i < ARRAY_LEN(world_acts); i++)
        total += world_acts[i].weight;
    int64_t drawn = dice_any(d, total);
    if (!s->watcher.up && dice_one_in(d, 8)) {
        restart_watcher(s, d);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(order_acts); i++)
        if ((drawn -= order_acts[i].weight) < 0) {
            happen_to_order(s, d, &order_acts[i]);
            return;
        }
    for (size_t i = 0; i < ARRAY_LEN(world_acts); i++)
        if ((drawn -= world_acts[i].weight) < 0) {
            world_acts[i].happen(s, d);
            return;
        }
}
