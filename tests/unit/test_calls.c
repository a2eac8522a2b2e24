/* test_calls.c - one delivery as the calls of the Bot API it takes */
#include "tests/unit/cases.h"

#include "bot-gateway/delivery/calls.h"
#include "common/base/buf.h"

#define PHOTO "photo AgAC 55 7"
#define DOCUMENT "document BQAC 55 8"
#define VOICE "voice AwAC 55 9"
#define LOCATION "location - 55 9"

/* clang-format off */
static const struct row {
    const char        *payload;
    int64_t            edit_message_id;
    const char        *copies[3];
    struct calls_shape shape;
    const char        *expect[4]; /* "method params"; ended by NULL */
    const char        *why;
} rows[] = {
    {"{\"method\":\"sendMessage\",\"text\":\"hi\"}", 0, {NULL}, {0},
     {"sendMessage {\"text\":\"hi\",\"chat_id\":5}"}, "the chat is added"},
    {"{\"method\":\"deleteMessage\",\"message_id\":3}", 0, {NULL}, {0},
     {"deleteMessage {\"message_id\":3,\"chat_id\":5}"}, "any method"},
    {"{\"method\":\"sendMessage\",\"text\":\"<b>x</b>\",\"parse_mode\":\"HTML\"}", 9, {NULL}, {0},
     {"editMessageText {\"text\":\"<b>x</b>\",\"parse_mode\":\"HTML\",\"chat_id\":5,\"message_id\":9}"}, "a card is redrawn"},
    {"{\"method\":\"sendMessage\",\"text\":\"<b>x</b>\",\"parse_mode\":\"HTML\"}", 0, {NULL}, {.is_plain = true},
     {"sendMessage {\"text\":\"x\",\"chat_id\":5}"}, "without formatting"},
    {"{\"method\":\"sendPhoto\",\"caption\":\"<b>x</b>\",\"parse_mode\":\"HTML\"}", 0, {NULL}, {.is_plain = true},
     {"sendPhoto {\"caption\":\"x\",\"chat_id\":5}"}, "a caption without formatting"},
    {"{\"method\":\"sendMessage\",\"text\":\"a &lt; b\"}", 0, {NULL}, {.is_plain = true},
     {"sendMessage {\"text\":\"a &lt; b\",\"chat_id\":5}"}, "what was plain stays"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\",\"link_preview_options\":{}}", 0, {PHOTO}, {0},
     {"copyMessage {\"chat_id\":5,\"caption\":\"x\",\"from_chat_id\":55,\"message_id\":7}"}, "the only photo carries the text"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\"}", 0, {DOCUMENT}, {.is_apart = true},
     {"sendMessage {\"text\":\"x\",\"chat_id\":5}", "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":8,\"caption\":\"\"}"}, "unless it cannot; then it goes without its own words"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\",\"protect_content\":true}", 0, {VOICE}, {0},
     {"copyMessage {\"protect_content\":true,\"chat_id\":5,\"caption\":\"x\",\"from_chat_id\":55,\"message_id\":9}"}, "so does a voice message"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\",\"protect_content\":true}", 0, {LOCATION}, {0},
     {"sendMessage {\"text\":\"x\",\"protect_content\":true,\"chat_id\":5}",
      "copyMessage {\"chat_id\":5,\"protect_content\":true,\"from_chat_id\":55,\"message_id\":9}"}, "a place cannot"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\"}", 0, {DOCUMENT, PHOTO, VOICE}, {0},
     {"sendMessage {\"text\":\"x\",\"chat_id\":5}", "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":8,\"caption\":\"\"}",
      "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":7,\"caption\":\"\"}",
      "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":9,\"caption\":\"\"}"}, "out of order, or of no album: one by one"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\"}", 0, {PHOTO, "photo AgAC 56 8"}, {0},
     {"sendMessage {\"text\":\"x\",\"chat_id\":5}", "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":7,\"caption\":\"\"}",
      "copyMessage {\"chat_id\":5,\"from_chat_id\":56,\"message_id\":8,\"caption\":\"\"}"}, "of two chats: one by one"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\"}", 0, {LOCATION, PHOTO}, {0},
     {"sendMessage {\"text\":\"x\",\"chat_id\":5}", "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":9}",
      "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":7,\"caption\":\"\"}"}, "a place joins nothing"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\"}", 0, {PHOTO, "nonsense", DOCUMENT}, {0},
     {"sendMessage {\"text\":\"x\",\"chat_id\":5}", "copyMessages {\"chat_id\":5,\"from_chat_id\":55,\"message_ids\":[7,8],\"remove_caption\":true}"}, "several follow the text as one; what is no line is left out"},
    {"{\"method\":\"copyMessage\",\"from_chat_id\":1,\"message_id\":2}", 0, {PHOTO}, {.is_split = true},
     {"copyMessage {\"from_chat_id\":1,\"message_id\":2,\"chat_id\":5}", "copyMessage {\"chat_id\":5,\"from_chat_id\":55,\"message_id\":7,\"caption\":\"\"}"}, "no text to carry, none to split"},
    {"{\"method\":\"sendMessage\",\"text\":\"x\"}", 0, {"nonsense"}, {0},
     {"sendMessage {\"text\":\"x\",\"chat_id\":5}"}, "no attachment at all"},
};
/* clang-format on */

