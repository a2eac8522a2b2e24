/* main.c - order-engine: commands into state, the only writer of the domain */
#include <sodium.h>

#include "common/io/service.h"
#include "order-engine/engine.h"
#include "order-engine/rules/order_fsm.h"

struct program {
    struct engine_conf conf;
    struct engine *engine;
    sd_event *loop;
};

static int start(void *ctx, sd_event *loop, struct err *err)
{
    struct program *p = ctx;
    p->loop = loop;
    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, "libsodium does not start");
    p->engine = engine_new(loop,
                           &(struct engine_opts){
                               .database_url = p->conf.database_url,
                               .bus_dir = p->conf.bus_dir,
                               .instance = p->conf.instance,
                           },
                           err);
    return p->engine != NULL ? 0 : -1;
}

static void stop(void *ctx)
{
    engine_stop(((struct program *)ctx)->engine);
}

static void log_stats(void *ctx)
{
    engine_log_stats(((struct program *)ctx)->engine);
}

static void fini(void *ctx)
{
    engine_free(&((struct program *)ctx)->engine);
}

int main(int argc, char **argv)
{
    static const struct service_print prints[] = {
        {"print-fsm",      "print the state table as a Mermaid diagram", order_fsm_print},
        {"print-messages", "print the catalogue of messages as Markdown", msg_print_catalogue},
        {0},
    };
    struct program program = {0};
    return service_main(argc, argv,
                        &(struct service){
                            .name = "order-engine",
                            .settings = &engine_settings,
                            .conf = &program.conf,
                            .prints = prints,
                            .start = start,
                            .stop = stop,
                            .log_stats = log_stats,
                            .fini = fini,
                            .ctx = &program,
                        });
}
