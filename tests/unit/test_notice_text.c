/* test_notice_text.c - every notice and every card reads well whatever the facts: no hole stays
 * open, nothing gets too long */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/message.h"
#include "bot-gateway/texts/notice_table.h"
#include "common/base/clock.h"
#include "common/base/text.h"

#define NOW INT64_C(1795345320000) /* 22 November 2026, 14:02 in Moscow */
#define MESSAGE_UNITS 4096

static char *many(const char *piece, size_t times)
{
    struct buf b = {0};
    for (size_t i = 0; i < times; i++) {
        buf_add_text(&b, piece);
    }
    return buf_take(&b);
}

static struct contact somebody(int64_t id, const char *name)
{
    return (struct contact){id, 1000 + id, xstrdup(name), xstrdup("user"),
                            xstrdup("+7 900 000-00-00")};
}

/* An order as full as it gets; factor 1: of ordinary texts, more: as long as people can make them.
 */
static struct notice_facts facts_of(enum notice_kind kind, enum language language, size_t factor)
{
    struct notice_facts n = {.kind = (int)kind,
                             .due_at = NOW + 3600000,
                             .quota_left = 3,
                             .until = NOW,
                             .amount_minor = 50000,
                             .role = ROLE_CLIENT,
                             .author_role = ROLE_CONTRACTOR,
                             .order_rate = 50000,
                             .pinned = true,
                             .compensated = true,
                             .free_count = 25,
                             .repeat = 2};
    struct order_facts *o = &n.card.order;
    *o = (struct order_facts){.order_id = 1024,
                              .state = ORDER_IN_WORK,
                              .account_id = 5,
                              .created_at = NOW - 3600000,
                              .due_at = NOW + 3600000,
                              .taken_at = NOW - 1800000,
                              .estimate_minutes = 180,
                              .done_at = NOW,
                              .ended_at = NOW,
                              .rating = 5,
                              .rate_minor = 50000,
                              .sees_contacts = true,
                              .files = 2};
    n.account = many("ООО «Ромашка» ", factor);
    o->account = many("ООО «Ромашка» ", factor);
    o->currency = xstrdup("RUB");
    o->task = many("Нужно <b>починить</b> сайт & почту. ", factor);
    o->category = many("Сайт / Site ", factor);
    o->wish = many("до вечера ", factor);
    scoped(str_free) char *name = many("Клиент 1", factor);
    o->client = somebody(7, name);
    o->contractor = somebody(8, name);
    n.third = somebody(9, name);
    for (; n.free_listed < ARRAY_LEN(n.free); n.free_listed++) {
        n.free[n.free_listed] = somebody(10, name);
    }
    for (n.waiting_count = 25; n.waiting_listed < ARRAY_LEN(n.waiting); n.waiting_listed++) {
        n.waiting[n.waiting_listed] =
            (struct waiting_order){1025,
                                   NOW - 3600000,
                                   NOW + (n.waiting_listed == 0 ? -60000 : 60000),
                                   55000,
                                   many("Нужно <b>починить</b> сайт & почту. ", factor),
                                   xstrdup("RUB")};
    }
    n.message = many("Пароль от <почты> сменили? ", factor);
    n.amount_currency = xstrdup("RUB");
    n.currency = xstrdup("RUB");
    n.request_id = 12;
    n.application_id = 13;
    n.asked_id = 14;
    n.answer = many("Да, ещё <вчера>. ", factor);
    n.answered_by = many("Менеджер 1", factor);
    n.answered_at = NOW;
    n.tariff = xstrdup("VIP");
    n.card.viewer =
        (struct viewer){.person_id = 7, .telegram_id = 1007, .roles = ROLE_CLIENT, .account_id = 5};
    n.card.viewer.zone = xstrdup("Europe/Moscow");
    n.card.viewer.reader = (struct reader){language, n.card.viewer.zone, NOW};
    n.card.report = many("Сделано, проверьте. ", factor);
    n.card.words = many("Завтра <к десяти>. ", factor);
    n.card.alert =
        (struct alert_facts){.id = 77, .cause = CAUSE_LATE, .level = 95, .raised_at = NOW};
    return n;
}

