/* test_decide.c - what follows from everything people do to an order: state, ledgers, clocks, and
 * who is told */
#include "tests/unit/cases.h"

#include "tests/unit/scene.h"

/* ---- given ---- */

static void nothing(struct scene *x)
{
    (void)x;
}

static void two_left(struct scene *x)
{
    x->account.quota_balance = -8;
}

static void one_left(struct scene *x)
{
    x->account.quota_balance = -9;
}

static void own_rate(struct scene *x)
{
    x->account.rate_minor = 70000;
    x->account.sees_contacts = true;
}

static void pins(struct scene *x)
{
    x->account.may_pin = true;
    x->people[WORKER2].pinned = true;
}

static void pins_of_a_tariff_without(struct scene *x)
{
    x->people[WORKER2].pinned = true;
}

static void busy_pin(struct scene *x)
{
    pins(x);
    x->people[WORKER2].open_orders = 1;
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
    x->command.alert_id = 0;
}

static void is_pinned(struct scene *x)
{
    pins(x);
    scene_reach(x, ORDER_NEW);
}

static void unconfirmed(struct scene *x)
{
    scene_reach_assigned(x);
    scene_do_step(x, CLOCK_CONFIRM, STEP_ALERT);
}

static void late(struct scene *x)
{
    scene_reach(x, ORDER_IN_WORK);
    scene_do_step(x, CLOCK_WORK, STEP_ALERT);
    scene_do_step(x, CLOCK_WORK, STEP_BREACH);
}

static void client_is_away(struct scene *x)
{
    scene_reach(x, ORDER_IN_WORK);
    x->order.client_reachable = false;
}

static void unanswered(struct scene *x)
{
    scene_reach(x, ORDER_WAITING_CLIENT);
    scene_do_step(x, CLOCK_ANSWER, STEP_ALERT);
}

static void unreachable_when_done(struct scene *x)
{
    scene_reach(x, ORDER_DONE);
    x->order.alerts[CAUSE_UNREACHABLE] = (struct open_alert){.id = 900, .level = 100};
}

static void rated(struct scene *x)
{
    scene_reach(x, ORDER_DONE);
    x->command.rating = 5;
    x->command.has_text = false;
}

/* ---- what people do ---- */

