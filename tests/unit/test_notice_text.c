/* test_notice_text.c - every notice reads well whatever the facts: no hole stays open, nothing gets
 * too long, what is moot is not sent */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/message.h"
#include "bot-gateway/texts/notice_table.h"
#include "common/base/clock.h"
#include "common/base/text.h"
#include "tests/unit/notice_scene.h"

static void say_every_kind(size_t factor)
{
    for (int kind = 0; kind < NOTICE_COUNT; kind++) {
        const char *why = notice_kind_name((enum notice_kind)kind);
        check_case(notice_row_find(kind), why);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            for (int64_t level = 95; level <= 100; level += 5) {
                scoped(notice_facts_fini) struct notice_facts n =
                    facts_of((enum notice_kind)kind, (enum language)language, factor);
                n.card.alert.level = level;
                n.card.alert.acknowledged_at = level == 100 ? NOW : 0;
                n.card.alert.acknowledged_by = level == 100 ? many("Менеджер 2 ", factor) : NULL;
                scoped(buf_fini) struct buf html = {0};
                bool was_cut = notice_say(&n, &html);
                check_text(buf_text(&html), why);
                check_case(visible_units(buf_text(&html)) < MESSAGE_UNITS, why);
                check_case(was_cut == (factor > 1), why);
            }
        }
    }
}

static void test_every_kind_says_something(void **state)
{
    (void)state;
    say_every_kind(1);
}

static void test_nothing_gets_too_long(void **state)
{
    (void)state;
    say_every_kind(1000);
}

static void test_every_role_is_welcome(void **state)
{
    (void)state;
    for (unsigned role = ROLE_CLIENT; role <= ROLE_OWNER; role <<= 1) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            scoped(notice_facts_fini) struct notice_facts n =
                facts_of(NOTICE_welcome, (enum language)language, 1);
            n.role = (int)role;
            scoped(buf_fini) struct buf html = {0};
            notice_say(&n, &html);
            check_text(buf_text(&html), role_name((enum role)role));
            assert_true(strlen(html.data) > 60);
            scoped(keyboard_fini) struct keyboard keyboard = {.language = (enum language)language};
            notice_buttons(&n, &keyboard);
            check_case(keyboard.in_row == 2 && keyboard.has[PRESS_menu],
                       "what to begin with, and the way to everything else");
        }
    }
}

static void test_every_concern_is_told(void **state)
{
    (void)state;
    for (int concern = 0; concern < CONCERN_COUNT; concern++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            scoped(notice_facts_fini) struct notice_facts n =
                facts_of(NOTICE_watch_report, (enum language)language, 1);
            n.concern = concern;
            n.count = 17;
            n.about_order_id = 1024;
            scoped(buf_fini) struct buf html = {0};
            notice_say(&n, &html);
            check_text(buf_text(&html), concern_name((enum concern)concern));
            assert_non_null(strstr(html.data, "17"));
        }
    }
}

static void test_what_people_wrote_is_escaped(void **state)
{
    (void)state;
    scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_question, LANGUAGE_RU, 1);
    scoped(buf_fini) struct buf html = {0};
    notice_say(&n, &html);
    assert_non_null(strstr(html.data, "&lt;почты&gt;"));
    assert_null(strstr(html.data, "<почты>"));
}
/* ---- moot or not ---- */

/* clang-format off */
static const struct { enum notice_kind kind; enum order_state state; bool withdrawn, removed, offered, named, solved; const char *moot, *why; } moots[] = {
    {NOTICE_offer,            ORDER_NEW,            0, 0, 1, 0, 0, NULL,                    "it stands"},
    {NOTICE_offer,            ORDER_NEW,            1, 0, 1, 0, 0, "withdrawn",             "withdrawn"},
    {NOTICE_offer,            ORDER_IN_WORK,        0, 0, 1, 0, 0, "in_work",               "taken"},
    {NOTICE_offer,            ORDER_NEW,            0, 0, 0, 0, 0, "not offered any more",  "pinned ones only again"},
    {NOTICE_offer,            ORDER_NEW,            0, 1, 1, 0, 0, "person removed",        "who was told is gone"},
    {NOTICE_order_taken,      ORDER_DONE,           0, 0, 0, 0, 0, NULL,                    "told however late"},
    {NOTICE_work_reminder,    ORDER_WAITING_CLIENT, 0, 0, 0, 0, 0, "waiting_client",        "the clock stands"},
    {NOTICE_confirm_reminder, ORDER_IN_WORK,        0, 0, 0, 1, 0, "estimate named",        "it has been named"},
    {NOTICE_confirm_reminder, ORDER_IN_WORK,        0, 0, 0, 0, 0, NULL,                    "it has not"},
    {NOTICE_alert_late,       ORDER_IN_WORK,        0, 0, 0, 0, 1, "alert solved",          "solved"},
    {NOTICE_alert_late,       ORDER_IN_WORK,        0, 0, 0, 0, 0, NULL,                    "it stands"},
    {NOTICE_cards_changed,    ORDER_IN_WORK,        0, 0, 0, 0, 0, "unknown kind",          "nobody is told"},
};
/* clang-format on */

