/* clock.h - the two clocks: monotonic for pacing and time-outs, wall time (with the test offset) for people */
#pragma once
#include "common/base/base.h"

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

/* Milliseconds since some fixed point; never jumps, never shifted by the test clock. */
int64_t clock_mono_ms(void);
int64_t clock_mono_us(void); /* the same, where a millisecond is too coarse */

/* Milliseconds since 1970 UTC, plus the test offset. Only the shells read it; the core is handed `now`. */
int64_t clock_now_ms(void);

/* The test clock (itsupportctl clock advance): 0 in production, kept in the database, told to each process. */
void    clock_set_offset_ms(int64_t offset_ms);
int64_t clock_offset_ms(void);

/* "55m", "2h30m", "1d", "90s" -> milliseconds; -1 if it is no such duration, is 0, or is above 3660 days. */
int64_t duration_parse_ms(const char *text);
