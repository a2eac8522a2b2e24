/* actions_admission.c - the commands by which people are let in, chosen, and lose or get back roles
 */
#include "bot-gateway/dialog/actions.h"

#include "bot-gateway/dialog/two_numbers.h"

/* ---- applications ---- */

bool make_apply(struct turn *t, struct msg *m, struct words *w)
{
    const struct update *u = t->update;
    if (t->seat->step != STEP_APPLY) {
        return make_nothing_begun(t, m, w);
    }
    person_name(u, w->name, sizeof w->name);
    m->type = MSG_application_send;
    m->body.application_send =
        (struct msg_application_send){.role = role_name((enum role)t->seat->draft.arg),
                                      .name = w->name,
                                      .username = *u->username ? u->username : NULL,
                                      .language = language_code(t->reader.language),
                                      .privacy_version = PRIVACY_VERSION,
                                      .words = turn_is_press(t) ? NULL : u->text};
    return true;
}

bool make_decide(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_application_decide;
    m->body.application_decide = (struct msg_application_decide){
        .application_id = t->arg, .outcome = t->action == ACTION_APPROVE ? "approved" : "declined"};
    return true;
}

/* ---- a tariff or an account has been chosen: for whom or what, the step says ---- */

bool make_choose_above(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return action_stay(t, N_("Please press one of the buttons above; everything else: /menu"));
}

static void choose_for_applicant(struct turn *t, struct msg *m)
{
    bool tariff = t->action == ACTION_ON_TARIFF;
    m->type = MSG_application_decide;
    m->body.application_decide =
        (struct msg_application_decide){.application_id = t->seat->draft.arg,
                                        .outcome = "approved",
                                        .tariff_id = t->arg,
                                        .has_tariff_id = tariff,
                                        .account_id = t->arg,
                                        .has_account_id = !tariff};
}

static void choose_for_client(struct turn *t, struct msg *m)
{
    bool tariff = t->action == ACTION_ON_TARIFF;
    m->type = MSG_person_add;
    m->body.person_add = (struct msg_person_add){.telegram_id = t->seat->draft.arg,
                                                 .role = role_name(ROLE_CLIENT),
                                                 .tariff_id = t->arg,
                                                 .has_tariff_id = tariff,
                                                 .account_id = t->arg,
                                                 .has_account_id = !tariff};
}

static void choose_for_account(struct turn *t, struct msg *m)
{
    m->type = MSG_account_update;
    m->body.account_update = (struct msg_account_update){
        .account_id = t->seat->draft.arg, .tariff_id = t->arg, .has_tariff_id = true};
}

static void choose_for_request(struct turn *t, struct msg *m)
{
    m->type = MSG_upgrade_close;
    m->body.upgrade_close = (struct msg_upgrade_close){.request_id = t->seat->draft.arg,
                                                       .outcome = "granted",
                                                       .tariff_id = t->arg,
                                                       .has_tariff_id = true};
}

/* clang-format off */
static const struct choice {
    enum dialog_step step;
    bool             takes_account; /* an account can be chosen instead of a tariff */
    void           (*make)(struct turn *, struct msg *);
    const char      *why;
} choices[] = {
    {STEP_APPROVE,        true,  choose_for_applicant, "an applicant becomes a client"},
    {STEP_ADD_CLIENT,     true,  choose_for_client,    "somebody an owner has chosen becomes a client"},
    {STEP_UPGRADE_TARIFF, false, choose_for_request,   "a client who asks for a larger tariff gets it"},
    {STEP_ACCOUNT_TARIFF, false, choose_for_account,   "an account moves to another tariff"},
};
/* clang-format on */

bool make_choice(struct turn *t, struct msg *m, struct words *w)
{
    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        bool fits = t->action == ACTION_ON_TARIFF || choices[i].takes_account;
        if (choices[i].step == t->seat->step && fits) {
            choices[i].make(t, m);
            return true;
        }
    }
    return make_nothing_begun(t, m, w);
}

/* ---- people an owner chooses ---- */

/* One button for each role: what is chosen comes back with the role's number. */
bool make_pick(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    scoped(buf_fini) struct buf rows = {0};
    for (unsigned role = ROLE_CLIENT; role <= ROLE_OWNER; role <<= 1) {
        buf_add_text(&rows, role == ROLE_CLIENT ? "[{\"text\":" : ",[{\"text\":");
        buf_add_json(&rows, tr(t->reader.language, role_word((enum role)role)));
        buf_printf(
            &rows,
            ",\"request_users\":{\"request_id\":%u,\"user_is_bot\":false,\"max_quantity\":1}}]",
            role);
    }
    turn_offer_keyboard(t, N_("👤 Choose somebody from your Telegram: press the role below."),
                        buf_text(&rows));
    return false;
}

/* A client's tariff is asked for first; the step remembers whom it is for. */
static bool add(struct turn *t, struct msg *m, int64_t telegram_id, enum role role)
{
    t->arg = telegram_id;
    if (role == ROLE_CLIENT) {
        t->screen = SCREEN_choose_tariff;
        return false;
    }
    m->type = MSG_person_add;
    m->body.person_add =
        (struct msg_person_add){.telegram_id = telegram_id, .role = role_name(role)};
    return true;
}

bool make_add_chosen(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    turn_put_keyboard_away(t, N_("👤 Chosen."));
    t->screen = SCREEN_person;
    return add(t, m, t->update->shared_user_id, (enum role)t->update->shared_request_id);
}

bool make_give_role(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    return add(t, m, number_in(t->arg), (enum role)role_in(t->arg));
}

bool make_restore_role(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_restore;
    m->body.person_restore = (struct msg_person_restore){
        .person_id = number_in(t->arg), .role = role_name((enum role)role_in(t->arg))};
    return true;
}

bool make_take_role(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_remove;
    m->body.person_remove = (struct msg_person_remove){
        .person_id = number_in(t->arg), .role = role_name((enum role)role_in(t->arg))};
    return true;
}

/* ---- what follows ---- */

void after_role_change(struct turn *t, const struct msg_answer *answer)
{
    t->arg = answer->person_id;
    t->screen = SCREEN_person;
}

/* An owner goes on with the account or the person; who has not joined yet needs the link first. A
 * manager reads that it is done. */
void after_admission(struct turn *t, const struct msg_answer *answer)
{
    bool is_owner = (t->roles & ROLE_OWNER) != 0;
    t->next = STEP_IDLE;
    if (answer->token) {
        t->invite_token = xstrdup(answer->token);
        t->screen = SCREEN_invite_own;
    } else if (t->seat->step == STEP_ACCOUNT_TARIFF) {
        t->arg = t->seat->draft.arg;
        t->screen = SCREEN_account;
    } else if (is_owner && answer->has_account_id) {
        t->arg = answer->account_id;
        t->screen = SCREEN_account;
    } else if (is_owner) {
        after_role_change(t, answer);
    } else {
        t->screen = SCREEN_none;
    }
}
