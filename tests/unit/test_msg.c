/* test_msg.c - the codec: every message there and back, and everything that must be refused */
#include "tests/unit/golden.h"

#include <pthread.h>

#include "common/base/text.h"
#include "common/wire/msg.h"
#include "common/wire/msg_shape.h"

#define HEAD "\"v\":1,\"id\":\"tg:1:2\",\"type\":\"order.take\",\"actor\":\"tg:7\",\"at\":5"
#define TAKE(body) "{" HEAD ",\"body\":" body "}"
#define CREATE(body) \
    "{\"v\":1,\"id\":\"i\",\"type\":\"order.create\",\"actor\":\"tg:7\",\"at\":5,\"body\":" body "}"
#define DUTY(body)                                                                    \
    "{\"v\":1,\"id\":\"i\",\"type\":\"person.set_duty\",\"actor\":\"tg:7\",\"at\":5," \
    "\"body\":" body "}"
#define GOOD "{\"order_id\":41,\"estimate_minutes\":180}"
#define I64_WANTED "must be a whole number of 64 bits"

static void refused_messages(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *json, *expect, *id, *why; } rows[] = {
    {"",                                  "the message is not JSON: it ends early at byte 0",      "", "nothing"},
    {"{\"v\":1",                          "the message is not JSON: it ends early at byte 6",      "", "half an object"},
    {"hello",                             "the message is not JSON: unexpected character at byte 0", "", "no JSON"},
    {TAKE(GOOD) "x",                      NULL,                                                    "", "garbage behind"},
    {"[1]",                               "the message is not a JSON object",                      "", "a list"},
    {"null ",                             "the message is not a JSON object",                      "", "null"},
    {"{\"v\":\"\xff\"}",                  "the message is not UTF-8 text",                         "", "a broken byte"},
    {"{\"v\":\"\xc0\x80\"}",              "the message is not UTF-8 text",                         "", "a NUL in disguise"},

    {"{}",                                "envelope: v is missing",                                "", "an empty envelope"},
    {"{\"v\":1}",                         "envelope: type is missing",                             "", "no type"},
    {"{\"v\":\"1\"}",                     "envelope: v " I64_WANTED,                               "", "a version in quotes"},
    {"{\"v\":1,\"type\":7}",              "envelope: type must be text",                           "", "a number for a type"},
    {"{\"v\":1,\"type\":\"x\"}",          "envelope: at is missing",                               "", "no time"},
    {"{\"v\":2,\"type\":\"x\",\"at\":1}", "envelope: version 2 is not spoken here, only 1",        "", "of the future"},
    {"{\"v\":1,\"type\":\"order.steal\",\"at\":1,\"id\":\"tg:9\"}",
                                          "unknown message type order.steal",                      "tg:9", "an unknown type can be answered"},
    {"{\"v\":1,\"type\":\"order.take\",\"at\":1,\"id\":7}",
                                          "envelope: id must be text",                             "", "an id without quotes"},
    {"{\"v\":1,\"type\":\"order.take\",\"at\":1}",
                                          "order.take: the id must have 1 to 100 printable ASCII characters, no blanks", "", "a command without id"},
    {"{\"v\":1,\"type\":\"answer\",\"at\":1,\"id\":\"\",\"body\":{\"outcome\":\"ok\"}}",
                                          "answer: the id must have 1 to 100 printable ASCII characters, no blanks", "", "an answer with an empty one"},
    {"{\"v\":1,\"type\":\"order.take\",\"at\":1,\"id\":\"a b\"}",
                                          "order.take: the id must have 1 to 100 printable ASCII characters, no blanks", "", "a blank in it"},
    {"{\"v\":1,\"type\":\"order.take\",\"at\":1,\"id\":\"a\"}",
                                          "order.take: actor is missing",                          "a", "nobody acts"},
    {"{\"v\":1,\"type\":\"order.take\",\"at\":1,\"id\":\"a\",\"actor\":\"\"}",
                                          "order.take: actor is missing",                          "a", "a nameless actor"},
    {"{" HEAD "}",                        "order.take: body must be an object",                    "tg:1:2", "no body"},
    {TAKE("[]"),                          "order.take: body must be an object",                    "tg:1:2", "a list for a body"},

    {TAKE("{\"order_id\":41}"),           "order.take: estimate_minutes is missing",               "tg:1:2", "a field missing"},
    {TAKE("{\"order_id\":\"41\"}"),       "order.take: order_id " I64_WANTED,                      "tg:1:2", "text for a number"},
    {TAKE("{\"order_id\":4.0}"),          "order.take: order_id " I64_WANTED,                      "tg:1:2", "a fraction"},
    {TAKE("{\"order_id\":4e1}"),          "order.take: order_id " I64_WANTED,                      "tg:1:2", "an exponent"},
    {TAKE("{\"order_id\":null}"),         "order.take: order_id " I64_WANTED,                      "tg:1:2", "null is no number"},
    {TAKE("{\"order_id\":9223372036854775808}"),  "order.take: order_id " I64_WANTED,              "tg:1:2", "2^63"},
    {TAKE("{\"order_id\":18446744073709551617}"), "order.take: order_id " I64_WANTED,              "tg:1:2", "beyond 2^64"},
    {TAKE("{\"order_id\":-9223372036854775809}"), "order.take: order_id " I64_WANTED,              "tg:1:2", "below -2^63"},
    {TAKE("{\"order_id\":-9223372036854775808}"), "order.take: order_id " I64_WANTED,              "tg:1:2", "-2^63 cannot be told from less"},
    {CREATE("{\"text\":7}"),              "order.create: text must be text",                       "i", "a number for text"},
    {CREATE("{\"text\":null}"),           "order.create: text must be text",                       "i", "null is no text"},
    {CREATE("{\"text\":\"a\\u0000b\"}"),  "order.create: text must be text",                       "i", "a NUL inside"},
    {CREATE("{\"text\":\"\",\"wish\":1}"),"order.create: wish must be text",                       "i", "an optional field of the wrong type"},
    {CREATE("{\"text\":\"\",\"files\":\"x\"}"),      "order.create: files must be a list of at most 64 texts", "i", "text for a list"},
    {CREATE("{\"text\":\"\",\"files\":[\"a\",1]}"),  "order.create: files must be a list of at most 64 texts", "i", "a number in a list"},
    {CREATE("{\"text\":\"\",\"files\":[null]}"),     "order.create: files must be a list of at most 64 texts", "i", "null in a list"},
    {DUTY("{\"on_duty\":1}"),             "person.set_duty: on_duty must be true or false",        "i", "a number for a truth"},
    {DUTY("{\"on_duty\":true,\"away_until\":true}"), "person.set_duty: away_until " I64_WANTED,    "i", "a truth for a number"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct msg m = {.at = 77};
        char id[MSG_ID_MAX + 1] = "untouched";
        struct err err = {0};
        check_case(msg_decode(rows[i].json, strlen(rows[i].json), &m, id, &err) == -1, rows[i].why);
        check_case(err.kind == ERR_INPUT, rows[i].why);
        check_case_text(err.text, rows[i].expect ? rows[i].expect : err.text, rows[i].why);
        check_case_text(id, rows[i].id, rows[i].why);
        check_case(m.at == 77, "what is refused leaves *ret alone");
        check_case(msg_decode(rows[i].json, strlen(rows[i].json), &m, NULL, NULL) == -1,
                   rows[i].why);
    }
}

