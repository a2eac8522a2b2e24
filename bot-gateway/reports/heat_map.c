/* heat_map.c - the load by hour */
#include "bot-gateway/reports/heat_map.h"

#define DAYS_WIDTH 62 /* where the days are called */
#define ROW 48
#define GAP 3
#define CELL ((SKETCH_WIDTH - 2.0 * SKETCH_MARGIN - DAYS_WIDTH) / 24)
#define COLDEST 0.18     /* one order is seen beside none */
#define DIGITS_FROM 0.55 /* from here on the square is so strong that its number turns */

static int64_t most(const struct report *r)
{
    int64_t max = 0;
    for (int day = 0; day < 7; day++) {
        for (int hour = 0; hour < 24; hour++) {
            max = max_i64(max, r->load[day][hour]);
        }
    }
    return max;
}

static void draw_square(const struct sketch *s, double x, double y, int64_t orders, int64_t max)
{
    double share = orders > 0 ? COLDEST + (1 - COLDEST) * (double)orders / (double)max : 0;
    sketch_box(s, x, y, CELL - GAP, ROW - GAP, 6,
               colour_between(s->look->track, s->look->hot, share));
    if (orders > 0 && orders < 1000) {
        char digits[8];
        snprintf(digits, sizeof digits, "%d", (int)orders);
        const struct colour colour = share >= DIGITS_FROM ? s->look->page : s->look->words;
        sketch_words(s,
                     &(struct words_at){x, y + (ROW - GAP) / 2.0, CELL - GAP,
                                        orders < 100 ? 21 : 16, false, ALIGN_CENTRE, colour},
                     digits);
    }
}

static void draw_day(const struct sketch *s, const struct report *r, int day, double y, int64_t max)
{
    sketch_words(s,
                 &(struct words_at){SKETCH_MARGIN, y + (ROW - GAP) / 2.0, DAYS_WIDTH, 26, false,
                                    ALIGN_LEFT, s->look->faint},
                 tr(r->reader.language, weekday_word(day)));
    for (int hour = 0; hour < 24; hour++) {
        draw_square(s, SKETCH_MARGIN + DAYS_WIDTH + hour * CELL, y, r->load[day][hour], max);
    }
}

/* Every third hour under its square. */
static void draw_hours(const struct sketch *s, double y)
{
    for (int hour = 0; hour < 24; hour += 3) {
        char digits[16];
        snprintf(digits, sizeof digits, "%02d:00", hour);
        sketch_words(s,
                     &(struct words_at){SKETCH_MARGIN + DAYS_WIDTH + hour * CELL, y, CELL * 3, 24,
                                        false, ALIGN_LEFT, s->look->faint},
                     digits);
    }
}

void heat_map_draw(const struct sketch *s, const struct report *r, double y)
{
    int64_t max = most(r);
    for (int day = 0; day < 7; day++) {
        draw_day(s, r, day, y + day * ROW, max);
    }
    draw_hours(s, y + 7 * ROW + 26);
}
