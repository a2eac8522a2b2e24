/* bot_commands.h - slash commands: what each opens, and the menu Telegram shows of them (pure; the list is bot_commands.def) */
#pragma once
#include "bot-gateway/dialog/dialog_fsm.h"
#include "bot-gateway/texts/catalogue.h"
#include "common/base/buf.h"

struct bot_command {
    const char      *name; /* without the slash */
    unsigned         who;
    enum dialog_step next;
    enum screen_id   screen;
    const char      *sentence; /* msgid; NULL = not in the menu */
};

extern const struct bot_command bot_commands[];
extern const size_t             bot_command_count;

/* The command a text begins with, "/new", "/new@our_bot", and *rest = what follows it; NULL if it is none of ours or meant for
 * another bot. */
const struct bot_command *bot_command_find(const char *text, const char *bot_username, const char **rest);

/* setMyCommands' parameters for one private chat. */
void bot_commands_menu(enum language, unsigned roles, int64_t chat_id, struct buf *into);
/* deleteMyCommands' parameters for it: from then on it shows what every stranger sees. */
void bot_commands_no_menu(int64_t chat_id, struct buf *into);
/* What tells one menu from another: "ru:5"; kept in chats.menu. */
#define BOT_MENU_KEY_MAX 16
void bot_commands_menu_key(enum language, unsigned roles, char out[static BOT_MENU_KEY_MAX]);
