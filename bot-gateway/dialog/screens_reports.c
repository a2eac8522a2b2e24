/* screens_reports.c - what an owner reads of a billing month, and what is told regularly */
#include "bot-gateway/dialog/screens.h"
#include "bot-gateway/reports/report.h"
#include "bot-gateway/texts/cities.h"

static void days_value(struct show *s, int64_t starts_at, int64_t ends_at)
{
    struct buf days = {0};
    report_format_days(&s->reader, starts_at, ends_at, &days);
    values_html(&s->values, "days", &days);
}

static void share_value(struct show *s, const char *name, int64_t kept, int64_t all)
{
    struct buf share = {0};
    report_format_share(&s->reader, report_per_mille(kept, all), &share);
    values_html(&s->values, name, &share);
}

/* ---- the month ---- */

enum { REPORT_CONTRACTORS = 11, REPORT_ACCOUNTS, REPORT_WEEKDAY, REPORT_HOUR, REPORT_BUSIEST };

static void say_orders(struct show *s, const struct report_totals *t)
{
    values_number(&s->values, "n", t->orders);
    values_number(&s->values, "clients", db_i64(s->rows, 0, REPORT_ACCOUNTS));
    show_gap(s);
    show_line(s, N_("📦 Orders: {n}, of clients: {clients}"));
    values_number(&s->values, "kept", t->taken_in_time);
    values_number(&s->values, "all", t->taken);
    share_value(s, "share", t->taken_in_time, t->taken);
    show_line(s, N_("🕐 Taken in time: {share} ({kept} of {all})"));
    values_number(&s->values, "kept", t->done_in_time);
    values_number(&s->values, "all", t->worked);
    share_value(s, "share", t->done_in_time, t->worked);
    show_line(s, N_("✅ Done in time: {share} ({kept} of {all})"));
    if (!db_is_null(s->rows, 0, REPORT_BUSIEST)) {
        values_word(&s->values, "day", weekday_word((int)db_i64(s->rows, 0, REPORT_WEEKDAY)));
        values_number(&s->values, "hour", db_i64(s->rows, 0, REPORT_HOUR));
        values_number(&s->values, "n", db_i64(s->rows, 0, REPORT_BUSIEST));
        show_line(s, N_("🔥 The busiest hour: {day}, {hour}:00 ({n})"));
    }
}

static void say_money(struct show *s, const struct report_totals *t)
{
    values_money(&s->values, "sum", t->earned, t->currency);
    values_money(&s->values, "paid", t->paid, t->currency);
    values_money(&s->values, "unpaid", t->unpaid, t->currency);
    values_number(&s->values, "n", db_i64(s->rows, 0, REPORT_CONTRACTORS));
    show_gap(s);
    show_line(s, N_("💰 Payouts: {sum} (contractors: {n})"));
    show_line(s, N_("Paid: {paid}, to be paid: {unpaid}"));
}

static void report_buttons(struct show *s)
{
    int64_t place = s->arg * REPORT_PAGES;
    keyboard_row(&s->keyboard);
    show_button(s, N_("💰 Payouts"), (struct pressed){PRESS_payouts, 0, place});
    show_button(s, N_("🏢 Clients"), (struct pressed){PRESS_clients, 0, place});
    keyboard_row(&s->keyboard);
    show_button(s, N_("📊 Chart"), (struct pressed){PRESS_report_file, 0, place + REPORT_CHART});
    show_button(s, N_("🌙 Dark"), (struct pressed){PRESS_report_file, 0, place + REPORT_CHART_DARK});
    show_button(s, N_("📄 Excel"), (struct pressed){PRESS_report_file, 0, place + REPORT_TABLE});
}

