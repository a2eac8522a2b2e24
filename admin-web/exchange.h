/* exchange.h - one HTTP request and the answer being made for it; no socket in sight
 *
 * server.c fills the request and writes the answer; everything between works on this struct alone.
 */
#pragma once
#include "common/base/buf.h"

#define BODY_BYTES_MAX    (64 * 1024) /* of a request */
#define HEADERS_MAX       64
#define PATH_PARAMETER_MAX 64         /* bytes of what stands for {id} or {name} */
#define LOGIN_MAX         63          /* admins.login */
#define UUID_LEN          36

struct admin;
struct route;

enum language { LANGUAGE_EN, LANGUAGE_RU };

struct http_header {
    const char *name, *value;
};

struct exchange {
    struct admin *admin;

    /* the request; text is borrowed from the server for as long as the exchange lasts */
    const char        *method, *path, *query; /* query: without the ?, "" if none */
    char               address[48];           /* of the client, behind a proxy too */
    struct http_header headers[HEADERS_MAX];
    size_t             header_count;
    struct buf         body;

    /* what is found out on the way */
    const struct route *route;
    char                parameter[PATH_PARAMETER_MAX + 1]; /* "" if the route has none */
    enum language       language;
    char                login[LOGIN_MAX + 1]; /* "" on public routes */
    unsigned            scopes;               /* bits of enum scope */
    char                idempotency_key[UUID_LEN + 1];

    /* the answer */
    int         status;
    const char *content_type;
    struct buf  answer;
    char        location[128]; /* "" = no such header; the same for the rest */
    char        allow[64];
    int         retry_after_s;
    bool        close; /* the connection is of no more use */
};

void exchange_fini(struct exchange *); /* for scoped() */

/* The header's value or NULL; names in any case. */
const char *exchange_header(const struct exchange *, const char *name);
size_t      exchange_header_count(const struct exchange *, const char *name);

/* ru or en, whichever Accept-Language prefers; English if it says nothing of both. */
enum language language_of(const char *accept_language /* may be NULL */);
const char   *language_tag(enum language);

/* What the key of a command stands for: reads Idempotency-Key (a UUID) or makes one. -1: it is no UUID. */
int exchange_read_key(struct exchange *);
