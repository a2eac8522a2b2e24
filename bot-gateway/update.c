/* update.c - Telegram JSON -> struct update (pure; json-c does the reading) */
#include "bot-gateway/update.h"

#include <json-c/json.h>

#include "common/base/text.h"

#define ID_MAX (INT64_C(1) << 52) /* Telegram: "at most 52 significant bits" */
#define ALBUM_ID_MAX 64           /* Telegram's have 17 digits */

/* ---- one field ---- */

static json_object *field(json_object *of, const char *key, enum json_type type)
{
    json_object *value = NULL;
    json_object_object_get_ex(of, key, &value);
    return json_object_is_type(value, type) ? value : NULL;
}

static const char *text_field(json_object *of, const char *key)
{
    json_object *value = field(of, key, json_type_string);
    return value ? json_object_get_string(value) : "";
}

static bool true_field(json_object *of, const char *key)
{
    json_object *value = field(of, key, json_type_boolean);
    return value && json_object_get_boolean(value);
}

/* 0 if it is missing, no whole number, or beyond what Telegram may send (json-c saturates
 * silently). */
static int64_t id_field(json_object *of, const char *key)
{
    json_object *value = field(of, key, json_type_int);
    int64_t id = value ? json_object_get_int64(value) : 0;
    return id >= -ID_MAX && id <= ID_MAX ? id : 0;
}

/* ---- what a message carries ---- */

/* Telegram says 4096 units; whoever sends more loses the rest. The cut is made in the document,
 * which owns the text. */
static void read_said(json_object *value, struct update *u)
{
    u->text = json_object_get_string(value);
    size_t kept = text_cut_bytes(u->text, UPDATE_TEXT_MAX);
    if (u->text[kept] == '\0') {
        return;
    }
    scoped(str_free) char *cut = xmemdup_text(u->text, kept);
    json_object_set_string(value, cut);
    u->text = json_object_get_string(value);
    u->text_was_cut = true;
}

static bool read_text(json_object *value, const char *kind, struct update *u)
{
    (void)kind;
    if (!json_object_is_type(value, json_type_string)) {
        return false;
    }
    read_said(value, u);
    return true;
}

static bool add_file(const char *kind, const char *file_id, struct update *u)
{
    if (!*file_id) {
        return false;
    }
    u->files[u->file_count++] = (struct update_file){.kind = kind, .file_id = file_id};
    return true;
}

static bool read_file(json_object *value, const char *kind, struct update *u)
{
    return add_file(kind, text_field(value, "file_id"), u);
}

static bool is_card(json_object *document)
{
    static const char *const types[] = {"text/vcard", "text/x-vcard", "text/directory"};
    const char *type = text_field(document, "mime_type"), *name = text_field(document, "file_name");
    size_t len = strlen(name);
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (strcasecmp(type, types[i]) == 0) {
            return true;
        }
    }
    return len > 4 && strcasecmp(name + len - 4, ".vcf") == 0;
}

/* A card of somebody as a file is a contact, however it is sent. */
static bool read_document(json_object *value, const char *kind, struct update *u)
{
    u->is_contact_card = is_card(value);
    return read_file(value, kind, u);
}

/* Of a picture's sizes the largest. */
static bool read_photo(json_object *value, const char *kind, struct update *u)
{
    const char *file_id = "";
    int64_t largest = -1;
    if (!json_object_is_type(value, json_type_array)) {
        return false;
    }
    for (size_t i = 0; i < json_object_array_length(value); i++) {
        json_object *size = json_object_array_get_idx(value, i);
        int64_t width = id_field(size, "width");
        if (width > largest) {
            largest = width;
            file_id = text_field(size, "file_id");
        }
    }
    return add_file(kind, file_id, u);
}

static bool read_location(json_object *value, const char *kind, struct update *u)
{
    (void)value;
    return add_file(kind, "-", u);
}

static bool read_contact(json_object *value, const char *kind, struct update *u)
{
    /* anybody's card can be sent: only the sender's own number says who the sender is */
    if (u->from_id != 0 && id_field(value, "user_id") == u->from_id) {
        u->phone = text_field(value, "phone_number");
    }
    u->is_contact_card = true;
    return add_file(kind, "-", u);
}

static bool read_users_shared(json_object *value, const char *kind, struct update *u)
{
    (void)kind;
    json_object *users = field(value, "users", json_type_array);
    u->shared_request_id = id_field(value, "request_id");
    u->shared_user_id = users ? id_field(json_object_array_get_idx(users, 0), "user_id") : 0;
    return u->shared_user_id > 0;
}

static bool read_nothing(json_object *value, const char *kind, struct update *u)
{
    (void)value;
    (void)kind;
    (void)u;
    return true;
}

