/* test_bus_strangers.c - who talks nonsense on the bus is answered politely or not at all, and by
 * tcp only those who are known come in */
#include "tests/unit/cases.h"

#include <sys/stat.h>
#include <unistd.h>

#include <zmq.h>

#include "common/base/clock.h"
#include "tests/unit/bus_scene.h"

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
        sd_event_run(bus_scene_loop(), 5000);
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
    snprintf(path, sizeof path, "%s/bot-gateway", bus_scene_dir());
    mkdir(path, 0750);
    snprintf(path, sizeof path, "ipc://%s/bot-gateway/bus", bus_scene_dir());
    assert_int_equal(zmq_bind(raw, path), 0);
    bus_scene_engine(&e, "");
    int peer_len = -1;
    while ((peer_len = zmq_recv(raw, peer, sizeof peer, ZMQ_DONTWAIT)) < 0)
        sd_event_run(bus_scene_loop(), 5000);
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
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    snprintf(path, sizeof path, "ipc://%s/bot-gateway/bus", bus_scene_dir());
    zmq_connect(raw, path);
    bus_scene_ask(&c, "tg:1:mine");
    for (size_t i = 0; i < ARRAY_LEN(frames); i++)
        zmq_send(raw, frames[i], strlen(frames[i]), 0);
    zmq_send(raw, "a", 1, ZMQ_SNDMORE);
    zmq_send(raw, "b", 1, 0);
    bus_scene_wait_for(&c.errors, 1); /* the unreadable answer */
    assert_int_equal(c.err.kind, ERR_UNCERTAIN);
    bus_scene_engine(&e, "");
    bus_scene_ask(&c, "tg:1:good");
    bus_scene_wait_for(&c.answers, 1);
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
    c.bus = bus_client_new(bus_scene_loop(),
                           &(struct bus_client_opts){.self = DAEMON_BOT_GATEWAY,
                                                     .endpoint_name = "bot-gateway",
                                                     .dir = bus_scene_dir(),
                                                     .tcp_endpoint = endpoint,
                                                     .curve_secret_key = secret_key,
                                                     .curve_engine_keys = engine_public,
                                                     .on_engines = bus_scene_on_engines,
                                                     .ctx = &c},
                           &err);
    assert_non_null(c.bus);
    struct bus_engine_opts opts = {.dir = "/nonexistent",
                                   .tcp_endpoints = tcp,
                                   .curve_server_keys = public_key,
                                   .curve_secret_key = no_secret,
                                   .on_command = bus_scene_on_command,
                                   .ctx = &stranger};
    stranger.bus = bus_engine_new(bus_scene_loop(), &opts, &err);
    bus_scene_run_for(300);
    assert_int_equal(c.engines, 0);
    assert_int_equal(bus_engine_links(stranger.bus), 0);
    opts.curve_secret_key = engine_secret;
    opts.ctx = &e;
    e.bus = bus_engine_new(bus_scene_loop(), &opts, &err);
    bus_scene_ask(&c, "tg:1:1");
    bus_scene_wait_for(&c.answers, 1);
    assert_int_equal(e.commands, 1);
    opts.tcp_endpoints = "bot-gateway=ipc:///tmp/x";
    assert_null(bus_engine_new(bus_scene_loop(), &opts, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    bus_engine_free(&stranger.bus);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BUS_TEST(an_engine_answers_nonsense_politely),
        BUS_TEST(a_client_survives_nonsense),
        BUS_TEST(only_known_keys_come_in_by_tcp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
