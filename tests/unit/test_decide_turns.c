/* test_decide_turns.c - what turns an order's course: called off, given to another, extended, given
 * back, returned; and what clients and managers still do after its end */
#include "tests/unit/cases.h"

#include "common/base/clock.h"
#include "tests/unit/scene.h"

/* ---- given ---- */

static void late(struct scene *x)
{
    in_work(x);
    scene_do_step(x, CLOCK_WORK, STEP_ALERT);
}

static void broken(struct scene *x)
{
    late(x);
    scene_do_step(x, CLOCK_WORK, STEP_BREACH);
}

static void unanswered(struct scene *x)
{
    waiting(x);
    scene_do_step(x, CLOCK_ANSWER, STEP_ALERT);
}

static void unconfirmed(struct scene *x)
{
    assigned(x);
    scene_do_step(x, CLOCK_CONFIRM, STEP_ALERT);
}

static void assigned_asks(struct scene *x)
{
    assigned(x);
    scene_do(x, EVENT_ASK, WORKER);
    scene_wait(x, HOUR_MS);
}

static void pays(struct scene *x)
{
    in_work(x);
    x->command.pay = x->command.pay_given = true;
}

static void pays_not(struct scene *x)
{
    done(x);
    x->command.pay_given = true;
}

static void manager_works(struct scene *x)
{
    x->people[MANAGER].roles |= ROLE_CONTRACTOR;
    is_new(x);
    scene_do(x, EVENT_TAKE, MANAGER);
}

static void to_another(struct scene *x)
{
    in_work(x);
    x->target = WORKER2;
}

static void to_another_while_waiting(struct scene *x)
{
    unanswered(x);
    x->target = WORKER2;
}

static void to_another_when_late(struct scene *x)
{
    broken(x);
    x->target = WORKER2;
}

static void three_hours(struct scene *x)
{
    in_work(x);
    x->command.estimate_minutes = 180;
}

static void manager_needs_longer(struct scene *x)
{
    manager_works(x);
    x->now += 3 * HOUR_MS; /* the promise is broken: a contractor moves it no more */
    x->command.estimate_minutes = 72 * 60;
}

static void longer_when_late(struct scene *x)
{
    late(x);
    x->command.estimate_minutes = 180;
}

static void as_long_when_late(struct scene *x)
{
    late(x);
    x->command.estimate_minutes = 120;
}

static void longer_when_broken(struct scene *x)
{
    broken(x);
    x->command.estimate_minutes = 180;
}

static void longer_while_waiting(struct scene *x)
{
    waiting(x);
    x->command.estimate_minutes = 180;
}

static void of_a_pinned(struct scene *x)
{
    x->account.may_pin = true;
    x->people[WORKER].pinned = x->people[WORKER2].pinned = true;
    in_work(x);
}

static void worker_left(struct scene *x)
{
    in_work(x);
    x->people[WORKER].roles = 0;
}

static void worker_left_when_done(struct scene *x)
{
    done(x);
    x->people[WORKER].roles = 0;
    x->order.contractor_active = false;
}

static void busy_meanwhile(struct scene *x)
{
    done(x);
    x->people[WORKER].open_orders = 1;
}

static void returned_twice(struct scene *x)
{
    done(x);
    for (int i = 0; i < 2; i++) {
        scene_do(x, EVENT_REWORK, CLIENT);
        scene_do(x, EVENT_FINISH, WORKER);
    }
}

static void returned_thrice(struct scene *x)
{
    returned_twice(x);
    scene_do(x, EVENT_REWORK, CLIENT);
    scene_do(x, EVENT_FINISH, WORKER);
}

static void low_mark(struct scene *x)
{
    done(x);
    x->command.rating = 3;
}

static void good_mark(struct scene *x)
{
    done(x);
    x->command.rating = 4;
}

static void no_mark_is_low(struct scene *x)
{
    low_mark(x);
    x->parameters.LOW_RATING = 0;
}

static void low_mark_later(struct scene *x)
{
    closed(x);
    x->command.rating = 1;
}

static void good_mark_later(struct scene *x)
{
    closed(x);
    x->command.rating = 5;
}

