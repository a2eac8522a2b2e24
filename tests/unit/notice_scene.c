/* notice_scene.c - an order as full of facts as it gets, and people who read of it */
#include "tests/unit/notice_scene.h"

#include "tests/unit/cases.h"

#include "common/base/text.h"

char *many(const char *piece, size_t times)
{
    struct buf b = {0};
    for (size_t i = 0; i < times; i++) {
        buf_add_text(&b, piece);
    }
    return buf_take(&b);
}

struct contact somebody(int64_t id, const char *name)
{
    return (struct contact){id, 1000 + id, xstrdup(name), xstrdup("user"),
                            xstrdup("+7 900 000-00-00")};
}

/* An order as full as it gets; factor 1: of ordinary texts, more: as long as people can make them.
 */
struct notice_facts facts_of(enum notice_kind kind, enum language language, size_t factor)
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
    n.asked_id = 14;
    n.answer = many("Да, ещё <вчера>. ", factor);
    n.answered_by = many("Менеджер 1", factor);
    n.answered_at = NOW;
    n.tariff = xstrdup("VIP");
    n.card.viewer =
        (struct viewer){.person_id = 7, .telegram_id = 1007, .roles = ROLE_CLIENT, .account_id = 5};
    n.card.viewer.zone = xstrdup("Europe/Moscow");
    n.card.viewer.reader = (struct reader){language, n.card.viewer.zone, n.card.viewer.zone, NOW};
    n.card.report = many("Сделано, проверьте. ", factor);
    n.card.words = many("Завтра <к десяти>. ", factor);
    n.card.alert =
        (struct alert_facts){.id = 77, .cause = CAUSE_LATE, .level = 95, .raised_at = NOW};
    return n;
}

/* Plain UTF-16 units, near enough: tags and entities only make it longer. */
void check_text(const char *html, const char *why)
{
    check_case(*html, why);
    check_case(!strchr(html, '{'), html);
    check_case(text_is_utf8(html, strlen(html)), why);
}

size_t visible_units(const char *html)
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
