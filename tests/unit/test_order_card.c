/* test_order_card.c - every card reads well whatever the facts, shows each what is theirs to see,
 * and has the buttons that fit */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/message.h"
#include "common/base/clock.h"
#include "tests/unit/notice_scene.h"

static void test_every_card_reads_well(void **state)
{
    (void)state;
    static const unsigned views[] = {VIEW_CLIENT, VIEW_WORKER, VIEW_STAFF, VIEW_OFFERED};
    for (size_t v = 0; v < ARRAY_LEN(views); v++) {
        for (int s = 0; s < ORDER_STATE_COUNT; s++) {
            for (int late = 0; late < 2; late++) {
                for (int language = 0; language < LANGUAGE_COUNT; language++) {
                    scoped(notice_facts_fini) struct notice_facts n =
                        facts_of(NOTICE_offer, (enum language)language, late ? 1000 : 1);
                    n.card.order.state = (enum order_state)s;
                    n.card.order.due_at = late ? NOW - 60000 : NOW + 60000;
                    scoped(buf_fini) struct buf html = {0};
                    card_say(&n.card, views[v], &html);
                    check_text(buf_text(&html), order_state_name((enum order_state)s));
                    check_case(visible_units(buf_text(&html)) < MESSAGE_UNITS,
                               order_state_name((enum order_state)s));
                }
            }
        }
    }
}

/* clang-format off */
static const struct { unsigned view; enum order_state state; enum press press; bool offered; const char *why; } offers[] = {
    {VIEW_CLIENT,  ORDER_NEW,            PRESS_cancel,       true,  "nobody has started yet"},
    {VIEW_CLIENT,  ORDER_NEW,            PRESS_cancel_now,   true,  "the second press of it"},
    {VIEW_CLIENT,  ORDER_IN_WORK,        PRESS_cancel,       false, "too late to cancel"},
    {VIEW_CLIENT,  ORDER_IN_WORK,        PRESS_cancel_now,   false, "too late to cancel"},
    {VIEW_CLIENT,  ORDER_WAITING_CLIENT, PRESS_answer,       true,  "a question is open"},
    {VIEW_CLIENT,  ORDER_IN_WORK,        PRESS_answer,       false, "no question is open"},
    {VIEW_CLIENT,  ORDER_DONE,           PRESS_accept,       true,  "the work is done"},
    {VIEW_CLIENT,  ORDER_DONE,           PRESS_stars,        true,  "with words"},
    {VIEW_CLIENT,  ORDER_CLOSED,         PRESS_accept,       false, "accepted already"},
    {VIEW_WORKER,  ORDER_IN_WORK,        PRESS_ask,          true,  "at work"},
    {VIEW_WORKER,  ORDER_WAITING_CLIENT, PRESS_ask,          false, "one question at a time"},
    {VIEW_WORKER,  ORDER_IN_WORK,        PRESS_estimate_for, true,  "no estimate is named yet"},
    {VIEW_WORKER,  ORDER_DONE,           PRESS_finish,       false, "handed over already"},
    {VIEW_OFFERED, ORDER_NEW,            PRESS_take_for,     true,  "it can be taken"},
    {VIEW_OFFERED, ORDER_IN_WORK,        PRESS_take_other,   false, "somebody has it"},
    {VIEW_STAFF,   ORDER_NEW,            PRESS_give,         true,  "a manager rescues it"},
    {VIEW_STAFF,   ORDER_DONE,           PRESS_assign,       false, "nothing to rescue"},
    {VIEW_CLIENT,  ORDER_DONE,           PRESS_rework,       true,  "the work can be returned"},
    {VIEW_CLIENT,  ORDER_CLOSED,         PRESS_rework,       false, "it was accepted"},
    {VIEW_CLIENT,  ORDER_CLOSED,         PRESS_complain,     true,  "at any moment"},
    {VIEW_WORKER,  ORDER_CLOSED,         PRESS_complain,     false, "only clients complain"},
    {VIEW_WORKER,  ORDER_WAITING_CLIENT, PRESS_give_back,    true,  "who cannot do it says so"},
    {VIEW_WORKER,  ORDER_DONE,           PRESS_give_back,    false, "too late to give it back"},
    {VIEW_STAFF,   ORDER_IN_WORK,        PRESS_reassign_to,  true,  "another contractor can go on"},
    {VIEW_STAFF,   ORDER_NEW,            PRESS_reassign,     false, "nobody has it yet"},
    {VIEW_STAFF,   ORDER_WAITING_CLIENT, PRESS_prolong_to,   true,  "the promise can move"},
    {VIEW_STAFF,   ORDER_DONE,           PRESS_prolong,      false, "the promise is kept"},
    {VIEW_STAFF,   ORDER_IN_WORK,        PRESS_release,      true,  "it can be taken from its contractor"},
    {VIEW_STAFF,   ORDER_NEW,            PRESS_call_off,     true,  "nobody is to be paid"},
    {VIEW_STAFF,   ORDER_IN_WORK,        PRESS_call_off,     false, "the pay is to be asked for"},
    {VIEW_STAFF,   ORDER_DONE,           PRESS_call_off_paid,true,  "done work can be called off, and paid"},
    {VIEW_STAFF,   ORDER_CLOSED,         PRESS_call_off_work,false, "over is over"},
    {VIEW_STAFF,   ORDER_WAITING_CLIENT, PRESS_answer_for,   true,  "in the client's stead"},
    {VIEW_STAFF,   ORDER_DONE,           PRESS_rework_for,   true,  "in the client's stead"},
    {VIEW_STAFF,   ORDER_NEW,            PRESS_speak_to,     false, "there is no thread yet"},
    {VIEW_CLIENT,  ORDER_CLOSED,         PRESS_menu,         true,  "no button of a card: always fits"},
};
/* clang-format on */

