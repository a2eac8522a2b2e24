/* http.h - HTTP requests in the event loop (libcurl multi) */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/buf.h"
#include "common/base/err.h"

struct http; /* opaque: the transfers in flight */

struct http_request {              /* all borrowed until http_send returns */
    const char *url;               /* may hold a secret: never logged */
    const char *log_name;          /* what the log may say, e.g. "sendMessage" */
    const char *json_body;         /* NULL = GET */
    const struct http_part *parts; /* instead of json_body: multipart/form-data, ended by name == NULL */
    int64_t     timeout_ms;        /* of the whole; 0 = 30 s */
    size_t      response_cap;      /* 0 = 4 MiB; more is an error */
};

struct http_part {
    const char *name, *text;       /* a field, or with file_name a file: */
    const char *file_name, *content_type;
    const void *bytes;
    size_t      len;
};

struct http_response {             /* borrowed, valid inside the callback */
    long        status;
    const char *body;              /* NUL-terminated */
    size_t      len;
    int64_t     retry_after_s;     /* from the header; 0 if none */
};

/* Exactly one call per request, never from within http_send. err NULL = an answer of whatever status. ERR_TRANSIENT: it never
 * left; ERR_UNCERTAIN: it may have been received (no body is ever sent twice); ERR_INPUT: no such URL can be asked. A request
 * still under way when http_free is called ends with ERR_UNCERTAIN; no new one may be sent from that call. */
typedef void (*http_done_fn)(void *ctx, const struct http_response *, const struct err *);

struct http *http_new(sd_event *loop); /* caller owns; never NULL. Connections are kept alive and reused */
void         http_free(struct http **);
struct http_transfer *http_send(struct http *, const struct http_request *, http_done_fn, void *ctx);
void         http_cancel(struct http *, struct http_transfer *); /* no callback follows; the handle is dead */
