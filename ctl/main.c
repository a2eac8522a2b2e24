/* main.c - itsupportctl: the operator's hand; THE table of its commands */
#include <argp.h>
#include <locale.h>
#include <signal.h>
#include <sodium.h>

#include "common/base/buf.h"
#include "common/base/log.h"
#include "ctl/ctl.h"

#define O(name) (1u << OPTION_##name)
#define OPTION_KEY 1000 /* argp keys of the commands' options, beyond every letter */

/* clang-format off */
static const struct ctl_command commands[] = {
/*   name         arguments                        options                                       args  run            sentence */
    {"migrate",   "",                              O(PURPOSE),                                   0, 0, run_migrate,   "bring the database's schema up to date"},
    {"status",    "",                              O(JSON),                                      0, 0, run_status,    "processes, open orders and what waits, at a glance"},
    {"order",     "NUMBER",                        O(JSON) | O(TEXTS),                           1, 1, run_order,     "all that happened to an order, and who was told when"},
    {"quota",     "ACCOUNT",                       O(JSON) | O(MONTH),                           1, 1, run_quota,     "an account's orders of a billing month, row by row"},
    {"fairness",  "",                              O(JSON) | O(MONTH),                           0, 0, run_fairness,  "how a billing month's orders were shared out among the contractors"},
    {"check",     "",                              O(JSON) | O(FROM),                            0, 0, run_check,     "prove that events, rows, ledgers, notices and seals agree"},
    {"replay",    "",                              O(SET) | O(TARIFF) | O(SINCE) | O(UNTIL) | O(JSON), 0, 0, run_replay, "what the past would have been with other parameters and tariffs"},
    {"invite",    "",                              O(ROLE) | O(TARIFF) | O(PAID_UNTIL) | O(ACCOUNT) | O(BOT) | O(JSON), 0, 0, run_invite, "make a one-time link for somebody new"},
    {"parameter", "[NAME [VALUE]]",                0,                                            0, 2, run_parameter, "show or set system parameters"},
    {"admin",     "add LOGIN",                     0,                                            2, 2, run_admin,     "make a login of the panel"},
    {"api-token", "LOGIN | revoke ID",             O(SCOPE),                                     1, 2, run_api_token, "make a token of the HTTP API, printed once; or end one"},
    {"clock",     "[show | advance TIME | advance --to-next | rewind TIME]", O(TO_NEXT),                       0, 2, run_clock,     "show the test clock, move it on, deadline by deadline, or back while nobody has joined"},
};
/* clang-format on */