void render_report(struct show *s)
{
    if (db_rows(s->rows) == 0) {
        show_say(s, N_("There is no month that far back."));
    } else {
        struct report_totals t;
        report_read_totals(s->rows, 0, &t);
        days_value(s, t.starts_at, t.ends_at);
        show_say(s, N_("📈 <b>Report: {days}</b>"));
        say_whose_days(&s->reader, &s->html);
        say_orders(s, &t);
        say_money(s, &t);
        report_buttons(s);
    }
    show_months(s, PRESS_report, s->arg, 1);
    show_back(s);
}

/* ---- its lists ---- */

static void list_buttons(struct show *s, enum press press, int64_t total)
{
    int64_t months_ago = s->arg / REPORT_PAGES, page = s->arg % REPORT_PAGES;
    keyboard_pages(&s->keyboard, (struct pressed){press, 0, s->arg - page}, page,
                   (total + SCREEN_PAGE_ROWS - 1) / SCREEN_PAGE_ROWS);
    show_months(s, press, months_ago, REPORT_PAGES);
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Report"), (struct pressed){PRESS_report, 0, months_ago});
    show_back(s);
}

static bool has_names(const struct show *s)
{
    return db_rows(s->rows) > 0 && !db_is_null(s->rows, 0, 0);
}

enum payout_column {
    PAYOUT_NAME,
    PAYOUT_ORDERS,
    PAYOUT_EARNED,
    PAYOUT_PAID,
    PAYOUT_UNPAID,
    PAYOUT_TOTAL,
    PAYOUT_ALL_EARNED,
    PAYOUT_ALL_PAID,
    PAYOUT_ALL_UNPAID,
    PAYOUT_FROM,
    PAYOUT_TO,
    PAYOUT_CURRENCY,
};

static void sum_values(struct show *s, int row, int earned, int paid, int unpaid)
{
    const char *currency = db_text(s->rows, row, PAYOUT_CURRENCY);
    values_money(&s->values, "sum", db_i64(s->rows, row, earned), currency);
    values_money(&s->values, "paid", db_i64(s->rows, row, paid), currency);
    values_money(&s->values, "unpaid", db_i64(s->rows, row, unpaid), currency);
}

static void payout_line(struct show *s, int row)
{
    values_cut(&s->values, "name", db_text(s->rows, row, PAYOUT_NAME), CARD_NAME_UNITS);
    values_number(&s->values, "n", db_i64(s->rows, row, PAYOUT_ORDERS));
    sum_values(s, row, PAYOUT_EARNED, PAYOUT_PAID, PAYOUT_UNPAID);
    show_line(s, db_i64(s->rows, row, PAYOUT_PAID) == 0 ? N_("{name}: {sum}, orders: {n}")
                 : db_i64(s->rows, row, PAYOUT_UNPAID) == 0
                     ? N_("{name}: {sum}, orders: {n}, paid")
                     : N_("{name}: {sum}, orders: {n}, to be paid: {unpaid}"));
}

void render_payouts(struct show *s)
{
    if (db_rows(s->rows) == 0) {
        show_say(s, N_("There is no month that far back."));
    } else {
        days_value(s, db_i64(s->rows, 0, PAYOUT_FROM), db_i64(s->rows, 0, PAYOUT_TO));
        show_say(s, N_("💰 <b>Payouts: {days}</b>"));
        say_whose_days(&s->reader, &s->html);
        for (int i = 0; has_names(s) && i < db_rows(s->rows); i++) {
            payout_line(s, i);
        }
    }
    if (has_names(s)) {
        sum_values(s, 0, PAYOUT_ALL_EARNED, PAYOUT_ALL_PAID, PAYOUT_ALL_UNPAID);
        values_number(&s->values, "n", db_i64(s->rows, 0, PAYOUT_TOTAL));
        show_gap(s);
        show_line(s, N_("<b>Together: {sum}</b> (contractors: {n})"));
        show_line(s, N_("Paid: {paid}, to be paid: {unpaid}"));
    } else if (db_rows(s->rows) > 0) {
        show_line(s, N_("Nothing in this month."));
    }
    list_buttons(s, PRESS_payouts, has_names(s) ? db_i64(s->rows, 0, PAYOUT_TOTAL) : 0);
}

