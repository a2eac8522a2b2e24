/* test_update.c - every kind of update as a line of what was understood, and what is refused in a
 * sentence */
#include "tests/unit/cases.h"

#include <json-c/json.h>

#include "bot-gateway/update.h"

/* ---- the struct as one line; what has its default is left out ---- */

static void add_number(struct buf *b, const char *name, int64_t value)
{
    if (value != 0) {
        buf_printf(b, " %s=%lld", name, (long long)value);
    }
}

static void add_word(struct buf *b, const char *name, const char *value)
{
    if (value && *value) {
        buf_printf(b, " %s=%s", name, value);
    }
}

static void describe(const struct update *u, struct buf *b)
{
    static const char *const kinds[] = {"message", "edited", "press", "member", "other"};
    static const char *const contents[] = {"text",    "files", "contact", "users_shared",
                                           "sticker", "other", "none"};
    buf_printf(b, "%s %s #%lld", kinds[u->kind], contents[u->content], (long long)u->update_id);
    add_number(b, "chat", u->chat_id);
    add_word(b, "in", u->is_private ? "private" : u->place_title);
    add_number(b, "place", u->place_id != u->chat_id ? u->place_id : 0);
    add_word(b, "topics", u->is_forum ? "yes" : "");
    add_number(b, "from", u->from_id);
    add_word(b, "is", u->from_is_bot ? "bot" : "");
    add_word(b, "first", u->first_name);
    add_word(b, "last", u->last_name);
    add_word(b, "username", u->username);
    add_word(b, "language", u->language);
    add_number(b, "message", u->message_id);
    add_number(b, "topic", u->topic_id);
    add_number(b, "date", u->date_s);
    add_word(b, "text", u->text);
    add_word(b, "cut", u->text_was_cut ? "yes" : "");
    add_word(b, "album", u->media_group_id);
    add_number(b, "reply_to", u->reply_to);
    add_number(b, "forwarded", u->is_forwarded);
    for (size_t i = 0; i < u->file_count; i++) {
        buf_printf(b, " %s:%s", u->files[i].kind, u->files[i].file_id);
    }
    add_word(b, "card", u->is_contact_card ? "yes" : "");
    add_word(b, "callback", u->callback_id);
    add_word(b, "data", u->callback_data);
    add_word(b, "phone", u->phone);
    add_number(b, "shared", u->shared_user_id);
    add_number(b, "as", u->shared_request_id);
    add_word(b, "status", u->member_status);
    add_word(b, "was", u->member_was);
    add_number(b, "moved", u->moved_to);
}

#define IN(what)                                                                               \
    "{\"update_id\":5,\"message\":{\"message_id\":3,\"chat\":{\"id\":9,\"type\":\"private\"}," \
    "\"from\":{\"id\":9,\"is_bot\":false,\"first_name\":\"Ann\"}," what "}}"
#define SAID(what) "#5 chat=9 in=private from=9 first=Ann message=3" what

