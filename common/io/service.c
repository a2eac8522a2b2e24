/* service.c - the skeleton of a daemon: options, settings, log, signals, readiness, watchdog, stop
 */
#include "common/io/service.h"

#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>

#include <systemd/sd-daemon.h>

#include "common/base/clock.h"
#include "common/base/log.h"

#define EXIT_ASKED 0
#define EXIT_RESTART 1 /* whoever supervises starts us again */
#define EXIT_CONF 2    /* it would only fail again: RestartPreventExitStatus=2 */

#define PRINTS_MAX 16
#define PRINT_KEY_FIRST 1000 /* argp keys of .prints, beyond every short option */

struct run {
    const struct service *service;
    const char *file;
    bool only_check, only_print;
    const struct service_print *table; /* a .prints option was given */
    sd_event *loop;
    bool stopping;
};

/* ---- options ---- */

static error_t on_option(int key, char *arg, struct argp_state *state)
{
    struct run *run = state->input;
    switch (key) {
    case 'c':
        run->file = arg;
        return 0;
    case 't':
        run->only_check = true;
        return 0;
    case 'p':
        run->only_print = true;
        return 0;
    case 'V':
        printf("%s %s\n", run->service->name, SUITE_VERSION);
        exit(EXIT_ASKED);
    case 'h':
        argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s takes no arguments, only options", run->service->name);
        return 0;
    default:
        if (key >= PRINT_KEY_FIRST && key < PRINT_KEY_FIRST + PRINTS_MAX) {
            run->table = &run->service->prints[key - PRINT_KEY_FIRST];
            return 0;
        }
        return ARGP_ERR_UNKNOWN;
    }
}

static void parse_options(struct run *run, int argc, char **argv)
{
    struct argp_option options[5 + PRINTS_MAX + 1] = {
        {"config",  'c', "FILE", 0,
         "Read settings from FILE; ITSUPPORT_<SECTION>_<NAME> overrides them",                0},
        {"check",   't', NULL,   0, "Check the settings and exit",                            0},
        {"print",   'p', NULL,   0, "Print the effective settings, secrets masked, and exit", 0},
        {"version", 'V', NULL,   0, "Print the version and exit",                             0},
        {"help",    'h', NULL,   0, "Print this help and exit",                               0},
    };
    const struct service_print *prints = run->service->prints;
    for (int i = 0; prints && prints[i].option; i++) {
        assert(i < PRINTS_MAX);
        const char *name = prints[i].option;
        name +=
            strncmp(name, "--", 2) == 0 ? 2 : 0; /* "--print-fsm" and "print-fsm" are both fine */
        options[5 + i] =
            (struct argp_option){.name = name, .key = PRINT_KEY_FIRST + i, .doc = prints[i].help};
    }
    const struct argp argp = {.options = options, .parser = on_option};
    argp_err_exit_status = EXIT_CONF;
    argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, run);
}

/* ---- settings ---- */

static int level_of(const struct service *service, enum log_level *ret, struct err *err)
{
    const char *text = conf_text(service->settings, service->conf, "log", "level");
    *ret = LOG_LEVEL_INFO;
    if (text && log_level_parse(text, ret) < 0) {
        return err_set(err, ERR_INPUT,
                       "[log] level is \"%.20s\", but must be error, warn, info or debug", text);
    }
    return 0;
}

static int use_log_settings(const struct service *service, struct err *err)
{
    enum log_level level;
    if (level_of(service, &level, err) < 0) {
        return -1;
    }
    log_init(service->name, level);
    conf_hide_secrets(service->settings, service->conf);
    return 0;
}

/* ---- signals ---- */

static int on_grace_over(sd_event_source *source, uint64_t now_us, void *ctx)
{
    struct run *run = ctx;
    (void)source;
    (void)now_us;
    log_warn("not everything was drained in %d s, leaving", SERVICE_STOP_GRACE_MS / 1000);
    return sd_event_exit(run->loop, EXIT_ASKED);
}

static int on_terminate(sd_event_source *source, const struct signalfd_siginfo *info, void *ctx)
{
    struct run *run = ctx;
    (void)source;
    if (run->stopping) {
        log_warn("asked again to stop, leaving at once");
        return sd_event_exit(run->loop, EXIT_ASKED);
    }
    run->stopping = true;
    log_info("stopping signal=%u", info->ssi_signo);
    sd_notify(0, "STOPPING=1");
    sd_event_add_time_relative(run->loop, NULL, CLOCK_MONOTONIC,
                               SERVICE_STOP_GRACE_MS * UINT64_C(1000), 1, on_grace_over, run);
    if (run->service->stop) {
        run->service->stop(run->service->ctx);
    } else {
        service_stopped(run->loop);
    }
    return 0;
}

