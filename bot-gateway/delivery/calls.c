/* calls.c - one delivery as the calls of the Bot API it takes */
#include "bot-gateway/delivery/calls.h"

#include <inttypes.h>
#include <json-c/json.h>

#include "bot-gateway/delivery/plain_text.h"
#include "bot-gateway/texts/message.h"
#include "common/base/text.h"

#define ALBUM_MAX 10
#define DELIVERY_MARK "👌"

static void json_free(json_object **json)
{
    json_object_put(*json);
    *json = NULL;
}

static const char *text_of(json_object *json, const char *field)
{
    json_object *value;
    return json_object_object_get_ex(json, field, &value) ? json_object_get_string(value) : NULL;
}

static void add_call(struct calls *calls, const char *method, json_object *params)
{
    if (calls->count == CALLS_MAX)
        return;
    calls->items[calls->count++] = (struct call){
        xstrdup(method), xstrdup(json_object_to_json_string_ext(
                             params, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE))};
}

/* ---- attachments ---- */

struct copy {
    bool has_caption, joins_albums;
    int64_t from_chat_id, message_id;
};

static int copy_parse(const char *line, struct copy *ret)
{
    *ret = (struct copy){message_has_caption(line), message_joins_albums(line), 0, 0};
    return message_address(line, &ret->from_chat_id, &ret->message_id);
}

static void put_copy(json_object *params, const struct copy *copy)
{
    json_object_object_add(params, "from_chat_id", json_object_new_int64(copy->from_chat_id));
    json_object_object_add(params, "message_id", json_object_new_int64(copy->message_id));
}

/* Copies go where the text went: the same chat and topic, and as silently or protected. Their own
 * words stand in the text. */
static json_object *params_of_copy(json_object *message)
{
    static const char *const kept[] = {"chat_id", "message_thread_id", "disable_notification",
                                       "protect_content"};
    json_object *params = json_object_new_object();
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        json_object *value;
        if (json_object_object_get_ex(message, kept[i], &value))
            json_object_object_add(params, kept[i], json_object_get(value));
    }
    return params;
}

static void add_copy(struct calls *calls, json_object *message, const struct copy *copy)
{
    scoped(json_free) json_object *params = params_of_copy(message);
    put_copy(params, copy);
    if (copy->has_caption)
        json_object_object_add(params, "caption", json_object_new_string(""));
    add_call(calls, "copyMessage", params);
}

/* Telegram keeps albums together if they are copied by one call. */
static void add_album(struct calls *calls, json_object *message, const struct copy *copies,
                      size_t count)
{
    scoped(json_free) json_object *params = params_of_copy(message);
    json_object *ids = json_object_new_array();
    for (size_t i = 0; i < count; i++)
        json_object_array_add(ids, json_object_new_int64(copies[i].message_id));
    json_object_object_add(params, "from_chat_id", json_object_new_int64(copies[0].from_chat_id));
    json_object_object_add(params, "message_ids", ids);
    json_object_object_add(params, "remove_caption", json_object_new_boolean(true));
    add_call(calls, "copyMessages", params);
}

/* How many of them go by one call: of one chat, in the order in which they were sent. */
static size_t album_length(const struct copy *copies, size_t count)
{
    size_t n = 1;
    while (n < count && n < ALBUM_MAX && copies[n].joins_albums && copies[0].joins_albums &&
           copies[n].from_chat_id == copies[0].from_chat_id &&
           copies[n].message_id > copies[n - 1].message_id)
        n++;
    return n;
}

static void add_copies(struct calls *calls, json_object *message, const char *const *lines,
                       size_t lines_count)
{
    struct copy copies[CALLS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < lines_count && count < CALLS_MAX; i++)
        if (copy_parse(lines[i], &copies[count]) == 0)
            count++;
    for (size_t i = 0, n; i < count; i += n) {
        n = album_length(&copies[i], count - i);
        if (n > 1)
            add_album(calls, message, &copies[i], n);
        else
            add_copy(calls, message, &copies[i]);
    }
}

/* ---- the text ---- */

static void make_plain(json_object *message, const char *field)
{
    const char *html = text_of(message, field);
    if (html == NULL || text_of(message, "parse_mode") == NULL)
        return;
    scoped(buf_fini) struct buf plain = {0};
    plain_text_add(&plain, html);
    json_object_object_add(message, field, json_object_new_string(buf_text(&plain)));
}

static bool fits_a_caption(const char *html)
{
    scoped(buf_fini) struct buf plain = {0};
    plain_text_add(&plain, html);
    return text_utf16_units(buf_text(&plain)) <= CAPTION_UNITS_MAX;
}