/* clang-format off */
static const struct good { const char *json, *expect, *why; } good[] = {
    {"{\"update_id\":7,\"message\":{\"message_id\":1,\"date\":1700000000,\"text\":\"help\",\"chat\":{\"id\":9,\"type\":\"private\"},"
     "\"from\":{\"id\":9,\"is_bot\":false,\"first_name\":\"Ann\",\"last_name\":\"Lee\",\"username\":\"ann\",\"language_code\":\"ru\"}}}",
     "message text #7 chat=9 in=private from=9 first=Ann last=Lee username=ann language=ru message=1 date=1700000000 text=help",
     "a plain text with everything a person may have"},
    {IN("\"photo\":[{\"file_id\":\"s\",\"width\":90},{\"file_id\":\"l\",\"width\":900},{\"file_id\":\"m\",\"width\":320}],\"caption\":\"see\""),
     "message files " SAID(" text=see photo:l"), "the largest size of a picture, and its caption"},
    {IN("\"photo\":[{\"file_id\":\"l\",\"width\":900}],\"media_group_id\":\"13800\""),
     "message files " SAID(" album=13800 photo:l"), "a part of an album"},
    {IN("\"photo\":[{\"file_id\":\"l\",\"width\":900}],\"media_group_id\":\"13 800\""),
     "message files " SAID(" photo:l"), "an album's id that would spoil a command's id is none"},
    {IN("\"photo\":[{\"file_id\":\"l\",\"width\":900}],\"media_group_id\":\"123456789012345678901234567890123456789012345678901234567890abcde\""),
     "message files " SAID(" photo:l"), "nor is one without end"},
    {IN("\"photo\":[]"), "message other " SAID(""), "a picture without sizes"},
    {IN("\"photo\":7"), "message other " SAID(""), "a picture that is a number"},
    {IN("\"photo\":[7,null]"), "message other " SAID(""), "sizes that are none"},
    {IN("\"document\":{\"file_id\":\"d\"}"), "message files " SAID(" document:d"), "a document"},
    {IN("\"document\":{\"file_id\":\"d\",\"mime_type\":\"Text/X-VCard\"}"), "message files " SAID(" document:d card=yes"), "somebody's card as a file"},
    {IN("\"document\":{\"file_id\":\"d\",\"file_name\":\"Ivan.VCF\"}"), "message files " SAID(" document:d card=yes"), "known by its name alone"},
    {IN("\"document\":{\"file_id\":\"d\",\"file_name\":\".vcf\",\"mime_type\":\"image/png\"}"), "message files " SAID(" document:d"), "a name that is nothing but an end"},
    {IN("\"document\":{\"file_id\":\"d\",\"file_name\":\"site.zip\"}"), "message files " SAID(" document:d"), "another file"},
    {IN("\"document\":{}"), "message other " SAID(""), "a document without a file"},
    {IN("\"document\":null"), "message other " SAID(""), "a document that is nothing"},
    {IN("\"animation\":{\"file_id\":\"a\"},\"document\":{\"file_id\":\"a\"}"), "message files " SAID(" animation:a"), "an animation comes as a document too, and is one thing"},
    {IN("\"voice\":{\"file_id\":\"v\"}"), "message files " SAID(" voice:v"), "a voice message"},
    {IN("\"video\":{\"file_id\":\"v\"}"), "message files " SAID(" video:v"), "a video"},
    {IN("\"video_note\":{\"file_id\":\"v\"}"), "message files " SAID(" video_note:v"), "a round video"},
    {IN("\"audio\":{\"file_id\":\"m\"}"), "message files " SAID(" audio:m"), "music"},
    {IN("\"location\":{\"latitude\":1.5}"), "message files " SAID(" location:-"), "a location has no file"},
    {IN("\"contact\":{\"phone_number\":\"+1\",\"user_id\":9}"), "message contact " SAID(" contact:- card=yes phone=+1"), "the sender's own number"},
    {IN("\"contact\":{\"phone_number\":\"+1\",\"user_id\":8}"), "message contact " SAID(" contact:- card=yes"), "another's number says nothing about the sender"},
    {IN("\"contact\":{\"phone_number\":\"+1\"}"), "message contact " SAID(" contact:- card=yes"), "nor does a card without an id"},
    {IN("\"contact\":{\"phone_number\":7,\"user_id\":9}"), "message contact " SAID(" contact:- card=yes"), "a number that is no text"},
    {"{\"update_id\":5,\"message\":{\"message_id\":3,\"chat\":{\"id\":-9,\"type\":\"group\"},\"contact\":{\"phone_number\":\"+1\"}}}",
     "message contact #5 place=-9 message=3 contact:- card=yes", "a card from nobody: 0 is not 0's own"},
    {IN("\"users_shared\":{\"request_id\":1,\"users\":[{\"user_id\":11},{\"user_id\":12}]}"), "message users_shared " SAID(" shared=11 as=1"), "the first of the chosen people"},
    {IN("\"users_shared\":{\"users\":[]}"), "message other " SAID(""), "nobody was chosen"},
    {IN("\"users_shared\":{}"), "message other " SAID(""), "nor here"},
    {IN("\"sticker\":{\"file_id\":\"s\"}"), "message sticker " SAID(""), "a sticker"},
    {IN("\"dice\":{\"value\":6}"), "message other " SAID(""), "what cannot be relayed"},
    {IN("\"new_chat_title\":\"x\""), "message none " SAID(""), "a service message: nobody said anything"},
    {IN("\"text\":7"), "message other " SAID(""), "text that is none"},
    {IN("\"text\":\"re\",\"reply_to_message\":{\"message_id\":2}"), "message text " SAID(" text=re reply_to=2"), "an answer to a message"},
    {IN("\"text\":\"/new\",\"forward_origin\":{\"type\":\"user\"}"), "message text " SAID(" text=/new forwarded=1"), "somebody else's words"},
    {IN("\"text\":\"re\",\"is_topic_message\":true,\"message_thread_id\":77,\"reply_to_message\":{\"message_id\":2}"), "message text " SAID(" topic=77 text=re reply_to=2"), "an answer in a topic"},
    {IN("\"text\":\"re\",\"is_topic_message\":true,\"message_thread_id\":77,\"reply_to_message\":{\"message_id\":77}"), "message text " SAID(" topic=77 text=re"), "every message of a topic answers to its opening: that is no answer"},
    {IN("\"text\":\"re\",\"is_topic_message\":false,\"message_thread_id\":77"), "message text " SAID(" text=re"), "a thread of replies is no topic"},
    {"{\"update_id\":5,\"message\":{\"message_id\":3,\"chat\":{\"id\":-1001234567890,\"type\":\"supergroup\"},\"from\":{\"id\":4503599627370496,\"is_bot\":true},\"text\":\"x\"}}",
     "message text #5 chat=4503599627370496 place=-1001234567890 from=4503599627370496 is=bot message=3 text=x", "a negative group, an id of 52 bits, a bot"},
    {"{\"update_id\":5,\"message\":{\"message_id\":3,\"chat\":{\"id\":9},\"from\":{\"id\":4503599627370497}}}",
     "message none #5 place=9 message=3", "an id beyond 52 bits is none"},
    {"{\"update_id\":5,\"message\":{\"message_id\":3,\"chat\":{\"id\":9},\"from\":{\"id\":-9223372036854775808}}}",
     "message none #5 place=9 message=3", "nor one far below"},
    {"{\"update_id\":5,\"edited_message\":{\"message_id\":3,\"chat\":{\"id\":9,\"type\":\"private\"},\"from\":{\"id\":9},\"text\":\"better\"}}",
     "edited text #5 chat=9 in=private from=9 message=3 text=better", "an edit"},
    {"{\"update_id\":5,\"callback_query\":{\"id\":\"77\",\"from\":{\"id\":9},\"data\":\"take:1\",\"message\":{\"message_id\":3,\"date\":17,\"text\":\"ours\",\"chat\":{\"id\":9,\"type\":\"private\"}}}}",
     "press none #5 chat=9 in=private from=9 message=3 date=17 callback=77 data=take:1", "a press; the message's text is not the presser's"},
    {"{\"update_id\":5,\"callback_query\":{\"id\":\"77\",\"from\":{\"id\":9},\"data\":\"take:1\",\"message\":{\"message_id\":3,\"date\":0,\"chat\":{\"id\":-8,\"type\":\"group\"}}}}",
     "press none #5 chat=9 place=-8 from=9 message=3 callback=77 data=take:1", "a press in a group, on a message that is no longer accessible: the presser's turn"},
    {"{\"update_id\":5,\"callback_query\":{\"id\":\"77\",\"from\":{\"id\":9}}}",
     "press none #5 chat=9 in=private from=9 callback=77", "a press without message and data: still to be answered"},
    {"{\"update_id\":5,\"my_chat_member\":{\"chat\":{\"id\":9,\"type\":\"private\"},\"from\":{\"id\":9},\"date\":17,\"new_chat_member\":{\"status\":\"kicked\"}}}",
     "member none #5 chat=9 in=private from=9 date=17 status=kicked", "the bot was blocked"},
    {"{\"update_id\":5,\"my_chat_member\":{\"chat\":{\"id\":-8,\"type\":\"supergroup\",\"title\":\"M\",\"is_forum\":true},\"from\":{\"id\":9},\"old_chat_member\":{\"status\":\"left\"},\"new_chat_member\":{\"status\":\"member\"}}}",
     "member none #5 chat=9 in=M place=-8 topics=yes from=9 status=member was=left", "the bot was added to a group with topics"},
    {"{\"update_id\":5,\"message\":{\"message_id\":3,\"chat\":{\"id\":-8,\"type\":\"group\",\"title\":\"M\"},\"from\":{\"id\":9},\"migrate_to_chat_id\":-1008}}",
     "message none #5 chat=9 in=M place=-8 from=9 message=3 moved=-1008", "the group has become a supergroup"},
    {"{\"update_id\":5,\"channel_post\":{\"message_id\":3,\"chat\":{\"id\":-100}}}", "other none #5", "a channel's post is not ours"},
    {"{\"update_id\":5,\"message_reaction\":{\"chat\":{\"id\":9}}}", "other none #5", "nor is a reaction, so far"},
    {"{\"update_id\":5,\"message\":7}", "other none #5", "a message that is none"},
    {"{\"update_id\":5}", "other none #5", "nothing at all"},
};

