/* actions.c - what each action of the dialog does: the table, and how a row of it is run */
#include "bot-gateway/dialog/actions.h"

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"

struct action_row {
    bool (*make)(struct turn *, struct msg *,
                 struct words *); /* true: the command is to be asked */
    void (*after)(struct turn *, const struct msg_answer *);
    const char *toast; /* to a press that went well */
    const char *text;  /* said when it went well; takes the place of the message pressed on */
};

/* clang-format off */
static const struct action_row action_rows[ACTION_COUNT] = {
    [ACTION_NONE]          = {make_nothing,       NULL,                 NULL, NULL},
    [ACTION_SHOW]          = {make_nothing,       NULL,                 NULL, NULL},
    [ACTION_BY_STEP]       = {make_nothing,       NULL,                 NULL, NULL},
    [ACTION_GO_ON]         = {make_nothing_begun, NULL,                 NULL, NULL}, /* conversation.c: another button's action */
    [ACTION_EXPLAIN]       = {make_explain,       NULL,                 NULL, NULL},
    [ACTION_PASS_EDIT]     = {make_explain_edit,  NULL,                 NULL, NULL}, /* actions_edits.c */
    [ACTION_EXPLAIN_CARD]  = {make_explain_card,  NULL,                 NULL, NULL},
    [ACTION_REMIND_JOIN]   = {make_remind_join,   NULL,                 NULL, NULL},
    [ACTION_FORGET]        = {make_forget,        NULL,                 NULL, NULL},
    [ACTION_NOTHING_BEGUN] = {make_nothing_begun, NULL,                 NULL, NULL},
    [ACTION_BEGIN_ORDER]   = {make_begin_order,   NULL,                 NULL, NULL},
    [ACTION_COLLECT]       = {make_collect,       NULL,                 NULL, NULL},
    [ACTION_AMEND]         = {make_amend,         NULL,                 NULL, NULL},
    [ACTION_HOLD]          = {make_hold,          NULL,                 NULL, NULL},
    [ACTION_CHOOSE_KIND]   = {make_kind,          NULL,                 NULL, NULL},
    [ACTION_KEEP_WISH]     = {make_wish,          NULL,                 NULL, NULL},
    [ACTION_FIND]          = {make_find,          NULL,                 NULL, NULL},
    [ACTION_PLACE_NEW]     = {make_place_new,     NULL,                 NULL, NULL},
    [ACTION_PLACE_SAY]     = {make_place_say,     after_parts_are_sent, N_("Passed on"), N_("✉️ Passed on to order №{order}. Whatever you send now goes there too; everything else: /menu")},
    [ACTION_CREATE]        = {make_create,        after_parts_are_sent, N_("Sent"), N_("📨 Your order is handed in.")},
    [ACTION_DETAILS]       = {make_details,       NULL,                 NULL, N_("➕ Added to order №{order}. If there is more, just write on.")},
    [ACTION_CANCEL]        = {make_cancel,        after_show_card,      NULL, N_("✖️ Order №{order} is cancelled.")},
    [ACTION_ANSWER]        = {make_answer,        after_show_card,      NULL, N_("💬 Your answer is passed on, the work on order №{order} goes on.")},
    [ACTION_ACCEPT]        = {make_accept,        after_show_card,      N_("Thank you!"), N_("🏁 Thank you! Order №{order} is accepted.")},
    [ACTION_RATE]          = {make_rate,          after_show_card,      N_("Thank you!"), N_("⭐ Thank you! Your mark for order №{order} is noted.")},
    [ACTION_REWORK]        = {make_rework,        after_show_card,      NULL, N_("↩️ Order №{order} is returned; the contractor reads why and goes on.")},
    [ACTION_COMPLAIN]      = {make_complain,      after_show_card,      NULL, N_("🆘 The managers have your complaint about order №{order} and see to it.")},
    [ACTION_SAY]           = {make_say,           NULL,                 NULL, NULL},
    [ACTION_SAY_REPLY]     = {make_say,           NULL,                 NULL, NULL},
    [ACTION_TAKE]          = {make_take,          NULL,                 N_("The order is yours"), NULL},
    [ACTION_DECLINE]       = {make_decline,       NULL,                 N_("Noted"), NULL},
    [ACTION_SET_ESTIMATE]  = {make_set_estimate,  NULL,                 N_("Noted"), NULL},
    [ACTION_KEEP_TIME]     = {make_keep_time,     NULL,                 NULL, NULL},
    [ACTION_EXTEND]        = {make_extend,        after_show_card,      NULL, N_("⏱ The time of order №{order} is extended, the client is told.")},
    [ACTION_GIVE_BACK]     = {make_give_back,     NULL,                 NULL, N_("↩️ Order №{order} is given back; others can take it now.")},
    [ACTION_ASK]           = {make_ask,           after_show_card,      NULL, N_("❓ Your question about order №{order} is passed on; your time stands until the answer.")},
    [ACTION_RESUME]        = {make_resume,        NULL,                 N_("Your time goes on"), NULL},
    [ACTION_HAND_OVER]     = {make_hand_over,     after_show_card,      NULL, N_("🔒 Access for order №{order} is sealed, and your message is deleted from this chat. Only the contractor at work can look at it; when that happens stands in the history.")},
    [ACTION_REVEAL]        = {make_reveal,        after_reveal,         N_("You see it below, for a minute"), NULL},
    [ACTION_FINISH]        = {make_finish,        after_finish,         NULL, N_("✅ Order №{order} is handed over. When the client accepts it, you have earned your rate.")},
    [ACTION_ASSIGN]        = {make_assign,        NULL,                 N_("Assigned"), NULL},
    [ACTION_ACKNOWLEDGE]   = {make_acknowledge,   NULL,                 N_("You are on it"), NULL},
    [ACTION_PING]          = {make_ping,          NULL,                 N_("Asked: the contractor gets a message with the button “Take it”"), NULL},
    [ACTION_SETTLE]        = {make_settle,        NULL,                 N_("Settled"), NULL},
    [ACTION_ANSWER_COMPLAINT] = {make_answer_complaint, after_show_card, NULL, N_("💬 The client has your answer; the complaint about order №{order} is settled.")},
    [ACTION_REASSIGN]      = {make_reassign,      after_show_card,      N_("Done"), N_("👥 Order №{order} is in other hands now; the client and both contractors are told.")},
    [ACTION_RELEASE]       = {make_release,       after_show_card,      N_("Done"), N_("🔄 Order №{order} is back in the queue; the client and the contractor are told.")},
    [ACTION_PROLONG]       = {make_prolong,       after_show_card,      N_("Done"), N_("⏱ The time of order №{order} has moved; the client and the contractor are told.")},
    [ACTION_CALL_OFF]      = {make_call_off,      after_show_card,      N_("Done"), N_("✖️ Order №{order} is cancelled; everybody concerned is told.")},
    [ACTION_SAY_TO]        = {make_say_to,        NULL,                 NULL, NULL},
    [ACTION_PIN]           = {make_pin,           NULL,                 N_("Pinned"), NULL},
    [ACTION_UNPIN]         = {make_unpin,         NULL,                 N_("Unpinned"), NULL},
    [ACTION_WRITE_MANAGERS] = {make_write_managers, NULL,               NULL, N_("✉️ The managers have your message. The answer comes here.")},
    [ACTION_ANSWER_INQUIRY] = {make_answer_inquiry, NULL,               NULL, N_("✉️ Your answer is passed on to the client.")},
    [ACTION_UPGRADE]       = {make_upgrade,       NULL,                 N_("The managers have your request"), NULL},
    [ACTION_UPGRADE_PASS]  = {make_upgrade_pass,  NULL,                 N_("Passed on: the owners decide"), NULL},
    [ACTION_UPGRADE_DECLINED] = {make_upgrade_decline, NULL,            N_("Declined"), N_("✖️ Declined. The client is told.")},
    [ACTION_ON_DUTY]       = {make_on_duty,       after_duty,           N_("Welcome back"), NULL},
    [ACTION_AWAY]          = {make_away,          after_duty,           N_("Noted"), NULL},
    [ACTION_FOLLOW]        = {make_follow,        NULL,                 N_("Noted"), NULL},
    [ACTION_SPEAK]         = {make_speak,         after_speak,          NULL, NULL},
    [ACTION_SET_ZONE]      = {make_zone,          after_zone,           N_("Noted"), NULL},
    [ACTION_SAVE_PHONE]    = {make_phone,         after_phone,          NULL, NULL},
    [ACTION_REACHABLE]     = {make_reachable,     NULL,                 NULL, NULL},
    [ACTION_UNREACHABLE]   = {make_reachable,     NULL,                 NULL, NULL},
    [ACTION_JOIN]          = {make_join,          after_join,           NULL, N_("✅ Agreed. Welcome!")},
    [ACTION_INVITE_ROLE]   = {make_invite_role,   after_invite,         NULL, NULL},
    [ACTION_INVITE_TARIFF] = {make_tariff,        NULL,                 NULL, NULL},
    [ACTION_KEEP_NAME]     = {make_name,          NULL,                 NULL, NULL},
    [ACTION_INVITE_UNTIL]  = {make_invite_until,  after_invite,         NULL, NULL},
    [ACTION_SEND_FILES]    = {make_nothing,       NULL,                 NULL, NULL}, /* actions_lookup.c */
    [ACTION_REPEAT]        = {make_nothing,       NULL,                 NULL, NULL}, /* actions_lookup.c */
    [ACTION_DIGEST_ON]     = {make_digest,        NULL,                 N_("Noted"), NULL},
    [ACTION_DIGEST_OFF]    = {make_digest,        NULL,                 N_("Noted"), NULL},
    [ACTION_MAKE_REPORT]   = {make_report,        NULL,                 NULL, NULL},
    [ACTION_APPLY]         = {make_apply,         NULL,                 NULL, N_("📨 The managers have your application. The answer comes here.")},
    [ACTION_APPROVE]       = {make_decide,        NULL,                 N_("Approved: the applicant is told"), NULL},
    [ACTION_TURN_DOWN]     = {make_decide,        NULL,                 N_("Declined: the applicant is told"), NULL},
    [ACTION_CHOOSE_ABOVE]  = {make_choose_above,  NULL,                 NULL, NULL},
    [ACTION_ON_TARIFF]     = {make_choice,        after_admission,      N_("Done"), N_("✅ Approved. The applicant is told and can begin.")},
    [ACTION_INTO_ACCOUNT]  = {make_choice,        after_admission,      N_("Done"), N_("✅ Approved. The applicant is told and can begin.")},
    [ACTION_PICK]          = {make_pick,          NULL,                 NULL, NULL},
    [ACTION_ADD_CHOSEN]    = {make_add_chosen,    after_admission,      NULL, NULL},
    [ACTION_GIVE_ROLE]     = {make_give_role,     after_admission,      N_("Done"), NULL},
    [ACTION_RESTORE_ROLE]  = {make_restore_role,  after_role_change,    N_("Done"), NULL},
    [ACTION_TAKE_ROLE]     = {make_take_role,     after_role_change,    N_("Done"), NULL},
    [ACTION_INVITE_MORE]   = {make_invite_more,   after_invite,         NULL, NULL},
    [ACTION_PAID_UNTIL]    = {make_paid_until,    after_account,        N_("Done"), NULL},
    [ACTION_GREET_GROUP]   = {make_greet_group,   NULL,                 NULL, NULL},
    [ACTION_BIND_GROUP]    = {make_bind_group,    NULL,                 N_("Bound"), N_("🔔 Every alert and every question comes into this group from now on, too. Managers and owners press the buttons right here; what has to be written I ask for in private, and a reply to a client's message goes to the client.")},
    [ACTION_UNBIND_GROUP]  = {make_unbind_group,  NULL,                 N_("Done"), N_("🔕 The managers' group is unbound: alerts and questions come in private chats only.")},
    [ACTION_LOSE_GROUP]    = {make_lose_group,    NULL,                 NULL, NULL},
    [ACTION_MOVE_GROUP]    = {make_move_group,    after_move_group,     NULL, NULL},
    [ACTION_GRANT]         = {make_grant,         after_account,        NULL, NULL},
};
/* clang-format on */

