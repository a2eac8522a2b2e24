/* test_notices.c - who is told: the table as a whole, and its resolution into persons */
#include "tests/unit/cases.h"

#include "order-engine/rules/dispatch.h"
#include "order-engine/rules/events.h"
#include "order-engine/rules/notices.h"
#include "tests/unit/scene.h"

/* ---- the table ---- */

static void every_row_makes_sense(void **state)
{
    (void)state;
    for (size_t i = 0; i < notice_rule_count; i++) {
        const struct notice_rule *rule = &notice_rules[i];
        bool of_the_alert = rule->kind == OF_THE_ALERT;
        check_case(of_the_alert == (rule->to == TO_ALERTED), rule->why);
        check_case(of_the_alert || !str_eq(notice_kind_name(rule->kind), "?"), rule->why);
        check_case(event_row_of(rule->event) != NULL, rule->why);
        check_case(rule->to != TO_NOBODY && strlen(rule->why) > 5, rule->why);
        check_case((rule->kind == NOTICE_cards_changed) == (rule->to == TO_CARDS), rule->why);
        check_case((rule->kind == NOTICE_offer) == (rule->to == TO_OFFERED), rule->why);
        bool to_staff = rule->to == TO_MANAGERS || rule->to == TO_STAFF;
        check_case(of_the_alert || notice_class(rule->kind) != SEND_ALERT || to_staff, rule->why);
    }
}

/* A person in two roles is told by kind, so a kind must speak to one role. */
static void a_kind_is_for_one_role(void **state)
{
    (void)state;
    for (size_t i = 0; i < notice_rule_count; i++)
        for (size_t n = 0; n < i; n++) {
            const struct notice_rule *a = &notice_rules[i], *b = &notice_rules[n];
            bool both_staff = a->to >= TO_MANAGERS && a->to <= TO_STAFF && b->to >= TO_MANAGERS &&
                              b->to <= TO_STAFF;
            check_case(a->kind != b->kind || a->to == b->to || both_staff, a->why);
        }
}

static bool tells(enum order_event event, int only, enum recipient to)
{
    for (size_t i = 0; i < notice_rule_count; i++)
        if (notice_rules[i].event == event && notice_rules[i].only == only &&
            notice_rules[i].to == to)
            return true;
    return false;
}

static void every_step_tells_whom_it_concerns(void **state)
{
    (void)state;
    for (size_t i = 0; i < clock_step_count; i++) {
        const struct clock_step_row *step = &clock_steps[i];
        if (step->event == EVENT_ALERT)
            check_case(tells(EVENT_ALERT, (int)step->cause, TO_MANAGERS), step->why);
        if (step->event == EVENT_BREACH)
            check_case(tells(EVENT_BREACH, (int)step->cause, TO_STAFF), step->why);
        if (step->event == EVENT_REMIND)
            check_case(tells(EVENT_REMIND, (int)step->clock, TO_CLIENT) ||
                           tells(EVENT_REMIND, (int)step->clock, TO_CONTRACTOR),
                       step->why);
    }
}

/* ---- the crew ---- */

static void all_on_duty(struct scene *x)
{
    (void)x;
}

static void one_off_duty(struct scene *x)
{
    x->people[MANAGER].on_duty = false;
}

static void one_away(struct scene *x)
{
    x->people[MANAGER].away_until = x->now + DAY_MS;
}

static void all_off_duty(struct scene *x)
{
    one_off_duty(x);
    x->people[MANAGER2].on_duty = false;
}

static void duty_unreachable(struct scene *x) /* the one on duty has blocked the bot */
{
    one_off_duty(x);
    x->people[MANAGER2].reachable = false;
}

static void none_reachable(struct scene *x)
{
    x->people[MANAGER].reachable = x->people[MANAGER2].reachable = false;
}

static void no_managers(struct scene *x)
{
    x->people[MANAGER].roles = x->people[MANAGER2].roles = 0;
}

static void nobody_at_all(struct scene *x)
{
    none_reachable(x);
    x->people[OWNER].reachable = false;
}

static void owner_manages(struct scene *x)
{
    x->people[MANAGER].roles = ROLE_MANAGER | ROLE_OWNER;
}

static void owner_off_duty(struct scene *x)
{
    x->people[OWNER].on_duty = false;
}

