/* engine.h - the order-engine put together: a database session, the bus, the batch between them
 *
 * Also linked by itsupportctl, which is, for one command, one more engine: engine_submit.
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/conf.h"
#include "common/io/bus.h"

struct engine_conf {
#define SETTING CONF_MEMBER
#include "order-engine/settings.def"
};
extern const struct conf_schema engine_settings;

struct engine;

struct engine_opts {
    const char *database_url, *bus_dir, *instance;
    bool        for_one_command; /* takes nothing from the bus, only tells that rows wait; no statistics */
};

struct engine *engine_new(sd_event *loop, const struct engine_opts *, struct err *); /* NULL: the bus cannot be opened */
void           engine_free(struct engine **);
/* Takes no more, answers what was read, then calls service_stopped. */
void           engine_stop(struct engine *);
void           engine_log_stats(const struct engine *);

/* A command of this process itself; the answer is borrowed inside the callback. */
typedef void (*engine_answer_fn)(void *ctx, const struct msg_answer *);
void engine_submit(struct engine *, struct msg *command /* takes */, engine_answer_fn, void *ctx);
bool engine_is_ready(const struct engine *); /* the database session is there */
