/* test_bus.c - commands and answers through real sockets: who gets what, who dies, who talks
 * nonsense */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zmq.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/io/bus.h"

#define HELD_MAX 1024

struct engine_double { /* an order-engine that answers at once, or holds what it gets */
    struct bus_engine *bus;
    bool holds;
    int commands, batches;
    struct bus_origin from;
    struct bus_origin origins[HELD_MAX];
    char *held[HELD_MAX];
    size_t held_count;
    const char *text; /* stands in its answers */
};

struct client_double {
    struct bus_client *bus;
    int answers, errors, hints, engines;
    char outcome[16], text[300];
    struct err err;
    enum msg_type hint;
};

static sd_event *loop;
static char dir[64];

/* ---- helpers ---- */

static void answer(struct engine_double *e, struct bus_origin origin, const char *id)
{
    bus_engine_answer(e->bus, origin, id, &(struct msg_answer){.outcome = "ok", .text = e->text});
}

static void on_command(void *ctx, struct bus_origin origin, struct msg *m)
{
    struct engine_double *e = ctx;
    e->commands++;
    e->from = origin;
    if (e->holds) {
        assert_true(e->held_count < HELD_MAX);
        e->origins[e->held_count] = origin;
        e->held[e->held_count++] = xstrdup(m->id);
    } else {
        answer(e, origin, m->id);
    }
    msg_fini(m);
}

static void on_batch(void *ctx)
{
    struct engine_double *e = ctx;
    e->batches++;
}

static void release(struct engine_double *e)
{
    for (size_t i = 0; i < e->held_count; i++) {
        answer(e, e->origins[i], e->held[i]);
        free(e->held[i]);
    }
    e->held_count = 0;
    e->holds = false;
}

static void start_engine(struct engine_double *e, const char *text)
{
    struct err err;
    e->text = text;
    e->bus =
        bus_engine_new(loop,
                       &(struct bus_engine_opts){
                           .dir = dir, .on_command = on_command, .on_batch = on_batch, .ctx = e},
                       &err);
    assert_non_null(e->bus);
}

static void on_answer(void *ctx, const struct msg_answer *a, const struct err *err)
{
    struct client_double *c = ctx;
    if (a) {
        c->answers++;
        snprintf(c->outcome, sizeof c->outcome, "%s", a->outcome);
        snprintf(c->text, sizeof c->text, "%s", a->text ? a->text : "");
    } else {
        c->errors++;
        c->err = *err;
    }
}

static void on_hint(void *ctx, const struct msg *hint)
{
    struct client_double *c = ctx;
    c->hints++;
    c->hint = hint->type;
}

static void on_engines(void *ctx, size_t engines)
{
    struct client_double *c = ctx;
    c->engines = (int)engines;
}

static void start_client(struct client_double *c, enum daemon_id self, const char *name,
                         int64_t patience_ms)
{
    struct err err;
    c->bus = bus_client_new(loop,
                            &(struct bus_client_opts){.self = self,
                                                      .endpoint_name = name,
                                                      .dir = dir,
                                                      .patience_ms = patience_ms,
                                                      .on_hint = on_hint,
                                                      .on_engines = on_engines,
                                                      .ctx = c},
                            &err);
    assert_non_null(c->bus);
}

static void ask(struct client_double *c, const char *id)
{
    struct msg m = {.type = MSG_order_create, .id = id, .actor = "tg:1", .at = 1};
    m.body.order_create.text = "Нужен баннер";
    bus_client_ask(c->bus, &m, on_answer, c);
}

static void ask_about(struct client_double *c, int64_t order_id)
{
    static int serial;
    char id[32];
    snprintf(id, sizeof id, "tg:2:%d", serial++);
    struct msg m = {.type = MSG_order_resume, .id = id, .actor = "tg:1", .at = 1};
    m.body.order_resume.order_id = order_id;
    m.body.order_resume.has_order_id = true;
    bus_client_ask(c->bus, &m, on_answer, c);
}

