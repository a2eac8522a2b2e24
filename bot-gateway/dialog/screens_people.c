/* screens_people.c - the people as an owner sees them: lists by role, a card each */
#include "bot-gateway/dialog/screens.h"

#include "bot-gateway/dialog/two_numbers.h"
#include "common/base/text.h"

void render_people(struct show *s)
{
    show_say(s, N_("👥 <b>People</b>"));
    for (int i = 0; i < db_rows(s->rows); i++) {
        int role = role_parse(db_text(s->rows, i, 0));
        values_word(&s->values, "role", role_word((enum role)role));
        values_number(&s->values, "n", db_i64(s->rows, i, 1));
        values_number(&s->values, "away", db_i64(s->rows, i, 2));
        values_number(&s->values, "lost", db_i64(s->rows, i, 3));
        show_line(s, N_("{role}: {n}"));
        if (db_i64(s->rows, i, 2) > 0) {
            show_say(s, N_(", away: {away}"));
        }
        if (db_i64(s->rows, i, 3) > 0) {
            show_say(s, N_(", cannot be reached: {lost}"));
        }
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        show_button(s, role_word((enum role)role),
                    (struct pressed){PRESS_people_of, 0, with_role(0, (unsigned)role)});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("🚪 Removed"), (struct pressed){PRESS_people_of, 0, with_role(0, 0)});
    show_button(s, N_("💼 Accounts"), (struct pressed){.press = PRESS_accounts});
    show_button(s, N_("💬 Group"), (struct pressed){.press = PRESS_group});
    keyboard_row(&s->keyboard);
    show_button(s, N_("🔗 Invite"), (struct pressed){.press = PRESS_invite});
    show_button(s, N_("👤 Choose from Telegram"), (struct pressed){.press = PRESS_pick});
    show_back(s);
}

/* ---- a page of them ---- */

enum listed_column {
    LISTED_ID,
    LISTED_NAME,
    LISTED_TELEGRAM,
    LISTED_USERNAME,
    LISTED_PHONE,
    LISTED_ON_DUTY,
    LISTED_REACHABLE,
    LISTED_ACCOUNT,
    LISTED_TOTAL
};

/* Pages of one role: the number carries both, so Telegram's page buttons cannot count it up by one.
 */
static void role_pages(struct show *s, unsigned role, int64_t page, int64_t total)
{
    int64_t pages = (total + SCREEN_PAGE_ROWS - 1) / SCREEN_PAGE_ROWS;
    keyboard_row(&s->keyboard);
    if (page > 0) {
        keyboard_add_text(&s->keyboard, "«",
                          (struct pressed){PRESS_people_of, 0, with_role(page - 1, role)});
    }
    if (page + 1 < pages) {
        keyboard_add_text(&s->keyboard, "»",
                          (struct pressed){PRESS_people_of, 0, with_role(page + 1, role)});
    }
}

static void list_person(struct show *s, int row)
{
    scoped(buf_fini) struct buf name = {0};
    template_add_cut(&name, db_text(s->rows, row, LISTED_NAME), CARD_NAME_UNITS);
    values_contact(&s->values, "person", buf_text(&name), db_i64(s->rows, row, LISTED_TELEGRAM),
                   db_text(s->rows, row, LISTED_USERNAME), db_text(s->rows, row, LISTED_PHONE));
    values_cut(&s->values, "account", db_text(s->rows, row, LISTED_ACCOUNT), 32);
    show_line(s, N_("• {person}"));
    if (!db_is_null(s->rows, row, LISTED_ACCOUNT)) {
        show_say(s, N_(" · {account}"));
    }
    if (!db_bool(s->rows, row, LISTED_REACHABLE)) {
        show_say(s, N_(" · 🔕"));
    } else if (!db_bool(s->rows, row, LISTED_ON_DUTY)) {
        show_say(s, N_(" · 🌙"));
    }
    if (row % 2 == 0) {
        keyboard_row(&s->keyboard);
    }
    keyboard_add_text(&s->keyboard, db_text(s->rows, row, LISTED_NAME),
                      (struct pressed){PRESS_person, 0, db_i64(s->rows, row, LISTED_ID)});
}

