/* actions.c - what each action of the dialog does: the command it makes, and what is shown when it went well */
#include "bot-gateway/dialog/turn.h"

#include "bot-gateway/texts/message.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/base/zone.h"
#include "sql/bot_gateway_queries.h"

/* What a command's strings live in until it is encoded. */
struct words {
    struct buf  text, lines;
    const char *files[ORDER_FILES_MAX + 2]; /* one more than allowed, so that the engine can say so; and the text's own line */
    size_t      file_count;
    char        date[16];
    char        name[4 * PERSON_NAME_MAX];
};

static void words_fini(struct words *w)
{
    buf_fini(&w->text);
    buf_fini(&w->lines);
}

/* ---- what was written ---- */

/* Words and files of this update (an album's are several). with_address: the message itself is named too, for the delivery mark
 * and for words too long to be quoted. */
static void gather(const struct turn *t, bool with_address, struct words *w)
{
    if (with_address && *t->update->text) {
        buf_printf(&w->lines, MESSAGE_TEXT_KIND " - %lld %lld\n", (long long)t->update->chat_id,
                   (long long)t->update->message_id);
    }
    for (size_t i = 0; i < t->count; i++) {
        const struct update *u = t->updates[i];
        if (*u->text) {
            buf_add_text(&w->text, w->text.len > 0 ? "\n" : "");
            buf_add_text(&w->text, u->text);
        }
        update_file_lines(u, &w->lines);
    }
    if (w->lines.data) {
        w->file_count = split_lines(w->lines.data, w->files, ARRAY_LEN(w->files));
    }
}

static void gather_draft(const struct turn *t, struct words *w)
{
    draft_text(&t->draft, &w->text);
    w->file_count = draft_files(&t->draft, &w->lines, w->files, ARRAY_LEN(w->files));
}

static struct msg_strings files_of(struct words *w)
{
    return (struct msg_strings){w->file_count, w->files};
}

static bool is_press(const struct turn *t)
{
    return t->update->kind == UPDATE_PRESS;
}

/* Nothing goes to an engine: a sentence, and the step stays. */
static bool stay(struct turn *t, const char *msgid)
{
    t->screen = SCREEN_none;
    t->next = STEP_KEEP;
    if (is_press(t)) {
        turn_answer_press(t, tr(t->reader.language, msgid), false);
    } else {
        turn_say(t, msgid);
    }
    return false;
}

/* ---- actions without a command ---- */

static bool make_nothing(struct turn *t, struct msg *m, struct words *w)
{
    (void)t, (void)m, (void)w;
    return false;
}

/* A stranger is answered once a minute: it costs a row each time. */
#define QUIET_MS MINUTE_MS

static bool make_explain(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (t->roles != ROLE_STRANGER) {
        return stay(t, N_("I pass on words, photos, files, voice, video and places. This I cannot use here. Everything begins in the menu: /menu"));
    }
    if (clock_mono_ms() >= t->chat->quiet_until_ms) {
        t->chat->quiet_until_ms = clock_mono_ms() + QUIET_MS;
        t->screen = SCREEN_stranger;
    }
    return false;
}

static bool make_explain_edit(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return stay(t, N_("✏️ I do not pass edits on: what was said may have been read already. Please write the correction as a new message."));
}

static bool make_remind_join(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return stay(t, N_("Please press “I agree” under the text above; then we begin."));
}

static bool make_nothing_begun(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return stay(t, N_("This was sent or dropped before."));
}

static void drop_parts(struct turn *t)
{
    struct draft kept = {.order_id = t->draft.order_id, .arg = t->draft.arg};
    kept.token = take_ptr(t->draft.token);
    kept.name = take_ptr(t->draft.name);
    draft_fini(&t->draft);
    t->draft = kept;
    t->is_changed = true;
}

static bool make_forget(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (t->step == STEP_ORDER_TEXT || t->step == STEP_LOOSE) {
        drop_parts(t);
    }
    t->screen = t->roles == ROLE_STRANGER ? SCREEN_stranger : SCREEN_menu;
    return false;
}

static bool make_begin_order(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (!draft_is_empty(&t->draft)) {
        t->screen = SCREEN_draft;
    }
    return false;
}

