/* text.h - questions about UTF-8 text: is it valid, how long is it for Telegram, where may it be cut */
#pragma once
#include "common/base/base.h"

bool   text_is_utf8(const char *bytes, size_t len);
size_t text_utf16_units(const char *text);                      /* Telegram counts these, not bytes */
size_t text_cut_utf16(const char *text, size_t units);          /* bytes of the longest prefix of at most so many units */
size_t text_cut_bytes(const char *text, size_t max);            /* bytes of the longest whole-character prefix */

/* Latin and Russian letters are the same, large or small; anything else is compared as it stands. */
bool   text_equal_ignoring_case(const char *a, const char *b);
/* true if there is a letter or a digit: pictures, signs, blanks and what nobody sees say nothing by themselves. Valid UTF-8. */
bool   text_has_words(const char *text);
/* Takes out, in place, the marks that turn the direction of writing: they would turn our own words behind them too. */
void   text_drop_direction_marks(char *text);

/* The candidate nearest to word by edit distance (Levenshtein, case-insensitive ASCII); NULL if none is near: the
 * distance must be at most a third of the word's length, and at least 1 is always allowed. */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

/* Whole decimal number, nothing around it, within [min, max]. -1 otherwise, *ret untouched. */
int text_to_i64(const char *text, int64_t min, int64_t max, int64_t *ret);

/* "500", "500.5", "500,50" -> 50000 minor units (kopecks); -1 if it is no amount >= 0 with at most two decimals. */
int text_to_minor(const char *text, int64_t *ret_minor);

/* Compares without telling by its duration where two secrets differ. */
bool text_equal_constant_time(const char *a, const char *b);
