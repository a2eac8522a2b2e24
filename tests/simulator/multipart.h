/* multipart.h - a multipart/form-data body taken apart in place */
#pragma once

#include <stddef.h>

struct multipart_part {
    char name[128], file_name[256], type[128]; /* file_name is "" for an ordinary field */
    const char *data;                          /* borrowed from the body */
    size_t len;
};

/* Parts found, at most `room`; -1 when the body is not what RFC 7578 allows (`why` is a string
 * literal). */
int multipart_parse(const char *content_type, const char *body, size_t len,
                    struct multipart_part *parts, int room, const char **why);