/* What follows is settled without a word. */
static void in_silence(struct scene *x)
{
    x->command.has_text = false;
    x->command.text_len = 0;
}

static void complained(struct scene *x)
{
    closed(x);
    scene_do(x, EVENT_COMPLAIN, CLIENT);
    x->command.alert_id = x->order.alerts[CAUSE_COMPLAINT].id;
    in_silence(x);
}

static void complaint_answered(struct scene *x)
{
    complained(x);
    x->command.has_text = true;
}

static void rated_low(struct scene *x)
{
    low_mark_later(x);
    scene_do(x, EVENT_RATE, CLIENT);
    x->command.alert_id = x->order.alerts[CAUSE_LOW_RATING].id;
    in_silence(x);
}

static void reworked(struct scene *x)
{
    returned_thrice(x);
    x->command.alert_id = x->order.alerts[CAUSE_REWORKED].id;
    in_silence(x);
}

static void to_the_client(struct scene *x)
{
    in_work(x);
    x->command.addressee = ROLE_CLIENT;
}

static void to_the_contractor(struct scene *x)
{
    in_work(x);
    x->command.addressee = ROLE_CONTRACTOR;
}

/* ---- what people do ---- */

/* clang-format off */
static const struct row {
    void (*given)(struct scene *);
    enum order_event when;
    enum cast        who;
    const char      *why, *outcome, *clocks, *notices;
} rows[] = {
    {is_new, EVENT_CANCEL, MANAGER, "a manager, with a reason: the client is told",
     "manager: new > cancelled v2, keeps reason, returns, erases, withdraws offers",
     "reaction 1 ends",
     "order_cancelled client; cards_changed cards"},
    {is_new, EVENT_CANCEL, TIME, "the account has nobody left: managers are told",
     "system: new > cancelled v2, keeps reason, returns, erases, withdraws offers",
     "reaction 1 ends",
     "order_orphaned manager; order_orphaned manager2; cards_changed cards"},
    {in_work, EVENT_CANCEL, OWNER, "work that is stopped returns the order and is not paid",
     "owner: in_work > cancelled v3, keeps reason, returns, erases",
     "work 1 ends",
     "order_cancelled client; work_cancelled worker {amount_minor:0,currency:RUB}; cards_changed cards"},
    {pays, EVENT_CANCEL, MANAGER, "unless the manager says so",
     "manager: in_work > cancelled v3, keeps reason, returns, pays, erases",
     "work 1 ends",
     "order_cancelled client; work_cancelled worker {amount_minor:50000,currency:RUB}; cards_changed cards"},
    {unanswered, EVENT_CANCEL, PANEL, "every clock stops, every alert is solved",
     "owner: waiting_client > cancelled v5, keeps reason, returns, solves no_answer 504 at 100, erases",
     "work; answer 1 ends",
     "order_cancelled client; work_cancelled worker {amount_minor:0,currency:RUB}; cards_changed cards"},
    {unconfirmed, EVENT_CANCEL, MANAGER, "also before a time was named",
     "manager: in_work > cancelled v4, keeps reason, returns, solves unconfirmed 503 at 100, erases",
     "work 1 ends; confirm 1 ends",
     "order_cancelled client; work_cancelled worker {amount_minor:0,currency:RUB}; cards_changed cards"},
    {done, EVENT_CANCEL, MANAGER, "what was done counts and is paid",
     "manager: done > cancelled v4, keeps reason, pays, erases",
     "acceptance 1 ends",
     "order_cancelled client; work_cancelled worker {amount_minor:50000,currency:RUB}; cards_changed cards"},
    {pays_not, EVENT_CANCEL, MANAGER, "unless the manager says no",
     "manager: done > cancelled v4, keeps reason, erases",
     "acceptance 1 ends",
     "order_cancelled client; work_cancelled worker {amount_minor:0,currency:RUB}; cards_changed cards"},
    {manager_works, EVENT_CANCEL, MANAGER, "the own work, as a manager",
     "manager: in_work > cancelled v3, keeps reason, returns, erases",
     "work 1 ends",
     "order_cancelled client; work_cancelled manager {amount_minor:0,currency:RUB}; cards_changed cards"},

    {to_another, EVENT_REASSIGN, MANAGER, "all three are told, the clocks begin anew",
     "manager: in_work > in_work v3, keeps reason",
     "work 1 ends 2: remind 18h20m, alert 23h8m, breach 24h20m; confirm 1: remind 27m30s, alert 35m",
     "order_reassigned client {due_at:24h20m,estimate_minutes:1440,contractor_id:202}; work_yours worker2 {due_at:35m}; work_lost worker; cards_changed cards"},
    {to_another_while_waiting, EVENT_REASSIGN, OWNER, "the question is the former one's",
     "owner: waiting_client > in_work v5, keeps reason, solves no_answer 504 at 100",
     "work 2: remind 42h20m, alert 47h8m, breach 48h20m; confirm 1: remind 24h27m30s, alert 24h35m; answer 1 ends",
     "order_reassigned client {due_at:48h20m,estimate_minutes:1440,contractor_id:202}; work_yours worker2 {due_at:24h35m}; work_lost worker; cards_changed cards"},
    {to_another_when_late, EVENT_REASSIGN, PANEL, "the alert is solved, the breach stays recorded",
     "owner: in_work > in_work v5, keeps reason, solves late 503 at 100",
     "work 1 ends 2: remind 20h10m, alert 24h58m, breach 26h10m; confirm 1: remind 2h17m30s, alert 2h25m",
     "order_reassigned client {due_at:26h10m,estimate_minutes:1440,contractor_id:202}; work_yours worker2 {due_at:2h25m}; work_lost worker; cards_changed cards"},

    {three_hours, EVENT_EXTEND, WORKER, "the promise moves, its start stays",
     "contractor: in_work > in_work v3, keeps reason",
     "work 1 ends 2: remind 2h25m, alert 3h1m, breach 3h10m",
     "estimate_moved client {due_at:3h10m,estimate_minutes:180,contractor_id:201}; cards_changed cards"},
    {three_hours, EVENT_EXTEND, MANAGER, "by a manager: both are told",
     "manager: in_work > in_work v3, keeps reason",
     "work 1 ends 2: remind 2h25m, alert 3h1m, breach 3h10m",
     "estimate_moved client {due_at:3h10m,estimate_minutes:180,contractor_id:201}; work_extended worker {due_at:3h10m,estimate_minutes:180,contractor_id:201}; cards_changed cards"},
    {manager_needs_longer, EVENT_EXTEND, MANAGER, "the own work, as a manager: freely, and the client alone is told",
     "manager: in_work > in_work v3, keeps reason",
     "work 1 ends 2: remind 54h10m, alert 68h34m, breach 72h10m",
     "estimate_moved client {due_at:72h10m,estimate_minutes:4320,contractor_id:301}; cards_changed cards"},
    {longer_when_late, EVENT_EXTEND, WORKER, "late no more",
     "contractor: in_work > in_work v4, keeps reason, solves late 503 at 95",
     "work 1 ends 2: remind 2h25m, alert 3h1m, breach 3h10m",
     "estimate_moved client {due_at:3h10m,estimate_minutes:180,contractor_id:201}; cards_changed cards"},
    {as_long_when_late, EVENT_EXTEND, WORKER, "no longer than before: the alert stays",
     "contractor: in_work > in_work v4, keeps reason",
     "work 1 ends 2: remind 2h4m, breach 2h10m",
     "estimate_moved client {due_at:2h10m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {longer_when_broken, EVENT_EXTEND, MANAGER, "the alert is solved, the breach stays",
     "manager: in_work > in_work v5, keeps reason, solves late 503 at 100",
     "work 1 ends 2: remind 2h25m, alert 3h1m, breach 3h10m",
     "estimate_moved client {due_at:3h10m,estimate_minutes:180,contractor_id:201}; work_extended worker {due_at:3h10m,estimate_minutes:180,contractor_id:201}; cards_changed cards"},
    {longer_while_waiting, EVENT_EXTEND, WORKER, "the clock that stands moves, and stands",
     "contractor: waiting_client > waiting_client v4, keeps reason",
     "work paused",
     "estimate_moved client {due_at:3h10m,estimate_minutes:180,contractor_id:201}; cards_changed cards"},

    {in_work, EVENT_GIVE_BACK, WORKER, "to all but the one who gave it back; a reaction time anew",
     "contractor: in_work > new v3, keeps reason",
     "reaction 2: alert 1h17m, breach 1h20m; work 1 ends",
     "order_requeued client {due_at:1h20m}; order_returned manager {due_at:1h20m}; order_returned manager2 {due_at:1h20m}; offer worker2 {due_at:1h20m,pinned:false}; offer worker3 {due_at:1h20m,pinned:false}; cards_changed cards"},
    {of_a_pinned, EVENT_GIVE_BACK, WORKER, "no window any more: the pinned and the others at once",
     "contractor: in_work > new v3, keeps reason",
     "reaction 2: alert 1h17m, breach 1h20m; work 1 ends",
     "order_requeued client {due_at:1h20m}; order_returned manager {due_at:1h20m}; order_returned manager2 {due_at:1h20m}; offer worker2 {due_at:1h20m,pinned:false}; offer worker3 {due_at:1h20m,pinned:false}; cards_changed cards"},
    {unanswered, EVENT_GIVE_BACK, WORKER, "nobody waits for the answer any more",
     "contractor: waiting_client > new v5, keeps reason, solves no_answer 504 at 100",
     "reaction 2: alert 25h17m, breach 25h20m; work; answer 1 ends",
     "order_requeued client {due_at:25h20m}; order_returned manager {due_at:25h20m}; order_returned manager2 {due_at:25h20m}; offer worker2 {due_at:25h20m,pinned:false}; offer worker3 {due_at:25h20m,pinned:false}; cards_changed cards"},
    {broken, EVENT_GIVE_BACK, WORKER, "what was late is another's now",
     "contractor: in_work > new v5, keeps reason, solves late 503 at 100",
     "reaction 2: alert 3h7m, breach 3h10m; work 1 ends",
     "order_requeued client {due_at:3h10m}; order_returned manager {due_at:3h10m}; order_returned manager2 {due_at:3h10m}; offer worker2 {due_at:3h10m,pinned:false}; offer worker3 {due_at:3h10m,pinned:false}; cards_changed cards"},

    {in_work, EVENT_RELEASE, MANAGER, "the contractor is told; the managers but the one who did it",
     "manager: in_work > new v3, keeps reason",
     "reaction 2: alert 1h17m, breach 1h20m; work 1 ends",
     "order_requeued client {due_at:1h20m}; order_returned manager2 {due_at:1h20m}; work_lost worker; offer worker2 {due_at:1h20m,pinned:false}; offer worker3 {due_at:1h20m,pinned:false}; cards_changed cards"},
    {waiting, EVENT_RELEASE, PANEL, "by a login of the panel",
     "owner: waiting_client > new v4, keeps reason",
     "reaction 2: alert 1h27m, breach 1h30m; work; answer 1 ends",
     "order_requeued client {due_at:1h30m}; order_returned manager {due_at:1h30m}; order_returned manager2 {due_at:1h30m}; work_lost worker; offer worker2 {due_at:1h30m,pinned:false}; offer worker3 {due_at:1h30m,pinned:false}; cards_changed cards"},
    {worker_left, EVENT_RELEASE, TIME, "the contractor was removed",
     "system: in_work > new v3, keeps reason",
     "reaction 2: alert 1h17m, breach 1h20m; work 1 ends",
     "order_requeued client {due_at:1h20m}; order_returned manager {due_at:1h20m}; order_returned manager2 {due_at:1h20m}; work_lost worker; offer worker2 {due_at:1h20m,pinned:false}; offer worker3 {due_at:1h20m,pinned:false}; cards_changed cards"},

    {assigned_asks, EVENT_ANSWER, CLIENT, "the time to name a time goes on with the work",
     "client: waiting_client > in_work v4, keeps answer",
     "work 2: remind 19h10m, alert 23h58m, breach 25h10m; confirm 2: remind 1h20m, alert 1h25m; answer 1 ends",
     "answer worker {due_at:25h10m,estimate_minutes:1440,contractor_id:201}; cards_changed cards"},

    {assigned_asks, EVENT_RESUME, WORKER, "or without the answer",
     "contractor: waiting_client > in_work v4",
     "work 2: remind 19h10m, alert 23h58m, breach 25h10m; confirm 2: remind 1h20m, alert 1h25m; answer 1 ends",
     "resumed client {due_at:25h10m,estimate_minutes:1440,contractor_id:201}; cards_changed cards"},

    {done, EVENT_REWORK, CLIENT, "the same contractor, the same estimate, from zero",
     "client: done > in_work v4, keeps reason",
     "work 2: remind 2h, alert 2h24m, breach 2h30m; acceptance 1 ends",
     "work_returned worker {due_at:2h30m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {busy_meanwhile, EVENT_REWORK, COLLEAGUE, "even above the limit",
     "client: done > in_work v4, keeps reason",
     "work 2: remind 2h, alert 2h24m, breach 2h30m; acceptance 1 ends",
     "work_returned worker {due_at:2h30m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {done, EVENT_REWORK, MANAGER, "in the client's stead",
     "manager: done > in_work v4, keeps reason",
     "work 2: remind 2h, alert 2h24m, breach 2h30m; acceptance 1 ends",
     "work_returned worker {due_at:2h30m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {worker_left_when_done, EVENT_REWORK, CLIENT, "who did it is gone: to the queue",
     "client: done > new v4, keeps reason",
     "reaction 2: alert 1h27m, breach 1h30m; acceptance 1 ends",
     "order_requeued client {due_at:1h30m}; order_returned manager {due_at:1h30m}; order_returned manager2 {due_at:1h30m}; offer worker2 {due_at:1h30m,pinned:false}; offer worker3 {due_at:1h30m,pinned:false}; cards_changed cards"},
    {returned_twice, EVENT_REWORK, CLIENT, "the third time managers are alerted",
     "client: done > in_work v8, keeps reason, raises reworked 508 at 100",
     "work 4: remind 2h, alert 2h24m, breach 2h30m; acceptance 3 ends",
     "work_returned worker {due_at:2h30m,estimate_minutes:120,contractor_id:201}; alert_reworked manager {alert_id:508,level:100}; alert_reworked manager2 {alert_id:508,level:100}; cards_changed cards"},
    {returned_thrice, EVENT_REWORK, CLIENT, "and not once more for the fourth",
     "client: done > in_work v10, keeps reason",
     "work 5: remind 2h, alert 2h24m, breach 2h30m; acceptance 4 ends",
     "work_returned worker {due_at:2h30m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},

    {low_mark, EVENT_ACCEPT, CLIENT, "a low mark alerts managers",
     "client: done > closed v4, keeps review, raises low_rating 504 at 100, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:3}; alert_low_rating manager {alert_id:504,level:100}; alert_low_rating manager2 {alert_id:504,level:100}; cards_changed cards"},
    {good_mark, EVENT_ACCEPT, CLIENT, "a good one does not",
     "client: done > closed v4, keeps review, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:4}; cards_changed cards"},
    {no_mark_is_low, EVENT_ACCEPT, CLIENT, "nor any, if none counts as low",
     "client: done > closed v4, keeps review, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:3}; cards_changed cards"},

    {low_mark_later, EVENT_RATE, CLIENT, "a low mark after the end",
     "client: closed > closed v5, keeps review, raises low_rating 505 at 100",
     "",
     "alert_low_rating manager {alert_id:505,level:100}; alert_low_rating manager2 {alert_id:505,level:100}; cards_changed cards"},
    {good_mark_later, EVENT_RATE, COLLEAGUE, "a good one",
     "client: closed > closed v5, keeps review",
     "",
     "cards_changed cards"},

    {is_new, EVENT_COMPLAIN, CLIENT, "before anybody has taken it",
     "client: new > new v2, keeps complaint, raises complaint 502 at 100",
     "",
     "alert_complaint manager {alert_id:502,level:100}; alert_complaint manager2 {alert_id:502,level:100}"},
    {closed, EVENT_COMPLAIN, COLLEAGUE, "after the end",
     "client: closed > closed v5, keeps complaint, raises complaint 505 at 100",
     "",
     "alert_complaint manager {alert_id:505,level:100}; alert_complaint manager2 {alert_id:505,level:100}"},
    {cancelled, EVENT_COMPLAIN, CLIENT, "a cancelled one, too",
     "client: cancelled > cancelled v3, keeps complaint, raises complaint 503 at 100",
     "",
     "alert_complaint manager {alert_id:503,level:100}; alert_complaint manager2 {alert_id:503,level:100}"},

    {complained, EVENT_SETTLE, PANEL, "a manager has dealt with it",
     "owner: closed > closed v6, solves complaint 505 at 100",
     "",
     "cards_changed cards"},

    {complaint_answered, EVENT_SETTLE, MANAGER, "and has told the client so",
     "manager: closed > closed v6, keeps say, solves complaint 505 at 100",
     "",
     "complaint_answered client; cards_changed cards"},

    {complained, EVENT_ACKNOWLEDGE, MANAGER, "or is on it",
     "manager: closed > closed v6, acknowledges complaint 505 at 100",
     "",
     "cards_changed cards"},

    {rated_low, EVENT_SETTLE, MANAGER, "the mark has been talked about",
     "manager: closed > closed v6, solves low_rating 505 at 100",
     "",
     "cards_changed cards"},
    {reworked, EVENT_SETTLE, OWNER, "and so has the work",
     "owner: done > done v10, solves reworked 508 at 100",
     "",
     "cards_changed cards"},

    {to_the_client, EVENT_SAY, MANAGER, "to the client alone",
     "manager: in_work > in_work v3, keeps say",
     "",
     "thread_message client"},
    {to_the_contractor, EVENT_SAY, OWNER, "to the contractor alone",
     "owner: in_work > in_work v3, keeps say",
     "",
     "thread_message worker"},
    {to_the_contractor, EVENT_SAY, CLIENT, "people choose no side",
     "client: in_work > in_work v3, keeps say",
     "",
     "thread_message worker"},
};
/* clang-format on */

static void what_turns_an_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct scene x;
        scene_init(&x);
        row->given(&x);
        scene_try(&x, row->when, row->who);
        check_case_text(scene_refusal(&x), "", row->why);
        check_case_text(scene_outcome(&x), row->outcome, row->why);
        check_case_text(scene_clocks(&x), row->clocks, row->why);
        check_case_text(scene_notices(&x), row->notices, row->why);
    }
}

