/* chart.c - a billing month as one picture: tiles, payouts, clients, load by hour */
#include "bot-gateway/reports/chart.h"

#include "bot-gateway/reports/heat_map.h"
#include "bot-gateway/texts/values.h"

#define INNER (SKETCH_WIDTH - 2.0 * SKETCH_MARGIN)
#define TITLE_HEIGHT 130
#define TILE_HEIGHT 170
#define TILE_GAP 20
#define HEADING_HEIGHT 100
#define BAR_HEIGHT 88 /* name and sum above, the bar below */
#define NOTHING_HEIGHT 60
#define BARS_MAX 8
#define FOOT 40

/* ---- title and tiles ---- */

static void draw_title(const struct sketch *s, const struct report *r)
{
    scoped(buf_fini) struct buf days = {0};
    report_format_days(&r->reader, r->totals.starts_at, r->totals.ends_at, &days);
    sketch_words(s,
                 &(struct words_at){SKETCH_MARGIN, 72, INNER, 46, true, ALIGN_LEFT, s->look->words},
                 buf_text(&days));
}

static void draw_tile(const struct sketch *s, double x, double y, double width, const char *figure,
                      const char *label)
{
    sketch_box(s, x, y, width, TILE_HEIGHT, 20, s->look->tile);
    sketch_words(
        s, &(struct words_at){x + 20, y + 66, width - 40, 58, true, ALIGN_LEFT, s->look->words},
        figure);
    sketch_words(
        s, &(struct words_at){x + 20, y + 130, width - 40, 27, false, ALIGN_LEFT, s->look->faint},
        label);
}

static void draw_tiles(const struct sketch *s, const struct report *r, double y)
{
    const struct report_totals *t = &r->totals;
    double width = (INNER - 2 * TILE_GAP) / 3;
    scoped(buf_fini) struct buf orders = {0}, taken = {0}, done = {0};
    buf_add_i64(&orders, t->orders);
    report_format_share(&r->reader, report_per_mille(t->taken_in_time, t->taken), &taken);
    report_format_share(&r->reader, report_per_mille(t->done_in_time, t->worked), &done);
    draw_tile(s, SKETCH_MARGIN, y, width, buf_text(&orders), tr(r->reader.language, N_("orders")));
    draw_tile(s, SKETCH_MARGIN + width + TILE_GAP, y, width, buf_text(&taken),
              tr(r->reader.language, N_("taken in time")));
    draw_tile(s, SKETCH_MARGIN + 2 * (width + TILE_GAP), y, width, buf_text(&done),
              tr(r->reader.language, N_("done in time")));
}

/* ---- bars ---- */

static void draw_heading(const struct sketch *s, double y, const char *heading, const char *sum)
{
    sketch_words(
        s, &(struct words_at){SKETCH_MARGIN, y + 54, INNER, 36, true, ALIGN_LEFT, s->look->words},
        heading);
    sketch_words(
        s, &(struct words_at){SKETCH_MARGIN, y + 56, INNER, 30, false, ALIGN_RIGHT, s->look->faint},
        sum);
}

struct bar {
    const char *name, *figure;
    double full, rest;    /* shares of the width: what is settled, and what comes on top of it */
    struct colour colour; /* of what is settled */
};

static void draw_bar(const struct sketch *s, double y, const struct bar *bar)
{
    sketch_words(s,
                 &(struct words_at){SKETCH_MARGIN, y + 22, INNER * 0.56, 30, false, ALIGN_LEFT,
                                    s->look->words},
                 bar->name);
    sketch_words(s,
                 &(struct words_at){SKETCH_MARGIN + INNER * 0.58, y + 22, INNER * 0.42, 30, true,
                                    ALIGN_RIGHT, s->look->words},
                 bar->figure);
    sketch_box(s, SKETCH_MARGIN, y + 48, INNER, 20, 10, s->look->track);
    if (bar->full + bar->rest > 0) {
        sketch_box(s, SKETCH_MARGIN, y + 48, INNER * (bar->full + bar->rest), 20, 10,
                   s->look->unpaid);
    }
    if (bar->full > 0) {
        sketch_box(s, SKETCH_MARGIN, y + 48, INNER * bar->full, 20, 10, bar->colour);
    }
}

static void draw_nothing(const struct sketch *s, const struct report *r, double y)
{
    sketch_words(
        s, &(struct words_at){SKETCH_MARGIN, y + 22, INNER, 30, false, ALIGN_LEFT, s->look->faint},
        tr(r->reader.language, N_("Nothing in this month.")));
}

static double bars_height(size_t count)
{
    return count > 0 ? (double)count * BAR_HEIGHT : NOTHING_HEIGHT;
}

static double share_of(int64_t part, int64_t whole)
{
    return whole > 0 && part > 0 ? (double)part / (double)whole : 0;
}

static int by_earnings(const void *a, const void *b)
{
    const struct report_payout *x = a, *y = b;
    return (x->earned < y->earned) - (x->earned > y->earned);
}