enum client_column {
    CLIENT_NAME,
    CLIENT_ORDERS,
    CLIENT_TAKEN,
    CLIENT_TAKEN_IN_TIME,
    CLIENT_WORKED,
    CLIENT_DONE_IN_TIME,
    CLIENT_MONTHS,
    CLIENT_AVERAGE,
    CLIENT_TOTAL,
    CLIENT_FROM,
    CLIENT_TO,
};

static void client_line(struct show *s, int row)
{
    struct buf average = {0};
    report_format_hundredths(&s->reader, db_i64(s->rows, row, CLIENT_AVERAGE), &average);
    values_html(&s->values, "average", &average);
    values_cut(&s->values, "name", db_text(s->rows, row, CLIENT_NAME), CARD_NAME_UNITS);
    values_number(&s->values, "n", db_i64(s->rows, row, CLIENT_ORDERS));
    share_value(s, "taken", db_i64(s->rows, row, CLIENT_TAKEN_IN_TIME),
                db_i64(s->rows, row, CLIENT_TAKEN));
    share_value(s, "done", db_i64(s->rows, row, CLIENT_DONE_IN_TIME),
                db_i64(s->rows, row, CLIENT_WORKED));
    show_line(s, N_("<b>{name}</b>: {n}"));
    if (db_i64(s->rows, row, CLIENT_MONTHS) > 0) {
        show_say(s, N_(", on the average {average} a month"));
    }
    if (db_i64(s->rows, row, CLIENT_TAKEN) > 0) {
        show_line(s, N_("   in time: taken {taken}, done {done}"));
    }
}

void render_clients(struct show *s)
{
    if (db_rows(s->rows) == 0) {
        show_say(s, N_("There is no month that far back."));
    } else {
        days_value(s, db_i64(s->rows, 0, CLIENT_FROM), db_i64(s->rows, 0, CLIENT_TO));
        show_say(s, N_("🏢 <b>Orders of clients: {days}</b>"));
        say_whose_days(&s->reader, &s->html);
        for (int i = 0; has_names(s) && i < db_rows(s->rows); i++) {
            client_line(s, i);
        }
        show_gap(s);
        show_line(s, has_names(s) ? N_("<i>The average is that of the complete months.</i>")
                                  : N_("There are no clients yet."));
    }
    list_buttons(s, PRESS_clients, has_names(s) ? db_i64(s->rows, 0, CLIENT_TOTAL) : 0);
}

/* ---- digests ---- */

void render_digests(struct show *s)
{
    static const char *const labels[DIGEST_COUNT] = {
        [DIGEST_DAY] = N_("every morning"),
        [DIGEST_WEEK] = N_("on Mondays"),
        [DIGEST_MONTH] = N_("once a month"),
    };
    int64_t next[DIGEST_COUNT] = {0};
    for (int i = 0; i < db_rows(s->rows); i++) {
        int every = digest_parse(db_text(s->rows, i, 0));
        if (every >= 0) {
            next[every] = db_i64(s->rows, i, 1);
        }
    }
    show_say(
        s, N_("🗞 <b>Digests</b>\nWhat was ordered, taken, late and done, and who is away. When "
              "shall I tell you?"));
    for (int every = 0; every < DIGEST_COUNT; every++) {
        bool on = next[every] > 0;
        scoped(str_free) char *label =
            xasprintf("%s %s", on ? "✅" : "▫️", tr(s->reader.language, labels[every]));
        if (on) {
            values_word(&s->values, "every", labels[every]);
            values_instant(&s->values, "next", next[every]);
            show_line(s, N_("✅ {every}, the next one: {next}"));
        }
        keyboard_row(&s->keyboard);
        keyboard_add_text(&s->keyboard, label,
                          (struct pressed){on ? PRESS_digest_off : PRESS_digest_on, 0, every});
    }
    show_back(s);
}