/* ---- what is written ---- */

static void who_had_it_leaves_nothing_behind(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    x.order.bonus_minor = 700;
    scene_do(&x, EVENT_GIVE_BACK, WORKER);
    const struct order *o = &x.order;
    assert_int_equal(o->contractor_id + o->taken_at + o->estimate_minutes + o->bonus_minor, 0);
    assert_false(o->estimate_named || o->contractor_active);
    assert_true(o->offer_open);
    assert_int_equal(o->pass_count, 1);
    assert_int_equal(o->passed[0], 201);
    assert_int_equal(x.decision.passed_by, 201);
    assert_string_equal(x.decision.detail, "{\"former_id\":201}");
    assert_int_equal(x.decision.due_at, SCENE_BEGAN + 80 * MINUTE_MS); /* the new promise */
}

static void the_first_reaction_time_is_the_one_that_counts(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    scene_do(&x, EVENT_GIVE_BACK, WORKER);
    x.order.given_back = true; /* to the quota, as if the first time had been missed */
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    assert_int_equal(x.order.reaction_breached_at, 0);
    assert_string_equal(x.decision.detail,
                        "{\"clock\":\"reaction\",\"step\":\"breach\",\"run\":2}");
}

static void who_gets_it_has_it_as_assigned(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_WAITING_CLIENT);
    x.order.bonus_minor = 700;
    x.target = WORKER3;
    scene_do(&x, EVENT_REASSIGN, MANAGER);
    assert_int_equal(x.order.contractor_id, 203);
    assert_int_equal(x.order.taken_at, SCENE_BEGAN + 30 * MINUTE_MS);
    assert_int_equal(x.order.estimate_minutes, 24 * 60);
    assert_false(x.order.estimate_named);
    assert_int_equal(x.order.bonus_minor, 700); /* fixed when it was first taken */
    assert_string_equal(x.decision.detail,
                        "{\"contractor_id\":203,\"estimate_minutes\":1440,\"former_id\":201}");
}

