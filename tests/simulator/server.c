/* server.c - the HTTP side: one CivetWeb server in front of methods, control API, files and page */
#include "server.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include <civetweb.h>

#include "page.h"

enum { BODY_MOST = 20 << 20, DESCRIPTORS = 4096 };

struct server {
    struct world *world;
    struct server_opts opts;
    struct mg_context *http;
};

struct request {
    const struct mg_request_info *info;
    char *body;
    size_t len;
};

static void write_answer(struct mg_connection *conn, int status, const char *type,
                         const char *extra, const void *body, size_t len)
{
    struct text head = {0};
    text_addf(
        &head,
        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nCache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\n%s\r\n",
        status, mg_get_response_code_text(conn, status), type, len, extra);
    if (len > 0 && len < 256 << 10) { /* one packet train, not two */
        text_add(&head, body, len);
        mg_write(conn, head.s, head.len);
    } else {
        mg_write(conn, head.s, head.len);
        if (len > 0)
            mg_write(conn, body, len);
    }
    text_fini(&head);
}

/* Ends a connection of which nothing may be heard any more; with a reset, at once and impolitely.
 */
static void drop_connection(struct mg_connection *conn, bool reset)
{
    mg_disable_connection_keep_alive(conn);
    if (!reset)
        return;
    /* CivetWeb does not show its socket: it is the one with this peer's port */
    const struct mg_request_info *info = mg_get_request_info(conn);
    for (int fd = 3; fd < DESCRIPTORS; fd++) {
        struct sockaddr_in here, there;
        socklen_t size = sizeof there, own = sizeof here;
        if (getpeername(fd, (struct sockaddr *)&there, &size) == 0 &&
            getsockname(fd, (struct sockaddr *)&here, &own) == 0 && there.sin_family == AF_INET &&
            ntohs(there.sin_port) == info->remote_port &&
            ntohs(here.sin_port) == info->server_port) {
            struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
            connect(fd, &nowhere, sizeof nowhere); /* dissolves the association: a reset goes out */
            return;
        }
    }
}

static int refuse(struct mg_connection *conn, int status)
{
    mg_disable_connection_keep_alive(conn);
    write_answer(conn, status, "application/json", "Connection: close\r\n",
                 "{\"error\":\"refused\"}", 19);
    return status;
}

/* What a careful server refuses before it reads on: 0 if nothing. */
static int bad_framing(const struct mg_request_info *info)
{
    int lengths = 0, encodings = 0;
    for (int i = 0; i < info->num_headers; i++) {
        lengths += !strcasecmp(info->http_headers[i].name, "Content-Length");
        encodings += !strcasecmp(info->http_headers[i].name, "Transfer-Encoding");
    }
    if (lengths > 1 || encodings > 1 || (lengths && encodings))
        return 400;
    return info->content_length > BODY_MOST ? 413 : 0;
}

static int read_body(struct mg_connection *conn, struct request *request)
{
    const struct mg_request_info *info = request->info;
    if (info->content_length > 0) {
        request->body = mem_new((size_t)info->content_length + 1);
        while (request->len < (size_t)info->content_length) {
            int got = mg_read(conn, request->body + request->len,
                              (size_t)info->content_length - request->len);
            if (got <= 0)
                return 400;
            request->len += (size_t)got;
        }
        return 0;
    }
    if (!mg_get_header(conn, "Transfer-Encoding"))
        return 0;
    struct text body = {0};
    char block[16384];
    for (int got; (got = mg_read(conn, block, sizeof block)) > 0;) {
        text_add(&body, block, (size_t)got);
        if (body.len > BODY_MOST) {
            text_fini(&body);
            return 413;
        }
    }
    request->body = body.s;
    request->len = body.len;
    return 0;
}

static void write_log(struct server *server, const char *method, const struct answer *answer,
                      int64_t began_ms)
{
    FILE *log = server->opts.log;
    if (!log)
        return;
    flockfile(log);
    fprintf(log, "%s status=%d ms=%lld", method, answer->status,
            (long long)(world_now_ms() - began_ms));
    if (answer->status >= 400 && answer->body.s)
        fprintf(log, " %.*s", answer->body.len > 300 ? 300 : (int)answer->body.len, answer->body.s);
    fputc('\n', log);
    fflush(log);
    funlockfile(log);
}

static void serve_method(struct mg_connection *conn, struct server *server,
                         const struct request *request, const char *path)
{
    char token[128], method[64];
    const char *slash = strchr(path, '/');
    size_t token_len = slash ? (size_t)(slash - path) : strlen(path);
    snprintf(token, sizeof token, "%.*s", (int)token_len, path);
    snprintf(method, sizeof method, "%s", slash ? slash + 1 : "");
    struct answer answer = {0};
    int64_t began = world_now_ms();
    struct world *world = server->world;
    methods_serve(world, token, method, request->info->query_string,
                  mg_get_header(conn, "Content-Type"), request->body, request->len, &answer);
    if (answer.delay_ms > 0) {
        pthread_mutex_lock(&world->lock);
        for (int64_t until = world_now_ms() + answer.delay_ms;
             !world->stopping && world_now_ms() < until;)
            world_wait(world, &world->update_came, until);
        pthread_mutex_unlock(&world->lock);
    }
    write_log(server, method, &answer, began);
    if (answer.status == 0)
        drop_connection(conn, answer.reset);
    else
        write_answer(conn, answer.status, "application/json", "", answer.body.s, answer.body.len);
    text_fini(&answer.body);
}

