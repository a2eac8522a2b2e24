/* calls.h - one delivery as the calls of the Bot API it takes: text, pieces of text, attachments (pure)
 *
 * A payload is the JSON object of a method's fields with "method": its wire name. Attachments are relayed by copyMessage behind
 * the text, an album by one call; the only photo, file, voice or video carries the text as its caption if that fits.
 */
#pragma once
#include "common/base/err.h"

#define CALLS_MAX          80   /* the text in pieces and ORDER_FILES_MAX attachments */
#define MESSAGE_UNITS_MAX  4096 /* UTF-16 units of a message ... */
#define CAPTION_UNITS_MAX  1024 /* ... and of a caption */
#define TOPIC_UNITS_MAX    128  /* of a topic's name: Telegram's limit */

struct call {
    char *method; /* wire name */
    char *params;
};

struct calls { /* zero-initialised = none */
    struct call items[CALLS_MAX];
    size_t      count;
    bool        carries_text; /* the first copies an attachment with the text as its caption */
};

struct calls_address {
    int64_t chat_id;
    int64_t edit_message_id; /* not 0: the payload redraws this message */
    int64_t topic_id;        /* not 0: a new message goes there */
};

struct calls_shape {
    bool is_plain; /* without formatting: it was refused */
    bool is_split; /* in pieces, plain: it was too long */
    bool is_apart; /* text and attachment in messages of their own */
};

/* 0 and *ret to be released with calls_fini, or -1 with ERR_INTERNAL: the payload makes no sense. Attachments beyond CALLS_MAX and
 * lines that are none are left out. copies: "<kind> <file_id> <from_chat_id> <message_id>". */
int  calls_make(const char *payload, struct calls_address, const char *const *copies, size_t copies_count, struct calls_shape,
                struct calls *ret, struct err *);
void calls_fini(struct calls *);

/* May the call be made again when nobody knows whether it arrived: edits and deletions. */
bool call_is_repeatable(const char *method);

/* Params of small errands. */
char *calls_shrink_params(int64_t chat_id, int64_t message_id); /* takes the buttons away, the words stay */
char *calls_remove_params(int64_t chat_id, int64_t message_id); /* takes the message out of the chat */
char *calls_topic_params(int64_t chat_id, const char *name); /* makes a topic; a name too long is cut */
char *calls_mark_params(int64_t chat_id, int64_t message_id);   /* the delivery mark */
