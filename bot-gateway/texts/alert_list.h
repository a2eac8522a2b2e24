/* alert_list.h - several alerts for one person in one message: a line and a button each (pure)
 *
 * Twenty orders that fall due together are one sound in the pocket, not twenty. The order's card with all that can be done opens by
 * its button; later alerts of these orders come as messages of their own.
 */
#pragma once
#include "bot-gateway/texts/notice_table.h"

#define ALERT_LIST_MIN     2   /* fewer are told each by itself */
#define ALERT_LIST_MAX     100 /* in one message; more make another one */
#define ALERT_LIST_LINES   20  /* shown with a button each; the rest is "and N more", which opens the board */
#define ALERT_LIST_ROW     5   /* buttons side by side */
#define ALERT_LIST_TASK_UNITS 60

/* alerts: of one reader, of different orders, in the order they are listed; at least one. HTML, under 4096 UTF-16 units whatever
 * the facts. */
void alert_list_say(const struct notice_facts *const *alerts, size_t count, struct buf *into);
void alert_list_buttons(const struct notice_facts *const *alerts, size_t count, struct keyboard *);
