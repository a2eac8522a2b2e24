/* bus.h - commands to order-engines and their answers, over ZeroMQ (ARCHITECTURE, "ZeroMQ")
 *
 * Clients (bot-gateway, sla-watcher, admin-web) bind one ROUTER at <dir>/<daemon>[@N]/bus; each order-engine connects one
 * DEALER to every one it finds (inotify on dir, rescan every BUS_RESCAN_MS, and the tcp endpoints of its settings) and announces its
 * capacity. There is no broker and no order among engines: a command about an order goes to that order's engine, which may know
 * it already (the same one as long as it lives and has room), any other command to the engine with the most free slots.
 *
 * A path is bound by one process at a time: a second bind takes an ipc path over without an error, so a standby makes its
 * client only once it holds its lease. Path of a socket: 107 bytes at most.
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/wire/msg.h"

#define BUS_RESCAN_MS          5000
#define BUS_HEARTBEAT_IDLE_MS  5000
#define BUS_HEARTBEAT_BUSY_MS  1000 /* while commands are in flight */
#define BUS_SILENCE_MS         1000 /* an engine silent for a busy heartbeat plus this is given up: another one, same ids */
#define BUS_DRAIN_PER_TURN     128  /* messages one handler reads before it yields */
#define BUS_ENGINE_SLOTS       512  /* what an engine offers each client: so many at once, those in flight included */
#define BUS_SEND_HWM           20000

/* ---- clients ---- */

struct bus_client;

/* What became of a command; exactly one call. answer is borrowed. err (answer NULL): when no engine took it within .patience_ms or
 * the client was freed, ERR_TRANSIENT, or ERR_UNCERTAIN if an engine had it before and was lost; ERR_UNCERTAIN also when the answer
 * cannot be read. An engine lost with the command in flight is not reported: the command goes to another under the same id. */
typedef void (*bus_answer_fn)(void *ctx, const struct msg_answer *answer, const struct err *err);

struct bus_client_opts {
    enum daemon_id self;
    const char    *endpoint_name; /* "bot-gateway" or "bot-gateway@2" */
    const char    *dir;           /* the suite's runtime folder; <dir>/<endpoint_name> is made if missing, mode 0750 */
    const char    *tcp_endpoint;  /* tcp://...: bound too, CURVE only; NULL = none */
    const char    *curve_secret_key, *curve_engine_keys; /* Z85; keys of engines allowed, space-separated */
    int64_t        patience_ms;   /* 0 = for ever (the engines will come back); counts anew when an engine was lost */
    void (*on_hint)(void *ctx, const struct msg *hint);
    void (*on_engines)(void *ctx, size_t engines); /* how many engines take commands now */
    void *ctx;
};

struct bus_client *bus_client_new(sd_event *loop, const struct bus_client_opts *, struct err *); /* NULL: cannot bind */
void               bus_client_free(struct bus_client **); /* not from its callbacks; open commands are told first */
/* command is encoded at once; nothing of it is kept. id and actor must be set. */
void   bus_client_ask(struct bus_client *, const struct msg *command, bus_answer_fn, void *ctx);
size_t bus_client_waiting(const struct bus_client *);   /* commands asked and not answered */
size_t bus_client_engines(const struct bus_client *);

/* ---- engines ---- */

struct bus_engine;

struct bus_origin { /* where a command came from: by value, valid as long as the engine */
    enum daemon_id daemon; /* the socket it came by, never a field */
    uint32_t       link;
    uint64_t       link_epoch; /* whoever listens there later is another one: an answer to the old one is dropped */
};

struct bus_engine_opts {
    const char *dir;
    const char *tcp_endpoints;    /* "bot-gateway=tcp://host:port ...", CURVE only; NULL = none */
    const char *curve_secret_key, *curve_server_keys;
    bool        hints_only;       /* announce no capacity: itsupportctl, which only tells that rows wait */
    /* A decoded command of a daemon that may send it; borrowed. Bad frames never get here: they are answered politely. */
    void (*on_command)(void *ctx, struct bus_origin, struct msg *command /* takes: msg_fini later */);
    void (*on_batch)(void *ctx); /* after each drained turn: what was waiting has been handed over */
    void *ctx;
};

/* The texts of opts are borrowed as long as it lives. NULL: the tcp endpoints or keys make no sense. Finding no client is no error. */
struct bus_engine *bus_engine_new(sd_event *loop, const struct bus_engine_opts *, struct err *);
void               bus_engine_free(struct bus_engine **); /* not from its callbacks; what was said may leave for a second yet */
void               bus_engine_answer(struct bus_engine *, struct bus_origin, const char *command_id, const struct msg_answer *);
void               bus_engine_hint(struct bus_engine *, const struct msg *hint); /* to every client its type is for */
void               bus_engine_set_ready(struct bus_engine *, bool ready); /* false: capacity 0 (PostgreSQL is away) */
void               bus_engine_bye(struct bus_engine *); /* capacity 0 for good; what was read is still answered */
size_t             bus_engine_owed(const struct bus_engine *); /* commands handed over and not answered yet */
size_t             bus_engine_links(const struct bus_engine *);
