/* methods.c - the Bot API: one table of methods, and what every handler may use */
#include "methods.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "updates.h"

/* clang-format off */
const struct method methods[] = {
/*   name                      handler                      what it does here */
    {"getMe",                  on_get_me,                   "who the bot is"},
    {"getUpdates",             updates_serve,               "waits for updates; confirms all below the offset"},
    {"setWebhook",             on_set_webhook,              "remembers the address; nothing is delivered there"},
    {"deleteWebhook",          on_delete_webhook,           "forgets it; may drop what waits"},
    {"getWebhookInfo",         on_webhook_info,             "the address and how many updates wait"},

    {"sendMessage",            on_send_message,             "a text"},
    {"sendPhoto",              on_send_photo,               "a picture, uploaded or known by its file_id"},
    {"sendDocument",           on_send_document,            "a file"},
    {"sendVoice",              on_send_voice,               "a voice message"},
    {"sendVideo",              on_send_video,               "a video"},
    {"sendAudio",              on_send_audio,               "a piece of music"},
    {"sendAnimation",          on_send_animation,           "a silent video"},
    {"sendSticker",            on_send_sticker,             "a sticker"},
    {"sendLocation",           on_send_location,            "a place"},
    {"sendContact",            on_send_contact,             "a phone contact"},
    {"sendMediaGroup",         on_send_media_group,         "an album of 2 to 10"},
    {"copyMessage",            on_copy_message,             "any message again, without its author"},
    {"copyMessages",           on_copy_messages,            "several, albums kept together"},
    {"forwardMessage",         on_forward_message,          "any message again, with its author"},
    {"sendChatAction",         on_send_chat_action,         "shows \"typing\" for five seconds"},

    {"editMessageText",        on_edit_text,                "another text and keyboard for a message of the bot"},
    {"editMessageCaption",     on_edit_caption,             "another caption"},
    {"editMessageReplyMarkup", on_edit_markup,              "another inline keyboard, or none"},
    {"deleteMessage",          on_delete_message,           "takes a message out of the chat"},
    {"deleteMessages",         on_delete_messages,          "takes up to a hundred; skips the missing"},
    {"answerCallbackQuery",    on_answer_callback,          "ends the button's spinner, perhaps with a toast or an alert"},
    {"setMessageReaction",     on_set_reaction,             "the bot's emoji on a message"},
    {"pinChatMessage",         on_pin,                      "pins a message"},
    {"unpinChatMessage",       on_unpin,                    "unpins it"},
    {"unpinAllChatMessages",   on_unpin_all,                "unpins all"},

    {"getChat",                on_get_chat,                 "what is known of a chat"},
    {"getChatMember",          on_get_chat_member,          "a person's standing in a chat"},
    {"getChatAdministrators",  on_get_chat_administrators,  "the bot, if it is one"},
    {"leaveChat",              on_leave_chat,               "the bot goes"},
    {"getFile",                on_get_file,                 "where a file can be fetched"},

    {"setMyCommands",          on_set_commands,             "the command list of a scope and language"},
    {"deleteMyCommands",       on_delete_commands,          "takes that list away"},
    {"getMyCommands",          on_get_commands,             "reads it"},
    {"setMyName",              on_set_description,          "the bot's name, by language"},
    {"setMyDescription",       on_set_description,          "the text of the empty chat, by language"},
    {"setMyShortDescription",  on_set_description,          "the text of the profile, by language"},
    {"getMyName",              on_get_description,          "reads the name"},
    {"getMyDescription",       on_get_description,          "reads the text of the empty chat"},
    {"getMyShortDescription",  on_get_description,          "reads the text of the profile"},
    {"setChatMenuButton",      on_set_menu_button,          "the button beside the input"},
    {"getChatMenuButton",      on_get_menu_button,          "reads it"},

    {"createForumTopic",       on_create_topic,             "a topic of a forum group"},
    {"editForumTopic",         on_edit_topic,               "renames it"},
    {"closeForumTopic",        on_close_topic,              "closes it"},
    {"reopenForumTopic",       on_reopen_topic,             "opens it again"},
    {"deleteForumTopic",       on_delete_topic,             "deletes it with all its messages"},
};
/* clang-format on */
const size_t methods_count = sizeof methods / sizeof *methods;

