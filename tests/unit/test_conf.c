/* test_conf.c - settings: default, file, environment; and a sentence for every mistake */
#include "tests/unit/cases.h"

#include <unistd.h>

#include "common/base/conf.h"
#include "common/base/log.h"

#define EXAMPLE_SETTINGS                                                                         \
    SETTING("engine", "batch_max", INT, batch_max, "128", 1, 1024, SETTING_RELOAD,               \
            "commands of one transaction at most")                                               \
    SETTING("engine", "name", TEXT, name, NULL, 0, 10, SETTING_PLAIN, "name of this engine")     \
    SETTING("engine", "strict", BOOL, strict, "on", 0, 1, SETTING_PLAIN, "whether it is strict") \
    SETTING("telegram", "token", TEXT, token, NULL, 0, 100, SETTING_SECRET | SETTING_REQUIRED,   \
            "the bot's token")

struct example {
#define SETTING CONF_MEMBER
#include "common/base/conf_common.def"
    EXAMPLE_SETTINGS
#undef SETTING
};

static const struct setting settings[] = {
#define SETTING(...) CONF_ROW(struct example, __VA_ARGS__)
#include "common/base/conf_common.def"
    EXAMPLE_SETTINGS
#undef SETTING
};
static const struct conf_schema schema = CONF_SCHEMA(settings);

static char folder[] = "/tmp/test_conf.XXXXXX";
static char *file, *secret_file;

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder)) {
        return -1;
    }
    file = xasprintf("%s/suite.ini", folder);
    secret_file = xasprintf("%s/secret", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(file);
    unlink(secret_file);
    rmdir(folder);
    str_free(&file);
    str_free(&secret_file);
    return 0;
}

static int clean_environment(void **state)
{
    (void)state;
    return clearenv();
}

static void defaults_hold(void **state)
{
    (void)state;
    struct example conf = {0};
    struct err err;
    setenv("ITSUPPORT_TELEGRAM_TOKEN", "1:abcdef", 1);
    assert_int_equal(conf_load(&schema, &conf, NULL, &err), 0);
    assert_int_equal(conf.batch_max, 128);
    assert_true(conf.strict);
    assert_string_equal(conf.name, "");
    assert_string_equal(conf.bus_dir, "/run/itsupport");
    assert_string_equal(conf.database_url, "");
    assert_string_equal(conf.token, "1:abcdef");
    assert_string_equal(conf_text(&schema, &conf, "log", "level"), "info");
    assert_null(conf_text(&schema, &conf, "log", "colour"));
    assert_null(conf_text(&schema, &conf, "engine", "batch_max"));
    conf_fini(&schema, &conf);
    assert_null(conf.name);
}

static void environment_beats_file_beats_default(void **state)
{
    (void)state;
    struct example conf = {0};
    struct err err = {0};
    write_file(file, "# a comment\n"
                     "; another\n"
                     "[engine]\n"
                     "batch_max = 64\n"
                     "  strict=no\n"
                     "name = a ; b # c\n"
                     "[watcher]\n"
                     "anything = another program's\n"
                     "[telegram]\n"
                     "token = 1:of-the-file\n");
    setenv("ITSUPPORT_ENGINE_BATCH_MAX", "32", 1);
    setenv("ITSUPPORT_STATE_DIR", "/not/a/section", 1);
    setenv("ITSUPPORT_WATCHER_X", "another program's", 1);
    setenv("ITSUPPORT_ENGINE", "no name", 1);
    setenv("ITSUPPORTX", "not ours", 1);
    assert_int_equal(conf_load(&schema, &conf, file, &err), 0);
    assert_int_equal(conf.batch_max, 32);
    assert_false(conf.strict);
    assert_string_equal(conf.name, "a ; b # c");
    assert_string_equal(conf.token, "1:of-the-file");
    conf_fini(&schema, &conf);
}

#define TOKEN "[telegram]\ntoken=1:x\n"
#define A100                                                                                       \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "aaaaaaaa"

