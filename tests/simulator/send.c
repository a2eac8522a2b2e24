/* send.c - methods that put new messages into chats */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "markup.h"
#include "methods.h"
#include "view.h"

enum { TEXT_MOST = 4096, CAPTION_MOST = 1024, ALBUM_MOST = 10 };

/* Gives mentions by id the person's name, as Telegram does; unknown ones are dropped. */
static void name_mentions(struct world *world, json_object *entities)
{
    for (size_t i = 0; entities && i < json_count(entities); i++) {
        json_object *entity = json_object_array_get_idx(entities, i),
                    *user = json_at(entity, "user");
        struct person *person = user ? world_person(world, json_int(user, "id", 0)) : NULL;
        if (person)
            json_object_object_add(entity, "user", view_user(person));
    }
}

bool call_text(struct call *call, json_object *source, const char *text_key,
               const char *entities_key, struct message *message)
{
    json_object *given = json_at(source, text_key);
    const char *text = given ? json_object_get_string(given) : NULL,
               *mode = json_str(source, "parse_mode");
    bool is_caption = strcmp(text_key, "text") != 0;
    if (text && !utf8_is_valid(text, strlen(text)))
        return call_fail(call, 400, "Bad Request: strings must be encoded in UTF-8"), false;
    if ((!text || !*text) && !is_caption)
        return call_fail(call, 400, "Bad Request: message text is empty"), false;
    if (!text)
        return true;
    struct html_result result = {0};
    if (mode && *mode && strcasecmp(mode, "html") != 0)
        return call_fail(call, 400, "Bad Request: unsupported parse_mode"), false;
    if (mode && *mode) {
        char why[256];
        if (html_parse(text, &result, why, sizeof why) != 0)
            return call_fail(call, 400, "Bad Request: can't parse entities: %s", why), false;
        call->world->strays += result.stray;
    } else {
        result.text = mem_dup(text);
        json_object *entities = json_at(source, entities_key), *parsed = NULL;
        if (json_object_is_type(entities, json_type_string))
            parsed = json_read(json_object_get_string(entities),
                               (size_t)json_object_get_string_len(entities));
        else
            parsed = json_copy(entities);
        if (parsed && !json_object_is_type(parsed, json_type_array)) {
            json_object_put(parsed);
            free(result.text);
            return call_fail(call, 400, "Bad Request: can't parse entities JSON object"), false;
        }
        result.entities = parsed;
    }
    html_trim(&result);
    size_t units = utf16_units(result.text, strlen(result.text));
    if (units == 0 && !is_caption)
        call_fail(call, 400, "Bad Request: message text is empty");
    else if (units > (is_caption ? CAPTION_MOST : TEXT_MOST))
        call_fail(call, 400,
                  is_caption ? "Bad Request: message caption is too long"
                             : "Bad Request: message is too long");
    if (call->code) {
        free(result.text);
        json_object_put(result.entities);
        return false;
    }
    name_mentions(call->world, result.entities);
    free(message->text);
    json_object_put(message->entities);
    message->text = units ? result.text : NULL;
    if (!units)
        free(result.text);
    message->entities = result.entities;
    return true;
}

bool call_markup(struct call *call, struct message *message, json_object **reply_keyboard)
{
    json_object *markup = NULL;
    if (!call_json(call, "reply_markup", json_type_object, &markup))
        return false;
    if (!markup)
        return true;
    json_object *rows = json_at(markup, "inline_keyboard");
    if (!rows) {
        if (json_object_object_length(markup) == 0)
            return true;
        if (!reply_keyboard)
            return call_fail(call, 400, "Bad Request: inline keyboard expected"), false;
        *reply_keyboard = json_copy(markup);
        return true;
    }
    char room[200];
    const char *complaint = markup_complaint(rows, room, sizeof room);
    if (complaint)
        return call_fail(call, 400, "Bad Request: %s", complaint), false;
    json_object_put(message->markup);
    message->markup = NULL;
    if (json_count(rows) > 0) {
        message->markup = json_object_new_object();
        json_object_object_add(message->markup, "inline_keyboard", json_copy(rows));
    }
    return true;
}

