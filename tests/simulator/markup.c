/* markup.c - keyboards: what Telegram accepts under and below messages */
#include "markup.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

enum { DATA_MOST = 64, BUTTONS_MOST = 100 };

static const char *button_complaint(json_object *button, char *room, size_t size)
{
    static const char *const kinds[] = {"url",
                                        "callback_data",
                                        "web_app",
                                        "login_url",
                                        "switch_inline_query",
                                        "switch_inline_query_current_chat",
                                        "switch_inline_query_chosen_chat",
                                        "copy_text",
                                        "callback_game",
                                        "pay"};
    const char *text = json_str(button, "text");
    if (!json_object_is_type(button, json_type_object))
        return "can't parse inline keyboard button: InlineKeyboardButton must be an Object";
    if (!text)
        return "can't parse inline keyboard button: Can't find field \"text\"";
    if (!*text)
        return "BUTTON_TEXT_INVALID";
    int given = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        given += json_at(button, kinds[i]) != NULL;
    if (given == 0)
        return "can't parse inline keyboard button: Text buttons are unallowed in the inline "
               "keyboard";
    const char *data = json_str(button, "callback_data"), *url = json_str(button, "url");
    if (json_at(button, "callback_data") && (!data || !*data || strlen(data) > DATA_MOST))
        return "BUTTON_DATA_INVALID";
    if (json_at(button, "url") && (!url || (strncmp(url, "http", 4) != 0 &&
                                            strncmp(url, "tg://", 5) != 0 && !strchr(url, '.')))) {
        snprintf(room, size, "inline keyboard button URL '%s' is invalid: Wrong HTTP URL",
                 url ? url : "");
        return room;
    }
    return NULL;
}

const char *markup_complaint(json_object *keyboard, char *room, size_t size)
{
    if (!json_object_is_type(keyboard, json_type_array))
        return "object expected as reply markup";
    size_t buttons = 0;
    for (size_t i = 0; i < json_count(keyboard); i++) {
        json_object *row = json_object_array_get_idx(keyboard, i);
        if (!json_object_is_type(row, json_type_array))
            return "can't parse inline keyboard: row must be an Array";
        for (size_t k = 0; k < json_count(row); k++) {
            const char *complaint = button_complaint(json_object_array_get_idx(row, k), room, size);
            if (complaint)
                return complaint;
            if (++buttons > BUTTONS_MOST)
                return "REPLY_MARKUP_TOO_LONG";
        }
    }
    return NULL;
}
