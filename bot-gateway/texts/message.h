/* message.h - one Telegram call as the JSON the sender sends: method, text, buttons (pure) */
#pragma once
#include "bot-gateway/dialog/keyboard.h"

/* Appends {"method":"sendMessage","text":...,"parse_mode":"HTML",...}; with message_id it is an editMessageText of that message. The
 * chat is added by the sender. keyboard may be NULL: no buttons. */
void message_print(struct buf *into, int64_t message_id, const char *html, struct keyboard *);
/* The same for words that stand under a picture: an editMessageCaption. */
void message_print_caption(struct buf *into, int64_t message_id, const char *html, struct keyboard *);
/* The printed message is shown as a reply to that one of its chat, while that is there. 0: to none. */
void message_answers(struct buf *payload, int64_t message_id);
/* copyMessage of "<kind> <file_id> <chat_id> <message_id>", as files travel. -1 if it is no such line. */
int message_print_copy(struct buf *into, const char *file);

/* The address in such a line. -1 if there is none. */
int message_address(const char *file, int64_t *ret_chat_id, int64_t *ret_message_id);

/* The kind of a line that names the message whose words were passed on: no attachment, but where the delivery mark goes and what
 * is copied when the words are too long to be quoted whole. */
#define MESSAGE_TEXT_KIND "text"
#define MESSAGE_MASKED_KIND "masked" /* the same, but it is never copied: something in it must not be passed on */
#define MESSAGE_QUOTE_KIND "quote" /* names the message that is answered */
bool message_is_line_of(const char *kind, const char *file);
/* May a copy of this kind have a caption? The words of what is copied stand elsewhere already, so the copy goes without. */
bool message_has_caption(const char *file);
bool message_joins_albums(const char *file); /* several of one chat are copied by one call, so that an album stays one */
