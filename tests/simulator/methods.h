/* methods.h - the Bot API: one table of methods, and what every handler may use */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

#include "params.h"
#include "text.h"
#include "world.h"

/* One request being answered. Handlers run with the world locked. */
struct call {
    struct world *world;
    const struct method *method;
    struct params params;
    int code; /* of the error, 0 while all is well */
    char description[512];
    int retry_after_s;
    int64_t migrate_to; /* the supergroup the error speaks of */
    struct text body; /* a handler may write the whole answer itself */
    bool reset;       /* break the connection instead of answering */
};

/* What stands under "result"; NULL after call_fail or when the body was written. */
typedef json_object *(*method_fn)(struct call *);

struct method {
    const char *name;
    method_fn handle;
    const char *sentence;
};

extern const struct method methods[];
extern const size_t methods_count;

const struct method *methods_find(const char *name); /* case does not matter, as with Telegram */

struct answer {
    int status; /* HTTP; 0: no answer, the connection ends */
    bool reset; /* ends with a reset, not politely */
    struct text body;
    int64_t delay_ms;
};

/* Answers /bot<token>/<name>. */
void methods_serve(struct world *, const char *token, const char *name, const char *query,
                   const char *content_type, const char *body, size_t len, struct answer *);

/* Always NULL, so that handlers can return it. */
json_object *call_fail(struct call *, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

const char *call_str(struct call *,
                     const char *name); /* NULL or borrowed; numbers become strings */
int64_t call_int(struct call *, const char *name, int64_t fallback);
bool call_flag(struct call *, const char *name);
/* JSON of the wanted type, also when it came as a string; borrowed, NULL when absent. False after
 * an error. */
bool call_json(struct call *, const char *name, json_type, json_object **out);

/* The chat a call speaks of, or NULL after an error; `may_write` also asks whether the bot may. */
struct chat *call_chat(struct call *, const char *name, bool may_write);
/* Flood limits; false after a 429. */
bool call_admit(struct call *, struct chat *, enum limits_deed, int count);
/* Text or caption with its entities into a message: parse mode, trimming, length. */
bool call_text(struct call *, json_object *source, const char *text_key, const char *entities_key,
               struct message *);
/* Checks and keeps reply_markup: inline keyboards in the message, the others for the chat. */
bool call_markup(struct call *, struct message *, json_object **reply_keyboard);

/* send.c */
json_object *on_send_message(struct call *);
json_object *on_send_photo(struct call *);
json_object *on_send_document(struct call *);
json_object *on_send_voice(struct call *);
json_object *on_send_video(struct call *);
json_object *on_send_audio(struct call *);
json_object *on_send_animation(struct call *);
json_object *on_send_sticker(struct call *);
json_object *on_send_location(struct call *);
json_object *on_send_contact(struct call *);
json_object *on_send_media_group(struct call *);
json_object *on_copy_message(struct call *);
json_object *on_copy_messages(struct call *);
json_object *on_forward_message(struct call *);
json_object *on_send_chat_action(struct call *);

/* edit.c */
json_object *on_edit_text(struct call *);
json_object *on_edit_caption(struct call *);
json_object *on_edit_markup(struct call *);
json_object *on_delete_message(struct call *);
json_object *on_delete_messages(struct call *);
json_object *on_answer_callback(struct call *);
json_object *on_set_reaction(struct call *);
json_object *on_pin(struct call *);
json_object *on_unpin(struct call *);
json_object *on_unpin_all(struct call *);

/* settings.c */
json_object *on_get_me(struct call *);
json_object *on_get_chat(struct call *);
json_object *on_get_chat_member(struct call *);
json_object *on_get_file(struct call *);
json_object *on_get_chat_administrators(struct call *);
json_object *on_leave_chat(struct call *);
json_object *on_set_commands(struct call *);
json_object *on_delete_commands(struct call *);
json_object *on_get_commands(struct call *);
json_object *on_set_description(struct call *);
json_object *on_get_description(struct call *);
json_object *on_set_menu_button(struct call *);
json_object *on_get_menu_button(struct call *);
json_object *on_set_webhook(struct call *);
json_object *on_delete_webhook(struct call *);
json_object *on_webhook_info(struct call *);
json_object *on_create_topic(struct call *);
json_object *on_edit_topic(struct call *);
json_object *on_close_topic(struct call *);
json_object *on_reopen_topic(struct call *);
json_object *on_delete_topic(struct call *);