static bool collect(struct turn *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (draft_collect(&t->draft, t->updates[i]) < 0) {
            return stay(t, N_("That is too much for one order: the last message was not kept. Please send what there is."));
        }
    }
    t->is_changed = true;
    return true;
}

static bool make_collect(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (collect(t)) {
        t->screen = SCREEN_draft;
    }
    return false;
}

static bool make_hold(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (collect(t)) {
        t->screen = SCREEN_loose;
    }
    return false;
}

static bool make_amend(struct turn *t, struct msg *m, struct words *w)
{
    if (draft_amend(&t->draft, t->update->message_id, t->update->text) < 0) {
        return make_explain_edit(t, m, w);
    }
    t->is_changed = true;
    t->screen = t->step == STEP_LOOSE ? SCREEN_none : SCREEN_draft;
    return false;
}

static bool make_place_new(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return draft_is_empty(&t->draft) ? make_nothing_begun(t, m, w) : false;
}

static bool make_tariff(struct turn *t, struct msg *m, struct words *w)
{
    (void)t, (void)m, (void)w; /* the tariff is the press's number, which the step keeps */
    return false;
}

static bool make_name(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    str_free(&t->draft.name);
    t->draft.name = xmemdup_text(t->update->text, text_cut_utf16(t->update->text, PERSON_NAME_MAX));
    t->screen = SCREEN_invite_until;
    return false;
}

/* ---- orders ---- */

static bool make_create(struct turn *t, struct msg *m, struct words *w)
{
    gather_draft(t, w);
    m->type = MSG_order_create;
    m->body.order_create = (struct msg_order_create){.text = buf_text(&w->text), .files = files_of(w)};
    return true;
}

static bool make_details(struct turn *t, struct msg *m, struct words *w)
{
    gather(t, false, w);
    m->type = MSG_order_add_details;
    m->body.order_add_details = (struct msg_order_add_details){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = files_of(w)};
    return true;
}

static bool make_cancel(struct turn *t, struct msg *m, struct words *w)
{
    gather(t, false, w);
    m->type = MSG_order_cancel;
    m->body.order_cancel = (struct msg_order_cancel){
        .order_id = t->order_id, .reason = w->text.len > 0 ? buf_text(&w->text) : NULL};
    return true;
}

static bool make_answer(struct turn *t, struct msg *m, struct words *w)
{
    gather(t, true, w);
    m->type = MSG_order_answer;
    m->body.order_answer = (struct msg_order_answer){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = files_of(w)};
    return true;
}

static bool make_accept(struct turn *t, struct msg *m, struct words *w)
{
    if (!is_press(t)) {
        gather(t, false, w);
    }
    m->type = MSG_order_accept;
    m->body.order_accept = (struct msg_order_accept){.order_id = t->order_id,
                                                     .rating = t->arg,
                                                     .has_rating = t->arg > 0,
                                                     .comment = w->text.len > 0 ? buf_text(&w->text) : NULL};
    if (is_press(t)) {
        t->screen = SCREEN_order;
    }
    return true;
}

static bool make_say(struct turn *t, struct msg *m, struct words *w)
{
    gather(t, true, w);
    m->type = MSG_order_say;
    m->body.order_say = (struct msg_order_say){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = files_of(w)};
    return true;
}

static bool make_place_say(struct turn *t, struct msg *m, struct words *w)
{
    if (draft_is_empty(&t->draft)) {
        return make_nothing_begun(t, m, w);
    }
    gather_draft(t, w);
    m->type = MSG_order_say;
    m->body.order_say = (struct msg_order_say){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = files_of(w)};
    return true;
}

/* Hours from a button, or a time as it was typed; 0 = it says none. */
static int64_t minutes_meant(const struct turn *t)
{
    return is_press(t) ? t->arg * 60 : max_i64(format_parse_minutes(t->update->text), 0);
}

static bool ask_for_a_time(struct turn *t)
{
    return stay(t, N_("I did not understand the time. For example: 5, 1.5, 90 min, 2 h 30 min."));
}

static bool make_take(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    int64_t minutes = minutes_meant(t);
    if (minutes == 0) {
        return ask_for_a_time(t);
    }
    m->type = MSG_order_take;
    m->body.order_take = (struct msg_order_take){.order_id = t->order_id, .estimate_minutes = minutes};
    t->screen = SCREEN_order;
    return true;
}