/* The text becomes the caption of what is copied; buttons and the rest stay. */
static void add_captioned_copy(struct calls *calls, json_object *message, const struct copy *copy)
{
    json_object *text = json_object_get(json_object_object_get(message, "text"));
    json_object_object_del(message, "text");
    json_object_object_del(message, "link_preview_options");
    json_object_object_add(message, "caption", text);
    put_copy(message, copy);
    calls->carries_text = true;
    add_call(calls, "copyMessage", message);
}

/* What is answered stands over the first piece, the buttons under the last. */
static void add_pieces(struct calls *calls, const char *method, json_object *message)
{
    scoped(str_free) char *text = xstrdup(text_of(message, "text"));
    scoped(json_free) json_object *buttons =
        json_object_get(json_object_object_get(message, "reply_markup"));
    json_object_object_del(message, "reply_markup");
    for (char *rest = text; *rest != '\0';) {
        size_t piece = plain_text_piece(rest, MESSAGE_UNITS_MAX);
        json_object_object_add(message, "text", json_object_new_string_len(rest, (int)piece));
        rest += piece;
        if (*rest == '\0' && buttons != NULL)
            json_object_object_add(message, "reply_markup", json_object_get(buttons));
        add_call(calls, method, message);
        json_object_object_del(message, "reply_parameters");
    }
}

static json_object *parse_payload(const char *payload)
{
    json_object *message = json_tokener_parse(payload);
    if (json_object_is_type(message, json_type_object) && text_of(message, "method") != NULL)
        return message;
    json_object_put(message);
    return NULL;
}

int calls_make(const char *payload, struct calls_address address, const char *const *copies,
               size_t copies_count, struct calls_shape shape, struct calls *ret, struct err *err)
{
    scoped(json_free) json_object *message = parse_payload(payload);
    if (message == NULL)
        return err_set(err, ERR_INTERNAL, "the payload is no call");
    scoped(str_free) char *method =
        xstrdup(address.edit_message_id != 0 ? "editMessageText" : text_of(message, "method"));
    json_object_object_del(message, "method");
    json_object_object_add(message, "chat_id", json_object_new_int64(address.chat_id));
    if (address.edit_message_id != 0)
        json_object_object_add(message, "message_id",
                               json_object_new_int64(address.edit_message_id));
    else if (address.topic_id != 0)
        json_object_object_add(message, "message_thread_id",
                               json_object_new_int64(address.topic_id));
    if (shape.is_plain || shape.is_split) {
        make_plain(message, "text");
        make_plain(message, "caption");
        json_object_object_del(message, "parse_mode");
    }
    *ret = (struct calls){0};
    const char *text = text_of(message, "text");
    struct copy copy;
    if (!shape.is_apart && copies_count == 1 && copy_parse(copies[0], &copy) == 0 &&
        copy.has_caption && text != NULL && fits_a_caption(text)) {
        add_captioned_copy(ret, message, &copy);
        return 0;
    }
    if (shape.is_split && text != NULL)
        add_pieces(ret, method, message);
    else
        add_call(ret, method, message);
    add_copies(ret, message, copies, copies_count);
    return 0;
}

void calls_fini(struct calls *calls)
{
    for (size_t i = 0; i < calls->count; i++) {
        free(calls->items[i].method);
        free(calls->items[i].params);
    }
    *calls = (struct calls){0};
}

bool call_is_repeatable(const char *method)
{
    return strncmp(method, "edit", 4) == 0 || strncmp(method, "delete", 6) == 0 ||
           strncmp(method, "set", 3) == 0;
}

char *calls_shrink_params(int64_t chat_id, int64_t message_id)
{
    return xasprintf("{\"chat_id\":%" PRId64 ",\"message_id\":%" PRId64
                     ",\"reply_markup\":{\"inline_keyboard\":[]}}",
                     chat_id, message_id);
}

char *calls_remove_params(int64_t chat_id, int64_t message_id)
{
    return xasprintf("{\"chat_id\":%" PRId64 ",\"message_id\":%" PRId64 "}", chat_id, message_id);
}

char *calls_mark_params(int64_t chat_id, int64_t message_id)
{
    return xasprintf("{\"chat_id\":%" PRId64 ",\"message_id\":%" PRId64
                     ",\"reaction\":[{\"type\":\"emoji\",\"emoji\":\"" DELIVERY_MARK "\"}]}",
                     chat_id, message_id);
}

char *calls_topic_params(int64_t chat_id, const char *name)
{
    scoped(json_free) json_object *params = json_object_new_object();
    json_object_object_add(params, "chat_id", json_object_new_int64(chat_id));
    json_object_object_add(
        params, "name",
        json_object_new_string_len(name, (int)text_cut_utf16(name, TOPIC_UNITS_MAX)));
    return xstrdup(json_object_to_json_string_ext(params, JSON_C_TO_STRING_PLAIN |
                                                              JSON_C_TO_STRING_NOSLASHESCAPE));
}
