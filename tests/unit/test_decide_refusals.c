/* test_decide_refusals.c - what is refused, with which words: a role first, then whose order it is,
 * its state, finer reasons */
#include "tests/unit/cases.h"

#include "order-engine/rules/events.h"
#include "tests/unit/scene.h"

/* ---- given ---- */

static void nothing(struct scene *x)
{
    (void)x;
}

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
    x->command.alert_id = SCENE_FIRST_ALERT + 1;
}

static void is_acknowledged(struct scene *x)
{
    is_alerted(x);
    scene_do(x, EVENT_ACKNOWLEDGE, MANAGER);
    scene_wait(x, 3 * MINUTE_MS);
}

/* ---- the subscription ---- */

static void never_paid(struct scene *x)
{
    x->account.has_paid_until = false;
}

static void last_instant(struct scene *x) /* of the paid day, in Moscow: 21:00 UTC */
{
    x->account.paid_until_day = SCENE_BEGAN / DAY_MS;
    x->now = (SCENE_BEGAN / DAY_MS) * DAY_MS + 21 * HOUR_MS - 1;
}

static void instant_after(struct scene *x)
{
    last_instant(x);
    x->now++;
}

static void quota_is_used(struct scene *x)
{
    x->account.quota_balance = -10;
}

static void quota_is_overdrawn(struct scene *x) /* moved to a smaller tariff */
{
    x->account.quota_balance = -12;
}

static void all_are_open(struct scene *x)
{
    x->account.open_orders = 2;
}

static void everything_is_wrong(struct scene *x)
{
    never_paid(x);
    quota_is_used(x);
    all_are_open(x);
}

static void used_and_open(struct scene *x)
{
    quota_is_used(x);
    all_are_open(x);
}

/* ---- the text ---- */

static void no_words(struct scene *x)
{
    x->command.has_text = false;
    x->command.text_len = 0;
}

static void only_files(struct scene *x)
{
    no_words(x);
    x->command.file_count = 1;
}

static void longest_text(struct scene *x)
{
    x->command.text_len = TASK_TEXT_MAX;
    x->command.file_count = ORDER_FILES_MAX;
}

static void too_long(struct scene *x)
{
    x->command.text_len = TASK_TEXT_MAX + 1;
}

static void too_many_files(struct scene *x)
{
    x->command.file_count = ORDER_FILES_MAX + 1;
}

static void longest_reason(struct scene *x)
{
    is_new(x);
    x->command.text_len = REASON_TEXT_MAX;
}

static void too_long_reason(struct scene *x)
{
    is_new(x);
    x->command.text_len = REASON_TEXT_MAX + 1;
}

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

static void member_takes(struct scene *x)
{
    is_new(x);
    x->people[WORKER].account_id = SCENE_ACCOUNT;
}

static void member_of_another(struct scene *x)
{
    is_new(x);
    x->people[WORKER].account_id = SCENE_OTHER_ACCOUNT;
}

static void member_before_the_window(struct scene *x)
{
    is_pinned(x);
    x->people[WORKER].account_id = SCENE_ACCOUNT;
}

static void off_duty(struct scene *x)
{
    is_new(x);
    x->people[WORKER].on_duty = false;
}

static void away(struct scene *x)
{
    is_new(x);
    x->people[WORKER].away_until = x->now + 1;
}

static void back(struct scene *x)
{
    is_new(x);
    x->people[WORKER].away_until = x->now;
}

static void at_limit(struct scene *x)
{
    is_new(x);
    x->people[WORKER].open_orders = 1;
}

static void off_duty_at_limit(struct scene *x)
{
    off_duty(x);
    x->people[WORKER].open_orders = 1;
}

static void higher_limit(struct scene *x)
{
    at_limit(x);
    x->parameters.CONTRACTOR_MAX_ORDERS = 2;
}

static void no_estimate(struct scene *x)
{
    is_new(x);
    x->command.estimate_minutes = 0;
}

static void longest_estimate(struct scene *x)
{
    is_new(x);
    x->command.estimate_minutes = 24 * 60;
}

static void too_long_estimate(struct scene *x)
{
    is_new(x);
    x->command.estimate_minutes = 24 * 60 + 1;
}

static void off_duty_no_estimate(struct scene *x)
{
    off_duty(x);
    x->command.estimate_minutes = 0;
}