static bool make_set_estimate(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    int64_t minutes = minutes_meant(t);
    if (minutes == 0) {
        return ask_for_a_time(t);
    }
    m->type = MSG_order_set_estimate;
    m->body.order_set_estimate =
        (struct msg_order_set_estimate){.order_id = t->order_id, .estimate_minutes = minutes};
    t->screen = SCREEN_order;
    return true;
}

static bool make_ask(struct turn *t, struct msg *m, struct words *w)
{
    gather(t, true, w);
    m->type = MSG_order_ask;
    m->body.order_ask = (struct msg_order_ask){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = files_of(w)};
    return true;
}

static bool make_resume(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_order_resume;
    m->body.order_resume = (struct msg_order_resume){.order_id = t->order_id};
    return true;
}

static bool make_finish(struct turn *t, struct msg *m, struct words *w)
{
    gather(t, true, w);
    m->type = MSG_order_finish;
    m->body.order_finish = (struct msg_order_finish){
        .order_id = t->order_id, .text = buf_text(&w->text), .files = files_of(w)};
    return true;
}

static bool make_assign(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_order_assign;
    m->body.order_assign = (struct msg_order_assign){.order_id = t->order_id, .contractor_id = t->arg};
    return true;
}

static bool make_acknowledge(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_alert_acknowledge;
    m->body.alert_acknowledge = (struct msg_alert_acknowledge){.order_id = t->order_id, .alert_id = t->arg};
    return true;
}

/* ---- people ---- */

static bool make_pin(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_pin_add;
    m->body.pin_add = (struct msg_pin_add){.contractor_id = t->arg};
    return true;
}

static bool make_unpin(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_pin_remove;
    m->body.pin_remove = (struct msg_pin_remove){.contractor_id = t->arg};
    return true;
}

static bool make_on_duty(struct turn *t, struct msg *m, struct words *w)
{
    (void)t, (void)w;
    m->type = MSG_person_set_duty;
    m->body.person_set_duty = (struct msg_person_set_duty){.on_duty = true, .has_on_duty = true};
    return true;
}

#define AWAY_HOURS_MAX (366 * 24)

static int64_t away_until(const struct turn *t)
{
    return t->arg > 0 ? t->reader.now_ms + min_i64(t->arg, AWAY_HOURS_MAX) * HOUR_MS : 0;
}

static bool make_away(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_set_duty;
    m->body.person_set_duty = (struct msg_person_set_duty){
        .on_duty = false, .has_on_duty = true, .away_until = away_until(t), .has_away_until = t->arg > 0};
    return true;
}

static bool make_speak(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    if (t->arg >= LANGUAGE_COUNT) {
        return make_nothing_begun(t, m, w);
    }
    m->type = MSG_person_update;
    m->body.person_update = (struct msg_person_update){.language = language_code((enum language)t->arg)};
    return true;
}

static bool make_phone(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_update;
    m->body.person_update = (struct msg_person_update){.phone = t->update->phone};
    return true;
}

static bool make_reachable(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_reachable;
    m->body.person_reachable =
        (struct msg_person_reachable){.reachable = t->action == ACTION_REACHABLE, .has_reachable = true};
    return true;
}

static bool make_join(struct turn *t, struct msg *m, struct words *w)
{
    const struct update *u = t->update;
    if (t->step != STEP_JOIN || !t->draft.token) {
        return make_nothing_begun(t, m, w);
    }
    person_name(u, w->name, sizeof w->name);
    m->type = MSG_person_join;
    m->body.person_join = (struct msg_person_join){.token = t->draft.token,
                                                   .name = w->name,
                                                   .username = *u->username ? u->username : NULL,
                                                   .language = language_code(t->reader.language),
                                                   .privacy_version = PRIVACY_VERSION};
    return true;
}

static bool make_invite_role(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    if (t->arg == ROLE_CLIENT) {
        t->screen = SCREEN_invite_tariff;
        return false;
    }
    m->type = MSG_invite_create;
    m->body.invite_create = (struct msg_invite_create){.role = role_name((enum role)t->arg)};
    return true;
}

