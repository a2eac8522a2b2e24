/* body.c - a request's JSON body into the struct of a command */
#include "admin-web/body.h"

#include <errno.h>
#include <json-c/json.h>

#include "admin-web/problem.h"
#include "common/base/text.h"

#define BODY_DEPTH_MAX 4 /* of nesting; ours are flat */

/* A struct body is json-c's document under our name: never defined, never looked into. */
static struct json_object *document_of(struct body *body)
{
    return (struct json_object *)body;
}

static struct json_object *parse(const struct buf *bytes)
{
    if (!bytes->data || memchr(bytes->data, '\0', bytes->len) ||
        !text_is_utf8(bytes->data, bytes->len)) {
        return NULL;
    }
    struct json_tokener *tokener = json_tokener_new_ex(BODY_DEPTH_MAX);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    struct json_object *document = json_tokener_parse_ex(tokener, bytes->data, (int)bytes->len + 1);
    bool whole = json_tokener_get_error(tokener) == json_tokener_success;
    json_tokener_free(tokener);
    if (!whole || !json_object_is_type(document, json_type_object)) {
        json_object_put(document);
        return NULL;
    }
    return document;
}

/* A day of the calendar: the 30th of February is none. */
static bool is_date(const char *text)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t year, month, day;
    char parts[11];
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    memcpy(parts, text, sizeof(parts));
    parts[4] = parts[7] = '\0';
    if (text_to_i64(parts, 2000, 2999, &year) < 0 || text_to_i64(parts + 5, 1, 12, &month) < 0 ||
        text_to_i64(parts + 8, 1, days[month - 1], &day) < 0) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month != 2 || day <= 28 || leap;
}

static bool is_role_word(const char *text)
{
    int role = role_parse(text);
    return role > 0 && role != ROLE_SYSTEM;
}

/* Characters, not bytes; JSON's \u0000 would end the text early on its way through C. */
static bool text_fits(struct json_object *value, const char *text, int64_t min, int64_t max)
{
    size_t bytes = (size_t)json_object_get_string_len(value);
    int64_t units = (int64_t)text_utf16_units(text);
    return strlen(text) == bytes && units >= min && units <= max;
}

static bool put_text(const struct body_field *field, struct json_object *value, char *command)
{
    const char *text =
        json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
    if (!text || !text_fits(value, text, field->min, field->max) ||
        (field->type == BODY_DATE && !is_date(text)) ||
        (field->type == BODY_ROLE && !is_role_word(text))) {
        return false;
    }
    memcpy(command + field->at, &text, sizeof(text));
    return true;
}

static bool put_i64(const struct body_field *field, struct json_object *value, char *command)
{
    if (!json_object_is_type(value, json_type_int)) {
        return false;
    }
    /* json-c saturates at the borders, and beyond INT64_MAX it has a second integer of its own */
    int64_t number = json_object_get_int64(value);
    if (number == INT64_MAX || number == INT64_MIN || number < field->min || number > field->max) {
        return false;
    }
    memcpy(command + field->at, &number, sizeof(number));
    memcpy(command + field->has_at, &(bool){true}, sizeof(bool));
    return true;
}

static bool put_bool(const struct body_field *field, struct json_object *value, char *command)
{
    if (!json_object_is_type(value, json_type_boolean)) {
        return false;
    }
    bool on = json_object_get_boolean(value);
    memcpy(command + field->at, &on, sizeof(on));
    memcpy(command + field->has_at, &(bool){true}, sizeof(bool));
    return true;
}

static void forget_lines(struct json_object *value, void *lines)
{
    (void)value;
    free(lines);
}

/* The list is freed with the document. */
static bool put_lines(const struct body_field *field, struct json_object *value, char *command)
{
    int64_t count =
        json_object_is_type(value, json_type_array) ? (int64_t)json_object_array_length(value) : -1;
    if (count < field->min || count > field->max) {
        return false;
    }
    const char **lines = xcalloc((size_t)count + 1, sizeof *lines);
    json_object_set_userdata(value, lines, forget_lines);
    for (size_t i = 0; i < (size_t)count; i++) {
        struct json_object *line = json_object_array_get_idx(value, i);
        const char *text =
            json_object_is_type(line, json_type_string) ? json_object_get_string(line) : NULL;
        if (!text || !text_fits(line, text, 0, field->line_max)) {
            return false;
        }
        lines[i] = text;
    }
    struct msg_strings list = {.count = (size_t)count, .items = lines};
    memcpy(command + field->at, &list, sizeof(list));
    return true;
}

