/* http.c - HTTP requests in the event loop: libcurl multi, driven by sd-event */
#include "common/io/http.h"

#include <sys/epoll.h>

#include <curl/curl.h>

#define TIMEOUT_MS 30000
#define CONNECT_TIMEOUT_MS 10000
#define RESPONSE_CAP (4 * 1024 * 1024)
#define IDLE_HANDLES 64     /* kept for the next requests */
#define CONNECTIONS_MAX 128 /* further requests wait for one of them */

struct http {
    sd_event *loop;
    CURLM *multi;
    sd_event_source *timer;
    struct curl_slist *json_headers, *plain_headers;
    CURL *idle[IDLE_HANDLES];
    size_t idle_count;
    struct http_transfer *first; /* all that are in flight */
    bool closing;                /* no new requests */
    bool calling; /* finish_done is on the stack: who frees us then leaves it the last bytes */
    bool dead;
};

/* What is sent, as a stream that cannot be rewound: so libcurl cannot send a body again by itself
 * when a kept connection dies under it, and whether a message went out twice stays our decision. */
struct upload {
    char *bytes;
    size_t len, at;
};

struct http_transfer {
    struct http *http;
    struct http_transfer *prev, *next;
    CURL *easy;
    http_done_fn on_done;
    void *ctx;
    char *log_name;
    struct buf response;
    size_t response_cap;
    bool too_large;
    struct upload upload;
    curl_mime *mime;
};

/* ---- a transfer's life ---- */

static void link_in(struct http *h, struct http_transfer *t)
{
    t->next = h->first;
    if (h->first) {
        h->first->prev = t;
    }
    h->first = t;
}

static void unlink_from(struct http *h, struct http_transfer *t)
{
    if (t->prev) {
        t->prev->next = t->next;
    } else {
        h->first = t->next;
    }
    if (t->next) {
        t->next->prev = t->prev;
    }
}

static CURL *borrow_handle(struct http *h)
{
    if (h->idle_count > 0) {
        return h->idle[--h->idle_count];
    }
    CURL *easy = curl_easy_init();
    assert(easy);
    return easy;
}

static void give_handle_back(struct http *h, CURL *easy)
{
    curl_easy_reset(easy);
    if (h->idle_count < IDLE_HANDLES) {
        h->idle[h->idle_count++] = easy;
    } else {
        curl_easy_cleanup(easy);
    }
}

/* Out of the list and out of libcurl; the memory stays for the callback. */
static void detach(struct http_transfer *t)
{
    curl_multi_remove_handle(t->http->multi, t->easy);
    unlink_from(t->http, t);
    give_handle_back(t->http, take_ptr(t->easy));
    curl_mime_free(take_ptr(t->mime));
}

static void transfer_free(struct http_transfer **pt)
{
    struct http_transfer *t = *pt;
    buf_fini(&t->response);
    free(t->upload.bytes);
    free(t->log_name);
    free(t);
    *pt = NULL;
}

/* ---- what became of it ---- */

/* Whether a single byte of the request was written decides what a failure means. */
static enum err_kind kind_of_failure(CURL *easy, CURLcode code)
{
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
        return ERR_INPUT;
    }
    long sent_bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &sent_bytes);
    return sent_bytes > 0 ? ERR_UNCERTAIN : ERR_TRANSIENT;
}

/* curl_easy_strerror only: libcurl's longer messages may hold the URL, and with it a secret. */
static void describe_failure(const struct http_transfer *t, CURLcode code, struct err *err)
{
    long os_errno = 0;
    curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &os_errno);
    enum err_kind kind = kind_of_failure(t->easy, code);
    if (t->too_large) {
        err_set(err, kind, "%s: the answer is larger than %zu bytes", t->log_name, t->response_cap);
    } else if (code == CURLE_COULDNT_CONNECT && os_errno) {
        err_set(err, kind, "%s: %s (%s)", t->log_name, curl_easy_strerror(code),
                strerror((int)os_errno));
    } else {
        err_set(err, kind, "%s: %s", t->log_name, curl_easy_strerror(code));
    }
}