/* The day up to which so many months are paid; 0: to the end of this month. */
static void date_in_months(const struct turn *t, int64_t months, char out[16])
{
    struct zone_time today;
    zone_local(t->reader.zone, t->reader.now_ms, &today);
    int64_t month = today.month - 1 + (months > 0 ? months : 1);
    int64_t first = zone_days(today.year + (int)(month / 12), (int)(month % 12) + 1, 1);
    int64_t next = zone_days(today.year + (int)((month + 1) / 12), (int)((month + 1) % 12) + 1, 1);
    int64_t day = months > 0 ? min_i64(first + today.day - 1, next - 1) : first - 1;
    int y, m, d;
    zone_date(day, &y, &m, &d);
    snprintf(out, 16, "%04d-%02d-%02d", y, m, d);
}

#define INVITE_MONTHS_MAX 120

static bool make_invite_until(struct turn *t, struct msg *m, struct words *w)
{
    if (t->step != STEP_INVITE_UNTIL || !t->draft.name) {
        return make_nothing_begun(t, m, w);
    }
    if (is_press(t)) {
        date_in_months(t, min_i64(t->arg, INVITE_MONTHS_MAX), w->date);
    } else if (format_parse_date(t->update->text, w->date) < 0) {
        return stay(t, N_("I did not understand the date. For example: 31.12.2026."));
    }
    m->type = MSG_invite_create;
    m->body.invite_create = (struct msg_invite_create){.role = role_name(ROLE_CLIENT),
                                                       .tariff_id = t->draft.arg,
                                                       .has_tariff_id = true,
                                                       .account_name = t->draft.name,
                                                       .paid_until = w->date};
    t->screen = SCREEN_invite_link;
    return true;
}

/* ---- what follows when it went well ---- */

static void after_parts_are_sent(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    drop_parts(t);
}

static void after_take(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    t->keeps_card = is_press(t);
}

static void after_duty(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    t->chat->person.on_duty = t->action == ACTION_ON_DUTY;
    t->chat->person.away_until = away_until(t);
}

static void after_speak(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    t->reader.language = (enum language)t->arg;
    t->chat->person.viewer.reader.language = t->reader.language;
}

/* The keyboard that shares the number, in place of the ordinary one; optional. */
static void ask_for_phone(struct turn *t)
{
    struct buf payload = {0};
    buf_add_text(&payload, "{\"method\":\"sendMessage\",\"text\":");
    buf_add_json(&payload, tr(t->reader.language, N_("If you like, share your phone number: whoever works with you can call then. It is not required.")));
    buf_add_text(&payload, ",\"reply_markup\":{\"resize_keyboard\":true,\"one_time_keyboard\":true,\"keyboard\":[[{\"text\":");
    buf_add_json(&payload, tr(t->reader.language, N_("📱 Share my number")));
    buf_add_text(&payload, ",\"request_contact\":true}]]}}");
    turn_reply_raw(t, buf_take(&payload), 0);
}

static void after_phone(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    struct buf payload = {0};
    buf_add_text(&payload, "{\"method\":\"sendMessage\",\"text\":");
    buf_add_json(&payload, tr(t->reader.language, N_("📱 Thank you, the number is noted.")));
    buf_add_text(&payload, ",\"reply_markup\":{\"remove_keyboard\":true}}");
    turn_reply_raw(t, buf_take(&payload), 0);
}

static void after_join(struct turn *t, const struct msg_answer *answer)
{
    int role = answer->role ? role_parse(answer->role) : -1;
    if (role > 0) {
        t->roles = (t->roles & ~(unsigned)ROLE_STRANGER) | (unsigned)role;
    }
    t->chat->person.is_read = false;
    ask_for_phone(t);
}

static void after_invite(struct turn *t, const struct msg_answer *answer)
{
    t->invite_token = xstrdup_or_null(answer->token);
}

/* ---- the table ---- */

struct action_row {
    bool (*make)(struct turn *, struct msg *, struct words *); /* true: the command is to be asked */
    void (*after)(struct turn *, const struct msg_answer *);
    const char *toast; /* to a press that went well */
    const char *text;  /* said when it went well; takes the place of the message pressed on */
};

