/* screens_accounts.c - the client accounts as an owner sees them, and as one chooses among them */
#include "bot-gateway/dialog/screens.h"

#include "common/base/clock.h"
#include "common/base/zone.h"

/* ---- a page of them ---- */

enum listed_column {
    LISTED_ID,
    LISTED_NAME,
    LISTED_TARIFF,
    LISTED_PAID_UNTIL,
    LISTED_LEFT,
    LISTED_PEOPLE,
    LISTED_TOTAL
};

/* paid_until: the first instant after the last day. */
static const char *paid_words(struct show *s, bool was_paid, int64_t paid_until)
{
    values_day(&s->values, "paid", paid_until - 1);
    return !was_paid                       ? N_("not paid yet")
           : paid_until > s->reader.now_ms ? N_("paid until {paid}")
                                           : N_("⚠️ was paid until {paid}");
}

static void list_accounts(struct show *s, enum press press)
{
    for (int i = 0; i < db_rows(s->rows); i++) {
        values_cut(&s->values, "account", db_text(s->rows, i, LISTED_NAME), CARD_NAME_UNITS);
        values_text(&s->values, "tariff", db_text(s->rows, i, LISTED_TARIFF));
        values_number(&s->values, "quota", db_i64(s->rows, i, LISTED_LEFT));
        values_number(&s->values, "people", db_i64(s->rows, i, LISTED_PEOPLE));
        show_line(s,
                  N_("• <b>{account}</b> · {tariff} · people: {people} · orders left: {quota} · "));
        show_say(s, paid_words(s, !db_is_null(s->rows, i, LISTED_PAID_UNTIL),
                               db_i64(s->rows, i, LISTED_PAID_UNTIL)));
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, db_text(s->rows, i, LISTED_NAME),
                          (struct pressed){press, 0, db_i64(s->rows, i, LISTED_ID)});
    }
}

static int64_t accounts_total(const struct show *s)
{
    return db_rows(s->rows) > 0 ? db_i64(s->rows, 0, LISTED_TOTAL) : 0;
}

void render_accounts(struct show *s)
{
    show_say(s, accounts_total(s) > 0 ? N_("💼 <b>Client accounts</b>")
                                      : N_("💼 There are no client accounts yet."));
    list_accounts(s, PRESS_account);
    show_pages(s, PRESS_accounts, 0, accounts_total(s));
    keyboard_row(&s->keyboard);
    show_button(s, N_("« People"), (struct pressed){.press = PRESS_people});
    show_back(s);
}

void render_choose_account(struct show *s)
{
    show_say(s, accounts_total(s) > 0 ? N_("💼 Into which account?")
                                      : N_("💼 There are no client accounts yet."));
    list_accounts(s, PRESS_into_account);
    show_pages(s, PRESS_choose_account, 0, accounts_total(s));
    show_drop(s, N_("✖️ Not now"));
}

/* ---- one of them ---- */

enum account_column {
    ACCOUNT_ID,
    ACCOUNT_NAME,
    ACCOUNT_TARIFF,
    ACCOUNT_PAID_UNTIL,
    ACCOUNT_LEFT,
    ACCOUNT_OPEN,
    ACCOUNT_PEOPLE,
    ACCOUNT_PAID_DAY
};

static bool has_account(struct show *s)
{
    if (db_rows(s->rows) > 0) {
        values_cut(&s->values, "account", db_text(s->rows, 0, ACCOUNT_NAME), CARD_NAME_UNITS);
        return true;
    }
    show_say(s, refusal_sentence(REFUSE_no_such_account));
    show_back(s);
    return false;
}

void render_account(struct show *s)
{
    if (!has_account(s)) {
        return;
    }
    int64_t id = db_i64(s->rows, 0, ACCOUNT_ID);
    values_text(&s->values, "tariff", db_text(s->rows, 0, ACCOUNT_TARIFF));
    values_number(&s->values, "quota", db_i64(s->rows, 0, ACCOUNT_LEFT));
    values_number(&s->values, "open", db_i64(s->rows, 0, ACCOUNT_OPEN));
    values_cut(&s->values, "people", db_text(s->rows, 0, ACCOUNT_PEOPLE), 4 * CARD_NAME_UNITS);
    show_say(s, N_("💼 <b>{account}</b>\nTariff: {tariff}, "));
    show_say(s, paid_words(s, !db_is_null(s->rows, 0, ACCOUNT_PAID_UNTIL),
                           db_i64(s->rows, 0, ACCOUNT_PAID_UNTIL)));
    show_line(s, N_("Orders left in this month: {quota}, open now: {open}"));
    show_line(s, db_is_null(s->rows, 0, ACCOUNT_PEOPLE) ? N_("Nobody belongs to it.")
                                                        : N_("People: {people}"));
    show_button(s, N_("🗓 Paid until"), (struct pressed){PRESS_account_until, 0, id});
    show_button(s, N_("💼 Another tariff"), (struct pressed){PRESS_account_tariff, 0, id});
    keyboard_row(&s->keyboard);
    show_button(s, N_("🔗 One more person"), (struct pressed){PRESS_invite_more, 0, id});
    show_button(s, N_("🎁 Give orders"), (struct pressed){PRESS_grant, 0, id});
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Accounts"), (struct pressed){.press = PRESS_accounts});
    show_back(s);
}

/* A button with its day: counted from the last day paid for, or from today if that is over. */
static void offer_months(struct show *s, const char *label, int months)
{
    struct zone_time today;
    zone_local(s->reader.days_zone, s->reader.now_ms, &today);
    int64_t now = zone_days(today.year, today.month, today.day);
    int64_t from = max_i64(
        now, db_is_null(s->rows, 0, ACCOUNT_PAID_DAY) ? now : db_i64(s->rows, 0, ACCOUNT_PAID_DAY));
    int year, month, day;
    zone_date(zone_add_months(from, months), &year, &month, &day);
    show_button(s, label, (struct pressed){PRESS_paid_until, 0, year * 10000 + month * 100 + day});
}

void render_account_until(struct show *s)
{
    if (!has_account(s)) {
        return;
    }
    show_say(s, N_("🗓 <b>{account}</b>: "));
    show_say(s, paid_words(s, !db_is_null(s->rows, 0, ACCOUNT_PAID_UNTIL),
                           db_i64(s->rows, 0, ACCOUNT_PAID_UNTIL)));
    show_line(s, N_("Longer by how much? Or type a date, for example 31.12.2026."));
    offer_months(s, N_("+ 1 month"), 1);
    offer_months(s, N_("+ 3 months"), 3);
    offer_months(s, N_("+ 1 year"), 12);
    show_drop(s, N_("✖️ Not now"));
}

void render_grant(struct show *s)
{
    if (!has_account(s)) {
        return;
    }
    values_number(&s->values, "quota", db_i64(s->rows, 0, ACCOUNT_LEFT));
    show_say(
        s,
        N_("🎁 <b>{account}</b>, orders left in this month: {quota}.\nHow many more, and why? For "
           "example: <i>2 as an apology for the delay</i>. A number below 0 takes orders away."));
    show_drop(s, N_("✖️ Not now"));
}
