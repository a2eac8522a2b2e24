/* conf_source.h - between conf.c and its readers: one raw value per setting, and where it came from */
#pragma once
#include "common/base/conf.h"

struct conf_value {
    char *text;   /* NULL: nobody gave one */
    char *origin; /* "suite.ini:12" or the variable's name, for messages */
    int   line;   /* of the file; 0: not from there */
};

/* Both fill values (one per setting) and refuse what the schema does not know. */
int conf_read_file(const struct conf_schema *, const char *file, struct conf_value *values, struct err *);
int conf_read_environment(const struct conf_schema *, struct conf_value *values, struct err *);

void conf_value_set(struct conf_value *, const char *text, char *origin /* takes */, int line);
/* Whether some setting of the program stands in this section. */
bool conf_has_section(const struct conf_schema *, const char *section);
/* The setting's index or -1. */
int  conf_find(const struct conf_schema *, const char *section, const char *name);
/* ", did you mean ...?" or ""; the text is static per thread. */
const char *conf_hint_name(const struct conf_schema *, const char *section, const char *name);
const char *conf_hint_section(const char *section);
bool        conf_is_suite_section(const char *section);
