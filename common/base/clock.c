/* clock.c - the two clocks, and durations as people write them */
#include "common/base/clock.h"

#include <ctype.h>
#include <stdatomic.h>
#include <time.h>

static _Atomic int64_t test_offset_ms; /* read by admin-web's threads too */

static int64_t read_us(clockid_t id)
{
    struct timespec t;
    int rc = clock_gettime(id, &t);
    assert(rc == 0);
    (void)rc;
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_mono_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

int64_t clock_mono_ms(void)
{
    return clock_mono_us() / 1000;
}

int64_t clock_now_ms(void)
{
    return read_us(CLOCK_REALTIME) / 1000 +
           atomic_load_explicit(&test_offset_ms, memory_order_relaxed);
}

void clock_set_offset_ms(int64_t offset_ms)
{
    atomic_store_explicit(&test_offset_ms, offset_ms, memory_order_relaxed);
}

int64_t clock_offset_ms(void)
{
    return atomic_load_explicit(&test_offset_ms, memory_order_relaxed);
}

#define DURATION_MAX_MS (3660 * DAY_MS)

int64_t duration_parse_ms(const char *text)
{
    static const struct unit {
        char letter;
        int64_t ms;
    } units[] = {
        {'d', DAY_MS   },
        {'h', HOUR_MS  },
        {'m', MINUTE_MS},
        {'s', SECOND_MS}
    };

    int64_t total_ms = 0;
    size_t next_unit =
        0; /* units come in falling order, each at most once: "2h30m", never "30m2h" */
    while (*text) {
        int64_t number = 0;
        if (!isdigit((unsigned char)*text)) {
            return -1;
        }
        for (; isdigit((unsigned char)*text); text++) {
            number = number * 10 + (*text - '0');
            if (number > DURATION_MAX_MS / SECOND_MS) {
                return -1;
            }
        }
        while (next_unit < ARRAY_LEN(units) && units[next_unit].letter != *text) {
            next_unit++;
        }
        if (next_unit == ARRAY_LEN(units)) {
            return -1;
        }
        if (number > DURATION_MAX_MS / units[next_unit].ms) {
            return -1;
        }
        total_ms += number * units[next_unit].ms;
        next_unit++;
        text++;
    }
    return total_ms > 0 && total_ms <= DURATION_MAX_MS ? total_ms : -1;
}