static void reload(struct run *run)
{
    const struct service *service = run->service;
    struct err err;
    if (conf_reload(service->settings, service->conf, run->file, &err) < 0) {
        log_error("settings stay as they were: %s", err.text);
        return;
    }
    if (use_log_settings(service, &err) < 0) {
        log_error("the log level stays as it was: %s", err.text);
    }
    if (service->reload) {
        service->reload(service->ctx);
    }
    log_info("settings are read again");
}

static int on_hangup(sd_event_source *source, const struct signalfd_siginfo *info, void *ctx)
{
    (void)source;
    (void)info;
    struct run *run = ctx;
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)clock_mono_ms() * 1000);
    reload(run);
    sd_notify(0, "READY=1");
    return 0;
}

static int on_user_1(sd_event_source *source, const struct signalfd_siginfo *info, void *ctx)
{
    (void)source;
    (void)info;
    struct run *run = ctx;
    if (run->service->log_stats) {
        run->service->log_stats(run->service->ctx);
    }
    return 0;
}

/* Blocked before any thread is born, so that the loop alone hears them. */
static void block_signals(void)
{
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGHUP);
    sigaddset(&ours, SIGUSR1);
    int rc = sigprocmask(SIG_BLOCK, &ours, NULL);
    assert(rc == 0);
    (void)rc;
    signal(SIGPIPE, SIG_IGN);
}

static int open_loop(struct run *run, struct err *err)
{
    int rc = sd_event_new(&run->loop);
    if (rc < 0) {
        return err_set(err, ERR_INTERNAL, "no event loop: %s", strerror(-rc));
    }
    sd_event *loop = run->loop;
    if ((rc = sd_event_add_signal(loop, NULL, SIGTERM, on_terminate, run)) < 0 ||
        (rc = sd_event_add_signal(loop, NULL, SIGINT, on_terminate, run)) < 0 ||
        (rc = sd_event_add_signal(loop, NULL, SIGHUP, on_hangup, run)) < 0 ||
        (rc = sd_event_add_signal(loop, NULL, SIGUSR1, on_user_1, run)) < 0 ||
        (rc = sd_event_set_watchdog(loop, true)) < 0) {
        return err_set(err, ERR_INTERNAL, "no signals in the event loop: %s", strerror(-rc));
    }
    return 0;
}

/* ---- the run ---- */

static int run_loop(struct run *run)
{
    const struct service *service = run->service;
    struct err err = {.kind = ERR_INTERNAL, .text = "no reason given"};
    int code = EXIT_RESTART;

    block_signals();
    if (open_loop(run, &err) == 0 && service->start(service->ctx, run->loop, &err) == 0) {
        log_info("started version=%s", SUITE_VERSION);
        sd_notify(0, "READY=1");
        code = sd_event_loop(run->loop);
        code = code < 0 ? EXIT_RESTART : code;
        log_info("stopped exit=%d", code);
    } else {
        log_error("cannot start: %s", err.text);
        code = err.kind == ERR_INPUT ? EXIT_CONF : EXIT_RESTART;
    }
    if (service->fini) {
        service->fini(service->ctx);
    }
    run->loop = sd_event_unref(run->loop);
    return code;
}

int service_main(int argc, char **argv, const struct service *service)
{
    struct run run = {.service = service};
    struct err err;

    parse_options(&run, argc, argv);
    if (run.table) {
        run.table->print(stdout);
        return EXIT_ASKED;
    }
    log_init(service->name, LOG_LEVEL_INFO);
    if (conf_load(service->settings, service->conf, run.file, &err) < 0 ||
        use_log_settings(service, &err) < 0) {
        log_error("%s", err.text);
        conf_fini(service->settings, service->conf);
        return EXIT_CONF;
    }
    int code = EXIT_ASKED;
    if (run.only_print) {
        conf_print(service->settings, service->conf, stdout);
    } else if (run.only_check) {
        puts("settings are fine");
    } else {
        code = run_loop(&run);
    }
    conf_fini(service->settings, service->conf);
    return code;
}

void service_stopped(sd_event *loop)
{
    sd_event_exit(loop, EXIT_ASKED);
}

void service_fail(sd_event *loop, int exit_code)
{
    sd_event_exit(loop, exit_code);
}

void service_status(const char *fmt, ...)
{
    char text[240];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    for (char *c = text; *c; c++) { /* a newline would begin another assignment */
        *c = (unsigned char)*c < ' ' ? ' ' : *c;
    }
    sd_notifyf(0, "STATUS=%s", text);
}
