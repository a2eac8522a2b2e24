/* test_decide_time.c - what follows when time passes: offers open, people are reminded, managers
 * alerted, orders closed */
#include "tests/unit/cases.h"

#include "order-engine/rules/clocks.h"
#include "tests/unit/scene.h"

/* ---- given ---- */

static void is_pinned(struct scene *x)
{
    x->account.may_pin = true;
    x->people[WORKER2].pinned = true;
    scene_reach(x, ORDER_NEW);
}

static void is_alerted(struct scene *x)
{
    scene_reach(x, ORDER_NEW);
    scene_do_step(x, CLOCK_REACTION, STEP_ALERT);
}

static void is_acknowledged(struct scene *x)
{
    is_alerted(x);
    x->command.alert_id = x->order.alerts[CAUSE_NOT_TAKEN].id;
    scene_do(x, EVENT_ACKNOWLEDGE, MANAGER);
}

static void alerts_at_the_end(struct scene *x)
{
    x->parameters.INFORM_MANAGER_CREATED_PROJECT_LIMIT = 100;
    scene_reach(x, ORDER_NEW);
}

static void runs_late(struct scene *x)
{
    scene_reach(x, ORDER_IN_WORK);
    scene_do_step(x, CLOCK_WORK, STEP_ALERT);
}

static void
was_asked(struct scene *x) /* 10 minutes of the estimate are used, 40 minutes were waited */
{
    scene_reach(x, ORDER_WAITING_CLIENT);
    scene_wait(x, 30 * MINUTE_MS);
    scene_do(x, EVENT_ANSWER, CLIENT);
}

static void unreachable_when_done(struct scene *x)
{
    scene_reach(x, ORDER_DONE);
    x->order.alerts[CAUSE_UNREACHABLE] = (struct open_alert){.id = 900, .level = 100};
}

/* ---- the steps ---- */

