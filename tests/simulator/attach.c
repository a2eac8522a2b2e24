/* attach.c - what a person attaches to a message: real bytes, or a sample made here */
#include "attach.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { WIDTH = 480, HEIGHT = 320 };

static int value_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* NULL if it is no base64; the caller owns the bytes. */
static char *decode_base64(const char *s, size_t *len)
{
    char *out = mem_new(strlen(s) * 3 / 4 + 4);
    unsigned bits = 0;
    int have = 0;
    *len = 0;
    for (; *s && *s != '='; s++) {
        int v = value_of(*s);
        if (v < 0) {
            free(out);
            return NULL;
        }
        bits = bits << 6 | (unsigned)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[(*len)++] = (char)(bits >> have & 0xff);
        }
    }
    return out;
}

static unsigned crc_of(const unsigned char *b, size_t len, unsigned crc)
{
    crc = ~crc;
    for (size_t i = 0; i < len; i++) {
        crc ^= b[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (0xedb88320u & -(crc & 1u));
    }
    return ~crc;
}

static void add_be32(struct text *out, unsigned v)
{
    unsigned char b[4] = {(unsigned char)(v >> 24), (unsigned char)(v >> 16),
                          (unsigned char)(v >> 8), (unsigned char)v};
    text_add(out, b, 4);
}

static void add_chunk(struct text *png, const char *type, const void *data, size_t len)
{
    add_be32(png, (unsigned)len);
    size_t from = png->len;
    text_add(png, type, 4);
    text_add(png, data, len);
    add_be32(png, crc_of((const unsigned char *)png->s + from, png->len - from, 0));
}

/* A sad face on a blue screen, on a desk: a handful of rectangles and two circles. */
static unsigned char colour_at(int x, int y, unsigned variant)
{
    enum { WALL, DESK, FRAME, SCREEN, FACE, LAMP };
    int sx = x - 90, sy = y - 40, w = 300, h = 180;
    if (sx >= 0 && sx < w && sy >= 0 && sy < h) {
        if (sx < 10 || sy < 10 || sx >= w - 10 || sy >= h - 10)
            return FRAME;
        int ex1 = sx - 70, ex2 = sx - 70, ey1 = sy - 62, ey2 = sy - 112;
        if (ex1 * ex1 + ey1 * ey1 < 90 || ex2 * ex2 + ey2 * ey2 < 90)
            return FACE;
        int mx = sx - 160, my = sy - 87, r = mx * mx + my * my;
        if (mx < 0 && r < 2900 && r > 2100 && my > -46 && my < 46)
            return FACE;
        for (int line = 0; line < 4; line++)
            if (sx > 180 && sx < 270 - line * (int)(12 + variant % 3 * 7) && sy > 55 + line * 22 &&
                sy < 62 + line * 22)
                return FACE;
        return SCREEN;
    }
    if (x > 220 && x < 260 && y >= 220 && y < 250)
        return FRAME;
    if (x > 180 && x < 300 && y >= 248 && y < 258)
        return FRAME;
    if (y >= 256)
        return DESK;
    int lx = x - 420, ly = y - 70;
    return lx * lx + ly * ly < 900 + (int)(variant % 3) * 300 ? LAMP : WALL;
}

char *attach_draw_picture(unsigned variant, size_t *len)
{
    static const unsigned char palette[6 * 3] = {0xe9, 0xe4, 0xda, 0xa9, 0x7c, 0x50,
                                                 0x2b, 0x2f, 0x38, 0x1f, 0x6f, 0xd6,
                                                 0xff, 0xff, 0xff, 0xff, 0xd9, 0x6b};
    unsigned char head[13] = {
        0, 0, WIDTH >> 8, WIDTH & 0xff, 0, 0, HEIGHT >> 8, HEIGHT & 0xff, 4, 3, 0, 0, 0};
    enum { LINE = WIDTH / 2 + 1, RAW = LINE * HEIGHT }; /* four bits a pixel */
    unsigned char *raw = mem_new(RAW);
    unsigned a = 1, b = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x += 2)
            raw[y * LINE + 1 + x / 2] =
                (unsigned char)(colour_at(x, y, variant) << 4 | colour_at(x + 1, y, variant));
    for (int i = 0; i < RAW; i++) {
        a = (a + raw[i]) % 65521;
        b = (b + a) % 65521;
    }
    struct text zlib = {0}, png = {0};
    text_add(&zlib, "\x78\x01", 2);
    for (int at = 0; at < RAW; at += 0xffff) { /* stored blocks: no compressor needed */
        unsigned size = RAW - at > 0xffff ? 0xffff : (unsigned)(RAW - at);
        unsigned char block[5] = {at + 0xffff >= RAW, (unsigned char)size,
                                  (unsigned char)(size >> 8), (unsigned char)~size,
                                  (unsigned char)(~size >> 8)};
        text_add(&zlib, block, 5);
        text_add(&zlib, raw + at, size);
    }
    add_be32(&zlib, b << 16 | a);
    text_add(&png, "\x89PNG\r\n\x1a\n", 8);
    add_chunk(&png, "IHDR", head, sizeof head);
    add_chunk(&png, "PLTE", palette, sizeof palette);
    add_chunk(&png, "IDAT", zlib.s, zlib.len);
    add_chunk(&png, "IEND", "", 0);
    free(raw);
    text_fini(&zlib);
    *len = png.len;
    return png.s;
}

