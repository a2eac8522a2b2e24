/* screens_contractor.c - what a contractor sees */
#include "bot-gateway/dialog/screens.h"

#include "bot-gateway/reports/report.h"
#include "bot-gateway/texts/cities.h"
#include "common/base/clock.h"
#include "common/base/text.h"

/* ---- orders that can be taken ---- */

void render_open_orders(struct show *s)
{
    int count = db_rows(s->rows);
    show_say(s, count > 0 ? N_("🕐 <b>Orders you can take</b>")
                          : N_("🕐 Nothing to take just now. A new order comes as a message."));
    for (int i = 0; i < count; i++) {
        int64_t order_id = db_i64(s->rows, i, 0), due_at = db_i64(s->rows, i, 2);
        values_number(&s->values, "order", order_id);
        values_span(&s->values, "age", s->reader.now_ms - db_i64(s->rows, i, 1));
        values_span(&s->values, "left", due_at - s->reader.now_ms);
        values_money(&s->values, "rate", db_i64(s->rows, i, 5), db_text(s->rows, i, 6));
        values_number(&s->values, "files", db_i64(s->rows, i, 4));
        show_excerpt(s, "task", db_text(s->rows, i, 3));
        show_gap(s);
        show_line(s, due_at > s->reader.now_ms
                         ? N_("<b>№{order}</b> · {age} old, {left} left · {rate}")
                         : N_("<b>№{order}</b> · {age} old, late by {left} · {rate}"));
        show_line(s, N_("{task}"));
        if (db_i64(s->rows, i, 4) > 0) {
            show_line(s, N_("📎 Attachments: {files}"));
        }
        char label[32];
        snprintf(label, sizeof label, "🙋 №%lld", (long long)order_id);
        if (i % 3 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, label, (struct pressed){PRESS_order, order_id, 0});
    }
    show_pages(s, PRESS_open, 0, count > 0 ? db_i64(s->rows, 0, 7) : 0);
    show_back(s);
}

void render_take(struct show *s)
{
    card_say(&s->card, s->view, &s->html);
    show_gap(s);
    show_line(s, N_("<b>How long will it take you?</b> The order is yours as soon as you choose."));
    show_hours(s, PRESS_take_for, PRESS_take_other);
}

void render_take_typed(struct show *s)
{
    show_say(s,
             N_("⌨️ How long will order №{order} take you? For example: 5, 1.5, 90 min, 2 h "
                "30 min."));
    show_drop(s, N_("« Later"));
}

void render_estimate(struct show *s)
{
    card_say(&s->card, s->view, &s->html);
    show_gap(s);
    show_line(s, N_("<b>How long will it take you?</b> It counts from when you got the order."));
    show_hours(s, PRESS_estimate_for, PRESS_estimate_other);
}

void render_estimate_typed(struct show *s)
{
    render_take_typed(s);
}

/* ---- the own work ---- */

void render_own_work(struct show *s)
{
    int count = db_rows(s->rows);
    show_say(s, count > 0 ? N_("🛠 <b>My work</b>") : N_("🛠 You have no order in work."));
    for (int i = 0; i < count; i++) {
        int64_t order_id = db_i64(s->rows, i, 0), due_at = db_i64(s->rows, i, 2);
        int state = order_state_parse(db_text(s->rows, i, 1));
        bool late = due_at > 0 && due_at <= s->reader.now_ms;
        values_number(&s->values, "order", order_id);
        values_text(&s->values, "sign", state_sign((enum order_state)state, late));
        values_word(&s->values, "state", state_word((enum order_state)state));
        values_instant(&s->values, "due", due_at);
        show_excerpt(s, "task", db_text(s->rows, i, 3));
        show_gap(s);
        show_line(s, state == ORDER_IN_WORK ? N_("{sign} <b>№{order}</b> · to be done by {due}")
                                            : N_("{sign} <b>№{order}</b> · {state}"));
        show_line(s, N_("{task}"));
        char label[32];
        snprintf(label, sizeof label, "№%lld", (long long)order_id);
        if (i % 4 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, label, (struct pressed){PRESS_order, order_id, 0});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("🕐 Open orders"), (struct pressed){.press = PRESS_open});
    show_back(s);
}

