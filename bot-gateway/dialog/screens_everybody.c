/* screens_everybody.c - what every role sees: settings, the menu, help, one order and its history
 */
#include "bot-gateway/dialog/screens.h"

#include "bot-gateway/texts/cities.h"
#include "common/base/clock.h"

void render_none(struct show *s)
{
    (void)s;
}

/* ---- settings ---- */

void render_settings(struct show *s)
{
    values_text(&s->values, "language", language_own_name(s->reader.language));
    values_zone(&s->values, "zone", s->reader.zone);
    values_instant(&s->values, "now", s->reader.now_ms);
    show_say(
        s,
        N_("⚙️ <b>Settings</b>\n🌐 Language: {language}\n🕰 Time zone: {zone}, it is {now} "
           "now"));
    say_whose_days(&s->reader, &s->html);
    show_button(s, N_("🌐 Language"), (struct pressed){.press = PRESS_language});
    show_button(s, N_("🕰 Time zone"), (struct pressed){.press = PRESS_cities});
    show_back(s);
}

static void back_to_settings(struct show *s)
{
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Settings"), (struct pressed){.press = PRESS_settings});
    show_back(s);
}

void render_language(struct show *s)
{
    show_say(s, N_("Which language shall I speak?"));
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        keyboard_add_text(&s->keyboard, language_own_name((enum language)i),
                          (struct pressed){PRESS_speak, 0, i});
    }
    back_to_settings(s);
}

static void zone_button(struct show *s, const char *zone, int number)
{
    scoped(buf_fini) struct buf label = {0};
    format_zone(&s->reader, zone, &label);
    keyboard_add_text(&s->keyboard, buf_text(&label), (struct pressed){PRESS_city, 0, number});
}

void render_cities(struct show *s)
{
    values_zone(&s->values, "zone", s->reader.zone);
    values_instant(&s->values, "now", s->reader.now_ms);
    show_say(s,
             N_("🕰 {zone}, it is {now} now.\nBy which city's clocks do you live? Press it, or "
                "write another one, or the difference to UTC, such as +7."));
    for (size_t i = 0; i < city_count; i++) {
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        zone_button(s, cities[i].zone, cities[i].number);
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("🏢 As in the company"), (struct pressed){.press = PRESS_city});
    back_to_settings(s);
}

/* ---- the main menu, for every role a person has ---- */

enum menu_column { /* of load_menu.sql */
                   MENU_ACCOUNT,
                   MENU_TARIFF,
                   MENU_LEFT,
                   MENU_MONTH_ENDS,
                   MENU_PAID_UNTIL,
                   MENU_OPEN,
                   MENU_KNOWS_CONTRACTORS,
                   MENU_TO_TAKE,
                   MENU_OWN_WORK,
                   MENU_WAITING,
                   MENU_WORKING,
                   MENU_ASKING,
                   MENU_LATE,
                   MENU_ALERTS,
                   MENU_MAY_PIN,
                   MENU_UNANSWERED,
};

static int64_t figure(const struct show *s, enum menu_column column)
{
    return db_i64(s->rows, 0, (int)column);
}

static void add_account_values(struct show *s)
{
    values_cut(&s->values, "account", db_text(s->rows, 0, MENU_ACCOUNT), CARD_NAME_UNITS);
    values_text(&s->values, "tariff", db_text(s->rows, 0, MENU_TARIFF));
    values_number(&s->values, "quota", figure(s, MENU_LEFT));
    values_day(&s->values, "until", figure(s, MENU_MONTH_ENDS));
    values_day(&s->values, "paid", figure(s, MENU_PAID_UNTIL) - 1);
    values_number(&s->values, "open", figure(s, MENU_OPEN));
}

static bool is_paid(const struct show *s)
{
    return figure(s, MENU_PAID_UNTIL) > s->reader.now_ms;
}

static bool was_ever_paid(const struct show *s)
{
    return !db_is_null(s->rows, 0, MENU_PAID_UNTIL);
}