static void finish(struct http_transfer *t, CURLcode code)
{
    struct http_response response = {0};
    struct err err;
    if (code == CURLE_OK) {
        curl_off_t retry_after_s = 0;
        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &response.status);
        curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &retry_after_s);
        response.retry_after_s = retry_after_s;
        response.body = buf_text(&t->response);
        response.len = t->response.len;
    } else {
        describe_failure(t, code, &err);
    }
    detach(t);
    t->on_done(t->ctx, code == CURLE_OK ? &response : NULL, code == CURLE_OK ? NULL : &err);
    transfer_free(&t);
}

/* Callbacks may send, cancel, and free the http itself. */
static void finish_done(struct http *h)
{
    h->calling = true;
    CURLMsg *message;
    int left;
    while (!h->dead && (message = curl_multi_info_read(h->multi, &left))) {
        struct http_transfer *t = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
        finish(t, code);
    }
    h->calling = false;
    if (h->dead) {
        free(h);
    }
}

/* ---- the loop ---- */

static int on_io(sd_event_source *source, int fd, uint32_t events, void *ctx)
{
    (void)source;
    struct http *h = ctx;
    int running;
    int what = (events & EPOLLIN ? CURL_CSELECT_IN : 0) |
               (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
               (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
    curl_multi_socket_action(h->multi, fd, what, &running);
    finish_done(h);
    return 0;
}

static int on_timer(sd_event_source *source, uint64_t now_us, void *ctx)
{
    (void)source;
    (void)now_us;
    struct http *h = ctx;
    int running;
    curl_multi_socket_action(h->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    finish_done(h);
    return 0;
}

static int on_curl_timer(CURLM *multi, long timeout_ms, void *ctx)
{
    (void)multi;
    struct http *h = ctx;
    if (timeout_ms < 0) {
        return sd_event_source_set_enabled(h->timer, SD_EVENT_OFF) < 0 ? -1 : 0;
    }
    int rc = sd_event_source_set_time_relative(h->timer, (uint64_t)timeout_ms * 1000);
    return rc < 0 || sd_event_source_set_enabled(h->timer, SD_EVENT_ONESHOT) < 0 ? -1 : 0;
}

static int on_curl_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *socket_ctx)
{
    (void)easy;
    struct http *h = ctx;
    sd_event_source *source = socket_ctx;
    if (what == CURL_POLL_REMOVE) {
        sd_event_source_disable_unref(source);
        curl_multi_assign(h->multi, fd, NULL);
        return 0;
    }
    uint32_t events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
    if (source) {
        return sd_event_source_set_io_events(source, events) < 0 ? -1 : 0;
    }
    if (sd_event_add_io(h->loop, &source, fd, events, on_io, h) < 0) {
        return -1;
    }
    curl_multi_assign(h->multi, fd, source);
    return 0;
}

/* ---- the request ---- */

static size_t on_response_bytes(char *bytes, size_t size, size_t count, void *ctx)
{
    struct http_transfer *t = ctx;
    size_t len = size * count;
    if (len > t->response_cap - t->response.len) {
        t->too_large = true;
        return 0; /* ends the transfer with an error */
    }
    buf_add(&t->response, bytes, len);
    return len;
}

static size_t on_upload_bytes(char *into, size_t size, size_t count, void *ctx)
{
    struct upload *up = ctx;
    size_t left = up->len - up->at;
    size_t len = size * count < left ? size * count : left;
    memcpy(into, up->bytes + up->at, len);
    up->at += len;
    return len;
}

static void on_part_freed(void *ctx)
{
    struct upload *up = ctx;
    free(up->bytes);
    free(up);
}

static void add_part(curl_mime *mime, const struct http_part *part)
{
    const void *bytes = part->file_name ? part->bytes : part->text;
    size_t len = part->file_name ? part->len : strlen(part->text);
    struct upload *up = xcalloc(1, sizeof(*up));
    *up = (struct upload){.bytes = xmemdup_text(bytes, len), .len = len};

    curl_mimepart *p = curl_mime_addpart(mime);
    assert(p);
    curl_mime_name(p, part->name);
    if (part->file_name) {
        curl_mime_filename(p, part->file_name);
    }
    if (part->content_type) {
        curl_mime_type(p, part->content_type);
    }
    curl_mime_data_cb(p, (curl_off_t)len, on_upload_bytes, NULL, on_part_freed, up);
}

static void set_body(struct http_transfer *t, const struct http_request *r)
{
    CURL *easy = t->easy;
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, t->http->plain_headers);
    if (r->json_body) {
        t->upload = (struct upload){.bytes = xstrdup(r->json_body), .len = strlen(r->json_body)};
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, t->http->json_headers);
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->upload.len);
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_upload_bytes);
        curl_easy_setopt(easy, CURLOPT_READDATA, &t->upload);
    } else if (r->parts) {
        t->mime = curl_mime_init(easy);
        assert(t->mime);
        for (const struct http_part *part = r->parts; part->name; part++) {
            add_part(t->mime, part);
        }
        curl_easy_setopt(easy, CURLOPT_MIMEPOST, t->mime);
    }
}

