/* test_refusals_once_taken.c - what is refused of an order that somebody has or had: its promise,
 * its thread, its end, its mark, complaints and alerts */
#include "tests/unit/cases.h"

#include "order-engine/rules/events.h"
#include "tests/unit/refusals.h"

/* ---- given ---- */

static void is_alerted(struct scene *x)
{
    scene_reach(x, ORDER_NEW);
    scene_do_step(x, CLOCK_REACTION, STEP_ALERT);
    x->command.alert_id = SCENE_FIRST_ALERT + 1;
}

static void is_acknowledged(struct scene *x)
{
    is_alerted(x);
    scene_do(x, EVENT_ACKNOWLEDGE, MANAGER);
    scene_wait(x, 3 * MINUTE_MS);
}

/* ---- the text ---- */

static void asks_nothing(struct scene *x)
{
    in_work(x);
    no_words(x);
}

static void long_report(struct scene *x)
{
    in_work(x);
    too_long(x);
}

/* ---- taking ---- */

static void too_long_when_assigned(struct scene *x)
{
    assigned(x);
    x->command.estimate_minutes = 24 * 60 + 1;
}

/* ---- the mark ---- */

/* Who did the work has become a client of the account. */
static void worker_joins(struct scene *x)
{
    scene_reach(x, ORDER_DONE);
    x->people[WORKER].roles |= ROLE_CLIENT;
    x->people[WORKER].account_id = SCENE_ACCOUNT;
}

static void no_mark(struct scene *x)
{
    done(x);
    x->command.rating = -1;
}

static void best_mark(struct scene *x)
{
    done(x);
    x->command.rating = 5;
}

static void better_than_best(struct scene *x)
{
    done(x);
    x->command.rating = 6;
}

static void another_alert(struct scene *x)
{
    is_alerted(x);
    x->command.alert_id++;
}

static void alert_of_number_0(struct scene *x)
{
    is_new(x);
    x->command.alert_id = 0;
}

/* ---- what managers do ---- */

static void no_reason_at_work(struct scene *x)
{
    asks_nothing(x);
    x->target = WORKER2;
}

static void no_reason_when_done(struct scene *x)
{
    done(x);
    no_words(x);
}

static void to_nobody_else(struct scene *x)
{
    in_work(x);
    x->target = PEOPLE_COUNT;
}

static void to_another_former(struct scene *x)
{
    in_work(x);
    x->target = WORKER2;
    x->people[WORKER2].roles = 0;
}

static void to_no_side(struct scene *x)
{
    in_work(x);
    x->command.addressee = ROLE_MANAGER;
}

/* ---- the promise moves ---- */

static void at_the_end(struct scene *x)
{
    in_work(x);
    x->now = SCENE_BEGAN + 130 * MINUTE_MS;
}

static void before_the_end(struct scene *x)
{
    at_the_end(x);
    x->now--;
}

static void longest_at_work(struct scene *x)
{
    in_work(x);
    x->command.estimate_minutes = 24 * 60;
}

static void too_long_at_work(struct scene *x)
{
    in_work(x);
    x->command.estimate_minutes = 24 * 60 + 1;
}

static void longest_for_managers(struct scene *x)
{
    in_work(x);
    x->command.estimate_minutes = STAFF_ESTIMATE_HOURS_MAX * 60;
}

static void too_long_for_managers(struct scene *x)
{
    longest_for_managers(x);
    x->command.estimate_minutes++;
}

static void given_back(struct scene *x)
{
    in_work(x);
    scene_do(x, EVENT_GIVE_BACK, WORKER);
}

/* ---- after the end ---- */

static void marked(struct scene *x)
{
    closed(x);
    x->command.rating = 2;
}

static void no_mark_when_closed(struct scene *x)
{
    closed(x);
    x->command.rating = 0;
}

static void bad_mark_when_closed(struct scene *x)
{
    closed(x);
    x->command.rating = 6;
}

static void too_late_to_rate(struct scene *x)
{
    marked(x);
    x->now = x->order.ended_at + RATE_DAYS * DAY_MS;
}