/* clang-format off */
static const struct row {
    void (*given)(struct scene *);
    enum sla_clock   clock;
    enum clock_step  step;
    const char      *why, *outcome, *clocks, *notices;
} rows[] = {
    {is_pinned, CLOCK_REACTION, STEP_OPEN, "the window ends: everybody who was not told yet",
     "system: new > new v2",
     "reaction 1",
     "offer worker {due_at:1h,pinned:false}; offer worker3 {due_at:1h,pinned:false}"},
    {is_new, CLOCK_REACTION, STEP_ALERT, "nobody has taken it",
     "system: new > new v2, raises not_taken 502 at 95",
     "reaction 1",
     "alert_not_taken manager {alert_id:502,level:95,due_at:1h}; alert_not_taken manager2 {alert_id:502,level:95,due_at:1h}"},
    {is_alerted, CLOCK_REACTION, STEP_BREACH, "rewritten: managers and the owner, and the client, truthfully",
     "system: new > new v3, rewrites not_taken 502 at 100",
     "reaction 1",
     "alert_not_taken manager {alert_id:502,level:100,due_at:1h}; alert_not_taken manager2 {alert_id:502,level:100,due_at:1h}; alert_not_taken owner {alert_id:502,level:100,due_at:1h}; order_late client {due_at:1h,clock:reaction}; cards_changed cards"},
    {is_acknowledged, CLOCK_REACTION, STEP_BREACH, "rewritten, the acknowledgement stays",
     "system: new > new v4, rewrites not_taken 502 at 100",
     "reaction 1",
     "alert_not_taken manager {alert_id:502,level:100,due_at:1h}; alert_not_taken manager2 {alert_id:502,level:100,due_at:1h}; alert_not_taken owner {alert_id:502,level:100,due_at:1h}; order_late client {due_at:1h,clock:reaction}; cards_changed cards"},
    {alerts_at_the_end, CLOCK_REACTION, STEP_BREACH, "the breach was faster than the alert of the same instant: it raises",
     "system: new > new v2, raises not_taken 502 at 100",
     "reaction 1",
     "alert_not_taken manager {alert_id:502,level:100,due_at:1h}; alert_not_taken manager2 {alert_id:502,level:100,due_at:1h}; alert_not_taken owner {alert_id:502,level:100,due_at:1h}; order_late client {due_at:1h,clock:reaction}; cards_changed cards"},

    {in_work, CLOCK_WORK, STEP_REMIND, "the estimate nears its end",
     "system: in_work > in_work v3",
     "work 1",
     "work_reminder worker {due_at:2h10m,clock:work}"},
    {in_work, CLOCK_WORK, STEP_ALERT, "it runs late",
     "system: in_work > in_work v3, raises late 503 at 95",
     "work 1",
     "alert_late manager {alert_id:503,level:95,due_at:2h10m}; alert_late manager2 {alert_id:503,level:95,due_at:2h10m}"},
    {runs_late, CLOCK_WORK, STEP_BREACH, "it is late",
     "system: in_work > in_work v4, rewrites late 503 at 100",
     "work 1",
     "alert_late manager {alert_id:503,level:100,due_at:2h10m}; alert_late manager2 {alert_id:503,level:100,due_at:2h10m}; alert_late owner {alert_id:503,level:100,due_at:2h10m}; order_late client {due_at:2h10m,clock:work}; cards_changed cards"},
    {was_asked, CLOCK_WORK, STEP_REMIND, "the time of waiting did not count",
     "system: in_work > in_work v5",
     "work 2",
     "work_reminder worker {due_at:2h50m,clock:work}"},

    {assigned, CLOCK_CONFIRM, STEP_REMIND, "asked again for an estimate",
     "system: in_work > in_work v3",
     "confirm 1",
     "confirm_reminder worker {due_at:25m,clock:confirm}"},
    {assigned, CLOCK_CONFIRM, STEP_ALERT, "no estimate: managers",
     "system: in_work > in_work v3, raises unconfirmed 503 at 100",
     "confirm 1",
     "alert_unconfirmed manager {alert_id:503,level:100,due_at:25m}; alert_unconfirmed manager2 {alert_id:503,level:100,due_at:25m}"},

    {waiting, CLOCK_ANSWER, STEP_REMIND, "the contractor waits",
     "system: waiting_client > waiting_client v4",
     "answer 1",
     "answer_reminder client {due_at:24h20m,clock:answer}"},
    {waiting, CLOCK_ANSWER, STEP_ALERT, "no answer: managers",
     "system: waiting_client > waiting_client v4, raises no_answer 504 at 100",
     "answer 1",
     "alert_no_answer manager {alert_id:504,level:100,due_at:24h20m}; alert_no_answer manager2 {alert_id:504,level:100,due_at:24h20m}"},

    {done, CLOCK_ACCEPTANCE, STEP_REMIND, "the work waits to be accepted",
     "system: done > done v4",
     "acceptance 1",
     "accept_reminder client {due_at:72h20m,clock:acceptance}"},
    {done, CLOCK_ACCEPTANCE, STEP_CLOSE, "nobody objected: paid and closed",
     "system: done > closed v4, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:0}; order_auto_closed client; cards_changed cards"},
    {unreachable_when_done, CLOCK_ACCEPTANCE, STEP_CLOSE, "the last alert ends",
     "system: done > closed v4, solves unreachable 900 at 100, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:0}; order_auto_closed client; cards_changed cards"},
};
/* clang-format on */

static void steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct scene x;
        scene_init(&x);
        row->given(&x);
        scene_try_step(&x, row->clock, row->step);
        check_case_text(scene_refusal(&x), "", row->why);
        check_case_text(scene_outcome(&x), row->outcome, row->why);
        check_case_text(scene_clocks(&x), row->clocks, row->why);
        check_case_text(scene_notices(&x), row->notices, row->why);
        check_case(x.decision.withdraw_reminders == (row->step == STEP_CLOSE), row->why);
    }
}

/* What an event of time keeps: which step of which run, so that folding events gives the row. */
static void the_step_is_recorded(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    scene_do_step(&x, CLOCK_REACTION, STEP_ALERT);
    assert_string_equal(x.decision.detail, "{\"clock\":\"reaction\",\"step\":\"alert\",\"run\":1}");
    x.command.alert_id = SCENE_FIRST_ALERT + 1;
    scene_do(&x, EVENT_ACKNOWLEDGE, MANAGER2);
    assert_string_equal(x.decision.detail, "{\"alert_id\":502}");
}

