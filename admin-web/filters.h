/* filters.h - what stands behind the ? of an address, checked by a table, into the parameters of a query
 *
 * Strict like bodies: an unknown name or a value of the wrong kind is answered 422. What is not given is null in the query, or
 * the filter's default. Filters become $1, $2, ... in the order of the table.
 */
#pragma once
#include "admin-web/exchange.h"
#include "common/io/db_args.h"

#define PAGE_ITEMS_MAX     200
#define PAGE_ITEMS_DEFAULT 50
#define LIST_ITEMS_MAX     10000 /* a list counts no further; the queries know the same number */

enum filter_type {
    FILTER_I64,
    FILTER_TEXT,
    FILTER_BOOL,   /* true, false */
    FILTER_CHOICE, /* one of words */
    FILTER_CHOICES, /* some of words, with commas between */
    FILTER_TIME,   /* RFC 3339 or a date, in UTC; milliseconds in the query */
};

struct filter {
    const char      *name;
    enum filter_type type;
    int64_t          min, max; /* I64: the range; TEXT: of the length in characters */
    const char      *words;    /* CHOICE, CHOICES: "open used revoked" */
    int64_t          fallback; /* I64: used when not given, unless FILTER_NONE */
};

#define FILTER_NONE INT64_MIN
#define FILTER_OF_ID(name)           {name, FILTER_I64, 1, INT64_MAX, NULL, FILTER_NONE}
#define FILTER_OF_TEXT(name, max)    {name, FILTER_TEXT, 1, max, NULL, FILTER_NONE}
#define FILTER_OF_BOOL(name)         {name, FILTER_BOOL, 0, 1, NULL, FILTER_NONE}
#define FILTER_OF_WORD(name, words)  {name, FILTER_CHOICE, 0, 0, words, FILTER_NONE}
#define FILTER_OF_WORDS(name, words) {name, FILTER_CHOICES, 0, 0, words, FILTER_NONE}
#define FILTER_OF_TIME(name)         {name, FILTER_TIME, 0, 0, NULL, FILTER_NONE}
#define FILTERS_OF_PAGE                                                                 \
    {"limit", FILTER_I64, 1, PAGE_ITEMS_MAX, NULL, PAGE_ITEMS_DEFAULT},                 \
    {"offset", FILTER_I64, 0, LIST_ITEMS_MAX, NULL, 0}

/* 0, or -1 with the problem answered. */
int filters_read(struct exchange *, const struct filter *, size_t count, struct db_args *);
