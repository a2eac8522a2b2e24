/* group_chat.c - what the bot reacts to in a group: its buttons, /bind, replies to what a client
 * has written, and what becomes of the group itself
 *
 * Everything else people write there is theirs. A press and a reply count by the person's own role;
 * only what is about the group is answered in it (turn_is_aside).
 */
#include "bot-gateway/dialog/turn.h"

static bool is_bind(const struct update *u, const char *bot_username)
{
    const char *rest;
    if (u->kind != UPDATE_MESSAGE || u->content != CONTENT_TEXT || u->is_forwarded) {
        return false;
    }
    const struct bot_command *command = bot_command_find(u->text, bot_username, &rest);
    return command && command->screen == SCREEN_group;
}

static bool is_reply(const struct update *u)
{
    bool has_words = u->content == CONTENT_TEXT || u->content == CONTENT_FILES;
    return u->kind == UPDATE_MESSAGE && has_words && u->reply_to != 0;
}

bool group_chat_concerns(const struct update *u, const char *bot_username)
{
    return u->kind == UPDATE_PRESS || u->kind == UPDATE_MEMBER || u->moved_to != 0 ||
           is_bind(u, bot_username) || is_reply(u);
}

static bool is_outside(const char *status)
{
    return str_eq(status, "left") || str_eq(status, "kicked");
}

/* Added, removed; a change of rights is nothing to us. */
static enum dialog_action on_membership(const struct update *u)
{
    if (is_outside(u->member_status)) {
        return ACTION_LOSE_GROUP;
    }
    return is_outside(u->member_was) ? ACTION_GREET_GROUP : ACTION_NONE;
}

/* Only who may answer a client does so by replying; what others say there is not even looked up. */
static void on_reply(struct turn *t)
{
    t->next = t->refused = STEP_KEEP;
    if (t->roles & STAFF) {
        turn_on_reply(t);
    } else {
        turn_done(t, NULL);
    }
}

void group_chat_decide(struct turn *t)
{
    const struct update *u = t->update;
    if (is_reply(u) && !is_bind(u, t->c->bot_username)) {
        on_reply(t);
        return;
    }
    t->speaks_here = true;
    t->next = t->refused = STEP_KEEP;
    t->action = u->moved_to != 0           ? ACTION_MOVE_GROUP
                : u->kind == UPDATE_MEMBER ? on_membership(u)
                                           : ACTION_BIND_GROUP;
    bool is_for_owners = t->action == ACTION_BIND_GROUP || t->action == ACTION_GREET_GROUP;
    if (t->action == ACTION_NONE || (is_for_owners && !(t->roles & ROLE_OWNER))) {
        turn_done(t, NULL); /* whoever likes may add a bot to a group: it keeps silent there */
        return;
    }
    action_run(t);
}