static void mistakes_have_sentences(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *text, *variable, *value, *expect, *why; } rows[] = {
    {"[engine]\nbatch_mx = 5\n",      NULL, NULL, "F:2: [engine] has no setting batch_mx, did you mean batch_max?",      "a slip in a name"},
    {"[engine]\nthreads = 5\n",       NULL, NULL, "F:2: [engine] has no setting threads",                                "a name like no other"},
    {"\n[enginee]\nx = 5\n",          NULL, NULL, "F:3: there is no section [enginee], did you mean engine?",            "a slip in a section"},
    {"[kitchen]\nx = 5\n",            NULL, NULL, "F:2: there is no section [kitchen]",                                  "a section like no other"},
    {"x = 5\n",                       NULL, NULL, "F:1: there is no section []",                                         "before any section"},
    {"[engine]\nname = a\nname = b\n",NULL, NULL, "F:3: [engine] name is given twice, the first time in line 2",         "twice"},
    {"[engine]\nhello\n",             NULL, NULL, "F:2: neither [section] nor name = value",                             "no line of ours"},
    {"[engine\n",                     NULL, NULL, "F:1: neither [section] nor name = value",                             "half a section"},
    {TOKEN "[engine]\nbatch_max = 0\n",    NULL, NULL, "F:4: [engine] batch_max: is \"0\", but must be a whole number from 1 to 1024", "below the range"},
    {TOKEN "[engine]\nbatch_max = many\n", NULL, NULL, "F:4: [engine] batch_max: is \"many\", but must be a whole number from 1 to 1024", "no number"},
    {TOKEN "[engine]\nstrict = maybe\n",   NULL, NULL, "F:4: [engine] strict: is \"maybe\", but must be on or off",      "no third"},
    {TOKEN "[engine]\nname = longer than ten\n", NULL, NULL, "F:4: [engine] name: is 15 bytes long, but must have from 0 to 10", "too long"},
    {"[telegram]\ntoken=" A100 "x\n", NULL, NULL, "F:2: [telegram] token: is 101 bytes long, but must have from 0 to 100", "a secret is not repeated"},
    {"",                              NULL, NULL, "[telegram] token: is not set; it is needed: the bot's token",          "required"},
    {"[telegram]\ntoken=\n",          NULL, NULL, "F:2: [telegram] token: is not set; it is needed: the bot's token",     "required, and given empty"},
    {TOKEN, "ITSUPPORT_ENGINE_BATCHMAX", "5",     "ITSUPPORT_ENGINE_BATCHMAX in the environment: [engine] has no setting batchmax, did you mean batch_max?", "a slip in a variable"},
    {TOKEN, "ITSUPPORT_ENGINE_BATCH_MAX", "x",    "ITSUPPORT_ENGINE_BATCH_MAX: [engine] batch_max: is \"x\", but must be a whole number from 1 to 1024", "a variable out of range"},
    {"[telegram]\ntoken=@/no/such/file\n", NULL, NULL, "F:2: [telegram] token: cannot read /no/such/file: No such file or directory", "the secret's file"},
    {"[telegram]\ntoken=@/dev/null\n",     NULL, NULL, "F:2: [telegram] token: /dev/null is empty",                       "an empty secret's file"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct example conf = {.batch_max = 77};
        struct err err = {0};
        clearenv();
        if (rows[i].variable) {
            setenv(rows[i].variable, rows[i].value, 1);
        }
        write_file(file, rows[i].text);
        check_case(conf_load(&schema, &conf, file, &err) == -1, rows[i].why);
        check_case(err.kind == ERR_INPUT, rows[i].why);
        bool of_file = strncmp(rows[i].expect, "F:", 2) == 0;
        scoped(str_free) char *expect =
            xasprintf("%s%s", of_file ? file : "", rows[i].expect + (of_file ? 1 : 0));
        check_case_text(err.text, expect, rows[i].why);
        check_case(conf.batch_max == 77 && conf.token == NULL, "conf is left as it was");
    }
}

static void unreadable_files(void **state)
{
    (void)state;
    struct example conf = {0};
    struct err err;
    assert_int_equal(conf_load(&schema, &conf, "/no/such/file", &err), -1);
    assert_string_equal(err.text, "cannot read /no/such/file: No such file or directory");
    assert_int_equal(conf_load(&schema, &conf, "/tmp", &err), -1);
    assert_string_equal(err.text, "cannot read /tmp");

    scoped(str_free) char *long_line = xasprintf("[engine]\nname = %05000d\n", 1);
    write_file(file, long_line);
    assert_int_equal(conf_load(&schema, &conf, file, &err), -1);
    assert_non_null(strstr(err.text, ":2: the line is too long"));
}

