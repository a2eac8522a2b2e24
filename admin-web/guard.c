/* guard.c - what a request must be before anything looks at its meaning */
#include "admin-web/guard.h"

#include <strings.h>

#include "admin-web/problem.h"
#include "admin-web/routes.h"
#include "common/base/text.h"

static bool lacks_one_host(const struct exchange *x)
{
    return exchange_header_count(x, "Host") != 1;
}

/* Two readings of where a request ends are how requests are smuggled past a proxy. */
static bool states_length_twice(const struct exchange *x)
{
    size_t lengths = exchange_header_count(x, "Content-Length");
    size_t encodings = exchange_header_count(x, "Transfer-Encoding");
    return lengths + encodings > 1;
}

static bool is_encoded_oddly(const struct exchange *x)
{
    const char *encoding = exchange_header(x, "Transfer-Encoding");
    return encoding && strcasecmp(encoding, "chunked") != 0;
}

static bool states_bad_length(const struct exchange *x)
{
    const char *length = exchange_header(x, "Content-Length");
    int64_t bytes;
    return length && text_to_i64(length, 0, INT64_MAX, &bytes) < 0;
}

static bool is_too_large(const struct exchange *x)
{
    const char *length = exchange_header(x, "Content-Length");
    int64_t bytes;
    return length && text_to_i64(length, 0, BODY_BYTES_MAX, &bytes) < 0;
}

static bool expects_something(const struct exchange *x)
{
    const char *expected = exchange_header(x, "Expect");
    return expected && strcasecmp(expected, "100-continue") != 0;
}

static bool is_not_text(const struct exchange *x)
{
    for (size_t i = 0; i < x->header_count; i++) {
        if (!text_is_utf8(x->headers[i].value, strlen(x->headers[i].value))) {
            return true;
        }
    }
    return !text_is_utf8(x->path, strlen(x->path)) || !text_is_utf8(x->query, strlen(x->query));
}

static bool lacks_json(const struct exchange *x)
{
    const char *type = exchange_header(x, "Content-Type");
    static const char json[] = "application/json";
    size_t len = sizeof(json) - 1;
    return x->route->has_body &&
           (!type || strncasecmp(type, json, len) != 0 || (type[len] && !strchr("; ", type[len])));
}

/* clang-format off */
static const struct rule {
    bool       (*breaks)(const struct exchange *);
    enum problem problem;
    const char  *why;
} head_rules[] = {
    {lacks_one_host,      PROBLEM_no_host,         "HTTP/1.1 wants one, and two disagree"},
    {states_length_twice, PROBLEM_two_lengths,     "who reads the other one sees another request"},
    {is_encoded_oddly,    PROBLEM_not_supported,   "chunked is the only encoding that is read here"},
    {states_bad_length,   PROBLEM_bad_request,     "no number of bytes"},
    {is_too_large,        PROBLEM_too_large,       "nobody needs that much, and memory is ours"},
    {expects_something,   PROBLEM_bad_expectation, "RFC 9110: what cannot be met is refused"},
    {is_not_text,         PROBLEM_bad_request,     "the log and PostgreSQL take UTF-8 only"},
};
/* clang-format on */

int guard_head(struct exchange *x)
{
    x->language = language_of(exchange_header(x, "Accept-Language"));
    for (size_t i = 0; i < ARRAY_LEN(head_rules); i++) {
        if (head_rules[i].breaks(x)) {
            x->close = true; /* where the next request begins is anybody's guess */
            return problem_answer(x, head_rules[i].problem);
        }
    }
    x->route = route_find(x->method, x->path, x->parameter, x->allow, sizeof(x->allow));
    if (!x->route) {
        return problem_answer(x, x->allow[0] ? PROBLEM_bad_method : PROBLEM_no_such_path);
    }
    return 0;
}

int guard_body(struct exchange *x)
{
    if (lacks_json(x)) {
        return problem_answer(x, PROBLEM_bad_media_type);
    }
    if (x->route->scope == SCOPE_WRITE && exchange_read_key(x) < 0) {
        return problem_answer(x, PROBLEM_bad_key);
    }
    return 0;
}

static bool is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0;
}

void guard_address(struct exchange *x, const char *peer)
{
    const char *seen = is_loopback(peer) ? exchange_header(x, "X-Forwarded-For") : NULL;
    const char *last = seen ? strrchr(seen, ',') : NULL;
    last = last ? last + 1 : seen;
    last = last ? last + strspn(last, " ") : peer;
    snprintf(x->address, sizeof(x->address), "%s", *last ? last : peer);
}
