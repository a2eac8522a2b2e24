/* conversation.h - one update, from struct to effect: who is it, what step is the chat in, what follows
 *
 * The shell around dialog_fsm (pure): loads the chat and the person, asks the table, sends the command to an engine, renders the
 * screen, and commits step, draft, handled update id and replies in one transaction. A plain message inside a thread costs
 * no gateway transaction: its command's id makes it idempotent.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/telegram.h"
#include "bot-gateway/update.h"
#include "common/io/bus.h"
#include "common/io/db.h"

struct conversation;
struct disclosures;
struct sender;
struct vault;
struct report_desk;

struct conversation_opts {
    struct db         *db;
    struct bus_client *bus;
    struct telegram   *telegram;
    struct sender     *sender;
    struct vault      *vault;
    struct disclosures *disclosures;
    struct db         *reports_db; /* for screens of reports: what adds up a month must not stand in anybody's way */
    struct report_desk *reports;
    const char        *bot_username;
    int64_t            bot_id;
};

/* What became of an update; exactly one call, from the loop or before conversation_handle returns.
 * err NULL: handled, its effect is committed. ERR_TRANSIENT / ERR_UNCERTAIN: nothing was confirmed (PostgreSQL or every engine
 * away), hand it in again. ERR_INTERNAL: it failed; counts towards parking. */
typedef void (*conversation_done_fn)(void *ctx, const struct err *err);

struct conversation *conversation_new(sd_event *loop, const struct conversation_opts *);
void                 conversation_free(struct conversation **);
/* Borrowed until the callback. Never two updates of one chat at a time (intake sees to it). An album comes as `count` updates of one
 * media_group_id, in order; anything else has count 1. */
void conversation_handle(struct conversation *, const struct update *const *updates, size_t count, conversation_done_fn, void *ctx);
/* The hint domain.changed: forget what was read of people and parameters. "chats": the dialogs too, since another gateway may have
 * led in the meantime. */
void conversation_forget(struct conversation *, const char *what);
/* PostgreSQL is away: tell the chat once per outage that it takes a moment (straight through Telegram, no row). */
void conversation_apologise(struct conversation *, int64_t chat_id);
