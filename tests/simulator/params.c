/* params.c - what a request brings along: query, form, JSON or multipart, in one shape */
#include "params.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

enum { PARTS = 64 };

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static char *url_decode(const char *s, size_t len)
{
    char *out = mem_new(len + 1), *to = out;
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '+') {
            *to++ = ' ';
        } else if (s[i] == '%' && i + 2 < len && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
            *to++ = (char)(hex(s[i + 1]) * 16 + hex(s[i + 2]));
            i += 2;
        } else {
            *to++ = s[i];
        }
    }
    *to = '\0';
    return out;
}

void params_add_query(json_object *values, const char *query, size_t len)
{
    for (size_t at = 0; at < len;) {
        const char *pair = query + at;
        const char *stop = memchr(pair, '&', len - at);
        size_t size = stop ? (size_t)(stop - pair) : len - at;
        const char *equal = memchr(pair, '=', size);
        size_t name_len = equal ? (size_t)(equal - pair) : size;
        if (name_len > 0) {
            char *name = url_decode(pair, name_len);
            char *value = equal ? url_decode(equal + 1, size - name_len - 1) : mem_dup("");
            json_object_object_add(values, name, json_object_new_string(value));
            free(name);
            free(value);
        }
        at += size + 1;
    }
}

static int add_json(struct params *params, const char *body, size_t len, const char **why)
{
    json_object *document = json_read(body, len);
    if (!json_object_is_type(document, json_type_object)) {
        json_object_put(document);
        *why = "can't parse JSON object";
        return -1;
    }
    json_object_object_foreach(document, key, value)
    {
        if (value) /* null means: not given */
            json_object_object_add(params->values, key, json_object_get(value));
    }
    json_object_put(document);
    return 0;
}

static int add_multipart(struct params *params, const char *type, const char *body, size_t len,
                         const char **why)
{
    struct multipart_part *parts = mem_new(PARTS * sizeof *parts);
    int count = multipart_parse(type, body, len, parts, PARTS, why), failed = count < 0 ? -1 : 0;
    for (int i = 0; i < count; i++) {
        if (!parts[i].file_name[0]) {
            json_object_object_add(params->values, parts[i].name,
                                   json_object_new_string_len(parts[i].data, (int)parts[i].len));
        } else if (params->file_count < PARAMS_FILES) {
            params->files[params->file_count++] = parts[i];
        } else {
            *why = "too many files";
            failed = -1;
        }
    }
    free(parts);
    return failed;
}

int params_init(struct params *params, const char *query, const char *content_type,
                const char *body, size_t len, const char **why)
{
    *params = (struct params){.values = json_object_new_object()};
    if (query)
        params_add_query(params->values, query, strlen(query));
    if (len == 0)
        return 0;
    if (!content_type)
        content_type = "application/x-www-form-urlencoded";
    if (!strncasecmp(content_type, "application/json", 16))
        return add_json(params, body, len, why);
    if (!strncasecmp(content_type, "multipart/form-data", 19))
        return add_multipart(params, content_type, body, len, why);
    if (!strncasecmp(content_type, "application/x-www-form-urlencoded", 33))
        params_add_query(params->values, body, len);
    return 0;
}

void params_fini(struct params *params)
{
    json_object_put(params->values);
    params->values = NULL;
}

const struct multipart_part *params_file(const struct params *params, const char *name)
{
    for (int i = 0; i < params->file_count; i++)
        if (!strcmp(params->files[i].name, name))
            return &params->files[i];
    return NULL;
}
