/* bus_engine.c - the engine's side of the conversation: capacity, commands, answers, hints,
 * heartbeats */
#include "common/io/bus.h"

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/io/bus_links.h"

struct bus_engine {
    struct bus_engine_opts opts;
    struct bus_links *links;
    bool ready, leaving;
    size_t owed;
    struct buf out;
};

/* ---- saying ---- */

static void say(struct bus_engine *e, struct bus_link *link, const struct msg *m)
{
    buf_reset(&e->out);
    msg_encode(m, &e->out);
    if (!link->socket ||
        bus_socket_send(link->socket, NULL, 0, e->out.data, e->out.len) != BUS_SENT)
        log_debug("bus %s did not leave, ignoring",
                  msg_type_name(m->type)); /* it will be asked for again */
}

static void say_capacity(struct bus_engine *e, struct bus_link *link)
{
    struct msg m = {.type = MSG_capacity, .at = clock_now_ms()};
    m.body.capacity.slots = e->ready && !e->leaving ? BUS_ENGINE_SLOTS : 0;
    m.body.capacity.has_slots = true;
    if (!e->opts.hints_only)
        say(e, link, &m);
}

static void say_capacity_to_all(struct bus_engine *e)
{
    for (uint32_t at = 0; at < BUS_LINKS_MAX; at++) {
        struct bus_link *link = bus_links_get(e->links, at);
        if (link && link->connected)
            say_capacity(e, link);
    }
}

/* To whom we cannot understand, in words; without an id there is nobody to say it to */
static void say_input(struct bus_engine *e, struct bus_link *link, const char *id,
                      const struct err *err)
{
    const char *text =
        text_is_utf8(err->text, strlen(err->text)) ? err->text : "the message makes no sense";
    struct msg m = {.type = MSG_answer, .id = id, .at = clock_now_ms()};
    log_warn("bus bad message from=%s id=%s text=\"%s\", answering input",
             daemon_name(link->daemon), *id ? id : "-", text);
    if (!*id)
        return;
    m.body.answer.outcome = "input";
    m.body.answer.text = text;
    say(e, link, &m);
}

/* ---- hearing ---- */

static void on_command(struct bus_engine *e, struct bus_link *link, struct msg *m)
{
    e->owed++;
    e->opts.on_command(
        e->opts.ctx,
        (struct bus_origin){.daemon = link->daemon, .link = link->at, .link_epoch = link->epoch},
        m);
}

static bool may_send(const struct bus_link *link, enum msg_type type)
{
    return (msg_type_from(type) & link->daemon) && (msg_type_to(type) & DAEMON_ORDER_ENGINE);
}

static void on_frame(void *ctx, struct bus_link *link, const struct bus_frame *frame)
{
    struct bus_engine *e = ctx;
    struct msg m;
    struct err err;
    char id[MSG_ID_MAX + 1] = "";
    int rc = msg_decode(frame->bytes, frame->len, &m, id, &err);
    if (rc == 0 && frame->is_whole && may_send(link, m.type)) {
        if (msg_type_kind(m.type) == MSG_COMMAND && !e->opts.hints_only) {
            on_command(e, link, &m);
            return; /* it is theirs now */
        }
        if (msg_type_kind(m.type) == MSG_HEARTBEAT) {
            struct msg here = {.type = MSG_heartbeat, .at = clock_now_ms()};
            here.body.heartbeat.version = SUITE_VERSION;
            say(e, link, &here);
        }
        msg_fini(&m);
        return;
    }
    if (rc == 0) {
        if (frame->is_whole)
            err_set(&err, ERR_INPUT, "%s is not for %s to send", msg_type_name(m.type),
                    daemon_name(link->daemon));
        else
            err_set(&err, ERR_INPUT, "a message has one part");
        msg_fini(&m);
    }
    say_input(e, link, id, &err);
}

static void on_drained(void *ctx)
{
    struct bus_engine *e = ctx;
    if (e->opts.on_batch)
        e->opts.on_batch(e->opts.ctx);
}

static void on_connected(void *ctx, struct bus_link *link)
{
    struct bus_engine *e = ctx;
    say_capacity(e, link);
}

/* ---- the public face ---- */

struct bus_engine *bus_engine_new(sd_event *loop, const struct bus_engine_opts *opts,
                                  struct err *err)
{
    struct bus_engine *e = xcalloc(1, sizeof *e);
    e->opts = *opts;
    e->ready = true;
    e->links = bus_links_new(loop,
                             &(struct bus_links_opts){
                                 .dir = opts->dir,
                                 .tcp_endpoints = opts->tcp_endpoints,
                                 .curve_secret_key = opts->curve_secret_key,
                                 .curve_server_keys = opts->curve_server_keys,
                                 .events = {.on_frame = on_frame,
                                            .on_drained = on_drained,
                                            .on_connected = on_connected},
                                 .ctx = e,
    },
                             err);
    if (!e->links)
        bus_engine_free(&e);
    return e;
}

void bus_engine_free(struct bus_engine **ref)
{
    struct bus_engine *e = *ref;
    if (!e)
        return;
    bus_links_free(&e->links);
    buf_fini(&e->out);
    free(e);
    *ref = NULL;
}

void bus_engine_answer(struct bus_engine *e, struct bus_origin origin, const char *command_id,
                       const struct msg_answer *answer)
{
    struct bus_link *link = bus_links_get(e->links, origin.link);
    struct msg m = {.type = MSG_answer, .id = command_id, .at = clock_now_ms()};
    assert(e->owed > 0);
    e->owed--;
    if (!link || link->epoch != origin.link_epoch)
        return;
    m.body.answer = *answer;
    say(e, link, &m);
}

void bus_engine_hint(struct bus_engine *e, const struct msg *hint)
{
    unsigned to = msg_type_to(hint->type);
    assert(msg_type_kind(hint->type) == MSG_HINT);
    for (uint32_t at = 0; at < BUS_LINKS_MAX; at++) {
        struct bus_link *link = bus_links_get(e->links, at);
        if (link && link->connected && (to & link->daemon))
            say(e, link, hint);
    }
}

void bus_engine_set_ready(struct bus_engine *e, bool ready)
{
    if (e->ready == ready)
        return;
    e->ready = ready;
    say_capacity_to_all(e);
}

void bus_engine_bye(struct bus_engine *e)
{
    e->leaving = true;
    say_capacity_to_all(e);
}

size_t bus_engine_owed(const struct bus_engine *e)
{
    return e->owed;
}

size_t bus_engine_links(const struct bus_engine *e)
{
    size_t count = 0;
    for (uint32_t at = 0; at < BUS_LINKS_MAX; at++) {
        const struct bus_link *link = bus_links_get(e->links, at);
        count += link && link->connected;
    }
    return count;
}