static void accepted_messages(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *json, *why; } rows[] = {
    {TAKE(GOOD),                                                          "as we write it"},
    {" " TAKE(GOOD) "\n",                                                 "blanks around"},
    {TAKE("{\"new\":{\"deep\":[1,2.5,null]},\"order_id\":41,\"estimate_minutes\":180}"), "unknown extra fields"},
    {"{\"extra\":1,\"body\":" GOOD "," HEAD "}",                          "in any order"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct msg m;
        struct err err = {0};
        char id[MSG_ID_MAX + 1];
        check_case(msg_decode(rows[i].json, strlen(rows[i].json), &m, id, &err) == 0, rows[i].why);
        check_case(m.type == MSG_order_take && m.at == 5, rows[i].why);
        check_case_text(m.id, "tg:1:2", rows[i].why);
        check_case_text(id, "tg:1:2", rows[i].why);
        check_case_text(m.actor, "tg:7", rows[i].why);
        check_case(m.body.order_take.order_id == 41 && m.body.order_take.has_order_id, rows[i].why);
        check_case(m.body.order_take.estimate_minutes == 180, rows[i].why);
        msg_fini(&m);
        check_case(m.document_ == NULL && m.id == NULL, "msg_fini leaves nothing behind");
    }
}

static void numbers_reach_their_ends(void **state)
{
    (void)state;
    static const char json[] =
        TAKE("{\"order_id\":9223372036854775807,\"estimate_minutes\":-9223372036854775807}");
    struct msg m;
    assert_int_equal(msg_decode(json, strlen(json), &m, NULL, NULL), 0);
    assert_true(m.body.order_take.order_id == INT64_MAX);
    assert_true(m.body.order_take.estimate_minutes == -INT64_MAX);
    msg_fini(&m);
}

