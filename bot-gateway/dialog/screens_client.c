/* screens_client.c - what a client sees: a new order, the account's orders, pins, prompts */
#include "bot-gateway/dialog/screens.h"

#include "common/base/clock.h"
#include "common/base/text.h"

/* ---- a new order ---- */

enum { EXAMPLE_TEXT, EXAMPLE_LEFT, EXAMPLE_OPEN_LIMIT, EXAMPLE_OPEN }; /* load_examples.sql */

/* What the tariff still allows, said before anything is written. */
static void show_allowance(struct show *s)
{
    int64_t left = db_i64(s->rows, 0, EXAMPLE_LEFT);
    int64_t limit = db_i64(s->rows, 0, EXAMPLE_OPEN_LIMIT);
    values_number(&s->values, "n", left);
    show_gap(s);
    buf_add_char(&s->html, '\n');
    say_n(&s->values, "{n} order is left in this month.", "{n} orders are left in this month.",
          left, &s->html);
    if (left > 0 && db_i64(s->rows, 0, EXAMPLE_OPEN) >= limit) {
        values_number(&s->values, "limit", limit);
        show_line(s, N_("⏳ Open orders at once on your tariff: {limit}, and that many are open. "
                        "Write it down now and send it when one of them is done."));
    }
}

void render_new_order(struct show *s)
{
    show_say(s, N_("🆕 <b>A new order</b>\nWrite what needs to be done. Several messages, photos, "
                   "files and voice are fine; press “Send” when all is said."));
    for (int i = 0; i < db_rows(s->rows); i++) {
        if (i == 0) {
            show_gap(s);
            show_line(s, N_("For example:"));
        }
        values_cut(&s->values, "example", db_text(s->rows, i, EXAMPLE_TEXT), 300);
        show_line(s, N_("• <i>{example}</i>"));
    }
    if (db_rows(s->rows) > 0 && !db_is_null(s->rows, 0, EXAMPLE_LEFT)) {
        show_allowance(s);
    }
    show_drop(s, N_("✖️ Not now"));
}

/* What kind of help it is, if the client cares to say; pressed again: none. */
static void show_kinds(struct show *s)
{
    for (int i = 0; i < db_rows(s->rows); i++) {
        int64_t id = db_i64(s->rows, i, 0);
        bool chosen = id == s->arg;
        scoped(str_free) char *label =
            xasprintf("%s %s", chosen ? "✅" : "🏷", db_text(s->rows, i, 1));
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, label, (struct pressed){PRESS_kind, 0, chosen ? 0 : id});
    }
}

void render_draft(struct show *s)
{
    const struct draft *draft = show_draft(s, SEAT_CLIENT);
    scoped(buf_fini) struct buf text = {0};
    draft_text(draft, &text);
    values_cut(&s->values, "task", buf_text(&text), CARD_TASK_UNITS);
    values_number(&s->values, "files", (int64_t)draft_file_count(draft));
    if (!text_has_words(buf_text(&text))) {
        show_say(s, N_("📎 Got it. Now please say in words what needs to be done."));
    } else {
        show_say(s, N_("📝 <b>Your order so far</b>\n\n{task}"));
        if (draft_file_count(draft) > 0) {
            show_line(s, N_("📎 Attachments: {files}"));
        }
        if (draft->wish) {
            values_cut(&s->values, "wish", draft->wish, CARD_WISH_UNITS);
            show_line(s, N_("Wanted: {wish}"));
        }
        show_gap(s);
        show_line(s, N_("Anything else? Just write on. If that is all, send it."));
        show_button(s, N_("✅ Send"), (struct pressed){.press = PRESS_send});
        show_button(s, draft->wish ? N_("📅 Another deadline") : N_("📅 A deadline"),
                    (struct pressed){PRESS_wish, 0, s->arg});
        show_kinds(s);
    }
    show_drop(s, N_("✖️ Drop it"));
}

void render_wish(struct show *s)
{
    show_say(s, N_("📅 Until when would you like to have it? In your own words: “tonight”, “by the "
                   "10th of May”. It is a wish; the contractor names the time."));
    show_button(s, N_("« The order"), (struct pressed){PRESS_kind, 0, s->arg});
}

