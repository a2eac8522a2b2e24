/* screens_manager.c - what a manager sees */
#include "bot-gateway/dialog/screens.h"

#include "common/base/text.h"

/* ---- the board ---- */

enum board_column {
    BOARD_ORDER,
    BOARD_STATE,
    BOARD_DUE,
    BOARD_TASK,
    BOARD_CONTRACTOR,
    BOARD_ACCOUNT,
    BOARD_MANAGER,
    BOARD_TOTAL,
    BOARD_COUNTS /* one for each sort */
};

/* clang-format off */
static const struct board_sort {
    enum press  press;
    const char *label;   /* its number follows */
    const char *heading; /* above its orders */
    const char *nothing; /* instead of them */
} board_sorts[] = { /* in the order of the counts of list_board.sql */
    {PRESS_board_waiting, N_("🕐 Waiting"),    N_("🕐 <b>Nobody has taken these</b>"),     N_("🕐 Nothing waits to be taken.")},
    {PRESS_board_work,    N_("🛠 In work"),    N_("🛠 <b>In work</b>"),                     N_("🛠 Nothing is in work.")},
    {PRESS_board_late,    N_("🔴 Late"),       N_("🔴 <b>Late</b>"),                        N_("🔴 Nothing is late.")},
    {PRESS_board_asking,  N_("❓ For client"), N_("❓ <b>Waiting for the client</b>"),      N_("❓ Nothing waits for a client.")},
    {PRESS_board_done,    N_("✅ Done"),       N_("✅ <b>Done, not accepted yet</b>"),      N_("✅ Nothing waits to be accepted.")},
};
/* clang-format on */

static const struct board_sort whole_board = {
    PRESS_board, N_("📊 All"),
    N_("📊 <b>Board</b>\n🕐 waits, 🛠 in work, ❓ waits "
       "for the client, ✅ to be accepted, 🔴 late"),
    N_("📊 The board is empty: everything is done.")};

static const struct board_sort *sort_shown(const struct show *s)
{
    for (size_t i = 0; i < ARRAY_LEN(board_sorts); i++) {
        if (board_sorts[i].press == s->press) {
            return &board_sorts[i];
        }
    }
    return &whole_board;
}

/* A button for each sort with how many there are; the one that is shown leads back to all. */
static void offer_sorts(struct show *s)
{
    keyboard_row(&s->keyboard);
    for (size_t i = 0; i < ARRAY_LEN(board_sorts); i++) {
        bool is_shown = sort_shown(s) == &board_sorts[i];
        const struct board_sort *sort = is_shown ? &whole_board : &board_sorts[i];
        scoped(buf_fini) struct buf label = {0};
        buf_add_text(&label, tr(s->reader.language, sort->label));
        if (!is_shown) {
            buf_printf(&label, " %lld", (long long)db_i64(s->rows, 0, BOARD_COUNTS + (int)i));
        }
        if (i == 3) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, buf_text(&label), (struct pressed){.press = sort->press});
    }
}

static void board_line(struct show *s, int row)
{
    int64_t order_id = db_i64(s->rows, row, BOARD_ORDER), due_at = db_i64(s->rows, row, BOARD_DUE);
    int state = order_state_parse(db_text(s->rows, row, BOARD_STATE));
    bool late = due_at > 0 && due_at <= s->reader.now_ms;
    values_number(&s->values, "order", order_id);
    values_text(&s->values, "sign", state_sign((enum order_state)state, late));
    values_span(&s->values, "left", due_at - s->reader.now_ms);
    values_cut(&s->values, "account", db_text(s->rows, row, BOARD_ACCOUNT), 32);
    values_cut(&s->values, "contractor", db_text(s->rows, row, BOARD_CONTRACTOR), 32);
    values_cut(&s->values, "who", db_text(s->rows, row, BOARD_MANAGER), 32);
    show_excerpt(s, "task", db_text(s->rows, row, BOARD_TASK));
    show_gap(s);
    show_line(s, late ? N_("{sign} <b>№{order}</b> · late by {left} · {account}")
                      : N_("{sign} <b>№{order}</b> · {left} left · {account}"));
    if (!db_is_null(s->rows, row, BOARD_CONTRACTOR)) {
        show_say(s, N_(" → {contractor}"));
    }
    if (!db_is_null(s->rows, row, BOARD_MANAGER)) {
        show_say(s, N_(" 🙋 {who}"));
    }
    show_line(s, N_("{task}"));
    char label[48];
    snprintf(label, sizeof label, "%s №%lld", state_sign((enum order_state)state, late),
             (long long)order_id);
    if (row % 4 == 0) {
        keyboard_row(&s->keyboard);
    }
    keyboard_add_text(&s->keyboard, label, (struct pressed){PRESS_order, order_id, 0});
}

