/* people.c - what people do in Telegram: they write, press, share, block */
#include "people.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attach.h"
#include "text.h"
#include "view.h"

static json_object *refuse(const char **why, const char *sentence)
{
    *why = sentence;
    return NULL;
}

/* Copies a string member into a fixed field; false if it does not fit. */
static bool take_name(json_object *wish, const char *key, char *to, size_t size)
{
    json_object *value = json_at(wish, key);
    if (!value)
        return true;
    const char *s = json_object_get_string(value);
    if (strlen(s) >= size)
        return false;
    snprintf(to, size, "%s", s);
    return true;
}

json_object *people_put(struct world *world, json_object *wish, const char **why)
{
    int64_t id = json_int(wish, "id", 0);
    if (id <= 0 || id >= INT64_C(1) << 52)
        return refuse(why, "id is a number from 1 to 2^52");
    struct person *person = world_person(world, id);
    bool is_new = !person;
    if (is_new && !json_str(wish, "first_name"))
        return refuse(why, "first_name is missing");
    if (is_new)
        person = world_add_person(world, id);
    if (!take_name(wish, "first_name", person->first_name, sizeof person->first_name) ||
        !take_name(wish, "last_name", person->last_name, sizeof person->last_name) ||
        !take_name(wish, "username", person->username, sizeof person->username) ||
        !take_name(wish, "language_code", person->language_code, sizeof person->language_code) ||
        !take_name(wish, "title", person->title, sizeof person->title) ||
        !take_name(wish, "group", person->group, sizeof person->group))
        return refuse(why, "a name is too long");
    if (is_new && !person->language_code[0])
        snprintf(person->language_code, sizeof person->language_code, "ru");
    person->started = json_flag(wish, "started", person->started);
    struct chat *chat = world_chat(world, id);
    world_touch(world, chat, NULL);
    return view_summary(world, chat);
}

/* my_chat_member: the bot's standing in a chat has changed. */
static int64_t push_membership(struct world *world, const struct chat *chat,
                               const struct person *by, const char *before, const char *after)
{
    json_object *payload = json_object_new_object();
    json_object_object_add(payload, "chat", view_chat(chat));
    json_object_object_add(payload, "from", view_user(by));
    json_put_int(payload, "date", world_date(world));
    const char *const keys[2] = {"old_chat_member", "new_chat_member"}, *const words[2] = {before,
                                                                                           after};
    for (int i = 0; i < 2; i++) {
        json_object *member = json_object_new_object();
        json_object_object_add(member, "user", view_bot(world));
        json_put_str(member, "status", words[i]);
        if (!strcmp(words[i], "kicked"))
            json_put_int(member, "until_date", 0);
        json_object_object_add(payload, keys[i], member);
    }
    return updates_push(world, "my_chat_member", payload, chat->id);
}

json_object *people_put_group(struct world *world, json_object *wish, const char **why)
{
    int64_t id = json_int(wish, "id", 0);
    if (id >= 0)
        return refuse(why, "a group's id is negative");
    struct chat *chat = world_chat(world, id);
    const char *before = !chat                ? "left"
                         : chat->bot_is_out   ? "kicked"
                         : chat->bot_is_admin ? "administrator"
                                              : "member";
    bool forum = json_flag(wish, "is_forum", chat && chat->forum);
    if (!chat)
        chat = world_add_group(world, id,
                               forum || json_flag(wish, "supergroup", false) ? CHAT_SUPERGROUP
                                                                             : CHAT_GROUP);
    chat->forum = forum;
    if (!take_name(wish, "title", chat->title, sizeof chat->title))
        return refuse(why, "the title is too long");
    json_object *members = json_at(wish, "members");
    for (size_t i = 0; json_object_is_type(members, json_type_array) && i < json_count(members);
         i++)
        world_add_member(chat, json_object_get_int64(json_object_array_get_idx(members, i)));
    const char *bot = json_str(wish, "bot");
    if (bot) {
        chat->bot_is_admin = !strcmp(bot, "administrator");
        chat->bot_is_out = !strcmp(bot, "kicked") || !strcmp(bot, "left");
    }
    const char *after = chat->bot_is_out     ? "kicked"
                        : chat->bot_is_admin ? "administrator"
                                             : "member";
    struct person *by =
        world_person(world, json_int(wish, "by", chat->member_count ? chat->members[0] : 0));
    json_object *out = NULL;
    world_touch(world, chat, NULL);
    out = view_summary(world, chat);
    if (by && strcmp(before, after) != 0)
        json_put_int(out, "update_id", push_membership(world, chat, by, before, after));
    return out;
}