static void ask_many(struct client_double *c, int count)
{
    static int serial;
    char id[32];
    for (int i = 0; i < count; i++) {
        snprintf(id, sizeof id, "tg:1:%d", serial++);
        ask(c, id);
    }
}

static void run_for(int64_t ms)
{
    for (int64_t end = clock_mono_ms() + ms; clock_mono_ms() < end;)
        sd_event_run(loop, 10000);
}

static void wait_for(const int *number, int value)
{
    int64_t deadline = clock_mono_ms() + 15000;
    while (*number != value) {
        assert_true(clock_mono_ms() < deadline);
        sd_event_run(loop, 100000);
    }
}

static int setup(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/itsupport-bus-XXXXXX");
    assert_non_null(mkdtemp(dir));
    log_init("test_bus", LOG_LEVEL_ERROR);
    return sd_event_new(&loop) < 0 ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    char command[100];
    loop = sd_event_unref(loop);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command);
}

/* ---- the ordinary ---- */

static void a_command_is_answered(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    ask(&c, "tg:1:early"); /* waits for the first engine */
    assert_int_equal(bus_client_waiting(c.bus), 1);
    start_engine(&e, "hello");
    wait_for(&c.answers, 1);
    assert_string_equal(c.outcome, "ok");
    assert_string_equal(c.text, "hello");
    assert_int_equal(e.from.daemon, DAEMON_BOT_GATEWAY);
    assert_true(e.batches >= 1);
    assert_int_equal(c.engines, 1);
    assert_int_equal(bus_client_waiting(c.bus), 0);
    assert_int_equal(bus_engine_owed(e.bus), 0);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

static void the_same_id_asked_twice_is_answered_twice(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {.holds = true};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    start_engine(&e, "");
    ask(&c, "tg:1:1");
    ask(&c, "tg:1:1");
    wait_for(&e.commands, 2);
    release(&e); /* two answers: the first ends both, the second is dropped */
    wait_for(&c.answers, 2);
    run_for(50);
    assert_int_equal(c.answers, 2);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

static void capacity_is_honoured(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {.holds = true};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    start_engine(&e, "");
    wait_for(&c.engines, 1);
    ask_many(&c, BUS_ENGINE_SLOTS + 88);
    wait_for(&e.commands, BUS_ENGINE_SLOTS);
    run_for(100);
    assert_int_equal(e.commands, BUS_ENGINE_SLOTS);
    assert_int_equal(bus_engine_owed(e.bus), BUS_ENGINE_SLOTS);
    release(&e);
    wait_for(&c.answers, BUS_ENGINE_SLOTS + 88);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

static void work_is_shared_and_bye_drains(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double a = {.holds = true}, b = {.holds = true};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    start_engine(&a, "a");
    start_engine(&b, "b");
    wait_for(&c.engines, 2);
    ask_many(&c, 10);
    wait_for(&a.commands, 5);
    wait_for(&b.commands, 5);
    bus_engine_bye(a.bus);
    wait_for(&c.engines, 1);
    ask_many(&c, 10);
    wait_for(&b.commands, 15);
    assert_int_equal(a.commands, 5);
    assert_int_equal(bus_engine_owed(a.bus), 5);
    release(&a);
    assert_int_equal(bus_engine_owed(a.bus), 0);
    bus_engine_free(&a.bus); /* at once: its answers still leave */
    wait_for(&c.answers, 5);
    release(&b);
    wait_for(&c.answers, 20);
    bus_engine_free(&b.bus);
    bus_client_free(&c.bus);
}

/* Ten commands about one order: all to one engine, to another when that one is gone, and never to
 * none. */
static void an_order_keeps_its_engine(void **state)
{
    (void)state;
    enum { ORDERS = 40 };
    struct client_double c = {0};
    struct engine_double engines[2] = {0};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    start_engine(&engines[0], "a");
    start_engine(&engines[1], "b");
    wait_for(&c.engines, 2);
    int homes[2] = {0}, asked = 0;
    for (int64_t order = 1; order <= ORDERS; order++) {
        int before = engines[0].commands;
        for (int i = 0; i < 10; i++)
            ask_about(&c, order);
        wait_for(&c.answers, asked += 10);
        int first = engines[0].commands - before;
        assert_true(first == 0 || first == 10);
        homes[first == 0]++;
    }
    assert_in_range(homes[0], ORDERS / 5, ORDERS * 4 / 5);
    assert_in_range(homes[1], ORDERS / 5, ORDERS * 4 / 5);
    bus_engine_free(&engines[0].bus);
    wait_for(&c.engines, 1);
    for (int64_t order = 1; order <= ORDERS; order++)
        ask_about(&c, order);
    wait_for(&c.answers, asked + ORDERS);
    bus_engine_free(&engines[1].bus);
    bus_client_free(&c.bus);
}

static void an_engine_that_is_not_ready_gets_nothing(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    start_engine(&e, "");
    bus_engine_set_ready(e.bus, false);
    ask(&c, "tg:1:1");
    run_for(200);
    assert_int_equal(e.commands, 0);
    bus_engine_set_ready(e.bus, true);
    wait_for(&c.answers, 1);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

static void hints_reach_those_they_are_for(void **state)
{
    (void)state;
    struct client_double gateway = {0}, watcher = {0};
    struct engine_double e = {0};
    start_client(&gateway, DAEMON_BOT_GATEWAY, "bot-gateway@2", 0);
    start_engine(&e, "");
    wait_for(&gateway.engines, 1);
    start_client(&watcher, DAEMON_SLA_WATCHER, "sla-watcher", 0); /* found although it came later */
    wait_for(&watcher.engines, 1);
    assert_int_equal(bus_engine_links(e.bus), 2);
    struct msg m = {.type = MSG_notices_wait, .at = 1};
    m.body.notices_wait.newest_id = 5;
    bus_engine_hint(e.bus, &m);
    wait_for(&gateway.hints, 1);
    assert_int_equal(gateway.hint, MSG_notices_wait);
    m = (struct msg){.type = MSG_domain_changed, .at = 1};
    m.body.domain_changed.what = "parameters";
    bus_engine_hint(e.bus, &m);
    wait_for(&gateway.hints, 2);
    wait_for(&watcher.hints, 1);
    assert_int_equal(watcher.hint, MSG_domain_changed);
    bus_engine_free(&e.bus);
    bus_client_free(&watcher.bus);
    bus_client_free(&gateway.bus);
}

/* ---- losses ---- */

static void nobody_took_it_in_time(void **state)
{
    (void)state;
    struct client_double c = {0};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 150);
    int64_t began = clock_mono_ms();
    ask(&c, "tg:1:1");
    wait_for(&c.errors, 1);
    assert_int_equal(c.err.kind, ERR_TRANSIENT);
    assert_in_range(clock_mono_ms() - began, 150, 400);
    ask(&c, "tg:1:2");
    bus_client_free(&c.bus);
    assert_int_equal(c.errors, 2);
}

static void a_client_that_comes_back_is_found_again(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    start_engine(&e, "");
    for (int i = 0; i < 3; i++) {
        c = (struct client_double){0};
        start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
        int64_t began = clock_mono_ms();
        ask(&c, "tg:1:1");
        wait_for(&c.answers, 1);
        assert_true(clock_mono_ms() - began < 1000);
        bus_client_free(&c.bus);
        run_for(50);
    }
    bus_engine_free(&e.bus);
}

/* The old holder of a path still listens, and unlinks the path when it ends, although a new one has
 * it by then */
static void a_path_that_was_taken_over_is_followed(void **state)
{
    (void)state;
    struct client_double old = {0}, new = {0};
    struct engine_double e = {0}, later = {0};
    start_engine(&e, "");
    start_client(&old, DAEMON_SLA_WATCHER, "sla-watcher", 0);
    wait_for(&old.engines, 1);
    start_client(&new, DAEMON_SLA_WATCHER, "sla-watcher", 0);
    wait_for(&new.engines, 1);
    bus_client_free(&old.bus);
    ask(&new, "sla:1");
    run_for(100);
    start_engine(&later, "");
    wait_for(&new.engines, 2); /* the path is there again within a tick */
    bus_engine_free(&later.bus);
    bus_engine_free(&e.bus);
    bus_client_free(&new.bus);
}

/* Another process: an engine that takes commands and says nothing. It must be started before the
 * first socket. */
static pid_t start_mute_engine(void)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    struct engine_double e = {.holds = true};
    sd_event_new(&loop); /* the parent's is not usable here */
    start_engine(&e, "");
    sd_event_loop(loop);
    _exit(0);
}

static void lose_an_engine(int with_signal, int64_t within_ms)
{
    struct client_double c = {0};
    struct engine_double rescuer = {0};
    pid_t pid = start_mute_engine();
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    wait_for(&c.engines, 1);
    ask_many(&c, 20);
    run_for(100);
    start_engine(&rescuer, "rescued");
    wait_for(&c.engines, 2);
    assert_int_equal(c.answers, 0);
    int64_t began = clock_mono_ms();
    kill(pid, with_signal);
    wait_for(&c.answers, 20);
    assert_true(clock_mono_ms() - began < within_ms);
    assert_int_equal(rescuer.commands, 20);
    assert_int_equal(c.engines, 1);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    bus_engine_free(&rescuer.bus);
    bus_client_free(&c.bus);
}

static void a_killed_engine_is_replaced(void **state)
{
    (void)state;
    lose_an_engine(SIGKILL, 1500);
}

static void a_silent_engine_is_replaced(void **state)
{
    (void)state;
    lose_an_engine(SIGSTOP, 3500);
}

/* ---- nonsense ---- */

static const char good_command[] =
    "{\"v\":1,\"id\":\"tg:1:9\",\"type\":\"order.take\",\"actor\":\"tg:1\",\"at\":1,"
    "\"body\":{\"order_id\":1,\"estimate_minutes\":60}}";

/* A gateway that sends what it likes; returns the engine's next answer, "" if none comes */
static void say_and_hear(void *raw, char *peer, size_t peer_len, const char *frame, size_t len,
                         char *ret, size_t size)
{
    zmq_send(raw, peer, peer_len, ZMQ_SNDMORE);
    zmq_send(raw, frame, len, 0);
    ret[0] = '\0';
    for (int64_t end = clock_mono_ms() + 300; clock_mono_ms() < end && !ret[0];) {
        char from[256];
        sd_event_run(loop, 5000);
        if (zmq_recv(raw, from, sizeof from, ZMQ_DONTWAIT) < 0)
            continue;
        int got = zmq_recv(raw, ret, size - 1, 0);
        ret[got < (int)size ? got : (int)size - 1] = '\0';
    }
}

static void an_engine_answers_nonsense_politely(void **state)
{
    (void)state;
    static const struct {
        const char *frame, *answer, *why;
    } cases[] = {
        {"",                                                                                       "",                            "nothing"                          },
        {"\377\376",                                                                               "",                            "no UTF-8"                         },
        {"{\"v\":1",                                                                               "",                            "half a message"                   },
        {"[1]",                                                                                    "",                            "no object"                        },
        {"{\"v\":1,\"id\":\"x y\",\"type\":\"order.take\"}",                                       "",                            "no id that could be named"        },
        {"{\"v\":1,\"id\":\"i1\",\"type\":\"order.eat\",\"actor\":\"tg:1\",\"at\":1,\"body\":{}}",
         "\"id\":\"i1\"",                                                                                                         "unknown type"                     },
        {"{\"v\":1,\"id\":\"i2\",\"type\":\"order.take\",\"actor\":\"tg:1\",\"at\":1,\"body\":{"
         "\"order_id\":1}}",                                                              "estimate_minutes",            "a field is missing"               },
        {"{\"v\":1,\"id\":\"i3\",\"type\":\"order.take\",\"actor\":\"tg:1\",\"at\":1,\"body\":{"
         "\"order_id\":\"1\",\"estimate_minutes\":2}}",                                   "\"id\":\"i3\"",               "a field has the wrong type"       },
        {"{\"v\":1,\"id\":\"i4\",\"type\":\"deadline.reached\",\"actor\":\"system\",\"at\":1,"
         "\"body\":{\"deadline_id\":1,\"order_id\":1}}",                                  "not for bot-gateway to send", "another daemon's command"         },
        {"{\"v\":1,\"type\":\"capacity\",\"at\":1,\"body\":{\"slots\":1}}",                        "",
         "an engine's own word"                                                                                                                                      },
        {"{\"v\":1,\"id\":\"i5\",\"type\":\"order.eat\\ud800\\u0000\",\"actor\":\"tg:1\",\"at\":1,"
         "\"body\":{}}",                                                                  "\"id\":\"i5\"",               "text that could not be repeated"  },
        {good_command,                                                                             "\"ok\"",                      "and after all that it still works"},
    };
    struct engine_double e = {0};
    char path[128], peer[256], text[4096];
    void *context = zmq_ctx_new(), *raw = zmq_socket(context, ZMQ_ROUTER);
    snprintf(path, sizeof path, "%s/bot-gateway", dir);
    mkdir(path, 0750);
    snprintf(path, sizeof path, "ipc://%s/bot-gateway/bus", dir);
    assert_int_equal(zmq_bind(raw, path), 0);
    start_engine(&e, "");
    int peer_len = -1;
    while ((peer_len = zmq_recv(raw, peer, sizeof peer, ZMQ_DONTWAIT)) < 0)
        sd_event_run(loop, 5000);
    zmq_recv(raw, text, sizeof text, 0);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        say_and_hear(raw, peer, (size_t)peer_len, cases[i].frame, strlen(cases[i].frame), text,
                     sizeof text);
        if (*cases[i].answer ? !strstr(text, cases[i].answer) : *text != '\0')
            fail_msg("%s: got %s", cases[i].why, text);
    }
    scoped(str_free) char *big = xcalloc(2, MSG_BYTES_MAX);
    memset(big, ' ', 2 * MSG_BYTES_MAX - 1);
    say_and_hear(raw, peer, (size_t)peer_len, big, 2 * MSG_BYTES_MAX, text, sizeof text);
    assert_string_equal(text, "");
    zmq_send(raw, peer, (size_t)peer_len, ZMQ_SNDMORE);
    zmq_send(raw, good_command, strlen(good_command), ZMQ_SNDMORE); /* a part too many */
    zmq_send(raw, "more", 4, 0);
    say_and_hear(raw, peer, (size_t)peer_len, good_command, strlen(good_command), text,
                 sizeof text);
    assert_non_null(strstr(text, "a message has one part"));
    assert_int_equal(e.commands, 2);
    bus_engine_free(&e.bus);
    zmq_close(raw);
    zmq_ctx_term(context);
}

static void a_client_survives_nonsense(void **state)
{
    (void)state;
    static const char *const frames[] = {
        "",
        "\377",
        "{}",
        good_command,
        "{\"v\":1,\"type\":\"capacity\",\"at\":1,\"body\":{\"slots\":-5}}",
        "{\"v\":1,\"id\":\"nobodys\",\"type\":\"answer\",\"at\":1,\"body\":{\"outcome\":\"ok\"}}",
        "{\"v\":1,\"id\":\"tg:1:mine\",\"type\":\"answer\",\"at\":1,\"body\":{}}"};
    struct client_double c = {0};
    struct engine_double e = {0};
    char path[128];
    void *context = zmq_ctx_new(), *raw = zmq_socket(context, ZMQ_DEALER);
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    snprintf(path, sizeof path, "ipc://%s/bot-gateway/bus", dir);
    zmq_connect(raw, path);
    ask(&c, "tg:1:mine");
    for (size_t i = 0; i < ARRAY_LEN(frames); i++)
        zmq_send(raw, frames[i], strlen(frames[i]), 0);
    zmq_send(raw, "a", 1, ZMQ_SNDMORE);
    zmq_send(raw, "b", 1, 0);
    wait_for(&c.errors, 1); /* the unreadable answer */
    assert_int_equal(c.err.kind, ERR_UNCERTAIN);
    start_engine(&e, "");
    ask(&c, "tg:1:good");
    wait_for(&c.answers, 1);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
    zmq_close(raw);
    zmq_ctx_term(context);
}

/* ---- tcp ---- */

static void only_known_keys_come_in_by_tcp(void **state)
{
    (void)state;
    char public_key[41], secret_key[41], engine_public[41], engine_secret[41], no_public[41],
        no_secret[41];
    struct client_double c = {0};
    struct engine_double e = {0}, stranger = {0};
    struct err err;
    char endpoint[64], tcp[100];
    if (zmq_curve_keypair(public_key, secret_key) < 0)
        skip();
    zmq_curve_keypair(engine_public, engine_secret);
    zmq_curve_keypair(no_public, no_secret);
    snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1:%d", 20000 + getpid() % 10000);
    snprintf(tcp, sizeof tcp, "bot-gateway=%s", endpoint);
    c.bus = bus_client_new(loop,
                           &(struct bus_client_opts){.self = DAEMON_BOT_GATEWAY,
                                                     .endpoint_name = "bot-gateway",
                                                     .dir = dir,
                                                     .tcp_endpoint = endpoint,
                                                     .curve_secret_key = secret_key,
                                                     .curve_engine_keys = engine_public,
                                                     .on_engines = on_engines,
                                                     .ctx = &c},
                           &err);
    assert_non_null(c.bus);
    struct bus_engine_opts opts = {.dir = "/nonexistent",
                                   .tcp_endpoints = tcp,
                                   .curve_server_keys = public_key,
                                   .curve_secret_key = no_secret,
                                   .on_command = on_command,
                                   .ctx = &stranger};
    stranger.bus = bus_engine_new(loop, &opts, &err);
    run_for(300);
    assert_int_equal(c.engines, 0);
    assert_int_equal(bus_engine_links(stranger.bus), 0);
    opts.curve_secret_key = engine_secret;
    opts.ctx = &e;
    e.bus = bus_engine_new(loop, &opts, &err);
    ask(&c, "tg:1:1");
    wait_for(&c.answers, 1);
    assert_int_equal(e.commands, 1);
    opts.tcp_endpoints = "bot-gateway=ipc:///tmp/x";
    assert_null(bus_engine_new(loop, &opts, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    bus_engine_free(&stranger.bus);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

/* ---- speed ---- */

enum { FLOOD = 50000 };

static void a_flood_is_answered(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    start_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    start_engine(&e, NULL);
    wait_for(&c.engines, 1);
    int64_t began = clock_mono_ms();
    ask_many(&c, FLOOD);
    wait_for(&c.answers, FLOOD);
    int64_t took = max_i64(1, clock_mono_ms() - began);
    print_message("%d commands and answers in %d ms, both ends in one thread: %d/s\n", FLOOD,
                  (int)took, (int)(FLOOD * 1000 / took));
    assert_int_equal(e.commands, FLOOD);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_command_is_answered),
        TEST(the_same_id_asked_twice_is_answered_twice),
        TEST(capacity_is_honoured),
        TEST(work_is_shared_and_bye_drains),
        TEST(an_order_keeps_its_engine),
        TEST(an_engine_that_is_not_ready_gets_nothing),
        TEST(hints_reach_those_they_are_for),
        TEST(nobody_took_it_in_time),
        TEST(a_client_that_comes_back_is_found_again),
        TEST(a_path_that_was_taken_over_is_followed),
        TEST(a_killed_engine_is_replaced),
        TEST(a_silent_engine_is_replaced),
        TEST(an_engine_answers_nonsense_politely),
        TEST(a_client_survives_nonsense),
        TEST(only_known_keys_come_in_by_tcp),
        TEST(a_flood_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
