/* text.c - growing strings, memory that never fails, and a few words about UTF-8 and JSON */
#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *mem_new(size_t bytes)
{
    void *memory = calloc(1, bytes ? bytes : 1);
    if (!memory) {
        fputs("telegram-simulator: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *mem_grow(void *memory, size_t bytes)
{
    void *grown = realloc(memory, bytes ? bytes : 1);
    if (!grown) {
        fputs("telegram-simulator: out of memory\n", stderr);
        abort();
    }
    return grown;
}

char *mem_dupn(const char *string, size_t len)
{
    char *copy = mem_new(len + 1);
    if (len)
        memcpy(copy, string, len);
    return copy;
}

char *mem_dup(const char *string)
{
    return string ? mem_dupn(string, strlen(string)) : NULL;
}

void mem_free(void *memory)
{
    free(memory);
}

static void reserve(struct text *text, size_t more)
{
    if (text->len + more + 1 <= text->room)
        return;
    size_t room = text->room ? text->room : 256;
    while (room < text->len + more + 1)
        room *= 2;
    text->s = mem_grow(text->s, room);
    text->room = room;
}

void text_add(struct text *text, const void *bytes, size_t len)
{
    reserve(text, len);
    if (len)
        memcpy(text->s + text->len, bytes, len);
    text->len += len;
    text->s[text->len] = '\0';
}

void text_adds(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need > 0) {
        reserve(text, (size_t)need);
        vsnprintf(text->s + text->len, (size_t)need + 1, format, again);
        text->len += (size_t)need;
    }
    va_end(again);
}

void text_add_json(struct text *text, const char *string, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)string[i];
        if (c == '"' || c == '\\') {
            char pair[2] = {'\\', (char)c};
            text_add(text, pair, 2);
        } else if (c < 0x20) {
            text_addf(text, "\\u%04x", c);
        } else {
            text_add(text, &string[i], 1);
        }
    }
}

void text_fini(struct text *text)
{
    free(text->s);
    *text = (struct text){0};
}

/* Bytes of the sequence that begins here; 0 if there is none. */
static size_t sequence(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return 1;
    size_t n = s[0] >= 0xf0 && s[0] <= 0xf4   ? 4
               : s[0] >= 0xe0 && s[0] <= 0xef ? 3
               : s[0] >= 0xc2 && s[0] <= 0xdf ? 2
                                              : 0;
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
        (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return n;
}

bool utf8_is_valid(const char *string, size_t len)
{
    const unsigned char *s = (const unsigned char *)string;
    for (size_t i = 0; i < len;) {
        size_t n = sequence(s + i, len - i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

size_t utf16_units(const char *string, size_t len)
{
    size_t units = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)string[i];
        if ((c & 0xc0) != 0x80)
            units += c >= 0xf0 ? 2 : 1;
    }
    return units;
}

size_t utf16_to_byte(const char *string, size_t len, size_t units)
{
    size_t seen = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)string[i];
        if ((c & 0xc0) == 0x80)
            continue;
        if (seen >= units)
            return i;
        seen += c >= 0xf0 ? 2 : 1;
    }
    return len;
}

json_object *json_at(json_object *object, const char *key)
{
    json_object *value = NULL;
    if (!json_object_is_type(object, json_type_object))
        return NULL;
    json_object_object_get_ex(object, key, &value);
    return value;
}

const char *json_str(json_object *object, const char *key)
{
    json_object *value = json_at(object, key);
    return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

size_t json_count(json_object *list)
{
    return json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
}

bool json_to_int(json_object *value, int64_t *out)
{
    if (json_object_is_type(value, json_type_int)) {
        *out = json_object_get_int64(value);
        return true;
    }
    if (!json_object_is_type(value, json_type_string))
        return false;
    const char *s = json_object_get_string(value);
    char *end = NULL;
    errno = 0;
    long long number = strtoll(s, &end, 10);
    if (end == s || *end || errno)
        return false;
    *out = number;
    return true;
}

int64_t json_int(json_object *object, const char *key, int64_t fallback)
{
    int64_t number;
    return json_to_int(json_at(object, key), &number) ? number : fallback;
}

double json_num(json_object *object, const char *key, double fallback)
{
    json_object *value = json_at(object, key);
    if (json_object_is_type(value, json_type_int) || json_object_is_type(value, json_type_double) ||
        json_object_is_type(value, json_type_string))
        return json_object_get_double(value);
    return fallback;
}

bool json_flag(json_object *object, const char *key, bool fallback)
{
    json_object *value = json_at(object, key);
    if (json_object_is_type(value, json_type_boolean))
        return json_object_get_boolean(value);
    if (json_object_is_type(value, json_type_int))
        return json_object_get_int64(value) != 0;
    if (json_object_is_type(value, json_type_string)) {
        const char *s = json_object_get_string(value);
        return !strcasecmp(s, "true") || !strcasecmp(s, "yes") || !strcmp(s, "1");
    }
    return fallback;
}

void json_put_str(json_object *object, const char *key, const char *value)
{
    if (value && *value)
        json_object_object_add(object, key, json_object_new_string(value));
}

void json_put_int(json_object *object, const char *key, int64_t value)
{
    json_object_object_add(object, key, json_object_new_int64(value));
}

void json_put_flag(json_object *object, const char *key, bool value)
{
    json_object_object_add(object, key, json_object_new_boolean(value));
}

json_object *json_copy(json_object *object)
{
    json_object *copy = NULL;
    if (object)
        json_object_deep_copy(object, &copy, NULL);
    return copy;
}

char *json_text(json_object *object)
{
    return mem_dup(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
                                                              JSON_C_TO_STRING_NOSLASHESCAPE));
}

json_object *json_read(const char *bytes, size_t len)
{
    if (len == 0 || len > INT32_MAX || !utf8_is_valid(bytes, len))
        return NULL;
    json_tokener *tokener = json_tokener_new_ex(64);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    json_object *document = json_tokener_parse_ex(tokener, bytes, (int)len);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    if (error == json_tokener_continue) /* a bare number ends only with the text */
        document = json_tokener_parse_ex(tokener, "", 1), error = json_tokener_get_error(tokener);
    else
        for (size_t i = json_tokener_get_parse_end(tokener); i < len; i++)
            if (!strchr(" \t\r\n", bytes[i]) || !bytes[i])
                error = json_tokener_error_parse_unexpected;
    json_tokener_free(tokener);
    if (error != json_tokener_success) {
        json_object_put(document);
        return NULL;
    }
    return document;
}
