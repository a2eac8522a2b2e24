/* screens_owner.c - the links an owner makes, and the managers' group */
#include "bot-gateway/dialog/screens.h"

void render_invite(struct show *s)
{
    show_say(s,
             N_("🔗 <b>An invite link</b> is good for one person and seven days. For which role?"));
    for (unsigned role = ROLE_CLIENT; role <= ROLE_OWNER; role <<= 1) {
        if (role == ROLE_MANAGER) {
            keyboard_row(&s->keyboard);
        }
        show_button(s, role_word((enum role)role), (struct pressed){PRESS_invite_role, 0, role});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("👤 Choose from Telegram"), (struct pressed){.press = PRESS_pick});
    show_back(s);
}

static void list_tariffs(struct show *s, enum press press)
{
    for (int i = 0; i < db_rows(s->rows); i++) {
        const char *currency = db_text(s->rows, i, 5);
        values_text(&s->values, "tariff", db_text(s->rows, i, 1));
        values_number(&s->values, "n", db_i64(s->rows, i, 2));
        values_span(&s->values, "reaction", db_i64(s->rows, i, 3) * 60000);
        values_money(&s->values, "price", db_i64(s->rows, i, 4), *currency ? currency : "RUB");
        show_line(s, N_("<b>{tariff}</b>: orders a month – {n}, taken within {reaction}, {price}"));
        if (i % 3 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, db_text(s->rows, i, 1),
                          (struct pressed){press, 0, db_i64(s->rows, i, 0)});
    }
}

static void ask_for_tariff(struct show *s)
{
    show_say(s, db_rows(s->rows) > 0
                    ? N_("💼 Which tariff?")
                    : N_("There is no tariff on sale: make one in the panel first."));
}

void render_invite_tariff(struct show *s)
{
    ask_for_tariff(s);
    list_tariffs(s, PRESS_invite_tariff);
    show_drop(s, N_("✖️ Not now"));
}

/* For somebody new it may also be an account there is. */
void render_choose_tariff(struct show *s)
{
    ask_for_tariff(s);
    list_tariffs(s, PRESS_on_tariff);
    if (s->press != PRESS_account_tariff && s->press != PRESS_upgrade_tariff) {
        keyboard_row(&s->keyboard);
        show_button(s, N_("💼 Into an existing account"),
                    (struct pressed){.press = PRESS_choose_account});
    }
    show_drop(s, N_("✖️ Not now"));
}

void render_invite_name(struct show *s)
{
    show_say(s, N_("🏢 What is the client account called? Usually it is the company's name."));
    show_drop(s, N_("✖️ Not now"));
}

void render_invite_until(struct show *s)
{
    values_cut(&s->values, "account", show_draft(s, SEAT_STAFF)->name, CARD_NAME_UNITS);
    show_say(s, N_("🗓 Until when has <b>{account}</b> paid? Choose or type a date, for example "
                   "31.12.2026."));
    show_button(s, N_("End of this month"), (struct pressed){PRESS_invite_until, 0, 0});
    keyboard_row(&s->keyboard);
    show_button(s, N_("3 months"), (struct pressed){PRESS_invite_until, 0, 3});
    show_button(s, N_("A year"), (struct pressed){PRESS_invite_until, 0, 12});
    show_drop(s, N_("✖️ Not now"));
}

void render_invite_link(struct show *s)
{
    snprintf(s->link, sizeof s->link, "https://t.me/%s?start=%s", s->bot_username,
             s->invite_token ? s->invite_token : "");
    values_text(&s->values, "link", s->link);
    show_say(s, N_("🔗 Here is the link, for one person and seven days:\n{link}\n\nPass it on, or "
                   "let the picture be scanned."));
    show_back(s);
}

void render_invite_own(struct show *s)
{
    snprintf(s->link, sizeof s->link, "https://t.me/%s?start=%s", s->bot_username,
             s->invite_token ? s->invite_token : "");
    values_text(&s->values, "link", s->link);
    show_say(
        s, N_("👤 Telegram lets a bot write only to those who have pressed Start. Please pass this "
              "link on; it is good for the chosen person alone, for seven days:\n{link}"));
    show_back(s);
}

void render_group(struct show *s)
{
    if (db_rows(s->rows) == 0) {
        show_say(s,
                 N_("💬 <b>The managers' group</b> is not bound. Add me to a group and press the "
                    "button I show there, or write /bind there. Every alert and every "
                    "question then comes into the group, too, where everybody sees who is on it."));
    } else {
        values_text(&s->values, "group", db_text(s->rows, 0, 1));
        show_say(s,
                 N_("💬 <b>The managers' group</b>: {group}. Every alert and every question comes "
                    "there, too."));
        show_button(s, N_("🔕 Unbind"),
                    (struct pressed){PRESS_unbind_group, 0, -db_i64(s->rows, 0, 0)});
    }
    show_back(s);
}
