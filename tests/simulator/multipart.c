/* multipart.c - a multipart/form-data body taken apart in place */
#include "multipart.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static int fail(const char **why, const char *sentence)
{
    *why = sentence;
    return -1;
}

/* The value of `name=` in a header such as `form-data; name="x"; filename="y"`; false if absent or
 * too long. */
static bool take_parameter(const char *header, size_t len, const char *name, char *out, size_t size)
{
    size_t want = strlen(name);
    bool quoted = false;
    for (size_t i = 0; i + want + 1 < len; i++) {
        if (header[i] == '\\' && quoted) {
            i++;
            continue;
        }
        if (header[i] == '"')
            quoted = !quoted;
        if (quoted || (i > 0 && header[i - 1] != ';' && header[i - 1] != ' ') ||
            strncasecmp(header + i, name, want) != 0 || header[i + want] != '=')
            continue;
        size_t at = i + want + 1, n = 0;
        bool in_quotes = at < len && header[at] == '"';
        if (in_quotes)
            at++;
        for (; at < len; at++) {
            char c = header[at];
            if (in_quotes ? c == '"' : (c == ';' || c == ' ' || c == '\r'))
                break;
            if (in_quotes && c == '\\' && at + 1 < len &&
                (header[at + 1] == '"' || header[at + 1] == '\\'))
                c = header[++at];
            if (n + 1 >= size || c == '\0')
                return false;
            out[n++] = c;
        }
        out[n] = '\0';
        return !in_quotes || at < len;
    }
    return false;
}

/* Reads the headers of one part; the place after the blank line, or NULL. */
static const char *take_headers(const char *at, const char *end, struct multipart_part *part,
                                const char **why)
{
    *part = (struct multipart_part){0};
    for (;;) {
        const char *line_end = memmem(at, (size_t)(end - at), "\r\n", 2);
        if (!line_end || line_end - at > 4096)
            return fail(why, "a part's header does not end"), NULL;
        size_t len = (size_t)(line_end - at);
        if (len == 0)
            return line_end + 2;
        static const char disposition[] = "Content-Disposition:", type[] = "Content-Type:";
        if (len > sizeof disposition && !strncasecmp(at, disposition, sizeof disposition - 1)) {
            if (!take_parameter(at, len, "name", part->name, sizeof part->name))
                return fail(why, "a part has no name"), NULL;
            if (take_parameter(at, len, "filename", part->file_name, sizeof part->file_name) &&
                !part->file_name[0])
                snprintf(part->file_name, sizeof part->file_name, "file");
        } else if (len > sizeof type && !strncasecmp(at, type, sizeof type - 1)) {
            const char *value = at + sizeof type - 1;
            while (value < line_end && *value == ' ')
                value++;
            snprintf(part->type, sizeof part->type, "%.*s",
                     line_end - value < (long)sizeof part->type ? (int)(line_end - value) : 0,
                     value);
        }
        at = line_end + 2;
    }
}

int multipart_parse(const char *content_type, const char *body, size_t len,
                    struct multipart_part *parts, int room, const char **why)
{
    char boundary[80], delimiter[90];
    if (!take_parameter(content_type, strlen(content_type), "boundary", boundary,
                        sizeof boundary) ||
        !boundary[0])
        return fail(why, "no boundary in the content type");
    size_t want = (size_t)snprintf(delimiter, sizeof delimiter, "\r\n--%s", boundary);
    const char *at = body, *end = body + len;

    /* the first delimiter may open the body without a line break before it */
    if (len >= want - 2 && !memcmp(body, delimiter + 2, want - 2)) {
        at = body + want - 2;
    } else {
        at = memmem(body, len, delimiter, want);
        if (!at)
            return fail(why, "the boundary never comes");
        at += want;
    }
    for (int count = 0;; count++) {
        if (end - at >= 2 && !memcmp(at, "--", 2))
            return count;
        while (at < end && (*at == ' ' || *at == '\t'))
            at++;
        if (end - at < 2 || memcmp(at, "\r\n", 2) != 0)
            return fail(why, "a boundary line does not end");
        at += 2;
        if (count == room)
            return fail(why, "too many parts");
        at = take_headers(at, end, &parts[count], why);
        if (!at)
            return -1;
        if (!parts[count].name[0])
            return fail(why, "a part has no name");
        /* an empty part's delimiter begins with the line break that ended its headers */
        const char *from = at - 2;
        const char *next = memmem(from, (size_t)(end - from), delimiter, want);
        if (!next)
            return fail(why, "the last boundary is missing");
        parts[count].data = at;
        parts[count].len = next > at ? (size_t)(next - at) : 0;
        at = next + want;
    }
}
