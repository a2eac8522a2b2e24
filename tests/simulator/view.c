/* view.c - the world as JSON: as the bot sees it, and as people do */
#include "view.h"

#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "text.h"

json_object *view_user(const struct person *person)
{
    json_object *out = json_object_new_object();
    json_put_int(out, "id", person->id);
    json_put_flag(out, "is_bot", false);
    json_object_object_add(out, "first_name", json_object_new_string(person->first_name));
    json_put_str(out, "last_name", person->last_name);
    json_put_str(out, "username", person->username);
    json_put_str(out, "language_code", person->language_code);
    return out;
}

json_object *view_bot(const struct world *world)
{
    json_object *out = json_object_new_object();
    json_put_int(out, "id", world->bot_id);
    json_put_flag(out, "is_bot", true);
    json_put_str(out, "first_name", world->bot_name);
    json_put_str(out, "username", world->bot_username);
    return out;
}

json_object *view_chat(const struct chat *chat)
{
    static const char *const kinds[] = {
        [CHAT_PRIVATE] = "private", [CHAT_GROUP] = "group", [CHAT_SUPERGROUP] = "supergroup"};
    json_object *out = json_object_new_object();
    json_put_int(out, "id", chat->id);
    json_put_str(out, "type", kinds[chat->kind]);
    if (chat->person) {
        json_object_object_add(out, "first_name", json_object_new_string(chat->person->first_name));
        json_put_str(out, "last_name", chat->person->last_name);
        json_put_str(out, "username", chat->person->username);
    } else {
        json_put_str(out, "title", chat->title);
        if (chat->forum)
            json_put_flag(out, "is_forum", true);
    }
    return out;
}

static json_object *view_alone(struct world *world, const struct chat *chat,
                               const struct message *message)
{
    json_object *out = json_object_new_object();
    json_put_int(out, "message_id", message->id);
    struct person *author = message->from_id ? world_person(world, message->from_id) : NULL;
    json_object_object_add(out, "from", author ? view_user(author) : view_bot(world));
    json_object_object_add(out, "chat", view_chat(chat));
    json_put_int(out, "date", message->date);
    if (message->edit_date)
        json_put_int(out, "edit_date", message->edit_date);
    if (message->thread_id) {
        json_put_int(out, "message_thread_id", message->thread_id);
        json_put_flag(out, "is_topic_message", true);
    }
    if (message->forward)
        json_object_object_add(out, "forward_origin", json_copy(message->forward));
    json_put_str(out, "media_group_id", message->album);
    if (message->protected)
        json_put_flag(out, "has_protected_content", true);
    if (message->media) {
        json_object_object_foreach(message->media, key, value)
        {
            json_object_object_add(out, key, json_copy(value));
        }
    }
    json_put_str(out, message->media ? "caption" : "text", message->text);
    if (message->entities)
        json_object_object_add(out, message->media ? "caption_entities" : "entities",
                               json_copy(message->entities));
    if (message->markup)
        json_object_object_add(out, "reply_markup", json_copy(message->markup));
    return out;
}

json_object *view_message(struct world *world, const struct chat *chat,
                          const struct message *message)
{
    json_object *out = view_alone(world, chat, message);
    struct message *quoted = message->reply_to ? world_message(chat, message->reply_to) : NULL;
    if (quoted && !quoted->deleted)
        json_object_object_add(out, "reply_to_message", view_alone(world, chat, quoted));
    return out;
}

char *view_preview(const struct message *message)
{
    /* clang-format off */
    static const struct { const char *member, *sign; } media[] = {
        {"photo", "🖼 "}, {"document", "📎 "}, {"voice", "🎤 "}, {"video", "🎬 "}, {"audio", "🎵 "}, {"sticker", "🙂 "},
        {"location", "📍 "}, {"contact", "👤 "}, {"users_shared", "👥 "}, {"animation", "GIF "}, {"pinned_message", "📌 "},
    };
    /* clang-format on */
    enum { MOST = 160 };
    struct text out = {0};
    text_adds(&out, "");
    for (size_t i = 0; message->media && i < sizeof media / sizeof *media; i++)
        if (json_at(message->media, media[i].member)) {
            text_adds(&out, media[i].sign);
            json_object *named = json_at(message->media, media[i].member);
            if (!message->text && json_str(named, "file_name"))
                text_adds(&out, json_str(named, "file_name"));
            break;
        }
    if (message->text) {
        size_t len = strlen(message->text), keep = utf16_to_byte(message->text, len, MOST);
        for (size_t i = 0; i < keep; i++)
            text_add(&out, message->text[i] == '\n' ? " " : &message->text[i], 1);
        if (keep < len)
            text_adds(&out, "…");
    }
    return out.s;
}

static void add_buttons(json_object *out, const struct message *message)
{
    json_object *rows = json_at(message->markup, "inline_keyboard");
    if (!rows || json_count(rows) == 0)
        return;
    json_object *copy = json_object_new_array();
    for (size_t i = 0; i < json_count(rows); i++) {
        json_object *row = json_object_array_get_idx(rows, i), *line = json_object_new_array();
        for (size_t k = 0; k < json_count(row); k++) {
            json_object *button = json_object_array_get_idx(row, k),
                        *one = json_object_new_object();
            json_put_str(one, "text", json_str(button, "text"));
            json_put_str(one, "data", json_str(button, "callback_data"));
            json_put_str(one, "url", json_str(button, "url"));
            json_put_str(one, "style", json_str(button, "style"));
            json_put_str(one, "copy", json_str(json_at(button, "copy_text"), "text"));
            json_put_str(one, "web_app", json_str(json_at(button, "web_app"), "url"));
            json_object_array_add(line, one);
        }
        json_object_array_add(copy, line);
    }
    json_object_object_add(out, "buttons", copy);
}

