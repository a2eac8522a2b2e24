/* filters.c - what stands behind the ? of an address */
#include "admin-web/filters.h"

#include <ctype.h>
#include <time.h>

#include "admin-web/problem.h"
#include "common/base/clock.h"
#include "common/base/text.h"

#define FILTERS_MAX 16
#define FILTER_VALUE_MAX 400 /* bytes, decoded */
#define FILTER_NAME_MAX 40

struct given {
    bool is_given;
    char text[FILTER_VALUE_MAX + 1];
};

static int hex_digit(char c)
{
    if (!isxdigit((unsigned char)c)) {
        return -1;
    }
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Percent-decodes; false: does not fit, or is no UTF-8 text. */
static bool decode(const char *from, size_t len, char *into, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        char c = from[i] == '+' ? ' ' : from[i];
        if (c == '%') {
            int high = i + 2 < len ? hex_digit(from[i + 1]) : -1;
            int low = i + 2 < len ? hex_digit(from[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (c == '\0' || at + 1 >= size) {
            return false;
        }
        into[at++] = c;
    }
    into[at] = '\0';
    return text_is_utf8(into, at);
}

static bool is_among(const char *word, size_t len, const char *words)
{
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t one = strcspn(at, " ");
        if (one == len && strncmp(at, word, len) == 0) {
            return true;
        }
        at += one;
    }
    return false;
}

static bool are_among(const char *list, const char *words)
{
    for (;;) {
        size_t len = strcspn(list, ",");
        if (len == 0 || !is_among(list, len, words)) {
            return false;
        }
        if (!list[len]) {
            return true;
        }
        list += len + 1;
    }
}

/* "2026-03-01", "2026-03-01T12:30:00Z" */
static bool parse_time(const char *text, int64_t *ret_ms)
{
    struct tm utc = {0};
    const char *rest = strptime(text, "%Y-%m-%d", &utc);
    if (rest && *rest == 'T') {
        rest = strptime(rest, "T%H:%M:%S", &utc);
        rest = rest && *rest == 'Z' ? rest + 1 : NULL;
    }
    if (!rest || *rest || utc.tm_year < 70 || utc.tm_year > 2999 - 1900) {
        return false;
    }
    *ret_ms = (int64_t)timegm(&utc) * SECOND_MS;
    return true;
}

/* Appends the value to the query's parameters; false: it is of the wrong kind. */
static bool put(const struct filter *filter, const struct given *given, struct db_args *args)
{
    const char *text = given->is_given ? given->text : NULL;
    int64_t number = filter->fallback;
    switch (filter->type) {
    case FILTER_I64:
        if (text && text_to_i64(text, filter->min, filter->max, &number) < 0) {
            return false;
        }
        db_arg_i64_or_null(args, number != FILTER_NONE, number);
        return true;
    case FILTER_TIME:
        if (text && !parse_time(text, &number)) {
            return false;
        }
        db_arg_i64_or_null(args, number != FILTER_NONE, number);
        return true;
    case FILTER_BOOL:
        db_arg_text(args, text); /* a query casts it: null means either */
        return !text || str_eq(text, "true") || str_eq(text, "false");
    case FILTER_TEXT:
        db_arg_text(args, text);
        return !text || (*text && (int64_t)text_utf16_units(text) <= filter->max);
    case FILTER_CHOICE:
        db_arg_text(args, text);
        return !text || is_among(text, strlen(text), filter->words);
    case FILTER_CHOICES:
        db_arg_text(args, text);
        return !text || are_among(text, filter->words);
    }
    return false;
}

static void add_wanted(struct field_errors *errors, const struct filter *filter,
                       enum language language)
{
    char english[300], russian[400];
    switch (filter->type) {
    case FILTER_I64:
        snprintf(english, sizeof(english), "must be a whole number from %lld to %lld",
                 (long long)filter->min, (long long)filter->max);
        snprintf(russian, sizeof(russian), "нужно целое число от %lld до %lld",
                 (long long)filter->min, (long long)filter->max);
        break;
    case FILTER_TEXT:
        snprintf(english, sizeof(english), "must be text of 1 to %lld characters",
                 (long long)filter->max);
        snprintf(russian, sizeof(russian), "нужен текст длиной от 1 до %lld символов",
                 (long long)filter->max);
        break;
    case FILTER_BOOL:
        snprintf(english, sizeof(english), "must be true or false");
        snprintf(russian, sizeof(russian), "нужно true или false");
        break;
    case FILTER_TIME:
        snprintf(english, sizeof(english),
                 "must be a date or a time in UTC: 2026-03-01 or 2026-03-01T12:30:00Z");
        snprintf(russian, sizeof(russian),
                 "нужна дата или время по UTC: 2026-03-01 или 2026-03-01T12:30:00Z");
        break;
    case FILTER_CHOICE:
    case FILTER_CHOICES:
        snprintf(english, sizeof(english), "must be %s: %s",
                 filter->type == FILTER_CHOICE ? "one of" : "some of", filter->words);
        snprintf(russian, sizeof(russian), "нужно %s: %s",
                 filter->type == FILTER_CHOICE ? "одно из" : "что-то из", filter->words);
        break;
    }
    field_errors_add(errors, filter->name, english, russian, language);
}

/* One name=value; what is wrong with it goes to errors. */
static void take_pair(const char *pair, size_t len, const struct filter *filters, size_t count,
                      struct given *given, struct field_errors *errors, enum language language)
{
    char name[FILTER_NAME_MAX + 1];
    const char *equals = memchr(pair, '=', len);
    size_t name_len = equals ? (size_t)(equals - pair) : len;
    size_t value_len = equals ? len - name_len - 1 : 0;
    if (!decode(pair, name_len, name, sizeof(name))) {
        field_errors_add(errors, "?", "is not known here", "такого параметра здесь нет", language);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(filters[i].name, name)) {
            continue;
        }
        if (given[i].is_given ||
            !decode(equals ? equals + 1 : "", value_len, given[i].text, sizeof(given[i].text))) {
            add_wanted(errors, &filters[i], language);
        }
        given[i].is_given = true;
        return;
    }
    field_errors_add(errors, name, "is not known here", "такого параметра здесь нет", language);
}

int filters_read(struct exchange *x, const struct filter *filters, size_t count,
                 struct db_args *args)
{
    assert(count <= FILTERS_MAX);
    struct given *given = xcalloc(FILTERS_MAX, sizeof(*given));
    scoped(field_errors_fini) struct field_errors errors = {0};
    for (const char *pair = x->query; *pair;) {
        size_t len = strcspn(pair, "&");
        if (len > 0) {
            take_pair(pair, len, filters, count, given, &errors, x->language);
        }
        pair += len + (pair[len] == '&');
    }
    for (size_t i = 0; i < count; i++) {
        if (!put(&filters[i], &given[i], args)) {
            add_wanted(&errors, &filters[i], x->language);
        }
    }
    free(given);
    return errors.count > 0 ? problem_answer_fields(x, &errors) : 0;
}
