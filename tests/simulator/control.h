/* control.h - the control API under /sim: what tests, the demo and the page ask for */
#pragma once

#include "clock.h"
#include "methods.h"
#include "world.h"

struct control_conf {
    struct clock_command clock, clock_show;
};

/* Answers a request below /sim; `path` begins with /sim. */
void control_serve(struct world *, const struct control_conf *, const char *verb, const char *path,
                   const char *query, const char *body, size_t len, struct answer *);

/* One such request while it is answered; the world is locked. */
struct control {
    struct world *world;
    const struct control_conf *conf;
    json_object *wish; /* query and body together */
    const char *rest;  /* of the path, after the row's */
    const char *body;
    size_t len;
    int status;      /* to be set only when it is not 200 or 400 */
    const char *why; /* what is wrong, for a NULL answer */
};

typedef json_object *(*control_fn)(struct control *);

/* Handlers that look and wait: watch.c */
json_object *on_watch_people(struct control *);
json_object *on_watch_chat(struct control *);
json_object *on_watch_feed(struct control *);
json_object *on_watch_wait(struct control *);
json_object *on_watch_callback(struct control *);
json_object *on_watch_sent(struct control *);