/* clang-format off */
static const struct crew_row {
    void (*given)(struct scene *);
    const char *alerted, *broken; /* at 95 %, at 100 % */
    const char *why;
} crew_rows[] = {
/*   given             at 95 %             at 100 %                  why */
    {all_on_duty,      "manager manager2", "manager manager2 owner", "managers; the owner when the promise is broken"},
    {one_off_duty,     "manager2",         "manager2 owner",         "those on duty"},
    {one_away,         "manager2",         "manager2 owner",         "away for a time"},
    {all_off_duty,     "manager manager2", "manager manager2 owner", "all if none is on duty"},
    {duty_unreachable, "manager",          "manager owner",          "who can be reached, if nobody on duty can"},
    {none_reachable,   "owner",            "owner",                  "the next role up, once"},
    {no_managers,      "owner",            "owner",                  "the same if there are none"},
    {nobody_at_all,    "",                 "",                       "the alert stands for the panel"},
    {owner_manages,    "manager manager2", "manager manager2 owner", "a manager who is an owner too: one message"},
    {owner_off_duty,   "manager manager2", "manager manager2 owner", "owners are told off duty as well"},
};
/* clang-format on */

/* Who got this kind. */
static void check_told(struct scene *x, enum notice_kind kind, const char *names, const char *why)
{
    static const char *const words[] = {"client",  "colleague", "outsider", "worker", "worker2",
                                        "worker3", "manager",   "manager2", "owner",  "guest"};
    scoped(buf_fini) struct buf told = {0};
    for (size_t i = 0; i < x->decision.notice_count; i++)
        for (size_t who = 0; who < PEOPLE_COUNT; who++)
            if (x->decision.notices[i].kind == kind &&
                x->decision.notices[i].person_id == x->people[who].id)
                buf_printf(&told, "%s%s", told.len > 0 ? " " : "", words[who]);
    check_case_text(buf_text(&told), names, why);
}

static void the_crew(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(crew_rows); i++) {
        struct scene x;
        scene_init(&x);
        crew_rows[i].given(&x);
        scene_reach(&x, ORDER_NEW);
        scene_do_step(&x, CLOCK_REACTION, STEP_ALERT);
        check_told(&x, NOTICE_alert_not_taken, crew_rows[i].alerted, crew_rows[i].why);
        scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
        check_told(&x, NOTICE_alert_not_taken, crew_rows[i].broken, crew_rows[i].why);
    }
}

/* ---- the client's side ---- */

static void the_others_of_the_account_are_told_instead(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    x.order.client_told[0] = 102; /* as read when the one who ordered cannot be reached */
    x.order.client_told[1] = 103;
    x.order.client_told_count = 2;
    scene_do(&x, EVENT_ASK, WORKER);
    check_case_text(scene_notices(&x), "question colleague; question outsider; cards_changed cards",
                    "each of them");
    scene_do(&x, EVENT_SAY, MANAGER);
    check_case_text(scene_notices(&x),
                    "thread_message colleague; thread_message outsider; thread_message worker",
                    "a manager speaks to both sides");
}

/* Nobody is told what he or she has just said. */
static void speakers_do_not_hear_themselves(void **state)
{
    (void)state;
    static const struct {
        enum cast who;
        unsigned roles;
        const char *expect, *why;
    } speakers[] = {
        {CLIENT,    ROLE_CLIENT | ROLE_MANAGER,     "thread_message worker",                        "not to oneself"              },
        {WORKER,    ROLE_CONTRACTOR | ROLE_MANAGER, "thread_message client",                        "nor as the contractor"       },
        {COLLEAGUE, ROLE_CLIENT,                    "thread_message worker",                        "the client's side has spoken"},
        {PANEL,     0,                              "thread_message client; thread_message worker", "no person"                   },
    };
    for (size_t i = 0; i < ARRAY_LEN(speakers); i++) {
        struct scene x;
        scene_init(&x);
        scene_reach(&x, ORDER_IN_WORK);
        if (speakers[i].who < PEOPLE_COUNT)
            x.people[speakers[i].who].roles = speakers[i].roles;
        scene_do(&x, EVENT_SAY, speakers[i].who);
        check_case_text(scene_notices(&x), speakers[i].expect, speakers[i].why);
    }
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    x.people[MANAGER].id = 101; /* the one who ordered has left the account and manages now */
    scene_do(&x, EVENT_SAY, MANAGER);
    check_case_text(scene_notices(&x), "thread_message worker", "a manager who ordered it");
    scene_do(&x, EVENT_FINISH, WORKER);
    x.people[OWNER].id = 201; /* who did the work has become the owner */
    scene_do(&x, EVENT_SAY, OWNER);
    check_case_text(scene_notices(&x), "thread_message client", "an owner who did it");
}

/* ---- two roles ---- */

