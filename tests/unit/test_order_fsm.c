/* test_order_fsm.c - the state table as a whole: complete, without contradictions, and as it was
 * reviewed */
#include "tests/unit/golden.h"

#include "order-engine/rules/clocks.h"
#include "order-engine/rules/events.h"
#include "order-engine/rules/notices.h"
#include "order-engine/rules/order_fsm.h"
#include "tests/unit/scene.h"

#define ALL_STATES ((1u << ORDER_STATE_COUNT) - 1)

static int to_of(const struct order_rule *rule, int from)
{
    return rule->to == SAME_STATE ? from : rule->to;
}

static void it_is_the_reviewed_one(void **state)
{
    (void)state;
    golden_check("order-fsm.mmd", order_fsm_print);
}

static void every_row_makes_sense(void **state)
{
    (void)state;
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        check_case(strlen(rule->why) > 10, order_event_name(rule->event));
        check_case(rule->from != 0 && rule->who != 0, rule->why);
        check_case(rule->to == SAME_STATE || (rule->to >= 0 && rule->to < ORDER_STATE_COUNT),
                   rule->why);
        check_case(rule->effects < EFFECT(ORDER_EFFECT_COUNT), rule->why);
    }
}

static void every_state_is_reached(void **state)
{
    (void)state;
    unsigned reached = FROM_NOTHING, before;
    do {
        before = reached;
        for (size_t i = 0; i < order_rule_count; i++)
            for (int from = 0; from <= ORDER_NONE; from++)
                if ((order_rules[i].from & reached & (1u << from)) != 0)
                    reached |= 1u << to_of(&order_rules[i], from);
    } while (reached != before);
    for (int s = 0; s <= ORDER_NONE; s++)
        check_case((reached & (1u << s)) != 0, order_state_name((enum order_state)s));
}

/* Marks, complaints and what managers make of them come later, and change nothing of the end. */
static void what_is_over_is_over(void **state)
{
    (void)state;
    for (size_t i = 0; i < order_rule_count; i++)
        check_case((order_rules[i].from & (FROM(CLOSED) | FROM(CANCELLED))) == 0 ||
                       order_rules[i].to == SAME_STATE,
                   order_rules[i].why);
}

static void only_creation_begins_with_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < order_rule_count; i++)
        check_case(
            (order_rules[i].from == FROM_NOTHING) == (order_rules[i].event == EVENT_CREATE) &&
                ((order_rules[i].from & FROM_NOTHING) == 0 || order_rules[i].from == FROM_NOTHING),
            order_rules[i].why);
}

static void no_two_rows_compete(void **state)
{
    (void)state;
    for (size_t i = 0; i < order_rule_count; i++)
        for (size_t n = i + 1; n < order_rule_count; n++) {
            const struct order_rule *a = &order_rules[i], *b = &order_rules[n];
            bool one_or_other = a->guard == GUARD_OWN_STAYS && b->guard == GUARD_OWN_LEFT;
            check_case(one_or_other || a->event != b->event || (a->from & b->from) == 0 ||
                           (a->who & b->who) == 0,
                       b->why);
        }
}

static bool has_rule(enum order_event event)
{
    for (size_t i = 0; i < order_rule_count; i++)
        if (order_rules[i].event == event)
            return true;
    return false;
}

static void rules_and_event_rows_belong_together(void **state)
{
    (void)state;
    for (int event = 0; event < ORDER_EVENT_COUNT; event++) {
        const struct event_row *row = event_row_of((enum order_event)event);
        const char *name = order_event_name((enum order_event)event);
        check_case(has_rule((enum order_event)event) == (row != NULL), name);
        if (row == NULL)
            continue;
        check_case(row->event == (enum order_event)event, name);
        check_case((row->message_kind >= 0) == (row->text_max > 0), name);
        check_case(row->words_from == 0 || row->message_kind >= 0, name);
    }
}

/* What is only said leaves the order as it is: such a row must entail nothing. */
static void what_is_only_said_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        const struct event_row *row = event_row_of(rule->event);
        if (!row->only_said)
            continue;
        check_case(rule->effects == 0 && row->write == NULL, rule->why);
        for (int from = 0; from < ORDER_STATE_COUNT; from++)
            check_case((rule->from & (1u << from)) == 0 || to_of(rule, from) == from, rule->why);
    }
}

static void deadlines_are_times_business(void **state)
{
    (void)state;
    for (size_t i = 0; i < order_rule_count; i++)
        check_case(!event_row_of(order_rules[i].event)->is_deadline ||
                       order_rules[i].who == ROLE_SYSTEM,
                   order_rules[i].why);
}

static void every_effect_is_used(void **state)
{
    (void)state;
    uint64_t used = 0;
    for (size_t i = 0; i < order_rule_count; i++)
        used |= order_rules[i].effects;
    assert_int_equal(used, EFFECT(ORDER_EFFECT_COUNT) - 1);
}

/* The states in which a clock can run: those that its start leads to, and on from there while
 * nothing stops it. */
