/* test_dispatch.c - who is offered an order, in what order and when */
#include "tests/unit/cases.h"

#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/notices.h"
#include "order-engine/rules/order_fsm.h"
#include "tests/unit/scene.h"

static void who_may_be_offered(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { struct person who; bool expect; const char *why; } rows[] = {
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true}, true, "free"},
        {{.roles = ROLE_CONTRACTOR | ROLE_OWNER, .on_duty = true, .reachable = true}, true, "free, and an owner"},
        {{.roles = ROLE_MANAGER, .on_duty = true, .reachable = true}, false, "no contractor"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = false, .reachable = true}, false, "off duty"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true, .away_until = SCENE_BEGAN + 1}, false, "away"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true, .away_until = SCENE_BEGAN}, true, "back since this instant"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = false}, false, "cannot be reached"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true, .open_orders = 1}, true, "below the limit"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true, .open_orders = 2}, false, "at the limit"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true, .account_id = SCENE_ACCOUNT}, false, "the own account's"},
        {{.roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true, .account_id = SCENE_OTHER_ACCOUNT}, true, "another account's"},
    };
    /* clang-format on */
    struct parameters p;
    parameters_init(&p);
    p.CONTRACTOR_MAX_ORDERS = 2;
    struct situation s = {.now = SCENE_BEGAN, .parameters = &p};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(contractor_may_be_offered(&s, &rows[i].who, SCENE_ACCOUNT) == rows[i].expect,
                   rows[i].why);
}