static struct file *add_sample(struct files *files, const char *kind)
{
    static const char words[] = "Журнал ошибок\n2024-01-01 12:00:00 printer: no paper\n";
    if (!strcmp(kind, "photo")) {
        size_t len;
        char *picture = attach_draw_picture((unsigned)files->count, &len);
        struct file *file = files_add(files, kind, "photo.png", "image/png", picture, len);
        free(picture);
        return file;
    }
    if (!strcmp(kind, "document"))
        return files_add(files, kind, "log.txt", "text/plain", words, sizeof words - 1);
    return files_add(files, kind, NULL, NULL, "OggS", 4);
}

static json_object *attach_file(struct files *files, const char *kind, json_object *given,
                                const char **why)
{
    struct file *file = NULL;
    const char *base64 = json_str(given, "base64"), *id = json_str(given, "file_id");
    if (base64) {
        size_t len;
        char *bytes = decode_base64(base64, &len);
        int width, height;
        if (!bytes)
            return *why = "this is no base64", NULL;
        if (!strcmp(kind, "photo") && !files_measure(bytes, len, &width, &height))
            *why = "this is no picture: PNG, JPEG, GIF or WebP";
        else
            file = files_add(files, kind, json_str(given, "name"), json_str(given, "type"), bytes,
                             len);
        free(bytes);
    } else if (id) {
        file = files_by_id(files, id);
        if (!file)
            *why = "there is no such file_id";
    } else {
        file = add_sample(files, kind);
    }
    return file ? files_to_json(file, json_int(given, "duration", 7)) : NULL;
}

json_object *attach_media(struct files *files, json_object *wish, const char **why)
{
    static const char *const kinds[] = {"photo", "document",  "voice",  "video",
                                        "audio", "animation", "sticker"};
    json_object *out = json_object_new_object(), *given;
    if (!wish)
        json_object_object_add(out, "photo", attach_file(files, "photo", NULL, why));
    for (size_t i = 0; wish && i < sizeof kinds / sizeof *kinds; i++) {
        given = json_at(wish, kinds[i]);
        if (!given ||
            (json_object_is_type(given, json_type_boolean) && !json_object_get_boolean(given)))
            continue;
        json_object *made = attach_file(files, kinds[i], given, why);
        if (!made)
            goto fail;
        json_object_object_add(out, kinds[i], made);
        break;
    }
    given = json_at(wish, "location");
    if (given) {
        json_object *place = json_object_new_object();
        json_object_object_add(place, "latitude",
                               json_object_new_double(json_num(given, "latitude", 55.7558)));
        json_object_object_add(place, "longitude",
                               json_object_new_double(json_num(given, "longitude", 37.6173)));
        json_object_object_add(out, "location", place);
    }
    given = json_at(wish, "contact");
    if (given) {
        json_object *contact = json_object_new_object();
        const char *phone = json_str(given, "phone_number"), *name = json_str(given, "first_name");
        json_put_str(contact, "phone_number", phone ? phone : "+79001234567");
        json_put_str(contact, "first_name", name ? name : "Иван");
        if (json_at(given, "user_id"))
            json_put_int(contact, "user_id", json_int(given, "user_id", 0));
        json_object_object_add(out, "contact", contact);
    }
    if (json_object_object_length(out) > 0)
        return out;
fail:
    json_object_put(out);
    return NULL;
}