static void one_message_for_the_higher_role(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    x.people[MANAGER].id = 101; /* ordered, and manages now */
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    check_case_text(scene_notices(&x),
                    "alert_not_taken client {alert_id:502,level:100,due_at:1h}; "
                    "alert_not_taken manager2 {alert_id:502,level:100,due_at:1h}; "
                    "alert_not_taken owner {alert_id:502,level:100,due_at:1h}; cards_changed cards",
                    "the alert, not that it is late");

    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    x.people[WORKER].id = 101; /* ordered, and is a contractor now */
    scene_do(&x, EVENT_ASSIGN, MANAGER);
    check_case_text(scene_notices(&x), "work_yours client {due_at:25m}; cards_changed cards",
                    "the work replaces the news about it");

    scene_init(&x);
    scene_reach(&x, ORDER_IN_WORK);
    x.people[WORKER2].id = x.people[MANAGER].id; /* manages, and works as a contractor too */
    scene_do(&x, EVENT_GIVE_BACK, WORKER);
    check_told(&x, NOTICE_order_returned, "worker2 manager manager2",
               "managers know that it waits");
    check_told(&x, NOTICE_offer, "worker3", "and are not offered it besides");
}

static void two_different_news_in_one_role_are_two(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    x.account.quota_balance = -9;
    x.people[WORKER].roles = x.people[WORKER2].roles = x.people[WORKER3].roles = 0;
    scene_do(&x, EVENT_CREATE, CLIENT);
    check_case_text(scene_notices(&x),
                    "order_created client {due_at:1h,left:0}; quota_low client {left:0,until:240h}",
                    "accepted, and the last one");
}

/* ---- what the rules' table does not reach, asked directly ---- */

static void recipients_that_are_not_there(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    struct situation s = {.now = x.now, .parameters = &x.parameters, .order = &x.order};
    struct decision *d = &x.decision;
    d->notice_count = d->details_count = 0;
    notices_tell(&s, NOTICE_work_yours, TO_CONTRACTOR, DETAIL_NONE, CLOCK_COUNT, CAUSE_COUNT, d);
    notices_tell(&s, NOTICE_welcome, TO_NOBODY, DETAIL_NONE, CLOCK_COUNT, CAUSE_COUNT, d);
    assert_int_equal(d->notice_count, 0); /* nobody works on it */
    notices_tell(&s, NOTICE_welcome, TO_CLIENT, DETAIL_NONE, CLOCK_COUNT, CAUSE_COUNT, d);
    notices_tell(&s, NOTICE_order_created, TO_CLIENT, DETAIL_NONE, CLOCK_COUNT, CAUSE_COUNT, d);
    check_case_text(scene_notices(&x), "order_created client",
                    "a kind that no rule speaks of is for nobody's role");
}

static void pushes_have_a_limit(void **state)
{
    (void)state;
    static struct person many[DECIDED_NOTICES_MAX + 10];
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_NEW);
    for (size_t i = 0; i < ARRAY_LEN(many); i++)
        many[i] = (struct person){
            .id = 5000 + (int64_t)i, .roles = ROLE_CONTRACTOR, .on_duty = true, .reachable = true};
    struct situation s = {
        .now = x.now,
        .parameters = &x.parameters,
        .order = &x.order,
        .contractors = {many, ARRAY_LEN(many)}
    };
    struct decision *d = &x.decision;
    d->notice_count = d->details_count = 0;
    notices_tell(&s, NOTICE_offer, TO_OFFERED, DETAIL_OFFER, CLOCK_COUNT, CAUSE_COUNT, d);
    assert_int_equal(d->notice_count, DECIDED_NOTICES_MAX);
    assert_int_equal(d->notices[19].not_before, 0);
    assert_int_equal(d->notices[20].not_before, x.now + OFFER_WAVE_PAUSE_MS);
    assert_int_equal(d->notices[DECIDED_NOTICES_MAX - 1].not_before,
                     x.now + 51 * OFFER_WAVE_PAUSE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_makes_sense),
        cmocka_unit_test(a_kind_is_for_one_role),
        cmocka_unit_test(every_step_tells_whom_it_concerns),
        cmocka_unit_test(the_crew),
        cmocka_unit_test(the_others_of_the_account_are_told_instead),
        cmocka_unit_test(speakers_do_not_hear_themselves),
        cmocka_unit_test(one_message_for_the_higher_role),
        cmocka_unit_test(two_different_news_in_one_role_are_two),
        cmocka_unit_test(recipients_that_are_not_there),
        cmocka_unit_test(pushes_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