json_object *people_delete_topic(struct world *world, json_object *wish, const char **why)
{
    struct chat *chat = world_chat(world, json_int(wish, "chat_id", 0));
    for (size_t i = 0; chat && i < chat->topic_count; i++)
        if (chat->topics[i].id == json_int(wish, "thread_id", 0) && !chat->topics[i].deleted) {
            world_delete_topic(world, chat, &chat->topics[i]);
            return json_object_new_object();
        }
    return refuse(why, "there is no such topic");
}

/* What Telegram itself says in a group, as whoever has caused it. */
static int64_t post_service(struct world *world, struct chat *chat, int64_t from_id,
                            const char *member, int64_t value)
{
    struct message *message = world_message_new();
    message->from_id = from_id;
    message->media = json_object_new_object();
    json_put_int(message->media, member, value);
    world_post(world, chat, message);
    return updates_push(world, "message", view_message(world, chat, message), chat->id);
}

/* The group goes on under another number, with the same people; its messages stay where they are.
 */
json_object *people_upgrade_group(struct world *world, json_object *wish, const char **why)
{
    int64_t id = json_int(wish, "id", 0), to = json_int(wish, "to", 0);
    struct chat *group = world_chat(world, id);
    if (!group || group->kind != CHAT_GROUP || group->upgraded_to)
        return refuse(why, "there is no such group that could become a supergroup");
    if (to >= 0 || world_chat(world, to))
        return refuse(why, "to: a number below 0 that is not taken");
    struct chat *next = world_add_group(world, to, CHAT_SUPERGROUP);
    group = world_chat(world, id);
    memcpy(next->title, group->title, sizeof next->title);
    for (size_t i = 0; i < group->member_count; i++)
        world_add_member(next, group->members[i]);
    next->bot_is_admin = group->bot_is_admin;
    next->bot_is_out = group->bot_is_out;
    group->upgraded_to = to;
    int64_t by = json_int(wish, "by", group->member_count ? group->members[0] : 0);
    json_object *out = json_object_new_object();
    if (json_flag(wish, "told", true)) {
        json_put_int(out, "update_id", post_service(world, group, by, "migrate_to_chat_id", to));
        post_service(world, next, by, "migrate_from_chat_id", id);
    }
    return out;
}

/* Who acts and in which chat; in a group only members do. */
static struct chat *take_place(struct world *world, json_object *wish, struct person **person,
                               const char **why)
{
    *person = world_person(world, json_int(wish, "user_id", 0));
    if (!*person)
        return refuse(why, "there is no such user_id"), NULL;
    struct chat *chat = world_chat(world, json_int(wish, "chat_id", (*person)->id));
    if (!chat || (chat->person && chat->person != *person))
        return refuse(why, "there is no such chat for this person"), NULL;
    if (chat->kind != CHAT_PRIVATE)
        world_add_member(chat, (*person)->id);
    return chat;
}

static void mark_commands(struct message *message)
{
    const char *text = message->text;
    for (size_t i = 0; text && text[i]; i++) {
        if (text[i] != '/' || (i > 0 && !isspace((unsigned char)text[i - 1])))
            continue;
        size_t len = 1;
        while (isalnum((unsigned char)text[i + len]) || text[i + len] == '_' ||
               text[i + len] == '@')
            len++;
        if (len == 1)
            continue;
        if (!message->entities)
            message->entities = json_object_new_array();
        json_object *entity = json_object_new_object();
        json_put_str(entity, "type", "bot_command");
        json_put_int(entity, "offset", (int64_t)utf16_units(text, i));
        json_put_int(entity, "length", (int64_t)len);
        json_object_array_add(message->entities, entity);
        i += len - 1;
    }
}

/* Writing to the bot unblocks it, and is what pressing Start means. */
static void open_chat(struct world *world, struct chat *chat, struct person *person)
{
    if (chat->kind != CHAT_PRIVATE)
        return;
    if (person->blocked) {
        person->blocked = false;
        push_membership(world, chat, person, "kicked", "member");
    }
    person->started = true;
}

