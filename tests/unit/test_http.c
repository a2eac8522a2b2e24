/* test_http.c - requests in the loop: answers, failures and what they mean, and callbacks that do
 * as they like */
#include "tests/unit/cases.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/clock.h"
#include "common/io/http.h"

/* ---- a small server in the same loop: the path says how it behaves ---- */

struct peer { /* one connection */
    sd_event_source *source;
    int fd;
    struct buf in;
    struct peer *next;
};

struct server {
    sd_event *loop;
    sd_event_source *source;
    int fd, port;
    int connections, requests;
    struct peer *peers;
};

static struct server server;
static struct http *http;

static void peer_close(struct peer *p)
{
    p->source = sd_event_source_disable_unref(p->source);
    if (p->fd >= 0) {
        close(p->fd);
    }
    p->fd = -1;
    buf_fini(&p->in);
}

static void answer(struct peer *p, const char *status, const char *headers, const char *body,
                   size_t len)
{
    scoped(buf_fini) struct buf out = {0};
    buf_printf(&out, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n%s\r\n", status, len, headers);
    buf_add(&out, body, len);
    ssize_t sent = send(p->fd, out.data, out.len, MSG_NOSIGNAL);
    (void)sent;
}

static bool asks(const struct peer *p, const char *path)
{
    const char *at = strchr(p->in.data, ' ');
    return at && strncmp(at + 1, path, strlen(path)) == 0;
}

static void behave(struct peer *p, const char *body, size_t len)
{
    server.requests++;
    if (asks(p, "/ok")) {
        answer(p, "200 OK", "", "hello", 5);
    } else if (asks(p, "/echo")) {
        answer(p, "200 OK", "", body, len);
    } else if (asks(p, "/headers")) {
        answer(p, "200 OK", "", p->in.data, p->in.len);
    } else if (asks(p, "/busy")) {
        answer(p, "429 Too Many Requests", "Retry-After: 7\r\n", "{}", 2);
    } else if (asks(p, "/elsewhere")) {
        answer(p, "302 Found", "Location: /ok\r\n", "", 0);
    } else if (asks(p, "/hangup")) {
        peer_close(p);
        return;
    } /* "/silent": nothing at all */
    buf_reset(&p->in);
}

/* The body once it is whole, else NULL. */
static const char *whole_body(const struct peer *p, size_t *ret_len)
{
    const char *end = p->in.data ? strstr(p->in.data, "\r\n\r\n") : NULL;
    if (!end) {
        return NULL;
    }
    const char *field = strcasestr(p->in.data, "\r\nContent-Length: ");
    size_t want = field && field < end ? strtoul(field + 18, NULL, 10) : 0;
    *ret_len = p->in.len - (size_t)(end + 4 - p->in.data);
    return *ret_len >= want ? end + 4 : NULL;
}

static int on_peer(sd_event_source *source, int fd, uint32_t events, void *ctx)
{
    (void)source;
    (void)events;
    struct peer *p = ctx;
    char bytes[65536];
    ssize_t got = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);
    if (got <= 0) {
        peer_close(p);
        return 0;
    }
    buf_add(&p->in, bytes, (size_t)got);
    size_t len;
    const char *body = whole_body(p, &len);
    if (body) {
        behave(p, body, len);
    }
    return 0;
}

static int on_connection(sd_event_source *source, int fd, uint32_t events, void *ctx)
{
    (void)source;
    (void)events;
    (void)ctx;
    struct peer *p = xcalloc(1, sizeof(*p));
    p->fd = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    p->next = server.peers;
    server.peers = p;
    server.connections++;
    return sd_event_add_io(server.loop, &p->source, p->fd, EPOLLIN, on_peer, p);
}

static int set_up(void **state)
{
    (void)state;
    server = (struct server){0};
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    server.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(server.fd, (struct sockaddr *)&at, len) < 0 || listen(server.fd, 512) < 0 ||
        getsockname(server.fd, (struct sockaddr *)&at, &len) < 0 ||
        sd_event_new(&server.loop) < 0) {
        return -1;
    }
    server.port = ntohs(at.sin_port);
    http = http_new(server.loop);
    return sd_event_add_io(server.loop, &server.source, server.fd, EPOLLIN, on_connection, NULL) < 0
               ? -1
               : 0;
}

