/* screens_stranger.c - what somebody sees who has not joined yet, or no longer belongs here */
#include "bot-gateway/dialog/screens.h"

enum stranger_column { STRANGER_INVITED, STRANGER_APPLIED, STRANGER_REMOVED };

/* clang-format off */
#define PRIVACY_TEXT N_("To do its work the service keeps your name and Telegram account, what you write about orders, and times of events. People who work on an order see what belongs to it. You can have it erased by asking the company.")
/* clang-format on */

static void say_privacy(struct show *s)
{
    show_gap(s);
    show_line(s, PRIVACY_TEXT);
}

void render_privacy(struct show *s)
{
    show_say(s, N_("👋 You have been invited. Before we begin:"));
    say_privacy(s);
    show_gap(s);
    show_line(s, N_("Do you agree?"));
    show_button(s, N_("✅ I agree, let's begin"), (struct pressed){.press = PRESS_join});
    show_drop(s, N_("No, thank you"));
}

static void offer_to_apply(struct show *s)
{
    show_gap(s);
    show_line(s, N_("No link? You can apply here."));
    show_button(s, N_("🙋 I need IT help"), (struct pressed){PRESS_apply, 0, ROLE_CLIENT});
    keyboard_row(&s->keyboard);
    show_button(s, N_("🛠 I want to work here"),
                (struct pressed){PRESS_apply, 0, ROLE_CONTRACTOR});
}

void render_stranger(struct show *s)
{
    if (db_bool(s->rows, 0, STRANGER_INVITED)) {
        render_privacy(s);
        return;
    }
    if (db_bool(s->rows, 0, STRANGER_APPLIED)) {
        show_say(s, refusal_sentence(REFUSE_application_waits));
        return;
    }
    if (db_bool(s->rows, 0, STRANGER_REMOVED)) {
        show_say(s, N_("🚪 You do not belong to the service any more."));
        show_gap(s);
        show_line(s, N_("It works by invitation: ask the company if this is a mistake."));
    } else {
        show_say(s, N_("👋 This is the bot of an IT help service. It works by invitation: ask the "
                       "company for a link and open it here."));
    }
    offer_to_apply(s);
}

void render_apply(struct show *s)
{
    show_say(s,
             N_("🙋 <b>Who are you?</b>\nWrite it in one message: your name, your company, what you "
                "need or can do. A manager reads it and answers here."));
    say_privacy(s);
    show_gap(s);
    show_line(s, N_("By sending the application you agree to that."));
    show_button(s, N_("📨 Send without a word"), (struct pressed){.press = PRESS_apply_now});
    show_drop(s, N_("✖️ Not now"));
}