static void set_options(struct http_transfer *t, const struct http_request *r)
{
    CURL *easy = t->easy;
    long timeout_ms = (long)(r->timeout_ms > 0 ? r->timeout_ms : TIMEOUT_MS);
    curl_easy_setopt(easy, CURLOPT_URL, r->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L); /* libcurl's defaults; said aloud */
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "itsupport/" SUITE_VERSION);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)min_i64(timeout_ms, CONNECT_TIMEOUT_MS));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_response_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
    set_body(t, r);
}

struct http_transfer *http_send(struct http *h, const struct http_request *r, http_done_fn on_done,
                                void *ctx)
{
    assert(!h->closing && on_done);
    struct http_transfer *t = xcalloc(1, sizeof(*t));
    t->http = h;
    t->easy = borrow_handle(h);
    t->on_done = on_done;
    t->ctx = ctx;
    t->log_name = xstrdup(r->log_name ? r->log_name : "request");
    t->response_cap = r->response_cap ? r->response_cap : RESPONSE_CAP;
    set_options(t, r);
    link_in(h, t);
    CURLMcode rc = curl_multi_add_handle(
        h->multi, t->easy); /* only sets the timer to now: no callback from here */
    assert(rc == CURLM_OK);
    (void)rc;
    return t;
}

void http_cancel(struct http *h, struct http_transfer *t)
{
    assert(t->http == h);
    detach(t);
    transfer_free(&t);
}

/* ---- the whole ---- */

struct http *http_new(sd_event *loop)
{
    struct http *h = xcalloc(1, sizeof(*h));
    curl_global_init(CURL_GLOBAL_DEFAULT);
    h->loop = sd_event_ref(loop);
    h->multi = curl_multi_init();
    assert(h->multi);
    h->json_headers = curl_slist_append(NULL, "Content-Type: application/json");
    h->json_headers =
        curl_slist_append(h->json_headers, "Expect:"); /* no 100-continue round trip */
    h->plain_headers = curl_slist_append(NULL, "Expect:");
    int rc = sd_event_add_time(loop, &h->timer, CLOCK_MONOTONIC, 0, 1, on_timer, h);
    assert(rc >= 0);
    rc = sd_event_source_set_enabled(h->timer, SD_EVENT_OFF);
    assert(rc >= 0);
    (void)rc;
    curl_multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, on_curl_socket);
    curl_multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
    curl_multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, on_curl_timer);
    curl_multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
    curl_multi_setopt(h->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)CONNECTIONS_MAX);
    curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS_MAX);
    return h;
}

static void end_all(struct http *h)
{
    while (h->first) {
        struct http_transfer *t = h->first;
        struct err err;
        err_set(&err, ERR_UNCERTAIN, "%s: given up, the program stops", t->log_name);
        detach(t);
        t->on_done(t->ctx, NULL, &err);
        transfer_free(&t);
    }
}

void http_free(struct http **ph)
{
    struct http *h = *ph;
    if (!h) {
        return;
    }
    *ph = NULL;
    h->closing = true;
    end_all(h);
    while (h->idle_count > 0) {
        curl_easy_cleanup(h->idle[--h->idle_count]);
    }
    curl_multi_cleanup(h->multi);
    sd_event_source_disable_unref(h->timer);
    curl_slist_free_all(h->json_headers);
    curl_slist_free_all(h->plain_headers);
    sd_event_unref(h->loop);
    curl_global_cleanup();
    h->dead = true;
    if (!h->calling) {
        free(h);
    }
}
