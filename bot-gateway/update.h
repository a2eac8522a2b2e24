/* update.h - one Telegram update as a flat struct: everything the bot looks at, parsed once (pure, fuzzed)
 *
 * Whatever Telegram or a stranger puts into an update, update_parse either fills the struct or says in a sentence why not.
 * Kinds the bot has no use for become UPDATE_OTHER: they are confirmed and passed over. Source of fields and limits: the
 * Bot API's Update, Message, CallbackQuery, ChatMemberUpdated.
 */
#pragma once
#include "common/base/buf.h"
#include "common/base/err.h"

#define UPDATE_FILES_MAX 4    /* attachments of ONE message (an album is several messages) */
#define UPDATE_TEXT_MAX  16384 /* bytes of text or caption kept: 4096 UTF-16 units are at most 12288 */

enum update_kind {
    UPDATE_MESSAGE,        /* text, or something with a caption, or a bare attachment */
    UPDATE_EDITED_MESSAGE,
    UPDATE_PRESS,          /* callback_query */
    UPDATE_MEMBER,         /* my_chat_member: the bot was blocked, unblocked, added, removed */
    UPDATE_OTHER,
};

enum update_content {
    CONTENT_TEXT,
    CONTENT_FILES,
    CONTENT_CONTACT,
    CONTENT_USERS_SHARED,
    CONTENT_STICKER,
    CONTENT_OTHER, /* something a person sent that cannot be relayed: a poll, dice, an attachment without a file */
    CONTENT_NONE,  /* nobody said anything: a press, a service message */
};

struct update_file {
    const char *kind;    /* "photo", "document", "voice", "video", "audio", "animation", "video_note", "location", "contact" */
    const char *file_id; /* "-" for a location and a contact */
};

struct update { /* strings are borrowed from the document and never NULL unless said */
    enum update_kind    kind;
    int64_t             update_id;
    int64_t             chat_id;       /* whose turn it is: the private chat of who acts, also in a group; 0: nobody's */
    int64_t             place_id;      /* the chat where it happened: the same, or a group; 0 for UPDATE_OTHER without a chat */
    bool                is_private;
    const char         *place_title;   /* of a group; "" for a private chat */
    bool                is_forum;      /* a group with topics */
    int64_t             from_id;       /* 0 if there is no sender */
    bool                from_is_bot;
    const char         *first_name, *last_name, *username, *language; /* of the sender; "" if absent */
    int64_t             message_id;    /* of the message, or of the message pressed on */
    int64_t             topic_id;      /* message_thread_id of a forum topic; 0 = none */
    int64_t             date_s;
    enum update_content content;
    bool                is_forwarded;  /* somebody else's words: no command, whatever they look like */
    const char         *text;          /* text or caption; "" if none */
    bool                text_was_cut;
    const char         *media_group_id; /* NULL: no album */
    int64_t             reply_to;      /* message_id answered to; 0 = none (a topic's opening does not count) */
    struct update_file  files[UPDATE_FILES_MAX];
    size_t              file_count;
    const char         *callback_id, *callback_data; /* UPDATE_PRESS; data "" if absent */
    bool                is_contact_card; /* somebody's, also as a file */
    const char         *phone;         /* CONTENT_CONTACT of the sender's own; NULL otherwise */
    int64_t             shared_user_id; /* CONTENT_USERS_SHARED: the first; 0 = none */
    int64_t             shared_request_id; /* what the button asked for */
    const char         *member_status; /* UPDATE_MEMBER: new status, "kicked", "member", ... */
    const char         *member_was;    /* the status before; "" if Telegram does not say */
    int64_t             moved_to;      /* the group has become this supergroup; 0 = it has not */
    void               *document_;     /* json-c's */
};

/* One element of getUpdates' result. 0 and *ret to be released by update_fini, or -1 with ERR_INPUT; *ret_id then holds the
 * update_id if at least that could be read, else 0, so that it can be passed over. */
int  update_parse(const char *json, size_t len, struct update *ret, int64_t *ret_id, struct err *);
/* The same for an element that is a json-c object already (of a getUpdates answer parsed once, valid UTF-8); takes a reference. */
struct json_object;
int  update_from_json(struct json_object *, struct update *ret, int64_t *ret_id, struct err *);
void update_fini(struct update *); /* for scoped(); harmless on a zeroed struct */

/* The elements of a getUpdates result, borrowed; 0 if it is no list. */
size_t              update_list_length(struct json_object *result);
struct json_object *update_list_at(struct json_object *result, size_t index);
/* The id alone, without looking at the rest; 0 if there is none. For passing over what is known already. */
int64_t update_peek_id(struct json_object *);
/* The update as JSON again, for the inbox. */
void update_write(const struct update *, struct buf *into);

/* "tg:<bot>:<update_id>", an album: "tg:<bot>:album:<media_group_id>": the id of the command an update makes. */
#define UPDATE_COMMAND_ID_MAX 96
void update_command_id(const struct update *, int64_t bot_id, char out[static UPDATE_COMMAND_ID_MAX]);
