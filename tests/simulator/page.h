/* page.h - the page's files as they were at build time; page.c is made by embed.cmake */
#pragma once

#include <stddef.h>

struct page_file {
    const char *path, *type;
    const unsigned char *bytes;
    size_t len;
};

extern const struct page_file page_files[];
extern const size_t page_count;
