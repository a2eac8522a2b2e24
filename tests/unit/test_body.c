/* test_body.c - a request's JSON body into the struct of a command, and what is told of a wrong one
 */
#include "tests/unit/cases.h"

#include "admin-web/body.h"

struct command {
    const char *text, *date, *role;
    int64_t number, any;
    bool has_number, has_any, on, has_on;
    struct msg_strings lines;
};

#define TEN "0123456789"
#define FIFTY_WIDE "дддддддддддддддддддддддддддддддддддддддддддддддддд"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

/* clang-format off */
static const struct body_field fields[] = {
    BODY_TEXT(struct command, text,   REQUIRED, 1, 5),
    BODY_I64( struct command, number, NULLABLE, -10, 10),
    BODY_I64( struct command, any,    OPTIONAL, INT64_MIN, INT64_MAX),
    BODY_BOOL(struct command, on,     OPTIONAL),
    BODY_DATE(struct command, date,   OPTIONAL),
    BODY_ROLE(struct command, role,   OPTIONAL),
    BODY_LINES(struct command, lines, OPTIONAL, 1, 2, 100),
};

static const struct { const char *json, *why; } no_objects[] = {
    {"",                                  "nothing"},
    {" ",                                 "blanks"},
    {"{",                                 "an open end"},
    {"[]",                                "a list"},
    {"null",                              "null"},
    {"5",                                 "a number"},
    {"{}{}",                              "two"},
    {"{\"text\":'a'}",                    "another kind of quotes"},
    {"{\"text\":\"\xff\"}",               "no UTF-8"},
    {"{\"text\":[[[[\"a\"]]]]}",          "nested too deep"},
};

/* Each is the value of its field; text is there unless it is the one in question. */
static const struct { const char *field, *value; bool is_good; const char *why; } values[] = {
    {"text",   "\"a\"",                    true,  "the shortest"},
    {"text",   "\"Привет\"",               false, "six characters"},
    {"text",   "\"Приве\"",                true,  "characters, not bytes"},
    {"text",   "\"\"",                     false, "empty"},
    {"text",   "\"a\\u0000b\"",            false, "an end amid text"},
    {"text",   "5",                        false, "a number"},
    {"text",   "null",                     false, "null is not given only where that is said"},
    {"number", "10",                       true,  "the highest"},
    {"number", "11",                       false, "beyond the highest"},
    {"number", "-10",                      true,  "the lowest"},
    {"number", "-11",                      false, "beyond the lowest"},
    {"number", "null",                     true,  "null is not given"},
    {"number", "\"1\"",                    false, "text"},
    {"number", "1.5",                      false, "a fraction"},
    {"number", "true",                     false, "a truth"},
    {"any",    "9223372036854775806",      true,  "nearly the border"},
    {"any",    "9223372036854775807",      false, "the border: what is beyond would read so"},
    {"any",    "9223372036854775808",      false, "beyond the border"},
    {"any",    "-9223372036854775807",     true,  "nearly the lower border"},
    {"any",    "-9223372036854775808",     false, "the lower border"},
    {"any",    "null",                     false, "null, optional or not"},
    {"on",     "true",                     true,  "a truth"},
    {"on",     "false",                    true,  "or not"},
    {"on",     "1",                        false, "a number is no truth"},
    {"date",   "\"2026-12-31\"",           true,  "a day"},
    {"date",   "\"2028-02-29\"",           true,  "a leap year's day"},
    {"date",   "\"2027-02-28\"",           true,  "the last of February"},
    {"date",   "\"2027-02-29\"",           false, "no leap year"},
    {"date",   "\"2100-02-29\"",           false, "nor is every hundredth"},
    {"date",   "\"2400-02-29\"",           true,  "but every four hundredth"},
    {"date",   "\"2026-04-31\"",           false, "no such day"},
    {"date",   "\"2026-01-00\"",           false, "day zero"},
    {"date",   "\"2026-13-01\"",           false, "month 13"},
    {"date",   "\"1999-01-01\"",           false, "long ago"},
    {"date",   "\"2026/12-31\"",           false, "another sign"},
    {"date",   "\"2026-12.31\"",           false, "another sign, later"},
    {"date",   "\"2026-12-3\"",            false, "too short"},
    {"date",   "\"дддддддддд\"",           false, "ten characters, more bytes"},
    {"role",   "\"contractor\"",           true,  "a role"},
    {"role",   "\"system\"",               false, "time itself is invited by nobody"},
    {"role",   "\"boss\"",                 false, "no role"},
    {"role",   "7",                        false, "a number"},
    {"lines",  "[\"a\"]",                  true,  "a list of one"},
    {"lines",  "[\"a\",\"b\"]",            true,  "as long as it may be"},
    {"lines",  "[]",                       false, "none is too few here"},
    {"lines",  "[\"a\",\"b\",\"c\"]",      false, "too many"},
    {"lines",  "[\"a\",5]",                false, "one is no text"},
    {"lines",  "[\"a\\u0000b\"]",          false, "an end amid text"},
    {"lines",  "[\"" HUNDRED "\"]",        true,  "as long as a line may be"},
    {"lines",  "[\"" FIFTY_WIDE FIFTY_WIDE "\"]", true, "characters, not bytes"},
    {"lines",  "[\"" HUNDRED "a\"]",       false, "a line too long"},
    {"lines",  "\"a\"",                    false, "no list"},
    {"lines",  "null",                     false, "null"},
};
/* clang-format on */