void render_people_of(struct show *s)
{
    unsigned role = role_in(s->arg);
    int64_t total = db_rows(s->rows) > 0 ? db_i64(s->rows, 0, LISTED_TOTAL) : 0;
    values_word(&s->values, "role", role_word((enum role)role));
    values_number(&s->values, "n", total);
    show_say(s, role ? N_("👥 <b>{role}: {n}</b>") : N_("🚪 <b>Removed: {n}</b>"));
    for (int i = 0; i < db_rows(s->rows); i++) {
        list_person(s, i);
    }
    role_pages(s, role, number_in(s->arg), total);
    keyboard_row(&s->keyboard);
    show_button(s, N_("« People"), (struct pressed){.press = PRESS_people});
    show_back(s);
}

/* ---- one of them ---- */

enum person_column {
    CARD_ID,
    CARD_NAME,
    CARD_TELEGRAM,
    CARD_USERNAME,
    CARD_PHONE,
    CARD_ROLES,
    CARD_LOST_ROLES,
    CARD_ON_DUTY,
    CARD_AWAY_UNTIL,
    CARD_REACHABLE,
    CARD_SINCE,
    CARD_ACCOUNT_ID,
    CARD_ACCOUNT,
    CARD_WORKING,
    CARD_CLOSED,
};

static void say_roles(struct show *s, unsigned roles)
{
    const char *gap = "";
    struct buf words = {0};
    for (unsigned role = ROLE_CLIENT; role <= ROLE_OWNER; role <<= 1) {
        if (roles & role) {
            buf_printf(&words, "%s%s", gap, tr(s->reader.language, role_word((enum role)role)));
            gap = ", ";
        }
    }
    values_html(&s->values, "roles", &words);
    show_line(s, roles ? N_("Roles: {roles}") : N_("🚪 Has no role any more."));
}

static void say_condition(struct show *s)
{
    if (!db_bool(s->rows, 0, CARD_REACHABLE)) {
        show_line(s, N_("🔕 cannot be reached"));
    } else if (!db_bool(s->rows, 0, CARD_ON_DUTY)) {
        values_instant(&s->values, "until", db_i64(s->rows, 0, CARD_AWAY_UNTIL));
        show_line(s, db_is_null(s->rows, 0, CARD_AWAY_UNTIL) ? N_("🌙 away")
                                                             : N_("🌙 away until {until}"));
    }
}

/* clang-format off */
static const struct role_buttons { enum role role; const char *give, *restore, *take; } role_buttons[] = {
    {ROLE_CLIENT,     N_("➕ Client"),     N_("↩️ Client again"),     N_("➖ Client")},
    {ROLE_CONTRACTOR, N_("➕ Contractor"), N_("↩️ Contractor again"), N_("➖ Contractor")},
    {ROLE_MANAGER,    N_("➕ Manager"),    N_("↩️ Manager again"),    N_("➖ Manager")},
    {ROLE_OWNER,      N_("➕ Owner"),      N_("↩️ Owner again"),      N_("➖ Owner")},
};
/* clang-format on */

static void add_role_buttons(struct show *s, unsigned roles, unsigned lost)
{
    int64_t id = db_i64(s->rows, 0, CARD_ID), telegram_id = db_i64(s->rows, 0, CARD_TELEGRAM);
    for (size_t i = 0; i < ARRAY_LEN(role_buttons); i++) {
        const struct role_buttons *b = &role_buttons[i];
        if (i % 2 == 0) {
            keyboard_row(&s->keyboard);
        }
        if (roles & b->role) {
            show_button(s, b->take, (struct pressed){PRESS_take_role, 0, with_role(id, b->role)});
        } else if (lost & b->role) {
            show_button(s, b->restore,
                        (struct pressed){PRESS_restore_role, 0, with_role(id, b->role)});
        } else {
            show_button(s, b->give,
                        (struct pressed){PRESS_give_role, 0, with_role(telegram_id, b->role)});
        }
    }
}

