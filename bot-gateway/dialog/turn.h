/* turn.h - one update on its way through the dialog; shared by conversation.c, actions.c and turn.c only
 *
 *     load chat and person -> decide (tables) -> command to an engine -> screen -> commit -> done
 *
 * Each stage is skipped when there is nothing to do in it. Whatever fails ends the turn with an error and nothing is kept.
 */
#pragma once
#include "bot-gateway/delivery/sender.h"
#include "bot-gateway/dialog/bot_commands.h"
#include "bot-gateway/dialog/conversation.h"
#include "bot-gateway/dialog/screens.h"

#define PRIVACY_VERSION 1

struct conversation {
    sd_event                *loop;
    struct conversation_opts opts;
    char                    *bot_username;
    struct chat_cache       *chats;
    size_t                   turns; /* under way */
};

struct reply {
    enum send_class class;
    int64_t         chat_id;
    int64_t         card_of;      /* the message becomes this order's live card; 0 = no card */
    int64_t         card_version; /* of the order, as the card shows it */
    char           *payload;
    int64_t         delivery_id; /* of its row; 0: not written yet */
};

struct turn {
    struct conversation        *c;
    const struct update *const *updates; /* borrowed until done */
    const struct update        *update;  /* the last of them */
    size_t                      count;
    conversation_done_fn        done;
    void                       *ctx;
    struct chat                *chat;
    struct reader               reader;
    unsigned                    roles; /* ROLE_STRANGER for nobody we know */

    /* what was decided */
    enum dialog_action action;
    enum dialog_step   next, refused;
    enum screen_id     screen; /* to be shown if it goes well */
    enum press         press;  /* PRESS_COUNT: no button */
    int64_t            order_id, arg;
    int64_t            choice; /* because: which of the step's reasons */
    bool               is_fast; /* straight to the engine, nothing was read */
    int64_t            linked_order, linked_inquiry; /* of the message replied to; 0 = none */
    bool               is_own_inquiry; /* written by the same person */
    bool               speaks_here;  /* in a group, because it is about the group */

    /* what became of it */
    bool            is_changed; /* the seats differ from what is stored */
    struct seats    seats;      /* a working copy, kept by the commit */
    struct seat    *seat;       /* the one sat at */
    enum seat_id    before;     /* sat at before a button of another role was pressed */
    bool            is_done;    /* what was begun comes to its end by this */
    char            menu[CHAT_MENU_MAX];
    char           *invite_token, *qr_link;
    bool            went_well;   /* a command, and all that follows from it */
    bool            is_answered; /* the press */
    bool            keyboard_is_away; /* reply_keyboard.c */
    bool            is_masked;   /* what leads past the bot is not passed on */
    char           *disclosed;   /* sealed, to be shown in this chat for a minute */
    bool            may_open;    /* the order's attachments */
    bool            leaves_card; /* the message pressed on shows something else now */
    bool            shows_card;  /* the order's card follows what came of the message, in the same message */
    char           *preface;     /* what came of the message, said above the card; NULL = nothing */
    char           *refusal;     /* of a fast message, kept while the turn is taken up slowly */
    char           *refusal_args; /* a line each */
    struct editing *editing;     /* actions_edits.c, while it is looked up whether the words are masked */
    struct reply   *replies;
    size_t          reply_count;
};

/* ---- turn.c: screens, replies, the commit, the end ---- */

/* A reply in a sentence (msgid); a press's message is edited instead if `here`. */
void turn_say(struct turn *, const char *msgid);
void turn_say_html(struct turn *, const char *html, struct keyboard *, bool here);
/* Into somebody else's chat. */
void turn_reply_to(struct turn *, int64_t chat_id, char *payload /* takes */);
void turn_reply_raw(struct turn *, char *payload /* takes */);
/* Answers the press, once; later calls do nothing. text may be NULL; as it is, not a msgid. */
void turn_answer_press(struct turn *, const char *text, bool alert);
/* Shows turn->screen if there is one, then commits. */
void turn_show(struct turn *);
static inline bool turn_is_press(const struct turn *t)
{
    return t->update->kind == UPDATE_PRESS;
}
/* A press in a group that is not about the group: what there is to say or to ask goes into the presser's private chat. */
static inline bool turn_is_aside(const struct turn *t)
{
    return !t->update->is_private && !t->speaks_here;
}
/* Forgets what was collected. */
void turn_drop_parts(struct turn *);
/* Steps on: the draft belongs to the new step. STEP_KEEP: back to where one sat before. */
void turn_step(struct turn *, enum dialog_step next);
/* Takes another seat for this turn; turn_step decides whether to stay there. */
void turn_sit(struct turn *, enum seat_id);
/* The end; frees the turn. */
void turn_commit(struct turn *);
void turn_done(struct turn *, const struct err *);

/* ---- reply_keyboard.c ---- */

/* A sentence (msgid), and buttons of Telegram's own in place of the ordinary keyboard; rows: their JSON. */
void turn_offer_keyboard(struct turn *, const char *msgid, const char *rows);
/* A sentence, and the ordinary keyboard is back. */
void turn_put_keyboard_away(struct turn *, const char *msgid);
/* The same before all other replies, if the step those buttons belong to was left. */
void turn_put_left_keyboard_away(struct turn *);

/* ---- actions.c ---- */

/* Does what was decided (action, order_id, arg) and goes on to turn_show. */
void action_run(struct turn *);
void action_run_fast(struct turn *);
/* Is there anything in what was said that a tariff without contacts would mask? */
bool action_may_leak(const struct turn *, enum dialog_action);
/* Tells why not and goes on to turn_show. */
void action_refused(struct turn *, const char *refusal, const char *const *args, size_t count);

/* ---- group_chat.c ---- */

/* Is this update, in a group, anything for the bot? Its buttons, /bind, replies, and what becomes of the group itself. */
bool group_chat_concerns(const struct update *, const char *bot_username);
/* What such an update means that is no press. */
void group_chat_decide(struct turn *);

/* ---- replies.c ---- */

/* Looks up what was replied to, and does what is said about that. In a group only what a client has written to the managers counts. */
void turn_on_reply(struct turn *);

/* ---- turn_load.c, conversation.c ---- */

typedef void (*turn_loaded_fn)(struct turn *);
/* Does what the table makes of it in the step of the seat. */
void turn_apply_rule(struct turn *, enum dialog_input);
/* Words, a file: whatever they mean where one sits. */
void turn_on_words(struct turn *);
/* First and last name as one, never empty. */
void person_name(const struct update *, char *out, size_t size);
/* Reads what is not known of chat and person, then goes on; an error ends the turn. */
void turn_load(struct turn *, turn_loaded_fn);
