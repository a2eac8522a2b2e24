/* findings.h - what check has found: collected, sorted, printed one per line with what it means and what to do */
#pragma once
#include "common/base/base.h"

#define FINDINGS_KEPT_MAX 10000 /* more are counted, not listed */
#define FINDING_DETAIL_BYTES 120

enum finding {
#define FINDING(name, ...) FINDING_##name,
#include "ctl/findings.def"
    FINDING_COUNT
};

const char *finding_name(enum finding);
const char *finding_sentence(enum finding);
int         finding_parse(const char *name); /* -1: there is none of that name */

struct found {
    const char  *what; /* "order", "audit", "update"; static */
    int64_t      id;
    enum finding finding;
    char         detail[FINDING_DETAIL_BYTES];
};

struct findings { /* zero-initialised = none */
    struct found *items;
    size_t        kept, cap, count;
};

void findings_fini(struct findings *);
void findings_add(struct findings *, const char *what /* static */, int64_t id, enum finding, const char *detail_fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* Sorted by what, id and kind. */
void findings_print(struct findings *, FILE *);
void findings_print_json(struct findings *, FILE *); /* the value of "findings": an array */
