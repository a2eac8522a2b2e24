/* clock.h - the test clock is somebody else's: commands that move it and show it */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

enum { CLOCK_WORDS = 32 };

struct clock_command {
    char *words[CLOCK_WORDS +
                2]; /* argv with room for one more word; [0] is NULL when not configured */
    int count;
};

/* Splits at spaces; "double" and 'single' quotes keep them. No shell. False if there are too many
 * words. */
bool clock_command_init(struct clock_command *, const char *line);
void clock_command_fini(struct clock_command *);

/* Runs it, with one more argument unless that is NULL; what it printed goes to `out`. Its exit
 * code, -1 when it cannot be started or takes longer than `most_s`. */
int clock_run(const struct clock_command *, const char *argument, int most_s, struct text *out);

/* Finds the first 2024-05-01T12:00:00Z (or with +03:00, or a space for the T) in a text. */
bool clock_find_time(const char *text, int64_t *unix_s);

/* "55m", "1d2h", "90s" to seconds; -1 if it is none. */
int64_t clock_parse_span(const char *);
