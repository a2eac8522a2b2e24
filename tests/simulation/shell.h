/* shell.h - what stands around the pure core in a simulation: situation in, decision applied, a line of the trace out */
#pragma once
#include "tests/simulation/company.h"
#include "tests/simulation/postman.h"
#include "tests/simulation/watcher.h"

/* Who says it: a person (0 = none), or by right of a role (time, a login of the panel). */
struct speaker {
    int64_t  person_id;
    unsigned acts_as; /* bits of enum role; 0 = by the person's own roles */
};

struct shell {
    struct company  company;
    struct watcher  watcher;
    struct postman *postman;
    FILE           *trace;
    int64_t         step, began_at;
    struct decision decision;
    int64_t         rule_fired[64], step_fired[64]; /* beside order_rules and clock_steps */
};

/* One order command; true if it was allowed. target_id: the person acted upon, 0 = none. */
bool shell_command(struct shell *, const struct speaker *, int64_t order_id, int64_t target_id, struct order_command *);
/* A deadline the watcher sends. */
void shell_deadline(struct shell *, const struct deadline *);
/* Everything that is due until then, each at its instant; then it is then. */
void shell_pass_time(struct shell *, int64_t until);
