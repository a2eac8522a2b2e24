/* attach.h - what a person attaches to a message: real bytes, or a sample made here */
#pragma once

#include <stddef.h>

#include <json-c/json.h>

#include "files.h"

/* Members for a Message from {"photo": true | {"name", "base64"}, "voice": ..., "location": ...};
 * NULL if nothing is attached, or if it makes no sense (then `why` is set). A NULL wish attaches a
 * sample photo. */
json_object *attach_media(struct files *, json_object *wish, const char **why);

/* A drawn PNG of a broken computer: what people send to an IT help desk. The caller owns the bytes.
 */
char *attach_draw_picture(unsigned variant, size_t *len);
