/* server.c - CivetWeb, and nothing of it leaks */
#include "admin-web/server.h"

#include <arpa/inet.h>
#include <civetweb.h>
#include <errno.h>
#include <time.h>

#include "admin-web/answer.h"
#include "admin-web/guard.h"
#include "admin-web/problem.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"

#define REQUEST_TIMEOUT_MS "5000" /* of a request's head; of a pause in its body */
#define KEEP_ALIVE_TIMEOUT_MS "3000"
#define BODY_PATIENCE_MS 5000 /* of a whole body */

struct server {
    struct mg_context *civetweb;
};

/* ---- reading ---- */

static void fill(struct exchange *x, const struct mg_request_info *info)
{
    x->method = info->request_method;
    x->path = info->local_uri_raw ? info->local_uri_raw : "";
    x->query = info->query_string ? info->query_string : "";
    x->header_count = (size_t)min_i64(info->num_headers, HEADERS_MAX);
    for (size_t i = 0; i < x->header_count; i++) {
        x->headers[i] =
            (struct http_header){info->http_headers[i].name, info->http_headers[i].value};
    }
    guard_address(x, info->remote_addr);
}

/* Byte by byte, because mg_read waits anew for every byte of a longer piece: a client that drips
 * would hold the thread for ever. What came with the head, nearly every body, is copied from
 * memory. */
