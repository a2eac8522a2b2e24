/* faults.h - what goes wrong on purpose */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

enum fault_kind {
    FAULT_LOSE,   /* the call takes effect, its answer never comes */
    FAULT_ERROR,  /* no effect, an error of the 5xx kind */
    FAULT_REFUSE, /* no effect, 429 with retry_after */
    FAULT_RESET,  /* no effect, the connection is reset */
    FAULT_DELAY,  /* the answer comes late */
    FAULT_KINDS
};

struct fault {
    enum fault_kind kind;
    char method[64];    /* "*": any */
    int64_t chat_id;    /* 0: any */
    int64_t left;       /* calls still to spoil; -1: until taken away */
    double probability; /* 1: every one */
    uint64_t random;
    int code, retry_after_s, delay_ms;
    int64_t hits;
};

enum { FAULTS_MOST = 64 };

struct faults {
    struct fault list[FAULTS_MOST];
    int count;
    bool duplicate; /* every update twice, shuffled */
    uint64_t random;
};

/* The fault of this kind that strikes this call, counted; NULL if none. */
const struct fault *faults_take(struct faults *, enum fault_kind, const char *method,
                                int64_t chat_id);

/* An outage without end strikes this method: waiting polls must break, too. */
bool faults_is_down(const struct faults *, const char *method);

/* One fault as in POST /sim/faults; -1 with a sentence when it makes no sense. */
int faults_add(struct faults *, json_object *wish, const char **why);
void faults_clear(struct faults *, const char *kind); /* NULL: all */
json_object *faults_to_json(const struct faults *);

/* Numbers that look random and come again with the same seed. */
uint64_t faults_random(uint64_t *state);
