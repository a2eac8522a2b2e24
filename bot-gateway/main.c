/* main.c - bot-gateway: Telegram on one side, the bus on the other */
#include "bot-gateway/dialog/dialog_print.h"
#include "bot-gateway/gateway.h"
#include "common/io/service.h"

struct program {
    struct gateway_conf conf;
    struct gateway *gateway;
};

static int start(void *ctx, sd_event *loop, struct err *err)
{
    struct program *p = ctx;
    p->gateway = gateway_new(loop, &p->conf, err);
    return p->gateway ? 0 : -1;
}

static void stop(void *ctx)
{
    struct program *p = ctx;
    gateway_stop(p->gateway);
}

static void log_stats(void *ctx)
{
    struct program *p = ctx;
    gateway_log_stats(p->gateway);
}

static void fini(void *ctx)
{
    struct program *p = ctx;
    gateway_free(&p->gateway);
}

int main(int argc, char **argv)
{
    /* clang-format off */
    static const struct service_print prints[] = {
        {"print-dialog", "print the dialog as a document: steps, rules, buttons, screens", dialog_print},
        {NULL, NULL, NULL},
    };
    /* clang-format on */
    struct program program = {0};
    return service_main(argc, argv,
                        &(struct service){
                            .name = "bot-gateway",
                            .settings = &gateway_settings,
                            .conf = &program.conf,
                            .prints = prints,
                            .start = start,
                            .stop = stop,
                            .log_stats = log_stats,
                            .fini = fini,
                            .ctx = &program,
                        });
}
