/* answer.c - from an admitted request to its answer */
#include "admin-web/answer.h"

#include <sodium.h>
#include <strings.h>

#include "admin-web/admin.h"
#include "admin-web/pages.h"
#include "admin-web/problem.h"
#include "admin-web/routes.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/admin_web_queries.h"

#define TOKEN_MAX 200 /* bytes; ours have 43 */

/* ---- who asks ---- */

static int throttle_wait(struct exchange *x)
{
    pthread_mutex_lock(&x->admin->throttle_lock);
    int wait_s = throttle_wait_s(&x->admin->throttle, x->address, clock_mono_ms());
    pthread_mutex_unlock(&x->admin->throttle_lock);
    return wait_s;
}

static int refuse_token(struct exchange *x)
{
    pthread_mutex_lock(&x->admin->throttle_lock);
    throttle_charge(&x->admin->throttle, x->address, clock_mono_ms());
    pthread_mutex_unlock(&x->admin->throttle_lock);
    admin_count(x->admin, COUNT_tokens_unknown_total);
    return problem_answer(x, PROBLEM_unknown_token);
}

/* The token's hash is looked up, never the token: what the database holds opens nothing. */
static struct db_result *find_token(struct exchange *x, const char *token, struct err *err)
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const uint8_t *)token, strlen(token));
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_bytes(&args, hash, sizeof(hash));
    return pool_call(x->admin->pool, Q_find_token, &args, err);
}

static int admit_bearer(struct exchange *x, const char *token)
{
    struct err err;
    scoped(db_result_free) struct db_result *found = find_token(x, token, &err);
    if (!found) {
        log_warn("token not looked up text=\"%s\"", err.text);
        return problem_answer(x, PROBLEM_database_away);
    }
    if (db_rows(found) == 0) {
        return refuse_token(x);
    }
    snprintf(x->login, sizeof(x->login), "%s", db_text(found, 0, 0));
    x->scopes =
        (db_bool(found, 0, 1) ? SCOPE_READ : 0u) | (db_bool(found, 0, 2) ? SCOPE_WRITE : 0u);
    return x->scopes & x->route->scope ? 0 : problem_answer(x, PROBLEM_no_scope);
}

int answer_admit(struct exchange *x)
{
    if (x->route->scope == SCOPE_PUBLIC) {
        return 0;
    }
    static const char scheme[] = "Bearer ";
    const char *given = exchange_header(x, "Authorization");
    if (!given || strncasecmp(given, scheme, sizeof(scheme) - 1) != 0) {
        return problem_answer(x, PROBLEM_no_token);
    }
    x->retry_after_s = throttle_wait(x);
    if (x->retry_after_s > 0) {
        admin_count(x->admin, COUNT_throttled_total);
        return problem_answer(x, PROBLEM_throttled);
    }
    const char *token = given + sizeof(scheme) - 1;
    size_t len = strlen(token);
    return len == 0 || len > TOKEN_MAX ? refuse_token(x) : admit_bearer(x, token);
}

/* ---- what is answered ---- */

void answer_make(struct exchange *x)
{
    x->status = 200;
    x->content_type = "application/json";
    x->route->handler(x);
}

static void add_header(struct buf *head, const char *name, const char *value)
{
    if (value && *value) {
        buf_printf(head, "%s: %s\r\n", name, value);
    }
}

static void add_status_headers(const struct exchange *x, struct buf *head)
{
    add_header(head, "Location", x->location);
    add_header(head, "Idempotency-Key", x->idempotency_key);
    if (x->status == 405) {
        add_header(head, "Allow", x->allow);
    }
    if (x->status == 401) {
        add_header(head, "WWW-Authenticate", "Bearer realm=\"itsupport\"");
    }
    if (x->retry_after_s > 0) {
        buf_printf(head, "Retry-After: %d\r\n", x->retry_after_s);
    }
}

void answer_headers(const struct exchange *x, struct buf *head)
{
    add_status_headers(x, head);
    add_header(head, "Cache-Control",
               x->route && x->route->handler == on_page ? "no-cache" : "no-store");
    if (str_eq(x->content_type, PROBLEM_TYPE)) {
        add_header(head, "Content-Language", language_tag(x->language));
        add_header(head, "Vary", "Accept-Language");
    }
    add_header(head, "Content-Security-Policy",
               "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
               "object-src 'none'");
    add_header(head, "X-Content-Type-Options", "nosniff");
    add_header(head, "X-Frame-Options", "DENY");
    add_header(head, "Referrer-Policy", "no-referrer");
    add_header(head, "Cross-Origin-Resource-Policy", "same-origin");
    if (strncmp(x->admin->conf.public_url, "https://", 8) == 0) {
        add_header(head, "Strict-Transport-Security", "max-age=31536000");
    }
}

void answer_count(const struct exchange *x, int64_t took_ms)
{
    admin_count(x->admin, COUNT_requests_total);
    admin_count(x->admin, x->status < 400   ? COUNT_requests_2xx_total
                          : x->status < 500 ? COUNT_requests_4xx_total
                                            : COUNT_requests_5xx_total);
    if (x->login[0] && x->route->scope == SCOPE_WRITE) {
        log_info("request answered method=%s path=\"%.100s\" status=%d login=%s msg=web:%s ms=%lld",
                 x->method, x->path, x->status, x->login, x->idempotency_key, (long long)took_ms);
    } else {
        log_debug("request answered method=%s path=\"%.100s\" status=%d ms=%lld", x->method,
                  x->path, x->status, (long long)took_ms);
    }
}
