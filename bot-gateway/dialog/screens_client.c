/* screens_client.c - the main menu and what a client sees */
#include "bot-gateway/dialog/screens.h"

#include "common/base/clock.h"
#include "common/base/text.h"

/* ---- the main menu, for every role a person has ---- */

enum menu_column { /* of load_menu.sql */
    MENU_ACCOUNT, MENU_TARIFF, MENU_LEFT, MENU_MONTH_ENDS, MENU_PAID_UNTIL, MENU_OPEN, MENU_MAY_PIN,
    MENU_TO_TAKE, MENU_OWN_WORK, MENU_WAITING, MENU_WORKING, MENU_ASKING, MENU_LATE, MENU_ALERTS,
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
    show_line(s, !is_paid(s)    ? N_("💼 Tariff {tariff}: the subscription ended on {paid}.")
                 : has_month(s) ? N_("💼 Tariff {tariff}: {quota} orders left till {until}.")
                                : N_("💼 Tariff {tariff}: {quota} orders left in this month."));
    keyboard_row(&s->keyboard);
    show_button(s, draft_is_empty(s->draft) ? N_("🆕 New order") : N_("📝 Go on with the order begun"),
                (struct pressed){.press = PRESS_new_order});
    show_button(s, N_("📋 My orders"), (struct pressed){.press = PRESS_orders});
    keyboard_row(&s->keyboard);
    show_button(s, N_("💼 Tariff"), (struct pressed){.press = PRESS_tariff});
    if (db_bool(s->rows, 0, MENU_MAY_PIN)) {
        show_button(s, N_("📌 Pinned contractors"), (struct pressed){.press = PRESS_pins});
    }
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
    show_line(s, N_("📊 Waiting: {waiting}, in work: {working}, waiting for the client: {asking}, late: {late}."));
    keyboard_row(&s->keyboard);
    show_button(s, N_("📊 Board"), (struct pressed){.press = PRESS_board});
    show_button(s, N_("👷 Contractors"), (struct pressed){.press = PRESS_contractors});
}

static void owner_menu(struct show *s)
{
    keyboard_row(&s->keyboard);
    show_button(s, N_("🔗 Invite"), (struct pressed){.press = PRESS_invite});
    show_button(s, N_("👥 People"), (struct pressed){.press = PRESS_people});
    show_button(s, N_("🧾 Payouts"), (struct pressed){.press = PRESS_payouts});
}

void render_menu(struct show *s)
{
    unsigned roles = s->person->viewer.roles;
    show_say(s, N_("<b>Main menu</b>"));
    if (db_rows(s->rows) == 0) {
        return;
    }
    duty_line(s);
    if (roles & ROLE_CLIENT) {
        client_menu(s);
    }
    if (roles & ROLE_CONTRACTOR) {
        contractor_menu(s);
    }
    if (roles & STAFF) {
        staff_menu(s);
    }
    if (roles & ON_DUTY_OR_AWAY) {
        show_button(s, N_("🌙 On duty or away"), (struct pressed){.press = PRESS_duty});
    }
    if (roles & ROLE_OWNER) {
        owner_menu(s);
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("❔ How it works"), (struct pressed){.press = PRESS_help});
    show_button(s, N_("🌐 Language"), (struct pressed){.press = PRESS_language});
}