static void test_moot(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(moots); i++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(moots[i].kind, LANGUAGE_RU, 1);
        n.card.order.state = moots[i].state;
        n.card.order.estimate_named = moots[i].named;
        n.withdrawn = moots[i].withdrawn;
        n.card.offered = moots[i].offered;
        n.card.viewer.roles |= ROLE_CONTRACTOR;
        n.card.viewer.person_id = moots[i].removed ? 0 : 7;
        n.card.alert.id = moots[i].solved ? 0 : 77;
        n.card.order.contractor.person_id = n.card.viewer.person_id;
        const char *moot = notice_moot(&n);
        check_case((moot == NULL) == (moots[i].moot == NULL), moots[i].why);
        check_case(!moot || str_eq(moot, moots[i].moot), moots[i].why);
    }
}

/* Of somebody who has lost the role, of a request somebody else has answered. */
static void test_what_has_lost_its_reason(void **state)
{
    (void)state;
    scoped(notice_facts_fini) struct notice_facts offer = facts_of(NOTICE_offer, LANGUAGE_RU, 1);
    offer.card.order.state = ORDER_NEW;
    offer.card.offered = true;
    offer.card.viewer.roles = ROLE_CLIENT;
    assert_string_equal(notice_moot(&offer), "not offered any more");
    scoped(notice_facts_fini) struct notice_facts asked =
        facts_of(NOTICE_upgrade_requested, LANGUAGE_RU, 1);
    assert_null(notice_moot(&asked));
    asked.request_id = 0;
    assert_string_equal(notice_moot(&asked), "request answered");
    asked.kind = NOTICE_upgrade_passed;
    assert_string_equal(notice_moot(&asked), "request answered");
    scoped(notice_facts_fini) struct notice_facts applied =
        facts_of(NOTICE_application_sent, LANGUAGE_RU, 1);
    assert_string_equal(notice_moot(&applied), "answered already");
    applied.answered_at = 0;
    assert_null(notice_moot(&applied));
    scoped(notice_facts_fini) struct notice_facts written =
        facts_of(NOTICE_inquiry_sent, LANGUAGE_RU, 1);
    assert_string_equal(notice_moot(&written), "answered already");
    written.answered_at = 0;
    assert_null(notice_moot(&written));
    scoped(buf_fini) struct buf asks = {0};
    notice_say(&written, &asks);
    assert_null(strstr(asks.data, "вчера"));
}

/* clang-format off */
/* unnamed: neither the tariff nor who has answered is known by name */
static const struct { enum notice_kind kind; bool declined, unnamed; const char *says, *why; } outcomes[] = {
    {NOTICE_upgrade_answered, false, false, ": VIP",          "the tariff that was granted"},
    {NOTICE_upgrade_answered, false, true,  "seen to",        "seen to in the panel"},
    {NOTICE_upgrade_answered, true,  false, "has declined",   "declined, and why"},
    {NOTICE_upgrade_granted,  false, false, "is VIP now",     "the client's new tariff"},
    {NOTICE_upgrade_granted,  false, true,  "been seen to",   "the panel knows how"},
    {NOTICE_application_answered, false, false, "Approved: Менеджер 1", "who has let somebody in"},
    {NOTICE_application_answered, false, true,  "Approved: by a link",  "a link was quicker"},
    {NOTICE_application_answered, true,  false, "Declined: Менеджер 1", "who has not"},
};

#define THE_GROUP 0 /* reads as a manager, under a number below 0 */
static const struct { enum notice_kind kind; unsigned roles; bool passed, tariff, pass, decline; const char *why; } upgrade_buttons[] = {
    {NOTICE_upgrade_requested, ROLE_OWNER,   false, true,  false, true,  "an owner chooses"},
    {NOTICE_upgrade_requested, ROLE_MANAGER, false, false, true,  true,  "a manager passes it on"},
    {NOTICE_upgrade_requested, ROLE_MANAGER, true,  false, false, true,  "once"},
    {NOTICE_upgrade_passed,    ROLE_MANAGER, true,  false, false, true,  "and may still decline"},
    {NOTICE_upgrade_passed,    ROLE_OWNER,   true,  true,  false, true,  "a manager who is an owner"},
    {NOTICE_upgrade_answered,  ROLE_OWNER,   false, false, false, false, "it is over"},
    {NOTICE_upgrade_requested, THE_GROUP,    false, true,  true,  true,  "in the group everybody finds the own button"},
    {NOTICE_upgrade_passed,    THE_GROUP,    true,  true,  false, true,  "it is the owners' now"},
};
/* clang-format on */