/* Buttons carry the whole estimate they lead to, in minutes: the engine counts from the taking. */
void render_extend(struct show *s)
{
    static const int hours[] = {1, 2, 4, 8, 12, 24};
    int64_t estimate = s->card.order.estimate_minutes;
    card_say(&s->card, s->view, &s->html);
    show_gap(s);
    show_line(s, N_("<b>How much more time do you need?</b> So far the estimate is {estimate}."));
    for (size_t i = 0; i < ARRAY_LEN(hours); i++) {
        scoped(buf_fini) struct buf label = {0};
        buf_add_char(&label, '+');
        format_span(&s->reader, hours[i] * HOUR_MS, &label);
        if (i % 3 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, buf_text(&label),
                          (struct pressed){PRESS_extend_to, s->order_id, estimate + hours[i] * 60});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("⌨️ Another time"),
                (struct pressed){PRESS_extend_other, s->order_id, estimate});
    show_button(s, N_("« Back"), (struct pressed){PRESS_order, s->order_id, 0});
}

void render_extend_typed(struct show *s)
{
    show_say(
        s,
        N_("⌨️ How much more time does order №{order} need? For example: 5, 1.5, 90 min, 2 h "
           "30 min."));
    show_drop(s, N_("« Later"));
}

void render_extend_reason(struct show *s)
{
    values_span(&s->values, "estimate", s->arg * MINUTE_MS);
    show_say(s, N_("⏱ Order №{order}: {estimate} in all, then. Why does it take longer? The client "
                   "reads it."));
    show_drop(s, N_("« Later"));
}

void render_give_back(struct show *s)
{
    show_say(
        s,
        N_("↩️ Why do you give order №{order} back? The managers read it. It is offered to "
           "the others, not to you again."));
    show_drop(s, N_("« I keep it"));
}

void render_ask(struct show *s)
{
    show_say(s, N_("❓ Write your question to the client of order №{order}. Your time stands until "
                   "the answer."));
    show_drop(s, N_("« Later"));
}

void render_finish(struct show *s)
{
    show_say(s, N_("✅ Order №{order}: write in short what was done; files are fine. The client "
                   "reads it and accepts the work."));
    const struct draft *report = show_draft(s, SEAT_CONTRACTOR);
    if (report->parts_of == s->order_id && !draft_is_empty(report)) {
        values_number(&s->values, "files", (int64_t)draft_file_count(report));
        show_line(s, N_("📎 Attachments: {files}"));
    }
    show_drop(s, N_("« Not yet"));
}

/* ---- duty ---- */

void render_duty(struct show *s)
{
    if (s->person->on_duty) {
        show_say(s, N_("☀️ You are on duty. For how long do you want to be away?"));
        show_button(s, N_("4 hours"), (struct pressed){PRESS_away, 0, 4});
        show_button(s, N_("Until tomorrow"), (struct pressed){PRESS_away, 0, 24});
        keyboard_row(&s->keyboard);
        show_button(s, N_("A week"), (struct pressed){PRESS_away, 0, 7 * 24});
        show_button(s, N_("Until I am back"), (struct pressed){PRESS_away, 0, 0});
    } else {
        values_instant(&s->values, "until", s->person->away_until);
        show_say(s, s->person->away_until > 0
                        ? N_("🌙 You are away until {until}: nothing new comes.")
                        : N_("🌙 You are away: nothing new comes."));
        show_button(s, N_("☀️ I am back"), (struct pressed){.press = PRESS_on_duty});
    }
    if (s->person->viewer.roles & ROLE_CONTRACTOR) {
        keyboard_row(&s->keyboard);
        show_button(s, N_("🏷 Kinds of orders"), (struct pressed){.press = PRESS_kinds});
    }
    show_back(s);
}