/* Parameters that all sends share: reply, topic, protection, silence. */
static bool take_common(struct call *call, struct chat *chat, struct message *message)
{
    json_object *reply = NULL;
    if (!call_json(call, "reply_parameters", json_type_object, &reply))
        return false;
    int64_t reply_to =
        reply ? json_int(reply, "message_id", 0) : call_int(call, "reply_to_message_id", 0);
    if (reply_to) {
        struct message *quoted = world_message(chat, reply_to);
        if (quoted && !quoted->deleted)
            message->reply_to = reply_to;
        else if (!json_flag(reply, "allow_sending_without_reply", false) &&
                 !call_flag(call, "allow_sending_without_reply"))
            return call_fail(call, 400, "Bad Request: message to be replied not found"), false;
    }
    message->thread_id = call_int(call, "message_thread_id", 0);
    if (message->thread_id) {
        const struct topic *topic = NULL;
        for (size_t i = 0; i < chat->topic_count; i++)
            if (chat->topics[i].id == message->thread_id)
                topic = &chat->topics[i];
        if (!topic || topic->deleted)
            return call_fail(call, 400, "Bad Request: message thread not found"), false;
        if (topic->closed && !chat->bot_is_admin)
            return call_fail(call, 400, "Bad Request: TOPIC_CLOSED"), false;
    }
    message->protected = call_flag(call, "protect_content");
    message->silent = call_flag(call, "disable_notification");
    return true;
}

/* Posts the message and says what it became; takes both pointers even when it fails. */
static json_object *post(struct call *call, struct chat *chat, struct message *message,
                         json_object *reply_keyboard)
{
    struct world *world = call->world;
    if (!call_admit(call, chat, LIMITS_SEND, 1)) {
        json_object_put(reply_keyboard);
        world_message_free(&message);
        return NULL;
    }
    if (reply_keyboard) {
        json_object_put(chat->keyboard);
        chat->keyboard = json_flag(reply_keyboard, "remove_keyboard", false)
                             ? NULL
                             : json_object_get(reply_keyboard);
        json_object_put(reply_keyboard);
    }
    world_post(world, chat, message);
    sentlog_add(&world->sent, call->method->name, chat->id, message->id, message->text,
                world_now_ms());
    return view_message(world, chat, message);
}

/* The whole of a simple send: the media is ready (or NULL for text). */
static json_object *send_one(struct call *call, json_object *media /* takes */)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    struct message *message = world_message_new();
    json_object *reply_keyboard = NULL;
    message->media = media;
    if (chat &&
        call_text(call, call->params.values, media ? "caption" : "text",
                  media ? "caption_entities" : "entities", message) &&
        call_markup(call, message, &reply_keyboard) && take_common(call, chat, message))
        return post(call, chat, message, reply_keyboard);
    json_object_put(reply_keyboard);
    world_message_free(&message);
    return NULL;
}

json_object *on_send_message(struct call *call)
{
    return send_one(call, NULL);
}

/* The file behind a parameter: an upload under its name or attach://, or a known file_id. */
static struct file *take_file(struct call *call, const char *kind, const char *name,
                              const char *said)
{
    const struct multipart_part *part = params_file(&call->params, name);
    if (!part && said && !strncmp(said, "attach://", 9))
        part = params_file(&call->params, said + 9);
    struct files *files = &call->world->files;
    int width, height;
    if (part && part->len == 0)
        return call_fail(call, 400, "Bad Request: file must be non-empty"), NULL;
    if (part && !strcmp(kind, "photo") && !files_measure(part->data, part->len, &width, &height))
        return call_fail(call, 400, "Bad Request: IMAGE_PROCESS_FAILED"), NULL;
    if (part)
        return files_add(files, kind, part->file_name, part->type, part->data, part->len);
    if (!said || !*said)
        return call_fail(call, 400, "Bad Request: there is no %s in the request", kind), NULL;
    if (!strncmp(said, "http", 4))
        return call_fail(call, 400, "Bad Request: failed to get HTTP URL content"), NULL;
    struct file *file = files_by_id(files, said);
    if (!file)
        return call_fail(call, 400, "Bad Request: wrong file identifier/HTTP URL specified"), NULL;
    if (strcmp(file->kind, kind) != 0)
        return call_fail(call, 400, "Bad Request: can't use file of type %s as %s", file->kind,
                         kind),
               NULL;
    return file;
}

static json_object *send_file(struct call *call, const char *kind)
{
    if (!call_chat(call, "chat_id",
                   true)) /* nothing is kept for a chat that cannot be written to */
        return NULL;
    struct file *file = take_file(call, kind, kind, call_str(call, kind));
    if (!file)
        return NULL;
    json_object *media = json_object_new_object();
    json_object_object_add(media, kind, files_to_json(file, call_int(call, "duration", 0)));
    if (call_flag(call, "has_spoiler"))
        json_put_flag(media, "has_media_spoiler", true);
    return send_one(call, media);
}

