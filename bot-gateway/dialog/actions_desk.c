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
        .inquiry_id = t->seat->draft.arg, .text = buf_text(&w->text), .files = words_files(w)};
    return true;
}
