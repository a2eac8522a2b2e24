/* bus_poll.h - a ZeroMQ socket's descriptor in the event loop, and the one context of the process
 *
 * ZMQ_FD is edge-triggered and says only "something changed": after it, and after every send, which may swallow the edge,
 * ZMQ_EVENTS tells whether messages wait. So it is asked before each sleep of the loop (sd-event's prepare).
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/err.h"

struct bus_poll {
    void            *zmq;
    sd_event_source *io, *again;
    void (*on_input)(void *ctx); /* messages wait; need not read them all */
    void *ctx;
};

/* The context lives from the first socket to the end of the last. One thread only. */
void *bus_context_socket(int zmq_type);
void  bus_context_close(void *zmq);

void bus_poll_init(struct bus_poll *, sd_event *loop, void *zmq, void (*on_input)(void *ctx), void *ctx);
void bus_poll_fini(struct bus_poll *); /* before the socket is closed */
bool bus_poll_has_input(const struct bus_poll *);