static const struct bad { const char *json; int64_t id; const char *why; } bad[] = {
    {"",                                                             0, "nothing"},
    {"{",                                                            0, "half of it"},
    {"not json",                                                     0, "no JSON"},
    {"[]",                                                           0, "a list"},
    {"7",                                                            0, "a number"},
    {"{} x",                                                         0, "something behind it"},
    {"{\"update_id\":\"5\"}",                                        0, "a number in quotes"},
    {"{\"update_id\":0}",                                            0, "zero is no id"},
    {"{\"update_id\":-5}",                                           0, "nor is a negative number"},
    {"{\"update_id\":99999999999999999999}",                         0, "nor one that json-c cuts to 64 bits"},
    {"{\"update_id\":5,\"message\":{}}",                             5, "no chat"},
    {"{\"update_id\":5,\"message\":{\"chat\":{\"id\":\"9\"}}}",      5, "a chat whose id is text"},
    {"{\"update_id\":5,\"message\":{\"chat\":{\"id\":9}}}",          5, "a message without a number"},
    {"{\"update_id\":5,\"message\":{\"chat\":{\"id\":9},\"message_id\":-1}}", 5, "a negative one"},
    {"{\"update_id\":5,\"callback_query\":{\"from\":{\"id\":9}}}",   5, "a press without an id"},
    {"{\"update_id\":5,\"callback_query\":{\"id\":\"7\"}}",          5, "a press by nobody"},
    {"{\"update_id\":5,\"callback_query\":{\"id\":\"7\",\"from\":{\"id\":9},\"message\":{}}}", 5, "a press on a message of no chat"},
    {"{\"update_id\":5,\"my_chat_member\":{\"chat\":{\"id\":9}}}",   5, "a membership without a member"},
    {"{\"update_id\":5,\"my_chat_member\":{\"chat\":{\"id\":9},\"new_chat_member\":{}}}", 5, "a membership without a status"},
    {"{\"update_id\":5,\"my_chat_member\":{\"new_chat_member\":{\"status\":\"member\"}}}", 5, "a membership of no chat"},
    {"{\"update_id\":5,\"x\":\"\xff\"}",                             0, "no UTF-8"},
    {"{\"update_id\":5,\"x\":\"\xc0\xb5\"}",                         0, "UTF-8 that is longer than it need be"},
};
/* clang-format on */

