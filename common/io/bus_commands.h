/* bus_commands.h - the commands a client has asked and has no answer to, found by id; bus_client.c's memory */
#pragma once
#include <sys/queue.h>

#include "common/io/bus.h"

struct bus_peer; /* bus_client.c's: an engine */

struct bus_command {
    TAILQ_ENTRY(bus_command) entry;  /* in waiting, or in its engine's in_flight */
    struct bus_command *next_in_bucket;
    struct bus_peer    *peer;        /* NULL: waiting */
    uint64_t            serial;      /* the order of asking */
    int64_t             waits_since_ms; /* asked, or taken back from an engine */
    uint32_t            hash;
    int64_t             order_id;    /* whose engine is asked, while it has room; 0 = any */
    bool                was_sent;    /* to some engine, once: it may have happened */
    bus_answer_fn       on_answer;
    void               *ctx;
    char                id[MSG_ID_MAX + 1];
    struct buf          bytes;       /* encoded */
};

TAILQ_HEAD(bus_command_list, bus_command);

struct bus_commands {
    struct bus_command    **buckets;
    size_t                  bucket_count, count;
    struct bus_command_list spare; /* ended ones with their buffers: a busy client allocates nothing */
    uint64_t                serial;
};

void bus_commands_init(struct bus_commands *);
void bus_commands_fini(struct bus_commands *); /* of those still in the table the owner takes care */

struct bus_command *bus_commands_add(struct bus_commands *, const struct msg *); /* encoded, in no list yet */
struct bus_command *bus_commands_find(const struct bus_commands *, const char *id); /* any of that id; NULL */
void                bus_commands_remove(struct bus_commands *, struct bus_command *); /* from the table */
void                bus_commands_retire(struct bus_commands *, struct bus_command * /* takes */);