static struct body *read_body(struct exchange *x, const char *json, size_t len,
                              struct command *command)
{
    buf_add(&x->body, json, len);
    return body_read(x, fields, ARRAY_LEN(fields), command);
}

static void test_what_is_no_object_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(no_objects); i++) {
        scoped(exchange_fini) struct exchange x = {0};
        struct command command = {0};
        check_case(!read_body(&x, no_objects[i].json, strlen(no_objects[i].json), &command),
                   no_objects[i].why);
        check_case(x.status == 400, no_objects[i].why);
    }
    scoped(exchange_fini) struct exchange none = {0}, cut = {0};
    struct command command = {0};
    assert_null(body_read(&none, fields, ARRAY_LEN(fields), &command));
    assert_null(read_body(&cut, "{}\0", 3, &command));
    assert_int_equal(none.status, 400);
    assert_int_equal(cut.status, 400);
}

static void test_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        bool is_text = str_eq(values[i].field, "text");
        scoped(str_free) char *json = xasprintf("{%s\"%s\":%s}", is_text ? "" : "\"text\":\"a\",",
                                                values[i].field, values[i].value);
        scoped(exchange_fini) struct exchange x = {0};
        struct command command = {0};
        scoped(body_free) struct body *body = read_body(&x, json, strlen(json), &command);
        check_case((body != NULL) == values[i].is_good, values[i].why);
        if (!body) {
            scoped(str_free) char *named = xasprintf("\"field\":\"%s\"", values[i].field);
            check_case(x.status == 422 && strstr(buf_text(&x.answer), named), values[i].why);
        }
    }
}

static void test_a_command_gets_what_was_given(void **state)
{
    (void)state;
    static const char json[] = "{\"text\":\"a\",\"number\":-3,\"any\":4,\"on\":true,"
                               "\"date\":\"2026-12-31\",\"role\":\"owner\"}";
    scoped(exchange_fini) struct exchange x = {0}, less = {0};
    struct command all = {0}, few = {0};
    struct body *body = read_body(&x, json, strlen(json), &all);
    assert_non_null(body);
    assert_string_equal(all.text, "a");
    assert_string_equal(all.date, "2026-12-31");
    assert_string_equal(all.role, "owner");
    assert_true(all.has_number && all.number == -3 && all.has_any && all.any == 4);
    assert_true(all.has_on && all.on);
    body_free(&body);
    assert_null(body);

    body = read_body(&less, "{\"text\":\"b\",\"number\":null}", 26, &few);
    assert_non_null(body);
    assert_true(!few.has_number && !few.has_any && !few.has_on && !few.date && !few.role);
    body_free(&body);
}

static void test_all_that_is_wrong_is_told_at_once(void **state)
{
    (void)state;
    static const char json[] = "{\"number\":11,\"on\":1,\"date\":\"x\",\"role\":\"x\",\"more\":1}";
    static const char *const told[][2] = {
        [LANGUAGE_EN] = {"[{\"field\":\"text\",\"detail\":\"is missing\"},"
                         "{\"field\":\"number\",\"detail\":\"must be a whole number from -10 to "
                         "10\"},"
                         "{\"field\":\"on\",\"detail\":\"must be true or false\"},",        "{\"field\":\"more\",\"detail\":\"is not known here\"}]"                      },
        [LANGUAGE_RU] = {"[{\"field\":\"text\",\"detail\":\"не указано\"},"
                         "{\"field\":\"number\",\"detail\":\"нужно целое число от -10 до 10\"},"
                         "{\"field\":\"on\",\"detail\":\"нужно true или false\"},", "{\"field\":\"more\",\"detail\":\"такого поля здесь нет\"}]"},
    };
    for (int language = LANGUAGE_EN; language <= LANGUAGE_RU; language++) {
        scoped(exchange_fini) struct exchange x = {.language = (enum language)language};
        struct command command = {0};
        assert_null(read_body(&x, json, strlen(json), &command));
        for (size_t i = 0; i < ARRAY_LEN(told[language]); i++) {
            check_case(strstr(buf_text(&x.answer), told[language][i]), told[language][i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_no_object_is_refused),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_a_command_gets_what_was_given),
        cmocka_unit_test(test_all_that_is_wrong_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