/* clang-format off */
static const struct { unsigned who; const char *msgid; } helps[] = {
    {ROLE_CLIENT,     N_("<b>For clients</b>\n/new begins an order: write what you need, add photos and files, press “Send”. You are told at once by when it will be taken.\nReply to a message about an order, and your words go to its contractor. /orders shows everything.")},
    {ROLE_CONTRACTOR, N_("<b>For contractors</b>\n/open shows what can be taken, /work what you have. The first to name a time gets an order. While the client owes you an answer your time stands.\n/earnings shows what you have earned, /duty says that you are away.")},
    {STAFF,           N_("<b>For managers</b>\nYou are alerted when nobody takes an order or work runs late; “I am on it” stops the repeats for everybody. /board shows all orders, /free who could take one.")},
    {ROLE_OWNER,      N_("<b>For the owner</b>\n/invite makes a one-time link for any role, /report shows the payouts of each month, /people who there is.")},
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
        show_line(s, has_month(s) ? N_("Orders left till {until}: {quota}") : N_("Orders left in this month: {quota}"));
        show_line(s, N_("Open now: {open}"));
        show_line(s, is_paid(s) ? N_("Paid until {paid}") : N_("⚠️ The subscription ended on {paid}. Current orders go on; for new ones please have it extended."));
    }
    show_back(s);
}

/* ---- a new order ---- */

void render_new_order(struct show *s)
{
    show_say(s, N_("🆕 <b>A new order</b>\nWrite what needs to be done. Several messages, photos, files and voice are fine; press “Send” when all is said."));
    for (int i = 0; i < db_rows(s->rows); i++) {
        if (i == 0) {
            show_gap(s);
            show_line(s, N_("For example:"));
        }
        values_cut(&s->values, "example", db_text(s->rows, i, 0), 300);
        show_line(s, N_("• <i>{example}</i>"));
    }
    if (db_rows(s->rows) > 0 && !db_is_null(s->rows, 0, 1)) {
        int64_t left = db_i64(s->rows, 0, 1);
        values_number(&s->values, "n", left);
        show_gap(s);
        buf_add_char(&s->html, '\n');
        say_n(&s->values, "{n} order is left in this month.", "{n} orders are left in this month.", left, &s->html);
    }
    show_drop(s, N_("✖️ Not now"));
}

void render_draft(struct show *s)
{
    scoped(buf_fini) struct buf text = {0};
    draft_text(s->draft, &text);
    values_cut(&s->values, "task", buf_text(&text), CARD_TASK_UNITS);
    values_number(&s->values, "files", (int64_t)draft_file_count(s->draft));
    if (text.len == 0) {
        show_say(s, N_("📎 Got it. Now please say in words what needs to be done."));
    } else {
        show_say(s, N_("📝 <b>Your order so far</b>\n\n{task}"));
        if (draft_file_count(s->draft) > 0) {
            show_line(s, N_("📎 Attachments: {files}"));
        }
        show_gap(s);
        show_line(s, N_("Anything else? Just write on. If that is all, send it."));
        show_button(s, N_("✅ Send"), (struct pressed){.press = PRESS_send});
    }
    show_drop(s, N_("✖️ Drop it"));
}

void render_loose(struct show *s)
{
    bool is_client = (s->person->viewer.roles & ROLE_CLIENT) != 0;
    int count = db_rows(s->rows);
    if (!is_client && count == 0) {
        show_say(s, N_("I do not know where to pass this on: you have no order in work. Everything begins in the menu."));
        show_back(s);
        return;
    }
    show_say(s, N_("Where does this belong?"));
    for (int i = 0; i < count; i++) {
        values_number(&s->values, "order", db_i64(s->rows, i, 0));
        show_excerpt(s, "task", db_text(s->rows, i, 2));
        scoped(buf_fini) struct buf label = {0};
        template_render(tr(s->reader.language, N_("✉️ To order №{order}: {task}")), s->values.items, s->values.count, &label);
        keyboard_row(&s->keyboard);
        keyboard_add_text(&s->keyboard, buf_text(&label), (struct pressed){PRESS_place, db_i64(s->rows, i, 0), 0});
    }
    if (is_client) {
        keyboard_row(&s->keyboard);
        show_button(s, N_("🆕 It is a new order"), (struct pressed){.press = PRESS_place_new});
    }
    show_drop(s, N_("✖️ Drop it"));
}

/* ---- orders ---- */