static unsigned states_of_clock(uint64_t starts, uint64_t stops)
{
    unsigned states = 0, before;
    do {
        before = states;
        for (size_t i = 0; i < order_rule_count; i++)
            for (int from = 0; from <= ORDER_NONE; from++) {
                const struct order_rule *rule = &order_rules[i];
                if ((rule->from & (1u << from)) == 0)
                    continue;
                if ((rule->effects & starts) != 0 ||
                    ((states & (1u << from)) != 0 && (rule->effects & stops) == 0))
                    states |= 1u << to_of(rule, from);
            }
    } while (states != before);
    return states;
}

static void clocks_run_where_their_steps_have_rules(void **state)
{
    (void)state;
    static const struct {
        enum sla_clock clock;
        uint64_t starts, stops;
        unsigned states;
    } rows[] = {
        {CLOCK_REACTION,   START_REACTION,                 STOP_REACTION,                FROM(NEW)           },
        {CLOCK_WORK,       START_WORK | RESUME_WORK,       STOP_WORK | PAUSE_WORK,       FROM(IN_WORK)       },
        {CLOCK_CONFIRM,    START_CONFIRM | RESUME_CONFIRM, STOP_CONFIRM | PAUSE_CONFIRM,
         FROM(IN_WORK)                                                                                       },
        {CLOCK_ANSWER,     START_ANSWER,                   STOP_ANSWER,                  FROM(WAITING_CLIENT)},
        {CLOCK_ACCEPTANCE, START_ACCEPTANCE,               STOP_ACCEPTANCE,              FROM(DONE)          },
    };
    assert_int_equal(ARRAY_LEN(rows), ORDER_CLOCK_COUNT);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_int_equal(states_of_clock(rows[i].starts, rows[i].stops), rows[i].states);
        const struct clock_step_row *step;
        for (size_t position = 0; (step = clock_step_at(rows[i].clock, position)) != NULL;
             position++) {
            unsigned from = 0;
            for (size_t n = 0; n < order_rule_count; n++)
                if (order_rules[n].event == step->event && order_rules[n].who == ROLE_SYSTEM)
                    from |= order_rules[n].from;
            check_case((from & rows[i].states) == rows[i].states, step->why);
        }
    }
}

static void an_alert_is_solved_wherever_its_cause_can_end(void **state)
{
    (void)state;
    static const struct {
        uint64_t solves;
        unsigned states; /* in which the cause can stand */
    } rows[] = {
        {SOLVE_NOT_TAKEN,   FROM(NEW)                                                    },
        {SOLVE_LATE,        FROM(IN_WORK) | FROM(WAITING_CLIENT)                         },
        {SOLVE_UNCONFIRMED, FROM(IN_WORK) | FROM(WAITING_CLIENT)                         },
        {SOLVE_NO_ANSWER,   FROM(WAITING_CLIENT)                                         },
        {SOLVE_UNREACHABLE, FROM(NEW) | FROM(IN_WORK) | FROM(WAITING_CLIENT) | FROM(DONE)},
        {SETTLE_ALERT,      ALL_STATES                                                   }, /* complaint, low_rating, reworked: only a manager ends them */
    };
    assert_int_equal(ARRAY_LEN(rows), CAUSE_COUNT - 2);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (size_t n = 0; n < order_rule_count; n++)
            for (int from = 0; from < ORDER_STATE_COUNT; from++) {
                bool leaves = (order_rules[n].from & rows[i].states & (1u << from)) != 0 &&
                              (rows[i].states & (1u << to_of(&order_rules[n], from))) == 0;
                check_case(!leaves || (order_rules[n].effects & rows[i].solves) != 0,
                           order_rules[n].why);
            }
}

/* No manager keeps a card of an alert that is solved, or that somebody is on. */
static void cards_are_redrawn_with_the_alerts(void **state)
{
    (void)state;
    uint64_t alerts = SETTLE_ALERT | SOLVE_NOT_TAKEN | SOLVE_LATE | SOLVE_UNCONFIRMED |
                      SOLVE_NO_ANSWER | SOLVE_UNREACHABLE | ACKNOWLEDGE_ALERT;
    for (size_t i = 0; i < order_rule_count; i++) {
        bool redrawn = (order_rules[i].effects & alerts) == 0;
        for (size_t n = 0; n < notice_rule_count; n++)
            redrawn = redrawn || (notice_rules[n].event == order_rules[i].event &&
                                  notice_rules[n].to == TO_CARDS);
        check_case(redrawn, order_rules[i].why);
    }
}

