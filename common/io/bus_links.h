/* bus_links.h - the engine's end of the bus: a link to each client daemon found in the runtime folder or named by tcp endpoint
 *
 * bus_engine.c's other half: this one finds, connects, reconnects and forgets; that one speaks.
 */
#pragma once
#include "common/io/bus.h"
#include "common/io/bus_socket.h"

#define BUS_LINKS_MAX 64

struct bus_links;

struct bus_link { /* to one client daemon; keeps its place in the list as long as it lives */
    uint32_t           at;
    uint64_t           epoch; /* never used twice */
    enum daemon_id     daemon;
    struct bus_socket *socket; /* NULL while nobody listens there */
    bool               connected;
    /* private */
    struct bus_links  *links;
    char              *folder, *name; /* folder NULL: tcp */
    sd_event_source   *watch;
    uint64_t           inode;
    int64_t            made_ns; /* when its socket file was made: an inode number may come back */
};

struct bus_links_events {
    void (*on_frame)(void *ctx, struct bus_link *, const struct bus_frame *);
    void (*on_drained)(void *ctx);
    void (*on_connected)(void *ctx, struct bus_link *);
};

struct bus_links_opts {
    const char             *dir;
    const char             *tcp_endpoints; /* "daemon[@N]=tcp://host:port ..." */
    const char             *curve_secret_key, *curve_server_keys; /* one key per endpoint; the last serves the rest */
    struct bus_links_events events;
    void                   *ctx;
};

struct bus_links *bus_links_new(sd_event *loop, const struct bus_links_opts *, struct err *);
void              bus_links_free(struct bus_links **);
struct bus_link  *bus_links_get(const struct bus_links *, uint32_t at); /* NULL if the place is empty */
