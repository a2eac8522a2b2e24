/* changes.h - what happens to the world besides commands about orders: people, accounts, tariffs, parameters, daemons
 *
 * A change is said in words, and the words are all there is to it: they are a line of the trace, and said again in the same order they
 * make the same world. The words stand in changes.c, a row each.
 */
#pragma once
#include "tests/simulation/shell.h"

#define WORDS_MAX 80

struct words {
    size_t count;
    char  *items[WORDS_MAX];
};

/* Cuts a line at its blanks, in place; the line outlives the words. */
void    words_cut(struct words *, char *line);
int64_t words_number(const struct words *, size_t at); /* 0 if there is none */

/* Writes the line and lets it happen; words that are no change end the program. */
void change_happen(struct shell *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void change_tariff(struct shell *, int64_t id, const struct tariff *);
