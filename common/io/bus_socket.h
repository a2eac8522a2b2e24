/* bus_socket.h - one ROUTER or DEALER in the event loop: frames in, frames out, and when a connection comes or goes
 *
 * bus_socket.c, bus_poll.c and bus_zap.c are the only files that know zmq.h.
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/err.h"

#define BUS_PEER_MAX 255 /* bytes of a routing id */

struct bus_socket;

enum bus_socket_type { BUS_ROUTER, BUS_DEALER };

enum bus_sent {
    BUS_SENT,
    BUS_FULL, /* DEALER: also when nobody is connected */
    BUS_GONE, /* ROUTER: this peer is not connected any more */
};

struct bus_frame {       /* borrowed, valid inside on_frame */
    const char *peer;    /* ROUTER: whom it came from */
    size_t      peer_len;
    const char *bytes;
    size_t      len;
    bool        is_whole; /* false: it had more parts than our messages have */
};

struct bus_socket_events {
    void (*on_frame)(void *ctx, const struct bus_frame *);
    void (*on_drained)(void *ctx);              /* at the end of each turn of at most BUS_DRAIN_PER_TURN frames */
    void (*on_peer)(void *ctx, bool connected); /* a connection was made or has ended; which one is not known */
};

struct bus_socket *bus_socket_new(sd_event *loop, enum bus_socket_type, const struct bus_socket_events *, void *ctx);
void               bus_socket_free(struct bus_socket **); /* not from its own events */

int bus_socket_bind(struct bus_socket *, const char *endpoint, struct err *);
int bus_socket_connect(struct bus_socket *, const char *endpoint, struct err *);

/* For the bind or connect that follows: CURVE with these Z85 keys. A server lets in whose key stands in client_keys
 * (space-separated), others get nothing. */
int bus_socket_curve_server(struct bus_socket *, const char *secret_key, const char *client_keys, struct err *);
int bus_socket_curve_client(struct bus_socket *, const char *secret_key, const char *server_key, struct err *);

/* peer NULL for a DEALER. Never waits. */
enum bus_sent bus_socket_send(struct bus_socket *, const char *peer, size_t peer_len, const char *bytes, size_t len);