/* The highest sums; a minus is not drawn, but said. */
static void draw_payouts(const struct sketch *s, const struct report *r, size_t shown, double y)
{
    struct report_payout *ranked = xcalloc(r->payout_count + 1, sizeof *ranked);
    for (size_t i = 0; i < r->payout_count; i++) {
        ranked[i] = r->payouts[i];
    }
    qsort(ranked, r->payout_count, sizeof *ranked, by_earnings);
    for (size_t i = 0; i < shown; i++) {
        const struct report_payout *p = &ranked[i];
        scoped(buf_fini) struct buf sum = {0};
        format_money(&r->reader, p->earned, r->totals.currency, &sum);
        double all = share_of(p->earned, ranked[0].earned);
        double paid = share_of(min_i64(p->paid, p->earned), ranked[0].earned);
        draw_bar(s, y + (double)i * BAR_HEIGHT,
                 &(struct bar){p->name, buf_text(&sum), paid, all - paid, s->look->paid});
    }
    if (shown == 0) {
        draw_nothing(s, r, y);
    }
    free(ranked);
}

static void draw_clients(const struct sketch *s, const struct report *r, size_t shown, double y)
{
    for (size_t i = 0; i < shown; i++) {
        const struct report_client *c = &r->clients[i];
        scoped(values_fini) struct values v;
        scoped(buf_fini) struct buf figure = {0}, average = {0};
        values_init(&v, &r->reader);
        report_format_hundredths(&r->reader, c->average_x100, &average);
        values_number(&v, "n", c->orders);
        values_html(&v, "average", &average);
        say(&v, c->complete_months > 0 ? N_("{n}, average {average}") : N_("{n}"), &figure);
        draw_bar(s, y + (double)i * BAR_HEIGHT,
                 &(struct bar){c->name, buf_text(&figure),
                               share_of(c->orders, r->clients[0].orders), 0, s->look->hot});
    }
    if (shown == 0) {
        draw_nothing(s, r, y);
    }
}

static void draw_legend(const struct sketch *s, const struct report *r, double y)
{
    double half = INNER / 2;
    sketch_box(s, SKETCH_MARGIN, y + 10, 24, 24, 6, s->look->paid);
    sketch_words(s,
                 &(struct words_at){SKETCH_MARGIN + 38, y + 22, half - 40, 27, false, ALIGN_LEFT,
                                    s->look->faint},
                 tr(r->reader.language, N_("paid")));
    sketch_box(s, SKETCH_MARGIN + half, y + 10, 24, 24, 6, s->look->unpaid);
    sketch_words(s,
                 &(struct words_at){SKETCH_MARGIN + half + 38, y + 22, half - 40, 27, false,
                                    ALIGN_LEFT, s->look->faint},
                 tr(r->reader.language, N_("to be paid")));
}

/* ---- the page ---- */

/* How many of so many bars are drawn; the heading's sum counts all. */
static size_t bars_of(size_t count)
{
    return count < BARS_MAX ? count : BARS_MAX;
}

static void add_count(const struct report *r, size_t shown, size_t count, struct buf *into)
{
    if (shown < count) {
        scoped(values_fini) struct values v;
        values_init(&v, &r->reader);
        values_number(&v, "n", (int64_t)shown);
        values_number(&v, "all", (int64_t)count);
        say(&v, N_("{n} of {all}"), into);
    }
}

static double page_height(size_t payouts, size_t clients)
{
    return TITLE_HEIGHT + TILE_HEIGHT + 3 * HEADING_HEIGHT + bars_height(payouts) +
           (payouts > 0 ? NOTHING_HEIGHT : 0) + bars_height(clients) + HEAT_MAP_HEIGHT + FOOT;
}

static void draw_page(const struct sketch *s, const struct report *r, size_t payouts,
                      size_t clients)
{
    enum language language = r->reader.language;
    scoped(buf_fini) struct buf sum = {0}, count = {0};
    format_money(&r->reader, r->totals.earned, r->totals.currency, &sum);
    add_count(r, clients, r->client_count, &count);
    double y = TITLE_HEIGHT;
    draw_title(s, r);
    draw_tiles(s, r, y);
    y += TILE_HEIGHT;
    draw_heading(s, y, tr(language, N_("Payouts")), buf_text(&sum));
    y += HEADING_HEIGHT;
    draw_payouts(s, r, payouts, y);
    y += bars_height(payouts);
    if (payouts > 0) {
        draw_legend(s, r, y);
        y += NOTHING_HEIGHT;
    }
    draw_heading(s, y, tr(language, N_("Orders of clients")), buf_text(&count));
    y += HEADING_HEIGHT;
    draw_clients(s, r, clients, y);
    y += bars_height(clients);
    draw_heading(s, y, tr(language, N_("When orders come")), "");
    heat_map_draw(s, r, y + HEADING_HEIGHT);
}

static cairo_status_t append(void *ctx, const unsigned char *bytes, unsigned len)
{
    buf_add(ctx, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

int chart_draw(const struct report *r, bool dark, struct buf *png)
{
    size_t payouts = bars_of(r->payout_count), clients = bars_of(r->client_count);
    double height = page_height(payouts, clients);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, SKETCH_WIDTH, (int)height);
    struct sketch s = {cairo_create(surface), dark ? &look_dark : &look_light};
    sketch_box(&s, 0, 0, SKETCH_WIDTH, height, 0, s.look->page);
    draw_page(&s, r, payouts, clients);
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, append, png);
    cairo_destroy(s.cr);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ? 0 : -1;
}
