/* pages.h - the files that are part of the program: the start page and openapi.yaml, embedded by embed.cmake */
#pragma once
#include "admin-web/exchange.h"

struct page {
    const char          *path, *content_type;
    const unsigned char *bytes;
    size_t               len;
};

extern const struct page pages[]; /* generated; ended by an entry without path */

int on_page(struct exchange *); /* the page of the exchange's path */
