/* sketch.c - the pieces a chart is drawn of */
#include "bot-gateway/reports/sketch.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>

#define FONT "DejaVu Sans"

#define HEX(rgb)                                                                        \
    {                                                                                   \
        ((rgb) >> 16 & 0xff) / 255.0, ((rgb) >> 8 & 0xff) / 255.0, ((rgb)&0xff) / 255.0 \
    }

/* clang-format off */
const struct look look_light = {
    .page = HEX(0xffffff), .tile = HEX(0xf1f4f8), .words = HEX(0x17212b), .faint = HEX(0x5c6b7a),
    .paid = HEX(0x2e9e5b), .unpaid = HEX(0xe8912d), .track = HEX(0xe3e8ee), .hot = HEX(0x1d5fc4),
};
const struct look look_dark = {
    .page = HEX(0x17212b), .tile = HEX(0x223040), .words = HEX(0xf4f7fa), .faint = HEX(0x9fb0c0),
    .paid = HEX(0x4cc27d), .unpaid = HEX(0xf2a648), .track = HEX(0x2b3a4a), .hot = HEX(0x6cb0ff),
};
/* clang-format on */

static void use(const struct sketch *s, struct colour colour)
{
    cairo_set_source_rgb(s->cr, colour.r, colour.g, colour.b);
}

static PangoLayout *lay_out(const struct sketch *s, const struct words_at *at, const char *text)
{
    static const PangoAlignment alignments[] = {
        [ALIGN_LEFT] = PANGO_ALIGN_LEFT,
        [ALIGN_CENTRE] = PANGO_ALIGN_CENTER,
        [ALIGN_RIGHT] = PANGO_ALIGN_RIGHT,
    };
    PangoLayout *layout = pango_cairo_create_layout(s->cr);
    PangoFontDescription *font = pango_font_description_from_string(FONT);
    pango_font_description_set_absolute_size(font, at->size * PANGO_SCALE);
    pango_font_description_set_weight(font, at->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(at->width * PANGO_SCALE));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_alignment(layout, alignments[at->align]);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

void sketch_words(const struct sketch *s, const struct words_at *at, const char *text)
{
    PangoLayout *layout = lay_out(s, at, text);
    int height;
    pango_layout_get_pixel_size(layout, NULL, &height);
    use(s, at->colour);
    cairo_move_to(s->cr, at->x, at->y - height / 2.0);
    pango_cairo_show_layout(s->cr, layout);
    g_object_unref(layout);
}

void sketch_forget(void)
{
    pango_cairo_font_map_set_default(NULL);
    FcFini(); /* what it keeps of the fonts found is otherwise never let go */
}

void sketch_box(const struct sketch *s, double x, double y, double width, double height,
                double radius, struct colour colour)
{
    double most = (width < height ? width : height) / 2, r = radius < most ? radius : most;
    cairo_new_sub_path(s->cr);
    cairo_arc(s->cr, x + width - r, y + r, r, -M_PI_2, 0);
    cairo_arc(s->cr, x + width - r, y + height - r, r, 0, M_PI_2);
    cairo_arc(s->cr, x + r, y + height - r, r, M_PI_2, M_PI);
    cairo_arc(s->cr, x + r, y + r, r, M_PI, M_PI + M_PI_2);
    cairo_close_path(s->cr);
    use(s, colour);
    cairo_fill(s->cr);
}

struct colour colour_between(struct colour from, struct colour to, double share)
{
    return (struct colour){from.r + (to.r - from.r) * share, from.g + (to.g - from.g) * share,
                           from.b + (to.b - from.b) * share};
}