/* "🛠 №1024 · до 14:35 · текст": one button per order. */
static void order_button(struct show *s, int64_t order_id, int state, int64_t due_at, const char *task)
{
    bool late = due_at > 0 && due_at <= s->reader.now_ms;
    scoped(buf_fini) struct buf label = {0}, due = {0};
    buf_printf(&label, "%s №%lld ", state_sign((enum order_state)state, late), (long long)order_id);
    if (due_at > 0 && state != ORDER_DONE) {
        format_instant(&s->reader, due_at, &due);
        buf_printf(&label, "%s ", buf_text(&due));
    }
    buf_add_text(&label, "· ");
    scoped(buf_fini) struct buf line = {0};
    template_add_cut(&line, task, KEYBOARD_LABEL_UNITS);
    buf_add_text(&label, buf_text(&line));
    keyboard_row(&s->keyboard);
    keyboard_add_text(&s->keyboard, buf_text(&label), (struct pressed){PRESS_order, order_id, 0});
}

void render_account_orders(struct show *s)
{
    int count = db_rows(s->rows);
    show_say(s, count > 0 ? N_("📋 <b>Orders of the account</b>\n🕐 waits, 🛠 in work, ❓ your answer is awaited, ✅ please accept, 🔴 late, 🏁 closed")
                          : N_("📋 There is no order yet. Begin with the first one!"));
    for (int i = 0; i < count; i++) {
        order_button(s, db_i64(s->rows, i, 0), order_state_parse(db_text(s->rows, i, 1)), db_i64(s->rows, i, 2),
                     db_text(s->rows, i, 4));
    }
    show_pages(s, PRESS_orders, 0, count > 0 ? db_i64(s->rows, 0, 6) : 0);
    keyboard_row(&s->keyboard);
    show_button(s, N_("🆕 New order"), (struct pressed){.press = PRESS_new_order});
    show_back(s);
}

