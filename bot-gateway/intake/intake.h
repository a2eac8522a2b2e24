/* intake.h - from Telegram to the conversation: polled, put in order per chat, set aside when it takes long, confirmed when handled
 *
 *      poll ──▶ chats ──▶ conversation ──▶ handled: confirmed
 *                 │            │ away, or too slow
 *                 └── 2 s ──▶ inbox ──▶ confirmed; worked off from there
 *
 * Without PostgreSQL nothing is confirmed and nothing handed over; the chats that wait are apologised to.
 */
#pragma once
#include "bot-gateway/dialog/conversation.h"
#include "bot-gateway/intake/poll.h"
#include "bot-gateway/vault.h"

#define INTAKE_PATIENCE_MS 2000 /* what is not handled by then is set aside */
#define INTAKE_RETRY_MS    250  /* a turn that came to nothing is tried again */
#define INTAKE_HANDS_MAX   256  /* turns in hand beyond which the inbox is not read */

struct intake;

struct intake_opts {
    struct db           *db;
    struct telegram     *telegram;
    struct conversation *conversation;
    const struct vault  *vault;
    int64_t              bot_id;
    void (*on_poll_state)(void *ctx, enum poll_state);
    void *ctx;
};

struct intake *intake_new(sd_event *loop, const struct intake_opts *);
void           intake_free(struct intake **); /* after all that may still call back has been freed */
/* PostgreSQL is there and we are the active gateway: reads the inbox, then polls; or goes on after an outage. */
void           intake_start(struct intake *);
void           intake_database_lost(struct intake *);
/* Polls no more; drained is called once, when what is in hand has ended. */
void           intake_stop(struct intake *, void (*drained)(void *ctx), void *ctx);
/* In words, for STATUS and process_stats: "active", "waiting for Telegram", ... */
const char    *intake_state(const struct intake *);
/* Counters for process_stats, as JSON members without braces. */
void           intake_stats(const struct intake *, struct buf *);
