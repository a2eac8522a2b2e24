/* test_domain.c - the words of the domain, both ways */
#include "tests/unit/cases.h"

#include "common/wire/domain.h"

/* Every row of a list comes back from its wire name, and no word stands for two values. */
#define ROUND_TRIP(of, list, prefix, name_of, parse)                             \
    do {                                                                         \
        static const struct {                                                    \
            enum of value;                                                       \
            const char *wire;                                                    \
        } rows[] = {list(prefix)};                                               \
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {                           \
            check_case_text(name_of(rows[i].value), rows[i].wire, #list);        \
            check_case(parse(rows[i].wire) == (int)rows[i].value, rows[i].wire); \
        }                                                                        \
        check_case(parse("no such word") == -1, #list);                          \
    } while (0)

#define STATE_ROW(n, w, ...) {ORDER_##n, w},
#define EVENT_ROW(n, w, ...) {EVENT_##n, w},
#define ROLE_ROW(n, w, ...) {ROLE_##n, w},
#define CLOCK_ROW(n, w, ...) {CLOCK_##n, w},
#define STEP_ROW(n, w, ...) {STEP_##n, w},
#define NOTICE_ROW(n, w, ...) {NOTICE_##n, w},
#define CAUSE_ROW(n, w, ...) {CAUSE_##n, w},
#define KIND_ROW(n, w, ...) {MESSAGE_##n, w},
#define CONCERN_ROW(n, w, ...) {CONCERN_##n, w},
#define DIGEST_ROW(n, w, ...) {DIGEST_##n, w},
#define REFUSE_ROW(n, w, ...) {REFUSE_##n, w},

static void words_go_there_and_back(void **state)
{
    (void)state;
    ROUND_TRIP(order_state, ORDER_STATES, STATE_ROW, order_state_name, order_state_parse);
    ROUND_TRIP(order_event, ORDER_EVENTS, EVENT_ROW, order_event_name, order_event_parse);
    ROUND_TRIP(role, ROLES, ROLE_ROW, role_name, role_parse);
    ROUND_TRIP(sla_clock, CLOCKS, CLOCK_ROW, sla_clock_name, sla_clock_parse);
    ROUND_TRIP(clock_step, CLOCK_STEPS, STEP_ROW, clock_step_name, clock_step_parse);
    ROUND_TRIP(notice_kind, NOTICES, NOTICE_ROW, notice_kind_name, notice_kind_parse);
    ROUND_TRIP(alert_cause, ALERT_CAUSES, CAUSE_ROW, alert_cause_name, alert_cause_parse);
    ROUND_TRIP(message_kind, MESSAGE_KINDS, KIND_ROW, message_kind_name, message_kind_parse);
    ROUND_TRIP(concern, CONCERNS, CONCERN_ROW, concern_name, concern_parse);
    ROUND_TRIP(digest, DIGESTS, DIGEST_ROW, digest_name, digest_parse);
    ROUND_TRIP(refusal, REFUSALS, REFUSE_ROW, refusal_name, refusal_parse);
}

static void names_only_there(void **state)
{
    (void)state;
    assert_string_equal(daemon_name(DAEMON_CTL), "itsupportctl");
    assert_string_equal(daemon_name(DAEMON_BOT_GATEWAY), "bot-gateway");
    assert_string_equal(send_class_name(SEND_PRESS), "press");
    assert_string_equal(send_class_name(SEND_BROADCAST), "broadcast");
}

static void what_is_not_in_a_list_has_no_name(void **state)
{
    (void)state;
    assert_string_equal(order_state_name(ORDER_NONE), "?");
    assert_string_equal(order_event_name(ORDER_EVENT_COUNT), "?");
    assert_string_equal(role_name((enum role)3), "?");
    assert_string_equal(sla_clock_name(CLOCK_COUNT), "?");
    assert_string_equal(clock_step_name(CLOCK_STEP_COUNT), "?");
    assert_string_equal(send_class_name(SEND_CLASS_COUNT), "?");
    assert_string_equal(notice_kind_name(NOTICE_COUNT), "?");
    assert_string_equal(alert_cause_name(CAUSE_COUNT), "?");
    assert_string_equal(message_kind_name(MESSAGE_KIND_COUNT), "?");
    assert_string_equal(digest_name(DIGEST_COUNT), "?");
    assert_string_equal(refusal_name(REFUSED_NOT), "?");
    assert_string_equal(daemon_name((enum daemon_id)3), "?");
    assert_string_equal(refusal_sentence(REFUSAL_END), "?");
}

static void refusals_have_sentences(void **state)
{
    (void)state;
    for (int i = REFUSED_NOT + 1; i < REFUSAL_END; i++) {
        const char *sentence = refusal_sentence((enum refusal)i);
        size_t len = strlen(sentence);
        check_case(len > 10 && sentence[len - 1] == '.', refusal_name((enum refusal)i));
    }
    assert_string_equal(refusal_sentence(REFUSE_taken_already), "Already taken at {at}.");
}

static void notices_have_a_class(void **state)
{
    (void)state;
    for (int i = 0; i < NOTICE_COUNT; i++) {
        check_case(notice_class((enum notice_kind)i) < SEND_CLASS_COUNT,
                   notice_kind_name((enum notice_kind)i));
    }
    assert_int_equal(notice_class(NOTICE_alert_late), SEND_ALERT);
    assert_int_equal(notice_class(NOTICE_welcome), SEND_NOTICE);
    assert_true(notice_wants_receipt(NOTICE_offer));
    assert_false(notice_wants_receipt(NOTICE_order_closed));
}

static void concerns_say_what_to_do(void **state)
{
    (void)state;
    for (int i = 0; i < CONCERN_COUNT; i++) {
        check_case(concern_meaning((enum concern)i)[0] != '\0', concern_name((enum concern)i));
        check_case(concern_advice((enum concern)i)[0] != '\0', concern_name((enum concern)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_there_and_back),
        cmocka_unit_test(names_only_there),
        cmocka_unit_test(what_is_not_in_a_list_has_no_name),
        cmocka_unit_test(refusals_have_sentences),
        cmocka_unit_test(notices_have_a_class),
        cmocka_unit_test(concerns_say_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