void render_board(struct show *s)
{
    const struct board_sort *shown = sort_shown(s);
    int count = db_rows(s->rows);
    bool is_empty = count == 0 || db_is_null(s->rows, 0, BOARD_ORDER);
    show_say(s, is_empty ? shown->nothing : shown->heading);
    for (int i = 0; i < count && !is_empty; i++) {
        board_line(s, i);
    }
    show_pages(s, shown->press, 0, count > 0 ? db_i64(s->rows, 0, BOARD_TOTAL) : 0);
    if (count > 0) {
        offer_sorts(s);
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("👷 Contractors"), (struct pressed){.press = PRESS_contractors});
    show_back(s);
}

/* ---- the contractors ---- */

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

/* Contact, and what keeps him or her. */
static void contractor_line(struct show *s, int row)
{
    scoped(buf_fini) struct buf name = {0};
    template_add_cut(&name, db_text(s->rows, row, WHO_NAME), CARD_NAME_UNITS);
    values_contact(&s->values, "contractor", buf_text(&name), db_i64(s->rows, row, WHO_TELEGRAM),
                   db_text(s->rows, row, WHO_USERNAME), db_text(s->rows, row, WHO_PHONE));
    show_line(s, N_("{contractor}"));
    show_line(s, condition_of(s, row));
}

static void list_contractors(struct show *s)
{
    for (int i = 0; i < db_rows(s->rows); i++) {
        show_gap(s);
        contractor_line(s, i);
    }
}

static int64_t contractors_total(const struct show *s)
{
    return db_rows(s->rows) > 0 ? db_i64(s->rows, 0, WHO_TOTAL) : 0;
}

/* "🟢 Name": the press gets the person's number. */
static void name_button(struct show *s, int row, struct pressed pressed)
{
    bool is_free = db_bool(s->rows, row, WHO_REACHABLE) && db_bool(s->rows, row, WHO_ON_DUTY) &&
                   db_is_null(s->rows, row, WHO_ORDERS);
    scoped(buf_fini) struct buf label = {0};
    buf_printf(&label, "%s%s", is_free ? "🟢 " : "", db_text(s->rows, row, WHO_NAME));
    pressed.arg = db_i64(s->rows, row, WHO_ID);
    keyboard_add_text(&s->keyboard, buf_text(&label), pressed);
}

void render_contractors(struct show *s)
{
    show_say(s, contractors_total(s) > 0 ? N_("👷 <b>Contractors</b>")
                                         : N_("👷 There are no contractors yet."));
    list_contractors(s);
    for (int i = 0; i < db_rows(s->rows); i++) {
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        name_button(s, i, (struct pressed){.press = PRESS_contractor});
    }
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
        if (i % 2 == 0 || give == PRESS_give) {
            keyboard_row(&s->keyboard);
        }
        name_button(s, i, (struct pressed){give, s->order_id, 0});
        if (give == PRESS_give) { /* or only asked: who takes it names the time as well */
            show_button(s, N_("🙏 Ask to take it"),
                        (struct pressed){PRESS_ping, s->order_id, db_i64(s->rows, i, WHO_ID)});
        }
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

/* ---- one contractor ---- */

enum { ASKED_ORDER = WHO_TOTAL + 1, ASKED_TASK, ASKED_DUE }; /* of load_contractor.sql */

void render_contractor(struct show *s)
{
    if (db_rows(s->rows) == 0) {
        show_say(s, refusal_sentence(REFUSE_no_such_person));
        show_back(s);
        return;
    }
    bool has_orders = !db_is_null(s->rows, 0, ASKED_ORDER);
    contractor_line(s, 0);
    show_gap(s);
    show_line(s, has_orders ? N_("🙏 Ask to take an order that waits:")
                            : N_("No order waits that could be taken."));
    for (int i = 0; i < db_rows(s->rows) && has_orders; i++) {
        int64_t order_id = db_i64(s->rows, i, ASKED_ORDER);
        scoped(buf_fini) struct buf label = {0}, task = {0};
        template_add_cut(&task, db_text(s->rows, i, ASKED_TASK), KEYBOARD_LABEL_UNITS);
        buf_printf(&label, "№%lld · %s", (long long)order_id, buf_text(&task));
        keyboard_row(&s->keyboard);
        keyboard_add_text(&s->keyboard, buf_text(&label),
                          (struct pressed){PRESS_ping, order_id, db_i64(s->rows, i, WHO_ID)});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("👷 Contractors"), (struct pressed){.press = PRESS_contractors});
    show_back(s);
}