static int tear_down(void **state)
{
    (void)state;
    http_free(&http);
    while (server.peers) {
        struct peer *p = server.peers;
        server.peers = p->next;
        peer_close(p);
        free(p);
    }
    sd_event_source_disable_unref(server.source);
    close(server.fd);
    sd_event_unref(server.loop);
    return 0;
}

/* ---- what a request came to ---- */

struct outcome {
    int calls;
    bool failed;
    enum err_kind kind;
    char text[240];
    long status;
    int64_t retry_after_s;
    char body[4096];
    size_t len;
};

static void on_done(void *ctx, const struct http_response *response, const struct err *err)
{
    struct outcome *o = ctx;
    o->calls++;
    o->failed = err != NULL;
    if (err) {
        o->kind = err->kind;
        snprintf(o->text, sizeof(o->text), "%s", err->text);
        return;
    }
    o->status = response->status;
    o->retry_after_s = response->retry_after_s;
    o->len = response->len;
    snprintf(o->body, sizeof(o->body), "%s", response->body);
}

static void turn_until(const int *calls, int wanted)
{
    int64_t give_up_at = clock_mono_ms() + 20 * SECOND_MS;
    while (*calls < wanted && clock_mono_ms() < give_up_at) {
        sd_event_run(server.loop, 100000);
    }
}

static void turn_for(int64_t ms)
{
    int64_t until = clock_mono_ms() + ms;
    while (clock_mono_ms() < until) {
        sd_event_run(server.loop, 10000);
    }
}

static char *url(const char *path)
{
    return xasprintf("http://127.0.0.1:%d%s", server.port, path);
}

static struct outcome ask(struct http_request request, const char *path)
{
    struct outcome o = {0};
    scoped(str_free) char *whole = url(path);
    request.url = whole;
    request.log_name = "test";
    http_send(http, &request, on_done, &o);
    assert_int_equal(o.calls, 0); /* never from within http_send */
    turn_until(&o.calls, 1);
    assert_int_equal(o.calls, 1);
    return o;
}

/* ---- the tests ---- */

static void an_answer_arrives(void **state)
{
    (void)state;
    struct outcome o = ask((struct http_request){0}, "/ok");
    assert_false(o.failed);
    assert_int_equal(o.status, 200);
    assert_string_equal(o.body, "hello");
    assert_int_equal(o.retry_after_s, 0);
    o = ask((struct http_request){0}, "/busy");
    assert_false(o.failed);
    assert_int_equal(o.status, 429);
    assert_int_equal(o.retry_after_s, 7);
    o = ask((struct http_request){0}, "/elsewhere");
    assert_int_equal(o.status,
                     302); /* redirections are not followed: they would carry the token elsewhere */
}

static void connections_are_kept(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) {
        assert_int_equal(ask((struct http_request){.json_body = "{}"}, "/echo").status, 200);
    }
    assert_int_equal(server.requests, 50);
    assert_int_equal(server.connections, 1);
}

static void bodies_are_sent(void **state)
{
    (void)state;
    struct outcome o = ask((struct http_request){.json_body = "{\"a\":\"я\"}"}, "/echo");
    assert_string_equal(o.body, "{\"a\":\"я\"}");
    o = ask((struct http_request){.json_body = ""}, "/headers");
    assert_non_null(strstr(o.body, "POST /headers HTTP/1.1\r\n"));
    assert_non_null(strstr(o.body, "Content-Type: application/json\r\n"));
    assert_null(strstr(o.body, "Expect:"));
    o = ask((struct http_request){0}, "/headers");
    assert_non_null(strstr(o.body, "GET /headers HTTP/1.1\r\n"));
    assert_null(strstr(o.body, "Content-Type:")); /* nothing is left of the request before */

    const struct http_part parts[] = {
        {.name = "chat_id",        .text = "77"},
        {.name = "photo",
         .file_name = "chart.png",
         .content_type = "image/png",
         .bytes = "PNG\0BYTES",
         .len = 9},
        {0},
    };
    o = ask((struct http_request){.parts = parts}, "/headers");
    assert_non_null(strstr(o.body, "Content-Type: multipart/form-data; boundary="));
    assert_non_null(strstr(o.body, "name=\"chat_id\"\r\n\r\n77\r\n"));
    assert_non_null(strstr(
        o.body, "name=\"photo\"; filename=\"chart.png\"\r\nContent-Type: image/png\r\n\r\nPNG"));
}

