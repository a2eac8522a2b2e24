/* qr_picture.c - a link as a picture to be scanned */
#include "bot-gateway/dialog/qr_picture.h"

#include <cairo.h>
#include <qrencode.h>

#define MODULE_PIXELS 10
#define QUIET_MODULES 4 /* the white frame scanners need */

static cairo_status_t append(void *ctx, const unsigned char *bytes, unsigned len)
{
    buf_add(ctx, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

static void draw(cairo_t *cr, const QRcode *code)
{
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            if (code->data[y * code->width + x] & 1) {
                cairo_rectangle(cr, (x + QUIET_MODULES) * MODULE_PIXELS,
                                (y + QUIET_MODULES) * MODULE_PIXELS, MODULE_PIXELS, MODULE_PIXELS);
            }
        }
    }
    cairo_fill(cr);
}

int qr_picture(const char *text, struct buf *png)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code) {
        return -1;
    }
    int side = (code->width + 2 * QUIET_MODULES) * MODULE_PIXELS;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cr = cairo_create(surface);
    draw(cr, code);
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, append, png);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    QRcode_free(code);
    return status == CAIRO_STATUS_SUCCESS ? 0 : -1;
}
