/* service.h - the skeleton every daemon hangs on: options, settings, log, signals, loop, readiness, watchdog, stop
 *
 *     int main(int argc, char **argv)
 *     {
 *         struct engine engine = {0};
 *         return service_main(argc, argv, &(struct service){
 *             .name = "order-engine", .settings = &engine_settings, .conf = &engine.conf,
 *             .start = engine_start, .stop = engine_stop, .ctx = &engine,
 *         });
 *     }
 *
 * Options of every daemon: -c FILE settings, -t check them and exit, -p print them (secrets masked), -V version, -h help, and
 * those of .prints (--print-fsm). Parsed by argp.
 * SIGTERM and SIGINT stop gracefully (stop is called, then the loop runs on until service_stopped() or STOP_GRACE_MS), a
 * second one at once. SIGHUP reads the settings again, applies those that are RELOAD, then calls reload. SIGUSR1 calls log_stats.
 * Exit codes: 0 asked to stop; 2 usage or configuration, do not restart; 1 anything else, restart.
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/conf.h"

#define SERVICE_STOP_GRACE_MS 20000

struct service_print { /* an option that prints a table of the program and exits 0 */
    const char *option, *help;
    void (*print)(FILE *);
};

struct service {
    const char                 *name;
    const struct conf_schema   *settings;
    void                       *conf;
    const struct service_print *prints; /* ended by an entry without option; may be NULL */
    /* err ERR_INPUT = configuration (exit 2), others exit 1. READY=1 is sent when it returns 0. */
    int (*start)(void *ctx, sd_event *loop, struct err *);
    /* Begin to stop; NULL or a stop that has nothing to wait for calls service_stopped() itself. */
    void (*stop)(void *ctx);
    void (*reload)(void *ctx);    /* may be NULL */
    void (*log_stats)(void *ctx); /* one log line of counters; may be NULL */
    /* After the loop has ended or start has failed: releases what start made, be it half, mirror-wise. */
    void (*fini)(void *ctx);
    void *ctx;
};

int  service_main(int argc, char **argv, const struct service *);
void service_stopped(sd_event *loop);                      /* all has been drained: leave the loop with 0 */
void service_fail(sd_event *loop, int exit_code);          /* leave the loop with this code */
void service_status(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* STATUS= for systemctl */
