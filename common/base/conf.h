/* conf.h - settings from one INI file and ITSUPPORT_<SECTION>_<NAME>, by a table that is also the manual
 *
 * A program declares a struct and a table of settings that point into it (see SETTING); common ones stand in
 * conf_common.def. Order of precedence: environment, file, default. An unknown key is an error that names the nearest known
 * one; so is a value out of range. Sections that belong to other daemons of the suite are passed over.
 */
#pragma once
#include "common/base/err.h"

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
    int64_t           min, max; /* INT: the range; TEXT: max is the longest length in bytes */
    unsigned          flags;
    const char       *help;     /* one sentence with the unit */
};

struct conf_schema {
    const struct setting *settings;
    size_t                count;
};

/* Fills conf (zeroed before the first load). file may be NULL. On failure conf is left as it was. A SECRET may be given as
 * "@/path": then the file's first line is the value (systemd's $CREDENTIALS_DIRECTORY is how the units pass them). */
int  conf_load(const struct conf_schema *, void *conf, const char *file, struct err *);
void conf_fini(const struct conf_schema *, void *conf);

/* One line per setting, "[section] name = value  # help (default ...)"; secrets as ***. */
void conf_print(const struct conf_schema *, const void *conf, FILE *);