static void test_what_becomes_of_a_wish_for_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(outcomes[i].kind, LANGUAGE_EN, 1);
        scoped(buf_fini) struct buf html = {0};
        n.is_declined = outcomes[i].declined;
        if (outcomes[i].unnamed) {
            str_free(&n.tariff);
            str_free(&n.answered_by);
        }
        notice_say(&n, &html);
        check_case(strstr(html.data, outcomes[i].says) != NULL, outcomes[i].why);
    }
    for (size_t i = 0; i < ARRAY_LEN(upgrade_buttons); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(upgrade_buttons[i].kind, LANGUAGE_EN, 1);
        scoped(keyboard_fini) struct keyboard k = {0};
        n.card.viewer.roles =
            upgrade_buttons[i].roles == THE_GROUP ? ROLE_MANAGER : upgrade_buttons[i].roles;
        n.card.viewer.telegram_id = upgrade_buttons[i].roles == THE_GROUP ? -500 : 1007;
        n.is_passed = upgrade_buttons[i].passed;
        notice_buttons(&n, &k);
        check_case(k.has[PRESS_upgrade_tariff] == upgrade_buttons[i].tariff &&
                       k.has[PRESS_upgrade_pass] == upgrade_buttons[i].pass &&
                       k.has[PRESS_upgrade_decline] == upgrade_buttons[i].decline,
                   upgrade_buttons[i].why);
    }
}

