/* actions_accounts.c - the commands about a client account: its people, its date, its orders */
#include "bot-gateway/dialog/actions.h"

#include "common/base/text.h"

bool make_invite_more(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_invite_create;
    m->body.invite_create = (struct msg_invite_create){
        .role = role_name(ROLE_CLIENT), .account_id = t->arg, .has_account_id = true};
    return true;
}

/* A button carries its day as 20261231. */
bool make_paid_until(struct turn *t, struct msg *m, struct words *w)
{
    if (t->seat->step != STEP_ACCOUNT_UNTIL) {
        return make_nothing_begun(t, m, w);
    }
    if (turn_is_press(t)) {
        snprintf(w->date, sizeof w->date, "%04d-%02d-%02d", (int)(t->arg / 10000 % 10000),
                 (int)(t->arg / 100 % 100), (int)(t->arg % 100));
    } else if (format_parse_date(t->update->text, w->date) < 0) {
        return action_stay(t, N_("I did not understand the date. For example: 31.12.2026."));
    }
    m->type = MSG_account_update;
    m->body.account_update =
        (struct msg_account_update){.account_id = t->seat->draft.arg, .paid_until = w->date};
    return true;
}

#define GRANT_MAX 100000 /* orders, either way */

/* "3 as an apology": the number, then why. -1: it is not that. */
static int parse_grant(const char *typed, int64_t *ret_amount, const char **ret_reason)
{
    char number[8];
    const char *begin = typed + strspn(typed, " +");
    size_t len = strcspn(begin, " \n");
    *ret_reason = begin + len + strspn(begin + len, " \n");
    if (len == 0 || len >= sizeof number || !**ret_reason) {
        return -1;
    }
    memcpy(number, begin, len);
    number[len] = '\0';
    return text_to_i64(number, -GRANT_MAX, GRANT_MAX, ret_amount);
}

bool make_grant(struct turn *t, struct msg *m, struct words *w)
{
    int64_t amount;
    const char *reason;
    (void)w;
    if (parse_grant(t->update->text, &amount, &reason) < 0) {
        return action_stay(t, N_("Please write the number first, then the reason. For example: 2 "
                                 "as an apology for the delay"));
    }
    m->type = MSG_quota_grant;
    m->body.quota_grant = (struct msg_quota_grant){
        .account_id = t->seat->draft.arg, .amount = amount, .reason = reason};
    return true;
}

void after_account(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    t->arg = t->seat->draft.arg;
    t->screen = SCREEN_account;
}
