/* actions_reports.c - reports that are made, digests that are told */
#include "bot-gateway/dialog/actions.h"
#include "bot-gateway/reports/desk.h"

bool make_report(struct turn *t, struct msg *m, struct words *w)
{
    int64_t form = t->arg % REPORT_PAGES;
    if (form >= REPORT_FORM_COUNT) {
        return make_nothing_begun(t, m, w);
    }
    bool begun = report_desk_ask(t->c->opts.reports, t->chat->chat_id, &t->reader,
                                 t->arg / REPORT_PAGES, (enum report_form)form);
    const char *toast = begun ? N_("⏳ It is being made …") : N_("⏳ One is being made already.");
    turn_answer_press(t, tr(t->reader.language, toast), false);
    return false;
}

bool make_digest(struct turn *t, struct msg *m, struct words *w)
{
    if (t->arg >= DIGEST_COUNT) {
        return make_nothing_begun(t, m, w);
    }
    m->type = MSG_person_set_digest;
    m->body.person_set_digest =
        (struct msg_person_set_digest){.every = digest_name((enum digest)t->arg),
                                       .on = t->action == ACTION_DIGEST_ON,
                                       .has_on = true};
    return true;
}