static void last_day_to_rate(struct scene *x)
{
    too_late_to_rate(x);
    x->now--;
}

static void rated_once(struct scene *x)
{
    marked(x);
    scene_do(x, EVENT_RATE, CLIENT);
}

static void complained(struct scene *x)
{
    in_work(x);
    scene_do(x, EVENT_COMPLAIN, CLIENT);
    x->command.alert_id = x->order.alerts[CAUSE_COMPLAINT].id;
}

/* clang-format off */
static const struct refusal_case rows[] = {
/*   given                     when                who        expect                                why */
    {is_new,                   EVENT_REASSIGN,     MANAGER,   "wrong_state state=new",              "nobody has it yet: assign"},
    {in_work,                  EVENT_REASSIGN,     WORKER,    "not_your_role",                      "managers"},
    {in_work,                  EVENT_REASSIGN,     MANAGER,   "has_it_already",                     "to the same one"},
    {to_nobody_else,           EVENT_REASSIGN,     MANAGER,   "no_such_person",                     "no such contractor"},
    {to_another_former,        EVENT_REASSIGN,     OWNER,     "not_active",                         "works here no more"},
    {no_reason_at_work,        EVENT_REASSIGN,     OWNER,     "empty_text",                         "both are told why"},

    {in_work,                  EVENT_EXTEND,       CLIENT,    "not_your_role",                      "clients do not promise"},
    {in_work,                  EVENT_EXTEND,       WORKER2,   "not_your_order",                     "another's"},
    {done,                     EVENT_EXTEND,       WORKER,    "wrong_state state=done",             "done already"},
    {no_reason_at_work,        EVENT_EXTEND,       WORKER,    "empty_text",                         "the client is told why"},
    {assigned,                 EVENT_EXTEND,       WORKER,    "estimate_unnamed",                   "the first promise is another command"},
    {at_the_end,               EVENT_EXTEND,       WORKER,    "estimate_over",                      "the promise is broken at its end"},
    {before_the_end,           EVENT_EXTEND,       WORKER,    "",                                   "and holds until then"},
    {longest_at_work,          EVENT_EXTEND,       WORKER,    "",                                   "as long as one may promise"},
    {too_long_at_work,         EVENT_EXTEND,       WORKER,    "estimate_range limit=24",            "a minute more"},
    {too_long_at_work,         EVENT_EXTEND,       MANAGER,   "",                                   "a manager may promise more"},
    {longest_for_managers,     EVENT_EXTEND,       MANAGER,   "",                                   "90 days"},
    {too_long_for_managers,    EVENT_EXTEND,       MANAGER,   "estimate_range limit=2160",          "a minute more"},
    {assigned,                 EVENT_EXTEND,       PANEL,     "",                                   "freely, also before a time is named"},

    {in_work,                  EVENT_GIVE_BACK,    WORKER2,   "not_your_order",                     "another's"},
    {no_reason_at_work,        EVENT_GIVE_BACK,    WORKER,    "empty_text",                         "managers are told why"},
    {done,                     EVENT_GIVE_BACK,    WORKER,    "wrong_state state=done",             "done already"},
    {is_new,                   EVENT_GIVE_BACK,    WORKER,    "not_your_order",                     "nobody's"},
    {given_back,               EVENT_TAKE,         WORKER,    "had_it_already",                     "not again"},
    {given_back,               EVENT_TAKE,         WORKER2,   "",                                   "somebody else"},
    {given_back,               EVENT_ASSIGN,       MANAGER,   "",                                   "a manager may insist"},
    {in_work,                  EVENT_RELEASE,      WORKER,    "not_your_role",                      "a contractor gives back"},
    {no_reason_at_work,        EVENT_RELEASE,      MANAGER,   "empty_text",                         "the contractor is told why"},
    {is_new,                   EVENT_RELEASE,      MANAGER,   "wrong_state state=new",              "nobody has it"},

    {assigned,                 EVENT_SET_ESTIMATE, WORKER2,   "not_your_order",                     "another's"},
    {in_work,                  EVENT_SET_ESTIMATE, WORKER,    "estimate_named",                     "named when it was taken"},
    {waiting,                  EVENT_SET_ESTIMATE, WORKER,    "wrong_state state=waiting_client",   "after the answer"},
    {too_long_when_assigned,   EVENT_SET_ESTIMATE, WORKER,    "estimate_range limit=24",            "too long"},

    {in_work,                  EVENT_ASK,          WORKER2,   "not_your_order",                     "another's"},
    {waiting,                  EVENT_ASK,          WORKER,    "wrong_state state=waiting_client",   "asked already"},
    {asks_nothing,             EVENT_ASK,          WORKER,    "empty_text",                         "a question has words"},
    {in_work,                  EVENT_ANSWER,       CLIENT,    "wrong_state state=in_work",          "nothing was asked"},
    {waiting,                  EVENT_ANSWER,       OUTSIDER,  "not_your_order",                     "another's question"},
    {waiting,                  EVENT_ANSWER,       WORKER,    "not_your_role",                      "the one who asked"},
    {in_work,                  EVENT_RESUME,       WORKER,    "wrong_state state=in_work",          "it goes on already"},
    {waiting,                  EVENT_RESUME,       CLIENT,    "not_your_role",                      "clients answer"},
    {is_new,                   EVENT_SAY,          CLIENT,    "wrong_state state=new",              "to whom"},
    {closed,                   EVENT_SAY,          WORKER,    "wrong_state state=closed",           "it is over"},
    {in_work,                  EVENT_SAY,          WORKER2,   "not_your_order",                     "another's thread"},
    {done,                     EVENT_FINISH,       WORKER,    "wrong_state state=done",             "done already"},
    {asks_nothing,             EVENT_FINISH,       WORKER,    "empty_text",                         "a report has words or files"},
    {long_report,              EVENT_FINISH,       WORKER,    "text_too_long limit=20000",          "too long"},

    {in_work,                  EVENT_ACCEPT,       CLIENT,    "wrong_state state=in_work",          "not done yet"},
    {closed,                   EVENT_ACCEPT,       CLIENT,    "wrong_state state=closed",           "accepted already, paid once"},
    {worker_joins,             EVENT_ACCEPT,       WORKER,    "not_your_order",                     "nobody accepts the own work"},
    {done,                     EVENT_ACCEPT,       OUTSIDER,  "not_your_order",                     "another's"},
    {done,                     EVENT_ACCEPT,       WORKER,    "not_your_role",                      "nobody accepts the own work"},
    {no_mark,                  EVENT_ACCEPT,       CLIENT,    "rating_range",                       "below the worst"},
    {best_mark,                EVENT_ACCEPT,       CLIENT,    "",                                   "the best"},
    {better_than_best,         EVENT_ACCEPT,       CLIENT,    "rating_range",                       "above the best"},

    {in_work,                  EVENT_REWORK,       CLIENT,    "wrong_state state=in_work",          "not done yet"},
    {done,                     EVENT_REWORK,       WORKER,    "not_your_role",                      "who did it"},
    {done,                     EVENT_REWORK,       OUTSIDER,  "not_your_order",                     "another's"},
    {no_reason_when_done,      EVENT_REWORK,       CLIENT,    "empty_text",                         "what is not right"},
    {closed,                   EVENT_REWORK,       CLIENT,    "wrong_state state=closed",           "accepted is accepted"},

    {no_mark_when_closed,      EVENT_RATE,         CLIENT,    "rating_range",                       "a mark is what it is about"},
    {bad_mark_when_closed,     EVENT_RATE,         CLIENT,    "rating_range",                       "above the best"},
    {last_day_to_rate,         EVENT_RATE,         CLIENT,    "",                                   "the last instant of seven days"},
    {too_late_to_rate,         EVENT_RATE,         CLIENT,    "rated_too_late limit=7",             "and not longer"},
    {rated_once,               EVENT_RATE,         COLLEAGUE, "rated_already",                      "one mark per order"},
    {marked,                   EVENT_RATE,         MANAGER,   "not_your_role",                      "a mark is the client's"},
    {cancelled,                EVENT_RATE,         CLIENT,    "wrong_state state=cancelled",        "nothing was done"},
    {done,                     EVENT_RATE,         CLIENT,    "wrong_state state=done",             "with the acceptance"},

    {complained,               EVENT_COMPLAIN,     COLLEAGUE, "complained_already",                 "one at a time"},
    {in_work,                  EVENT_COMPLAIN,     WORKER,    "not_your_role",                      "clients complain"},
    {in_work,                  EVENT_COMPLAIN,     OUTSIDER,  "not_your_order",                     "of the own order"},
    {no_reason_at_work,        EVENT_COMPLAIN,     CLIENT,    "empty_text",                         "what about"},

    {is_alerted,               EVENT_SETTLE,       MANAGER,   "alert_solves_itself",                "somebody must take it"},
    {another_alert,            EVENT_SETTLE,       MANAGER,   "alert_gone",                         "no such alert any more"},
    {complained,               EVENT_SETTLE,       CLIENT,    "not_your_role",                      "managers settle"},
    {to_no_side,               EVENT_SAY,          MANAGER,   "no_such_addressee",                  "a manager is no side"},

    {is_alerted,               EVENT_ACKNOWLEDGE,  WORKER,    "not_your_role",                      "managers and owners"},
    {is_alerted,               EVENT_ACKNOWLEDGE,  PANEL,     "not_your_role",                      "a login is no person whom copies could name"},
    {another_alert,            EVENT_ACKNOWLEDGE,  MANAGER,   "alert_gone",                         "no such alert any more"},
    {alert_of_number_0,        EVENT_ACKNOWLEDGE,  MANAGER,   "alert_gone",                         "none at all"},
    {is_acknowledged,          EVENT_ACKNOWLEDGE,  OWNER,     "alert_has who=301 at=57m",           "somebody is on it"},
    {is_acknowledged,          EVENT_ACKNOWLEDGE,  MANAGER,   "alert_has who=301 at=57m",           "pressed twice"},
    {closed,                   EVENT_ACKNOWLEDGE,  MANAGER,   "alert_gone",                         "nothing stands"},
};
/* clang-format on */