static void test_buttons_fit_the_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(offers); i++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_offer, LANGUAGE_RU, 1);
        n.card.order.state = offers[i].state;
        check_case(card_offers(&n.card, offers[i].view, offers[i].press) == offers[i].offered,
                   offers[i].why);
    }
}

/* clang-format off */
static const struct { enum order_state state; bool named; int64_t due_in_ms, rating, ended_ago_ms; unsigned view; enum press press; bool offered; const char *why; } timely[] = {
    {ORDER_IN_WORK,        true,   1,  0, 0,               VIEW_WORKER, PRESS_extend_to,    true,  "a promise that holds may move"},
    {ORDER_IN_WORK,        true,   0,  0, 0,               VIEW_WORKER, PRESS_extend,       false, "a broken one is the managers'"},
    {ORDER_WAITING_CLIENT, true,   0,  0, 0,               VIEW_WORKER, PRESS_extend_other, true,  "the work clock stands, whatever the answer's says"},
    {ORDER_IN_WORK,        false,  1,  0, 0,               VIEW_WORKER, PRESS_extend,       false, "it is to be named first"},
    {ORDER_CLOSED,         true,   0,  0, 7 * DAY_MS - 1,  VIEW_CLIENT, PRESS_mark,         true,  "within the week"},
    {ORDER_CLOSED,         true,   0,  0, 7 * DAY_MS,      VIEW_CLIENT, PRESS_rate,         false, "the week is over"},
    {ORDER_CLOSED,         true,   0,  5, 1,               VIEW_CLIENT, PRESS_mark,         false, "rated already"},
};
/* clang-format on */

static void test_some_buttons_have_their_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(timely); i++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_offer, LANGUAGE_RU, 1);
        struct order_facts *o = &n.card.order;
        int64_t now = n.card.viewer.reader.now_ms;
        o->state = timely[i].state;
        o->estimate_named = timely[i].named;
        o->due_at = now + timely[i].due_in_ms;
        o->rating = timely[i].rating;
        o->ended_at = now - timely[i].ended_ago_ms;
        check_case(card_offers(&n.card, timely[i].view, timely[i].press) == timely[i].offered,
                   timely[i].why);
    }
}

