/* parameters.c - which values the system parameters take */
#include "common/wire/parameters.h"

#include "common/base/text.h"

/* clang-format off */
const struct parameter_row parameter_rows[PARAMETER_COUNT] = {
#define PARAMETER(name, type, fallback, min, max, unit, help) \
    [PARAMETER_##name] = {#name, PARAMETER_TYPE_##type, fallback, min, max, unit, help, offsetof(struct parameters, name)},
#include "common/wire/parameters.def"
};
/* clang-format on */

static const char *const parameter_names[] = {
#define PARAMETER(name, ...) #name,
#include "common/wire/parameters.def"
};

static const char *const currencies[] = {"RUB", "USD", "EUR", "KZT", "BYN", "UZS", "AMD", "GEL"};
static const char *const languages[] = {"ru", "en"};
static const char *const switches[] = {"off", "on", "false", "true"};

static int word_index(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(words[i], word)) {
            return (int)i;
        }
    }
    return -1;
}

bool language_exists(const char *word)
{
    return word_index(languages, ARRAY_LEN(languages), word) >= 0;
}

int parameter_find(const char *name)
{
    return word_index(parameter_names, PARAMETER_COUNT, name);
}

static void format_minor(int64_t minor, struct buf *into)
{
    buf_add_i64(into, minor / 100);
    if (minor % 100 != 0) {
        buf_printf(into, ".%02d", (int)(minor % 100));
    }
}

static int set_number(const struct parameter_row *row, int64_t *field, const char *value,
                      struct err *err)
{
    if (text_to_i64(value, row->min, row->max, field) < 0) {
        return err_set(err, ERR_INPUT, "a whole number from %lld to %lld", (long long)row->min,
                       (long long)row->max);
    }
    return 0;
}

static int set_money(const struct parameter_row *row, int64_t *field, const char *value,
                     struct err *err)
{
    int64_t minor;
    if (text_to_minor(value, &minor) < 0 || minor != max_i64(row->min, min_i64(minor, row->max))) {
        scoped(buf_fini) struct buf hint = {0};
        buf_add_text(&hint, "an amount from ");
        format_minor(row->min, &hint);
        buf_add_text(&hint, " to ");
        format_minor(row->max, &hint);
        return err_set(err, ERR_INPUT, "%s", buf_text(&hint));
    }
    *field = minor;
    return 0;
}

static int set_switch(bool *field, const char *value, struct err *err)
{
    int word = word_index(switches, ARRAY_LEN(switches), value);
    if (word < 0) {
        return err_set(err, ERR_INPUT, "on or off");
    }
    *field = word % 2 == 1;
    return 0;
}

/* The value is one of few words, each shorter than the field's 8 bytes. */
static int set_word(char field[static 8], const char *const *words, size_t count, const char *value,
                    struct err *err)
{
    int word = word_index(words, count, value);
    if (word < 0) {
        scoped(buf_fini) struct buf hint = {0};
        for (size_t i = 0; i < count; i++) {
            buf_printf(&hint, "%s%s", i == 0 ? "one of " : ", ", words[i]);
        }
        return err_set(err, ERR_INPUT, "%s", buf_text(&hint));
    }
    memcpy(field, words[word], strlen(words[word]) + 1);
    return 0;
}

/* Letters, digits and _ + - /, no "/" at either end: a name of the tz database looks like this. */
static int set_zone(char field[static 64], const char *value, struct err *err)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/";
    size_t len = strlen(value);
    if (len == 0 || len > 63 || strspn(value, allowed) != len || value[0] == '/' ||
        value[len - 1] == '/') {
        return err_set(err, ERR_INPUT, "a time zone like Europe/Moscow");
    }
    memcpy(field, value, len + 1);
    return 0;
}