static void optional_fields_tell_whether_they_were_given(void **state)
{
    (void)state;
    struct msg m;
    static const char bare[] = CREATE("{\"text\":\"\"}");
    assert_int_equal(msg_decode(bare, strlen(bare), &m, NULL, NULL), 0);
    assert_string_equal(m.body.order_create.text, "");
    assert_null(m.body.order_create.wish);
    assert_int_equal(m.body.order_create.files.count, 0);
    msg_fini(&m);

    static const char full[] = CREATE("{\"text\":\"\",\"wish\":\"a\",\"files\":[\"x\",\"\"]}");
    assert_int_equal(msg_decode(full, strlen(full), &m, NULL, NULL), 0);
    assert_string_equal(m.body.order_create.wish, "a");
    assert_int_equal(m.body.order_create.files.count, 2);
    assert_string_equal(m.body.order_create.files.items[1], "");
    msg_fini(&m);

    static const char away[] = DUTY("{\"on_duty\":false}");
    assert_int_equal(msg_decode(away, strlen(away), &m, NULL, NULL), 0);
    assert_false(m.body.person_set_duty.has_away_until);
    assert_false(m.body.person_set_duty.on_duty);
    assert_true(m.body.person_set_duty.has_on_duty);
    msg_fini(&m);
}

static void sizes_are_limited(void **state)
{
    (void)state;
    struct msg m;
    struct err err;
    scoped(buf_fini) struct buf b = {0};
    buf_add_text(&b, TAKE(GOOD));
    while (b.len < MSG_BYTES_MAX) {
        buf_add_char(&b, ' ');
    }
    assert_int_equal(msg_decode(b.data, b.len, &m, NULL, &err), 0);
    msg_fini(&m);
    buf_add_char(&b, ' ');
    char id[MSG_ID_MAX + 1];
    assert_int_equal(msg_decode(b.data, b.len, &m, id, &err), -1);
    assert_string_not_equal(id, ""); /* so that the sender can be told */
    assert_string_equal(err.text, "the message has 262145 bytes, at most 262144 are allowed");

    assert_int_equal(msg_decode("{\"v\":1}\0", 8, &m, NULL, &err), -1);
    assert_string_equal(err.text, "the message is not UTF-8 text");

    for (size_t items = MSG_LIST_MAX; items <= MSG_LIST_MAX + 1; items++) {
        buf_reset(&b);
        buf_add_text(&b, "{\"v\":1,\"id\":\"i\",\"type\":\"order.create\",\"actor\":\"a\",\"at\":5,"
                         "\"body\":{\"text\":\"\",\"files\":[\"0\"");
        for (size_t i = 1; i < items; i++) {
            buf_add_text(&b, ",\"x\"");
        }
        buf_add_text(&b, "]}}");
        assert_int_equal(msg_decode(b.data, b.len, &m, NULL, &err), items > MSG_LIST_MAX ? -1 : 0);
        if (items == MSG_LIST_MAX) {
            assert_int_equal(m.body.order_create.files.count, MSG_LIST_MAX);
            msg_fini(&m);
        }
    }
}

