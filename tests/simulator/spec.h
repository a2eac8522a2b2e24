/* spec.h - is what the bot asks for what Telegram's documentation says? */
#pragma once

#include <stdbool.h>

#include <json-c/json.h>

#include "params.h"

struct spec; /* the official Bot API as data: {"methods": {...}, "types": {...}} */

struct spec *spec_new(const char *path, char *why,
                      size_t why_size); /* NULL when it cannot be read */
void spec_free(struct spec **);

const char *spec_version(const struct spec *); /* e.g. "10.1", borrowed */
bool spec_knows_method(const struct spec *, const char *method);

/* Sentences about everything wrong with a request, added to the array; how many there were. */
int spec_check(const struct spec *, const char *method, const struct params *,
               json_object *sentences);