/* Each row's first person is told before its second. */
static void the_rank(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { struct person better, worse; const char *why; } rows[] = {
        {{.id = 9, .marks = 20, .mark_sum = 100}, {.id = 1, .marks = 20, .mark_sum = 60},  "five stars before three"},
        {{.id = 9},                               {.id = 1, .marks = 20, .mark_sum = 60},  "a newcomer before three stars"},
        {{.id = 9, .marks = 20, .mark_sum = 100}, {.id = 1},                               "five stars before a newcomer"},
        {{.id = 1},                               {.id = 9, .marks = 1, .mark_sum = 5},    "one mark is no reason yet"},
        {{.id = 9, .marks = 1, .mark_sum = 5},    {.id = 1, .open_orders = 1},             "about as good: who has less to do"},
        {{.id = 9, .open_orders = 1, .marks = 20, .mark_sum = 100}, {.id = 1},             "better comes before freer"},
        {{.id = 9},                               {.id = 1, .last_taken_at = 1},           "who never had an order before who had one"},
        {{.id = 9, .last_taken_at = 5},           {.id = 1, .last_taken_at = 6},           "who has waited longer"},
        {{.id = 9, .last_taken_at = 6},           {.id = 1, .open_orders = 1, .last_taken_at = 5}, "freer comes before waited longer"},
        {{.id = 1, .last_taken_at = 5},           {.id = 9, .last_taken_at = 5},           "all equal: the lower id"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct person pair[] = {rows[i].worse, rows[i].better};
        dispatch_rank(pair, 2);
        check_case(pair[0].id == rows[i].better.id, rows[i].why);
        dispatch_rank(pair, 2);
        check_case(pair[0].id == rows[i].better.id, "and stays there");
    }
    struct person same[] = {{.id = 4}, {.id = 4}};
    dispatch_rank(same, 2);
    dispatch_rank(NULL, 0);
}

static void half_stars(void **state)
{
    (void)state;
    static const struct {
        int64_t marks, mark_sum, expect;
        const char *why;
    } rows[] = {
        {0,  0,   8,  "a newcomer has the prior"               },
        {1,  5,   8,  "(20 + 5) / 6 = 4.17"                    },
        {1,  1,   7,  "(20 + 1) / 6 = 3.5"                     },
        {2,  2,   6,  "(20 + 2) / 7 = 3.14"                    },
        {5,  25,  9,  "(20 + 25) / 10 = 4.5"                   },
        {3,  14,  9,  "(20 + 14) / 8 = 4.25, a half goes up"   },
        {20, 100, 10, "(20 + 100) / 25 = 4.8"                  },
        {20, 20,  3,  "(20 + 20) / 25 = 1.6, the lowest of all"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(dispatch_half_stars(&(struct person){
                       .marks = rows[i].marks, .mark_sum = rows[i].mark_sum}) == rows[i].expect,
                   rows[i].why);
}

static void who_follows(void **state)
{
    (void)state;
    static const struct {
        uint64_t follows;
        int64_t category_id;
        bool expect;
        const char *why;
    } rows[] = {
        {0,                                 2,              true,  "who follows none follows all"       },
        {CATEGORY_BIT(2),                   2,              true,  "the one followed"                   },
        {CATEGORY_BIT(1) | CATEGORY_BIT(3), 2,              false, "others only"                        },
        {CATEGORY_BIT(1),                   0,              true,  "an order without one is everybody's"},
        {CATEGORY_BIT(CATEGORIES_MAX),      CATEGORIES_MAX, true,  "the last there can be"              },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(contractor_follows(&(struct person){.follows = rows[i].follows},
                                      rows[i].category_id) == rows[i].expect,
                   rows[i].why);
}

/* Also what tests/sql/test_schema.py asks the view's function. */
static void the_bonus_of_waiting(void **state)
{
    (void)state;
    static const struct {
        int64_t step, every, most, waited_ms, expect;
        const char *why;
    } rows[] = {
        {0,    30,   10000, 10 * HOUR_MS,       0,     "no step: off"             },
        {2500, 30,   0,     10 * HOUR_MS,       0,     "at most nothing: off"     },
        {2500, 30,   10000, -1,                 0,     "before it began"          },
        {2500, 30,   10000, 30 * MINUTE_MS - 1, 0,     "not yet"                  },
        {2500, 30,   10000, 30 * MINUTE_MS,     2500,  "one step at its instant"  },
        {2500, 30,   10000, 90 * MINUTE_MS,     7500,  "three"                    },
        {2500, 30,   10000, 5 * HOUR_MS,        10000, "no more than the most"    },
        {3000, 1,    10000, 4 * MINUTE_MS,      10000, "the most is no whole step"},
        {2500, 1440, 10000, 2 * DAY_MS,         5000,  "a step a day"             },
    };
    struct parameters p;
    parameters_init(&p);
    assert_int_equal(dispatch_bonus(100 * DAY_MS, &p), 0); /* off as shipped */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        p.BONUS_STEP = rows[i].step;
        p.BONUS_EVERY_MINUTES = rows[i].every;
        p.BONUS_MAX = rows[i].most;
        check_case(dispatch_bonus(rows[i].waited_ms, &p) == rows[i].expect, rows[i].why);
    }
}

/* The bonus grows while the order waits, is fixed when it is taken or assigned, and paid with the
 * rate. */
static void the_bonus_is_fixed_at_taking(void **state)
{
    (void)state;
    static const struct {
        enum order_event event;
        enum cast who;
        const char *why;
    } rows[] = {
        {EVENT_TAKE,   WORKER,  "taken"   },
        {EVENT_ASSIGN, MANAGER, "assigned"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct scene x;
        scene_init(&x);
        x.parameters.BONUS_STEP = 2500;
        x.parameters.BONUS_MAX = 10000;
        scene_do(&x, EVENT_CREATE, CLIENT);
        scene_wait(&x, 65 * MINUTE_MS);
        scene_do(&x, rows[i].event, rows[i].who);
        check_case(x.order.bonus_minor == 5000, rows[i].why);
        x.parameters.BONUS_STEP = 0; /* what was promised stays */
        scene_wait(&x, 65 * MINUTE_MS);
        scene_do(&x, EVENT_FINISH, WORKER);
        scene_do(&x, EVENT_ACCEPT, CLIENT);
        check_case(x.order.bonus_minor == 5000 && x.decision.pay, "paid with the rate");
    }
}

/* Followers are pushed, the list is everybody's; nobody is pushed what he or she has declined. */
static void who_is_pushed(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.command.category_id = 2;
    scene_try(&x, EVENT_CREATE, CLIENT);
    check_case_text(scene_refusal(&x), "no_such_category", "none is on sale");
    x.command.category_id = CATEGORIES_MAX + 1;
    scene_try(&x, EVENT_CREATE, CLIENT);
    check_case_text(scene_refusal(&x), "no_such_category", "a number beyond all");
    x.command.category_id = -1;
    scene_try(&x, EVENT_CREATE, CLIENT);
    check_case_text(scene_refusal(&x), "no_such_category", "a number below all");

    x.categories = CATEGORY_BIT(1) | CATEGORY_BIT(2);
    x.command.category_id = 2;
    x.people[WORKER].follows = CATEGORY_BIT(1);
    x.people[WORKER2].follows = CATEGORY_BIT(2);
    x.people[WORKER3].declined = true;
    scene_do(&x, EVENT_CREATE, CLIENT);
    check_case(x.order.category_id == 2, "it is the order's");
    check_case_text(
        scene_notices(&x),
        "order_created client {due_at:1h,left:9}; offer worker2 {due_at:1h,pinned:false}",
        "not who follows another, not who has declined");
    scene_try(&x, EVENT_TAKE, WORKER);
    check_case_text(scene_refusal(&x), "", "who follows another may take it all the same");
    scene_try(&x, EVENT_TAKE, WORKER3);
    check_case_text(scene_refusal(&x), "", "who has declined too");
}

static bool redraws_every_card(enum order_event event)
{
    for (size_t i = 0; i < notice_rule_count; i++)
        if (notice_rules[i].event == event && notice_rules[i].kind == NOTICE_cards_changed &&
            notice_rules[i].only == (int)ALWAYS)
            return true;
    return false;
}

/* Whatever ends an offer changes the cards of all who got it, whoever does it. */
static void an_offer_never_ends_silently(void **state)
{
    (void)state;
    size_t endings = 0;
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        bool ends =
            (rule->from & FROM(NEW)) != 0 && rule->to != SAME_STATE && rule->to != ORDER_NEW;
        if (!ends)
            continue;
        endings++;
        check_case((rule->effects & WITHDRAW_OFFERS) != 0, "what was not sent yet is withdrawn");
        check_case(redraws_every_card(rule->event), order_event_name(rule->event));
    }
    assert_true(endings >= 3);
}

static void the_pinned_come_first(void **state)
{
    (void)state;
    struct parameters p;
    struct person people[ORDER_PINS_MAX + 3] = {0};
    parameters_init(&p);
    for (size_t i = 0; i < ARRAY_LEN(people); i++)
        people[i] = (struct person){
            .id = 1 + (int64_t)i, .roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true};
    struct situation s = {
        .now = SCENE_BEGAN, .parameters = &p, .contractors = {people, ARRAY_LEN(people)}
    };
    struct order order = {.account_id = SCENE_ACCOUNT, .pin_count = 9};
    dispatch_begin(&s, &order);
    check_case(order.pin_count == 0 && order.offer_open, "nobody is pinned");

    people[1].pinned = people[2].pinned = people[4].pinned = true;
    people[2].reachable = false;
    dispatch_begin(&s, &order);
    check_case(order.pin_count == 2 && !order.offer_open, "two are pinned and free");
    check_case(order.pins[0] == 2 && order.pins[1] == 5, "these two, best first");

    people[1].open_orders = people[4].open_orders = 1;
    dispatch_begin(&s, &order);
    check_case(order.pin_count == 0 && order.offer_open, "none of the pinned is free");

    for (size_t i = 0; i < ARRAY_LEN(people); i++)
        people[i].pinned = people[i].reachable = true, people[i].open_orders = 0;
    dispatch_begin(&s, &order);
    check_case(order.pin_count == ORDER_PINS_MAX && !order.offer_open,
               "no more than there is room for");
}

static void waves(void **state)
{
    (void)state;
    static const struct {
        size_t nth;
        int64_t wave_size, expect;
        const char *why;
    } rows[] = {
        {0,   20,   0,                   "the best, at once"         },
        {19,  20,   0,                   "the last of the first wave"},
        {20,  20,   SCENE_BEGAN + 15000, "the first of the second"   },
        {40,  20,   SCENE_BEGAN + 30000, "the third wave"            },
        {0,   1,    0,                   "one by one: the first"     },
        {3,   1,    SCENE_BEGAN + 45000, "one by one: the fourth"    },
        {999, 1000, 0,                   "all in one wave"           },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(dispatch_not_before(rows[i].nth, rows[i].wave_size, SCENE_BEGAN) ==
                       rows[i].expect,
                   rows[i].why);
}

/* Only in the window's time the pinned ones alone; then everybody else is told, in waves of their
 * own. */
static void the_window_opens(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.parameters.OFFER_WAVE = 1;
    x.parameters.ASSIGNED_CONTRACTORS_TIME_LIMIT = 50;
    x.account.may_pin = true;
    x.people[WORKER].pinned = x.people[WORKER3].pinned = true;
    scene_do(&x, EVENT_CREATE, CLIENT);
    check_case_text(
        scene_notices(&x),
        "order_created client {due_at:1h,left:9}; offer worker {due_at:1h,pinned:true}; "
        "offer worker3 at 15s {due_at:1h,pinned:true}",
        "the pinned ones, best first");
    scene_try(&x, EVENT_TAKE, WORKER2);
    check_case_text(scene_refusal(&x), "not_offered", "not yet");
    scene_do_step(&x, CLOCK_REACTION, STEP_OPEN);
    check_case(x.now == SCENE_BEGAN + 30 * MINUTE_MS, "half of the reaction time");
    check_case_text(scene_notices(&x), "offer worker2 {due_at:1h,pinned:false}",
                    "who was not told yet");
    scene_try(&x, EVENT_TAKE, WORKER2);
    check_case_text(scene_refusal(&x), "", "now");
    scene_try(&x, EVENT_TAKE, WORKER3);
    check_case_text(scene_refusal(&x), "", "the pinned ones still");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_be_offered),
        cmocka_unit_test(the_rank),
        cmocka_unit_test(half_stars),
        cmocka_unit_test(who_follows),
        cmocka_unit_test(the_bonus_of_waiting),
        cmocka_unit_test(the_bonus_is_fixed_at_taking),
        cmocka_unit_test(who_is_pushed),
        cmocka_unit_test(an_offer_never_ends_silently),
        cmocka_unit_test(the_pinned_come_first),
        cmocka_unit_test(waves),
        cmocka_unit_test(the_window_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
