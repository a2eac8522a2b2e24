/* conf_source.c - where raw settings come from: the INI file (libinih) and ITSUPPORT_ variables */
#include "common/base/conf_source.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <strings.h>
#include <unistd.h>

#include "common/base/text.h"

#define LINE_MAX_BYTES 4096
#define NAMES_MAX 128
#define PREFIX "ITSUPPORT_"

static const char *const suite_sections[] = {
#define SECTION(word) word,
    CONF_SECTIONS(SECTION)
#undef SECTION
};

bool conf_is_suite_section(const char *section)
{
    for (size_t i = 0; i < ARRAY_LEN(suite_sections); i++) {
        if (str_eq(suite_sections[i], section)) {
            return true;
        }
    }
    return false;
}

bool conf_has_section(const struct conf_schema *schema, const char *section)
{
    for (size_t i = 0; i < schema->count; i++) {
        if (str_eq(schema->settings[i].section, section)) {
            return true;
        }
    }
    return false;
}

int conf_find(const struct conf_schema *schema, const char *section, const char *name)
{
    for (size_t i = 0; i < schema->count; i++) {
        if (str_eq(schema->settings[i].section, section) &&
            str_eq(schema->settings[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

static const char *hint(const char *nearest)
{
    static _Thread_local char text[120];
    if (!nearest) {
        return "";
    }
    snprintf(text, sizeof(text), ", did you mean %s?", nearest);
    return text;
}

const char *conf_hint_name(const struct conf_schema *schema, const char *section, const char *name)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < schema->count && count < NAMES_MAX; i++) {
        if (str_eq(schema->settings[i].section, section)) {
            names[count++] = schema->settings[i].name;
        }
    }
    return hint(text_nearest(name, names, count));
}

const char *conf_hint_section(const char *section)
{
    return hint(text_nearest(section, suite_sections, ARRAY_LEN(suite_sections)));
}

void conf_value_set(struct conf_value *v, const char *text, char *origin, int line)
{
    free(v->text);
    free(v->origin);
    *v = (struct conf_value){.text = xstrdup(text), .origin = origin, .line = line};
}

/* ---- the file ---- */

struct file_reader {
    const struct conf_schema *schema;
    struct conf_value *values;
    const char *file;
    FILE *stream;
    int line; /* counted here: inih as packaged does not tell its handler */
    bool failed;
    struct err *err;
};

/* Keeps the first thing that is wrong; 0 is inih's word for failure. */
static int complain(struct file_reader *r, const char *what)
{
    if (!r->failed) {
        r->failed = true;
        err_set(r->err, ERR_INPUT, "%s:%d: %s", r->file, r->line, what);
    }
    return 0;
}

static char *on_line(char *into, int size, void *cookie)
{
    struct file_reader *r = cookie;
    if (!fgets(into, size, r->stream)) {
        return NULL;
    }
    r->line++;
    if (!strchr(into, '\n') && !feof(r->stream)) {
        complain(r, "the line is too long");
        return NULL;
    }
    return into;
}

static int on_pair(void *cookie, const char *section, const char *name, const char *value)
{
    struct file_reader *r = cookie;
    scoped(str_free) char *what = NULL;
    if (!conf_has_section(r->schema, section)) {
        if (conf_is_suite_section(section)) {
            return 1; /* another program's */
        }
        what = xasprintf("there is no section [%.40s]%s", section, conf_hint_section(section));
        return complain(r, what);
    }
    int i = conf_find(r->schema, section, name);
    if (i < 0) {
        what = xasprintf("[%s] has no setting %.40s%s", section, name,
                         conf_hint_name(r->schema, section, name));
        return complain(r, what);
    }
    if (r->values[i].line) {
        what = xasprintf("[%s] %s is given twice, the first time in line %d", section, name,
                         r->values[i].line);
        return complain(r, what);
    }
    conf_value_set(&r->values[i], value, xasprintf("%s:%d", r->file, r->line), r->line);
    return 1;
}

int conf_read_file(const struct conf_schema *schema, const char *file, struct conf_value *values,
                   struct err *err)
{
    struct file_reader r = {.schema = schema, .values = values, .file = file, .err = err};
    r.stream = fopen(file, "re");
    if (!r.stream) {
        return err_set(err, ERR_INPUT, "cannot read %s: %s", file, strerror(errno));
    }
    ini_use_stack =
        false; /* inih's switches: a conninfo is longer than 200 bytes and may hold " ;" */
    ini_max_line = LINE_MAX_BYTES;
    ini_initial_alloc = LINE_MAX_BYTES;
    ini_allow_inline_comments = false;
    ini_allow_multiline = false;
    ini_stop_on_first_error = true;
    int bad_line = ini_parse_stream(on_line, &r, on_pair, &r);
    bool broken = ferror(r.stream);
    fclose(r.stream);
    if (r.failed) {
        return -1;
    }
    if (bad_line > 0) {
        r.line = bad_line;
        complain(&r, "neither [section] nor name = value");
        return -1;
    }
    if (bad_line < 0 || broken) {
        return err_set(err, ERR_INPUT, "cannot read %s", file);
    }
    return 0;
}

/* ---- the environment ---- */

/* The rest of a variable's name after ITSUPPORT_<SECTION>_, or NULL if it does not begin so. */
static const char *after_section(const char *variable, const char *section)
{
    const char *rest = variable + strlen(PREFIX);
    for (; *section; section++, rest++) {
        if (*rest != (*section == '-' ? '_' : toupper((unsigned char)*section))) {
            return NULL;
        }
    }
    return *rest == '_' ? rest + 1 : NULL;
}

/* One "ITSUPPORT_X_Y=value" that may be ours. Others' sections, and what is no section at all
 * (ITSUPPORT_STATE_DIR is the front door's), are passed over: the environment is shared. In our own
 * sections an unknown name is an error. */
static int take_variable(const struct conf_schema *schema, const char *entry,
                         struct conf_value *values, struct err *err)
{
    const char *equals = strchr(entry, '=');
    if (!equals || strncmp(entry, PREFIX, strlen(PREFIX)) != 0) {
        return 0;
    }
    scoped(str_free) char *variable = xmemdup_text(entry, (size_t)(equals - entry));
    const char *unknown_in = NULL, *unknown_name = NULL;
    for (size_t i = 0; i < schema->count; i++) {
        const struct setting *s = &schema->settings[i];
        const char *rest = after_section(variable, s->section);
        if (!rest) {
            continue;
        }
        if (strcasecmp(rest, s->name) == 0) {
            conf_value_set(&values[i], equals + 1, take_ptr(variable), 0);
            return 0;
        }
        unknown_in = s->section;
        unknown_name = rest;
    }
    if (!unknown_in) {
        return 0;
    }
    scoped(str_free) char *lower = xstrdup(unknown_name);
    for (char *c = lower; *c; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return err_set(err, ERR_INPUT, "%.80s in the environment: [%s] has no setting %.40s%s",
                   variable, unknown_in, lower, conf_hint_name(schema, unknown_in, lower));
}

int conf_read_environment(const struct conf_schema *schema, struct conf_value *values,
                          struct err *err)
{
    for (char **entry = environ; entry && *entry; entry++) {
        if (take_variable(schema, *entry, values, err) < 0) {
            return -1;
        }
    }
    return 0;
}