/* A billing month is a row from its first order on. */
static bool has_month(const struct show *s)
{
    return !db_is_null(s->rows, 0, MENU_MONTH_ENDS);
}

static void client_menu(struct show *s)
{
    if (db_is_null(s->rows, 0, MENU_ACCOUNT)) {
        return;
    }
    add_account_values(s);
    show_line(s, !was_ever_paid(s) ? N_("💼 Tariff {tariff}: not paid yet.")
                 : !is_paid(s)     ? N_("💼 Tariff {tariff}: the subscription ended on {paid}.")
                 : has_month(s)    ? N_("💼 Tariff {tariff}, orders left till {until}: {quota}.")
                                : N_("💼 Tariff {tariff}, orders left in this month: {quota}."));
    keyboard_row(&s->keyboard);
    show_button(s,
                draft_is_empty(show_draft(s, SEAT_CLIENT)) ? N_("🆕 New order")
                                                           : N_("📝 Go on with the order begun"),
                (struct pressed){.press = PRESS_new_order});
    show_button(s, N_("📋 My orders"), (struct pressed){.press = PRESS_orders});
    keyboard_row(&s->keyboard);
    show_button(s, N_("💼 Tariff"), (struct pressed){.press = PRESS_tariff});
    if (db_bool(s->rows, 0, MENU_KNOWS_CONTRACTORS)) {
        show_button(s,
                    db_bool(s->rows, 0, MENU_MAY_PIN) ? N_("📌 Pinned contractors")
                                                      : N_("👷 Past contractors"),
                    (struct pressed){.press = PRESS_pins});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("✉️ Write to the managers"),
                (struct pressed){.press = PRESS_write_managers});
}

static void duty_line(struct show *s)
{
    if (s->person->on_duty) {
        return;
    }
    if (s->person->away_until > 0) {
        values_instant(&s->values, "until", s->person->away_until);
        show_line(s, N_("🌙 You are away until {until}."));
    } else {
        show_line(s, N_("🌙 You are away."));
    }
}

static void contractor_menu(struct show *s)
{
    values_number(&s->values, "n", figure(s, MENU_TO_TAKE));
    values_number(&s->values, "own", figure(s, MENU_OWN_WORK));
    show_line(s, N_("🛠 Orders to take: {n}, in your work: {own}."));
    keyboard_row(&s->keyboard);
    show_button(s, N_("🕐 Open orders"), (struct pressed){.press = PRESS_open});
    show_button(s, N_("🛠 My work"), (struct pressed){.press = PRESS_work});
    keyboard_row(&s->keyboard);
    show_button(s, N_("💰 Earnings"), (struct pressed){.press = PRESS_earnings});
}

static void staff_menu(struct show *s)
{
    values_number(&s->values, "waiting", figure(s, MENU_WAITING));
    values_number(&s->values, "working", figure(s, MENU_WORKING));
    values_number(&s->values, "asking", figure(s, MENU_ASKING));
    values_number(&s->values, "late", figure(s, MENU_LATE));
    show_line(s, N_("📊 Waiting: {waiting}, in work: {working}, waiting for the client: {asking}, "
                    "late: {late}."));
    if (figure(s, MENU_UNANSWERED) > 0) {
        values_number(&s->values, "n", figure(s, MENU_UNANSWERED));
        show_line(s, N_("📥 Questions without an answer: {n}."));
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("📊 Board"), (struct pressed){.press = PRESS_board});
    show_button(s, N_("👷 Contractors"), (struct pressed){.press = PRESS_contractors});
    keyboard_row(&s->keyboard);
    show_button(s, N_("📥 Unanswered"), (struct pressed){.press = PRESS_unanswered});
}

static void owner_menu(struct show *s)
{
    keyboard_row(&s->keyboard);
    show_button(s, N_("📈 Reports"), (struct pressed){.press = PRESS_report});
    show_button(s, N_("👥 People"), (struct pressed){.press = PRESS_people});
    keyboard_row(&s->keyboard);
    show_button(s, N_("🔗 Invite"), (struct pressed){.press = PRESS_invite});
}