static void test_a_decliner_may_still_take_it(void **state)
{
    (void)state;
    for (int declined = 0; declined < 2; declined++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_offer, LANGUAGE_EN, 1);
        scoped(buf_fini) struct buf html = {0};
        n.card.order.state = ORDER_NEW;
        n.card.declined = declined != 0;
        card_say(&n.card, VIEW_OFFERED, &html);
        assert_true((strstr(html.data, "You have declined it") != NULL) == n.card.declined);
        assert_true(card_offers(&n.card, VIEW_OFFERED, PRESS_take));
        assert_true(card_offers(&n.card, VIEW_OFFERED, PRESS_decline) != n.card.declined);
    }
}

/* The message in which somebody said something becomes the card: it is redrawn and their words
 * stay. */
static void test_what_was_said_stays_on_the_card(void **state)
{
    (void)state;
    static const char *const said[] = {"Отчёт, который клиент перечитает", "", NULL};
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(NOTICE_order_done, LANGUAGE_EN, 1);
        scoped(buf_fini) struct buf html = {0};
        str_free(&n.card.words);
        n.card.words = xstrdup_or_null(said[i]);
        card_say(&n.card, VIEW_CLIENT, &html);
        assert_true((strstr(html.data, "💬") != NULL) == (said[i] && *said[i]));
        assert_true(!said[i] || strstr(html.data, said[i]));
    }
}

/* clang-format off */
static const struct { int kind; const char *line; const char *why; } lines[] = {
    {-1,                         "⤵️ Order №1024: its card is below.",           "a card somebody has opened"},
    {NOTICE_order_created,       "✅ <b>Order №1024</b> is accepted.",           "the promise behind it may be an old one"},
    {NOTICE_offer,               "🆕 <b>Order №1024</b>",                        "the task is on the card"},
    {NOTICE_estimate_set,        NULL,                                           "one line only"},
    {NOTICE_estimate_moved,      NULL,                                           "it names a time"},
    {NOTICE_question,            NULL,                                           "somebody said it"},
    {NOTICE_thread_message,      NULL,                                           "no card at all"},
    {NOTICE_alert_late,          NULL,                                           "an alert stays until it is solved"},
};
/* clang-format on */

static void test_a_former_card_shrinks_to_a_line(void **state)
{
    (void)state;
    struct reader reader = {LANGUAGE_EN, "Europe/Moscow", "Europe/Moscow", NOW};
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        scoped(buf_fini) struct buf html = {0};
        bool shrinks = notice_say_line(lines[i].kind, &reader, 1024, &html);
        check_case(shrinks == (lines[i].line != NULL), lines[i].why);
        if (shrinks) {
            check_case_text(html.data, lines[i].line, lines[i].why);
        }
    }
}

static void test_what_waits_has_its_buttons(void **state)
{
    (void)state;
    scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_orders_wait, LANGUAGE_EN, 1);
    scoped(keyboard_fini) struct keyboard keyboard = {0};
    scoped(buf_fini) struct buf html = {0};
    notice_say(&n, &html);
    notice_buttons(&n, &keyboard);
    assert_true(keyboard.has[PRESS_order] && keyboard.has[PRESS_open]);
    assert_non_null(strstr(html.data, "Orders wait to be taken: 25"));
    assert_non_null(strstr(html.data, "late by 1 min"));
}