static json_object *post(struct world *world, struct chat *chat, struct person *person,
                         struct message *message)
{
    open_chat(world, chat, person);
    message->from_id = person->id;
    mark_commands(message);
    world_post(world, chat, message);
    json_object *out = json_object_new_object();
    bool deaf = chat->bot_is_out;
    int64_t id =
        deaf ? 0 : updates_push(world, "message", view_message(world, chat, message), chat->id);
    json_put_int(out, "update_id", id);
    json_put_int(out, "message_id", message->id);
    return out;
}

static void take_words(json_object *wish, struct message *message)
{
    const char *text = json_str(wish, message->media ? "caption" : "text");
    if (!text && message->media)
        text = json_str(wish, "text");
    message->text = text && *text ? mem_dup(text) : NULL;
    json_object *entities = json_at(wish, "entities");
    message->entities = json_object_is_type(entities, json_type_array) ? json_copy(entities) : NULL;
    message->reply_to = json_int(wish, "reply_to", 0);
    message->thread_id = json_int(wish, "thread_id", 0);
}

static json_object *say_album(struct world *world, struct chat *chat, struct person *person,
                              json_object *album, json_object *wish, const char **why)
{
    size_t count = json_count(album);
    if (count < 2 || count > 10)
        return refuse(why, "an album has 2 to 10 items");
    json_object *updates = json_object_new_array(), *ids = json_object_new_array();
    char name[32];
    snprintf(name, sizeof name, "15%015lld", (long long)world->seq + 1);
    for (size_t i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(album, i);
        struct message *message = world_message_new();
        message->media = attach_media(&world->files, one, why);
        if (!message->media) {
            message->media = attach_media(&world->files, NULL, why);
        }
        take_words(i == 0 && !json_str(one, "caption") ? wish : one, message);
        message->album = mem_dup(name);
        json_object *said = post(world, chat, person, message);
        json_object_array_add(updates, json_object_new_int64(json_int(said, "update_id", 0)));
        json_object_array_add(ids, json_object_new_int64(json_int(said, "message_id", 0)));
        json_object_put(said);
    }
    json_object *out = json_object_new_object();
    json_object_object_add(out, "update_id",
                           json_object_get(json_object_array_get_idx(updates, 0)));
    json_object_object_add(out, "message_id", json_object_get(json_object_array_get_idx(ids, 0)));
    json_object_object_add(out, "update_ids", updates);
    json_object_object_add(out, "message_ids", ids);
    return out;
}

json_object *people_say(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    json_object *album = json_at(wish, "media_group");
    if (!chat)
        return NULL;
    if (json_object_is_type(album, json_type_array))
        return say_album(world, chat, person, album, wish, why);
    struct message *message = world_message_new();
    *why = NULL;
    message->media = attach_media(&world->files, wish, why);
    take_words(wish, message);
    if (*why || (!message->media && !message->text)) {
        world_message_free(&message);
        return *why
                   ? NULL
                   : refuse(why, "there is nothing to say: give text, photo, document, voice, ...");
    }
    return post(world, chat, person, message);
}

json_object *people_edit(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat)
        return NULL;
    struct message *message = world_message(chat, json_int(wish, "message_id", 0));
    const char *text = json_str(wish, "text");
    if (!message || message->deleted || message->from_id != person->id)
        return refuse(why, "this person has no such message");
    if (!text)
        return refuse(why, "text is missing");
    free(message->text);
    json_object_put(message->entities);
    message->text = mem_dup(text);
    message->entities = NULL;
    mark_commands(message);
    message->edit_date = world_date(world);
    world_touch(world, chat, message);
    json_object *out = json_object_new_object();
    json_put_int(
        out, "update_id",
        updates_push(world, "edited_message", view_message(world, chat, message), chat->id));
    json_put_int(out, "message_id", message->id);
    return out;
}