static void updates_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        struct update u;
        struct err err;
        int64_t id;
        scoped(buf_fini) struct buf line = {0};
        check_case(update_parse(good[i].json, strlen(good[i].json), &u, &id, &err) == 0,
                   good[i].why);
        describe(&u, &line);
        check_case_text(buf_text(&line), good[i].expect, good[i].why);
        check_case(id == u.update_id, good[i].why);
        update_fini(&u);
    }
}

static void garbage_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct update u = {.update_id = -1};
        struct err err = {.kind = ERR_INTERNAL};
        int64_t id = -1;
        check_case(update_parse(bad[i].json, strlen(bad[i].json), &u, &id, &err) == -1, bad[i].why);
        check_case(err.kind == ERR_INPUT && *err.text, bad[i].why);
        check_case(u.update_id == -1, bad[i].why);
        check_case(id == bad[i].id, bad[i].why);
    }
    struct update u = {0};
    struct err err;
    int64_t id;
    assert_int_equal(update_parse("{}", SIZE_MAX, &u, &id, &err), -1);
}

static void long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf json = {0};
    buf_add_text(&json,
                 "{\"update_id\":5,\"message\":{\"message_id\":1,\"chat\":{\"id\":9},\"text\":\"a");
    for (int i = 0; i < UPDATE_TEXT_MAX; i++) {
        buf_add_text(&json, "ж");
    }
    buf_add_text(&json, "\"}}");
    struct update u;
    struct err err;
    int64_t id;
    assert_int_equal(update_parse(json.data, json.len, &u, &id, &err), 0);
    assert_true(u.text_was_cut);
    assert_int_equal(strlen(u.text), UPDATE_TEXT_MAX - 1);
    update_fini(&u);
}