/* clang-format off */
static const struct { unsigned roles; int64_t person, account; bool offered, alert; unsigned view; const char *why; } views[] = {
    {ROLE_CLIENT,                   7, 5, false, false, VIEW_CLIENT,  "of the account"},
    {ROLE_CLIENT,                   7, 6, false, false, 0,            "of another account"},
    {ROLE_CONTRACTOR,               8, 0, false, false, VIEW_WORKER,  "who has it"},
    {ROLE_CONTRACTOR,               9, 0, true,  false, VIEW_OFFERED, "to whom it is open"},
    {ROLE_CONTRACTOR,               9, 0, false, false, 0,            "to whom it is not"},
    {ROLE_MANAGER,                  9, 0, false, false, VIEW_STAFF,   "a manager"},
    {ROLE_OWNER | ROLE_CONTRACTOR,  8, 0, false, false, VIEW_WORKER,  "the own work first"},
    {ROLE_OWNER | ROLE_CONTRACTOR,  8, 0, false, true,  VIEW_STAFF,   "but an alert is for the staff"},
    {ROLE_CLIENT,                   7, 5, false, true,  VIEW_CLIENT,  "a client stays one"},
    {0,                             0, 0, true,  false, 0,            "nobody we know"},
};
/* clang-format on */

static void test_who_sees_what(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_offer, LANGUAGE_RU, 1);
        n.card.viewer.roles = views[i].roles;
        n.card.viewer.person_id = views[i].person;
        n.card.viewer.account_id = views[i].account;
        n.card.offered = views[i].offered;
        check_case(card_view(&n.card, views[i].alert) == views[i].view, views[i].why);
    }
}

static void test_contacts_reach_a_client_by_tariff_only(void **state)
{
    (void)state;
    scoped(notice_facts_fini) struct notice_facts n = facts_of(NOTICE_order_taken, LANGUAGE_RU, 1);
    scoped(buf_fini) struct buf with = {0}, without = {0}, card = {0};
    notice_say(&n, &with);
    assert_non_null(strstr(with.data, "tg://user?id=1008"));
    n.card.order.sees_contacts = false;
    notice_say(&n, &without);
    card_say(&n.card, VIEW_CLIENT, &card);
    assert_null(strstr(without.data, "1008"));
    assert_null(strstr(card.data, "1008"));
    assert_null(strstr(card.data, "+7 900"));
}

/* An account is often called like its only client: that is said once. */
static void test_an_accounts_name_is_told_unless_it_is_the_clients(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *account, *client, *line, *why; } names[] = {
        {"Ромашка",  "Клиент 1", "(Ромашка)", "a firm's account"},
        {"Клиент 1", "Клиент 1", NULL,        "said once"},
        {NULL,       "Клиент 1", "()",        "no account known"},
        {"Ромашка",  NULL,       "(Ромашка)", "no client known"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(NOTICE_alert_late, LANGUAGE_RU, 1);
        scoped(buf_fini) struct buf card = {0}, alert = {0};
        str_free(&n.account);
        str_free(&n.card.order.account);
        str_free(&n.card.order.client.name);
        n.card.order.account = xstrdup_or_null(names[i].account);
        n.card.order.client.name = xstrdup_or_null(names[i].client);
        card_say(&n.card, VIEW_STAFF, &card);
        notice_say(&n, &alert);
        const char *line = names[i].line ? names[i].line : "\nКлиент: ";
        check_case(strstr(card.data, line) && strstr(alert.data, line), names[i].why);
        check_case(!strstr(card.data, "(Клиент 1)") && !strstr(alert.data, "(Клиент 1)"),
                   names[i].why);
    }
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_card_reads_well),
        cmocka_unit_test(test_buttons_fit_the_state),
        cmocka_unit_test(test_some_buttons_have_their_time),
        cmocka_unit_test(test_a_decliner_may_still_take_it),
        cmocka_unit_test(test_what_was_said_stays_on_the_card),
        cmocka_unit_test(test_a_former_card_shrinks_to_a_line),
        cmocka_unit_test(test_what_waits_has_its_buttons),
        cmocka_unit_test(test_who_sees_what),
        cmocka_unit_test(test_contacts_reach_a_client_by_tariff_only),
        cmocka_unit_test(test_an_accounts_name_is_told_unless_it_is_the_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
