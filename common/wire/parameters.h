/* parameters.h - the system parameters as a struct, and the one place that knows which values they take
 *
 * Made from parameters.def: a field per parameter under its own name (p->BILLING_DAY), a row per parameter in
 * parameter_rows. No I/O: where they are kept and who may set them is order-engine's business.
 */
#pragma once
#include "common/base/buf.h"
#include "common/base/err.h"

enum parameter_type {
    PARAMETER_TYPE_PERCENT,
    PARAMETER_TYPE_INT,
    PARAMETER_TYPE_MONEY, /* int64_t of minor units (kopecks); min and max too */
    PARAMETER_TYPE_BOOL,
    PARAMETER_TYPE_HOURS,    /* "22:00-08:00" or "off" */
    PARAMETER_TYPE_ZONE,     /* syntax only: whether the zone exists, PostgreSQL says */
    PARAMETER_TYPE_CURRENCY, /* three capitals */
    PARAMETER_TYPE_LANGUAGE, /* "ru" or "en" */
};

#define PARAMETER_CTYPE_PERCENT(name)  int64_t name;
#define PARAMETER_CTYPE_INT(name)      int64_t name;
#define PARAMETER_CTYPE_MONEY(name)    int64_t name;
#define PARAMETER_CTYPE_BOOL(name)     bool name;
#define PARAMETER_CTYPE_HOURS(name)    char name[12];
#define PARAMETER_CTYPE_ZONE(name)     char name[64];
#define PARAMETER_CTYPE_CURRENCY(name) char name[8];
#define PARAMETER_CTYPE_LANGUAGE(name) char name[8];

struct parameters {
#define PARAMETER(name, type, ...) PARAMETER_CTYPE_##type(name)
#include "common/wire/parameters.def"
};

enum parameter {
#define PARAMETER(name, ...) PARAMETER_##name,
#include "common/wire/parameters.def"
    PARAMETER_COUNT
};

struct parameter_row {
    const char         *name;
    enum parameter_type type;
    const char         *fallback; /* the default, as parameters_set takes it */
    int64_t             min, max; /* whole numbers and money; 0 otherwise */
    const char         *unit;     /* "percent", "hours", "money" (the CURRENCY) ...; "" if it has none */
    const char         *help;
    size_t              offset;   /* in struct parameters */
};

extern const struct parameter_row parameter_rows[PARAMETER_COUNT];

bool language_exists(const char *word); /* whether people can be spoken to in it: "ru", "en" */
int  parameter_find(const char *name); /* enum parameter, -1 if there is none */
void parameters_init(struct parameters *); /* the defaults */

/* Gives one parameter a value. ERR_REFUSED: there is no such parameter, with the nearest name. ERR_INPUT: not a value of it;
 * the text is a hint for a person, "a whole number from 1 to 28". */
int parameters_set(struct parameters *, const char *name, const char *value, struct err *);

/* What must hold between parameters; ERR_INPUT with a hint. */
int parameters_check(const struct parameters *, struct err *);

/* Appends the value in the form parameters_set takes: "20", "500.50", "on", "Europe/Moscow". */
void parameter_format(const struct parameters *, enum parameter, struct buf *into);