static void add_way_back(struct show *s)
{
    keyboard_row(&s->keyboard);
    show_button(s, N_("« People"), (struct pressed){.press = PRESS_people});
    show_back(s);
}

void render_person(struct show *s)
{
    if (db_rows(s->rows) == 0) {
        show_say(s, refusal_sentence(REFUSE_no_such_person));
        add_way_back(s);
        return;
    }
    unsigned roles = (unsigned)db_i64(s->rows, 0, CARD_ROLES);
    scoped(buf_fini) struct buf name = {0};
    template_add_cut(&name, db_text(s->rows, 0, CARD_NAME), CARD_NAME_UNITS);
    values_contact(&s->values, "person", buf_text(&name), db_i64(s->rows, 0, CARD_TELEGRAM),
                   db_text(s->rows, 0, CARD_USERNAME), db_text(s->rows, 0, CARD_PHONE));
    values_day(&s->values, "since", db_i64(s->rows, 0, CARD_SINCE));
    values_cut(&s->values, "account", db_text(s->rows, 0, CARD_ACCOUNT), CARD_NAME_UNITS);
    values_number(&s->values, "working", db_i64(s->rows, 0, CARD_WORKING));
    values_number(&s->values, "closed", db_i64(s->rows, 0, CARD_CLOSED));
    show_say(s, N_("👤 <b>{person}</b>\nHere since {since}"));
    say_roles(s, roles);
    say_condition(s);
    if (!db_is_null(s->rows, 0, CARD_ACCOUNT)) {
        show_line(s, N_("💼 {account}"));
    }
    if (roles & ROLE_CONTRACTOR) {
        show_line(s, N_("🛠 In work: {working}, closed: {closed}"));
    }
    add_role_buttons(s, roles, (unsigned)db_i64(s->rows, 0, CARD_LOST_ROLES));
    if (!db_is_null(s->rows, 0, CARD_ACCOUNT)) {
        keyboard_row(&s->keyboard);
        show_button(s, N_("💼 The account"),
                    (struct pressed){PRESS_account, 0, db_i64(s->rows, 0, CARD_ACCOUNT_ID)});
    }
    add_way_back(s);
}

/* ---- a role is to be taken away ---- */

enum loss_column { LOSS_ID, LOSS_NAME, LOSS_WORK, LOSS_WAITING, LOSS_IS_LAST };

/* What becomes of the orders, said before it happens. */
static void say_consequences(struct show *s, unsigned role)
{
    values_number(&s->values, "working", db_i64(s->rows, 0, LOSS_WORK));
    values_number(&s->values, "waiting", db_i64(s->rows, 0, LOSS_WAITING));
    if (role == ROLE_CONTRACTOR && db_i64(s->rows, 0, LOSS_WORK) > 0) {
        show_line(s, N_("Orders in work go back to the queue: {working}. What is done stays and is "
                        "paid."));
    }
    if (role == ROLE_CLIENT && db_bool(s->rows, 0, LOSS_IS_LAST)) {
        show_line(s, N_("Nobody of the account is left then: orders that nobody has taken are "
                        "cancelled ({waiting}), for the others managers act."));
    }
}

void render_take_role(struct show *s)
{
    unsigned role = role_in(s->arg);
    if (db_rows(s->rows) == 0) {
        show_say(s, refusal_sentence(REFUSE_no_such_person));
        add_way_back(s);
        return;
    }
    values_cut(&s->values, "person", db_text(s->rows, 0, LOSS_NAME), CARD_NAME_UNITS);
    values_word(&s->values, "role", role_word((enum role)role));
    show_say(s, N_("🚪 Take the role away: <b>{person}</b>, {role}?"));
    say_consequences(s, role);
    show_button(s, N_("➖ Yes, take it away"), (struct pressed){PRESS_take_role_now, 0, s->arg});
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Back"), (struct pressed){PRESS_person, 0, db_i64(s->rows, 0, LOSS_ID)});
}