/* The callback_data of the button meant: by data, by its words, or by row and column. */
static const char *find_button(const struct message *message, json_object *wish)
{
    json_object *rows = json_at(message->markup, "inline_keyboard");
    const char *data = json_str(wish, "data"), *words = json_str(wish, "text");
    int64_t row = json_int(wish, "row", -1), column = json_int(wish, "column", 0);
    for (size_t i = 0; rows && i < json_count(rows); i++) {
        json_object *line = json_object_array_get_idx(rows, i);
        for (size_t k = 0; k < json_count(line); k++) {
            json_object *button = json_object_array_get_idx(line, k);
            const char *own = json_str(button, "callback_data"), *label = json_str(button, "text");
            bool meant = data    ? own && !strcmp(own, data)
                         : words ? label && strstr(label, words)
                                 : (int64_t)i == row && (int64_t)k == column;
            if (meant)
                return own;
        }
    }
    return NULL;
}

json_object *people_press(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat)
        return NULL;
    struct message *message = world_message(chat, json_int(wish, "message_id", 0));
    if (!message)
        return refuse(why, "there is no such message");
    const char *data = find_button(message, wish);
    bool stale = !data && json_flag(wish, "stale",
                                    false); /* a press that was under way when the keyboard went */
    if (stale)
        data = json_str(wish, "data");
    if (!data)
        return refuse(why, "there is no such button under the message");
    struct callback *callback = world_add_callback(world, chat);
    callback->user_id = person->id;
    callback->message_id = message->id;
    char id[32], instance[32];
    snprintf(id, sizeof id, "%lld", (long long)callback->id);
    snprintf(instance, sizeof instance, "%lld", (long long)(chat->id * 7919 + 17));
    json_object *payload = json_object_new_object();
    json_put_str(payload, "id", id);
    json_object_object_add(payload, "from", view_user(person));
    json_object_object_add(payload, "message", view_message(world, chat, message));
    json_put_str(payload, "chat_instance", instance);
    json_put_str(payload, "data", data);
    json_object *out = json_object_new_object();
    json_put_str(out, "callback_id", id);
    json_put_int(out, "update_id", updates_push(world, "callback_query", payload, chat->id));
    return out;
}

json_object *people_start(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat)
        return NULL;
    const char *payload = json_str(wish, "payload");
    if (payload &&
        (strlen(payload) > 64 ||
         strspn(payload, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") !=
             strlen(payload)))
        return refuse(why, "a start payload is up to 64 of A-Z a-z 0-9 _ -");
    char text[80];
    snprintf(text, sizeof text, "/start%s%s", payload && *payload ? " " : "",
             payload ? payload : "");
    struct message *message = world_message_new();
    message->text = mem_dup(text);
    return post(world, chat, person, message);
}

json_object *people_share_contact(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat)
        return NULL;
    const char *phone = json_str(wish, "phone_number");
    int64_t whose = json_int(wish, "contact_user_id", person->id);
    struct person *other = world_person(world, whose);
    json_object *contact = json_object_new_object();
    char made_up[32];
    snprintf(made_up, sizeof made_up, "+7900%07lld", (long long)(whose % 10000000));
    json_put_str(contact, "phone_number", phone ? phone : made_up);
    json_put_str(contact, "first_name", other ? other->first_name : person->first_name);
    json_put_str(contact, "last_name", other ? other->last_name : NULL);
    json_put_int(contact, "user_id", whose);
    struct message *message = world_message_new();
    message->media = json_object_new_object();
    json_object_object_add(message->media, "contact", contact);
    message->reply_to = json_int(wish, "reply_to", 0);
    return post(world, chat, person, message);
}

json_object *people_share_users(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    json_object *ids = json_at(wish, "user_ids");
    if (!chat)
        return NULL;
    if (!json_object_is_type(ids, json_type_array) || json_count(ids) == 0)
        return refuse(why, "user_ids is a list of at least one");
    json_object *shared = json_object_new_object(), *users = json_object_new_array();
    for (size_t i = 0; i < json_count(ids); i++) {
        json_object *one = json_object_new_object();
        int64_t id = json_object_get_int64(json_object_array_get_idx(ids, i));
        struct person *other = world_person(world, id);
        json_put_int(one, "user_id", id);
        if (other) {
            json_put_str(one, "first_name", other->first_name);
            json_put_str(one, "last_name", other->last_name);
            json_put_str(one, "username", other->username);
        }
        json_object_array_add(users, one);
    }
    json_put_int(shared, "request_id", json_int(wish, "request_id", 1));
    json_object_object_add(shared, "users", users);
    struct message *message = world_message_new();
    message->media = json_object_new_object();
    json_object_object_add(message->media, "users_shared", shared);
    return post(world, chat, person, message);
}