/* clang-format off */
static const struct row {
    void (*given)(struct scene *);
    enum order_event when;
    enum cast        who;
    const char      *why, *outcome, *clocks, *notices;
} rows[] = {
    {nothing, EVENT_CREATE, CLIENT, "an order",
     "client: nothing > new v1, keeps task, reserves",
     "reaction 1: alert 57m, breach 1h",
     "order_created client {due_at:1h,left:9}; offer worker {due_at:1h,pinned:false}; offer worker2 {due_at:1h,pinned:false}; offer worker3 {due_at:1h,pinned:false}"},
    {two_left, EVENT_CREATE, CLIENT, "one is left: the client is warned",
     "client: nothing > new v1, keeps task, reserves",
     "reaction 1: alert 57m, breach 1h",
     "order_created client {due_at:1h,left:1}; quota_low client {left:1,until:240h}; offer worker {due_at:1h,pinned:false}; offer worker2 {due_at:1h,pinned:false}; offer worker3 {due_at:1h,pinned:false}"},
    {one_left, EVENT_CREATE, CLIENT, "the last one: the quota is used up",
     "client: nothing > new v1, keeps task, reserves",
     "reaction 1: alert 57m, breach 1h",
     "order_created client {due_at:1h,left:0}; quota_low client {left:0,until:240h}; offer worker {due_at:1h,pinned:false}; offer worker2 {due_at:1h,pinned:false}; offer worker3 {due_at:1h,pinned:false}"},
    {own_rate, EVENT_CREATE, CLIENT, "the tariff's own rate",
     "client: nothing > new v1, keeps task, reserves",
     "reaction 1: alert 57m, breach 1h",
     "order_created client {due_at:1h,left:9}; offer worker {due_at:1h,pinned:false}; offer worker2 {due_at:1h,pinned:false}; offer worker3 {due_at:1h,pinned:false}"},
    {pins, EVENT_CREATE, CLIENT, "the pinned contractor first, and nobody else",
     "client: nothing > new v1, keeps task, reserves",
     "reaction 1: open 12m, alert 57m, breach 1h",
     "order_created client {due_at:1h,left:9}; offer worker2 {due_at:1h,pinned:true}"},
    {pins_of_a_tariff_without, EVENT_CREATE, CLIENT, "pins rest under a tariff without",
     "client: nothing > new v1, keeps task, reserves",
     "reaction 1: alert 57m, breach 1h",
     "order_created client {due_at:1h,left:9}; offer worker {due_at:1h,pinned:false}; offer worker2 {due_at:1h,pinned:false}; offer worker3 {due_at:1h,pinned:false}"},
    {busy_pin, EVENT_CREATE, CLIENT, "the pinned one is not free: open to all at once",
     "client: nothing > new v1, keeps task, reserves",
     "reaction 1: alert 57m, breach 1h",
     "order_created client {due_at:1h,left:9}; offer worker {due_at:1h,pinned:false}; offer worker3 {due_at:1h,pinned:false}"},

    {is_new, EVENT_ADD_DETAILS, COLLEAGUE, "anybody of the account; the offers are redrawn",
     "client: new > new v2, keeps details",
     "",
     "cards_changed cards"},
    {is_new, EVENT_CANCEL, CLIENT, "before anybody has taken it",
     "client: new > cancelled v2, keeps reason, returns, erases, withdraws offers",
     "reaction 1 ends",
     "cards_changed cards"},
    {is_alerted, EVENT_CANCEL, COLLEAGUE, "the alert is solved with it",
     "client: new > cancelled v3, keeps reason, returns, solves not_taken 502 at 95, erases, withdraws offers",
     "reaction 1 ends",
     "cards_changed cards"},

    {is_new, EVENT_TAKE, WORKER, "taken with an estimate",
     "contractor: new > in_work v2, withdraws offers",
     "reaction 1 ends; work 1: remind 1h40m, alert 2h4m, breach 2h10m",
     "order_taken client {due_at:2h10m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {is_acknowledged, EVENT_TAKE, WORKER, "the alert is solved, acknowledged or not",
     "contractor: new > in_work v4, solves not_taken 502 at 95, withdraws offers",
     "reaction 1 ends; work 1: remind 2h27m, alert 2h51m, breach 2h57m",
     "order_taken client {due_at:2h57m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {is_pinned, EVENT_TAKE, WORKER2, "the pinned one in the window",
     "contractor: new > in_work v2, withdraws offers",
     "reaction 1 ends; work 1: remind 1h40m, alert 2h4m, breach 2h10m",
     "order_taken client {due_at:2h10m,estimate_minutes:120,contractor_id:202}; cards_changed cards"},
    {is_new, EVENT_ASSIGN, MANAGER, "assigned: the default estimate, and time to name one",
     "manager: new > in_work v2, withdraws offers",
     "reaction 1 ends; work 1: remind 18h10m, alert 22h58m, breach 24h10m; confirm 1: remind 17m30s, alert 25m",
     "order_assigned client {due_at:24h10m,estimate_minutes:1440,contractor_id:201}; work_yours worker {due_at:25m}; cards_changed cards"},
    {is_alerted, EVENT_ASSIGN, PANEL, "by a login of the panel",
     "owner: new > in_work v3, solves not_taken 502 at 95, withdraws offers",
     "reaction 1 ends; work 1: remind 18h57m, alert 23h45m, breach 24h57m; confirm 1: remind 1h4m30s, alert 1h12m",
     "order_assigned client {due_at:24h57m,estimate_minutes:1440,contractor_id:201}; work_yours worker {due_at:1h12m}; cards_changed cards"},
    {is_pinned, EVENT_ASSIGN, OWNER, "a manager is not bound by the window",
     "owner: new > in_work v2, withdraws offers",
     "reaction 1 ends; work 1: remind 18h10m, alert 22h58m, breach 24h10m; confirm 1: remind 17m30s, alert 25m",
     "order_assigned client {due_at:24h10m,estimate_minutes:1440,contractor_id:201}; work_yours worker {due_at:25m}; cards_changed cards"},

    {assigned, EVENT_SET_ESTIMATE, WORKER, "the 100 % moves, the start stays",
     "contractor: in_work > in_work v3",
     "work 1 ends 2: remind 1h40m, alert 2h4m, breach 2h10m; confirm 1 ends",
     "estimate_set client {due_at:2h10m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {unconfirmed, EVENT_SET_ESTIMATE, WORKER, "the alert is solved",
     "contractor: in_work > in_work v4, solves unconfirmed 503 at 100",
     "work 1 ends 2: remind 1h40m, alert 2h4m, breach 2h10m; confirm 1 ends",
     "estimate_set client {due_at:2h10m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},

    {in_work, EVENT_ASK, WORKER, "the clock stands",
     "contractor: in_work > waiting_client v3, keeps question",
     "work 1 ends paused; answer 1: remind 6h20m, alert 24h20m",
     "question client; cards_changed cards"},
    {client_is_away, EVENT_ASK, WORKER, "nobody will answer: managers at once",
     "contractor: in_work > waiting_client v3, keeps question, raises no_answer 503 at 100",
     "work 1 ends paused; answer 1: remind 6h20m",
     "alert_no_answer manager {alert_id:503,level:100,due_at:24h20m}; alert_no_answer manager2 {alert_id:503,level:100,due_at:24h20m}; question client; cards_changed cards"},
    {waiting, EVENT_ANSWER, CLIENT, "the clock goes on",
     "client: waiting_client > in_work v4, keeps answer",
     "work 2: remind 1h50m, alert 2h14m, breach 2h20m; answer 1 ends",
     "answer worker {due_at:2h20m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {waiting, EVENT_SAY, COLLEAGUE, "whatever the client says is the answer",
     "client: waiting_client > in_work v4, keeps answer",
     "work 2: remind 1h50m, alert 2h14m, breach 2h20m; answer 1 ends",
     "answer worker {due_at:2h20m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {unanswered, EVENT_ANSWER, MANAGER, "in the client's stead; the alert is solved",
     "manager: waiting_client > in_work v5, keeps answer, solves no_answer 504 at 100",
     "work 2: remind 25h40m, alert 26h4m, breach 26h10m; answer 1 ends",
     "answer worker {due_at:26h10m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},
    {unanswered, EVENT_RESUME, WORKER, "without the answer; the alert is solved",
     "contractor: waiting_client > in_work v5, solves no_answer 504 at 100",
     "work 2: remind 25h40m, alert 26h4m, breach 26h10m; answer 1 ends",
     "resumed client {due_at:26h10m,estimate_minutes:120,contractor_id:201}; cards_changed cards"},

    {in_work, EVENT_SAY, CLIENT, "to the contractor",
     "client: in_work > in_work v3, keeps say",
     "",
     "thread_message worker"},
    {in_work, EVENT_SAY, WORKER, "to the client",
     "contractor: in_work > in_work v3, keeps say",
     "",
     "thread_message client"},
    {done, EVENT_SAY, OWNER, "to both sides",
     "owner: done > done v4, keeps say",
     "",
     "thread_message client; thread_message worker"},
    {waiting, EVENT_SAY, WORKER, "the contractor's words are no answer",
     "contractor: waiting_client > waiting_client v4, keeps say",
     "",
     "thread_message client"},

    {in_work, EVENT_FINISH, WORKER, "the client is asked to accept",
     "contractor: in_work > done v3, keeps report",
     "work 1 ends; acceptance 1: remind 36h20m, close 72h20m",
     "order_done client {due_at:72h20m}; cards_changed cards"},
    {late, EVENT_FINISH, WORKER, "late, but done: the alert is solved",
     "contractor: in_work > done v5, keeps report, solves late 503 at 100",
     "work 1 ends; acceptance 1: remind 38h10m, close 74h10m",
     "order_done client {due_at:74h10m}; cards_changed cards"},
    {unanswered, EVENT_FINISH, WORKER, "the answer was not needed",
     "contractor: waiting_client > done v5, keeps report, solves no_answer 504 at 100",
     "work; answer 1 ends; acceptance 1: remind 60h20m, close 96h20m",
     "order_done client {due_at:96h20m}; cards_changed cards"},
    {unconfirmed, EVENT_FINISH, WORKER, "done before an estimate was named",
     "contractor: in_work > done v4, keeps report, solves unconfirmed 503 at 100",
     "work 1 ends; confirm 1 ends; acceptance 1: remind 36h25m, close 72h25m",
     "order_done client {due_at:72h25m}; cards_changed cards"},

    {done, EVENT_ACCEPT, CLIENT, "paid and closed",
     "client: done > closed v4, keeps review, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:0}; cards_changed cards"},
    {rated, EVENT_ACCEPT, COLLEAGUE, "with a mark, without words",
     "client: done > closed v4, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:5}; cards_changed cards"},
    {unreachable_when_done, EVENT_ACCEPT, MANAGER, "in the client's stead; the last alert ends",
     "manager: done > closed v4, keeps review, solves unreachable 900 at 100, pays, erases",
     "acceptance 1 ends",
     "order_closed worker {amount_minor:50000,currency:RUB,rating:0}; cards_changed cards"},

    {is_alerted, EVENT_ACKNOWLEDGE, MANAGER, "every copy shows who",
     "manager: new > new v3, acknowledges not_taken 502 at 95",
     "",
     "cards_changed cards"},
};
/* clang-format on */

static void what_people_do(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct scene x;
        scene_init(&x);
        row->given(&x);
        if (row->when == EVENT_ACKNOWLEDGE)
            x.command.alert_id = SCENE_FIRST_ALERT + 1;
        scene_try(&x, row->when, row->who);
        check_case_text(scene_refusal(&x), "", row->why);
        check_case_text(scene_outcome(&x), row->outcome, row->why);
        check_case_text(scene_clocks(&x), row->clocks, row->why);
        check_case_text(scene_notices(&x), row->notices, row->why);
    }
}

/* ---- what is written ---- */

static void terms_are_copied_at_creation(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.command.wish = "before the evening";
    scene_do(&x, EVENT_CREATE, COLLEAGUE);
    const struct order *o = &x.order;
    assert_int_equal(o->id, SCENE_ORDER);
    assert_int_equal(o->month_day, 20697); /* 1 September 2026 */
    assert_int_equal(o->account_id, SCENE_ACCOUNT);
    assert_int_equal(o->ordered_by, 102);
    assert_int_equal(o->created_at, SCENE_BEGAN);
    assert_int_equal(o->billing_month_id, 7);
    assert_int_equal(o->tariff_id, 2);
    assert_int_equal(o->reaction_minutes, 60);
    assert_int_equal(o->rate_minor, 50000); /* ORDER_RATE */
    assert_int_equal(o->bonus_minor, 0);
    assert_string_equal(o->currency, "RUB");
    assert_string_equal(o->wish, "before the evening");
    assert_false(o->sees_contacts);
    assert_true(o->offer_open);
    assert_int_equal(o->client_told_count, 1);
    assert_int_equal(o->client_told[0], 102);
    assert_int_equal(x.decision.due_at, SCENE_BEGAN + HOUR_MS);
    assert_int_equal(x.decision.quota_left, 9);
    assert_false(x.decision.keep_pins);
    assert_string_equal(x.decision.detail,
                        "{\"account_id\":11,\"rate_minor\":50000,\"offer_open\":true}");

    x.order.id = 0;
    own_rate(&x);
    pins(&x);
    x.parameters.ORDER_RATE = 1;
    scene_do(&x, EVENT_CREATE, CLIENT);
    assert_int_equal(x.order.rate_minor, 70000); /* the tariff's */
    assert_true(x.order.sees_contacts);
    assert_true(x.decision.keep_pins);
    assert_int_equal(x.order.pin_count, 1);
    assert_int_equal(x.order.pins[0], 202);
    assert_string_equal(x.decision.detail,
                        "{\"account_id\":11,\"rate_minor\":70000,\"offer_open\":false}");
}

static void the_row_of_the_work(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.target = WORKER2;
    scene_reach_assigned(&x);
    assert_int_equal(x.order.contractor_id, 202);
    assert_int_equal(x.order.taken_at, SCENE_BEGAN + 10 * MINUTE_MS);
    assert_int_equal(x.order.estimate_minutes, 24 * 60);
    assert_false(x.order.estimate_named);
    assert_int_equal(x.decision.due_at, SCENE_BEGAN + 10 * MINUTE_MS + DAY_MS);
    assert_string_equal(x.decision.detail,
                        "{\"contractor_id\":202,\"estimate_minutes\":1440,\"bonus_minor\":0}");

    scene_do(&x, EVENT_SET_ESTIMATE, WORKER2);
    assert_true(x.order.estimate_named);
    assert_int_equal(x.order.estimate_minutes, 120);
    assert_int_equal(x.order.taken_at, SCENE_BEGAN + 10 * MINUTE_MS);
    assert_int_equal(x.decision.due_at, SCENE_BEGAN + 130 * MINUTE_MS);
    assert_true(x.decision.withdraw_reminders);

    scene_wait(&x, MINUTE_MS);
    scene_do(&x, EVENT_FINISH, WORKER2);
    assert_int_equal(x.order.done_at, x.now);
    assert_int_equal(x.order.ended_at, 0);
    assert_int_equal(x.decision.due_at, 0);
    assert_true(x.decision.withdraw_reminders);

    x.command.rating = 4;
    x.order.bonus_minor = 10000;
    scene_do(&x, EVENT_ACCEPT, CLIENT);
    assert_int_equal(x.order.rating, 4);
    assert_int_equal(x.order.ended_at, x.now);
    assert_string_equal(x.decision.detail, "{\"rating\":4,\"amount_minor\":60000}");
    assert_string_equal(x.decision.details[0],
                        "{\"amount_minor\":60000,\"currency\":\"RUB\",\"rating\":4}");
}

static void what_is_only_said_says_so(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    scene_try(&x, EVENT_ADD_DETAILS, CLIENT);
    assert_true(x.decision.only_said);
    scene_try(&x, EVENT_TAKE, WORKER);
    assert_false(x.decision.only_said);
    scene_do(&x, EVENT_TAKE, WORKER);
    scene_try(&x, EVENT_SAY, CLIENT);
    assert_true(x.decision.only_said);
    scene_do(&x, EVENT_ASK, WORKER);
    scene_try(&x, EVENT_SAY, CLIENT); /* the answer: it moves clocks */
    assert_false(x.decision.only_said);
    assert_int_equal(x.decision.event, EVENT_ANSWER);
}

/* Files without a word are a message too; without either there is none to keep. */
static void what_is_kept_of_the_text(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_DONE);
    x.command = (struct order_command){.file_count = 1};
    scene_try(&x, EVENT_ACCEPT, CLIENT);
    assert_int_equal(x.decision.message_kind, MESSAGE_REVIEW);
    x.command = (struct order_command){.rating = 3};
    scene_try(&x, EVENT_ACCEPT, CLIENT);
    assert_int_equal(x.decision.message_kind, -1);
}

/* The same question has the same answer, and looking does not change what was looked at. */
static void deciding_changes_nothing(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    struct order before = x.order;
    scene_try(&x, EVENT_ASK, WORKER);
    struct order after = x.decision.after;
    assert_memory_equal(&before, &x.order, sizeof before);
    x.next_alert--;
    scene_try(&x, EVENT_ASK, WORKER);
    assert_memory_equal(&after, &x.decision.after, sizeof after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_do),           cmocka_unit_test(terms_are_copied_at_creation),
        cmocka_unit_test(the_row_of_the_work),      cmocka_unit_test(what_is_only_said_says_so),
        cmocka_unit_test(what_is_kept_of_the_text), cmocka_unit_test(deciding_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
