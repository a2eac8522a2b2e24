/* bot_commands.c - slash commands */
#include "bot-gateway/dialog/bot_commands.h"

const struct bot_command bot_commands[] = {
#define COMMAND(name, who, next, screen, sentence) \
    {#name, who, STEP_##next, SCREEN_##screen, sentence},
#include "bot-gateway/bot_commands.def"
};
const size_t bot_command_count = ARRAY_LEN(bot_commands);

const struct bot_command *bot_command_find(const char *text, const char *bot_username,
                                           const char **rest)
{
    if (text[0] != '/') {
        return NULL;
    }
    size_t len = strcspn(text, " \n@");
    const char *end = text + len;
    if (*end == '@') {
        size_t name_len = strcspn(end + 1, " \n");
        if (strlen(bot_username) != name_len || strncasecmp(end + 1, bot_username, name_len) != 0) {
            return NULL;
        }
        end += 1 + name_len;
    }
    for (size_t i = 0; i < bot_command_count; i++) {
        if (strncmp(bot_commands[i].name, text + 1, len - 1) == 0 &&
            bot_commands[i].name[len - 1] == '\0') {
            *rest = end + strspn(end, " \n");
            return &bot_commands[i];
        }
    }
    return NULL;
}

static void add_scope(int64_t chat_id, struct buf *into)
{
    buf_printf(into, "\"scope\":{\"type\":\"chat\",\"chat_id\":%lld}}", (long long)chat_id);
}

void bot_commands_menu(enum language language, unsigned roles, int64_t chat_id, struct buf *into)
{
    buf_add_text(into, "{\"commands\":[");
    const char *gap = "";
    for (size_t i = 0; i < bot_command_count; i++) {
        const struct bot_command *command = &bot_commands[i];
        if (command->sentence && (command->who & roles)) {
            buf_printf(into, "%s{\"command\":\"%s\",\"description\":", gap, command->name);
            buf_add_json(into, tr(language, command->sentence));
            buf_add_char(into, '}');
            gap = ",";
        }
    }
    buf_add_text(into, "],");
    add_scope(chat_id, into);
}

void bot_commands_no_menu(int64_t chat_id, struct buf *into)
{
    buf_add_char(into, '{');
    add_scope(chat_id, into);
}

void bot_commands_menu_key(enum language language, unsigned roles,
                           char out[static BOT_MENU_KEY_MAX])
{
    snprintf(out, BOT_MENU_KEY_MAX, "%s:%u", language_code(language), roles);
}
