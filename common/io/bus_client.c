/* bus_client.c - asking order-engines: who has room, what is under way, what came back
 *
 * A command is either waiting or in flight to one engine. It leaves the first state when an engine
 * has a free slot and comes back to it when that engine is lost; it ends with its first answer.
 * Waiting commands are kept in the order of asking, whatever happened to them in between.
 */
#include "common/io/bus.h"

#include <errno.h>
#include <sys/stat.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/io/bus_commands.h"
#include "common/io/bus_socket.h"

#define PATH_BYTES_MAX 107 /* sun_path */
#define ENGINES_MAX 256    /* a stranger in our folder must not fill our memory */
#define SLOTS_MAX 100000
#define PROBE_AFTER_MS 30 /* a connection has ended: by then ZeroMQ knows which one */
#define TICK_ACCURACY_US 5000
#define TICK_SLACK_MS 100 /* a timer is never early, but heartbeats and ticks drift apart */

struct bus_peer {
    TAILQ_ENTRY(bus_peer) entry;
    struct bus_command_list in_flight;
    int64_t slots, used; /* announced; taken by in_flight */
    int64_t probed_ms;   /* when the last heartbeat left */
    bool owes_sign;      /* nothing was heard since then */
    bool silent;         /* given up until it is heard again */
    uint64_t seed;       /* of its weights */
    size_t peer_len;
    char peer[BUS_PEER_MAX];
};

TAILQ_HEAD(bus_peers, bus_peer);

struct bus_client {
    struct bus_client_opts opts;
    struct bus_socket *socket;
    sd_event_source *flush; /* sends what one turn of the loop has asked, in one go */
    sd_event_source *tick;
    int64_t tick_ms; /* when it comes */
    char path[PATH_BYTES_MAX + 1];
    struct bus_peers engines;
    size_t engine_count, told_engines;
    uint64_t engines_met;
    struct bus_commands commands;
    struct bus_command_list waiting;
    size_t in_flight_count;
    struct buf out;
};

/* ---- the ways of a command ---- */

static void detach(struct bus_client *c, struct bus_command *command)
{
    if (!command->peer) {
        TAILQ_REMOVE(&c->waiting, command, entry);
        return;
    }
    TAILQ_REMOVE(&command->peer->in_flight, command, entry);
    command->peer->used--;
    command->peer = NULL;
    c->in_flight_count--;
}

/* Ends every command of this id (the same may have been asked twice), those asked from the
 * callbacks excepted. */
static bool finish(struct bus_client *c, const char *id, const struct msg_answer *answer,
                   const struct err *err)
{
    struct bus_command_list done = TAILQ_HEAD_INITIALIZER(done);
    struct bus_command *command;
    while ((command = bus_commands_find(&c->commands, id))) {
        detach(c, command);
        bus_commands_remove(&c->commands, command);
        TAILQ_INSERT_HEAD(&done, command, entry);
    }
    bool found = !TAILQ_EMPTY(&done);
    while ((command = TAILQ_FIRST(&done))) {
        TAILQ_REMOVE(&done, command, entry);
        bus_answer_fn on_answer = command->on_answer;
        void *ctx = command->ctx;
        bus_commands_retire(&c->commands, command);
        if (on_answer)
            on_answer(ctx, answer, err);
    }
    return found;
}

static void finish_unanswered(struct bus_client *c, const struct bus_command *command,
                              const char *why)
{
    struct err err;
    char id[MSG_ID_MAX + 1];
    memcpy(id, command->id, sizeof id);
    err_set(&err, command->was_sent ? ERR_UNCERTAIN : ERR_TRANSIENT, "%s", why);
    finish(c, id, NULL, &err);
}

/* What an engine had comes back among the waiting, each at the place of its asking. Both lists are
 * in that order. */
