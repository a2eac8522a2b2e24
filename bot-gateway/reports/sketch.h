/* sketch.h - the pieces a chart is drawn of: words, bars, tiles, in a light or a dark look */
#pragma once
#include <cairo.h>

#include "common/base/base.h"

#define SKETCH_WIDTH  1080 /* pixels: three for one of a phone's points */
#define SKETCH_MARGIN 48

struct colour { double r, g, b; };

struct look {
    struct colour page, tile, words, faint, paid, unpaid, track, hot;
};
extern const struct look look_light, look_dark;

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct sketch { /* held by value */
    cairo_t           *cr;
    const struct look *look;
};

/* The one thread that draws lets the letters go before it ends. */
void sketch_forget(void);

/* One line of text in a box: x and width its sides, y its middle; cut with an ellipsis if it is too long. The text is as it is. */
struct words_at {
    double        x, y, width;
    int           size; /* pixels */
    bool          bold;
    enum align    align;
    struct colour colour;
};
void sketch_words(const struct sketch *, const struct words_at *, const char *text);

/* A filled box with round corners; radius 0: square ones. */
void sketch_box(const struct sketch *, double x, double y, double width, double height, double radius, struct colour);
/* So far from one colour to the other: 0 to 1. */
struct colour colour_between(struct colour from, struct colour to, double share);