static void large_bodies_arrive_whole(void **state)
{
    (void)state;
    scoped(str_free) char *body = xasprintf("\"%0300000d\"", 1);
    struct outcome o = ask((struct http_request){.json_body = body}, "/echo");
    assert_int_equal(o.len, strlen(body));
}

static void failures_tell_what_may_have_happened(void **state)
{
    (void)state;
    /* clang-format off */
    const struct { const char *path; struct http_request request; enum err_kind kind; const char *text, *why; } rows[] = {
        {"/silent", {.timeout_ms = 100},                   ERR_UNCERTAIN, "test: Timeout was reached",                        "the request was out, no answer came"},
        {"/hangup", {.json_body = "{}"},                   ERR_UNCERTAIN, "test: Server returned nothing (no headers, no data)", "hung up on us"},
        {"/echo",   {.json_body = "12345678", .response_cap = 7}, ERR_UNCERTAIN, "test: the answer is larger than 7 bytes",   "an answer above the cap"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct outcome o = ask(rows[i].request, rows[i].path);
        check_case(o.failed && o.kind == rows[i].kind, rows[i].why);
        check_case_text(o.text, rows[i].text, rows[i].why);
    }
    assert_int_equal(
        ask((struct http_request){.json_body = "1234567", .response_cap = 7}, "/echo").len, 7);
}

static void what_never_left_may_be_tried_again(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        enum err_kind kind;
        const char *text;
    } rows[] = {
        {"http://127.0.0.1:1/",          ERR_TRANSIENT,
         "secret-free: Couldn't connect to server (Connection refused)"                                           },
        {"http://no-such-host.invalid/", ERR_TRANSIENT, "secret-free: Couldn't resolve host name"                 },
        {"https://127.0.0.1:1/",         ERR_TRANSIENT,
         "secret-free: Couldn't connect to server (Connection refused)"                                           },
        {"ftp://127.0.0.1/",             ERR_INPUT,     "secret-free: Unsupported protocol"                       },
        {"http://",                      ERR_INPUT,     "secret-free: URL using bad/illegal format or missing URL"},
        {"",                             ERR_INPUT,     "secret-free: URL using bad/illegal format or missing URL"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct outcome o = {0};
        http_send(http, &(struct http_request){.url = rows[i].url, .log_name = "secret-free"},
                  on_done, &o);
        turn_until(&o.calls, 1);
        check_case(o.calls == 1 && o.failed && o.kind == rows[i].kind, rows[i].url);
        check_case_text(o.text, rows[i].text, rows[i].url);
    }
}

static void tls_is_verified(void **state)
{
    (void)state;
    struct outcome o = {0};
    scoped(str_free) char *whole = xasprintf("https://127.0.0.1:%d/ok", server.port);
    http_send(http, &(struct http_request){.url = whole, .timeout_ms = 300}, on_done, &o);
    turn_until(&o.calls, 1);
    assert_true(o.failed &&
                o.kind == ERR_TRANSIENT); /* the server speaks no TLS: nothing was asked */
    assert_int_equal(server.requests, 0);
}

/* libcurl alone would send a body again when a kept connection dies under it. */
static void no_body_goes_out_twice(void **state)
{
    (void)state;
    const struct http_part parts[] = {
        {.name = "chat_id", .text = "77"},
        {0                }
    };
    ask((struct http_request){.json_body = "{}"}, "/ok");
    struct outcome o = ask((struct http_request){.json_body = "{}"}, "/hangup");
    assert_true(o.failed && o.kind == ERR_UNCERTAIN);
    assert_int_equal(server.requests, 2);
    ask((struct http_request){.json_body = "{}"}, "/ok");
    o = ask((struct http_request){.parts = parts}, "/hangup");
    assert_true(o.failed && o.kind == ERR_UNCERTAIN);
    assert_int_equal(server.requests, 4);
}

static void many_at_once(void **state)
{
    (void)state;
    enum { MANY = 500 };
    static struct outcome outcomes[MANY];
    scoped(str_free) char *whole = url("/echo");
    for (int i = 0; i < MANY; i++) {
        outcomes[i] = (struct outcome){0};
        http_send(http, &(struct http_request){.url = whole, .json_body = "{}"}, on_done,
                  &outcomes[i]);
    }
    for (int i = 0; i < MANY; i++) {
        turn_until(&outcomes[i].calls, 1);
        assert_int_equal(outcomes[i].calls, 1);
        assert_false(outcomes[i].failed);
    }
    assert_true(server.connections <= 128);
    assert_int_equal(server.requests, MANY);
}

static void cancelled_requests_are_silent(void **state)
{
    (void)state;
    struct outcome o = {0}, p = {0};
    scoped(str_free) char *silent = url("/silent");
    struct http_transfer *early =
        http_send(http, &(struct http_request){.url = silent}, on_done, &o);
    http_cancel(http, early);
    struct http_transfer *late =
        http_send(http, &(struct http_request){.url = silent}, on_done, &o);
    http_send(http, &(struct http_request){.url = silent, .timeout_ms = 200}, on_done, &p);
    turn_for(50);
    http_cancel(http, late);
    turn_until(&p.calls, 1);
    assert_int_equal(o.calls, 0);
    assert_int_equal(p.calls, 1);
}

struct free_spirit {
    struct outcome first, second;
    struct http_transfer *other;
};

static void on_done_sends(void *ctx, const struct http_response *response, const struct err *err)
{
    struct free_spirit *f = ctx;
    on_done(&f->first, response, err);
    scoped(str_free) char *whole = url("/ok");
    http_cancel(http, f->other);
    http_send(http, &(struct http_request){.url = whole}, on_done, &f->second);
}

static void callbacks_may_send_and_cancel(void **state)
{
    (void)state;
    struct free_spirit f = {0};
    struct outcome never = {0};
    scoped(str_free) char *ok = url("/ok");
    scoped(str_free) char *silent = url("/silent");
    f.other = http_send(http, &(struct http_request){.url = silent}, on_done, &never);
    http_send(http, &(struct http_request){.url = ok}, on_done_sends, &f);
    turn_until(&f.second.calls, 1);
    assert_string_equal(f.second.body, "hello");
    assert_int_equal(never.calls, 0);
}

static void on_done_frees(void *ctx, const struct http_response *response, const struct err *err)
{
    on_done(ctx, response, err);
    http_free(&http);
}

static void callbacks_may_free_all(void **state)
{
    (void)state;
    struct outcome o = {0}, others[3] = {0};
    scoped(str_free) char *ok = url("/ok");
    scoped(str_free) char *silent = url("/silent");
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        http_send(http, &(struct http_request){.url = silent}, on_done, &others[i]);
    }
    http_send(http, &(struct http_request){.url = ok}, on_done_frees, &o);
    turn_until(&o.calls, 1);
    assert_null(http);
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        assert_int_equal(others[i].calls, 1);
        assert_true(others[i].failed && others[i].kind == ERR_UNCERTAIN);
    }
    http_free(&http); /* of nothing */
    turn_for(20);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    unsetenv("http_proxy");
    unsetenv("https_proxy");
    unsetenv("all_proxy");
    unsetenv("ALL_PROXY");
    unsetenv("HTTPS_PROXY");
    const struct CMUnitTest tests[] = {
        FRESH(an_answer_arrives),
        FRESH(connections_are_kept),
        FRESH(bodies_are_sent),
        FRESH(large_bodies_arrive_whole),
        FRESH(failures_tell_what_may_have_happened),
        FRESH(what_never_left_may_be_tried_again),
        FRESH(tls_is_verified),
        FRESH(no_body_goes_out_twice),
        FRESH(many_at_once),
        FRESH(cancelled_requests_are_silent),
        FRESH(callbacks_may_send_and_cancel),
        FRESH(callbacks_may_free_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
