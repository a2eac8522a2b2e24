/* settings.c - methods about the bot itself, its chats, commands, topics and files */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "methods.h"
#include "view.h"

enum { COMMANDS_MOST = 100, COMMAND_MOST = 32, COMMAND_TEXT_MOST = 256, DOWNLOAD_MOST = 20 << 20 };

json_object *on_get_me(struct call *call)
{
    json_object *me = view_bot(call->world);
    json_put_flag(me, "can_join_groups", true);
    json_put_flag(me, "can_read_all_group_messages", true);
    json_put_flag(me, "supports_inline_queries", false);
    return me;
}

json_object *on_get_chat(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", false);
    if (!chat)
        return NULL;
    json_object *out = view_chat(chat);
    json_put_int(out, "accent_color_id", chat->id < 0 ? -chat->id % 7 : chat->id % 7);
    json_put_int(out, "max_reaction_count", 11);
    struct message *pinned = chat->pinned_id ? world_message(chat, chat->pinned_id) : NULL;
    if (pinned)
        json_object_object_add(out, "pinned_message", view_message(call->world, chat, pinned));
    return out;
}

static json_object *bot_member(const struct world *world, const struct chat *chat)
{
    json_object *out = json_object_new_object();
    json_object_object_add(out, "user", view_bot(world));
    json_put_str(out, "status",
                 chat->bot_is_out     ? "left"
                 : chat->bot_is_admin ? "administrator"
                                      : "member");
    if (chat->bot_is_admin) {
        static const char *const rights[] = {
            "can_be_edited",    "can_manage_chat",  "can_delete_messages", "can_manage_topics",
            "can_pin_messages", "can_invite_users", "can_restrict_members"};
        for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
            json_put_flag(out, rights[i], i > 0);
    }
    return out;
}

json_object *on_get_chat_member(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", false);
    if (!chat)
        return NULL;
    int64_t user_id = call_int(call, "user_id", 0);
    if (user_id == call->world->bot_id)
        return bot_member(call->world, chat);
    struct person *person = world_person(call->world, user_id);
    if (!person)
        return call_fail(call, 400, "Bad Request: user not found");
    json_object *out = json_object_new_object();
    json_object_object_add(out, "user", view_user(person));
    json_put_str(out, "status",
                 chat->id == user_id || world_is_member(chat, user_id) ? "member" : "left");
    return out;
}

json_object *on_get_chat_administrators(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", false);
    if (!chat)
        return NULL;
    if (chat->kind == CHAT_PRIVATE)
        return call_fail(call, 400, "Bad Request: there are no administrators in the private chat");
    json_object *out = json_object_new_array();
    if (chat->bot_is_admin)
        json_object_array_add(out, bot_member(call->world, chat));
    return out;
}

json_object *on_leave_chat(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", false);
    if (!chat)
        return NULL;
    if (chat->kind == CHAT_PRIVATE)
        return call_fail(call, 400,
                         "Bad Request: chat member status can't be changed in private chats");
    chat->bot_is_out = true;
    world_touch(call->world, chat, NULL);
    return json_object_new_boolean(true);
}

json_object *on_get_file(struct call *call)
{
    const char *id = call_str(call, "file_id");
    struct file *file = id ? files_by_id(&call->world->files, id) : NULL;
    if (!file)
        return call_fail(call, 400, "Bad Request: invalid file_id");
    if (file->len > DOWNLOAD_MOST)
        return call_fail(call, 400, "Bad Request: file is too big");
    json_object *out = json_object_new_object();
    json_put_str(out, "file_id", file->id);
    json_put_str(out, "file_unique_id", file->unique_id);
    json_put_int(out, "file_size", (int64_t)file->len);
    json_put_str(out, "file_path", file->path);
    return out;
}

struct scope {
    char type[40], language[16];
    int64_t chat_id, user_id;
};

static bool take_scope(struct call *call, struct scope *scope)
{
    json_object *given = NULL;
    *scope = (struct scope){.type = "default"};
    if (!call_json(call, "scope", json_type_object, &given))
        return false;
    const char *type = given ? json_str(given, "type") : "default",
               *language = call_str(call, "language_code");
    if (!type)
        return call_fail(call, 400,
                         "Bad Request: can't parse BotCommandScope: Can't find field \"type\""),
               false;
    snprintf(scope->type, sizeof scope->type, "%s", type);
    if (language && strlen(language) != 0 && strlen(language) != 2)
        return call_fail(call, 400, "Bad Request: invalid language code specified"), false;
    snprintf(scope->language, sizeof scope->language, "%s", language ? language : "");
    scope->chat_id = json_int(given, "chat_id", 0);
    scope->user_id = json_int(given, "user_id", 0);
    if (scope->chat_id && !world_chat(call->world, scope->chat_id))
        return call_fail(call, 400, "Bad Request: chat not found"), false;
    return true;
}