json_object *on_send_photo(struct call *call)
{
    return send_file(call, "photo");
}

json_object *on_send_document(struct call *call)
{
    return send_file(call, "document");
}

json_object *on_send_voice(struct call *call)
{
    return send_file(call, "voice");
}

json_object *on_send_video(struct call *call)
{
    return send_file(call, "video");
}

json_object *on_send_audio(struct call *call)
{
    return send_file(call, "audio");
}

json_object *on_send_animation(struct call *call)
{
    return send_file(call, "animation");
}

json_object *on_send_sticker(struct call *call)
{
    return send_file(call, "sticker");
}

json_object *on_send_location(struct call *call)
{
    json_object *values = call->params.values, *media = json_object_new_object(),
                *place = json_object_new_object();
    json_object_object_add(place, "latitude",
                           json_object_new_double(json_num(values, "latitude", 0)));
    json_object_object_add(place, "longitude",
                           json_object_new_double(json_num(values, "longitude", 0)));
    json_object_object_add(media, "location", place);
    return send_one(call, media);
}

json_object *on_send_contact(struct call *call)
{
    json_object *media = json_object_new_object(), *contact = json_object_new_object();
    if (!call_str(call, "phone_number") || !call_str(call, "first_name")) {
        json_object_put(media);
        json_object_put(contact);
        return call_fail(call, 400, "Bad Request: contact's phone number or first name is empty");
    }
    json_put_str(contact, "phone_number", call_str(call, "phone_number"));
    json_put_str(contact, "first_name", call_str(call, "first_name"));
    json_put_str(contact, "last_name", call_str(call, "last_name"));
    json_object_object_add(media, "contact", contact);
    return send_one(call, media);
}

json_object *on_send_media_group(struct call *call)
{
    struct world *world = call->world;
    struct chat *chat = call_chat(call, "chat_id", true);
    json_object *list = NULL;
    if (!chat || !call_json(call, "media", json_type_array, &list))
        return NULL;
    size_t count = list ? json_count(list) : 0;
    if (count < 2 || count > ALBUM_MOST)
        return call_fail(call, 400, "Bad Request: group of messages must contain 2-10 items");
    struct message *messages[ALBUM_MOST] = {0};
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        json_object *one = json_object_array_get_idx(list, i);
        const char *kind = json_str(one, "type"), *said = json_str(one, "media");
        static const char *const kinds[] = {"photo", "document", "video", "audio"};
        const char *known = NULL;
        for (size_t k = 0; kind && k < 4; k++)
            known = !strcmp(kinds[k], kind) ? kinds[k] : known;
        struct file *file = known ? take_file(call, known, "", said) : NULL;
        if (!known)
            call_fail(call, 400, "Bad Request: can't parse InputMedia: media type is wrong");
        messages[i] = world_message_new();
        fine = file && call_text(call, one, "caption", "caption_entities", messages[i]) &&
               take_common(call, chat, messages[i]);
        if (fine) {
            messages[i]->media = json_object_new_object();
            json_object_object_add(messages[i]->media, known, files_to_json(file, 0));
        }
    }
    if (!fine || !call_admit(call, chat, LIMITS_SEND, (int)count)) {
        for (size_t i = 0; i < count; i++)
            world_message_free(&messages[i]);
        return NULL;
    }
    json_object *result = json_object_new_array();
    char album[32];
    snprintf(album, sizeof album, "13%015lld", (long long)world->seq + 1);
    for (size_t i = 0; i < count; i++) {
        messages[i]->album = mem_dup(album);
        world_post(world, chat, messages[i]);
        sentlog_add(&world->sent, call->method->name, chat->id, messages[i]->id, messages[i]->text,
                    world_now_ms());
        json_object_array_add(result, view_message(world, chat, messages[i]));
    }
    return result;
}

static bool is_service(const struct message *message)
{
    return json_at(message->media, "users_shared") || json_at(message->media, "pinned_message") ||
           json_at(message->media, "forum_topic_created");
}

static struct message *copy_of(const struct message *source)
{
    struct message *copy = world_message_new();
    copy->text = mem_dup(source->text);
    copy->entities = json_copy(source->entities);
    copy->media = json_copy(source->media);
    return copy;
}