static void add_reactions(json_object *out, json_object *list, bool from_bot)
{
    for (size_t i = 0; list && i < json_count(list); i++) {
        json_object *one = json_object_new_object();
        json_put_str(one, "emoji", json_str(json_object_array_get_idx(list, i), "emoji"));
        json_put_flag(one, "from_bot", from_bot);
        json_object_array_add(out, one);
    }
}

json_object *view_seen(struct world *world, const struct chat *chat, const struct message *message)
{
    json_object *out = json_object_new_object();
    json_put_int(out, "message_id", message->id);
    json_put_int(out, "chat_id", chat->id);
    json_put_int(out, "seq", message->seq);
    json_put_flag(out, "from_bot", message->from_id == 0);
    json_put_int(out, "date", message->date);
    if (message->deleted) {
        json_put_flag(out, "deleted", true);
        return out;
    }
    if (message->from_id) {
        struct person *author = world_person(world, message->from_id);
        json_put_int(out, "from_id", message->from_id);
        if (author)
            json_put_str(out, "from_name", author->first_name);
    }
    if (message->text) {
        json_object_object_add(out, "text", json_object_new_string(message->text));
        char *html = html_render(message->text, message->entities);
        json_put_str(out, "html", html);
        free(html);
    }
    if (message->entities)
        json_object_object_add(out, "entities", json_copy(message->entities));
    if (message->media) {
        json_object_object_foreach(message->media, key, value)
        {
            json_object_object_add(out, key, json_copy(value));
        }
    }
    add_buttons(out, message);
    if (message->reply_to) {
        struct message *quoted = world_message(chat, message->reply_to);
        json_put_int(out, "reply_to", message->reply_to);
        if (quoted && !quoted->deleted) {
            char *preview = view_preview(quoted);
            json_put_str(out, "reply_preview", preview);
            json_put_flag(out, "reply_from_bot", quoted->from_id == 0);
            free(preview);
        }
    }
    if (message->edit_date)
        json_put_int(out, "edited", message->edit_date);
    if (message->protected)
        json_put_flag(out, "protected", true);
    if (message->silent)
        json_put_flag(out, "silent", true);
    json_put_str(out, "media_group_id", message->album);
    if (message->forward)
        json_object_object_add(out, "forward", json_copy(message->forward));
    if (message->thread_id) {
        json_put_int(out, "thread_id", message->thread_id);
        for (size_t i = 0; i < chat->topic_count; i++)
            if (chat->topics[i].id == message->thread_id)
                json_put_str(out, "topic", chat->topics[i].name);
    }
    if (message->bot_reactions || message->person_reactions) {
        json_object *reactions = json_object_new_array();
        add_reactions(reactions, message->bot_reactions, true);
        add_reactions(reactions, message->person_reactions, false);
        json_object_object_add(out, "reactions", reactions);
    }
    return out;
}

json_object *view_summary(struct world *world, const struct chat *chat)
{
    json_object *out = view_chat(chat);
    json_put_int(out, "chat_id", chat->id);
    json_put_int(out, "seq", chat->seq);
    json_put_int(out, "unread", chat->unread);
    const struct person *person = chat->person;
    if (person) {
        json_put_str(out, "language_code", person->language_code);
        json_put_str(out, "title", person->title);
        json_put_str(out, "group", person->group);
        json_put_flag(out, "started", person->started);
        json_put_flag(out, "blocked", person->blocked);
        json_put_flag(out, "deactivated", person->deactivated);
    } else {
        json_object *members = json_object_new_array();
        for (size_t i = 0; i < chat->member_count; i++)
            json_object_array_add(members, json_object_new_int64(chat->members[i]));
        json_object_object_add(out, "members", members);
    }
    for (size_t i = chat->count; i-- > 0;)
        if (!chat->messages[i]->deleted) {
            const struct message *last = chat->messages[i];
            json_object *one = json_object_new_object();
            char *preview = view_preview(last);
            json_object_object_add(one, "text", json_object_new_string(preview));
            json_put_int(one, "date", last->date);
            json_put_int(one, "message_id", last->id);
            json_put_flag(one, "from_bot", last->from_id == 0);
            free(preview);
            json_object_object_add(out, "last", one);
            break;
        }
    if (chat->keyboard)
        json_object_object_add(out, "keyboard", json_copy(chat->keyboard));
    json_object *menu = chat->menu_button ? chat->menu_button : world->menu_button;
    if (menu)
        json_object_object_add(out, "menu_button", json_copy(menu));
    json_object *commands = world_commands(world, chat, person);
    json_object_object_add(out, "commands",
                           commands ? json_copy(commands) : json_object_new_array());
    if (chat->pinned_id)
        json_put_int(out, "pinned", chat->pinned_id);
    if (chat->typing_until_ms > world_now_ms())
        json_put_int(out, "typing_ms", chat->typing_until_ms - world_now_ms());
    return out;
}