void render_pins(struct show *s)
{
    int count = db_rows(s->rows);
    if (count > 0 && !db_bool(s->rows, 0, 6)) {
        show_say(s, refusal_sentence(REFUSE_pin_not_allowed));
        show_back(s);
        return;
    }
    show_say(s, count > 0 ? N_("📌 <b>Pinned contractors</b> see your new orders first. Press a name to pin or unpin.")
                          : N_("📌 Here you will see the contractors who have closed an order of yours; you can pin those you liked."));
    for (int i = 0; i < count; i++) {
        bool pinned = db_bool(s->rows, i, 2), busy = db_bool(s->rows, i, 3), away = db_bool(s->rows, i, 4);
        scoped(buf_fini) struct buf label = {0}, name = {0};
        template_add_cut(&name, db_text(s->rows, i, 1), 24);
        buf_printf(&label, "%s%s · %s", pinned ? "📌 " : "", buf_text(&name),
                   tr(s->reader.language, away ? N_("away") : busy ? N_("busy") : N_("free")));
        keyboard_row(&s->keyboard);
        keyboard_add_text(&s->keyboard, buf_text(&label),
                          (struct pressed){pinned ? PRESS_unpin : PRESS_pin, 0, db_i64(s->rows, i, 0)});
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
    show_say(s, s->view == VIEW_CLIENT   ? N_("✍️ Whatever you send now goes to the contractor of order №{order}.")
                : s->view == VIEW_WORKER ? N_("✍️ Whatever you send now goes to the client of order №{order}.")
                                         : N_("✍️ Whatever you send now goes to the client and the contractor of order №{order}."));
    show_drop(s, N_("✔️ That was all"));
}

void render_details(struct show *s)
{
    show_say(s, N_("➕ What shall be added to order №{order}? Words and files are fine."));
    show_drop(s, N_("✔️ That was all"));
}

void render_cancel(struct show *s)
{
    show_say(s, N_("✖️ Cancel order №{order}? It does not count against your tariff then. If you like, write why."));
    show_button(s, N_("Yes, cancel it"), (struct pressed){PRESS_cancel_now, s->order_id, 0});
    show_drop(s, N_("No, keep it"));
}

void render_answer(struct show *s)
{
    show_say(s, N_("💬 Write your answer about order №{order}; the contractor goes on as soon as it is there."));
    show_drop(s, N_("« Later"));
}

void render_review(struct show *s)
{
    show_say(s, N_("How many stars for order №{order}?"));
    for (int stars = 1; stars <= 5; stars++) {
        char label[16];
        snprintf(label, sizeof label, "%d ⭐", stars);
        keyboard_add_text(&s->keyboard, label, (struct pressed){PRESS_stars, s->order_id, stars});
    }
    show_drop(s, N_("« Later"));
}

void render_review_text(struct show *s)
{
    values_number(&s->values, "n", s->arg);
    show_say(s, N_("{n} ⭐ it is. Now a few words about the work; with them order №{order} is accepted."));
    show_button(s, N_("Accept without words"), (struct pressed){PRESS_accept, s->order_id, s->arg});
    show_drop(s, N_("« Later"));
}

/* ---- history ---- */

/* clang-format off */
static const char *const event_words[ORDER_EVENT_COUNT] = {
    [EVENT_CREATE]       = N_("ordered"),
    [EVENT_ADD_DETAILS]  = N_("details added"),
    [EVENT_CANCEL]       = N_("cancelled"),
    [EVENT_TAKE]         = N_("taken"),
    [EVENT_ASSIGN]       = N_("a contractor is assigned"),
    [EVENT_SET_ESTIMATE] = N_("time named"),
    [EVENT_REASSIGN]     = N_("given to another contractor"),
    [EVENT_ASK]          = N_("question"),
    [EVENT_ANSWER]       = N_("answer"),
    [EVENT_RESUME]       = N_("goes on without the answer"),
    [EVENT_SAY]          = N_("message"),
    [EVENT_EXTEND]       = N_("time extended"),
    [EVENT_GIVE_BACK]    = N_("given back"),
    [EVENT_RELEASE]      = N_("taken from the contractor"),
    [EVENT_FINISH]       = N_("work handed over"),
    [EVENT_ACCEPT]       = N_("accepted"),
    [EVENT_AUTO_CLOSE]   = N_("closed by itself"),
    [EVENT_REWORK]       = N_("returned for rework"),
    [EVENT_RATE]         = N_("rated"),
    [EVENT_COMPLAIN]     = N_("complaint"),
    [EVENT_OPEN_OFFER]   = N_("open to all contractors"),
    [EVENT_ALERT]        = N_("managers alerted"),
    [EVENT_REMIND]       = N_("reminder"),
    [EVENT_BREACH]       = N_("the promise is broken"),
    [EVENT_ACKNOWLEDGE]  = N_("a manager is on it"),
};
/* clang-format on */

void render_history(struct show *s)
{
    values_number(&s->values, "order", s->order_id);
    show_say(s, N_("🕓 <b>Order №{order}: history</b>"));
    for (int i = 0; i < db_rows(s->rows); i++) {
        int event = order_event_parse(db_text(s->rows, i, 0));
        int64_t estimate = db_i64(s->rows, i, 4);
        values_instant(&s->values, "at", db_i64(s->rows, i, 3));
        values_word(&s->values, "event", event < 0 ? "?" : event_words[event]);
        show_line(s, N_("{at} · {event}"));
        if (estimate > 0) {
            values_span(&s->values, "estimate", estimate * MINUTE_MS);
            show_say(s, N_(" ({estimate})"));
        }
        if (*db_text(s->rows, i, 7)) {
            show_excerpt(s, "text", db_text(s->rows, i, 7));
            show_line(s, N_("    <i>{text}</i>"));
        }
    }
    show_button(s, N_("« The order"), (struct pressed){PRESS_order, s->order_id, 0});
    show_back(s);
}
