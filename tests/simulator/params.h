/* params.h - what a request brings along: query, form, JSON or multipart, in one shape */
#pragma once

#include <stddef.h>

#include <json-c/json.h>

#include "multipart.h"

enum { PARAMS_FILES = 24 };

struct params {
    json_object *values; /* an object: strings from queries and forms, any type from JSON */
    struct multipart_part files[PARAMS_FILES]; /* borrowed from the body */
    int file_count;
};

/* -1 when it cannot be read, with the reason; the params are empty then but still need fini. */
int params_init(struct params *, const char *query, const char *content_type, const char *body,
                size_t len, const char **why);
void params_fini(struct params *);

const struct multipart_part *params_file(const struct params *, const char *name);

/* A name=value&... string added to an object. */
void params_add_query(json_object *, const char *query, size_t len);