const struct method *methods_find(const char *name)
{
    for (size_t i = 0; i < methods_count; i++)
        if (!strcasecmp(methods[i].name, name))
            return &methods[i];
    return NULL;
}

json_object *call_fail(struct call *call, int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(call->description, sizeof call->description, format, args);
    va_end(args);
    call->code = code;
    return NULL;
}

const char *call_str(struct call *call, const char *name)
{
    json_object *value = json_at(call->params.values, name);
    return value ? json_object_get_string(value) : NULL;
}

int64_t call_int(struct call *call, const char *name, int64_t fallback)
{
    return json_int(call->params.values, name, fallback);
}

bool call_flag(struct call *call, const char *name)
{
    return json_flag(call->params.values, name, false);
}

bool call_json(struct call *call, const char *name, json_type type, json_object **out)
{
    json_object *value = json_at(call->params.values, name);
    *out = NULL;
    if (!value)
        return true;
    if (json_object_is_type(value, json_type_string)) {
        if (json_object_get_string_len(value) == 0)
            return true;
        value = json_read(json_object_get_string(value), (size_t)json_object_get_string_len(value));
        if (value)
            json_object_object_add(call->params.values, name, value);
    }
    if (!json_object_is_type(value, type)) {
        call_fail(call, 400, "Bad Request: object expected as %s", name);
        if (!strcmp(name, "reply_markup"))
            call_fail(call, 400, "Bad Request: can't parse reply keyboard markup JSON object");
        return false;
    }
    *out = value;
    return true;
}

struct chat *call_chat(struct call *call, const char *name, bool may_write)
{
    const char *said = call_str(call, name);
    if (!said || !*said) {
        call_fail(call, 400, "Bad Request: chat_id is empty");
        return NULL;
    }
    struct chat *chat = world_chat(call->world, call_int(call, name, 0));
    if (!chat) {
        call_fail(call, 400, "Bad Request: chat not found");
        return NULL;
    }
    struct person *person = chat->person;
    if (may_write && person && person->deactivated)
        call_fail(call, 403, "Forbidden: user is deactivated");
    else if (may_write && person && !person->started)
        call_fail(call, 403, "Forbidden: bot can't initiate conversation with a user");
    else if (may_write && person && person->blocked)
        call_fail(call, 403, "Forbidden: bot was blocked by the user");
    else if (chat->upgraded_to) {
        call->migrate_to = chat->upgraded_to;
        call_fail(call, 400, "Bad Request: group chat was upgraded to a supergroup chat");
    } else if (chat->bot_is_out)
        call_fail(call, 403, "Forbidden: bot was kicked from the %s chat",
                  chat->kind == CHAT_GROUP ? "group" : "supergroup");
    else
        return chat;
    return NULL;
}

bool call_admit(struct call *call, struct chat *chat, enum limits_deed deed, int count)
{
    int64_t wait = limits_admit(&call->world->limits, &chat->limits, chat->kind != CHAT_PRIVATE,
                                deed, count, world_now_ms());
    if (wait == 0)
        return true;
    call->retry_after_s = (int)((wait + 999) / 1000);
    call_fail(call, 429, "Too Many Requests: retry after %d", call->retry_after_s);
    return false;
}

static void note_violation(struct world *world, const char *method, const char *what)
{
    enum { MOST = 500 };
    world->violation_count++;
    if (json_count(world->violations) >= MOST)
        return;
    json_object *one = json_object_new_object();
    json_put_str(one, "method", method);
    json_put_str(one, "what", what);
    json_object_array_add(world->violations, one);
}

