/* test_rerun.c - a history run through the rules again: as it was, and under other terms */
#include "cases.h"
#include "common/base/clock.h"
#include "ctl/rerun.h"

#define A_CLIENT INT64_C(4)
#define A_CONTRACTOR INT64_C(7)
#define ANOTHER INT64_C(8)
#define A_MANAGER INT64_C(2)
#define M(minutes) ((minutes)*MINUTE_MS)
#define H(hours) ((hours)*HOUR_MS)
#define BEGAN INT64_C(1790000000000)
#define FOR_EVER (BEGAN + H(10000))

/* clang-format off */
#define DID(n, when, what, who, person, was_, is, ...)                                     \
    {.was = {.version = (n), .at = BEGAN + (when), .event = EVENT_##what, .role = ROLE_##who, \
             .actor_id = (person), .from = ORDER_##was_, .to = ORDER_##is, __VA_ARGS__},   \
     .clock = -1, .step = -1}
#define TIME(n, when, what, is, which, reached, number)                                    \
    {.was = {.version = (n), .at = BEGAN + (when), .event = EVENT_##what,                  \
             .role = ROLE_SYSTEM, .from = ORDER_##is, .to = ORDER_##is},                   \
     .clock = CLOCK_##which, .step = STEP_##reached, .run = (number)}
/* clang-format on */

static struct terms_since standard[1];

static struct terms terms_of(struct terms_since *items, size_t count)
{
    return (struct terms){
        .items = items, .count = count, .reaction_minutes = -1, .rate_minor = -1, .may_pin = -1};
}

static struct history history_of(const struct past_input *inputs, size_t count)
{
    return (struct history){.order_id = 1024,
                            .account_id = 1,
                            .ordered_by = A_CLIENT,
                            .created_at = BEGAN,
                            .tariff_id = 1,
                            .reaction_minutes = 60,
                            .rate_minor = 50000,
                            .currency = "RUB",
                            .inputs = inputs,
                            .input_count = count};
}

/* Taken after 58 minutes, asked, answered, late, done, accepted. */
static const struct past_input whole[] = {
    DID(1, 0, CREATE, CLIENT, A_CLIENT, NONE, NEW, .rating = 0),
    TIME(2, M(57), ALERT, NEW, REACTION, ALERT, 1),
    DID(3, M(58), TAKE, CONTRACTOR, A_CONTRACTOR, NEW, IN_WORK, .contractor_id = A_CONTRACTOR,
        .estimate_minutes = 60),
    DID(4, M(60), ASK, CONTRACTOR, A_CONTRACTOR, IN_WORK, WAITING_CLIENT, .rating = 0),
    DID(5, M(70), ANSWER, CLIENT, A_CLIENT, WAITING_CLIENT, IN_WORK, .rating = 0),
    TIME(6, M(113), REMIND, IN_WORK, WORK, REMIND, 2),
    TIME(7, M(125), ALERT, IN_WORK, WORK, ALERT, 2),
    TIME(8, M(128), BREACH, IN_WORK, WORK, BREACH, 2),
    DID(9, M(130), FINISH, CONTRACTOR, A_CONTRACTOR, IN_WORK, DONE, .rating = 0),
    DID(10, M(140), ACCEPT, CLIENT, A_CLIENT, DONE, CLOSED, .rating = 5),
};

static void run(const struct history *h, const struct terms *what_if, int64_t until,
                struct rerun_result *ret)
{
    scoped(rerun_free) struct rerun *r = rerun_new();
    const struct terms held = terms_of(standard, 1);
    rerun_order(r, h, &held, what_if, until, ret);
}

static void under_the_same_terms_it_is_as_it_was(void **state)
{
    (void)state;
    struct rerun_result is;
    struct history h = history_of(whole, ARRAY_LEN(whole));
    struct terms same = terms_of(standard, 1);
    run(&h, &same, FOR_EVER, &is);
    assert_false(is.strange);
    assert_memory_equal(&is.as_was, &is.what_if, sizeof is.as_was);
    assert_int_equal(is.as_was.alerts[CAUSE_NOT_TAKEN], 1);
    assert_int_equal(is.as_was.alerts[CAUSE_LATE], 1);
    assert_int_equal(is.as_was.work_breaches, 1);
    assert_int_equal(is.as_was.reaction_breaches, 0);
    assert_int_equal(is.as_was.paid_minor, 50000);
    assert_int_equal(is.as_was.opened_at, BEGAN);
}

static void a_step_that_was_late_is_late_again(void **state)
{
    (void)state;
    struct rerun_result is;
    static const struct past_input late[] = {
        DID(1, 0, CREATE, CLIENT, A_CLIENT, NONE, NEW, .rating = 0),
        TIME(2, M(70), ALERT, NEW, REACTION, ALERT, 1), /* an outage; 100 % is still to be told */
        DID(3, M(71), CANCEL, CLIENT, A_CLIENT, NEW, CANCELLED, .rating = 0),
    };
    struct history h = history_of(late, ARRAY_LEN(late));
    struct terms same = terms_of(standard, 1);
    run(&h, &same, FOR_EVER, &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 1);
    assert_int_equal(is.what_if.reaction_breaches, 0); /* somebody was quicker, as then */
    assert_memory_equal(&is.as_was, &is.what_if, sizeof is.as_was);

    struct terms_since sooner[] = {standard[0]};
    sooner[0].parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 50;
    struct terms changed = terms_of(sooner, 1);
    run(&h, &changed, FOR_EVER, &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 1);
    assert_int_equal(is.what_if.repeats,
                     4); /* every ten minutes from minute 30 on: 40, 50, 60, 70 */
}

static void other_terms_move_what_time_does(void **state)
{
    (void)state;
    struct rerun_result is;
    struct history h = history_of(whole, ARRAY_LEN(whole));
    struct terms_since items[] = {standard[0]};
    struct terms changed = terms_of(items, 1);
    changed.reaction_minutes = 30;
    changed.rate_minor = 70000;
    run(&h, &changed, FOR_EVER, &is);
    assert_int_equal(is.what_if.reaction_breaches, 1);
    assert_int_equal(is.what_if.paid_minor, 70000);
    assert_int_equal(is.left_out, 0);

    items[0].parameters.COMPENSATE_BREACH = true;
    run(&h, &changed, FOR_EVER, &is);
    assert_int_equal(is.what_if.compensated, 1);

    changed = terms_of(items, 1);
    changed.base_rate = true;
    items[0].parameters.ORDER_RATE = 123;
    run(&h, &changed, FOR_EVER, &is);
    assert_int_equal(is.what_if.paid_minor, 123);
    h.own_rate = true;
    run(&h, &changed, FOR_EVER, &is);
    assert_int_equal(is.what_if.paid_minor, 50000);
}

static void hours_are_the_orders_or_others(void **state)
{
    (void)state;
    struct rerun_result is;
    struct calendar night = {.id = 3};
    calendar_read(&night, 3, "UTC|0 0 60;1 0 60;2 0 60;3 0 60;4 0 60;5 0 60;6 0 60|");
    struct history h = history_of(whole, 1);
    struct terms same = terms_of(standard, 1), changed = same;
    h.calendar = &night; /* 95 % of an hour: 57 minutes past some midnight */
    changed.has_calendar = true;
    run(&h, &changed, BEGAN + M(58), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 1);
    changed.calendar = &night;
    run(&h, &changed, BEGAN + M(58), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 0);
    run(&h, &same, BEGAN + M(58), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 0);
}

static void terms_change_with_time(void **state)
{
    (void)state;
    struct terms_since items[] = {{.at = 0}, {.at = 10}, {.at = 20}};
    struct terms terms = terms_of(items, ARRAY_LEN(items));
    assert_ptr_equal(terms_at(&terms, -5), &items[0].parameters);
    assert_ptr_equal(terms_at(&terms, 9), &items[0].parameters);
    assert_ptr_equal(terms_at(&terms, 10), &items[1].parameters);
    assert_ptr_equal(terms_at(&terms, 99), &items[2].parameters);
}

static void what_is_not_possible_any_more_is_left_out(void **state)
{
    (void)state;
    struct rerun_result is;
    struct history h = history_of(whole, ARRAY_LEN(whole));
    struct past_input slow[ARRAY_LEN(whole)];
    memcpy(slow, whole, sizeof slow);
    slow[ARRAY_LEN(whole) - 1].was.at = BEGAN + H(60);
    h.inputs = slow;
    struct terms_since items[] = {standard[0]};
    struct terms changed = terms_of(items, 1);
    items[0].parameters.AUTO_CLOSE_HOURS = 1;
    run(&h, &changed, FOR_EVER, &is);
    assert_int_equal(is.left_out, 1); /* accepted after it had closed itself */
    assert_int_equal(is.what_if.closed_by_itself, 1);
    assert_int_equal(is.what_if.payouts, 1);
    run(&h, &changed, BEGAN + M(135), &is);
    assert_int_equal(is.what_if.payouts, 0); /* that is how far it has come */

    items[0].parameters.MAX_ESTIMATE_HOURS = 1;
    slow[2].was.estimate_minutes = 600;
    run(&h, &changed, FOR_EVER, &is);
    assert_int_equal(is.what_if.work_breaches,
                     1); /* the longest promise that is allowed: an hour */
}

static void who_came_too_early_waits_until_it_opens(void **state)
{
    (void)state;
    struct rerun_result is;
    static const int64_t pins[] = {ANOTHER};
    static const struct past_input pinned[] = {
        DID(1, 0, CREATE, CLIENT, A_CLIENT, NONE, NEW, .rating = 0),
        TIME(2, M(12), OPEN_OFFER, NEW, REACTION, OPEN, 1),
        DID(3, M(20), TAKE, CONTRACTOR, A_CONTRACTOR, NEW, IN_WORK, .contractor_id = A_CONTRACTOR,
            .estimate_minutes = 60),
        DID(4, M(21), SAY, CONTRACTOR, A_CONTRACTOR, IN_WORK, IN_WORK, .rating = 0),
        DID(5, M(22), FINISH, CONTRACTOR, A_CONTRACTOR, IN_WORK, DONE, .rating = 0),
    };
    struct history h = history_of(pinned, ARRAY_LEN(pinned));
    h.pins = pins;
    h.pin_count = ARRAY_LEN(pins);
    struct terms_since items[] = {standard[0]};
    struct terms changed = terms_of(items, 1);
    items[0].parameters.ASSIGNED_CONTRACTORS_TIME_LIMIT = 50;
    run(&h, &changed, BEGAN + M(60), &is);
    assert_int_equal(is.as_was.opened_at, BEGAN + M(12));
    assert_int_equal(is.what_if.opened_at, BEGAN + M(30));
    assert_int_equal(is.waited, 1);
    assert_int_equal(is.left_out, 0);

    changed.may_pin = 0;
    run(&h, &changed, BEGAN + M(60), &is);
    assert_int_equal(is.what_if.opened_at, BEGAN);
    assert_int_equal(is.waited, 0);
}

static void an_alert_is_known_by_its_cause(void **state)
{
    (void)state;
    struct rerun_result is;
    static const struct past_alert alerts[] = {
        {.id = 900, .raised_at = BEGAN + M(57), .cause = CAUSE_NOT_TAKEN  },
        {.id = 901, .raised_at = BEGAN + M(59), .cause = CAUSE_UNREACHABLE},
    };
    struct past_input inputs[] = {
        DID(1, 0, CREATE, CLIENT, A_CLIENT, NONE, NEW, .rating = 0),
        TIME(2, M(57), ALERT, NEW, REACTION, ALERT, 1),
        DID(3, M(58), ACKNOWLEDGE, MANAGER, A_MANAGER, NEW, NEW, .rating = 0),
        DID(4, M(59), ACKNOWLEDGE, MANAGER, A_MANAGER, NEW, NEW, .rating = 0),
        TIME(5, M(60), BREACH, NEW, REACTION, BREACH, 1),
        TIME(6, M(88), UNACKNOWLEDGE, NEW, ALERT, REOPEN, 0),
        DID(7, M(89), ASSIGN, OWNER, 0, NEW, IN_WORK, .contractor_id = A_CONTRACTOR,
            .estimate_minutes = 1440),
    };
    inputs[2].alert_id = inputs[5].alert_id = 900;
    inputs[3].alert_id = 901; /* raised beside the rules: nothing stands here */
    struct history h = history_of(inputs, ARRAY_LEN(inputs));
    h.alerts = alerts;
    h.alert_count = ARRAY_LEN(alerts);
    struct terms same = terms_of(standard, 1);
    run(&h, &same, BEGAN + M(90), &is);
    assert_false(is.strange);
    assert_memory_equal(&is.as_was, &is.what_if, sizeof is.as_was);
    assert_int_equal(is.as_was.reaction_breaches, 1);

    struct terms_since items[] = {standard[0]};
    struct terms changed = terms_of(items, 1);
    items[0].parameters.ACK_TIMEOUT_MINUTES = 5;
    run(&h, &changed, BEGAN + M(90), &is);
    assert_true(is.what_if.repeats > is.as_was.repeats);

    inputs[5].alert_id = 7777; /* of no alert there is */
    run(&h, &same, BEGAN + M(90), &is);
    assert_int_equal(is.as_was.alerts[CAUSE_NOT_TAKEN], 1);
}

static void nobody_could_be_reached_when_asked(void **state)
{
    (void)state;
    struct rerun_result is;
    static const struct past_alert alerts[] = {
        {.id = 900, .raised_at = BEGAN + M(30), .cause = CAUSE_LATE     },
        {.id = 901, .raised_at = BEGAN + M(31), .cause = CAUSE_NO_ANSWER},
        {.id = 902, .raised_at = BEGAN + M(60), .cause = CAUSE_NO_ANSWER},
    };
    struct history h = history_of(whole, 4);
    h.alerts = alerts;
    h.alert_count = ARRAY_LEN(alerts);
    struct terms same = terms_of(standard, 1);
    run(&h, &same, BEGAN + M(65), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NO_ANSWER], 1);
    h.alert_count = 2;
    run(&h, &same, BEGAN + M(65), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NO_ANSWER], 0);
}

static void two_alerts_are_repeated_side_by_side(void **state)
{
    (void)state;
    struct rerun_result is;
    static const struct past_alert alerts[] = {
        {.id = 900, .raised_at = BEGAN + M(57), .cause = CAUSE_NOT_TAKEN},
        {.id = 901, .raised_at = BEGAN + M(58), .cause = CAUSE_COMPLAINT},
    };
    struct past_input inputs[] = {
        DID(1, 0, CREATE, CLIENT, A_CLIENT, NONE, NEW, .rating = 0),
        TIME(2, M(57), ALERT, NEW, REACTION, ALERT, 1),
        DID(3, M(58), COMPLAIN, CLIENT, A_CLIENT, NEW, NEW, .rating = 0),
        TIME(4, M(67), REPEAT, NEW, ALERT, REPEAT, 0),
        TIME(5, M(68), REPEAT, NEW, ALERT, REPEAT, 0),
    };
    inputs[3].alert_id = 900;
    inputs[4].alert_id = 901;
    struct history h = history_of(inputs, ARRAY_LEN(inputs));
    h.alerts = alerts;
    h.alert_count = ARRAY_LEN(alerts);
    struct terms same = terms_of(standard, 1);
    run(&h, &same, BEGAN + M(69), &is);
    assert_false(is.strange);
    assert_int_equal(is.as_was.repeats, 2);
    assert_memory_equal(&is.as_was, &is.what_if, sizeof is.as_was);
}

static void steps_at_one_instant_keep_the_tables_order(void **state)
{
    (void)state;
    struct rerun_result is;
    static const int64_t pins[] = {ANOTHER};
    struct history h = history_of(whole, 1);
    h.pins = pins;
    h.pin_count = ARRAY_LEN(pins);
    struct terms_since items[] = {standard[0]};
    struct terms changed = terms_of(items, 1);
    changed.reaction_minutes = 30;
    items[0].parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 100;
    run(&h, &changed, BEGAN + M(31), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 1);
    assert_int_equal(is.what_if.reaction_breaches, 1);
    assert_int_equal(is.as_was.reaction_breaches, 0);

    items[0].parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 95;
    run(&h, &changed, BEGAN + M(29), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 1);
    assert_int_equal(is.what_if.reaction_breaches, 0);

    run(&h, &changed, BEGAN + M(31), &is);
    assert_int_equal(is.what_if.reaction_breaches, 1);

    items[0].parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 100;
    h.pin_count = 0;
    run(&h, &changed, BEGAN + M(31), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 1);
    assert_int_equal(is.what_if.reaction_breaches, 1);

    items[0].parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 95;
    run(&h, &changed, BEGAN + M(31), &is);
    assert_int_equal(is.what_if.reaction_breaches, 1);
}

static void work_that_was_returned_goes_to_who_is_there(void **state)
{
    (void)state;
    struct rerun_result is;
    struct past_input returned[ARRAY_LEN(whole)];
    memcpy(returned, whole, sizeof returned);
    returned[9] =
        (struct past_input)DID(10, M(140), REWORK, CLIENT, A_CLIENT, DONE, IN_WORK, .rating = 0);
    struct history h = history_of(returned, ARRAY_LEN(returned));
    struct terms same = terms_of(standard, 1);
    run(&h, &same, BEGAN + M(150), &is);
    assert_false(is.strange);
    returned[9].was.to = ORDER_NEW; /* nobody is there any more */
    run(&h, &same, BEGAN + M(150), &is);
    assert_false(is.strange);
    assert_int_equal(is.as_was.payouts, 0);
}

static void other_rules_are_strange(void **state)
{
    (void)state;
    struct rerun_result is;
    struct past_input inputs[] = {
        DID(1, 0, CREATE, CLIENT, A_CLIENT, NONE, NEW, .rating = 0),
        DID(2, M(1), FINISH, CONTRACTOR, A_CONTRACTOR, NEW, DONE, .rating = 0),
        DID(2, M(1), ACKNOWLEDGE, MANAGER, A_MANAGER, NEW, NEW, .rating = 0),
        DID(2, M(1), FINISH, CONTRACTOR, A_CONTRACTOR, NEW, DONE, .rating = 0),
        TIME(3, M(2), ALERT, NEW, REACTION, ALERT, 1),
        {.was = {.version = 4, .at = BEGAN + M(3), .event = -1},          .clock = -1, .step = -1},
        {.was = {.version = 5, .at = BEGAN + M(3), .event = EVENT_ALERT}, .clock = -1, .step = -1},
    };
    struct history h = history_of(inputs, ARRAY_LEN(inputs));
    struct terms same = terms_of(standard, 1);
    run(&h, &same, BEGAN + M(4), &is);
    assert_true(is.strange);
    inputs[4].run = 9; /* a run there never was */
    run(&h, &same, BEGAN + M(4), &is);
    assert_int_equal(is.what_if.alerts[CAUSE_NOT_TAKEN], 0);
    inputs[4].step = STEP_CLOSE; /* no step of that clock */
    run(&h, &same, BEGAN + M(4), &is);
    assert_true(is.strange);
}

static int begin(void **state)
{
    (void)state;
    parameters_init(&standard[0].parameters);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(under_the_same_terms_it_is_as_it_was),
        cmocka_unit_test(a_step_that_was_late_is_late_again),
        cmocka_unit_test(other_terms_move_what_time_does),
        cmocka_unit_test(hours_are_the_orders_or_others),
        cmocka_unit_test(terms_change_with_time),
        cmocka_unit_test(what_is_not_possible_any_more_is_left_out),
        cmocka_unit_test(who_came_too_early_waits_until_it_opens),
        cmocka_unit_test(an_alert_is_known_by_its_cause),
        cmocka_unit_test(nobody_could_be_reached_when_asked),
        cmocka_unit_test(two_alerts_are_repeated_side_by_side),
        cmocka_unit_test(steps_at_one_instant_keep_the_tables_order),
        cmocka_unit_test(work_that_was_returned_goes_to_who_is_there),
        cmocka_unit_test(other_rules_are_strange),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