/* clang-format off */
static const struct content_rule {
    const char         *key;      /* of the message */
    enum update_content content;  /* unless read says no: then CONTENT_OTHER */
    const char         *kind;     /* of an attachment */
    bool (*read)(json_object *value, const char *kind, struct update *);
} content_rules[] = { /* the first that fits; Telegram sends some attachments under an older name too, those stand lower */
    {"text",         CONTENT_TEXT,         NULL,         read_text},
    {"animation",    CONTENT_FILES,        "animation",  read_file},     /* comes with document */
    {"photo",        CONTENT_FILES,        "photo",      read_photo},
    {"document",     CONTENT_FILES,        "document",   read_document},
    {"voice",        CONTENT_FILES,        "voice",      read_file},
    {"video",        CONTENT_FILES,        "video",      read_file},
    {"video_note",   CONTENT_FILES,        "video_note", read_file},
    {"audio",        CONTENT_FILES,        "audio",      read_file},
    {"location",     CONTENT_FILES,        "location",   read_location}, /* a venue comes with it */
    {"contact",      CONTENT_CONTACT,      "contact",    read_contact},
    {"users_shared", CONTENT_USERS_SHARED, NULL,         read_users_shared},
    {"sticker",      CONTENT_STICKER,      NULL,         read_nothing},
    {"dice",         CONTENT_OTHER,        NULL,         read_nothing},
    {"poll",         CONTENT_OTHER,        NULL,         read_nothing},
    {"story",        CONTENT_OTHER,        NULL,         read_nothing},
    {"game",         CONTENT_OTHER,        NULL,         read_nothing},
    {"checklist",    CONTENT_OTHER,        NULL,         read_nothing},
    {"paid_media",   CONTENT_OTHER,        NULL,         read_nothing},
    {"rich_message", CONTENT_OTHER,        NULL,         read_nothing},
};
/* clang-format on */

static void read_content(json_object *message, struct update *u)
{
    for (size_t i = 0; i < ARRAY_LEN(content_rules); i++) {
        const struct content_rule *rule = &content_rules[i];
        json_object *value = NULL;
        if (json_object_object_get_ex(message, rule->key, &value)) {
            bool usable = rule->read(value, rule->kind, u);
            u->content = usable ? rule->content : CONTENT_OTHER;
            break;
        }
    }
    json_object *caption = field(message, "caption", json_type_string);
    if (caption) {
        read_said(caption, u);
    }
}

/* ---- who and where ---- */

static void read_sender(json_object *of, struct update *u)
{
    json_object *from = field(of, "from", json_type_object);
    if (!from) {
        return;
    }
    u->from_id = id_field(from, "id");
    u->from_is_bot = true_field(from, "is_bot");
    u->first_name = text_field(from, "first_name");
    u->last_name = text_field(from, "last_name");
    u->username = text_field(from, "username");
    u->language = text_field(from, "language_code");
}

static int read_chat(json_object *of, struct update *u, struct err *err)
{
    json_object *chat = field(of, "chat", json_type_object);
    u->place_id = chat ? id_field(chat, "id") : 0;
    if (u->place_id == 0) {
        return err_set(err, ERR_INPUT, "the update names no chat");
    }
    u->is_private = str_eq(text_field(chat, "type"), "private");
    u->chat_id = u->is_private ? u->place_id : u->from_id;
    u->place_title = text_field(chat, "title");
    u->is_forum = true_field(chat, "is_forum");
    u->date_s = id_field(of, "date");
    return 0;
}

/* Where a message stands: what a press and a message have in common. */
static int read_place(json_object *message, struct update *u, struct err *err)
{
    if (read_chat(message, u, err) < 0) {
        return -1;
    }
    u->message_id = id_field(message, "message_id");
    if (u->message_id <= 0) {
        return err_set(err, ERR_INPUT, "the message has no number");
    }
    if (true_field(message, "is_topic_message")) {
        u->topic_id = id_field(message, "message_thread_id");
    }
    return 0;
}

/* ---- the kinds ---- */

/* It becomes part of a command's id, which takes no blanks and has an end. */
static bool is_album_id(const char *text)
{
    size_t len = strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-");
    return len > 0 && len <= ALBUM_ID_MAX && text[len] == '\0';
}

static int read_message(json_object *message, struct update *u, struct err *err)
{
    read_sender(message, u);
    if (read_place(message, u, err) < 0) {
        return -1;
    }
    u->moved_to = id_field(message, "migrate_to_chat_id");
    const char *album = text_field(message, "media_group_id");
    u->media_group_id = is_album_id(album) ? album : NULL;
    u->is_forwarded = field(message, "forward_origin", json_type_object) != NULL;
    json_object *replied = field(message, "reply_to_message", json_type_object);
    int64_t reply_to = replied ? id_field(replied, "message_id") : 0;
    u->reply_to = reply_to != u->topic_id ? reply_to : 0;
    read_content(message, u);
    return 0;
}