/* clang-format off */
static const struct action_row action_rows[ACTION_COUNT] = {
    [ACTION_NONE]          = {make_nothing,       NULL,                 NULL, NULL},
    [ACTION_SHOW]          = {make_nothing,       NULL,                 NULL, NULL},
    [ACTION_BY_STEP]       = {make_nothing,       NULL,                 NULL, NULL},
    [ACTION_EXPLAIN]       = {make_explain,       NULL,                 NULL, NULL},
    [ACTION_EXPLAIN_EDIT]  = {make_explain_edit,  NULL,                 NULL, NULL},
    [ACTION_REMIND_JOIN]   = {make_remind_join,   NULL,                 NULL, NULL},
    [ACTION_FORGET]        = {make_forget,        NULL,                 NULL, NULL},
    [ACTION_NOTHING_BEGUN] = {make_nothing_begun, NULL,                 NULL, NULL},
    [ACTION_BEGIN_ORDER]   = {make_begin_order,   NULL,                 NULL, NULL},
    [ACTION_COLLECT]       = {make_collect,       NULL,                 NULL, NULL},
    [ACTION_AMEND]         = {make_amend,         NULL,                 NULL, NULL},
    [ACTION_HOLD]          = {make_hold,          NULL,                 NULL, NULL},
    [ACTION_PLACE_NEW]     = {make_place_new,     NULL,                 NULL, NULL},
    [ACTION_PLACE_SAY]     = {make_place_say,     after_parts_are_sent, N_("Passed on"), N_("✉️ Passed on to order №{order}. Whatever you send now goes there too; everything else: /menu")},
    [ACTION_CREATE]        = {make_create,        after_parts_are_sent, N_("Sent"), N_("📨 Your order is handed in.")},
    [ACTION_DETAILS]       = {make_details,       NULL,                 NULL, N_("➕ Added to order №{order}. If there is more, just write on.")},
    [ACTION_CANCEL]        = {make_cancel,        NULL,                 NULL, N_("✖️ Order №{order} is cancelled.")},
    [ACTION_ANSWER]        = {make_answer,        NULL,                 NULL, N_("💬 Your answer is passed on, the work on order №{order} goes on.")},
    [ACTION_ACCEPT]        = {make_accept,        NULL,                 N_("Thank you!"), N_("🏁 Thank you! Order №{order} is accepted.")},
    [ACTION_SAY]           = {make_say,           NULL,                 NULL, NULL},
    [ACTION_SAY_REPLY]     = {make_say,           NULL,                 NULL, NULL},
    [ACTION_TAKE]          = {make_take,          after_take,           N_("The order is yours"), NULL},
    [ACTION_SET_ESTIMATE]  = {make_set_estimate,  NULL,                 N_("Noted"), NULL},
    [ACTION_ASK]           = {make_ask,           NULL,                 NULL, N_("❓ Your question about order №{order} is passed on; your time stands until the answer.")},
    [ACTION_RESUME]        = {make_resume,        NULL,                 N_("Your time goes on"), NULL},
    [ACTION_FINISH]        = {make_finish,        NULL,                 NULL, N_("✅ Order №{order} is handed over. When the client accepts it, you have earned your rate.")},
    [ACTION_ASSIGN]        = {make_assign,        NULL,                 N_("Assigned"), NULL},
    [ACTION_ACKNOWLEDGE]   = {make_acknowledge,   NULL,                 N_("You are on it"), NULL},
    [ACTION_PIN]           = {make_pin,           NULL,                 N_("Pinned"), NULL},
    [ACTION_UNPIN]         = {make_unpin,         NULL,                 N_("Unpinned"), NULL},
    [ACTION_ON_DUTY]       = {make_on_duty,       after_duty,           N_("Welcome back"), NULL},
    [ACTION_AWAY]          = {make_away,          after_duty,           N_("Noted"), NULL},
    [ACTION_SPEAK]         = {make_speak,         after_speak,          NULL, NULL},
    [ACTION_SAVE_PHONE]    = {make_phone,         after_phone,          NULL, NULL},
    [ACTION_REACHABLE]     = {make_reachable,     NULL,                 NULL, NULL},
    [ACTION_UNREACHABLE]   = {make_reachable,     NULL,                 NULL, NULL},
    [ACTION_JOIN]          = {make_join,          after_join,           NULL, N_("✅ Agreed. Welcome!")},
    [ACTION_INVITE_ROLE]   = {make_invite_role,   after_invite,         NULL, NULL},
    [ACTION_INVITE_TARIFF] = {make_tariff,        NULL,                 NULL, NULL},
    [ACTION_KEEP_NAME]     = {make_name,          NULL,                 NULL, NULL},
    [ACTION_INVITE_UNTIL]  = {make_invite_until,  after_invite,         NULL, NULL},
    [ACTION_SEND_FILES]    = {make_nothing,       NULL,                 NULL, NULL}, /* by a query, see below */
};
/* clang-format on */