/* clang-format off */
static const struct kind {
    bool (*put)(const struct body_field *, struct json_object *, char *command);
    const char *wanted[2]; /* a format for min, max and line_max, by enum language */
} kinds[] = {
    [BODY_TEXT] = {put_text, {"must be text of %1$lld to %2$lld characters",     "нужен текст длиной от %1$lld до %2$lld символов"}},
    [BODY_I64]  = {put_i64,  {"must be a whole number from %1$lld to %2$lld",    "нужно целое число от %1$lld до %2$lld"}},
    [BODY_BOOL] = {put_bool, {"must be true or false",                           "нужно true или false"}},
    [BODY_DATE] = {put_text, {"must be a date as YYYY-MM-DD",                    "нужна дата в виде ГГГГ-ММ-ДД"}},
    [BODY_ROLE] = {put_text, {"must be client, contractor, manager or owner",    "нужно client, contractor, manager или owner"}},
    [BODY_LINES] = {put_lines, {"must be a list of %1$lld to %2$lld texts of at most %3$lld characters each",
                               "нужен список: от %1$lld до %2$lld строк, в каждой не больше %3$lld символов"}},
};
/* clang-format on */

/* The formats are the table's, a few lines up. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void add_wanted(struct field_errors *errors, const struct body_field *field,
                       enum language language)
{
    const struct kind *kind = &kinds[field->type];
    char text[2][160];
    for (int i = 0; i < 2; i++) {
        if (field->type == BODY_TEXT || field->type == BODY_I64 || field->type == BODY_LINES) {
            snprintf(text[i], sizeof(text[i]), kind->wanted[i], (long long)field->min,
                     (long long)field->max, (long long)field->line_max);
        } else {
            snprintf(text[i], sizeof(text[i]), "%s", kind->wanted[i]);
        }
    }
    field_errors_add(errors, field->name, text[LANGUAGE_EN], text[LANGUAGE_RU], language);
}
#pragma GCC diagnostic pop

static const struct body_field *field_find(const struct body_field *fields, size_t count,
                                           const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(fields[i].name, name)) {
            return &fields[i];
        }
    }
    return NULL;
}

static void check_unknown(struct json_object *document, const struct body_field *fields,
                          size_t count, struct field_errors *errors, enum language language)
{
    struct json_object_iterator at = json_object_iter_begin(document),
                                end = json_object_iter_end(document);
    for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
        const char *name = json_object_iter_peek_name(&at);
        if (!field_find(fields, count, name)) {
            field_errors_add(errors, name, "is not known here", "такого поля здесь нет", language);
        }
    }
}

struct body *body_read(struct exchange *x, const struct body_field *fields, size_t count,
                       void *command)
{
    struct json_object *document = parse(&x->body);
    if (!document) {
        problem_answer(x, PROBLEM_bad_json);
        return NULL;
    }
    scoped(field_errors_fini) struct field_errors errors = {0};
    for (size_t i = 0; i < count; i++) {
        struct json_object *value = NULL;
        bool given = json_object_object_get_ex(document, fields[i].name, &value);
        if (!given || (!value && fields[i].need == NULLABLE)) {
            if (fields[i].need == REQUIRED) {
                field_errors_add(&errors, fields[i].name, "is missing", "не указано", x->language);
            }
        } else if (!kinds[fields[i].type].put(&fields[i], value, command)) {
            add_wanted(&errors, &fields[i], x->language);
        }
    }
    check_unknown(document, fields, count, &errors, x->language);
    if (errors.count > 0) {
        problem_answer_fields(x, &errors);
        json_object_put(document);
        return NULL;
    }
    return (struct body *)document;
}

void body_free(struct body **body)
{
    json_object_put(document_of(*body));
    *body = NULL;
}