/* ---- running ---- */

static bool is_one_of(const char *refusal, const enum refusal *those, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(refusal, refusal_name(those[i]))) {
            return true;
        }
    }
    return false;
}

/* Refusals of the words themselves: the next message may be better. */
static bool is_about_the_words(const char *refusal)
{
    static const enum refusal those[] = {REFUSE_empty_text, REFUSE_text_too_long,
                                         REFUSE_too_many_files};
    return is_one_of(refusal, those, ARRAY_LEN(those));
}

/* Refusals that a larger tariff or a payment would lift: with the button that asks for it. */
static bool is_about_the_tariff(const char *refusal)
{
    static const enum refusal those[] = {REFUSE_quota_used, REFUSE_subscription_ended,
                                         REFUSE_not_paid_yet, REFUSE_too_many_open};
    return is_one_of(refusal, those, ARRAY_LEN(those));
}

static void say_with_upgrade(struct turn *t, const char *html)
{
    scoped(keyboard_fini) struct keyboard keyboard = {.language = t->reader.language};
    keyboard_add(&keyboard, N_("⬆️ Ask for more"), (struct pressed){.press = PRESS_upgrade});
    turn_say_html(t, html, &keyboard, false);
}

/* Whose words were refused stands in no screen: a way on from here. */
static void say_with_way_on(struct turn *t, const char *html)
{
    scoped(keyboard_fini) struct keyboard keyboard = {.language = t->reader.language};
    if (t->order_id) {
        keyboard_add(&keyboard, N_("« The order"), (struct pressed){PRESS_order, t->order_id, 0});
    } else {
        keyboard_add(&keyboard, N_("« Menu"), (struct pressed){.press = PRESS_menu});
    }
    turn_say_html(t, html, &keyboard, false);
}