static void payloads_become_calls(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        size_t copies = 0;
        while (copies < ARRAY_LEN(row->copies) && row->copies[copies] != NULL)
            copies++;
        scoped(calls_fini) struct calls calls = {0};
        struct err err;
        check_case(calls_make(row->payload,
                              (struct calls_address){.chat_id = 5,
                                                     .edit_message_id = row->edit_message_id},
                              row->copies, copies, row->shape, &calls, &err) == 0,
                   row->why);
        size_t n = 0;
        for (; n < ARRAY_LEN(row->expect) && row->expect[n] != NULL; n++) {
            check_case(n < calls.count, row->why);
            scoped(str_free) char *is =
                xasprintf("%s %s", calls.items[n].method, calls.items[n].params);
            check_case_text(is, row->expect[n], row->why);
        }
        check_case(calls.count == n, row->why);
    }
}

static void an_album_has_ten_pictures_at_most(void **state)
{
    (void)state;
    enum { PICTURES = 12 };
    char lines[PICTURES][40];
    const char *copies[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
        snprintf(lines[i], sizeof lines[i], "photo AgAC 55 %d", 101 + i);
        copies[i] = lines[i];
    }
    scoped(calls_fini) struct calls calls = {0};
    struct err err;
    assert_int_equal(calls_make("{\"method\":\"sendMessage\",\"text\":\"x\"}",
                                (struct calls_address){.chat_id = 5}, copies, PICTURES,
                                (struct calls_shape){0}, &calls, &err),
                     0);
    assert_int_equal(calls.count, 3);
    assert_non_null(strstr(calls.items[1].params, "[101,102,103,104,105,106,107,108,109,110]"));
    assert_non_null(strstr(calls.items[2].params, "[111,112]"));
}

static void what_is_no_call_is_refused(void **state)
{
    (void)state;
    static const char *const payloads[] = {"", "nonsense", "[]", "{}", "{\"method\":null}"};
    for (size_t i = 0; i < ARRAY_LEN(payloads); i++) {
        struct calls calls;
        struct err err;
        assert_int_equal(calls_make(payloads[i], (struct calls_address){.chat_id = 5}, NULL, 0,
                                    (struct calls_shape){0}, &calls, &err),
                         -1);
        assert_int_equal(err.kind, ERR_INTERNAL);
    }
}

static char *long_payload(size_t words, const char *rest)
{
    struct buf payload = {0};
    buf_add_text(&payload, "{\"method\":\"sendMessage\",\"parse_mode\":\"HTML\",\"text\":\"<i>");
    for (size_t i = 0; i < words; i++)
        buf_add_text(&payload, "слово ");
    buf_printf(&payload, "</i>\"%s}", rest);
    return buf_take(&payload);
}

static void long_text_goes_in_pieces(void **state)
{
    (void)state;
    scoped(str_free) char *payload =
        long_payload(1500, ",\"reply_markup\":{\"k\":1},\"reply_parameters\":{\"message_id\":2}");
    scoped(calls_fini) struct calls calls = {0};
    struct err err;
    assert_int_equal(calls_make(payload, (struct calls_address){.chat_id = 5}, NULL, 0,
                                (struct calls_shape){.is_split = true}, &calls, &err),
                     0);
    assert_int_equal(calls.count, 3);
    for (size_t i = 0; i < calls.count; i++) {
        assert_null(strstr(calls.items[i].params, "<i>"));
        assert_true((strstr(calls.items[i].params, "reply_markup") != NULL) == (i == 2));
        assert_true((strstr(calls.items[i].params, "reply_parameters") != NULL) == (i == 0));
    }
    scoped(str_free) char *bare = long_payload(1000, "");
    scoped(calls_fini) struct calls two = {0};
    assert_int_equal(calls_make(bare, (struct calls_address){.chat_id = 5}, NULL, 0,
                                (struct calls_shape){.is_split = true}, &two, &err),
                     0);
    assert_int_equal(two.count, 2);
}

