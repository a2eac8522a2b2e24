/* bus_poll.c - waking up for a ZeroMQ socket, never too late */
#include "common/io/bus_poll.h"

#include <errno.h>
#include <sys/epoll.h>

#include <zmq.h>

static void *context; /* one per process: its sockets share an I/O thread */
static size_t context_users;

void *bus_context_socket(int zmq_type)
{
    if (context_users++ == 0)
        context = zmq_ctx_new();
    void *zmq = context ? zmq_socket(context, zmq_type) : NULL;
    assert(zmq); /* out of memory or descriptors */
    return zmq;
}

void bus_context_close(void *zmq)
{
    zmq_close(zmq);
    if (--context_users > 0)
        return;
    while (zmq_ctx_term(context) < 0 && errno == EINTR) /* waits for what lingers */
        continue;
    context = NULL;
}

bool bus_poll_has_input(const struct bus_poll *poll)
{
    int events = 0;
    size_t size = sizeof events;
    return zmq_getsockopt(poll->zmq, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLIN);
}

static int on_io(sd_event_source *source, int fd, uint32_t revents, void *ctx)
{
    struct bus_poll *poll = ctx;
    (void)source, (void)fd, (void)revents;
    if (bus_poll_has_input(poll))
        poll->on_input(poll->ctx);
    return 0;
}

static int on_again(sd_event_source *source, void *ctx)
{
    struct bus_poll *poll = ctx;
    (void)source;
    if (bus_poll_has_input(poll))
        poll->on_input(poll->ctx);
    return 0;
}

static int before_sleep(sd_event_source *source, void *ctx)
{
    struct bus_poll *poll = ctx;
    (void)source;
    if (bus_poll_has_input(poll))
        sd_event_source_set_enabled(poll->again, SD_EVENT_ONESHOT);
    return 0;
}

void bus_poll_init(struct bus_poll *poll, sd_event *loop, void *zmq, void (*on_input)(void *ctx),
                   void *ctx)
{
    int fd = -1;
    size_t size = sizeof fd;
    *poll = (struct bus_poll){.zmq = zmq, .on_input = on_input, .ctx = ctx};
    int rc = zmq_getsockopt(zmq, ZMQ_FD, &fd, &size);
    if (rc == 0)
        rc = sd_event_add_io(loop, &poll->io, fd, EPOLLIN, on_io, poll);
    if (rc >= 0)
        rc = sd_event_add_defer(loop, &poll->again, on_again, poll);
    if (rc >= 0)
        rc = sd_event_source_set_enabled(poll->again, SD_EVENT_OFF);
    if (rc >= 0)
        rc = sd_event_source_set_prepare(poll->io, before_sleep);
    assert(rc >= 0);
}

void bus_poll_fini(struct bus_poll *poll)
{
    poll->io = sd_event_source_disable_unref(poll->io);
    poll->again = sd_event_source_disable_unref(poll->again);
}