/* Copies a file out of the world and sends it. */
static void serve_file(struct mg_connection *conn, struct world *world, const char *token,
                       const char *path, const char *id)
{
    char *data = NULL, type[128] = "application/octet-stream";
    size_t len = 0;
    pthread_mutex_lock(&world->lock);
    bool trusted = !token || !strcmp(token, world->token);
    struct file *file = !trusted ? NULL
                        : id     ? files_by_id(&world->files, id)
                                 : files_by_path(&world->files, path);
    if (file) {
        data = mem_dupn(file->data, file->len);
        len = file->len;
        /* only pictures are shown as what they are: no foreign page may run here */
        if (!strncmp(file->type, "image/", 6) && strcmp(file->type, "image/svg+xml") != 0)
            snprintf(type, sizeof type, "%s", file->type);
    }
    pthread_mutex_unlock(&world->lock);
    static const char missing[] = "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}";
    if (data)
        write_answer(conn, 200, type, "", data, len);
    else
        write_answer(conn, 404, "application/json", "", missing, sizeof missing - 1);
    free(data);
}

static void serve_page(struct mg_connection *conn, const char *path)
{
    static const char policy[] =
        "Content-Security-Policy: default-src 'self'; img-src 'self' data: blob:; "
        "style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'\r\n";
    for (size_t i = 0; i < page_count; i++)
        if (!strcmp(path, page_files[i].path) ||
            (!strcmp(path, "/") && !strcmp(page_files[i].path, "/index.html"))) {
            write_answer(conn, 200, page_files[i].type, policy, page_files[i].bytes,
                         page_files[i].len);
            return;
        }
    write_answer(conn, 404, "text/plain", "", "not found\n", 10);
}

static void route(struct mg_connection *conn, struct server *server, const struct request *request)
{
    const char *path = request->info->local_uri ? request->info->local_uri : "/";
    if (!strncmp(path, "/bot", 4)) {
        serve_method(conn, server, request, path + 4);
    } else if (!strncmp(path, "/file/bot", 9)) {
        char token[128];
        const char *slash = strchr(path + 9, '/');
        snprintf(token, sizeof token, "%.*s", slash ? (int)(slash - path - 9) : 0, path + 9);
        serve_file(conn, server->world, token, slash ? slash + 1 : "", NULL);
    } else if (!strncmp(path, "/sim/files/", 11)) {
        serve_file(conn, server->world, NULL, NULL, path + 11);
    } else if (!strcmp(path, "/sim") || !strncmp(path, "/sim/", 5)) {
        struct answer answer = {0};
        control_serve(server->world, &server->opts.conf, request->info->request_method, path,
                      request->info->query_string, request->body, request->len, &answer);
        write_answer(conn, answer.status, "application/json", "", answer.body.s, answer.body.len);
        text_fini(&answer.body);
    } else {
        serve_page(conn, path);
    }
}

static int on_request(struct mg_connection *conn)
{
    struct request request = {.info = mg_get_request_info(conn)};
    struct server *server = request.info->user_data;
    int status = bad_framing(request.info);
    if (status == 0)
        status = read_body(conn, &request);
    if (status != 0)
        refuse(conn, status);
    else
        route(conn, server, &request);
    free(request.body);
    return status ? status : 200;
}

static int on_log(const struct mg_connection *conn, const char *message)
{
    (void)conn;
    (void)message;
    return 1;
}

struct server *server_new(struct world *world, const struct server_opts *opts, char *why,
                          size_t why_size)
{
    /* clang-format off */
    const char *options[] = {
        "listening_ports",              opts->listen,
        "num_threads",                  "256", /* a kept connection holds one: the gateway has up to 128 */
        "connection_queue",             "128",
        "enable_keep_alive",            "yes",
        "keep_alive_timeout_ms",        "15000",
        "request_timeout_ms",           "10000",
        "tcp_nodelay",                  "1",
        "max_request_size",             "16384",
        "enable_directory_listing",     "no",
        "access_control_allow_origin",  "",
        "access_control_allow_methods", "",
        "access_control_allow_headers", "",
        NULL};
    /* clang-format on */
    struct mg_callbacks callbacks = {.begin_request = on_request, .log_message = on_log};
    struct server *server = mem_new(sizeof *server);
    server->world = world;
    server->opts = *opts;
    mg_init_library(0);
    server->http = mg_start(&callbacks, server, options);
    if (!server->http) {
        snprintf(why, why_size, "cannot listen on %s", opts->listen);
        mg_exit_library();
        free(server);
        return NULL;
    }
    return server;
}

int server_port(const struct server *server)
{
    struct mg_server_port ports[4];
    int count = mg_get_server_ports(server->http, 4, ports);
    return count > 0 ? ports[0].port : 0;
}

void server_free(struct server **server)
{
    if (!*server)
        return;
    struct world *world = (*server)->world;
    pthread_mutex_lock(&world->lock);
    world->stopping = true;
    pthread_cond_broadcast(&world->changed);
    pthread_cond_broadcast(&world->update_came);
    pthread_mutex_unlock(&world->lock);
    mg_stop((*server)->http);
    mg_exit_library();
    free(*server);
    *server = NULL;
}