/* Plain UTF-16 units, near enough: tags and entities only make it longer. */
static void check_text(const char *html, const char *why)
{
    check_case(*html, why);
    check_case(!strchr(html, '{'), html);
    check_case(text_is_utf8(html, strlen(html)), why);
}

static size_t visible_units(const char *html)
{
    scoped(buf_fini) struct buf plain = {0};
    for (; *html; html++) {
        if (*html == '<') {
            html = strchr(html, '>');
        } else if (*html == '&') {
            html = strchr(html, ';');
            buf_add_char(&plain, '&');
        } else {
            buf_add_char(&plain, *html);
        }
    }
    return text_utf16_units(buf_text(&plain));
}

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

/* ---- cards ---- */

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
    struct reader reader = {LANGUAGE_EN, "Europe/Moscow", NOW};
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
    assert_null(notice_moot(&applied));
    applied.application_id = 0;
    assert_string_equal(notice_moot(&applied), "application answered");
    scoped(notice_facts_fini) struct notice_facts written =
        facts_of(NOTICE_inquiry_sent, LANGUAGE_RU, 1);
    assert_string_equal(notice_moot(&written), "inquiry answered");
    written.answered_at = 0;
    assert_null(notice_moot(&written));
    scoped(buf_fini) struct buf asks = {0};
    notice_say(&written, &asks);
    assert_null(strstr(asks.data, "вчера"));
}

/* clang-format off */
static const struct { enum notice_kind kind; bool declined, unnamed; const char *says, *why; } outcomes[] = {
    {NOTICE_upgrade_answered, false, false, ": VIP",          "the tariff that was granted"},
    {NOTICE_upgrade_answered, false, true,  "seen to",        "seen to in the panel"},
    {NOTICE_upgrade_answered, true,  false, "has declined",   "declined, and why"},
    {NOTICE_upgrade_granted,  false, false, "is VIP now",     "the client's new tariff"},
    {NOTICE_upgrade_granted,  false, true,  "been seen to",   "the panel knows how"},
};

static const struct { enum notice_kind kind; unsigned roles; bool passed, tariff, pass, decline; const char *why; } upgrade_buttons[] = {
    {NOTICE_upgrade_requested, ROLE_OWNER,   false, true,  false, true,  "an owner chooses"},
    {NOTICE_upgrade_requested, ROLE_MANAGER, false, false, true,  true,  "a manager passes it on"},
    {NOTICE_upgrade_requested, ROLE_MANAGER, true,  false, false, true,  "once"},
    {NOTICE_upgrade_passed,    ROLE_MANAGER, true,  false, false, true,  "and may still decline"},
    {NOTICE_upgrade_passed,    ROLE_OWNER,   true,  true,  false, true,  "a manager who is an owner"},
    {NOTICE_upgrade_answered,  ROLE_OWNER,   false, false, false, false, "it is over"},
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
        }
        notice_say(&n, &html);
        check_case(strstr(html.data, outcomes[i].says) != NULL, outcomes[i].why);
    }
    for (size_t i = 0; i < ARRAY_LEN(upgrade_buttons); i++) {
        scoped(notice_facts_fini) struct notice_facts n =
            facts_of(upgrade_buttons[i].kind, LANGUAGE_EN, 1);
        scoped(keyboard_fini) struct keyboard k = {0};
        n.card.viewer.roles = upgrade_buttons[i].roles;
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
        cmocka_unit_test(test_work_that_changed_hands_is_not_spoken_of),
        cmocka_unit_test(test_what_is_not_so_is_not_said),
        cmocka_unit_test(test_every_kind_says_something),
        cmocka_unit_test(test_nothing_gets_too_long),
        cmocka_unit_test(test_every_role_is_welcome),
        cmocka_unit_test(test_every_concern_is_told),
        cmocka_unit_test(test_what_people_wrote_is_escaped),
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
