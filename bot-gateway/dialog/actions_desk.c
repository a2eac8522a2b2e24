/* actions_desk.c - the commands between clients and managers that are about no order */
#include "bot-gateway/dialog/actions.h"

bool make_write_managers(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_managers_write;
    m->body.managers_write =
        (struct msg_managers_write){.text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_answer_inquiry(struct turn *t, struct msg *m, struct words *w)
{
    words_gather(t, true, w);
    m->type = MSG_inquiry_answer;
    m->body.inquiry_answer = (struct msg_inquiry_answer){
        .inquiry_id = t->arg, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}

bool make_upgrade_pass(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_upgrade_pass_on;
    m->body.upgrade_pass_on = (struct msg_upgrade_pass_on){.request_id = t->arg};
    return true;
}

/* A press says which request, the step remembers it. */
bool make_upgrade_decline(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_upgrade_close;
    m->body.upgrade_close =
        (struct msg_upgrade_close){.request_id = t->arg,
                                   .outcome = "declined",
                                   .text = turn_is_press(t) ? NULL : t->update->text};
    return true;
}
