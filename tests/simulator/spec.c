/* spec.c - is what the bot asks for what Telegram's documentation says? */
#include "spec.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { DEPTH = 12, PATH = 200 };

struct spec {
    json_object *document, *methods, *types;
    char version[32];
};

struct spec *spec_new(const char *path, char *why, size_t why_size)
{
    json_object *document = json_object_from_file(path);
    struct spec *spec = mem_new(sizeof *spec);
    spec->document = document;
    spec->methods = json_at(document, "methods");
    spec->types = json_at(document, "types");
    if (!json_object_is_type(spec->methods, json_type_object) ||
        !json_object_is_type(spec->types, json_type_object)) {
        snprintf(why, why_size, "%s is not a Bot API description", path);
        spec_free(&spec);
        return NULL;
    }
    const char *version = json_str(document, "version");
    snprintf(spec->version, sizeof spec->version, "%s", version ? version : "unknown");
    return spec;
}

void spec_free(struct spec **spec)
{
    if (*spec)
        json_object_put((*spec)->document);
    free(*spec);
    *spec = NULL;
}

const char *spec_version(const struct spec *spec)
{
    return spec->version;
}

bool spec_knows_method(const struct spec *spec, const char *method)
{
    return json_at(spec->methods, method) != NULL;
}

static void say(json_object *sentences, const char *path, const char *what, const char *detail)
{
    char line[PATH + 200];
    snprintf(line, sizeof line, "%s %s%s%s", path, what, detail ? " " : "", detail ? detail : "");
    json_object_array_add(sentences, json_object_new_string(line));
}

static int check_type(const struct spec *, const char *type, json_object *value, const char *path,
                      json_object *sentences, int depth);

/* A field whose documentation reads "must be chat" or "always “chat”" admits that word alone. */
static bool is_wrong_word(json_object *field, json_object *value)
{
    const char *prose = json_str(field, "description"), *name = json_str(field, "name");
    if (!prose || !name || (strcmp(name, "type") != 0 && strcmp(name, "source") != 0) ||
        !json_object_is_type(value, json_type_string))
        return false;
    const char *must = strstr(prose, "must be ");
    if (!must)
        return false;
    must += 8;
    if (!strncmp(must, "one of", 6))
        return false;
    size_t len = strcspn(must, " .,;");
    const char *word = json_object_get_string(value);
    return strlen(word) != len || strncmp(word, must, len) != 0;
}

/* The alternative that fits best speaks for all: a union is wrong only if every member is. */
static int check_any(const struct spec *spec, json_object *types, json_object *value,
                     const char *path, json_object *sentences, int depth)
{
    json_object *best = NULL;
    int least = -1;
    for (size_t i = 0; i < json_count(types) && least != 0; i++) {
        json_object *mine = json_object_new_array();
        int wrong = check_type(spec, json_object_get_string(json_object_array_get_idx(types, i)),
                               value, path, mine, depth);
        if (least < 0 || wrong < least) {
            json_object_put(best);
            best = mine;
            least = wrong;
        } else {
            json_object_put(mine);
        }
    }
    for (size_t i = 0; best && i < json_count(best); i++)
        json_object_array_add(sentences, json_object_get(json_object_array_get_idx(best, i)));
    json_object_put(best);
    return least < 0 ? 0 : least;
}

static int check_fields(const struct spec *spec, json_object *fields, json_object *object,
                        const struct params *params, const char *path, json_object *sentences,
                        int depth)
{
    int wrong = 0;
    size_t count = fields ? json_count(fields) : 0;
    for (size_t i = 0; i < count; i++) {
        json_object *field = json_object_array_get_idx(fields, i), *value = NULL;
        const char *name = json_str(field, "name");
        char where[PATH];
        snprintf(where, sizeof where, "%s.%s", path, name);
        if (!json_object_object_get_ex(object, name, &value)) {
            if (json_flag(field, "required", false) && !(params && params_file(params, name))) {
                say(sentences, where, "is required and missing", NULL);
                wrong++;
            }
            continue;
        }
        wrong += check_any(spec, json_at(field, "types"), value, where, sentences, depth);
        if (is_wrong_word(field, value)) {
            say(sentences, where, "is not the word it must be:", json_object_get_string(value));
            wrong++;
        }
    }
    json_object_object_foreach(object, key, given)
    {
        (void)given;
        bool known = false;
        for (size_t i = 0; i < count && !known; i++)
            known = !strcmp(json_str(json_object_array_get_idx(fields, i), "name"), key);
        if (!known) {
            say(sentences, path, "has no parameter named", key);
            wrong++;
        }
    }
    return wrong;
}