void render_loose(struct show *s)
{
    bool is_client = (s->person->viewer.roles & ROLE_CLIENT) != 0;
    int count = db_rows(s->rows);
    if (!is_client && count == 0) {
        show_say(s, N_("I do not know where to pass this on: you have no order in work. Everything "
                       "begins in the menu."));
        show_back(s);
        return;
    }
    show_say(s, N_("Where does this belong?"));
    for (int i = 0; i < count; i++) {
        values_number(&s->values, "order", db_i64(s->rows, i, 0));
        show_excerpt(s, "task", db_text(s->rows, i, 2));
        scoped(buf_fini) struct buf label = {0};
        template_render(tr(s->reader.language, N_("✉️ To order №{order}: {task}")),
                        s->values.items, s->values.count, &label);
        keyboard_row(&s->keyboard);
        keyboard_add_text(&s->keyboard, buf_text(&label),
                          (struct pressed){PRESS_place, db_i64(s->rows, i, 0), 0});
    }
    if (is_client) {
        keyboard_row(&s->keyboard);
        show_button(s, N_("🆕 It is a new order"), (struct pressed){.press = PRESS_place_new});
    }
    show_drop(s, N_("✖️ Drop it"));
}

/* ---- orders ---- */

/* "🛠 №1024 · до 14:35 · текст": one button per order. */
static void order_button(struct show *s, int64_t order_id, int state, int64_t due_at,
                         const char *task)
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

static void order_buttons(struct show *s, enum press pages)
{
    int count = db_rows(s->rows);
    for (int i = 0; i < count; i++) {
        order_button(s, db_i64(s->rows, i, 0), order_state_parse(db_text(s->rows, i, 1)),
                     db_i64(s->rows, i, 2), db_text(s->rows, i, 4));
    }
    show_pages(s, pages, 0, count > 0 ? db_i64(s->rows, 0, 6) : 0);
    keyboard_row(&s->keyboard);
}

void render_account_orders(struct show *s)
{
    int count = db_rows(s->rows);
    show_say(s, count > 0
                    ? N_("📋 <b>Orders of the account</b>\n🕐 waits, 🛠 in work, ❓ your "
                         "answer is awaited, ✅ please accept, 🔴 late, 🏁 closed")
                    : N_("📋 There is no order yet. Begin with the first one!"));
    order_buttons(s, PRESS_orders);
    show_button(s, N_("🆕 New order"), (struct pressed){.press = PRESS_new_order});
    if (count > 0) {
        show_button(s, N_("🔎 Find"), (struct pressed){.press = PRESS_find});
    }
    show_back(s);
}

void render_find(struct show *s)
{
    show_say(s, N_("🔎 Which order are you looking for? Write its number, or words of its task."));
    show_button(s, N_("« My orders"), (struct pressed){.press = PRESS_orders});
}

void render_found(struct show *s)
{
    int count = db_rows(s->rows);
    const char *search = show_draft(s, SEAT_CLIENT)->search;
    values_text(&s->values, "search", search ? search : "");
    values_number(&s->values, "n", count > 0 ? db_i64(s->rows, 0, 6) : 0);
    show_say(s, count > 0 ? N_("🔎 “{search}”, orders found: {n}")
                          : N_("🔎 There is no order with “{search}”."));
    order_buttons(s, PRESS_found);
    show_button(s, N_("🔎 Look for something else"), (struct pressed){.press = PRESS_find});
    keyboard_row(&s->keyboard);
    show_button(s, N_("« My orders"), (struct pressed){.press = PRESS_orders});
}

enum pin_column { /* of list_pins.sql */
                  PIN_CONTRACTOR,
                  PIN_NAME,
                  PIN_PINNED,
                  PIN_BUSY,
                  PIN_AWAY,
                  PIN_CLOSED,
                  PIN_MAY_PIN,
                  PIN_SEES_CONTACTS,
                  PIN_TELEGRAM_ID,
                  PIN_USERNAME,
                  PIN_PHONE,
};

static void pin_button(struct show *s, int row)
{
    bool pinned = db_bool(s->rows, row, PIN_PINNED), busy = db_bool(s->rows, row, PIN_BUSY),
         away = db_bool(s->rows, row, PIN_AWAY);
    scoped(buf_fini) struct buf label = {0}, name = {0};
    template_add_cut(&name, db_text(s->rows, row, PIN_NAME), 24);
    buf_printf(&label, "%s%s · %s", pinned ? "📌 " : "", buf_text(&name),
               tr(s->reader.language, away   ? N_("away")
                                      : busy ? N_("busy")
                                             : N_("free")));
    keyboard_row(&s->keyboard);
    keyboard_add_text(&s->keyboard, buf_text(&label),
                      (struct pressed){pinned ? PRESS_unpin : PRESS_pin, 0,
                                       db_i64(s->rows, row, PIN_CONTRACTOR)});
}

