/* files.c - pictures, documents and recordings that went through the chats */
#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* clang-format off */
static const struct kind { const char *name, *prefix, *folder, *ending, *type; } kinds[] = {
/*   kind         file_id begins  folder        ending  type when nobody says */
    {"photo",     "AgACAgIAAxk",  "photos",     "jpg",  "image/jpeg"},
    {"document",  "BQACAgIAAxk",  "documents",  "bin",  "application/octet-stream"},
    {"voice",     "AwACAgIAAxk",  "voice",      "oga",  "audio/ogg"},
    {"video",     "BAACAgIAAxk",  "videos",     "mp4",  "video/mp4"},
    {"audio",     "CQACAgIAAxk",  "music",      "mp3",  "audio/mpeg"},
    {"animation", "CgACAgIAAxk",  "animations", "mp4",  "video/mp4"},
    {"sticker",   "CAACAgIAAxk",  "stickers",   "webp", "image/webp"},
};
/* clang-format on */

static const struct kind *kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].name, name))
            return &kinds[i];
    return &kinds[1];
}

void files_fini(struct files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->list[i]->data);
        free(files->list[i]);
    }
    free(files->list);
    *files = (struct files){0};
}

static unsigned be16(const unsigned char *b)
{
    return (unsigned)b[0] << 8 | b[1];
}

static bool measure_jpeg(const unsigned char *b, size_t len, int *width, int *height)
{
    for (size_t i = 2; i + 9 < len;) {
        if (b[i] != 0xff)
            return false;
        unsigned char mark = b[i + 1];
        if (mark == 0xff) {
            i++;
            continue;
        }
        if (mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc) {
            *height = (int)be16(b + i + 5);
            *width = (int)be16(b + i + 7);
            return true;
        }
        i += 2 + (mark == 0x01 || (mark >= 0xd0 && mark <= 0xd8) ? 0 : be16(b + i + 2));
    }
    return false;
}

bool files_measure(const void *data, size_t len, int *width, int *height)
{
    const unsigned char *b = data;
    if (len > 24 && !memcmp(b, "\x89PNG\r\n\x1a\n", 8)) {
        *width = (int)(be16(b + 16) << 16 | be16(b + 18));
        *height = (int)(be16(b + 20) << 16 | be16(b + 22));
        return *width > 0 && *height > 0;
    }
    if (len > 10 && !memcmp(b, "GIF8", 4)) {
        *width = b[6] | b[7] << 8;
        *height = b[8] | b[9] << 8;
        return true;
    }
    if (len > 30 && !memcmp(b, "RIFF", 4) && !memcmp(b + 8, "WEBP", 4)) {
        *width = *height = 512;
        return true;
    }
    return len > 4 && b[0] == 0xff && b[1] == 0xd8 && measure_jpeg(b, len, width, height);
}

struct file *files_add(struct files *files, const char *kind_name, const char *name,
                       const char *type, const void *data, size_t len)
{
    const struct kind *kind = kind_find(kind_name);
    struct file *file = mem_new(sizeof *file);
    size_t n = files->count + 1;
    file->kind = kind->name;
    file->data = mem_dupn(data, len);
    file->len = len;
    snprintf(file->id, sizeof file->id, "%sBAAM%06zuAAE", kind->prefix, n);
    snprintf(file->unique_id, sizeof file->unique_id, "AgAD%06zu", n);
    const char *dot = name ? strrchr(name, '.') : NULL;
    bool plain =
        dot && strlen(dot) < 8 &&
        strspn(dot + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
            strlen(dot + 1);
    snprintf(file->path, sizeof file->path, "%s/file_%zu.%s", kind->folder, n,
             plain && strcmp(kind->name, "photo") != 0 ? dot + 1 : kind->ending);
    snprintf(file->name, sizeof file->name, "%s",
             name && strlen(name) < sizeof file->name ? name : "file");
    snprintf(file->type, sizeof file->type, "%s", type && *type ? type : kind->type);
    if (!files_measure(data, len, &file->width, &file->height))
        file->width = file->height = 0;
    files->list = mem_grow(files->list, n * sizeof *files->list);
    files->list[files->count++] = file;
    return file;
}

struct file *files_by_id(const struct files *files, const char *file_id)
{
    for (size_t i = files->count; i-- > 0;)
        if (!strcmp(files->list[i]->id, file_id))
            return files->list[i];
    return NULL;
}

struct file *files_by_path(const struct files *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++)
        if (!strcmp(files->list[i]->path, path))
            return files->list[i];
    return NULL;
}

static json_object *describe(const struct file *file)
{
    json_object *out = json_object_new_object();
    json_put_str(out, "file_id", file->id);
    json_put_str(out, "file_unique_id", file->unique_id);
    json_put_int(out, "file_size", (int64_t)file->len);
    return out;
}

json_object *files_to_json(const struct file *file, int64_t duration_s)
{
    json_object *out = describe(file);
    bool is_photo = !strcmp(file->kind, "photo"),
         moves = !strcmp(file->kind, "video") || !strcmp(file->kind, "animation");
    if (is_photo || moves || !strcmp(file->kind, "sticker")) {
        json_put_int(out, "width", file->width ? file->width : 512);
        json_put_int(out, "height", file->height ? file->height : 512);
    }
    if (is_photo) {
        json_object *sizes = json_object_new_array(), *small = describe(file);
        json_put_int(small, "width", 90);
        json_put_int(small, "height", file->width > 0 ? 90 * file->height / file->width : 90);
        json_object_array_add(sizes, small);
        json_object_array_add(sizes, out);
        return sizes;
    }
    if (moves || !strcmp(file->kind, "voice") || !strcmp(file->kind, "audio"))
        json_put_int(out, "duration", duration_s);
    if (!strcmp(file->kind, "sticker")) {
        json_put_str(out, "type", "regular");
        json_put_flag(out, "is_animated", false);
        json_put_flag(out, "is_video", false);
        json_put_str(out, "emoji", "👍");
    } else {
        json_put_str(out, "mime_type", file->type);
        if (strcmp(file->kind, "voice") != 0)
            json_put_str(out, "file_name", file->name);
    }
    return out;
}
