/* html.h - Telegram's HTML: markup to text and entities, and back */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <json-c/json.h>

struct html_result {
    char *text;            /* caller owns */
    json_object *entities; /* array, sorted; NULL if there is none; caller owns */
    int stray;             /* ampersands that begin no entity Telegram knows: shown as they are */
};

/* Reads markup as the server does. -1 with Telegram's own words in `why`; the result is then
 * untouched. */
int html_parse(const char *markup, struct html_result *, char *why, size_t why_size);

/* Drops white space around the text, moving the entities along. */
void html_trim(struct html_result *);

/* The text as HTML again; the caller owns it. */
char *html_render(const char *text, json_object *entities);
