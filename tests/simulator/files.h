/* files.h - pictures, documents and recordings that went through the chats */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

struct file {
    char id[48], unique_id[24], path[64], name[256], type[128];
    const char *kind; /* photo, document, voice, video, audio, animation, sticker */
    char *data;
    size_t len;
    int width, height;
};

struct files {
    struct file **list;
    size_t count;
};

void files_fini(struct files *);

/* Keeps a copy of the bytes. `kind` is one of the words above and lives for ever. */
struct file *files_add(struct files *, const char *kind, const char *name, const char *type,
                       const void *data, size_t len);
struct file *files_by_id(const struct files *, const char *file_id);
struct file *files_by_path(const struct files *, const char *path);

/* Reads width and height from a PNG, JPEG, GIF or WebP; false if it is none. */
bool files_measure(const void *data, size_t len, int *width, int *height);

/* What a Message carries under the kind's name: a list of sizes for photos, an object for the rest.
 */
json_object *files_to_json(const struct file *, int64_t duration_s);