/* What was pressed on, as it stands now. */
static enum screen_id screen_of_subject(const struct turn *t)
{
    static const enum screen_id questions[] = {SCREEN_inquiry, SCREEN_request, SCREEN_application};
    enum screen_id own = t->press < PRESS_COUNT ? press_rows[t->press].screen : SCREEN_none;
    for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
        if (own == questions[i] && (t->roles & STAFF)) {
            return own;
        }
    }
    return t->order_id ? SCREEN_order : SCREEN_none;
}

void action_refused(struct turn *t, const char *refusal, const char *const *args, size_t count)
{
    scoped(buf_fini) struct buf sentence = {0};
    say_refusal(&t->reader, refusal, args, count, &sentence);
    t->next = is_about_the_words(refusal) ? STEP_KEEP : t->refused;
    t->screen = SCREEN_none;
    bool by_tariff = is_about_the_tariff(refusal);
    if (by_tariff) {
        say_with_upgrade(t, buf_text(&sentence));
    }
    if (turn_is_press(t)) {
        turn_answer_press(t, buf_text(&sentence), true);
        t->screen = turn_is_aside(t) ? SCREEN_none : screen_of_subject(t);
    } else if (!by_tariff) {
        say_with_way_on(t, buf_text(&sentence));
    }
    turn_show(t);
}