/* More have tried than are remembered: the newest still is. */
static void the_newest_pass_is_always_remembered(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    x.order.pass_count = ORDER_PASSES_MAX;
    scene_do(&x, EVENT_GIVE_BACK, WORKER);
    assert_int_equal(x.order.pass_count, ORDER_PASSES_MAX);
    scene_try(&x, EVENT_TAKE, WORKER);
    assert_string_equal(scene_refusal(&x), "had_it_already");
}

static void returned_work_goes_on_as_it_was_taken(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_DONE);
    scene_do(&x, EVENT_REWORK, CLIENT);
    assert_int_equal(x.order.contractor_id, 201);
    assert_int_equal(x.order.taken_at, SCENE_BEGAN + 10 * MINUTE_MS);
    assert_int_equal(x.order.done_at, 0);
    assert_int_equal(x.order.reworks, 1);
    assert_true(x.order.estimate_named);
    assert_string_equal(x.decision.detail, "{\"reworks\":1}");
}

static void what_events_remember(void **state)
{
    (void)state;
    static const struct {
        void (*given)(struct scene *);
        enum order_event when;
        enum cast who;
        const char *detail, *why;
    } cases[] = {
        {is_new,             EVENT_CANCEL,   CLIENT,  "{\"paid\":false,\"amount_minor\":0}",    "nothing to pay"     },
        {done,               EVENT_CANCEL,   MANAGER, "{\"paid\":true,\"amount_minor\":50000}",
         "paid all the same"                                                                                         },
        {three_hours,        EVENT_EXTEND,   WORKER,
         "{\"contractor_id\":201,\"estimate_minutes\":180,\"bonus_minor\":0}",                  "the whole of it"    },
        {low_mark_later,     EVENT_RATE,     CLIENT,  "{\"rating\":1}",                         "a mark"             },
        {is_new,             EVENT_COMPLAIN, CLIENT,  "{\"alert_id\":502}",                     "the alert it raises"},
        {complained,         EVENT_SETTLE,   OWNER,   "{\"alert_id\":505}",                     "the alert it ends"  },
        {complaint_answered, EVENT_SETTLE,   OWNER,   "{\"alert_id\":505,\"to\":\"client\"}",
         "what was answered is not for the contractor"                                                               },
        {to_the_client,      EVENT_SAY,      MANAGER, "{\"to\":\"client\"}",                    "whom it is for"     },
        {to_the_contractor,  EVENT_SAY,      CLIENT,  "",                                       "for the other side" },
        {in_work,            EVENT_SAY,      MANAGER, "",                                       "for both"           },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct scene x;
        scene_init(&x);
        cases[i].given(&x);
        scene_do(&x, cases[i].when, cases[i].who);
        check_case_text(x.decision.detail, cases[i].detail, cases[i].why);
    }
}