static int read_press(json_object *query, struct update *u, struct err *err)
{
    read_sender(query, u);
    u->callback_id = text_field(query, "id");
    if (!*u->callback_id || u->from_id == 0) {
        return err_set(err, ERR_INPUT, "the press cannot be answered: no id or no presser");
    }
    u->callback_data = text_field(query, "data");
    json_object *message = field(query, "message", json_type_object);
    if (message) {
        return read_place(message, u, err);
    }
    u->chat_id = u->place_id = u->from_id;
    u->is_private = true;
    return 0;
}

static int read_member(json_object *change, struct update *u, struct err *err)
{
    read_sender(change, u);
    json_object *now = field(change, "new_chat_member", json_type_object);
    json_object *before = field(change, "old_chat_member", json_type_object);
    u->member_was = before ? text_field(before, "status") : "";
    u->member_status = now ? text_field(now, "status") : "";
    if (!*u->member_status) {
        return err_set(err, ERR_INPUT, "the change of membership has no status");
    }
    return read_chat(change, u, err);
}

static const struct kind_rule {
    const char *key;
    enum update_kind kind;
    int (*read)(json_object *, struct update *, struct err *);
} kind_rules[] = {
    {"message",        UPDATE_MESSAGE,        read_message},
    {"callback_query", UPDATE_PRESS,          read_press  },
    {"edited_message", UPDATE_EDITED_MESSAGE, read_message},
    {"my_chat_member", UPDATE_MEMBER,         read_member },
};

static int read_update(json_object *root, struct update *u, struct err *err)
{
    for (size_t i = 0; i < ARRAY_LEN(kind_rules); i++) {
        json_object *value = field(root, kind_rules[i].key, json_type_object);
        if (value) {
            u->kind = kind_rules[i].kind;
            return kind_rules[i].read(value, u, err);
        }
    }
    return 0;
}

size_t update_list_length(struct json_object *result)
{
    return json_object_is_type(result, json_type_array) ? json_object_array_length(result) : 0;
}

struct json_object *update_list_at(struct json_object *result, size_t index)
{
    return json_object_array_get_idx(result, index);
}

int64_t update_peek_id(struct json_object *root)
{
    int64_t id = id_field(root, "update_id");
    return id > 0 ? id : 0;
}

int update_from_json(struct json_object *root, struct update *ret, int64_t *ret_id, struct err *err)
{
    struct update u = {
        .kind = UPDATE_OTHER,
        .content = CONTENT_NONE,
        .first_name = "",
        .last_name = "",
        .username = "",
        .language = "",
        .text = "",
        .callback_id = "",
        .callback_data = "",
        .member_status = "",
        .member_was = "",
        .place_title = "",
    };
    u.update_id = update_peek_id(root);
    *ret_id = u.update_id;
    if (u.update_id == 0) {
        return err_set(err, ERR_INPUT, "the update has no number");
    }
    if (read_update(root, &u, err) < 0) {
        return -1;
    }
    u.document_ = json_object_get(root);
    *ret = u;
    return 0;
}

int update_parse(const char *json, size_t len, struct update *ret, int64_t *ret_id, struct err *err)
{
    *ret_id = 0;
    if (len > INT32_MAX) {
        return err_set(err, ERR_INPUT, "the update is too long");
    }
    if (!text_is_utf8(json, len)) { /* json-c lets overlong forms pass, PostgreSQL does not */
        return err_set(err, ERR_INPUT, "the update is not UTF-8");
    }
    json_tokener *tokener = json_tokener_new();
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    json_object *root = json_tokener_parse_ex(tokener, json, (int)len);
    enum json_tokener_error why = json_tokener_get_error(tokener);
    json_tokener_free(tokener);
    int rc =
        root ? update_from_json(root, ret, ret_id, err)
             : err_set(err, ERR_INPUT, "the update is no JSON: %s", json_tokener_error_desc(why));
    json_object_put(root);
    return rc;
}

void update_fini(struct update *u)
{
    json_object_put(u->document_);
    *u = (struct update){0};
}

void update_write(const struct update *u, struct buf *into)
{
    size_t len = 0;
    const char *text =
        json_object_to_json_string_length(u->document_, JSON_C_TO_STRING_PLAIN, &len);
    buf_add(into, text, len);
}

void update_command_id(const struct update *u, int64_t bot_id,
                       char out[static UPDATE_COMMAND_ID_MAX])
{
    if (u->media_group_id) {
        snprintf(out, UPDATE_COMMAND_ID_MAX, "tg:%lld:album:%s", (long long)bot_id,
                 u->media_group_id);
    } else {
        snprintf(out, UPDATE_COMMAND_ID_MAX, "tg:%lld:%lld", (long long)bot_id,
                 (long long)u->update_id);
    }
}