/* What is looked for, and by whom: with several roles the highest that a row allows. */
static void the_highest_role_that_is_allowed_acts(void **state)
{
    (void)state;
    static const struct {
        enum order_state given;
        enum order_event when;
        enum cast who;
        unsigned roles; /* of that person */
        int64_t account_id;
        enum role expect;
        const char *why;
    } rows[] = {
  /* clang-format off */
        {ORDER_DONE, EVENT_ACCEPT, MANAGER, ROLE_CLIENT | ROLE_MANAGER, SCENE_ACCOUNT, ROLE_MANAGER, "the own order, as a manager"},
        {ORDER_DONE, EVENT_ACCEPT, MANAGER, ROLE_CLIENT | ROLE_MANAGER, SCENE_OTHER_ACCOUNT, ROLE_MANAGER, "of another account: as a manager"},
        {ORDER_DONE, EVENT_ACCEPT, OWNER, ROLE_MANAGER | ROLE_OWNER, 0, ROLE_OWNER, "owner before manager"},
        {ORDER_IN_WORK, EVENT_SAY, WORKER, ROLE_CONTRACTOR | ROLE_OWNER, 0, ROLE_OWNER, "the own order, as the owner"},
        {ORDER_IN_WORK, EVENT_FINISH, WORKER, ROLE_CONTRACTOR | ROLE_OWNER, 0, ROLE_CONTRACTOR, "what only a contractor does"},
        {ORDER_NEW, EVENT_CANCEL, MANAGER, ROLE_CLIENT | ROLE_MANAGER, SCENE_ACCOUNT, ROLE_CLIENT, "the upper row: a client needs no reason"},
        {ORDER_IN_WORK, EVENT_SAY, WORKER2, ROLE_CONTRACTOR | ROLE_OWNER, 0, ROLE_OWNER, "another's order: as the owner"},
        {ORDER_IN_WORK, EVENT_SAY, WORKER, ROLE_CLIENT | ROLE_CONTRACTOR, SCENE_ACCOUNT, ROLE_CONTRACTOR, "who works on it does not speak for the client"},
        {ORDER_DONE, EVENT_ACCEPT, PANEL, 0, 0, ROLE_OWNER, "the panel is an owner"},
  /* clang-format on */
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct scene x;
        scene_init(&x);
        scene_reach(&x, rows[i].given);
        if (rows[i].who < PEOPLE_COUNT) {
            x.people[rows[i].who].roles = rows[i].roles;
            x.people[rows[i].who].account_id = rows[i].account_id;
        }
        scene_try(&x, rows[i].when, rows[i].who);
        check_case_text(scene_refusal(&x), "", rows[i].why);
        check_case(x.decision.role == rows[i].expect, rows[i].why);
    }
}

/* The find function alone: a role that needs a person does not come without one. */
static void nobody_owns_nothing(void **state)
{
    (void)state;
    struct scene x;
    scene_init(&x);
    scene_reach(&x, ORDER_DONE);
    for (unsigned role = ROLE_CLIENT; role <= ROLE_CONTRACTOR; role <<= 1) {
        struct situation s = {
            .now = x.now, .parameters = &x.parameters, .order = &x.order, .acts_as = role};
        struct refused why = {0};
        enum role acted;
        assert_null(order_fsm_find(&s, EVENT_SAY, &acted, &why));
        assert_int_equal(why.why, REFUSE_not_your_order);
    }
}

static void what_a_client_says_is_the_answer_that_was_awaited(void **state)
{
    (void)state;
    static const struct {
        enum order_state given;
        enum cast who;
        enum order_event expect;
        const char *why;
    } rows[] = {
  /* clang-format off */
        {ORDER_WAITING_CLIENT, CLIENT, EVENT_ANSWER, "the one who ordered"},
        {ORDER_WAITING_CLIENT, COLLEAGUE, EVENT_ANSWER, "anybody of the account"},
        {ORDER_WAITING_CLIENT, OUTSIDER, EVENT_SAY, "a client of another account"},
        {ORDER_WAITING_CLIENT, MANAGER, EVENT_SAY, "a manager talks; to answer in the client's stead is another command"},
        {ORDER_WAITING_CLIENT, WORKER, EVENT_SAY, "the contractor adds to the question"},
        {ORDER_WAITING_CLIENT, PANEL, EVENT_SAY, "no person"},
        {ORDER_IN_WORK, CLIENT, EVENT_SAY, "nothing was asked"},
  /* clang-format on */
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct scene x;
        scene_init(&x);
        scene_reach(&x, rows[i].given);
        scene_try(&x, EVENT_SAY, rows[i].who);
        check_case(x.decision.event == rows[i].expect, rows[i].why);
    }
    struct situation nothing = {0};
    assert_int_equal(order_event_meant(&nothing, EVENT_SAY), EVENT_SAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_reviewed_one),
        cmocka_unit_test(every_row_makes_sense),
        cmocka_unit_test(every_state_is_reached),
        cmocka_unit_test(what_is_over_is_over),
        cmocka_unit_test(only_creation_begins_with_nothing),
        cmocka_unit_test(no_two_rows_compete),
        cmocka_unit_test(rules_and_event_rows_belong_together),
        cmocka_unit_test(what_is_only_said_changes_nothing),
        cmocka_unit_test(deadlines_are_times_business),
        cmocka_unit_test(every_effect_is_used),
        cmocka_unit_test(clocks_run_where_their_steps_have_rules),
        cmocka_unit_test(an_alert_is_solved_wherever_its_cause_can_end),
        cmocka_unit_test(cards_are_redrawn_with_the_alerts),
        cmocka_unit_test(the_highest_role_that_is_allowed_acts),
        cmocka_unit_test(nobody_owns_nothing),
        cmocka_unit_test(what_a_client_says_is_the_answer_that_was_awaited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
