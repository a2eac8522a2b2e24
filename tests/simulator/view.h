/* view.h - the world as JSON: as the bot sees it, and as people do */
#pragma once

#include <json-c/json.h>

#include "world.h"

/* Telegram's own types; the caller owns them. */
json_object *view_user(const struct person *);
json_object *view_bot(const struct world *);
json_object *view_chat(const struct chat *);
json_object *view_message(struct world *, const struct chat *,
                          const struct message *); /* with reply_to_message, one deep */

/* What the page and the tests see. */
json_object *view_seen(struct world *, const struct chat *, const struct message *);
json_object *view_summary(struct world *,
                          const struct chat *); /* who, unread, last message, keyboard, commands */

/* One short line for a list of chats or a quote; the caller owns it. */
char *view_preview(const struct message *);