/* ---- running ---- */

void action_refused(struct turn *t, const char *refusal, const char *const *args, size_t count)
{
    scoped(buf_fini) struct buf sentence = {0};
    say_refusal(&t->reader, refusal, args, count, &sentence);
    t->next = t->refused;
    t->screen = SCREEN_none;
    if (is_press(t)) {
        turn_answer_press(t, buf_text(&sentence), true);
        t->screen = t->order_id ? SCREEN_order : SCREEN_none; /* as the order stands now */
    } else {
        turn_say_html(t, buf_text(&sentence), NULL, false);
    }
    turn_show(t);
}

static void went_well(struct turn *t, const struct msg_answer *answer)
{
    const struct action_row *row = &action_rows[t->action];
    if (row->after) {
        row->after(t, answer);
    }
    turn_answer_press(t, row->toast ? tr(t->reader.language, row->toast) : NULL, false);
    if (row->text && t->screen == SCREEN_none) {
        scoped(values_fini) struct values v;
        scoped(buf_fini) struct buf html = {0};
        scoped(keyboard_fini) struct keyboard none = {.language = t->reader.language};
        values_init(&v, &t->reader);
        values_number(&v, "order", t->order_id);
        say(&v, row->text, &html);
        turn_say_html(t, buf_text(&html), &none, true);
    }
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
        err_set(&internal, ERR_INTERNAL, "%s: %s", dialog_action_name(t->action), answer->text ? answer->text : "?");
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

/* ---- the task's attachments ---- */

static void on_card_of_files(void *ctx, const struct db_result *rows)
{
    struct turn *t = ctx;
    struct card card = {0};
    if (db_rows(rows) > 0) {
        card_read(rows, 0, &card);
        t->arg = card_view(&card, false) != 0; /* whoever may not see the order may not see these */
    }
    card_fini(&card);
}

static void on_files(void *ctx, const struct db_result *rows)
{
    struct turn *t = ctx;
    for (int i = 0; i < db_rows(rows) && t->arg; i++) {
        struct buf payload = {0};
        if (message_print_copy(&payload, db_text(rows, i, 0)) == 0) {
            turn_reply_raw(t, buf_take(&payload), 0);
        }
    }
}

static void on_files_end(void *ctx, const struct err *err)
{
    struct turn *t = ctx;
    if (err) {
        turn_done(t, err);
    } else {
        turn_show(t);
    }
}

static void send_files(struct turn *t)
{
    struct db *db = t->c->opts.db;
    scoped(db_args_fini) struct db_args card = {0}, order = {0};
    t->arg = 0;
    db_arg_i64(&card, t->chat->chat_id);
    db_arg_i64(&card, t->order_id);
    db_call(db, Q_load_card, &card, on_card_of_files, t);
    db_arg_i64(&order, t->order_id);
    db_call(db, Q_list_task_files, &order, on_files, t);
    db_end(db, on_files_end, t);
}

void action_run(struct turn *t)
{
    if (t->action == ACTION_SEND_FILES) {
        send_files(t);
        return;
    }
    struct msg command = {0};
    scoped(words_fini) struct words words = {0};
    if (action_rows[t->action].make(t, &command, &words)) {
        ask(t, &command, on_answer);
    } else {
        turn_show(t);
    }
}

/* ---- the fast path: words in a thread ---- */

/* Refused, so somebody must be told why, in his or her language: now the turn is read up like any other. */
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
