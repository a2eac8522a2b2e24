/* test_alert_list.c - several alerts in one message: a line and a button each, never too long */
#include "cases.h"

#include "bot-gateway/texts/alert_list.h"
#include "common/base/text.h"

#define NOW INT64_C(1795345320000) /* 22 November 2026, 14:02 in Moscow */
#define MESSAGE_UNITS 4096
#define MOST ALERT_LIST_MAX

struct facts {
    struct notice_facts each[MOST];
    const struct notice_facts *all[MOST];
    size_t count;
};

static void fill(struct facts *f, size_t count, enum notice_kind kind, enum language language,
                 const char *task, const char *name)
{
    for (f->count = 0; f->count < count; f->count++) {
        struct notice_facts *n = &f->each[f->count];
        *n = (struct notice_facts){.kind = (int)kind, .role = -1, .author_role = -1, .concern = -1};
        n->card.order.order_id = 1001 + (int64_t)f->count;
        n->card.order.task = xstrdup_or_null(task);
        n->card.viewer =
            (struct viewer){.person_id = 7, .telegram_id = 1007, .roles = ROLE_MANAGER};
        n->card.viewer.zone = xstrdup("Europe/Moscow");
        n->card.viewer.reader =
            (struct reader){language, n->card.viewer.zone, n->card.viewer.zone, NOW};
        n->card.alert = (struct alert_facts){.id = 1, .level = 95, .raised_at = NOW};
        n->third = (struct contact){9, 1009, xstrdup(name), NULL, NULL};
        f->all[f->count] = n;
    }
}

static void facts_fini(struct facts *f)
{
    for (size_t i = 0; i < f->count; i++)
        notice_facts_fini(&f->each[i]);
}

static size_t count_of(const char *text, const char *piece)
{
    size_t count = 0;
    for (; (text = strstr(text, piece)) != NULL; text += strlen(piece))
        count++;
    return count;
}

static size_t visible_units(const char *html)
{
    size_t units = 0;
    for (const char *c = html; *c; c++) {
        if (*c == '<')
            c = strchr(c, '>');
        else if (*c == '&')
            c = strchr(c, ';'), units++;
        else if (((unsigned char)*c & 0xc0) != 0x80) /* begins a character */
            units += (unsigned char)*c >= 0xf0 ? 2 : 1;
    }
    return units;
}

/* clang-format off */
static const struct {
    size_t count, lines, buttons;
    bool   more;
    const char *ru, *why;
} cases[] = {
    {2,   2,  2,  false, "2 заказа ждут",    "the least"},
    {5,   5,  5,  false, "5 заказов ждут",   "one row of buttons"},
    {20,  20, 20, false, "20 заказов ждут",  "the most that is shown"},
    {21,  20, 20, true,  "21 заказ ждёт",    "one too many"},
    {100, 20, 20, true,  "100 заказов ждут", "the most there can be"},
};
/* clang-format on */

static void each_has_a_line_and_a_button(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(facts_fini) struct facts f = {0};
        scoped(buf_fini) struct buf html = {0}, buttons = {0};
        scoped(keyboard_fini) struct keyboard keyboard = {.language = LANGUAGE_RU};
        fill(&f, cases[i].count, NOTICE_alert_not_taken, LANGUAGE_RU, "Нужен\nбаннер", "Имя");
        alert_list_say(f.all, f.count, &html);
        alert_list_buttons(f.all, f.count, &keyboard);
        keyboard_print(&keyboard, &buttons);
        check_case(strstr(html.data, cases[i].ru), html.data);
        check_case(count_of(html.data, "<b>Заказ №") == cases[i].lines, cases[i].why);
        check_case(count_of(html.data, "Нужен баннер") == cases[i].lines, cases[i].why);
        check_case(count_of(buttons.data, "\"order:") == cases[i].buttons, cases[i].why);
        check_case((strstr(buttons.data, "\"board:0\"") != NULL) == cases[i].more, cases[i].why);
        check_case(count_of(html.data, "\n") == cases[i].lines + 1 + cases[i].more, cases[i].why);
        check_case(!strchr(html.data, '{'), html.data);
    }
}

static void keeps_the_order(void **state)
{
    (void)state;
    scoped(facts_fini) struct facts f = {0};
    scoped(buf_fini) struct buf html = {0};
    fill(&f, 3, NOTICE_alert_late, LANGUAGE_EN, NULL, "Name");
    alert_list_say((const struct notice_facts *const[]){f.all[2], f.all[0], f.all[1]}, 3, &html);
    const char *first = strstr(html.data, "1003"), *then = strstr(html.data, "1001"),
               *last = strstr(html.data, "1002");
    assert_true(first && then && last && first < then && then < last);
    assert_null(strstr(html.data, " · ")); /* no task, no gap for it */
}

/* Whatever people write, and whatever the alert is about. */
static void never_gets_too_long(void **state)
{
    (void)state;
    struct buf long_text = {0};
    for (int i = 0; i < 500; i++)
        buf_add_text(&long_text, "Очень <длинный> & текст 🛠 ");
    for (int kind = 0; kind < NOTICE_COUNT; kind++) {
        if (notice_class((enum notice_kind)kind) != SEND_ALERT)
            continue;
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            scoped(facts_fini) struct facts f = {0};
            scoped(buf_fini) struct buf html = {0};
            fill(&f, MOST, (enum notice_kind)kind, (enum language)language, long_text.data,
                 long_text.data);
            alert_list_say(f.all, f.count, &html);
            check_case(visible_units(html.data) < MESSAGE_UNITS,
                       notice_kind_name((enum notice_kind)kind));
            check_case(count_of(html.data, "<i>") == count_of(html.data, "</i>"),
                       notice_kind_name((enum notice_kind)kind));
        }
    }
    buf_fini(&long_text);
}

int main(void)
{
    catalogue_init(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_a_line_and_a_button),
        cmocka_unit_test(keeps_the_order),
        cmocka_unit_test(never_gets_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
