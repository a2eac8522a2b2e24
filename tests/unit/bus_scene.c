/* bus_scene.c - engines and clients that keep what they are told */
#include "tests/unit/bus_scene.h"

#include "tests/unit/cases.h"

#include <unistd.h>

#include "common/base/clock.h"
#include "common/base/log.h"

static sd_event *loop;
static char dir[64];

static void answer(struct engine_double *e, struct bus_origin origin, const char *id)
{
    bus_engine_answer(e->bus, origin, id, &(struct msg_answer){.outcome = "ok", .text = e->text});
}

void bus_scene_on_command(void *ctx, struct bus_origin origin, struct msg *m)
{
    struct engine_double *e = ctx;
    e->commands++;
    e->from = origin;
    if (e->holds) {
        assert_true(e->held_count < BUS_SCENE_HELD_MAX);
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

void bus_scene_release(struct engine_double *e)
{
    for (size_t i = 0; i < e->held_count; i++) {
        answer(e, e->origins[i], e->held[i]);
        free(e->held[i]);
    }
    e->held_count = 0;
    e->holds = false;
}

void bus_scene_engine(struct engine_double *e, const char *text)
{
    struct err err;
    e->text = text;
    e->bus = bus_engine_new(
        loop,
        &(struct bus_engine_opts){
            .dir = dir, .on_command = bus_scene_on_command, .on_batch = on_batch, .ctx = e},
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

void bus_scene_on_engines(void *ctx, size_t engines)
{
    struct client_double *c = ctx;
    c->engines = (int)engines;
}

void bus_scene_client(struct client_double *c, enum daemon_id self, const char *name,
                      int64_t patience_ms)
{
    struct err err;
    c->bus = bus_client_new(loop,
                            &(struct bus_client_opts){.self = self,
                                                      .endpoint_name = name,
                                                      .dir = dir,
                                                      .patience_ms = patience_ms,
                                                      .on_hint = on_hint,
                                                      .on_engines = bus_scene_on_engines,
                                                      .ctx = c},
                            &err);
    assert_non_null(c->bus);
}

void bus_scene_ask(struct client_double *c, const char *id)
{
    struct msg m = {.type = MSG_order_create, .id = id, .actor = "tg:1", .at = 1};
    m.body.order_create.text = "Нужен баннер";
    bus_client_ask(c->bus, &m, on_answer, c);
}

void bus_scene_ask_about(struct client_double *c, int64_t order_id)
{
    static int serial;
    char id[32];
    snprintf(id, sizeof id, "tg:2:%d", serial++);
    struct msg m = {.type = MSG_order_resume, .id = id, .actor = "tg:1", .at = 1};
    m.body.order_resume.order_id = order_id;
    m.body.order_resume.has_order_id = true;
    bus_client_ask(c->bus, &m, on_answer, c);
}

void bus_scene_ask_many(struct client_double *c, int count)
{
    static int serial;
    char id[32];
    for (int i = 0; i < count; i++) {
        snprintf(id, sizeof id, "tg:1:%d", serial++);
        bus_scene_ask(c, id);
    }
}

pid_t bus_scene_mute_engine(void)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    struct engine_double e = {.holds = true};
    sd_event_new(&loop); /* the parent's is not usable here */
    bus_scene_engine(&e, "");
    sd_event_loop(loop);
    _exit(0);
}

void bus_scene_run_for(int64_t ms)
{
    for (int64_t end = clock_mono_ms() + ms; clock_mono_ms() < end;)
        sd_event_run(loop, 10000);
}

void bus_scene_wait_for(const int *number, int value)
{
    int64_t deadline = clock_mono_ms() + 15000;
    while (*number != value) {
        assert_true(clock_mono_ms() < deadline);
        sd_event_run(loop, 100000);
    }
}

sd_event *bus_scene_loop(void)
{
    return loop;
}

const char *bus_scene_dir(void)
{
    return dir;
}

int bus_scene_setup(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/itsupport-bus-XXXXXX");
    assert_non_null(mkdtemp(dir));
    log_init("test_bus", LOG_LEVEL_ERROR);
    return sd_event_new(&loop) < 0 ? -1 : 0;
}

int bus_scene_teardown(void **state)
{
    (void)state;
    char command[100];
    loop = sd_event_unref(loop);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command);
}
