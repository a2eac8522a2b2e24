/* test_log.c - one line per event, nothing secret and nothing unprintable in it */
#include "tests/unit/cases.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/log.h"
#include "common/base/text.h"

static int real_stderr;
static int pipe_end;

/* stderr is a pipe during a test; what was written is read after it. */
static int catch_stderr(void **state)
{
    (void)state;
    int ends[2];
    if (pipe(ends) < 0 || (real_stderr = dup(STDERR_FILENO)) < 0) {
        return -1;
    }
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    pipe_end = ends[0];
    unsetenv("JOURNAL_STREAM");
    return 0;
}

static int give_stderr_back(void **state)
{
    (void)state;
    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    close(pipe_end);
    return 0;
}

static const char *written(void)
{
    static char text[8192];
    ssize_t len = read(pipe_end, text, sizeof(text) - 1);
    text[len > 0 ? len : 0] = '\0';
    return text;
}

static void under_systemd(void)
{
    struct stat st;
    char stream[64];
    fstat(STDERR_FILENO, &st);
    snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
    setenv("JOURNAL_STREAM", stream, 1);
}

static void journal_gets_priorities(void **state)
{
    (void)state;
    under_systemd();
    log_init("test", LOG_LEVEL_DEBUG);
    errno = EAGAIN;
    log_error("broken id=%d", 1);
    log_warn("odd");
    log_info("done");
    log_debug("mechanics");
    assert_int_equal(errno, EAGAIN);
    assert_string_equal(written(), "<3>broken id=1\n<4>odd\n<6>done\n<7>mechanics\n");
}

static void others_get_time_and_name(void **state)
{
    (void)state;
    setenv("JOURNAL_STREAM", "1:1", 1); /* a parent's, not ours */
    log_init("test", LOG_LEVEL_INFO);
    log_info("done");
    const char *line = written();
    assert_int_equal(strlen(line), strlen("2026-01-01T00:00:00.000Z info  test: done\n"));
    assert_string_equal(line + 24, " info  test: done\n");
}

static void levels_are_kept(void **state)
{
    (void)state;
    under_systemd();
    enum log_level level = LOG_LEVEL_DEBUG;
    assert_int_equal(log_level_parse("loud", &level), -1);
    assert_int_equal(level, LOG_LEVEL_DEBUG);
    assert_int_equal(log_level_parse("warn", &level), 0);
    log_init("test", level);
    log_info("not shown");
    log_warn("shown");
    assert_string_equal(written(), "<4>shown\n");
    log_init("test", LOG_LEVEL_ERROR);
    log_debug("no");
    log_warn("no");
    log_error("yes");
    assert_string_equal(written(), "<3>yes\n");
}

static void secrets_and_controls_are_masked(void **state)
{
    (void)state;
    under_systemd();
    log_init("test", LOG_LEVEL_INFO);
    log_secret(NULL);
    log_secret("short");
    log_secret("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw");
    log_secret("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw");
    log_info("a short url=/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/x "
             "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw");
    log_info("text=\"%s\"", "one\ntwo\x1b[2J\x7f\xc2\x9b end");
    assert_string_equal(written(),
                        "<6>a short url=/bot***/x ***\n<6>text=\"one?two?[2J??? end\"\n");
    for (int i = 0; i < 20; i++) { /* more than there is room for: the rest is ignored */
        char secret[20];
        snprintf(secret, sizeof(secret), "secret-%d", 100 + i);
        log_secret(secret);
    }
    log_info("secret-101");
    assert_string_equal(written(), "<6>***\n");
}

static void long_lines_are_cut(void **state)
{
    (void)state;
    under_systemd();
    log_init("test", LOG_LEVEL_INFO);
    char text[5000];
    memset(text, 'x', sizeof(text));
    memcpy(text + 2038, "secret-101",
           10); /* known from above; begins inside the line and would end outside */
    text[sizeof(text) - 1] = '\0';
    log_info("%s", text);
    const char *line = written();
    assert_int_equal(strlen(line), 2048);
    assert_string_equal(line + 2030, "xxxxxxxxxxx***xxx\n");
    for (size_t i = 0; i + 2 < sizeof(text); i += 2) {
        memcpy(text + i, "я", 3);
    }
    log_info("%s", text);
    line = written();
    assert_true(text_is_utf8(line, strlen(line)));
}

#define CAUGHT(test) cmocka_unit_test_setup_teardown(test, catch_stderr, give_stderr_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CAUGHT(journal_gets_priorities), CAUGHT(others_get_time_and_name),
        CAUGHT(levels_are_kept),         CAUGHT(secrets_and_controls_are_masked),
        CAUGHT(long_lines_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