static void check_against_spec(struct call *call)
{
    if (!call->world->spec)
        return;
    json_object *sentences = json_object_new_array();
    spec_check(call->world->spec, call->method->name, &call->params, sentences);
    for (size_t i = 0; i < json_count(sentences); i++)
        note_violation(call->world, call->method->name,
                       json_object_get_string(json_object_array_get_idx(sentences, i)));
    json_object_put(sentences);
}

/* Everything between the checks of the path and the answer; the world is locked. */
static void serve_locked(struct call *call, struct answer *answer)
{
    struct world *world = call->world;
    struct faults *faults = &world->faults;
    const char *name = call->method->name;
    int64_t chat_id = call_int(call, "chat_id", 0);
    const struct fault *fault;
    world->requests++;
    world->calls[call->method - methods]++;
    check_against_spec(call);
    if ((fault = faults_take(faults, FAULT_DELAY, name, chat_id)))
        answer->delay_ms = fault->delay_ms;
    if (faults_take(faults, FAULT_RESET, name, chat_id)) {
        answer->reset = true;
        return;
    }
    json_object *result = NULL;
    if ((fault = faults_take(faults, FAULT_ERROR, name, chat_id))) {
        call_fail(call, fault->code, "%s",
                  fault->code == 502 ? "Bad Gateway" : "Internal Server Error");
    } else if ((fault = faults_take(faults, FAULT_REFUSE, name, chat_id))) {
        call->retry_after_s = fault->retry_after_s;
        world->limits.refusals++;
        call_fail(call, 429, "Too Many Requests: retry after %d", fault->retry_after_s);
    } else {
        result = call->method->handle(call);
    }
    if (call->reset) {
        answer->reset = true;
    } else if (!faults_take(faults, FAULT_LOSE, name, chat_id)) {
        answer->status = call->code ? call->code : 200;
        if (!call->code && !call->body.s) {
            text_adds(&call->body, "{\"ok\":true,\"result\":");
            text_adds(&call->body,
                      json_object_to_json_string_ext(result, JSON_C_TO_STRING_PLAIN |
                                                                 JSON_C_TO_STRING_NOSLASHESCAPE));
            text_adds(&call->body, "}");
        }
    }
    json_object_put(result);
}

static void write_error(struct text *body, const struct call *call)
{
    text_addf(body, "{\"ok\":false,\"error_code\":%d,\"description\":\"", call->code);
    text_add_json(body, call->description, strlen(call->description));
    text_adds(body, "\"");
    if (call->retry_after_s)
        text_addf(body, ",\"parameters\":{\"retry_after\":%d}", call->retry_after_s);
    if (call->migrate_to)
        text_addf(body, ",\"parameters\":{\"migrate_to_chat_id\":%lld}",
                  (long long)call->migrate_to);
    text_adds(body, "}");
}

void methods_serve(struct world *world, const char *token, const char *name, const char *query,
                   const char *content_type, const char *body, size_t len, struct answer *answer)
{
    struct call call = {.world = world, .method = methods_find(name)};
    const char *why = NULL;
    int unreadable = params_init(&call.params, query, content_type, body, len, &why);
    pthread_mutex_lock(&world->lock);
    if (strcmp(token, world->token) != 0) {
        world->unauthorized++;
        call_fail(&call, 401, "Unauthorized");
    } else if (!call.method) {
        world->unknown_requests++;
        note_violation(world, name,
                       world->spec && spec_knows_method(world->spec, name)
                           ? "is a method this simulator does not know"
                           : "is no method of the Bot API");
        call_fail(&call, 404, "Not Found");
    } else if (unreadable) {
        call_fail(&call, 400, "Bad Request: %s", why);
    }
    if (call.code)
        answer->status = call.code;
    else
        serve_locked(&call, answer);
    params_fini(&call.params); /* parts of it may live on in the world: under the lock, too */
    pthread_mutex_unlock(&world->lock);
    if (call.code && answer->status)
        write_error(&call.body, &call);
    answer->body = call.body;
}