static int read_body(struct mg_connection *conn, struct exchange *x)
{
    int64_t until = clock_mono_ms() + BODY_PATIENCE_MS;
    if (exchange_header(x, "Expect")) {
        mg_printf(conn, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    const char *stated = exchange_header(x, "Content-Length");
    int64_t length = 0;
    bool counted = stated && text_to_i64(stated, 0, BODY_BYTES_MAX, &length) == 0;
    while (!counted || (int64_t)x->body.len < length) {
        char byte;
        int got = mg_read(conn, &byte, 1);
        if (got <= 0) {
            return counted || got < 0 ? problem_answer(x, PROBLEM_too_slow) : 0;
        }
        if (x->body.len == BODY_BYTES_MAX) {
            return problem_answer(x, PROBLEM_too_large);
        }
        buf_add_char(&x->body, byte);
        if (clock_mono_ms() > until) {
            return problem_answer(x, PROBLEM_too_slow);
        }
    }
    return 0;
}

static bool has_body(const struct exchange *x)
{
    return exchange_header(x, "Content-Length") || exchange_header(x, "Transfer-Encoding");
}

/* ---- writing ---- */

/* clang-format off */
static const struct { int status; const char *reason; } reasons[] = {
    {200, "OK"}, {201, "Created"}, {204, "No Content"},
    {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
    {408, "Request Timeout"}, {409, "Conflict"}, {413, "Content Too Large"}, {415, "Unsupported Media Type"},
    {417, "Expectation Failed"}, {422, "Unprocessable Content"}, {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"}, {501, "Not Implemented"},
    {503, "Service Unavailable"},
};
/* clang-format on */

static const char *reason_of(int status)
{
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        if (reasons[i].status == status) {
            return reasons[i].reason;
        }
    }
    return "";
}

static void add_date(struct buf *head)
{
    char text[40];
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    buf_printf(head, "Date: %s\r\n", text);
}

static void write_answer(struct mg_connection *conn, const struct exchange *x)
{
    scoped(buf_fini) struct buf out = {0};
    buf_printf(&out, "HTTP/1.1 %d %s\r\n", x->status, reason_of(x->status));
    add_date(&out);
    if (x->status != 204) {
        buf_printf(&out, "Content-Type: %s\r\nContent-Length: %zu\r\n", x->content_type,
                   x->answer.len);
    }
    answer_headers(x, &out);
    if (x->close) {
        mg_disable_connection_keep_alive(conn);
        buf_add_text(&out, "Connection: close\r\n");
    }
    buf_add_text(&out, "\r\n");
    if (x->method && !str_eq(x->method, "HEAD") && x->status != 204) {
        buf_add(&out, x->answer.data, x->answer.len);
    }
    mg_write(conn, buf_text(&out), out.len);
}

/* ---- what CivetWeb calls ---- */

static int on_request(struct mg_connection *conn)
{
    const struct mg_request_info *info = mg_get_request_info(conn);
    scoped(exchange_fini) struct exchange x = {.admin = info->user_data};
    int64_t began = clock_mono_ms();
    fill(&x, info);
    if (guard_head(&x) < 0 || answer_admit(&x) < 0 || guard_body(&x) < 0) {
        x.close = x.close || has_body(&x); /* it was not read: what follows is not a request */
    } else if (has_body(&x) && read_body(conn, &x) < 0) {
        x.close = true;
    } else {
        answer_make(&x);
    }
    answer_count(&x, clock_mono_ms() - began);
    write_answer(conn, &x);
    return x.status;
}

/* What CivetWeb itself refuses: no readable head, a head too late or too large. */
static int on_error(struct mg_connection *conn, int status, const char *message)
{
    (void)message;
    const struct mg_request_info *info = mg_get_request_info(conn);
    scoped(exchange_fini) struct exchange x = {
        .admin = info->user_data, .method = "", .path = "/api/", .close = true};
    problem_answer(&x, problem_of_status(status));
    answer_count(&x, 0);
    write_answer(conn, &x);
    return 0;
}

static int on_log(const struct mg_connection *conn, const char *message)
{
    (void)conn;
    log_debug("civetweb says=\"%s\"", message);
    return 1;
}

/* ---- start and stop ---- */

int server_check_listen(const char *listen, struct err *err)
{
    char host[24];
    const char *colon = strrchr(listen, ':');
    struct in_addr address;
    int64_t port;
    size_t host_len = colon ? (size_t)(colon - listen) : 0;
    if (host_len == 0 || host_len >= sizeof(host)) {
        return err_set(err, ERR_INPUT,
                       "[admin] listen is an IPv4 address and a port, as in 127.0.0.1:8080");
    }
    memcpy(host, listen, host_len);
    host[host_len] = '\0';
    if (colon[1] && strchr("sr", colon[strlen(colon) - 1])) {
        return err_set(
            err, ERR_INPUT,
            "[admin] listen: no TLS here, that is the reverse proxy's job; leave the %s out",
            colon + strlen(colon) - 1);
    }
    if (inet_pton(AF_INET, host, &address) != 1 || text_to_i64(colon + 1, 1, 65535, &port) < 0) {
        return err_set(err, ERR_INPUT,
                       "[admin] listen is an IPv4 address and a port, as in 127.0.0.1:8080");
    }
    return 0;
}

struct server *server_new(struct admin *admin, struct err *err)
{
    char threads[8];
    snprintf(threads, sizeof(threads), "%d", (int)admin->conf.threads);
    /* clang-format off */
    const char *options[] = {
        "listening_ports",              admin->conf.listen,
        "num_threads",                  threads,
        "request_timeout_ms",           REQUEST_TIMEOUT_MS,
        "keep_alive_timeout_ms",        KEEP_ALIVE_TIMEOUT_MS,
        "enable_keep_alive",            "yes",
        "tcp_nodelay",                  "1",
        "decode_url",                   "no", /* no path of ours needs it */
        "enable_directory_listing",     "no",
        "access_control_allow_origin",  "",
        "access_control_allow_methods", "",
        "access_control_allow_headers", "",
        NULL,
    };
    /* clang-format on */
    static const struct mg_callbacks callbacks = {
        .begin_request = on_request,
        .http_error = on_error,
        .log_message = on_log,
    };
    mg_init_library(0);
    struct mg_context *civetweb = mg_start(&callbacks, admin, options);
    if (!civetweb) {
        mg_exit_library();
        err_set(err, ERR_TRANSIENT, "cannot listen on %s: %s", admin->conf.listen, strerror(errno));
        return NULL;
    }
    struct server *server = xcalloc(1, sizeof(*server));
    server->civetweb = civetweb;
    return server;
}

void server_free(struct server **server)
{
    if (!*server) {
        return;
    }
    mg_stop((*server)->civetweb);
    mg_exit_library();
    free(*server);
    *server = NULL;
}
