/* world.h - the little world behind the simulator: people, chats, messages, and one lock over it
 * all */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

#include "faults.h"
#include "files.h"
#include "flood.h"
#include "sentlog.h"
#include "spec.h"
#include "updates.h"

struct person {
    int64_t id;
    char first_name[256], last_name[256], username[64], language_code[16];
    char title[256], group[128]; /* how the page shows them */
    bool started, blocked, deactivated;
};

enum chat_kind { CHAT_PRIVATE, CHAT_GROUP, CHAT_SUPERGROUP };

struct topic {
    int64_t id;
    char name[256];
    bool closed, deleted;
};

struct message {
    int64_t id, chat_id, seq;
    int64_t from_id;         /* 0: the bot */
    int64_t date, edit_date; /* Unix seconds on the test clock */
    char *text;              /* or the caption, if there is media; may be NULL */
    json_object *entities;   /* array or NULL */
    json_object *
        media; /* members of the Message besides its text: photo, document, contact, ...; or NULL */
    json_object *markup;  /* inline keyboard, or NULL */
    json_object *forward; /* forward_origin, or NULL */
    json_object *bot_reactions,
        *person_reactions; /* arrays or NULL; groups keep the last person's */
    char *album;           /* media_group_id or NULL */
    int64_t reply_to, thread_id;
    bool deleted, protected, silent;
};

struct chat {
    int64_t id, seq;
    enum chat_kind kind;
    char title[256];
    bool forum, bot_is_admin, bot_is_out;
    int64_t upgraded_to; /* the supergroup that a group has become; 0: it has not */
    struct person *person; /* of a private chat */
    int64_t *members;      /* of a group */
    size_t member_count;
    struct topic *topics;
    size_t topic_count;
    struct message **messages; /* by ascending id */
    size_t count, room;
    int64_t last_id; /* groups count their own messages */
    int64_t pinned_id;
    int unread;
    json_object *keyboard;    /* the reply keyboard in force, or NULL */
    json_object *menu_button; /* or NULL */
    struct chat_limits limits;
    int64_t typing_until_ms;
    size_t presses; /* 1 + the index of the newest press in it; 0: none */
};

/* One list of commands, as set for a scope and a language. */
struct command_list {
    char scope[40], language[16];
    int64_t chat_id, user_id;
    json_object *commands;
};

/* A press on an inline button, what the bot answered and when; instants on the monotonic clock. */
struct callback {
    int64_t id, user_id, chat_id, message_id;
    int64_t at_us, answered_us, shown_us; /* shown: the bot sent or edited in that chat; 0: not yet */
    bool answered, alert;
    char *text, *url;
};

struct link {
    char title[128], url[512];
};

struct world {
    pthread_mutex_t lock;
    pthread_cond_t update_came; /* something for the bot */
    pthread_cond_t changed;     /* something for those who watch */
    bool stopping;

    char token[128], bot_username[64], bot_name[128], time_zone[64];
    int64_t bot_id;
    int64_t seq;   /* grows with everything the page shows */
    int64_t epoch; /* which world this is: changes with every reset */
    int64_t date_offset_s;

    struct person **people;
    size_t person_count;
    struct chat **chats;
    size_t chat_count;
    int64_t last_private_id; /* one counter over all private chats, as an account has */

    struct command_list *commands;
    size_t command_count;
    json_object *descriptions,
        *menu_button; /* setMyDescription and its kin, by method and language */
    struct callback *callbacks;
    size_t callback_count;
    struct link links[16];
    int link_count;

    struct files files;
    struct updates updates;
    struct limits limits;
    struct faults faults;
    struct sentlog sent;
    struct spec *spec; /* NULL: not given */

    int64_t *calls; /* by row of the methods table */
    int64_t requests, unknown_requests, conflicts, unauthorized, strays;
    int64_t violation_count;
    json_object *violations; /* the first of them */
    int waiting_pages, waiting_tests;
};

struct world *world_new(const char *token, const char *bot_username, size_t methods);
void world_free(struct world **);
void world_reset(struct world *); /* everything a test made is gone; token, spec and options stay */

int64_t world_now_us(void);               /* monotonic */
int64_t world_now_ms(void);
int64_t world_date(const struct world *); /* Unix seconds on the test clock */
/* Waits on a condition until the monotonic deadline; the lock is held before and after. */
void world_wait(struct world *, pthread_cond_t *, int64_t deadline_ms);

/* All below: with the lock held; pointers are borrowed and die with the lock. */

struct person *world_person(struct world *, int64_t id); /* NULL if nobody */
struct person *world_add_person(struct world *, int64_t id);
struct chat *world_chat(struct world *, int64_t id);
struct chat *world_add_group(struct world *, int64_t id, enum chat_kind);
bool world_is_member(const struct chat *, int64_t user_id);
void world_add_member(struct chat *, int64_t user_id);

void world_delete_topic(struct world *, struct chat *, struct topic *); /* with all that was said there */
struct message *world_message(const struct chat *, int64_t id); /* also deleted ones */
/* Gives the message its id and date and puts it at the end of the chat. */
void world_post(struct world *, struct chat *, struct message * /* takes */);
struct message *world_message_new(void);
void world_message_free(struct message **);

/* The message (or, with NULL, only the chat) looks different now: whoever watches is woken. */
void world_touch(struct world *, struct chat *, struct message *);

struct callback *world_add_callback(struct world *, struct chat *);
struct callback *world_callback(struct world *, int64_t id);

/* Commands in force in a chat for a person; borrowed, NULL if none. */
json_object *world_commands(struct world *, const struct chat *, const struct person *);
struct command_list *world_command_list(struct world *, const char *scope, int64_t chat_id,
                                        int64_t user_id, const char *language, bool create);