static void long_unknown_types_are_cut_at_a_character(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf b = {0};
    buf_add_text(&b, "{\"v\":1,\"at\":1,\"type\":\"x");
    for (int i = 0; i < 500; i++) {
        buf_add_text(&b, "я");
    }
    buf_add_text(&b, "\"}");
    struct msg m;
    struct err err;
    assert_int_equal(msg_decode(b.data, b.len, &m, NULL, &err), -1);
    assert_true(text_is_utf8(err.text, strlen(err.text)));
    assert_true(strlen(err.text) < 100);
}

static void ids(void **state)
{
    (void)state;
    char id[MSG_ID_MAX + 2];
    memset(id, 'x', sizeof(id));
    id[MSG_ID_MAX] = '\0';
    assert_true(msg_is_valid_id(id));
    id[MSG_ID_MAX] = 'x';
    id[MSG_ID_MAX + 1] = '\0';
    assert_false(msg_is_valid_id(id));
    assert_true(msg_is_valid_id("~!tg:1"));
    assert_false(msg_is_valid_id(""));
    assert_false(msg_is_valid_id("a\tb"));
    assert_false(msg_is_valid_id("a\x7f"));
    assert_false(msg_is_valid_id("я"));
}

/* ---- every message of the catalogue, there and back ---- */

static const char *const some_texts[] = {"first \"quoted\" €", "", "third\n\\"};

/* variant 0: only what is required; 1: everything; 2: everything, with other values. */
static void fill(const struct msg_field *f, void *body, int variant)
{
    void *at = (char *)body + f->offset;
    if (!f->required && variant == 0) {
        return;
    }
    switch (f->type) {
    case MSG_FIELD_I64:
        *(int64_t *)at = variant == 1 ? INT64_MAX : -42;
        *(bool *)((char *)body + f->has_offset) = true;
        return;
    case MSG_FIELD_BOOL:
        *(bool *)at = variant == 1;
        *(bool *)((char *)body + f->has_offset) = true;
        return;
    case MSG_FIELD_STR:
        *(const char **)at = some_texts[variant];
        return;
    case MSG_FIELD_STRS:
        *(struct msg_strings *)at = (struct msg_strings){
            .count = (size_t)variant, .items = (const char **)(uintptr_t)some_texts};
        return;
    }
}

static void check_same(const struct msg_field *f, const void *a, const void *b, const char *wire)
{
    const void *x = (const char *)a + f->offset, *y = (const char *)b + f->offset;
    switch (f->type) {
    case MSG_FIELD_I64:
    case MSG_FIELD_BOOL:
        check_case(memcmp(x, y, f->type == MSG_FIELD_I64 ? sizeof(int64_t) : sizeof(bool)) == 0,
                   wire);
        check_case(((const char *)a)[f->has_offset] == ((const char *)b)[f->has_offset], wire);
        return;
    case MSG_FIELD_STR: {
        const char *s = *(const char *const *)x, *t = *(const char *const *)y;
        check_case(!s == !t, wire);
        check_case_text(s ? s : "", t ? t : "", wire);
        return;
    }
    case MSG_FIELD_STRS: {
        const struct msg_strings *s = x, *t = y;
        check_case(s->count == t->count, wire);
        for (size_t i = 0; i < s->count; i++) {
            check_case_text(s->items[i], t->items[i], wire);
        }
        return;
    }
    }
}

static void there_and_back(enum msg_type type, int variant)
{
    struct msg sent = {.type = type, .at = 1700000000000};
    const struct msg_shape *shape = &msg_shapes[type];
    size_t count;
    const struct msg_field *fields = shape->fields(&count);
    sent.id = shape->kind == MSG_COMMAND || shape->kind == MSG_ANSWER ? "tg:1:77" : NULL;
    sent.actor = shape->kind == MSG_COMMAND ? "login:\"мария\"" : NULL;
    for (size_t i = 0; i < count; i++) {
        fill(&fields[i], &sent.body, variant);
    }
    scoped(buf_fini) struct buf b = {0};
    msg_encode(&sent, &b);

    struct msg got;
    struct err err = {0};
    int rc = msg_decode(b.data, b.len, &got, NULL, &err);
    check_case_text(rc < 0 ? err.text : "", "", shape->wire);
    check_case(got.type == type && got.at == sent.at, shape->wire);
    check_case_text(got.id ? got.id : "none", sent.id ? sent.id : "none", shape->wire);
    check_case_text(got.actor ? got.actor : "none", sent.actor ? sent.actor : "none", shape->wire);
    for (size_t i = 0; i < count; i++) {
        check_same(&fields[i], &sent.body, &got.body, shape->wire);
    }
    msg_fini(&got);
    msg_fini(&sent); /* harmless on a message made by hand */
}