/* Menus in any chat may look different now. */
static void touch_menus(struct world *world, int64_t chat_id)
{
    for (size_t i = 0; i < world->chat_count; i++)
        if (chat_id == 0 || world->chats[i]->id == chat_id)
            world_touch(world, world->chats[i], NULL);
}

json_object *on_set_commands(struct call *call)
{
    struct scope scope;
    json_object *commands = NULL;
    if (!call_json(call, "commands", json_type_array, &commands) || !take_scope(call, &scope))
        return NULL;
    size_t count = commands ? json_count(commands) : 0;
    if (count > COMMANDS_MOST)
        return call_fail(call, 400, "Bad Request: BOT_COMMANDS_TOO_MUCH");
    for (size_t i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(commands, i);
        const char *name = json_str(one, "command"), *text = json_str(one, "description");
        if (name && *name == '/')
            name++;
        if (!name || !*name || strlen(name) > COMMAND_MOST ||
            strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(name))
            return call_fail(call, 400, "Bad Request: BOT_COMMAND_INVALID");
        if (!text || !*text || utf16_units(text, strlen(text)) > COMMAND_TEXT_MOST)
            return call_fail(call, 400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID");
    }
    struct command_list *list = world_command_list(call->world, scope.type, scope.chat_id,
                                                   scope.user_id, scope.language, true);
    json_object_put(list->commands);
    list->commands = count ? json_copy(commands) : NULL;
    touch_menus(call->world, scope.chat_id);
    return json_object_new_boolean(true);
}

json_object *on_delete_commands(struct call *call)
{
    struct scope scope;
    if (!take_scope(call, &scope))
        return NULL;
    struct command_list *list = world_command_list(call->world, scope.type, scope.chat_id,
                                                   scope.user_id, scope.language, false);
    if (list) {
        json_object_put(list->commands);
        list->commands = NULL;
        touch_menus(call->world, scope.chat_id);
    }
    return json_object_new_boolean(true);
}

json_object *on_get_commands(struct call *call)
{
    struct scope scope;
    if (!take_scope(call, &scope))
        return NULL;
    struct command_list *list = world_command_list(call->world, scope.type, scope.chat_id,
                                                   scope.user_id, scope.language, false);
    return list && list->commands ? json_copy(list->commands) : json_object_new_array();
}

/* setMyName and its two kin: the key says which and in what language; the field's name follows. */
static void description_key(struct call *call, char *key, size_t size, const char **field)
{
    const char *what = call->method->name + 5,
               *language = call_str(call, "language_code"); /* after "setMy" */
    *field = !strcmp(what, "Name")          ? "name"
             : !strcmp(what, "Description") ? "description"
                                            : "short_description";
    snprintf(key, size, "%s/%s", *field, language ? language : "");
}

json_object *on_set_description(struct call *call)
{
    char key[64];
    const char *field;
    description_key(call, key, sizeof key, &field);
    const char *text = call_str(call, field);
    size_t most = !strcmp(field, "name") ? 64 : !strcmp(field, "description") ? 512 : 120;
    if (text && utf16_units(text, strlen(text)) > most)
        return call_fail(call, 400, "Bad Request: %s is too long", field);
    json_object_object_add(call->world->descriptions, key,
                           json_object_new_string(text ? text : ""));
    if (!strcmp(key, "name/") && text && *text)
        snprintf(call->world->bot_name, sizeof call->world->bot_name, "%s", text);
    return json_object_new_boolean(true);
}

json_object *on_get_description(struct call *call)
{
    char key[64];
    const char *field;
    description_key(call, key, sizeof key, &field);
    const char *text = json_str(call->world->descriptions, key);
    json_object *out = json_object_new_object();
    json_object_object_add(out, field, json_object_new_string(text ? text : ""));
    return out;
}

json_object *on_set_menu_button(struct call *call)
{
    json_object *button = NULL, **place = &call->world->menu_button;
    if (!call_json(call, "menu_button", json_type_object, &button))
        return NULL;
    int64_t chat_id = 0;
    if (call_str(call, "chat_id")) {
        struct chat *chat = call_chat(call, "chat_id", false);
        if (!chat)
            return NULL;
        place = &chat->menu_button;
        chat_id = chat->id;
    }
    const char *type = json_str(button, "type");
    json_object_put(*place);
    *place = button && type && strcmp(type, "default") != 0 ? json_copy(button) : NULL;
    touch_menus(call->world, chat_id);
    return json_object_new_boolean(true);
}

json_object *on_get_menu_button(struct call *call)
{
    struct chat *chat = call_str(call, "chat_id") ? call_chat(call, "chat_id", false) : NULL;
    if (call->code)
        return NULL;
    json_object *button = chat && chat->menu_button ? chat->menu_button : call->world->menu_button;
    if (button)
        return json_copy(button);
    button = json_object_new_object();
    json_put_str(button, "type", "commands");
    return button;
}

json_object *on_set_webhook(struct call *call)
{
    struct updates *updates = &call->world->updates;
    const char *url = call_str(call, "url");
    if (url && *url && strncmp(url, "https://", 8) != 0)
        return call_fail(call, 400,
                         "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
    snprintf(updates->webhook, sizeof updates->webhook, "%s", url ? url : "");
    if (call_flag(call, "drop_pending_updates"))
        updates->head = updates->count;
    return json_object_new_boolean(true);
}

json_object *on_delete_webhook(struct call *call)
{
    struct updates *updates = &call->world->updates;
    updates->webhook[0] = '\0';
    if (call_flag(call, "drop_pending_updates"))
        updates->head = updates->count;
    return json_object_new_boolean(true);
}

json_object *on_webhook_info(struct call *call)
{
    struct updates *updates = &call->world->updates;
    json_object *out = json_object_new_object();
    json_object_object_add(out, "url", json_object_new_string(updates->webhook));
    json_put_flag(out, "has_custom_certificate", false);
    json_put_int(out, "pending_update_count", (int64_t)updates_pending(updates));
    if (updates->allowed)
        json_object_object_add(out, "allowed_updates", json_copy(updates->allowed));
    return out;
}

static struct topic *find_topic(struct call *call, struct chat **chat)
{
    *chat = call_chat(call, "chat_id", false);
    if (!*chat)
        return NULL;
    for (size_t i = 0; i < (*chat)->topic_count; i++)
        if ((*chat)->topics[i].id == call_int(call, "message_thread_id", 0) &&
            !(*chat)->topics[i].deleted)
            return &(*chat)->topics[i];
    return call_fail(call, 400, "Bad Request: message thread not found"), NULL;
}

json_object *on_create_topic(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", false);
    const char *name = call_str(call, "name");
    if (!chat)
        return NULL;
    if (!chat->forum)
        return call_fail(call, 400, "Bad Request: the chat is not a forum");
    if (!chat->bot_is_admin)
        return call_fail(call, 400, "Bad Request: not enough rights to create a topic");
    if (!name || !*name || utf16_units(name, strlen(name)) > 128)
        return call_fail(call, 400, "Bad Request: TOPIC_NAME_INVALID");
    struct message *message = world_message_new();
    message->media = json_object_new_object();
    json_object *created = json_object_new_object();
    json_put_str(created, "name", name);
    json_put_int(created, "icon_color", 7322096);
    json_object_object_add(message->media, "forum_topic_created", created);
    world_post(call->world, chat, message);
    message->thread_id = message->id;
    chat->topics = mem_grow(chat->topics, (chat->topic_count + 1) * sizeof *chat->topics);
    struct topic *topic = &chat->topics[chat->topic_count++];
    *topic = (struct topic){.id = message->id};
    snprintf(topic->name, sizeof topic->name, "%s", name);
    json_object *out = json_copy(created);
    json_put_int(out, "message_thread_id", topic->id);
    return out;
}

json_object *on_edit_topic(struct call *call)
{
    struct chat *chat;
    struct topic *topic = find_topic(call, &chat);
    if (!topic)
        return NULL;
    if (call_str(call, "name"))
        snprintf(topic->name, sizeof topic->name, "%s", call_str(call, "name"));
    world_touch(call->world, chat, NULL);
    return json_object_new_boolean(true);
}

static json_object *set_closed(struct call *call, bool closed)
{
    struct chat *chat;
    struct topic *topic = find_topic(call, &chat);
    if (!topic)
        return NULL;
    if (topic->closed == closed)
        return call_fail(call, 400, "Bad Request: TOPIC_NOT_MODIFIED");
    topic->closed = closed;
    world_touch(call->world, chat, NULL);
    return json_object_new_boolean(true);
}

json_object *on_close_topic(struct call *call)
{
    return set_closed(call, true);
}

json_object *on_reopen_topic(struct call *call)
{
    return set_closed(call, false);
}

json_object *on_delete_topic(struct call *call)
{
    struct chat *chat;
    struct topic *topic = find_topic(call, &chat);
    if (!topic)
        return NULL;
    world_delete_topic(call->world, chat, topic);
    return json_object_new_boolean(true);
}