/* Whoever is written to about no order answers by a button. */
static void test_what_was_written_can_be_answered(void **state)
{
    (void)state;
    static const struct {
        enum notice_kind kind;
        enum press press;
        const char *why;
    } cases[] = {
        {NOTICE_inquiry_sent,     PRESS_answer_inquiry, "a manager answers"        },
        {NOTICE_inquiry_answer,   PRESS_write_managers, "the client may go on"     },
        {NOTICE_upgrade_declined, PRESS_write_managers, "the client may ask why"   },
        {NOTICE_application_sent, PRESS_turn_down,      "an applicant waits for it"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(cases[i].kind, LANGUAGE_RU, 1);
        scoped(keyboard_fini) struct keyboard k = {0};
        notice_buttons(&n, &k);
        check_case(k.has[cases[i].press], cases[i].why);
    }
    scoped(notice_facts_fini) struct notice_facts over =
        facts_of(NOTICE_inquiry_answered, LANGUAGE_RU, 1);
    scoped(keyboard_fini) struct keyboard none = {0};
    notice_buttons(&over, &none);
    assert_int_equal(none.rows.len, 0);
}

/* In the group people talk to each other, too: whoever replies there is warned. */
static void test_a_reply_in_the_group_goes_to_the_client(void **state)
{
    (void)state;
    static const struct {
        int64_t reader;
        bool said;
        const char *why;
    } cases[] = {
        {-500, true,  "the group"},
        {1007, false, "a manager"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(NOTICE_inquiry_sent, LANGUAGE_EN, 1);
        scoped(buf_fini) struct buf html = {0};
        n.card.viewer.telegram_id = cases[i].reader;
        notice_say(&n, &html);
        check_case((strstr(html.data, "goes to the client") != NULL) == cases[i].said,
                   cases[i].why);
    }
}

static void test_the_last_role_is_the_last(void **state)
{
    (void)state;
    static const struct {
        unsigned roles;
        bool said;
        const char *why;
    } cases[] = {
        {ROLE_CLIENT, false, "others are left"               },
        {0,           true,  "what it means, and whom to ask"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(NOTICE_role_lost, LANGUAGE_EN, 1);
        scoped(buf_fini) struct buf html = {0};
        n.card.viewer.roles = cases[i].roles;
        notice_say(&n, &html);
        check_case((strstr(html.data, "your last one") != NULL) == cases[i].said, cases[i].why);
    }
}

/* What was for the contractor is not said to one who has the order no more. */
static void test_work_that_changed_hands_is_not_spoken_of(void **state)
{
    (void)state;
    static const enum notice_kind kinds[] = {NOTICE_work_yours, NOTICE_work_returned,
                                             NOTICE_work_extended, NOTICE_work_reminder};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(kinds[i], LANGUAGE_EN, 1);
        check_case_text(notice_moot(&n), "somebody else's work", notice_kind_name(kinds[i]));
    }
    scoped(notice_facts_fini) struct notice_facts lost = facts_of(NOTICE_work_lost, LANGUAGE_EN, 1);
    assert_null(notice_moot(&lost));
}

/* The time is named where the clock runs, the sum where there is one. */
static void test_what_is_not_so_is_not_said(void **state)
{
    (void)state;
    static const struct {
        enum notice_kind kind;
        enum order_state state;
        int64_t amount_minor;
        const char *words;
        bool said, compensated;
    } cases[] = {
        {NOTICE_estimate_moved, ORDER_IN_WORK,        0,     "To be done by",  true,  false},
        {NOTICE_estimate_moved, ORDER_WAITING_CLIENT, 0,     "To be done by",  false, false},
        {NOTICE_work_extended,  ORDER_IN_WORK,        0,     "To be done by",  true,  false},
        {NOTICE_work_cancelled, ORDER_CANCELLED,      50000, "earned",         true,  false},
        {NOTICE_work_cancelled, ORDER_CANCELLED,      0,     "earned",         false, false},
        {NOTICE_order_late,     ORDER_NEW,            0,     "does not count", true,  true },
        {NOTICE_order_late,     ORDER_NEW,            0,     "does not count", false, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(cases[i].kind, LANGUAGE_EN, 1);
        scoped(buf_fini) struct buf html = {0};
        n.card.order.state = cases[i].state;
        n.amount_minor = cases[i].amount_minor;
        n.compensated = cases[i].compensated;
        notice_say(&n, &html);
        check_case((strstr(html.data, cases[i].words) != NULL) == cases[i].said, html.data);
    }
}

/* clang-format off */
static const struct { enum alert_cause cause; int64_t acknowledged_at; bool mine, settle, answer; const char *why; } alerts[] = {
    {CAUSE_LATE,       0,   true,  false, false, "nobody is on it; it ends when the work does"},
    {CAUSE_LATE,       NOW, false, false, false, "somebody is"},
    {CAUSE_COMPLAINT,  0,   true,  true,  true,  "a client waits for words"},
    {CAUSE_COMPLAINT,  NOW, false, true,  true,  "whoever is on it answers"},
    {CAUSE_LOW_RATING, NOW, false, true,  false, "whoever is on it settles it"},
    {CAUSE_REWORKED,   0,   true,  true,  false, "time does not solve it"},
};
/* clang-format on */

static void test_an_alert_has_the_buttons_it_needs(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(alerts); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(NOTICE_alert_late, LANGUAGE_RU, 1);
        scoped(keyboard_fini) struct keyboard k = {0};
        n.card.alert.cause = alerts[i].cause;
        n.card.alert.acknowledged_at = alerts[i].acknowledged_at;
        notice_buttons(&n, &k);
        check_case(k.has[PRESS_mine] == alerts[i].mine, alerts[i].why);
        check_case(k.has[PRESS_settle] == alerts[i].settle, alerts[i].why);
        check_case(k.has[PRESS_answer_complaint] == alerts[i].answer, alerts[i].why);
        check_case(k.has[PRESS_prolong] && k.has[PRESS_speak_to], alerts[i].why);
    }
}

static void test_without_an_alert_nobody_need_be_on_it(void **state)
{
    (void)state;
    scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_alert_late, LANGUAGE_RU, 1);
    n.card.alert = (struct alert_facts){0};
    assert_false(card_offers(&n.card, VIEW_STAFF, PRESS_mine));
    assert_false(card_offers(&n.card, VIEW_STAFF, PRESS_settle));
    assert_false(card_offers(&n.card, VIEW_STAFF, PRESS_answer_complaint));
}

static void test_of_a_solved_alert_a_line_is_left(void **state)
{
    (void)state;
    for (int kind = NOTICE_alert_not_taken; kind <= (int)NOTICE_alert_reworked; kind++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of((enum notice_kind)kind, LANGUAGE_RU, 1000);
        scoped(keyboard_fini) struct keyboard k = {0};
        scoped(buf_fini) struct buf html = {0};
        alert_say_over(&n, &html);
        alert_buttons_over(&n, &k);
        check_text(buf_text(&html), notice_kind_name((enum notice_kind)kind));
        assert_null(strchr(html.data, '\n'));
        assert_non_null(strstr(html.data, "№1024"));
        assert_true(k.has[PRESS_order]);
    }
}

/* A contractor is let in with one press; a client needs a tariff first. */
static void test_an_application_is_answered_by_its_role(void **state)
{
    (void)state;
    static const struct {
        enum role role;
        enum press approve;
    } cases[] = {
        {ROLE_CONTRACTOR, PRESS_approve       },
        {ROLE_CLIENT,     PRESS_approve_client}
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(NOTICE_application_sent, LANGUAGE_EN, 1);
        scoped(keyboard_fini) struct keyboard keyboard = {0};
        n.role = (int)cases[i].role;
        notice_buttons(&n, &keyboard);
        assert_true(keyboard.has[cases[i].approve] && keyboard.has[PRESS_turn_down]);
        assert_false(keyboard.has[cases[1 - i].approve]);
    }
}

/* ---- messages ---- */

static void test_messages(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf b = {0};
    scoped(keyboard_fini) struct keyboard k = {.language = LANGUAGE_EN};
    message_print(&b, 0, "a \"b\"", NULL);
    assert_string_equal(
        b.data,
        "{\"method\":\"sendMessage\",\"text\":\"a "
        "\\\"b\\\"\",\"parse_mode\":\"HTML\",\"link_preview_options\":{\"is_disabled\":true}}");
    buf_reset(&b);
    message_print(&b, 5, "a", &k);
    assert_non_null(strstr(b.data, "\"method\":\"editMessageText\",\"message_id\":5"));
    assert_non_null(strstr(b.data, "\"reply_markup\":{\"inline_keyboard\":[]}"));
    keyboard_add(&k, "Main menu", (struct pressed){.press = PRESS_menu});
    keyboard_row(&k);
    keyboard_row(&k);
    keyboard_add(&k, "« Back", (struct pressed){PRESS_order, 3, 0});
    keyboard_pages(&k, (struct pressed){PRESS_orders, 0, 0}, 0, 1);
    keyboard_pages(&k, (struct pressed){PRESS_orders, 0, 0}, 2, 3);
    buf_reset(&b);
    keyboard_print(&k, &b);
    assert_string_equal(
        b.data,
        "{\"inline_keyboard\":[[{\"text\":\"Main "
        "menu\",\"callback_data\":\"menu\"}],[{\"text\":\"« Back\",\"callback_data\":\"order:3\"}],"
        "[{\"text\":\"◀\",\"callback_data\":\"orders:1\"},{\"text\":\"3 / "
        "3\",\"callback_data\":\"orders:2\"},{\"text\":\"▶\",\"callback_data\":\"orders:0\"}]]}");
}

static void test_addresses(void **state)
{
    (void)state;
    int64_t chat_id = 0, message_id = 0;
    assert_int_equal(message_address("photo AgAC -100123 45", &chat_id, &message_id), 0);
    assert_int_equal(chat_id, -100123);
    assert_int_equal(message_id, 45);
    assert_int_equal(message_address("photo AgAC", &chat_id, &message_id), -1);
    assert_true(message_is_line_of("text", "text - 1 2"));
    assert_false(message_is_line_of("text", "texture - 1 2"));
    scoped(buf_fini) struct buf b = {0};
    assert_int_equal(message_print_copy(&b, "voice x 7 8"), 0);
    assert_string_equal(
        b.data,
        "{\"method\":\"copyMessage\",\"from_chat_id\":7,\"message_id\":8,\"caption\":\"\"}");
    assert_int_equal(message_print_copy(&b, "voice"), -1);
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_becomes_of_a_wish_for_more),
        cmocka_unit_test(test_what_was_written_can_be_answered),
        cmocka_unit_test(test_a_reply_in_the_group_goes_to_the_client),
        cmocka_unit_test(test_the_last_role_is_the_last),
        cmocka_unit_test(test_work_that_changed_hands_is_not_spoken_of),
        cmocka_unit_test(test_what_is_not_so_is_not_said),
        cmocka_unit_test(test_every_kind_says_something),
        cmocka_unit_test(test_nothing_gets_too_long),
        cmocka_unit_test(test_every_role_is_welcome),
        cmocka_unit_test(test_every_concern_is_told),
        cmocka_unit_test(test_what_people_wrote_is_escaped),
        cmocka_unit_test(test_moot),
        cmocka_unit_test(test_what_has_lost_its_reason),
        cmocka_unit_test(test_an_alert_has_the_buttons_it_needs),
        cmocka_unit_test(test_without_an_alert_nobody_need_be_on_it),
        cmocka_unit_test(test_of_a_solved_alert_a_line_is_left),
        cmocka_unit_test(test_an_application_is_answered_by_its_role),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
