/* routes.h - THE TABLE: every address admin-web answers, who may ask, and who answers */
#pragma once
#include "admin-web/exchange.h"

/* Fills the answer; what it returns is for its own convenience (-1: it answered a problem). */
typedef int (*route_fn)(struct exchange *);

enum scope { SCOPE_PUBLIC = 0, SCOPE_READ = 1, SCOPE_WRITE = 2 }; /* what a token must allow */

struct route {
    const char *method, *path; /* the last segment may be {id}: digits, or {name}: anything of the length */
    enum scope  scope;
    bool        has_body; /* wants JSON */
    route_fn    handler;
    const char *sentence;
};

extern const struct route routes[];
extern const size_t       route_count;

/* HEAD is answered as GET. NULL: no such path, or, if allow is filled, one that has only these other methods. parameter and
 * allow get "" when there is nothing to say. */
const struct route *route_find(const char *method, const char *path, char parameter[PATH_PARAMETER_MAX + 1], char *allow,
                               size_t allow_size);

void routes_print(FILE *); /* --print-routes: one per line, compared with openapi.yaml */
