/* json.c - writes JSON into a buffer */
#include "admin-web/json.h"

#include <time.h>

#include "common/base/clock.h"

static void begin_value(struct json *j, const char *key)
{
    if (j->comma) {
        buf_add_char(j->into, ',');
    }
    j->comma = true;
    if (key) {
        buf_add_json(j->into, key);
        buf_add_char(j->into, ':');
    }
}

static void open_level(struct json *j, const char *key, char opener, char closer)
{
    assert(j->depth < JSON_DEPTH_MAX);
    begin_value(j, key);
    buf_add_char(j->into, opener);
    j->closers[j->depth++] = closer;
    j->comma = false;
}

void json_object(struct json *j, const char *key)
{
    open_level(j, key, '{', '}');
}

void json_list(struct json *j, const char *key)
{
    open_level(j, key, '[', ']');
}

void json_end(struct json *j)
{
    assert(j->depth > 0);
    buf_add_char(j->into, j->closers[--j->depth]);
    j->comma = true;
}

void json_text(struct json *j, const char *key, const char *value)
{
    begin_value(j, key);
    if (value) {
        buf_add_json(j->into, value);
    } else {
        buf_add_text(j->into, "null");
    }
}

void json_i64(struct json *j, const char *key, int64_t value)
{
    begin_value(j, key);
    buf_add_i64(j->into, value);
}

void json_bool(struct json *j, const char *key, bool value)
{
    begin_value(j, key);
    buf_add_text(j->into, value ? "true" : "false");
}

void json_time(struct json *j, const char *key, int64_t at_ms)
{
    time_t seconds = (time_t)(at_ms / SECOND_MS);
    struct tm utc;
    char text[32];
    gmtime_r(&seconds, &utc);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_text(j, key, text);
}

void json_raw(struct json *j, const char *key, const char *json)
{
    begin_value(j, key);
    buf_add_text(j->into, json ? json : "null");
}
