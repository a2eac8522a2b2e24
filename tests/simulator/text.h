/* text.h - growing strings, memory that never fails, and a few words about UTF-8 and JSON */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

struct text {
    char *s; /* always ended by a NUL once anything was added */
    size_t len, room;
};

void text_add(struct text *, const void *bytes, size_t len);
void text_adds(struct text *, const char *string);
void text_addf(struct text *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_json(struct text *, const char *string, size_t len); /* escaped, without quotes */
void text_fini(struct text *);

/* These abort with a line when memory is out; the caller owns the result. */
void *mem_new(size_t bytes); /* zeroed */
void *mem_grow(void *, size_t bytes);
char *mem_dup(const char *);
char *mem_dupn(const char *, size_t);
void mem_free(void *); /* for pointers to const, too */

bool utf8_is_valid(const char *, size_t len);
/* Length in UTF-16 units, which is how Telegram counts. */
size_t utf16_units(const char *utf8, size_t len);
/* Byte where UTF-16 unit `units` begins. */
size_t utf16_to_byte(const char *utf8, size_t len, size_t units);

/* What stands under a key, or the fallback when it is absent or of another type. A number in a
 * string counts as a number, for that is how forms carry it. Returned pointers are borrowed. */
json_object *json_at(json_object *, const char *key);
const char *json_str(json_object *, const char *key); /* NULL if none */
int64_t json_int(json_object *, const char *key, int64_t fallback);
double json_num(json_object *, const char *key, double fallback);
bool json_flag(json_object *, const char *key, bool fallback);
size_t json_count(json_object *list); /* 0 for what is no array */
bool json_to_int(json_object *, int64_t *out);

void json_put_str(json_object *, const char *key, const char *value); /* nothing for NULL or "" */
void json_put_int(json_object *, const char *key, int64_t value);
void json_put_flag(json_object *, const char *key, bool value);
json_object *json_copy(json_object *);                 /* deep; NULL for NULL */
char *json_text(json_object *);                        /* caller owns */
json_object *json_read(const char *bytes, size_t len); /* NULL unless one whole valid document */