/* ---- what holds no more ---- */

/* A deadline is for one run, once. */
static void deadlines_that_are_moot(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    scene_try_step(&x, CLOCK_REACTION, STEP_ALERT);
    check_case_text(scene_refusal(&x), "moot", "taken: the clock has stopped");
    scene_do_step(&x, CLOCK_WORK, STEP_REMIND);
    scene_try_step(&x, CLOCK_WORK, STEP_REMIND);
    check_case_text(scene_refusal(&x), "moot", "it has been reached already");
    scene_do(&x, EVENT_ASK, WORKER);
    scene_try_step(&x, CLOCK_WORK, STEP_ALERT);
    check_case_text(scene_refusal(&x), "moot", "the clock stands");

    x.command =
        (struct order_command){.clock = CLOCK_WORK, .step = STEP_ALERT, .run = 1, .has_text = true};
    scene_do(&x, EVENT_ANSWER, CLIENT);
    scene_try(&x, EVENT_ALERT, TIME);
    check_case_text(scene_refusal(&x), "moot", "it was written for the run before the question");
    x.command.run = 2;
    scene_try(&x, EVENT_ALERT, TIME);
    check_case_text(scene_refusal(&x), "", "the run that is on");

    x.command.step = STEP_CLOSE;
    scene_try(&x, EVENT_AUTO_CLOSE, TIME);
    check_case_text(scene_refusal(&x), "moot", "this clock has no such step");
    x.order.id = 0;
    scene_try(&x, EVENT_ALERT, TIME);
    check_case_text(scene_refusal(&x), "no_such_order", "nothing there");
}

static void only_time_reaches_deadlines(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_DONE);
    x.command = (struct order_command){.clock = CLOCK_ACCEPTANCE, .step = STEP_CLOSE, .run = 1};
    scene_try(&x, EVENT_AUTO_CLOSE, CLIENT);
    check_case_text(scene_refusal(&x), "not_your_role", "a client accepts instead");
    scene_try(&x, EVENT_AUTO_CLOSE, PANEL);
    check_case_text(scene_refusal(&x), "not_your_role", "nor does the panel");
}

/* ---- breaches ---- */

static void a_breach_is_recorded_once(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    assert_int_equal(x.order.reaction_breached_at, SCENE_BEGAN + HOUR_MS);
    assert_int_equal(x.order.work_breached_at, 0);
    scene_do(&x, EVENT_TAKE, WORKER);
    scene_do_step(&x, CLOCK_WORK, STEP_BREACH);
    assert_int_equal(x.order.work_breached_at, SCENE_BEGAN + 3 * HOUR_MS);
    assert_int_equal(x.order.reaction_breached_at, SCENE_BEGAN + HOUR_MS);
}

/* Statistics look at the first reaction clock only, and at the first breach of the work. */
static void later_breaches_change_nothing(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    x.order.clocks[CLOCK_REACTION].run = 2; /* given back and started anew */
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    assert_int_equal(x.order.reaction_breached_at, 0);

    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    x.order.reaction_breached_at = 5;
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    assert_int_equal(x.order.reaction_breached_at, 5);

    scene_do(&x, EVENT_TAKE, WORKER);
    x.order.work_breached_at = 7;
    scene_do_step(&x, CLOCK_WORK, STEP_BREACH);
    assert_int_equal(x.order.work_breached_at, 7);
}

/* ---- alerts ---- */

static void an_alert_lives_through_its_levels(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.parameters.INFORM_MANAGER_IN_WORK_PROJECT_LIMIT = 80;
    scene_reach(&x, ORDER_IN_WORK);
    scene_do_step(&x, CLOCK_WORK, STEP_ALERT);
    struct open_alert *alert = &x.order.alerts[CAUSE_LATE];
    int64_t id = alert->id;
    assert_int_equal(alert->level, 80);
    assert_int_equal(alert->acknowledged_by, 0);

    x.command.alert_id = id;
    scene_do(&x, EVENT_ACKNOWLEDGE, OWNER);
    assert_int_equal(alert->acknowledged_by, 401);
    assert_int_equal(alert->acknowledged_at, x.now);
    int64_t at = x.now;

    scene_do_step(&x, CLOCK_WORK, STEP_BREACH);
    assert_int_equal(alert->id, id);
    assert_int_equal(alert->level, 100);
    assert_int_equal(alert->acknowledged_by, 401);
    assert_int_equal(alert->acknowledged_at, at);

    scene_do(&x, EVENT_FINISH, WORKER);
    assert_int_equal(alert->id, 0);
}

