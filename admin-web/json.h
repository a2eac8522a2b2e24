/* json.h - writes JSON into a buffer, commas and closing brackets included
 *
 *     struct json j = {.into = &x->answer};
 *     json_object(&j, NULL);
 *     json_text(&j, "state", "new");
 *     json_end(&j);
 *
 * A key is NULL in a list and for the outermost value.
 */
#pragma once
#include "common/base/buf.h"

#define JSON_DEPTH_MAX 12

struct json {
    struct buf *into;
    bool        comma; /* the next value stands after another */
    size_t      depth;
    char        closers[JSON_DEPTH_MAX];
};

void json_object(struct json *, const char *key);
void json_list(struct json *, const char *key);
void json_end(struct json *); /* of the innermost object or list */

void json_text(struct json *, const char *key, const char *value); /* UTF-8; NULL is written as null */
void json_i64(struct json *, const char *key, int64_t value);
void json_bool(struct json *, const char *key, bool value);
void json_time(struct json *, const char *key, int64_t at_ms); /* as text, RFC 3339 in UTC */
void json_raw(struct json *, const char *key, const char *json); /* is JSON already; NULL is written as null */
