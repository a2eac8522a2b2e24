/* courier.h - carries commands of the worker threads to the main thread, which alone owns the bus, and answers back
 *
 * A mutex and an eventfd: no thread but the main one ever touches ZeroMQ.
 */
#pragma once
#include "common/io/bus.h"

#define COURIER_PATIENCE_MS 10000 /* a worker waits so long for an answer */

struct courier;

struct courier *courier_new(sd_event *loop, struct bus_client *, struct err *); /* the bus is borrowed */
/* From now on nothing is taken; what waits ends with ERR_TRANSIENT. Then free the bus, join the threads, free the courier. */
void courier_close(struct courier *);
void courier_free(struct courier **);

/* From any thread but the main one. 0: *ret_answer holds the engine's answer, to be released with msg_fini. -1: ERR_TRANSIENT,
 * no engine had it; ERR_UNCERTAIN, no answer came in time (the same command id may be sent again). */
int courier_ask(struct courier *, const struct msg *command, struct msg *ret_answer, struct err *);

size_t courier_waiting(struct courier *); /* commands asked and not answered */