/* Engines work side by side: after a pause 100 % may be decided before 95 %, which then has nothing
 * to add. */
static void an_alert_never_goes_down(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    assert_int_equal(x.order.alerts[CAUSE_NOT_TAKEN].level, 100);
    scene_try_step(&x, CLOCK_REACTION, STEP_ALERT);
    assert_string_equal(scene_refusal(&x), "moot");
}

/* A named estimate puts the managers' share ahead again: it runs late no more, and each step comes
 * again. */
static void a_new_estimate_solves_and_begins_again(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.parameters.DEFAULT_ESTIMATE_HOURS = 1;
    scene_reach_assigned(&x);
    scene_do_step(&x, CLOCK_WORK, STEP_REMIND);
    scene_do_step(&x, CLOCK_WORK, STEP_ALERT);
    scene_do_step(&x, CLOCK_WORK, STEP_BREACH); /* at 1h10m */
    scene_do(&x, EVENT_SET_ESTIMATE, WORKER);   /* two hours since 10m */
    check_case_text(scene_outcome(&x), "contractor: in_work > in_work v6, solves late 504 at 100",
                    "ahead again");
    check_case_text(scene_clocks(&x),
                    "work 1 ends 2: remind 1h40m, alert 2h4m, breach 2h10m; confirm 1 ends",
                    "all three");
    assert_int_equal(x.order.work_breached_at, SCENE_BEGAN + 70 * MINUTE_MS);
    scene_do_step(&x, CLOCK_WORK, STEP_ALERT);
    check_case_text(scene_outcome(&x), "system: in_work > in_work v7, raises late 507 at 95",
                    "another alert");
}

/* Should a named estimate find the work clock standing, its new end is written all the same. */
static void a_standing_clock_gets_its_new_end(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach_assigned(&x);
    struct clock_run *work = &x.order.clocks[CLOCK_WORK];
    clock_pause(work, x.now);
    scene_do(&x, EVENT_SET_ESTIMATE, WORKER);
    assert_int_equal(work->run, 1);
    assert_int_equal(work->limit_ms, 2 * HOUR_MS);
    assert_true(x.decision.clock_changed[CLOCK_WORK]);
    assert_int_equal(x.decision.clock_ended[CLOCK_WORK], 0);
    assert_int_equal(x.decision.deadline_count, 0);
}

/* Between 95 and 100 % of the new estimate it still runs late. */
static void a_new_estimate_that_is_nearly_over(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.parameters.DEFAULT_ESTIMATE_HOURS = 1;
    scene_reach_assigned(&x);
    scene_do_step(&x, CLOCK_WORK, STEP_ALERT); /* 57 minutes of 60 */
    scene_do_step(&x, CLOCK_WORK, STEP_BREACH);
    x.command.estimate_minutes = 61;
    scene_do(&x, EVENT_SET_ESTIMATE, WORKER);
    check_case_text(scene_outcome(&x), "contractor: in_work > in_work v5", "the alert stands");
    check_case_text(scene_clocks(&x), "work 1 ends 2: remind 1h10m, breach 1h11m; confirm 1 ends",
                    "the breach is ahead again; what was due is due at once");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps),
        cmocka_unit_test(the_step_is_recorded),
        cmocka_unit_test(deadlines_that_are_moot),
        cmocka_unit_test(only_time_reaches_deadlines),
        cmocka_unit_test(a_breach_is_recorded_once),
        cmocka_unit_test(later_breaches_change_nothing),
        cmocka_unit_test(an_alert_lives_through_its_levels),
        cmocka_unit_test(an_alert_never_goes_down),
        cmocka_unit_test(a_new_estimate_solves_and_begins_again),
        cmocka_unit_test(a_new_estimate_that_is_nearly_over),
        cmocka_unit_test(a_standing_clock_gets_its_new_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
