/* test_dispatch.c - who is offered an order, in what order and when */
#include "tests/unit/cases.h"

#include "order-engine/rules/dispatch.h"
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
        cmocka_unit_test(the_pinned_come_first),
        cmocka_unit_test(waves),
        cmocka_unit_test(the_window_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
