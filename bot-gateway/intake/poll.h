/* poll.h - the long poll: asks Telegram for updates, confirms what is handled, never more
 *
 * One question is under way at a time. The next one goes out as soon as it would confirm something worth while (window.h), so
 * that the updates of two answers overlap; with nothing in flight it waits at Telegram, up to POLL_WAIT_S.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/telegram.h"
#include "bot-gateway/update.h"

#define POLL_LIMIT          100  /* updates an answer shows at most: Telegram's limit */
#define POLL_WAIT_S         25   /* at Telegram; at most 50 are allowed */
#define POLL_PROBE_S        5    /* the same after trouble: a question that lasts so long says that it is over */
#define POLL_MOVED_MS       20   /* the offset has moved a little */
#define POLL_SAME_OFFSET_MS 700  /* it has not: asked again within 0.5 s Telegram shows a single update */
#define POLL_CONFLICT_MS    5000 /* another gateway polls: ask whether it still does */
#define POLL_REFUSED_MS     10000 /* the token is refused */
#define POLL_RETRY_MIN_MS   500
#define POLL_RETRY_MAX_MS   15000

enum poll_state {
    POLL_OFF,         /* not asked to poll */
    POLL_ACTIVE,      /* the last question was answered, or is the first */
    POLL_CONFLICT,    /* 409: another gateway polls this bot */
    POLL_REFUSED,     /* 401: the token is no longer right */
    POLL_UNREACHABLE, /* no answer, or none of Telegram's */
};

struct poll;

struct poll_opts {
    struct telegram *telegram;
    void (*on_update)(void *ctx, struct update * /* takes */); /* a new one; ends with poll_handled */
    void (*on_answered)(void *ctx);                  /* all of an answer's updates have been handed over */
    void (*on_state)(void *ctx, enum poll_state);    /* it has changed */
    void *ctx;
};

struct poll *poll_new(sd_event *loop, const struct poll_opts *);
void         poll_free(struct poll **); /* after telegram_free */
void         poll_start(struct poll *); /* harmless when it runs */
void         poll_stop(struct poll *);  /* an answer that comes later is passed over */
void         poll_handled(struct poll *, int64_t update_id); /* it may be confirmed now */

enum poll_state poll_state(const struct poll *);
const char     *poll_state_name(enum poll_state);
size_t          poll_in_flight(const struct poll *);
int64_t         poll_seen(const struct poll *);    /* new updates */
int64_t         poll_refused(const struct poll *); /* elements that were no updates; passed over */
int64_t         poll_asked(const struct poll *);   /* questions */
