/* test_service.c - a daemon's skeleton from outside: what it prints, notifies, and exits with */
#include "tests/unit/cases.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/buf.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/io/service.h"

/* ---- a daemon that does nothing in several ways ---- */

struct lazy_conf {
#define SETTING CONF_MEMBER
#include "common/base/conf_common.def"
#undef SETTING
};

static const struct setting lazy_settings[] = {
#define SETTING(...) CONF_ROW(struct lazy_conf, __VA_ARGS__)
#include "common/base/conf_common.def"
#undef SETTING
};
static const struct conf_schema lazy_schema = CONF_SCHEMA(lazy_settings);

struct lazy {
    struct lazy_conf conf;
    sd_event *loop;
    enum err_kind start_fails_with; /* with .start_fails */
    bool start_fails, fails_at_once, never_drains;
};

static int lazy_start(void *ctx, sd_event *loop, struct err *err)
{
    struct lazy *l = ctx;
    l->loop = loop;
    if (l->start_fails) {
        return err_set(err, l->start_fails_with, "nothing works");
    }
    if (l->fails_at_once) {
        service_fail(loop, 1);
    }
    service_status("waiting for\nnothing");
    return 0;
}

static void lazy_stop(void *ctx)
{
    struct lazy *l = ctx;
    log_info("asked to stop");
    if (!l->never_drains) {
        service_stopped(l->loop);
    }
}

static void lazy_reload(void *ctx)
{
    struct lazy *l = ctx;
    log_info("reload level=%s", l->conf.log_level);
}

static void lazy_log_stats(void *ctx)
{
    (void)ctx;
    log_info("stats nothing=0");
}

static void lazy_fini(void *ctx)
{
    struct lazy *l = ctx;
    l->loop = NULL;
    log_info("fini");
}

static void print_table(FILE *out)
{
    fputs("| a | table |\n", out);
}

static const struct service_print prints[] = {
    {"print-table", "Print the table", print_table},
    {0 },
};

/* ---- running it in a child ---- */

static char folder[] = "/tmp/test_service.XXXXXX";
static char *conf_file, *notify_path;
static int notify_fd = -1;

struct child {
    pid_t pid;
    int out;            /* its stdout and stderr */
    struct buf written; /* read of it so far */
    struct buf notified;
};

#define ARGS_MAX 6

static void become_daemon(struct lazy *lazy, const char *const *args, int out)
{
    char *argv[ARGS_MAX + 2] = {(char[]){"lazy"}};
    int argc = 1;
    for (; argc <= ARGS_MAX && args && args[argc - 1]; argc++) {
        argv[argc] = xstrdup(args[argc - 1]);
    }
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    setenv("NOTIFY_SOCKET", notify_path, 1);
    int code = service_main(argc, argv,
                            &(struct service){
                                .name = "lazy",
                                .settings = &lazy_schema,
                                .conf = &lazy->conf,
                                .prints = prints,
                                .start = lazy_start,
                                .stop = lazy_stop,
                                .reload = lazy_reload,
                                .log_stats = lazy_log_stats,
                                .fini = lazy_fini,
                                .ctx = lazy,
                            });
    for (int i = 1; i < argc; i++) {
        free(argv[i]);
    }
    fflush(NULL);
    exit(code); /* not _exit: the leak checker and the branch counter have something to say */
}

static struct child run(struct lazy lazy, const char *const *args)
{
    struct child c = {0};
    int ends[2];
    fflush(NULL);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    c.pid = fork();
    assert_true(c.pid >= 0);
    if (c.pid == 0) {
        become_daemon(&lazy, args, ends[1]);
    }
    close(ends[1]);
    c.out = ends[0];
    return c;
}

/* Reads what has come within so many ms; false at the end of the child's output, with all it
 * notified. */
