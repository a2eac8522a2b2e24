/* markup.h - keyboards: what Telegram accepts under and below messages */
#pragma once

#include <stddef.h>

#include <json-c/json.h>

/* NULL if the inline keyboard is fine, else Telegram's complaint (in `room` if it has to be made).
 */
const char *markup_complaint(json_object *inline_keyboard, char *room, size_t size);
