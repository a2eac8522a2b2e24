/* screens_manager.c - what a manager sees */
#include "bot-gateway/dialog/screens.h"

#include "common/base/text.h"

enum board_column {
    BOARD_ORDER,
    BOARD_STATE,
    BOARD_DUE,
    BOARD_TASK,
    BOARD_CONTRACTOR,
    BOARD_ACCOUNT,
    BOARD_MANAGER,
    BOARD_TOTAL
};

void render_board(struct show *s)
{
    int count = db_rows(s->rows);
    show_say(s,
             count > 0
                 ? N_("📊 <b>Board</b>\n🕐 waits, 🛠 in work, ❓ waits for the client, ✅ "
                      "to be accepted, 🔴 late")
                 : N_("📊 The board is empty: everything is done."));
    for (int i = 0; i < count; i++) {
        int64_t order_id = db_i64(s->rows, i, BOARD_ORDER), due_at = db_i64(s->rows, i, BOARD_DUE);
        int state = order_state_parse(db_text(s->rows, i, BOARD_STATE));
        bool late = due_at > 0 && due_at <= s->reader.now_ms;
        values_number(&s->values, "order", order_id);
        values_text(&s->values, "sign", state_sign((enum order_state)state, late));
        values_span(&s->values, "left", due_at - s->reader.now_ms);
        values_cut(&s->values, "account", db_text(s->rows, i, BOARD_ACCOUNT), 32);
        values_cut(&s->values, "contractor", db_text(s->rows, i, BOARD_CONTRACTOR), 32);
        values_cut(&s->values, "who", db_text(s->rows, i, BOARD_MANAGER), 32);
        show_excerpt(s, "task", db_text(s->rows, i, BOARD_TASK));
        show_gap(s);
        show_line(s, late ? N_("{sign} <b>№{order}</b> · late by {left} · {account}")
                          : N_("{sign} <b>№{order}</b> · {left} left · {account}"));
        if (!db_is_null(s->rows, i, BOARD_CONTRACTOR)) {
            show_say(s, N_(" → {contractor}"));
        }
        if (!db_is_null(s->rows, i, BOARD_MANAGER)) {
            show_say(s, N_(" 🙋 {who}"));
        }
        show_line(s, N_("{task}"));
        char label[48];
        snprintf(label, sizeof label, "%s №%lld", state_sign((enum order_state)state, late),
                 (long long)order_id);
        if (i % 4 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, label, (struct pressed){PRESS_order, order_id, 0});
    }
    show_pages(s, PRESS_board, 0, count > 0 ? db_i64(s->rows, 0, BOARD_TOTAL) : 0);
    keyboard_row(&s->keyboard);
    show_button(s, N_("👷 Contractors"), (struct pressed){.press = PRESS_contractors});
    show_back(s);
}

enum contractor_column {
    WHO_ID,
    WHO_NAME,
    WHO_TELEGRAM,
    WHO_USERNAME,
    WHO_PHONE,
    WHO_ON_DUTY,
    WHO_REACHABLE,
    WHO_AWAY_UNTIL,
    WHO_ORDERS,
    WHO_TOTAL
};

static const char *condition_of(struct show *s, int row)
{
    if (!db_bool(s->rows, row, WHO_REACHABLE)) {
        return N_("🔕 cannot be reached");
    }
    if (!db_bool(s->rows, row, WHO_ON_DUTY)) {
        values_instant(&s->values, "until", db_i64(s->rows, row, WHO_AWAY_UNTIL));
        return db_is_null(s->rows, row, WHO_AWAY_UNTIL) ? N_("🌙 away") : N_("🌙 away until {until}");
    }
    values_text(&s->values, "orders", db_text(s->rows, row, WHO_ORDERS));
    return db_is_null(s->rows, row, WHO_ORDERS) ? N_("🟢 free") : N_("🛠 busy with {orders}");
}

/* One line per contractor: contact, and what keeps him or her. */
static void list_contractors(struct show *s)
{
    for (int i = 0; i < db_rows(s->rows); i++) {
        scoped(buf_fini) struct buf name = {0};
        template_add_cut(&name, db_text(s->rows, i, WHO_NAME), CARD_NAME_UNITS);
        values_contact(&s->values, "contractor", buf_text(&name), db_i64(s->rows, i, WHO_TELEGRAM),
                       db_text(s->rows, i, WHO_USERNAME), db_text(s->rows, i, WHO_PHONE));
        show_gap(s);
        show_line(s, N_("{contractor}"));
        show_line(s, condition_of(s, i));
    }
}

static int64_t contractors_total(const struct show *s)
{
    return db_rows(s->rows) > 0 ? db_i64(s->rows, 0, WHO_TOTAL) : 0;
}

void render_contractors(struct show *s)
{
    show_say(s, contractors_total(s) > 0 ? N_("👷 <b>Contractors</b>")
                                         : N_("👷 There are no contractors yet."));
    list_contractors(s);
    show_pages(s, PRESS_contractors, 0, contractors_total(s));
    keyboard_row(&s->keyboard);
    show_button(s, N_("📊 Board"), (struct pressed){.press = PRESS_board});
    show_back(s);
}

/* Whoever is pressed gets the order: by `give`, another page by `page`. */
static void choose_contractor(struct show *s, const char *question, enum press give,
                              enum press page)
{
    values_number(&s->values, "order", s->order_id);
    show_say(s, contractors_total(s) > 0 ? question : N_("👷 There are no contractors yet."));
    list_contractors(s);
    for (int i = 0; i < db_rows(s->rows); i++) {
        bool is_free = db_bool(s->rows, i, WHO_REACHABLE) && db_bool(s->rows, i, WHO_ON_DUTY) &&
                       db_is_null(s->rows, i, WHO_ORDERS);
        scoped(buf_fini) struct buf label = {0};
        buf_printf(&label, "%s%s", is_free ? "🟢 " : "", db_text(s->rows, i, WHO_NAME));
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, buf_text(&label),
                          (struct pressed){give, s->order_id, db_i64(s->rows, i, WHO_ID)});
    }
    show_pages(s, page, s->order_id, contractors_total(s));
    keyboard_row(&s->keyboard);
    show_button(s, N_("« The order"), (struct pressed){PRESS_order, s->order_id, 0});
}

void render_assign(struct show *s)
{
    choose_contractor(s, N_("👤 <b>Who takes order №{order}?</b>"), PRESS_give, PRESS_assign);
}

void render_reassign(struct show *s)
{
    choose_contractor(s, N_("👥 <b>Who goes on with order №{order}?</b>"), PRESS_reassign_to,
                      PRESS_reassign);
}
