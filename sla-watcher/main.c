/* main.c - sla-watcher: passing time into commands */
#include <sodium.h>

#include "common/io/service.h"
#include "sla-watcher/watcher.h"

struct program {
    struct watcher_conf conf;
    struct watcher *watcher;
    sd_event *loop;
};

static int start(void *ctx, sd_event *loop, struct err *err)
{
    struct program *p = ctx;
    p->loop = loop;
    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, "libsodium does not start");
    p->watcher = watcher_new(loop, &p->conf);
    return 0;
}

/* What is in flight is not waited for: whoever watches next asks again under the same ids. */
static void stop(void *ctx)
{
    service_stopped(((struct program *)ctx)->loop);
}

static void log_stats(void *ctx)
{
    watcher_log_stats(((struct program *)ctx)->watcher);
}

static void fini(void *ctx)
{
    watcher_free(&((struct program *)ctx)->watcher);
}

int main(int argc, char **argv)
{
    struct program program = {0};
    return service_main(argc, argv,
                        &(struct service){.name = "sla-watcher",
                                          .settings = &watcher_settings,
                                          .conf = &program.conf,
                                          .start = start,
                                          .stop = stop,
                                          .log_stats = log_stats,
                                          .fini = fini,
                                          .ctx = &program});
}
