/* leak_guard.h - what would lead people past the bot: phone numbers, @names, e-mail addresses, links (pure, fuzzed)
 *
 * Where the tariff grants no contacts the two sides of an order do not learn how to reach each other otherwise. What is found is
 * masked, the rest stays as it was written. Invisible characters in between and full-width ones do not help.
 */
#pragma once
#include "common/base/buf.h"

#define LEAK_MASK "▒▒▒"

enum leak { /* bits */
    LEAK_PHONE   = 1,
    LEAK_MENTION = 2,
    LEAK_EMAIL   = 4,
    LEAK_LINK    = 8,
};

/* Appends the text (valid UTF-8) with what was found masked, and returns what that was: bits of enum leak, 0 = nothing. */
unsigned leak_guard_mask(const char *text, struct buf *into);
bool     leak_guard_finds(const char *text);