static void an_update_survives_the_inbox(void **state)
{
    (void)state;
    struct update u, again;
    struct err err;
    int64_t id;
    scoped(buf_fini) struct buf written = {0}, before = {0}, after = {0};
    assert_int_equal(update_parse(good[0].json, strlen(good[0].json), &u, &id, &err), 0);
    update_write(&u, &written);
    assert_int_equal(update_parse(written.data, written.len, &again, &id, &err), 0);
    describe(&u, &before);
    describe(&again, &after);
    assert_string_equal(before.data, after.data);
    update_fini(&u);
    update_fini(&again);
    update_fini(&again); /* harmless */
}

static void lists_are_walked(void **state)
{
    (void)state;
    json_object *list = json_tokener_parse("[{\"update_id\":5},{\"update_id\":-6},7]");
    json_object *none = json_tokener_parse("{\"update_id\":5}");
    assert_int_equal(update_list_length(list), 3);
    assert_int_equal(update_list_length(none), 0);
    assert_int_equal(update_list_length(NULL), 0);
    assert_int_equal(update_peek_id(update_list_at(list, 0)), 5);
    assert_int_equal(update_peek_id(update_list_at(list, 1)), 0);
    assert_int_equal(update_peek_id(update_list_at(list, 2)), 0);
    json_object_put(list);
    json_object_put(none);
}

static void commands_are_named_after_updates(void **state)
{
    (void)state;
    char id[UPDATE_COMMAND_ID_MAX];
    update_command_id(&(struct update){.update_id = 4503599627370496}, 123456, id);
    assert_string_equal(id, "tg:123456:4503599627370496");
    update_command_id(&(struct update){.update_id = 7, .media_group_id = "138"}, 123456, id);
    assert_string_equal(id, "tg:123456:album:138");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(updates_are_understood),
        cmocka_unit_test(garbage_is_refused),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(an_update_survives_the_inbox),
        cmocka_unit_test(lists_are_walked),
        cmocka_unit_test(commands_are_named_after_updates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
