/* conf.h - settings from one INI file and ITSUPPORT_<SECTION>_<NAME>, by a table that is also the manual
 *
 * Order of precedence: environment, file, default. An unknown key is an error that names the nearest known one; so is a
 * value out of range. Sections that belong to other programs of the suite (CONF_SECTIONS) are passed over. A value is the
 * rest of its line; lines that begin with # or ; are comments.
 *
 * A program lists its settings once, in settings.def, after those that all programs have:
 *
 *     #include "common/base/conf_common.def"
 *     //      section   name         type  field      default  min  max   flags          help
 *     SETTING("engine", "batch_max", INT,  batch_max, "128",   1,   1024, SETTING_PLAIN, "commands of one transaction at most")
 *     #undef SETTING
 *
 * and makes the struct and the table of it:
 *
 *     struct engine_conf {
 *     #define SETTING CONF_MEMBER
 *     #include "order-engine/settings.def"
 *     };
 *
 *     static const struct setting settings[] = {
 *     #define SETTING(...) CONF_ROW(struct engine_conf, __VA_ARGS__)
 *     #include "order-engine/settings.def"
 *     };
 *     const struct conf_schema engine_settings = CONF_SCHEMA(settings);
 */
#pragma once
#include "common/base/err.h"

/* Every section of the suite, so that one file can serve all programs and a misspelt section is still noticed. */
#define CONF_SECTIONS(X) \
    X("database")        \
    X("bus")             \
    X("log")             \
    X("engine")          \
    X("gateway")         \
    X("telegram")        \
    X("watcher")         \
    X("admin")           \
    X("ctl")             \
    X("vault")           \
    X("demo")

enum setting_type { SETTING_TEXT, SETTING_INT, SETTING_BOOL };

enum setting_flag {
    SETTING_PLAIN = 0,
    SETTING_SECRET = 1,   /* masked when printed and in the log */
    SETTING_RELOAD = 2,   /* SIGHUP applies it */
    SETTING_REQUIRED = 4, /* no default: the program cannot start without */
};

struct setting {
    const char       *section, *name;
    enum setting_type type;
    size_t            offset;   /* in the program's struct: char * (owned), int64_t or bool */
    const char       *fallback; /* the default as text; NULL = empty */
    int64_t           min, max; /* INT: the range; TEXT: of the length in bytes */
    unsigned          flags;
    const char       *help;     /* one sentence with the unit */
};

struct conf_schema {
    const struct setting *settings;
    size_t                count;
};

#define SETTING_CTYPE_TEXT char *
#define SETTING_CTYPE_INT  int64_t
#define SETTING_CTYPE_BOOL bool

#define CONF_MEMBER(section, name, type, field, ...) SETTING_CTYPE_##type field;
#define CONF_ROW(owner, section, name, type, field, fallback, min, max, flags, help) \
    {section, name, SETTING_##type, offsetof(owner, field), fallback, min, max, flags, help},
#define CONF_SCHEMA(settings) {settings, ARRAY_LEN(settings)}

/* Fills conf (zeroed before the first load). file may be NULL. On failure conf is left as it was. A SECRET may be given as
 * "@/path": then the file's first line is the value (systemd's $CREDENTIALS_DIRECTORY is how the units pass them).
 * BOOL: on, yes, true, 1, off, no, false, 0. TEXT is never NULL after a load. */
int  conf_load(const struct conf_schema *, void *conf, const char *file, struct err *);
/* Reads everything again, but applies only what is RELOAD; borrowed RELOAD text dies. On failure conf is left as it was. */
int  conf_reload(const struct conf_schema *, void *conf, const char *file, struct err *);
void conf_fini(const struct conf_schema *, void *conf);

/* One line per setting, "[section] name = value  # help (default ...)"; secrets as ***. */
void conf_print(const struct conf_schema *, const void *conf, FILE *);

/* A TEXT setting by its name, borrowed; NULL if the program has none of that name. For service.c, which knows no structs. */
const char *conf_text(const struct conf_schema *, const void *conf, const char *section, const char *name);
/* Hands every secret's value to log_secret. */
void conf_hide_secrets(const struct conf_schema *, const void *conf);