static void a_long_text_is_no_caption(void **state)
{
    (void)state;
    scoped(str_free) char *payload = long_payload(200, "");
    const char *const copies[] = {PHOTO};
    scoped(calls_fini) struct calls calls = {0};
    struct err err;
    assert_int_equal(calls_make(payload, (struct calls_address){.chat_id = 5}, copies, 1,
                                (struct calls_shape){0}, &calls, &err),
                     0);
    assert_int_equal(calls.count, 2);
    assert_false(calls.carries_text);
}

static void there_is_an_end_to_attachments(void **state)
{
    (void)state;
    const char *copies[2 * CALLS_MAX];
    for (size_t i = 0; i < ARRAY_LEN(copies); i++)
        copies[i] = PHOTO;
    scoped(calls_fini) struct calls calls = {0};
    struct err err;
    assert_int_equal(calls_make("{\"method\":\"sendMessage\",\"text\":\"x\"}",
                                (struct calls_address){.chat_id = 5}, copies, ARRAY_LEN(copies),
                                (struct calls_shape){0}, &calls, &err),
                     0);
    assert_int_equal(calls.count, CALLS_MAX);
}

static void a_topic_is_made_and_written_in(void **state)
{
    (void)state;
    static const char payload[] = "{\"method\":\"sendMessage\",\"text\":\"x\"}";
    static const char *const copies[] = {LOCATION};
    scoped(calls_fini) struct calls calls = {0}, edit = {0};
    struct err err;
    assert_int_equal(calls_make(payload, (struct calls_address){.chat_id = -5, .topic_id = 9},
                                copies, 1, (struct calls_shape){0}, &calls, &err),
                     0);
    assert_string_equal(calls.items[0].params,
                        "{\"text\":\"x\",\"chat_id\":-5,\"message_thread_id\":9}");
    assert_non_null(strstr(calls.items[1].params, "\"message_thread_id\":9"));
    assert_int_equal(
        calls_make(payload,
                   (struct calls_address){.chat_id = -5, .edit_message_id = 3, .topic_id = 9}, NULL,
                   0, (struct calls_shape){0}, &edit, &err),
        0);
    assert_null(strstr(edit.items[0].params, "thread")); /* a message stays where it is */

    scoped(str_free) char *topic = calls_topic_params(-5, "№5 · \"A\"");
    assert_string_equal(topic, "{\"chat_id\":-5,\"name\":\"№5 · \\\"A\\\"\"}");
    char name[TOPIC_UNITS_MAX + 2];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    scoped(str_free) char *cut = calls_topic_params(-5, name);
    assert_int_equal(strlen(cut), strlen("{\"chat_id\":-5,\"name\":\"\"}") + TOPIC_UNITS_MAX);
}

static void small_errands(void **state)
{
    (void)state;
    scoped(str_free) char *shrink = calls_shrink_params(5, 6), *mark = calls_mark_params(5, 6);
    scoped(str_free) char *gone = calls_remove_params(5, 6);
    assert_string_equal(gone, "{\"chat_id\":5,\"message_id\":6}");
    assert_string_equal(
        shrink, "{\"chat_id\":5,\"message_id\":6,\"reply_markup\":{\"inline_keyboard\":[]}}");
    assert_string_equal(
        mark,
        "{\"chat_id\":5,\"message_id\":6,\"reaction\":[{\"type\":\"emoji\",\"emoji\":\"👌\"}]}");
    assert_true(call_is_repeatable("editMessageText"));
    assert_true(call_is_repeatable("deleteMessage"));
    assert_true(call_is_repeatable("setMessageReaction"));
    assert_false(call_is_repeatable("sendMessage"));
    assert_false(call_is_repeatable("copyMessage"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payloads_become_calls),
        cmocka_unit_test(an_album_has_ten_pictures_at_most),
        cmocka_unit_test(what_is_no_call_is_refused),
        cmocka_unit_test(long_text_goes_in_pieces),
        cmocka_unit_test(a_long_text_is_no_caption),
        cmocka_unit_test(there_is_an_end_to_attachments),
        cmocka_unit_test(a_topic_is_made_and_written_in),
        cmocka_unit_test(small_errands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
