/* bus_scene.h - engines and clients on a bus of their own, to try it on
 *
 *     struct client_double c = {0};
 *     struct engine_double e = {0};
 *     bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
 *     bus_scene_engine(&e, "hello");
 *     bus_scene_ask(&c, "tg:1:1");
 *     bus_scene_wait_for(&c.answers, 1);
 *     bus_engine_free(&e.bus), bus_client_free(&c.bus)
 *
 * Both ends live in one loop and one folder, made and removed around each test (BUS_TEST).
 */
#pragma once
#include <sys/types.h>

#include "common/io/bus.h"

#define BUS_SCENE_HELD_MAX 1024

struct engine_double { /* an order-engine that answers at once, or holds what it gets */
    struct bus_engine *bus;
    bool               holds;
    int                commands, batches;
    struct bus_origin  from;
    struct bus_origin  origins[BUS_SCENE_HELD_MAX];
    char              *held[BUS_SCENE_HELD_MAX];
    size_t             held_count;
    const char        *text; /* stands in its answers */
};

struct client_double { /* counts what it hears */
    struct bus_client *bus;
    int                answers, errors, hints, engines;
    char               outcome[16], text[300]; /* of the last answer */
    struct err         err;
    enum msg_type      hint;
};

/* Both fail the test if they cannot start. The test frees what is in .bus. */
void bus_scene_engine(struct engine_double *, const char *text);
void bus_scene_client(struct client_double *, enum daemon_id self, const char *name, int64_t patience_ms);

/* Callbacks of an engine and of a client that is made otherwise; ctx is the double. */
void bus_scene_on_command(void *ctx, struct bus_origin, struct msg *);
void bus_scene_on_engines(void *ctx, size_t engines);

/* Another process: an engine that takes commands and says nothing. It must be started before the first socket. */
pid_t bus_scene_mute_engine(void);

/* Asks for a new order; so many times, with ids of their own. */
void bus_scene_ask(struct client_double *, const char *id);
void bus_scene_ask_many(struct client_double *, int count);
/* The same about an order that is there. */
void bus_scene_ask_about(struct client_double *, int64_t order_id);

/* Answers what was held, and from now on at once. */
void bus_scene_release(struct engine_double *);

/* The loop turns: for a while, or until the number is there (at most 15 s, else the test fails). */
void bus_scene_run_for(int64_t ms);
void bus_scene_wait_for(const int *number, int value);

sd_event   *bus_scene_loop(void);
const char *bus_scene_dir(void); /* where endpoints stand */

int bus_scene_setup(void **state);
int bus_scene_teardown(void **state);
#define BUS_TEST(name) cmocka_unit_test_setup_teardown(name, bus_scene_setup, bus_scene_teardown)
