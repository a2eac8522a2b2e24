/* test_bus.c - commands and answers through real sockets: who gets what, and what happens when one
 * of them dies */
#include "tests/unit/cases.h"

#include <signal.h>
#include <sys/wait.h>

#include "common/base/clock.h"
#include "tests/unit/bus_scene.h"

/* ---- the ordinary ---- */

static void a_command_is_answered(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_ask(&c, "tg:1:early"); /* waits for the first engine */
    assert_int_equal(bus_client_waiting(c.bus), 1);
    bus_scene_engine(&e, "hello");
    bus_scene_wait_for(&c.answers, 1);
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
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_engine(&e, "");
    bus_scene_ask(&c, "tg:1:1");
    bus_scene_ask(&c, "tg:1:1");
    bus_scene_wait_for(&e.commands, 2);
    bus_scene_release(&e); /* two answers: the first ends both, the second is dropped */
    bus_scene_wait_for(&c.answers, 2);
    bus_scene_run_for(50);
    assert_int_equal(c.answers, 2);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

static void capacity_is_honoured(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {.holds = true};
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_engine(&e, "");
    bus_scene_wait_for(&c.engines, 1);
    bus_scene_ask_many(&c, BUS_ENGINE_SLOTS + 88);
    bus_scene_wait_for(&e.commands, BUS_ENGINE_SLOTS);
    bus_scene_run_for(100);
    assert_int_equal(e.commands, BUS_ENGINE_SLOTS);
    assert_int_equal(bus_engine_owed(e.bus), BUS_ENGINE_SLOTS);
    bus_scene_release(&e);
    bus_scene_wait_for(&c.answers, BUS_ENGINE_SLOTS + 88);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

static void work_is_shared_and_bye_drains(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double a = {.holds = true}, b = {.holds = true};
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_engine(&a, "a");
    bus_scene_engine(&b, "b");
    bus_scene_wait_for(&c.engines, 2);
    bus_scene_ask_many(&c, 10);
    bus_scene_wait_for(&a.commands, 5);
    bus_scene_wait_for(&b.commands, 5);
    bus_engine_bye(a.bus);
    bus_scene_wait_for(&c.engines, 1);
    bus_scene_ask_many(&c, 10);
    bus_scene_wait_for(&b.commands, 15);
    assert_int_equal(a.commands, 5);
    assert_int_equal(bus_engine_owed(a.bus), 5);
    bus_scene_release(&a);
    assert_int_equal(bus_engine_owed(a.bus), 0);
    bus_engine_free(&a.bus); /* at once: its answers still leave */
    bus_scene_wait_for(&c.answers, 5);
    bus_scene_release(&b);
    bus_scene_wait_for(&c.answers, 20);
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
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_engine(&engines[0], "a");
    bus_scene_engine(&engines[1], "b");
    bus_scene_wait_for(&c.engines, 2);
    int homes[2] = {0}, asked = 0;
    for (int64_t order = 1; order <= ORDERS; order++) {
        int before = engines[0].commands;
        for (int i = 0; i < 10; i++)
            bus_scene_ask_about(&c, order);
        bus_scene_wait_for(&c.answers, asked += 10);
        int first = engines[0].commands - before;
        assert_true(first == 0 || first == 10);
        homes[first == 0]++;
    }
    assert_in_range(homes[0], ORDERS / 5, ORDERS * 4 / 5);
    assert_in_range(homes[1], ORDERS / 5, ORDERS * 4 / 5);
    bus_engine_free(&engines[0].bus);
    bus_scene_wait_for(&c.engines, 1);
    for (int64_t order = 1; order <= ORDERS; order++)
        bus_scene_ask_about(&c, order);
    bus_scene_wait_for(&c.answers, asked + ORDERS);
    bus_engine_free(&engines[1].bus);
    bus_client_free(&c.bus);
}

static void an_engine_that_is_not_ready_gets_nothing(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_engine(&e, "");
    bus_engine_set_ready(e.bus, false);
    bus_scene_ask(&c, "tg:1:1");
    bus_scene_run_for(200);
    assert_int_equal(e.commands, 0);
    bus_engine_set_ready(e.bus, true);
    bus_scene_wait_for(&c.answers, 1);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

static void hints_reach_those_they_are_for(void **state)
{
    (void)state;
    struct client_double gateway = {0}, watcher = {0};
    struct engine_double e = {0};
    bus_scene_client(&gateway, DAEMON_BOT_GATEWAY, "bot-gateway@2", 0);
    bus_scene_engine(&e, "");
    bus_scene_wait_for(&gateway.engines, 1);
    bus_scene_client(&watcher, DAEMON_SLA_WATCHER, "sla-watcher",
                     0); /* found although it came later */
    bus_scene_wait_for(&watcher.engines, 1);
    assert_int_equal(bus_engine_links(e.bus), 2);
    struct msg m = {.type = MSG_notices_wait, .at = 1};
    m.body.notices_wait.newest_id = 5;
    bus_engine_hint(e.bus, &m);
    bus_scene_wait_for(&gateway.hints, 1);
    assert_int_equal(gateway.hint, MSG_notices_wait);
    m = (struct msg){.type = MSG_domain_changed, .at = 1};
    m.body.domain_changed.what = "parameters";
    bus_engine_hint(e.bus, &m);
    bus_scene_wait_for(&gateway.hints, 2);
    bus_scene_wait_for(&watcher.hints, 1);
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
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 150);
    int64_t began = clock_mono_ms();
    bus_scene_ask(&c, "tg:1:1");
    bus_scene_wait_for(&c.errors, 1);
    assert_int_equal(c.err.kind, ERR_TRANSIENT);
    assert_in_range(clock_mono_ms() - began, 150, 400);
    bus_scene_ask(&c, "tg:1:2");
    bus_client_free(&c.bus);
    assert_int_equal(c.errors, 2);
}

static void a_client_that_comes_back_is_found_again(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    bus_scene_engine(&e, "");
    for (int i = 0; i < 3; i++) {
        c = (struct client_double){0};
        bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
        int64_t began = clock_mono_ms();
        bus_scene_ask(&c, "tg:1:1");
        bus_scene_wait_for(&c.answers, 1);
        assert_true(clock_mono_ms() - began < 1000);
        bus_client_free(&c.bus);
        bus_scene_run_for(50);
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
    bus_scene_engine(&e, "");
    bus_scene_client(&old, DAEMON_SLA_WATCHER, "sla-watcher", 0);
    bus_scene_wait_for(&old.engines, 1);
    bus_scene_client(&new, DAEMON_SLA_WATCHER, "sla-watcher", 0);
    bus_scene_wait_for(&new.engines, 1);
    bus_client_free(&old.bus);
    bus_scene_ask(&new, "sla:1");
    bus_scene_run_for(100);
    bus_scene_engine(&later, "");
    bus_scene_wait_for(&new.engines, 2); /* the path is there again within a tick */
    bus_engine_free(&later.bus);
    bus_engine_free(&e.bus);
    bus_client_free(&new.bus);
}

static void lose_an_engine(int with_signal, int64_t within_ms)
{
    struct client_double c = {0};
    struct engine_double rescuer = {0};
    pid_t pid = bus_scene_mute_engine();
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_wait_for(&c.engines, 1);
    bus_scene_ask_many(&c, 20);
    bus_scene_run_for(100);
    bus_scene_engine(&rescuer, "rescued");
    bus_scene_wait_for(&c.engines, 2);
    assert_int_equal(c.answers, 0);
    int64_t began = clock_mono_ms();
    kill(pid, with_signal);
    bus_scene_wait_for(&c.answers, 20);
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

/* ---- speed ---- */

enum { FLOOD = 50000 };

static void a_flood_is_answered(void **state)
{
    (void)state;
    struct client_double c = {0};
    struct engine_double e = {0};
    bus_scene_client(&c, DAEMON_BOT_GATEWAY, "bot-gateway", 0);
    bus_scene_engine(&e, NULL);
    bus_scene_wait_for(&c.engines, 1);
    int64_t began = clock_mono_ms();
    bus_scene_ask_many(&c, FLOOD);
    bus_scene_wait_for(&c.answers, FLOOD);
    int64_t took = max_i64(1, clock_mono_ms() - began);
    print_message("%d commands and answers in %d ms, both ends in one thread: %d/s\n", FLOOD,
                  (int)took, (int)(FLOOD * 1000 / took));
    assert_int_equal(e.commands, FLOOD);
    bus_engine_free(&e.bus);
    bus_client_free(&c.bus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BUS_TEST(a_command_is_answered),
        BUS_TEST(the_same_id_asked_twice_is_answered_twice),
        BUS_TEST(capacity_is_honoured),
        BUS_TEST(work_is_shared_and_bye_drains),
        BUS_TEST(an_order_keeps_its_engine),
        BUS_TEST(an_engine_that_is_not_ready_gets_nothing),
        BUS_TEST(hints_reach_those_they_are_for),
        BUS_TEST(nobody_took_it_in_time),
        BUS_TEST(a_client_that_comes_back_is_found_again),
        BUS_TEST(a_path_that_was_taken_over_is_followed),
        BUS_TEST(a_killed_engine_is_replaced),
        BUS_TEST(a_silent_engine_is_replaced),
        BUS_TEST(a_flood_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