/* A clock that stands has no end that could be promised. */
static void no_promise_while_the_client_owes_an_answer(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    longer_while_waiting(&x);
    scene_do(&x, EVENT_EXTEND, WORKER);
    assert_int_equal(x.decision.due_at, 0);
    scene_do(&x, EVENT_ANSWER, CLIENT);
    assert_int_equal(x.order.clocks[CLOCK_WORK].limit_ms, 3 * HOUR_MS);
}

static void a_mark_stays(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    low_mark_later(&x);
    int64_t ended_at = x.order.ended_at;
    scene_do(&x, EVENT_RATE, CLIENT);
    assert_int_equal(x.order.rating, 1);
    assert_int_equal(x.order.ended_at, ended_at);
    assert_false(x.decision.pay || x.decision.erase_credentials);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_turns_an_order),
        cmocka_unit_test(who_had_it_leaves_nothing_behind),
        cmocka_unit_test(the_first_reaction_time_is_the_one_that_counts),
        cmocka_unit_test(who_gets_it_has_it_as_assigned),
        cmocka_unit_test(the_newest_pass_is_always_remembered),
        cmocka_unit_test(returned_work_goes_on_as_it_was_taken),
        cmocka_unit_test(what_events_remember),
        cmocka_unit_test(no_promise_while_the_client_owes_an_answer),
        cmocka_unit_test(a_mark_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
