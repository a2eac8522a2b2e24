/* updates.h - what waits for the bot: the queue behind getUpdates, with everything strange that may
 * happen to it */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

struct world;
struct call;

/* Updates are kept as the text that goes out, so that serving them is copying. */
struct update {
    int64_t id, chat_id;
    char *json;
    size_t len;
};

struct updates {
    struct update *list; /* [0, head) is confirmed history, the rest waits */
    size_t count, head, room;
    int64_t next_id;
    struct update *again; /* to be delivered once more, whatever the offset */
    size_t again_count;
    json_object *allowed; /* array of names; NULL: the default */
    char *raw;            /* bytes the next answer consists of */
    size_t raw_len;
    int64_t poller; /* the poll that holds the queue; an older one that still waits gets 409 */
    int waiting;
    int64_t last_offset, last_at_ms, next_conflict_ms;
    int64_t delivered;
    char webhook[512];
};

void updates_init(struct updates *);
void updates_clear(struct updates *); /* empties the queue; update ids go on */
void updates_fini(struct updates *);

/* Queues an update of this type and wakes the poller; its id, or 0 if the bot did not ask for such.
 */
int64_t updates_push(struct world *, const char *type, json_object *payload /* takes */,
                     int64_t chat_id);

/* The same from ready text: `json` is the whole update. Wakes nobody: for many at once. */
void updates_push_text(struct updates *, int64_t id, int64_t chat_id, char *json /* takes */,
                       size_t len);

/* Any JSON as an update; keeps its update_id or gives one. */
int64_t updates_inject(struct world *, json_object *update);

size_t updates_pending(const struct updates *);
size_t updates_redeliver(struct updates *, int64_t from_id, int64_t to_id);

json_object *updates_serve(struct call *); /* getUpdates */
