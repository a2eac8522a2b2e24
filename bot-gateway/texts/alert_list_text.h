/* alert_list_text.h - several alerts for one person as one message: loads the facts, leaves out what is moot */
#pragma once
#include "bot-gateway/texts/notice_text.h"

/* moot: beside the ids that were asked for, why a notice need not be sent any more, NULL if it must be. msg: the list of those, NULL if
 * fewer than ALERT_LIST_MIN are left or if err is set. All borrowed inside the callback. */
typedef void (*alert_list_ready_fn)(void *ctx, const struct notice_message *msg, const char *const *moot, const struct err *err);

/* ids: notices of alerts for one person, of different orders; at most ALERT_LIST_MAX. */
void alert_list_prepare(struct db *, const int64_t *ids, size_t count, alert_list_ready_fn, void *ctx);