static struct message *source_message(struct call *call, const char *deed)
{
    struct chat *from = call_chat(call, "from_chat_id", false);
    if (!from)
        return NULL;
    struct message *source = world_message(from, call_int(call, "message_id", 0));
    if (!source || source->deleted)
        return call_fail(call, 400, "Bad Request: message to %s not found", deed), NULL;
    if (is_service(source))
        return call_fail(call, 400, "Bad Request: the message can't be %s",
                         *deed == 'c' ? "copied" : "forwarded"),
               NULL;
    return source;
}

json_object *on_copy_message(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    struct message *source = chat ? source_message(call, "copy") : NULL;
    if (!source)
        return NULL;
    struct message *copy = copy_of(source);
    json_object *reply_keyboard = NULL;
    bool recaption = json_at(call->params.values, "caption") && copy->media;
    if (recaption) {
        free(copy->text);
        json_object_put(copy->entities);
        copy->text = NULL;
        copy->entities = NULL;
    }
    if ((recaption && !call_text(call, call->params.values, "caption", "caption_entities", copy)) ||
        !call_markup(call, copy, &reply_keyboard) || !take_common(call, chat, copy)) {
        json_object_put(reply_keyboard);
        world_message_free(&copy);
        return NULL;
    }
    json_object *whole = post(call, chat, copy, reply_keyboard);
    if (!whole)
        return NULL;
    json_object *result = json_object_new_object();
    json_put_int(result, "message_id", json_int(whole, "message_id", 0));
    json_object_put(whole);
    return result;
}

json_object *on_forward_message(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    struct message *source = chat ? source_message(call, "forward") : NULL;
    if (!source)
        return NULL;
    if (source->protected)
        return call_fail(call, 400,
                         "Bad Request: message has protected content and can't be forwarded");
    struct message *copy = copy_of(source);
    struct person *author = source->from_id ? world_person(call->world, source->from_id) : NULL;
    copy->forward = json_object_new_object();
    json_put_str(copy->forward, "type", "user");
    json_put_int(copy->forward, "date", source->date);
    json_object_object_add(copy->forward, "sender_user",
                           author ? view_user(author) : view_bot(call->world));
    if (take_common(call, chat, copy))
        return post(call, chat, copy, NULL);
    world_message_free(&copy);
    return NULL;
}

json_object *on_copy_messages(struct call *call)
{
    struct world *world = call->world;
    struct chat *chat = call_chat(call, "chat_id", true),
                *from = chat ? call_chat(call, "from_chat_id", false) : NULL;
    json_object *ids = NULL;
    if (!from || !call_json(call, "message_ids", json_type_array, &ids))
        return NULL;
    size_t count = ids ? json_count(ids) : 0, found = 0;
    if (count < 1 || count > 100)
        return call_fail(call, 400, "Bad Request: message identifiers are not specified");
    for (size_t i = 0; i < count; i++) {
        struct message *source =
            world_message(from, json_object_get_int64(json_object_array_get_idx(ids, i)));
        found += source && !source->deleted && !is_service(source);
    }
    if (found == 0)
        return call_fail(call, 400, "Bad Request: there are no messages to copy");
    if (!call_admit(call, chat, LIMITS_SEND, (int)found))
        return NULL;
    json_object *result = json_object_new_array();
    char album[40];
    for (size_t i = 0; i < count; i++) {
        struct message *source =
            world_message(from, json_object_get_int64(json_object_array_get_idx(ids, i)));
        if (!source || source->deleted || is_service(source))
            continue;
        struct message *copy = copy_of(source);
        if (source->album) { /* one album stays one album */
            snprintf(album, sizeof album, "14%.30s", source->album);
            copy->album = mem_dup(album);
        }
        if (call_flag(call, "remove_caption") && copy->media) {
            free(copy->text);
            copy->text = NULL;
        }
        copy->protected = call_flag(call, "protect_content");
        world_post(world, chat, copy);
        sentlog_add(&world->sent, call->method->name, chat->id, copy->id, copy->text,
                    world_now_ms());
        json_object *one = json_object_new_object();
        json_put_int(one, "message_id", copy->id);
        json_object_array_add(result, one);
    }
    return result;
}

json_object *on_send_chat_action(struct call *call)
{
    struct chat *chat = call_chat(call, "chat_id", true);
    if (!chat)
        return NULL;
    chat->typing_until_ms = world_now_ms() + 5000;
    world_touch(call->world, chat, NULL);
    return json_object_new_boolean(true);
}
