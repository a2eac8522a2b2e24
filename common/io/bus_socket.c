/* bus_socket.c - ROUTER and DEALER sockets as the bus wants them */
#include "common/io/bus_socket.h"

#include <errno.h>

#include <zmq.h>

#include "common/io/bus.h"
#include "common/io/bus_poll.h"
#include "common/io/bus_zap.h"

#define LINGER_MS 1000 /* the last answers may still leave */
#define FRAME_BYTES_MAX \
    (16 * MSG_BYTES_MAX) /* more than that is cut off by ZeroMQ; less is answered politely */
#define RECONNECT_MS 20  /* the first try of an engine whose client is just starting */
#define RECONNECT_MAX_MS 2000
#define TCP_HEARTBEAT_MS \
    5000 /* a host that vanished without a word is noticed by ZeroMQ's own heartbeats */
#define MONITOR_EVENT_BYTES 6

struct bus_socket {
    sd_event *loop;
    void *zmq, *monitor;
    struct bus_poll poll, monitor_poll;
    struct bus_socket_events events;
    void *ctx;
    enum bus_socket_type type;
    struct bus_zap *zap;
    zmq_msg_t peer, bytes; /* of the frame being handled */
    bool inside;
};

static void set_int(struct bus_socket *s, int option, int value)
{
    int rc = zmq_setsockopt(s->zmq, option, &value, sizeof value);
    assert(rc == 0);
    (void)rc;
}

/* ---- input ---- */

static bool has_more(const zmq_msg_t *part)
{
    return zmq_msg_more(part) != 0;
}

/* Parts nobody expects are read and thrown away: they would be taken for the next message */
static bool skip_parts(struct bus_socket *s, bool more)
{
    bool skipped = more;
    zmq_msg_t part;
    zmq_msg_init(&part);
    while (more && zmq_msg_recv(&part, s->zmq, ZMQ_DONTWAIT) >= 0)
        more = has_more(&part);
    zmq_msg_close(&part);
    return skipped;
}

static bool receive(struct bus_socket *s, struct bus_frame *frame)
{
    *frame = (struct bus_frame){0};
    if (s->type == BUS_ROUTER) {
        if (zmq_msg_recv(&s->peer, s->zmq, ZMQ_DONTWAIT) < 0)
            return false;
        frame->peer = zmq_msg_data(&s->peer);
        frame->peer_len = zmq_msg_size(&s->peer);
    }
    if (zmq_msg_recv(&s->bytes, s->zmq, ZMQ_DONTWAIT) < 0)
        return false;
    frame->bytes = zmq_msg_data(&s->bytes);
    frame->len = zmq_msg_size(&s->bytes);
    frame->is_whole = !skip_parts(s, has_more(&s->bytes));
    return true;
}

static void on_input(void *ctx)
{
    struct bus_socket *s = ctx;
    struct bus_frame frame;
    s->inside = true;
    for (int i = 0; i < BUS_DRAIN_PER_TURN && receive(s, &frame); i++)
        s->events.on_frame(s->ctx, &frame);
    if (s->events.on_drained)
        s->events.on_drained(s->ctx);
    s->inside = false;
}

static void on_monitor(void *ctx)
{
    struct bus_socket *s = ctx;
    zmq_msg_t part;
    zmq_msg_init(&part);
    s->inside = true;
    while (zmq_msg_recv(&part, s->monitor, ZMQ_DONTWAIT) >= 0) {
        uint16_t event = 0;
        bool more = has_more(&part);
        if (zmq_msg_size(&part) == MONITOR_EVENT_BYTES)
            memcpy(&event, zmq_msg_data(&part), sizeof event);
        while (more && zmq_msg_recv(&part, s->monitor, ZMQ_DONTWAIT) >= 0) /* the address */
            more = has_more(&part);
        s->events.on_peer(s->ctx, event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED);
    }
    s->inside = false;
    zmq_msg_close(&part);
}

/* ---- life ---- */

static void start_monitor(struct bus_socket *s)
{
    static unsigned serial; /* inproc names are per context */
    char name[48];
    snprintf(name, sizeof name, "inproc://bus-monitor-%u", serial++);
    int rc =
        zmq_socket_monitor(s->zmq, name, ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED);
    assert(rc == 0);
    s->monitor = bus_context_socket(ZMQ_PAIR);
    rc = zmq_connect(s->monitor, name);
    assert(rc == 0);
    (void)rc;
    bus_poll_init(&s->monitor_poll, s->loop, s->monitor, on_monitor, s);
}

static void set_options(struct bus_socket *s)
{
    int64_t frame_bytes = FRAME_BYTES_MAX;
    int rc = zmq_setsockopt(s->zmq, ZMQ_MAXMSGSIZE, &frame_bytes, sizeof frame_bytes);
    assert(rc == 0);
    (void)rc;
    set_int(s, ZMQ_SNDHWM, BUS_SEND_HWM);
    set_int(s, ZMQ_RCVHWM, BUS_SEND_HWM);
    if (s->type == BUS_ROUTER) {
        set_int(s, ZMQ_ROUTER_MANDATORY, 1);
        set_int(s, ZMQ_LINGER, 0); /* a command that has not left is asked again, under its id */
    } else {
        set_int(s, ZMQ_LINGER, LINGER_MS);
        set_int(s, ZMQ_IMMEDIATE,
                1); /* what is meant for one client is not kept for its successor */
        set_int(s, ZMQ_RECONNECT_IVL, RECONNECT_MS);
        set_int(s, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS);
    }
}