static bool listen_to(struct child *c, int64_t ms)
{
    struct pollfd polls[2] = {
        {.fd = c->out,    .events = POLLIN},
        {.fd = notify_fd, .events = POLLIN}
    };
    char bytes[4096];
    ssize_t got = 1;
    poll(polls, 2, (int)ms);
    if (polls[0].revents) {
        got = read(c->out, bytes, sizeof(bytes));
        buf_add(&c->written, bytes, got > 0 ? (size_t)got : 0);
    }
    ssize_t told;
    while ((told = recv(notify_fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0) {
        buf_add(&c->notified, bytes, (size_t)told);
        buf_add_char(&c->notified, '|');
    }
    return got > 0;
}

static bool has_come(const struct child *c, const char *text)
{
    return strstr(buf_text(&c->written), text) || strstr(buf_text(&c->notified), text);
}

static void wait_for(struct child *c, const char *text)
{
    int64_t give_up_at = clock_mono_ms() + 10 * SECOND_MS;
    bool alive = true;
    while (!has_come(c, text) && alive && clock_mono_ms() < give_up_at) {
        alive = listen_to(c, 100);
    }
    if (!has_come(c, text)) {
        print_error("waited in vain for \"%s\" in\n%s\n%s\n", text, buf_text(&c->written),
                    buf_text(&c->notified));
        fail();
    }
}

static int end_of(struct child *c)
{
    int status = -1;
    while (listen_to(c, 10000)) {
    }
    close(c->out);
    waitpid(c->pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void child_fini(struct child *c)
{
    buf_fini(&c->written);
    buf_fini(&c->notified);
}

static void write_conf(const char *text)
{
    FILE *f = fopen(conf_file, "we");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int make_folder(void **state)
{
    (void)state;
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    if (!mkdtemp(folder)) {
        return -1;
    }
    conf_file = xasprintf("%s/suite.ini", folder);
    notify_path = xasprintf("%s/notify", folder);
    snprintf(at.sun_path, sizeof(at.sun_path), "%s", notify_path);
    notify_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return bind(notify_fd, (struct sockaddr *)&at, sizeof(at));
}

static int remove_folder(void **state)
{
    (void)state;
    close(notify_fd);
    unlink(notify_path);
    unlink(conf_file);
    rmdir(folder);
    str_free(&conf_file);
    str_free(&notify_path);
    return 0;
}

/* ---- the tests ---- */

static void options_that_only_answer(void **state)
{
    (void)state;
    write_conf("[database]\nurl = host=/tmp password=hidden\n");
    /* clang-format off */
    const struct { const char *args[ARGS_MAX]; int code; const char *expect, *why; } rows[] = {
        {{"-V"},                        0, "lazy " SUITE_VERSION "\n",                       "the version"},
        {{"--help"},                    0, "--print-table",                                  "help names the tables"},
        {{"-h"},                        0, "-c, --config=FILE",                              "short help"},
        {{"--print-table"},             0, "| a | table |\n",                                "a table"},
        {{"-t", "-c", conf_file},       0, "settings are fine\n",                            "a good file"},
        {{"-p", "-c", conf_file},       0, "[database] url = ***  #",                        "secrets are masked"},
        {{"-t", "-c", "/no/such"},      2, "cannot read /no/such: No such file or directory","no file"},
        {{"--colour"},                  2, "unrecognized option",                            "an unknown option"},
        {{"please"},                    2, "lazy takes no arguments, only options",          "an argument"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct child c = run((struct lazy){0}, rows[i].args);
        int code = end_of(&c);
        check_case(code == rows[i].code, rows[i].why);
        if (!strstr(buf_text(&c.written), rows[i].expect)) {
            check_case_text(buf_text(&c.written), rows[i].expect, rows[i].why);
        }
        child_fini(&c);
    }
}

static void bad_settings_end_with_two(void **state)
{
    (void)state;
    write_conf("[log]\nlevel = loud\n");
    struct child c = run((struct lazy){0}, (const char *const[]){"-c", conf_file, NULL});
    assert_int_equal(end_of(&c), 2);
    assert_non_null(strstr(buf_text(&c.written),
                           "[log] level is \"loud\", but must be error, warn, info or debug"));
    child_fini(&c);
}

static void failing_starts_tell_their_kind(void **state)
{
    (void)state;
    static const struct {
        enum err_kind kind;
        int code;
    } rows[] = {
        {ERR_INPUT,     2},
        {ERR_TRANSIENT, 1},
        {ERR_INTERNAL,  1}
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct child c =
            run((struct lazy){.start_fails = true, .start_fails_with = rows[i].kind}, NULL);
        check_case(end_of(&c) == rows[i].code, err_kind_name(rows[i].kind));
        assert_non_null(strstr(buf_text(&c.written), "cannot start: nothing works"));
        assert_non_null(strstr(buf_text(&c.written), "fini"));
        assert_null(strstr(buf_text(&c.notified), "READY=1"));
        child_fini(&c);
    }
}

static void a_life_from_ready_to_stopping(void **state)
{
    (void)state;
    write_conf("[log]\nlevel = info\n");
    struct child c = run((struct lazy){0}, (const char *const[]){"-c", conf_file, NULL});
    wait_for(&c, "READY=1");
    assert_non_null(strstr(buf_text(&c.notified), "STATUS=waiting for nothing|"));

    kill(c.pid, SIGUSR1);
    wait_for(&c, "stats nothing=0");

    write_conf("[log]\nlevel = debug\n");
    buf_reset(&c.notified);
    kill(c.pid, SIGHUP);
    wait_for(&c, "reload level=debug");
    wait_for(&c, "READY=1");
    assert_non_null(strstr(buf_text(&c.notified), "RELOADING=1"));

    write_conf("[log]\nlvl = debug\n");
    kill(c.pid, SIGHUP);
    wait_for(&c, "settings stay as they were");

    write_conf("[log]\nlevel = loud\n");
    kill(c.pid, SIGHUP);
    wait_for(&c, "the log level stays as it was");

    kill(c.pid, SIGTERM);
    wait_for(&c, "STOPPING=1");
    assert_int_equal(end_of(&c), 0);
    assert_non_null(strstr(buf_text(&c.written), "asked to stop"));
    assert_non_null(strstr(buf_text(&c.written), "stopped exit=0"));
    assert_non_null(strstr(buf_text(&c.written), "fini"));
    child_fini(&c);
}

static void a_second_signal_does_not_wait(void **state)
{
    (void)state;
    struct child c = run((struct lazy){.never_drains = true}, NULL);
    wait_for(&c, "READY=1");
    kill(c.pid, SIGINT);
    wait_for(&c, "asked to stop");
    kill(c.pid, SIGTERM);
    assert_int_equal(end_of(&c), 0);
    assert_non_null(strstr(buf_text(&c.written), "leaving at once"));
    child_fini(&c);
}

static void failures_at_work_ask_for_a_restart(void **state)
{
    (void)state;
    struct child c = run((struct lazy){.fails_at_once = true}, NULL);
    assert_int_equal(end_of(&c), 1);
    assert_non_null(strstr(buf_text(&c.written), "stopped exit=1"));
    child_fini(&c);
}

static void the_watchdog_is_fed(void **state)
{
    (void)state;
    setenv("WATCHDOG_USEC", "200000", 1);
    struct child c = run((struct lazy){0}, NULL);
    unsetenv("WATCHDOG_USEC");
    wait_for(&c, "WATCHDOG=1");
    kill(c.pid, SIGTERM);
    assert_int_equal(end_of(&c), 0);
    child_fini(&c);
}

int main(void)
{
    clearenv();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_that_only_answer),
        cmocka_unit_test(bad_settings_end_with_two),
        cmocka_unit_test(failing_starts_tell_their_kind),
        cmocka_unit_test(a_life_from_ready_to_stopping),
        cmocka_unit_test(a_second_signal_does_not_wait),
        cmocka_unit_test(failures_at_work_ask_for_a_restart),
        cmocka_unit_test(the_watchdog_is_fed),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