/* A press that shows a screen has said it by its toast. */
static void tell_result(struct turn *t, const struct action_row *row)
{
    scoped(values_fini) struct values v;
    scoped(buf_fini) struct buf html = {0};
    values_init(&v, &t->reader);
    values_number(&v, "order", t->order_id);
    say(&v, row->text, &html);
    if (t->shows_card) {
        t->preface = buf_take(&html);
        t->screen = SCREEN_order;
        return;
    }
    scoped(keyboard_fini) struct keyboard back = {.language = t->reader.language};
    if (t->roles & EVERYBODY) {
        keyboard_add(&back, N_("« Menu"), (struct pressed){.press = PRESS_menu});
    }
    turn_say_html(t, buf_text(&html), &back, true);
}

static void went_well(struct turn *t, const struct msg_answer *answer)
{
    const struct action_row *row = &action_rows[t->action];
    if (row->after) {
        row->after(t, answer);
    }
    turn_answer_press(t, row->toast ? tr(t->reader.language, row->toast) : NULL, false);
    if (turn_is_aside(t)) {
        t->screen = SCREEN_none; /* the card in the group shows what came of it */
    } else if (row->text && t->screen == SCREEN_none) {
        tell_result(t, row);
    }
    action_tell_masked(t);
    t->went_well = true;
    turn_show(t);
}