static void refusals(void **state)
{
    (void)state;
    refusals_check(rows, ARRAY_LEN(rows));
}

/* A refusal is nothing but the answer. */
static void a_refusal_decides_nothing(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_DONE);
    scene_do(&x, EVENT_ACCEPT, CLIENT);
    scene_try(&x, EVENT_ACCEPT, CLIENT);
    const struct decision *d = &x.decision;
    assert_int_equal(d->after.version, 0);
    assert_int_equal(d->notice_count + d->alert_count + d->deadline_count + d->details_count, 0);
    assert_int_equal(d->quota, LEDGER_NONE);
    assert_int_equal(d->message_kind, -1);
    assert_false(d->pay || d->erase_credentials || d->withdraw_offers || d->withdraw_reminders ||
                 d->keep_pins);
}

/* Every event in every state by everybody: an answer, whatever it is, and no two people are told by
 * what must not be. */
static void nothing_that_is_asked_breaks_anything(void **state)
{
    (void)state;
    for (int given = 0; given < ORDER_STATE_COUNT; given++)
        for (int event = 0; event < ORDER_EVENT_COUNT; event++)
            for (int who = 0; who <= UNKNOWN; who++) {
                struct scene x;
                scene_init(&x);
                scene_reach(&x, (enum order_state)given);
                x.command.step = STEP_CLOSE;
                scene_try(&x, (enum order_event)event, (enum cast)who);
                bool refused = x.decision.refused.why != REFUSED_NOT;
                bool over = given == ORDER_CLOSED || given == ORDER_CANCELLED;
                check_case(refused || !over || (int)x.decision.after.state == given,
                           order_event_name((enum order_event)event));
                check_case(refused || x.decision.after.version == x.order.version + 1,
                           order_event_name((enum order_event)event));
                check_case(refused || (who != GUEST && who != UNKNOWN && who != OUTSIDER),
                           order_event_name((enum order_event)event));
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals),
        cmocka_unit_test(a_refusal_decides_nothing),
        cmocka_unit_test(nothing_that_is_asked_breaks_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
