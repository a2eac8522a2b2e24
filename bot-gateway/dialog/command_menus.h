/* command_menus.h - each chat's command menu follows its person's roles and language, whoever has changed them
 *
 * A turn sets the menu of its own chat; what others change (a role given or taken away) is seen by comparing chats.menu with what
 * the menu should be. Telegram is told first, then it is written down: whatever dies in between, the next look tells it again.
 */
#pragma once
#include "bot-gateway/telegram.h"
#include "common/io/db.h"

#define COMMAND_MENUS_AT_ONCE 50 /* chats of one look */

struct command_menus;

struct command_menus *command_menus_new(struct db *, struct telegram *); /* caller owns */
void                  command_menus_free(struct command_menus **);       /* after telegram and db, which may call back */
/* People have changed, or the database is there: looks which menus are out of date. */
void                  command_menus_look(struct command_menus *);
