/* actions_drafts.c - actions that need no engine: explaining, collecting, dropping; and what
 * commands are made of */
#include "bot-gateway/dialog/actions.h"

#include "bot-gateway/texts/message.h"
#include "common/base/clock.h"
#include "common/base/text.h"

#define SEARCH_UNITS_MAX 100 /* of what is looked for */

void words_fini(struct words *w)
{
    buf_fini(&w->text);
    buf_fini(&w->lines);
    buf_fini(&w->sealed);
    buf_fini(&w->cut);
}

/* ---- what was written ---- */

/* The list a command carries: the lines of all files, cut apart in a copy so that more can be added
 * behind. */
static void list_files(struct words *w)
{
    buf_reset(&w->cut);
    buf_add_text(&w->cut, buf_text(&w->lines));
    w->file_count = split_lines(w->cut.data, w->files, ARRAY_LEN(w->files));
}

void words_gather(const struct turn *t, bool with_address, struct words *w)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct update *u = t->updates[i];
        if (*u->text) {
            if (with_address && w->text.len == 0) {
                buf_printf(&w->lines, "%s - %lld %lld\n",
                           t->is_masked ? MESSAGE_MASKED_KIND : MESSAGE_TEXT_KIND,
                           (long long)u->place_id, (long long)u->message_id);
            }
            buf_add_text(&w->text, w->text.len > 0 ? "\n" : "");
            buf_add_text(&w->text, u->text);
        }
        update_file_lines(u, &w->lines);
    }
    if (with_address &&
        t->update->reply_to) { /* last: the first names where the delivery mark goes */
        buf_printf(&w->lines, MESSAGE_QUOTE_KIND " - %lld %lld\n", (long long)t->update->place_id,
                   (long long)t->update->reply_to);
    }
    words_mask(t, w);
    list_files(w);
}

void words_gather_draft(const struct turn *t, struct words *w)
{
    draft_text(&t->seat->draft, &w->text);
    draft_file_lines(&t->seat->draft, &w->lines);
    words_mask(t, w);
    list_files(w);
}

struct msg_strings words_files(struct words *w)
{
    return (struct msg_strings){w->file_count, w->files};
}

bool action_stay(struct turn *t, const char *msgid)
{
    t->screen = SCREEN_none;
    t->next = STEP_KEEP;
    if (turn_is_press(t)) {
        turn_answer_press(t, tr(t->reader.language, msgid), false);
    } else {
        turn_say(t, msgid);
    }
    return false;
}

/* ---- actions without a command ---- */

bool make_nothing(struct turn *t, struct msg *m, struct words *w)
{
    (void)t, (void)m, (void)w;
    return false;
}

/* A stranger is answered once a minute: it costs a row each time. */
#define QUIET_MS MINUTE_MS

bool make_explain(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (t->roles != ROLE_STRANGER) {
        return action_stay(
            t, N_("I pass on words, photos, files, voice, video and places. This I cannot "
                  "use here. Everything begins in the menu: /menu"));
    }
    if (clock_mono_ms() >= t->chat->quiet_until_ms) {
        t->chat->quiet_until_ms = clock_mono_ms() + QUIET_MS;
        t->screen = SCREEN_stranger;
    }
    return false;
}

bool make_explain_edit(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return action_stay(
        t, N_("✏️ This edit I cannot pass on: what was said may have been read already. "
              "Please write the correction as a new message."));
}

bool make_explain_card(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return action_stay(t,
                       N_("Contact cards are passed on in an order's conversation only, and only "
                          "where the tariff grants contacts."));
}

bool make_remind_join(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return action_stay(t, N_("Please press “I agree” under the text above; then we begin."));
}

bool make_nothing_begun(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    return action_stay(t, N_("This was sent or dropped before."));
}

bool make_forget(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (t->seat->step == STEP_ORDER_TEXT || t->seat->step == STEP_ORDER_WISH ||
        t->seat->step == STEP_LOOSE) {
        turn_drop_parts(t);
    }
    t->seat->step = STEP_IDLE; /* the menu offers to go on with other things only */
    t->screen = t->roles == ROLE_STRANGER ? SCREEN_stranger : SCREEN_menu;
    return false;
}

bool make_begin_order(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    bool is_open = t->seat->step == STEP_ORDER_TEXT || t->seat->step == STEP_ORDER_WISH;
    if (!draft_is_empty(&t->seat->draft)) {
        t->screen = SCREEN_draft;
    }
    t->arg = is_open ? t->seat->draft.arg : 0; /* the kind chosen; other steps keep other numbers */
    return false;
}

bool action_collect(struct turn *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (draft_collect(&t->seat->draft, t->updates[i]) < 0) {
            return action_stay(t,
                               N_("That is too much for one order: the last message was not kept. "
                                  "Please send what there is."));
        }
    }
    t->is_changed = true;
    return true;
}

bool make_collect(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    if (action_collect(t)) {
        t->screen = SCREEN_draft;
    }
    return false;
}

bool make_hold(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    turn_sit(t, SEAT_COMMON);
    if (t->seat->step != STEP_LOOSE) {
        turn_drop_parts(t);
    }
    if (action_collect(t)) {
        t->screen = SCREEN_loose;
    }
    return false;
}

bool make_amend(struct turn *t, struct msg *m, struct words *w)
{
    if (draft_amend(&t->seat->draft, t->update->message_id, t->update->text) < 0) {
        return make_explain_edit(t, m, w);
    }
    t->is_changed = true;
    t->screen = t->seat->step == STEP_LOOSE ? SCREEN_none : SCREEN_draft;
    return false;
}

bool make_place_new(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    struct draft *held = &t->seats.of[SEAT_COMMON].draft;
    if (draft_is_empty(held)) {
        return make_nothing_begun(t, m, w);
    }
    draft_move_parts(&t->seat->draft, held);
    return false;
}

bool make_kind(struct turn *t, struct msg *m, struct words *w)
{
    /* the kind is the press's number, which the step keeps */
    return draft_is_empty(&t->seat->draft) ? make_nothing_begun(t, m, w) : false;
}

/* The text of this update, at most so long. */
static char *words_cut(const struct turn *t, size_t units)
{
    return xmemdup_text(t->update->text, text_cut_utf16(t->update->text, units));
}

bool make_wish(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    free(t->seat->draft.wish);
    t->seat->draft.wish = words_cut(t, ORDER_WISH_MAX);
    t->screen = SCREEN_draft;
    return false;
}

/* "1024", "№1024", "#1024": that order; anything else: words. */
bool make_find(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    static const char *const signs[] = {"№", "#", "N"};
    const char *number = t->update->text;
    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        if (strncmp(number, signs[i], strlen(signs[i])) == 0) {
            number += strlen(signs[i]);
            break;
        }
    }
    t->arg = 0;
    if (text_to_i64(number + strspn(number, " "), 1, INT64_MAX, &t->order_id) == 0) {
        t->screen = SCREEN_order;
        return false;
    }
    free(t->seat->draft.search);
    t->seat->draft.search = words_cut(t, SEARCH_UNITS_MAX);
    t->is_changed = true;
    t->screen = SCREEN_found;
    return false;
}

bool make_tariff(struct turn *t, struct msg *m, struct words *w)
{
    (void)t, (void)m, (void)w; /* the tariff is the press's number, which the step keeps */
    return false;
}

bool make_name(struct turn *t, struct msg *m, struct words *w)
{
    (void)m, (void)w;
    free(t->seat->draft.name);
    t->seat->draft.name = words_cut(t, PERSON_NAME_MAX);
    t->screen = SCREEN_invite_until;
    return false;
}
