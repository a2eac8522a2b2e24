/* desk.h - an owner asks for a picture or a workbook: read, made, sent
 *
 * read (four queries, on a database session of their own) -> made (maker.h) -> uploaded, again if Telegram says later. While that
 * lasts the chat says "sending a photo". What is asked for is in no row: if the gateway dies, it is asked for again.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/reports/report.h"
#include "bot-gateway/telegram.h"
#include "common/io/db.h"

#define REPORT_JOBS_MAX 16 /* at a time */

struct report_desk;

struct report_desk *report_desk_new(sd_event *loop, struct db *, struct telegram *);
/* Before database and Telegram are freed; report_desk_free after it, since they still call back. */
void                report_desk_stop(struct report_desk *);
void report_desk_free(struct report_desk **);

/* The reader is copied. false: too many are in the making, or this chat's own is. */
bool report_desk_ask(struct report_desk *, int64_t chat_id, const struct reader *, int64_t months_ago, enum report_form);
