/* actions_group.c - the managers' group: bound, unbound, lost, moved */
#include "bot-gateway/dialog/actions.h"

bool make_greet_group(struct turn *t, struct msg *m, struct words *w)
{
    (void)m;
    (void)w;
    scoped(keyboard_fini) struct keyboard keyboard = {.language = t->reader.language};
    keyboard_add(&keyboard, N_("🔔 Alerts come here, too"),
                 (struct pressed){.press = PRESS_bind_group});
    turn_say_html(
        t,
        tr(t->reader.language,
           N_("👋 Shall this be the managers' group? Then every alert and every "
              "question comes here, too, and everybody sees who is on it. An owner presses "
              "the button.")),
        &keyboard, false);
    return false;
}

bool make_bind_group(struct turn *t, struct msg *m, struct words *w)
{
    const struct update *u = t->update;
    if (u->is_private) {
        return action_stay(t, N_("This can be pressed in a group only."));
    }
    (void)w;
    m->type = MSG_managers_group_bind;
    m->body.managers_group_bind = (struct msg_managers_group_bind){
        .chat_id = u->place_id, .title = u->place_title, .is_forum = u->is_forum};
    return true;
}

bool make_unbind_group(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_managers_group_unbind;
    m->body.managers_group_unbind = (struct msg_managers_group_unbind){.chat_id = -t->arg};
    return true;
}

bool make_lose_group(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_managers_group_lost;
    m->body.managers_group_lost = (struct msg_managers_group_lost){.chat_id = t->update->place_id};
    return true;
}

bool make_move_group(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_managers_group_moved;
    m->body.managers_group_moved = (struct msg_managers_group_moved){
        .chat_id = t->update->place_id, .to_chat_id = t->update->moved_to};
    return true;
}

void after_move_group(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    sender_group_moved(t->c->opts.sender, t->update->place_id, t->update->moved_to);
}