json_object *people_react(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat)
        return NULL;
    struct message *message = world_message(chat, json_int(wish, "message_id", 0));
    const char *emoji = json_str(wish, "emoji");
    if (!message || message->deleted)
        return refuse(why, "there is no such message");
    json_object *fresh = json_object_new_array();
    if (emoji && *emoji) {
        json_object *one = json_object_new_object();
        json_put_str(one, "type", "emoji");
        json_put_str(one, "emoji", emoji);
        json_object_array_add(fresh, one);
    }
    json_object *payload = json_object_new_object();
    json_object_object_add(payload, "chat", view_chat(chat));
    json_put_int(payload, "message_id", message->id);
    json_object_object_add(payload, "user", view_user(person));
    json_put_int(payload, "date", world_date(world));
    json_object_object_add(payload, "old_reaction",
                           message->person_reactions ? json_copy(message->person_reactions)
                                                     : json_object_new_array());
    json_object_object_add(payload, "new_reaction", json_copy(fresh));
    json_object_put(message->person_reactions);
    message->person_reactions = fresh;
    world_touch(world, chat, message);
    json_object *out = json_object_new_object();
    json_put_int(out, "update_id", updates_push(world, "message_reaction", payload, chat->id));
    return out;
}

static json_object *set_blocked(struct world *world, json_object *wish, bool blocked,
                                const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat || !chat->person)
        return NULL;
    int64_t id = 0;
    if (person->blocked != blocked) {
        person->blocked = blocked;
        id = push_membership(world, chat, person, blocked ? "member" : "kicked",
                             blocked ? "kicked" : "member");
        world_touch(world, chat, NULL);
    }
    json_object *out = json_object_new_object();
    json_put_int(out, "update_id", id);
    return out;
}

json_object *people_block(struct world *world, json_object *wish, const char **why)
{
    return set_blocked(world, wish, true, why);
}

json_object *people_unblock(struct world *world, json_object *wish, const char **why)
{
    return set_blocked(world, wish, false, why);
}

json_object *people_deactivate(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat)
        return NULL;
    person->deactivated = json_flag(wish, "deactivated", true);
    world_touch(world, chat, NULL);
    return view_summary(world, chat);
}

json_object *people_read(struct world *world, json_object *wish, const char **why)
{
    struct chat *chat = world_chat(world, json_int(wish, "chat_id", json_int(wish, "user_id", 0)));
    if (!chat)
        return refuse(why, "there is no such chat");
    if (chat->unread) {
        chat->unread = 0;
        world_touch(world, chat, NULL);
    }
    return json_object_new_object();
}

json_object *people_delete(struct world *world, json_object *wish, const char **why)
{
    struct person *person;
    struct chat *chat = take_place(world, wish, &person, why);
    if (!chat)
        return NULL;
    struct message *message = world_message(chat, json_int(wish, "message_id", 0));
    if (!message || message->deleted)
        return refuse(why, "there is no such message");
    message->deleted = true; /* bots are not told */
    world_touch(world, chat, message);
    return json_object_new_object();
}

/* How long after the press, in milliseconds; nothing if not yet. */
static void put_after(json_object *out, const char *key, const struct callback *callback,
                      int64_t at_us)
{
    if (at_us > 0)
        json_object_object_add(out, key,
                               json_object_new_double((double)(at_us - callback->at_us) / 1000));
}

json_object *people_callback_to_json(const struct callback *callback)
{
    json_object *out = json_object_new_object();
    json_put_int(out, "callback_id", callback->id);
    json_put_flag(out, "answered", callback->answered);
    if (callback->answered) {
        json_object_object_add(out, "text",
                               json_object_new_string(callback->text ? callback->text : ""));
        json_put_flag(out, "show_alert", callback->alert);
        json_put_str(out, "url", callback->url);
    }
    put_after(out, "answered_after_ms", callback, callback->answered_us);
    put_after(out, "shown_after_ms", callback, callback->shown_us);
    return out;
}