void go_on_button(const struct seats *seats, enum seat_id id, const struct reader *reader,
                  struct keyboard *keyboard)
{
    const struct seat *seat = &seats->of[id];
    scoped(values_fini) struct values v;
    scoped(buf_fini) struct buf label = {0};
    values_init(&v, reader);
    values_number(&v, "order", seat->draft.order_id);
    template_render(
        tr(reader->language, seat->draft.order_id > 0        ? N_("⏸ Go on with order №{order}")
                             : seat->step == STEP_ORDER_TEXT ? N_("📝 Go on with the order begun")
                                                             : N_("⏸ Go on with what was begun")),
        v.items, v.count, &label);
    keyboard_row(keyboard);
    keyboard_add_text(keyboard, buf_text(&label), (struct pressed){PRESS_go_on, 0, (int64_t)id});
}

/* What was begun in any role, and left; a new order has its own button. */
static void left_behind(struct show *s)
{
    for (int i = SEAT_COMMON; i < SEAT_COUNT; i++) {
        const struct seat *seat = &s->seats->of[i];
        bool is_order = seat->step == STEP_ORDER_TEXT || seat->step == STEP_ORDER_WISH;
        bool is_own = (dialog_seat_roles((enum seat_id)i) & s->person->viewer.roles) != 0;
        bool stays = i != (int)s->seats->at || !draft_is_empty(&seat->draft);
        if (is_own && seat->step != STEP_IDLE && !is_order && stays) {
            go_on_button(s->seats, (enum seat_id)i, &s->reader, &s->keyboard);
        }
    }
}

void render_menu(struct show *s)
{
    unsigned roles = s->person->viewer.roles;
    show_say(s, N_("<b>Main menu</b>"));
    if (db_rows(s->rows) == 0) {
        return;
    }
    duty_line(s);
    left_behind(s);
    if (roles & ROLE_CLIENT) {
        client_menu(s);
    }
    if (roles & ROLE_CONTRACTOR) {
        contractor_menu(s);
    }
    if (roles & STAFF) {
        staff_menu(s);
    }
    if (roles & STAFF) {
        keyboard_row(&s->keyboard); /* four in a row are cut short on a telephone */
    }
    if (roles & ON_DUTY_OR_AWAY) {
        show_button(s, N_("🌙 On duty or away"), (struct pressed){.press = PRESS_duty});
    }
    if (roles & STAFF) {
        show_button(s, N_("🗞 Digests"), (struct pressed){.press = PRESS_digests});
    }
    if (roles & ROLE_OWNER) {
        owner_menu(s);
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("❔ How it works"), (struct pressed){.press = PRESS_help});
    show_button(s, N_("⚙️ Settings"), (struct pressed){.press = PRESS_settings});
}

/* clang-format off */
static const struct { unsigned who; const char *msgid; } helps[] = {
    {ROLE_CLIENT,     N_("<b>For clients</b>\n/new begins an order: write what you need, add photos and files, press “Send”. You are told at once by when it will be taken.\nReply to a message about an order, and your words go to its contractor. /orders shows everything.")},
    {ROLE_CONTRACTOR, N_("<b>For contractors</b>\n/open shows what can be taken, /work what you have. The first to name a time gets an order. While the client owes you an answer your time stands.\n/earnings shows what you have earned, /duty says that you are away.")},
    {STAFF,           N_("<b>For managers</b>\nYou are alerted when nobody takes an order or work runs late; “I am on it” stops the repeats for everybody. /board shows all orders, /free who could take one.")},
    {ROLE_OWNER,      N_("<b>For the owner</b>\n/invite makes a one-time link for any role, /report tells of each month what was ordered, kept in time and earned, /people who there is.")},
};
/* clang-format on */

