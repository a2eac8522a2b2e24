/* chat_cache.h - chats and the people in them, as last seen in the database; bounded
 *
 * This gateway alone writes the chats of its bot, so a chat that was read stays true; of the person it is believed for
 * PERSON_BELIEVED_MS. Losing an entry costs a query, nothing else.
 */
#pragma once
#include "bot-gateway/dialog/seats.h"
#include "bot-gateway/texts/order_facts.h"

#define PERSON_BELIEVED_MS 5000
#define CHAT_MENU_MAX      16

struct person {
    bool          is_read;
    int64_t       read_at_ms; /* monotonic */
    int64_t       clock_skew_ms; /* the installation's time minus this process's */
    struct viewer viewer;     /* roles 0: a stranger */
    bool          on_duty;
    int64_t       away_until;
    char         *name, *username;
};

struct chat {
    int64_t          chat_id;
    bool             is_read;
    int              users;  /* turns under way: stays while > 0 */
    int64_t          used_at_ms;
    struct seats     seats;
    int64_t          last_update_id, last_update_at;
    char             menu[CHAT_MENU_MAX];
    int64_t          quiet_until_ms; /* a stranger was answered: monotonic */
    struct person    person;
    bool             is_cached; /* false: lives as long as its turn */
};

struct chat_cache;

struct chat_cache *chat_cache_new(void);
void               chat_cache_free(struct chat_cache **);
/* The entry, new and unread if there was none; to be given back. */
struct chat *chat_cache_borrow(struct chat_cache *, int64_t chat_id, int64_t now_ms);
void         chat_cache_return(struct chat_cache *, struct chat *);
void         chat_cache_forget_people(struct chat_cache *); /* they are read again at their next update */
void         chat_cache_forget_all(struct chat_cache *);    /* the dialogs too */
void         chat_forget(struct chat *);                    /* the whole entry: after a failed or uncertain commit */
void         chat_forget_dialog(struct chat *);             /* what was begun only */
void         person_forget(struct person *);