static void take_back(struct bus_client *c, struct bus_peer *engine)
{
    struct bus_command *place = TAILQ_FIRST(&c->waiting);
    struct bus_command *command;
    int64_t now_ms = clock_mono_ms();
    while ((command = TAILQ_FIRST(&engine->in_flight))) {
        detach(c, command);
        command->waits_since_ms = now_ms;
        while (place && place->serial < command->serial)
            place = TAILQ_NEXT(place, entry);
        if (place)
            TAILQ_INSERT_BEFORE(place, command, entry);
        else
            TAILQ_INSERT_TAIL(&c->waiting, command, entry);
    }
}

/* ---- engines ---- */

static void drop_engine(struct bus_client *c, struct bus_peer *engine)
{
    take_back(c, engine);
    TAILQ_REMOVE(&c->engines, engine, entry);
    c->engine_count--;
    free(engine);
}

static struct bus_peer *find_engine(const struct bus_client *c, const struct bus_frame *frame)
{
    struct bus_peer *engine;
    TAILQ_FOREACH(engine, &c->engines, entry)
    {
        if (engine->peer_len == frame->peer_len &&
            memcmp(engine->peer, frame->peer, frame->peer_len) == 0)
            break;
    }
    return engine;
}

static struct bus_peer *add_engine(struct bus_client *c, const struct bus_frame *frame)
{
    if (c->engine_count == ENGINES_MAX || frame->peer_len > BUS_PEER_MAX)
        return NULL;
    struct bus_peer *engine = xcalloc(1, sizeof *engine);
    memcpy(engine->peer, frame->peer, frame->peer_len);
    engine->peer_len = frame->peer_len;
    engine->seed = ++c->engines_met * UINT64_C(0xd1342543de82ef95);
    TAILQ_INIT(&engine->in_flight);
    TAILQ_INSERT_TAIL(&c->engines, engine, entry);
    c->engine_count++;
    return engine;
}

static bool has_room(const struct bus_peer *engine)
{
    return !engine->silent && engine->slots > engine->used;
}

static struct bus_peer *freest(const struct bus_client *c)
{
    struct bus_peer *engine, *best = NULL;
    TAILQ_FOREACH(engine, &c->engines, entry)
    {
        if (has_room(engine) && (!best || engine->slots - engine->used > best->slots - best->used))
            best = engine;
    }
    return best;
}

