/* conf.c - from raw values to the program's struct: defaults, secrets' files, types and ranges */
#include "common/base/conf.h"

#include <errno.h>
#include <strings.h>

#include "common/base/conf_source.h"
#include "common/base/log.h"
#include "common/base/text.h"

struct ready { /* a value that passed its checks */
    char *text;
    int64_t number; /* INT, and BOOL as 0 or 1 */
};

static void *field_of(const struct setting *s, void *conf)
{
    return (char *)conf + s->offset;
}

static const void *const_field_of(const struct setting *s, const void *conf)
{
    return (const char *)conf + s->offset;
}

/* The first line of the file a secret's "@/path" names, without its line end. */
static int read_secret(const char *path, char **ret, struct err *err)
{
    FILE *f = fopen(path, "re");
    if (!f) {
        return err_set(err, ERR_INPUT, "cannot read %s: %s", path, strerror(errno));
    }
    char *line = NULL;
    size_t size = 0;
    ssize_t len = getline(&line, &size, f);
    fclose(f);
    if (len < 0) {
        free(line);
        return err_set(err, ERR_INPUT, "%s is empty", path);
    }
    line[strcspn(line, "\r\n")] = '\0';
    *ret = line;
    return 0;
}

static int parse_bool(const char *text, int64_t *ret)
{
    static const char *const words[] = {"off", "on", "no", "yes", "false", "true", "0", "1"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strcasecmp(words[i], text) == 0) {
            *ret = i % 2;
            return 0;
        }
    }
    return -1;
}

static int parse_value(const struct setting *s, struct ready *r, struct err *err)
{
    bool hidden = s->flags & SETTING_SECRET;
    const char *shown = hidden ? "***" : r->text;
    int64_t len = (int64_t)strlen(r->text);
    switch (s->type) {
    case SETTING_TEXT:
        if (len < s->min || len > s->max) {
            return err_set(err, ERR_INPUT, "is %lld bytes long, but must have from %lld to %lld",
                           (long long)len, (long long)s->min, (long long)s->max);
        }
        return 0;
    case SETTING_INT:
        if (text_to_i64(r->text, s->min, s->max, &r->number) < 0) {
            return err_set(err, ERR_INPUT,
                           "is \"%.60s\", but must be a whole number from %lld to %lld", shown,
                           (long long)s->min, (long long)s->max);
        }
        return 0;
    case SETTING_BOOL:
        if (parse_bool(r->text, &r->number) < 0) {
            return err_set(err, ERR_INPUT, "is \"%.60s\", but must be on or off", shown);
        }
        return 0;
    }
    return err_set(err, ERR_INTERNAL, "has no such type");
}

/* r->text is set even on failure and then released by the caller. */
static int prepare(const struct setting *s, const struct conf_value *v, struct ready *r,
                   struct err *err)
{
    const char *text = v->text ? v->text : s->fallback ? s->fallback : "";
    if ((s->flags & SETTING_REQUIRED) && !*text) {
        return err_set(err, ERR_INPUT, "is not set; it is needed: %s", s->help);
    }
    if ((s->flags & SETTING_SECRET) && text[0] == '@' && text[1] == '/') {
        if (read_secret(text + 1, &r->text, err) < 0) {
            return -1;
        }
    } else {
        r->text = xstrdup(text);
    }
    return parse_value(s, r, err);
}

static int prepare_all(const struct conf_schema *schema, const struct conf_value *values,
                       struct ready *ready, struct err *err)
{
    for (size_t i = 0; i < schema->count; i++) {
        const struct setting *s = &schema->settings[i];
        if (prepare(s, &values[i], &ready[i], err) < 0) {
            const char *origin = values[i].origin;
            return err_prefix(err, "%s%s[%s] %s", origin ? origin : "", origin ? ": " : "",
                              s->section, s->name);
        }
    }
    return 0;
}

static void apply(const struct setting *s, struct ready *r, void *conf)
{
    switch (s->type) {
    case SETTING_TEXT: {
        char **field = field_of(s, conf);
        free(*field);
        *field = take_ptr(r->text);
        break;
    }
    case SETTING_INT:
        *(int64_t *)field_of(s, conf) = r->number;
        break;
    case SETTING_BOOL:
        *(bool *)field_of(s, conf) = r->number != 0;
        break;
    }
}

static int load(const struct conf_schema *schema, void *conf, const char *file, unsigned only_flags,
                struct err *err)
{
    struct conf_value *values = xcalloc(schema->count, sizeof(*values));
    struct ready *ready = xcalloc(schema->count, sizeof(*ready));
    int rc = -1;

    for (size_t i = 0; i < schema->count; i++) {
        assert(conf_is_suite_section(schema->settings[i].section) &&
               "CONF_SECTIONS must list every section");
    }
    if ((!file || conf_read_file(schema, file, values, err) == 0) &&
        conf_read_environment(schema, values, err) == 0 &&
        prepare_all(schema, values, ready, err) == 0) {
        for (size_t i = 0; i < schema->count; i++) {
            if ((schema->settings[i].flags & only_flags) == only_flags) {
                apply(&schema->settings[i], &ready[i], conf);
            }
        }
        rc = 0;
    }
    for (size_t i = 0; i < schema->count; i++) {
        free(values[i].text);
        free(values[i].origin);
        free(ready[i].text);
    }
    free(values);
    free(ready);
    return rc;
}

int conf_load(const struct conf_schema *schema, void *conf, const char *file, struct err *err)
{
    return load(schema, conf, file, 0, err);
}

int conf_reload(const struct conf_schema *schema, void *conf, const char *file, struct err *err)
{
    return load(schema, conf, file, SETTING_RELOAD, err);
}

void conf_fini(const struct conf_schema *schema, void *conf)
{
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->settings[i].type == SETTING_TEXT) {
            str_free(field_of(&schema->settings[i], conf));
        }
    }
}

static void print_value(const struct setting *s, const void *conf, FILE *out)
{
    const void *field = const_field_of(s, conf);
    switch (s->type) {
    case SETTING_TEXT: {
        const char *text = *(char *const *)field;
        fputs(text && *text && (s->flags & SETTING_SECRET) ? "***" : text ? text : "", out);
        break;
    }
    case SETTING_INT:
        fprintf(out, "%lld", (long long)*(const int64_t *)field);
        break;
    case SETTING_BOOL:
        fputs(*(const bool *)field ? "on" : "off", out);
        break;
    }
}

void conf_print(const struct conf_schema *schema, const void *conf, FILE *out)
{
    for (size_t i = 0; i < schema->count; i++) {
        const struct setting *s = &schema->settings[i];
        fprintf(out, "[%s] %s = ", s->section, s->name);
        print_value(s, conf, out);
        fprintf(out, "  # %s", s->help);
        if (s->flags & SETTING_REQUIRED) {
            fputs(" (required)\n", out);
        } else {
            fprintf(out, " (default %s)\n", s->fallback && *s->fallback ? s->fallback : "empty");
        }
    }
}

const char *conf_text(const struct conf_schema *schema, const void *conf, const char *section,
                      const char *name)
{
    int i = conf_find(schema, section, name);
    if (i < 0 || schema->settings[i].type != SETTING_TEXT) {
        return NULL;
    }
    return *(char *const *)const_field_of(&schema->settings[i], conf);
}

void conf_hide_secrets(const struct conf_schema *schema, const void *conf)
{
    for (size_t i = 0; i < schema->count; i++) {
        const struct setting *s = &schema->settings[i];
        if ((s->flags & SETTING_SECRET) && s->type == SETTING_TEXT) {
            log_secret(*(char *const *)const_field_of(s, conf));
        }
    }
}