static void long_values_and_missing_line_ends(void **state)
{
    (void)state;
    struct example conf = {0};
    struct err err = {0};
    scoped(str_free) char *text =
        xasprintf("\xef\xbb\xbf[database]\r\nurl = %01500d\r\n[telegram]\ntoken = 1:x", 1);
    write_file(file, text);
    assert_int_equal(conf_load(&schema, &conf, file, &err), 0);
    assert_int_equal(strlen(conf.database_url), 1500);
    assert_string_equal(conf.token, "1:x");
    conf_fini(&schema, &conf);
}

static void secrets_come_from_files_and_stay_secret(void **state)
{
    (void)state;
    struct example conf = {0};
    struct err err = {0};
    write_file(secret_file, "1:from-a-credential\r\nsecond line\n");
    scoped(str_free) char *value = xasprintf("@%s", secret_file);
    setenv("ITSUPPORT_TELEGRAM_TOKEN", value, 1);
    setenv("ITSUPPORT_ENGINE_NAME", "@/x", 1); /* no secret: taken as it is */
    assert_int_equal(conf_load(&schema, &conf, NULL, &err), 0);
    assert_string_equal(conf.token, "1:from-a-credential");
    assert_string_equal(conf.name, "@/x");
    conf_hide_secrets(&schema, &conf);

    char *printed = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&printed, &size);
    conf_print(&schema, &conf, out);
    fclose(out);
    assert_null(strstr(printed, "credential"));
    assert_non_null(strstr(printed, "[telegram] token = ***  # the bot's token (required)\n"));
    assert_non_null(strstr(printed, "[database] url =   # "));
    assert_non_null(
        strstr(printed,
               "[engine] batch_max = 128  # commands of one transaction at most (default 128)\n"));
    assert_non_null(
        strstr(printed, "[engine] name = @/x  # name of this engine (default empty)\n"));
    assert_non_null(strstr(printed, "[engine] strict = on  # whether it is strict (default on)\n"));
    free(printed);
    conf_fini(&schema, &conf);
}

static void reload_changes_only_what_may(void **state)
{
    (void)state;
    struct example conf = {0};
    struct err err = {0};
    write_file(file, "[engine]\nbatch_max=10\nname=first\n[log]\nlevel=debug\n" TOKEN);
    assert_int_equal(conf_load(&schema, &conf, file, &err), 0);
    write_file(file, "[engine]\nbatch_max=20\nname=second\n[log]\nlevel=warn\n" TOKEN);
    assert_int_equal(conf_reload(&schema, &conf, file, &err), 0);
    assert_int_equal(conf.batch_max, 20);
    assert_string_equal(conf.name, "first");
    assert_string_equal(conf.log_level, "warn");
    write_file(file, "[engine]\nbatch_max=0\n" TOKEN);
    assert_int_equal(conf_reload(&schema, &conf, file, &err), -1);
    assert_int_equal(conf.batch_max, 20);
    conf_fini(&schema, &conf);
}

static void switches_in_all_words(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        bool expect;
    } rows[] = {
        {"on",    true },
        {"Yes",   true },
        {"true",  true },
        {"1",     true },
        {"off",   false},
        {"NO",    false},
        {"false", false},
        {"0",     false}
    };
    setenv("ITSUPPORT_TELEGRAM_TOKEN", "1:x", 1);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct example conf = {0};
        struct err err;
        setenv("ITSUPPORT_ENGINE_STRICT", rows[i].word, 1);
        check_case(conf_load(&schema, &conf, NULL, &err) == 0, rows[i].word);
        check_case(conf.strict == rows[i].expect, rows[i].word);
        conf_fini(&schema, &conf);
    }
}

#define CLEAN(test) cmocka_unit_test_setup(test, clean_environment)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLEAN(defaults_hold),
        CLEAN(environment_beats_file_beats_default),
        CLEAN(mistakes_have_sentences),
        CLEAN(unreadable_files),
        CLEAN(long_values_and_missing_line_ends),
        CLEAN(secrets_come_from_files_and_stay_secret),
        CLEAN(reload_changes_only_what_may),
        CLEAN(switches_in_all_words),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