void render_help(struct show *s)
{
    for (size_t i = 0; i < ARRAY_LEN(helps); i++) {
        if (helps[i].who & s->person->viewer.roles) {
            if (s->html.len > 0) {
                show_gap(s);
            }
            show_line(s, helps[i].msgid);
        }
    }
    show_back(s);
}

void render_tariff(struct show *s)
{
    if (db_rows(s->rows) == 0 || db_is_null(s->rows, 0, MENU_ACCOUNT)) {
        show_say(s, refusal_sentence(REFUSE_no_account));
    } else {
        add_account_values(s);
        show_say(s, N_("💼 <b>{account}</b>\nTariff: {tariff}"));
        show_line(s, has_month(s) ? N_("Orders left till {until}: {quota}")
                                  : N_("Orders left in this month: {quota}"));
        show_line(s, N_("Open now: {open}"));
        show_line(s, !was_ever_paid(s) ? refusal_sentence(REFUSE_not_paid_yet)
                     : is_paid(s)
                         ? N_("Paid until {paid}")
                         : N_("⚠️ The subscription ended on {paid}. Current orders go on; "
                              "for new ones please have it extended."));
        say_whose_days(&s->reader, &s->html);
        keyboard_row(&s->keyboard);
        show_button(s, N_("⬆️ Ask for more"), (struct pressed){.press = PRESS_upgrade});
    }
    show_back(s);
}

/* ---- one order, for whoever may see it ---- */

void render_order(struct show *s)
{
    card_say(&s->card, s->view, &s->html);
    card_buttons(&s->card, s->view, &s->keyboard);
    show_back(s);
}

void render_thread(struct show *s)
{
    show_say(s, s->view == VIEW_CLIENT
                    ? N_("✍️ Whatever you send now goes to the contractor of order №{order}.")
                : s->view == VIEW_WORKER
                    ? N_("✍️ Whatever you send now goes to the client of order №{order}.")
                    : N_("✍️ Whatever you send now goes to the client and the contractor of "
                         "order №{order}."));
    show_drop(s, N_("✔️ That was all"));
}

/* ---- history ---- */

/* What happened beside the events of the order; the rest are those. */
static const char *word_of(const char *name)
{
    if (str_eq(name, "credentials_handed_over")) {
        return N_("🔑 access handed over");
    }
    if (str_eq(name, "credentials_seen")) {
        return N_("🔑 the contractor looked at the access");
    }
    return event_word((enum order_event)order_event_parse(name));
}

#define HISTORY_TEXT_UNITS 300 /* of each message; eight fill half of what Telegram allows */

/* The newest page first; within a page time goes down. */
void render_history(struct show *s)
{
    int64_t files = 0;
    values_number(&s->values, "order", s->order_id);
    show_say(s, N_("🕓 <b>Order №{order}: history</b>"));
    for (int i = db_rows(s->rows) - 1; i >= 0; i--) {
        int64_t estimate = db_i64(s->rows, i, 4);
        files += db_i64(s->rows, i, 8);
        values_instant(&s->values, "at", db_i64(s->rows, i, 3));
        values_word(&s->values, "event", word_of(db_text(s->rows, i, 0)));
        show_line(s, N_("{at} · {event}"));
        if (estimate > 0) {
            values_span(&s->values, "estimate", estimate * MINUTE_MS);
            show_say(s, N_(" ({estimate})"));
        }
        if (*db_text(s->rows, i, 7)) {
            values_cut(&s->values, "text", db_text(s->rows, i, 7), HISTORY_TEXT_UNITS);
            show_line(s, N_("    <i>{text}</i>"));
        }
    }
    show_pages(s, PRESS_history, s->order_id, db_rows(s->rows) > 0 ? db_i64(s->rows, 0, 9) : 0);
    if (files > 0) {
        show_button(s, N_("📎 Attachments"),
                    (struct pressed){PRESS_history_files, s->order_id, s->arg});
        keyboard_row(&s->keyboard);
    }
    show_button(s, N_("« The order"), (struct pressed){PRESS_order, s->order_id, 0});
    show_back(s);
}