static void every_message_goes_there_and_back(void **state)
{
    (void)state;
    for (int type = 0; type < MSG_TYPE_COUNT; type++) {
        for (int variant = 0; variant < 3; variant++) {
            there_and_back((enum msg_type)type, variant);
        }
    }
}

static void encoding_is_compact(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf b = {0};
    const char *files[] = {"photo a 1 2", "voice \"b\" 3 4"};
    struct msg m = {.type = MSG_order_create, .id = "tg:1", .actor = "tg:7", .at = 5};
    m.body.order_create.text = "строка\n";
    m.body.order_create.files = (struct msg_strings){2, files};
    msg_encode(&m, &b);
    assert_string_equal(
        buf_text(&b),
        "{\"v\":1,\"id\":\"tg:1\",\"type\":\"order.create\",\"actor\":\"tg:7\",\"at\":5,"
        "\"body\":{\"text\":\"строка\\n\",\"files\":[\"photo a 1 2\",\"voice \\\"b\\\" 3 4\"]}}");
    buf_reset(&b);
    msg_encode(&(struct msg){.type = MSG_heartbeat, .at = -1}, &b);
    assert_string_equal(buf_text(&b), "{\"v\":1,\"type\":\"heartbeat\",\"at\":-1,\"body\":{}}");
}

/* Its parser goes with the thread: the leak checker would see one left behind. */
static void *decode_elsewhere(void *fine)
{
    struct msg m;
    static const char json[] = TAKE(GOOD);
    for (int i = 0; i < 100; i++) {
        if (msg_decode(json, strlen(json), &m, NULL, NULL) < 0) {
            return NULL;
        }
        msg_fini(&m);
    }
    return fine;
}

static void threads_have_their_own_parser(void **state)
{
    (void)state;
    pthread_t threads[4];
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, decode_elsewhere, threads), 0);
    }
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        void *fine = NULL;
        pthread_join(threads[i], &fine);
        assert_non_null(fine);
    }
}

static void catalogue_answers_questions(void **state)
{
    (void)state;
    for (int type = 0; type < MSG_TYPE_COUNT; type++) {
        const char *wire = msg_type_name((enum msg_type)type);
        check_case(msg_type_parse(wire) == type, wire);
        check_case(msg_type_from((enum msg_type)type) != 0 && msg_type_to((enum msg_type)type) != 0,
                   wire);
        check_case(msg_type_kind((enum msg_type)type) != MSG_COMMAND ||
                       msg_type_to((enum msg_type)type) == DAEMON_ORDER_ENGINE,
                   wire);
    }
    assert_int_equal(msg_type_parse("order.steal"), -1);
    assert_string_equal(msg_type_name(MSG_TYPE_COUNT), "?");
    assert_int_equal(msg_type_kind(MSG_answer), MSG_ANSWER);
    assert_int_equal(msg_type_from(MSG_invite_create), DAEMON_BOT_GATEWAY | DAEMON_ADMIN_WEB);
}

static void catalogue_is_the_reviewed_one(void **state)
{
    (void)state;
    golden_check("messages.md", msg_print_catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused_messages),
        cmocka_unit_test(accepted_messages),
        cmocka_unit_test(numbers_reach_their_ends),
        cmocka_unit_test(optional_fields_tell_whether_they_were_given),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(long_unknown_types_are_cut_at_a_character),
        cmocka_unit_test(ids),
        cmocka_unit_test(every_message_goes_there_and_back),
        cmocka_unit_test(encoding_is_compact),
        cmocka_unit_test(threads_have_their_own_parser),
        cmocka_unit_test(catalogue_answers_questions),
        cmocka_unit_test(catalogue_is_the_reviewed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
