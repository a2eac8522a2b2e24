/* main.c - telegram-simulator: a stand-in for Telegram's Bot API server, for tests and for the demo
 */
#include <argp.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

const char *argp_program_version = "telegram-simulator " SUITE_VERSION;

enum { OPT_NO_LIMITS = 256, OPT_CLOCK, OPT_CLOCK_SHOW, OPT_LINK, OPT_IDS, OPT_ZONE };

struct options {
    const char *listen, *token, *bot_username, *spec, *log, *clock, *clock_show, *zone, *links[16];
    int link_count;
    int64_t ids_from;
    bool no_limits, quiet;
};

/* clang-format off */
static const struct argp_option rows[] = {
    {"listen", 'l', "127.0.0.1:PORT", 0, "where to listen; port 0 takes any free one", 0},
    {"token", 't', "TOKEN", 0, "the bot's token", 0},
    {"bot-username", 'u', "NAME", 0, "the bot's username", 0},
    {"spec", 's', "FILE", 0, "the official Bot API as data: every request is checked against it", 0},
    {"no-limits", OPT_NO_LIMITS, NULL, 0, "no flood limits", 0},
    {"clock-command", OPT_CLOCK, "COMMAND", 0, "what moves the test clock; the span is added as last word", 0},
    {"clock-show-command", OPT_CLOCK_SHOW, "COMMAND", 0, "what prints the test time", 0},
    {"link", OPT_LINK, "TITLE=URL", 0, "a link shown on the page; may be given several times", 0},
    {"ids-from", OPT_IDS, "NUMBER", 0, "begin with higher ids of updates and messages: the bot remembers an earlier world's", 0},
    {"time-zone", OPT_ZONE, "NAME", 0, "the page shows times as in this zone (Europe/Moscow)", 0},
    {"log", 'o', "FILE", 0, "a line for every call; - is standard error, which is the default", 0},
    {"quiet", 'q', NULL, 0, "no such lines", 0},
    {0},
};
/* clang-format on */

static error_t on_option(int key, char *value, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'l':
        options->listen = value;
        break;
    case 't':
        options->token = value;
        break;
    case 'u':
        options->bot_username = value;
        break;
    case 's':
        options->spec = value;
        break;
    case 'o':
        options->log = value;
        break;
    case 'q':
        options->quiet = true;
        break;
    case OPT_IDS:
        options->ids_from = strtoll(value, NULL, 10);
        if (options->ids_from < 0 || options->ids_from > INT64_C(1000000000))
            argp_error(state, "ids-from is a number up to 1000000000");
        break;
    case OPT_NO_LIMITS:
        options->no_limits = true;
        break;
    case OPT_CLOCK:
        options->clock = value;
        break;
    case OPT_CLOCK_SHOW:
        options->clock_show = value;
        break;
    case OPT_ZONE:
        options->zone = value;
        break;
    case OPT_LINK:
        if (options->link_count == 16 || !strchr(value, '='))
            argp_error(state, "a link is TITLE=URL, at most 16 of them");
        options->links[options->link_count++] = value;
        break;
    case ARGP_KEY_ARG:
        argp_error(state, "unexpected argument: %s", value);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* The table may not offer what Telegram does not have. */
static bool table_agrees(const struct spec *spec)
{
    bool agrees = true;
    for (size_t i = 0; i < methods_count; i++)
        if (!spec_knows_method(spec, methods[i].name)) {
            fprintf(stderr, "telegram-simulator: the spec has no method %s\n", methods[i].name);
            agrees = false;
        }
    return agrees;
}

static void add_links(struct world *world, const struct options *options)
{
    for (int i = 0; i < options->link_count; i++) {
        const char *equal = strchr(options->links[i], '=');
        struct link *link = &world->links[world->link_count++];
        snprintf(link->title, sizeof link->title, "%.*s", (int)(equal - options->links[i]),
                 options->links[i]);
        snprintf(link->url, sizeof link->url, "%s", equal + 1);
    }
}

/* What the options make of the world; false with a complaint. */
static bool furnish(struct world *world, const struct options *options)
{
    char why[256];
    world->limits.on = !options->no_limits;
    world->updates.next_id += options->ids_from;
    world->last_private_id = options->ids_from;
    snprintf(world->time_zone, sizeof world->time_zone, "%s",
             options->zone ? options->zone : "Europe/Moscow");
    add_links(world, options);
    if (options->spec && !(world->spec = spec_new(options->spec, why, sizeof why))) {
        fprintf(stderr, "telegram-simulator: %s\n", why);
        return false;
    }
    return !world->spec || table_agrees(world->spec);
}

/* Serves until it is told to end; the exit code. */
static int serve(struct world *world, const struct server_opts *opts)
{
    char why[256];
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct server *server = server_new(world, opts, why, sizeof why);
    if (!server) {
        fprintf(stderr, "telegram-simulator: %s\n", why);
        return 1;
    }
    printf("listening on http://127.0.0.1:%d\n", server_port(server));
    fflush(stdout);
    int signal_number;
    sigwait(&ends, &signal_number);
    server_free(&server);
    return 0;
}

int main(int argc, char **argv)
{
    struct options options = {.listen = "127.0.0.1:8081",
                              .token = "100000001:simulated-token",
                              .bot_username = "itsupport_bot"};
    const struct argp argp = {
        .options = rows, .parser = on_option, .doc = "A stand-in for Telegram's Bot API server."};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    setlocale(LC_CTYPE, "C.UTF-8");

    struct server_opts opts = {.listen = options.listen, .log = options.quiet ? NULL : stderr};
    if (!options.quiet && options.log && strcmp(options.log, "-") != 0 &&
        !(opts.log = fopen(options.log, "a"))) {
        fprintf(stderr, "telegram-simulator: cannot write %s\n", options.log);
        return 2;
    }
    struct world *world = world_new(options.token, options.bot_username, methods_count);
    int code = 2;
    if ((options.clock && !clock_command_init(&opts.conf.clock, options.clock)) ||
        (options.clock_show && !clock_command_init(&opts.conf.clock_show, options.clock_show)))
        fputs("telegram-simulator: a clock command makes no sense\n", stderr);
    else if (furnish(world, &options))
        code = serve(world, &opts);

    world_free(&world);
    clock_command_fini(&opts.conf.clock);
    clock_command_fini(&opts.conf.clock_show);
    if (opts.log && opts.log != stderr)
        fclose(opts.log);
    return code;
}