/* Of an order and an engine, by chance but always the same: 64 bits of splitmix. */
static uint64_t weight(const struct bus_peer *engine, int64_t order_id)
{
    uint64_t x = engine->seed + (uint64_t)order_id * UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* Rendezvous hashing: an order keeps its engine when others come and go. */
static struct bus_peer *home_of(const struct bus_client *c, int64_t order_id)
{
    struct bus_peer *engine, *best = NULL;
    uint64_t highest = 0;
    TAILQ_FOREACH(engine, &c->engines, entry)
    {
        uint64_t own = weight(engine, order_id);
        if (!engine->silent && engine->slots > 0 && (!best || own > highest)) {
            best = engine;
            highest = own;
        }
    }
    return best;
}

/* The engine that knows the order already, or whoever has most room; NULL: nobody has any. */
static struct bus_peer *engine_for(const struct bus_client *c, const struct bus_command *command)
{
    struct bus_peer *home = command->order_id != 0 ? home_of(c, command->order_id) : NULL;
    return home && has_room(home) ? home : freest(c);
}

size_t bus_client_engines(const struct bus_client *c)
{
    size_t count = 0;
    struct bus_peer *engine;
    TAILQ_FOREACH(engine, &c->engines, entry)
    {
        count += !engine->silent && engine->slots > 0;
    }
    return count;
}

static void tell_engines(struct bus_client *c)
{
    size_t count = bus_client_engines(c);
    if (count == c->told_engines)
        return;
    c->told_engines = count;
    if (c->opts.on_engines)
        c->opts.on_engines(c->opts.ctx, count);
}

/* ---- the tick: heartbeats, silences, patience ---- */

static void tick_within(struct bus_client *c, int64_t ms)
{
    int64_t due = clock_mono_ms() + ms;
    if (c->tick_ms <= due)
        return;
    c->tick_ms = due;
    int rc = sd_event_source_set_time(c->tick, (uint64_t)due * 1000);
    if (rc >= 0)
        rc = sd_event_source_set_enabled(c->tick, SD_EVENT_ONESHOT);
    assert(rc >= 0);
}

static void dispatch(struct bus_client *c)
{
    struct bus_command *command;
    struct bus_peer *engine;
    while ((command = TAILQ_FIRST(&c->waiting)) && (engine = engine_for(c, command))) {
        switch (bus_socket_send(c->socket, engine->peer, engine->peer_len, command->bytes.data,
                                command->bytes.len)) {
        case BUS_SENT:
            detach(c, command);
            command->peer = engine;
            command->was_sent = true;
            TAILQ_INSERT_TAIL(&engine->in_flight, command, entry);
            engine->used++;
            c->in_flight_count++;
            break;
        case BUS_GONE:
            drop_engine(c, engine);
            break;
        case BUS_FULL: /* thousands unread: it stands still */
            engine->silent = true;
            take_back(c, engine);
            break;
        }
    }
    if (c->in_flight_count > 0)
        tick_within(c, BUS_HEARTBEAT_BUSY_MS);
    tell_engines(c);
}

static void send_heartbeat(struct bus_client *c, struct bus_peer *engine, int64_t now_ms)
{
    struct msg heartbeat = {.type = MSG_heartbeat, .at = clock_now_ms()};
    heartbeat.body.heartbeat.version = SUITE_VERSION;
    buf_reset(&c->out);
    msg_encode(&heartbeat, &c->out);
    enum bus_sent sent =
        bus_socket_send(c->socket, engine->peer, engine->peer_len, c->out.data, c->out.len);
    if (sent == BUS_GONE) {
        drop_engine(c, engine);
        return;
    }
    engine->probed_ms = now_ms;
    engine->owes_sign = true;
}

/* Given up: not forgotten, for it may only have been slow */
static void check_engine(struct bus_client *c, struct bus_peer *engine, int64_t now_ms)
{
    int64_t since_ms = now_ms - engine->probed_ms;
    if (engine->owes_sign && !engine->silent && since_ms >= BUS_SILENCE_MS - TICK_SLACK_MS) {
        log_debug("bus engine silent commands=%lld", (long long)engine->used);
        engine->silent = true;
        take_back(c, engine);
    }
    int64_t interval_ms = engine->used > 0 ? BUS_HEARTBEAT_BUSY_MS : BUS_HEARTBEAT_IDLE_MS;
    if (since_ms >= interval_ms - TICK_SLACK_MS)
        send_heartbeat(c, engine, now_ms);
}

/* Looks at the head only: who stands behind one that was taken back a moment ago waits that little
 * bit longer */
static void check_patience(struct bus_client *c, int64_t now_ms)
{
    struct bus_command *command;
    if (c->opts.patience_ms <= 0)
        return;
    while ((command = TAILQ_FIRST(&c->waiting)) &&
           now_ms - command->waits_since_ms >= c->opts.patience_ms)
        finish_unanswered(c, command, "no order-engine took the command in time");
    if (command)
        tick_within(c, command->waits_since_ms + c->opts.patience_ms - now_ms);
}

/* A predecessor that lost its lease unlinks the path when it ends, although it is ours by then:
 * listen there once more */
static void check_path(struct bus_client *c)
{
    struct stat now;
    struct err err;
    char endpoint[PATH_BYTES_MAX + sizeof "ipc://"];
    if (stat(c->path, &now) == 0 || errno != ENOENT)
        return;
    snprintf(endpoint, sizeof endpoint, "ipc://%s", c->path);
    if (bus_socket_bind(c->socket, endpoint, &err) == 0)
        chmod(c->path, 0660);
}

/* Commands asked one after the other leave together: the engine finds a batch, not the first of
 * many. */
static int on_flush(sd_event_source *source, void *ctx)
{
    struct bus_client *c = ctx;
    (void)source;
    dispatch(c);
    if (!TAILQ_EMPTY(&c->waiting) && c->opts.patience_ms > 0)
        tick_within(c, c->opts.patience_ms);
    return 0;
}

static int on_tick(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct bus_client *c = ctx;
    struct bus_peer *engine, *next;
    int64_t now_ms = clock_mono_ms();
    (void)source, (void)usec;
    c->tick_ms = INT64_MAX;
    for (engine = TAILQ_FIRST(&c->engines); engine; engine = next) {
        next = TAILQ_NEXT(engine, entry);
        check_engine(c, engine, now_ms);
    }
    check_path(c);
    dispatch(c);
    check_patience(c, now_ms);
    tick_within(c, c->in_flight_count > 0 ? BUS_HEARTBEAT_BUSY_MS : BUS_HEARTBEAT_IDLE_MS);
    return 0;
}

/* ---- what engines say ---- */

static void on_capacity(struct bus_client *c, const struct bus_frame *frame, int64_t slots)
{
    struct bus_peer *engine = find_engine(c, frame);
    if (!engine)
        engine = add_engine(c, frame);
    if (engine) {
        engine->slots = max_i64(0, min_i64(slots, SLOTS_MAX));
        engine->silent = engine->owes_sign = false;
        engine->probed_ms = clock_mono_ms();
    } else {
        log_warn("bus too many engines, ignoring");
    }
}

static void on_message(struct bus_client *c, const struct bus_frame *frame, const struct msg *m)
{
    switch (msg_type_kind(m->type)) {
    case MSG_CAPACITY:
        on_capacity(c, frame, m->body.capacity.slots);
        break;
    case MSG_ANSWER:
        if (!finish(c, m->id, &m->body.answer, NULL))
            log_debug("bus answer to nobody id=%s, ignoring", m->id);
        break;
    case MSG_HINT:
        if (c->opts.on_hint)
            c->opts.on_hint(c->opts.ctx, m);
        break;
    case MSG_HEARTBEAT:
    case MSG_COMMAND:
        break;
    }
}

static void on_bad_frame(struct bus_client *c, const char *id, const struct err *why)
{
    struct err err;
    log_warn("bus bad frame from an engine id=%s text=\"%s\", ignoring", *id ? id : "-", why->text);
    err_set(&err, ERR_UNCERTAIN, "the answer cannot be read: %s", why->text);
    if (*id)
        finish(c, id, NULL, &err);
}

static void on_frame(void *ctx, const struct bus_frame *frame)
{
    struct bus_client *c = ctx;
    struct msg m;
    struct err err;
    char id[MSG_ID_MAX + 1] = "";
    struct bus_peer *engine = find_engine(c, frame);
    if (engine) /* whatever it says, it lives */
        engine->silent = engine->owes_sign = false;
    if (!frame->is_whole)
        err_set(&err, ERR_INPUT, "a message has one part");
    else if (msg_decode(frame->bytes, frame->len, &m, id, &err) == 0) {
        if (msg_type_from(m.type) & DAEMON_ORDER_ENGINE && msg_type_to(m.type) & c->opts.self)
            on_message(c, frame, &m);
        else
            log_warn("bus %s is nothing for an engine to send, ignoring", msg_type_name(m.type));
        msg_fini(&m);
        return;
    }
    on_bad_frame(c, id, &err);
}

static void on_drained(void *ctx)
{
    struct bus_client *c = ctx;
    dispatch(c);
}

/* ROUTER does not say who has gone: every engine gets a heartbeat, and to one of them it cannot be
 * sent */
static void on_peer(void *ctx, bool connected)
{
    struct bus_client *c = ctx;
    struct bus_peer *engine;
    if (connected)
        return;
    TAILQ_FOREACH(engine, &c->engines, entry)
    {
        if (!engine->owes_sign)
            engine->probed_ms = 0;
    }
    tick_within(c, PROBE_AFTER_MS);
}

/* ---- the public face ---- */

static int listen_at(struct bus_client *c, struct err *err)
{
    char endpoint[PATH_BYTES_MAX + sizeof "ipc://"];
    int len = snprintf(c->path, sizeof c->path, "%s/%s", c->opts.dir, c->opts.endpoint_name);
    if (len < 0 || (size_t)len + sizeof "/bus" > sizeof c->path)
        return err_set(err, ERR_INPUT, "%s/%s/bus is too long for a socket: at most %d bytes",
                       c->opts.dir, c->opts.endpoint_name, PATH_BYTES_MAX);
    if (mkdir(c->path, 0750) < 0 && errno != EEXIST)
        return err_set(err, ERR_TRANSIENT, "cannot make %s: %s", c->path, strerror(errno));
    memcpy(c->path + len, "/bus", sizeof "/bus");
    snprintf(endpoint, sizeof endpoint, "ipc://%s", c->path);
    if (bus_socket_bind(c->socket, endpoint, err) < 0)
        return -1;
    if (chmod(c->path, 0660) < 0) /* the engines are another user of our group */
        return err_set(err, ERR_TRANSIENT, "cannot chmod %s: %s", c->path, strerror(errno));
    if (!c->opts.tcp_endpoint || !*c->opts.tcp_endpoint)
        return 0;
    if (bus_socket_curve_server(c->socket, c->opts.curve_secret_key, c->opts.curve_engine_keys,
                                err) < 0)
        return -1;
    return bus_socket_bind(c->socket, c->opts.tcp_endpoint, err);
}

struct bus_client *bus_client_new(sd_event *loop, const struct bus_client_opts *opts,
                                  struct err *err)
{
    static const struct bus_socket_events events = {
        .on_frame = on_frame, .on_drained = on_drained, .on_peer = on_peer};
    struct bus_client *c = xcalloc(1, sizeof *c);
    c->opts = *opts;
    TAILQ_INIT(&c->engines);
    TAILQ_INIT(&c->waiting);
    bus_commands_init(&c->commands);
    c->socket = bus_socket_new(loop, BUS_ROUTER, &events, c);
    if (listen_at(c, err) < 0) {
        bus_client_free(&c);
        return NULL;
    }
    c->tick_ms = INT64_MAX;
    int rc = sd_event_add_time(loop, &c->tick, CLOCK_MONOTONIC, 0, TICK_ACCURACY_US, on_tick, c);
    if (rc >= 0) /* after the sockets: an answer that waits to be read is no silence */
        rc = sd_event_source_set_priority(c->tick, SD_EVENT_PRIORITY_NORMAL + 10);
    if (rc >= 0)
        rc = sd_event_add_defer(loop, &c->flush, on_flush, c);
    if (rc >= 0)
        rc = sd_event_source_set_enabled(c->flush, SD_EVENT_OFF);
    assert(rc >= 0);
    tick_within(c, BUS_HEARTBEAT_IDLE_MS);
    return c;
}

void bus_client_free(struct bus_client **ref)
{
    struct bus_client *c = *ref;
    struct bus_command *command;
    struct bus_peer *engine;
    if (!c)
        return;
    while ((engine = TAILQ_FIRST(&c->engines)))
        drop_engine(c, engine); /* what was in flight is waiting now */
    for (size_t left = c->commands.count; left > 0 && (command = TAILQ_FIRST(&c->waiting)); left--)
        finish_unanswered(c, command, "this program is stopping");
    while ((command = TAILQ_FIRST(&c->waiting))) { /* asked from the last callbacks */
        TAILQ_REMOVE(&c->waiting, command, entry);
        bus_commands_retire(&c->commands, command);
    }
    bus_commands_fini(&c->commands);
    sd_event_source_disable_unref(c->flush);
    sd_event_source_disable_unref(c->tick);
    bus_socket_free(&c->socket);
    buf_fini(&c->out);
    free(c);
    *ref = NULL;
}

void bus_client_ask(struct bus_client *c, const struct msg *m, bus_answer_fn on_answer, void *ctx)
{
    struct bus_command *command = bus_commands_add(&c->commands, m);
    command->waits_since_ms = clock_mono_ms();
    command->on_answer = on_answer;
    command->ctx = ctx;
    TAILQ_INSERT_TAIL(&c->waiting, command, entry);
    int rc = sd_event_source_set_enabled(c->flush, SD_EVENT_ONESHOT);
    assert(rc >= 0);
}

size_t bus_client_waiting(const struct bus_client *c)
{
    return c->commands.count;
}