/* Each button carries the set that it leads to. */
void render_kinds(struct show *s)
{
    uint64_t followed = 0;
    for (int i = 0; i < db_rows(s->rows); i++) {
        followed |= db_bool(s->rows, i, 2) ? UINT64_C(1) << db_i64(s->rows, i, 0) : 0;
    }
    show_say(
        s, N_("🏷 Which kinds of orders shall I tell you of? Without a mark: of all. The list of "
              "open orders always shows all."));
    for (int i = 0; i < db_rows(s->rows); i++) {
        uint64_t kind = UINT64_C(1) << db_i64(s->rows, i, 0);
        scoped(str_free) char *label =
            xasprintf("%s %s", (followed & kind) != 0 ? "✅" : "▫️", db_text(s->rows, i, 1));
        keyboard_row(&s->keyboard);
        keyboard_add_text(&s->keyboard, label,
                          (struct pressed){PRESS_follow, 0, (int64_t)(followed ^ kind)});
    }
    show_back(s);
}

/* ---- earnings: the rows the owner's report adds up ---- */

enum payout_column {
    PAYOUT_FROM,
    PAYOUT_TO,
    PAYOUT_CONTRACTOR,
    PAYOUT_NAME,
    PAYOUT_ORDER,
    PAYOUT_REASON,
    PAYOUT_AMOUNT,
    PAYOUT_CURRENCY,
    PAYOUT_AT,
    PAYOUT_SUM,
    PAYOUT_PAID,
    PAYOUT_UNPAID,
    PAYOUT_ENTRIES,
};

static void month_heading(struct show *s, const char *msgid)
{
    if (db_rows(s->rows) > 0) {
        values_day(&s->values, "from", db_i64(s->rows, 0, PAYOUT_FROM));
        values_day(&s->values, "to", db_i64(s->rows, 0, PAYOUT_TO) - 1);
        show_say(s, msgid);
        say_whose_days(&s->reader, &s->html);
    } else {
        show_say(s, N_("There is no month that far back."));
    }
}

static bool has_entries(const struct show *s)
{
    return db_rows(s->rows) > 0 && !db_is_null(s->rows, 0, PAYOUT_CONTRACTOR);
}

/* What a contractor's month has come to; nothing of it is paid as long as nobody says so. */
static void month_values(struct show *s, int row)
{
    const char *currency = db_text(s->rows, row, PAYOUT_CURRENCY);
    values_money(&s->values, "sum", db_i64(s->rows, row, PAYOUT_SUM), currency);
    values_money(&s->values, "paid", db_i64(s->rows, row, PAYOUT_PAID), currency);
    values_money(&s->values, "unpaid", db_i64(s->rows, row, PAYOUT_UNPAID), currency);
}

static void earnings_buttons(struct show *s)
{
    int64_t page = s->arg % REPORT_PAGES;
    int64_t entries = has_entries(s) ? db_i64(s->rows, 0, PAYOUT_ENTRIES) : 0;
    keyboard_pages(&s->keyboard, (struct pressed){PRESS_earnings, 0, s->arg - page}, page,
                   (entries + SCREEN_PAGE_ROWS - 1) / SCREEN_PAGE_ROWS);
    show_months(s, PRESS_earnings, s->arg / REPORT_PAGES, REPORT_PAGES);
}

void render_earnings(struct show *s)
{
    month_heading(s, N_("💰 <b>Your earnings, {from} – {to}</b>"));
    if (has_entries(s)) {
        for (int i = 0; i < db_rows(s->rows); i++) {
            values_number(&s->values, "order", db_i64(s->rows, i, PAYOUT_ORDER));
            values_cut(&s->values, "reason", db_text(s->rows, i, PAYOUT_REASON), CARD_NAME_UNITS);
            values_day(&s->values, "at", db_i64(s->rows, i, PAYOUT_AT));
            values_money(&s->values, "amount", db_i64(s->rows, i, PAYOUT_AMOUNT),
                         db_text(s->rows, i, PAYOUT_CURRENCY));
            show_line(s, db_is_null(s->rows, i, PAYOUT_ORDER) ? N_("{at} · {reason}: {amount}")
                                                              : N_("{at} · №{order}: {amount}"));
        }
        month_values(s, 0);
        values_number(&s->values, "n", db_i64(s->rows, 0, PAYOUT_ENTRIES));
        show_gap(s);
        show_line(s, N_("<b>Together: {sum}</b> (entries: {n})"));
        show_line(s, N_("Paid: {paid}, to be paid: {unpaid}"));
    } else if (db_rows(s->rows) > 0) {
        show_line(s, N_("Nothing in this month."));
    }
    earnings_buttons(s);
    show_back(s);
}