/* Two digits each, within the day. */
static bool is_time_of_day(const char *text)
{
    static const char *const digits = "0123456789";
    const char *const allowed[] = {"012", digits, ":", "012345", digits};
    for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
        if (strchr(allowed[i], text[i]) == NULL)
            return false;
    return text[0] < '2' || text[1] <= '3';
}

/* "22:00-08:00": they may go over midnight, but they end. */
static int set_hours(char field[static 12], const char *value, struct err *err)
{
    bool good = strlen(value) == strlen("22:00-08:00") && is_time_of_day(value) &&
                value[5] == '-' && is_time_of_day(value + 6) && strncmp(value, value + 6, 5) != 0;
    if (!good && !str_eq(value, "off"))
        return err_set(err, ERR_INPUT, "hours like 22:00-08:00, or off");
    memcpy(field, value, strlen(value) + 1);
    return 0;
}

static int set_field(const struct parameter_row *row, void *field, const char *value,
                     struct err *err)
{
    switch (row->type) {
    case PARAMETER_TYPE_PERCENT:
    case PARAMETER_TYPE_INT:
        return set_number(row, field, value, err);
    case PARAMETER_TYPE_MONEY:
        return set_money(row, field, value, err);
    case PARAMETER_TYPE_BOOL:
        return set_switch(field, value, err);
    case PARAMETER_TYPE_HOURS:
        return set_hours(field, value, err);
    case PARAMETER_TYPE_ZONE:
        return set_zone(field, value, err);
    case PARAMETER_TYPE_CURRENCY:
        return set_word(field, currencies, ARRAY_LEN(currencies), value, err);
    case PARAMETER_TYPE_LANGUAGE:
    default:
        break;
    }
    return set_word(field, languages, ARRAY_LEN(languages), value, err);
}

int parameters_set(struct parameters *p, const char *name, const char *value, struct err *err)
{
    int i = parameter_find(name);
    if (i < 0) {
        const char *nearest = text_nearest(name, parameter_names, PARAMETER_COUNT);
        return err_set(err, ERR_REFUSED, "there is no parameter %.*s%s%s",
                       (int)text_cut_bytes(name, 60), name, nearest ? ", did you mean " : "",
                       nearest ? nearest : "");
    }
    return set_field(&parameter_rows[i], (char *)p + parameter_rows[i].offset, value, err);
}

void parameters_init(struct parameters *p)
{
    *p = (struct parameters){0};
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        int rc = parameters_set(p, parameter_rows[i].name, parameter_rows[i].fallback, NULL);
        assert(rc == 0); /* parameters.def contradicts itself */
        (void)rc;
    }
}

int parameters_check(const struct parameters *p, struct err *err)
{
    if (p->DEFAULT_ESTIMATE_HOURS > p->MAX_ESTIMATE_HOURS) {
        return err_set(err, ERR_INPUT,
                       "DEFAULT_ESTIMATE_HOURS (%lld) at most MAX_ESTIMATE_HOURS (%lld)",
                       (long long)p->DEFAULT_ESTIMATE_HOURS, (long long)p->MAX_ESTIMATE_HOURS);
    }
    return 0;
}

void parameter_format(const struct parameters *p, enum parameter which, struct buf *into)
{
    const struct parameter_row *row = &parameter_rows[which];
    const void *field = (const char *)p + row->offset;
    switch (row->type) {
    case PARAMETER_TYPE_PERCENT:
    case PARAMETER_TYPE_INT:
        buf_add_i64(into, *(const int64_t *)field);
        return;
    case PARAMETER_TYPE_MONEY:
        format_minor(*(const int64_t *)field, into);
        return;
    case PARAMETER_TYPE_BOOL:
        buf_add_text(into, *(const bool *)field ? "on" : "off");
        return;
    case PARAMETER_TYPE_HOURS:
    case PARAMETER_TYPE_ZONE:
    case PARAMETER_TYPE_CURRENCY:
    case PARAMETER_TYPE_LANGUAGE:
    default:
        break;
    }
    buf_add_text(into, field);
}