static void on_answer(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    struct turn *t = ctx;
    if (err) {
        turn_done(t, err);
    } else if (str_eq(answer->outcome, "ok")) {
        went_well(t, answer);
    } else if (str_eq(answer->outcome, "refused")) {
        action_refused(t, answer->refusal, answer->args.items, answer->args.count);
    } else if (str_eq(answer->outcome, "input")) {
        log_warn("command makes no sense to the engine, ignoring action=%s text=\"%.120s\"",
                 dialog_action_name(t->action), answer->text ? answer->text : "");
        action_refused(t, NULL, NULL, 0);
    } else {
        struct err internal;
        err_set(&internal, ERR_INTERNAL, "%s: %s", dialog_action_name(t->action),
                answer->text ? answer->text : "?");
        turn_done(t, &internal);
    }
}

static void ask(struct turn *t, struct msg *m, bus_answer_fn answered)
{
    char id[UPDATE_COMMAND_ID_MAX], actor[32];
    update_command_id(t->update, t->c->opts.bot_id, id);
    snprintf(actor, sizeof actor, "tg:%lld", (long long)t->update->from_id);
    m->id = id;
    m->actor = actor;
    m->at = clock_now_ms();
    bus_client_ask(t->c->opts.bus, m, answered, t);
}

static void run(struct turn *t)
{
    struct msg command = {0};
    scoped(words_fini) struct words words = {0};
    if (action_rows[t->action].make(t, &command, &words)) {
        ask(t, &command, on_answer);
    } else {
        turn_show(t);
    }
}

void action_run(struct turn *t)
{
    if (t->action == ACTION_SEND_FILES || t->action == ACTION_REPEAT) {
        (t->action == ACTION_REPEAT ? action_repeat : action_send_files)(t);
        return;
    }
    if (t->action == ACTION_PASS_EDIT) {
        action_pass_edit(t);
    } else if (action_may_leak(t, t->action)) {
        action_guard(t, run);
    } else {
        run(t);
    }
}

/* ---- the fast path: words in a thread ---- */

/* Refused, so somebody must be told why, in his or her language: now the turn is read up like any
 * other. */
static void on_read_after_refusal(struct turn *t)
{
    const char *args[8];
    size_t count = split_lines(t->refusal_args, args, ARRAY_LEN(args));
    action_refused(t, t->refusal, args, count);
}

static void on_fast_answer(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    struct turn *t = ctx;
    if (err) {
        turn_done(t, err);
        return;
    }
    if (str_eq(answer->outcome, "ok")) {
        turn_done(t, NULL);
        return;
    }
    struct buf lines = {0};
    for (size_t i = 0; i < answer->args.count; i++) {
        buf_add_text(&lines, answer->args.items[i]);
        buf_add_char(&lines, '\n');
    }
    t->refusal = xstrdup_or_null(answer->refusal);
    t->refusal_args = buf_take(&lines);
    turn_load(t, on_read_after_refusal);
}

void action_run_fast(struct turn *t)
{
    struct msg command = {0};
    scoped(words_fini) struct words words = {0};
    make_say(t, &command, &words);
    ask(t, &command, on_fast_answer);
}
