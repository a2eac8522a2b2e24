/* maker.h - a thread that draws reports, so that nobody's press waits for an owner's picture
 *
 * The one thread of the gateway beside the loop. It is given numbers and gives back bytes; it touches neither database nor
 * Telegram, and calls nobody: what is done is fetched by the loop.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/reports/report.h"
#include "common/base/err.h"

struct maker;

struct made {
    int        rc; /* 0, or -1 and err says why */
    struct err err;
    struct buf bytes; /* buf_take() it, or it is freed after the callback */
};
/* In the loop. */
typedef void (*made_fn)(void *ctx, struct made *);

struct maker *maker_new(sd_event *loop);
/* Waits for the report that is being made; no callbacks from here on. */
void          maker_free(struct maker **);
/* Exactly one callback, unless the maker is freed before. */
void          maker_make(struct maker *, enum report_form, struct report * /* takes */, made_fn, void *ctx);