static void too_long_when_assigned(struct scene *x)
{
    assigned(x);
    x->command.estimate_minutes = 24 * 60 + 1;
}

/* ---- assigning ---- */

static void to_nobody(struct scene *x)
{
    is_new(x);
    x->target = PEOPLE_COUNT;
}

static void to_a_former(struct scene *x)
{
    is_new(x);
    x->people[WORKER].roles = 0;
}

static void to_a_member(struct scene *x)
{
    member_takes(x);
}

static void to_who_is_away_and_busy(struct scene *x)
{
    off_duty_at_limit(x);
    x->people[WORKER].reachable = false;
}

static void to_a_member_of_another(struct scene *x)
{
    member_of_another(x);
}

/* ---- the mark ---- */

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

static void no_reason(struct scene *x)
{
    is_new(x);
    no_words(x);
}

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

static void pays_nobody(struct scene *x)
{
    is_new(x);
    x->command.pay = x->command.pay_given = true;
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
static const struct row {
    void (*given)(struct scene *);
    enum order_event when;
    enum cast        who;
    const char      *expect, *why;
} rows[] = {
/*   given                     when                who        expect                                why */
    {nothing,                  EVENT_CREATE,       GUEST,     "not_invited",                        "a person without any role"},
    {nothing,                  EVENT_CREATE,       UNKNOWN,   "not_invited",                        "nobody we know"},
    {nothing,                  EVENT_CREATE,       WORKER,    "not_your_role",                      "contractors do not order"},
    {nothing,                  EVENT_CREATE,       PANEL,     "not_your_role",                      "nor does the panel"},
    {nothing,                  EVENT_CREATE,       OUTSIDER,  "no_account",                         "a client whose account is not there"},
    {is_new,                   EVENT_CREATE,       CLIENT,    "wrong_state state=new",              "it is there already"},
    {never_paid,               EVENT_CREATE,       CLIENT,    "not_paid_yet",                       "nobody ever paid"},
    {last_instant,             EVENT_CREATE,       CLIENT,    "",                                   "valid to the end of the day"},
    {instant_after,            EVENT_CREATE,       CLIENT,    "subscription_ended until=6h46m40s",  "and not longer: midnight in Moscow"},
    {quota_is_used,            EVENT_CREATE,       CLIENT,    "quota_used until=240h",              "none is left until the month ends"},
    {quota_is_overdrawn,       EVENT_CREATE,       CLIENT,    "quota_used until=240h",              "less than none is none"},
    {all_are_open,             EVENT_CREATE,       CLIENT,    "too_many_open limit=2",              "the tariff's limit at once"},
    {everything_is_wrong,      EVENT_CREATE,       CLIENT,    "not_paid_yet",                       "who does not pay need not wait"},
    {used_and_open,            EVENT_CREATE,       CLIENT,    "quota_used until=240h",              "the quota before what is open"},
    {no_words,                 EVENT_CREATE,       CLIENT,    "empty_text",                         "neither words nor files"},
    {only_files,               EVENT_CREATE,       CLIENT,    "",                                   "a picture says it"},
    {longest_text,             EVENT_CREATE,       CLIENT,    "",                                   "as long as allowed, as many files"},
    {too_long,                 EVENT_CREATE,       CLIENT,    "text_too_long limit=20000",          "one character more"},
    {too_many_files,           EVENT_CREATE,       CLIENT,    "too_many_files limit=50",            "one file more"},

    {nothing,                  EVENT_CANCEL,       CLIENT,    "no_such_order",                      "no order of that number"},
    {nothing,                  EVENT_TAKE,         GUEST,     "no_such_order",                      "whoever asks"},
    {in_work,                  ORDER_EVENT_COUNT,  CLIENT,    "moot",                               "an event nobody knows"},
    {nothing,                  EVENT_RATE,         CLIENT,    "no_such_order",                      "a mark for nothing"},

    {is_new,                   EVENT_ADD_DETAILS,  OUTSIDER,  "not_your_order",                     "of another account"},
    {in_work,                  EVENT_ADD_DETAILS,  CLIENT,    "wrong_state state=in_work",          "it has been taken: say it in the thread"},
    {in_work,                  EVENT_CANCEL,       OUTSIDER,  "not_your_order",                     "whose order it is comes before its state"},
    {in_work,                  EVENT_CANCEL,       CLIENT,    "wrong_state state=in_work",          "too late"},
    {closed,                   EVENT_CANCEL,       CLIENT,    "wrong_state state=closed",           "it is over"},
    {is_new,                   EVENT_CANCEL,       WORKER,    "not_your_role",                      "a contractor"},
    {longest_reason,           EVENT_CANCEL,       CLIENT,    "",                                   "a long reason"},
    {too_long_reason,          EVENT_CANCEL,       CLIENT,    "text_too_long limit=2000",           "too long a reason"},

    {no_reason,                EVENT_CANCEL,       MANAGER,   "empty_text",                         "a manager says why"},
    {in_work,                  EVENT_CANCEL,       WORKER,    "not_your_role",                      "a contractor gives back"},
    {pays_nobody,              EVENT_CANCEL,       MANAGER,   "nobody_to_pay",                      "nobody had it"},
    {cancelled,                EVENT_CANCEL,       OWNER,     "wrong_state state=cancelled",        "once is enough"},

    {is_new,                   EVENT_TAKE,         CLIENT,    "not_your_role",                      "clients do not take orders"},
    {in_work,                  EVENT_TAKE,         WORKER2,   "taken_already at=10m",               "somebody was faster"},
    {done,                     EVENT_TAKE,         WORKER2,   "taken_already at=10m",               "long ago"},
    {cancelled,                EVENT_TAKE,         WORKER,    "wrong_state state=cancelled",        "nobody has it"},
    {member_takes,             EVENT_TAKE,         WORKER,    "own_account",                        "of the own account"},
    {member_of_another,        EVENT_TAKE,         WORKER,    "",                                   "of somebody else's"},
    {member_before_the_window, EVENT_TAKE,         WORKER,    "own_account",                        "that comes first: it will not open to this one"},
    {is_pinned,                EVENT_TAKE,         WORKER,    "not_offered",                        "the window of the pinned ones"},
    {off_duty,                 EVENT_TAKE,         WORKER,    "off_duty",                           "away"},
    {away,                     EVENT_TAKE,         WORKER,    "off_duty",                           "away for a time"},
    {back,                     EVENT_TAKE,         WORKER,    "",                                   "back since this instant"},
    {at_limit,                 EVENT_TAKE,         WORKER,    "at_limit limit=1",                   "one at a time"},
    {higher_limit,             EVENT_TAKE,         WORKER,    "",                                   "two at a time"},
    {off_duty_at_limit,        EVENT_TAKE,         WORKER,    "off_duty",                           "away before busy"},
    {no_estimate,              EVENT_TAKE,         WORKER,    "estimate_range limit=24",            "no time at all"},
    {longest_estimate,         EVENT_TAKE,         WORKER,    "",                                   "the whole day"},
    {too_long_estimate,        EVENT_TAKE,         WORKER,    "estimate_range limit=24",            "a minute more"},
    {off_duty_no_estimate,     EVENT_TAKE,         WORKER,    "off_duty",                           "who may not take it need not promise"},

    {is_new,                   EVENT_ASSIGN,       WORKER,    "not_your_role",                      "contractors take, managers assign"},
    {in_work,                  EVENT_ASSIGN,       MANAGER,   "wrong_state state=in_work",          "somebody has it"},
    {to_nobody,                EVENT_ASSIGN,       MANAGER,   "no_such_person",                     "no such contractor"},
    {to_a_former,              EVENT_ASSIGN,       MANAGER,   "not_active",                         "works here no more"},
    {to_a_member,              EVENT_ASSIGN,       MANAGER,   "own_account",                        "nobody is assigned the own account's order"},
    {to_a_member_of_another,   EVENT_ASSIGN,       MANAGER,   "",                                   "of another account"},
    {to_who_is_away_and_busy,  EVENT_ASSIGN,       MANAGER,   "",                                   "a manager decides"},

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
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct scene x;
        scene_init(&x);
        row->given(&x);
        scene_try(&x, row->when, row->who);
        scoped(str_free) char *why = xasprintf("%s: %s", order_event_name(row->when), row->why);
        check_case_text(scene_refusal(&x), row->expect, why);
    }
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
