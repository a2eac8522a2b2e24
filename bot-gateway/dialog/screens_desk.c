/* screens_desk.c - what clients write to the managers about no order, and how managers answer */
#include "bot-gateway/dialog/screens.h"

void render_write_managers(struct show *s)
{
    show_say(
        s, N_("✉️ What is it about? Write a question, a wish, whatever is no order; photos and "
              "files are fine. A manager answers here."));
    show_drop(s, N_("✖️ Not now"));
}

void render_answer_complaint(struct show *s)
{
    show_say(s,
             N_("💬 What do you answer the client of order №{order}? It is passed on at once, and "
                "the complaint is settled."));
    show_drop(s, N_("« Never mind"));
}

enum inquiry_column { INQUIRY_NAME, INQUIRY_ACCOUNT, INQUIRY_WORDS, INQUIRY_ANSWERED_AT };

void render_answer_inquiry(struct show *s)
{
    if (db_rows(s->rows) == 0) {
        show_say(s, refusal_sentence(REFUSE_no_such_inquiry));
        show_back(s);
        return;
    }
    if (!db_is_null(s->rows, 0, INQUIRY_ANSWERED_AT)) {
        values_instant(&s->values, "at", db_i64(s->rows, 0, INQUIRY_ANSWERED_AT));
        show_say(s, refusal_sentence(REFUSE_inquiry_gone));
        show_back(s);
        return;
    }
    values_cut(&s->values, "client", db_text(s->rows, 0, INQUIRY_NAME), CARD_NAME_UNITS);
    values_cut(&s->values, "account", db_text(s->rows, 0, INQUIRY_ACCOUNT), CARD_NAME_UNITS);
    show_say(s, N_("💬 Your answer to {client} ({account})? Words or files; the client gets them at "
                   "once."));
    if (*db_text(s->rows, 0, INQUIRY_WORDS)) {
        show_excerpt(s, "words", db_text(s->rows, 0, INQUIRY_WORDS));
        show_line(s, N_("<i>{words}</i>"));
    }
    show_drop(s, N_("✖️ Not now"));
}

void render_upgrade_decline(struct show *s)
{
    show_say(s, N_("✖️ Why not? The client reads what you write."));
    show_button(s, N_("Without a word"), (struct pressed){PRESS_decline_silently, 0, s->arg});
    show_drop(s, N_("« Never mind"));
}
