/* test_refusals_until_taken.c - what is refused of an order that nobody has yet: to order, to take,
 * to assign */
#include "tests/unit/cases.h"

#include "order-engine/rules/events.h"
#include "tests/unit/refusals.h"

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

/* ---- what managers do ---- */

static void no_reason(struct scene *x)
{
    is_new(x);
    no_words(x);
}

static void pays_nobody(struct scene *x)
{
    is_new(x);
    x->command.pay = x->command.pay_given = true;
}

/* clang-format off */
static const struct refusal_case rows[] = {
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
};
/* clang-format on */

static void refusals(void **state)
{
    (void)state;
    refusals_check(rows, ARRAY_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