static const struct argp_option all_options[] = {
#define OPTION(cname, option, value, sentence) \
    {.name = option, .key = OPTION_KEY + OPTION_##cname, .arg = value, .doc = sentence},
#include "ctl/options.def"
};

struct parse {
    struct ctl *ctl;
    const char *file;
    const struct ctl_command *command;
    bool only_print;
};

static const struct ctl_command *find_command(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (str_eq(commands[i].name, name))
            return &commands[i];
    return NULL;
}

/* ---- "itsupportctl -c FILE invite ..." ---- */

static error_t on_general(int key, char *arg, struct argp_state *state)
{
    struct parse *parse = state->input;
    switch (key) {
    case 'c':
        parse->file = arg;
        return 0;
    case 'p':
        parse->only_print = true;
        return 0;
    case 'V':
        printf("itsupportctl %s\n", SUITE_VERSION);
        exit(CTL_DONE);
    case ARGP_KEY_ARG:
        parse->command = find_command(arg);
        if (parse->command == NULL)
            argp_error(state, "there is no command \"%s\"", arg);
        parse->ctl->args = state->argv + state->next;
        parse->ctl->arg_count = state->argc - state->next;
        state->next = state->argc; /* the rest is the command's own */
        return 0;
    case ARGP_KEY_END:
        if (parse->command == NULL && !parse->only_print)
            argp_error(state, "say what to do");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void parse_general(struct parse *parse, int argc, char **argv)
{
    static const struct argp_option options[] = {
        {.name = "config",
         .key = 'c',
         .arg = "FILE",
         .doc = "Read settings from FILE; ITSUPPORT_<SECTION>_<NAME> overrides them"},
        {.name = "print",
         .key = 'p',
         .doc = "Print the effective settings, secrets masked, and exit"},
        {.name = "version",                .key = 'V', .doc = "Print the version and exit"},
        {0      },
    };
    scoped(buf_fini) struct buf doc = {0};
    buf_add_text(&doc, "The operator's hand in an ITSupport installation.\vCommands:\n\n");
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        buf_printf(&doc, "  %s %s\n      %s\n", commands[i].name, commands[i].arguments,
                   commands[i].sentence);
    buf_add_text(&doc, "\nitsupportctl COMMAND --help lists a command's options.");
    const struct argp argp = {
        .options = options, .parser = on_general, .args_doc = "COMMAND ...", .doc = doc.data};
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, parse);
}

/* ---- "invite --role owner" ---- */

static error_t on_own(int key, char *arg, struct argp_state *state)
{
    struct parse *parse = state->input;
    struct ctl *ctl = parse->ctl;
    if (key == ARGP_KEY_ARGS) {
        ctl->args = state->argv + state->next;
        ctl->arg_count = state->argc - state->next;
        return 0;
    }
    if (key == ARGP_KEY_NO_ARGS) {
        ctl->arg_count = 0;
        return 0;
    }
    if (key == ARGP_KEY_END) {
        if (ctl->arg_count < parse->command->args_min || ctl->arg_count > parse->command->args_max)
            argp_usage(state);
        return 0;
    }
    if (key < OPTION_KEY || key >= OPTION_KEY + OPTION_COUNT)
        return ARGP_ERR_UNKNOWN;
    if (ctl->given_count == CTL_GIVEN_MAX)
        argp_error(state, "at most %d options", CTL_GIVEN_MAX);
    enum ctl_option option = (enum ctl_option)(key - OPTION_KEY);
    ctl->options[option] = arg != NULL ? arg : "";
    ctl->given[ctl->given_count++] = (struct ctl_given){option, ctl->options[option]};
    return 0;
}

static void parse_own(struct parse *parse)
{
    const struct ctl_command *command = parse->command;
    struct argp_option options[OPTION_COUNT + 1] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (command->options & (1u << i))
            options[count++] = all_options[i];
    scoped(str_free) char *name = xasprintf("itsupportctl %s", command->name);
    int argc = parse->ctl->arg_count + 1;
    char **argv = parse->ctl->args - 1; /* the command's own name becomes the program's */
    argv[0] = name;
    const struct argp argp = {.options = options,
                              .parser = on_own,
                              .args_doc = command->arguments,
                              .doc = command->sentence};
    argp_parse(&argp, argc, argv, 0, NULL, parse);
}

/* ---- doing it ---- */

static const struct setting settings[] = {
#define SETTING(...) CONF_ROW(struct ctl_conf, __VA_ARGS__)
#include "ctl/settings.def"
};
static const struct conf_schema ctl_settings = CONF_SCHEMA(settings);

static int run(const struct ctl_command *command, struct ctl *ctl)
{
    struct err err = {0};
    int code = command->run(ctl, &err);
    db_session_close(&ctl->db);
    if (code >= 0)
        return code;
    fflush(stdout);
    fprintf(stderr, "itsupportctl %s: %s\n", command->name, err.text);
    return err.kind == ERR_INPUT ? CTL_USAGE : CTL_FAILED;
}

int main(int argc, char **argv)
{
    struct ctl ctl = {0};
    struct parse parse = {.ctl = &ctl};
    struct err err;
    int code = CTL_DONE;

    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    argp_err_exit_status = CTL_USAGE;
    parse_general(&parse, argc, argv);
    if (parse.command != NULL)
        parse_own(&parse);
    log_init("itsupportctl", LOG_LEVEL_WARN); /* what it has to say, it prints */
    if (sodium_init() < 0 || conf_load(&ctl_settings, &ctl.conf, parse.file, &err) < 0) {
        fprintf(stderr, "itsupportctl: %s\n", err.text);
        return CTL_USAGE;
    }
    conf_hide_secrets(&ctl_settings, &ctl.conf);
    if (parse.only_print)
        conf_print(&ctl_settings, &ctl.conf, stdout);
    else
        code = run(parse.command, &ctl);
    conf_fini(&ctl_settings, &ctl.conf);
    return code;
}