struct bus_socket *bus_socket_new(sd_event *loop, enum bus_socket_type type,
                                  const struct bus_socket_events *events, void *ctx)
{
    struct bus_socket *s = xcalloc(1, sizeof *s);
    s->loop = sd_event_ref(loop);
    s->type = type;
    s->events = *events;
    s->ctx = ctx;
    s->zmq = bus_context_socket(type == BUS_ROUTER ? ZMQ_ROUTER : ZMQ_DEALER);
    zmq_msg_init(&s->peer);
    zmq_msg_init(&s->bytes);
    set_options(s);
    start_monitor(s);
    bus_poll_init(&s->poll, loop, s->zmq, on_input, s);
    return s;
}

void bus_socket_free(struct bus_socket **ref)
{
    struct bus_socket *s = *ref;
    if (!s)
        return;
    assert(!s->inside);
    bus_poll_fini(&s->poll);
    bus_poll_fini(&s->monitor_poll);
    zmq_socket_monitor(s->zmq, NULL, 0);
    bus_context_close(s->monitor);
    bus_zap_free(&s->zap);
    zmq_msg_close(&s->peer);
    zmq_msg_close(&s->bytes);
    bus_context_close(s->zmq);
    sd_event_unref(s->loop);
    free(s);
    *ref = NULL;
}

int bus_socket_bind(struct bus_socket *s, const char *endpoint, struct err *err)
{
    if (zmq_bind(s->zmq, endpoint) < 0)
        return err_set(err, ERR_TRANSIENT, "cannot listen on %s: %s", endpoint,
                       zmq_strerror(errno));
    if (s->zap) { /* options hold for what is bound next, and CURVE was meant for this one */
        set_int(s, ZMQ_CURVE_SERVER, 0);
        set_int(s, ZMQ_HEARTBEAT_IVL, 0);
        zmq_setsockopt(s->zmq, ZMQ_ZAP_DOMAIN, "", 0);
    }
    return 0;
}

int bus_socket_connect(struct bus_socket *s, const char *endpoint, struct err *err)
{
    if (zmq_connect(s->zmq, endpoint) < 0)
        return err_set(err, ERR_INPUT, "cannot connect to %s: %s", endpoint, zmq_strerror(errno));
    return 0;
}

/* ---- CURVE ---- */

static int set_key(struct bus_socket *s, int option, const char *z85, const char *what,
                   struct err *err)
{
    if (!z85 || zmq_setsockopt(s->zmq, option, z85, strlen(z85) + 1) < 0)
        return err_set(err, ERR_INPUT, "the %s must be a CURVE key of 40 characters (Z85)", what);
    return 0;
}

int bus_socket_curve_server(struct bus_socket *s, const char *secret_key, const char *client_keys,
                            struct err *err)
{
    if (set_key(s, ZMQ_CURVE_SECRETKEY, secret_key, "secret key", err) < 0)
        return -1;
    if (!s->zap) /* before the bind: without it ZeroMQ would let everybody in */
        s->zap = bus_zap_new(s->loop, client_keys, err);
    if (!s->zap)
        return -1;
    set_int(s, ZMQ_CURVE_SERVER, 1);
    set_int(s, ZMQ_HEARTBEAT_IVL, TCP_HEARTBEAT_MS);
    int rc = zmq_setsockopt(s->zmq, ZMQ_ZAP_DOMAIN, BUS_ZAP_DOMAIN, strlen(BUS_ZAP_DOMAIN));
    assert(rc == 0);
    (void)rc;
    return 0;
}

int bus_socket_curve_client(struct bus_socket *s, const char *secret_key, const char *server_key,
                            struct err *err)
{
    char public_key[41];
    if (!secret_key || strlen(secret_key) != 40 || zmq_curve_public(public_key, secret_key) < 0)
        return err_set(err, ERR_INPUT, "the secret key must be a CURVE key of 40 characters (Z85)");
    if (set_key(s, ZMQ_CURVE_SERVERKEY, server_key, "client daemon's key", err) < 0 ||
        set_key(s, ZMQ_CURVE_PUBLICKEY, public_key, "public key", err) < 0 ||
        set_key(s, ZMQ_CURVE_SECRETKEY, secret_key, "secret key", err) < 0)
        return -1;
    set_int(s, ZMQ_HEARTBEAT_IVL, TCP_HEARTBEAT_MS);
    return 0;
}

/* ---- output ---- */

static int send_part(struct bus_socket *s, const char *bytes, size_t len, int flags)
{
    int rc = zmq_send(s->zmq, bytes, len, flags | ZMQ_DONTWAIT);
    if (rc < 0 && errno == EAGAIN) {
        /* ZeroMQ looks at its mailbox only now and then while sending: a new connection may be
         * waiting in there */
        bus_poll_has_input(&s->poll);
        rc = zmq_send(s->zmq, bytes, len, flags | ZMQ_DONTWAIT);
    }
    return rc < 0 ? errno : 0;
}

enum bus_sent bus_socket_send(struct bus_socket *s, const char *peer, size_t peer_len,
                              const char *bytes, size_t len)
{
    int error = 0;
    if (s->type == BUS_ROUTER)
        error = send_part(s, peer, peer_len, ZMQ_SNDMORE);
    if (error == 0)
        error = send_part(s, bytes, len, 0);
    if (error == 0)
        return BUS_SENT;
    return error == EHOSTUNREACH ? BUS_GONE : BUS_FULL;
}