/* Who worked for this account, reachable by those whose tariff grants contacts. */
static void contact_line(struct show *s, int row)
{
    scoped(buf_fini) struct buf name = {0};
    template_add_cut(&name, db_text(s->rows, row, PIN_NAME), CARD_NAME_UNITS);
    values_contact(&s->values, "contractor", buf_text(&name), db_i64(s->rows, row, PIN_TELEGRAM_ID),
                   db_text(s->rows, row, PIN_USERNAME), db_text(s->rows, row, PIN_PHONE));
    values_number(&s->values, "n", db_i64(s->rows, row, PIN_CLOSED));
    show_line(s, N_("• {contractor}, orders done for you: {n}"));
}

void render_pins(struct show *s)
{
    int count = db_rows(s->rows);
    bool may_pin = count > 0 && db_bool(s->rows, 0, PIN_MAY_PIN);
    bool sees_contacts = count > 0 && db_bool(s->rows, 0, PIN_SEES_CONTACTS);
    if (count > 0 && !may_pin && !sees_contacts) {
        show_say(s, refusal_sentence(REFUSE_pin_not_allowed));
        show_back(s);
        return;
    }
    show_say(s, count == 0 ? N_("📌 Here you will see the contractors who have closed an order of "
                                "yours; you can pin those you liked.")
                : may_pin  ? N_("📌 <b>Pinned contractors</b> see your new orders first. Press a "
                                 "name to pin or unpin.")
                           : N_("👷 <b>Contractors who have worked for you</b>"));
    if (sees_contacts) {
        show_gap(s);
    }
    for (int i = 0; i < count; i++) {
        if (sees_contacts) {
            contact_line(s, i);
        }
        if (may_pin) {
            pin_button(s, i);
        }
    }
    show_back(s);
}

void render_details(struct show *s)
{
    show_say(s, N_("➕ What shall be added to order №{order}? Words and files are fine."));
    show_drop(s, N_("✔️ That was all"));
}

void render_cancel(struct show *s)
{
    show_say(
        s, N_("✖️ Cancel order №{order}? It does not count against your tariff then. If you "
              "like, write why."));
    show_button(s, N_("Yes, cancel it"), (struct pressed){PRESS_cancel_now, s->order_id, 0});
    show_drop(s, N_("No, keep it"));
}

void render_hand_over(struct show *s)
{
    show_say(s, N_("🔑 Send the logins and passwords for order №{order} in one message.\n\nIt is "
                   "sealed, and deleted from this chat at once. Only the contractor at work can "
                   "look at it, for a minute at a time, and you see in the history when. At the "
                   "end of the order it is erased."));
    show_drop(s, N_("« Not needed"));
}

void render_answer(struct show *s)
{
    show_say(s, N_("💬 Write your answer about order №{order}; the contractor goes on as soon as it "
                   "is there."));
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
    show_say(
        s,
        N_("{n} ⭐ it is. Now a few words about the work; with them order №{order} is accepted."));
    show_button(s, N_("Accept without words"), (struct pressed){PRESS_accept, s->order_id, s->arg});
    show_drop(s, N_("« Later"));
}

void render_rate(struct show *s)
{
    values_number(&s->values, "n", s->arg);
    show_say(s, N_("{n} ⭐ for order №{order}. If you like, write a few words about the work."));
    show_button(s, N_("✅ Without words"), (struct pressed){PRESS_rate, s->order_id, s->arg});
    show_drop(s, N_("« Later"));
}

void render_rework(struct show *s)
{
    show_say(s,
             N_("↩️ What is not right about order №{order}? Words and pictures are fine; the "
                "contractor goes on with them."));
    show_drop(s, N_("« Later"));
}

void render_complain(struct show *s)
{
    show_say(s, N_("🆘 What is wrong with order №{order}? Only the managers read it."));
    show_drop(s, N_("« Never mind"));
}