static bool is_number(const char *s)
{
    char *end = NULL;
    strtod(s, &end);
    return end != s && !*end;
}

/* -1: the type is none of the plain ones */
static int check_plain(const char *type, json_object *value)
{
    int64_t number;
    enum json_type is = json_object_get_type(value);
    const char *s = is == json_type_string ? json_object_get_string(value) : NULL;
    if (!strcmp(type, "Integer"))
        return !json_to_int(value, &number);
    if (!strcmp(type, "String"))
        return s == NULL;
    if (!strcmp(type, "Float"))
        return is != json_type_int && is != json_type_double && !(s && is_number(s));
    if (!strcmp(type, "Boolean"))
        return is != json_type_boolean &&
               !(s && (!strcasecmp(s, "true") || !strcasecmp(s, "false")));
    if (!strcmp(type, "InputFile"))
        return s == NULL || strncmp(s, "attach://", 9) != 0;
    return -1;
}

static int check_structured(const struct spec *spec, const char *type, json_object *value,
                            const char *path, json_object *sentences, int depth)
{
    if (!strncmp(type, "Array of ", 9)) {
        if (!json_object_is_type(value, json_type_array))
            return say(sentences, path, "is not an array; wanted:", type), 1;
        int wrong = 0;
        for (size_t i = 0; i < json_count(value); i++) {
            char where[PATH];
            snprintf(where, sizeof where, "%s[%zu]", path, i);
            wrong += check_type(spec, type + 9, json_object_array_get_idx(value, i), where,
                                sentences, depth + 1);
        }
        return wrong;
    }
    json_object *shape = json_at(spec->types, type), *subtypes = json_at(shape, "subtypes");
    if (!shape)
        return say(sentences, path, "has a type the documentation does not know:", type), 1;
    if (subtypes && json_count(subtypes) > 0)
        return check_any(spec, subtypes, value, path, sentences, depth + 1);
    if (!json_object_is_type(value, json_type_object))
        return say(sentences, path, "is not an object; wanted:", type), 1;
    return check_fields(spec, json_at(shape, "fields"), value, NULL, path, sentences, depth + 1);
}

static int check_type(const struct spec *spec, const char *type, json_object *value,
                      const char *path, json_object *sentences, int depth)
{
    if (depth > DEPTH)
        return say(sentences, path, "is nested too deeply", NULL), 1;
    int plain = check_plain(type, value);
    if (plain == 1)
        say(sentences, path, "has the wrong type; wanted:", type);
    if (plain >= 0)
        return plain;
    /* only a parameter itself may be JSON in a string, never something within it */
    if (depth > 0 || !json_object_is_type(value, json_type_string))
        return check_structured(spec, type, value, path, sentences, depth);
    json_object *parsed =
        json_read(json_object_get_string(value), (size_t)json_object_get_string_len(value));
    int wrong = parsed ? check_structured(spec, type, parsed, path, sentences, depth)
                       : (say(sentences, path, "is no JSON; wanted:", type), 1);
    json_object_put(parsed);
    return wrong;
}

int spec_check(const struct spec *spec, const char *method, const struct params *params,
               json_object *sentences)
{
    json_object *shape = json_at(spec->methods, method);
    if (!shape)
        return say(sentences, method, "is no method of the Bot API", NULL), 1;
    json_object *fields = json_at(shape, "fields");
    int wrong = check_fields(spec, fields, params->values, params, method, sentences, 0);
    const char *all =
        json_object_to_json_string_ext(params->values, JSON_C_TO_STRING_NOSLASHESCAPE);
    for (int i = 0; i < params->file_count; i++) {
        const char *name = params->files[i].name;
        char attached[160];
        snprintf(attached, sizeof attached, "attach://%s", name);
        bool known = strstr(all, attached) != NULL;
        for (size_t k = 0; fields && k < json_count(fields) && !known; k++)
            known = !strcmp(json_str(json_object_array_get_idx(fields, k), "name"), name);
        if (!known) {
            say(sentences, method, "is sent a file it did not ask for:", name);
            wrong++;
        }
    }
    return wrong;
}
