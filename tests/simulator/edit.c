/* edit.c - methods that change or take away what stands in a chat, and answers to presses */
#include <stdlib.h>
#include <string.h>

#include "methods.h"
#include "view.h"

enum { ANSWER_MOST = 200, QUERY_LIVES_MS = 15 * 60 * 1000, DELETABLE_S = 48 * 3600 };

static bool same_json(json_object *a, json_object *b)
{
    return (!a && !b) || (a && b && json_object_equal(a, b));
}

static bool same_text(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b ? b : "");
}

static struct message *editable(struct call *call, struct chat **chat)
{
    *chat = call_chat(call, "chat_id", true);
    struct message *message = *chat ? world_message(*chat, call_int(call, "message_id", 0)) : NULL;
    if (*chat && (!message || message->deleted))
        return call_fail(call, 400, "Bad Request: message to edit not found"), NULL;
    if (message && message->from_id != 0)
        return call_fail(call, 400, "Bad Request: message can't be edited"), NULL;
    return message;
}

/* Puts the new content in place of the old, if it is new at all; takes `fresh`. */
static json_object *replace(struct call *call, struct chat *chat, struct message *message,
                            struct message *fresh, bool words)
{
    struct world *world = call->world;
    json_object *result = NULL;
    bool same = same_json(message->markup, fresh->markup) &&
                (!words || (same_text(message->text, fresh->text) &&
                            same_json(message->entities, fresh->entities)));
    if (same) {
        call_fail(call, 400,
                  "Bad Request: message is not modified: specified new message content and reply "
                  "markup are exactly "
                  "the same as a current content and reply markup of the message");
    } else if (call_admit(call, chat, LIMITS_EDIT, 1)) {
        json_object *markup = message->markup;
        message->markup = fresh->markup;
        fresh->markup = markup;
        if (words) {
            char *text = message->text;
            json_object *entities = message->entities;
            message->text = fresh->text;
            message->entities = fresh->entities;
            fresh->text = text;
            fresh->entities = entities;
            message->edit_date = world_date(world);
        }
        world_touch(world, chat, message);
        sentlog_add(&world->sent, call->method->name, chat->id, message->id, message->text,
                    world_now_ms());
        result = view_message(world, chat, message);
    }
    world_message_free(&fresh);
    return result;
}

static json_object *edit(struct call *call, const char *words, const char *entities)
{
    struct chat *chat;
    struct message *message = editable(call, &chat);
    if (!message)
        return NULL;
    if (words && !strcmp(words, "text") && message->media)
        return call_fail(call, 400, "Bad Request: there is no text in the message to edit");
    if (words && !strcmp(words, "caption") && !message->media)
        return call_fail(call, 400, "Bad Request: there is no caption in the message to edit");
    struct message *fresh = world_message_new();
    if ((!words || call_text(call, call->params.values, words, entities, fresh)) &&
        call_markup(call, fresh, NULL))
        return replace(call, chat, message, fresh, words != NULL);
    world_message_free(&fresh);
    return NULL;
}

json_object *on_edit_text(struct call *call)
{
    return edit(call, "text", "entities");
}

json_object *on_edit_caption(struct call *call)
{
    return edit(call, "caption", "caption_entities");
}

json_object *on_edit_markup(struct call *call)
{
    return edit(call, NULL, NULL);
}

static void remove_message(struct call *call, struct chat *chat, struct message *message)
{
    message->deleted = true;
    if (chat->pinned_id == message->id)
        chat->pinned_id = 0;
    world_touch(call->world, chat, message);
    sentlog_add(&call->world->sent, call->method->name, chat->id, message->id, NULL,
                world_now_ms());
}

json_object *on_delete_message(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", false);
    if (!chat)
        return NULL;
    struct message *message = world_message(chat, call_int(call, "message_id", 0));
    if (!message || message->deleted)
        return call_fail(call, 400, "Bad Request: message to delete not found");
    if (chat->kind != CHAT_PRIVATE && message->from_id != 0 && !chat->bot_is_admin)
        return call_fail(call, 400, "Bad Request: message can't be deleted");
    if (world_date(call->world) - message->date > DELETABLE_S)
        return call_fail(call, 400, "Bad Request: message can't be deleted for everyone");
    remove_message(call, chat, message);
    return json_object_new_boolean(true);
}

json_object *on_delete_messages(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", false);
    json_object *ids = NULL;
    if (!chat || !call_json(call, "message_ids", json_type_array, &ids))
        return NULL;
    size_t count = ids ? json_count(ids) : 0;
    if (count < 1 || count > 100)
        return call_fail(call, 400, "Bad Request: message identifiers are not specified");
    for (size_t i = 0; i < count; i++) {
        struct message *message =
            world_message(chat, json_object_get_int64(json_object_array_get_idx(ids, i)));
        if (message && !message->deleted)
            remove_message(call, chat, message);
    }
    return json_object_new_boolean(true);
}

json_object *on_answer_callback(struct call *call)
{
    struct world *world = call->world;
    struct callback *callback = world_callback(world, call_int(call, "callback_query_id", 0));
    const char *text = call_str(call, "text");
    if (!callback || callback->answered || world_now_ms() - callback->at_us / 1000 > QUERY_LIVES_MS)
        return call_fail(
            call, 400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid");
    if (text && utf16_units(text, strlen(text)) > ANSWER_MOST)
        return call_fail(call, 400, "Bad Request: MESSAGE_TOO_LONG");
    callback->answered = true;
    callback->answered_us = world_now_us();
    callback->alert = call_flag(call, "show_alert");
    callback->text = mem_dup(text);
    callback->url = mem_dup(call_str(call, "url"));
    pthread_cond_broadcast(&world->changed);
    return json_object_new_boolean(true);
}

json_object *on_set_reaction(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    json_object *list = NULL;
    if (!chat || !call_json(call, "reaction", json_type_array, &list))
        return NULL;
    struct message *message = world_message(chat, call_int(call, "message_id", 0));
    if (!message || message->deleted)
        return call_fail(call, 400, "Bad Request: message to react not found");
    for (size_t i = 0; list && i < json_count(list); i++)
        if (!json_str(json_object_array_get_idx(list, i), "type"))
            return call_fail(call, 400, "Bad Request: can't parse reaction types JSON object");
    if (list && json_count(list) > 1)
        return call_fail(call, 400, "Bad Request: REACTIONS_TOO_MANY");
    json_object_put(message->bot_reactions);
    message->bot_reactions = list && json_count(list) ? json_copy(list) : NULL;
    world_touch(call->world, chat, message);
    return json_object_new_boolean(true);
}

json_object *on_pin(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    if (!chat)
        return NULL;
    struct message *message = world_message(chat, call_int(call, "message_id", 0));
    if (!message || message->deleted)
        return call_fail(call, 400, "Bad Request: message to pin not found");
    if (chat->kind != CHAT_PRIVATE && !chat->bot_is_admin)
        return call_fail(call, 400,
                         "Bad Request: not enough rights to manage pinned messages in the chat");
    chat->pinned_id = message->id;
    world_touch(call->world, chat, message);
    return json_object_new_boolean(true);
}

json_object *on_unpin(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    if (!chat)
        return NULL;
    int64_t id = call_int(call, "message_id", chat->pinned_id);
    if (!id || id != chat->pinned_id)
        return call_fail(call, 400, "Bad Request: message to unpin not found");
    return on_unpin_all(call);
}

json_object *on_unpin_all(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    if (!chat)
        return NULL;
    chat->pinned_id = 0;
    world_touch(call->world, chat, NULL);
    return json_object_new_boolean(true);
}
